//! The command line: one file a command.

use std::process::ExitCode;

/// Parses the arguments and runs the command.
#[must_use]
pub fn main() -> ExitCode {
    let Ok(detector) = crate::Detector::shipped() else {
        return ExitCode::from(2);
    };
    let output = crate::write::WRITERS.first();
    let (Some(output), mut out) = (output, std::io::stdout().lock()) else {
        return ExitCode::from(2);
    };
    let mut writer = (output.writer)(false);
    for path in std::env::args().skip(2) {
        let Ok(file) = std::fs::File::open(&path) else {
            return ExitCode::from(2);
        };
        let options = crate::read::ReadOptions {
            name: path,
            ..Default::default()
        };
        for item in crate::read::read(Box::new(std::io::BufReader::new(file)), None, &options) {
            let Ok(raw) = item else { continue };
            let document = crate::Document::new(raw);
            let verdict = detector.examine(&document);
            if writer.document(&mut out, &document, &verdict).is_err() {
                return ExitCode::from(2);
            }
        }
    }
    ExitCode::SUCCESS
}
