//! Notices that a machine wrote a text, and sentences that are none: two lists of each, written for this project by somebody who did not know the
//! rules. The first list was looked at while the reader of notices was made; the second was first read by a reader that was ready, and gave
//! 59 of 80 then. Of the third, biographies that unmask their author, a reader that knew notices alone read none of 80.

use byline::{Detector, Document, RawDocument};

const BODY: &str = "The council of Harrowby voted on Tuesday to keep the swimming pool open for another year. Members argued for two hours about the \
    cost of heating, and then agreed to spend a further sum on new pumps. Residents in the gallery clapped. One of them, a retired teacher, said she \
    had learnt to swim there in the year it opened and hoped her grandchildren would too. The treasurer warned that the money would have to come from \
    somewhere, and named the car parks. A consultation will open next month and close before the summer. The pool was built by volunteers after the \
    war and has been repaired three times since. Its roof leaks in heavy rain.";

/// The lines of a list that make a text declared, at its foot or within it.
fn declared(list: &str, at_foot: bool) -> Vec<&str> {
    let detector = Detector::shipped().unwrap();
    let says = |line: &&str| {
        let text = if at_foot {
            format!("{BODY}\n\n{line}")
        } else {
            format!("{BODY} {line}\n\n{BODY}")
        };
        let document = Document::new(RawDocument {
            text,
            ..RawDocument::default()
        });
        detector.examine(&document).declared.found
    };
    list.lines().filter(says).collect()
}

#[test]
fn what_is_no_notice_declares_nothing() {
    for list in [
        include_str!("notices/other_1.txt"),
        include_str!("notices/other_2.txt"),
        include_str!("notices/bios_other.txt"),
    ] {
        assert!(list.lines().count() >= 80);
        for at_foot in [true, false] {
            assert_eq!(declared(list, at_foot), [""; 0]);
        }
    }
}

#[test]
fn notices_in_any_wording_declare() {
    // Riddles and jokes in the first, plain notices in the second, biographies of all sorts in the third.
    for (list, least) in [
        (include_str!("notices/declared_1.txt"), 61),
        (include_str!("notices/declared_2.txt"), 70),
        (include_str!("notices/bios_declared.txt"), 50),
    ] {
        let (found, all) = (declared(list, true).len(), list.lines().count());
        println!("{found} of {all} notices are read");
        assert!(found >= least, "{found} of {all}");
    }
}
