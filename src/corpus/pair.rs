//! Two documents of a comparison beside one another: calls what looks at a pair, in order.

use super::bio::BioLine;
use super::day::{far_apart, published};
use super::direction;
use super::events::{Events, contradictions};
use super::figures::{
    Claims, Facts, Known, Rarity, Told, conflicts_of, named, names_in_common, overlap,
    shared as shared_figures, tell, weight,
};
use super::house::between;
use super::judge::{Judge, Profile, containment, measure};
use super::kin::{Common, Spread, same_facts};
use super::link::Tie;
use super::passage::{Match, Prepared, matches};
use super::report::{ConflictKind, Copied, Level, Pair, PairEvidence, Passage, PassageKind};
use super::template::Mined;
use super::view::View;

/// Probability of copying from which a pair without any passage is told.
const TELLING: f64 = 0.5;
/// Likeness of words from which two texts are on one subject, so that their figures may contradict.
const ONE_SUBJECT: f64 = 0.05;

/// A pair's place among the pairs: the smaller index first.
pub(super) fn ordered(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// Fewest words of two texts whose wording is judged though they have no passage in common: two short reviews of one hotel are alike
/// by what they are about.
const FEWEST_WORDS: usize = 60;
/// Most that the log-odds of shorter ones are: they say neither that wording was taken nor that it was not.
const SHORT_LOG_ODDS: f64 = -1.0;

/// What is said of texts too short to be judged by single words, with the reason among the evidence.
fn too_short(mut copied: Copied) -> Copied {
    let over = copied.log_odds - SHORT_LOG_ODDS;
    if over > 0.0 {
        copied.log_odds = SHORT_LOG_ODDS;
        copied.probability = 1.0 / (1.0 + (-SHORT_LOG_ODDS).exp());
        copied.level = Level::Unrelated;
        copied.evidence.push(PairEvidence {
            name: "short".to_owned(),
            log_odds: -over,
            observed: None,
            about: "no passage in common, and too few words to tell by single ones",
        });
    }
    copied
}

/// What a pair is looked at with.
pub(super) struct Stage<'s, 'e> {
    pub(super) views: &'s [View<'e>],
    pub(super) prepared: &'s [Prepared<'s>],
    pub(super) profiles: &'s [Profile],
    pub(super) templates: &'s [Mined],
    pub(super) ties: &'s [Tie],
    pub(super) rarity: &'s Rarity,
    pub(super) facts: &'s [Facts<'e>],
    pub(super) claims: &'s [Claims<'e>],
    pub(super) events: &'s [Events],
    pub(super) spread: &'s Spread,
    pub(super) judge: &'s Judge,
}

impl<'e> Stage<'_, 'e> {
    /// The claims of a group's other documents.
    pub(super) fn others(&self, (a, b): (usize, usize), group: &[usize]) -> Vec<&Claims<'e>> {
        let others = group.iter().filter(|at| **at != a && **at != b);
        others.filter_map(|at| self.claims.get(*at)).collect()
    }

    /// How two documents are judged without the short lines with which both begin or end, if there are such.
    fn without_common_ends(&self, a: &Prepared<'_>, b: &Prepared<'_>) -> Option<Copied> {
        let [masked_a, masked_b] = between(a.text, b.text, [&a.masked, &b.masked])?;
        let profiles = [Profile::of(a.text, &masked_a), Profile::of(b.text, &masked_b)];
        let (a, b) = (Prepared::new(a.text, masked_a), Prepared::new(b.text, masked_b));
        let [profile_a, profile_b] = &profiles;
        let passages = matches(&a, &b);
        Some(
            self.judge
                .score(&measure((&a, profile_a), (&b, profile_b), &passages)),
        )
    }

    /// The log-odds that two documents tell the same facts, and what they share; `None` if nothing.
    ///
    /// `group`: documents that by all that is known tell the same facts, these two among them; empty if nothing is known.
    pub(super) fn pair(
        &self,
        (a, b): (usize, usize),
        group: &[usize],
        elsewhere: &[Told<'e>],
    ) -> Option<(f64, Option<Pair>)> {
        let together = !group.is_empty();
        let (view_a, view_b) = (self.views.get(a)?, self.views.get(b)?);
        let (text_a, text_b) = (self.prepared.get(a)?, self.prepared.get(b)?);
        let mut passages = matches(text_a, text_b);
        passages.retain(|passage| !in_bio(view_a, view_b, passage));
        let contained = containment(text_a, text_b, &passages);
        let features = measure(
            (text_a, self.profiles.get(a)?),
            (text_b, self.profiles.get(b)?),
            &passages,
        );
        let mut copied = self.judge.score(&features);
        if copied.probability >= TELLING
            && passages.is_empty()
            && let Some(less) = self.without_common_ends(text_a, text_b)
            && less.log_odds < copied.log_odds
        {
            copied = less;
        }
        if passages.is_empty() && text_a.text.tokens.len().min(text_b.text.tokens.len()) < FEWEST_WORDS {
            copied = too_short(copied);
        }
        let templates: Vec<String> = self
            .templates
            .iter()
            .filter(|mined| mined.documents.contains(&a) && mined.documents.contains(&b))
            .map(|mined| mined.template.id.clone())
            .collect();
        // Two fillings of one form are alike in words whatever they tell of.
        let form = self.templates.iter().any(|mined| {
            mined.template.place == "document" && mined.documents.contains(&a) && mined.documents.contains(&b)
        });
        let links: Vec<_> = self
            .ties
            .iter()
            .filter(|tie| ordered(tie.silent, tie.declared) == (a, b))
            .map(|tie| tie.link.clone())
            .collect();
        let worded = copied.probability >= TELLING || !passages.is_empty();
        let (facts_a, facts_b) = (*self.facts.get(a)?, *self.facts.get(b)?);
        let figures = shared_figures(facts_a, facts_b, self.rarity);
        let figure_overlap = overlap(facts_a, facts_b, &figures, self.rarity);
        let weights = || figures.iter().map(|figure| figure.weight);
        let told_by_figures = tell(weights());
        let (claims_a, claims_b) = (self.claims.get(a)?, self.claims.get(b)?);
        let words = claims_a.words.alike(&claims_b.words, self.spread);
        let names = names_in_common(&claims_a.names, &claims_b.names);
        let one_subject = worded
            || told_by_figures
            || named(names, weights())
            || (words >= ONE_SUBJECT || together) && !form;
        // Only of texts on one subject do figures contradict one another.
        let far = far_apart(published(facts_a.document), published(facts_b.document));
        let mut conflicts = if one_subject {
            let others = self.others((a, b), group);
            let known = match together && !form {
                true => Known {
                    together,
                    others: &others,
                    told: elsewhere,
                },
                false => Known::default(),
            };
            conflicts_of((facts_a, claims_a), (facts_b, claims_b), known, far)
        } else {
            Vec::new()
        };
        let open = conflicts
            .iter()
            .filter(|conflict| conflict.kind != ConflictKind::Rounding)
            .count();
        let same_facts = same_facts(Common {
            words,
            figures: weight(&figures),
            names,
            conflicts: open,
        });
        let log_odds = same_facts.log_odds;
        // A plan may have been put off in the meantime.
        if one_subject && !far {
            let (ours, theirs) = (self.events.get(a)?, self.events.get(b)?);
            let known = (log_odds > 0.0 || together) && !form;
            let (ours, theirs) = ((facts_a.document, ours), (facts_b.document, theirs));
            conflicts.extend(contradictions(ours, theirs, known));
        }
        let by_facts = told_by_figures || open > 0 || log_odds > 0.0;
        if !worded && !by_facts && templates.is_empty() && links.is_empty() {
            return Some((log_odds, None));
        }
        if worded {
            (copied.direction, copied.direction_evidence) = direction::direction(view_a, view_b, contained);
        }
        let pair = Pair {
            a: view_a.entry.document.raw().id.clone(),
            b: view_b.entry.document.raw().id.clone(),
            figure_overlap,
            conflicts,
            figures,
            containment: contained,
            passages: passages
                .iter()
                .filter_map(|passage| told(view_a, view_b, passage))
                .collect(),
            templates,
            links,
            copied,
            same_facts,
        };
        Some((log_odds, Some(pair)))
    }
}

/// Takes the contradictions from a pair that is of no one group: they told that two texts may speak of one thing, and the rest of the evidence that
/// they do not. Whether anything is left to tell of it.
pub(super) fn besides(pair: &mut Pair) -> bool {
    pair.conflicts.clear();
    let worded = pair.copied.probability >= TELLING || !pair.passages.is_empty();
    worded
        || tell(pair.figures.iter().map(|figure| figure.weight))
        || pair.same_facts.log_odds > 0.0
        || !pair.templates.is_empty()
        || !pair.links.is_empty()
}

/// Whether a passage is but a line about the author in both documents.
fn in_bio(a: &View<'_>, b: &View<'_>, passage: &Match) -> bool {
    let inside = |view: &View<'_>, range: &std::ops::Range<usize>| {
        view.text.span(range).is_some_and(|span| {
            let holds = |line: &BioLine| line.span.contains(span);
            view.bios.iter().any(holds)
        })
    };
    inside(a, &passage.a) && inside(b, &passage.b)
}

fn told(a: &View<'_>, b: &View<'_>, passage: &Match) -> Option<Passage> {
    let (span_a, span_b) = (a.text.span(&passage.a)?, b.text.span(&passage.b)?);
    Some(Passage {
        kind: if passage.exact() {
            PassageKind::Exact
        } else {
            PassageKind::Near
        },
        a: a.entry.document.to_original(span_a),
        b: b.entry.document.to_original(span_b),
        text_a: a.original(span_a).to_owned(),
        text_b: b.original(span_b).to_owned(),
        words: passage.words,
        similarity: passage.similarity,
        quoted: passage.quoted,
    })
}
