//! Regexes that are quick to build: an article asks for dozens, and a program that scores one article builds them all.
//!
//! They are the engines of `regex` without their own search for literals, which is more than half of what building costs; callers
//! know beforehand that a stretch of text may match. `\b \d \s \w` are ASCII: the Unicode ones make what is built ten times larger.

use regex_automata::meta::{BuildError, Config, Regex};
use regex_automata::{Input, Match};
use regex_syntax::ast::Ast;
use regex_syntax::ast::parse::Parser;
use regex_syntax::hir::Hir;
use regex_syntax::hir::translate::TranslatorBuilder;

/// Largest compiled size, in bytes: refuses patterns with huge repetitions.
const SIZE_LIMIT: usize = 1 << 20;

/// How a pattern is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// Whether ASCII case counts (with `characters` any case).
    pub case_sensitive: bool,
    /// Whether `^` and `$` match at line borders.
    pub multi_line: bool,
    /// Whether `.` and `[^...]` stand for characters, not bytes. In ASCII text that is the same, but what is built is many times
    /// larger.
    pub characters: bool,
}

/// A built regex of one pattern or several.
#[derive(Debug)]
pub(crate) struct Matcher(Regex);

/// Why a pattern could not be built.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PatternError {
    #[error(transparent)]
    Syntax(Box<regex_syntax::Error>),
    #[error("compiled, it is larger than {SIZE_LIMIT} bytes")]
    Size,
    #[error(transparent)]
    Build(Box<BuildError>),
}

impl<E: Into<regex_syntax::Error>> From<E> for PatternError {
    fn from(error: E) -> Self {
        Self::Syntax(Box::new(error.into()))
    }
}

/// A parsed pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: String,
    ast: Ast,
}

impl Pattern {
    /// Parses a pattern.
    pub(crate) fn new(pattern: &str) -> Result<Self, PatternError> {
        let text = ascii_classes(pattern);
        let ast = Parser::new().parse(&text)?;
        Ok(Self { text, ast })
    }

    /// Whether it has nothing but ASCII.
    pub(crate) fn is_ascii(&self) -> bool {
        self.text.is_ascii()
    }

    /// As it is written: literals are literals, whether their case counts or not.
    pub(crate) fn as_written(&self) -> Option<Hir> {
        TranslatorBuilder::new()
            .build()
            .translate(&self.text, &self.ast)
            .ok()
    }

    fn read(&self, reading: Reading) -> Result<Hir, PatternError> {
        let mut translator = TranslatorBuilder::new()
            .case_insensitive(!reading.case_sensitive)
            .multi_line(reading.multi_line)
            .unicode(reading.characters)
            .utf8(false)
            .build();
        Ok(translator.translate(&self.text, &self.ast)?)
    }
}

impl Matcher {
    /// Builds patterns of which one has to match.
    pub(crate) fn new<'p>(
        patterns: impl IntoIterator<Item = &'p Pattern>,
        reading: Reading,
    ) -> Result<Self, PatternError> {
        let read = patterns.into_iter().map(|pattern| pattern.read(reading));
        let read: Vec<Hir> = read.collect::<Result<_, _>>()?;
        let config = Config::new()
            .auto_prefilter(false)
            .dfa(false)
            .onepass(false)
            .utf8_empty(false)
            .nfa_size_limit(Some(SIZE_LIMIT));
        match Regex::builder().configure(config).build_many_from_hir(&read) {
            Ok(regex) => Ok(Self(regex)),
            Err(error) if error.size_limit().is_some() => Err(PatternError::Size),
            Err(error) => Err(PatternError::Build(Box::new(error))),
        }
    }

    /// Whether there is a match.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// The first match that begins at `from` or later, at most the length of the text; what stands before is seen by `\b` and `^`.
    pub(crate) fn find_at(&self, text: &[u8], from: usize) -> Option<Match> {
        self.0.search(&Input::new(text).range(from..))
    }

    /// All matches, one after the other.
    pub(crate) fn find_iter<'t>(&self, text: &'t [u8]) -> impl Iterator<Item = Match> + use<'_, 't> {
        self.0.find_iter(text)
    }
}

/// Reads `\b`, `\d`, `\s` and `\w` as their ASCII forms.
fn ascii_classes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('b') => out.push_str("(?-u:\\b)"),
            Some('d') => out.push_str("[0-9]"),
            Some('s') => out.push_str("[ \\t\\r\\n]"),
            Some('w') => out.push_str("[0-9A-Za-z_]"),
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => out.push('\\'),
        }
    }
    out
}
