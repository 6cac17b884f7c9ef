//! Telling text from other bytes, and encodings from each other.
//!
//! In: bytes. Out: text, with a note where the encoding was guessed; or why the bytes are no text.
//! Never: refuses text because some of its bytes are damaged.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// What the first bytes say.
pub enum Kind {
    /// UTF-8 with a byte order mark.
    Utf8WithMark,
    /// UTF-8 or an older encoding of one byte a letter.
    Bytes,
    /// UTF-16, with a byte order mark or by the zero bytes between its letters.
    Utf16 {
        /// Which of the two.
        encoding: &'static Encoding,
        /// Whether a byte order mark says so.
        marked: bool,
    },
}

/// Beginnings of files that are no text, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or a sound"),
    (b"\x7fELF", "a program"),
    (b"filedesc://", "an ARC crawl, the format before WARC"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
];

/// Tells text from other bytes by the first of them.
pub fn look_at(head: &[u8]) -> Result<Kind, String> {
    if head.starts_with(b"\xEF\xBB\xBF") {
        return Ok(Kind::Utf8WithMark);
    }
    for (mark, encoding) in [(&b"\xFF\xFE"[..], UTF_16LE), (&b"\xFE\xFF"[..], UTF_16BE)] {
        if head.starts_with(mark) {
            return Ok(Kind::Utf16 { encoding, marked: true });
        }
    }
    if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Err(format!("binary: {name}, not a text; convert it to text first"));
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    if half >= 8 && odd * 2 > half && even * 20 < half {
        return Ok(Kind::Utf16 { encoding: UTF_16LE, marked: false });
    }
    if half >= 8 && even * 2 > half && odd * 20 < half {
        return Ok(Kind::Utf16 { encoding: UTF_16BE, marked: false });
    }
    let control = head.iter().filter(|byte| matches!(byte, 0x01..=0x08 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F)).count();
    if even + odd > 0 || control * 20 > head.len() {
        return Err("binary: not a text".to_owned());
    }
    Ok(Kind::Bytes)
}

/// All bytes of a source as text, with what was guessed; or why they are none. `declared` is the charset that the transport names.
pub fn to_text(mut raw: Vec<u8>, declared: Option<&str>) -> Result<(String, Vec<String>), String> {
    let decoded = match look_at(&raw)? {
        Kind::Utf8WithMark => {
            raw.drain(..3);
            decode(raw, None)
        }
        Kind::Bytes => decode(raw, declared),
        Kind::Utf16 { encoding, marked } => {
            let (text, damaged) = encoding.decode_with_bom_removal(&raw);
            let guessed = (!marked).then(|| format!("read as {}", encoding.name()));
            let replaced = damaged.then(|| format!("characters that are no valid {} were replaced", encoding.name()));
            return Ok((text.into_owned(), guessed.into_iter().chain(replaced).collect()));
        }
    };
    Ok((decoded.text, decoded.note.into_iter().collect()))
}

/// The first bytes of a text as UTF-8, without a byte order mark; other encodings of one byte a letter stay as they are.
pub fn first_text(head: &[u8]) -> Cow<'_, [u8]> {
    match look_at(head) {
        Ok(Kind::Utf16 { encoding, .. }) => Cow::Owned(encoding.decode_with_bom_removal(head).0.into_owned().into_bytes()),
        _ => Cow::Borrowed(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head)),
    }
}

/// A stream without its byte order mark, UTF-16 made UTF-8 on the way. What is neither passes as it is.
pub fn as_utf8(mut reader: Box<dyn BufRead + Send>, head: &[u8]) -> Box<dyn BufRead + Send> {
    match look_at(head) {
        Ok(Kind::Utf8WithMark) => {
            reader.consume(3);
            reader
        }
        Ok(Kind::Utf16 { encoding, .. }) => Box::new(io::BufReader::new(Utf8 { reader, decoder: encoding.new_decoder(), ended: false })),
        _ => reader,
    }
}

/// A stream decoded on the way.
struct Utf8 {
    reader: Box<dyn BufRead + Send>,
    decoder: Decoder,
    ended: bool,
}

impl Read for Utf8 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let available = self.reader.fill_buf()?;
            let last = available.is_empty();
            let (result, used, written, _) = self.decoder.decode_to_utf8(available, buffer, last);
            self.reader.consume(used);
            self.ended = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
            if used == 0 && result == CoderResult::OutputFull {
                return Err(io::Error::other("no room for a character"));
            }
        }
        Ok(0)
    }
}

/// A text and how it was come by.
pub struct Decoded {
    /// The text.
    pub text: String,
    /// What was guessed.
    pub note: Option<String>,
}

/// Bytes to text: UTF-8 where they are it; else what is declared; else UTF-8 where they nearly are; else the older encoding that
/// they look like.
pub fn decode(raw: Vec<u8>, declared: Option<&str>) -> Decoded {
    let raw = match String::from_utf8(raw) {
        Ok(text) => return Decoded { text, note: None },
        Err(error) => error.into_bytes(),
    };
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|encoding| *encoding != UTF_8)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&raw)
    {
        return Decoded { text: text.into_owned(), note: None };
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in raw.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad * 4 {
        let note = Some(format!("{bad} stretches that are no valid UTF-8 were replaced"));
        return Decoded { text: UTF_8.decode_without_bom_handling(&raw).0.into_owned(), note };
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(&raw, true);
    let encoding = detector.guess(None, false);
    let (text, damaged) = encoding.decode_without_bom_handling(&raw);
    let replaced = if damaged { "; some characters were replaced" } else { "" };
    Decoded { text: text.into_owned(), note: Some(format!("no valid UTF-8, read as {}{replaced}", encoding.name())) }
}
