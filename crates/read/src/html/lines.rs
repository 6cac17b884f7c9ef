//! The lines of a page.
//!
//! In: a tree, and for each of its texts what part it plays, if any. Out: text in which every block is a line, and which lines are headlines or
//! captions. Never: glues two blocks into one word, or cuts a word at an element.

use super::tags::Tag;
use super::tree::{Name, Tree};
use chancery_model::{Part, Span, Stretch};

/// Writes the lines of everything within a node that plays a part.
pub fn write(tree: &Tree, root: usize, parts: &[Option<Part>], out: &mut Lines) {
    let mut open: Vec<usize> = Vec::new();
    let mut node = root;
    while node < tree.nodes[root].end {
        while let Some(last) = open.last().copied().filter(|last| tree.nodes[*last].end <= node) {
            open.pop();
            out.leave(tree.tag(last));
        }
        let tag = tree.tag(node);
        match tag {
            Tag::Text => {
                if let Some(part) = parts[node] {
                    out.take(tree.text(node), part);
                }
            }
            Tag::Br => out.breaks += 1,
            Tag::Wbr => {}
            tag if is_silent(tree, node, tag) => {
                node = tree.nodes[node].end;
                continue;
            }
            tag => {
                out.enter(tag);
                open.push(node);
            }
        }
        node += 1;
    }
    while let Some(last) = open.pop() {
        out.leave(tree.tag(last));
    }
    out.end_line();
}

/// Whether an element says nothing in words: pictures, scripts, notes of pronunciation, marks of a footnote.
fn is_silent(tree: &Tree, node: usize, tag: Tag) -> bool {
    use Tag::*;
    let footnote = || {
        let text: String = tree.within(node).map(|inner| tree.text(inner)).collect();
        let linked = tree.within(node).any(|inner| tree.attribute(inner, Name::Href).is_some());
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

    fn enter(&mut self, tag: Tag) {
        match tag {
            Tag::Td | Tag::Th => self.space_out('\t'),
            Tag::Q => self.push('“'),
            Tag::Pre => self.typed += 1,
            _ => {}
        }
        if tag.ends_line() {
            self.end_line();
        }
    }

    fn leave(&mut self, tag: Tag) {
        match tag {
            Tag::Td | Tag::Th => self.space_out('\t'),
            Tag::Q => self.line.push('”'),
            Tag::Pre => self.typed -= 1,
            _ => {}
        }
        if tag.ends_line() {
            self.end_line();
        }
    }

    fn take(&mut self, words: &str, part: Part) {
        for character in words.chars() {
            match character {
                '\n' if self.typed > 0 => self.breaks += 1,
                ' ' | '\n' | '\r' | '\t' | '\u{c}' => self.space_out(' '),
                '\u{a0}' | '\u{202f}' | '\u{2007}' => self.space_out(character),
                // marks of where a word may be cut, or of nothing
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                character if character.is_control() => {}
                character => {
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

    fn push(&mut self, character: char) {
        if self.breaks > 0 {
            // one break within a sentence only fills the lines of somebody's page
            let goes_on =
                self.breaks == 1 && character.is_lowercase() && self.line.ends_with(|last: char| last.is_alphanumeric() || last == ',');
            self.breaks = 0;
            if goes_on {
                self.space_out(' ');
            } else {
                let part = self.part;
                self.end_line();
                self.part = part;
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tree;

    fn lines(html: &str) -> String {
        let tree = tree::read(html).expect("within the caps");
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
        assert_eq!(lines("a<script>b</script><svg><title>c</title></svg>d"), "ad");
    }
}
