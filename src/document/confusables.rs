//! Letters of other scripts that imitate Latin ones, and whether a word uses them to deceive.
//!
//! The table holds letters that look the same in ordinary typefaces (a subset of Unicode TR 39's
//! confusables, kept to what is seen in evasion), not everything that is vaguely alike: a wrong
//! entry would damage words that are what they seem.

use super::characters::is_invisible;

/// Longest word that is looked at, in characters each way: bounds the cost on unbroken text.
const WORD_REACH: usize = 64;

/// The Latin letter that `c` imitates.
pub(super) fn latin_twin(c: char) -> Option<char> {
    Some(match c {
        // Cyrillic.
        'а' => 'a',
        'е' | 'ҽ' => 'e',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'у' | 'ү' => 'y',
        'х' => 'x',
        'ѕ' => 's',
        'і' => 'i',
        'ј' => 'j',
        'һ' => 'h',
        'ԁ' => 'd',
        'ԛ' => 'q',
        'ԝ' => 'w',
        'ѵ' => 'v',
        'к' => 'k',
        'ӏ' => 'l',
        'ɡ' => 'g',
        'ɑ' => 'a',
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'Х' => 'X',
        'У' | 'Ү' => 'Y',
        'Ѕ' => 'S',
        'І' | 'Ӏ' => 'I',
        'Ј' => 'J',
        'Ԍ' => 'G',
        'Ԛ' => 'Q',
        'Ԝ' => 'W',
        'Ѵ' => 'V',
        // Greek.
        'Α' => 'A',
        'Β' => 'B',
        'Ε' => 'E',
        'Ζ' => 'Z',
        'Η' => 'H',
        'Ι' => 'I',
        'Κ' => 'K',
        'Μ' => 'M',
        'Ν' => 'N',
        'Ο' => 'O',
        'Ρ' => 'P',
        'Τ' => 'T',
        'Υ' => 'Y',
        'Χ' => 'X',
        'α' => 'a',
        'ι' => 'i',
        'κ' => 'k',
        'ν' => 'v',
        'ο' => 'o',
        'ρ' => 'p',
        'υ' => 'u',
        'ϲ' => 'c',
        'ϳ' => 'j',
        // Armenian.
        'օ' => 'o',
        'ս' => 'u',
        'հ' => 'h',
        'ո' => 'n',
        'ց' => 'g',
        'ք' => 'p',
        // Cherokee.
        'Ꭺ' => 'A',
        'Ᏼ' => 'B',
        'Ꮯ' => 'C',
        'Ꭰ' => 'D',
        'Ꭼ' => 'E',
        'Ꮋ' => 'H',
        'Ꭻ' => 'J',
        'Ꮶ' => 'K',
        'Ꮮ' => 'L',
        'Ꮇ' => 'M',
        'Ꮲ' => 'P',
        'Ꮪ' => 'S',
        'Ꭲ' => 'T',
        'Ꮃ' => 'W',
        'Ꮓ' => 'Z',
        _ => return None,
    })
}

/// Whether any of the table's scripts may hold `c`: the cheap question, asked first.
pub(super) fn may_imitate(c: char) -> bool {
    matches!(c, '\u{251}' | '\u{261}' | '\u{370}'..='\u{58F}' | '\u{13A0}'..='\u{13F5}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}' if c != '×' && c != '÷')
}

/// What the letters of one word are.
#[derive(Debug, Clone, Copy, Default)]
struct Make {
    latin: usize,
    twins: usize,
    /// Twins among the lower-case Greek letters, which also stand beside Latin ones in formulas.
    greek: usize,
    foreign: usize,
}

impl Make {
    fn add(&mut self, c: char) {
        if is_latin(c) {
            self.latin += 1;
        } else if latin_twin(c).is_some() {
            self.twins += 1;
            self.greek += usize::from(matches!(c, '\u{3AC}'..='\u{3CE}'));
        } else if !c.is_ascii() && c.is_alphabetic() {
            self.foreign += 1;
        }
    }

    /// Latin letters and imitations of them, nothing else. A formula such as one Greek letter
    /// beside one Latin letter is not a word.
    fn is_mixed(self) -> bool {
        let enough = if self.greek > 0 { 2 } else { 1 };
        self.twins > 0 && self.foreign == 0 && self.latin >= enough
    }

    fn is_all_twins(self) -> bool {
        self.twins > 0 && self.foreign == 0 && self.latin == 0
    }
}

fn in_word(c: char) -> bool {
    c.is_alphabetic() || is_invisible(c)
}

/// Decides word by word, remembering the last word so that each is looked at once.
#[derive(Debug, Default)]
pub(super) struct Imitation {
    until: usize,
    maps: bool,
    /// Whether a word wholly of imitations is one too; found out when first asked.
    lone: Option<bool>,
}

impl Imitation {
    /// Whether the imitating letter at byte `at` of `text` stands for its Latin twin.
    pub(super) fn is_meant(&mut self, text: &str, at: usize) -> bool {
        if at >= self.until {
            let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
            let mut make = Make::default();
            for c in before.chars().rev().take(WORD_REACH).take_while(|c| in_word(*c)) {
                make.add(c);
            }
            let mut len = 0;
            for c in after.chars().take(WORD_REACH).take_while(|c| in_word(*c)) {
                make.add(c);
                len += c.len_utf8();
            }
            self.until = at + len.max(1);
            self.maps = make.is_mixed() || (make.is_all_twins() && self.lone_words_imitate(text));
        }
        self.maps
    }

    /// In a text without a single really foreign word but with mixed ones, a word wholly of
    /// imitations is no foreign word either.
    fn lone_words_imitate(&mut self, text: &str) -> bool {
        *self.lone.get_or_insert_with(|| {
            let mut make = Make::default();
            let mut mixed = false;
            for c in text.chars().chain(std::iter::once(' ')) {
                if in_word(c) {
                    make.add(c);
                } else {
                    let foreign = make.foreign > 0 && make.latin == 0;
                    if foreign {
                        return false;
                    }
                    mixed |= make.is_mixed();
                    make = Make::default();
                }
            }
            mixed
        })
    }
}
