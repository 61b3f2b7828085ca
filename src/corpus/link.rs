//! Which documents that declare nothing speak with the voice of one that does: the same biography line, author, template.

use std::collections::{BTreeMap, BTreeSet};

use super::bio::{BioLine, Said};
use super::index::{Answer, NameKind};
use super::passage::Match;
use super::report::{Link, Via};
use super::template::Mined;
use super::view::View;

/// Strength of a biography line that names its author: nobody else has it.
const PERSONAL_LINE: f64 = 0.97;
/// Strength of one that names nobody.
const NAMELESS_LINE: f64 = 0.9;
/// Strength of an author's name alone, on pages of one publisher (or of none that is known).
const SAME_NAME: f64 = 0.8;
/// Strength of the name alone on another publisher's page: people share names.
const NAME_ELSEWHERE: f64 = 0.5;
/// Strength of a biography template with other words in its slots.
const BIO_TEMPLATE: f64 = 0.85;
/// Strength of a template of the body.
const BODY_TEMPLATE: f64 = 0.6;
/// What is left of a strength where the other document says beside the biography that a machine writes, in words that the catalogue does not
/// take for a declaration.
const AVOWED: f64 = 0.9;
/// The same where it calls its author an "AI staff writer" or the like, which a person may be as well, and reads machine-written.
const READ: f64 = 0.7;
/// Weakest link that is told.
const WEAKEST: f64 = 0.5;
/// Fewest fixed words of a template that links.
const TEMPLATE_WORDS: usize = 8;
/// Words that a passage may have beyond a biography line and still be that line.
const BEYOND_LINE: usize = 3;

/// A tie between two documents, by their index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tie {
    /// The one that declares nothing.
    pub silent: usize,
    /// The declared one.
    pub declared: usize,
    /// Why.
    pub link: Link,
}

/// All ties, in order of the silent and then the declared document. `passages` gives the passages of a pair of documents.
pub(super) fn ties(
    views: &[View<'_>],
    templates: &[Mined],
    passages: &dyn Fn(usize, usize) -> Vec<Match>,
) -> Vec<Tie> {
    let mut found: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    let mut keep = |tie: Tie| {
        let best = found.get(&(tie.silent, tie.declared));
        if tie.link.strength >= WEAKEST && best.is_none_or(|best| best.strength < tie.link.strength) {
            found.insert((tie.silent, tie.declared), tie.link);
        }
    };
    by_line(views, passages).into_iter().for_each(&mut keep);
    by_name(views).into_iter().for_each(&mut keep);
    by_template(views, templates).into_iter().for_each(&mut keep);
    found
        .into_iter()
        .map(|((silent, declared), link)| Tie {
            silent,
            declared,
            link,
        })
        .collect()
}

/// What is left of a strength when so many declared and silent documents carry the words. One silent document is the case that
/// links are for; an author with several is common; words that mostly silent documents carry are the house's.
fn thinned(strength: f64, declared: usize, silent: usize, free: usize, each: f64) -> f64 {
    let (declared, more) = (declared as f64, silent.saturating_sub(free) as f64);
    strength * (declared + 1.0) / (declared + 1.0 + each * more)
}

/// Silent documents by one author that cost nothing, and what each further one costs against a declared one.
const PERSONAL_FREE: usize = 3;
const PERSONAL_EACH: f64 = 0.25;
/// The same of words that name nobody.
const NAMELESS_FREE: usize = 1;
const NAMELESS_EACH: f64 = 1.0;

/// A declared document of an index that speaks for one that declares nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Indexed {
    /// Its id.
    pub document: String,
    /// What ties them.
    pub via: Via,
    /// 0 to 1, by the same rules as between documents at hand.
    pub strength: f64,
}

/// The declared documents of an index that a document by the same author, or with the same biography line, is tied to: the
/// strongest tie to each, strongest first. `publisher` is the asked document's.
#[must_use]
pub fn indexed(answer: &Answer, publisher: Option<&str>) -> Vec<Indexed> {
    let mut found: Vec<Indexed> = Vec::new();
    for hit in &answer.names {
        let declared = hit
            .records
            .iter()
            .filter(|record| record.declared.is_some())
            .count();
        // The asked document is silent too.
        let silent = hit.carriers.saturating_sub(declared) + 1;
        for record in hit.records.iter().filter(|record| record.declared.is_some()) {
            let elsewhere = matches!((publisher, record.publisher.as_deref()), (Some(a), Some(b)) if a != b);
            let (via, base, free, each) = match hit.kind {
                NameKind::Bio => (Via::Bio, NAMELESS_LINE, NAMELESS_FREE, NAMELESS_EACH),
                NameKind::PersonalBio => (Via::Bio, PERSONAL_LINE, PERSONAL_FREE, PERSONAL_EACH),
                NameKind::PenName if elsewhere => {
                    (Via::PenName, NAME_ELSEWHERE, PERSONAL_FREE, PERSONAL_EACH)
                }
                NameKind::PenName => (Via::PenName, SAME_NAME, PERSONAL_FREE, PERSONAL_EACH),
            };
            let strength = thinned(base, declared, silent, free, each);
            if strength >= WEAKEST {
                found.push(Indexed {
                    document: record.id.clone(),
                    via,
                    strength,
                });
            }
        }
    }
    found.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then_with(|| a.document.cmp(&b.document))
    });
    let mut told: Vec<Indexed> = Vec::new();
    for link in found {
        if !told.iter().any(|other| other.document == link.document) {
            told.push(link);
        }
    }
    told
}

fn declares(views: &[View<'_>], at: usize) -> bool {
    views.get(at).is_some_and(|view| view.entry.declared.is_some())
}

/// Groups that hold a declared and a silent document, as (declared ones, silent ones).
fn parted(views: &[View<'_>], carriers: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut carriers = carriers.to_vec();
    carriers.dedup();
    carriers.into_iter().partition(|at| declares(views, *at))
}

fn named(views: &[View<'_>], at: usize) -> String {
    views
        .get(at)
        .map_or_else(String::new, |view| view.entry.document.raw().id.clone())
}

fn plural(count: usize) -> String {
    match count {
        1 => "no other document that declares nothing".to_owned(),
        2 => "1 other document that declares nothing".to_owned(),
        n => format!("{} other documents that declare nothing", n - 1),
    }
}

/// How many authors the carriers of a line that names somebody give: a line under several names is the house's ("The Tide holds no
/// shares in the firms it covers"), whomever it seems to name.
fn authors(views: &[View<'_>], carriers: &[usize]) -> usize {
    let names = carriers.iter().filter_map(|at| views.get(*at)?.author.as_ref());
    let names: BTreeSet<String> = names.map(|(name, _)| name.to_lowercase()).collect();
    names.len()
}

fn by_line(views: &[View<'_>], passages: &dyn Fn(usize, usize) -> Vec<Match>) -> Vec<Tie> {
    let mut carriers: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, view) in views.iter().enumerate() {
        for line in &view.bios {
            carriers.entry(line.key).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for (key, mut carriers) in carriers {
        carriers.dedup();
        let line = |at: usize| views.get(at)?.bios.iter().find(|line| line.key == key);
        let personal = carriers
            .iter()
            .any(|at| line(*at).is_some_and(|line| line.personal));
        if personal && authors(views, &carriers) > 1 {
            continue;
        }
        let reads = |at: usize| views.get(at).is_some_and(|view| view.entry.reads_machine);
        let avows = |at: usize| {
            line(at).is_some_and(|line| line.said == Said::Machine || line.said == Said::Beat && reads(at))
        };
        // Who says beside the line that a machine writes under the name speaks for it as well as who declares it.
        let (declared, silent): (Vec<usize>, Vec<usize>) = carriers
            .into_iter()
            .partition(|at| declares(views, *at) || avows(*at));
        for &from in &silent {
            for &to in &declared {
                let (Some(mine), Some(other)) = (line(from), line(to)) else {
                    continue;
                };
                if in_longer_passage(views, (from, mine), (to, other), passages) {
                    continue;
                }
                let strength = if mine.personal {
                    thinned(
                        PERSONAL_LINE,
                        declared.len(),
                        silent.len(),
                        PERSONAL_FREE,
                        PERSONAL_EACH,
                    )
                } else {
                    thinned(
                        NAMELESS_LINE,
                        declared.len(),
                        silent.len(),
                        NAMELESS_FREE,
                        NAMELESS_EACH,
                    )
                };
                // How sure it is that a machine writes there, and what says so.
                let (sure, says) = match other.said {
                    _ if declares(views, to) => (1.0, "declares a machine author"),
                    Said::Machine => (AVOWED, "says that a machine writes under that name"),
                    _ => (
                        READ,
                        "leaves open whether its author is a machine, and reads machine-written",
                    ),
                };
                let strength = strength * sure;
                found.push(Tie {
                    silent: from,
                    declared: to,
                    link: Link {
                        from: named(views, from),
                        to: named(views, to),
                        via: Via::Bio,
                        text: views
                            .get(from)
                            .map_or_else(String::new, |view| view.original(mine.span).to_owned()),
                        strength,
                        reason: format!(
                            "It carries the biography line of {}, which {}; {} carries it.",
                            named(views, to),
                            says,
                            plural(silent.len())
                        ),
                    },
                });
            }
        }
    }
    found
}

/// Whether the line is but a part of a longer passage that both have: then the body was copied, and the line with it.
fn in_longer_passage(
    views: &[View<'_>],
    (from, mine): (usize, &BioLine),
    (to, _): (usize, &BioLine),
    passages: &dyn Fn(usize, usize) -> Vec<Match>,
) -> bool {
    let Some(view) = views.get(from) else { return false };
    let in_line = |at: usize| {
        view.text
            .tokens
            .get(at)
            .is_some_and(|t| mine.span.contains(t.span))
    };
    passages(from, to).iter().any(|passage| {
        let inside = passage.a.clone().filter(|at| in_line(*at)).count();
        inside > 0 && passage.a.len() > inside + BEYOND_LINE
    })
}

fn by_name(views: &[View<'_>]) -> Vec<Tie> {
    let mut carriers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, view) in views.iter().enumerate() {
        if let Some((name, _)) = &view.author {
            carriers.entry(name.to_lowercase()).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for carriers in carriers.into_values() {
        let (declared, silent) = parted(views, &carriers);
        for &from in &silent {
            for &to in &declared {
                let publisher = |at: usize| views.get(at)?.entry.document.raw().publisher.as_deref();
                let elsewhere = matches!((publisher(from), publisher(to)), (Some(a), Some(b)) if a != b);
                let base = if elsewhere { NAME_ELSEWHERE } else { SAME_NAME };
                let name = views.get(from).and_then(|view| view.author.as_ref());
                let name = name.map_or_else(String::new, |(name, _)| name.clone());
                found.push(Tie {
                    silent: from,
                    declared: to,
                    link: Link {
                        from: named(views, from),
                        to: named(views, to),
                        via: Via::PenName,
                        strength: thinned(base, declared.len(), silent.len(), PERSONAL_FREE, PERSONAL_EACH),
                        reason: format!(
                            "Its author is {name}, as is that of {}, which declares a machine author; {} names that author.",
                            named(views, to),
                            plural(silent.len())
                        ),
                        text: name,
                    },
                });
            }
        }
    }
    found
}

fn by_template(views: &[View<'_>], templates: &[Mined]) -> Vec<Tie> {
    let mut found = Vec::new();
    for mined in templates {
        let base = match mined.template.place.as_str() {
            "bio" => BIO_TEMPLATE,
            "document" => BODY_TEMPLATE,
            _ => continue,
        };
        if mined.template.fixed < TEMPLATE_WORDS {
            continue;
        }
        let (declared, silent) = parted(views, &mined.documents);
        for &from in &silent {
            for &to in &declared {
                found.push(Tie {
                    silent: from,
                    declared: to,
                    link: Link {
                        from: named(views, from),
                        to: named(views, to),
                        via: Via::Template,
                        text: mined.template.pattern.clone(),
                        strength: thinned(base, declared.len(), silent.len(), NAMELESS_FREE, NAMELESS_EACH),
                        reason: format!(
                            "It fills template {} as {} does, which declares a machine author; {} fills it.",
                            mined.template.id,
                            named(views, to),
                            plural(silent.len())
                        ),
                    },
                });
            }
        }
    }
    found
}
