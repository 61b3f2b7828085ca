//! How rare words are: human texts of many kinds -> `models/reuse/background.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::texts::{Entry, Set, document};
use crate::corpus::kin;
use crate::train::TrainError;

/// Sets that the words are counted in, with the most texts of each: news, press releases, encyclopedia, forums, diaries, fiction.
const SETS: [(&str, usize); 9] = [
    ("reuters_c50", 2_000),
    ("reuters21578", 2_000),
    ("reuters_fin_2006_2013", 1_500),
    ("cnn_dailymail_val", 1_000),
    ("brown", 500),
    ("masc", 400),
    ("wikipedia_2022", 500),
    ("stackexchange_beer_coffee", 1_000),
    ("blogs_2004", 1_000),
];
/// Fewest texts that have a stem for it to be listed.
const FEWEST: usize = 8;
/// Steps of the logarithm that is kept.
const STEP: f64 = 0.25;

/// The file's text.
///
/// # Errors
/// [`TrainError::Corpora`] names the file that is missing or unreadable.
pub fn read(folder: &Path, say: &dyn Fn(&str)) -> Result<String, TrainError> {
    let mut carriers: BTreeMap<String, usize> = BTreeMap::new();
    let mut texts = 0;
    for (name, most) in SETS {
        let set = Set::read(folder, name)?;
        let before = texts;
        // Spread over the whole file, which may be in order of author or day.
        let step = (set.order.len() / most).max(1);
        for id in set.order.iter().step_by(step).take(most) {
            let human = |entry: &&Entry| entry.label.as_deref() == Some("human");
            if let Some(entry) = set.by_id.get(id).filter(human) {
                texts += 1;
                for stem in kin::stems_of(&document(&entry.text)) {
                    *carriers.entry(stem).or_insert(0) += 1;
                }
            }
        }
        say(&format!("{name}: words of {} texts", texts - before));
    }
    let mut levels: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (stem, count) in carriers.into_iter().filter(|(_, count)| *count >= FEWEST) {
        let level = (texts as f64 / count as f64).ln() / STEP;
        levels.entry(level.round() as u32).or_default().push(stem);
    }
    let mut file = String::new();
    for (level, stems) in levels {
        let written = writeln!(file, "{:.2} {}", f64::from(level) * STEP, stems.join(" "));
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
    }
    Ok(file)
}
