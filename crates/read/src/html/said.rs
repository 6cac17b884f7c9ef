//! What a page says of itself.
//!
//! In: a tree and the address it came from. Out: title, day of publication, authors, site, canonical address and language. Never: takes
//! a date of change, of a comment or of another article for that of the page.
//!
//! Which name means which field, and which of two is trusted more, stands in `names.tsv`: the lower the rank, the better.

use super::linked::{self, Linked};
use super::stamp::{self, Stamp};
use super::tags::Tag;
use super::tree::{Attribute, Tree};
use chancery_model::Edtf;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a value may fill.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Field {
    Title,
    Published,
    /// A moment that tells by which clock the page counts its days.
    Clock,
    Author,
    Site,
    Canonical,
    Language,
}

impl Field {
    fn named(name: &str) -> Option<Field> {
        Some(match name {
            "title" => Field::Title,
            "published" => Field::Published,
            "clock" => Field::Clock,
            "author" => Field::Author,
            "site" => Field::Site,
            "canonical" => Field::Canonical,
            "language" => Field::Language,
            _ => return None,
        })
    }
}

/// By the kind and the name of what says something: the field it fills, and its rank.
type Names<'a> = HashMap<(&'a str, &'a str), (Field, u8)>;

static NAMES: LazyLock<Names<'static>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let (kind, name, field, rank) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        Some(((kind, name), (Field::named(field)?, rank.parse().ok()?)))
    };
    include_str!("names.tsv").lines().skip(1).filter_map(row).collect()
});

/// Nodes in an element that may be called a change for the time in it, at the most.
const NEAR: usize = 16;

/// Bytes of text below which an article among others is a teaser, and elements before one among which another is looked for.
const SMALLEST: usize = 300;
const MOST_OF_TEASER: usize = 64;

/// What a page says of itself.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Said {
    /// Titles, the most trusted first, as they stand; the name of the site may be part of them.
    pub titles: Vec<String>,
    /// The day on which it was published.
    pub published: Option<Edtf>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Name of the site.
    pub site: Option<String>,
    /// The address that it calls its own.
    pub canonical: Option<String>,
    /// Its language, where two say the same.
    pub language: Option<String>,
    /// The tag of the language, in lower case, where nothing says otherwise; it may be that of the template.
    pub tongue: String,
    /// The text of the article, where linked data hold it.
    pub body: Option<String>,
}

impl Said {
    /// The most trusted title, without the name of the site behind it.
    pub fn title(&self) -> Option<String> {
        let title = self.titles.first()?;
        let without = self.site.as_deref().and_then(|site| {
            let rest = title.strip_suffix(site)?.trim_end();
            let rest = rest.strip_suffix(['|', '-', '–', '—', '·', ':', '»', '/', '•'])?.trim_end();
            (!rest.is_empty()).then_some(rest)
        });
        Some(without.unwrap_or(title).to_owned())
    }
}

/// What was found.
#[derive(Default)]
struct Found<'a> {
    values: Vec<(Field, u8, &'a str)>,
}

impl<'a> Found<'a> {
    fn note(&mut self, kind: &str, name: &str, value: Option<&'a str>) {
        let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else { return };
        let names: &Names<'_> = &NAMES;
        if let Some((field, rank)) = names.get(&(kind, name)) {
            self.values.push((*field, *rank, value));
        }
    }

    /// The values of a field, the most trusted first.
    fn of(&self, field: Field) -> Vec<(u8, &'a str)> {
        let own = self.values.iter().filter(|(known, ..)| *known == field);
        let mut values: Vec<_> = own.map(|(_, rank, value)| (*rank, *value)).collect();
        values.sort_by_key(|(rank, _)| *rank);
        values
    }
}

/// Reads what a page says of itself. `within_article` says of a node whether it may speak of the article.
pub fn read(tree: &Tree, address: Option<&str>, within_article: impl Fn(usize) -> bool) -> Said {
    let title = (0..tree.nodes.len()).find(|node| tree.tag(*node) == Tag::Title).and_then(|node| first_text(tree, node));
    let linked = linked::read(scripts(tree).filter(|(kind, _)| kind.contains("ld+json")).map(|(_, script)| script), title.unwrap_or(""));
    let mut found = Found::default();
    note_linked(&linked, &mut found);
    // the one day of publication that a page tells is its own, wherever it stands
    let is_day = |node: usize| is(tree, node, Attribute::ItemProp, "datePublished");
    let alone = (0..tree.nodes.len()).filter(|node| is_day(*node)).take(2).count() == 1;
    for node in 0..tree.nodes.len() {
        match tree.tag(node) {
            Tag::Text => continue,
            Tag::Meta => note_meta(tree, node, &mut found),
            Tag::Link if is(tree, node, Attribute::Rel, "canonical") => {
                found.note("link", "canonical", tree.attribute(node, Attribute::Href))
            }
            Tag::Html => {
                found.note("html", "lang", tree.attribute(node, Attribute::Lang).or_else(|| tree.attribute(node, Attribute::XmlLang)))
            }
            Tag::Time if within_article(node) && !is_change(tree, node) && !is_of_teaser(tree, node) => {
                found.note("time", "time", value_of(tree, node))
            }
            Tag::A if is(tree, node, Attribute::Rel, "author") && within_article(node) => {
                found.note("rel", "author", first_text(tree, node))
            }
            _ => {}
        }
        if let Some(property) = tree.attribute(node, Attribute::ItemProp)
            && (within_article(node) || alone && is_day(node))
        {
            for property in property.split_whitespace() {
                found.note("itemprop", &property.to_ascii_lowercase(), value_of(tree, node));
            }
        }
    }
    let canonical = found.of(Field::Canonical).into_iter().find_map(|(_, value)| own_address(value, address));
    if let Some(own) = address.or(canonical.as_deref()) {
        found.note("url", "path", Some(own));
    }
    let mut titles: Vec<String> = found.of(Field::Title).into_iter().map(|(_, value)| value).chain(title).map(tidy).collect();
    titles.dedup();
    Said {
        titles,
        published: published(&found),
        authors: authors(&found),
        site: found.of(Field::Site).first().map(|(_, site)| tidy(site)).filter(|site| !site.contains("://")),
        language: language(&found),
        tongue: tongue(&found).unwrap_or_default(),
        canonical,
        body: linked.body,
    }
}

/// Scripts that hold data, each with its type.
pub fn scripts(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    let data = |node: &usize| tree.tag(*node) == Tag::Script && tree.nodes[*node].end > node + 1;
    (0..tree.nodes.len()).filter(data).map(|node| (tree.attribute(node, Attribute::Type).unwrap_or(""), tree.text(node + 1)))
}

fn note_linked<'a>(linked: &'a Linked, found: &mut Found<'a>) {
    for (name, value) in [
        ("headline", &linked.headline),
        ("datePublished", &linked.published),
        ("dateCreated", &linked.created),
        ("dateModified", &linked.modified),
        ("publisher", &linked.site),
        ("url", &linked.address),
        ("inLanguage", &linked.language),
    ] {
        found.note("json", name, value.as_deref());
    }
    for author in &linked.authors {
        found.note("json", "author", Some(author));
    }
}

fn note_meta<'a>(tree: &'a Tree, node: usize, found: &mut Found<'a>) {
    for key in [Attribute::Property, Attribute::Name, Attribute::HttpEquiv] {
        if let Some(name) = tree.attribute(node, key) {
            found.note("meta", &name.trim().to_ascii_lowercase(), tree.attribute(node, Attribute::Content));
        }
    }
}

fn is(tree: &Tree, node: usize, name: Attribute, word: &str) -> bool {
    tree.attribute(node, name).is_some_and(|value| value.split_whitespace().any(|own| own.eq_ignore_ascii_case(word)))
}

/// Whether a time, or what holds this one time alone, is called that of a change, and not also that of publication.
fn is_change(tree: &Tree, node: usize) -> bool {
    let parent = tree.nodes[node].parent;
    let inner = tree.within(parent);
    let alone = inner.len() <= NEAR && inner.filter(|node| tree.tag(*node) == Tag::Time).count() == 1;
    is_called_change(tree, node) || (alone && is_called_change(tree, parent))
}

/// Whether a time stands in one of several articles side by side that is too short to be more than a teaser.
fn is_of_teaser(tree: &Tree, node: usize) -> bool {
    let mut around = node;
    while around > 0 && tree.tag(around) != Tag::Article {
        around = tree.nodes[around].parent;
    }
    if around == 0 {
        return false;
    }
    let texts = tree.within(around).filter(|inner| tree.tag(*inner) == Tag::Text);
    let size: usize = texts.map(|text| tree.text(text).trim().len()).take(MOST_OF_TEASER).sum();
    let beside = |at: usize| tree.nodes.get(at).is_some_and(|_| tree.tag(at) == Tag::Article);
    // (the next element begins where one ends, past white space)
    let next = (tree.nodes[around].end..tree.nodes.len()).find(|at| tree.tag(*at) != Tag::Text).unwrap_or(0);
    let first = tree.nodes[around].parent + 1;
    size < SMALLEST && (beside(next) || (first..around).rev().take(MOST_OF_TEASER).any(|at| tree.tag(at) == Tag::Article))
}

fn is_called_change(tree: &Tree, node: usize) -> bool {
    let called = |word: &str| {
        let names = [Attribute::Class, Attribute::ItemProp].into_iter().filter_map(|name| tree.attribute(node, name));
        names.into_iter().any(|names| names.to_ascii_lowercase().contains(word))
    };
    (called("updated") || called("modified")) && !called("published")
}

fn first_text(tree: &Tree, node: usize) -> Option<&str> {
    tree.within(node).map(|inner| tree.text(inner)).find(|text| !text.trim().is_empty())
}

/// What an element says: its attribute for machines, or its first words.
fn value_of(tree: &Tree, node: usize) -> Option<&str> {
    tree.attribute(node, Attribute::Content).or_else(|| tree.attribute(node, Attribute::DateTime)).or_else(|| first_text(tree, node))
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The most trusted day. A moment in universal time is the day of the page's own clock, where another value tells that, or the address.
fn published(found: &Found) -> Option<Edtf> {
    let values = found.of(Field::Published);
    let path_rank = NAMES.get(&("url", "path")).map(|(_, rank)| *rank);
    let in_path = values.iter().find(|(rank, _)| Some(*rank) == path_rank).and_then(|(_, address)| stamp::in_path(address));
    let read = |rank: u8, value: &str| -> Option<Stamp> {
        if Some(rank) == path_rank { in_path.map(|day| Stamp { day, moment: None, ahead: None }) } else { stamp::read(value) }
    };
    let best = values.iter().find_map(|(rank, value)| read(*rank, value))?;
    let clocks = values.iter().chain(&found.of(Field::Clock)).find_map(|(_, value)| stamp::read(value)?.ahead);
    let day = match (best.moment, best.ahead, in_path) {
        (Some(_), None, Some(day)) if best.is_near(day) => day,
        (Some(_), None, _) => clocks.map_or(best, |ahead| best.by_clock(ahead)).day,
        _ => best.day,
    };
    day.to_string().parse().ok()
}

/// The names that one value, or values of one rank, give.
fn authors(found: &Found) -> Vec<String> {
    let values = found.of(Field::Author);
    let is_name =
        |name: &str| (2..=80).contains(&name.chars().count()) && !name.contains("://") && !name.contains('@') && !name.starts_with('/');
    let Some(rank) = values.iter().find(|(_, value)| is_name(&tidy(value))).map(|(rank, _)| *rank) else { return Vec::new() };
    let mut names: Vec<String> =
        values.iter().filter(|(own, _)| *own == rank).map(|(_, value)| tidy(value)).filter(|name| is_name(name)).collect();
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.to_lowercase()));
    names
}

/// An address of the page itself: of the web, whole, and not that of the front page.
fn own_address(value: &str, address: Option<&str>) -> Option<String> {
    let value = value.trim();
    let origin = |address: &str| {
        let (scheme, rest) = address.split_once("://")?;
        Some((scheme.to_owned(), rest.split(['/', '?', '#']).next()?.to_owned()))
    };
    let whole = match address.and_then(origin) {
        _ if value.starts_with("http://") || value.starts_with("https://") => value.to_owned(),
        Some((scheme, _)) if value.starts_with("//") => format!("{scheme}:{value}"),
        Some((scheme, host)) if value.starts_with('/') => format!("{scheme}://{host}{value}"),
        _ => return None,
    };
    let (_, rest) = whole.split_once("://")?;
    let deep = rest.split_once('/').is_some_and(|(_, path)| !path.is_empty() && !path.starts_with('#'));
    (deep && !whole.contains(char::is_whitespace)).then_some(whole)
}

/// The first tag of a language, where all values give the same language.
fn tongue(found: &Found) -> Option<String> {
    let values = found.of(Field::Language);
    let tag = |value: &str| value.trim().replace('_', "-").to_lowercase();
    let first = tag(values.first()?.1);
    let primary = first.split('-').next();
    values.iter().all(|(_, value)| tag(value).split('-').next() == primary).then(|| first.clone())
}

/// The language that two of the page's values agree on: one alone is often that of the template.
fn language(found: &Found) -> Option<String> {
    let values = found.of(Field::Language);
    let tag = |value: &str| {
        let tag = value.trim().replace('_', "-");
        let primary = tag.split('-').next().unwrap_or("").to_lowercase();
        ((2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(primary)
    };
    let tags: Vec<String> = values.iter().filter_map(|(_, value)| tag(value)).collect();
    let agreed = tags.len() > 1 && tags.iter().all(|tag| *tag == tags[0]);
    agreed.then(|| tags[0].clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tree;

    fn said(html: &str, address: Option<&str>) -> Said {
        read(&tree::read(html, &|| false).expect("within the caps"), address, |_| true)
    }

    fn published(html: &str, address: Option<&str>) -> Option<String> {
        said(html, address).published.map(|day| day.to_string())
    }

    #[test]
    fn the_day_is_that_of_the_page_s_own_clock() {
        let head = r#"<meta property="article:published_time" content="2023-02-28T23:30:00Z">"#;
        assert_eq!(published(head, None).as_deref(), Some("2023-02-28"));
        assert_eq!(published(head, Some("https://a.example/2023/03/01/b")).as_deref(), Some("2023-03-01"));
        let clock = format!(r#"{head}<meta property="article:modified_time" content="2023-03-02T10:00:00+05:00">"#);
        assert_eq!(published(&clock, None).as_deref(), Some("2023-03-01"));
        // an address that says something else altogether is that of another day
        assert_eq!(published(head, Some("https://a.example/2022/03/01/b")).as_deref(), Some("2023-02-28"));
    }

    #[test]
    fn what_is_published_is_not_what_is_changed() {
        assert_eq!(published(r#"<meta property="article:modified_time" content="2023-03-02">"#, None), None);
        assert_eq!(
            published(r#"<meta name="date" content="2023-03-02">"#, Some("https://a.example/2023/02/28/b")).as_deref(),
            Some("2023-02-28")
        );
        let times = r#"<time datetime="2023-02-28T10:00+01:00">Tuesday</time><meta itemprop="datePublished" content="2023-02-27">"#;
        assert_eq!(published(times, None).as_deref(), Some("2023-02-27"));
        let changed = r#"<time class="updated" datetime="2023-03-02">2 March</time><time datetime="2023-02-28">28 February</time>"#;
        assert_eq!(published(changed, None).as_deref(), Some("2023-02-28"));
        let around = r#"<p><i class="modified"><time datetime="2023-03-02">2 March</time></i><time datetime="2023-02-28">Tue</time></p>"#;
        assert_eq!(published(around, None).as_deref(), Some("2023-02-28"));
    }

    #[test]
    fn names_and_addresses_are_those_of_the_page() {
        let page = r#"<meta name=author content="Jana Nová"><meta property="article:author" content="https://f.example/jana">
            <meta property="og:site_name" content="Denník"><link rel=canonical href="/a/b?c=1">"#;
        let found = said(page, Some("https://d.example/x"));
        assert_eq!(found.authors, ["Jana Nová"]);
        assert_eq!((found.site.as_deref(), found.canonical.as_deref()), (Some("Denník"), Some("https://d.example/a/b?c=1")));
        assert_eq!(said(r#"<link rel=canonical href="https://d.example/">"#, None).canonical, None);
    }

    #[test]
    fn a_language_needs_two_who_say_it() {
        assert_eq!(said("<html lang=cs><meta property=og:locale content=cs_CZ>", None).language.as_deref(), Some("cs"));
        assert_eq!(said("<html lang=en>", None).language, None);
        assert_eq!(said("<html lang=en><meta property=og:locale content=cs_CZ>", None).language, None);
    }
}
