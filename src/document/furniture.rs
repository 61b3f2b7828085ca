//! Site furniture: what belongs to the page and not to the text.
//!
//! The rules look for the forms that pages use everywhere (a newsletter line, a bare date, a credit in brackets, a list of
//! sources), not for any site. A short line is taken for furniture on a phrase; a longer one only if it begins with one, so a
//! sentence about newsletters stays in the body.

use std::sync::OnceLock;

use super::blocks::{Line, bullet, place};
use super::hints;
use super::pattern::{Matcher, Pattern, PatternError, Reading};
use super::{BlockKind, Furniture};

/// Where in the text a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Near the start.
    Head,
    /// In between.
    Middle,
    /// Near the end.
    Tail,
}

/// Most words of a line that is furniture on account of a phrase in it.
const PHRASE_WORDS: usize = 14;

/// Lines of the page, in any place. Matched without regard to case on short lines.
const PROMOTION: &[&str] = &[
    r"free to your inbox|(?:delivered|sent|straight) to your inbox|\bnewsletters?$",
    r"^(?:subscribe|sign up|sign in|log ?in|register)\b|\bsubscribe (?:now|today|to our)\b|\bsign up (?:for|to) (?:our|the)\b",
    r"^(?:share|tweet|pin|e-?mail|print|save)(?: this| on| via| to| article| story|$)|^share:",
    r"^(?:read|see|view|load|show) (?:more|also|next|full|all)\b|^(?:also|you may also|you might also) (?:read|like)|^continue reading",
    r"^(?:advertisement|sponsored|promoted|ad)$|^(?:story|article) continues below",
    r"^(?:latest|related|recommended|trending|popular|more|top) (?:articles?|stories|news|posts?|reads?|from|on this|headlines)\b|^most (?:read|popular|viewed)\b",
    r"^follow us\b|^follow @|^like us on\b|^find us on\b|^join (?:us|our)\b.{0,40}(?:telegram|whatsapp|discord|facebook|channel)",
    r"^stay (?:ahead of|informed|up to date|tuned|connected)\b|^get (?:the latest|curated|our)\b.{0,60}(?:news|inbox|insights|updates)",
    r"\ball rights reserved\b|^(?:©|\(c\)|copyright)\s|^copyright$",
    r"^(?:we use|this (?:web)?site uses) cookies|^accept (?:all )?cookies|^privacy policy|^terms (?:of|and)",
    r"^(?:home|menu|search|skip to (?:main )?content|back to top|click here|download (?:the|our) app)\b",
    r"now playing|^speaker \d+$|^listen to (?:this|the) (?:article|story)|^(?:audio|video|photo|image|picture|watch|gallery)(?: credit)?:",
    r"^[\w ]{0,24}(?:robot|bot)\s?[\w ]{0,16}summary$|^(?:ai|machine)[- ]generated summary",
    r"^(?:key (?:points|takeaways)|in brief|at a glance|tl;?dr|summary)\b.{0,40}$",
    r"^(?:forward-looking|cautionary) statements?\b|^safe harbor\b",
    r"^disclaimer\b|^disclosure:",
];

/// Lines about who wrote and when.
const BYLINE: &[&str] = &[
    r"^(?:\(|\[)?(?:additional )?(?:reporting|writing|editing|compiled|edited|translated) by\b",
    r"^(?:written|posted|published|reviewed|generated|produced|updated|last updated|first published)(?: by| on|:| at)\b",
    r"^(?:media|press|investor|news)? ?(?:contacts?|inquiries|relations contacts?):?$|^(?:media|press|investor) contacts?\b",
    r"^(?:tel|telephone|phone|fax|e-?mail|web(?:site)?)\b ?[:.]",
    r"^source:? \w+.{0,30}$|^editor's note\b",
];

/// Lines that are a date, a time, or both.
const DATE: &[&str] = &[
    r"^(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? ?\d{1,2}(?:st|nd|rd|th)?,? \d{4}\b.{0,30}$",
    r"^(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,? \d{4}\b.{0,30}$",
    r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?: .{0,20})?$|^\d{1,2}:\d{2} ?(?:am|pm)?\b.{0,14}$|^\d+ ?min(?:ute)?s? ?read$",
    r"^\d+ (?:hours?|days?|minutes?|weeks?|months?) ago$",
];

const COMMENTS: &[&str] = &[
    r"^(?:\d+ )?comments?(?: \(\d+\))?:?$|^(?:no|0) comments\b|^(?:add|leave|post) an? (?:\w+ )?(?:comment|reply)|^be the first to comment",
];

/// Paragraphs about the author, towards the end.
const BIO: &[&str] = &[
    r"^(?i:about (?:the|this) (?:author|writer|reporter|company))",
    r"^(?i:the )?(?i:author|writer)\b.{0,40}\b(?:is|was|has|holds|writes|covers)\b",
    r"^(?:AI|A\.I\.|Ai|Artificial [Ii]ntelligence) (?i:writing|research|news|reporting|content|journalism)? ?(?i:agent|assistant|writer|author|analyst|journalist)\b",
    r"^(?:[A-Z][\w.'-]+ ){1,4}(?:is|was) (?:an?|the|our)\b.{0,90}\b(?:reporter|writer|journalist|editor|correspondent|columnist|contributor|freelancer|author|analyst|professor|fellow|blogger|agent)\b",
    r"^(?:[A-Z][\w.'-]+ ){1,4}(?:covers|writes (?:about|on|for)|reports (?:on|for)|has (?:covered|written))\b",
    r"\b[Ii]ts audience (?:includes|is)\b|\b[Ii]ts stance\b.{0,200}\b[Ii]ts purpose\b",
    r"^(?:Delivering|Bringing|Providing|Covering|Sharing|Offering)\b.{0,120}\b(?:insights?|analysis|news|coverage|updates|stories|commentary)\b",
];

/// Patterns of which one must match. They are built when a line first gets past the hint: most texts never ask.
struct Rule {
    patterns: &'static [&'static str],
    any_case: bool,
    /// Whether a pattern may match; never `false` for a line that one does.
    hint: fn(&str) -> bool,
    /// For lines of ASCII: a character is a byte there, and what is built many times smaller.
    ascii: OnceLock<Matcher>,
    any: OnceLock<Matcher>,
}

impl Rule {
    const fn new(patterns: &'static [&'static str], any_case: bool, hint: fn(&str) -> bool) -> Self {
        Self {
            patterns,
            any_case,
            hint,
            ascii: OnceLock::new(),
            any: OnceLock::new(),
        }
    }

    fn is_match(&self, text: &str) -> bool {
        (self.hint)(text) && self.matcher(!text.is_ascii()).is_match(text)
    }

    #[allow(
        clippy::expect_used,
        reason = "the patterns are constants; a test of this file compiles them all"
    )]
    fn matcher(&self, characters: bool) -> &Matcher {
        let slot = if characters { &self.any } else { &self.ascii };
        let reading = Reading {
            case_sensitive: !self.any_case,
            multi_line: false,
            characters,
        };
        let build = || -> Result<Matcher, PatternError> {
            let patterns = self.patterns.iter().map(|pattern| Pattern::new(pattern));
            let patterns: Vec<Pattern> = patterns.collect::<Result<_, _>>()?;
            Matcher::new(&patterns, reading)
        };
        slot.get_or_init(|| build().expect("valid patterns"))
    }
}

static PROMOTIONS: Rule = Rule::new(PROMOTION, true, hints::promotion);
static BYLINES: Rule = Rule::new(BYLINE, true, hints::byline);
static DATES: Rule = Rule::new(DATE, true, hints::date);
static COMMENT: Rule = Rule::new(COMMENTS, true, hints::comments);
static BIOS: Rule = Rule::new(BIO, false, hints::bio);
static BY_NAME: Rule = Rule::new(
    &[r"^[Bb][Yy]:? (?:[A-Z][\w.'-]+,? ?(?:and |& |of |the )?){1,6}(?:\(|,|$)"],
    false,
    |text| hints::begins(text, &["by"]),
);
static TICKER: Rule = Rule::new(
    &[r"^\(?[A-Z.]{1,6}(?:--|[ :]?[+-]?\d+(?:\.\d+)?%)\)?$|^(?:NYSE|NASDAQ|LON|HKEX): ?[A-Z.0-9]{1,6}$"],
    false,
    |text| text.contains([':', '%']) || text.contains("--"),
);
static REFERENCE: Rule = Rule::new(
    &[r"^\[\d{1,3}\](?::| )|^https?://\S+$|^\d{1,3}\. .{0,160}https?://\S+$"],
    false,
    |text| text.starts_with('[') || text.contains("://"),
);
static REFERENCES: Rule = Rule::new(
    &[
        r"(?i)^[*_#\s]*(?:sources?|references|bibliography|works cited|citations|further reading)[*_]*:?[*_]*(?:$|\s*\[?\d|\s*https?:)",
    ],
    false,
    hints::references,
);
static ABOUT: Rule = Rule::new(
    &[r"^About [A-Z][\w&.'-]*(?: [A-Z][\w&.'-]*){0,5}:?$"],
    false,
    |text| text.starts_with("About "),
);

/// Longest line that is held against the phrase lists, in bytes.
const LONGEST: usize = 400;

/// Marks the furniture among `lines`; `length` is that of the text.
pub(super) fn mark(lines: &[Line<'_>], length: usize, kinds: &mut [Option<BlockKind>]) {
    let mut within: Option<Furniture> = None;
    for (line, kind) in lines.iter().zip(kinds.iter_mut()) {
        if kind.is_some() {
            continue;
        }
        let place = place(line, length);
        let found = furniture(line, place);
        within = match (within, found) {
            // A comment section, and a list of sources, run on over what follows them; a new heading or paragraph ends the latter.
            (Some(Furniture::Comments), _) => Some(Furniture::Comments),
            (_, Some(Furniture::Comments)) if place == Place::Tail => Some(Furniture::Comments),
            (_, Some(Furniture::References)) => Some(Furniture::References),
            (Some(Furniture::References), None) if reference_like(line) => Some(Furniture::References),
            (_, Some(Furniture::Bio)) if ABOUT.is_match(line.text) => Some(Furniture::Bio),
            (Some(Furniture::Bio), None) if place == Place::Tail => Some(Furniture::Bio),
            _ => None,
        };
        *kind = found.or(within).map(BlockKind::Furniture);
    }
}

fn reference_like(line: &Line<'_>) -> bool {
    REFERENCE.is_match(line.text)
        || (line.text.contains("http") && line.text.len() < LONGEST)
        || bullet(line.text).is_some()
}

fn furniture(line: &Line<'_>, place: Place) -> Option<Furniture> {
    let text = line.text.trim_start_matches(['*', '_', '#', ' ']);
    if REFERENCES.is_match(line.text) {
        return Some(Furniture::References);
    }
    if line.text.starts_with('[') && REFERENCE.is_match(line.text) && place == Place::Tail {
        return Some(Furniture::References);
    }
    if place == Place::Tail && (BIOS.is_match(start(text)) || ABOUT.is_match(text)) {
        return Some(Furniture::Bio);
    }
    if text.len() > LONGEST {
        return None;
    }
    let words = text.split_whitespace().take(PHRASE_WORDS + 1).count();
    if words > PHRASE_WORDS {
        return (text.starts_with('(') && BYLINES.is_match(text)).then_some(Furniture::Byline);
    }
    // Reported speech and a full sentence in the middle of a text are body, whatever phrase they hold.
    let sentence = words > 6 && text.ends_with('.') && place == Place::Middle;
    if sentence {
        return None;
    }
    if TICKER.is_match(text) {
        Some(Furniture::Ticker)
    } else if COMMENT.is_match(text) {
        Some(Furniture::Comments)
    } else if DATES.is_match(text) {
        Some(Furniture::Date)
    } else if BYLINES.is_match(text) || (place == Place::Head && BY_NAME.is_match(text)) {
        Some(Furniture::Byline)
    } else if PROMOTIONS.is_match(text) {
        Some(Furniture::Promotion)
    } else {
        None
    }
}

/// The part of a long paragraph that the biography patterns look at.
fn start(text: &str) -> &str {
    let mut end = text.len().min(700);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    use proptest::string::string_regex;
    use proptest::test_runner::TestRunner;

    use super::*;

    /// What a pattern matches, without the borders that the generator does not know.
    fn matching(pattern: &str) -> impl Strategy<Value = String> {
        let ascii = pattern
            .replace(r"\b", "")
            .replace(r"\w", "[0-9A-Za-z_]")
            .replace(r"\d", "[0-9]");
        // These two stand in no class of the patterns, and behind no backslash.
        let bare = ascii.replace(['^', '$'], "");
        string_regex(&bare).unwrap()
    }

    #[test]
    fn no_hint_hides_a_line_that_a_pattern_matches() {
        let rules = [
            &PROMOTIONS,
            &BYLINES,
            &DATES,
            &COMMENT,
            &BIOS,
            &BY_NAME,
            &TICKER,
            &REFERENCE,
            &REFERENCES,
            &ABOUT,
        ];
        for rule in rules {
            for pattern in rule.patterns {
                let mut matched = 0;
                let mut runner = TestRunner::deterministic();
                for _ in 0..400 {
                    let line = matching(pattern).new_tree(&mut runner).unwrap().current();
                    for line in [line.to_uppercase(), line.to_lowercase(), line] {
                        let text = super::super::Normalised::new(&line).text().trim().to_owned();
                        let matches = rule.matcher(true).is_match(&text);
                        if text.is_ascii() {
                            let ascii = rule.matcher(false).is_match(&text);
                            assert_eq!(ascii, matches, "{text:?}: {pattern}");
                        }
                        if matches {
                            matched += 1;
                            assert!((rule.hint)(&text), "{text:?} is hidden from {pattern}");
                        }
                    }
                }
                assert!(matched > 20, "{matched} lines match {pattern}");
            }
        }
    }
}
