//! What a page says of itself beside its text, as kept.
//!
//! In: a document. Out: its site, authors and stretches as JSON, and the document again. Never: fails over stretches that do not fit
//! the text; they are passed over.

use crate::Result;
use chancery_model::{Document, Part, Span, Stretch};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Said {
    site: Option<String>,
    authors: Vec<String>,
    /// Name of the part, first byte, one past the last.
    stretches: Vec<(String, usize, usize)>,
}

/// As JSON; `None` where the page says nothing.
pub(crate) fn said(document: &Document) -> Result<Option<String>> {
    if document.site.is_none() && document.authors.is_empty() && document.stretches.is_empty() {
        return Ok(None);
    }
    let stretches = document.stretches.iter();
    let said = Said {
        site: document.site.clone(),
        authors: document.authors.clone(),
        stretches: stretches.map(|it| (it.part.as_str().to_owned(), it.span.start(), it.span.end())).collect(),
    };
    Ok(Some(serde_json::to_string(&said)?))
}

/// Fills in what was kept beside the text.
pub(crate) fn fill(document: &mut Document, page: &str) -> Result<()> {
    let said: Said = serde_json::from_str(page)?;
    let stretch = |(name, start, end): (String, usize, usize)| {
        let part = Part::ALL.iter().find(|part| part.as_str() == name)?;
        Some(Stretch { part: *part, span: Span::new(&document.text, start, end)? })
    };
    document.stretches = said.stretches.into_iter().filter_map(stretch).collect();
    document.site = said.site;
    document.authors = said.authors;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back_as_it_was() {
        let text = "Heading\nWords.".to_owned();
        let span = Span::new(&text, 0, 7).expect("in bounds");
        let stretches = vec![Stretch { part: Part::Headline, span }];
        let document = Document { text, site: Some("Daily".to_owned()), authors: vec!["A".to_owned()], stretches, ..Document::default() };
        let kept = said(&document).expect("written").expect("something is said");
        let mut again = Document { text: document.text.clone(), ..Document::default() };
        fill(&mut again, &kept).expect("read");
        assert_eq!(again, document);
        assert_eq!(said(&Document::default()).expect("nothing to write"), None);
    }
}
