//! Text of documents with some of its words marked.
//!
//! In: a text, stretches of it. Out: its paragraphs, every character as text, isolated from the direction of what stands around.
//! Never: HTML of a document.

use super::direction::direction;
use chancery::record::Words;
use maud::{Markup, html};
use std::ops::Range;

/// A stretch that is marked: code points, and what it is marked as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    /// Class of the mark.
    pub class: &'static str,
    /// Where it leads.
    pub address: Option<String>,
}

impl Mark {
    pub fn of(words: &Words) -> Mark {
        Mark { start: words.start, end: words.end, class: "evidence", address: None }
    }
}

/// A piece of a paragraph: its words, and the mark that they bear.
struct Piece<'a> {
    text: &'a str,
    mark: Option<&'a Mark>,
}

/// Every paragraph that bears a mark.
pub fn paragraphs(text: &str, language: Option<&str>, marks: &[Mark]) -> Markup {
    let mut marks: Vec<&Mark> = marks.iter().collect();
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let length = line.chars().count();
        let here: Vec<&Mark> = marks.iter().copied().filter(|mark| mark.start < at + length && mark.end > at).collect();
        if !line.trim().is_empty() && !here.is_empty() {
            lines.push((direction(line), pieces(line, at, &here)));
        }
        at += length;
    }
    html! {
        div.passage lang=[language] dir=(direction(text)) {
            @for (direction, line) in &lines {
                p dir=(direction) {
                    @for piece in line { (shown(piece)) }
                }
            }
        }
    }
}

/// A whole text, its paragraphs with notes beside them; stretches that are no text of the article (code points) stand back.
pub fn annotated(
    text: &str,
    language: Option<&str>,
    marks: &[Mark],
    back: &[Range<usize>],
    note: &dyn Fn(Range<usize>) -> Markup,
) -> Markup {
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    sorted.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let from = at;
        at += line.chars().count();
        (line, from..at)
    });
    html! {
        div.annotated {
            @for (line, range) in lines.filter(|(line, _)| !line.trim().is_empty()) {
                @let here: Vec<&Mark> = sorted.iter().copied().filter(|mark| mark.start < range.end && mark.end > range.start).collect();
                @let begins = range.start + line.chars().take_while(|character| character.is_whitespace()).count();
                p lang=[language] dir=(direction(line)) class=[back.iter().any(|back| back.contains(&begins)).then_some("furniture")] {
                    @for piece in pieces(line, range.start, &here) { (shown(&piece)) }
                }
                div.margin { (note(range)) }
            }
        }
    }
}

fn shown(piece: &Piece) -> Markup {
    html! {
        @match piece.mark {
            None => (piece.text),
            Some(mark) => @match &mark.address {
                Some(address) => a href=(address) { mark class=(mark.class) { (piece.text) } },
                None => mark class=(mark.class) { (piece.text) },
            },
        }
    }
}

/// A line cut where marks begin and end; of marks that overlap the one that begins last is shown.
fn pieces<'a>(line: &'a str, from: usize, marks: &[&'a Mark]) -> Vec<Piece<'a>> {
    let line = line.trim_end_matches(['\n', '\r']);
    let mark_at = |point: usize| marks.iter().rev().find(|mark| (mark.start..mark.end).contains(&point)).copied();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut begun = 0;
    let mut current = mark_at(from);
    for (index, (byte, _)) in line.char_indices().enumerate() {
        let mark = mark_at(from + index);
        if mark != current {
            pieces.push(Piece { text: &line[begun..byte], mark: current });
            (begun, current) = (byte, mark);
        }
    }
    pieces.push(Piece { text: &line[begun..], mark: current });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_kept_and_markup_is_text() {
        let text = "<b>A</b> met B.\nNothing here.\nB left.";
        let marks = [Mark { start: 9, end: 12, class: "evidence", address: None }];
        let shown = paragraphs(text, Some("en"), &marks).into_string();
        assert!(shown.contains("&lt;b&gt;A&lt;/b&gt; <mark class=\"evidence\">met</mark> B."), "{shown}");
        assert!(!shown.contains("Nothing"), "{shown}");
        let whole = annotated(text, None, &marks, std::slice::from_ref(&(16..30)), &|range| html! { (range.start) }).into_string();
        assert!(whole.contains("<p dir=\"ltr\" class=\"furniture\">Nothing here.</p><div class=\"margin\">16</div>"), "{whole}");
    }
}
