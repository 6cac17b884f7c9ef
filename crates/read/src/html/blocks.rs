//! The blocks of a page: runs of words that no element or break parts.
//!
//! In: a tree. Out: its blocks in their order, each with what stands around it and how much of it is linked. Never: decides what belongs
//! to the article.

use super::hints::{Hint, Hints};
use super::lines::goes_on;
use super::tags::Tag;
use super::tree::{Attribute, Tree};

/// A run of words.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its texts.
    pub texts: Vec<usize>,
    /// Its letters, where one that is a word counts as three.
    pub size: usize,
    /// Those of them that are linked.
    pub linked: usize,
    /// Its words.
    pub words: usize,
    /// Whether it ends like a sentence.
    pub closed: bool,
    /// Level of the heading that it is.
    pub heading: Option<u8>,
    /// Whether it is an item of a list, or a row.
    pub listed: bool,
    /// Whether it stands below a picture.
    pub caption: bool,
    /// Whether it stands in a quotation set apart.
    pub quoted: bool,
    /// Whether a menu, a form or the like holds it, or it is hidden.
    pub out: bool,
}

impl Block {
    /// Whether it reads like a paragraph of an article.
    pub fn is_prose(&self) -> bool {
        self.heading.is_none() && self.linked * 2 < self.size && (self.size >= 100 || self.closed && self.size >= 30)
    }

    /// The first of its texts.
    pub fn start(&self) -> usize {
        self.texts[0]
    }
}

/// A page with what is known of its parts before the article is found.
pub struct Blocks {
    /// In their order.
    pub blocks: Vec<Block>,
    /// What each element is called.
    pub hints: Vec<Option<Hint>>,
}

/// Blocks above the first heading that may belong to it: a section, a day, an author.
const ABOVE_HEADING: usize = 4;

impl Blocks {
    /// The text a few blocks above the first heading of the first level: what stands above that speaks of the site.
    pub fn top(&self) -> usize {
        let heading = self.blocks.iter().position(|block| block.heading == Some(1) && !block.out).unwrap_or(0);
        heading.checked_sub(ABOVE_HEADING).map_or(0, |first| self.blocks[first].start())
    }

    /// Whether what an element says may be said of the article: not in a menu, a list of others or a comment.
    pub fn speaks_of_article(&self, tree: &Tree, node: usize) -> bool {
        let mut node = node;
        while node != 0 {
            let tag = tree.tag(node);
            let aside = matches!(tag, Tag::Aside | Tag::Footer | Tag::Nav | Tag::Li) && tag != Tag::Text;
            if aside || self.hints[node] == Some(Hint::Furniture) && !matches!(tag, Tag::Body | Tag::Html) {
                return false;
            }
            node = tree.nodes[node].parent;
        }
        true
    }
}

/// What stands around a node.
#[derive(Clone, Copy, Default)]
struct Around {
    out: bool,
    linked: bool,
    caption: bool,
    quoted: bool,
    listed: bool,
    heading: Option<u8>,
}

/// Cuts a page into blocks.
pub fn cut(tree: &Tree) -> Blocks {
    let mut names = Hints::default();
    let mut hints = vec![None; tree.nodes.len()];
    let mut around = vec![Around::default(); tree.nodes.len()];
    let mut cut = Cut { blocks: Vec::new(), current: None, breaks: 0, last: String::new() };
    let mut open: Vec<usize> = Vec::new();
    let mut node = 0;
    while node < tree.nodes.len() {
        while open.last().is_some_and(|last| tree.nodes[*last].end <= node) {
            open.pop();
            cut.end();
        }
        let tag = tree.tag(node);
        let mut here = around[tree.nodes[node].parent];
        match tag {
            Tag::Text => {
                if !here.out || here.caption {
                    cut.take(tree.text(node), node, here);
                }
                node += 1;
                continue;
            }
            Tag::Br => cut.breaks += 1,
            _ => {}
        }
        hints[node] = names.of(tree, node);
        if is_nothing(tag) {
            node = tree.nodes[node].end;
            continue;
        }
        here.out |= is_out(tree, node, tag);
        here.linked |= tag == Tag::A && tree.attribute(node, Attribute::Href).is_some();
        here.caption |= matches!(tag, Tag::FigCaption | Tag::Figure | Tag::Caption) || hints[node] == Some(Hint::Caption);
        // a quotation or a table in a frame is no caption
        here.caption &= !matches!(tag, Tag::BlockQuote | Tag::Tr);
        here.quoted |= tag == Tag::BlockQuote;
        here.listed |= matches!(tag, Tag::Li | Tag::Tr | Tag::Dd | Tag::Dt);
        here.heading = heading(tag).or(here.heading);
        if tree.ends_line(node) {
            open.push(node);
            cut.end();
        }
        around[node] = here;
        node += 1;
    }
    cut.end();
    Blocks { blocks: cut.blocks, hints }
}

/// Elements whose words are never read.
fn is_nothing(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Head | Script | Style | NoScript | Template | Svg | Math | Iframe | Object | Canvas | Video | Audio | Select | TextArea | Input
    )
}

/// Whether an element holds no part of an article, by what it is or says.
fn is_out(tree: &Tree, node: usize, tag: Tag) -> bool {
    let attribute = |name| tree.attribute(node, name).unwrap_or("");
    let hides = || {
        let style: String = attribute(Attribute::Style).chars().filter(|character| !character.is_whitespace()).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    let role = attribute(Attribute::Role);
    // what holds all of the page is shown by a script in the end
    if matches!(tag, Tag::Html | Tag::Body | Tag::Main) {
        return false;
    }
    matches!(tag, Tag::Nav | Tag::Button | Tag::Dialog | Tag::Menu)
        || tree.attribute(node, Attribute::Hidden).is_some()
        || attribute(Attribute::AriaHidden) == "true"
        || hides()
        || [
            "navigation",
            "contentinfo",
            "search",
            "dialog",
            "alertdialog",
            "menu",
            "menubar",
            "toolbar",
            "tablist",
            "complementary",
            "alert",
        ]
        .contains(&role)
}

fn heading(tag: Tag) -> Option<u8> {
    use Tag::*;
    [H1, H2, H3, H4, H5, H6].iter().position(|known| *known == tag).map(|level| level as u8 + 1)
}

struct Cut {
    blocks: Vec<Block>,
    current: Option<Block>,
    breaks: usize,
    /// The end of the last text.
    last: String,
}

impl Cut {
    fn take(&mut self, text: &str, node: usize, around: Around) {
        if text.trim().is_empty() {
            return;
        }
        let first = text.trim_start().chars().next().unwrap_or(' ');
        if self.breaks > 1 || self.breaks == 1 && !goes_on(&self.last, first) {
            self.end();
        }
        self.breaks = 0;
        self.last.clear();
        self.last.push_str(text.get(text.floor_char_boundary(text.len().saturating_sub(8))..).unwrap_or(""));
        let block = self.current.get_or_insert_with(|| Block {
            texts: Vec::new(),
            size: 0,
            linked: 0,
            words: 0,
            closed: false,
            heading: around.heading,
            listed: around.listed,
            caption: around.caption,
            quoted: around.quoted,
            out: around.out,
        });
        let size = size(text);
        block.texts.push(node);
        block.size += size;
        block.linked += if around.linked { size } else { 0 };
        block.words += text.split_whitespace().count();
        block.closed = is_closed(text);
    }

    fn end(&mut self) {
        self.breaks = 0;
        self.blocks.extend(self.current.take());
    }
}

/// Letters and marks; one that is a word or a syllable counts as three.
fn size(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let of = |character: char| match character {
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}' => 3,
        _ => 1,
    };
    text.chars().map(of).sum()
}

/// Whether words end like a sentence, perhaps within quotation marks or brackets.
fn is_closed(text: &str) -> bool {
    // 16 декабря 2020 г.: the stop of an abbreviated year
    let mut last = text.split_whitespace().rev();
    let (end, before) = (last.next().unwrap_or(""), last.next().unwrap_or(""));
    let year = before.len() == 4 && before.bytes().all(|byte| byte.is_ascii_digit());
    if year && end.ends_with('.') && end.chars().count() <= 3 {
        return false;
    }
    let marks = |character: char| "\"'”“»«’‘)]』」】".contains(character) || character.is_whitespace();
    text.trim_end_matches(marks).ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '؟', '۔', '।', '։'])
}
