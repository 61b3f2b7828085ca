//! What every match of a regex must hold: literals that are looked for before the regex is built and run.

use memchr::memmem::Finder;
use regex_syntax::hir::{Hir, HirKind};

/// Shortest literal worth looking for, in bytes.
const SHORTEST: usize = 3;
/// Longest that counts as rarer than a shorter one, in bytes.
const RARE: usize = 6;
/// Most literals of which one must stand in a match.
const MOST: usize = 32;

/// Lower-case ASCII literals of which one stands in every match, in whatever case.
#[derive(Debug)]
pub(super) struct Needs(Vec<Finder<'static>>);

impl Needs {
    /// Of a pattern; `None` if nothing can be said.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
        let literals = literals(&hir)?;
        let finders = literals.iter().map(|literal| Finder::new(literal).into_owned());
        Some(Self(finders.collect()))
    }

    /// Whether one of them stands in a text, which must be in lower case as far as it is ASCII.
    pub(super) fn hold(&self, folded: &str) -> bool {
        self.0
            .iter()
            .any(|finder| finder.find(folded.as_bytes()).is_some())
    }
}

fn literals(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let runs = literal.0.split(|byte| !byte.is_ascii());
            let longest = runs.max_by_key(|run| run.len())?;
            (longest.len() >= SHORTEST).then(|| vec![longest.to_ascii_lowercase()])
        }
        HirKind::Capture(capture) => literals(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => literals(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(literals).max_by_key(|found| worth(found)),
        HirKind::Alternation(branches) => {
            let found: Option<Vec<_>> = branches.iter().map(literals).collect();
            let mut found = found?.concat();
            found.sort_unstable();
            found.dedup();
            (found.len() <= MOST).then_some(found)
        }
        _ => None,
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

    fn of(pattern: &str) -> Option<Vec<Vec<u8>>> {
        literals(&regex_syntax::Parser::new().parse(pattern).unwrap())
    }

    #[test]
    fn the_best_literals_are_found() {
        let one = |text: &str| Some(vec![text.as_bytes().to_vec()]);
        assert_eq!(
            of(r"(?-u:\b)The live [a-z ]{2,30} price (?:today )?is"),
            one("the live ")
        );
        assert_eq!(
            of("x(?:Organi|reali)s(?:e|ed)"),
            Some(vec![b"organi".to_vec(), b"reali".to_vec()])
        );
        assert_eq!(of("(?:café){2}"), one("caf"));
        assert_eq!(of("(?:abc)?|def"), None);
        assert_eq!(of("[a-z]+ (?:abc)?"), None);
    }
}
