//! What stands on a page beside a text and is not its own: a reader's comment, the headline of another article.
//!
//! "This article was written by ChatGPT" below "3 comments" is an accusation by somebody who read it, and below "Read next" it is
//! what another article is called. Neither says anything that the author said.

use std::ops::Range;

/// Beginnings of lines above or before the headlines of other articles.
const OTHERS: &[&str] = &[
    "related",
    "read next",
    "read more",
    "read also",
    "also read",
    "more",
    "most read",
    "most popular",
    "see also",
    "you may also like",
    "you might also like",
    "recommended",
    "trending",
    "popular",
    "latest",
    "up next",
    "keep reading",
    "further reading",
];
/// What may stand behind one of them, and nothing else.
const NOUNS: &[&str] = &[
    "",
    "articles",
    "stories",
    "posts",
    "news",
    "reads",
    "reading",
    "coverage",
    "headlines",
    "links",
    "story",
    "article",
    "now",
    "for you",
];
/// Lines with which a page speaks for itself again, alone or before a colon.
const PAGE: &[&str] = &[
    "disclaimer",
    "disclosure",
    "editor's note",
    "editors' note",
    "note",
    "note to readers",
    "about the author",
    "about this article",
    "about us",
    "copyright",
];
/// Lines where nobody has left a comment begin so.
const NOBODY: &[&str] = &["no comments", "0 comments", "be the first to"];
/// Most words of "from the Herald" behind one.
const FROM_WORDS: usize = 5;
/// Most headlines below a line of [`OTHERS`] that are looked back over.
const HEADLINES: usize = 12;
/// Most bytes of a headline.
const HEADLINE: usize = 200;
/// Most bytes of a heading.
const HEADING: usize = 60;
/// Fewest words of a text above its comments.
const BODY_WORDS: usize = 30;

/// Where readers' comments stand in a text: below a heading for them with a text above it, up to where the page speaks for itself
/// again; empty if nobody has left one. Cost: linear in the text.
pub(super) fn comments(text: &str) -> Range<usize> {
    let (mut words, mut start) = (0, None);
    let mut at = 0;
    for line in text.split('\n') {
        let below = at + line.len();
        if line.len() <= HEADING {
            let line = bare(line);
            match start {
                None if words >= BODY_WORDS && heads_comments(&line) => start = Some(below),
                Some(_) if NOBODY.iter().any(|nobody| line.starts_with(nobody)) => return 0..0,
                Some(from) if speaks_for_itself(&line) => return from..at,
                _ => {}
            }
        } else if let Some(from) = start
            && speaks_for_itself(&bare(line.get(..line.floor_char_boundary(HEADING)).unwrap_or("")))
        {
            return from..at;
        }
        if start.is_none() {
            words += line.split_whitespace().count();
        }
        at = below + 1;
    }
    start.map_or(0..0, |from| from..text.len())
}

/// In lower case, without marks around it.
fn bare(line: &str) -> String {
    line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether a line, bare, begins with a word of [`PAGE`], alone or before a colon.
fn speaks_for_itself(line: &str) -> bool {
    let rest = |word: &&str| line.strip_prefix(*word);
    PAGE.iter()
        .filter_map(rest)
        .any(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Whether a line, bare, stands over comments: "3 comments", "comments (12", "readers' comments".
fn heads_comments(line: &str) -> bool {
    let number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words = line.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty() && *word != "s").collect();
    let digits = words.iter().take_while(|word| number(word)).count();
    let rest = match words.split_at_checked(digits) {
        Some((["0"], _)) | None => return false,
        Some((_, ["reader" | "readers", rest @ ..] | rest)) => rest,
    };
    matches!(rest, ["comment" | "comments", behind @ ..] if behind.iter().all(number))
}

/// Whether what stands at a range of a text is another article's headline: a line without a full stop, behind or below a word for
/// other articles.
pub(super) fn headline(text: &str, (start, end): (usize, usize)) -> bool {
    let first = text.floor_char_boundary(start.saturating_sub(HEADLINE));
    let last = text.ceil_char_boundary((end + HEADLINE).min(text.len()));
    let (Some(before), Some(behind)) = (text.get(first..start), text.get(end..last)) else {
        return false;
    };
    let from = before
        .rfind('\n')
        .map(|at| first + at + 1)
        .or((first == 0).then_some(0));
    let to = behind
        .find('\n')
        .map(|at| end + at)
        .or((last == text.len()).then_some(last));
    let (Some(from), Some(to)) = (from, to) else {
        return false;
    };
    let line = text.get(from..to).unwrap_or("");
    // "Read next: ..."; a sentence that was found may begin with the label.
    if let Some((label, rest)) = line.split_once([':', '|', '>']) {
        let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if (start == from || line.len() - next.len() + from == start) && heads_others(label) {
            return true;
        }
    }
    if !is_headline(line) || speaks_for_itself(&bare(line)) {
        return false;
    }
    // The headlines stand close together, below the heading or a gap from it.
    let mut gap = false;
    let above = text.get(..from).unwrap_or("").strip_suffix('\n').unwrap_or("");
    for line in above.rsplit('\n').take(HEADLINES) {
        match line.trim().is_empty() {
            true if gap => return false,
            true => gap = true,
            false if heads_others(line) => return true,
            false if gap || !is_headline(line) => return false,
            false => {}
        }
    }
    false
}

/// Whether a line is short and has no full stop.
fn is_headline(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || "*_)]\"'".contains(c));
    line.len() <= HEADLINE && !line.ends_with(['.', '!', ';'])
}

/// Whether a line announces other articles and says nothing else.
fn heads_others(line: &str) -> bool {
    if line.len() > HEADING || line.trim_end().ends_with('.') {
        return false;
    }
    let line = bare(line);
    let rest = |words: &&str| line.strip_prefix(*words);
    let from = |rest: &str| rest.starts_with(" from ") && rest.split_whitespace().count() <= FROM_WORDS;
    let only = |rest: &str| NOUNS.contains(&rest.trim()) || from(rest);
    OTHERS.iter().filter_map(rest).any(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: &str = "This article was written by ChatGPT";
    const BODY: &str = "The ferry was late again on Tuesday, and nobody at the quay could say why. It left at noon with half of the \
        crew, and came back at four with none of the letters that it was sent for.";

    fn at(text: &str) -> (usize, usize) {
        let start = text.find(CLAIM).unwrap();
        (start, start + CLAIM.len())
    }

    fn is_comment(below: &str) -> bool {
        let text = format!("{BODY}\n\n{below}");
        comments(&text).contains(&at(&text).0)
    }

    #[test]
    fn a_readers_comment_is_not_the_authors_word() {
        for below in [
            "Comments (12)\n\nOdd: Nice.\n\nNela: This article was written by ChatGPT.",
            "Comments\n\nOdd: This article was written by ChatGPT.",
            "3 Comments\n\nOdd\n2 hours ago\nThis article was written by ChatGPT.\n\nView all 20 comments",
            "1,204 comments\n\nNoted, thanks.\nAbout time!\nThis article was written by ChatGPT.",
            "Readers' comments\n\nThis article was written by ChatGPT. Shame on you!",
        ] {
            assert!(is_comment(below), "{below}");
        }
        for below in [
            "Comments\n\nThis article was written by ChatGPT.\n\nAdd a comment\nNo comments",
            "Comments\nNo comments yet\n\nThis article was written by ChatGPT.",
            "0 comments\n\nThis article was written by ChatGPT.",
            "Leave a comment\n\nThis article was written by ChatGPT.",
            "Comments\n\nOdd: Nice.\n\nDisclosure\nThis article was written by ChatGPT.",
            "Comments\n\nOdd: Nice.\n\nNote: This article was written by ChatGPT.",
            "Comments on the ferry\n\nThis article was written by ChatGPT.",
            "12 comment cards\n\nThis article was written by ChatGPT.",
            "She had no comments.\n\nThis article was written by ChatGPT.",
        ] {
            assert!(!is_comment(below), "{below}");
        }
        // The number of comments under the title is no heading of theirs.
        let text = format!("The ferry\n3 Comments\n\n{BODY} {CLAIM}.");
        assert_eq!(comments(&text), 0..0);
    }

    #[test]
    fn another_articles_headline_is_not_the_authors_word() {
        let is = |below: &str| {
            let text = format!("{BODY}\n\n{below}");
            headline(&text, at(&text))
        };
        for below in [
            "Related: This article was written by ChatGPT",
            "More from the Herald:\n- This article was written by ChatGPT",
            "Read next: \"This article was written by ChatGPT.\"",
            "Related articles\n\nThis article was written by ChatGPT\nHow we built a bridge",
            "**You may also like**\n\n- How we built a bridge\n- This article was written by ChatGPT",
        ] {
            assert!(is(below), "{below}");
        }
        for below in [
            "Related articles\n\nHow we built a bridge\n\nThis article was written by ChatGPT.",
            "Related articles\nHow we built a bridge\n\nThis article was written by ChatGPT",
            "Related articles\nDisclosure: This article was written by ChatGPT",
            "Latest figures are kept.\n\nThis article was written by ChatGPT",
            "Latest from the quay: it is late. This article was written by ChatGPT.",
            "Read more about our policy: This article was written by ChatGPT.",
            "Related disclosure: This article was written by ChatGPT.",
            "This article was written by ChatGPT",
            "Note: This article was written by ChatGPT",
        ] {
            assert!(!is(below), "{below}");
        }
    }
}
