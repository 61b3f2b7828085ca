//! Where in a document the style changes.
//!
//! Sentences are gathered into *cells* of some 30 words, and every window of three cells is scored as a document of its own,
//! calibrated for its own length. Borders are found in three steps:
//! 1. screening (Niu & Zhang 2012): where the windows on both sides of a cell border differ most, the border may be a change;
//! 2. optimal partitioning with a penalty (Jackson et al. 2005; the penalised cost of Killick, Fearnhead & Eckley 2012): of all
//!    ways to cut at such borders, the one whose parts are explained best, each part scored as a document of its own. The
//!    log-odds of a part are the log-likelihood ratio of its two explanations, so a part counts with half of it for the label
//!    that it is given, and each change costs a fixed amount;
//! 3. each border is moved to the sentence at which its two sides differ most.
//!
//! The number of texts scored is bounded, whatever the length of the document.

use super::{Detector, abstain, words};
use crate::Span;
use crate::document::{Document, RawDocument};
use crate::measure;
use crate::measure::ngram;
use crate::model::Shown;
use crate::verdict::{Abstention, Change, Part, Parts};

/// Fewest words of a cell: short enough to place a border, long enough that a long document has few.
const CELL_WORDS: u32 = 30;
/// Cells of a window: 90 to 150 words. Longer windows blur the borders, so that sentences are told apart worse; shorter ones say little
/// by themselves.
const WINDOW_CELLS: usize = 3;
/// Fewest cells of a part: the fewest words on which the machine axis speaks at all.
const PART_CELLS: usize = 2;
/// Most cells: those of a long document grow instead, so that the cost stays that of a few readings of it.
const MOST_CELLS: u32 = 400;
/// Most borders that the partition chooses from.
const CANDIDATES: usize = 14;
/// What a change costs, in log-likelihood: chosen on spliced texts so that fewer than two human texts in a hundred are cut.
const PENALTY: f64 = 1.5;
/// Log-odds from which a part is explained better by a machine. Above 0, because most documents have one author and most
/// authors are people.
const LEAN: f64 = 0.5;
/// Log-odds beyond which a part counts no more: one part that is sure must not pay for several changes.
const MOST_LOG_ODDS: f64 = 6.0;
/// Longest stretch that is scored whole, in words; of a longer one its two ends are. The calibration follows the length no
/// further.
const MOST_WORDS: u32 = 600;

/// Sentences `from..to`.
type Stretch = (usize, usize);

impl Detector {
    /// The machine score over the parts of a document, and where it changes.
    ///
    /// Cost: that of examining about ten documents of the same length up to 1,000 words; of about six for longer
    /// ones. Not part of [`Detector::examine`] for that reason; put it into [`Verdict::parts`](crate::Verdict::parts) to have it written.
    #[must_use]
    pub fn parts(&self, document: &Document) -> Parts {
        let silent = |why| Parts {
            abstained: Some(why),
            ..Parts::default()
        };
        if let Some(why) = abstain::machine(document, &self.scorer, &measure::measure(document)) {
            return silent(why);
        }
        let look = Look {
            detector: self,
            document,
        };
        let cells = look.cells();
        if cells.len() < 2 * PART_CELLS {
            return silent(Abstention::TooShort);
        }
        let windows = look.windows(&cells);
        let candidates = candidates(&windows, cells.len());
        let chosen = look.partition(&cells, &candidates);
        let borders = look.refined(&cells, &chosen);
        look.told(&cells, &windows, &borders)
    }
}

/// A document being looked through.
struct Look<'a> {
    detector: &'a Detector,
    document: &'a Document,
}

/// Score of the cells `from..to`.
#[derive(Clone, Copy)]
struct Window {
    from: usize,
    to: usize,
    score: Scored,
}

/// Score of a stretch as a document of its own.
#[derive(Clone, Copy)]
struct Scored {
    log_odds: f64,
    probability: f64,
    p_value: f64,
}

impl Scored {
    /// Log-likelihood of a machine (against that of a person) that the partition counts.
    fn counted(self) -> f64 {
        (self.log_odds - LEAN).clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS) / 2.0
    }
}

impl Look<'_> {
    /// Runs of sentences with at least [`CELL_WORDS`] words.
    fn cells(&self) -> Vec<Stretch> {
        let sentences = self.document.sentences();
        let least = CELL_WORDS.max(words(self.document) / MOST_CELLS);
        let mut cells: Vec<Stretch> = Vec::new();
        let (mut from, mut held) = (0, 0);
        for (at, sentence) in sentences.iter().enumerate() {
            held += sentence.words.end - sentence.words.start;
            if held >= least {
                cells.push((from, at + 1));
                (from, held) = (at + 1, 0);
            }
        }
        // What is left is too short for a cell.
        if let Some(last) = cells.last_mut() {
            last.1 = sentences.len();
        }
        cells
    }

    /// Windows of [`WINDOW_CELLS`] cells, and shorter ones at the ends.
    fn windows(&self, cells: &[Stretch]) -> Vec<Window> {
        let count = cells.len();
        let width = WINDOW_CELLS.min(count);
        let opening = (PART_CELLS..width).map(|to| (0, to));
        let full = (0..=count - width).map(|from| (from, from + width));
        let closing = (count - width + 1..=count - PART_CELLS).map(|from| (from, count));
        let window = |(from, to): (usize, usize)| Window {
            from,
            to,
            score: self.score(joined(cells, from, to)),
        };
        opening.chain(full).chain(closing).map(window).collect()
    }

    /// The best way to cut at some of the candidates (cell borders, ascending): the chosen ones.
    fn partition(&self, cells: &[Stretch], candidates: &[usize]) -> Vec<usize> {
        let borders: Vec<usize> = std::iter::once(0)
            .chain(candidates.iter().copied())
            .chain(std::iter::once(cells.len()))
            .collect();
        // For each border and label of the part that ends there: the best sum, and where that part begins.
        let mut best: Vec<[(f64, usize); 2]> = vec![[(0.0, 0); 2]];
        for (at, &to) in borders.iter().enumerate().skip(1) {
            let mut here = [(f64::NEG_INFINITY, 0); 2];
            for (before, &from) in borders.iter().enumerate().take(at) {
                if to - from < PART_CELLS {
                    continue;
                }
                let counted = self.score(joined(cells, from, to)).counted();
                for (label, slot) in here.iter_mut().enumerate() {
                    let own = if label == 1 { counted } else { -counted };
                    // The part before has the other label.
                    let sum = match best.get(before).and_then(|pair| pair.get(1 - label)) {
                        Some((sum, _)) if before > 0 => sum - PENALTY + own,
                        _ => own,
                    };
                    if sum > slot.0 {
                        *slot = (sum, before);
                    }
                }
            }
            best.push(here);
        }
        let end = |label: usize| best.last().and_then(|pair| pair.get(label)).copied();
        let (Some(human), Some(machine)) = (end(0), end(1)) else {
            return Vec::new();
        };
        let mut label = usize::from(machine.0 > human.0);
        let mut at = borders.len() - 1;
        let mut chosen = Vec::new();
        while let Some(&(_, before)) = best.get(at).and_then(|pair| pair.get(label)) {
            if before == 0 || before >= at {
                break;
            }
            chosen.extend(borders.get(before));
            (at, label) = (before, 1 - label);
        }
        chosen.reverse();
        chosen
    }

    /// Moves each border to the sentence within a cell at which the parts on its two sides differ most: first sentences of
    /// the parts after the first.
    fn refined(&self, cells: &[Stretch], chosen: &[usize]) -> Vec<usize> {
        let last = self.document.sentences().len();
        let sentence = |cell: usize| cells.get(cell).map_or(last, |cell| cell.0);
        let mut borders: Vec<usize> = Vec::with_capacity(chosen.len());
        for (at, &cell) in chosen.iter().enumerate() {
            let from = borders.last().copied().unwrap_or(0);
            let to = chosen.get(at + 1).map_or(last, |&next| sentence(next));
            let here = sentence(cell);
            let low = sentence(cell.saturating_sub(1)).max(from + 1);
            let high = sentence(cell + 1).min(to.saturating_sub(1));
            let mut best = (f64::NEG_INFINITY, here);
            for border in low..=high {
                let (left, right) = (self.score((from, border)), self.score((border, to)));
                let differ = (left.counted() - right.counted()).abs();
                if differ > best.0 {
                    best = (differ, border);
                }
            }
            borders.push(best.1);
        }
        borders
    }

    fn told(&self, cells: &[Stretch], windows: &[Window], borders: &[usize]) -> Parts {
        let last = self.document.sentences().len();
        let full = WINDOW_CELLS.min(cells.len());
        let ends = borders.iter().copied().chain(std::iter::once(last));
        let starts = std::iter::once(0).chain(borders.iter().copied());
        let stretches: Vec<Stretch> = starts.zip(ends).collect();
        let neighbours = stretches.iter().zip(stretches.iter().skip(1));
        Parts {
            abstained: None,
            windows: windows
                .iter()
                .filter(|window| window.to - window.from == full)
                .map(|window| self.part(joined(cells, window.from, window.to), window.score))
                .collect(),
            parts: stretches
                .iter()
                .map(|&stretch| self.part(stretch, self.score(stretch)))
                .collect(),
            changes: neighbours
                .map(|(&left, &right)| self.change(left, right))
                .collect(),
        }
    }

    fn change(&self, left: Stretch, right: Stretch) -> Change {
        let [one, other, both] =
            [left, right, (left.0, right.1)].map(|stretch| self.score(stretch).counted());
        let end = |sentence: usize| self.document.sentences().get(sentence).map(|s| s.span);
        let before = end(left.1.saturating_sub(1)).map_or(0, |span| self.document.to_original(span).end);
        let after = end(right.0).map_or(before, |span| self.document.to_original(span).start);
        let first = self
            .document
            .sentences()
            .get(right.0)
            .map_or(0, |s| s.words.start);
        Change {
            span: Span {
                start: before,
                end: after.max(before),
            },
            after_words: first,
            gain: (one.abs() + other.abs() - both.abs()).max(0.0),
        }
    }

    fn part(&self, stretch: Stretch, score: Scored) -> Part {
        let sentences = self.document.sentences().get(stretch.0..stretch.1).unwrap_or(&[]);
        let (first, last) = (sentences.first(), sentences.last());
        let span = Span {
            start: first.map_or(0, |s| s.span.start),
            end: last.map_or(0, |s| s.span.end),
        };
        Part {
            span: self.document.to_original(span),
            words: sentences.iter().map(|s| s.words.end - s.words.start).sum(),
            log_odds: score.log_odds,
            probability: score.probability,
            p_value: score.p_value,
        }
    }

    /// Scores a stretch as a document of its own, on one line: parts do not differ by their layout.
    fn score(&self, stretch: Stretch) -> Scored {
        let sentences = self.document.sentences().get(stretch.0..stretch.1).unwrap_or(&[]);
        let total: u32 = sentences.iter().map(|s| s.words.end - s.words.start).sum();
        let mut text = String::new();
        let mut before = 0;
        for sentence in sentences {
            let count = sentence.words.end - sentence.words.start;
            // Of a long stretch its two ends.
            let inner = before >= MOST_WORDS / 2 && total - before - count >= MOST_WORDS / 2;
            before += count;
            if total > MOST_WORDS && inner {
                continue;
            }
            for piece in self.document.slice(sentence.span).split('\n') {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(piece.trim());
            }
        }
        let own = Document::new(RawDocument {
            text,
            ..RawDocument::default()
        });
        let scorer = &self.detector.scorer;
        let features = measure::measure(&own);
        let reading = ngram::read(&own);
        let score = scorer.machine(&Shown {
            words: words(&own),
            features: &features,
            ngram: &scorer.ngram_scores(&scorer.look_up(&reading.grams)),
            surprisal: scorer.surprisal(&reading.units),
            signs: &[],
        });
        Scored {
            log_odds: score.log_odds,
            probability: score.probability(),
            p_value: self.detector.p_value(words(&own), &score),
        }
    }
}

/// Sentences of the cells `from..to`.
fn joined(cells: &[Stretch], from: usize, to: usize) -> Stretch {
    let first = cells.get(from).map_or(0, |cell| cell.0);
    let last = to.checked_sub(1).and_then(|at| cells.get(at));
    (first, last.map_or(first, |cell| cell.1))
}

/// The cell borders at which the windows on both sides differ most, ascending.
fn candidates(windows: &[Window], cells: usize) -> Vec<usize> {
    let inner = PART_CELLS..=cells.saturating_sub(PART_CELLS);
    let mut by_contrast: Vec<(f64, usize)> = inner
        .filter_map(|border| {
            // The longest window on each side.
            let width = |window: &&Window| window.to - window.from;
            let left = windows.iter().filter(|w| w.to == border).max_by_key(width)?;
            let right = windows.iter().filter(|w| w.from == border).max_by_key(width)?;
            Some(((left.score.counted() - right.score.counted()).abs(), border))
        })
        .collect();
    by_contrast.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen: Vec<usize> = by_contrast.iter().take(CANDIDATES).map(|pair| pair.1).collect();
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first sentences of this project's own texts, one after another.
    fn text(sentences: usize) -> String {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/assistant_2026/texts.jsonl");
        let file = std::fs::read_to_string(path).unwrap();
        let texts = file.lines().take(20).map(|line| {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = entry["text"].as_str().unwrap();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        let all = document(&texts.collect::<Vec<_>>().join(" "));
        let last = all.to_original(all.sentences()[sentences - 1].span);
        all.raw().text.get(..last.end as usize).unwrap().to_owned()
    }

    fn document(text: &str) -> Document {
        Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        })
    }

    #[test]
    fn parts_and_windows_tile_the_text_in_order() {
        let detector = Detector::shipped().unwrap();
        for count in [12, 13, 40, 200] {
            let text = text(count);
            let document = document(&text);
            let parts = detector.parts(&document);
            assert_eq!(parts.abstained, None, "{count}");
            let words: u32 = parts.parts.iter().map(|part| part.words).sum();
            assert_eq!(words as usize, document.words().len());
            assert_eq!(parts.parts.len(), parts.changes.len() + 1);
            assert_eq!(parts.parts.first().unwrap().span.start, 0);
            assert_eq!(parts.parts.last().unwrap().span.end as usize, text.len());
            assert!(parts.windows.is_sorted_by_key(|window| window.span.start));
            assert!(parts.windows.iter().all(|window| window.words >= 60));
            assert_eq!(parts.windows.last().unwrap().span.end as usize, text.len());
            assert_eq!(detector.parts(&document), parts, "the same twice");
        }
    }

    #[test]
    fn a_part_is_scored_as_a_document_of_its_own() {
        let detector = Detector::shipped().unwrap();
        let document = document(&text(30));
        let parts = detector.parts(&document);
        for window in &parts.windows {
            let own = Document::new(RawDocument {
                text: window.span.of(&document.raw().text).to_owned(),
                ..RawDocument::default()
            });
            let verdict = detector.examine(&own);
            assert!((verdict.machine.log_odds - window.log_odds).abs() < 1e-9);
            assert_eq!(verdict.machine.p_value, window.p_value);
        }
    }

    #[test]
    fn short_and_foreign_texts_say_so() {
        let detector = Detector::shipped().unwrap();
        assert_eq!(
            detector.parts(&document(&text(4))).abstained,
            Some(Abstention::TooShort)
        );
        let foreign =
            "Der Müller verkaufte das Mehl an einen Bäcker, der es nicht bezahlen wollte. ".repeat(20);
        assert_eq!(
            detector.parts(&document(&foreign)).abstained,
            Some(Abstention::Language)
        );
        assert!(detector.parts(&document("")).windows.is_empty());
    }

    #[test]
    fn a_part_alone_leads_to_no_action() {
        let detector = Detector::shipped().unwrap();
        let mut verdict = detector.examine(&document(&text(8)));
        let before = (verdict.action, verdict.reasons.clone());
        let surely = Part {
            span: Span::new(0, 400),
            words: 80,
            log_odds: 9.0,
            probability: 0.9999,
            p_value: 0.0001,
        };
        verdict.parts = Some(Parts {
            parts: vec![surely],
            ..Parts::default()
        });
        detector.policy().decide(&mut verdict);
        assert_eq!((verdict.action, verdict.reasons), before);
    }
}
