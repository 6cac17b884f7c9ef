//! A page of the web in a file, a record, a crawl or a letter.
//!
//! In: its bytes, and what is known of it from outside. Out: one item. Never: looks into it; `html` does.

use super::{Definition, Format, Holds};
use crate::item::{Item, Jobs, later, refused};
use crate::source::Source;
use crate::{Cap, Options, clock, finish, html};
use chancery_model::Document;
use std::sync::Arc;

pub const HTML: Format = Format(&Definition {
    name: "html",
    holds: Holds::Text,
    endings: &["html", "htm", "xhtml"],
    recognise: |head| html::begins(head.text),
    read,
});

fn read(source: Source, options: &Arc<Options>) -> Jobs {
    let (name, known, charset) = (source.name.clone(), source.known.clone(), source.charset.clone());
    let raw = match source.into_bytes(&options.caps) {
        Ok(raw) => raw,
        Err(reason) => return refused(name, reason),
    };
    let options = options.clone();
    later(name.clone(), raw.len(), move || {
        let original = options.kept(&raw);
        vec![item(&raw, charset.as_deref(), name, known, Vec::new(), original, &options)]
    })
}

/// A page as an item. What it says of itself goes before what is `known` of it from outside, but for its id and address.
pub fn item(
    page: &[u8],
    charset: Option<&str>,
    source: String,
    known: Document,
    mut notes: Vec<String>,
    raw: Option<Vec<u8>>,
    options: &Options,
) -> Item {
    match html::read(page, charset, known.url.as_deref(), &|| clock::check(&options.caps).is_err()) {
        Ok(html::Page { document: own, notes: told }) => {
            notes.extend(told);
            let document = Document {
                id: known.id,
                title: own.title.or(known.title),
                published: own.published.or(known.published),
                language: own.language.or(known.language),
                url: known.url.or(own.url),
                site: own.site.or(known.site),
                authors: if own.authors.is_empty() { known.authors } else { own.authors },
                ..own
            };
            finish(source, document, notes, raw, options)
        }
        Err(html::Refusal::TooLong) => Item::Refused { source, reason: options.caps.refusal(Cap::Time) },
        Err(refusal) => Item::Refused { source, reason: refusal.to_string() },
    }
}
