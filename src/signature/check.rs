//! Verifies a catalogue by its own examples.

use super::CatalogueError;
use super::compile::{Compiled, check_ids, check_regexes};
use super::definition::{Definition, Example, ExamplePlace};
use super::parse::parse;
use super::scan::scan;
use crate::document::{Document, RawDocument};

/// Everything that is wrong with the files, in file and line order as far as known.
pub(super) fn check(files: &[(&str, &str)]) -> Vec<CatalogueError> {
    let mut errors = Vec::new();
    let mut entries = Vec::new();
    for (name, text) in files {
        entries.extend(parse(name, text, &mut errors));
    }
    check_ids(&entries, &mut errors);
    check_regexes(&entries, &mut errors);
    match Compiled::new(entries) {
        Ok(catalogue) => {
            for entry in &catalogue.entries {
                examples(&catalogue, entry, &mut errors);
            }
        }
        Err(more) => errors.extend(more),
    }
    let order = |file: &str| files.iter().position(|(name, _)| *name == file);
    errors.sort_by_key(|error| (order(&error.file), error.line));
    errors
}

fn examples(catalogue: &Compiled, entry: &Definition, errors: &mut Vec<CatalogueError>) {
    for (list, wanted) in [(&entry.hit, true), (&entry.miss, false)] {
        for example in list {
            let document = document(example);
            let signs = scan(catalogue, &document);
            let found = signs.iter().any(|sign| *sign.id == *entry.id);
            if wanted && let Some(pattern) = anchorless(catalogue, entry, &document) {
                errors.push(error(
                    entry,
                    example,
                    &format!("no anchor stands in what `{pattern}` matches here, so it would never be found"),
                ));
            } else if found != wanted {
                let what = if wanted {
                    "`hit` is not found"
                } else {
                    "`miss` is found"
                };
                errors.push(error(entry, example, what));
            }
        }
    }
}

/// A regex of the entry that matches the document in a place without any of its anchors.
fn anchorless<'e>(catalogue: &Compiled, entry: &'e Definition, document: &Document) -> Option<&'e str> {
    let at = catalogue.entries.iter().position(|other| other.id == entry.id)?;
    let raw = document.raw();
    let places = [
        Some(document.text()),
        raw.title.as_deref(),
        raw.byline.as_deref(),
        raw.url.as_deref(),
        raw.markup.as_deref(),
    ];
    for (index, pattern) in entry.regexes.iter().enumerate() {
        let matcher = catalogue.matcher(at, index)?;
        for found in places
            .iter()
            .flatten()
            .map(|text| text.as_bytes())
            .flat_map(|text| {
                matcher
                    .find_iter(text)
                    .filter_map(|found| text.get(found.range()))
            })
        {
            let folded = String::from_utf8_lossy(found).to_ascii_lowercase();
            let anchored = entry
                .anchors
                .iter()
                .any(|anchor| folded.contains(&super::compile::fold(anchor)));
            if !anchored {
                return Some(pattern);
            }
        }
    }
    None
}

fn document(example: &Example) -> Document {
    let mut raw = RawDocument::default();
    for (place, text) in &example.parts {
        match place {
            ExamplePlace::Text => raw.text.clone_from(text),
            ExamplePlace::Title => raw.title = Some(text.clone()),
            ExamplePlace::Byline => raw.byline = Some(text.clone()),
            ExamplePlace::Url => raw.url = Some(text.clone()),
            ExamplePlace::Markup => raw.markup = Some(text.clone()),
        }
    }
    Document::new(raw)
}

fn error(entry: &Definition, example: &Example, what: &str) -> CatalogueError {
    let text: String = example
        .parts
        .iter()
        .map(|(_, text)| text.as_str())
        .collect::<Vec<_>>()
        .join(" | ");
    CatalogueError {
        file: entry.file.to_string(),
        entry: Some(entry.id.to_string()),
        line: Some(example.line),
        message: format!("{what}: {text:?}"),
    }
}
