//! Cheap questions that spare most lines the patterns of site furniture. Each says `true` for every line that a pattern of its
//! rule matches; a test makes such lines up.

/// Whether a text begins with one of `words`, in whatever case.
pub(super) fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.as_bytes()
            .get(..word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
    })
}

/// Whether a (short) text holds one of `words`, in whatever case.
fn holds(text: &str, words: &[&str]) -> bool {
    // Place by place and not word by word: most places begin no word.
    (text.as_bytes().iter().zip(0..)).any(|(byte, at)| {
        let lower = byte.to_ascii_lowercase();
        words.iter().any(|word| {
            word.as_bytes().first() == Some(&lower)
                && text
                    .as_bytes()
                    .get(at..at + word.len())
                    .is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
        })
    })
}

pub(super) fn promotion(text: &str) -> bool {
    const BEGIN: &[&str] = &[
        "subscribe",
        "sign ",
        "log",
        "register",
        "share",
        "tweet",
        "pin",
        "e-mail",
        "email",
        "print",
        "save",
        "read",
        "see",
        "view",
        "load",
        "show",
        "also",
        "you m",
        "continue",
        "ad",
        "sponsored",
        "promoted",
        "story",
        "article",
        "latest",
        "related",
        "recommended",
        "trending",
        "popular",
        "more",
        "top",
        "most",
        "follow",
        "like us",
        "find us",
        "join",
        "stay",
        "get ",
        "(c)",
        "copyright",
        "we use",
        "this ",
        "accept",
        "privacy",
        "terms",
        "home",
        "menu",
        "search",
        "skip",
        "back to",
        "click",
        "download",
        "speaker",
        "listen",
        "audio",
        "video",
        "photo",
        "image",
        "picture",
        "watch",
        "gallery",
        "ai",
        "machine",
        "key ",
        "in brief",
        "at a",
        "tl",
        "summary",
        "forward",
        "cautionary",
        "safe",
        "disclaimer",
        "disclosure",
    ];
    const HOLD: &[&str] = &[
        "inbox",
        "newsletter",
        "subscribe",
        "sign up",
        "all rights",
        "now playing",
        "summary",
    ];
    text.starts_with('\u{a9}') || begins(text, BEGIN) || holds(text, HOLD)
}

pub(super) fn byline(text: &str) -> bool {
    const BEGIN: &[&str] = &[
        "additional",
        "reporting",
        "writing",
        "editing",
        "compiled",
        "edited",
        "translated",
        "written",
        "posted",
        "published",
        "reviewed",
        "generated",
        "produced",
        "updated",
        "last",
        "first",
        "media",
        "press",
        "investor",
        "news",
        "contact",
        " ",
        "inquiries",
        "relations",
        "tel",
        "phone",
        "fax",
        "e-mail",
        "email",
        "web",
        "source",
        "editor",
    ];
    begins(text.trim_start_matches(['(', '[']), BEGIN)
}

pub(super) fn date(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

pub(super) fn comments(text: &str) -> bool {
    holds(text, &["comment", "reply"])
}

pub(super) fn bio(text: &str) -> bool {
    const BEGIN: &[&str] = &[
        "about",
        "author",
        "writer",
        "the author",
        "the writer",
        "ai ",
        "a.i.",
        "artificial",
        "delivering",
        "bringing",
        "providing",
        "covering",
        "sharing",
        "offering",
    ];
    const HOLD: &[&str] = &[
        "report",
        "writer",
        "journalist",
        "editor",
        "correspondent",
        "columnist",
        "contributor",
        "freelancer",
        "author",
        "analyst",
        "professor",
        "fellow",
        "blogger",
        "agent",
        "covers",
        "writes ",
        "has covered",
        "has written",
        "ts audience",
        "ts stance",
    ];
    begins(text, BEGIN) || HOLD.iter().any(|word| text.contains(word))
}

pub(super) fn references(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| matches!(c, '*' | '_' | '#') || c.is_whitespace());
    begins(
        text,
        &[
            "source",
            "references",
            "bibliography",
            "works",
            "citations",
            "further",
        ],
    )
}
