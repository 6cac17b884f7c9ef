//! Title and date of publication that a text says of itself.
//!
//! In: a page. Out: the title and the date at its head. Never: takes a dateline for a date of publication.

use crate::page::Page;
use crate::quantity::{Lean, QuantityKind};
use chancery_language::Shape;
use chancery_model::{Edtf, Span};

/// Lines at the head that may hold the date of publication.
const HEAD: usize = 6;

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

/// A full date that stands alone, or nearly alone, in a line at the head of the text.
pub(crate) fn line(page: &Page) -> Option<Edtf> {
    let mut found: Option<(bool, Edtf)> = None;
    for line in page.cut.paragraphs.iter().take(HEAD) {
        let words = line.clone().filter(|word| page.shape(*word) != Shape::Mark).count();
        for quantity in page.quantities.iter().filter(|quantity| line.contains(&quantity.words.start)) {
            let QuantityKind::Date(date) = &quantity.kind else { continue };
            let own = quantity.words.clone().filter(|word| page.shape(*word) != Shape::Mark).count();
            let Some(value) = date.resolve(None, Lean::Past).value else { continue };
            if value.day().is_some() && words <= own + 6 {
                // the line of the article tells the time too; the first date may be the page's own clock
                let timed = clock(page, line.clone());
                if found.as_ref().is_none_or(|(known, _)| timed && !known) {
                    found = Some((timed, value));
                }
            }
        }
    }
    found.map(|(_, value)| value)
}

/// Whether a line holds a time of day.
fn clock(page: &Page, line: std::ops::Range<usize>) -> bool {
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
