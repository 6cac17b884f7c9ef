//! What a page says of itself in linked data (JSON-LD), and in the data of its scripts.
//!
//! In: the scripts of a page that hold JSON. Out: what is said of the article, by key. Never: fails over broken JSON; what can be read
//! of it is read.

use crate::json;
use serde_json::Value;

/// What linked data say of the article.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Linked {
    /// `headline`, else `name`.
    pub headline: Option<String>,
    /// `datePublished`.
    pub published: Option<String>,
    /// `dateCreated`, `uploadDate`: weaker than a date of publication.
    pub created: Option<String>,
    /// `dateModified`; it tells only which clock the page keeps.
    pub modified: Option<String>,
    /// Names of `author`.
    pub authors: Vec<String>,
    /// Name of `publisher`.
    pub site: Option<String>,
    /// `url`, `mainEntityOfPage`.
    pub address: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// `articleBody`.
    pub body: Option<String>,
}

/// How well a type of thing fits an article: the lower, the better.
fn rank(kind: &str) -> Option<usize> {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    match kind {
        // what somebody said of an article is none
        "UserComments" | "Comment" | "ClaimReview" | "Review" => None,
        "LiveBlogPosting" => Some(1),
        kind if kind.ends_with("NewsArticle") || kind.ends_with("Article") || kind.ends_with("BlogPosting") => Some(0),
        "GovernmentService" | "Report" | "CreativeWork" | "SocialMediaPosting" => Some(1),
        kind if kind.ends_with("Page") && kind != "CollectionPage" => Some(2),
        _ => None,
    }
}

/// Added to the rank of what has another headline than the page.
const OTHER: usize = 3;

/// Whether a headline is in the title of a page, or the title in it.
fn is_title(headline: &str, title: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (headline, title) = (plain(headline), plain(title));
    title.contains(&headline) || headline.contains(&title)
}

/// Things in things at the most.
const DEEPEST: usize = 12;

/// Reads scripts of linked data in their order. Of several articles the one is meant that has the page's title.
pub fn read<'a>(scripts: impl Iterator<Item = &'a str>, title: &str) -> Linked {
    let mut found: Vec<(usize, Linked)> = Vec::new();
    let (mut sites, mut scanned) = (None, None);
    for script in scripts {
        match tolerant(script) {
            Some(value) => visit(&value, 0, &mut found, &mut sites),
            None => scanned = scanned.or_else(|| scan(script)),
        }
    }
    // the first of the best kind is the page's own; what it leaves open, weaker things may tell
    let own = |linked: &Linked| linked.headline.as_deref().is_some_and(|headline| is_title(headline, title));
    let told = !title.is_empty() && found.iter().any(|(rank, linked)| *rank < 2 && own(linked));
    found.sort_by_key(|(rank, linked)| rank + if told && !own(linked) { OTHER } else { 0 });
    let mut all = found.into_iter().map(|(_, linked)| linked).chain(scanned);
    let mut linked = all.next().unwrap_or_default();
    for other in all {
        if other.headline.is_some() && linked.headline.is_some() && other.headline != linked.headline {
            continue;
        }
        linked.published = linked.published.or(other.published);
        linked.modified = linked.modified.or(other.modified);
        linked.headline = linked.headline.or(other.headline);
        linked.address = linked.address.or(other.address);
        linked.language = linked.language.or(other.language);
        linked.site = linked.site.or(other.site);
        linked.body = linked.body.or(other.body);
        if linked.authors.is_empty() {
            linked.authors = other.authors;
        }
    }
    linked.site = linked.site.or(sites);
    linked
}

fn visit(value: &Value, depth: usize, found: &mut Vec<(usize, Linked)>, sites: &mut Option<String>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| visit(value, depth + 1, found, sites)),
        Value::Object(map) => {
            let kinds: Vec<&str> = match map.get("@type") {
                Some(Value::String(kind)) => vec![kind],
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            if kinds.contains(&"WebSite") {
                *sites = sites.take().or_else(|| name(value));
            }
            if let Some(rank) = kinds.iter().filter_map(|kind| rank(kind)).min() {
                found.push((rank, thing(value)));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "item", "liveBlogUpdate"] {
                // what is within a list of other articles is not the page's own
                if let Some(inner) = map.get(key).filter(|_| key != "liveBlogUpdate" && !kinds.contains(&"ItemList")) {
                    visit(inner, depth + 1, found, sites);
                }
            }
        }
        _ => {}
    }
}

fn thing(value: &Value) -> Linked {
    let string = |key: &str| value.get(key).and_then(words);
    let address = value.get("url").and_then(words).or_else(|| {
        let page = value.get("mainEntityOfPage")?;
        words(page).or_else(|| page.get("@id").and_then(words)).or_else(|| page.get("url").and_then(words))
    });
    Linked {
        headline: string("headline").or_else(|| string("name")).or_else(|| string("title")),
        published: string("datePublished"),
        created: string("dateCreated").or_else(|| string("uploadDate")),
        modified: string("dateModified"),
        authors: value.get("author").or_else(|| value.get("creator")).map(names).unwrap_or_default(),
        site: value.get("publisher").and_then(|publisher| names(publisher).into_iter().next()),
        address: address.filter(|address| address.starts_with("http")),
        language: value.get("inLanguage").and_then(|language| words(language).or_else(|| language.get("alternateName").and_then(words))),
        body: string("articleBody"),
    }
}

/// A text, also as the first of a list or as a value with a language.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(words),
        Value::Object(map) => map.get("@value").and_then(words),
        _ => None,
    }
}

fn name(value: &Value) -> Option<String> {
    value.get("name").and_then(words)
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Array(values) => values.iter().flat_map(names).collect(),
        other => name(other).into_iter().collect(),
    }
}

/// JSON as pages hold it: in comments, with line feeds within strings, with a comma too many.
fn tolerant(script: &str) -> Option<Value> {
    if !json::fits(script) {
        return None;
    }
    let text = script.trim().trim_start_matches("<!--").trim_start_matches("//").trim_start();
    let text = text.trim_start_matches("<![CDATA[").trim_end_matches("-->").trim_end().trim_end_matches("]]>").trim_end_matches("//");
    let text = text.trim().trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mut mended = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in text.chars() {
        match character {
            character if character.is_control() => mended.push(' '),
            '}' | ']' if !in_string => {
                let kept = mended.trim_end().trim_end_matches(',').len();
                mended.truncate(kept);
                mended.push(character);
            }
            character => mended.push(character),
        }
        match character {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
    }
    // several values one after the other
    let values: Vec<Value> = serde_json::Deserializer::from_str(&mended).into_iter().map_while(Result::ok).collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

/// What can be found in JSON that cannot be read, key by key.
fn scan(script: &str) -> Option<Linked> {
    let value = |key: &str| {
        let (_, rest) = script.split_once(&format!("\"{key}\""))?;
        let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let end = rest.find('"')?;
        serde_json::from_str::<String>(&format!("\"{}\"", &rest[..end])).ok().filter(|text| !text.is_empty())
    };
    let linked =
        Linked { headline: value("headline"), published: value("datePublished"), modified: value("dateModified"), ..Linked::default() };
    (linked != Linked::default()).then_some(linked)
}

/// Keys under which scripts hold the text of an article.
const BODIES: [&str; 12] = [
    "articleBody",
    "body",
    "content",
    "text",
    "html",
    "paragraphs",
    "contentHtml",
    "bodyHtml",
    "fullText",
    "article_body",
    "value",
    "blocks",
];

/// The longest prose that a script holds: HTML, or text with a line a paragraph. For pages whose text stands nowhere else.
pub fn prose(script: &str) -> Option<String> {
    let value = json::value(script.trim()).ok()?;
    let mut best = Vec::new();
    let whole = prose_of(&value, &mut best);
    keep_longer(whole, &mut best);
    Some(best.join("\n")).filter(|text| text.len() >= 200)
}

/// The prose of a value: what its lists and bodies hold. What stands under other keys is no part of it, but may be the best by itself.
fn prose_of(value: &Value, best: &mut Vec<String>) -> Vec<String> {
    match value {
        Value::String(text) if reads_like_prose(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(|value| prose_of(value, best)).collect(),
        Value::Object(map) => {
            let mut own = Vec::new();
            for (key, value) in map {
                let found = prose_of(value, best);
                if BODIES.contains(&key.as_str()) {
                    own.extend(found);
                } else {
                    keep_longer(found, best);
                }
            }
            own
        }
        _ => Vec::new(),
    }
}

fn keep_longer(found: Vec<String>, best: &mut Vec<String>) {
    let length = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
    if length(&found) > length(best) {
        *best = found;
    }
}

fn reads_like_prose(text: &str) -> bool {
    let text = text.trim_end();
    let spaces = text.bytes().filter(|byte| *byte == b' ').count();
    text.len() >= 40 && !text.starts_with(['{', '[']) && (spaces * 14 > text.len() || !text.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(script: &str) -> Linked {
        read(std::iter::once(script), "")
    }

    #[test]
    fn articles_are_found_in_graphs_and_lists() {
        let graph = r#"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"Daily"},
            {"@type":"WebPage","datePublished":"2020-01-01","name":"Talks - Daily"},
            {"@type":["ReportageNewsArticle","NewsArticle"],"headline":"Talks","datePublished":"2023-02-28","author":[{"name":"A B"},{"name":"C D"}]}]}"#;
        let linked = one(graph);
        assert_eq!(
            (linked.headline.as_deref(), linked.published.as_deref(), linked.site.as_deref()),
            (Some("Talks"), Some("2023-02-28"), Some("Daily"))
        );
        assert_eq!(linked.authors, ["A B", "C D"]);
        let list = r#"[{"@type":"BreadcrumbList"},{"@type":"BlogPosting","headline":"Talks","author":"A B","publisher":{"name":"Daily"}}]"#;
        assert_eq!(one(list).authors, ["A B"]);
    }

    #[test]
    fn other_articles_and_comments_are_not_the_page() {
        let items =
            r#"{"@type":"ItemList","itemListElement":[{"item":{"@type":"NewsArticle","headline":"Other","datePublished":"2024-01-01"}}]}"#;
        assert_eq!(one(items), Linked::default());
        let comment = r#"{"@type":"NewsArticle","headline":"Talks","comment":{"@type":"Comment","datePublished":"2024-01-01"}}"#;
        assert_eq!(one(comment).published, None);
        let modified = r#"{"@type":"NewsArticle","headline":"Talks","dateModified":"2024-01-01"}"#;
        assert_eq!(one(modified).published, None);
    }

    #[test]
    fn of_several_articles_the_page_s_own_is_meant() {
        let list = r#"[{"@type":"NewsArticle","headline":"Other","datePublished":"2024-01-01"},{"@type":"NewsArticle","headline":"Talks","datePublished":"2023-02-28"}]"#;
        assert_eq!(read(std::iter::once(list), "Talks | Daily").published.as_deref(), Some("2023-02-28"));
    }

    #[test]
    fn broken_json_is_read_as_far_as_it_goes() {
        for script in [
            "<!-- {\"@type\":\"Article\",\"headline\":\"Talks\",\"datePublished\":\"2023-02-28\"} -->",
            "{\"@type\":\"Article\",\"headline\":\"Talks\",\n\"description\":\"a\nb\",\"datePublished\":\"2023-02-28\",}",
            "{\"@type\":\"Article\",\"headline\":\"Talks\",\"description\":\"he said \"no\" to it\",\"datePublished\":\"2023-02-28\"}",
            "{\"@type\":\"Article\",\"headline\":\"Talks\",\"datePublished\":\"2023-02-28\"}{\"@type\":\"Organization\"}",
        ] {
            let linked = one(script);
            assert_eq!((linked.headline.as_deref(), linked.published.as_deref()), (Some("Talks"), Some("2023-02-28")), "{script}");
        }
    }

    #[test]
    fn the_text_is_found_in_the_data_of_scripts() {
        let words = "The ministers of both states met in the capital on Tuesday and spoke for two hours.";
        let paragraph = |number: usize| format!(r#"{{"type":"p","text":"{number} {words}"}}"#);
        let paragraphs = (0..4).map(paragraph).collect::<Vec<_>>().join(",");
        let script = format!(r#"{{"props":{{"page":{{"related":[{{"text":"{words}"}}],"article":{{"body":[{paragraphs}]}}}}}}}}"#);
        assert_eq!(prose(&script).map(|text| text.lines().count()), Some(4));
        assert_eq!(prose(r#"{"a":{"text":"short"}}"#), None);
    }
}
