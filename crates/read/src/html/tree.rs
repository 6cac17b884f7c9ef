//! A page as a tree.
//!
//! In: the text of an HTML file. Out: its elements and texts in the order in which they stand, or why it is refused. Never: runs a
//! script, fetches anything, or takes more time than grows with the length of the page.
//!
//! The tokens are those of the HTML standard; the tree is simpler than a browser's: nothing is moved, and what is closed wrongly ends
//! with what surrounds it.

use super::Refusal;
use super::tags::Tag;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Readable, Reader, Span, StringReader, Tokenizer};
use std::cell::Cell;
use std::convert::Infallible;
use std::ops::Range;

/// Elements within each other at the most. A browser stops at as many.
const DEEPEST: usize = 512;
/// Inline elements within each other at the most; further ones are passed over.
const DEEPEST_INLINE: usize = 48;
/// Elements and texts at the most.
const MOST_NODES: usize = 1_000_000;
/// Bytes of an attribute that are kept: those of a long description.
const LONGEST_VALUE: usize = 16 << 10;
/// Attributes of an element that are looked at.
const MOST_ATTRIBUTES: usize = 64;
/// Attributes of an element at the most: the tokenizer goes deeper into the stack with each.
const WIDEST: usize = 400;
/// Tokens after which it is asked how long it takes.
const TIMED: usize = 4096;

macro_rules! attributes {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// The attributes that say something of a text.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Attribute { $(#[doc = $name] $variant),+ }

        impl Attribute {
            fn of(name: &[u8]) -> Option<Attribute> {
                $(if name == $name.as_bytes() { return Some(Attribute::$variant); })+
                None
            }
        }
    };
}

attributes! {
    Class = "class", Id = "id", Href = "href", Role = "role", Rel = "rel", Name = "name", Property = "property", Content = "content",
    ItemProp = "itemprop", ItemType = "itemtype", DateTime = "datetime", Type = "type", Lang = "lang", XmlLang = "xml:lang",
    Hidden = "hidden", AriaHidden = "aria-hidden", Style = "style", HttpEquiv = "http-equiv", Charset = "charset", Title = "title",
    TestId = "data-testid", Component = "data-component", Module = "data-module", ElementorType = "data-elementor-type",
}

/// An element or a text.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is; a text has the tag [`Tag::Text`].
    pub tag: Tag,
    /// The element around it; that of the root is itself.
    pub parent: usize,
    /// One past the last node within it.
    pub end: usize,
    /// Of a text: where it stands in [`Tree::text`]. Of an element: its attributes in [`Tree::attributes`].
    range: Range<u32>,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Elements and texts in the order in which they stand; the first is the page.
    pub nodes: Vec<Node>,
    text: String,
    attributes: Vec<(Attribute, Range<u32>)>,
}

impl Tree {
    /// The text of a text.
    pub fn text(&self, node: usize) -> &str {
        let node = &self.nodes[node];
        if node.tag == Tag::Text { self.slice(&node.range) } else { "" }
    }

    /// The value of an attribute of an element.
    pub fn attribute(&self, node: usize, name: Attribute) -> Option<&str> {
        let node = &self.nodes[node];
        if node.tag == Tag::Text {
            return None;
        }
        let own = &self.attributes[node.range.start as usize..node.range.end as usize];
        own.iter().find(|(known, _)| *known == name).map(|(_, range)| self.slice(range))
    }

    /// The nodes within a node, in their order.
    pub fn within(&self, node: usize) -> Range<usize> {
        node + 1..self.nodes[node].end
    }

    /// Whether the next line begins with a node and ends with it. A cell does so where it holds more than one line itself.
    pub fn ends_line(&self, node: usize) -> bool {
        let tag = self.tag(node);
        tag.ends_line()
            || matches!(tag, Tag::Td | Tag::Th)
                && self.within(node).any(|inner| matches!(self.tag(inner), Tag::Br) || self.tag(inner).ends_line())
    }

    /// What a node is.
    pub fn tag(&self, node: usize) -> Tag {
        self.nodes[node].tag
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or("")
    }
}

/// Reads a page, as long as `late` is false.
pub fn read(html: &str, late: &dyn Fn() -> bool) -> Result<Tree, Refusal> {
    let mut builder = Builder::new();
    let (refused, mut tokens) = (Cell::new(false), 0_usize);
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        builder.take(event);
        tokens += 1;
        if tokens.is_multiple_of(TIMED) && late() {
            builder.refused.get_or_insert(Refusal::TooLong);
        }
        refused.set(builder.refused.is_some());
        None
    });
    emitter.naively_switch_states(true);
    let page = UntilRefused { page: html.to_reader(), refused: &refused };
    Tokenizer::new_with_emitter(page, emitter).for_each(drop);
    builder.finish()
}

/// A page that ends where it is refused, be it in the middle of an element.
struct UntilRefused<'a> {
    page: StringReader<'a>,
    refused: &'a Cell<bool>,
}

impl Reader for UntilRefused<'_> {
    type Error = Infallible;

    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        if self.refused.get() { Ok(None) } else { self.page.read_byte() }
    }

    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        if self.refused.get() { Ok(false) } else { self.page.try_read_string(wanted, case_sensitive) }
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Infallible> {
        if self.refused.get() { Ok(None) } else { self.page.read_until(needle, buffer) }
    }
}

/// A tree in the making.
struct Builder {
    tree: Tree,
    /// The elements that are open, the page first.
    open: Vec<usize>,
    /// How many are open of each tag.
    count: [u16; Tag::COUNT],
    /// Inline elements that are open one within the other.
    inline: usize,
    /// The start tag that is being read.
    tag: Tag,
    first_attribute: usize,
    attribute: Option<Attribute>,
    attributes_seen: usize,
    refused: Option<Refusal>,
}

impl Builder {
    fn new() -> Builder {
        let root = Node { tag: Tag::Page, parent: 0, end: 0, range: 0..0 };
        let mut count = [0; Tag::COUNT];
        count[Tag::Page as usize] = 1;
        Builder {
            tree: Tree { nodes: vec![root], ..Tree::default() },
            open: vec![0],
            count,
            inline: 0,
            tag: Tag::Other,
            first_attribute: 0,
            attribute: None,
            attributes_seen: 0,
            refused: None,
        }
    }

    fn take(&mut self, event: CallbackEvent<'_>) {
        if self.refused.is_some() {
            return;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag::of(name);
                self.first_attribute = self.tree.attributes.len();
                self.attributes_seen = 0;
            }
            CallbackEvent::AttributeName { name } => {
                self.attributes_seen += 1;
                if self.attributes_seen > WIDEST {
                    self.refused = Some(Refusal::TooWide { most: WIDEST });
                }
                self.attribute = Attribute::of(name).filter(|_| self.attributes_seen <= MOST_ATTRIBUTES);
                if let Some(name) = self.attribute {
                    self.tree.attributes.push((name, 0..0));
                }
            }
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { .. } => {
                // those of an end tag are told before it
                self.attributes_seen = 0;
                self.start();
            }
            CallbackEvent::EndTag { name } => {
                self.attributes_seen = 0;
                self.end(Tag::of(name));
            }
            CallbackEvent::String { value } if self.takes_text() => {
                let range = self.keep(value);
                self.push(Tag::Text, range);
            }
            _ => {}
        }
    }

    /// Whether what stands in the innermost element is text, or data that says something of the page.
    fn takes_text(&self) -> bool {
        let innermost = self.open.last().copied().unwrap_or(0);
        match self.tree.tag(innermost) {
            Tag::Style | Tag::Iframe | Tag::NoScript => false,
            Tag::Script => {
                self.tree.attribute(innermost, Attribute::Type).is_some_and(|kind| kind.trim().to_ascii_lowercase().ends_with("json"))
            }
            _ => true,
        }
    }

    fn value(&mut self, value: &[u8]) {
        if self.attribute.take().is_none() {
            return;
        }
        let range = self.keep(&value[..value.len().min(LONGEST_VALUE)]);
        if let Some(last) = self.tree.attributes.last_mut() {
            last.1 = range;
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<u32> {
        let start = self.tree.text.len() as u32;
        self.tree.text.push_str(&String::from_utf8_lossy(bytes));
        start..self.tree.text.len() as u32
    }

    fn push(&mut self, tag: Tag, range: Range<u32>) -> usize {
        let at = self.tree.nodes.len();
        if at >= MOST_NODES {
            self.refused = Some(Refusal::TooMany { most: MOST_NODES });
            return at;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        self.tree.nodes.push(Node { tag, parent, end: at + 1, range });
        at
    }

    fn start(&mut self) {
        let tag = self.tag;
        self.close_before(tag);
        let range = self.first_attribute as u32..self.tree.attributes.len() as u32;
        if tag.is_inline() && self.inline >= DEEPEST_INLINE {
            return;
        }
        let at = self.push(tag, range);
        if tag.is_void() || self.refused.is_some() {
            return;
        }
        if self.open.len() >= DEEPEST {
            self.refused = Some(Refusal::TooDeep { most: DEEPEST });
            return;
        }
        self.open.push(at);
        self.count[tag as usize] += 1;
        self.inline = if tag.is_inline() { self.inline + 1 } else { 0 };
    }

    /// Closes what the start of an element ends: a paragraph before a block, an item before the next.
    fn close_before(&mut self, tag: Tag) {
        use Tag::*;
        if tag.is_block() {
            self.close_within(&[P], |open| open.is_scope() || open == Button);
        }
        let section = |open: Tag| open.is_scope() || open.is_block() && !matches!(open, Div | P | Address);
        match tag {
            Li => self.close_within(&[Li], section),
            Dt | Dd => self.close_within(&[Dt, Dd], section),
            Td | Th => self.close_within(&[Td, Th], |open| open == Table),
            Tr => self.close_within(&[Tr], |open| open == Table),
            Option => self.close_within(&[Option], |open| open == Select),
            A => self.close_within(&[A], Tag::is_block),
            Body => self.close_within(&[Head], |_| false),
            tag if tag.is_heading() => self.close_within(&[H1, H2, H3, H4, H5, H6], |open| !open.is_inline()),
            _ => {}
        }
    }

    /// Closes the innermost of `tags`, unless something stands between that `stops` the search.
    fn close_within(&mut self, tags: &[Tag], stops: impl Fn(Tag) -> bool) {
        if tags.iter().all(|tag| self.count[*tag as usize] == 0) {
            return;
        }
        for index in (1..self.open.len()).rev() {
            let tag = self.tree.tag(self.open[index]);
            if tags.contains(&tag) {
                self.close_from(index);
                return;
            }
            if stops(tag) {
                return;
            }
        }
    }

    fn end(&mut self, tag: Tag) {
        if self.count[tag as usize] == 0 {
            // browsers make an empty paragraph of it, or a break
            if matches!(tag, Tag::P | Tag::Br) {
                let none = self.tree.attributes.len() as u32;
                self.push(tag, none..none);
            }
            return;
        }
        for index in (1..self.open.len()).rev() {
            let open = self.tree.tag(self.open[index]);
            if open == tag {
                self.close_from(index);
                return;
            }
            if tag.is_inline() && !open.is_inline() || open.is_scope() && !matches!(tag, Tag::Table | Tag::Body | Tag::Html | Tag::Tr) {
                return;
            }
        }
    }

    fn close_from(&mut self, index: usize) {
        let end = self.tree.nodes.len();
        for node in self.open.drain(index..) {
            self.tree.nodes[node].end = end;
            self.count[self.tree.nodes[node].tag as usize] -= 1;
        }
        self.inline = self.open.iter().rev().take_while(|node| self.tree.nodes[**node].tag.is_inline()).count();
    }

    fn finish(mut self) -> Result<Tree, Refusal> {
        self.close_from(0);
        match self.refused {
            Some(refusal) => Err(refusal),
            None => Ok(self.tree),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Result<Tree, Refusal> {
        super::read(html, &|| false)
    }

    /// The tree in brackets, attributes left out.
    fn shape(html: &str) -> String {
        fn children(tree: &Tree, node: usize, out: &mut String) {
            tree.within(node).filter(|child| tree.nodes[*child].parent == node).for_each(|child| write(tree, child, out));
        }
        fn write(tree: &Tree, node: usize, out: &mut String) {
            if tree.tag(node) == Tag::Text {
                out.push_str(tree.text(node).trim());
                return;
            }
            out.push_str(&format!("{:?}(", tree.tag(node)).to_lowercase());
            children(tree, node, out);
            out.push(')');
        }
        let mut out = String::new();
        let tree = read(html).expect("within the caps");
        children(&tree, 0, &mut out);
        out
    }

    #[test]
    fn what_is_not_closed_ends_with_what_follows() {
        assert_eq!(shape("<p>a<p>b<div>c</div>"), "p(a)p(b)div(c)");
        assert_eq!(shape("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e"), "ul(li(a)li(bul(li(c)))li(d))e");
        assert_eq!(shape("<table><tr><td>a<td>b<tr><td>c</table>d"), "table(tr(td(a)td(b))tr(td(c)))d");
        assert_eq!(shape("<table><tr><td><table><tr><td>a</table>b<td>c</table>"), "table(tr(td(table(tr(td(a)))b)td(c)))");
        assert_eq!(shape("<div><b>a</div>b"), "div(b(a))b");
        assert_eq!(shape("<a href=1>a<a href=2>b</a>c"), "a(a)a(b)c");
        assert_eq!(shape("<div>a</span></p>b</div></div>c"), "div(ap()b)c");
        assert_eq!(shape("a<br>b<br/>c</br>d"), "abr()bbr()cbr()d");
    }

    #[test]
    fn only_data_are_read_of_scripts() {
        assert_eq!(
            shape("<script>a<b</script><script type='application/ld+json'>{}</script><style>c</style>d"),
            "script()script({})style()d"
        );
    }

    #[test]
    fn what_would_cost_too_much_is_refused() {
        assert!(matches!(super::read(&"<p>".repeat(TIMED), &|| true), Err(Refusal::TooLong)));
        assert!(matches!(read(&"<div>".repeat(100_000)), Err(Refusal::TooDeep { .. })));
        assert!(matches!(read(&"<br>".repeat(2_000_000)), Err(Refusal::TooMany { .. })));
        // inline elements that nobody closed are passed over
        assert!(read(&"<font color=red>a".repeat(100_000)).is_ok());
        let long = format!("<p title='{}'>a</p>", "x".repeat(1 << 20));
        assert!(read(&long).is_ok_and(|tree| tree.attribute(1, Attribute::Title).is_some_and(|value| value.len() == LONGEST_VALUE)));
        let many = |most: usize| (0..most).map(|number| format!(" a{number}=\"b\"")).collect::<String>();
        assert!(read(&format!("<p{} id=c>a", many(300))).is_ok_and(|tree| tree.attribute(1, Attribute::Id).is_none()));
        for page in [format!("<p{}>", many(200_000)), format!("a</p{}>", many(200_000)), format!("<script>'</script><p{}", many(200_000))] {
            assert!(matches!(read(&page), Err(Refusal::TooWide { .. })));
        }
    }
}
