//! A stretch of a document's text.
//!
//! In: byte offsets that lie on character boundaries. Out: the words themselves, and code point
//! offsets for the wire. Never: a copy of the words.

/// A checked stretch of one document's text, in bytes. Made only by [`Span::new`], so that it
/// lies on character boundaries of the text it was made for. The default is the empty stretch before the text.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The stretch `start..end` of `text`; `None` where it is out of bounds, reversed or cuts a character.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Span> {
        (start <= end && end <= u32::MAX as usize && text.is_char_boundary(start) && text.is_char_boundary(end))
            .then_some(Span { start: start as u32, end: end as u32 })
    }

    /// The smallest stretch that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Whether `other` lies inside this stretch.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The words. `text` must be the text the span was made for.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }
}

/// Turns byte offsets of one text into code point offsets.
pub struct CodePoints {
    /// Code points before each 64-byte block.
    blocks: Vec<u32>,
}

impl CodePoints {
    /// Counts `text` once.
    pub fn new(text: &str) -> CodePoints {
        let mut blocks = Vec::with_capacity(text.len() / 64 + 2);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(64) {
            blocks.push(count);
            count += chunk.iter().filter(|byte| !is_continuation(**byte)).count() as u32;
        }
        blocks.push(count);
        CodePoints { blocks }
    }

    /// Code points before byte `offset` of the same text.
    pub fn at(&self, text: &str, offset: usize) -> usize {
        let block = (offset / 64).min(self.blocks.len().saturating_sub(1));
        let from = (block * 64).min(offset);
        let rest = text.as_bytes().get(from..offset).unwrap_or(&[]);
        self.blocks[block] as usize + rest.iter().filter(|byte| !is_continuation(**byte)).count()
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_refuse_cut_characters() {
        assert_eq!(Span::new("č", 0, 1), None);
        assert_eq!(Span::new("ab", 2, 1), None);
        assert_eq!(Span::new("ab", 0, 3), None);
        assert_eq!(Span::new("čb", 0, 2).map(|span| span.of("čb")), Some("č"));
    }

    #[test]
    fn code_points_are_counted_across_blocks() {
        let text = "čř€ a ".repeat(40);
        let points = CodePoints::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(&text, offset), count);
        }
        assert_eq!(points.at(&text, text.len()), text.chars().count());
    }
}
