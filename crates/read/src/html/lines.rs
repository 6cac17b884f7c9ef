//! The lines of a page.
//!
//! In: a tree, and for each of its texts what part it plays, if any. Out: text in which every block is a line, and which lines are headlines or
//! captions. Never: glues two blocks into one word, or cuts a word at an element.

use super::tags::Tag;
use super::tree::{Attribute, Tree};
use chancery_model::{Part, Span, Stretch};

/// Writes the lines of everything within a node that plays a part.
pub fn write(tree: &Tree, root: usize, parts: &[Option<Part>], out: &mut Lines) {
    let mut open: Vec<usize> = Vec::new();
    let mut node = root;
    while node < tree.nodes[root].end {
        while let Some(last) = open.last().copied().filter(|last| tree.nodes[*last].end <= node) {
            open.pop();
            out.leave(tree.tag(last), tree.ends_line(last));
        }
        let tag = tree.tag(node);
        match tag {
            Tag::Text => {
                let text = tree.text(node);
                match parts[node] {
                    Some(part) => out.take(text, part),
                    // white space belongs to what stands around it
                    None if text.trim().is_empty() => out.take(text, Part::Text),
                    None => {}
                }
            }
            Tag::Br => out.breaks += 1,
            Tag::Wbr => {}
            tag if is_silent(tree, node, tag) => {
                node = tree.nodes[node].end;
                continue;
            }
            tag => {
                out.enter(tag, tree.ends_line(node));
                open.push(node);
            }
        }
        node += 1;
    }
    while let Some(last) = open.pop() {
        out.leave(tree.tag(last), tree.ends_line(last));
    }
    out.end_line();
}

/// Whether an element says nothing in words: pictures, scripts, notes of pronunciation, marks of a footnote.
fn is_silent(tree: &Tree, node: usize, tag: Tag) -> bool {
    use Tag::*;
    let footnote = || {
        let text: String = tree.within(node).map(|inner| tree.text(inner)).collect();
        let linked = tree.within(node).any(|inner| tree.attribute(inner, Attribute::Href).is_some());
        linked && text.chars().all(|character| !character.is_alphabetic())
    };
    matches!(
        tag,
        Script | Style | NoScript | Template | Svg | Math | Iframe | Object | Canvas | Video | Audio | Img | AmpImg | Rt | Rp | Del
    ) || tag == Sup && footnote()
}

/// Lines in the making.
#[derive(Default)]
pub struct Lines {
    /// What is written.
    pub text: String,
    marked: Vec<(Part, usize, usize)>,
    line: String,
    part: Option<Part>,
    /// White space that waits for a word.
    space: Option<char>,
    /// Breaks that wait for a word.
    breaks: usize,
    /// Blocks of text as it was typed, one in the other.
    typed: usize,
    /// An element ended behind the last letter.
    seam: bool,
}

impl Lines {
    /// The text, and the stretches of it that are no running text.
    pub fn finish(mut self) -> (String, Vec<Stretch>) {
        self.end_line();
        let stretch = |(part, start, end)| Some(Stretch { part, span: Span::new(&self.text, start, end)? });
        let stretches = self.marked.iter().copied().filter_map(stretch).collect();
        (self.text, stretches)
    }

    /// A line of its own.
    pub fn line(&mut self, words: &str, part: Part) {
        self.end_line();
        self.take(words, part);
        self.end_line();
    }

    fn enter(&mut self, tag: Tag, ends_line: bool) {
        match tag {
            Tag::Td | Tag::Th => self.space_out('\t'),
            Tag::Q => self.push('“'),
            Tag::Pre => self.typed += 1,
            _ => {}
        }
        if ends_line {
            self.end_line();
        }
    }

    fn leave(&mut self, tag: Tag, ends_line: bool) {
        match tag {
            Tag::Td | Tag::Th => self.space_out('\t'),
            Tag::Q => self.line.push('”'),
            Tag::Pre => self.typed -= 1,
            Tag::Span | Tag::A | Tag::Time | Tag::Small | Tag::Label => self.seam = true,
            _ => {}
        }
        if ends_line {
            self.end_line();
        }
    }

    fn take(&mut self, words: &str, part: Part) {
        for character in words.chars() {
            match character {
                '\n' if self.typed > 0 => self.breaks += 1,
                ' ' | '\n' | '\r' | '\t' | '\u{c}' => self.space_out(' '),
                '\u{a0}' | '\u{202f}' | '\u{2007}' => self.space_out(character),
                character if is_invisible(character) => {}
                character => {
                    self.break_before(character);
                    self.part.get_or_insert(part);
                    self.push(character);
                }
            }
        }
    }

    /// White space: a plain space wins over one that must not be broken, the edge of a cell over both.
    fn space_out(&mut self, space: char) {
        self.space = match (self.space, space) {
            (Some('\t'), _) | (_, '\t') => Some('\t'),
            (Some(' '), _) | (_, ' ') => Some(' '),
            (Some(_), _) => Some(' '),
            (None, space) => Some(space),
        };
    }

    /// Ends the line where a break stands before a letter; one break within a sentence only fills the lines of somebody's page.
    fn break_before(&mut self, character: char) {
        match std::mem::take(&mut self.breaks) {
            0 => {}
            1 if goes_on(&self.line, character) => self.space_out(' '),
            _ => self.end_line(),
        }
    }

    fn push(&mut self, character: char) {
        // boxes side by side, which only their style holds apart
        if std::mem::take(&mut self.seam) && self.space.is_none() && is_seam(&self.line, character) {
            self.space = Some(' ');
        }
        if let Some(space) = self.space.take()
            && !self.line.is_empty()
        {
            self.line.push(space);
        }
        self.line.push(character);
    }

    fn end_line(&mut self) {
        (self.space, self.breaks) = (None, 0);
        let part = self.part.take().unwrap_or(Part::Text);
        if self.line.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(&self.line);
        if part != Part::Text {
            self.marked.push((part, start, self.text.len()));
        }
        self.text.push('\n');
        self.line.clear();
    }
}

/// Marks of where a word may be cut, or of nothing.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || character.is_control()
}

/// Whether a break between these is one within a sentence.
pub fn goes_on(before: &str, next: char) -> bool {
    next.is_lowercase() && before.trim_end().ends_with(|last: char| last.is_alphanumeric() || last == ',')
}

/// Whether a word ends here and another begins, by their letters alone.
fn is_seam(before: &str, next: char) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    next.is_uppercase() && (last.is_lowercase() || last.is_ascii_digit() || ".!?,:)".contains(last))
        || next.is_ascii_digit() && last.is_alphabetic() && last.is_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tree;

    fn lines(html: &str) -> String {
        let tree = tree::read(html, &|| false).expect("within the caps");
        let mut out = Lines::default();
        write(&tree, 0, &vec![Some(Part::Text); tree.nodes.len()], &mut out);
        out.finish().0.trim_end().to_owned()
    }

    #[test]
    fn every_block_is_a_line() {
        assert_eq!(lines("<h2>A</h2><p>b <b>c</b>d</p>e<div>f</div><ul><li>g<li>h</ul>"), "A\nb cd\ne\nf\ng\nh");
        assert_eq!(lines("a<br><br>b<br>C<br/>d, <br>e.<br>f"), "a\nb\nC d, e.\nf");
        assert_eq!(lines("<pre>A\nb\nC</pre>c\nd"), "A b\nC\nc d");
        assert_eq!(lines("<blockquote><p>a</p><p>b</p></blockquote>"), "a\nb");
    }

    #[test]
    fn cells_of_a_row_stand_in_one_line_and_blocks_in_them_do_not() {
        assert_eq!(lines("<table><tr><th>State<th>Sum<tr><td>KZ</td> <td>5.1</td></table>"), "State\tSum\nKZ\t5.1");
        assert_eq!(lines("<table><tr><td>A<br>B<td>C</table>"), "A\nB\nC");
        assert_eq!(lines("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>"), "a\nb");
    }

    #[test]
    fn words_are_neither_cut_nor_glued() {
        assert_eq!(lines("a<b>b</b>c <i> d</i> e\n\n f<wbr>g"), "abc d e fg");
        assert_eq!(
            lines("Donau&shy;dampf&nbsp;schiff &nbsp; 5&nbsp;000 &amp; &lt;x&gt; &#8222;y&#8220; &euro;"),
            "Donaudampf\u{a0}schiff 5\u{a0}000 & <x> „y“ €"
        );
        assert_eq!(lines("21<sup>st</sup> km<sup>2</sup> word<sup><a href=#f1>[1]</a></sup>."), "21st km2 word.");
        assert_eq!(lines("<p>She said <q>yes</q>.</p>"), "She said “yes”.");
        assert_eq!(lines("<ruby>東京<rt>とうきょう</rt></ruby>"), "東京");
        assert_eq!(lines("<span>By Ann</span><span>12 May</span> <i>T</i>he"), "By Ann 12 May The");
        assert_eq!(lines("a<script>b</script><svg><title>c</title></svg>d"), "ad");
    }
}
