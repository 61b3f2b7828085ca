//! Which part of a whole a figure is of: "among patients with ...", "in the placebo group", spring wheat and winter wheat.

use std::collections::BTreeSet;

use super::concepts::stem;
use crate::document::Document;
use crate::figure::Figure;

/// Words that name the parts of a whole; two of one line are two parts.
const PARTS: [&[&str]; 9] = [
    &["spring", "summer", "autumn", "winter"],
    &["north", "south", "east", "west"],
    &["northern", "southern", "eastern", "western"],
    &["male", "female"],
    &["boys", "girls"],
    &["child", "adult"],
    &["urban", "rural"],
    &["passenger", "freight"],
    &["domestic", "foreign"],
];
/// Words that make a figure of what is to come; "will" and "would" say it of too much else.
const FORECAST: [&str; 5] = ["expected", "forecast", "predicted", "guidance", "outlook"];
/// Words after "had", "originally" and the like by which a figure is of a plan that was overtaken: "had promised sales of $430 million".
const PLANNED: [&str; 11] = [
    "promised",
    "expected",
    "forecast",
    "planned",
    "budgeted",
    "aimed",
    "guided",
    "hoped",
    "predicted",
    "projected",
    "targeted",
];
/// Words before them.
const ONCE: [&str; 4] = ["had", "originally", "initially", "previously"];
/// People who may be but a part of those a figure is of, where a word of [`WHICH`] follows: "in children younger than two".
const PEOPLE: [&str; 9] = [
    "children", "adults", "infants", "women", "men", "patients", "girls", "boys", "people",
];
const WHICH: [&str; 8] = [
    "younger", "older", "under", "over", "aged", "below", "above", "with",
];
/// Words after which a sentence says of whom alone it speaks.
const ONLY: [&str; 4] = ["among", "amongst", "excluding", "except"];
/// Nouns whose words before them say which part is meant.
const GROUPS: [&str; 6] = ["group", "arm", "subgroup", "cohort", "segment", "division"];
/// Words after which such a noun says nothing of which part is meant.
const DETERMINERS: [&str; 6] = ["the", "a", "an", "this", "that", "its"];
/// Words of such a phrase that are looked at.
const PHRASE: usize = 8;
/// Words before a noun of [`GROUPS`].
const BEFORE: usize = 2;
/// Fewest letters of a word that says which.
const MIN_LETTERS: usize = 4;

/// The part of a whole that a figure's sentence is about, as far as it says so.
#[derive(Debug, Clone, Default)]
pub(in crate::corpus) struct Part {
    /// Which of [`PARTS`] stand around it, a bit each.
    named: u64,
    /// Stems of the words that say of whom alone the sentence speaks.
    only: BTreeSet<u64>,
    /// Whether the words around it speak of what is expected.
    pub(super) forecast: bool,
    /// Whether it was a plan that something else came of.
    overtaken: bool,
}

impl Part {
    /// Reads the sentence, and the stems around the figure. Cost: linear in its words.
    pub fn of(document: &Document, figure: &Figure, stems: &BTreeSet<u64>) -> Self {
        let raw = &document.raw().text;
        let sentence = figure.sentence.of(raw).to_lowercase();
        let words: Vec<&str> = sentence.split_whitespace().collect();
        // Words before the figure; lower case does not change how many there are.
        let ahead = raw
            .get(figure.sentence.start as usize..figure.span.start as usize)
            .map_or(0, |before| before.split_whitespace().count());
        let clause = clause(&words, ahead);
        let bare = |at: usize| {
            words.get(at).map_or("", |word: &&str| {
                word.trim_matches(|c: char| !c.is_alphanumeric())
            })
        };
        let stands = |stem_of_part| (0..words.len()).any(|at| stem(bare(at)) == stem_of_part);
        let overtaken = |at: usize| {
            ONCE.contains(&bare(at)) && (at + 1..at + 3).any(|next| PLANNED.contains(&bare(next)))
        };
        let mut part = Self {
            forecast: forecast(|stem| stems.contains(&stem)),
            overtaken: clause.clone().any(overtaken),
            ..Self::named_by(stands)
        };
        // "The group", "the Danish group", "Tarnwell Group" is whoever the report is about.
        let cased: Vec<&str> = figure.sentence.of(raw).split_whitespace().collect();
        let own_name = |at: usize| {
            let before = at.checked_sub(1).map_or("the", |before| bare(before));
            let name = |at: usize| {
                cased
                    .get(at)
                    .is_some_and(|word| word.starts_with(char::is_uppercase))
            };
            DETERMINERS.contains(&before) || name(at) || at > 1 && name(at - 1)
        };
        let mut only = |at: usize| {
            if bare(at).chars().count() >= MIN_LETTERS {
                part.only.insert(stem(bare(at)));
            }
        };
        for at in 0..words.len() {
            // What another clause behind the figure leaves out is left out of another figure; "among the best" leaves out nothing.
            let before = at < clause.end;
            let superlative = bare(at + 2).ends_with("st") && bare(at + 1) == "the";
            let some = ["in", "for"].contains(&bare(at))
                && PEOPLE.contains(&bare(at + 1))
                && WHICH.contains(&bare(at + 2));
            if (some || ONLY.contains(&bare(at))) && before && !superlative {
                let ends = |at: &usize| !words.get(*at).is_some_and(|word| word.ends_with([',', ';', ':']));
                let phrase: Vec<usize> = (at + 1..(at + 1 + PHRASE).min(words.len())).collect();
                let whole = phrase.iter().take_while(|at| ends(at)).count() + 1;
                phrase.into_iter().take(whole).for_each(&mut only);
            } else if clause.contains(&at) && GROUPS.contains(&bare(at)) && !own_name(at) {
                (at.saturating_sub(BEFORE)..at).for_each(&mut only);
            }
        }
        part
    }

    /// The part that is named by words alone; `has` tells whether a stem stands around the figure.
    pub fn named_by(has: impl Fn(u64) -> bool) -> Self {
        let bits = PARTS.iter().copied().flatten().enumerate();
        let named = bits
            .filter(|(_, word)| has(stem(word)))
            .fold(0, |named, (at, _)| named | 1 << at);
        Self {
            named,
            only: BTreeSet::new(),
            forecast: forecast(has),
            overtaken: false,
        }
    }

    /// Whether the two are two parts, or one a part and the other the whole; or one a plan that the other came of.
    pub fn apart(&self, other: &Self) -> bool {
        if self.overtaken != other.overtaken {
            return true;
        }
        let mut from = 0;
        for line in PARTS {
            let bits = ((1_u64 << line.len()) - 1) << from;
            from += line.len();
            let (one, two) = (self.named & bits, other.named & bits);
            if one != 0 && two != 0 && one & two == 0 {
                return true;
            }
        }
        self.only != other.only && self.only.is_disjoint(&other.only)
    }
}

/// Whether one of [`FORECAST`] stands around a figure.
fn forecast(has: impl Fn(u64) -> bool) -> bool {
    FORECAST.iter().any(|word| has(stem(word)))
}

/// The words between the commas around one.
fn clause(words: &[&str], at: usize) -> std::ops::Range<usize> {
    let ends = |word: &&str| word.ends_with([',', ';', ':']);
    let before = words.get(..at).unwrap_or(words);
    let from = before.iter().rposition(ends).map_or(0, |comma| comma + 1);
    let after = words.get(at..).unwrap_or(&[]);
    let to = after
        .iter()
        .position(ends)
        .map_or(words.len(), |comma| at + comma + 1);
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RawDocument;
    use crate::figure::figures;

    fn part(text: &str) -> Part {
        let document = Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        });
        Part::of(&document, &figures(&document)[0], &BTreeSet::new())
    }

    #[test]
    fn a_group_is_not_the_whole() {
        let all = part("Fever fell by 37% in a year.");
        let some = part("Among children with a weak heart, fever fell by 51%.");
        let other = part("In the placebo group it fell by 9%.");
        assert!(all.apart(&some) && some.apart(&other) && all.apart(&other));
        assert!(!all.apart(&part("The rate of fever was cut by 32%.")));
        assert!(!other.apart(&part("The placebo group saw a fall of 8%.")));
        // Another clause speaks of another figure.
        assert!(!all.apart(&part("Fever fell by 31%, and the placebo group had none.")));
        assert!(!all.apart(&part(
            "Fever fell by 31%, and no cough was seen outside the clinic."
        )));
        assert!(!all.apart(&part("Fever fell by 31%, among the best results so far.")));
    }

    #[test]
    fn a_plan_is_not_what_came_of_it() {
        let plan = part("A year before, Tarnwell had promised sales of 430 million.");
        let outcome = part("Sales came to 412 million.");
        assert!(plan.apart(&outcome) && outcome.apart(&plan));
        assert!(!plan.apart(&part("Tarnwell originally forecast sales of 430 million.")));
        assert!(!outcome.apart(&part(
            "It expected costs of 90 million, and sales had come to 410 million."
        )));
    }

    #[test]
    fn some_people_are_not_all() {
        let some = part("In children younger than two, it helped 74%.");
        assert!(some.apart(&part("It helped 81%.")));
        assert!(!some.apart(&part("It helped 75% in children under two.")));
        assert!(!part("In children it helped 74%.").apart(&part("It helped 81%.")));
    }

    #[test]
    fn parts_that_are_named_are_two() {
        let (spring, winter) = (
            part("Spring oats gave 3.9 tons."),
            part("Winter oats gave 5.6 tons."),
        );
        assert!(spring.apart(&winter) && winter.apart(&spring));
        assert!(!spring.apart(&part("Oats gave 4.1 tons.")));
    }
}
