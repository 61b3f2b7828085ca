//! The shape of words: length, capitals, digits, endings.

use super::class::{Class, FUNCTION};
use super::view::Gap;
use super::{Family, Slots, Spec, View};
use crate::document::{Case, WordKind, word_hash};

/// The family.
pub static FAMILY: Family = Family {
    name: "shape",
    doc: "The shape of words: length, capitals, digits, endings.",
    specs: SPECS,
    measure,
};

const BIBER: &str = "Biber 1988";

static SPECS: &[Spec] = &[
    Spec::new(
        "shape.word_length_mean",
        "characters",
        (0.0, f64::INFINITY),
        40,
        "Mean number of characters in a word.",
        "Mendenhall 1887",
    ),
    Spec::new(
        "shape.word_length_sd",
        "characters",
        (0.0, f64::INFINITY),
        40,
        "Standard deviation of word lengths.",
        "Mendenhall 1887",
    ),
    Spec::new(
        "shape.content_length_mean",
        "characters",
        (0.0, f64::INFINITY),
        40,
        "Mean number of characters in a content word.",
        "byline",
    ),
    Spec::share(
        "shape.short_share",
        40,
        "Share of words with at most 3 characters.",
        "Mendenhall 1887",
    ),
    Spec::share(
        "shape.long_share",
        40,
        "Share of words with 7 or more characters.",
        "Bjornsson 1968",
    ),
    Spec::share(
        "shape.very_long_share",
        40,
        "Share of words with 10 or more characters.",
        "byline",
    ),
    Spec::share(
        "shape.capital_inside_share",
        40,
        "Share of capitalised words among the words inside sentences, 'I' left out.",
        "byline",
    ),
    Spec::share(
        "shape.all_caps_share",
        40,
        "Share of words of two or more letters in capitals.",
        "byline",
    ),
    Spec::share(
        "shape.digit_share",
        40,
        "Share of digits among the characters of words.",
        "Stamatatos 2009",
    ),
    Spec::share(
        "shape.hyphenated_share",
        40,
        "Share of words that a hyphen joins to the next.",
        "byline",
    ),
    Spec::rate(
        "shape.tion",
        "Words of 6 or more letters that end in -tion, -sion or their plurals.",
        BIBER,
    ),
    Spec::rate(
        "shape.ment",
        "Words of 6 or more letters that end in -ment or -ments.",
        BIBER,
    ),
    Spec::rate(
        "shape.ity",
        "Words of 6 or more letters that end in -ity or -ities.",
        BIBER,
    ),
    Spec::rate(
        "shape.ness",
        "Words of 6 or more letters that end in -ness.",
        BIBER,
    ),
    Spec::rate(
        "shape.nominal",
        "Nominalisations: -tion, -ment, -ity, -ness, -ance, -ence and plurals.",
        BIBER,
    ),
    Spec::rate("shape.ly", "Words of 5 or more letters that end in -ly.", BIBER),
    Spec::rate(
        "shape.ing",
        "Words of 5 or more letters in -ing that can be participles.",
        BIBER,
    ),
    Spec::rate("shape.ed", "Words of 4 or more letters that end in -ed.", BIBER),
    Spec::rate(
        "shape.adjective",
        "Words of 6 or more letters in -ive, -ous, -ful, -able, -ible, -ical or -ant.",
        BIBER,
    ),
    Spec::rate(
        "shape.ize",
        "Verbs of 6 or more letters in -ize or -ise, inflected forms included.",
        "byline",
    ),
];

/// A word of at least this many characters is long.
const LONG: u16 = 7;
/// A word of at least this many characters is very long.
const VERY_LONG: u16 = 10;
/// A word of at most this many characters is short.
const SHORT: u16 = 3;

/// The word "I", which is always a capital.
const I: u64 = word_hash("i");

#[derive(Default)]
struct Endings {
    tion: usize,
    ment: usize,
    ity: usize,
    ness: usize,
    ance: usize,
    ly: usize,
    ing: usize,
    ed: usize,
    adjective: usize,
    ize: usize,
}

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let words = view.words;
    if words.is_empty() {
        return;
    }
    let all = words.len() as f64;
    let characters: usize = words.iter().map(|word| usize::from(word.chars)).sum();
    let mean = characters as f64 / all;
    let squares = words.iter().map(|word| (f64::from(word.chars) - mean).powi(2));
    slots.set("shape.word_length_mean", mean);
    slots.set("shape.word_length_sd", (squares.sum::<f64>() / all).sqrt());
    let (mut over_short, mut long, mut very_long) = (0_usize, 0_usize, 0_usize);
    for word in words {
        over_short += usize::from(word.chars > SHORT);
        long += usize::from(word.chars >= LONG);
        very_long += usize::from(word.chars >= VERY_LONG);
    }
    slots.set("shape.short_share", 1.0 - over_short as f64 / all);
    slots.set("shape.long_share", long as f64 / all);
    slots.set("shape.very_long_share", very_long as f64 / all);
    let (mut content, mut content_chars) = (0_usize, 0_usize);
    let (mut digits, mut hyphenated, mut caps) = (0_usize, 0_usize, 0_usize);
    let (mut inside, mut capitals) = (0_usize, 0_usize);
    let mut sentence = None;
    for (at, (word, classes)) in words.iter().zip(view.all_classes()).enumerate() {
        let is_content = !classes.any(FUNCTION);
        content += usize::from(is_content);
        content_chars += usize::from(is_content) * usize::from(word.chars);
        if word.kind != WordKind::Letters {
            digits += view.lower(at).bytes().filter(u8::is_ascii_digit).count();
        }
        hyphenated += usize::from(view.after(at).has(Gap::HYPHEN));
        caps += usize::from(word.case == Case::Upper);
        let is_inside = sentence.replace(word.sentence) == Some(word.sentence)
            && word.kind == WordKind::Letters
            && word.hash != I;
        inside += usize::from(is_inside);
        capitals += usize::from(is_inside && word.case == Case::Title);
    }
    slots.set_share("shape.content_length_mean", content_chars as f64, content as f64);
    slots.set_share("shape.capital_inside_share", capitals as f64, inside as f64);
    slots.set("shape.all_caps_share", caps as f64 / all);
    slots.set("shape.hyphenated_share", hyphenated as f64 / all);
    slots.set_share("shape.digit_share", digits as f64, characters as f64);
    let mut endings = Endings::default();
    for (at, times) in view.types.counted() {
        if !view.classes(at).any(FUNCTION) {
            endings.count(
                view.lower(at).as_bytes(),
                view.is(at, Class::NotParticiple),
                times,
            );
        }
    }
    endings.set(view, slots);
}

impl Endings {
    /// Counts the ending of a content word given in lower case, as often as it occurs.
    fn count(&mut self, word: &[u8], not_participle: bool, times: usize) {
        // The plural has the ending of its singular; "-ness" and "-ous" keep their s.
        let stem = match word {
            [rest @ .., b'i', b'e', b's'] if rest.ends_with(b"it") => {
                self.ity += times;
                rest
            }
            [rest @ .., b's'] if !rest.ends_with(b"s") && !rest.ends_with(b"u") => rest,
            _ => word,
        };
        match stem {
            [.., b't' | b's', b'i', b'o', b'n'] if stem.len() >= 6 => self.tion += times,
            [.., b'm', b'e', b'n', b't'] if stem.len() >= 6 => self.ment += times,
            [.., b'i', b't', b'y'] if stem.len() >= 6 => self.ity += times,
            [.., b'n', b'e', b's', b's'] if stem.len() >= 6 => self.ness += times,
            [.., b'a' | b'e', b'n', b'c', b'e'] if stem.len() >= 6 => self.ance += times,
            [.., b'l', b'y'] if stem.len() >= 5 => self.ly += times,
            [.., b'i', b'n', b'g'] if stem.len() >= 5 && !not_participle => self.ing += times,
            [.., b'i', b'z' | b's', b'e'] if stem.len() >= 6 => self.ize += times,
            [.., b'i', b'z' | b's', b'e', b'd'] if stem.len() >= 7 => {
                self.ize += times;
                self.ed += times;
            }
            [.., b'e', b'd'] if stem.len() >= 4 => self.ed += times,
            [.., b'i', b'v', b'e']
            | [.., b'o', b'u', b's']
            | [.., b'f', b'u', b'l']
            | [.., b'a' | b'i', b'b', b'l', b'e']
            | [.., b'i', b'c', b'a', b'l']
            | [.., b'a', b'n', b't']
                if stem.len() >= 6 =>
            {
                self.adjective += times;
            }
            _ => {}
        }
    }

    fn set(&self, view: &View<'_>, slots: &mut Slots<'_>) {
        let nominal = self.tion + self.ment + self.ity + self.ness + self.ance;
        let rates = [
            ("shape.tion", self.tion),
            ("shape.ment", self.ment),
            ("shape.ity", self.ity),
            ("shape.ness", self.ness),
            ("shape.nominal", nominal),
            ("shape.ly", self.ly),
            ("shape.ing", self.ing),
            ("shape.ed", self.ed),
            ("shape.adjective", self.adjective),
            ("shape.ize", self.ize),
        ];
        for (name, count) in rates {
            slots.set(name, view.rate(count as f64));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_by_hand() {
        let mut found = Endings::default();
        for word in [
            "nations",
            "nation",
            "payments",
            "cities",
            "abilities",
            "kindness",
            "guidance",
            "slowly",
            "walking",
            "raised",
            "organized",
            "famous",
            "active",
            "class",
        ] {
            found.count(word.as_bytes(), false, 1);
        }
        assert_eq!(
            (found.tion, found.ment, found.ity, found.ness, found.ance),
            (2, 1, 2, 1, 1)
        );
        assert_eq!(
            (found.ly, found.ing, found.ed, found.ize, found.adjective),
            (1, 1, 2, 1, 2)
        );
        found.count(b"morning", true, 1);
        assert_eq!(found.ing, 1);
    }
}
