//! The disguises: what a text looks like after each attack.
//!
//! The kinds and most rates follow RAID (Dugan et al. 2024); homoglyphs are as many as published attacks use. Everything is drawn from
//! one seeded generator, so the table can be made again.

use super::super::random::Random;

/// An attack.
pub struct Attack {
    /// Name in the table.
    pub name: &'static str,
    /// The text after it.
    pub disguise: fn(&str, &mut Random) -> String,
}

/// Every attack, the ones that normalisation should undo first.
pub static ATTACKS: &[Attack] = &[
    Attack {
        name: "homoglyphs (30 %)",
        disguise: homoglyphs,
    },
    Attack {
        name: "zero-width (20 %)",
        disguise: zero_width,
    },
    Attack {
        name: "white space (20 %)",
        disguise: white_space,
    },
    Attack {
        name: "case: letters (10 %)",
        disguise: case_letters,
    },
    Attack {
        name: "case: first letters (5 %)",
        disguise: case_words,
    },
    Attack {
        name: "case: alternating",
        disguise: case_alternating,
    },
    Attack {
        name: "case: all capitals",
        disguise: |text, _| text.to_uppercase(),
    },
    Attack {
        name: "case: all small",
        disguise: |text, _| text.to_lowercase(),
    },
    Attack {
        name: "paragraph breaks (50 %)",
        disguise: paragraphs,
    },
    Attack {
        name: "line breaks (every 72)",
        disguise: wrapped,
    },
    Attack {
        name: "misspelling (10 %)",
        disguise: misspelt,
    },
    Attack {
        name: "numbers",
        disguise: numbers,
    },
    Attack {
        name: "synonyms",
        disguise: synonyms,
    },
    Attack {
        name: "articles dropped (50 %)",
        disguise: articles,
    },
];

/// Whether something that happens in so many of a hundred cases happens.
fn happens(random: &mut Random, percent: usize) -> bool {
    random.below(100) < percent
}

/// Latin letters and letters of other scripts that are drawn like them.
const TWINS: &[(char, char)] = &[
    ('a', '\u{430}'),
    ('c', '\u{441}'),
    ('e', '\u{435}'),
    ('i', '\u{456}'),
    ('j', '\u{458}'),
    ('o', '\u{43E}'),
    ('p', '\u{440}'),
    ('s', '\u{455}'),
    ('x', '\u{445}'),
    ('y', '\u{443}'),
    ('h', '\u{4BB}'),
    ('d', '\u{501}'),
    ('A', '\u{410}'),
    ('B', '\u{412}'),
    ('C', '\u{421}'),
    ('E', '\u{415}'),
    ('H', '\u{41D}'),
    ('I', '\u{406}'),
    ('K', '\u{39A}'),
    ('M', '\u{41C}'),
    ('N', '\u{39D}'),
    ('O', '\u{41E}'),
    ('P', '\u{420}'),
    ('S', '\u{405}'),
    ('T', '\u{422}'),
    ('X', '\u{425}'),
    ('Y', '\u{3A5}'),
    ('Z', '\u{396}'),
];

fn homoglyphs(text: &str, random: &mut Random) -> String {
    let twin = |c: char| TWINS.iter().find(|pair| pair.0 == c).map(|pair| pair.1);
    text.chars()
        .map(|c| match twin(c) {
            Some(twin) if happens(random, 30) => twin,
            _ => c,
        })
        .collect()
}

fn zero_width(text: &str, random: &mut Random) -> String {
    const MARKS: [char; 4] = ['\u{200B}', '\u{200C}', '\u{2060}', '\u{FEFF}'];
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        out.push(c);
        if happens(random, 20) {
            out.extend(MARKS.get(random.below(MARKS.len())));
        }
    }
    out
}

fn white_space(text: &str, random: &mut Random) -> String {
    const SPACES: [&str; 5] = ["  ", "\u{A0}", "\u{2009}", " \t", "   "];
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match SPACES.get(random.below(SPACES.len())) {
            Some(space) if c == ' ' && happens(random, 20) => out.push_str(space),
            _ => out.push(c),
        }
    }
    out
}

/// The other case of a letter.
fn swapped(c: char) -> char {
    if c.is_ascii_uppercase() {
        c.to_ascii_lowercase()
    } else {
        c.to_ascii_uppercase()
    }
}

fn case_letters(text: &str, random: &mut Random) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_alphabetic() && happens(random, 10) {
                swapped(c)
            } else {
                c
            }
        })
        .collect()
}

fn case_alternating(text: &str, _: &mut Random) -> String {
    let mut upper = false;
    let change = |c: char| {
        if !c.is_ascii_alphabetic() {
            return c;
        }
        upper = !upper;
        if upper {
            c.to_ascii_uppercase()
        } else {
            c.to_ascii_lowercase()
        }
    };
    text.chars().map(change).collect()
}

/// Changes words (runs of ASCII letters); everything else stays.
fn words(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if let (Some(word), true) = (rest.get(..length), length > 0) {
            out.push_str(&change(word).unwrap_or_else(|| word.to_owned()));
            rest = rest.get(length..).unwrap_or("");
        } else {
            out.extend(rest.chars().next());
            rest = rest
                .get(rest.chars().next().map_or(1, char::len_utf8)..)
                .unwrap_or("");
        }
    }
    out
}

fn case_words(text: &str, random: &mut Random) -> String {
    words(text, |word| {
        let mut letters = word.chars();
        let first = letters.next().filter(|_| happens(random, 5))?;
        Some(std::iter::once(swapped(first)).chain(letters).collect())
    })
}

/// Of a word of four letters or more, two neighbours swapped or one letter left out.
fn misspelt(text: &str, random: &mut Random) -> String {
    words(text, |word| {
        if word.len() < 4 || !happens(random, 10) {
            return None;
        }
        let mut letters: Vec<char> = word.chars().collect();
        let at = 1 + random.below(letters.len() - 2);
        if happens(random, 50) {
            letters.swap(at, at + 1);
        } else {
            letters.remove(at);
        }
        Some(letters.into_iter().collect())
    })
}

fn numbers(text: &str, random: &mut Random) -> String {
    let other = |c: char| {
        if c.is_ascii_digit() {
            char::from(b'1' + random.below(9) as u8)
        } else {
            c
        }
    };
    text.chars().map(other).collect()
}

fn paragraphs(text: &str, random: &mut Random) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut before = ' ';
    for c in text.chars() {
        if c == ' ' && matches!(before, '.' | '!' | '?' | '"') && happens(random, 50) {
            out.push_str("\n\n");
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

fn wrapped(text: &str, _: &mut Random) -> String {
    const WIDTH: usize = 72;
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for word in text.split(' ') {
        if length > 0 {
            let full = length + word.len() >= WIDTH;
            out.push(if full { '\n' } else { ' ' });
            length = if full { 0 } else { length + 1 };
        }
        out.push_str(word);
        length += word.len();
    }
    out
}

fn articles(text: &str, random: &mut Random) -> String {
    let drops = |word: &&str| matches!(*word, "the" | "a" | "an");
    let kept: Vec<&str> = text
        .split(' ')
        .filter(|word| !(drops(word) && happens(random, 50)))
        .collect();
    kept.join(" ")
}

/// Words that machines like and plainer ones of the same meaning.
const SYNONYMS: &[(&str, &str)] = &[
    ("additionally", "also"),
    ("furthermore", "also"),
    ("moreover", "besides"),
    ("however", "but"),
    ("therefore", "so"),
    ("consequently", "so"),
    ("numerous", "many"),
    ("various", "several"),
    ("significant", "large"),
    ("significantly", "greatly"),
    ("crucial", "key"),
    ("essential", "needed"),
    ("vital", "key"),
    ("important", "weighty"),
    ("utilize", "use"),
    ("utilizes", "uses"),
    ("utilized", "used"),
    ("enhance", "raise"),
    ("enhances", "raises"),
    ("enhancing", "raising"),
    ("ensure", "see"),
    ("ensures", "sees"),
    ("provide", "give"),
    ("provides", "gives"),
    ("provided", "gave"),
    ("demonstrate", "show"),
    ("demonstrates", "shows"),
    ("demonstrated", "showed"),
    ("highlight", "stress"),
    ("highlights", "stresses"),
    ("individuals", "people"),
    ("individual", "person"),
    ("potential", "possible"),
    ("approach", "way"),
    ("approaches", "ways"),
    ("challenges", "problems"),
    ("challenge", "problem"),
    ("opportunities", "chances"),
    ("opportunity", "chance"),
    ("overall", "altogether"),
    ("particularly", "above all"),
    ("specific", "certain"),
    ("comprehensive", "full"),
    ("effective", "useful"),
    ("effectively", "well"),
    ("create", "make"),
    ("creates", "makes"),
    ("created", "made"),
    ("understand", "grasp"),
    ("understanding", "grasp"),
    ("remain", "stay"),
    ("remains", "stays"),
    ("remained", "stayed"),
    ("begin", "start"),
    ("began", "started"),
    ("large", "big"),
    ("small", "little"),
    ("help", "aid"),
    ("helps", "aids"),
    ("show", "reveal"),
    ("shows", "reveals"),
    ("became", "turned"),
    ("while", "as"),
    ("within", "in"),
    ("upon", "on"),
    ("despite", "in spite of"),
    ("although", "though"),
    ("because", "since"),
    ("difficult", "hard"),
    ("quickly", "fast"),
    ("often", "frequently"),
    ("felt", "sensed"),
    ("world", "globe"),
    ("life", "existence"),
    ("eyes", "gaze"),
    ("sense", "feeling"),
    ("journey", "trip"),
];

fn synonyms(text: &str, _: &mut Random) -> String {
    words(text, |word| {
        let lower = word.to_ascii_lowercase();
        let other = SYNONYMS.iter().find(|pair| pair.0 == lower)?.1;
        let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        let mut letters = other.chars();
        Some(match letters.next() {
            Some(first) if capital => std::iter::once(first.to_ascii_uppercase())
                .chain(letters)
                .collect(),
            _ => other.to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attack_changes_a_text_that_it_can_change_and_does_so_alike_every_time() {
        let text = "The mill sold 120 sacks of flour. However, the baker in Tarnwell paid for numerous other goods, \
                    and the miller did not ask why he had done so. He left the next morning."
            .repeat(3);
        for attack in ATTACKS {
            let once = (attack.disguise)(&text, &mut Random::new(7));
            assert_ne!(once, text, "{}", attack.name);
            assert_eq!(
                once,
                (attack.disguise)(&text, &mut Random::new(7)),
                "{}",
                attack.name
            );
        }
    }

    #[test]
    fn disguises_do_what_they_say() {
        let mut random = Random::new(1);
        assert_eq!(case_alternating("The mill", &mut random), "ThE mIlL");
        assert_eq!(synonyms("However, utilize it.", &mut random), "But, use it.");
        assert_eq!(words("a-b é c", |w| Some(w.to_uppercase())), "A-B é C");
        assert!(homoglyphs(&"aceo".repeat(50), &mut random).contains('\u{430}'));
    }
}
