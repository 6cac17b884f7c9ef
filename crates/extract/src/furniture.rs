//! What stands on a page but is not the article.
//!
//! In: a page's lines. Out: for each of its sentences what part of the page it is. Never: removes anything.

use crate::page::Page;
use chancery_language::{Class, Sentence, Shape};
use chancery_model::{Part, Stretch};
use std::collections::HashMap;
use std::ops::Range;

/// What every sentence is: by the line in which it stands, unless it names another article within the text.
pub(crate) fn mark(page: &Page, stretches: &[Stretch]) -> Vec<Part> {
    let lines = by_line(page, stretches);
    let part = |sentence: &Sentence| match lines.get(sentence.paragraph).copied().unwrap_or(Part::Text) {
        Part::Text if is_aside(page, &sentence.words) => Part::Furniture,
        part => part,
    };
    page.cut.sentences.iter().map(part).collect()
}

/// What every line is: as the structure of the source says, or else by its words.
fn by_line(page: &Page, stretches: &[Stretch]) -> Vec<Part> {
    let mut parts = by_words(page);
    let mut left = stretches;
    for (part, line) in parts.iter_mut().zip(&page.cut.paragraphs) {
        let Some(start) = page.span(line).map(|span| span.start()) else { continue };
        while let [first, rest @ ..] = left
            && first.span.end() <= start
        {
            left = rest;
        }
        if let Some(marked) = left.first().filter(|stretch| stretch.span.start() <= start) {
            *part = marked.part;
        }
    }
    parts
}

/// Whether a sentence within a paragraph only leads to another article: "Read also:" and what it is called.
fn is_aside(page: &Page, sentence: &Range<usize>) -> bool {
    let first = sentence.start + usize::from(matches!(page.mark(sentence.start), Some('(' | '[' | '•' | '►' | '>' | '–' | '-')));
    if page.entry(first, Class::Furniture).is_none_or(|entry| entry.value == "photo") || sentence.len() > 30 {
        return false;
    }
    let end = page.hit_end(first);
    page.mark(end) == Some(':') || page.mark(end - 1) == Some(':')
}

/// What every line is by its words.
fn by_words(page: &Page) -> Vec<Part> {
    let lines = &page.cut.paragraphs;
    let mut parts = Vec::with_capacity(lines.len());
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut ended = false;
    // below a line such as "Read also": the headlines of other articles, until a full sentence
    let mut boxed = false;
    // a full sentence has been read: what stands above the text is no box
    let mut told = false;
    let mut long_lines = 0;
    for (index, line) in lines.iter().enumerate() {
        let text = page.span(line).map_or("", |span| span.of(page.text));
        let repeats = seen.entry(text).or_default();
        *repeats += 1;
        let furniture_value = page.entry(line.start, Class::Furniture).map(|entry| entry.value.as_str());
        // a line in which the whole form is all, or which the form begins
        if furniture_value == Some("rest")
            && (long_lines >= 2 || page.hit_end(line.start) >= line.end.saturating_sub(4))
            && line.len() <= 12
            && index > 0
        {
            ended = true;
        }
        long_lines += usize::from(line.len() > 12);
        let words = line.clone().filter(|word| page.shape(*word) != Shape::Mark).count();
        let ends = line.end.checked_sub(1).and_then(|last| page.mark(last));
        let closed = matches!(ends, Some('.' | '!' | '?' | '…' | '"' | '”' | '“' | '»' | '«' | ':' | '’'));
        let photo = line.clone().any(|word| page.entries(word).any(|entry| entry.class == Class::Furniture && entry.value == "photo"));
        let linked = text.starts_with('[') && (text.ends_with(')') || text.ends_with(']'));
        let address = words <= 14 && !text.contains(' ') && (text.contains("://") || text.contains(".com/") || text.contains("www."));
        let named = furniture_value == Some("line") && (words <= 25 || !closed);
        let heads_box = named && !closed && told && page.hit_end(line.start) + 1 >= line.end;
        told |= closed && words > 8;
        boxed = heads_box || boxed && !closed && words <= 20;
        parts.push(if ended || linked || address || named || boxed || *repeats > 1 && words < 25 {
            Part::Furniture
        } else if photo && words <= 60 && !(words > 25 && closed && index < 3) {
            Part::Caption
        } else if !closed && words <= 28 && index <= 4 && words >= 4 {
            Part::Headline
        } else if !closed && words <= 3 {
            Part::Furniture
        } else if !closed && words <= 18 {
            Part::Headline
        } else {
            Part::Text
        });
    }
    mark_links(page, &mut parts);
    parts
}

/// Lines behind dashes that close a page and tell news without a full stop are headlines of other articles.
fn mark_links(page: &Page, parts: &mut [Part]) {
    let lines = &page.cut.paragraphs;
    let is_link = |line: &std::ops::Range<usize>| {
        let verbs = [Class::Contact, Class::Say, Class::Future];
        let dash = matches!(page.mark(line.start), Some('-' | '–' | '•'));
        let open = line.end.checked_sub(1).is_some_and(|last| page.mark(last).is_none());
        dash && open && line.clone().any(|word| verbs.iter().any(|class| page.is(word, *class)))
    };
    let end = (0..lines.len()).rev().find(|index| parts[*index] != Part::Furniture).map_or(0, |last| last + 1);
    let start = (0..end).rev().take_while(|index| is_link(&lines[*index])).last().unwrap_or(end);
    if end - start >= 2 {
        parts[start..end].fill(Part::Furniture);
    }
}
