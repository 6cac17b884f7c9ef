//! Searching for words.
//!
//! In: words in any script. Out: documents with the passage, and entries. Never: the tokens of another; words are cut by us.

use crate::packed::unpack_text;
use crate::{KeptDocument, Result, Store, words};
use chancery_model::Span;
use chancery_model::record::Entry;
use rusqlite::params;

/// A document that has the words.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// The document.
    pub document: KeptDocument,
    /// Where its words stand, the best place first.
    pub passages: Vec<Passage>,
}

/// Words that stand together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// The words found.
    pub words: Vec<Span>,
}

/// Lines of a document that are shown at the most.
const MOST_PASSAGES: usize = 2;

/// The query as the index takes it: every chunk a phrase, all of which must be there. `None` where there is no word in it.
fn query(asked: &str) -> Option<String> {
    let phrases: Vec<String> = asked
        .split_whitespace()
        .map(words::indexed)
        .filter(|words| !words.is_empty())
        .map(|words| format!("\"{}\"", words.trim()))
        .collect();
    (!phrases.is_empty()).then(|| phrases.join(" "))
}

impl Store {
    /// Documents with all the words, the best first, and how many there are.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn search_documents(&self, asked: &str, offset: usize, limit: usize) -> Result<(Vec<Hit>, usize)> {
        let Some(query) = query(asked) else { return Ok((Vec::new(), 0)) };
        let total: i64 = self.connection.query_row(
            "SELECT count(*) FROM document_words JOIN documents d ON d.number = document_words.rowid
             WHERE document_words MATCH ?1 AND d.withdrawn IS NULL",
            [&query],
            |row| row.get(0),
        )?;
        let mut statement = self.connection.prepare_cached(
            "SELECT d.id FROM document_words JOIN documents d ON d.number = document_words.rowid
             WHERE document_words MATCH ?1 AND d.withdrawn IS NULL ORDER BY bm25(document_words), d.id LIMIT ?2 OFFSET ?3",
        )?;
        let ids = statement.query_map(params![query, limit as i64, offset as i64], |row| row.get::<_, String>(0))?;
        let ids: Vec<String> = ids.collect::<rusqlite::Result<_>>()?;
        let mut hits = Vec::new();
        for id in ids {
            if let Some(document) = self.document(&id)? {
                let passages = passages(&document.document.text, asked);
                hits.push(Hit { document, passages });
            }
        }
        Ok((hits, total.unsigned_abs() as usize))
    }

    /// Entries with all the words, the best first, and how many there are.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn search_entries(&self, asked: &str, offset: usize, limit: usize) -> Result<(Vec<Entry>, usize)> {
        let Some(query) = query(asked) else { return Ok((Vec::new(), 0)) };
        let sql = "SELECT count(*) FROM entry_words WHERE entry_words MATCH ?1";
        let total: i64 = self.connection.query_row(sql, [&query], |row| row.get(0))?;
        let mut statement = self.connection.prepare_cached(
            "SELECT content FROM entry_words JOIN entries ON number = entry_words.rowid
             WHERE entry_words MATCH ?1 ORDER BY bm25(entry_words), id LIMIT ?2 OFFSET ?3",
        )?;
        let found = statement.query_map(params![query, limit as i64, offset as i64], |row| row.get::<_, Vec<u8>>(0))?;
        let mut entries = Vec::new();
        for packed in found {
            entries.push(serde_json::from_str(&unpack_text(&packed?)?)?);
        }
        Ok((entries, total.unsigned_abs() as usize))
    }
}

/// The lines of a text with most of the words asked for.
fn passages(text: &str, asked: &str) -> Vec<Passage> {
    let asked: Vec<String> = words::cut(asked).into_iter().map(|word| word.folded).collect();
    let mut lines: Vec<(usize, Passage)> = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        let found: Vec<words::Word> = words::cut(line).into_iter().filter(|word| asked.contains(&word.folded)).collect();
        let different = asked.iter().filter(|word| found.iter().any(|found| found.folded == **word)).count();
        if different > 0 {
            let spans = found.iter().filter_map(|word| Span::new(text, begin + word.start, begin + word.end)).collect();
            lines.push((different, Passage { words: spans }));
        }
        begin += line.len();
    }
    lines.sort_by_key(|(different, _)| std::cmp::Reverse(*different));
    let best = lines.first().map_or(0, |(different, _)| *different);
    lines.into_iter().take_while(|(different, _)| *different == best).take(MOST_PASSAGES).map(|(_, passage)| passage).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_with_most_of_the_words_is_shown() {
        let text = "Praha ráno.\nPrezident přijel do Prahy.\nPrezident v Praze, PRAHA slaví.";
        let marked: Vec<Vec<&str>> =
            passages(text, "praha prezident").iter().map(|passage| passage.words.iter().map(|span| span.of(text)).collect()).collect();
        assert_eq!(marked, [["Prezident", "PRAHA"]]);
    }

    #[test]
    fn a_query_is_no_language_of_its_own() {
        assert_eq!(query("C5+1 \"OR\" NEAR(a"), Some("\"c5 1\" \"or\" \"near a\"".to_owned()));
        assert_eq!(query("– ."), None);
    }
}
