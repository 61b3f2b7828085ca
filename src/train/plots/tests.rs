//! Curves worked out by hand, and plots that are the same every time.

use super::curves::{Negative, quantile, reliability, roc};
use super::*;

fn scored(probability: f64, positive: bool) -> Scored {
    Scored {
        score: (probability / (1.0 - probability)).ln(),
        probability,
        positive,
        flagged: false,
        group: 0,
    }
}

#[test]
fn a_roc_curve_steps_at_every_threshold_and_weighs_the_negatives() {
    let negative = |score, weight| Negative { score, weight };
    let negatives = [negative(0.9, 1.0), negative(0.5, 3.0)];
    let points = roc(&[0.95, 0.9, 0.7, 0.1], &negatives);
    assert_eq!(
        points,
        [
            (0.0, 0.0),
            (0.0, 0.25),
            (0.25, 0.5),
            (0.25, 0.75),
            (1.0, 0.75),
            (1.0, 1.0),
            (1.0, 1.0)
        ]
    );
    assert!(roc(&[], &negatives).is_empty());
    assert!(roc(&[1.0], &[]).is_empty());
}

#[test]
fn a_calibrated_score_lies_on_the_diagonal() {
    let mut all = Vec::new();
    for percent in [5_usize, 25, 45, 65, 85] {
        for at in 0..100 {
            all.push(scored(percent as f64 / 100.0, at < percent));
        }
    }
    // As many of either class again, so that the classes weigh alike.
    let mirrored: Vec<Scored> = all
        .iter()
        .map(|s| scored(1.0 - s.probability, !s.positive))
        .collect();
    all.extend(mirrored);
    let points = reliability(&all);
    assert_eq!(points.len(), 10);
    for (predicted, observed) in points {
        assert!((predicted - observed).abs() < 1e-9, "{predicted} {observed}");
    }
    assert!(reliability(&all[..3]).is_empty() || all[..3].iter().any(|s| !s.positive));
}

#[test]
fn quantiles_lie_between_the_values() {
    assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.5), Some(3.0));
    assert_eq!(quantile(&[1.0, 2.0], 0.25), Some(1.25));
    assert_eq!(quantile(&[7.0], 0.95), Some(7.0));
    assert_eq!(quantile(&[], 0.5), None);
}

#[test]
fn plots_are_whole_svg_and_the_same_every_time() {
    let curve = |name: &str| Curve::named(name, 3, vec![(0.0, 0.0), (0.01, 0.5), (1.0, 1.0)]);
    let curves = [curve("one <of> & two"), curve("another")];
    let spread = sets::Spread {
        name: "a_set",
        classes: [
            Some((40, [-8.0, -3.0, -2.0, -1.0, 0.5])),
            Some((7, [0.0, 1.0, 2.0, 4.0, 8.0])),
        ],
    };
    let all = || {
        [
            draw::roc("title", &curves).unwrap(),
            draw::reliability(&curves).unwrap(),
            draw::learning("texts", &curves).unwrap(),
            sets::draw(std::slice::from_ref(&spread), 0.95).unwrap(),
        ]
    };
    let first = all();
    assert_eq!(first, all());
    for svg in &first {
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        assert!(!svg.contains("<of>"), "text became markup");
    }
    assert!(first[0].contains("&lt;of&gt;") && first[0].contains("(3 texts)"));
    assert!(first[3].contains("a_set") && first[3].contains("40 + 7"));
    // No texts at all make a plot too.
    assert!(draw::roc("none", &[]).is_ok() && draw::learning("none", &[]).is_ok());
    assert!(sets::draw(&[], 0.95).is_ok());
}

#[test]
fn a_learning_curve_is_read_from_its_columns() {
    let folder = std::env::temp_dir().join(format!("byline-plots-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("curve.csv");
    std::fs::write(
        &file,
        "own texts,AUROC,found at 1 %\n0,0.7,0.1\n100,0.9,\n200,0.95,0.6\n",
    )
    .unwrap();
    let (axis, curves) = read_learning(&file).unwrap();
    assert_eq!(axis, "own texts");
    assert_eq!(curves.len(), 2);
    assert_eq!(curves[1].points, [(0.0, 0.1), (200.0, 0.6)]);
    for bad in [
        "texts,AUROC\nmany,0.5\n",
        "texts,AUROC\n1,NaN\n",
        "texts\n1\n",
        "",
    ] {
        std::fs::write(&file, bad).unwrap();
        assert!(read_learning(&file).is_err(), "{bad:?}");
    }
    let written = write(&folder.join("new"), &[], 0.95, None).unwrap();
    assert_eq!(written.len(), 4);
    assert!(written.iter().all(|path| path.is_file()));
    std::fs::remove_dir_all(&folder).unwrap();
}
