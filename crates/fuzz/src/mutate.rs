//! Bytes spoiled as a fuzzer without eyes would, and always the same way.
//!
//! In: bytes, numbers. Out: other bytes. Never: a clock or chance.

/// Numbers that are random enough and always the same.
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below a limit; 0 where there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Bytes of a case at the most.
const LONGEST: usize = 64 << 10;

/// What readers trip over.
const BITS: &[&[u8]] = &[
    b"\xff\xff\xff\xff",
    b"99999999999999999999",
    b"-1",
    b"\0",
    b"\r\n\r\n",
    b"\"",
    b"<div><div>",
    b"<![CDATA[",
    b"&a;",
    b"[[[[[[",
    b"{\"a\":",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"Content-Length: -1\r\n",
    "\u{201e}".as_bytes(),
    " 31.12.9999 ".as_bytes(),
    " 1e308 billion ".as_bytes(),
];

/// One or some changes: cut, flipped, spliced with another, repeated, filled.
pub fn mutated(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(4) {
        let (at, to) = (dice.below(bytes.len() + 1), dice.below(bytes.len() + 1));
        let (from, to) = (at.min(to), at.max(to));
        match dice.below(7) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] = dice.below(256) as u8,
            2 => drop(bytes.splice(from..to, other[dice.below(other.len() + 1).min(other.len())..].iter().copied())),
            3 => {
                let piece = bytes[from..to].repeat(1 + dice.below(30));
                drop(bytes.splice(to..to, piece));
            }
            4 => drop(bytes.splice(at..at, BITS[dice.below(BITS.len())].iter().copied())),
            5 => drop(bytes.drain(from..to)),
            _ if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            _ => {}
        }
        bytes.truncate(LONGEST);
    }
    bytes
}
