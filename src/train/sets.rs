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
    /// Whether it trains; a set that only tests is told apart here, with the reason.
    pub trains: bool,
    /// Its label for the syndicated head, or `None` where that is not known.
    pub syndicated: Option<bool>,
    /// Most rows of each label in the feature tables.
    pub rows: usize,
    /// Whether half of its texts are cut at a random length, so that length says nothing and short texts are learnt too. Sets
    /// on which figures are promised stay whole.
    pub cut: bool,
}

/// Rows of most sets in the tables; enough for a set to be heard, few enough that none shouts.
const USUAL: usize = 500;
/// Rows of machine sets of many models.
const MANY: usize = 900;
/// Rows of the sets on which figures are promised.
const LARGE: usize = 2000;

const fn set(name: &'static str, fold: usize, rows: usize) -> Set {
    Set {
        name,
        fold,
        machine: true,
        trains: true,
        syndicated: Some(false),
        rows,
        cut: rows != LARGE,
    }
}

/// Wire copy and press releases: human to the machine head, positive to the syndicated head.
const fn wire(name: &'static str, fold: usize, rows: usize) -> Set {
    Set {
        syndicated: Some(true),
        ..set(name, fold, rows)
    }
}

/// News whose own share of wire copy nobody has counted.
const fn news(name: &'static str, fold: usize, rows: usize) -> Set {
    Set {
        syndicated: None,
        ..set(name, fold, rows)
    }
}

/// Machine text of a kind that would teach the wrong thing (generators before chat assistants, paraphrases of human text,
/// data-to-text): it tests only.
const fn test_only(name: &'static str, fold: usize) -> Set {
    Set {
        trains: false,
        ..set(name, fold, USUAL)
    }
}

/// Press releases that nobody has labelled human or machine: they serve the syndicated head only.
const fn releases(name: &'static str, fold: usize, rows: usize) -> Set {
    Set {
        machine: false,
        ..wire(name, fold, rows)
    }
}

/// Every set in use. Not used: `cheat_fusion` (human and machine sentences mixed), `rewrites` (derived from
/// `reuters_c50`), `clough_stevenson`, `mccormick_minhash`, `wikinews_sources` (made for reuse, not authorship),
/// `finance_pages_excerpts`, `fnspid_nasdaq_sample`, `robot_news_samples`, `template_location_pages` (unlabelled or
/// templates).
pub static SETS: &[Set] = &[
    set("detectrl_test", 0, LARGE),
    set("m4_llama2_test", 0, LARGE),
    wire("reuters21578", 0, LARGE),
    set("presidential_speeches", 0, USUAL),
    set("blogs_2004", 0, USUAL),
    set("outfox", 1, LARGE),
    wire("reuters_c50", 1, LARGE),
    set("gum", 1, USUAL),
    set("stackexchange_beer_coffee", 1, USUAL),
    set("hackenburg_persuasion_2024", 1, USUAL),
    set("llm_misinfo", 2, LARGE),
    set("politifact_pp", 2, USUAL),
    news("fakenewsnet_2018", 2, USUAL),
    news("fakenewscorpus_sample", 2, USUAL),
    news("allsides_news", 2, USUAL),
    set("lechmazur_debate_2026", 2, MANY),
    releases("newsramp_press", 2, MANY),
    set("raidar", 3, LARGE),
    wire("reuters_fin_2006_2013", 3, LARGE),
    set("litbank_novels", 3, USUAL),
    set("rexshijaku_essays", 3, USUAL),
    set("storybench_2025", 3, USUAL),
    news("cnn_dailymail_val", 4, LARGE),
    news("frank_cnndm_xsum", 4, USUAL),
    set("slop_score_modern", 4, MANY),
    set("creative_writing_bench_2025", 4, USUAL),
    set("eqbench_longform_2025", 4, USUAL),
    set("salesforce_creativity_2025", 4, USUAL),
    set("write_improve", 4, USUAL),
    set("gede_essays_2025", 5, MANY),
    set("ielts", 5, USUAL),
    set("argument_essays", 5, USUAL),
    set("herbold_essays", 5, USUAL),
    set("persuade", 5, USUAL),
    set("kaggle_train_essays", 5, USUAL),
    wire("ieer_newswire_1998", 5, USUAL),
    wire("prosecutor_press", 6, LARGE),
    set("masc", 6, USUAL),
    test_only("zippy_samples", 6),
    set("brown", 6, USUAL),
    set("cogfingerprint_2025", 6, MANY),
    set("fce", 6, USUAL),
    wire("ag_news_test", 6, USUAL),
    set("wildbench_v2_2024", 6, USUAL),
    set("authenticheck_asap", 7, USUAL),
    set("asap_nomask", 7, USUAL),
    set("hart_humanized", 7, USUAL),
    set("alpaca_eval_outputs", 7, USUAL),
    set("earnings_calls", 7, USUAL),
    set("imdb_reviews", 7, USUAL),
    set("iu_news_wiki", 7, USUAL),
    set("wikipedia_2022", 7, USUAL),
    set("frontier_train", 8, USUAL),
    set("siblings", 8, USUAL),
    set("arena_hard_answers", 8, USUAL),
    set("acl_abstracts", 8, USUAL),
    test_only("seqxgpt_doc", 8),
    set("amazon_reviews_2007", 8, USUAL),
    set("m4_discourse_subset", 8, USUAL),
    set("mixset", 9, USUAL),
    set("l2r_21domains_2024", 9, MANY),
    set("mgtbench_truthfulqa", 9, USUAL),
    set("kinit_disinfo_news", 9, USUAL),
    test_only("rotowire_acc", 9),
    test_only("para_lfqa_dipper", 9),
    test_only("uchendu2020_machine_news", 9),
    set("patient_leaflets", 9, USUAL),
    set("ewt_web", 9, USUAL),
    news("msv_web_news", 9, USUAL),
    news("scrapinghub_articles", 9, USUAL),
    set("opspam_hotels", 9, USUAL),
    set("fca_judgments", 9, USUAL),
    releases("press_release_linked", 9, USUAL),
];

/// SHA-256 of the list, so that a model names the split it was made with.
#[must_use]
pub fn digest() -> String {
    let lines: Vec<String> = SETS
        .iter()
        .map(|s| {
            format!(
                "{},{},{},{},{:?},{},{}",
                s.name, s.fold, s.machine, s.trains, s.syndicated, s.rows, s.cut
            )
        })
        .collect();
    hex(&Sha256::digest(lines.join("\n").as_bytes()))
}

/// Finds a set by name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Set> {
    SETS.iter().find(|set| set.name == name)
}
