//! Vocabulary richness, on windows of fixed length so that the length of the text does not show.

use super::class::FUNCTION;
use super::stats::mean;
use super::types::Recurrence;
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "richness",
    doc: "How varied the vocabulary is, on windows of fixed length.",
    specs: SPECS,
    measure,
};

static SPECS: &[Spec] = &[
    Spec::share(
        "richness.mattr_50",
        50,
        "Type-token ratio, mean over all windows of 50 words.",
        "Covington & McFall 2010",
    ),
    Spec::share(
        "richness.mattr_100",
        100,
        "Type-token ratio, mean over all windows of 100 words.",
        "Covington & McFall 2010",
    ),
    Spec::share(
        "richness.content_mattr_50",
        110,
        "Type-token ratio of the content words alone, mean over all windows of 50 of them.",
        "byline, after Covington & McFall 2010",
    ),
    Spec::new(
        "richness.mtld",
        "words",
        (0.0, f64::INFINITY),
        100,
        "Mean length of stretches that keep a type-token ratio above 0.72, mean of both reading directions.",
        "McCarthy & Jarvis 2010",
    ),
    Spec::share(
        "richness.hdd",
        60,
        "Expected type-token ratio of a random sample of 42 words (hypergeometric).",
        "McCarthy & Jarvis 2007",
    ),
    Spec::new(
        "richness.yule_k",
        "per 10,000",
        (0.0, 10_000.0),
        100,
        "Yule's K: how often two words picked at random are the same, mean over windows of 100 words.",
        "Yule 1944",
    ),
    Spec::share(
        "richness.simpson_d",
        100,
        "Simpson's D: probability that two words drawn without replacement are the same, on windows of 100 words.",
        "Simpson 1949",
    ),
    Spec::new(
        "richness.honore_r",
        "index",
        (0.0, f64::INFINITY),
        100,
        "Honore's R, 100 ln(N) / (1 - hapax share of types), on windows of 100 words with a repeated word.",
        "Honore 1979",
    ),
    Spec::new(
        "richness.brunet_w",
        "index",
        (0.0, f64::INFINITY),
        100,
        "Brunet's W, N to the power V^-0.172, on windows of 100 words; low for a rich vocabulary.",
        "Brunet 1978",
    ),
    Spec::share(
        "richness.hapax_share",
        100,
        "Share of the types that occur once, on windows of 100 words.",
        "Herdan 1960",
    ),
    Spec::share(
        "richness.dis_share",
        100,
        "Share of the types that occur twice, on windows of 100 words.",
        "Sichel 1975",
    ),
    Spec::share(
        "richness.content_share",
        40,
        "Share of words that are content words (lexical density).",
        "Ure 1971",
    ),
    Spec::share(
        "richness.content_hapax_share",
        100,
        "Share of the content words that occur once, on windows of 100 words.",
        "byline",
    ),
];

/// Words of a window for counts that grow with length.
const WINDOW: usize = 100;
/// Type-token ratio at which a stretch of MTLD ends (McCarthy & Jarvis 2010).
const MTLD_FLOOR: f64 = 0.72;
/// Sample of HD-D in words (McCarthy & Jarvis 2007).
const HDD_SAMPLE: usize = 42;
/// Occurrences from which types are not tabulated for HD-D.
const OFTEN: usize = 32;
/// Exponent of Brunet's W (Brunet 1978).
const BRUNET: f64 = -0.172;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let ids = view.ids();
    let recurrence = &view.types.recurrence;
    slots.set_some("richness.mattr_50", mattr(recurrence, 50));
    slots.set_some("richness.mattr_100", mattr(recurrence, 100));
    let content: Vec<u32> = ids
        .iter()
        .zip(view.all_classes())
        .filter(|(_, classes)| !classes.any(FUNCTION))
        .map(|(id, _)| *id)
        .collect();
    slots.set_some(
        "richness.content_mattr_50",
        mattr(&Recurrence::new(&content, view.types.len()), 50),
    );
    slots.set_some("richness.mtld", mtld(recurrence));
    slots.set_some("richness.hdd", hdd(ids.len(), &view.types.frequency));
    windows(view, slots);
    slots.set_share("richness.content_share", content.len() as f64, ids.len() as f64);
}

/// Mean type-token ratio over all windows of `width`; `None` for a shorter text.
fn mattr(recurrence: &Recurrence, width: usize) -> Option<f64> {
    let all = recurrence.before.len();
    let windows = (all + 1).checked_sub(width).filter(|n| *n > 0)?;
    // Summed by token: a token is the first of its type in the windows that begin after the one before it.
    let sum: usize = recurrence
        .before
        .iter()
        .enumerate()
        .map(|(at, before)| {
            let from = (at + 1).saturating_sub(width).max(*before as usize);
            (at + 1).min(windows).saturating_sub(from)
        })
        .sum();
    Some(sum as f64 / (windows * width) as f64)
}

/// MTLD, or `None` where no word of a direction repeats.
fn mtld(recurrence: &Recurrence) -> Option<f64> {
    let all = recurrence.before.len();
    // A token is the first of its type in its stretch if the one before it stands before the stretch; places of the
    // second direction are counted from the end.
    let forward = recurrence.before.iter().map(|before| *before as usize);
    let backward = recurrence.after.iter().rev().map(|after| all - *after as usize);
    Some((mtld_one_way(forward)? + mtld_one_way(backward)?) / 2.0)
}

fn mtld_one_way(before: impl Iterator<Item = usize>) -> Option<f64> {
    // Factors found, first token of the stretch.
    let (mut stretches, mut from) = (0_u32, 0_usize);
    let (mut tokens, mut different, mut all) = (0_usize, 0_usize, 0_usize);
    for before in before {
        all += 1;
        tokens += 1;
        different += usize::from(before <= from);
        if reaches_floor(different, tokens) {
            stretches += 1;
            from = all;
            (tokens, different) = (0, 0);
        }
    }
    let rest = if tokens == 0 {
        0.0
    } else {
        (1.0 - different as f64 / tokens as f64) / (1.0 - MTLD_FLOOR)
    };
    let factors = f64::from(stretches) + rest;
    (factors > 0.0).then(|| all as f64 / factors)
}

/// Whether `different / tokens` is at or below [`MTLD_FLOOR`], 18 in 25.
fn reaches_floor(different: usize, tokens: usize) -> bool {
    25 * different <= 18 * tokens
}

/// HD-D from the number of words and those of each type, or `None` for a text shorter than the sample.
fn hdd(words: usize, frequency: &[u32]) -> Option<f64> {
    if words < HDD_SAMPLE {
        return None;
    }
    // Types by how often they occur; the few frequent ones apart.
    let mut types = [0_usize; OFTEN];
    let mut rest = Vec::new();
    for count in frequency {
        match types.get_mut(*count as usize) {
            Some(same) => *same += 1,
            None => rest.push(*count as usize),
        }
    }
    rest.sort_unstable();
    let often = rest
        .chunk_by(|a, b| a == b)
        .filter_map(|same| Some((*same.first()?, same.len())));
    let total = types
        .iter()
        .enumerate()
        .map(|(count, same)| (count, *same))
        .filter(|(_, same)| *same > 0)
        .chain(often)
        .map(|(count, same)| same as f64 * (1.0 - absence(words, count)))
        .sum::<f64>();
    // The sum of many products may pass 1 by a rounding error.
    Some((total / HDD_SAMPLE as f64).min(1.0))
}

/// Probability that none of `count` words out of `all` is in a sample of [`HDD_SAMPLE`].
fn absence(all: usize, count: usize) -> f64 {
    (0..HDD_SAMPLE)
        .map(|drawn| all.saturating_sub(count + drawn) as f64 / (all - drawn) as f64)
        .product()
}

fn windows(view: &View<'_>, slots: &mut Slots<'_>) {
    let mut counts = vec![0_u32; view.types.len()];
    let (mut yule, mut simpson, mut honore, mut brunet) = (vec![], vec![], vec![], vec![]);
    let (mut hapax, mut dis, mut content) = (vec![], vec![], vec![]);
    let n = WINDOW as f64;
    for (window, classes) in view
        .ids()
        .chunks_exact(WINDOW)
        .zip(view.all_classes().chunks_exact(WINDOW))
    {
        for id in window {
            if let Some(count) = counts.get_mut(*id as usize) {
                *count += 1;
            }
        }
        let (mut types, mut once, mut twice, mut squares) = (0_u32, 0_u32, 0_u32, 0_u32);
        let (mut content_words, mut content_once) = (0_u32, 0_u32);
        for (id, classes) in window.iter().zip(classes) {
            // Each type is looked at once: its count is then 0.
            let Some(count) = counts.get_mut(*id as usize).map(std::mem::take) else {
                continue;
            };
            let single = u32::from(count == 1);
            if !classes.any(FUNCTION) {
                content_words += count;
                content_once += single;
            }
            types += u32::from(count > 0);
            once += single;
            twice += u32::from(count == 2);
            squares += count * count;
        }
        let (types, once, twice, squares) = (
            f64::from(types),
            f64::from(once),
            f64::from(twice),
            f64::from(squares),
        );
        yule.push(1e4 * (squares - n) / (n * n));
        simpson.push((squares - n) / (n * (n - 1.0)));
        brunet.push(n.powf(types.powf(BRUNET)));
        if once < types {
            honore.push(100.0 * n.ln() / (1.0 - once / types));
        }
        hapax.push(once / types);
        dis.push(twice / types);
        if content_words > 0 {
            content.push(f64::from(content_once) / f64::from(content_words));
        }
    }
    slots.set_some("richness.yule_k", mean(&yule));
    slots.set_some("richness.simpson_d", mean(&simpson));
    slots.set_some("richness.honore_r", mean(&honore));
    slots.set_some("richness.brunet_w", mean(&brunet));
    slots.set_some("richness.hapax_share", mean(&hapax));
    slots.set_some("richness.dis_share", mean(&dis));
    slots.set_some("richness.content_hapax_share", mean(&content));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mattr_by_hand() {
        // Windows of 3 over 0 1 0 0: {0,1} 2/3, {1,0} 2/3.
        assert!((mattr(&Recurrence::new(&[0, 1, 0, 0], 2), 3).unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(mattr(&Recurrence::new(&[0, 1], 2), 3), None);
    }

    #[test]
    fn mtld_by_hand() {
        // Forward 0 1 0 | 2 2 | 3: ratios 1, 1, .67 (ends), 1, .5 (ends), rest of one word adds 0: 6 / 2.
        // Backward 3 2 2 | 0 1 0: .67 ends twice: 6 / 2.
        assert_eq!(mtld(&Recurrence::new(&[0, 1, 0, 2, 2, 3], 4)), Some(3.0));
        // No repetition: the stretch never ends.
        assert_eq!(mtld(&Recurrence::new(&[0, 1, 2, 3], 4)), None);
        // Forward 0 1 2 3 0: ratio .8 at the end, a rest of .2/.28; backward the same.
        assert!((mtld(&Recurrence::new(&[0, 1, 2, 3, 0], 4)).unwrap() - 5.0 / (0.2 / 0.28)).abs() < 1e-9);
    }

    #[test]
    fn the_floor_is_that_of_the_quotient() {
        for tokens in 1..3_000_usize {
            let least = tokens * 18 / 25;
            for different in [least.saturating_sub(1), least, least + 1] {
                let quotient = different as f64 / tokens as f64;
                assert_eq!(reaches_floor(different, tokens), quotient <= MTLD_FLOOR);
            }
        }
    }

    #[test]
    fn hdd_by_hand() {
        // 42 different words: the sample is the text. 43 words, one of them twice: the type that occurs
        // twice is missed with probability 0, each of the 41 others is missed with probability 1/43.
        assert!((hdd(42, &[1; 42]).unwrap() - 1.0).abs() < 1e-12);
        let mut repeated = [1; 42];
        repeated[0] = 2;
        let expected = (1.0 + 41.0 * (42.0 / 43.0)) / 42.0;
        assert!((hdd(43, &repeated).unwrap() - expected).abs() < 1e-12);
        // Types beyond the table are no others.
        assert_eq!(hdd(100, &[40, 40, 20]), hdd(100, &[20, 40, 40]));
        assert!((hdd(100, &[40, 40, 20]).unwrap() - 3.0 / 42.0).abs() < 1e-4);
    }
}
