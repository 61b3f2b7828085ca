//! Function words: how often the closed classes of the language are used.

use super::class::{Class, FUNCTION};
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "function",
    doc: "How often single function words and groups of them are used.",
    specs: SPECS,
    measure,
};

const WORD: &str = "Mosteller & Wallace 1964";
const GROUP: &str = "Biber 1988";

static SPECS: &[Spec] = &[
    Spec::rate("function.the", "The word 'the'.", WORD),
    Spec::rate("function.of", "The word 'of'.", WORD),
    Spec::rate("function.and", "The word 'and'.", WORD),
    Spec::rate("function.to", "The word 'to'.", WORD),
    Spec::rate("function.a_an", "The words 'a' and 'an'.", WORD),
    Spec::rate("function.in", "The word 'in'.", WORD),
    Spec::rate("function.that", "The word 'that'.", WORD),
    Spec::rate("function.it", "The words 'it', 'its' and 'itself'.", WORD),
    Spec::rate("function.is", "The word 'is'.", WORD),
    Spec::rate("function.was", "The word 'was'.", WORD),
    Spec::rate("function.for", "The word 'for'.", WORD),
    Spec::rate("function.with", "The word 'with'.", WORD),
    Spec::rate("function.as", "The word 'as'.", WORD),
    Spec::rate("function.by", "The word 'by'.", WORD),
    Spec::rate("function.on", "The word 'on'.", WORD),
    Spec::rate("function.this_these", "The words 'this' and 'these'.", WORD),
    Spec::rate("function.which", "The word 'which'.", WORD),
    Spec::rate("function.but", "The word 'but'.", WORD),
    Spec::rate(
        "function.not",
        "The word 'not' (contracted forms count elsewhere).",
        WORD,
    ),
    Spec::rate("function.or", "The word 'or'.", WORD),
    Spec::rate("function.from", "The word 'from'.", WORD),
    Spec::rate("function.at", "The word 'at'.", WORD),
    Spec::rate("function.be", "Forms of 'be' other than 'is' and 'was'.", WORD),
    Spec::rate("function.have", "Forms of 'have'.", WORD),
    Spec::rate("function.do", "Forms of 'do'.", GROUP),
    Spec::rate("function.will", "The words 'will', 'would' and 'shall'.", WORD),
    Spec::rate("function.modal", "Modal verbs, negated forms included.", GROUP),
    Spec::rate(
        "function.concessive",
        "'while', 'although', 'though', 'whereas' and 'despite'.",
        GROUP,
    ),
    Spec::rate("function.conditional", "'if', 'unless' and 'whether'.", GROUP),
    Spec::rate("function.because", "'because' and 'since'.", GROUP),
    Spec::rate(
        "function.negation",
        "Negating words and contractions with 'not'.",
        GROUP,
    ),
    Spec::rate(
        "function.personal",
        "Personal pronouns as subject or object.",
        GROUP,
    ),
    Spec::rate(
        "function.possessive",
        "Possessive determiners and pronouns.",
        GROUP,
    ),
    Spec::rate("function.reflexive", "Reflexive pronouns.", GROUP),
    Spec::rate("function.determiner", "Determiners of all kinds.", GROUP),
    Spec::rate("function.preposition", "Prepositions.", GROUP),
    Spec::rate(
        "function.relative",
        "'who', 'whom', 'whose', 'which', 'where' and 'when'.",
        GROUP,
    ),
    Spec::rate(
        "function.question_word",
        "'what', 'why', 'how', 'who', 'when' and 'where'.",
        GROUP,
    ),
    Spec::rate("function.quantity", "Quantifiers.", GROUP),
    Spec::rate(
        "function.degree",
        "Adverbs of degree and focus: 'very', 'just', 'even', 'really' and the like.",
        GROUP,
    ),
    Spec::rate("function.there", "The words 'there' and 'there's'.", GROUP),
    Spec::rate(
        "function.then",
        "Adverbs of time and place: 'then', 'now', 'here', 'once' and the like.",
        GROUP,
    ),
    Spec::rate("function.conjunction", "Conjunctions of all kinds.", GROUP),
    Spec::rate("function.all", "Function words of all kinds.", GROUP),
];

/// The class behind each feature, in the order of the specs (the last is counted apart).
static CLASSES: &[Class] = &[
    Class::The,
    Class::Of,
    Class::And,
    Class::To,
    Class::Article,
    Class::In,
    Class::That,
    Class::It,
    Class::Is,
    Class::Was,
    Class::For,
    Class::With,
    Class::As,
    Class::By,
    Class::On,
    Class::This,
    Class::Which,
    Class::But,
    Class::Not,
    Class::Or,
    Class::From,
    Class::At,
    Class::Be,
    Class::Have,
    Class::Do,
    Class::Will,
    Class::Modal,
    Class::While,
    Class::If,
    Class::Because,
    Class::Negation,
    Class::Personal,
    Class::Possessive,
    Class::Reflexive,
    Class::Determiner,
    Class::Preposition,
    Class::Relative,
    Class::Question,
    Class::Quantity,
    Class::Degree,
    Class::There,
    Class::Then,
    Class::Conjunction,
];

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    for (spec, class) in SPECS.iter().zip(CLASSES) {
        slots.set(spec.name, view.rate_of(*class));
    }
    let all = view.all_classes().iter().filter(|c| c.any(FUNCTION)).count();
    slots.set("function.all", view.rate(all as f64));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_but_the_last_has_its_class() {
        assert_eq!(SPECS.len(), CLASSES.len() + 1);
        assert!(CLASSES.iter().all(|class| FUNCTION.has(*class)));
    }
}
