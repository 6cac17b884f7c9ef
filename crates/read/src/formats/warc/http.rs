//! Answers of web servers, as a crawl keeps them.
//!
//! In: status, fields and body. Out: the body as it was before it was sent. Never: more of it than the cap of an item.

use crate::{Cap, Caps};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// What a server answered.
pub struct Answer {
    pub status: u16,
    pub media: Option<String>,
    pub charset: Option<String>,
    pub body: Vec<u8>,
}

/// Takes an answer apart; or says why it cannot be.
pub fn answer(mut raw: Vec<u8>, caps: &Caps) -> Result<Answer, String> {
    let end = head_end(&raw).ok_or("damaged: an answer without a body")?;
    let body = raw.split_off(end);
    let head = String::from_utf8_lossy(&raw);
    let mut lines = head.lines();
    let status = lines.next().filter(|line| line.starts_with("HTTP/")).and_then(|line| line.split_whitespace().nth(1));
    let status = status.and_then(|status| status.parse().ok()).ok_or("damaged: an answer without a status")?;
    let fields: Vec<(String, &str)> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim().to_lowercase(), value.trim())).collect();
    let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| *value);
    let (media, charset) = field("content-type").map(media_type).unzip();
    let chunked = field("transfer-encoding").is_some_and(|encoding| encoding.to_lowercase().contains("chunked"));
    let body = if chunked { unchunked(&body).unwrap_or(body) } else { body };
    let body = match field("content-encoding") {
        Some(encoding) => decoded(body, &encoding.to_lowercase(), caps)?,
        None => body,
    };
    Ok(Answer { status, media, charset: charset.flatten(), body })
}

/// Where the fields end.
fn head_end(raw: &[u8]) -> Option<usize> {
    let lines = raw.windows(2).position(|two| two == b"\n\n").map(|at| at + 2);
    let usual = raw.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    match (usual, lines) {
        (Some(usual), Some(lines)) => Some(usual.min(lines)),
        (usual, lines) => usual.or(lines),
    }
}

/// `text/html; charset="utf-8"` as its type and its charset.
pub fn media_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let media = parts.next().unwrap_or("").trim().to_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (media, charset)
}

/// The body without the lengths of its pieces; `None` where it has none, as where the crawler took them out.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let line = body.iter().position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&body[..line]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[line + 1..];
        if size == 0 {
            return Some(whole);
        }
        match body.split_at_checked(size) {
            Some((piece, rest)) => {
                whole.extend_from_slice(piece);
                body = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n"))?;
            }
            // the last piece was cut off
            None => {
                whole.extend_from_slice(body);
                return Some(whole);
            }
        }
    }
}

/// The body as it was before it was packed; one that the crawler unpacked stays as it is.
fn decoded(body: Vec<u8>, encoding: &str, caps: &Caps) -> Result<Vec<u8>, String> {
    let limit = caps.of(Cap::Bytes);
    let unpack = |packed: &mut dyn Read| {
        let mut whole = Vec::new();
        match packed.take(limit.saturating_add(1)).read_to_end(&mut whole) {
            _ if whole.len() as u64 > limit => Err(caps.refusal(Cap::Bytes)),
            Ok(_) => Ok(Some(whole)),
            // what was cut off is read as far as it goes
            Err(_) => Ok((!whole.is_empty()).then_some(whole)),
        }
    };
    let unpacked = match encoding.trim() {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => unpack(&mut MultiGzDecoder::new(&body[..]))?,
        "deflate" => match unpack(&mut ZlibDecoder::new(&body[..]))? {
            None => unpack(&mut DeflateDecoder::new(&body[..]))?,
            whole => whole,
        },
        "br" => unpack(&mut brotli_decompressor::Decompressor::new(&body[..], 1 << 16))?,
        "zstd" => match zstd::stream::read::Decoder::with_buffer(&body[..]) {
            Ok(mut packed) => unpack(&mut packed)?,
            Err(_) => None,
        },
        _ => None,
    };
    Ok(unpacked.unwrap_or(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_read_as_it_was_before_it_was_sent() {
        let gzip = crate::tests::archives::gzip(b"<p>News</p>");
        let answer_to = |fields: &str, body: &[u8]| {
            let raw = [format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n").as_bytes(), body].concat();
            answer(raw, &Caps::default()).expect("an answer")
        };
        let pieces = b"4\r\n<p>N\r\n7;a=b\r\news</p>\r\n0\r\n\r\n";
        for (fields, body) in [
            ("Content-Type: text/html; charset=\"ISO-8859-2\"", &b"<p>News</p>"[..]),
            ("Content-Type: text/html;charset=ISO-8859-2\r\nTransfer-Encoding: chunked", pieces),
            ("content-type: Text/HTML ; Charset=ISO-8859-2\r\ntransfer-encoding: chunked", b"<p>News</p>"),
            ("Content-Type: text/html;charset=ISO-8859-2\r\nContent-Encoding: gzip", &gzip),
            ("Content-Type: text/html;charset=ISO-8859-2\r\nContent-Encoding: gzip", b"<p>News</p>"),
            ("Content-Type: text/html;charset=ISO-8859-2\r\nContent-Encoding: br", b"<p>News</p>"),
        ] {
            let answer = answer_to(fields, body);
            assert_eq!(String::from_utf8_lossy(&answer.body), "<p>News</p>", "{fields}");
            assert_eq!((answer.media.as_deref(), answer.charset.as_deref()), (Some("text/html"), Some("ISO-8859-2")), "{fields}");
        }
        for raw in ["", "HTTP/1.1 200 OK\r\n", "<html>\n\n</html>", "HTTP/1.1\r\n\r\n"] {
            assert!(answer(raw.as_bytes().to_vec(), &Caps::default()).is_err(), "{raw}");
        }
    }
}
