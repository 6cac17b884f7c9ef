//! What holds for every record: the same documents give the same record in whatever order and however often they come; judgements
//! outlive a rebuild.
//!
//! In: the examples that tell the same events. Out: nothing. Never: a real article.

use chancery::record::review::{accept, correct, keys_of, merge, reject, split};
use chancery::record::{Decision, Entry, Error, Filter, Ingest, Judgement, Keeping, Key, Order, Page, Store, Verdict, ingest};
use chancery::source::Item;
use chancery::{Document, Library, examples};
use proptest::prelude::*;
use std::sync::OnceLock;

/// Documents that the tests work on.
const DOCUMENTS: usize = 36;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::built_in().unwrap_or_else(|error| panic!("{error}")))
}

fn documents() -> &'static [Document] {
    static DOCUMENTS_OF: OnceLock<Vec<Document>> = OnceLock::new();
    DOCUMENTS_OF.get_or_init(|| examples::record().into_iter().take(DOCUMENTS).collect())
}

fn names(code: &str) -> String {
    library().name_of(code)
}

fn take_in(store: &mut Store, documents: impl IntoIterator<Item = Document>, reader: &str) {
    let mut items = documents.into_iter().map(|document| Item::Read {
        source: document.id.clone(),
        document: Box::new(document),
        notes: Vec::new(),
        raw: None,
    });
    let how = Ingest { reader: reader.to_owned(), limit: None, keeping: Keeping::Kept, threads: None };
    ingest(store, library(), &mut items, &how, &mut |_| {}).expect("kept");
    store.derive(&names, library()).expect("derived");
}

fn dump(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    let page = Page { order: Order::Oldest, ..Page::default() };
    let take = |line| -> Result<(), Error> {
        lines.push(line);
        Ok(())
    };
    store.entries(&Filter::default(), page, take).expect("entries");
    lines
}

fn entries(store: &Store) -> Vec<Entry> {
    dump(store).iter().map(|line| serde_json::from_str(line).expect("an entry")).collect()
}

fn whole() -> &'static [String] {
    static WHOLE: OnceLock<Vec<String>> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let mut store = Store::in_memory().expect("a record");
        take_in(&mut store, documents().iter().cloned(), "1");
        dump(&store)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_repetition_nor_parts_change_a_byte(
        order in Just((0..DOCUMENTS).collect::<Vec<_>>()).prop_shuffle(),
        cuts in proptest::collection::vec(0..DOCUMENTS, 0..4),
        again in proptest::collection::vec(0..DOCUMENTS, 0..12),
    ) {
        let mut store = Store::in_memory().expect("a record");
        let mut cuts = cuts;
        cuts.sort_unstable();
        let mut begin = 0;
        for end in cuts.into_iter().chain([order.len()]) {
            let part = order[begin..end].iter().chain(again.iter().filter(|index| order[..end].contains(index)));
            take_in(&mut store, part.map(|index| documents()[*index].clone()), "1");
            begin = end;
        }
        prop_assert_eq!(dump(&store), whole());
        prop_assert!(store.check().is_ok());
    }
}

#[test]
fn the_record_follows_a_changed_a_withdrawn_and_a_restored_document() {
    let mut store = Store::in_memory().expect("a record");
    let last = documents().len() - 1;
    let mut other = documents()[last].clone();
    other.text = "Nothing of note happened.".to_owned();
    let without = {
        let mut store = Store::in_memory().expect("a record");
        take_in(&mut store, documents()[..last].iter().cloned(), "1");
        dump(&store)
    };
    take_in(&mut store, documents().iter().cloned(), "1");
    take_in(&mut store, [other], "1");
    assert_eq!(dump(&store), without);
    take_in(&mut store, [documents()[last].clone()], "1");
    assert_eq!(dump(&store), whole());
    assert_eq!(store.document(&documents()[last].id).expect("read").map(|kept| kept.version), Some(3));
    assert!(store.withdraw(&documents()[last].id, "retracted").expect("written"));
    store.derive(&names, library()).expect("derived");
    assert_eq!(dump(&store), without);
    assert!(store.restore(&documents()[last].id).expect("written"));
    store.derive(&names, library()).expect("derived");
    assert_eq!(dump(&store), whole());
}

/// Decisions at random about the entries of a record.
fn decisions(store: &Store, count: usize) -> Vec<Decision> {
    let entries = entries(store);
    let mut random = 88_172_645_463_325_252_u64;
    let mut pick = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random as usize % below.max(1)
    };
    let mut decided = Vec::new();
    while decided.len() < count {
        let (one, other) = (&entries[pick(entries.len())], &entries[pick(entries.len())]);
        let keys = |entry: &Entry, id: &str| keys_of(store, entry, id).expect("keys");
        let claim = &one.claims[pick(one.claims.len())].claim;
        decided.extend(match pick(6) {
            0 => accept(&keys(one, &one.id)),
            1 => reject(&keys(one, claim)),
            2 => correct(&keys(one, claim), "date", "2024-05-21"),
            3 => merge(&keys(one, &one.id), &keys(other, &other.id)),
            4 if !decided.is_empty() => vec![Decision::undo(pick(decided.len()) as u64 + 1)],
            _ => split(&keys(one, claim), &keys(one, &one.id)),
        });
    }
    decided.truncate(count);
    decided
}

#[test]
fn a_thousand_judgements_apply_again_or_are_reported() {
    let mut store = Store::in_memory().expect("a record");
    take_in(&mut store, documents().iter().cloned(), "1");
    let decisions = decisions(&store, 1000);
    let verdict = Verdict { author: "A".to_owned(), reason: "B".to_owned(), given_at: "2024-05-20T10:00:00Z".to_owned() };
    store.judge(&decisions, &verdict).expect("kept");
    let judged = store.derive(&names, library()).expect("derived");
    let after = dump(&store);
    // a correction of a claim that another judgement rejects, or of what its entry does not have, applies to nothing and is reported
    let correction = |number: &u64| matches!(&decisions[*number as usize - 1], Decision::Judgement(Judgement::Correct { .. }));
    assert!(judged.orphans.iter().all(correction), "{:?}", judged.orphans);
    assert_ne!(after, whole());
    // derived once more, and read again by a newer version: the same
    assert_eq!(store.derive(&names, library()).expect("derived").changed, Vec::<String>::new());
    chancery::record::read_again(&mut store, library(), "2").expect("read");
    store.derive(&names, library()).expect("derived");
    assert_eq!(dump(&store), after);
    // without half of the documents, what rests on them is reported and nothing else
    let gone: Vec<&str> = documents().iter().step_by(2).map(|document| document.id.as_str()).collect();
    let hashes: Vec<String> = gone.iter().filter_map(|id| Some(store.document(id).expect("read")?.sha256)).collect();
    for id in &gone {
        store.withdraw(id, "retracted").expect("written");
    }
    let orphans = store.derive(&names, library()).expect("derived").orphans;
    let lost = |key: &Key| hashes.contains(&key.sha256);
    let rests_on = |decision: &Decision| match decision {
        Decision::Judgement(Judgement::Merge { one, other }) => lost(one) || lost(other),
        Decision::Judgement(Judgement::Split { one, other }) => one.iter().all(lost) || other.iter().all(lost),
        Decision::Judgement(
            Judgement::Accept { claim } | Judgement::Reject { claim } | Judgement::Unsure { claim } | Judgement::Correct { claim, .. },
        ) => lost(claim),
        Decision::Undo { .. } => false,
    };
    let log = store.log().expect("a log");
    let expected: Vec<u64> = log.iter().filter(|judged| judged.counts && rests_on(&judged.decision)).map(|judged| judged.number).collect();
    assert!(!expected.is_empty() && expected.iter().all(|number| orphans.contains(number)));
    assert!(orphans.iter().all(|number| expected.contains(number) || correction(number)));
    assert_eq!(store.log().expect("a log").iter().filter(|judged| judged.orphan).count(), orphans.len());
}
