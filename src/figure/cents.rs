//! Hundredths of a currency: cents, pence, øre.

use super::amount::{Amount, Unit};
use super::lexicon::Roles;
use super::number::quantity;
use super::token::Tokens;

/// The currency that a word for hundredths is of, by the currency that the word has as a rule and that of the amount before: "centavos"
/// are of reais or of pesos.
pub(super) fn hundredths_of(usual: &'static str, before: Option<&'static str>) -> &'static str {
    let shares = |code: &&'static str| match usual {
        "USD" => code.ends_with('D') || matches!(*code, "EUR" | "ZAR"),
        "NOK" => *code == "DKK",
        "BRL" => matches!(*code, "MXN" | "PHP" | "ARS" | "COP" | "CLP" | "UYU"),
        _ => false,
    };
    before.filter(shares).unwrap_or(usual)
}

/// "Seventeen kroner and sixty øre", "sixteen pesos eighty a litre": what follows a currency's name in its hundredths.
pub(super) fn and_hundredths(tokens: &Tokens<'_>, found: &mut Amount) {
    let whole = &found.quantity;
    if !matches!(found.unit, Unit::Money(_)) || found.minor || whole.scale > 0 || whole.decimals > 0 {
        return;
    }
    let and = usize::from(tokens.slice(found.to) == "and");
    let Some(more) = quantity(tokens, found.to + and).filter(|more| more.scale == 0 && more.decimals == 0)
    else {
        return;
    };
    let next = tokens.at(more.to);
    let named = next.is(Roles::MINOR) && !next.upper;
    // Without the name of the hundredths it may be the next thing counted.
    let bare =
        and == 0 && whole.words && more.words && matches!(tokens.slice(more.to), "a" | "an" | "per" | "for");
    if (named || bare) && (1.0..100.0).contains(&more.mantissa) {
        found.quantity.mantissa += more.mantissa / 100.0;
        found.quantity.decimals = 2;
        found.quantity.step = 0.01;
        found.quantity.digits += 2;
        found.to = more.to + usize::from(named);
    }
}
