//! Articles for measuring: sentences put together from parts by a fixed generator. They read like
//! nonsense with the shape of news, with quotations, figures and some letters beyond ASCII.

use std::fmt::Write;

/// Sentences in an article: about 6 KB of text.
const SENTENCES: usize = 56;
/// Sentences in a paragraph.
const PARAGRAPH: u64 = 4;

const WHO: [&str; 16] = [
    "The harbour council",
    "Marta Lindqvist",
    "A spokesman for Tarnwell Grid",
    "The ferry company",
    "Professor Iñaki Ugarte",
    "The union's local branch",
    "Two of the seven bidders",
    "Her predecessor",
    "The museum in Žilvice",
    "A neighbour who asked not to be named",
    "The finance committee",
    "The youngest member of the crew",
    "Børge Aasen, the builder,",
    "Nobody at the plant",
    "The court of appeal",
    "The head of the school",
];
const DID: [&str; 16] = [
    "turned down",
    "put off for a year",
    "has never explained",
    "will look again at",
    "paid for",
    "quietly dropped",
    "argued against",
    "was surprised by",
    "could not find",
    "had promised",
    "wants to reopen",
    "signed",
    "forgot to mention",
    "keeps a copy of",
    "described in detail",
    "asked for more time with",
];
const WHAT: [&str; 16] = [
    "the plan for the old grain pier",
    "a loan of 3.4 million kronor",
    "the second set of accounts",
    "an offer that nobody else had seen",
    "the repairs to the north wall",
    "the new timetable",
    "a report of more than 200 pages",
    "the café beside the station",
    "its own rules on overtime",
    "the sale of the lower meadow",
    "a bridge that floods each spring",
    "the photographs from 1974",
    "the lease on the boathouse",
    "a third of the savings",
    "what was left of the archive",
    "the contract with the printers",
];
const WHEN: [&str; 12] = [
    "on Tuesday",
    "last week",
    "before the snow came",
    "in the autumn of 2019",
    "at a meeting that ran past midnight",
    "without saying why",
    "after the flood",
    "when the price fell by 12%",
    "for the second time in a month",
    "as the lights went out",
    "long before anyone wrote about it",
    "to the relief of the staff",
];
const LINK: [&str; 12] = [
    "",
    "",
    "",
    "",
    "Even so, ",
    "By then, ",
    "In the end, ",
    "According to the minutes, ",
    "Oddly, ",
    "For three days, ",
    "That winter, ",
    "Like many others here, ",
];
const SAID: [&str; 8] = [
    "\"We are not in a hurry,\" she said.",
    "\u{201c}It was cheaper to leave it,\u{201d} he told the committee.",
    "\"Ask me again when the ice is gone.\"",
    "Nobody laughed.",
    "Was it worth it? The answers differ.",
    "The figures, which were read aloud twice, did not add up \u{2013} not even roughly.",
    "It rained.",
    "\u{201c}Pas question,\u{201d} was the reply from Saint-Éloi.",
];

/// xorshift64* (Vigna, 2016): small, fixed, good enough to vary sentences.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 33) % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap_or(0)]
    }
}

/// The text of one article; the same number gives the same article.
pub fn article(number: u64) -> String {
    let mut random = Random(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut text = String::new();
    for _ in 0..SENTENCES {
        if random.below(PARAGRAPH) == 0 && !text.is_empty() {
            text.push_str("\n\n");
        } else if !text.is_empty() {
            text.push(' ');
        }
        if random.below(6) == 0 {
            text.push_str(random.pick(&SAID));
            continue;
        }
        let link = random.pick(&LINK);
        let who = random.pick(&WHO);
        let who = if link.is_empty() || who.starts_with(['M', 'P', 'B']) {
            who.to_owned()
        } else {
            let mut letters = who.chars();
            letters
                .next()
                .map(|c| c.to_lowercase().chain(letters).collect())
                .unwrap_or_default()
        };
        let _ = write!(text, "{link}{who} {} {}", random.pick(&DID), random.pick(&WHAT));
        if random.below(3) > 0 {
            let _ = write!(text, " {}", random.pick(&WHEN));
        }
        if random.below(3) == 0 {
            let _ = write!(
                text,
                ", and {} {} {}",
                random.pick(&WHO),
                random.pick(&DID),
                random.pick(&WHAT)
            );
        }
        if random.below(8) == 0 {
            let _ = write!(
                text,
                "; item {} of {} was struck out",
                random.below(40) + 1,
                random.below(60) + 41
            );
        }
        text.push('.');
    }
    text.push('\n');
    text
}

/// One JSON line, with its end.
pub fn line(number: usize) -> String {
    let record = serde_json::json!({
        "id": format!("g{number}"),
        "title": format!("Generated article {number}"),
        "text": article(number as u64 + 1),
    });
    format!("{record}\n")
}

/// A set of articles as JSON lines.
pub fn jsonl(documents: usize) -> String {
    (0..documents).map(line).collect()
}
