//! Agencies and offices that a text credits.
//!
//! In: a page. Out: the origins with the words that credit them. Never: takes a photographer's credit.

use crate::page::Page;
use chancery_language::{Class, Shape};
use chancery_model::{Origin, Part};

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
        if known || page.quote_of[word].is_some() {
            continue;
        }
        let credited = credited(page, word, hit.words.end) || stands_alone(page, &hit.words);
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

/// Whether words of crediting stand beside, or brackets or slashes around.
fn credited(page: &Page, start: usize, end: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(start)].words.clone();
    let before = start.saturating_sub(7).max(sentence.start)..start;
    let after = end..(end + 7).min(sentence.end);
    let enclosed = start > 0 && matches!(page.mark(start - 1), Some('(' | '/' | '[')) && page.mark(end).is_some();
    let credits = |word: usize| page.is(word, Class::Credit) || page.is(word, Class::According) || page.is(word, Class::Say);
    let dash = page.cut.words.get(end).is_some()
        && matches!(page.mark(end), Some('–' | '—' | '-'))
        && page.spaced(end)
        && start <= sentence.start + 8;
    enclosed || dash || before.chain(after).any(credits)
}

/// A line with little else than a name (Com Lusa; TASS, Anadolu).
const SHORT_LINE: usize = 4;

/// Whether a line below the text holds little else: it says where the text comes from.
fn stands_alone(page: &Page, words: &std::ops::Range<usize>) -> bool {
    let line = page.cut.line_of(words.start);
    line.is_some_and(|line| line.start > 0 && words.end == line.end && line.len() <= SHORT_LINE)
}

fn credits_line(page: &Page, word: usize) -> bool {
    let line = page.cut.line_of(word);
    line.is_some_and(|line| line.clone().any(|word| page.is(word, Class::Credit)) || line.len() <= 10)
}
