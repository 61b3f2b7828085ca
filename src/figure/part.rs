//! Parts and multiples: "half of", "two-thirds", "doubled", "twice as many".

use std::borrow::Cow;

use super::Kind as FigureKind;
use super::lexicon::Roles;
use super::noun::counted;
use super::scan::{Found, Scan};
use super::special::{hyphen, word_in};
use super::token::{Kind, Tokens};

/// Words before a fraction or multiple that show it to be a figure.
const LEADS: [&str; 21] = [
    "about",
    "around",
    "nearly",
    "almost",
    "roughly",
    "than",
    "by",
    "to",
    "over",
    "under",
    "least",
    "most",
    "only",
    "just",
    "approximately",
    "some",
    "in",
    "would",
    "will",
    "could",
    "maybe",
];
/// Words after a fraction or multiple that show it to be a figure.
const FOLLOWS: [&str; 13] = [
    "of", "the", "its", "their", "his", "her", "our", "that", "what", "as", "those", "this", "my",
];
/// Words that make "half" a part of a game or year, or of a pair.
const PARTS: [&str; 16] = [
    "first", "second", "last", "latter", "former", "other", "each", "either", "final", "opening", "better",
    "early", "late", "next", "this", "previous",
];

/// "two-thirds", "one fifth", "three quarters of".
pub(super) fn parts(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    let part = at + 1 + hyphen(tokens, at + 1);
    let token = tokens.at(part);
    let over = f64::from(tokens.at(at).entry.value);
    let under = f64::from(token.entry.denominator);
    if !token.is(Roles::FRACTION) || over >= under || token.kind != Kind::Word {
        return None;
    }
    let plural = tokens.slice(part).ends_with('s');
    let quarters =
        token.is(Roles::TIME) && part == at + 1 && !tokens.slice(part + 1).eq_ignore_ascii_case("of");
    // "one third" is a part, "one fifth place" too rarely; "three quarters" alone is time.
    if (over > 1.0) != plural
        || quarters
        || hyphen(tokens, part + 1) == 1 && tokens.at(part + 2).is(Roles::TIME)
    {
        return None;
    }
    scan.ratio(at, part + 1, over / under);
    Some(part + 1)
}

/// "a third of", "by a quarter".
pub(super) fn a_part(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    let part = tokens.at(at + 1);
    let under = part.entry.denominator;
    if !part.is(Roles::FRACTION) || under < 3 || tokens.slice(at + 1).ends_with('s') {
        return None;
    }
    let of = tokens.slice(at + 2).eq_ignore_ascii_case("of");
    let led = at
        .checked_sub(1)
        .is_some_and(|before| word_in(tokens, before, &LEADS));
    let next = tokens.at(at + 2);
    let alone =
        next.kind != Kind::Word || next.is(Roles::STOP) || word_in(tokens, at + 2, &["less", "more", "as"]);
    let time = part.is(Roles::TIME)
        && !of_things(tokens, at + 2)
        && !(led && alone && !word_in(tokens, at - 1, &["in"]));
    if time || !(of || led && alone && !tokens.at(at + 2).is_mark('-')) {
        return None;
    }
    scan.ratio(at, at + 2, 1.0 / f64::from(under));
    Some(at + 2)
}

/// "of its customers", but not "of 2025" or "of the year".
fn of_things(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.slice(at).eq_ignore_ascii_case("of")
        && tokens.at(at + 1).kind == Kind::Word
        && !(1..=3).any(|ahead| tokens.at(at + ahead).is(Roles::TIME.or(Roles::MONTH)))
}

/// "half of", "by half", "half a million", "half an hour".
pub(super) fn half(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    if tokens.glued(at)
        || at > 0 && word_in(tokens, at - 1, &PARTS)
        || tokens.slice(at).eq_ignore_ascii_case("halves")
    {
        return None;
    }
    let joint = at + 1;
    let article = word_in(tokens, joint, &["a", "an"]) || hyphen(tokens, joint) == 1;
    if article {
        let noun = joint + 1;
        let token = tokens.at(noun);
        let (kind, value, unit, to) = if token.is(Roles::SCALE) {
            let value = 0.5 * 10_f64.powi(i32::from(token.entry.value));
            let counted = counted(tokens, noun + 1);
            let to = counted.as_ref().map_or(noun + 1, |noun| noun.to);
            let currency = tokens.at(noun + 1).is(Roles::CURRENCY);
            match counted {
                _ if currency => (
                    FigureKind::Money,
                    value,
                    tokens.at(noun + 1).entry.currency.into(),
                    noun + 2,
                ),
                Some(counted) => (FigureKind::Count, value, counted.name, to),
                None => (FigureKind::Count, value, Cow::Borrowed(""), to),
            }
        } else if token.is(Roles::DOZEN) {
            let counted = counted(tokens, noun + 1);
            let to = counted.as_ref().map_or(noun + 1, |noun| noun.to);
            (
                FigureKind::Count,
                6.0,
                counted.map(|noun| noun.name).unwrap_or_default(),
                to,
            )
        } else if word_in(tokens, noun, &["point"])
            || word_in(tokens, noun, &["percentage", "percent"]) && word_in(tokens, noun + 1, &["point"])
        {
            let to = if word_in(tokens, noun, &["point"]) {
                noun + 1
            } else {
                noun + 2
            };
            (FigureKind::Percent, 0.5, "pp".into(), to)
        } else if word_in(tokens, noun, &["percent", "pct"]) {
            (FigureKind::Percent, 0.5, "%".into(), noun + 1)
        } else if token.is(Roles::TIME.or(Roles::MEASURE))
            && (hyphen(tokens, joint) == 0 || !word_in(tokens, noun, &["year", "season"]))
        {
            let kind = if token.is(Roles::TIME) {
                FigureKind::Duration
            } else {
                FigureKind::Count
            };
            (kind, 0.5, token.entry.name.into(), noun + 1)
        } else {
            return None;
        };
        let approximate = scan.hedged(at);
        let margin = 0.0;
        scan.add(Found {
            kind,
            low: value,
            high: value,
            unit,
            from: at,
            to,
            precision: 1,
            margin,
            approximate,
        });
        return Some(to);
    }
    let time = (2..=3).any(|ahead| {
        tokens.at(at + ahead).is(Roles::TIME.or(Roles::MONTH)) || tokens.at(at + ahead).kind == Kind::Number
    }) && tokens.slice(joint).eq_ignore_ascii_case("of");
    let led = at > 0 && word_in(tokens, at - 1, &LEADS);
    let followed = word_in(tokens, joint, &FOLLOWS);
    let ends = tokens.at(joint).kind != Kind::Word
        || tokens.at(joint).is(Roles::STOP)
        || tokens.slice(joint).ends_with("ed");
    if time || !(followed || led && ends) {
        return None;
    }
    scan.ratio(at, at + 1, 0.5);
    Some(at + 1)
}

/// "doubled", "tripling", "fivefold", "halved".
pub(super) fn multiple(scan: &mut Scan<'_, '_>, at: usize, value: f64) -> Option<usize> {
    let tokens = scan.tokens;
    let sport = word_in(tokens, at, &["doubles", "triples", "trebles"]);
    if word_in(tokens, at + 1, &["down", "up", "over", "back"]) || sport && !word_in(tokens, at + 1, &FOLLOWS)
    {
        return None;
    }
    scan.ratio(at, at + 1, value);
    Some(at + 1)
}

/// "double the", "almost double", "twice as many", "twice".
pub(super) fn bare_multiple(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    let value = f64::from(tokens.at(at).entry.value);
    if tokens.glued(at) || hyphen(tokens, at + 1) == 1 {
        return None;
    }
    let twice = tokens.slice(at).eq_ignore_ascii_case("twice");
    let led = at > 0 && word_in(tokens, at - 1, &LEADS);
    let next = tokens.at(at + 1);
    let followed = word_in(tokens, at + 1, &FOLLOWS);
    let ends = next.kind != Kind::Word || next.is(Roles::STOP);
    if followed || led && (ends || twice) && (!twice || !ends || next.kind != Kind::Word) {
        scan.ratio(at, at + 1, value);
        return Some(at + 1);
    }
    if !twice {
        return None;
    }
    let approximate = scan.hedged(at);
    scan.add(Found {
        kind: FigureKind::Count,
        low: value,
        high: value,
        unit: "time".into(),
        from: at,
        to: at + 1,
        precision: 1,
        margin: 0.0,
        approximate,
    });
    Some(at + 1)
}
