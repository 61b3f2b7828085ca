//! Every format on the same verdicts, hostile text included.

mod sample;

use serde_json::Value;

use self::sample::*;
use super::*;
use crate::document::{Format, RawDocument};
use crate::verdict::{Abstention, FigureConflict, Verdict};

/// Two documents and an error between them.
fn written(name: &str) -> String {
    let output = WRITERS.iter().find(|output| output.name == name).unwrap();
    let mut writer = (output.writer)(false);
    let mut out = Vec::new();
    writer.begin(&mut out).unwrap();
    writer
        .document(&mut out, &document("one"), &verdict("one"))
        .unwrap();
    writer
        .error(&mut out, "bad:7", "bad:7: not <JSON> \u{1b}[31m")
        .unwrap();
    writer
        .document(&mut out, &document("=two,\n"), &verdict("=two,\n"))
        .unwrap();
    writer.end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn empty(name: &str) -> String {
    let output = WRITERS.iter().find(|output| output.name == name).unwrap();
    let mut writer = (output.writer)(false);
    let mut out = Vec::new();
    writer.begin(&mut out).unwrap();
    writer.end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_format_in_the_folder_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/write");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .filter(|name| !["mod", "tests", "kit", "comparison"].contains(&name.as_str()))
        .collect();
    let mut listed: Vec<&str> = WRITERS.iter().map(|output| output.name).collect();
    files.sort();
    listed.sort_unstable();
    assert_eq!(files, listed);
}

#[test]
fn jsonl_has_the_names_of_the_contract() {
    let lines: Vec<Value> = written("jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    let keys: Vec<&str> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
    for key in [
        "format",
        "id",
        "source",
        "model",
        "words",
        "language",
        "declared",
        "machine",
        "syndicated",
        "signs",
        "figures",
        "evidence",
        "action",
        "reasons",
    ] {
        assert!(keys.contains(&key), "{key} is missing");
    }
    assert_eq!(lines[0]["syndicated"]["abstained"], "too_short");
    assert_eq!(lines[0]["machine"]["abstained"], Value::Null);
    assert_eq!(lines[0]["decided_by"], serde_json::json!(["declared"]));
    assert_eq!(lines[1]["id"], "bad:7");
    assert!(lines[1]["error"].as_str().unwrap().contains("not <JSON>"));
    assert_eq!(lines[2]["id"], "=two,\n");
}

#[test]
fn json_is_one_array_of_the_same_objects() {
    let array: Vec<Value> = serde_json::from_str(&written("json")).unwrap();
    let lines: Vec<Value> = written("jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(array, lines);
    assert_eq!(
        serde_json::from_str::<Value>(&empty("json")).unwrap(),
        serde_json::json!([])
    );
}

#[test]
fn csv_has_one_row_a_document_with_every_column() {
    let written = written("csv");
    let mut table = ::csv::Reader::from_reader(written.as_bytes());
    let header = table.headers().unwrap().clone();
    let rows: Vec<::csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| {
        let at = header.iter().position(|column| column == name).unwrap();
        rows[row][at].to_owned()
    };
    assert_eq!(rows.len(), 3);
    assert_eq!(cell(0, "id"), "one");
    assert_eq!(cell(0, "machine_probability"), "0.95");
    assert_eq!(cell(0, "syndicated_abstained"), "too_short");
    assert_eq!(cell(0, "decided_by"), "declared");
    assert_eq!(cell(0, "action"), "hold");
    assert_eq!(cell(0, "error"), "");
    assert_eq!(
        (cell(1, "id"), cell(1, "action")),
        ("bad:7".into(), String::new())
    );
    assert!(cell(1, "error").contains("not <JSON>"));
    assert_eq!(cell(2, "id"), "=two,\n");
    assert_eq!(empty("csv").lines().count(), 1);
}

#[test]
fn sarif_has_the_required_structure_and_regions_that_are_the_passages() {
    let log: Value = serde_json::from_str(&written("sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(run["tool"]["driver"]["name"], "byline");
    let results = run["results"].as_array().unwrap();
    // For each of two documents: the declared and the machine answer, and two signs.
    assert_eq!(results.len(), 8);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().contains('\u{1b}'));
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        for location in result["locations"].as_array().unwrap() {
            let physical = &location["physicalLocation"];
            assert_eq!(physical["artifactLocation"]["uri"], "in%20dir/a.txt");
        }
    }
    assert_eq!(
        (&results[0]["ruleId"], &results[0]["level"]),
        (&"axis.declared".into(), &"error".into())
    );
    assert_eq!(
        (&results[1]["ruleId"], &results[1]["level"]),
        (&"axis.machine".into(), &"note".into()),
        "an axis that did not decide is a note"
    );
    let region = &results[3]["locations"][0]["physicalLocation"]["region"];
    let at = usize::try_from(region["byteOffset"].as_u64().unwrap()).unwrap();
    let length = usize::try_from(region["byteLength"].as_u64().unwrap()).unwrap();
    assert_eq!(TEXT.get(at..at + length), Some("made by Quillbox"));
    assert_eq!(
        (&region["startLine"], &region["startColumn"]),
        (&2.into(), &15.into())
    );
    assert_eq!(
        (&region["endLine"], &region["endColumn"]),
        (&2.into(), &31.into())
    );
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(
        invocation["toolExecutionNotifications"].as_array().unwrap().len(),
        1
    );

    let none: Value = serde_json::from_str(&empty("sarif")).unwrap();
    assert_eq!(none["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(none["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn sarif_gives_no_region_where_the_text_is_not_the_file() {
    let output = WRITERS.iter().find(|output| output.name == "sarif").unwrap();
    let mut writer = (output.writer)(false);
    let mut out = Vec::new();
    let raw = RawDocument {
        format: Format::Jsonl,
        ..document("r1").raw().clone()
    };
    writer.begin(&mut out).unwrap();
    writer
        .document(&mut out, &Document::new(raw), &verdict("r1"))
        .unwrap();
    writer.end(&mut out).unwrap();
    let log: Value = serde_json::from_slice(&out).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let location = &result["locations"][0];
        assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "r1");
        assert_eq!(location["physicalLocation"]["region"], Value::Null);
    }
}

#[test]
fn html_escapes_everything_and_fetches_nothing() {
    let page = written("html");
    assert!(!page.contains("<script"), "markup of a document reached the page");
    assert!(page.contains("&lt;script&gt;"));
    assert!(!page.contains("<b>\"") && !page.contains("<i>\"") && !page.contains("made <b>"));
    assert!(!page.contains('\u{1b}'));
    for fetch in ["http:", "https:", "src=", "href=", "url(", "@import"] {
        assert!(!page.contains(fetch), "{fetch} in a self-contained page");
    }
    assert!(page.contains("not a proof"), "the caution is missing");
    assert!(
        page.contains("of 1,000 human texts of this length about 2 score this high")
            || page.contains("Of 1,000")
    );
    assert_eq!(page.matches("<details").count(), 2);
    assert_eq!(
        page.matches("<details").count(),
        page.matches("</details>").count()
    );
    assert_eq!(page.matches("<div").count(), page.matches("</div>").count());
    assert_eq!(page.matches("<mark").count(), page.matches("</mark>").count());
    assert_eq!(
        page.matches(" open>").count(),
        0,
        "several documents stand closed"
    );
    assert!(page.contains("<mark class=\"quoted\" title=\"declared: decl.quoted\">"));
    assert!(page.contains("title=\"declared: decl.test, machine: rhythm.cv\">by Quillbox<"));
}

#[test]
fn html_of_one_document_stands_open_with_its_whole_text() {
    let output = WRITERS.iter().find(|output| output.name == "html").unwrap();
    let mut writer = (output.writer)(false);
    let mut out = Vec::new();
    writer.begin(&mut out).unwrap();
    writer
        .document(&mut out, &document("one"), &verdict("one"))
        .unwrap();
    writer.end(&mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(page.contains("<details class=\"doc\" open>"));
    let (_, rest) = page.split_once("<div class=\"text\">").unwrap();
    let (inner, _) = rest.split_once("</div>").unwrap();
    // Without the marks the text is there, whole and escaped.
    let bare = regex::Regex::new("<[^>]*>").unwrap().replace_all(inner, "");
    let mut expected = String::new();
    kit::escape(&mut expected, TEXT);
    assert_eq!(bare, expected);
}

#[test]
fn human_pages_say_what_was_found_and_never_steer_the_terminal() {
    let own = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    for (color, long) in [(false, false), (true, false), (false, true), (true, true)] {
        let mut writer = if long {
            explanation(color)
        } else {
            (WRITERS[0].writer)(color)
        };
        let mut out = Vec::new();
        writer
            .document(&mut out, &document("one"), &verdict("one"))
            .unwrap();
        let page = String::from_utf8(out).unwrap();
        assert_eq!(own.is_match(&page), color);
        let bare = own.replace_all(&page, "");
        assert!(
            !bare.contains('\u{1b}'),
            "a control sequence of the text reached the terminal"
        );
        assert!(bare.starts_with("HOLD    one"), "{bare}");
        assert!(bare.contains("likely, 95.0 %: of 1,000 human texts of this length about 2 score this high"));
        assert!(bare.contains("too few words"));
        assert!(bare.contains("made by Quillbox"));
        if long {
            assert!(bare.contains("rhythm.cv") && bare.contains("baseline"));
            assert!(bare.contains("+2.94  log-odds in all"));
            assert!(bare.contains("quoted or reported: does not declare"));
        }
    }
}

#[test]
fn a_silent_axis_marks_no_passage_and_its_parts_are_said_to_lead_to_nothing() {
    let document = document("a");
    let mut verdict = verdict("a");
    verdict.machine.abstained = Some(Abstention::TooShort);
    let page = |name: &str| {
        let output = WRITERS.iter().find(|output| output.name == name).unwrap();
        let mut out = Vec::new();
        let mut writer = (output.writer)(false);
        writer.document(&mut out, &document, &verdict).unwrap();
        writer.end(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let human = page("human");
    assert!(
        !human.contains("rhythm.cv") && !human.contains("weighs most"),
        "{human}"
    );
    assert!(human.contains("decl.test"), "{human}");
    let html = page("html");
    assert!(!html.contains("machine: rhythm.cv"), "{html}");
    assert!(html.contains("The numbers lead to nothing."), "{html}");
}

#[test]
fn people_see_who_contradicts_a_figure() {
    let text = document("one").raw().text.clone();
    let span = span_of("by Quillbox. End");
    let mut judged = verdict("one");
    judged.figures.conflicting = 1;
    judged.figures.conflicts = vec![FigureConflict {
        kind: "value",
        span,
        text: span.of(&text).to_owned(),
        document: "pier <b>".to_owned(),
        theirs: [29.0, 31.0],
        unit: Some("%".to_owned()),
    }];
    for (name, said) in [
        ("human", "pier <b> gives 29 to 31%"),
        ("html", "pier &lt;b&gt; gives 29 to 31%"),
        (
            "jsonl",
            r#""document":"pier <b>","theirs":[29.0,31.0],"unit":"%""#,
        ),
    ] {
        let output = WRITERS.iter().find(|output| output.name == name).unwrap();
        let write = |verdict: &Verdict| {
            let mut writer = (output.writer)(false);
            let mut out = Vec::new();
            writer.begin(&mut out).unwrap();
            writer.document(&mut out, &document("one"), verdict).unwrap();
            writer.end(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(write(&judged).contains(said), "{}", write(&judged));
        assert!(!write(&verdict("one")).contains("contradict"), "{name}");
        assert!(!write(&verdict("one")).contains("\"conflicts\""), "{name}");
    }
}
