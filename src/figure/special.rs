//! Figures that are no plain number: fractions, multiples, ordinals, orders of magnitude.

use std::borrow::Cow;

use super::Kind as FigureKind;
use super::lexicon::Roles;
use super::noun::{counted, is_plural, singular};
use super::scan::{Found, Scan};
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
/// Words that are measured in per cent when an order of magnitude is put to them.
const GROWTH: [&str; 24] = [
    "growth",
    "increase",
    "increases",
    "rise",
    "rises",
    "gain",
    "gains",
    "decline",
    "declines",
    "drop",
    "drops",
    "fall",
    "rate",
    "rates",
    "inflation",
    "percentage",
    "percentages",
    "margin",
    "margins",
    "returns",
    "return",
    "jump",
    "surge",
    "pace",
];
/// Words looked at for one of them: "triple-digit AI product revenue growth".
const GROWTH_REACH: usize = 5;
/// Smallest ordinal in digits that counts its noun ("the 25th store"); smaller ones name things.
const MIN_COUNTED_ORDINAL: f64 = 10.0;

/// Whatever of these starts at `at`; the token to go on with.
pub(super) fn special(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    let token = tokens.at(at);
    if token.is(Roles::DIGITS.or(Roles::CARDINAL))
        && let Some(next) = digits(scan, at)
    {
        return Some(next);
    }
    if token.is(Roles::CARDINAL)
        && let Some(next) = parts(scan, at)
    {
        return Some(next);
    }
    if token.is(Roles::MANY) {
        return many(scan, at);
    }
    if token.is(Roles::SEVERAL)
        && let Some(next) = several(scan, at)
    {
        return Some(next);
    }
    if token.is(Roles::MULTI) {
        return multi(scan, at);
    }
    if token.is(Roles::ORDINAL) && !tokens.before(at).is(Roles::CARDINAL) {
        let next = ordinal(scan, at, at + 1, f64::from(token.entry.value), false);
        return Some(next);
    }
    if token.is(Roles::MULTIPLE) {
        return multiple(scan, at, f64::from(token.entry.value));
    }
    if token.is(Roles::HALVED) {
        return multiple(scan, at, 0.5);
    }
    if token.is(Roles::BARE_MULTIPLE) {
        return bare_multiple(scan, at);
    }
    if token.is(Roles::FRACTION) && token.entry.denominator == 2 {
        return half(scan, at);
    }
    if tokens.slice(at).eq_ignore_ascii_case("a") {
        return a_part(scan, at);
    }
    None
}

fn word_in(tokens: &Tokens<'_>, at: usize, list: &[&str]) -> bool {
    let text = tokens.slice(at);
    tokens.at(at).kind == Kind::Word && list.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn hyphen(tokens: &Tokens<'_>, at: usize) -> usize {
    usize::from(tokens.at(at).is_mark('-') && tokens.glued(at) && tokens.glued(at + 1))
}

fn magnitude(
    scan: &mut Scan<'_, '_>,
    from: usize,
    to: usize,
    low: f64,
    high: f64,
    unit: Cow<'static, str>,
) -> usize {
    scan.add(Found {
        kind: FigureKind::Magnitude,
        low,
        high,
        unit,
        from,
        to,
        precision: 1,
        margin: 0.0,
        approximate: true,
    });
    to
}

/// "triple-digit", "six-figure".
fn digits(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    let noun = at + 1 + hyphen(tokens, at + 1);
    if !word_in(tokens, noun, &["digit", "digits", "figure", "figures"]) {
        return None;
    }
    let count = i32::from(tokens.at(at).entry.value);
    // "three figures show" counts figures; "six figures" alone is a magnitude only with its hyphen.
    let hyphened = noun > at + 1;
    if !(1..=12).contains(&count)
        || !hyphened
            && !tokens.slice(noun).eq_ignore_ascii_case("digit")
            && !word_in(tokens, noun, &["digits"])
    {
        return None;
    }
    let low = 10_f64.powi(count - 1);
    let high = 10_f64.powi(count) - 1.0;
    let end = (noun + 1..=noun + GROWTH_REACH)
        .find(|at| tokens.at(*at).kind != Kind::Word && !tokens.at(*at).is_mark('-'));
    let growth = (noun + 1..end.unwrap_or(noun + 1 + GROWTH_REACH)).any(|at| word_in(tokens, at, &GROWTH));
    let unit = if growth { "%" } else { "" };
    Some(magnitude(scan, at, noun + 1, low, high, Cow::Borrowed(unit)))
}

/// "two-thirds", "one fifth", "three quarters of".
fn parts(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
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
fn a_part(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
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
fn half(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
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
    let ends = tokens.at(joint).kind != Kind::Word || tokens.at(joint).is(Roles::STOP);
    if time || !(followed || led && ends) {
        return None;
    }
    scan.ratio(at, at + 1, 0.5);
    Some(at + 1)
}

/// "doubled", "tripling", "fivefold", "halved".
fn multiple(scan: &mut Scan<'_, '_>, at: usize, value: f64) -> Option<usize> {
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
fn bare_multiple(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
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

/// "eighth consecutive quarter", "second-largest", "third time", "five years in a row" (without the ordinal it is a count).
pub(super) fn ordinal(scan: &mut Scan<'_, '_>, at: usize, after: usize, value: f64, printed: bool) -> usize {
    let tokens = scan.tokens;
    let next = after + hyphen(tokens, after);
    let token = tokens.at(next);
    if token.kind != Kind::Word {
        return after;
    }
    let text = tokens.slice(next);
    let (unit, to) = if token.is(Roles::ROW) {
        let noun = next + 1;
        let second = tokens.at(noun + 1);
        let two = !tokens.at(noun).is(Roles::TIME)
            && second.kind == Kind::Word
            && !second.is(Roles::STOP)
            && tokens.at(noun).kind == Kind::Word;
        let noun = if two { noun + 1 } else { noun };
        if tokens.at(noun).kind != Kind::Word {
            return after;
        }
        (singular(tokens, noun), noun + 1)
    } else if value >= 2.0 && is_superlative(text) {
        (Cow::Borrowed(""), next + 1)
    } else if value >= 2.0 && matches!(text, "time" | "anniversary" | "birthday") && next == after {
        (Cow::Owned(text.to_owned()), next + 1)
    } else if value >= 2.0 && word_in(tokens, next + 1, &["in"]) && word_in(tokens, next + 3, &["row"]) {
        (singular(tokens, next), next + 4)
    } else if printed
        && value >= MIN_COUNTED_ORDINAL
        && next == after
        && !token.upper
        && !token.is(Roles::STOP.or(Roles::TIME).or(Roles::LABEL).or(Roles::MONTH))
        && !matches!(text, "percentile" | "straight" | "place")
        && !is_plural(tokens, next)
    {
        (singular(tokens, next), next + 1)
    } else {
        return after;
    };
    scan.add(Found {
        kind: FigureKind::Ordinal,
        low: value,
        high: value,
        unit,
        from: at,
        to,
        precision: 1,
        margin: 0.0,
        approximate: false,
    });
    to
}

fn is_superlative(text: &str) -> bool {
    let other = [
        "interest", "forest", "harvest", "request", "contest", "protest", "invest", "guest", "test", "west",
        "arrest",
    ];
    matches!(text, "most" | "best" | "worst")
        || text.len() > 5 && text.ends_with("est") && !other.contains(&text)
}

/// "dozens of", "hundreds", "tens of thousands of", "billions".
fn many(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    let of = |at: usize| tokens.slice(at).eq_ignore_ascii_case("of");
    let power = i32::from(tokens.at(at).entry.value);
    let mut to = at + 1;
    let mut power_two = 0;
    if of(to) && tokens.at(to + 1).is(Roles::MANY.or(Roles::SCALE)) {
        power_two = i32::from(tokens.at(to + 1).entry.value);
        to += 2;
    }
    let text = tokens.slice(at);
    if text.eq_ignore_ascii_case("tens") && power_two == 0 {
        return None;
    }
    let scores = text.eq_ignore_ascii_case("scores");
    let before = tokens.before(at);
    if scores
        && !(of(to) && before.kind != Kind::Word
            || before.is(Roles::STOP) && of(to) && is_plural(tokens, to + 1))
    {
        return None;
    }
    let (low, high) = if power_two > 0 {
        let low = 10_f64.powi(power + power_two);
        (low, low * 10.0 - 1.0)
    } else if power == 1 {
        (if scores { 40.0 } else { 24.0 }, 99.0)
    } else if power == 2 {
        (100.0, 999.0)
    } else {
        // Up to the next word of scale.
        let low = 10_f64.powi(power);
        (low, low * 1000.0 - 1.0)
    };
    let mut unit = Cow::Borrowed("");
    if of(to) {
        if tokens.at(to + 1).is(Roles::CURRENCY) {
            unit = tokens.at(to + 1).entry.currency.into();
            to += 2;
        } else if let Some(noun) = counted(tokens, to + 1) {
            to = noun.to;
            unit = noun.name;
        }
    }
    Some(magnitude(scan, at, to, low, high, unit))
}

/// "several hundred people", "a few thousand".
fn several(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    let of = usize::from(tokens.slice(at + 1).eq_ignore_ascii_case("of"));
    let scale = tokens.at(at + 1 + of);
    let power = match scale.is(Roles::SCALE) {
        true => 10_f64.powi(i32::from(scale.entry.value)),
        false if scale.is(Roles::DOZEN) => 12.0,
        false => return None,
    };
    let mut to = at + 2 + of;
    let mut unit = Cow::Borrowed("");
    if tokens.at(to).is(Roles::CURRENCY) {
        unit = tokens.at(to).entry.currency.into();
        to += 1;
    } else if let Some(noun) = counted(tokens, to) {
        to = noun.to;
        unit = noun.name;
    }
    Some(magnitude(scan, at, to, 2.0 * power, 10.0 * power - 1.0, unit))
}

/// "multi-billion-dollar", "multimillion-pound".
fn multi(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let tokens = scan.tokens;
    let mut power = i32::from(tokens.at(at).entry.value);
    let mut to = at + 1;
    if power == 0 {
        let scale = tokens.at(to + hyphen(tokens, to));
        if !scale.is(Roles::SCALE) {
            return None;
        }
        power = i32::from(scale.entry.value);
        to += hyphen(tokens, to) + 1;
    }
    let mut unit = Cow::Borrowed("");
    let noun = to + hyphen(tokens, to);
    if tokens.at(noun).is(Roles::CURRENCY) {
        unit = tokens.at(noun).entry.currency.into();
        to = noun + 1;
    }
    let low = 10_f64.powi(power);
    Some(magnitude(scan, at, to, low, low * 1000.0 - 1.0, unit))
}
