//! Tests over the whole registry, and properties of every feature at once.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::document::RawDocument;

pub(super) fn document(text: &str) -> Document {
    Document::new(RawDocument {
        text: text.to_owned(),
        ..RawDocument::default()
    })
}

/// A feature of a text.
pub(super) fn value_in(text: &str, name: &str) -> Option<f64> {
    assert!(
        specs().any(|spec| spec.name == name),
        "no feature is called {name}"
    );
    measure(&document(text)).get(name)
}

/// A feature of a text that is long enough for it.
pub(super) fn rate_in(text: &str, name: &str) -> f64 {
    value_in(text, name).unwrap_or_else(|| panic!("{name} is not measured"))
}

/// Units a feature may have.
const UNITS: &[&str] = &[
    "words",
    "characters",
    "share",
    "ratio",
    "correlation",
    "bits",
    "index",
    "per 100 words",
    "per 10,000",
    "per sentence",
    "per 1,000 characters",
    "per character",
    "syllables",
    "grade",
];

#[test]
fn the_registry_is_sound() {
    let mut names = HashSet::new();
    let mut families = HashSet::new();
    for family in FAMILIES {
        assert!(families.insert(family.name), "{} is listed twice", family.name);
        assert!(family.doc.ends_with('.'), "{}", family.name);
        assert!(!family.specs.is_empty(), "{}", family.name);
        for spec in family.specs {
            let name = spec.name;
            assert!(names.insert(name), "{name} is listed twice");
            let what = name
                .strip_prefix(family.name)
                .and_then(|rest| rest.strip_prefix('.'));
            let snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            assert!(
                what.is_some_and(|w| !w.is_empty() && w.chars().all(snake)),
                "{name}"
            );
            assert!(spec.version >= 1, "{name}");
            assert!(UNITS.contains(&spec.unit), "{name}: {}", spec.unit);
            assert!(spec.range.0 < spec.range.1, "{name}");
            assert!(spec.doc.ends_with('.') && spec.doc.len() > 10, "{name}");
            assert!(!spec.source.is_empty(), "{name}");
            assert!(
                !spec.doc.contains('|') && !spec.source.contains('|'),
                "{name} breaks the table"
            );
        }
    }
}

#[test]
fn families_and_files_agree() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/measure");
    // Files of this folder that are not families.
    let others = [
        "mod", "class", "lexicon", "ngram", "stats", "table", "tests", "types", "view",
    ];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.is_file() && !others.contains(&name) {
            assert!(
                FAMILIES.iter().any(|f| f.name == name),
                "{name}.rs is not registered"
            );
        }
    }
}

/// Values before clamping.
fn unclamped(document: &Document) -> Vec<(&'static str, f64, (f64, f64))> {
    let view = View::new(document);
    let mut found = Vec::new();
    for family in FAMILIES {
        let open: Vec<Spec> = family
            .specs
            .iter()
            .map(|spec| Spec {
                range: (f64::NEG_INFINITY, f64::INFINITY),
                ..*spec
            })
            .collect();
        let mut values = vec![None; open.len()];
        let mut slots = Slots {
            specs: &open,
            values: &mut values,
            words: u32::try_from(document.words().len()).unwrap(),
            next: 0,
        };
        (family.measure)(&view, &mut slots);
        for (spec, value) in family.specs.iter().zip(values) {
            if let Some(value) = value {
                found.push((spec.name, value, spec.range));
            }
        }
    }
    found
}

fn assert_in_range(text: &str) {
    for (name, value, (low, high)) in unclamped(&document(text)) {
        assert!(value.is_finite(), "{name} = {value}");
        assert!(
            low <= value && value <= high,
            "{name} = {value}, not in {low}..{high}"
        );
    }
}

#[test]
fn own_texts_stay_in_range() {
    for text in [NEWS, TALK, "", "one", "?!", "a a a a a a a a a a a a"] {
        assert_in_range(text);
        assert_in_range(&text.repeat(3));
    }
    assert_in_range(&"word ".repeat(500));
    assert_in_range(&"Go. ".repeat(200));
}

proptest! {
    #[test]
    fn random_text_stays_in_range(text in "\\PC{0,400}") {
        assert_in_range(&text);
    }

    #[test]
    fn random_words_and_marks_stay_in_range(
        parts in proptest::collection::vec("[a-zA-Z]{1,12}|[0-9]{1,5}|[.,;:!?%$()\"' -]{1,3}|\n", 0..400),
    ) {
        assert_in_range(&parts.join(" "));
    }
}

#[test]
fn a_longer_text_of_the_same_kind_measures_alike() {
    let once = measure(&document(NEWS));
    let twice = measure(&document(&format!("{NEWS}\n\n{NEWS}")));
    for (spec, (a, b)) in specs().zip(once.values().iter().zip(twice.values())) {
        // Windows fall elsewhere in the doubled text, and the seam adds a neighbour.
        let (Some(a), Some(b)) = (a, b) else { continue };
        let slack = match spec.unit {
            "share" | "correlation" => 0.12,
            _ => 0.12 * a.abs() + 0.15,
        };
        assert!((a - b).abs() <= slack, "{}: {a} once, {b} twice", spec.name);
    }
}

#[test]
fn layout_reaches_only_features_that_say_so() {
    for text in [NEWS, TALK] {
        let one = measure(&document(&text.replace('\n', " ")));
        // One sentence a line, then a paragraph each.
        for border in ["\n", "\n\n"] {
            let broken = text.replace('\n', " ").replace(". ", &format!(".{border}"));
            let other = measure(&document(&broken));
            for (spec, (a, b)) in specs().zip(one.values().iter().zip(other.values())) {
                if !spec.layout {
                    assert_eq!(a, b, "{} with border {border:?}", spec.name);
                }
            }
        }
    }
}

#[test]
fn short_texts_leave_slots_unmeasured() {
    let features = measure(&document("Too short to say."));
    assert!(features.values().iter().all(Option::is_none));
    let long = measure(&document(NEWS));
    let measured = long.values().iter().filter(|value| value.is_some()).count();
    assert!(
        measured * 10 > long.values().len() * 9,
        "{measured} of {}",
        long.values().len()
    );
}

#[test]
fn features_are_found_by_name() {
    let features = measure(&document(NEWS));
    for (spec, value) in specs().zip(features.values()) {
        assert_eq!(features.get(spec.name), *value, "{}", spec.name);
    }
    assert_eq!(features.get("no.such"), None);
}

/// A made-up report with figures, quotations and connectives.
const NEWS: &str = "\
The harbour board of Osterwick voted on Tuesday to close its oldest ferry terminal, ending a debate that had run for \
almost six years. The decision, which passed by seven votes to four, frees about $12 million for a new pier on the \
north shore. \"We could not go on patching the roof every winter,\" said Marta Kellund, 54, who chairs the board. \
\"It was a sad vote, but it was the right one.\"\n\
However, residents of the old town were not pleased. Many of them rely on the morning boat, and the nearest stop will \
soon be a walk of twenty minutes away. \"Nobody asked us,\" said Jonas Pereira, a baker whose shop faces the quay. He \
added that sales had fallen by 8% since the first plans were shown in March 2019. The board says that a shuttle, a \
covered path, and cheaper tickets should help; critics call these measures small.\n\
Engineers warned as early as 2015 that the pilings were rotten. In addition, the council found that repairs would cost \
more than a new building. \"You can paint a rotten plank,\" wrote one of them in a report, \"but you can't walk on it \
for long.\" Ticket prices rose twice, costs rose further, and the company that ran the boats left the town in the \
spring of 2021. Why did it take so long? The answer depends on whom you ask. Some blame the state, which promised \
money and then withdrew it. Others point to the board itself: three of its members owned land near the terminal.\n\
Work on the pier is expected to begin in June. It will include a waiting hall, a small market and a ramp for \
wheelchairs, according to the plans. The last boat from the old terminal leaves on 30 September, reflecting the end of \
the summer timetable. For people like Pereira, the date is not just an administrative matter but a farewell. \"I'll be \
there,\" he said, \"with bread.\" Therefore the board has invited everyone in town to ride free of charge on that day, \
and a brass band from the school will play at noon.";

/// A made-up personal note.
const TALK: &str = "\
I don't know why I kept the bicycle. It hadn't been ridden in years, and the tyres were flat! My brother thinks I'm \
sentimental; maybe he's right. We used to race down the hill behind the mill, and he would always win. Then one day he \
fell, and we stopped. Funny how that goes. You remember the fall and not the hundred rides before it. I took it out of \
the shed last week, cleaned the chain, and rode as far as the bridge. Honestly, my knees hurt. But the river was high, \
the light was good, and nobody was about. I sat there for an hour. When I came home I told my wife that I'd go again \
tomorrow. She laughed. She's heard that before. Still, I think I will, because what else is a bicycle for?";

#[test]
#[ignore = "a measurement: run in release with --nocapture"]
fn speed_on_a_six_kilobyte_article() {
    let text = NEWS.repeat(3);
    let document = document(&text);
    for _ in 0..100 {
        std::hint::black_box(measure(&document));
    }
    let rounds = 1000;
    let start = std::time::Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(measure(std::hint::black_box(&document)));
    }
    let each = start.elapsed() / rounds;
    let view = View::new(&document);
    for family in FAMILIES {
        let mut values = vec![None; family.specs.len()];
        let start = std::time::Instant::now();
        for _ in 0..rounds {
            (family.measure)(
                &view,
                &mut Slots {
                    specs: family.specs,
                    values: &mut values,
                    words: 1000,
                    next: 0,
                },
            );
        }
        println!("{:12} {:?}", family.name, start.elapsed() / rounds);
    }
    let start = std::time::Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(View::new(std::hint::black_box(&document)));
    }
    println!("{:12} {:?}", "view", start.elapsed() / rounds);
    println!("{} bytes, {each:?} each", text.len());
    // Far above the budget of 200 us, so that a loaded machine does not fail it, a quadratic step does.
    assert!(each < std::time::Duration::from_millis(5), "{each:?}");
}
