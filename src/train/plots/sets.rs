//! Where the texts of every left-out set lie: a bar a set and class.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::super::metrics::Scored;
use super::super::row::{Label, Row};
use super::super::sets::SETS;
use super::curves::quantile;
use super::draw::{said, svg};

/// Quantiles that a bar shows: ends of its line, ends of its body, its middle.
const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The log-odds of one class of one set, at [`QUANTILES`].
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// The set.
    pub name: &'static str,
    /// Human, then machine texts: how many, and their quantiles.
    pub classes: [Option<(usize, [f64; 5])>; 2],
}

/// One spread a set that is scored, in the order of the list of sets: those of people, those of both, those of machines.
pub fn spreads(scored: &[(&Row, Scored)]) -> Vec<Spread> {
    let of = |index: usize, label: Label| {
        let mut values: Vec<f64> = scored
            .iter()
            .filter(|(row, _)| row.set == index && row.label == label)
            .map(|(_, scored)| log_odds(scored.probability))
            .collect();
        values.sort_by(f64::total_cmp);
        let mut found = [0.0; 5];
        for (slot, share) in found.iter_mut().zip(QUANTILES) {
            *slot = quantile(&values, share)?;
        }
        Some((values.len(), found))
    };
    let mut spreads: Vec<Spread> = SETS
        .iter()
        .enumerate()
        .filter(|(_, set)| set.machine)
        .map(|(index, set)| Spread {
            name: set.name,
            classes: [of(index, Label::Human), of(index, Label::Machine)],
        })
        .filter(|spread| spread.classes.iter().any(Option::is_some))
        .collect();
    spreads.sort_by_key(block);
    spreads
}

/// People alone, both, machines alone.
fn block(spread: &Spread) -> usize {
    match spread.classes {
        [Some(_), None] => 0,
        [Some(_), Some(_)] => 1,
        [None, _] => 2,
    }
}

const BLOCKS: [&str; 3] = ["human texts", "human and machine texts", "machine texts"];

/// Log-odds are drawn from minus to plus this: 0.03 % to 99.97 %.
const WIDEST: f64 = 8.0;

fn log_odds(probability: f64) -> f64 {
    let odds = probability / (1.0 - probability);
    odds.ln().clamp(-WIDEST, WIDEST)
}

/// Probabilities marked on the axis, with what they are called.
const TICKS: [(f64, &str); 7] = [
    (0.001, "0.1 %"),
    (0.01, "1 %"),
    (0.1, "10 %"),
    (0.5, "50 %"),
    (0.9, "90 %"),
    (0.99, "99 %"),
    (0.999, "99.9 %"),
];

/// Sizes in pixels: width, room for names and for counts, height of a row and of a heading, room above and below, half the
/// height of a bar and how far the bars of two classes stand apart.
const WIDTH: i32 = 900;
const NAMES: i32 = 250;
const COUNTS: i32 = 90;
const ROW: i32 = 17;
const HEADING: i32 = 30;
const ABOVE: i32 = 78;
const BELOW: i32 = 24;
const HALF_BAR: i32 = 3;
const APART: i32 = 4;
const TITLE: u32 = 17;
const TEXT: u32 = 12;

const HUMAN: RGBColor = RGBColor(0, 114, 178);
const MACHINE: RGBColor = RGBColor(213, 94, 0);
const FAINT: RGBColor = RGBColor(225, 225, 225);

fn x_of(log_odds: f64) -> i32 {
    let width = f64::from(WIDTH - NAMES - COUNTS);
    NAMES + ((log_odds.clamp(-WIDEST, WIDEST) + WIDEST) / (2.0 * WIDEST) * width).round() as i32
}

/// Draws the sets below one another.
pub fn draw(spreads: &[Spread], flag_from: f64) -> Result<String, String> {
    let blocks = (0..BLOCKS.len())
        .filter(|at| spreads.iter().any(|spread| block(spread) == *at))
        .count();
    let rows = i32::try_from(spreads.len()).unwrap_or(i32::MAX / ROW / 2);
    let bottom = ABOVE + rows * ROW + HEADING * blocks as i32;
    svg((WIDTH.unsigned_abs(), (bottom + BELOW).unsigned_abs()), |area| {
        let style = |size: u32, colour: RGBColor, side: HPos| {
            ("sans-serif", size)
                .into_font()
                .color(&colour)
                .pos(Pos::new(side, VPos::Center))
        };
        let put = |text: &str, at: (i32, i32), style: &TextStyle<'_>| {
            area.draw(&Text::new(text.to_owned(), at, style.clone()))
                .map_err(said)
        };
        let line = |from: (i32, i32), to: (i32, i32), style: ShapeStyle| {
            area.draw(&PathElement::new([from, to], style)).map_err(said)
        };
        let (left, right) = (style(TEXT, BLACK, HPos::Left), style(TEXT, BLACK, HPos::Right));
        let middle = style(TEXT, BLACK, HPos::Center);
        put(
            "Probability of a machine, by left-out set",
            (14, 20),
            &style(TITLE, BLACK, HPos::Left),
        )?;
        put(
            "bar: middle half of the texts; line: 5 % to 95 %; dot: median",
            (14, 44),
            &style(TEXT, RGBColor(90, 90, 90), HPos::Left),
        )?;
        put("human", (WIDTH - 150, 20), &style(TEXT, HUMAN, HPos::Left))?;
        put("machine", (WIDTH - 90, 20), &style(TEXT, MACHINE, HPos::Left))?;
        for (probability, name) in TICKS {
            let x = x_of(log_odds(probability));
            line((x, ABOVE - 4), (x, bottom), FAINT.stroke_width(1))?;
            put(name, (x, ABOVE - 14), &middle)?;
        }
        let flag = x_of(log_odds(flag_from));
        line(
            (flag, ABOVE - 4),
            (flag, bottom),
            RGBColor(150, 150, 150).stroke_width(1),
        )?;
        put(
            "the policy flags from here on, if the p-value agrees",
            (flag + 6, bottom + 8),
            &style(TEXT, RGBColor(90, 90, 90), HPos::Left),
        )?;
        let (mut y, mut last) = (ABOVE, None);
        for spread in spreads {
            let now = block(spread);
            if last != Some(now) {
                let heading = BLOCKS.get(now).copied().unwrap_or_default();
                put(
                    heading,
                    (14, y + HEADING / 2 + 2),
                    &style(TEXT + 1, RGBColor(90, 90, 90), HPos::Left),
                )?;
                y += HEADING;
                last = Some(now);
            }
            let centre = y + ROW / 2;
            put(spread.name, (NAMES - 10, centre), &right)?;
            let both = spread.classes.iter().all(Option::is_some);
            let mut counts = Vec::new();
            for (at, class) in spread.classes.iter().enumerate() {
                let Some((texts, quantiles)) = class else { continue };
                counts.push(texts.to_string());
                let [low, first, median, third, high] = quantiles.map(x_of);
                let colour = if at == 0 { HUMAN } else { MACHINE };
                let off = if !both {
                    0
                } else if at == 0 {
                    -APART
                } else {
                    APART
                };
                let mid = centre + off;
                line((low, mid), (high, mid), colour.stroke_width(1))?;
                let body = [(first, mid - HALF_BAR), (third.max(first + 1), mid + HALF_BAR)];
                area.draw(&Rectangle::new(body, colour.mix(0.55).filled()))
                    .map_err(said)?;
                area.draw(&Circle::new((median, mid), HALF_BAR, colour.filled()))
                    .map_err(said)?;
            }
            put(&counts.join(" + "), (WIDTH - COUNTS + 12, centre), &left)?;
            y += ROW;
        }
        Ok(())
    })
}
