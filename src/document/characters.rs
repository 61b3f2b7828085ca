//! Classes of characters that normalisation treats apart.

use std::iter::once;

use unicode_normalization::{
    IsNormalized,
    char::{canonical_combining_class, decompose_compatible},
    is_nfkc_quick,
};

/// Whether `c` can change what stands before it: a combining mark, or one after decomposition.
pub(super) fn joins_backwards(c: char) -> bool {
    if c < '\u{300}' {
        return false;
    }
    let mut first = None;
    decompose_compatible(c, |d| {
        first.get_or_insert(d);
    });
    first.is_some_and(|d| canonical_combining_class(d) != 0 || is_nfkc_quick(once(d)) == IsNormalized::Maybe)
}

/// Characters without a look of their own.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Joiners and selectors that scripts and emoji need in their place.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '\u{200C}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{E0020}'..='\u{E007F}'
    )
}

/// What a joiner may rightly follow: letters of joining scripts, pictographs, flags.
pub(super) fn takes_joiner(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}'
        | '\u{FE0F}' | '\u{E0020}'..='\u{E007E}')
}

pub(super) fn is_control(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FFFD}'
        | '\u{FDD0}'..='\u{FDEF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// What NFKC would harm: it turns these into other text (`10²` into `102`, `5½` into `51⁄2`).
pub(super) fn stays(c: char) -> bool {
    matches!(c,
        '¨' | '¯' | '¸' | '²' | '³' | '¹' | '¼' | '½' | '¾' | 'ª' | 'º' | '™' | '℠'
        | '\u{2D8}'..='\u{2DD}' | '\u{37A}' | '\u{384}' | '\u{385}' | '\u{1FBD}' | '\u{1FBF}'..='\u{1FC1}' | '\u{1FCD}'..='\u{1FCF}'
        | '\u{1FDD}'..='\u{1FDF}' | '\u{1FED}' | '\u{1FFD}' | '\u{1FFE}' | '\u{2017}' | '\u{203E}'
        | '\u{2070}'..='\u{208E}' | '\u{2150}'..='\u{215F}' | '\u{2189}')
}
