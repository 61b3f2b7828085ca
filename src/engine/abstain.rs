//! When an axis says nothing of a document.

use crate::document::Document;
use crate::measure::Features;
use crate::model::{Model, Scorer};
use crate::verdict::Abstention;

/// Largest share of words in quotation marks: beyond, most of the text is somebody else's. Novels full of talk have up to half.
const MOST_QUOTED: f64 = 0.7;
/// Fewest function words of a hundred: running English has 28 to 60, a list of words or names nearly none.
const LEAST_FUNCTION_WORDS: f64 = 20.0;
/// Largest share of measures far outside what training met: of a thousand human texts one has more.
const MOST_STRANGE: f64 = 0.08;

/// Why an axis says nothing of a document, if so.
pub(super) fn abstention(document: &Document, model: &Model, min_words: u32) -> Option<Abstention> {
    let language = document.language().code;
    if document.prose_share() < model.min_prose_share {
        Some(Abstention::NotProse)
    } else if super::words(document) < min_words {
        Some(Abstention::TooShort)
    } else if language != model.language {
        Some(Abstention::Language)
    } else {
        None
    }
}

/// The same for the machine axis, which also keeps silent about what is mostly quoted and what is unlike all that it has learnt.
pub(super) fn machine(document: &Document, scorer: &Scorer, features: &Features) -> Option<Abstention> {
    let model = scorer.model();
    abstention(document, model, model.min_words).or_else(|| {
        let words = document.words();
        let quoted = words.iter().filter(|word| word.quoted).count();
        if quoted as f64 > MOST_QUOTED * words.len() as f64 {
            Some(Abstention::Quoted)
        } else {
            unfamiliar(scorer, features).then_some(Abstention::Unfamiliar)
        }
    })
}

fn unfamiliar(scorer: &Scorer, features: &Features) -> bool {
    let few = |share: f64| share < LEAST_FUNCTION_WORDS;
    features.get("function.all").is_some_and(few) || scorer.strange_share(features) > MOST_STRANGE
}

#[cfg(test)]
mod tests {
    use crate::engine::Detector;
    use crate::verdict::{Abstention, Action};
    use crate::{Document, RawDocument};

    /// Two hundred words of a report.
    const REPORT: &str = "The council met on Tuesday to hear what the engineers had found under the old bridge. They had \
        looked at each of the pillars for a week, and they were not pleased with what they saw. Two of the nine stand on \
        timber that nobody had known about, and the water has been at it for longer than anyone can say. The mayor asked \
        whether the bridge could stay open through the winter. It could, the oldest of the engineers said, if the heavy \
        lorries went round by the mill, but he would not put his name to more than that. There was a long silence after \
        he sat down. A woman from the market stood up and told them that her whole trade came over that bridge, and that \
        a way round by the mill meant an hour more on the road each day. Nobody had an answer for her. In the end they \
        agreed to ask the county for money and to meet again in a month, which is what they had agreed the last time too.";

    fn why(text: &str) -> Option<Abstention> {
        let verdict = Detector::shipped().unwrap().examine(&Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        }));
        if verdict.machine.abstained.is_some() {
            assert_eq!(verdict.action, Action::Allow);
        }
        verdict.machine.abstained
    }

    #[test]
    fn ordinary_prose_is_judged() {
        assert_eq!(why(REPORT), None);
    }

    #[test]
    fn a_list_of_words_is_unfamiliar() {
        let words: Vec<&str> = REPORT.split_whitespace().filter(|word| word.len() > 5).collect();
        let list = format!("{}. ", words.join(" ").replace('.', "")).repeat(6);
        assert_eq!(why(&list), Some(Abstention::Unfamiliar));
    }

    #[test]
    fn one_sentence_over_and_over_is_unfamiliar() {
        let sentence = "The engineers had looked at each of the pillars of the bridge. ";
        assert_eq!(why(&sentence.repeat(40)), Some(Abstention::Unfamiliar));
    }

    #[test]
    fn somebody_elses_words_are_not_judged() {
        let quoted = format!("She read it to them: \"{REPORT}\" Then she sat down.");
        assert_eq!(why(&quoted), Some(Abstention::Quoted));
        let half = format!(
            "{REPORT} She said: \"{}\" Then she sat down.",
            REPORT.get(..REPORT.len() / 2).unwrap()
        );
        assert_eq!(why(&half), None);
    }

    #[test]
    fn verse_code_lists_tables_and_short_texts_are_not_judged() {
        let verse = "The river went by the mill at night\nAnd nobody heard it go\nThe miller had put out the only light\n\
                     And the water was black and slow\n";
        assert_eq!(why(&verse.repeat(6)), Some(Abstention::NotProse));
        let code = "fn mill(sacks: u32) -> u32 {\n    let flour = sacks * 2;\n    return flour;\n}\n\n";
        assert_eq!(why(&code.repeat(20)), Some(Abstention::NotProse));
        let list = "- four sacks of flour\n- the old timber of a bridge\n- what the county pays\n";
        assert_eq!(why(&list.repeat(20)), Some(Abstention::NotProse));
        let table = "pillar\tdepth\tstate\n1\t4.2\tsound\n2\t4.9\ttimber\n";
        assert_eq!(why(&table.repeat(20)), Some(Abstention::NotProse));
        assert_eq!(
            why("The council met on Tuesday. They were not pleased."),
            Some(Abstention::TooShort)
        );
        let foreign = "Der Müller verkaufte das Mehl an einen Bäcker, der es nicht bezahlen wollte. ";
        assert_eq!(why(&foreign.repeat(12)), Some(Abstention::Language));
    }
}
