//! One line: JSON -> its text and fields, in one pass that keeps only what byline knows.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::read::error::{Position, ReadError};
use crate::read::record::Fields;

/// Fields that hold a page's markup, taken where the text field is missing.
const MARKUP_FIELDS: [&str; 2] = ["html", "markup"];
/// Field names listed in the error about a missing text.
const LISTED_FIELDS: usize = 12;

/// What a record holds to examine.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Its text.
    Text(String),
    /// Source markup, to be extracted.
    Markup(String),
}

/// One parsed line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Text or markup.
    pub content: Content,
    /// The rest.
    pub fields: Fields,
}

/// Parses a line. `at` gives the position of a byte offset in it.
///
/// # Errors
/// Bad JSON or bad UTF-8, not an object, no text, text that is not a string.
pub(super) fn parse(
    line: &[u8],
    text_field: &str,
    at: impl Fn(usize) -> Position,
) -> Result<Record, ReadError> {
    // Without the line's end, so that a string cut off by it is told as such.
    let line = line.trim_ascii_end();
    let first = line.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let mut parser = serde_json::Deserializer::from_slice(line);
    let parsed = ObjectSeed { text_field }.deserialize(&mut parser);
    let parsed = parsed.and_then(|object| parser.end().map(|()| object));
    let object = match parsed {
        Ok(object) => object,
        Err(error) => return Err(explain(&error, line, first, &at)),
    };
    let content = match (object.text, object.markup) {
        (Some(Scalar::String(text)), _) => Content::Text(text),
        (None | Some(Scalar::Other("null")), Some(markup)) => Content::Markup(markup),
        (None, None) => {
            return Err(ReadError::MissingText {
                at: at(first),
                field: text_field.to_owned(),
                found: object.names,
            });
        }
        (Some(other), _) => {
            return Err(ReadError::TextNotAString {
                at: at(first),
                field: text_field.to_owned(),
                found: other.kind(),
            });
        }
    };
    Ok(Record {
        content,
        fields: object.fields,
    })
}

/// Turns the parser's error into one with a position in the input.
fn explain(
    error: &serde_json::Error,
    line: &[u8],
    first: usize,
    at: &impl Fn(usize) -> Position,
) -> ReadError {
    let kind = match line.get(first) {
        Some(b'[') => Some("an array"),
        Some(b'"') => Some("a string"),
        Some(b'-' | b'0'..=b'9') => Some("a number"),
        Some(b't' | b'f') => Some("true or false"),
        Some(b'n') => Some("null"),
        _ => None,
    };
    if let Some(found) = kind
        && error.is_data()
    {
        return ReadError::NotAnObject { at: at(first), found };
    }
    if let Err(utf8) = std::str::from_utf8(line) {
        return ReadError::Encoding {
            at: at(utf8.valid_up_to()),
            encoding: "UTF-8",
            malformed: crate::read::encoding::utf8_slips(line).malformed,
        };
    }
    // serde_json counts columns from 1 and names the last byte it took.
    let column = error.column().min(line.len());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let message = if error.is_eof() {
        format!("the line is cut off ({message})")
    } else {
        message.to_owned()
    };
    ReadError::Json {
        at: at(column.saturating_sub(1)),
        column: u64::try_from(column).unwrap_or(u64::MAX),
        message,
    }
}

/// A JSON value as far as a record needs it.
#[derive(Debug, PartialEq, Eq)]
enum Scalar {
    String(String),
    Number(String),
    /// Null, a boolean, an array or an object, by name.
    Other(&'static str),
}

impl Scalar {
    fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Number(_) => "a number",
            Self::Other(kind) => kind,
        }
    }
}

struct Object {
    text: Option<Scalar>,
    markup: Option<String>,
    fields: Fields,
    names: Vec<String>,
}

struct ObjectSeed<'f> {
    text_field: &'f str,
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_> {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut object = Object {
            text: None,
            markup: None,
            fields: Fields::default(),
            names: Vec::new(),
        };
        while let Some(name) = map.next_key_seed(NameSeed)? {
            if name == self.text_field {
                object.text = Some(map.next_value_seed(ScalarSeed)?);
            } else if let Some(slot) = object.fields.slot(&name) {
                // A value of another type says nothing here, but is no reason to lose the text.
                if let Scalar::String(value) | Scalar::Number(value) = map.next_value_seed(ScalarSeed)? {
                    *slot = Some(value);
                }
            } else if MARKUP_FIELDS.contains(&&*name) {
                if let Scalar::String(value) = map.next_value_seed(ScalarSeed)? {
                    object.markup = Some(value);
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            if object.names.len() < LISTED_FIELDS {
                object.names.push(name.into_owned());
            }
        }
        Ok(object)
    }
}

/// A field name, borrowed from the line where it has no escapes.
struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = std::borrow::Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = std::borrow::Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(name.into())
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(name.to_owned().into())
    }
}

struct ScalarSeed;

impl<'de> DeserializeSeed<'de> for ScalarSeed {
    type Value = Scalar;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ScalarSeed {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::String(value.to_owned()))
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<Scalar, E> {
        Ok(Scalar::String(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value.to_string()))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value.to_string()))
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Scalar, E> {
        Ok(Scalar::Other("true or false"))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Scalar, E> {
        Ok(Scalar::Other("null"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other("an array"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other("an object"))
    }
}
