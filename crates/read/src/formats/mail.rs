//! Letters and saved pages: EML and MHTML.
//!
//! In: a message. Out: its text, with subject, date and sender; or the page that a browser saved. Never: takes the day on which a
//! page was saved for that of its publication.

use super::{Definition, Format, Holds, page};
use crate::dates::published;
use crate::item::{Item, Jobs, later, refused};
use crate::source::Source;
use crate::{Options, clock, finish};
use chancery_model::Document;
use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use std::sync::Arc;

pub const MAIL: Format =
    Format(&Definition { name: "mail", holds: Holds::Text, endings: &["eml", "mht", "mhtml"], recognise: |head| begins(head.text), read });

/// Fields of which a message has at least one that nothing else has.
const OF_MESSAGES: &[&str] =
    &["received", "return-path", "mime-version", "message-id", "delivered-to", "x-mailer", "snapshot-content-location"];
/// Fields that news may begin with too.
const USUAL: &[&str] = &["from", "to", "subject", "date"];

/// Whether the first lines are the fields of a message.
fn begins(head: &[u8]) -> bool {
    let (mut sure, mut usual) = (0, 0);
    for line in String::from_utf8_lossy(head).lines().take(200) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return line.is_empty() && sure + usual > 2 && sure > 0 };
        let name = name.to_lowercase();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        sure += usize::from(OF_MESSAGES.contains(&name.as_str()));
        usual += usize::from(USUAL.contains(&name.as_str()));
    }
    false
}

fn read(source: Source, options: &Arc<Options>) -> Jobs {
    let (name, known) = (source.name.clone(), source.known.clone());
    let raw = match source.into_bytes(&options.caps) {
        Ok(raw) => raw,
        Err(reason) => return refused(name, reason),
    };
    let options = options.clone();
    later(name.clone(), raw.len(), move || vec![item(&raw, name, known, &options)])
}

/// Parts of a letter at the most.
const MOST_PARTS: usize = 10_000;
/// Bytes of a field that says what a part is, its further lines included: what it lists is compared with itself.
const LONGEST_FIELD: usize = 64 << 10;

/// Whether a field that says what a part is is longer than anyone needs.
fn has_long_field(raw: &[u8]) -> bool {
    let mut bytes = 0;
    raw.split(|byte| *byte == b'\n').any(|line| {
        let begins = line.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"content-"));
        let goes_on = bytes > 0 && line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        bytes = if begins || goes_on { bytes * usize::from(goes_on) + line.len() } else { 0 };
        bytes > LONGEST_FIELD
    })
}
/// Bytes of fields in a row, of the letter or of a part: each takes many times its bytes.
const LONGEST_HEAD: usize = 4 << 20;

/// Whether fields follow one another for longer than in any head.
fn has_long_head(raw: &[u8]) -> bool {
    let mut bytes = 0;
    raw.split(|byte| *byte == b'\n').any(|line| {
        let name = line.iter().position(|byte| *byte == b':').map_or(&[][..], |colon| &line[..colon]);
        let is_field = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
        let goes_on = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        bytes = if is_field || goes_on { bytes + line.len() + 1 } else { 0 };
        bytes > LONGEST_HEAD
    })
}

fn item(raw: &[u8], source: String, mut known: Document, options: &Options) -> Item {
    // a part begins with such a line, and takes a hundred times its bytes
    if raw.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"--")).count() > MOST_PARTS {
        return Item::Refused { source, reason: format!("a letter of more than {MOST_PARTS} parts") };
    }
    if has_long_field(raw) {
        return Item::Refused { source, reason: format!("a letter with a field of more than {LONGEST_FIELD} bytes") };
    }
    if has_long_head(raw) {
        return Item::Refused { source, reason: format!("a letter with a head of more than {LONGEST_HEAD} bytes") };
    }
    let Some(message) = MessageParser::default().parse(raw) else {
        return Item::Refused { source, reason: "damaged: no message".to_owned() };
    };
    if let Err(late) = clock::check(&options.caps) {
        return Item::Refused { source, reason: late.to_string() };
    }
    let original = options.kept(raw);
    let mut notes = Vec::new();
    let word = |name: &'static str| match message.header(HeaderName::Other(name.into())) {
        Some(HeaderValue::Text(word)) => Some(word.trim().to_owned()),
        _ => None,
    };
    // what a browser saved says where it was; its date is that of the saving
    let saved =
        word("Snapshot-Content-Location").or_else(|| message.parts.iter().find_map(|part| part.content_location()).map(str::to_owned));
    known.title = message.subject().map(str::to_owned).filter(|title| !title.is_empty()).or(known.title);
    match &saved {
        Some(address) if address.contains("://") => (known.id, known.url) = (address.clone(), Some(address.clone())),
        Some(_) => {}
        None => {
            known.published = message.header_raw(HeaderName::Date).and_then(published).or(known.published);
            let sender = message.from().and_then(|from| from.first()).and_then(|from| from.name().or(from.address()));
            known.authors.extend(sender.map(str::to_owned));
        }
    }
    let attached = message.attachment_count();
    if attached > 0 && saved.is_none() {
        notes.push(format!("{attached} attached files were not read"));
    }
    match body(&message, saved.is_some()) {
        Some(PartType::Html(page)) => page::item(page.as_bytes(), Some("utf-8"), source, known, notes, original, options),
        Some(PartType::Text(text)) => {
            known.text = text.to_string();
            finish(source, known, notes, original, options)
        }
        _ => Item::Empty { source },
    }
}

/// The part that is the text: of a saved page the page, of a letter its plain text before its page.
fn body<'m>(message: &'m Message<'m>, saved: bool) -> Option<&'m PartType<'m>> {
    let first = |html: bool| {
        message.parts.iter().map(|part| &part.body).find(|body| match body {
            PartType::Html(_) => html,
            PartType::Text(text) => !html && !text.trim().is_empty(),
            _ => false,
        })
    };
    if saved { first(true).or_else(|| first(false)) } else { first(false).or_else(|| first(true)) }
}
