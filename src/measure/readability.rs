//! Readability formulas, over the words and sentences of the style stream.

use super::{Family, Slots, Spec, View};
use crate::document::WordKind;

/// The family.
pub static FAMILY: Family = Family {
    name: "readability",
    doc: "How hard the text is to read, by the classic formulas.",
    specs: SPECS,
    measure,
};

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const POSITIVE: (f64, f64) = (0.0, f64::INFINITY);

static SPECS: &[Spec] = &[
    Spec::new(
        "readability.syllables_mean",
        "syllables",
        POSITIVE,
        50,
        "Mean number of syllables in a word, by vowel groups.",
        "Flesch 1948",
    ),
    Spec::share(
        "readability.polysyllable_share",
        50,
        "Share of words with three or more syllables.",
        "Gunning 1952",
    ),
    Spec::new(
        "readability.flesch_ease",
        "index",
        ANY,
        100,
        "Flesch reading ease; high is easy.",
        "Flesch 1948",
    ),
    Spec::new(
        "readability.flesch_kincaid",
        "grade",
        ANY,
        100,
        "Flesch-Kincaid grade level.",
        "Kincaid et al. 1975",
    ),
    Spec::new(
        "readability.gunning_fog",
        "grade",
        POSITIVE,
        100,
        "Gunning's fog index, every word of three syllables counted as hard.",
        "Gunning 1952",
    ),
    Spec::new(
        "readability.smog",
        "grade",
        POSITIVE,
        100,
        "SMOG grade, polysyllables scaled to 30 sentences.",
        "McLaughlin 1969",
    ),
    Spec::new(
        "readability.coleman_liau",
        "grade",
        ANY,
        100,
        "Coleman-Liau index, from letters and sentences per 100 words.",
        "Coleman & Liau 1975",
    ),
    Spec::new(
        "readability.ari",
        "grade",
        ANY,
        100,
        "Automated readability index, from characters.",
        "Senter & Smith 1967",
    ),
    Spec::new(
        "readability.lix",
        "index",
        POSITIVE,
        100,
        "LIX: sentence length plus the percentage of words longer than six letters.",
        "Bjornsson 1968",
    ),
];

/// Syllables from which a word counts as hard (Gunning 1952).
const HARD_SYLLABLES: usize = 3;
/// Characters above which a word is long for LIX (Bjornsson 1968).
const LIX_CHARACTERS: u16 = 6;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let words = view.words.len() as f64;
    let sentences = view.sentences().count() as f64;
    if words == 0.0 || sentences == 0.0 {
        return;
    }
    let (mut syllables, mut hard, mut long) = (0_usize, 0_usize, 0_usize);
    let mut characters = 0_usize;
    for (at, times) in view.types.counted() {
        let count = match view.words.get(at).map(|word| word.kind) {
            Some(WordKind::Letters) => count_syllables(view.lower(at).as_bytes()),
            _ => 1,
        };
        syllables += times * count;
        hard += times * usize::from(count >= HARD_SYLLABLES);
    }
    for word in view.words {
        long += usize::from(word.chars > LIX_CHARACTERS);
        characters += usize::from(word.chars);
    }
    let (syllables, hard, long, characters) = (syllables as f64, hard as f64, long as f64, characters as f64);
    let length = words / sentences;
    slots.set("readability.syllables_mean", syllables / words);
    slots.set("readability.polysyllable_share", hard / words);
    slots.set(
        "readability.flesch_ease",
        206.835 - 1.015 * length - 84.6 * syllables / words,
    );
    slots.set(
        "readability.flesch_kincaid",
        0.39 * length + 11.8 * syllables / words - 15.59,
    );
    slots.set("readability.gunning_fog", 0.4 * (length + 100.0 * hard / words));
    slots.set(
        "readability.smog",
        1.043 * (hard * 30.0 / sentences).sqrt() + 3.1291,
    );
    slots.set(
        "readability.coleman_liau",
        5.88 * characters / words - 29.6 * sentences / words - 15.8,
    );
    slots.set(
        "readability.ari",
        4.71 * characters / words + 0.5 * length - 21.43,
    );
    slots.set("readability.lix", length + 100.0 * long / words);
}

/// Which bytes are vowels.
const VOWELS: [bool; 256] = {
    let mut vowels = [false; 256];
    let mut rest: &[u8] = b"aeiouy";
    while let [vowel, after @ ..] = rest {
        let (_, tail) = vowels.split_at_mut(*vowel as usize);
        if let [is, ..] = tail {
            *is = true;
        }
        rest = after;
    }
    vowels
};

/// Syllables of a lower-case word: groups of vowels, less a silent final e; at least 1.
fn count_syllables(word: &[u8]) -> usize {
    let vowel = |letter: &u8| VOWELS.get(usize::from(*letter)).copied().unwrap_or(false);
    let (mut groups, mut inside) = (0_usize, false);
    for letter in word {
        let is = vowel(letter);
        groups += usize::from(is & !inside);
        inside = is;
    }
    let silent = match word {
        [.., b'l', b'e'] => word.iter().rev().nth(2).is_none_or(vowel),
        [.., before, b'e'] => !vowel(before),
        [.., before, b'e', b'd'] => !vowel(before) && !matches!(before, b't' | b'd'),
        _ => false,
    };
    groups.saturating_sub(usize::from(silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_by_hand() {
        for (word, count) in [
            ("cat", 1),
            ("table", 2),
            ("made", 1),
            ("the", 1),
            ("walked", 1),
            ("wanted", 2),
            ("agree", 2),
            ("beautiful", 3),
            ("industry", 3),
            ("xyz", 1),
            ("b", 1),
        ] {
            assert_eq!(count_syllables(word.as_bytes()), count, "{word}");
        }
    }
}
