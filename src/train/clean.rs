//! Takes out of corpus texts what betrays the collection rather than the author.
//!
//! The list follows what the corpora are known to leak: special tokens, chat openers and title labels in front of
//! machine texts, tokenised punctuation and glued sentences in human ones, words copied from a prompt, cut-off ends.
//! Used on training and evaluation texts only; a text to be judged is never cleaned.

use std::sync::LazyLock;

use regex::Regex;

/// A pattern and what takes its place.
struct Rule {
    pattern: Regex,
    replacement: &'static str,
}

#[allow(
    clippy::expect_used,
    reason = "the patterns are constants; a test compiles them all"
)]
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |pattern: &str, replacement| Rule {
        pattern: Regex::new(pattern).expect("a valid pattern"),
        replacement,
    };
    vec![
        rule(r"</?(?:endoftext|s|pad|unk)/?>|<\|[a-z_]+\|>|<eo[pd]>", " "),
        rule(
            r"(?is)\A\s*(?:(?:sure|certainly|of course|absolutely)[^\n]{0,80}?[!,:.]\s*)?(?:here(?:'s|’s| is| are)\b[^\n:]{0,160}:)\s*",
            "",
        ),
        rule(
            r"(?i)\A\s*(?:sure|certainly|of course|absolutely)(?: thing)?[!.]\s+",
            "",
        ),
        rule(
            r"(?i)\A\s*\**(?:title|headline|abstract|essay|review|answer|story)\**\s*:\s*\**",
            "",
        ),
        rule(r" +([,.;:!?])(\s|\z)", "$1$2"),
        rule(r"([a-z]{2}[.!?])([A-Z][a-z])", "$1 $2"),
    ]
});

/// Cleans a text. `prefix_words` leading words (copied from a human original) are dropped.
#[must_use]
pub fn clean(text: &str, prefix_words: usize) -> String {
    let mut text = drop_words(text, prefix_words).to_owned();
    for rule in RULES.iter() {
        text = rule.pattern.replace_all(&text, rule.replacement).into_owned();
    }
    let text = text.trim();
    whole_sentences(text).to_owned()
}

fn drop_words(text: &str, count: usize) -> &str {
    let mut rest = text;
    for _ in 0..count {
        rest = rest.trim_start();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest.get(end..).unwrap_or("");
    }
    rest
}

/// Marks that end a sentence, closing quotes and brackets included.
const ENDS: &[char] = &['.', '!', '?', '"', '”', '’', ')', '*', '\''];

/// Cuts an unfinished last sentence, unless that would take more than a third of the text.
fn whole_sentences(text: &str) -> &str {
    if text.ends_with(ENDS) {
        return text;
    }
    let end = text.rfind(['.', '!', '?']).map(|at| at + 1);
    end.and_then(|end| text.get(..end))
        .filter(|kept| kept.len() * 3 > text.len() * 2)
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaks_are_taken_out() {
        let cases = [
            (
                "Here is a 6 sentence story about a lamp:\n\nThe lamp fell.",
                "The lamp fell.",
            ),
            ("Sure! Here's an essay: Lamps are good.", "Lamps are good."),
            ("Certainly! Lamps are good.", "Lamps are good."),
            ("Title: Lamps\nThey shine.", "Lamps\nThey shine."),
            ("Lamps shine , they say .", "Lamps shine, they say."),
            (
                "Lamps shine.The night is long.",
                "Lamps shine. The night is long.",
            ),
            (
                "Lamps shine all night. They cost little money. But then the",
                "Lamps shine all night. They cost little money.",
            ),
            ("<|endoftext|>Lamps shine.", "Lamps shine."),
        ];
        for (before, after) in cases {
            assert_eq!(clean(before, 0), after);
        }
    }

    #[test]
    fn ordinary_openings_stay() {
        for text in [
            "Here lies the problem. It is old.",
            "Sure enough, it rained.",
            "The U.S. economy grew.",
        ] {
            assert_eq!(clean(text, 0), text);
        }
    }

    #[test]
    fn prefix_words_are_dropped() {
        assert_eq!(clean("one two  three four.", 2), "three four.");
    }
}
