//! What can be said of every match of a regex before it is built and run: literals and kinds of characters that it must hold, and how
//! long it can be.

use memchr::memmem::Finder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Shortest literal worth looking for, in bytes.
const SHORTEST: usize = 3;
/// Longest that counts as rarer than a shorter one, in bytes.
const RARE: usize = 6;
/// Most literals of which one must stand in a match.
const MOST: usize = 32;

/// Longest run of characters other than white space that counts as one word, in bytes.
const LONGEST_WORD: usize = 60;

/// Lower-case ASCII literals of which one stands in every match, in whatever case.
type OneOf<T> = Vec<T>;

/// What stands in every match.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Sets of literals; of each, one stands there.
    literals: Vec<OneOf<Finder<'static>>>,
    kinds: Kinds,
}

/// Kinds of characters that stand in every match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Kinds {
    /// A digit from 0 to 9.
    digit: bool,
    /// Two capitals from A to Z, one after the other.
    capitals: bool,
}

impl Needs {
    /// Of a pattern as it is read with regard to case; none if nothing can be said.
    pub(super) fn of(hir: &Hir, case_sensitive: bool) -> Self {
        let mut sets = sets(hir);
        sets.sort_by_key(|set| std::cmp::Reverse(worth(set)));
        let finder = |literal: &Vec<u8>| Finder::new(literal).into_owned();
        let mut kinds = kinds(hir);
        kinds.capitals &= case_sensitive;
        Self {
            literals: sets.iter().map(|set| set.iter().map(finder).collect()).collect(),
            kinds,
        }
    }

    /// Whether all that is needed stands in a text, given too in lower case as far as it is ASCII.
    pub(super) fn hold(&self, text: &str, folded: &str) -> bool {
        let stands = |finder: &Finder<'_>| finder.find(folded.as_bytes()).is_some();
        let capital = |pair: &[u8]| pair.iter().all(u8::is_ascii_uppercase);
        (!self.kinds.digit || text.bytes().any(|byte| byte.is_ascii_digit()))
            && (!self.kinds.capitals || text.as_bytes().windows(2).any(capital))
            && self.literals.iter().all(|set| set.iter().any(stands))
    }
}

fn kinds(hir: &Hir) -> Kinds {
    let both = |a: Kinds, b: Kinds| Kinds {
        digit: a.digit && b.digit,
        capitals: a.capitals && b.capitals,
    };
    let either = |a: Kinds, b: Kinds| Kinds {
        digit: a.digit || b.digit,
        capitals: a.capitals || b.capitals,
    };
    match hir.kind() {
        HirKind::Class(class) => Kinds {
            digit: within(class, '0', '9'),
            capitals: false,
        },
        HirKind::Capture(capture) => kinds(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            let twice = repetition.min > 1;
            let capital = matches!(repetition.sub.kind(), HirKind::Class(class) if within(class, 'A', 'Z'));
            Kinds {
                capitals: twice && capital,
                ..kinds(&repetition.sub)
            }
        }
        HirKind::Concat(parts) => parts.iter().map(kinds).fold(Kinds::default(), either),
        HirKind::Alternation(branches) => branches.iter().map(kinds).reduce(both).unwrap_or_default(),
        _ => Kinds::default(),
    }
}

/// Whether a class holds no other characters than these.
fn within(class: &Class, first: char, last: char) -> bool {
    match class {
        Class::Unicode(class) => class
            .iter()
            .all(|range| range.start() >= first && range.end() <= last),
        Class::Bytes(class) => class
            .iter()
            .all(|range| char::from(range.start()) >= first && char::from(range.end()) <= last),
    }
}

/// Longest match of a pattern in bytes, if words of more than [`LONGEST_WORD`] bytes do not count; `None` if there is no limit.
pub(super) fn longest(hir: &Hir) -> Option<usize> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(0),
        HirKind::Literal(literal) => Some(literal.0.len()),
        HirKind::Class(class) => class.maximum_len(),
        HirKind::Capture(capture) => longest(&capture.sub),
        HirKind::Repetition(repetition) => match (repetition.max, repetition.sub.kind()) {
            (Some(most), _) => longest(&repetition.sub)?.checked_mul(most as usize),
            (None, HirKind::Class(class)) if !holds_space(class) => Some(LONGEST_WORD),
            (None, _) => None,
        },
        HirKind::Concat(parts) => parts
            .iter()
            .try_fold(0_usize, |sum, part| sum.checked_add(longest(part)?)),
        HirKind::Alternation(branches) => branches
            .iter()
            .try_fold(0, |most, branch| Some(longest(branch)?.max(most))),
    }
}

/// Whether a class holds a space, so that a run of it is more than a word.
fn holds_space(class: &Class) -> bool {
    match class {
        Class::Unicode(class) => class
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&' ')),
        Class::Bytes(class) => class
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&b' ')),
    }
}

fn sets(hir: &Hir) -> Vec<OneOf<Vec<u8>>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let runs = literal.0.split(|byte| !byte.is_ascii());
            runs.filter(|run| run.len() >= SHORTEST)
                .map(|run| vec![run.to_ascii_lowercase()])
                .collect()
        }
        HirKind::Capture(capture) => sets(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => sets(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(sets).collect(),
        HirKind::Alternation(branches) => {
            let best = |branch| sets(branch).into_iter().max_by_key(|set| worth(set));
            let found: Option<Vec<_>> = branches.iter().map(best).collect();
            let mut found = found.unwrap_or_default().concat();
            found.sort_unstable();
            found.dedup();
            if found.is_empty() || found.len() > MOST {
                Vec::new()
            } else {
                vec![found]
            }
        }
        _ => Vec::new(),
    }
}

/// How much a set tells: long literals are rare, and few are found faster than many.
fn worth(literals: &[Vec<u8>]) -> isize {
    let shortest = literals.iter().map(Vec::len).min().unwrap_or(0).min(RARE);
    (shortest * 4).cast_signed() - literals.len().cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pattern: &str) -> Hir {
        regex_syntax::Parser::new().parse(pattern).unwrap()
    }

    fn of(pattern: &str) -> Vec<Vec<String>> {
        let text = |literal: &Vec<u8>| String::from_utf8(literal.clone()).unwrap();
        sets(&parse(pattern))
            .iter()
            .map(|set| set.iter().map(text).collect())
            .collect()
    }

    #[test]
    fn literals_by_hand() {
        assert_eq!(
            of(r"(?-u:\b)The live [a-z ]{2,30} price (?:today )?is"),
            [["the live "], [" price "]]
        );
        assert_eq!(of("x(?:Organi|reali)s(?:e|ed)"), [["organi", "reali"]]);
        assert_eq!(of("(?:café du nord){2}"), [["caf"], [" du nord"]]);
        assert!(of("(?:abc)?|def").is_empty());
        assert!(of("[a-z]+ (?:abc)?").is_empty());
    }

    #[test]
    fn lengths_by_hand() {
        let longest_match = |pattern: &str| longest(&parse(pattern));
        assert_eq!(longest_match("(?:organi|reali)s(?:e|ed)"), Some(6 + 1 + 2));
        assert_eq!(longest_match("[A-Z]{2,5}--$"), Some(7));
        assert_eq!(longest_match("a [a-z]+ word"), Some(2 + LONGEST_WORD + 5));
        assert_eq!(longest_match("a [a-z ]+ word"), None);
        assert_eq!(longest_match("(?:ab ){3,}"), None);
    }

    #[test]
    fn all_sets_must_hold() {
        let needs = Needs::of(&parse("one (?:two|three) four"), false);
        let hold = |text: &str| needs.hold(text, &text.to_ascii_lowercase());
        assert!(hold("One three four"));
        assert!(!hold("one four"));
        assert!(!hold("one two"));
    }

    #[test]
    fn kinds_by_hand() {
        let of = |pattern: &str| kinds(&parse(pattern));
        let both = Kinds {
            digit: true,
            capitals: true,
        };
        assert_eq!(of("[A-Z]{2,5} ?[0-9]{1,2}"), both);
        assert_eq!(of("(?:[0-9]a|b[0-9]+)[A-Z]{3}"), both);
        for none in [
            "[A-Z]{1,5}",
            "[A-Za-z]{2}",
            "[0-9]?",
            "[0-9]a|b",
            "[0-9A-F]{2}",
            "(?i)[A-Z]{2}",
        ] {
            assert_eq!(of(none), Kinds::default(), "{none}");
        }
        assert!(!Needs::of(&parse("[A-Z]{2}"), true).hold("Nato A B", "nato a b"));
        assert!(Needs::of(&parse("[A-Z]{2}"), true).hold("NAto", "nato"));
        assert!(Needs::of(&parse("[A-Z]{2}"), false).hold("nato", "nato"));
        assert!(!Needs::of(&parse("a[0-9]"), false).hold("ab", "ab"));
    }
}
