//! The entries in memory, in columns: what lists, counts, maps and networks ask of them is answered without touching the file.
//!
//! In: the tables of entries and facets as one round of deriving left them. Out: which entries pass a filter, in every order, and how
//! many of each value; the same as the tables themselves give. Never: the content of an entry, or documents.

use crate::filter::{Cursor, Filter, Look, Order, Page, Place};
use crate::tally::{Days, TOGETHER};
use crate::{Result, Store};
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Facets that are held; the documents of an entry are not, as there are as many as entries.
const FACETS: [&str; 5] = ["format", "language", "person", "place", "state"];

/// Filters whose rows are remembered: a page asks several questions of the same.
const REMEMBERED: usize = 8;

/// How a word is spelled alike.
pub type Spelling = fn(&str) -> Option<String>;

/// The entries of one round of deriving.
pub struct Index {
    round: String,
    /// The newest first.
    rows: Vec<Row>,
    /// Where the rows stand from the oldest on, from the last reported on, from the most doubtful on, and from the nearest to another on.
    oldest: Vec<u32>,
    reported: Vec<u32>,
    doubtful: Vec<u32>,
    near: Vec<u32>,
    /// For every value of a facet the rows that have it, in order.
    facets: BTreeMap<&'static str, BTreeMap<String, Vec<u32>>>,
    /// The states of each row: as many as its place says, from there on.
    states: Vec<u16>,
    states_from: Vec<u32>,
    /// Names of sorts, kinds and statuses.
    names: Vec<String>,
    /// The rows that passed the filters asked last, the latest first.
    remembered: Mutex<Vec<(Filter, Arc<Passing>)>>,
    /// How each word of documents and entries is spelled, with the word.
    pub(crate) spelled: OnceLock<Vec<(String, String)>>,
}

struct Row {
    number: i64,
    id: Box<str>,
    sort: u16,
    kind: Option<u16>,
    status: Option<u16>,
    earliest: Option<Date>,
    latest: Option<Date>,
    reported: Option<Date>,
    confidence: f64,
    conflicts: i64,
    judged: bool,
    near: Option<f64>,
}

/// The rows that pass.
struct Passing {
    which: Vec<bool>,
    count: usize,
}

impl Row {
    fn day(&self) -> Option<Date> {
        self.earliest.or(self.latest)
    }

    /// As an order of entries compares them.
    fn compare(&self, other: &Row, order: Order, look: Option<Look>) -> Ordering {
        let dated = |row: &Row| row.day().is_none();
        match (order, look) {
            (Order::Newest, _) => dated(self).cmp(&dated(other)).then(other.day().cmp(&self.day())),
            (Order::Oldest, _) => dated(self).cmp(&dated(other)).then(self.day().cmp(&other.day())),
            (Order::Reported, _) => self.reported.is_none().cmp(&other.reported.is_none()).then(other.reported.cmp(&self.reported)),
            (Order::Doubtful, Some(Look::Near)) => {
                other.near.unwrap_or(f64::NEG_INFINITY).total_cmp(&self.near.unwrap_or(f64::NEG_INFINITY))
            }
            (Order::Doubtful, _) => {
                let by_conflicts = self.judged.cmp(&other.judged).then(other.conflicts.cmp(&self.conflicts));
                by_conflicts.then(self.confidence.total_cmp(&other.confidence))
            }
        }
        .then_with(|| self.id.cmp(&other.id))
    }

    /// Its place in an order, as a cursor tells it.
    fn places(&self, order: Order, look: Option<Look>) -> Vec<Place> {
        let id = Place::Text(self.id.to_string());
        let by_day =
            |day: Option<Date>| [Place::Number(day.is_none().into()), day.map_or(Place::Nothing(()), |day| Place::Text(day.to_string()))];
        match (order, look) {
            (Order::Newest | Order::Oldest, _) => by_day(self.day()).into_iter().chain([id]).collect(),
            (Order::Reported, _) => by_day(self.reported).into_iter().chain([id]).collect(),
            (Order::Doubtful, Some(Look::Near)) => vec![self.near.map_or(Place::Nothing(()), Place::real), id],
            (Order::Doubtful, _) => {
                vec![Place::Number(self.judged.into()), Place::Number(self.conflicts), Place::real(self.confidence), id]
            }
        }
    }

    fn looked_for(&self, look: Look) -> bool {
        match look {
            Look::Unjudged => !self.judged,
            Look::Contradicted => !self.judged && self.conflicts > 0,
            Look::Near => !self.judged && self.near.is_some(),
        }
    }
}

impl Store {
    /// Asks a question of the record as it is now, whatever is written meanwhile, and of the index where it is of the same round.
    /// Returns the answer, and whether an index of this round was there.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn steadily<T>(&mut self, index: Option<Arc<Index>>, question: impl FnOnce(&mut Store) -> T) -> Result<(T, bool)> {
        self.connection.execute_batch("BEGIN")?;
        let round = crate::entries::round(&self.connection);
        self.index = round.as_ref().ok().and_then(|round| index.clone().filter(|index| index.round == *round));
        self.latest = index;
        let (answer, held) = (round.map(|_| question(self)), self.index.is_some());
        (self.index, self.latest) = (None, None);
        // a question that was stopped may have ended it
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("COMMIT")?;
        }
        Ok((answer?, held))
    }

    /// Whether an index is of the round in which the record is now.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn is_of_now(&self, index: &Index) -> Result<bool> {
        Ok(crate::entries::round(&self.connection)? == index.round)
    }

    /// The index, where it can answer the filter.
    pub(crate) fn index_for(&self, filter: &Filter) -> Option<&Index> {
        self.index.as_deref().filter(|_| filter.documents.is_empty())
    }

    /// The entries as they are now, in memory.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn index(&mut self) -> Result<Index> {
        let transaction = self.connection.transaction()?;
        let round = crate::entries::round(&transaction)?;
        let mut names: Vec<String> = Vec::new();
        let mut known: HashMap<String, u16> = HashMap::new();
        let mut named = |name: String| -> u16 {
            *known.entry(name).or_insert_with_key(|name| {
                names.push(name.clone());
                (names.len() - 1) as u16
            })
        };
        let mut rows = Vec::new();
        {
            let mut statement = transaction.prepare(
                "SELECT number, id, entry, kind, status, earliest, latest, confidence, conflicts, judged IS NOT NULL, near, last_reported FROM entries",
            )?;
            let mut found = statement.query([])?;
            while let Some(row) = found.next()? {
                let day = |column: usize| -> rusqlite::Result<Option<Date>> {
                    Ok(row.get_ref(column)?.as_str_or_null().ok().flatten().and_then(|day| day.parse().ok()))
                };
                rows.push(Row {
                    number: row.get(0)?,
                    id: row.get(1)?,
                    sort: named(row.get(2)?),
                    kind: row.get::<_, Option<String>>(3)?.map(&mut named),
                    status: row.get::<_, Option<String>>(4)?.map(&mut named),
                    earliest: day(5)?,
                    latest: day(6)?,
                    confidence: row.get(7)?,
                    conflicts: row.get(8)?,
                    judged: row.get(9)?,
                    near: row.get(10)?,
                    reported: day(11)?,
                });
            }
        }
        rows.sort_unstable_by(|one: &Row, other| one.compare(other, Order::Newest, None));
        let at: HashMap<i64, u32> = rows.iter().zip(0..).map(|(row, at)| (row.number, at)).collect();
        let mut facets = BTreeMap::new();
        for facet in FACETS {
            let mut values: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            let mut statement = transaction.prepare("SELECT value, entry FROM facets WHERE facet = ?1 ORDER BY value")?;
            let mut found = statement.query([facet])?;
            let (mut value, mut having) = (String::new(), Vec::new());
            while let Some(row) = found.next()? {
                let next = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
                if next != value {
                    values.insert(std::mem::replace(&mut value, next.to_owned()), std::mem::take(&mut having));
                }
                having.extend(at.get(&row.get(1)?));
            }
            values.insert(value, having);
            values.retain(|_, having| !having.is_empty());
            values.values_mut().for_each(|having| having.sort_unstable());
            facets.insert(facet, values);
        }
        drop(transaction);
        let (states_from, states) = columns(rows.len(), facets.get("state").into_iter().flat_map(BTreeMap::values));
        let ordered = |order: Order, look: Option<Look>| {
            let mut places: Vec<u32> = (0..rows.len() as u32).collect();
            places.sort_unstable_by(|one, other| rows[*one as usize].compare(&rows[*other as usize], order, look));
            places
        };
        let (oldest, reported) = (ordered(Order::Oldest, None), ordered(Order::Reported, None));
        let (doubtful, near) = (ordered(Order::Doubtful, None), ordered(Order::Doubtful, Some(Look::Near)));
        let (remembered, spelled) = (Mutex::default(), OnceLock::new());
        Ok(Index { round, rows, oldest, reported, doubtful, near, facets, states, states_from, names, remembered, spelled })
    }
}

/// For every row the numbers of the values that it has, one row after the other, and where those of each begin.
fn columns<'a>(rows: usize, values: impl Iterator<Item = &'a Vec<u32>> + Clone) -> (Vec<u32>, Vec<u16>) {
    let mut from = vec![0_u32; rows + 1];
    for row in values.clone().flatten() {
        from[*row as usize + 1] += 1;
    }
    for row in 0..rows {
        from[row + 1] += from[row];
    }
    let mut next = from.clone();
    let mut all = vec![0; from[rows] as usize];
    for (value, having) in values.enumerate() {
        for row in having {
            all[next[*row as usize] as usize] = value as u16;
            next[*row as usize] += 1;
        }
    }
    (from, all)
}

impl Index {
    fn numbers_of(&self, names: &[String]) -> Vec<u16> {
        let number = |name: &String| self.names.iter().position(|known| known == name).map(|at| at as u16);
        names.iter().filter_map(number).collect()
    }

    /// The rows that pass, wherever the page asked for begins.
    fn passing(&self, filter: &Filter) -> Arc<Passing> {
        let asked = Filter { after: None, ..filter.clone() };
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = remembered.iter().position(|(known, _)| *known == asked) {
            remembered[..=at].rotate_right(1);
            return Arc::clone(&remembered[0].1);
        }
        drop(remembered);
        let passing = Arc::new(self.passing_now(&asked));
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.insert(0, (asked, Arc::clone(&passing)));
        remembered.truncate(REMEMBERED);
        passing
    }

    fn passing_now(&self, filter: &Filter) -> Passing {
        let mut groups: Vec<(&str, &[String])> = Vec::new();
        for (facet, asked) in [("state", &filter.states), ("person", &filter.people), ("place", &filter.places)] {
            groups.extend(asked.iter().map(|group| (facet, group.as_slice())));
        }
        for (facet, any) in [("format", &filter.formats), ("language", &filter.languages)] {
            groups.extend((!any.is_empty()).then_some((facet, any.as_slice())));
        }
        let mut having: Option<Vec<bool>> = None;
        for (facet, group) in groups {
            let mut which = vec![false; self.rows.len()];
            for rows in group.iter().filter_map(|value| self.facets.get(facet)?.get(value)) {
                for row in rows {
                    which[*row as usize] = having.as_ref().is_none_or(|having| having[*row as usize]);
                }
            }
            having = Some(which);
        }
        let (sorts, kinds, statuses) =
            (self.numbers_of(&filter.entries), self.numbers_of(&filter.kinds), self.numbers_of(&filter.statuses));
        let any = |asked: &[String], numbers: &[u16], own: Option<u16>| asked.is_empty() || own.is_some_and(|own| numbers.contains(&own));
        let within = |row: &Row| {
            let since = filter.since.is_none_or(|day| row.latest.map_or(row.earliest.is_some(), |latest| latest >= day));
            let until = filter.until.is_none_or(|day| row.earliest.map_or(row.latest.is_some(), |earliest| earliest <= day));
            since && until
        };
        let passes = |row: &Row| {
            any(&filter.entries, &sorts, Some(row.sort))
                && any(&filter.kinds, &kinds, row.kind)
                && any(&filter.statuses, &statuses, row.status)
                && within(row)
                && filter.look.is_none_or(|look| row.looked_for(look))
        };
        let mut which = having.unwrap_or_else(|| vec![true; self.rows.len()]);
        let mut count = 0;
        for (which, row) in which.iter_mut().zip(&self.rows) {
            *which = *which && passes(row);
            count += usize::from(*which);
        }
        Passing { which, count }
    }

    pub(crate) fn count(&self, filter: &Filter) -> usize {
        self.passing(filter).count
    }

    /// How many entries there are of each sort.
    pub(crate) fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = vec![0; self.names.len()];
        self.rows.iter().for_each(|row| counts[row.sort as usize] += 1);
        self.names.iter().cloned().zip(counts).filter(|(_, count)| *count > 0).collect()
    }

    /// Every value of a facet with the number of its entries; `None` where the facet is not held.
    pub(crate) fn facet(&self, facet: &str) -> Option<Vec<(String, usize)>> {
        Some(self.facets.get(facet)?.iter().map(|(value, having)| (value.clone(), having.len())).collect())
    }

    /// The same of the entries that pass.
    pub(crate) fn tally(&self, filter: &Filter, facet: &str) -> Option<Vec<(String, usize)>> {
        let values = self.facets.get(facet)?;
        let passing = self.passing(filter);
        let count = |having: &Vec<u32>| having.iter().filter(|row| passing.which[**row as usize]).count();
        Some(values.iter().map(|(value, having)| (value.clone(), count(having))).filter(|(_, count)| *count > 0).collect())
    }

    pub(crate) fn days(&self, filter: &Filter) -> Vec<(Days, usize)> {
        let passing = self.passing(filter);
        let mut days: Vec<(Days, usize)> = Vec::new();
        // rows of a day stand beside each other
        for row in self.shown(&passing) {
            let own = (row.earliest, row.latest);
            match days.last_mut().filter(|(last, _)| *last == own) {
                Some((_, count)) => *count += 1,
                None => days.push((own, 1)),
            }
        }
        days.sort_unstable();
        days.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        days
    }

    fn shown(&self, passing: &Passing) -> impl Iterator<Item = &Row> {
        self.rows.iter().zip(&passing.which).filter(|(_, which)| **which).map(|(row, _)| row)
    }

    pub(crate) fn pairs(&self, filter: &Filter, most: Option<usize>) -> Vec<(String, String, usize)> {
        let Some(names) = self.facets.get("state") else { return Vec::new() };
        let names: Vec<&String> = names.keys().collect();
        let passing = self.passing(filter);
        let mut counts = vec![0_usize; names.len() * names.len()];
        for (row, _) in passing.which.iter().enumerate().filter(|(_, which)| **which) {
            let states = &self.states[self.states_from[row] as usize..self.states_from[row + 1] as usize];
            if states.len() <= TOGETHER {
                let pairs = states.iter().enumerate().flat_map(|(at, one)| states[at + 1..].iter().map(move |other| (*one, *other)));
                pairs.for_each(|(one, other)| counts[one as usize * names.len() + other as usize] += 1);
            }
        }
        // states are numbered in their order
        let mut pairs: Vec<(usize, usize)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        pairs.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        pairs.truncate(most.unwrap_or(usize::MAX));
        let named = |(at, count): (usize, usize)| (names[at / names.len()].clone(), names[at % names.len()].clone(), count);
        pairs.into_iter().map(named).collect()
    }

    /// The rows in the tables of the entries that pass, in the order asked for.
    pub(crate) fn numbers(&self, filter: &Filter, page: Page) -> Vec<i64> {
        let passing = self.passing(filter);
        let look = filter.look;
        let columns = page.order.columns(look);
        let further = |row: &Row| filter.after.as_ref().is_none_or(|cursor| cursor.is_before(&row.places(page.order, look), columns));
        let pick = |order: &mut dyn Iterator<Item = u32>| {
            let passes = |at: &u32| passing.which[*at as usize] && further(&self.rows[*at as usize]);
            let chosen = order.filter(passes).skip(page.offset).take(page.limit.unwrap_or(usize::MAX));
            chosen.map(|at| self.rows[at as usize].number).collect()
        };
        match (page.order, look) {
            _ if page.offset >= passing.count => Vec::new(),
            (Order::Newest, _) => pick(&mut (0..self.rows.len() as u32)),
            (Order::Oldest, _) => pick(&mut self.oldest.iter().copied()),
            (Order::Reported, _) => pick(&mut self.reported.iter().copied()),
            (Order::Doubtful, Some(Look::Near)) => pick(&mut self.near.iter().copied()),
            (Order::Doubtful, _) => pick(&mut self.doubtful.iter().copied()),
        }
    }
}

impl Cursor {
    /// Whether what stands at other places comes after this one.
    fn is_before(&self, places: &[Place], columns: &[(&str, bool)]) -> bool {
        for ((own, other), (_, greatest)) in self.places().iter().zip(places).zip(columns) {
            match own.compare(other) {
                Some(Ordering::Equal) => {}
                Some(order) => return (order == Ordering::Less) != *greatest,
                None => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::generated::various;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::Relaxed;

    /// Every filter of a few values, and none.
    fn filters() -> Vec<Filter> {
        let some = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let mut filters = vec![Filter::default()];
        let mut with = |set: &dyn Fn(&mut Filter)| {
            for mut filter in filters.clone() {
                set(&mut filter);
                filters.push(filter);
            }
        };
        with(&|filter| filter.entries = some(&["contact", "figure"]));
        with(&|filter| filter.states.push(some(&["KZ", "UZ"])));
        with(&|filter| filter.states.push(some(&["US"])));
        with(&|filter| filter.statuses = some(&["held", "open"]));
        with(&|filter| filter.since = "2023-03".parse::<chancery_model::Edtf>().ok().and_then(|date| date.earliest()));
        with(&|filter| filter.until = "2023-06-15".parse().ok());
        filters.push(Filter { people: vec![some(&["Leader One"])], ..Filter::default() });
        filters.push(Filter { people: vec![Vec::new()], ..Filter::default() });
        filters.push(Filter { places: vec![some(&["Astana, KZ"])], kinds: some(&["call", "nothing"]), ..Filter::default() });
        filters.push(Filter { formats: some(&["SCO"]), languages: some(&["cs", "de"]), ..Filter::default() });
        filters.push(Filter { documents: some(&["item-0004"]), ..Filter::default() });
        filters.extend([Look::Unjudged, Look::Contradicted, Look::Near].map(|look| Filter { look: Some(look), ..Filter::default() }));
        filters
    }

    fn ids(store: &Store, filter: &Filter, page: Page) -> Vec<String> {
        let mut ids = Vec::new();
        let take = |line: String| -> Result<()> {
            ids.push(serde_json::from_str::<chancery_model::record::Entry>(&line)?.id);
            Ok(())
        };
        store.entries(filter, page, take).expect("entries");
        ids
    }

    #[test]
    fn an_index_answers_as_the_tables_do() {
        let mut store = Store::in_memory().expect("a record");
        store.keep(&(0..60).map(various).collect::<Vec<_>>()).expect("kept");
        store.derive(&str::to_owned, &()).expect("derived");
        let index = Arc::new(store.index().expect("an index"));
        let mut found = 0;
        for filter in filters() {
            for order in [Order::Newest, Order::Oldest, Order::Reported, Order::Doubtful] {
                let answers = |store: &mut Store| {
                    let all = ids(store, &filter, Page { order, ..Page::default() });
                    let part = ids(store, &filter, Page { order, offset: 2, limit: Some(3) });
                    let cursor = all.get(1).and_then(|id| store.cursor(&filter, order, id).expect("a place"));
                    let after = ids(store, &Filter { after: cursor, ..filter.clone() }, Page { order, ..Page::default() });
                    assert_eq!(after, all[all.len().min(2)..], "{filter:?} {order:?}");
                    let counts = (store.count(&filter).expect("counted"), store.counts().expect("counted"));
                    let tallies = ["state", "place", "person"].map(|facet| store.tally(&filter, facet).expect("counted"));
                    let pairs = (store.pairs(&filter, None).expect("counted"), store.pairs(&filter, Some(1)).expect("counted"));
                    (all, part, counts, tallies, pairs, store.days(&filter).expect("counted"), store.facet("state").expect("counted"))
                };
                let by_tables = answers(&mut store);
                let (by_index, held) = store.steadily(Some(Arc::clone(&index)), answers).expect("asked");
                assert!(held);
                assert_eq!(by_index, by_tables, "{filter:?} {order:?}");
                found += by_tables.0.len();
            }
        }
        assert!(found > 1000, "only {found} were found");
    }

    /// Steps of SQLite's machine that questions of pages take over a record of as many documents.
    fn steps(documents: usize) -> Vec<usize> {
        let mut store = Store::in_memory().expect("a record");
        store.keep(&(0..documents).map(various).collect::<Vec<_>>()).expect("kept");
        store.derive(&str::to_owned, &()).expect("derived");
        let index = Arc::new(store.index().expect("an index"));
        let some = Filter { states: vec![vec!["KZ".to_owned()]], entries: vec!["contact".to_owned()], ..Filter::default() };
        let part = Page { order: Order::Oldest, offset: 3, limit: Some(5) };
        let questions: [&dyn Fn(&Store); 9] = [
            &|store| drop(store.counts().expect("counted")),
            &|store| _ = store.count(&some).expect("counted"),
            &|store| drop(ids(store, &some, part)),
            &|store| drop(store.pairs(&some, None).expect("counted")),
            &|store| drop(store.days(&some).expect("counted")),
            &|store| drop(store.tally(&some, "place").expect("counted")),
            &|store| _ = store.latest().expect("a day"),
            &|store| drop(store.ledger_page(crate::Outcome::ALL, 0, 5).expect("rows")),
            &|store| drop(store.changes(&crate::Since::default(), 5).expect("changes")),
        ];
        let counted = |question: &&dyn Fn(&Store)| {
            let count = Arc::new(AtomicUsize::new(0));
            let counting = Arc::clone(&count);
            let tick = move || {
                counting.fetch_add(1, Relaxed);
                false
            };
            store.connection.progress_handler(1, Some(tick)).expect("a counter");
            store.steadily(Some(Arc::clone(&index)), |store| question(store)).expect("asked");
            count.load(Relaxed)
        };
        questions.iter().map(counted).collect()
    }

    #[test]
    fn a_larger_record_takes_no_more_steps() {
        let (small, large) = (steps(60), steps(300));
        for (question, (small, large)) in small.into_iter().zip(large).enumerate() {
            assert!(large < small + 40, "question {question}: {small} and {large} steps");
        }
    }

    #[test]
    fn an_index_of_another_round_is_not_asked() {
        let mut store = Store::in_memory().expect("a record");
        store.keep(&[various(1)]).expect("kept");
        store.derive(&str::to_owned, &()).expect("derived");
        let index = Arc::new(store.index().expect("an index"));
        store.keep(&(2..30).map(various).collect::<Vec<_>>()).expect("kept");
        store.derive(&str::to_owned, &()).expect("derived");
        let counted = |store: &mut Store| store.count(&Filter::default()).expect("counted");
        let (count, held) = store.steadily(Some(index), counted).expect("asked");
        assert!(!held && count > 5, "{count}");
    }

    #[test]
    fn how_words_are_spelled_is_known_from_the_round_before() {
        let spelling: Spelling = |word| Some(word.to_uppercase());
        let mut store = Store::in_memory().expect("a record");
        store.keep(&[various(1)]).expect("kept");
        store.derive(&str::to_owned, &()).expect("derived");
        let index = Arc::new(store.index().expect("an index"));
        let ask = |store: &mut Store| store.spelled(&["TELLS", "0005"], spelling).expect("words");
        let known = store.steadily(Some(Arc::clone(&index)), ask).expect("asked").0;
        assert_eq!(known, [(0, "tells".to_owned())]);
        store.keep(&(2..9).map(various).collect::<Vec<_>>()).expect("kept");
        store.derive(&str::to_owned, &()).expect("derived");
        assert_eq!(store.steadily(Some(index), ask).expect("asked"), (known, false));
        let now = Arc::new(store.index().expect("an index"));
        assert_eq!(store.steadily(Some(now), ask).expect("asked").0.len(), 2);
    }
}
