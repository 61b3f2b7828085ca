//! The one-pass engine: `Document` -> [`Sign`]s.

use std::sync::Arc;

use super::beside::headline;
use super::compile::{Compiled, Use, latin_letter, normal};
use super::counter::Counts;
use super::definition::Definition;
use super::notice;
use super::reported::reported;
use super::surroundings::*;
use super::{Axis, Kind, Place, Sign, Strength};
use crate::document::{Document, Normalised, Span};

/// Most signs reported for one entry; further ones are only counted.
pub const MAX_REPORTS: usize = 20;
/// Counting stops here: no condition asks for more, and a hostile text must not cost more.
const MAX_COUNT: u32 = 20_000;
/// Most matches of an entry's regexes in one stretch of text.
const MAX_MATCHES: usize = 20_000;
/// Longest text of a sign found in markup or metadata that is reported, in bytes.
const MARKUP_TEXT: usize = 200;

/// A sign that passed every check of its own.
#[derive(Debug, Clone, Copy)]
struct Kept {
    place: Place,
    span: Span,
    quoted: bool,
    metadata: bool,
}

/// What is known of one entry in this document.
#[derive(Debug, Clone, Default)]
struct State {
    kept: Vec<Kept>,
    count: u32,
    /// One bit a pattern.
    patterns: u64,
    /// End of the last sign counted in this place.
    last_end: usize,
    /// Range that the entry's regexes still have to be run on.
    window: Option<(usize, usize)>,
}

/// All signs, in order of place and position.
pub(super) fn scan(catalogue: &Compiled, document: &Document) -> Vec<Sign> {
    let mut states: Vec<State> = vec![State::default(); catalogue.entries.len()];
    let raw = document.raw();
    let lines: String = raw
        .metadata
        .iter()
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    let mut run = |hay: &Haystack<'_>| search(catalogue, document, hay, &mut states);
    run(&Haystack::new(Place::Text, document.text(), false));
    for (place, text) in [(Place::Title, &raw.title), (Place::Byline, &raw.byline)] {
        if let Some(text) = text {
            run(&Haystack::new(place, Normalised::new(text).text(), false));
        }
    }
    if let Some(url) = &raw.url {
        run(&Haystack::new(Place::Url, url, false));
    }
    if let Some(markup) = &raw.markup {
        run(&Haystack::new(Place::Markup, markup, false));
    }
    if !lines.is_empty() {
        run(&Haystack::new(Place::Markup, &lines, true));
    }
    finish(catalogue, document, &states, &lines)
}

/// Finds the literals and anchors of one text and runs every check on them.
fn search(catalogue: &Compiled, document: &Document, hay: &Haystack<'_>, states: &mut [State]) {
    let mut folded = hay.text.to_owned();
    folded.make_ascii_lowercase();
    let folded = folded.as_str();
    for state in states.iter_mut() {
        state.last_end = 0;
    }
    catalogue.matches(folded, |start, end, used| {
        let at = used.entry as usize;
        let (Some(entry), Some(state)) = (catalogue.entries.get(at), states.get_mut(at)) else {
            return;
        };
        match used.literal {
            Some(literal) => {
                if literal_stands(entry, hay.text, start, end, used) {
                    accept(document, hay, entry, state, literal, start, end);
                }
            }
            None => {
                let reach = catalogue.reach(at);
                let from = start.saturating_sub(reach);
                let to = (end + reach).min(hay.text.len());
                match state.window {
                    Some((first, last)) if from <= last => state.window = Some((first, to)),
                    Some(open) => {
                        regexes(catalogue, document, (hay, folded), at, state, open);
                        state.window = Some((from.max(open.1), to));
                    }
                    None => state.window = Some((from, to)),
                }
            }
        }
    });
    for (at, state) in states.iter_mut().enumerate() {
        if let Some(window) = state.window.take() {
            regexes(catalogue, document, (hay, folded), at, state, window);
        }
    }
}

/// Case and word borders of a literal.
fn literal_stands(entry: &Definition, text: &str, start: usize, end: usize, used: Use) -> bool {
    if entry.case_sensitive {
        let wanted = used.literal.and_then(|at| entry.literals.get(at as usize));
        if wanted.map(|literal| normal(literal)).as_deref() != text.get(start..end) {
            return false;
        }
    }
    let word = |c: Option<char>| c.is_some_and(|c| latin_letter(c) || c.is_ascii_digit() || c == '_');
    let before = || text.get(..start).and_then(|t| t.chars().next_back());
    let after = || text.get(end..).and_then(|t| t.chars().next());
    let joined = (used.left && word(before())) || (used.right && word(after()));
    !joined
}

/// Runs an entry's regexes over one window; every match is a candidate.
fn regexes(
    catalogue: &Compiled,
    document: &Document,
    (hay, folded): (&Haystack<'_>, &str),
    at: usize,
    state: &mut State,
    (from, to): (usize, usize),
) {
    let Some(entry) = catalogue.entries.get(at) else {
        return;
    };
    if !may_be_in_scope(hay, entry, (from, to)) {
        return;
    }
    let from = hay.text.floor_char_boundary(from);
    let to = hay.text.ceil_char_boundary(to);
    // Addresses and markup are not normalised: some letters there have lower-case forms beyond ASCII.
    let normal = matches!(hay.place, Place::Text | Place::Title | Place::Byline);
    let here = hay
        .text
        .get(from..to)
        .zip(folded.get(from..to))
        .filter(|_| normal);
    let mut found: Vec<(usize, usize, u32)> = Vec::new();
    let literals = u32::try_from(entry.literals.len()).unwrap_or(u32::MAX);
    for (index, pattern) in (0..entry.regexes.len()).zip(literals..) {
        if here.is_some_and(|(text, folded)| !catalogue.may_match(at, index, text, folded)) {
            continue;
        }
        let (Some(matcher), Some(upto)) = (catalogue.matcher(at, index), hay.text.get(..to)) else {
            continue;
        };
        // The text before the window stays visible to `\b` and `^`.
        let mut next = from;
        while let Some(match_) = matcher.find_at(upto.as_bytes(), next) {
            let (start, end) = (match_.start(), match_.end());
            let whole = (upto.floor_char_boundary(start), upto.ceil_char_boundary(end));
            found.push((whole.0, whole.1, pattern));
            next = if end > start {
                end
            } else {
                hay.text.ceil_char_boundary(end + 1)
            };
            if next >= upto.len() || found.len() >= MAX_MATCHES {
                break;
            }
        }
    }
    if entry.reader.is_some() {
        let pattern = literals.saturating_add(u32::try_from(entry.regexes.len()).unwrap_or(u32::MAX));
        let said = notice::notices(hay.text, (from, to)).into_iter();
        found.extend(said.map(|(start, end)| (start, end, pattern)));
    }
    // Several patterns of one entry go over the window one after the other.
    found.sort_unstable();
    for (start, end, pattern) in found {
        accept(document, hay, entry, state, pattern, start, end);
    }
}

/// Scope, surroundings and quotation of a candidate; counts and keeps it if all hold.
fn accept(
    document: &Document,
    hay: &Haystack<'_>,
    entry: &Definition,
    state: &mut State,
    pattern: u32,
    start: usize,
    end: usize,
) {
    if state.count >= MAX_COUNT || end <= start || !in_scope(document, hay, entry, start) {
        return;
    }
    let span = Span::new(start, end);
    let mut quoted = false;
    if hay.place == Place::Text {
        quoted = is_quoted(document.quotes(), span)
            || in_open_quote(hay.text, end)
            || (speaks(entry) && reported(hay.text, (start, end), entry.kind == Kind::Leak))
            || (entry.axis == Axis::Declared && (hay.in_comments(start) || headline(hay.text, (start, end))));
        if (quoted && entry.skip.quoted) || (entry.skip.code && in_code(document.blocks(), start)) {
            return;
        }
    }
    if entry.skip.url && matches!(hay.place, Place::Text) && in_url(hay.text, start, end) {
        return;
    }
    if !surroundings_hold(entry, hay.text, start, end) {
        return;
    }
    state.patterns |= 1 << pattern.min(63);
    if start < state.last_end {
        // The same place by a longer or another pattern: one sign.
        if let Some(last) = state.kept.last_mut()
            && last.place == hay.place
            && last.span.start as usize <= start
            && end > last.span.end as usize
        {
            last.span.end = span.end;
            state.last_end = end;
        }
        return;
    }
    state.last_end = end;
    state.count += 1;
    if state.kept.len() < MAX_REPORTS {
        state.kept.push(Kept {
            place: hay.place,
            span,
            quoted,
            metadata: hay.metadata,
        });
    }
}

/// Whether an entry finds what a text says of itself. The reader of notices reads the whole sentence and needs no such help.
fn speaks(entry: &Definition) -> bool {
    entry.axis == Axis::Declared && entry.reader.is_none()
}

/// Count conditions and requirements, then the signs themselves.
fn finish(catalogue: &Compiled, document: &Document, states: &[State], metadata: &str) -> Vec<Sign> {
    let words = document.words().len();
    let counts = Counts::of(&document.raw().text);
    let mut alive: Vec<bool> = Vec::with_capacity(states.len());
    for (entry, state) in catalogue.entries.iter().zip(states.iter()) {
        let count = entry
            .counter
            .map_or(state.count, |counter| counts.get(counter).count);
        let dense = entry.per_words == 0
            || u64::from(count) * u64::from(entry.per_words) >= u64::from(entry.min_count) * words as u64;
        alive.push(
            count >= entry.min_count
                && dense
                && (entry.counter.is_some() || state.patterns.count_ones() >= entry.min_patterns),
        );
    }
    // What an entry requires may itself fall: repeat until nothing changes.
    loop {
        let fallen: Vec<usize> = catalogue
            .requires
            .iter()
            .enumerate()
            .filter(|(at, needs)| {
                alive.get(*at) == Some(&true) && needs.iter().any(|need| alive.get(*need) != Some(&true))
            })
            .map(|(at, _)| at)
            .collect();
        if fallen.is_empty() {
            break;
        }
        for at in fallen {
            if let Some(flag) = alive.get_mut(at) {
                *flag = false;
            }
        }
    }
    let mut signs: Vec<(u8, Option<Span>, Sign)> = Vec::new();
    for ((entry, state), _) in catalogue
        .entries
        .iter()
        .zip(states.iter())
        .zip(&alive)
        .filter(|(_, alive)| **alive)
    {
        if let Some(counter) = entry.counter {
            let span = counts.get(counter).first;
            let text = span.map_or("", |span| span.of(&document.raw().text));
            signs.push((0, span, sign(entry, Place::Text, span, text.to_owned(), false)));
            continue;
        }
        for kept in &state.kept {
            let original = (kept.place == Place::Text).then(|| document.to_original(kept.span));
            let text = text_of(document, kept, original, metadata);
            signs.push((
                rank(kept.place),
                original.or(Some(kept.span)),
                sign(entry, kept.place, original, text, kept.quoted),
            ));
        }
    }
    signs.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
    signs.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1 && a.2.id == b.2.id);
    let mut signs: Vec<Sign> = signs.into_iter().map(|(_, _, sign)| sign).collect();
    drop_repeated(catalogue, &mut signs);
    signs
}

/// What a reader found and a decisive pattern of the same axis found as well is told once, by the pattern's name.
fn drop_repeated(catalogue: &Compiled, signs: &mut Vec<Sign>) {
    let readers: Vec<Arc<str>> = catalogue
        .entries
        .iter()
        .filter(|entry| entry.reader.is_some())
        .map(|entry| Arc::clone(&entry.id))
        .collect();
    let read = |sign: &Sign| readers.contains(&sign.id);
    if !signs.iter().any(read) {
        return;
    }
    let by_pattern: Vec<(Axis, Span)> = signs
        .iter()
        .filter(|sign| !read(sign) && sign.strength == Strength::Decisive)
        .filter_map(|sign| Some((sign.axis, sign.span?)))
        .collect();
    let repeated = |sign: &Sign, span: Span| {
        by_pattern
            .iter()
            .any(|(axis, own)| *axis == sign.axis && own.overlaps(span))
    };
    signs.retain(|sign| !read(sign) || !sign.span.is_some_and(|span| repeated(sign, span)));
}

fn sign(entry: &Definition, place: Place, span: Option<Span>, text: String, quoted: bool) -> Sign {
    Sign {
        id: Arc::clone(&entry.id),
        kind: entry.kind,
        axis: entry.axis,
        strength: entry.strength,
        producer: entry.producer.clone(),
        group: entry.group.clone(),
        place,
        span,
        text,
        quoted,
    }
}

fn text_of(document: &Document, kept: &Kept, original: Option<Span>, metadata: &str) -> String {
    let raw = document.raw();
    let slice = |text: Option<&str>| text.map(|text| kept.span.of(text)).unwrap_or("").to_owned();
    match kept.place {
        Place::Text => original.map_or("", |span| span.of(&raw.text)).to_owned(),
        Place::Title => slice(
            raw.title
                .as_deref()
                .map(Normalised::new)
                .as_ref()
                .map(Normalised::text),
        ),
        Place::Byline => slice(
            raw.byline
                .as_deref()
                .map(Normalised::new)
                .as_ref()
                .map(Normalised::text),
        ),
        Place::Url => slice(raw.url.as_deref()),
        Place::Markup => {
            let found = slice(if kept.metadata {
                Some(metadata)
            } else {
                raw.markup.as_deref()
            });
            let end = found.floor_char_boundary(MARKUP_TEXT);
            found.get(..end).unwrap_or("").to_owned()
        }
    }
}
