//! The map from normalised text back to the text as it was read.
//!
//! The normalised text is cut into pieces that are either copied unchanged or put in place of
//! something else. Only the borders are stored, so an unchanged text costs nothing and a lookup
//! is a binary search.

use super::Span;

/// One piece of the normalised text; it ends where the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// First byte in the normalised text.
    norm: u32,
    /// First byte in the original.
    orig: u32,
    /// End in the original of a replaced piece; `None` where the bytes are the same.
    end: Option<u32>,
}

/// Map of byte ranges, normalised to original.
#[derive(Debug, Clone, Default)]
pub(super) struct Map {
    /// Ordered by `norm`, no two with the same; empty when nothing was changed at all.
    pieces: Vec<Piece>,
    norm_len: u32,
    orig_len: u32,
}

impl Map {
    /// The map of a text that was not changed.
    pub(super) fn identity(len: usize) -> Self {
        let len = clip(len);
        Self {
            pieces: Vec::new(),
            norm_len: len,
            orig_len: len,
        }
    }

    /// The smallest original range that the span's characters came from; the whole text maps to
    /// the whole original, characters dropped at its ends included.
    pub(super) fn to_original(&self, span: Span) -> Span {
        if self.pieces.is_empty() {
            return Span {
                start: span.start.min(self.orig_len),
                end: span.end.min(self.orig_len),
            };
        }
        if span.start == 0 && span.end >= self.norm_len {
            return Span {
                start: 0,
                end: self.orig_len,
            };
        }
        let start = self.start_of(span.start);
        if span.is_empty() {
            return Span { start, end: start };
        }
        Span {
            start,
            end: self.end_of(span.end).max(start),
        }
    }

    fn piece_at(&self, norm: u32) -> Option<Piece> {
        let after = self.pieces.partition_point(|piece| piece.norm <= norm);
        self.pieces.get(after.checked_sub(1)?).copied()
    }

    fn start_of(&self, norm: u32) -> u32 {
        if norm >= self.norm_len {
            return self.orig_len;
        }
        match self.piece_at(norm) {
            Some(Piece {
                orig, end: Some(_), ..
            }) => orig,
            Some(piece) => piece.orig + (norm - piece.norm),
            None => 0,
        }
    }

    /// `norm` is exclusive and above 0.
    fn end_of(&self, norm: u32) -> u32 {
        let norm = norm.min(self.norm_len);
        match self.piece_at(norm.saturating_sub(1)) {
            Some(Piece { end: Some(end), .. }) => end,
            Some(piece) => piece.orig + (norm - piece.norm),
            None => 0,
        }
    }
}

/// Collects the pieces, in order.
#[derive(Debug, Default)]
pub(super) struct MapBuilder {
    pieces: Vec<Piece>,
}

impl MapBuilder {
    /// Bytes copied unchanged.
    pub(super) fn same(&mut self, norm: usize, orig: usize) {
        let (norm, orig) = (clip(norm), clip(orig));
        if let Some(last) = self.pieces.last()
            && last.end.is_none()
            && orig.checked_sub(last.orig) == norm.checked_sub(last.norm)
        {
            return;
        }
        self.pieces.push(Piece {
            norm,
            orig,
            end: None,
        });
    }

    /// Something put in place of `orig..end`.
    pub(super) fn replaced(&mut self, norm: usize, orig: usize, end: usize) {
        self.pieces.push(Piece {
            norm: clip(norm),
            orig: clip(orig),
            end: Some(clip(end)),
        });
    }

    /// Forgets everything from `norm` on; says where in the original that came from.
    pub(super) fn cut_back(&mut self, norm: usize) -> Option<usize> {
        let norm = clip(norm);
        let mut from = None;
        while let Some(last) = self.pieces.last().copied() {
            if last.norm < norm {
                // An unchanged piece is cut inside; a replaced one cannot be, and gives its start.
                let inside = match last.end {
                    None => last.orig + (norm - last.norm),
                    Some(_) => last.orig,
                };
                return from.or(Some(inside as usize));
            }
            from = Some(last.orig as usize);
            self.pieces.pop();
        }
        from
    }

    /// The finished map.
    pub(super) fn build(self, norm_len: usize, orig_len: usize) -> Map {
        let mut pieces = self.pieces;
        let whole_is_same = norm_len == orig_len
            && matches!(
                pieces.as_slice(),
                [] | [Piece {
                    norm: 0,
                    orig: 0,
                    end: None
                }]
            );
        if whole_is_same {
            pieces = Vec::new();
        } else if pieces.is_empty() {
            // Everything was dropped: one piece keeps the map from being taken for the identity.
            pieces.push(Piece {
                norm: 0,
                orig: 0,
                end: Some(clip(orig_len)),
            });
        }
        Map {
            pieces,
            norm_len: clip(norm_len),
            orig_len: clip(orig_len),
        }
    }
}

fn clip(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
