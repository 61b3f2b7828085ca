//! Who contradicts a figure, and with what: one line for all that give the same.

use crate::document::Span;
use crate::verdict::FigureConflict;

/// A figure of a text, and what its siblings say otherwise.
pub struct Contradicted {
    /// Where it stands in the text as it was read.
    pub span: Span,
    /// A line for each other value, with who gives it.
    pub lines: Vec<String>,
}

/// The contradictions of a text, figure by figure.
pub fn contradictions(conflicts: &[FigureConflict]) -> Vec<Contradicted> {
    let figures = conflicts.chunk_by(|one, other| one.span == other.span);
    figures
        .filter_map(|figure| {
            let mut said: Vec<(String, Vec<&str>)> = Vec::new();
            for conflict in figure {
                let value = value(conflict);
                match said.iter_mut().find(|(other, _)| *other == value) {
                    Some((_, documents)) => documents.push(&conflict.document),
                    None => said.push((value, vec![&conflict.document])),
                }
            }
            Some(Contradicted {
                span: figure.first()?.span,
                lines: said.iter().map(line).collect(),
            })
        })
        .collect()
}

fn line((value, documents): &(String, Vec<&str>)) -> String {
    match documents.as_slice() {
        [one] => format!("{one} gives {value}"),
        [first @ .., last] => format!("{} and {last} give {value}", first.join(", ")),
        [] => String::new(),
    }
}

/// What a sibling gives instead.
fn value(conflict: &FigureConflict) -> String {
    if conflict.kind == "period" {
        return "the same for another time".to_owned();
    }
    let [low, high] = conflict.theirs.map(amount);
    let value = if low == high {
        low
    } else {
        format!("{low} to {high}")
    };
    match conflict.unit.as_deref().unwrap_or_default() {
        sign @ ("%" | "x") => format!("{value}{sign}"),
        sign @ ("pp" | "bp") => format!("{value} {sign}"),
        code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            format!("{code} {value}")
        }
        _ if conflict.theirs == [1.0; 2] => value,
        unit => noun(&conflict.text, unit).map_or_else(|| value.clone(), |noun| format!("{value} {noun}")),
    }
}

/// A noun as the text prints it, if that is the one that a unit names in the singular, so that no plural need be made up; `None` where
/// the text has it in the singular ("one year", "a 12-person crew") but for the measures of time.
fn noun(text: &str, unit: &str) -> Option<String> {
    const TIMES: [&str; 8] = [
        "year", "month", "week", "day", "hour", "minute", "decade", "quarter",
    ];
    if TIMES.contains(&unit) {
        return Some(format!("{unit}s"));
    }
    let last = text.rsplit([' ', '-']).next()?;
    let start = |word: &str| -> String { word.chars().take(3).flat_map(char::to_lowercase).collect() };
    let plural = last != unit && !last.ends_with("illion") && last.starts_with(char::is_alphabetic);
    // "Person" has "people".
    let same = start(last) == start(unit) || unit == "person" && last == "people";
    (plural && same && !unit.is_empty()).then(|| last.to_owned())
}

/// A value as people say it: 14300000 is "14.3 million".
fn amount(value: f64) -> String {
    // The value divided, without the zeros that end its decimals.
    let part = |of: f64| {
        let text = format!("{:.3}", value / of);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    const SCALES: [(f64, &str); 3] = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
    let scale = SCALES.iter().find(|(of, _)| value.abs() >= *of);
    scale.map_or_else(|| part(1.0), |(of, name)| format!("{}{name}", part(*of)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conflict(text: &str, document: &str, theirs: [f64; 2], unit: &str) -> FigureConflict {
        FigureConflict {
            kind: "value",
            span: Span::new(4, 4 + text.len()),
            text: text.to_owned(),
            document: document.to_owned(),
            theirs,
            unit: Some(unit.to_owned()),
        }
    }

    #[test]
    fn who_says_otherwise_and_what() {
        let said = |text, theirs, unit| {
            let [figure] = contradictions(&[conflict(text, "pier", theirs, unit)])
                .try_into()
                .ok()
                .unwrap();
            figure.lines.concat()
        };
        assert_eq!(said("29%", [30.0; 2], "%"), "pier gives 30%");
        assert_eq!(said("29", [30.0, 32.5], ""), "pier gives 30 to 32.5");
        assert_eq!(said("2 points", [-2.0, 0.125], "pp"), "pier gives -2 to 0.125 pp");
        assert_eq!(said("3.2 times", [4.0; 2], "x"), "pier gives 4x");
        assert_eq!(
            said("$3,140", [3140.0, 4.67e9], "USD"),
            "pier gives USD 3140 to 4.67 billion"
        );
        assert_eq!(
            said("15 million people", [14.3e6; 2], "person"),
            "pier gives 14.3 million people"
        );
        assert_eq!(said("eight years", [10.0; 2], "year"), "pier gives 10 years");
        assert_eq!(said("eight-year", [10.0; 2], "year"), "pier gives 10 years");
        assert_eq!(said("17 ferries", [19.0; 2], "ferry"), "pier gives 19 ferries");
        assert_eq!(said("12-person", [10.0; 2], "person"), "pier gives 10");
        // The noun stands elsewhere in the sentence.
        assert_eq!(said("15 million", [14e6; 2], "mile"), "pier gives 14 million");
        assert_eq!(said("15 million", [14e6; 2], "rider"), "pier gives 14 million");
    }

    #[test]
    fn those_that_give_the_same_are_told_together() {
        let period = FigureConflict {
            kind: "period",
            ..conflict("29%", "mole", [29.0; 2], "%")
        };
        let later = FigureConflict {
            span: Span::new(90, 93),
            ..conflict("7%", "quay", [8.0; 2], "%")
        };
        let of = |document, value| conflict("29%", document, [value; 2], "%");
        let all = contradictions(&[
            of("pier", 30.0),
            of("quay", 31.0),
            of("dock", 30.0),
            of("slip", 30.0),
            period,
            later,
        ]);
        let lines: Vec<Vec<String>> = all.into_iter().map(|figure| figure.lines).collect();
        assert_eq!(
            lines,
            [
                vec![
                    "pier, dock and slip give 30%",
                    "quay gives 31%",
                    "mole gives the same for another time"
                ],
                vec!["quay gives 8%"]
            ]
        );
    }
}
