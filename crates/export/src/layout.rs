//! Lines of a text with some of its words marked, fitted to a width.
//!
//! In: a text, spans, a style. Out: lines to print. Never: lets a control character of the text through to a terminal.

use chancery_model::Span;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How marked words are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Marks {
    /// Underlined and bold, for a terminal.
    Escapes,
    /// With `^` under them.
    Carets,
}

/// How a reading is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// How marked words are shown.
    pub marks: Marks,
}

/// Characters shown before the first and after the last marked word of a long line.
const CONTEXT: usize = 70;
/// Lines longer than this are cut to their context.
const LONG: usize = 220;
/// Lines of the text shown for one claim at the most.
const MOST_LINES: usize = 6;

impl Style {
    /// Words in bold, where the style can.
    pub fn bold(&self, words: &str) -> String {
        self.escaped("\x1b[1m", words)
    }

    /// Words that matter less.
    pub fn dim(&self, words: &str) -> String {
        self.escaped("\x1b[2m", words)
    }

    fn escaped(&self, escape: &str, words: &str) -> String {
        match self.marks {
            Marks::Escapes => format!("{escape}{words}\x1b[0m"),
            Marks::Carets => words.to_owned(),
        }
    }
}

/// A character as it may be printed: controls and marks that turn the direction of writing become visible.
fn printable(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        character if character.is_control() => '\u{FFFD}',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        character => character,
    }
}

/// Words of strangers, safe to print on one line.
pub fn safe(words: &str) -> String {
    words.chars().map(printable).collect()
}

#[derive(Clone, Copy)]
struct Cell {
    character: char,
    marked: bool,
}

impl Cell {
    fn width(self) -> usize {
        self.character.width().unwrap_or(0)
    }
}

/// The lines of `text` in which `spans` stand, with the spans marked, indented and wrapped.
pub fn marked(text: &str, spans: &[Span], indent: usize, style: &Style, out: &mut String) {
    let mut spans: Vec<Span> = spans.to_vec();
    spans.sort();
    let Some(first) = spans.first() else { return };
    let mut line_start = text[..first.start()].rfind('\n').map_or(0, |at| at + 1);
    let last = spans.iter().map(|span| span.end()).max().unwrap_or(0);
    let mut shown = 0;
    while line_start < text.len() && line_start <= last {
        let line_end = text[line_start..].find('\n').map_or(text.len(), |at| line_start + at);
        let touches = |span: &&Span| span.start() < line_end && span.end() > line_start;
        if spans.iter().any(|span| touches(&span)) {
            if shown == MOST_LINES {
                put(&" ".repeat(indent), &[Cell { character: '…', marked: false }], style, out);
                break;
            }
            shown += 1;
            let inside: Vec<&Span> = spans.iter().filter(touches).collect();
            let cells: Vec<Cell> = text[line_start..line_end]
                .char_indices()
                .map(|(at, character)| {
                    let at = line_start + at;
                    let marked = inside.iter().any(|span| span.start() <= at && at < span.end());
                    Cell { character: printable(character), marked }
                })
                .collect();
            wrap(&window(cells), indent, style, out);
        }
        line_start = line_end + 1;
    }
}

/// Cuts a long line to the words around its marks.
fn window(cells: Vec<Cell>) -> Vec<Cell> {
    let (Some(first), Some(last)) = (cells.iter().position(|cell| cell.marked), cells.iter().rposition(|cell| cell.marked)) else {
        return cells;
    };
    if cells.len() <= LONG {
        return cells;
    }
    let gap = Cell { character: '…', marked: false };
    let mut from = first.saturating_sub(CONTEXT);
    let mut to = (last + 1 + CONTEXT).min(cells.len());
    if from > 0 {
        from = cells[from..first].iter().position(|cell| cell.character == ' ').map_or(from, |at| from + at + 1);
    }
    if to < cells.len() {
        to = cells[last + 1..to].iter().rposition(|cell| cell.character == ' ').map_or(to, |at| last + 1 + at);
    }
    let space = Cell { character: ' ', marked: false };
    let mut cut = Vec::with_capacity(to - from + 4);
    if from > 0 {
        cut.extend([gap, space]);
    }
    cut.extend_from_slice(&cells[from..to]);
    if to < cells.len() {
        cut.extend([space, gap]);
    }
    cut
}

fn wrap(cells: &[Cell], indent: usize, style: &Style, out: &mut String) {
    let room = style.width.saturating_sub(indent).max(20);
    let margin = " ".repeat(indent);
    let mut line: Vec<Cell> = Vec::new();
    let mut width = 0;
    for word in cells.split_inclusive(|cell| cell.character == ' ') {
        let needed: usize = word.iter().filter(|cell| cell.character != ' ').map(|cell| cell.width()).sum();
        if width + needed > room && width > 0 {
            put(&margin, &line, style, out);
            line.clear();
            width = 0;
        }
        for cell in word {
            if width + cell.width() > room && cell.character != ' ' {
                // a word wider than the line, or a script without spaces
                put(&margin, &line, style, out);
                line.clear();
                width = 0;
            }
            if line.is_empty() && cell.character == ' ' {
                continue;
            }
            line.push(*cell);
            width += cell.width();
        }
    }
    put(&margin, &line, style, out);
}

/// One line and, where marks are carets, the line of carets below it.
fn put(margin: &str, line: &[Cell], style: &Style, out: &mut String) {
    let end = line.iter().rposition(|cell| cell.character != ' ').map_or(0, |at| at + 1);
    let line = &line[..end];
    if line.is_empty() {
        return;
    }
    out.push_str(margin);
    match style.marks {
        Marks::Escapes => {
            let mut on = false;
            for cell in line {
                if cell.marked != on {
                    out.push_str(if cell.marked { "\x1b[1;4m" } else { "\x1b[0m" });
                    on = cell.marked;
                }
                out.push(cell.character);
            }
            if on {
                out.push_str("\x1b[0m");
            }
        }
        Marks::Carets => {
            out.extend(line.iter().map(|cell| cell.character));
            if line.iter().any(|cell| cell.marked) {
                let carets: String =
                    line.iter().flat_map(|cell| std::iter::repeat_n(if cell.marked { '^' } else { ' ' }, cell.width())).collect();
                out.push('\n');
                out.push_str(margin);
                out.push_str(carets.trim_end());
            }
        }
    }
    out.push('\n');
}

/// A sentence of our own words, wrapped; its later lines are indented deeper.
pub fn sentence(words: &str, indent: usize, style: &Style, out: &mut String) {
    let room = style.width.saturating_sub(indent).max(20);
    let mut width = 0;
    out.push_str(&" ".repeat(indent));
    for word in words.split(' ') {
        let needed: usize = word.chars().map(|character| character.width().unwrap_or(0)).sum();
        if width > 0 && width + 1 + needed > room {
            out.push('\n');
            out.push_str(&" ".repeat(indent + 2));
            width = 2;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += needed;
    }
    out.push('\n');
}

/// A word up to this width is never broken in a table.
const WHOLE: usize = 16;
/// Lines of a cell at the most.
const MOST_CELL_LINES: usize = 3;

/// Rows in columns, the first row their heads; where there is less room, the widest columns give way and their cells are wrapped.
pub fn columns(rows: &[Vec<String>], room: usize) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let mut widths: Vec<usize> = (0..count).map(|column| cells(column).map(|cell| cell.width()).max().unwrap_or(0)).collect();
    let longest_word = |cell: &String| cell.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
    let least: Vec<usize> = (0..count).map(|column| cells(column).map(longest_word).max().unwrap_or(0).min(WHOLE)).collect();
    while widths.iter().sum::<usize>() + 2 * count.saturating_sub(1) > room {
        let wide = (0..count).filter(|column| widths[*column] > least[*column]).max_by_key(|column| widths[*column]);
        let Some(widest) = wide else { break };
        widths[widest] -= 1;
    }
    let mut out = String::new();
    for row in rows {
        let wrapped: Vec<Vec<String>> = row.iter().zip(&widths).map(|(cell, width)| lines_of(cell, *width)).collect();
        for index in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (cell, width) in wrapped.iter().zip(&widths) {
                let part = cell.get(index).map_or("", String::as_str);
                line.push_str(part);
                line.push_str(&" ".repeat((width + 2).saturating_sub(part.width())));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// A cell in lines of this width, with `…` where it has more than a table shows.
fn lines_of(cell: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    // a line may end behind a slash, too: the days of a visit stand on two lines rather than break in a number
    for (word, space) in cell.split(' ').flat_map(|word| word.split_inclusive('/').zip(std::iter::once(1).chain(std::iter::repeat(0)))) {
        if used > 0 && used + space + word.width() > width {
            lines.push(String::new());
            used = 0;
        } else if used > 0 && space > 0 {
            used += 1;
            lines.last_mut().into_iter().for_each(|line| line.push(' '));
        }
        for character in word.chars() {
            let needed = character.width().unwrap_or(0);
            if used + needed > width && used > 0 {
                lines.push(String::new());
                used = 0;
            }
            used += needed;
            lines.last_mut().into_iter().for_each(|line| line.push(character));
        }
    }
    if lines.len() > MOST_CELL_LINES {
        lines.truncate(MOST_CELL_LINES);
        if let Some(last) = lines.last_mut() {
            while last.width() + 1 > width && last.pop().is_some() {}
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_they_look() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows = [row(&["date", "who", "id"]), row(&["2024", "习近平 met somebody of a very long name", "e-1"])];
        assert_eq!(columns(&rows, 30), "date  who                  id\n2024  习近平 met somebody  e-1\n      of a very long name\n");
        assert!(columns(&rows, 200).contains("very long name  e-1"));
        assert_eq!(columns(&[row(&["one two three four five six seven", "e-1"])], 12), "one two  e-1\nthree\nfour…\n");
        assert_eq!(lines_of("习近平习近平", 5), ["习近", "平习", "近平"]);
        assert_eq!(lines_of("2026-08-31/2026-09-11", 16), ["2026-08-31/", "2026-09-11"]);
    }
}
