//! Who took it from whom: dates, wire credits, datelines, citations, and what was trimmed.
//!
//! Each piece of evidence has a weight; a direction is named only when they outweigh what speaks against it clearly.

use std::sync::OnceLock;

use regex::Regex;

use super::day::published;
use super::report::Direction;
use super::view::View;

/// Weight at which a direction is named: one strong piece, or two weak ones that agree.
const ENOUGH: f64 = 1.0;

/// A different day of publication: the later one took it. Alone it is enough only with a known day on both sides.
const LATER: f64 = 1.0;
/// The text credits a wire or the other's publisher.
const CREDIT: f64 = 1.0;
/// It links to the other's page.
const CITES: f64 = 1.5;
/// It holds little but what stands in the other, which holds much more.
const TRIMMED: f64 = 0.6;
/// The other has a dateline of a wire, it has none.
const DATELINE: f64 = 0.5;

/// Share of the shorter text that stands in the longer one, and most share of the longer, for a trimmed copy.
const CONTAINED: f64 = 0.8;
const REST: f64 = 0.7;

/// Lead of a text, in bytes, where dates and datelines stand.
const HEAD_BYTES: usize = 600;

/// What speaks for `b` having taken it from `a` (positive) or the other way round.
struct Evidence {
    weight: f64,
    told: String,
}

/// The direction between two documents that share wording, with what speaks for it.
pub(super) fn direction(a: &View<'_>, b: &View<'_>, containment: [f64; 2]) -> (Direction, Vec<String>) {
    let mut all = Vec::new();
    let (day_a, day_b) = (published(&a.entry.document), published(&b.entry.document));
    if let (Some(x), Some(y)) = (day_a, day_b)
        && x != y
    {
        let (early, late, sign) = if x < y { (a, b, 1.0) } else { (b, a, -1.0) };
        let told = format!("{} is dated later than {}", id(late), id(early));
        all.push(Evidence {
            weight: sign * LATER,
            told,
        });
    }
    for (taker, source, sign) in [(b, a, 1.0), (a, b, -1.0)] {
        all.extend(cited(taker, source, sign));
        all.extend(credited(taker, source, sign));
        all.extend(dateline(taker, source, sign));
    }
    let [in_b, in_a] = [containment[1], containment[0]];
    if in_b >= CONTAINED && in_a <= REST {
        all.push(trimmed(b, a, 1.0));
    } else if in_a >= CONTAINED && in_b <= REST {
        all.push(trimmed(a, b, -1.0));
    }
    let sum: f64 = all.iter().map(|piece| piece.weight).sum();
    let direction = if sum >= ENOUGH {
        Direction::AToB
    } else if sum <= -ENOUGH {
        Direction::BToA
    } else {
        Direction::Unknown
    };
    (direction, all.into_iter().map(|piece| piece.told).collect())
}

fn id<'v>(view: &'v View<'_>) -> &'v str {
    &view.entry.document.raw().id
}

fn trimmed(taker: &View<'_>, source: &View<'_>, sign: f64) -> Evidence {
    Evidence {
        weight: sign * TRIMMED,
        told: format!(
            "{} holds little that {} does not have, and is much shorter",
            id(taker),
            id(source)
        ),
    }
}

/// A link to the other's page, or to its site under its title.
fn cited(taker: &View<'_>, source: &View<'_>, sign: f64) -> Option<Evidence> {
    let url = source.entry.document.raw().url.as_deref()?;
    let bare = url
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/');
    let raw = taker.entry.document.raw();
    let canonical = raw
        .metadata
        .iter()
        .any(|(name, value)| name == "canonical" && value.contains(bare));
    let own = raw.url.as_deref().is_some_and(|own| own.contains(bare));
    let long_enough = bare.contains('/') && bare.len() >= MIN_URL;
    (long_enough && !own && (canonical || raw.text.contains(bare))).then(|| Evidence {
        weight: sign * CITES,
        told: format!("{} links to the page of {}", id(taker), id(source)),
    })
}

/// Shortest address, in bytes, that names one page and not a whole site.
const MIN_URL: usize = 12;
/// Shortest name of a publisher that is looked for in a text, in bytes: shorter ones are words.
const MIN_PUBLISHER: usize = 4;

#[allow(clippy::expect_used, reason = "the pattern is a constant; a test compiles it")]
fn wire() -> &'static Regex {
    static WIRE: OnceLock<Regex> = OnceLock::new();
    WIRE.get_or_init(|| {
        Regex::new(
            r"\((AP|AFP|Reuters|UPI|ANI|PTI|IANS|dpa|Xinhua|Bloomberg|PRNewswire|BUSINESS WIRE|GLOBE NEWSWIRE)\)",
        )
        .expect("valid pattern")
    })
}

/// It names the other's publisher as its source ("according to", "reported by", "(Name)").
fn credited(taker: &View<'_>, source: &View<'_>, sign: f64) -> Option<Evidence> {
    let publisher = source.entry.document.raw().publisher.as_deref()?.trim();
    let raw = taker.entry.document.raw();
    let own = raw
        .publisher
        .as_deref()
        .is_some_and(|own| own.eq_ignore_ascii_case(publisher));
    if own || publisher.len() < MIN_PUBLISHER {
        return None;
    }
    let text = taker.entry.document.text();
    let credits = text.match_indices(publisher).any(|(at, _)| {
        let before = text.get(..at).unwrap_or("").trim_end();
        let after = text.get(at + publisher.len()..).unwrap_or("");
        let opened = before.ends_with('(') && after.starts_with(')');
        let phrases = [
            "according to",
            "reported by",
            "first published by",
            "first appeared in",
            "first appeared on",
            "originally published by",
            "originally appeared on",
            "Source:",
            "via",
        ];
        opened
            || phrases
                .iter()
                .any(|phrase| before.trim_end_matches("the").trim_end().ends_with(phrase))
    });
    credits.then(|| Evidence {
        weight: sign * CREDIT,
        told: format!(
            "{} names {publisher}, the publisher of {}, as its source",
            id(taker),
            id(source)
        ),
    })
}

/// A wire's dateline in the other's head only: the other is nearer to the wire.
fn dateline(taker: &View<'_>, source: &View<'_>, sign: f64) -> Option<Evidence> {
    let found = |view: &View<'_>| {
        let text = view.entry.document.text();
        let end = text.floor_char_boundary(HEAD_BYTES);
        wire()
            .find(text.get(..end)?)
            .map(|found| found.as_str().to_owned())
    };
    let wire = found(source)?;
    found(taker).is_none().then(|| Evidence {
        weight: sign * DATELINE,
        told: format!(
            "{} opens with a wire's dateline {wire}, {} does not",
            id(source),
            id(taker)
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Entry;
    use crate::document::{Document, RawDocument};

    fn entry(id: &str, change: impl Fn(&mut RawDocument)) -> Entry {
        let mut raw = RawDocument {
            id: id.to_owned(),
            text: "The mill at Corvane will close in May, its owner said.".to_owned(),
            ..RawDocument::default()
        };
        change(&mut raw);
        Entry {
            document: Document::new(raw),
            figures: Vec::new(),
            signs: Vec::new(),
            declared: None,
            reads_machine: false,
        }
    }

    fn told(a: &Entry, b: &Entry, containment: [f64; 2]) -> (Direction, Vec<String>) {
        direction(&View::of(a), &View::of(b), containment)
    }

    #[test]
    fn without_evidence_nothing_is_said() {
        let (a, b) = (entry("a", |_| ()), entry("b", |_| ()));
        assert_eq!(told(&a, &b, [1.0, 1.0]), (Direction::Unknown, Vec::new()));
    }

    #[test]
    fn the_later_one_took_it() {
        let a = entry("a", |raw| raw.date = Some("2026-03-04".into()));
        let b = entry("b", |raw| raw.date = Some("March 2, 2026".into()));
        let (direction, evidence) = told(&a, &b, [1.0, 1.0]);
        assert_eq!(direction, Direction::BToA);
        assert_eq!(evidence, ["a is dated later than b"]);
    }

    #[test]
    fn a_link_outweighs_a_date() {
        let a = entry("a", |raw| {
            raw.url = Some("https://corvane-post.example/mill-closes".into());
            raw.date = Some("2026-03-04".into());
        });
        let b = entry("b", |raw| {
            raw.text
                .push_str(" See https://corvane-post.example/mill-closes for more.");
            raw.date = Some("2026-03-03".into());
        });
        let (direction, evidence) = told(&a, &b, [1.0, 1.0]);
        assert_eq!(direction, Direction::Unknown, "they contradict one another");
        assert_eq!(evidence.len(), 2);
        let b = entry("b", |raw| {
            raw.text
                .push_str(" See https://corvane-post.example/mill-closes for more.");
        });
        assert_eq!(told(&a, &b, [1.0, 1.0]).0, Direction::AToB);
    }

    #[test]
    fn a_trimmed_text_alone_is_thin_and_with_a_wire_dateline_is_not() {
        let wire = entry("a", |raw| {
            raw.text = format!("CORVANE, March 2 (Reuters) - {}", raw.text);
        });
        let (plain, cut) = (entry("a", |_| ()), entry("b", |_| ()));
        assert_eq!(told(&plain, &cut, [0.4, 0.95]).0, Direction::Unknown);
        assert_eq!(told(&wire, &cut, [0.4, 0.95]).0, Direction::AToB);
    }

    #[test]
    fn a_credit_to_the_other_publisher_counts() {
        let a = entry("a", |raw| raw.publisher = Some("Corvane Post".into()));
        let b = entry("b", |raw| {
            raw.text
                .push_str(" This was first published by the Corvane Post.")
        });
        assert_eq!(told(&a, &b, [1.0, 1.0]).0, Direction::AToB);
    }
}
