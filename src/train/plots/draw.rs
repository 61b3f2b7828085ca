//! Points -> SVG.

use std::fmt::Display;

use plotters::coord::Shift;
use plotters::prelude::*;

use super::curves::Curve;

/// Size of a plot in pixels.
const SIZE: (u32, u32) = (760, 520);
/// Sizes of type in pixels.
const TITLE: u32 = 17;
const TEXT: u32 = 13;
/// Room for the axes' numbers and names.
const LEFT: u32 = 62;
const BELOW: u32 = 48;
/// Lowest false-alarm rate drawn: one text in two thousand, about what the sets can tell.
const LOWEST_RATE: f64 = 0.0005;

/// Colours told apart by most colour-blind people (Okabe & Ito 2008), without its yellow, which is lost on white.
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 0, 0),
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
];

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// The colour of a curve by its number.
pub fn colour(at: usize) -> RGBColor {
    COLOURS.get(at % COLOURS.len()).copied().unwrap_or(BLACK)
}

/// Draws into a string.
pub fn svg(size: (u32, u32), paint: impl FnOnce(&Area<'_>) -> Result<(), String>) -> Result<String, String> {
    let mut out = String::new();
    {
        let area = SVGBackend::with_string(&mut out, size).into_drawing_area();
        area.fill(&WHITE).map_err(said)?;
        paint(&area)?;
        area.present().map_err(said)?;
    }
    Ok(out)
}

/// A drawing error in words.
pub fn said(error: impl Display) -> String {
    format!("could not be drawn: {error}")
}

fn percent(value: &f64) -> String {
    let value = value * 100.0;
    if value >= 1.0 {
        format!("{value:.0} %")
    } else {
        format!("{value:.1} %")
    }
}

/// ROC curves over a logarithmic rate of false alarms: what matters is far left.
pub fn roc(title: &str, curves: &[Curve]) -> Result<String, String> {
    svg(SIZE, |area| {
        let mut chart = ChartBuilder::on(area)
            .caption(title, ("sans-serif", TITLE))
            .margin(14)
            .x_label_area_size(BELOW)
            .y_label_area_size(LEFT)
            .build_cartesian_2d((LOWEST_RATE..1.0).log_scale(), 0.0..1.0)
            .map_err(said)?;
        chart
            .configure_mesh()
            .light_line_style(WHITE)
            .label_style(("sans-serif", TEXT))
            .x_desc("human texts falsely accused, mean over the kinds")
            .y_desc("machine texts found")
            .x_label_formatter(&percent)
            .y_label_formatter(&percent)
            .draw()
            .map_err(said)?;
        for (at, curve) in curves.iter().enumerate() {
            let points = curve.points.iter().map(|(x, y)| (x.max(LOWEST_RATE), *y));
            chart
                .draw_series(LineSeries::new(points, colour(at).stroke_width(2)))
                .map_err(said)?
                .label(&curve.name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour(at).stroke_width(2)));
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .background_style(WHITE.mix(0.85))
            .border_style(RGBColor(200, 200, 200))
            .label_font(("sans-serif", TEXT))
            .draw()
            .map_err(said)
    })
}

/// How often a probability is right: on the diagonal it is.
pub fn reliability(curves: &[Curve]) -> Result<String, String> {
    svg(SIZE, |area| {
        let mut chart = ChartBuilder::on(area)
            .caption(
                "How often a probability is right (left-out sets, both classes alike)",
                ("sans-serif", TITLE),
            )
            .margin(14)
            .x_label_area_size(BELOW)
            .y_label_area_size(LEFT)
            .build_cartesian_2d(0.0..1.0, 0.0..1.0)
            .map_err(said)?;
        chart
            .configure_mesh()
            .light_line_style(WHITE)
            .label_style(("sans-serif", TEXT))
            .x_desc("probability that byline gives")
            .y_desc("share of machine texts")
            .x_label_formatter(&percent)
            .y_label_formatter(&percent)
            .draw()
            .map_err(said)?;
        let diagonal = LineSeries::new([(0.0, 0.0), (1.0, 1.0)], RGBColor(160, 160, 160).stroke_width(1));
        chart.draw_series(diagonal).map_err(said)?;
        lines(&mut chart, curves)?;
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperLeft)
            .background_style(WHITE.mix(0.85))
            .border_style(RGBColor(200, 200, 200))
            .label_font(("sans-serif", TEXT))
            .draw()
            .map_err(said)
    })
}

/// What each more text adds.
pub fn learning(axis: &str, curves: &[Curve]) -> Result<String, String> {
    let all = || curves.iter().flat_map(|curve| &curve.points);
    let most = all().map(|(x, _)| *x).fold(1.0, f64::max);
    let ends = |range: (f64, f64), y: f64| (range.0.min(y), range.1.max(y));
    let found = all()
        .map(|(_, y)| *y)
        .fold((f64::INFINITY, f64::NEG_INFINITY), ends);
    let (low, high) = if found.0 <= found.1 { found } else { (0.0, 1.0) };
    // Some air above and below.
    let air = ((high - low) * 0.08).max(0.005);
    svg(SIZE, |area| {
        let mut chart = ChartBuilder::on(area)
            .caption("Learning curve", ("sans-serif", TITLE))
            .margin(14)
            .x_label_area_size(BELOW)
            .y_label_area_size(LEFT)
            .build_cartesian_2d(0.0..most * 1.02, (low - air)..(high + air))
            .map_err(said)?;
        chart
            .configure_mesh()
            .light_line_style(WHITE)
            .label_style(("sans-serif", TEXT))
            .x_desc(axis)
            .x_label_formatter(&|value| format!("{value:.0}"))
            .y_label_formatter(&|value| format!("{value:.2}"))
            .draw()
            .map_err(said)?;
        lines(&mut chart, curves)?;
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .background_style(WHITE.mix(0.85))
            .border_style(RGBColor(200, 200, 200))
            .label_font(("sans-serif", TEXT))
            .draw()
            .map_err(said)
    })
}

type Plain = Cartesian2d<plotters::coord::types::RangedCoordf64, plotters::coord::types::RangedCoordf64>;

/// Lines with a dot at every point, the first one thicker.
fn lines(chart: &mut ChartContext<'_, SVGBackend<'_>, Plain>, curves: &[Curve]) -> Result<(), String> {
    for (at, curve) in curves.iter().enumerate() {
        let style = colour(at).stroke_width(if at == 0 { 3 } else { 2 });
        chart
            .draw_series(LineSeries::new(curve.points.iter().copied(), style))
            .map_err(said)?
            .label(&curve.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], style));
        let dots = curve
            .points
            .iter()
            .map(|point| Circle::new(*point, 3, colour(at).filled()));
        chart.draw_series(dots).map_err(said)?;
    }
    Ok(())
}
