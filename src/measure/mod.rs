//! `Document` -> [`Features`]: the stylometry, one file a family.
//!
//! A feature is a [`Spec`] and a slot in its family's `measure` function; [`FAMILIES`]
//! lists the families. Everything that depends on the list (the documentation, the model
//! binding, the tests) is driven by it, so adding a feature touches its family's file alone.

mod class;
mod discourse;
mod entropy;
mod excess;
mod figures;
mod function;
mod lexicon;
pub mod ngram;
mod person;
mod punctuation;
mod quotation;
mod readability;
mod repetition;
mod residue;
mod rhetoric;
mod rhythm;
mod richness;
mod shape;
mod stats;
mod table;
mod types;
mod view;
mod wire;

pub use figures::figure_count;
pub use lexicon::lexicons;
pub use table::table;
pub use view::View;

use crate::document::Document;

/// What a feature is, for people and for the model's binding rules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spec {
    /// Unique name `family.what`, lower snake case.
    pub name: &'static str,
    /// Raised whenever the same text may give another value.
    pub version: u16,
    /// Unit: `words`, `characters`, `share`, `per 100 words`, `bits`, ...
    pub unit: &'static str,
    /// Smallest and largest possible value (`f64::INFINITY` where unbounded).
    pub range: (f64, f64),
    /// Fewest words of prose for which it is measured; below, the value is `None`.
    pub min_words: u32,
    /// Whether paragraph or line layout, typography as typed, or other residue of the
    /// medium can change it. The default model uses no such feature.
    pub layout: bool,
    /// What it measures, one or two sentences.
    pub doc: &'static str,
    /// Where the measure comes from: author and year, or "byline".
    pub source: &'static str,
}

/// Fewest words for which a rate per 100 words means anything: at 40, one more occurrence
/// moves it by 2.5, about the spread between authors for a common function word.
const RATE_MIN_WORDS: u32 = 40;

impl Spec {
    /// A feature of version 1 that does not depend on layout.
    const fn new(
        name: &'static str,
        unit: &'static str,
        range: (f64, f64),
        min_words: u32,
        doc: &'static str,
        source: &'static str,
    ) -> Self {
        Self {
            name,
            version: 1,
            unit,
            range,
            min_words,
            layout: false,
            doc,
            source,
        }
    }

    /// Occurrences of words or phrases per 100 words.
    const fn rate(name: &'static str, doc: &'static str, source: &'static str) -> Self {
        Self::new(name, "per 100 words", (0.0, 100.0), RATE_MIN_WORDS, doc, source)
    }

    /// Occurrences of marks per 100 words, which have no upper bound.
    const fn marks(name: &'static str, doc: &'static str, source: &'static str) -> Self {
        Self::new(
            name,
            "per 100 words",
            (0.0, f64::INFINITY),
            RATE_MIN_WORDS,
            doc,
            source,
        )
    }

    /// A share, 0 to 1.
    const fn share(name: &'static str, min_words: u32, doc: &'static str, source: &'static str) -> Self {
        Self::new(name, "share", (0.0, 1.0), min_words, doc, source)
    }

    /// The same feature, marked as depending on layout or typing habits.
    const fn typed(mut self) -> Self {
        self.layout = true;
        self
    }
}

/// A family of features.
#[derive(Clone, Copy)]
pub struct Family {
    /// Its name, the prefix of its features' names.
    pub name: &'static str,
    /// One sentence on what it looks at.
    pub doc: &'static str,
    /// The features, in slot order.
    pub specs: &'static [Spec],
    /// Fills the family's slots, in the order of `specs`; a slot left alone is unmeasurable.
    pub measure: fn(&View<'_>, &mut Slots<'_>),
}

/// Every family, in the order of the feature vector.
pub static FAMILIES: &[&Family] = &[
    &rhythm::FAMILY,
    &richness::FAMILY,
    &function::FAMILY,
    &punctuation::FAMILY,
    &shape::FAMILY,
    &readability::FAMILY,
    &discourse::FAMILY,
    &person::FAMILY,
    &excess::FAMILY,
    &wire::FAMILY,
    &quotation::FAMILY,
    &figures::FAMILY,
    &repetition::FAMILY,
    &entropy::FAMILY,
    &rhetoric::FAMILY,
    &residue::FAMILY,
];

/// The slots of one family while it is being measured.
#[derive(Debug)]
pub struct Slots<'a> {
    specs: &'a [Spec],
    values: &'a mut [Option<f64>],
    words: u32,
    /// The slot after the one set last: families set most of theirs in order.
    next: usize,
}

impl Slots<'_> {
    /// Sets a feature by its name (`family.what`). A value that is not finite, and one of a
    /// text shorter than the feature's minimum, stays unmeasured; one outside the stated range is
    /// clamped (a test shows that none is).
    pub fn set(&mut self, name: &str, value: f64) {
        let called = |spec: &Spec| spec.name == name;
        let slot = if self.specs.get(self.next).is_some_and(called) {
            Some(self.next)
        } else {
            self.specs.iter().position(called)
        };
        let Some(slot) = slot else {
            debug_assert!(false, "no feature is called {name}");
            return;
        };
        self.next = slot + 1;
        let (Some(spec), Some(place)) = (self.specs.get(slot), self.values.get_mut(slot)) else {
            return;
        };
        if value.is_finite() && self.words >= spec.min_words {
            *place = Some(value.clamp(spec.range.0, spec.range.1));
        }
    }

    /// Sets a feature if there is a value.
    fn set_some(&mut self, name: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Sets a feature to `part / whole`; without a whole it stays unmeasured.
    fn set_share(&mut self, name: &str, part: f64, whole: f64) {
        if whole > 0.0 {
            self.set(name, part / whole);
        }
    }
}

/// The measured features of a document, in registry order. `None` is "unmeasurable here".
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    values: Vec<Option<f64>>,
}

impl Features {
    /// Values in the order of [`specs`].
    #[must_use]
    pub fn values(&self) -> &[Option<f64>] {
        &self.values
    }

    /// A feature by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        let at = specs().position(|spec| spec.name == name)?;
        self.values.get(at).copied().flatten()
    }
}

/// All features, in the order of the feature vector.
pub fn specs() -> impl Iterator<Item = &'static Spec> {
    FAMILIES.iter().flat_map(|family| family.specs)
}

/// Measures every feature of every family.
#[must_use]
pub fn measure(document: &Document) -> Features {
    let mut values = vec![None; specs().count()];
    let words = u32::try_from(document.words().len()).unwrap_or(u32::MAX);
    let view = View::new(document);
    let mut rest = values.as_mut_slice();
    for family in FAMILIES {
        let (mine, after) = rest.split_at_mut(family.specs.len());
        (family.measure)(
            &view,
            &mut Slots {
                specs: family.specs,
                values: mine,
                words,
                next: 0,
            },
        );
        rest = after;
    }
    Features { values }
}

#[cfg(test)]
mod tests;
