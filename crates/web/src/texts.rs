//! The words of the pages in the reader's language.
//!
//! In: what the browser prefers, what the reader chose. Out: texts by key. Never: a text that is missing in one language only.

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
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
    /// Whether the reader wants words in other scripts in Latin letters, too.
    pub romanised: bool,
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

static ALL: LazyLock<Vec<Texts>> = LazyLock::new(|| in_each_language(false));
static ROMANISED: LazyLock<Vec<Texts>> = LazyLock::new(|| in_each_language(true));

fn in_each_language(romanised: bool) -> Vec<Texts> {
    let texts = |(language, file): (&'static str, &str)| {
        let words: BTreeMap<String, String> = toml::from_str(file).unwrap_or_default();
        Texts { language, name: words.get("language").cloned().unwrap_or_default(), romanised, words }
    };
    FILES.into_iter().map(texts).collect()
}

impl Texts {
    pub fn all() -> &'static [Texts] {
        &ALL
    }

    /// Place of a language in the list.
    fn index(tag: &str) -> Option<usize> {
        let language = tag.split(['-', '_']).next().unwrap_or(tag);
        FILES.iter().position(|(known, _)| known.eq_ignore_ascii_case(language))
    }

    /// By what the reader chose (`?lang=de`, `?romanise=1`, then cookies), else by what the browser prefers.
    pub fn of_request(headers: &HeaderMap, query: Option<&str>) -> &'static Texts {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        let chosen = |choice: &str| chosen(choice, query).or_else(|| kept(choice, text(header::COOKIE)));
        let preferred = text(header::ACCEPT_LANGUAGE).split(',').map(|range| range.split(';').next().unwrap_or(range).trim());
        let lang = chosen("lang");
        let index = lang.as_deref().into_iter().chain(preferred).find_map(Texts::index).unwrap_or(0);
        if chosen("romanise").as_deref() == Some("1") { &ROMANISED[index] } else { &ALL[index] }
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

/// What a reader chooses for all pages.
const CHOICES: [&str; 2] = ["lang", "romanise"];

/// What the address chooses.
fn chosen(choice: &str, query: Option<&str>) -> Option<String> {
    form_urlencoded::parse(query?.as_bytes()).find(|(key, _)| key == choice).map(|(_, value)| value.into_owned())
}

/// What a cookie keeps of an earlier choice.
fn kept(choice: &str, cookies: &str) -> Option<String> {
    let value = |cookie: &str| cookie.trim().strip_prefix(choice)?.strip_prefix('=').map(str::to_owned);
    cookies.split(';').find_map(value)
}

/// Keeps what the address chooses for the pages that follow.
pub async fn keep_choices(request: Request, next: Next) -> Response {
    let plain = |value: &String| !value.is_empty() && value.chars().all(|letter| letter.is_ascii_alphanumeric());
    let choices: Vec<(&str, String)> =
        CHOICES.into_iter().filter_map(|choice| Some((choice, chosen(choice, request.uri().query()).filter(plain)?))).collect();
    let mut response = next.run(request).await;
    for (choice, value) in choices {
        if let Ok(cookie) = format!("{choice}={value}; Path=/; Max-Age=31536000; SameSite=Lax").parse() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
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
    fn the_address_chooses_before_the_cookie_and_the_browser() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, header::HeaderValue::from_static("a=b; lang=cs; romanise=1"));
        headers.insert(header::ACCEPT_LANGUAGE, header::HeaderValue::from_static("ro"));
        let of = |query| Texts::of_request(&headers, query);
        assert_eq!((of(None).language, of(None).romanised), ("cs", true));
        assert_eq!((of(Some("lang=de&romanise=0")).language, of(Some("romanise=0")).romanised), ("de", false));
        assert_eq!(Texts::of_request(&HeaderMap::new(), Some("lang=xx")).language, "en");
    }

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
