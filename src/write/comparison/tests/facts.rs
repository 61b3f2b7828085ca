//! What the made-up siblings tell of.

use crate::figure::Kind;

/// A fact: kind, unit, value, subject, how telling, and (document, position, surface, sentence) of each mention.
pub struct Fact {
    pub kind: Kind,
    pub unit: &'static str,
    pub value: f64,
    pub subject: Option<&'static str>,
    pub weight: f64,
    pub said: Vec<(usize, u32, &'static str, &'static str)>,
}

pub fn facts() -> Vec<Fact> {
    let fact = |kind, unit, value, subject, weight, said: &[(usize, u32, &'static str, &'static str)]| Fact {
        kind,
        unit,
        value,
        subject,
        weight,
        said: said.to_vec(),
    };
    vec![
        fact(
            Kind::Money,
            "EUR",
            18.4e9,
            Some("grid investment"),
            0.94,
            &[
                (
                    0,
                    210,
                    "\u{20ac}18.4 billion",
                    "The operators will put {} into new lines by the end of the decade.",
                ),
                (
                    1,
                    340,
                    "18.4 billion euros",
                    "Some {} is planned for lines and substations.",
                ),
                (2, 120, "\u{20ac}18.4bn", "Planned spending: {} until 2030."),
                (
                    3,
                    502,
                    "EUR 18.4 billion",
                    "Together the four companies budget {}.",
                ),
                (
                    4,
                    95,
                    "\u{20ac}18.4 billion",
                    "A bill of {} awaits the operators.",
                ),
            ],
        ),
        fact(
            Kind::Percent,
            "%",
            26.0,
            Some("revenue growth"),
            0.55,
            &[
                (
                    0,
                    610,
                    "26 percent",
                    "Revenue of Tarnwell Grid grew {} from a year before.",
                ),
                (1, 720, "26%", "Tarnwell's sales climbed {} in the quarter."),
                (2, 655, "26 %", "Tarnwell Grid: revenue up {}."),
                (
                    3,
                    811,
                    "26%",
                    "Growth at Tarnwell came to {}, the fastest in three years.",
                ),
            ],
        ),
        fact(
            Kind::Money,
            "SEK",
            5.31e9,
            Some("order book"),
            0.82,
            &[
                (0, 905, "SEK 5.31 billion", "Its order book stood at {}."),
                (3, 940, "5.31 billion kronor", "Orders worth {} are waiting."),
                (4, 400, "SEK5.31bn", "Orders on hand: {}."),
            ],
        ),
        fact(
            Kind::Percent,
            "%",
            4.0,
            None,
            0.12,
            &[
                (0, 1400, "4%", "Shares rose {} on Friday."),
                (1, 1410, "4 per cent", "The stock gained {}."),
                (2, 1420, "4 %", "Stock: up {}."),
                (3, 1430, "four percent", "Investors sent the shares up {}."),
                (5, 220, "4 %", "Milk prices rose {} in the district."),
            ],
        ),
        fact(
            Kind::Count,
            "substation",
            112.0,
            Some("substations"),
            0.77,
            &[
                (1, 1105, "112 substations", "The plan names {} in nine districts."),
                (2, 1001, "112", "Number of substations: {}."),
            ],
        ),
        fact(
            Kind::Ordinal,
            "quarter",
            7.0,
            Some("quarter of growth"),
            0.48,
            &[
                (0, 1200, "seventh consecutive quarter", "It was the {} of growth."),
                (
                    4,
                    1210,
                    "seventh straight quarter",
                    "The company has grown for the {}.",
                ),
            ],
        ),
    ]
}
