//! Rhetorical patterns: turns of phrase that assistants favour.

use std::ops::Range;

use super::class::{Class, Classes};
use super::view::Gap;
use super::{Family, Slots, Spec, View};
use crate::document::WordKind;

/// The family.
pub static FAMILY: Family = Family {
    name: "rhetoric",
    doc: "Turns of phrase that assistants favour.",
    specs: SPECS,
    measure,
};

const SIGNS: &str = "Wikipedia 2025";

static SPECS: &[Spec] = &[
    Spec::rate(
        "rhetoric.not_just",
        "'Not just', 'not only', 'more than just' and the like.",
        SIGNS,
    ),
    Spec::rate(
        "rhetoric.not_but",
        "A negation followed within ten words of its sentence by 'but' ('not X but Y').",
        SIGNS,
    ),
    Spec::rate("rhetoric.comma_not", "'Not' after a comma ('X, not Y').", SIGNS),
    Spec::rate(
        "rhetoric.denied_then_said",
        "Sentences with a negation among their first four words, followed by one that opens with 'it is' or the like.",
        SIGNS,
    ),
    Spec::rate("rhetoric.no_longer", "'No longer'.", SIGNS),
    Spec::rate(
        "rhetoric.less_than",
        "'Rather than', 'less about', 'instead of' and the like.",
        SIGNS,
    ),
    Spec::rate(
        "rhetoric.copula_avoidance",
        "'Serves as', 'stands as', 'represents' and the like for 'is'.",
        SIGNS,
    ),
    Spec::rate("rhetoric.significance", "Words that inflate significance.", SIGNS),
    Spec::rate(
        "rhetoric.challenges",
        "'Despite its challenges' and the like.",
        SIGNS,
    ),
    Spec::rate("rhetoric.both_whether", "'Both' and 'whether'.", SIGNS),
    Spec::rate("rhetoric.imagine", "Invitations to imagine or consider.", SIGNS),
    Spec::rate(
        "rhetoric.triple",
        "Lists of three items of one to four words each, with or without the serial comma.",
        SIGNS,
    ),
    Spec::share(
        "rhetoric.trailing_ing_share",
        60,
        "Share of the sentences that end in a comma and a clause opened by a form in -ing.",
        "Reinhart et al. 2025",
    ),
    Spec::rate(
        "rhetoric.from_to",
        "'From X to Y' with one to five words between, numbers left out.",
        SIGNS,
    ),
    Spec::rate(
        "rhetoric.question_answer",
        "Questions outside quoted passages that a sentence without a question follows.",
        SIGNS,
    ),
    Spec::rate(
        "rhetoric.short_question",
        "Questions of at most five words outside quoted passages.",
        SIGNS,
    ),
    Spec::rate(
        "rhetoric.colon",
        "Colons inside a sentence that open an explanation (no time of day, no quotation).",
        SIGNS,
    ),
    Spec::share(
        "rhetoric.answer_opener_share",
        60,
        "Share of the sentences that open with 'the result', 'the answer' and the like.",
        SIGNS,
    ),
];

/// Words after a negation in which its "but" is looked for.
const BUT_REACH: usize = 10;
/// Words of a sentence in which its opening negation is looked for.
const DENIAL_WORDS: usize = 4;
/// Most words of an item in a list of three.
const ITEM_WORDS: usize = 4;
/// Fewest words of a trailing clause, its first included.
const TRAILING_WORDS: usize = 3;
/// Most words between "from" and "to".
const FROM_TO_WORDS: usize = 5;
/// Most words of a short question.
const SHORT_QUESTION: usize = 5;
/// Fewest sentences for a share of them.
const MIN_SENTENCES: usize = 3;

const NEGATIONS: Classes = Classes::of(&[Class::Not, Class::Negation]);

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    for (name, class) in [
        ("rhetoric.not_just", Class::NotJust),
        ("rhetoric.no_longer", Class::NoLonger),
        ("rhetoric.less_than", Class::LessThan),
        ("rhetoric.copula_avoidance", Class::Copula),
        ("rhetoric.significance", Class::Significance),
        ("rhetoric.challenges", Class::Despite),
        ("rhetoric.imagine", Class::Imagine),
    ] {
        slots.set(name, view.rate_of(class));
    }
    slots.set(
        "rhetoric.both_whether",
        view.rate(view.of(Class::Both) + view.of(Class::Whether)),
    );
    let sentences: Vec<Range<usize>> = view.sentences().collect();
    let mut found = Found::default();
    for (at, sentence) in sentences.iter().enumerate() {
        found.read(view, sentence, sentences.get(at + 1));
    }
    for (name, count) in [
        ("rhetoric.not_but", found.not_but),
        ("rhetoric.comma_not", found.comma_not),
        ("rhetoric.denied_then_said", found.denied),
        ("rhetoric.triple", found.triples),
        ("rhetoric.from_to", found.from_to),
        ("rhetoric.question_answer", found.answered),
        ("rhetoric.short_question", found.short_questions),
        ("rhetoric.colon", found.colons),
    ] {
        slots.set(name, view.rate(count as f64));
    }
    if sentences.len() >= MIN_SENTENCES {
        let all = sentences.len() as f64;
        slots.set("rhetoric.trailing_ing_share", found.trailing as f64 / all);
        slots.set("rhetoric.answer_opener_share", view.initial(Class::Answer) / all);
    }
}

/// How often each pattern was found.
#[derive(Debug, Default)]
struct Found {
    not_but: usize,
    comma_not: usize,
    denied: usize,
    triples: usize,
    trailing: usize,
    from_to: usize,
    answered: usize,
    short_questions: usize,
    colons: usize,
}

impl Found {
    fn read(&mut self, view: &View<'_>, sentence: &Range<usize>, next: Option<&Range<usize>>) {
        for at in sentence.clone() {
            let classes = view.classes(at);
            if classes.any(NEGATIONS) {
                let reach = at + 1..sentence.end.min(at + 1 + BUT_REACH);
                self.not_but += usize::from(reach.clone().any(|near| view.is(near, Class::But)));
                self.comma_not += usize::from(
                    at > sentence.start && view.lower(at) == "not" && view.before(at).0 == Gap::COMMA,
                );
            }
            if classes.any(Classes::of(&[Class::And, Class::Or])) {
                self.triples += usize::from(is_triple(view, sentence, at));
            }
            self.from_to += usize::from(classes.has(Class::From) && is_range(view, sentence, at));
            self.colons += usize::from(is_colon(view, sentence, at));
        }
        self.trailing += usize::from(has_trailing_clause(view, sentence));
        let Some(last) = sentence.end.checked_sub(1) else {
            return;
        };
        let quoted = view.words.get(last).is_some_and(|word| word.quoted);
        if view.after(last).has(Gap::QUESTION) && !quoted {
            self.short_questions += usize::from(sentence.len() <= SHORT_QUESTION);
            self.answered += usize::from(next.is_some_and(|next| {
                next.end
                    .checked_sub(1)
                    .is_some_and(|end| !view.after(end).has(Gap::QUESTION))
            }));
        }
        let denies = (sentence.start..sentence.end.min(sentence.start + DENIAL_WORDS))
            .any(|at| view.classes(at).any(NEGATIONS));
        self.denied += usize::from(denies && next.is_some_and(|next| asserts(view, next.start)));
    }
}

/// Whether a sentence opens with "it is", "this is", "they are" or their short forms.
fn asserts(view: &View<'_>, at: usize) -> bool {
    let negated = |place: usize| view.classes(place).any(NEGATIONS);
    match view.lower(at) {
        "it's" | "that's" | "they're" | "he's" | "she's" => !negated(at + 1),
        "it" | "this" | "that" | "they" | "these" => {
            matches!(view.lower(at + 1), "is" | "was" | "are" | "were")
                && !view.starts_sentence(at + 1)
                && !negated(at + 2)
        }
        _ => false,
    }
}

/// Whether the conjunction at `at` joins the last of exactly three short items.
fn is_triple(view: &View<'_>, sentence: &Range<usize>, at: usize) -> bool {
    // The gap before the second item: the first comma met going back from it.
    let comma_before = |end: usize| {
        (1..=ITEM_WORDS)
            .filter_map(|back| end.checked_sub(back))
            .take_while(|place| *place > sentence.start)
            .find(|place| view.before(*place).0 != 0)
            .filter(|place| view.before(*place).0 == Gap::COMMA)
    };
    let serial = view.before(at).0;
    if at <= sentence.start || (serial != 0 && serial != Gap::COMMA) {
        return false;
    }
    let Some(second) = comma_before(at) else {
        return false;
    };
    // Another comma just before the first item would make it four.
    comma_before(second).is_none() && at + 1 < sentence.end
}

/// Whether "from" at `at` opens a range of things.
fn is_range(view: &View<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let number = |place: usize| {
        view.words
            .get(place)
            .is_some_and(|word| word.kind == WordKind::Number)
    };
    for place in at + 1..sentence.end.min(at + FROM_TO_WORDS + 2) {
        if view.before(place).0 & !Gap::HYPHEN != 0 || number(place) {
            return false;
        }
        if view.is(place, Class::To) {
            return place > at + 1 && place + 1 < sentence.end && !number(place + 1);
        }
    }
    false
}

fn is_colon(view: &View<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let number = |place: usize| {
        view.words
            .get(place)
            .is_some_and(|word| word.kind == WordKind::Number)
    };
    let gap = view.after(at);
    gap.has(Gap::COLON) && !gap.has(Gap::QUOTE) && at + 1 < sentence.end && !(number(at) && number(at + 1))
}

/// Whether the sentence ends in ", VERBing ..." with no comma after it.
fn has_trailing_clause(view: &View<'_>, sentence: &Range<usize>) -> bool {
    // The last comma of the sentence opens it.
    let last = (sentence.start + 1..sentence.end)
        .rev()
        .find(|at| view.before(*at).has(Gap::CLAUSE));
    last.is_some_and(|at| {
        let word = view.lower(at);
        view.before(at).0 == Gap::COMMA
            && word.len() > 4
            && word.ends_with("ing")
            && !view.is(at, Class::NotParticiple)
            && sentence.end - at >= TRAILING_WORDS
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::rate_in;

    /// Hits of a pattern in a text of more than 40 words.
    fn hits(text: &str, name: &str) -> f64 {
        let rest = "The old mill stands by the river near the edge of town. Children play there in summer when the \
            water is low. A fence keeps them away from the wheel. The miller died long ago and his sons moved away \
            soon after that. Nobody has bought the place since then and the roof is falling in at one end.";
        let all = format!("{text} {rest}");
        let words = all.split_whitespace().count() as f64;
        (rate_in(&all, name) * words / 100.0 * 1e6).round() / 1e6
    }

    #[test]
    fn contrasts_by_hand() {
        assert_eq!(hits("It was not a storm but a flood.", "rhetoric.not_but"), 1.0);
        assert_eq!(hits("It was a flood, not a storm.", "rhetoric.comma_not"), 1.0);
        assert_eq!(
            hits("It was a flood but nobody drowned.", "rhetoric.not_but"),
            0.0
        );
        assert_eq!(
            hits(
                "This is not a bridge. It is a promise.",
                "rhetoric.denied_then_said"
            ),
            1.0
        );
        assert_eq!(
            hits("This is a bridge. It is a promise.", "rhetoric.denied_then_said"),
            0.0
        );
    }

    #[test]
    fn lists_of_three_by_hand() {
        for (text, expected) in [
            ("She sold apples, pears and plums.", 1.0),
            ("She sold apples, pears, and plums.", 1.0),
            ("She sold apples and plums.", 0.0),
            ("She sold apples, pears, figs and plums.", 0.0),
        ] {
            assert_eq!(hits(text, "rhetoric.triple"), expected, "{text}");
        }
    }

    #[test]
    fn clauses_ranges_questions_and_colons_by_hand() {
        assert!(
            hits(
                "The dam broke, flooding the lower fields.",
                "rhetoric.trailing_ing_share"
            ) > 0.0
        );
        assert_eq!(
            hits(
                "The dam broke, and the fields were wet.",
                "rhetoric.trailing_ing_share"
            ),
            0.0
        );
        assert_eq!(
            hits("They sell all from old boots to new hats.", "rhetoric.from_to"),
            1.0
        );
        assert_eq!(hits("It grew from 10 to 20 acres.", "rhetoric.from_to"), 0.0);
        assert_eq!(
            hits("Why bother? Nobody else will do it.", "rhetoric.question_answer"),
            1.0
        );
        assert_eq!(
            hits("Why bother? Nobody else will do it.", "rhetoric.short_question"),
            1.0
        );
        assert_eq!(
            hits("One thing was clear: the dam had failed.", "rhetoric.colon"),
            1.0
        );
        assert_eq!(hits("They met at 10:30 by the dam.", "rhetoric.colon"), 0.0);
    }
}
