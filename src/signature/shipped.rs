//! The catalogue files in this binary.

/// Every file of `models/signatures`, by name; a test compares the folder with this list.
pub(super) static FILES: &[(&str, &str)] = &[
    (
        "declared.toml",
        include_str!("../../models/signatures/declared.toml"),
    ),
    ("leaks.toml", include_str!("../../models/signatures/leaks.toml")),
    (
        "provenance.toml",
        include_str!("../../models/signatures/provenance.toml"),
    ),
    (
        "rhetoric.toml",
        include_str!("../../models/signatures/rhetoric.toml"),
    ),
    (
        "templates.toml",
        include_str!("../../models/signatures/templates.toml"),
    ),
    (
        "syndication.toml",
        include_str!("../../models/signatures/syndication.toml"),
    ),
    ("tamper.toml", include_str!("../../models/signatures/tamper.toml")),
    (
        "languages.toml",
        include_str!("../../models/signatures/languages.toml"),
    ),
];
