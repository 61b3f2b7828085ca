//! Kinds of human text.

/// Kinds of human text: false alarms are averaged over them, so that no kind is drowned by a larger one. A set in none is
/// too mixed or too small to speak for one.
pub static KINDS: &[(&str, &[&str])] = &[
    (
        "news",
        &[
            "reuters21578",
            "reuters_c50",
            "reuters_fin_2006_2013",
            "cnn_dailymail_val",
            "allsides_news",
            "msv_web_news",
            "scrapinghub_articles",
            "frank_cnndm_xsum",
            "ieer_newswire_1998",
            "fakenewsnet_2018",
            "fakenewscorpus_sample",
            "ag_news_test",
            "llm_misinfo",
            "politifact_pp",
        ],
    ),
    (
        "student essays",
        &[
            "persuade",
            "asap_nomask",
            "outfox",
            "kaggle_train_essays",
            "authenticheck_asap",
        ],
    ),
    (
        "second-language essays",
        &[
            "fce",
            "write_improve",
            "ielts",
            "argument_essays",
            "gede_essays_2025",
            "rexshijaku_essays",
            "herbold_essays",
        ],
    ),
    ("abstracts", &["acl_abstracts"]),
    (
        "reviews",
        &["amazon_reviews_2007", "opspam_hotels", "imdb_reviews"],
    ),
    (
        "forum and blogs",
        &[
            "blogs_2004",
            "stackexchange_beer_coffee",
            "ewt_web",
            "cogfingerprint_2025",
        ],
    ),
    (
        "press releases and calls",
        &["prosecutor_press", "earnings_calls"],
    ),
    (
        "legal, medical, speeches",
        &["fca_judgments", "patient_leaflets", "presidential_speeches"],
    ),
    (
        "fiction",
        &["litbank_novels", "brown", "salesforce_creativity_2025"],
    ),
    ("reference and mixed", &["gum", "wikipedia_2022", "masc"]),
];
