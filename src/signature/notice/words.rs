//! The words that notices are made of, each list parted by spaces.

use std::sync::LazyLock;

use crate::document::{HashedMap, word_hash};

/// A list of words: its bit, and the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct List(u8, &'static str);

/// The lists that a word is on, a bit each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lists(u64);

impl Lists {
    /// Of a word in lower case.
    pub(super) fn of(word: &str) -> Self {
        // Programs are named after it: "NewsGPT".
        let word = if word.ends_with("gpt") { "gpt" } else { word };
        Self(TABLE.get(&word_hash(word)).copied().unwrap_or(0))
    }

    pub(super) fn has(self, list: List) -> bool {
        self.0 >> list.0 & 1 == 1
    }
}

impl FromIterator<Self> for Lists {
    /// The lists that any of the words is on.
    fn from_iter<I: IntoIterator<Item = Self>>(words: I) -> Self {
        Self(words.into_iter().fold(0, |all, word| all | word.0))
    }
}

/// By the word's hash.
static TABLE: LazyLock<HashedMap<u64>> = LazyLock::new(|| {
    let mut table = HashedMap::default();
    for list in ALL {
        for word in list.1.split(' ') {
            *table.entry(word_hash(word)).or_default() |= 1 << list.0;
        }
    }
    table
});

const ALL: &[List] = &[
    MACHINES,
    CUES,
    WRITERS,
    BEFORE,
    AFTER,
    GO_ON,
    TEXTS,
    LABELLED,
    HERE,
    NO_ADJECTIVE,
    AUX,
    ADVERBS,
    MADE,
    WRITTEN,
    WROTE,
    TO_WRITE,
    USED,
    WITH,
    HELP,
    PERSONS,
    PART,
    MAKES,
    MADE_BY,
    NOT_THE_TEXT,
    REPORTED,
    SUPPOSED,
    NOT,
    EDITED,
    PORTIONS,
    COVERS,
    ROLES,
    NO_NAME,
];

/// What machines are called. "Software engineers" and "AI companies" are none, see the reader.
pub(super) const MACHINES: List = List(
    0,
    "ai algorithm algorithms automation bot bots chatbot chatbots computer llm llms machine machines robot robots \
    software chatgpt claude copilot deepseek gemini gpt grok llama mistral openai perplexity qwen",
);
/// Besides [`MACHINES`], words of which a notice holds one.
pub(super) const CUES: List = List(
    1,
    "intelligence model models net network networks generator generators generation automated automatic automatically \
    algorithmically synthetically artificially auto synthetic artificial algorithmic generative program script programmed drafting authorship generated writing no nobody without human",
);
/// Two words that are a machine together.
pub(super) const PAIRS: &[(&str, &str)] = &[
    ("artificial", "intelligence agent agents"),
    ("language", "model models agent agents"),
    ("machine", "intelligence"),
    (
        "generative",
        "ai model models agent agents system systems engine software text",
    ),
    ("transformer", "model models"),
    ("neural", "net network networks"),
    (
        "text",
        "generator generators generation generating robot engine engines model models system systems",
    ),
    ("writing", "agent agents software program system tool tools"),
    ("automated", SYSTEMS),
    ("automatic", SYSTEMS),
    (
        "artificial",
        "author writer journalist reporter columnist correspondent",
    ),
    (
        "synthetic",
        "author writer journalist reporter columnist correspondent",
    ),
    ("computer", "program programs model script"),
    ("generating", "program programs system model engine software"),
];
/// Behind a role they show that its bearer is a machine: "an AI columnist" may be a person's beat, one "maintained by the Tide" is none.
pub(super) const OPERATED: &str = "maintained operated built licensed owned";
/// What is a machine when it is automated.
const SYSTEMS: &str = "system systems service services software process processes writer tool tools newsroom desk insights program programs engine \
    content publishing writing reporting journalism news bot platform technology pipeline";
/// Machines that write nothing but text, so that whatever they made is a text.
pub(super) const WRITERS: List = List(
    2,
    "chatgpt claude gpt gemini copilot qwen llm llms model models chatbot generator",
);
/// What may stand before a machine.
pub(super) const BEFORE: List = List(
    3,
    "a an the our its their my your own in house inhouse generative automated automatic autonomous large small \
    advanced proprietary custom modern new various several some editorial internal local open source s same one \
    newsroom company trained so called support helpdesk resident friendly little digital virtual conversational content house text publishing reporting writing article unnamed",
);
/// What a machine may also be called in full.
pub(super) const AFTER: List = List(
    4,
    "tool tools assistant assistants model models system systems agent agents writer writers writing service services \
    technology technologies engine engines bot bots algorithm algorithms software program generator platform \
    pipeline script help assistance support plus turbo mini pro opus sonnet haiku flash ultra chat app product \
    products api technique techniques powered driven based content helpdesk newsroom reporting journalism publishing moderator drafts desk persona prompt prompts",
);
/// What may follow a machine in the same part of a sentence; any other word makes it a part of something else.
pub(super) const GO_ON: List = List(
    5,
    "and or but then with without from for under using based before after that which whose who on to in at as by is \
    was were are has have had while trained rather instead via not only so because working running given fed of answers wired hooked licensed \
    prompted developed built created fine tuned acting made out assisted contributed helped turned operated maintained employed owned run kept paid received got signs instructed approved edited reviewed calls read took",
);
pub(super) const TEXTS: List = List(
    6,
    "article articles story stories post posts report reports piece pieces text texts content page pages column \
    columns review reviews newsletter analysis essay essays blog entry recap brief briefing bulletin notes copy \
    listing listings answer reply response comment description descriptions profile guide letter update alert \
    document words writing draft paper thesis assignment website message email write work item overview roundup \
    digest preview summary edition release statement tutorial lines paragraphs explainer op obituary bio faq log synopsis horoscope chapter chapters passage passages section sections sentence sentences blurb blurbs biography dissertation paragraph alerts quiz recipe announcement introduction forecast commentary newsletters feature features reviews press blogpost posting abstract notice manuscript summaries letters replies",
);
/// Texts by which a label begins: "Text generated by".
pub(super) const LABELLED: List = List(
    7,
    "text words copy article story content post report summary brief recap review page description newsletter",
);
/// What makes a text this one, behind it.
pub(super) const HERE: List = List(8, "above below here following");
/// Words that end a name for a text before it has come.
pub(super) const NO_ADJECTIVE: List = List(
    9,
    "a an the of in on at by with from was is were are has have had be been and or that which who she he they it we i \
    to his her for as year week month",
);
pub(super) const AUX: List = List(
    10,
    "is was are were has have had been being be got gets isn wasn aren weren hasn haven",
);
pub(super) const ADVERBS: List = List(
    11,
    "also in part parts whole first at least all then initially originally almost",
);
pub(super) const MADE: List = List(
    12,
    "written generated created produced drafted composed authored compiled prepared assembled crafted penned \
    ghostwritten rewritten typed made put built outlined spun churned cowritten developed formulated populated worded pieced stitched strung cobbled",
);
/// Of these only a text is the outcome.
pub(super) const WRITTEN: List = List(
    13,
    "written drafted composed authored penned ghostwritten rewritten cowritten typed",
);
pub(super) const WROTE: List = List(
    14,
    "generate create produce compose draft compile prepare wrote writes write generated generates created produced produces drafted drafts composed composes authored \
    compiled prepared penned crafted assembled ghostwrote put made built typed did filed pieced stitched",
);
/// Verbs of what a machine is used for.
pub(super) const TO_WRITE: List = List(
    15,
    "write writing draft drafting generate generating compose composing create creating produce producing prepare \
    preparing author authoring compile compiling craft crafting rewrite rewriting outline polish assemble making \
    make production creation preparation assist help",
);
/// Verbs that write with another word behind them: "set down", "worked out", "drawn up". Each with what follows it.
pub(super) const PHRASES: [(&str, &str); 5] = [
    ("set put jotted", "down"),
    ("worked turned dreamt dreamed", "out up"),
    ("drawn drew written wrote typed worked", "up"),
    ("pulled thrown knocked threw", "together"),
    ("banged hammered", "out"),
];
pub(super) const USED: List = List(
    16,
    "used use uses using employed relied relies asked had let enlisted utilized utilised leveraged",
);
pub(super) const WITH: List = List(17, "by with using through via from");
pub(super) const HELP: List = List(
    18,
    "the help aid assistance support use of from some little a heavy considerable input means assist",
);
pub(super) const PERSONS: List = List(
    19,
    "human humans person people journalist journalists author authors reporter reporters writer writers editor \
    editors one",
);
/// A person's part in a text.
pub(super) const PART: List = List(
    20,
    "wrote written involved part hand touched contributed drafted composed typed write penned",
);
pub(super) const MAKES: List = List(
    21,
    "ai machine computer algorithm bot robot chatgpt auto automatically algorithmically synthetically artificially gpt llm",
);
pub(super) const MADE_BY: List = List(
    22,
    "written generated authored composed produced drafted created assisted made compiled",
);
/// What else may be a machine's.
pub(super) const NOT_THE_TEXT: List = List(
    23,
    "art artwork audio caption captions chart charts cover drawing drawings graphic graphics headline headlines \
    illustration illustrations image images map maps narration photo photos photograph photographs picture pictures \
    portrait translated translation translations transcript transcription transcribed video videos voice voiceover \
    song music poem novel film avatar render subtitles",
);
/// Somebody else's words.
pub(super) const REPORTED: List = List(
    24,
    "said says say saying claim claims claimed claiming alleged alleges allegedly accused accuses told argued argues \
    admitted admits denied denies deny suspect suspects suspected believe believes reportedly critics court judge \
    rumour rumours rumor rumors confessed joked insisted insists thought thinks guess wonder wonders detect detector \
    detectors fooled fools fool proof prove suggest suggests suggested ban bans banned reject rejected forbid forbidden prohibited apologised \
    apologized false falsely untrue myth certain sure convinced looks look sounds sound seems seem feels feel reads \
    believed doubted refuse refuses refused supposedly purportedly",
);
/// Before what is said of the text, they leave it open or turn it round.
pub(super) const SUPPOSED: List = List(
    25,
    "could might may would should if whether unless cannot can suppose imagine pretend must will won when how never \
    unlike",
);
pub(super) const NOT: List = List(26, "not no none t nothing never hardly nor neither");
/// What shows that the outcome was a text: it can be edited.
pub(super) const EDITED: List = List(
    27,
    "edited proofread rewritten fact subedited reviewed oversight review",
);
/// Portions of a text.
pub(super) const PORTIONS: List = List(
    28,
    "part parts portion portions section sections passage passages paragraph paragraphs sentence sentences half most \
    some much all bulk majority percent text body draft drafts version wording words thirds quarter elements first rest information content everything anything",
);
/// What an author does, as a biography says it.
pub(super) const COVERS: List = List(
    29,
    "brings weighs cover covers covered follows followed watches watched looks keeps studies examines write writes report reports edits tracks contributes specialises specializes files writing covering reporting answers analyses analyzes summarises \
    summarizes explains compiles reviews",
);
pub(super) const ROLES: List = List(
    30,
    "author authors columnist columnists commentator contributor contributors correspondent correspondents editor editors journalist \
    journalists reporter reporters writer writers specialist analyst",
);
/// Capitalised words that begin no name.
pub(super) const NO_NAME: List = List(
    31,
    "a an the this these that our in on at by for from with as if all no yes not note editorial disclosure transparency articles \
    stories texts reports writing written contributor author about he she it they his her their you i we nobody before having",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_a_bit_of_its_own() {
        for (list, bit) in ALL.iter().zip(0..) {
            assert_eq!(list.0, bit);
            assert!(
                list.1
                    .split(' ')
                    .all(|word| Lists::of(word).has(*list) && !word.is_empty())
            );
        }
    }
}
