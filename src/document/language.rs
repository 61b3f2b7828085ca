//! The language of the prose.

use std::sync::LazyLock;

use whatlang::Lang;

use super::{Language, Word, word_hash};

/// Words of English grammar that are rare in the running text of other languages.
static ENGLISH: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let words = "the of and to that is was for it with as be are this by from have not but they which you his her had has were";
    let mut hashes: Vec<u64> = words.split(' ').map(word_hash).collect();
    hashes.sort_unstable();
    hashes
});

/// Words looked at.
const SAMPLE_WORDS: usize = 250;
/// Share of those words from which a text is English without asking further: English prose has .22 to .40, the languages
/// closest to it (Dutch, Scandinavian) below .06.
const SURELY_ENGLISH: f64 = 0.14;
/// Share from which English stands against an unsure other opinion.
const PERHAPS_ENGLISH: f64 = 0.06;
/// Fewest letters to say anything, and to believe a language other than English without a reliable answer.
const FEWEST_LETTERS: usize = 20;
const FEW_LETTERS: usize = 200;
/// Bytes of each sample given to the trigram detector, which costs 50 ns a byte.
const SAMPLE_BYTES: usize = 700;

/// Tells the language of the stream of words (`lower` is their lower-case buffer).
pub(super) fn language(words: &[Word], lower: &str, text: &str) -> Language {
    let sample = words.iter().take(SAMPLE_WORDS);
    let known = sample
        .clone()
        .filter(|word| ENGLISH.binary_search(&word.hash).is_ok())
        .count();
    let share = known as f64 / sample.len().max(1) as f64;
    let letters = if words.is_empty() {
        text.chars()
            .filter(|c| c.is_alphabetic())
            .take(FEW_LETTERS)
            .count()
    } else {
        lower.len()
    };
    if letters < FEWEST_LETTERS {
        return Language {
            code: "und",
            confidence: 0.0,
        };
    }
    if share >= SURELY_ENGLISH && words.len() >= 12 {
        return Language {
            code: "en",
            confidence: 1.0,
        };
    }
    let from = words.first().map_or(0, |word| word.span.start as usize);
    let middle = words
        .get(words.len() / 2)
        .map_or(0, |word| word.span.start as usize);
    let mut piece = cut(text, from).to_owned();
    if middle > from + SAMPLE_BYTES {
        piece.push(' ');
        piece.push_str(cut(text, middle));
    }
    let Some(info) = whatlang::detect(&piece) else {
        return Language {
            code: "und",
            confidence: 0.0,
        };
    };
    let sure = info.is_reliable() || info.confidence() > 0.9;
    if info.lang() != Lang::Eng && share >= PERHAPS_ENGLISH && !sure {
        return Language {
            code: "en",
            confidence: 0.5,
        };
    }
    if !sure && letters < FEW_LETTERS {
        let code = if share >= PERHAPS_ENGLISH { "en" } else { "und" };
        return Language {
            code,
            confidence: info.confidence(),
        };
    }
    Language {
        code: code(info.lang()),
        confidence: info.confidence(),
    }
}

fn cut(text: &str, from: usize) -> &str {
    let mut end = (from + SAMPLE_BYTES).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(from..end).unwrap_or("")
}

/// ISO 639-1 where there is a code, else ISO 639-3.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Tur => "tr",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Ell => "el",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Ron => "ro",
        Lang::Bul => "bg",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Slv => "sl",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Cat => "ca",
        Lang::Lat => "la",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Urd => "ur",
        Lang::Pes => "fa",
        Lang::Tha => "th",
        Lang::Afr => "af",
        other => other.code(),
    }
}
