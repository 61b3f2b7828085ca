//! Documents with planted copies: invented words with the frequencies of real ones, the same file for every program measured.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Documents of the file.
pub const DOCUMENTS: usize = 100_000;
/// Copies planted of each of the kinds of [`KINDS`].
const COPIES: usize = 3_000;
/// Kinds of copies: name, share of words edited in percent.
pub const KINDS: [(&str, u64); 6] = [
    ("edit1", 1),
    ("edit5", 5),
    ("edit10", 10),
    ("edit20", 20),
    ("trim", 0),
    ("excerpt", 0),
];
/// Texts that are copied often, and how often, with one word in a hundred edited.
const CROWDS: usize = 10;
const CROWD: usize = 30;
/// Pages with one shell around words of their own: no pair of them is a copy.
const SHELLS: usize = 300;
const SHELL_WORDS: usize = 200;
const OWN_WORDS: usize = 60;

/// Words of the language, the most frequent first: real function words, then invented ones.
const VOCABULARY: usize = 40_000;
const FUNCTION_WORDS: &str = "the of and to in a is that for it was on with as he be at by his had not are but from or have \
    they which one you were all her she there would their we him been has when who will no more if out so said what up its \
    about into than them can only other time new some could these two may first then do any like my now over such our man me \
    even most made after also did many off before must well back through years where much your way down should because";
/// Zipf-Mandelbrot: the word of rank r has weight 1 / (r + SHIFT)^EXPONENT.
const SHIFT: f64 = 2.7;
const EXPONENT: f64 = 1.07;
/// Stock phrases that unrelated texts share, drawn by rank like words; about one sentence in two has one.
const PHRASES: usize = 20_000;
/// Words that a text is about: one word in four is one of these.
const TOPIC_WORDS: usize = 25;

/// xorshift64* (Vigna 2016).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 33) % n
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below((most - least + 1) as u64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The language.
pub struct Language {
    words: Vec<String>,
    /// Summed weights of the words and of the phrases.
    sums: Vec<f64>,
    phrases: Vec<Vec<u32>>,
    phrase_sums: Vec<f64>,
}

fn zipf(count: usize) -> Vec<f64> {
    let mut sum = 0.0;
    (0..count)
        .map(|rank| {
            sum += (rank as f64 + SHIFT).powf(-EXPONENT);
            sum
        })
        .collect()
}

fn draw(sums: &[f64], random: &mut Random) -> usize {
    let wanted = random.unit() * sums[sums.len() - 1];
    sums.partition_point(|sum| *sum < wanted).min(sums.len() - 1)
}

impl Language {
    pub fn new() -> Self {
        let mut random = Random::new(1);
        let mut words: Vec<String> = FUNCTION_WORDS.split_whitespace().map(str::to_owned).collect();
        let onsets = [
            "b", "br", "c", "d", "f", "g", "gl", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr",
            "v", "w",
        ];
        let vowels = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
        let codas = ["", "", "n", "r", "l", "s", "t", "nd", "rt", "m"];
        let mut seen: std::collections::HashSet<String> = words.iter().cloned().collect();
        while words.len() < VOCABULARY {
            let mut word = String::new();
            for _ in 0..random.between(1, 3) {
                for parts in [&onsets[..], &vowels, &codas] {
                    word.push_str(parts[random.below(parts.len() as u64) as usize]);
                }
            }
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let sums = zipf(VOCABULARY);
        let phrases = (0..PHRASES)
            .map(|_| {
                (0..random.between(3, 7))
                    .map(|_| draw(&sums, &mut random) as u32)
                    .collect()
            })
            .collect();
        Self {
            words,
            sums,
            phrases,
            phrase_sums: zipf(PHRASES),
        }
    }

    fn word(&self, random: &mut Random) -> String {
        self.words[draw(&self.sums, random)].clone()
    }

    /// Words of a text with their marks; a paragraph's last word ends in a line break.
    pub fn text(&self, words: usize, random: &mut Random) -> Vec<String> {
        let topic: Vec<usize> = (0..TOPIC_WORDS)
            .map(|_| random.between(200, VOCABULARY - 1))
            .collect();
        let mut text: Vec<String> = Vec::with_capacity(words + 30);
        while text.len() < words {
            let length = random.between(7, 28);
            let start = text.len();
            if random.below(2) == 0 {
                let phrase = &self.phrases[draw(&self.phrase_sums, random)];
                text.extend(phrase.iter().map(|word| self.words[*word as usize].clone()));
            }
            while text.len() < start + length {
                let word = if random.below(4) == 0 {
                    self.words[topic[random.below(TOPIC_WORDS as u64) as usize]].clone()
                } else {
                    self.word(random)
                };
                text.push(word);
                if random.below(12) == 0 {
                    text.last_mut().unwrap().push(',');
                }
            }
            let first = &mut text[start];
            *first = first[..1].to_uppercase() + &first[1..];
            let last = text.last_mut().unwrap();
            *last = last.trim_end_matches(',').to_owned() + if random.below(4) == 0 { ".\n" } else { "." };
        }
        text
    }

    /// The text with so many of a hundred words changed (three in five), left out or added to (one in five each).
    pub fn edited(&self, text: &[String], percent: u64, random: &mut Random) -> Vec<String> {
        let mut edited = Vec::with_capacity(text.len());
        for word in text {
            if random.below(100) >= percent {
                edited.push(word.clone());
                continue;
            }
            let marks = word.trim_start_matches(char::is_alphabetic);
            match random.below(5) {
                0 => {}
                1 => edited.extend([self.word(random), word.clone()]),
                _ => edited.push(self.word(random) + marks),
            }
        }
        edited
    }
}

/// The document as it is written.
pub fn join(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// One document of the file.
struct Planned {
    /// Documents of one family are copies of one text.
    family: usize,
    kind: &'static str,
    words: Vec<String>,
}

/// Where the truth about a file stands.
pub fn truth_path(path: &Path) -> PathBuf {
    path.with_extension("truth.csv")
}

/// Writes the documents as JSON lines, and beside them the truth: id, family, kind. The order is shuffled.
pub fn write(path: &Path, documents: usize) {
    let scale = |count: usize| count * documents / DOCUMENTS;
    let language = Language::new();
    let mut random = Random::new(2);
    let mut planned: Vec<Planned> = Vec::with_capacity(documents);
    let mut family = 0;
    let mut add = |planned: &mut Vec<Planned>, words: Vec<String>, new: bool, kind: &'static str| {
        family += usize::from(new);
        planned.push(Planned { family, kind, words });
    };
    for (kind, percent) in KINDS {
        for _ in 0..scale(COPIES) {
            let length = random.between(200, 400);
            let text = language.text(length, &mut random);
            let copy = match kind {
                "trim" => {
                    // From 30 to 60 of a hundred words are gone, in front, at the end or both.
                    let gone = text.len() * random.between(30, 60) / 100;
                    let front = [0, gone, gone / 2][random.below(3) as usize];
                    text[front..text.len() - (gone - front)].to_vec()
                }
                "excerpt" => {
                    let length = random.between(40, 80);
                    let start = random.between(0, text.len() - length);
                    text[start..start + length].to_vec()
                }
                _ => language.edited(&text, percent, &mut random),
            };
            add(&mut planned, text, true, "original");
            add(&mut planned, copy, false, kind);
        }
    }
    for _ in 0..scale(CROWDS) {
        let text = language.text(300, &mut random);
        for copy in 0..CROWD {
            let words = language.edited(&text, 1, &mut random);
            add(&mut planned, words, copy == 0, "crowd");
        }
    }
    let shell = language.text(SHELL_WORDS, &mut random);
    for _ in 0..scale(SHELLS) {
        let own = language.text(OWN_WORDS, &mut random);
        let words = [&shell[..SHELL_WORDS / 2], &own, &shell[SHELL_WORDS / 2..]].concat();
        add(&mut planned, words, true, "shell");
    }
    while planned.len() < documents {
        let length = random.between(200, 400);
        let words = language.text(length, &mut random);
        add(&mut planned, words, true, "original");
    }
    for at in (1..planned.len()).rev() {
        planned.swap(at, random.below(at as u64 + 1) as usize);
    }
    let mut out = BufWriter::new(std::fs::File::create(path).expect("the file can be made"));
    let mut truth = String::from("id,family,kind\n");
    for (document, number) in planned.iter().zip(0..) {
        let line = serde_json::json!({"id": format!("n{number}"), "text": join(&document.words)});
        writeln!(out, "{line}").expect("the file can be written");
        let _ = writeln!(truth, "n{number},{},{}", document.family, document.kind);
    }
    out.flush().expect("the file can be written");
    std::fs::write(truth_path(path), truth).expect("the truth can be written");
}
