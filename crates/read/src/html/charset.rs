//! The text of an HTML file.
//!
//! In: its bytes, and the charset that came with them. Out: text, with a note where the charset was guessed. Never: refuses a page
//! because some of its bytes are damaged.

use crate::bytes;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Bytes at the head of a page in which its charset is looked for. The standard says 1024; pages do not keep to it.
const HEAD: usize = 16 << 10;

/// A page as text.
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What was guessed or replaced.
    pub note: Option<String>,
}

/// By the mark at the head, then by what came with the page, then by what it says itself, then by its bytes. Bytes that are good UTF-8
/// are UTF-8, whatever is declared.
pub fn decode<'a>(raw: &'a [u8], declared: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(raw) {
        return told(encoding, &raw[mark..]);
    }
    if let Ok(bytes::Kind::Utf16 { encoding, .. }) = bytes::look_at(&raw[..raw.len().min(HEAD)]) {
        return told(encoding, raw);
    }
    if let Ok(text) = std::str::from_utf8(raw) {
        let multibyte = named(declared).or_else(|| said(raw)).filter(|encoding| !encoding.is_ascii_compatible());
        return match multibyte {
            Some(encoding) => told(encoding, raw),
            None => Decoded { text: Cow::Borrowed(text), note: None },
        };
    }
    let encoding = named(declared).or_else(|| said(raw)).filter(|encoding| *encoding != UTF_8);
    match encoding {
        Some(encoding) => told(encoding, raw),
        None => {
            let bytes::Decoded { text, note } = bytes::decode(raw.to_vec(), None);
            Decoded { text: Cow::Owned(text), note }
        }
    }
}

fn told<'a>(encoding: &'static Encoding, raw: &'a [u8]) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(raw);
    let note = damaged.then(|| format!("characters that are no valid {} were replaced", encoding.name()));
    Decoded { text, note }
}

fn named(label: Option<&str>) -> Option<&'static Encoding> {
    let label = label?.trim().trim_matches(['"', '\'']);
    Encoding::for_label(label.as_bytes())
}

/// What the page says of its charset: `charset=` in a meta element, `encoding=` in an XML declaration.
fn said(raw: &[u8]) -> Option<&'static Encoding> {
    let head = raw[..raw.len().min(HEAD)].to_ascii_lowercase();
    let text = String::from_utf8_lossy(&head);
    let declaration = text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let in_xml = declaration.and_then(|rest| value_after(rest, "encoding"));
    let in_meta = || text.split("<meta").skip(1).find_map(|rest| value_after(rest.split('>').next()?, "charset"));
    let encoding = in_xml.or_else(in_meta)?;
    // a page that can be read this far is not in UTF-16, whatever it says
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn value_after(text: &str, key: &str) -> Option<&'static Encoding> {
    let (_, rest) = text.split_once(key)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(|character: char| !(character.is_ascii_alphanumeric() || "-_:.".contains(character))).unwrap_or(rest.len());
    Encoding::for_label(&rest.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GBK, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251};

    #[test]
    fn what_comes_with_a_page_wins_over_what_it_says() {
        let (old, _, _) = WINDOWS_1250.encode("<meta charset=windows-1251><p>Příliš žluťoučký");
        assert!(decode(&old, Some("windows-1250")).text.ends_with("Příliš žluťoučký"));
        assert!(!decode(&old, None).text.ends_with("Příliš žluťoučký"));
    }

    #[test]
    fn a_page_says_its_charset_in_many_ways() {
        for (encoding, head, word) in [
            (WINDOWS_1251, "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1251'>", "Президент"),
            (SHIFT_JIS, "<meta charset = \"Shift_JIS\" />", "大統領"),
            (GBK, "<?xml version='1.0' encoding='gb2312'?>", "国家主席"),
        ] {
            let (raw, _, _) = encoding.encode(word);
            let page = [head.as_bytes(), &raw].concat();
            assert!(decode(&page, None).text.ends_with(word), "{head}");
        }
    }

    #[test]
    fn good_utf_8_is_utf_8_whatever_is_declared() {
        let page = "<meta charset=iso-8859-1><p>Příliš";
        assert!(decode(page.as_bytes(), Some("latin1")).text.ends_with("Příliš"));
        let marked = [&b"\xFF\xFE"[..], &"Ž".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat();
        assert_eq!(decode(&marked, Some("utf-8")).text, "Ž");
    }
}
