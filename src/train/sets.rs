//! Which data sets are used, for what, and in which fold.
//!
//! Whole sets are left out together: sets that share texts, prompts or makers stand in one fold, so that a
//! left-out score is a score on texts, topics and collections that the model has not seen.

use sha2::{Digest, Sha256};

use crate::model::hex;

/// Number of folds.
pub const FOLDS: usize = 10;

/// How a set is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// Name: the file is `NAME.jsonl.gz`.
    pub name: &'static str,
    /// Fold, below [`FOLDS`].
    pub fold: usize,
    /// Whether its human and machine rows train and test the machine head.
    pub machine: bool,
    /// Its label for the syndicated head, or `None` where that is not known.
    pub syndicated: Option<bool>,
    /// Most rows taken of each label.
    pub cap: usize,
}

const fn set(name: &'static str, fold: usize, cap: usize) -> Set {
    Set { name, fold, machine: true, syndicated: Some(false), cap }
}

/// Wire copy and press releases: human to the machine head, positive to the syndicated head.
const fn wire(name: &'static str, fold: usize, cap: usize) -> Set {
    Set { name, fold, machine: true, syndicated: Some(true), cap }
}

/// News whose own share of wire copy nobody has counted.
const fn news(name: &'static str, fold: usize, cap: usize) -> Set {
    Set { name, fold, machine: true, syndicated: None, cap }
}

/// Rows of most sets; enough for a set to be heard, few enough that none shouts.
const USUAL: usize = 1000;
/// Rows of the sets whose false-alarm share is reported to a tenth of a per cent.
const LARGE: usize = 3000;
/// Machine sets of many models.
const MANY: usize = 1500;

/// Every set in use. Not used: `cheat_fusion` (human and machine sentences mixed), `rewrites` (derived from
/// `reuters_c50`), `clough_stevenson`, `mccormick_minhash`, `wikinews_sources` (made for reuse, not authorship),
/// `finance_pages_excerpts`, `fnspid_nasdaq_sample`, `robot_news_samples`, `template_location_pages` (unlabelled or
/// templates).
pub static SETS: &[Set] = &[
    set("detectrl_test", 0, LARGE),
    set("m4_llama2_test", 0, USUAL),
    set("mixset", 0, USUAL),
    wire("reuters21578", 0, LARGE),
    set("outfox", 1, LARGE),
    set("persuade", 1, USUAL),
    set("kaggle_train_essays", 1, USUAL),
    set("asap_nomask", 1, USUAL),
    set("authenticheck_asap", 1, USUAL),
    wire("reuters_c50", 1, LARGE),
    set("llm_misinfo", 2, LARGE),
    set("politifact_pp", 2, USUAL),
    news("fakenewsnet_2018", 2, USUAL),
    news("allsides_news", 2, USUAL),
    news("fakenewscorpus_sample", 2, USUAL),
    wire("reuters_fin_2006_2013", 3, LARGE),
    set("raidar", 3, LARGE),
    set("iu_news_wiki", 3, USUAL),
    set("uchendu2020_machine_news", 3, USUAL),
    set("wikipedia_2022", 3, USUAL),
    news("cnn_dailymail_val", 4, LARGE),
    news("frank_cnndm_xsum", 4, USUAL),
    set("slop_score_modern", 4, MANY),
    set("creative_writing_bench_2025", 4, USUAL),
    set("eqbench_longform_2025", 4, USUAL),
    set("storybench_2025", 4, USUAL),
    set("salesforce_creativity_2025", 4, USUAL),
    set("litbank_novels", 4, USUAL),
    set("gede_essays_2025", 5, MANY),
    set("ielts", 5, USUAL),
    set("argument_essays", 5, USUAL),
    set("herbold_essays", 5, USUAL),
    set("rexshijaku_essays", 5, USUAL),
    set("fce", 5, USUAL),
    set("write_improve", 5, USUAL),
    set("hackenburg_persuasion_2024", 5, USUAL),
    wire("prosecutor_press", 6, LARGE),
    set("masc", 6, USUAL),
    set("zippy_samples", 6, USUAL),
    set("brown", 6, USUAL),
    set("gum", 6, USUAL),
    set("cogfingerprint_2025", 6, MANY),
    set("l2r_21domains_2024", 6, MANY),
    set("imdb_reviews", 6, USUAL),
    set("amazon_reviews_2007", 6, USUAL),
    set("lechmazur_debate_2026", 7, MANY),
    set("hart_humanized", 7, USUAL),
    set("alpaca_eval_outputs", 7, USUAL),
    set("earnings_calls", 7, USUAL),
    set("fca_judgments", 7, USUAL),
    set("blogs_2004", 7, USUAL),
    wire("ag_news_test", 7, USUAL),
    set("frontier_train", 8, USUAL),
    set("siblings", 8, USUAL),
    set("wildbench_v2_2024", 8, USUAL),
    set("arena_hard_answers", 8, USUAL),
    set("stackexchange_beer_coffee", 8, USUAL),
    set("acl_abstracts", 8, USUAL),
    set("presidential_speeches", 8, USUAL),
    set("seqxgpt_doc", 8, USUAL),
    set("mgtbench_truthfulqa", 9, USUAL),
    set("kinit_disinfo_news", 9, USUAL),
    set("rotowire_acc", 9, USUAL),
    set("para_lfqa_dipper", 9, USUAL),
    set("patient_leaflets", 9, USUAL),
    set("ewt_web", 9, USUAL),
    news("msv_web_news", 9, USUAL),
    news("scrapinghub_articles", 9, USUAL),
    set("opspam_hotels", 9, USUAL),
    wire("ieer_newswire_1998", 9, USUAL),
    set("m4_discourse_subset", 9, USUAL),
    Set { name: "newsramp_press", fold: 2, machine: false, syndicated: Some(true), cap: MANY },
    Set { name: "press_release_linked", fold: 9, machine: false, syndicated: Some(true), cap: USUAL },
];

/// SHA-256 of the list, so that a model names the split it was made with.
#[must_use]
pub fn digest() -> String {
    let lines: Vec<String> = SETS
        .iter()
        .map(|s| format!("{},{},{},{:?},{}", s.name, s.fold, s.machine, s.syndicated, s.cap))
        .collect();
    hex(&Sha256::digest(lines.join("\n").as_bytes()))
}

/// Finds a set by name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Set> {
    SETS.iter().find(|set| set.name == name)
}
