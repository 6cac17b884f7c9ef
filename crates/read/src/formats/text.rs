//! A file that is its text.
//!
//! In: a source. Out: its text, whatever it was encoded in. Never: a letter more or less.

use super::{Definition, Format, Holds, markdown};
use crate::item::{Item, Jobs, later, refused};
use crate::source::Source;
use crate::{Options, bytes, finish};
use std::sync::Arc;

pub const TEXT: Format = Format(&Definition {
    name: "text",
    holds: Holds::Text,
    endings: &["txt", "text"],
    // what nothing else is
    recognise: |_| false,
    read: |source, options| read(source, options, false),
});

/// Reads the whole source as one document, with or without a front matter.
pub fn read(source: Source, options: &Arc<Options>, front_matter: bool) -> Jobs {
    let (name, mut document, charset) = (source.name.clone(), source.known.clone(), source.charset.clone());
    let raw = match source.into_bytes(&options.caps) {
        Ok(raw) => raw,
        Err(reason) => return refused(name, reason),
    };
    let options = options.clone();
    later(name.clone(), raw.len(), move || {
        let original = options.kept(&raw);
        let (text, mut notes) = match bytes::to_text(raw, charset.as_deref()) {
            Ok(decoded) => decoded,
            Err(reason) => return vec![Item::Refused { source: name, reason }],
        };
        document.text = if front_matter { markdown::take(text, &mut document, &mut notes) } else { text };
        vec![finish(name, document, notes, original, &options)]
    })
}
