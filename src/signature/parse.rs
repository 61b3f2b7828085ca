//! TOML -> [`Definition`]s, with every mistake reported at its line.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::definition::{COUNTERS, Definition, EXAMPLE_PLACES, Example, ExamplePlace, READERS, Skip};
use super::vocabulary::*;
use super::{Axis, CatalogueError, Scope, Strength};

/// Parses one file. Entries with an error are left out; all errors are appended in file order.
pub(super) fn parse(file: &str, text: &str, errors: &mut Vec<CatalogueError>) -> Vec<Definition> {
    let lines = Lines::new(text);
    let (table, problems) = DeTable::parse_recoverable(text);
    let name: Arc<str> = Arc::from(file);
    for problem in &problems {
        errors.push(CatalogueError {
            file: file.to_owned(),
            entry: None,
            line: problem.span().map(|span| lines.of(span.start)),
            message: format!("not TOML: {}", problem.message()),
        });
    }
    let mut found = Vec::new();
    for (key, value) in table.get_ref() {
        let at = lines.of(key.span().start);
        let Some(entries) = (key.get_ref() == "signature")
            .then(|| value.get_ref().as_array())
            .flatten()
        else {
            errors.push(CatalogueError {
                file: file.to_owned(),
                entry: None,
                line: Some(at),
                message: format!("`{}`: a catalogue holds [[signature]] tables only", key.get_ref()),
            });
            continue;
        };
        for entry in entries.iter() {
            let line = lines.of(entry.span().start);
            let mut reader = Reader {
                lines: &lines,
                file: &name,
                id: None,
                line,
                errors: Vec::new(),
            };
            let definition = match entry.get_ref() {
                DeValue::Table(table) => reader.definition(table),
                other => {
                    reader.fail(line, format!("expected a table, found {}", other.type_str()));
                    None
                }
            };
            if reader.errors.is_empty() {
                found.extend(definition);
            }
            errors.append(&mut reader.errors);
        }
    }
    found
}

/// Reads one entry's keys and notes every mistake.
struct Reader<'a> {
    lines: &'a Lines,
    file: &'a Arc<str>,
    id: Option<String>,
    line: u64,
    errors: Vec<CatalogueError>,
}

type Table<'t> = DeTable<'t>;
type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn fail(&mut self, line: u64, message: String) {
        self.errors.push(CatalogueError {
            file: self.file.to_string(),
            entry: self.id.clone(),
            line: Some(line),
            message,
        });
    }

    fn line_of(&self, value: &Value<'_>) -> u64 {
        self.lines.of(value.span().start)
    }

    fn text(&mut self, table: &Table<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        if let Some(text) = value.get_ref().as_str() {
            return Some(text.to_owned());
        }
        let line = self.line_of(value);
        self.fail(line, format!("`{key}` must be a string"));
        None
    }

    fn flag(&mut self, table: &Table<'_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        if let Some(flag) = value.get_ref().as_bool() {
            return Some(flag);
        }
        let line = self.line_of(value);
        self.fail(line, format!("`{key}` must be true or false"));
        None
    }

    fn number(&mut self, table: &Table<'_>, key: &str, range: (i64, i64)) -> Option<i64> {
        let value = table.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(n) if n >= range.0 && n <= range.1 => Some(n),
            _ => {
                let line = self.line_of(value);
                self.fail(
                    line,
                    format!("`{key}` must be a whole number from {} to {}", range.0, range.1),
                );
                None
            }
        }
    }

    /// A string or a list of strings.
    fn list(&mut self, table: &Table<'_>, key: &str) -> Vec<String> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        if let Some(one) = value.get_ref().as_str() {
            return vec![one.to_owned()];
        }
        let items = value.get_ref().as_array().map(|array| {
            array
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        });
        let line = self.line_of(value);
        match items.flatten() {
            Some(items) if items.iter().any(|item| item.trim().is_empty()) => {
                self.fail(line, format!("`{key}` holds an empty string"));
                Vec::new()
            }
            Some(items) => items,
            None => {
                self.fail(line, format!("`{key}` must be a string or a list of strings"));
                Vec::new()
            }
        }
    }

    fn word<T: Copy>(&mut self, table: &Table<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
        let line = table.get(key).map(|value| self.line_of(value))?;
        let given = self.text(table, key)?;
        self.known(line, key, &given, words)
    }

    fn known<T: Copy>(&mut self, line: u64, key: &str, given: &str, words: &[(&str, T)]) -> Option<T> {
        let found = words
            .iter()
            .find(|(name, _)| *name == given)
            .map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
            let hint = match nearest(given, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known: {}", names.join(", ")),
            };
            self.fail(line, format!("`{key}`: `{given}` is not known; {hint}"));
        }
        found
    }

    fn examples(&mut self, table: &Table<'_>, key: &str, home: ExamplePlace) -> Vec<Example> {
        let Some(value) = table.get(key) else {
            self.fail(
                self.line,
                format!("`{key}` is missing: give at least one example"),
            );
            return Vec::new();
        };
        let line = self.line_of(value);
        let Some(array) = value.get_ref().as_array().filter(|array| !array.is_empty()) else {
            self.fail(line, format!("`{key}` must be a list of at least one example"));
            return Vec::new();
        };
        let mut examples = Vec::new();
        for item in array.iter() {
            let line = self.line_of(item);
            match item.get_ref() {
                DeValue::String(text) => examples.push(Example {
                    line,
                    parts: vec![(home, text.to_string())],
                }),
                DeValue::Table(parts) => {
                    let mut filled = Vec::new();
                    for (place, text) in parts {
                        let place = self.known(line, key, place.get_ref(), EXAMPLE_PLACES);
                        match (place, text.get_ref().as_str()) {
                            (Some(place), Some(text)) => filled.push((place, text.to_owned())),
                            (Some(_), None) => {
                                self.fail(line, format!("`{key}`: an example's text is a string"))
                            }
                            (None, _) => {}
                        }
                    }
                    examples.push(Example { line, parts: filled });
                }
                other => {
                    let kind = other.type_str();
                    self.fail(
                        line,
                        format!("`{key}`: an example is a string or a table, not {kind}"),
                    );
                }
            }
        }
        examples
    }

    fn scopes(&mut self, table: &Table<'_>) -> Vec<Scope> {
        let line = table.get("scope").map_or(self.line, |value| self.line_of(value));
        let mut scopes: Vec<Scope> = self
            .list(table, "scope")
            .iter()
            .filter_map(|given| self.known(line, "scope", given, SCOPES))
            .collect();
        if scopes.is_empty() {
            scopes.push(Scope::Any);
        }
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }

    fn skip(&mut self, table: &Table<'_>) -> Skip {
        let line = table.get("skip").map_or(self.line, |value| self.line_of(value));
        let mut skip = Skip::default();
        for given in self.list(table, "skip") {
            match given.as_str() {
                "quoted" => skip.quoted = true,
                "code" => skip.code = true,
                "url" => skip.url = true,
                _ => {
                    self.fail(
                        line,
                        format!("`skip`: `{given}` is not known; known: quoted, code, url"),
                    );
                }
            }
        }
        skip
    }

    fn required<T>(&mut self, key: &str, table: &Table<'_>, value: Option<T>) -> Option<T> {
        if value.is_none() && !table.contains_key(key) {
            self.fail(self.line, format!("`{key}` is missing{}", choices(key)));
        }
        value
    }

    fn unknown_keys(&mut self, table: &Table<'_>) {
        for key in table.keys() {
            let given = key.get_ref().as_ref();
            if !KEYS.contains(&given) {
                let hint =
                    nearest(given, KEYS).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                let line = self.lines.of(key.span().start);
                self.fail(line, format!("unknown key `{given}`{hint}"));
            }
        }
    }

    fn definition(&mut self, table: &Table<'_>) -> Option<Definition> {
        let id = self.text(table, "id");
        self.id.clone_from(&id);
        self.unknown_keys(table);
        let id = self.required("id", table, id);
        if let Some(id) = &id
            && !well_formed(id)
        {
            self.fail(
                self.line,
                "`id` must be dotted lower case: letters, digits, `-`, `_`, at least one dot".to_owned(),
            );
        }
        let summary = self.text(table, "summary");
        let summary = self.required("summary", table, summary);
        let kind = self.word(table, "kind", KINDS);
        let kind = self.required("kind", table, kind);
        let strength = self.word(table, "strength", STRENGTHS);
        let strength = self.required("strength", table, strength);
        let polarity = self.word(table, "polarity", POLARITIES);
        let polarity = self.required("polarity", table, polarity);
        let axis = self.word(table, "axis", AXES);
        let source = self.text(table, "source");
        let source = self.required("source", table, source);
        let scopes = self.scopes(table);
        let counter = self.word(table, "counter", COUNTERS);
        let reader = self.word(table, "reader", READERS);
        let home = home(&scopes);
        let definition = Definition {
            file: Arc::clone(self.file),
            line: self.line,
            axis: axis.or_else(|| kind.map(default_axis)).unwrap_or(Axis::None),
            scopes,
            producer: self.text(table, "producer").map(Arc::from),
            group: self.text(table, "group").map(Arc::from),
            literals: self.list(table, "literal"),
            regexes: self.list(table, "regex"),
            anchors: self.list(table, "anchors"),
            counter,
            reader,
            case_sensitive: self.flag(table, "case_sensitive").unwrap_or(false),
            whole_word: self.flag(table, "whole_word").unwrap_or(true),
            skip: self.skip(table),
            requires: self.list(table, "requires"),
            excludes: lower(self.list(table, "excludes")),
            near: lower(self.list(table, "near")),
            within: self
                .number(table, "within", (1, WITHIN_MAX))
                .and_then(|n| usize::try_from(n).ok())
                .unwrap_or(WITHIN_DEFAULT),
            min_count: self.count(table, "min_count", 1),
            min_patterns: self.count(table, "min_patterns", 1),
            per_words: self.count(table, "per_words", 0),
            lang: self.text(table, "lang"),
            since: self.text(table, "since"),
            fp_note: self.text(table, "fp_note"),
            verified: self
                .flag(table, "verified")
                .unwrap_or_else(|| source.as_deref().is_some_and(|source| !source.starts_with('M'))),
            hit: self.examples(table, "hit", home),
            miss: self.examples(table, "miss", home),
            id: Arc::from(id.unwrap_or_default()),
            summary: summary.unwrap_or_default(),
            kind: kind?,
            strength: strength?,
            polarity: polarity?,
            source: source?,
        };
        self.consistent(&definition);
        Some(definition)
    }

    fn count(&mut self, table: &Table<'_>, key: &str, default: u32) -> u32 {
        self.number(table, key, (1, COUNT_MAX))
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(default)
    }

    fn consistent(&mut self, entry: &Definition) {
        let line = self.line;
        if !entry.source.starts_with(SOURCES) {
            self.fail(
                line,
                format!("`source` must begin with the letter of its kind: {SOURCES_MEAN}"),
            );
        }
        if !entry.verified && entry.strength == Strength::Decisive {
            self.fail(
                line,
                "an entry that is not verified may be `strong` at most; set `verified = true` if its wording was checked against a live text".to_owned(),
            );
        }
        let searched = !entry.regexes.is_empty() || entry.reader.is_some();
        if entry.literals.is_empty() && !searched && entry.counter.is_none() {
            self.fail(line, "needs `literal`, `regex`, `reader` or `counter`".to_owned());
        }
        if searched && entry.anchors.is_empty() {
            self.fail(
                line,
                "`regex` or `reader` needs `anchors`: literals of which one stands in every match".to_owned(),
            );
        }
        if !searched && !entry.anchors.is_empty() {
            self.fail(line, "`anchors` without `regex` or `reader`".to_owned());
        }
        if entry
            .anchors
            .iter()
            .any(|anchor| anchor.bytes().any(|b| b.is_ascii_uppercase()))
        {
            self.fail(line, "`anchors` must be lower case".to_owned());
        }
        let patterns = entry.literals.len() + entry.regexes.len();
        if entry.min_patterns as usize > patterns.max(1) {
            self.fail(
                line,
                format!("`min_patterns` is {} of {patterns} patterns", entry.min_patterns),
            );
        }
    }
}
