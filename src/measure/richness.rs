//! Vocabulary richness, on windows of fixed length so that the length of the text does not show.

use super::class::FUNCTION;
use super::stats::mean;
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
/// Exponent of Brunet's W (Brunet 1978).
const BRUNET: f64 = -0.172;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let ids = view.ids();
    slots.set_some("richness.mattr_50", mattr(ids, view.types, 50));
    slots.set_some("richness.mattr_100", mattr(ids, view.types, 100));
    let content: Vec<u32> = ids
        .iter()
        .zip(view.all_classes())
        .filter(|(_, classes)| !classes.any(FUNCTION))
        .map(|(id, _)| *id)
        .collect();
    slots.set_some("richness.content_mattr_50", mattr(&content, view.types, 50));
    slots.set_share("richness.content_share", content.len() as f64, ids.len() as f64);
    slots.set_some("richness.mtld", mtld(ids, view.types));
    slots.set_some("richness.hdd", hdd(ids, view.types));
    windows(view, slots);
}

/// Mean type-token ratio over all windows of `width`; `None` for a shorter text.
fn mattr(ids: &[u32], types: usize, width: usize) -> Option<f64> {
    let windows = (ids.len() + 1).checked_sub(width).filter(|n| *n > 0)?;
    let mut counts = vec![0_u16; types];
    let mut different = 0_usize;
    let mut sum = 0_usize;
    for (at, id) in ids.iter().enumerate() {
        if let Some(count) = counts.get_mut(*id as usize) {
            different += usize::from(*count == 0);
            *count += 1;
        }
        let gone = at.checked_sub(width).and_then(|old| ids.get(old));
        if let Some(count) = gone.and_then(|id| counts.get_mut(*id as usize)) {
            *count -= 1;
            different -= usize::from(*count == 0);
        }
        if at + 1 >= width {
            sum += different;
        }
    }
    Some(sum as f64 / (windows * width) as f64)
}

/// MTLD, or `None` where no word of a direction repeats.
fn mtld(ids: &[u32], types: usize) -> Option<f64> {
    let forward = mtld_one_way(ids.iter(), types)?;
    let backward = mtld_one_way(ids.iter().rev(), types)?;
    Some((forward + backward) / 2.0)
}

fn mtld_one_way<'a>(ids: impl Iterator<Item = &'a u32>, types: usize) -> Option<f64> {
    // The stretch that last held each word, counted from 1.
    let mut held = vec![0_u32; types];
    let mut stretch = 1_u32;
    let (mut tokens, mut different, mut all) = (0_usize, 0_usize, 0_usize);
    for id in ids {
        all += 1;
        tokens += 1;
        if let Some(last) = held.get_mut(*id as usize)
            && *last != stretch
        {
            *last = stretch;
            different += 1;
        }
        if different as f64 / tokens as f64 <= MTLD_FLOOR {
            stretch += 1;
            (tokens, different) = (0, 0);
        }
    }
    let rest = if tokens == 0 {
        0.0
    } else {
        (1.0 - different as f64 / tokens as f64) / (1.0 - MTLD_FLOOR)
    };
    let factors = f64::from(stretch - 1) + rest;
    (factors > 0.0).then(|| all as f64 / factors)
}

/// HD-D, or `None` for a text shorter than the sample.
fn hdd(ids: &[u32], types: usize) -> Option<f64> {
    if ids.len() < HDD_SAMPLE {
        return None;
    }
    let mut counts = vec![0_usize; types];
    for id in ids {
        if let Some(count) = counts.get_mut(*id as usize) {
            *count += 1;
        }
    }
    counts.sort_unstable();
    let total = counts
        .chunk_by(|a, b| a == b)
        .map(|same| {
            let absent = same.first().map_or(1.0, |count| absence(ids.len(), *count));
            same.len() as f64 * (1.0 - absent)
        })
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
    let mut counts = vec![0_u16; view.types];
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
        let (mut types, mut once, mut twice, mut squares) = (0.0, 0.0, 0.0, 0.0);
        let (mut content_words, mut content_once) = (0.0, 0.0);
        for (id, classes) in window.iter().zip(classes) {
            let Some(count) = counts.get_mut(*id as usize) else {
                continue;
            };
            let occurrences = f64::from(*count);
            if !classes.any(FUNCTION) {
                content_words += occurrences;
                content_once += f64::from(u8::from(*count == 1));
            }
            types += f64::from(u8::from(*count > 0));
            once += f64::from(u8::from(*count == 1));
            twice += f64::from(u8::from(*count == 2));
            squares += occurrences * occurrences;
            *count = 0;
        }
        yule.push(1e4 * (squares - n) / (n * n));
        simpson.push((squares - n) / (n * (n - 1.0)));
        brunet.push(n.powf(types.powf(BRUNET)));
        if once < types {
            honore.push(100.0 * n.ln() / (1.0 - once / types));
        }
        hapax.push(once / types);
        dis.push(twice / types);
        if content_words > 0.0 {
            content.push(content_once / content_words);
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
        assert!((mattr(&[0, 1, 0, 0], 2, 3).unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(mattr(&[0, 1], 2, 3), None);
    }

    #[test]
    fn mtld_by_hand() {
        // Forward 0 1 0 | 2 2 | 3: ratios 1, 1, .67 (ends), 1, .5 (ends), rest of one word adds 0: 6 / 2.
        // Backward 3 2 2 | 0 1 0: .67 ends twice: 6 / 2.
        assert_eq!(mtld(&[0, 1, 0, 2, 2, 3], 4), Some(3.0));
        // No repetition: the stretch never ends.
        assert_eq!(mtld(&[0, 1, 2, 3], 4), None);
        // Forward 0 1 2 3 0: ratio .8 at the end, a rest of .2/.28; backward the same.
        assert!((mtld(&[0, 1, 2, 3, 0], 4).unwrap() - 5.0 / (0.2 / 0.28)).abs() < 1e-9);
    }

    #[test]
    fn hdd_by_hand() {
        // 42 different words: the sample is the text. 43 words, one of them twice: the type that occurs
        // twice is missed with probability 0, each of the 41 others is missed with probability 1/43.
        let different: Vec<u32> = (0..42).collect();
        assert!((hdd(&different, 42).unwrap() - 1.0).abs() < 1e-12);
        let mut repeated = different;
        repeated.push(0);
        let expected = (1.0 + 41.0 * (42.0 / 43.0)) / 42.0;
        assert!((hdd(&repeated, 42).unwrap() - expected).abs() < 1e-12);
    }
}
