//! How the rows of a set are dealt to folds.

use super::{FOLDS, Set, Split};

impl Set {
    /// Fold of a row of this set.
    #[must_use]
    pub fn fold(&self, generator: &str, domain: &str) -> usize {
        match self.split {
            Split::Whole(fold) => fold,
            Split::Maker => maker(generator) % FOLDS,
            Split::Genre(start) => (start + genre(domain)) % FOLDS,
        }
    }
}

/// Makers of models by a part of their models' names, most specific first.
pub static MAKERS: &[&[&str]] = &[
    &["claude"],
    &["gpt", "o3"],
    &["gemini", "gemma"],
    &["deepseek"],
    &["qwen", "qwq"],
    &["kimi"],
    &["glm"],
    &["mistral"],
    &["minimax", "seed", "hy3"],
    &["llama"],
    &["grok"],
    &["mimo", "ernie"],
];

/// Index of the maker of a model by its name; one more than there are for an unknown one.
#[must_use]
pub fn maker(generator: &str) -> usize {
    let name = generator.to_lowercase();
    MAKERS
        .iter()
        .position(|parts| parts.iter().any(|part| name.contains(part)))
        .unwrap_or(MAKERS.len())
}

/// Groups of genres by words in their names; what is in none is a group of its own.
pub static GENRES: &[&[&str]] = &[
    &[
        "news",
        "wire",
        "court",
        "council",
        "obituar",
        "sport",
        "weather",
        "politics",
        "interest",
        "transport",
        "affairs",
        "culture",
        "agriculture",
        "football",
        "earnings",
        "market",
        "stock",
        "crypto",
    ],
    &["essay", "statement", "speech", "letter", "student", "debate"],
    &[
        "review",
        "forum",
        "answer",
        "explainer",
        "eli5",
        "email",
        "linkedin",
        "blog",
        "listicle",
        "how-to",
        "seo",
        "travel",
        "reddit",
        "advice",
    ],
    &[
        "story",
        "fiction",
        "opinion",
        "column",
        "feature",
        "encyclop",
        "scene",
        "rewrite",
        "paraphrase",
    ],
    &[
        "abstract",
        "research",
        "technical",
        "biomed",
        "introduction",
        "textbook",
    ],
];

/// Index of the group of genres by a domain's name; one more than there are for one in none.
#[must_use]
pub fn genre(domain: &str) -> usize {
    let name = domain.to_lowercase();
    GENRES
        .iter()
        .position(|words| words.iter().any(|word| name.contains(word)))
        .unwrap_or(GENRES.len())
}
