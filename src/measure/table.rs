//! The registry as a document for people.

use std::fmt::Write;

use super::{FAMILIES, Spec, specs};

/// The registry as Markdown: a section with a table for each family. Deterministic.
#[must_use]
pub fn table() -> String {
    let mut out = String::from(
        "# Measures\n\n\
         What byline measures on the prose of a document, by family. Rendered from the registry in `src/measure`; a test\n\
         keeps it up to date. A measure is left empty for a text with fewer words than it needs. *Layout* marks those\n\
         that layout or typing habits can change; the default model uses none of them.\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "\n{} measures in {} families.",
        specs().count(),
        FAMILIES.len()
    );
    for family in FAMILIES {
        let _ = writeln!(
            out,
            "\n## {}\n\n{}\n\n| Name | Version | Unit | Range | Words needed | Layout | What | Source |\n\
             |---|---|---|---|---|---|---|---|",
            family.name, family.doc
        );
        for spec in family.specs {
            let _ = writeln!(out, "{}", row(spec));
        }
    }
    out
}

fn row(spec: &Spec) -> String {
    let bound = |value: f64| {
        if value.is_finite() {
            value.to_string()
        } else {
            "no limit".to_owned()
        }
    };
    format!(
        "| `{}` | {} | {} | {} to {} | {} | {} | {} | {} |",
        spec.name,
        spec.version,
        spec.unit,
        bound(spec.range.0),
        bound(spec.range.1),
        spec.min_words,
        if spec.layout { "yes" } else { "" },
        spec.doc,
        spec.source
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/features.md");

    #[test]
    fn the_committed_table_is_up_to_date() {
        let committed = std::fs::read_to_string(PATH).unwrap().replace("\r\n", "\n");
        assert!(
            committed == table(),
            "run `cargo test --lib write_the_table -- --ignored` and commit models/features.md"
        );
    }

    #[test]
    #[ignore = "writes models/features.md"]
    fn write_the_table() {
        std::fs::write(PATH, table()).unwrap();
    }
}
