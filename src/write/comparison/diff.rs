//! Two passages beside each other: which words differ, and a figure inside its sentence.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Words of a passage that are compared with each other; what lies beyond is not shown. Keeps the worst case of
/// the comparison (the product of both lengths) in the milliseconds.
const MOST_COMPARED: usize = 2_000;

/// A run of words that agrees with the other side, or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its words, single-spaced.
    pub text: String,
    /// Whether the other side has something else here.
    pub differs: bool,
}

/// Both sides of a passage, and how many words of each are left out at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The runs of each side.
    pub runs: [Vec<Run>; 2],
    /// Words not shown of each side.
    pub more: [usize; 2],
}

/// A word as it counts for the comparison: without case and outer punctuation.
fn key(word: &str) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() { word } else { bare }.to_lowercase()
}

fn push(runs: &mut Vec<Run>, words: &[&str], differs: bool) {
    if words.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some(last) if last.differs == differs => {
            last.text.push(' ');
            last.text.push_str(&words.join(" "));
        }
        _ => runs.push(Run {
            text: words.join(" "),
            differs,
        }),
    }
}

/// Compares two passages word by word (Myers 1986) and keeps about the first `most` words.
pub fn sides(a: &str, b: &str, most: usize) -> Sides {
    let words = [a, b].map(|text| text.split_whitespace().collect::<Vec<&str>>());
    let [all_a, all_b] = &words;
    let (in_a, in_b) = (
        all_a.get(..MOST_COMPARED.min(all_a.len())).unwrap_or_default(),
        all_b.get(..MOST_COMPARED.min(all_b.len())).unwrap_or_default(),
    );
    let keys = [in_a, in_b].map(|side| side.iter().map(|word| key(word)).collect::<Vec<String>>());
    let mut runs = [Vec::new(), Vec::new()];
    let mut shown = [0, 0];
    for op in capture_diff_slices(Algorithm::Myers, &keys[0], &keys[1]) {
        let (old, new) = (op.old_range(), op.new_range());
        let differs = !matches!(op, DiffOp::Equal { .. });
        let room = most.saturating_sub(shown[0].max(shown[1]));
        if room == 0 {
            break;
        }
        for (side, (all, range)) in [(in_a, old), (in_b, new)].into_iter().enumerate() {
            let end = range.end.min(range.start.saturating_add(room));
            let part = all.get(range.start..end).unwrap_or_default();
            if let (Some(runs), Some(shown)) = (runs.get_mut(side), shown.get_mut(side)) {
                push(runs, part, differs);
                *shown += part.len();
            }
        }
    }
    Sides {
        runs,
        more: [all_a.len() - shown[0], all_b.len() - shown[1]],
    }
}

/// A sentence cut around the first place where the figure stands by itself in it; `None` where it does not.
pub fn around<'a>(sentence: &'a str, surface: &str) -> Option<(&'a str, &'a str, &'a str)> {
    if surface.is_empty() {
        return None;
    }
    let parts = |at: usize| {
        let (before, rest) = sentence.split_at_checked(at)?;
        let (inside, after) = rest.split_at_checked(surface.len())?;
        Some((before, inside, after))
    };
    // "30 %" is not the figure of "130 %".
    let alone = |before: &str, after: &str| {
        let digit = |c: char| c.is_ascii_digit();
        let runs_on = before.ends_with(digit) && surface.starts_with(digit);
        let goes_on = after.starts_with(digit) && surface.ends_with(digit);
        !(runs_on || goes_on)
    };
    let mut places = sentence.match_indices(surface).filter_map(|(at, _)| parts(at));
    let first = places.next()?;
    if alone(first.0, first.2) {
        return Some(first);
    }
    Some(
        places
            .find(|(before, _, after)| alone(before, after))
            .unwrap_or(first),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(runs: &[Run]) -> String {
        runs.iter()
            .map(|run| {
                if run.differs {
                    format!("[{}]", run.text)
                } else {
                    run.text.clone()
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn changed_words_are_told_and_case_and_commas_are_not() {
        let found = sides(
            "The mill said, on Monday, that output rose",
            "The mill reported on monday that its output rose",
            100,
        );
        assert_eq!(
            shown(&found.runs[0]),
            "The mill [said,] on Monday, that output rose"
        );
        assert_eq!(
            shown(&found.runs[1]),
            "The mill [reported] on monday that [its] output rose"
        );
        assert_eq!(found.more, [0, 0]);
    }

    #[test]
    fn long_passages_are_cut_and_counted() {
        let long = "word ".repeat(50);
        let found = sides(&long, &long, 20);
        assert_eq!(found.more, [30, 30]);
        assert_eq!(found.runs[0].len(), 1);
        let nothing = sides("", "new words", 20);
        assert_eq!(
            (nothing.runs[0].len(), shown(&nothing.runs[1])),
            (0, "[new words]".into())
        );
    }

    #[test]
    fn a_hostile_pair_of_passages_is_bounded() {
        let a: String = (0..50_000).map(|n| format!("a{n} ")).collect();
        let b: String = (0..50_000).map(|n| format!("b{n} ")).collect();
        let found = sides(&a, &b, 100);
        assert_eq!(found.more, [49_900, 49_900]);
    }

    #[test]
    fn a_figure_is_found_in_its_sentence_and_not_inside_another() {
        assert_eq!(
            around("up 130 % and 30 %.", "30 %"),
            Some(("up 130 % and ", "30 %", "."))
        );
        assert_eq!(around("\u{a5}9bn", "\u{a5}9bn"), Some(("", "\u{a5}9bn", "")));
        assert_eq!(around("none here", "30 %"), None);
        assert_eq!(around("none here", ""), None);
    }
}
