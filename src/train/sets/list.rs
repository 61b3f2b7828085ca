//! The sets.

use super::{CURRENT, EARLY, Origin, RECENT, Set, Split};

/// Rows of most sets in the tables; enough for a set to be heard, few enough that none shouts.
const USUAL: usize = 180;
/// Rows of machine sets of many models.
const MANY: usize = 300;
/// Rows of the sets on which figures are promised.
const LARGE: usize = 550;
/// Every row: small sets of the newest machines.
pub const ALL: usize = 5000;

const fn set(name: &'static str, fold: usize, rows: usize) -> Set {
    Set {
        name,
        split: Split::Whole(fold),
        machine: true,
        trains: true,
        family: EARLY,
        syndicated: Some(false),
        rows,
        cut: rows != LARGE,
        originals: None,
        own: false,
    }
}

/// A set whose machine texts are by models of 2025 and 2026.
const fn recent(name: &'static str, fold: usize, rows: usize) -> Set {
    Set {
        family: RECENT,
        ..set(name, fold, rows)
    }
}

/// Texts of a current assistant.
const fn current(name: &'static str, split: Split) -> Set {
    Set {
        family: CURRENT,
        split,
        ..set(name, 0, ALL)
    }
}

/// Wire copy and press releases: human to the machine axis, positive to the syndicated head.
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

/// Every set in use. Not used: `cheat_fusion` (human and machine sentences mixed), `clough_stevenson`, `mccormick_minhash`, `wikinews_sources` (made for reuse, not authorship),
/// `finance_pages_excerpts`, `fnspid_nasdaq_sample`, `robot_news_samples`, `template_location_pages` (unlabelled or
/// templates).
pub static SETS: &[Set] = &[
    set("detectrl_test", 0, LARGE),
    set("presidential_speeches", 0, USUAL),
    set("blogs_2004", 0, USUAL),
    set("hackenburg_persuasion_2024", 0, USUAL),
    recent("storybench_2025", 0, USUAL),
    set("outfox", 1, LARGE),
    wire("reuters_fin_2006_2013", 1, LARGE),
    set("gum", 1, USUAL),
    set("stackexchange_beer_coffee", 1, USUAL),
    set("arena_hard_answers", 1, USUAL),
    set("acl_abstracts", 1, USUAL),
    set("llm_misinfo", 2, LARGE),
    recent("eqbench_longform_2025", 2, USUAL),
    set("write_improve", 2, USUAL),
    set("asap_nomask", 2, USUAL),
    set("earnings_calls", 2, USUAL),
    // In one fold with the wire stories of which its news passages are parts.
    Set {
        originals: Some(Origin {
            sets: &["reuters_c50"],
            domain: Some("news-sent"),
        }),
        ..set("raidar", 3, LARGE)
    },
    wire("reuters_c50", 3, LARGE),
    set("litbank_novels", 3, USUAL),
    recent("slop_score_modern", 3, MANY),
    set("herbold_essays", 3, USUAL),
    test_only("seqxgpt_doc", 3),
    releases("newsramp_press", 4, MANY),
    news("cnn_dailymail_val", 4, LARGE),
    recent("creative_writing_bench_2025", 4, USUAL),
    set("kaggle_train_essays", 4, USUAL),
    set("brown", 4, USUAL),
    set("authenticheck_asap", 4, USUAL),
    set("mixset", 4, LARGE),
    set("patient_leaflets", 4, USUAL),
    news("allsides_news", 5, USUAL),
    // Before the sets that hold its originals, and in one fold with them: of a text that stands in several sets, the first stays.
    Set {
        originals: Some(Origin {
            sets: &["argument_essays", "ielts"],
            domain: None,
        }),
        ..set("gede_essays_2025", 5, LARGE)
    },
    set("argument_essays", 5, USUAL),
    set("ielts", 5, USUAL),
    wire("prosecutor_press", 5, LARGE),
    set("wildbench_v2_2024", 5, USUAL),
    set("m4_discourse_subset", 5, LARGE),
    test_only("rotowire_acc", 5),
    wire("reuters21578", 6, LARGE),
    recent("salesforce_creativity_2025", 6, USUAL),
    set("masc", 6, USUAL),
    set("fce", 6, USUAL),
    set("iu_news_wiki", 6, LARGE),
    set("amazon_reviews_2007", 6, USUAL),
    set("rexshijaku_essays", 7, USUAL),
    news("frank_cnndm_xsum", 7, USUAL),
    set("persuade", 7, USUAL),
    set("l2r_21domains_2024", 7, LARGE),
    set("mgtbench_truthfulqa", 7, USUAL),
    set("ewt_web", 7, USUAL),
    set("fca_judgments", 7, USUAL),
    news("fakenewsnet_2018", 8, USUAL),
    wire("ieer_newswire_1998", 8, USUAL),
    test_only("zippy_samples", 8),
    recent("cogfingerprint_2025", 8, LARGE),
    set("imdb_reviews", 8, USUAL),
    set("kinit_disinfo_news", 8, USUAL),
    test_only("para_lfqa_dipper", 8),
    news("msv_web_news", 8, USUAL),
    releases("press_release_linked", 8, USUAL),
    set("m4_llama2_test", 9, LARGE),
    set("politifact_pp", 9, USUAL),
    news("fakenewscorpus_sample", 9, USUAL),
    wire("ag_news_test", 9, USUAL),
    set("hart_humanized", 9, USUAL),
    set("alpaca_eval_outputs", 9, USUAL),
    set("wikipedia_2022", 9, USUAL),
    test_only("uchendu2020_machine_news", 9),
    news("scrapinghub_articles", 9, USUAL),
    set("opspam_hotels", 9, USUAL),
    Set {
        split: Split::Maker,
        ..recent("lechmazur_debate_2026", 0, MANY)
    },
    current("frontier_train", Split::Genre(0)),
    current("rewrites", Split::Whole(6)),
    current("siblings", Split::Whole(7)),
    Set {
        own: true,
        ..current("assistant_2026", Split::Genre(4))
    },
];

/// Sets of human text that no model is trained on; the evaluations of parts and attacks draw on them.
pub static UNUSED: &[Set] = &[
    test_only("mccormick_minhash", 0),
    test_only("wikinews_sources", 0),
];
