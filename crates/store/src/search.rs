//! Searching for words.
//!
//! In: words in any script. Out: documents with the passage, and entries. Never: the tokens of another; words are cut by us.

use crate::packed::unpack_text;
use crate::{KeptDocument, Result, Spelling, Store, words};
use chancery_model::Span;
use chancery_model::record::Entry;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
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

/// Rows that are ordered by how well they match, at the most.
const RANKED: i64 = 2_000;

/// Words asked for, each with the ways in which it may be written.
pub type Ways = [Vec<String>];

/// The query as the index takes it: of every word one way, as a phrase. `None` where there is no word in it.
fn query(asked: &Ways) -> Option<String> {
    let phrases = |ways: &Vec<String>| {
        let mut phrases: Vec<String> = ways.iter().map(|way| words::indexed(way)).filter(|words| !words.is_empty()).collect();
        phrases.sort_unstable();
        phrases.dedup();
        phrases.iter().map(|words| format!("\"{}\"", words.trim())).collect::<Vec<_>>().join(" OR ")
    };
    let wanted: Vec<String> = asked.iter().map(phrases).filter(|ways| !ways.is_empty()).map(|ways| format!("({ways})")).collect();
    (!wanted.is_empty()).then(|| wanted.join(" AND "))
}

impl Store {
    /// Every word of the documents and entries, as the index has it.
    ///
    /// # Errors
    /// Where the record cannot be read.
    fn terms(&self) -> Result<Vec<String>> {
        self.connection.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.document_terms USING fts5vocab (main, document_words, row);
             CREATE VIRTUAL TABLE IF NOT EXISTS temp.entry_terms USING fts5vocab (main, entry_words, row);",
        )?;
        let mut statement = self.connection.prepare("SELECT term FROM temp.document_terms UNION SELECT term FROM temp.entry_terms")?;
        let terms = statement.query_map([], |row| row.get(0))?;
        Ok(terms.collect::<rusqlite::Result<_>>()?)
    }

    /// Words of the documents and entries that are spelled like one of these, each with the place of that one; those of the index taken in
    /// last, which may be of an earlier round. Asked of an index for the first time it takes as long as reading every word.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn spelled(&self, wanted: &[&str], spelling: Spelling) -> Result<Vec<(usize, String)>> {
        let spelled = |term: String| spelling(&term).map(|spelled| (spelled, term));
        let Some(index) = &self.latest else {
            let place = |(spelled, term): (String, String)| Some((wanted.iter().position(|wanted| *wanted == spelled)?, term));
            return Ok(self.terms()?.into_iter().filter_map(spelled).filter_map(place).collect());
        };
        let words = match index.spelled.get() {
            Some(words) => words,
            None => {
                let mut words: Vec<(String, String)> = self.terms()?.into_par_iter().filter_map(spelled).collect();
                words.sort_unstable();
                index.spelled.get_or_init(|| words)
            }
        };
        let alike = |(at, wanted): (usize, &&str)| {
            let first = words.partition_point(|(spelled, _)| spelled.as_str() < *wanted);
            let alike = words[first..].iter().take_while(|(spelled, _)| spelled == *wanted).map(move |(_, term)| (at, term.clone()));
            alike.collect::<Vec<_>>()
        };
        Ok(wanted.iter().enumerate().flat_map(alike).collect())
    }

    /// Documents with all the words, the best first, and how many there are.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn search_documents(&self, asked: &Ways, offset: usize, limit: usize) -> Result<(Vec<Hit>, usize)> {
        let Some(query) = query(asked) else { return Ok((Vec::new(), 0)) };
        let (total, order) = self.matches("document_words", &query)?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT d.id FROM document_words JOIN documents d ON d.number = document_words.rowid
             WHERE document_words MATCH ?1 ORDER BY {order} LIMIT ?2 OFFSET ?3"
        ))?;
        let ids = statement.query_map(params![query, limit as i64, offset as i64], |row| row.get::<_, String>(0))?;
        let ids: Vec<String> = ids.collect::<rusqlite::Result<_>>()?;
        let mut hits = Vec::new();
        for id in ids {
            if let Some(document) = self.document(&id)? {
                let passages = passages(&document.document.text, asked);
                hits.push(Hit { document, passages });
            }
        }
        Ok((hits, total))
    }

    /// Entries with all the words, each with a few of its claims, the best first, and how many there are.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn search_entries(&self, asked: &Ways, offset: usize, limit: usize) -> Result<(Vec<Entry>, usize)> {
        let Some(query) = query(asked) else { return Ok((Vec::new(), 0)) };
        let (total, order) = self.matches("entry_words", &query)?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT coalesce(brief, content) FROM entry_words JOIN entries ON number = entry_words.rowid
             WHERE entry_words MATCH ?1 ORDER BY {order} LIMIT ?2 OFFSET ?3"
        ))?;
        let found = statement.query_map(params![query, limit as i64, offset as i64], |row| row.get::<_, Vec<u8>>(0))?;
        let mut entries = Vec::new();
        for packed in found {
            entries.push(serde_json::from_str(&unpack_text(&packed?)?)?);
        }
        Ok((entries, total))
    }

    /// How many rows of an index match, and in which order they are given: where there are many, no one is much better than another,
    /// and those that came last stand first.
    fn matches(&self, index: &str, query: &str) -> Result<(usize, String)> {
        let sql = format!("SELECT count(*) FROM {index} WHERE {index} MATCH ?1");
        let total: i64 = self.connection.prepare_cached(&sql)?.query_row([query], |row| row.get(0))?;
        let order = if total > RANKED { format!("{index}.rowid DESC") } else { format!("bm25({index}), id") };
        Ok((total.unsigned_abs() as usize, order))
    }
}

/// The lines of a text with most of the words asked for.
fn passages(text: &str, asked: &Ways) -> Vec<Passage> {
    let folded = |way: &String| words::cut(way).into_iter().map(|word| word.folded).collect::<Vec<_>>();
    let asked: Vec<Vec<Vec<String>>> = asked
        .iter()
        .map(|ways| ways.iter().map(folded).filter(|way| !way.is_empty()).collect())
        .filter(|ways: &Vec<_>| !ways.is_empty())
        .collect();
    let mut lines: Vec<(usize, Passage)> = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        let here = words::cut(line);
        let mut found: Vec<&words::Word> = Vec::new();
        let mut different = 0;
        for ways in &asked {
            let stands = |way: &&Vec<String>| {
                let at = |run: &[words::Word]| run.iter().zip(way.iter()).all(|(word, wanted)| word.folded == *wanted);
                here.windows(way.len())
                    .enumerate()
                    .filter(|(_, run)| at(run))
                    .flat_map(|(first, _)| &here[first..first + way.len()])
                    .collect::<Vec<_>>()
            };
            let words: Vec<&words::Word> = ways.iter().flat_map(|way| stands(&way)).collect();
            different += usize::from(!words.is_empty());
            found.extend(words);
        }
        if different > 0 {
            found.sort_by_key(|word| word.start);
            found.dedup();
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

    fn ways(words: &str) -> Vec<Vec<String>> {
        words.split(' ').map(|word| vec![word.to_owned()]).collect()
    }

    #[test]
    fn the_line_with_most_of_the_words_is_shown() {
        let text = "Praha ráno.\nPrezident přijel do Prahy.\nPrezident v Praze, PRAHA slaví.";
        let marked: Vec<Vec<&str>> = passages(text, &ways("praha prezident"))
            .iter()
            .map(|passage| passage.words.iter().map(|span| span.of(text)).collect())
            .collect();
        assert_eq!(marked, [["Prezident", "PRAHA"]]);
    }

    #[test]
    fn a_way_of_several_words_is_marked_as_a_whole() {
        let text = "South Korea and the South.";
        let asked = [vec!["Südkorea".to_owned(), "South Korea".to_owned()]];
        let marked: Vec<&str> = passages(text, &asked)[0].words.iter().map(|span| span.of(text)).collect();
        assert_eq!(marked, ["South", "Korea"]);
    }

    #[test]
    fn a_query_is_no_language_of_its_own() {
        let asked = [vec!["C5+1".to_owned()], vec!["\"OR\"".to_owned(), "NEAR(a".to_owned()]];
        assert_eq!(query(&asked).as_deref(), Some("(\"c5 1\") AND (\"near a\" OR \"or\")"));
        assert_eq!(query(&ways("– .")), None);
    }
}
