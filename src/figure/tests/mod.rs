//! What figures are found, and what is said of them.

mod any_text;
mod said;
mod surfaces;

use super::{Figure, figures};
use crate::{Document, RawDocument};

fn found(text: &str) -> Vec<Figure> {
    let document = Document::new(RawDocument {
        text: text.to_owned(),
        ..RawDocument::default()
    });
    figures(&document)
}

/// "kind low..high unit" of every figure of a text.
fn told(text: &str) -> Vec<String> {
    found(text)
        .iter()
        .map(|figure| {
            let kind = format!("{:?}", figure.kind).to_lowercase();
            let range = if (figure.low - figure.high).abs() < f64::EPSILON {
                figure.low.to_string()
            } else {
                format!("{}..{}", figure.low, figure.high)
            };
            format!("{kind} {range} {}", figure.unit).trim_end().to_owned()
        })
        .collect()
}
