use super::*;

fn files() -> Vec<(String, String)> {
    Catalogue::shipped_files()
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn every_example_of_the_shipped_catalogue_holds() {
    let errors = Catalogue::check(&files());
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(
        errors.is_empty(),
        "{} errors:\n{}",
        errors.len(),
        lines.join("\n")
    );
}
