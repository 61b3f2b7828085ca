//! Short notes beside an article that say how it was made.
//!
//! The main content of a page leaves out `aside` and `footer`, rightly: most hold offers and related stories. But that is also where an
//! article carries the note that a program wrote it, and what a page says of itself must not be lost.

use super::scan::{Scanner, Token};
use super::text::Writer;

/// Elements that hold an article, and those within them that the main content leaves out.
const ARTICLES: [&str; 2] = ["article", "main"];
const ASIDES: [&str; 2] = ["aside", "footer"];
/// Longest note, in bytes.
const LONGEST: usize = 400;
/// Most notes of a page.
const MOST: usize = 4;
/// What a note on how a text was made speaks of, in lower case; and one word that is no other only in capitals.
const CUES: [&str; 8] = [
    "artificial intelligence",
    "language model",
    "chatgpt",
    "gpt-",
    "automat",
    "generated",
    "robot",
    "algorithm",
];
const CAPITALS: &str = "AI";

/// The notes within the articles of a well-nested page, in order. Cost: one pass.
pub(super) fn notes(cleaned: &str) -> Vec<String> {
    let mut notes = Vec::new();
    let mut articles = 0_usize;
    // The element that is being read, how many of its name are open, and what it says.
    let mut open: Option<(&'static str, usize, Writer)> = None;
    for token in Scanner::new(cleaned) {
        match (&mut open, &token) {
            (Some((name, depth, _)), Token::Start { name: inner, .. }) if inner == name => *depth += 1,
            (Some((name, depth, _)), Token::End(inner)) if inner == name => *depth -= 1,
            (None, Token::Start { name, .. }) if ARTICLES.contains(name) => articles += 1,
            (None, Token::End(name)) if ARTICLES.contains(name) => articles = articles.saturating_sub(1),
            (None, Token::Start { name, .. }) if articles > 0 => {
                let aside = ASIDES.iter().find(|aside| *aside == name);
                open = aside.map(|aside| (*aside, 1, Writer::new(LONGEST)));
                continue;
            }
            _ => {}
        }
        match open.take() {
            Some((_, 0, writer)) => {
                let note = writer.finish();
                if note.len() <= LONGEST && speaks_of_making(&note) && notes.len() < MOST {
                    notes.push(note);
                }
            }
            Some((name, depth, mut writer)) => {
                writer.token(token);
                open = Some((name, depth, writer));
            }
            None => {}
        }
    }
    notes
}

fn speaks_of_making(note: &str) -> bool {
    let lower = note.to_lowercase();
    let mut words = note.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word == CAPITALS) || CUES.iter().any(|cue| lower.contains(cue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_notes_on_the_making_of_an_article_are_kept() {
        let page = "<article><p>The ferry is late.</p><aside><p>More ferries</p></aside>\
                    <aside class=x><p>An AI wrote this.</p><aside>It does.</aside></aside>\
                    <footer>Written with a <b>language model</b>.</footer></article>\
                    <footer>Some pages are generated.</footer>";
        assert_eq!(
            notes(page),
            ["An AI wrote this.\n\nIt does.", "Written with a language model."]
        );
        let long = format!("<main><aside>AI {}</aside></main>", "and so on ".repeat(50));
        assert!(notes(&long).is_empty());
        assert!(notes("<article><aside>An AI wrote").is_empty());
        assert!(notes("</aside></article><p>AI").is_empty());
    }
}
