//! The words that the extractor knows, by what they do: `models/figures/lexicon.txt`.

use std::sync::OnceLock;

use crate::document::{HashedMap, word_hash};

/// What a word can do, as a set of bits: a word may do several things ("quarter", "second", "may").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(u64);

macro_rules! roles {
    ($($name:ident = $at:literal $text:literal),* $(,)?) => {
        impl Roles {
            $(pub(super) const $name: Self = Self(1 << $at);)*
            fn by_name(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

roles! {
    CARDINAL = 0 "cardinal",
    SCALE = 1 "scale",
    MANY = 2 "many",
    DOZEN = 3 "dozen",
    SEVERAL = 4 "several",
    ORDINAL = 5 "ordinal",
    FRACTION = 6 "fraction",
    MULTIPLE = 7 "multiple",
    HALVED = 8 "halved",
    BARE_MULTIPLE = 9 "bare_multiple",
    DIGITS = 10 "digits",
    ROW = 11 "row",
    PERCENT = 12 "percent",
    TIME = 13 "time",
    CURRENCY = 14 "currency",
    MINOR = 15 "minor",
    CODE = 16 "code",
    DOLLAR = 17 "dollar",
    NATION = 18 "nation",
    CHINA = 19 "china",
    JAPAN = 20 "japan",
    MEASURE = 21 "measure",
    SQUARE = 22 "square",
    PLURAL = 23 "plural",
    NO_PLURAL = 24 "no_plural",
    MONTH = 25 "month",
    WEEKDAY = 26 "weekday",
    CLOCK = 27 "clock",
    HEDGE = 28 "hedge",
    STOP = 29 "stop",
    PRONOUN = 30 "pronoun",
    PREPOSITION = 31 "preposition",
    UP = 32 "up",
    DOWN = 33 "down",
    FLAT = 34 "flat",
    METRIC = 35 "metric",
    MODIFIER = 36 "modifier",
    LABEL = 37 "label",
    NAME = 38 "name",
    NOBODY = 39 "nobody",
    AGE = 40 "age",
    WEIGH = 41 "weigh",
    COMPARE = 42 "compare",
    MULTI = 43 "multi",
    ABBREVIATION = 44 "abbreviation",
}

impl Roles {
    /// No role.
    pub(super) const NONE: Self = Self(0);

    /// Whether it has at least one of these.
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Both.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What is known of a word. A value or name belongs to one of the word's roles; no word has two that need different ones.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    /// What it can do.
    pub roles: Roles,
    /// Its number, of the roles that have one; the denominator of a fraction is in `denominator`.
    pub value: u16,
    /// Denominator of a fraction.
    pub denominator: u8,
    /// Currency code (of `currency`, `minor`, `code`, `abbreviation`).
    pub currency: &'static str,
    /// Singular or unit (of `time`, `measure`, `plural`), country (of `nation`), currency (of `dollar`).
    pub name: &'static str,
}

impl Entry {
    /// Of a word that is not in the list.
    pub(super) const NOTHING: Self = Self {
        roles: Roles::NONE,
        value: 0,
        denominator: 0,
        currency: "",
        name: "",
    };
}

/// The word list, looked up by the hash of a lower-case word.
pub(super) struct Lexicon {
    entries: HashedMap<Entry>,
}

/// The shipped word list.
const TEXT: &str = include_str!("../../models/figures/lexicon.txt");

/// Currencies that share a name, by country: name in the lexicon's default currency, country, code.
const NATIONAL: &[(&str, &str, &str)] = &[
    ("USD", "US", "USD"),
    ("USD", "CA", "CAD"),
    ("USD", "AU", "AUD"),
    ("USD", "NZ", "NZD"),
    ("USD", "HK", "HKD"),
    ("USD", "SG", "SGD"),
    ("USD", "TW", "TWD"),
    ("FRF", "CH", "CHF"),
    ("FRF", "FR", "FRF"),
    ("FRF", "BE", "BEF"),
    ("FRF", "LU", "LUF"),
    ("DEM", "DE", "DEM"),
    ("CZK", "NO", "NOK"),
    ("CZK", "SE", "SEK"),
    ("CZK", "DK", "DKK"),
    ("CZK", "CZ", "CZK"),
    ("CZK", "SK", "SKK"),
    ("CZK", "IS", "ISK"),
    ("NOK", "DK", "DKK"),
    ("SEK", "IS", "ISK"),
    ("MXN", "PH", "PHP"),
    ("MXN", "AR", "ARS"),
    ("MXN", "CL", "CLP"),
    ("MXN", "CO", "COP"),
    ("MXN", "MX", "MXN"),
    ("INR", "PK", "PKR"),
    ("INR", "LK", "LKR"),
    ("TRY", "IT", "ITL"),
    ("GBP", "IE", "IEP"),
    ("GBP", "EG", "EGP"),
    ("GBP", "GB", "GBP"),
    ("KWD", "JO", "JOD"),
    ("KWD", "BH", "BHD"),
    ("KWD", "IQ", "IQD"),
    ("KES", "UG", "UGX"),
    ("KES", "TZ", "TZS"),
    ("AED", "MA", "MAD"),
    ("SAR", "QA", "QAR"),
];

/// The currency of that name in that country, where the two go together.
pub(super) fn national(currency: &str, country: &str) -> Option<&'static str> {
    NATIONAL
        .iter()
        .find(|(name, land, _)| *name == currency && *land == country)
        .map(|(_, _, code)| *code)
}

impl Lexicon {
    /// The shipped one, parsed once in a process.
    pub(super) fn shipped() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut lexicon = Self {
                entries: HashedMap::default(),
            };
            for line in TEXT.lines() {
                // A line that cannot be read is passed over here; a test reads every one.
                let _ = lexicon.add(line);
            }
            lexicon
        })
    }

    fn add(&mut self, line: &'static str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (head, words) = line.split_once(": ").ok_or("no colon")?;
        let mut parts = head.split(' ');
        let role = parts.next().and_then(Roles::by_name).ok_or("unknown role")?;
        let argument = parts.next().unwrap_or("");
        let rest = head.find('=').and_then(|at| head.get(at + 1..));
        for word in words.split_whitespace() {
            let entry = self.entries.entry(word_hash(word)).or_default();
            entry.roles = entry.roles.or(role);
            match (rest, role) {
                (Some(name), Roles::CURRENCY | Roles::MINOR | Roles::CODE | Roles::ABBREVIATION) => {
                    entry.currency = name
                }
                (Some(name), _) => entry.name = name,
                (None, Roles::FRACTION) => {
                    entry.denominator = argument.parse().map_err(|_| "no denominator")?;
                }
                (None, _) if !argument.is_empty() => {
                    entry.value = argument.parse().map_err(|_| "no number")?;
                }
                (None, _) => {}
            }
        }
        Ok(())
    }

    /// What is known of the word with this hash.
    pub(super) fn get(&self, hash: u64) -> &Entry {
        self.entries.get(&hash).unwrap_or(&Entry::NOTHING)
    }

    /// Whether a lower-case word says that something rose or fell.
    pub(super) fn moves(&self, word: &str) -> bool {
        self.word(word).roles.any(Roles::UP.or(Roles::DOWN))
    }

    /// What is known of a lower-case word.
    pub(super) fn word(&self, word: &str) -> &Entry {
        self.get(word_hash(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_understood() {
        let mut lexicon = Lexicon {
            entries: HashedMap::default(),
        };
        for (line, number) in TEXT.lines().zip(1..) {
            assert_eq!(lexicon.add(line), Ok(()), "line {number}: {line}");
            assert_eq!(line, line.trim_end(), "line {number}");
            if !line.starts_with('#') {
                assert_eq!(
                    line,
                    line.to_lowercase().split(": ").next().map_or("", |_| line),
                    "line {number}"
                );
            }
        }
        assert!(lexicon.entries.len() > 1_000);
    }

    #[test]
    fn values_of_a_word_with_two_roles_do_not_mix() {
        let third = Lexicon::shipped().word("third");
        assert_eq!((third.value, third.denominator), (3, 3));
        let quarter = Lexicon::shipped().word("quarter");
        assert_eq!((quarter.name, quarter.denominator), ("quarter", 4));
        assert_eq!(Lexicon::shipped().word("fen").currency, "CNY");
    }

    #[test]
    fn every_national_currency_is_reached_from_a_name_of_the_list() {
        let lexicon = Lexicon::shipped();
        for (name, country, code) in NATIONAL {
            assert!(
                lexicon.entries.values().any(|entry| entry.currency == *name),
                "{name}"
            );
            assert!(
                lexicon.entries.values().any(|entry| entry.name == *country),
                "{country}"
            );
            assert_eq!(national(name, country), Some(*code));
        }
    }
}
