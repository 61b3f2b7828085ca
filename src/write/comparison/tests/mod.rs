//! Every format on the same comparisons, hostile text included.

mod facts;
mod others;
mod sample;

use serde_json::Value;

use self::others::{HOSTILE, hostile, many};
use self::sample::siblings;
use super::*;
use crate::corpus::{ConflictKind, Direction};
use crate::write::kit::escape;

fn written(name: &str, comparison: &Comparison, color: bool) -> String {
    let mut out = Vec::new();
    (super::comparison(name).unwrap().write)(&mut out, comparison, color).unwrap();
    String::from_utf8(out).unwrap()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(&mut out, text);
    out
}

/// The page without its markup.
fn text_of(page: &str) -> String {
    regex::Regex::new("<[^>]*>")
        .unwrap()
        .replace_all(page, "")
        .into_owned()
}

/// The part of the page with an id.
fn part<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<section id=\"{id}\">")).unwrap();
    rest.split_once("</section>").unwrap().0
}

/// Every start tag has its end tag, in the right order.
fn assert_well_formed(page: &str) {
    const VOID: [&str; 6] = ["meta", "br", "!doctype", "circle", "rect", "line"];
    let tags = regex::Regex::new(r"<(/?)([a-zA-Z!][a-zA-Z0-9]*)([^<>]*)>").unwrap();
    let mut open: Vec<&str> = Vec::new();
    for tag in tags.captures_iter(page) {
        let name = tag.get(2).unwrap().as_str();
        if VOID.contains(&name) || tag[3].ends_with('/') {
            continue;
        }
        if tag[1].is_empty() {
            open.push(name);
        } else {
            assert_eq!(open.pop(), Some(name), "at byte {}", tag.get(0).unwrap().start());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    // Nothing but tags has angle brackets.
    let (_, body) = page.split_once("</style>").unwrap();
    assert!(!text_of(body).contains(['<', '>']));
    let mut ids: Vec<&str> = regex::Regex::new(" id=\"([^\"]*)\"")
        .unwrap()
        .captures_iter(page)
        .map(|found| found.get(1).unwrap().as_str())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
    for target in regex::Regex::new("href=\"#([^\"]*)\"")
        .unwrap()
        .captures_iter(page)
    {
        assert!(ids.contains(&&target[1]), "#{} leads nowhere", &target[1]);
    }
}

#[test]
fn the_formats_are_found_by_name() {
    let names: Vec<&str> = COMPARISON_WRITERS.iter().map(|output| output.name).collect();
    assert_eq!(names, ["human", "json", "html"]);
    assert!(super::comparison("sarif").is_none());
}

#[test]
fn json_is_one_line_with_the_names_of_the_contract() {
    let page = written("json", &siblings(), true);
    assert_eq!(page.lines().count(), 1);
    let json: Value = serde_json::from_str(&page).unwrap();
    assert_eq!(json["format"], 1);
    for key in ["documents", "pairs", "templates", "clusters"] {
        assert!(json[key].is_array(), "{key}");
    }
    let pair = json["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|pair| pair["b"] == "wires/004.md")
        .unwrap();
    for key in [
        "a",
        "b",
        "figures",
        "conflicts",
        "passages",
        "templates",
        "links",
        "copied",
    ] {
        assert!(!pair[key].is_null(), "{key}");
    }
    assert_eq!(pair["copied"]["direction"], "a->b");
    assert_eq!(pair["conflicts"][0]["kind"], "rounding");
    assert_eq!(pair["figures"][0]["a"]["surface"], "\u{20ac}18.4 billion");
    assert!(pair["figures"][0]["a"]["span"]["start"].is_number());
}

#[test]
fn html_shows_both_sentences_of_every_conflict_with_the_figure_marked() {
    let comparison = siblings();
    let page = written("html", &comparison, false);
    let conflicts = part(&page, "conflicts");
    let bare = text_of(conflicts);
    let mut seen = 0;
    for conflict in comparison.pairs.iter().flat_map(|pair| &pair.conflicts) {
        for side in [&conflict.a, &conflict.b] {
            assert!(bare.contains(&escaped(&side.sentence)), "{}", side.sentence);
            assert!(conflicts.contains(&format!(
                "<mark class=\"figure\">{}</mark>",
                escaped(&side.surface)
            )));
        }
        seen += 1;
    }
    assert_eq!(seen, 4, "two market shares against a third, a period, a rounding");
    // Three documents with three market shares are one dispute, not two or three.
    assert_eq!(conflicts.matches("class=\"card dispute value-kind\"").count(), 1);
    assert_eq!(conflicts.matches("class=\"card dispute period-kind\"").count(), 1);
    let (_, folded) = conflicts.split_once("<details>").unwrap();
    assert!(folded.contains("rounding-kind"), "mere rounding is not shouted");
}

#[test]
fn html_draws_a_figure_of_five_documents_as_one_row() {
    let page = written("html", &siblings(), false);
    let figures = part(&page, "figures");
    // 5 + 4 + 3 + 5 + 2 + 2 mentions of six figures.
    assert_eq!(figures.matches("class=\"cell\"").count(), 21);
    assert_eq!(figures.matches("class=\"label\"").count(), 6);
    // Both dates of the 26 per cent.
    assert_eq!(figures.matches("class=\"corner\"").count(), 2);
    for surface in ["18.4 billion euros", "\u{20ac}18.4bn", "EUR 18.4 billion"] {
        assert!(
            figures.contains(&format!("\u{201c}{surface}\u{201d}")),
            "{surface}"
        );
    }
    // The rare figure that all give comes first, the common one last.
    let at = |label: &str| figures.find(&format!("<g><title>{label}")).unwrap();
    assert!(at("\u{20ac}18.4 billion") < at("SEK5.31bn"));
    assert!(at("SEK5.31bn") < at("4 %"));
}

#[test]
fn html_marks_the_words_that_differ_and_fills_the_slots() {
    let page = written("html", &siblings(), false);
    let passages = part(&page, "passages");
    assert!(
        passages.contains("<mark class=\"differs\">across</mark>"),
        "{passages}"
    );
    assert!(passages.contains("<mark class=\"differs\">over</mark>"));
    assert!(passages.contains("word for word"));
    assert_eq!(passages.matches("counts for no copy").count(), 1);
    let templates = part(&page, "templates");
    assert!(templates.contains("<span class=\"slot\">1</span> writes about <span class=\"slot\">2</span>"));
    assert_eq!(templates.matches("<td class=\"filling\">Quill</td>").count(), 2);
    assert_eq!(templates.matches("<td class=\"dim\">nothing</td>").count(), 1);
}

#[test]
fn html_draws_ties_from_source_to_taker() {
    let page = written("html", &siblings(), false);
    let ties = part(&page, "ties");
    assert_eq!(ties.matches("class=\"edge inherits\"").count(), 1);
    assert_eq!(ties.matches("class=\"edge took\"").count(), 2);
    assert_eq!(
        ties.matches("marker-end").count(),
        2,
        "the unknown direction has no head"
    );
    assert!(ties.contains("5 took wording from 1: 97.2 %"));
    assert!(ties.contains("2 inherits the declaration of 4"));
    assert!(ties.contains("credits \u{201c}Ostmark Courier\u{201d}"));
    let mut turned = siblings();
    for pair in &mut turned.pairs {
        if pair.copied.direction == Direction::AToB {
            pair.copied.direction = Direction::BToA;
        }
    }
    assert!(written("html", &turned, false).contains("1 took wording from 5: 97.2 %"));
}

#[test]
fn html_is_well_formed_fetches_nothing_and_lets_no_text_become_markup() {
    for comparison in [siblings(), hostile(), many(2), many(200), Comparison::default()] {
        let page = written("html", &comparison, false);
        assert_well_formed(&page);
        for fetch in ["http:", "https:", "src=", "@import", "<script", "url(\"", "url(h"] {
            assert!(!page.contains(fetch), "{fetch} in a self-contained page");
        }
        assert!(!page.contains(['\u{1b}', '\u{9b}', '\u{202e}']));
        assert!(
            !page.contains("<b>and") && !page.contains("<b></"),
            "markup of a document"
        );
    }
    let page = written("html", &hostile(), false);
    assert!(page.contains(&escaped(HOSTILE)));
    for id in [
        "clusters",
        "conflicts",
        "figures",
        "ties",
        "passages",
        "templates",
        "documents",
        "pairs",
    ] {
        assert!(part(&page, id).contains("&lt;script&gt;"), "{id}");
    }
}

#[test]
fn html_of_two_hundred_documents_is_bounded_and_says_what_it_left_out() {
    let comparison = many(200);
    let page = written("html", &comparison, false);
    // Caps, not input, set the size.
    const MOST_BYTES: usize = 600_000;
    assert!(page.len() < MOST_BYTES, "{} bytes", page.len());
    assert!(part(&page, "clusters").contains("44 more clusters"));
    assert!(part(&page, "pairs").contains("and 220 more pairs"));
    assert!(part(&page, "documents").contains("160 more documents"));
    let figures = part(&page, "figures");
    assert!(figures.contains("more figures (the table below goes on)"));
    // Every figure drawn has all its documents.
    assert_eq!(
        figures.matches("class=\"cell\"").count(),
        4 * figures.matches("class=\"label\"").count()
    );
    assert_eq!(page, written("html", &comparison, false));
}

#[test]
fn human_pages_give_every_finding_and_never_steer_the_terminal() {
    let own = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    for color in [false, true] {
        let page = written("human", &hostile(), color);
        assert_eq!(own.is_match(&page), color);
        let bare = own.replace_all(&page, "");
        assert!(
            !bare.contains(['\u{1b}', '\u{9b}', '\u{202e}']),
            "a control of the text"
        );
    }
    let page = written("human", &siblings(), false);
    let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for conflict in siblings().pairs.iter().flat_map(|pair| &pair.conflicts) {
        if conflict.kind != ConflictKind::Rounding {
            for side in [&conflict.a, &conflict.b] {
                let marked = side
                    .sentence
                    .replace(&side.surface, &format!("[{}]", side.surface));
                assert!(flat.contains(&marked), "{marked}\n{page}");
            }
        }
        assert!(flat.contains(&conflict.about));
    }
    for said in [
        "6 documents",
        "5 documents: 1, 2, 3, 4, 5",
        "says itself that a machine wrote it, made by: Quillbox newsroom agent",
        "2 from 4, by the same biography line: strength 91 %",
        "{1} Quill; {2} power and water; {3} 12-billion-word",
        "3: {1} Reed; {2} numbers; {3} (nothing)",
        "wording taken: likely, 97.2 % (the same text with light edits)",
        "word for word; quoted speech in both: counts for no copy",
        "direction: 5 took it from 1",
        "5: For thirty years the lines [over] the marsh",
        "94 % \u{20ac}18.4 billion = 18.4 billion euros grid investment",
    ] {
        assert!(flat.contains(said), "{said}\n{page}");
    }
    for line in page.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn few_or_odd_documents_make_a_page_too() {
    let mut odd = siblings();
    for pair in &mut odd.pairs {
        pair.b = "not among the documents".into();
        pair.figure_overlap = f64::NAN;
        pair.copied.probability = f64::NAN;
        for figure in &mut pair.figures {
            (figure.weight, figure.low) = (f64::NAN, f64::NAN);
        }
    }
    for comparison in [Comparison::default(), many(1), odd] {
        assert_well_formed(&written("html", &comparison, false));
        assert!(!written("human", &comparison, false).is_empty());
        assert!(serde_json::from_str::<Value>(&written("json", &comparison, false)).is_ok());
    }
}

/// Writes the pages to look at them in a browser: `BYLINE_LOOK=DIR cargo test -- --ignored pages_to_look_at`.
#[test]
#[ignore = "writes files for a person to look at"]
fn pages_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var_os("BYLINE_LOOK").unwrap());
    for (name, comparison) in [
        ("few", siblings()),
        ("many", many(200)),
        ("two", many(2)),
        ("hostile", hostile()),
    ] {
        std::fs::write(
            folder.join(format!("{name}.html")),
            written("html", &comparison, false),
        )
        .unwrap();
        std::fs::write(
            folder.join(format!("{name}.txt")),
            written("human", &comparison, true),
        )
        .unwrap();
    }
}
