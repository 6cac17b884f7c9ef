//! Agencies and offices that a text credits.
//!
//! In: a page. Out: the origins with the words that credit them. Never: takes a photographer's credit.

use crate::page::Page;
use chancery_language::{Class, Shape};
use chancery_model::{Origin, Part};
use std::ops::Range;

/// Finds the credits of a page.
pub(crate) fn find(page: &Page) -> Vec<Origin> {
    let mut origins: Vec<Origin> = Vec::new();
    for hit in &page.hits.hits {
        let word = hit.words.start;
        let Some(entry) = page.entry(word, Class::Agency) else { continue };
        let sentence = page.sentence_of(word);
        if page.part(sentence) == Part::Furniture && !credits_line(page, word) || page.part(sentence) == Part::Caption {
            continue;
        }
        let Some(agency) = page.reference.agencies().iter().find(|agency| agency.name == entry.value) else { continue };
        let known = origins.iter().any(|origin| origin.name == agency.name);
        if known || page.quote_of[word].is_some_and(|quote| !names_only(page, &page.quotes[quote].words, &hit.words)) {
            continue;
        }
        let credited = credited(page, &agency.kind, &hit.words) || stands_alone(page, &hit.words);
        let domain = page.mark(hit.words.start + 1) == Some('.');
        let plain_agency = agency.kind == "agency" && page.shape(word) == Shape::Upper;
        if !(credited || plain_agency && !domain || domain && agency.kind == "agency") {
            continue;
        }
        if let Some(span) = page.span(&hit.words) {
            origins.push(Origin { name: agency.name.to_string(), span });
        }
    }
    origins
}

/// The "Bild am Sonntag" reported: whether a quotation holds a name and nothing else.
fn names_only(page: &Page, quote: &Range<usize>, name: &Range<usize>) -> bool {
    quote.clone().all(|word| name.contains(&word) || page.shape(word) == Shape::Mark)
}

/// Whether words of crediting stand beside, or brackets or slashes around.
fn credited(page: &Page, kind: &str, name: &Range<usize>) -> bool {
    let (start, end) = (name.start, name.end);
    let sentence = page.cut.sentences[page.sentence_of(start)].words.clone();
    let before = start.saturating_sub(7).max(sentence.start)..start;
    let after = end..(end + 7).min(sentence.end);
    let enclosed = start > 0 && matches!(page.mark(start - 1), Some('(' | '/' | '[')) && page.mark(end).is_some();
    // an office under Counterterrorism (CT); (The Diplomat, 2024): whom a text is by stands in brackets at the end of a line
    let closes = || page.cut.line_of(start).is_none_or(|line| (end + 1..line.end).all(|word| page.shape(word) == Shape::Mark));
    let enclosed = enclosed && (kind == "agency" || closes());
    // what an office says it says for itself: its paper or its press service is credited
    let beside = (start.saturating_sub(2)..start).chain(end..(end + 3).min(sentence.end));
    let press = beside.into_iter().any(|word| page.entries(word).any(|entry| entry.class == Class::Body && entry.value == "other"));
    // (A met B, the Elysee said: behind a comma, what it says is the text's own)
    let comma = |word: usize| (word.saturating_sub(2)..word).any(|before| page.is_comma(before));
    let closes = |word: usize| page.is(word, Class::Say) && comma(if word < start { word } else { start });
    let aside = (start.saturating_sub(2)..start).chain(end..end + 2).any(closes);
    let says = |word: usize| page.is(word, Class::Say) && (press || aside || kind != "office");
    let paper = |word: usize| kind == "office" && page.is(word, Class::Text);
    let credits = |word: usize| page.is(word, Class::Credit) || page.is(word, Class::According) || says(word) || paper(word);
    let dash = page.cut.words.get(end).is_some()
        && matches!(page.mark(end), Some('–' | '—' | '-'))
        && page.spaced(end)
        && start <= sentence.start + 8;
    // (he told CNN: what he said is his)
    let told = kind == "outlet" && (start.saturating_sub(2)..start).any(|word| page.entries(word).any(|entry| entry.value == "tell"));
    enclosed || dash || !told && before.chain(after).any(credits)
}

/// A line with little else than a name (Com Lusa; TASS, Anadolu).
const SHORT_LINE: usize = 4;

/// Whether a line below the text holds little else: it says where the text comes from.
fn stands_alone(page: &Page, words: &Range<usize>) -> bool {
    let line = page.cut.line_of(words.start);
    line.is_some_and(|line| line.start > 0 && words.end == line.end && line.len() <= SHORT_LINE)
}

fn credits_line(page: &Page, word: usize) -> bool {
    let line = page.cut.line_of(word);
    line.is_some_and(|line| line.clone().any(|word| page.is(word, Class::Credit)) || line.len() <= 10)
}
