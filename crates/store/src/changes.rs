//! What changed, for those who follow the record.
//!
//! In: how far somebody has followed it. Out: entries that are new, other or gone since, in the order of the rounds in which they were
//! derived. Never: a change that is left out, also where rounds come in between.

use crate::packed::unpack_text;
use crate::{Result, Store};
use chancery_model::record::Entry;
use rusqlite::params;
use std::fmt;
use std::str::FromStr;

/// How far somebody has followed the record: a round, and the id of the last change taken of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Since {
    round: i64,
    id: String,
}

impl fmt::Display for Since {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.round)?;
        if self.id.is_empty() { Ok(()) } else { write!(formatter, ".{}", self.id) }
    }
}

impl FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Since, String> {
        let (round, id) = text.split_once('.').map_or((text, None), |(round, id)| (round, Some(id)));
        let hexadecimal = |digits: &str| !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_hexdigit());
        let is_id = |id: &str| id.split_once('-').is_some_and(|(sort, digits)| !sort.is_empty() && hexadecimal(digits));
        match round.parse() {
            Ok(round) if round >= 0 && id.is_none_or(is_id) => Ok(Since { round, id: id.unwrap_or("").to_owned() }),
            _ => Err("expected 0, or what an earlier answer gives as `next`".to_owned()),
        }
    }
}

/// An entry that changed.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// How far the record is followed with this change.
    pub place: Since,
    /// The entry as it is now; `None` where it is gone.
    pub entry: Option<Entry>,
}

impl Change {
    /// The id of the entry.
    pub fn id(&self) -> &str {
        &self.place.id
    }
}

impl Store {
    /// Changes since then, in their order, at the most `most`.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn changes(&self, since: &Since, most: usize) -> Result<Vec<Change>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT changed, id, content FROM entries WHERE (changed, id) > (?1, ?2)
             UNION ALL SELECT changed, id, NULL FROM gone WHERE (changed, id) > (?1, ?2) ORDER BY changed, id LIMIT ?3",
        )?;
        let rows = statement.query_map(params![since.round, since.id, most as i64], |row| {
            Ok((Since { round: row.get(0)?, id: row.get(1)? }, row.get::<_, Option<Vec<u8>>>(2)?))
        })?;
        rows.map(|row| {
            let (place, content) = row?;
            let entry = content.map(|packed| -> Result<Entry> { Ok(serde_json::from_str(&unpack_text(&packed)?)?) });
            Ok(Change { place, entry: entry.transpose()? })
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::generated::arrival;
    use crate::{Filter, Order, Page};

    fn ids(changes: &[Change]) -> Vec<&str> {
        changes.iter().map(Change::id).collect()
    }

    #[test]
    fn who_follows_a_record_misses_nothing() {
        let mut store = Store::in_memory().expect("a record");
        store.keep(&(0..20).map(arrival).collect::<Vec<_>>()).expect("kept");
        let first = store.derive(&str::to_owned, &()).expect("derived");
        let all = store.changes(&Since::default(), usize::MAX >> 1).expect("changes");
        assert_eq!(all.len(), first.changed.len());
        // in parts
        let (mut since, mut parts) = (Since::default(), Vec::new());
        loop {
            let part = store.changes(&since, 7).expect("changes");
            let Some(last) = part.last() else { break };
            since = last.place.to_string().parse().expect("a place");
            parts.extend(part);
        }
        assert_eq!(ids(&parts), ids(&all));
        // one document goes and another comes
        store.withdraw(&arrival(3).reading.expect("a reading").document.id, "wrong").expect("withdrawn");
        store.keep(&[arrival(20)]).expect("kept");
        let second = store.derive(&str::to_owned, &()).expect("derived");
        let further = store.changes(&since, usize::MAX >> 1).expect("changes");
        assert_eq!(further.iter().filter(|change| change.entry.is_none()).count(), second.gone.len());
        assert_eq!(further.len(), second.gone.len() + second.changed.len());
    }

    #[test]
    fn what_no_answer_gave_is_no_place_to_go_on_from() {
        let since = |text: &str| text.parse::<Since>().map(|since| since.to_string());
        assert_eq!((since("0"), since("3.e-00ff")), (Ok("0".to_owned()), Ok("3.e-00ff".to_owned())));
        assert!(["", "-1", "0.5", "1.", "1.e-", "1.e-xyz", "yesterday"].iter().all(|text| since(text).is_err()));
    }

    #[test]
    fn a_cursor_stays_right_when_entries_are_added() {
        let mut store = Store::in_memory().expect("a record");
        store.keep(&(0..12).map(arrival).collect::<Vec<_>>()).expect("kept");
        store.derive(&str::to_owned, &()).expect("derived");
        let ids = |store: &Store, filter: &Filter, order, limit| {
            let mut ids = Vec::new();
            let page = Page { order, offset: 0, limit };
            let take = |line: String| -> Result<()> {
                ids.push(serde_json::from_str::<Entry>(&line)?.id);
                Ok(())
            };
            store.entries(filter, page, take).expect("entries");
            ids
        };
        for order in [Order::Newest, Order::Oldest, Order::Reported, Order::Doubtful] {
            let all = ids(&store, &Filter::default(), order, None);
            for (place, id) in all.iter().enumerate() {
                let cursor = store.cursor(&Filter::default(), order, id).expect("asked").expect("a place");
                let after = Some(cursor.to_string().parse().expect("a cursor"));
                let rest = ids(&store, &Filter { after, ..Filter::default() }, order, None);
                assert_eq!(rest, all[place + 1..], "{order:?} after {id}");
            }
        }
    }
}
