//! The words of the pages in the reader's language.
//!
//! In: what the browser prefers, what the reader chose. Out: texts by key. Never: a text that is missing in one language only.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::LazyLock;

/// The texts of one language.
#[derive(Debug)]
pub struct Texts {
    /// BCP 47 tag.
    pub language: &'static str,
    /// What the language calls itself.
    pub name: String,
    words: BTreeMap<String, String>,
}

/// Languages of the pages; the first is that of readers whose own is not among them.
const FILES: [(&str, &str); 5] = [
    ("en", include_str!("../texts/en.toml")),
    ("cs", include_str!("../texts/cs.toml")),
    ("de", include_str!("../texts/de.toml")),
    ("pt", include_str!("../texts/pt.toml")),
    ("ro", include_str!("../texts/ro.toml")),
];

static ALL: LazyLock<Vec<Texts>> = LazyLock::new(|| {
    let texts = |(language, file): (&'static str, &str)| {
        let words: BTreeMap<String, String> = toml::from_str(file).unwrap_or_default();
        Texts { language, name: words.get("language").cloned().unwrap_or_default(), words }
    };
    FILES.into_iter().map(texts).collect()
});

impl Texts {
    pub fn all() -> &'static [Texts] {
        &ALL
    }

    fn named(tag: &str) -> Option<&'static Texts> {
        let language = tag.split(['-', '_']).next().unwrap_or(tag);
        ALL.iter().find(|texts| texts.language.eq_ignore_ascii_case(language))
    }

    /// By what the reader chose (`?lang=de`, then a cookie), else by what the browser prefers.
    pub fn of_request(headers: &HeaderMap, query: Option<&str>) -> &'static Texts {
        let chosen = query
            .and_then(|query| form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "lang").map(|(_, tag)| tag.into_owned()));
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        let kept = text(header::COOKIE).split(';').filter_map(|cookie| cookie.trim().strip_prefix("lang=")).next();
        let preferred = text(header::ACCEPT_LANGUAGE).split(',').map(|range| range.split(';').next().unwrap_or(range).trim());
        chosen.as_deref().into_iter().chain(kept).chain(preferred).find_map(Texts::named).unwrap_or(&ALL[0])
    }

    /// The text of a key; the key itself where none is known.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The text of a word of a sort of value, such as `kind.meeting`; the word itself where none is known.
    pub fn word<'a>(&'a self, sort: &str, word: &'a str) -> &'a str {
        self.words.get(&format!("{sort}.{word}")).map_or(word, String::as_str)
    }

    /// A count with its noun in the form that the count asks for (CLDR plural categories): `noun.one`, `noun.few`, `noun.many`.
    pub fn count(&self, count: usize, noun: &str) -> String {
        let few = match self.get("plural.few") {
            "2-4" => (2..=4).contains(&count),
            "0-19" => count == 0 || (1..=19).contains(&(count % 100)),
            _ => false,
        };
        let form = if count == 1 {
            "one"
        } else if few {
            "few"
        } else {
            "many"
        };
        let word = self.words.get(&format!("{noun}.{form}")).map_or(noun, String::as_str);
        format!("{count} {word}")
    }
}

impl<S: Sync> FromRequestParts<S> for &'static Texts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<&'static Texts, Infallible> {
        Ok(Texts::of_request(&parts.headers, parts.uri.query()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_text() {
        let keys = |texts: &Texts| {
            let kept = |key: &&String| !key.ends_with(".few") && !key.starts_with("of-month.");
            texts.words.keys().filter(kept).cloned().collect::<Vec<_>>()
        };
        for texts in Texts::all() {
            assert!(!texts.words.is_empty(), "{}: the file is no table of texts", texts.language);
            assert_eq!(keys(texts), keys(&ALL[0]), "{}", texts.language);
        }
    }
}
