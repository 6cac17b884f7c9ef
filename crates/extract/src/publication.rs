//! Title and date of publication that a text says of itself.
//!
//! In: a page. Out: the title and the date at its head. Never: takes a date within the running text for one.

use crate::page::Page;
use crate::quantity::{Lean, QuantityKind};
use chancery_language::{Class, Shape};
use chancery_model::{Edtf, Span};
use std::ops::Range;

/// Lines at the head that may hold the date of publication.
const HEAD: usize = 12;

/// `date 2021-06-02` at the very head of a text, as dumps write it, with where it ends.
pub(crate) fn header(text: &str) -> Option<(Edtf, usize)> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let keyword = rest.get(..4).filter(|word| word.eq_ignore_ascii_case("date"))?;
    let after = &rest[keyword.len()..];
    let value_start = after.find(|character: char| !character.is_whitespace() && character != ':')?;
    let value = after[value_start..].split_whitespace().next()?;
    let end = start + keyword.len() + value_start + value.len();
    let date = value.get(..10).and_then(|day| day.parse().ok()).or_else(|| value.parse().ok())?;
    Some((date, end))
}

/// How surely a date at the head of a page is that of the article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    /// Alone in its line: it may be the page's own clock.
    Alone,
    /// With a time of day.
    Timed,
    /// In a dateline: BERN, 3 March 2016 –
    Dateline,
}

/// A full date that stands alone, or nearly alone, in a line at the head of the text, or in a dateline.
pub(crate) fn line(page: &Page) -> Option<Edtf> {
    let mut found: Option<(Rank, Edtf)> = None;
    for (index, line) in page.cut.paragraphs.iter().take(HEAD).enumerate() {
        let words = line.clone().filter(|word| page.shape(*word) != Shape::Mark).count();
        for quantity in page.quantities_in(line).iter() {
            let QuantityKind::Date(date) = &quantity.kind else { continue };
            let own = quantity.words.clone().filter(|word| page.shape(*word) != Shape::Mark).count();
            let Some(value) = date.resolve(None, Lean::Past).value.filter(|value| value.day().is_some()) else { continue };
            let timed = clock(page, line.clone());
            let rank = match () {
                () if is_dateline(page, line, &quantity.words) => Rank::Dateline,
                () if timed && words <= own + 12 || stamped(page, &quantity.words) => Rank::Timed,
                // the page's own clock, among the lines of its menu
                () if date.weekday().is_some() && words == own && in_menu(page, index) => continue,
                () if words <= own + 6 => Rank::Alone,
                () => continue,
            };
            if found.as_ref().is_none_or(|(known, _)| rank > *known) {
                found = Some((rank, value));
            }
        }
    }
    found.map(|(_, value)| value)
}

/// Whether a line at the head stands below another, or above one of a few words: a title has more.
fn in_menu(page: &Page, line: usize) -> bool {
    let words = |line: &Range<usize>| line.clone().filter(|word| page.shape(*word) != Shape::Mark).count();
    line > 0 && line < 4 || page.cut.paragraphs.get(line + 1).is_some_and(|next| words(next) <= 3)
}

/// Whether a date opens its line, perhaps behind names of places, and a mark closes it off from the text.
fn is_dateline(page: &Page, line: &Range<usize>, date: &Range<usize>) -> bool {
    let before = line.start..date.start;
    let place = |word: usize| match page.shape(word) {
        Shape::Capital | Shape::Upper => true,
        Shape::Mark => matches!(page.mark(word), Some(',' | '/' | '(' | '.' | '-')),
        _ => page.is_particle(word),
    };
    let marked = matches!(page.mark(date.end), Some('-' | '–' | '—' | '(' | ')' | '/' | '.' | ':' | '|'));
    before.len() <= 8 && before.clone().all(place) && marked && line.end > date.end + 6
}

/// 19.06.2024 11:47; 21:26 17. dubna 2019: a time of day directly beside a date that no preposition leads in.
fn stamped(page: &Page, date: &Range<usize>) -> bool {
    let plain = |word: &usize| page.shape(*word) == Shape::Mark && !matches!(page.mark(*word), Some('.' | ';'));
    let behind = (date.end..date.end + 3).find(|word| !plain(word)).unwrap_or(date.end);
    let after = clock(page, behind..behind + 1);
    let before = date.start >= 3 && clock(page, date.start - 3..date.start - 2);
    let led_in = date.start.checked_sub(1).is_some_and(|word| page.is(word, Class::Marker) && page.shape(word) == Shape::Lower);
    (after || before) && !led_in
}

/// Whether a line holds a time of day.
pub(crate) fn clock(page: &Page, line: Range<usize>) -> bool {
    line.into_iter().any(|word| {
        let digits = |word: usize| page.shape(word) == Shape::Number && page.written(word).len() <= 2 && !page.spaced(word);
        page.shape(word) == Shape::Number
            && page.written(word).len() <= 2
            && (page.mark(word + 1) == Some(':') || page.folded(word + 1) == "h")
            && digits(word + 2)
    })
}

/// The first line, where it reads like a title.
pub(crate) fn title(page: &Page, from: usize) -> Option<Span> {
    let line = page.cut.paragraphs.iter().find(|line| page.cut.words[line.end - 1].span.end() > from)?;
    let first = line.clone().find(|word| page.cut.words[*word].span.start() >= from)?;
    let words = line.end - first;
    let sentences = page.cut.sentences.iter().filter(|sentence| line.contains(&sentence.words.start)).count();
    let ends = page.mark(line.end - 1);
    if words > 40 || ends == Some('.') || sentences > 2 {
        return None;
    }
    page.span(&(first..line.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_gives_the_date() {
        assert_eq!(
            header(" date 2021-06-02 Kazakh President").map(|(date, end)| (date.to_string(), end)),
            Some(("2021-06-02".to_owned(), 16))
        );
        assert_eq!(header("date 2018-03 Praha").map(|(date, _)| date.to_string()), Some("2018-03".to_owned()));
        assert_eq!(header("Dated words"), None);
        assert_eq!(header(""), None);
    }
}
