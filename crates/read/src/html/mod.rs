//! Pages of the web.
//!
//! In: the bytes of an HTML file, and what came with them. Out: the text of the article, line by line, with what the page says of
//! itself; or why the page is refused. Never: renders, runs or fetches anything.

mod blocks;
mod body;
mod charset;
mod hints;
mod lines;
mod linked;
mod said;
mod stamp;
mod tags;
mod tree;

use body::Article;
use chancery_model::{Document, Part, Stretch};
use lines::Lines;
use said::Said;
use std::fmt;
use tags::Tag;
use tree::Tree;

/// Bytes of prose below which a page is looked through for data that hold its text.
const LEAST_DATA: usize = 200;

/// A page, read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// What it holds; without an id.
    pub document: Document,
    /// What had to be guessed, in plain words.
    pub notes: Vec<String>,
}

/// Why a page is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Elements stand within each other too deeply.
    TooDeep {
        /// How deep is read.
        most: usize,
    },
    /// There are too many elements.
    TooMany {
        /// How many are read.
        most: usize,
    },
    /// An element has too many attributes.
    TooWide {
        /// How many an element may have.
        most: usize,
    },
    /// It takes too long.
    TooLong,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::TooDeep { most } => write!(out, "HTML whose elements stand more than {most} deep within each other"),
            Refusal::TooMany { most } => write!(out, "HTML of more than {most} elements"),
            Refusal::TooWide { most } => write!(out, "HTML with an element of more than {most} attributes"),
            Refusal::TooLong => write!(out, "HTML that takes too long to read"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Reads a page. `declared` is the charset that came with it, as in the header of an answer; `address` is where it came from; `late`
/// says whether it takes too long by now.
///
/// # Errors
/// Where reading it would take too much.
pub fn read(raw: &[u8], declared: Option<&str>, address: Option<&str>, late: &dyn Fn() -> bool) -> Result<Page, Refusal> {
    let in_time = || if late() { Err(Refusal::TooLong) } else { Ok(()) };
    let decoded = charset::decode(raw, declared);
    let tree = tree::read(&decoded.text, late)?;
    let blocks = blocks::cut(&tree);
    in_time()?;
    let top = blocks.top();
    let said = said::read(&tree, address, |node| (node >= top || tree.tag(node) != Tag::Time) && blocks.speaks_of_article(&tree, node));
    in_time()?;
    let article = body::find(&tree, &blocks, &said);
    in_time()?;
    let title = article.headline.clone().or_else(|| said.title());
    let (text, stretches) = text(&tree, &article, &said, title.as_deref(), late)?;
    let document = Document {
        text,
        stretches,
        title,
        published: said.published.or(article.day.map(Into::into)),
        language: said.language,
        url: address.map(str::to_owned),
        canonical: said.canonical,
        site: said.site,
        authors: said.authors,
        ..Document::default()
    };
    Ok(Page { document, notes: decoded.note.into_iter().collect() })
}

/// The lines of the article. Where the page shows none, or less than half, they are those that its data hold.
fn text(
    tree: &Tree,
    article: &Article,
    said: &Said,
    title: Option<&str>,
    late: &dyn Fn() -> bool,
) -> Result<(String, Vec<Stretch>), Refusal> {
    let mut lines = Lines::default();
    if let Some(title) = title.filter(|_| article.headline.is_none()) {
        lines.line(title, Part::Headline);
    }
    let elsewhere = said.body.clone().filter(|body| body.len() > 2 * article.size + LEAST_DATA).or_else(|| {
        let shown = article.size >= LEAST_DATA;
        let data = said::scripts(tree).filter(|(kind, _)| !shown && !kind.contains("ld+json"));
        data.filter_map(|(_, script)| linked::prose(script)).max_by_key(String::len)
    });
    match elsewhere {
        None => lines::write(tree, 0, &article.parts, &mut lines),
        Some(body) => {
            if let Some(title) = title.filter(|_| article.headline.is_some()) {
                lines.line(title, Part::Headline);
            }
            // HTML, or a line a paragraph
            let markup = body.contains("</") || body.contains("<br");
            let html = if markup { body } else { format!("<pre>{}</pre>", body.replace('&', "&amp;").replace('<', "&lt;")) };
            let inner = tree::read(&html, late)?;
            lines::write(&inner, 0, &vec![Some(Part::Text); inner.nodes.len()], &mut lines);
        }
    }
    Ok(lines.finish())
}

/// Whether a file begins like a page.
pub(crate) fn begins(head: &[u8]) -> bool {
    let head = &head[..head.len().min(4096)];
    let text = String::from_utf8_lossy(head).to_lowercase();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        // what may stand before the page: an XML declaration, comments
        let end = match rest {
            _ if rest.starts_with("<?xml") => rest.find("?>").map(|at| at + 2),
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ => break,
        };
        let Some(end) = end else { return false };
        rest = rest[end..].trim_start();
    }
    let named = |name: &str| rest.strip_prefix(name).is_some_and(|after| after.starts_with([' ', '>', '\n', '\r', '\t', '/']));
    rest.starts_with("<!doctype html")
        || ["<html", "<head", "<body", "<meta", "<title", "<div", "<p", "<article"].iter().any(|name| named(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of which pages are made, well or badly.
    const PIECES: &[&str] = &[
        "<p>",
        "</p>",
        "<div class=related>",
        "</div>",
        "<h1>Title of the page</h1>",
        "<a href=x>",
        "</a>",
        "<br>",
        "<table><tr><td>",
        "</table>",
        "<li>",
        "</ul>",
        "<ul>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",",
        "</script>",
        "<title>",
        "</title>",
        "<!--",
        "-->",
        "<blockquote>",
        "<q>",
        "</q>",
        "&nbsp;",
        "&#x1F600;",
        "Ž",
        "会",
        " A sentence of the article that is long enough to be one, and ends. ",
        "<figure><figcaption>",
        "</figure>",
        "<time datetime=2023-02-28T10:00Z>",
        "<p itemprop='articleBody'>",
        "\u{0}",
        "\u{ad}",
        "\t\n",
        "<pre>",
        "<svg>",
    ];

    proptest! {
        #[test]
        fn whatever_a_page_is_made_of_its_stretches_are_lines(pieces in proptest::collection::vec(0..PIECES.len(), 0..200), noise in ".{0,40}") {
            let html: String = pieces.into_iter().map(|piece| PIECES[piece]).chain([noise.as_str()]).collect();
            let page = read(html.as_bytes(), None, Some("https://a.example/b"), &|| false).expect("within the caps");
            let text = page.document.text.as_str();
            for stretch in &page.document.stretches {
                let (start, end) = (stretch.span.start(), stretch.span.end());
                prop_assert!(start == 0 || text[..start].ends_with('\n'));
                prop_assert!(text[end..].starts_with('\n') && !text[start..end].contains('\n'));
            }
        }

        #[test]
        fn no_bytes_make_it_fall(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes, None, None, &|| false);
        }
    }

    #[test]
    fn a_page_is_known_by_its_beginning() {
        for page in
            ["<!DOCTYPE html>", "\n<!-- made by us -->\n<HTML lang=en>", "<?xml version='1.0'?><!DOCTYPE html PUBLIC ''>", "<p>a</p>"]
        {
            assert!(begins(page.as_bytes()), "{page}");
        }
        for other in ["<?xml version='1.0'?><rss>", "<feed>", "a <p>", "<pre", "{\"text\": \"<html>\"}", "", "<!-- <html>"] {
            assert!(!begins(other.as_bytes()), "{other}");
        }
    }
}
