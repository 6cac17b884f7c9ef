//! What came in stays, whoever asks for it to go.
//!
//! In: generated documents. Out: nothing. Never: a way round the triggers.

use super::generated::{arrival, key};
use crate::{Decision, Store, Verdict};
use chancery_reconcile::Judgement;

fn derived() -> Store {
    let mut store = Store::in_memory().expect("a record");
    store.keep(&(0..8).map(arrival).collect::<Vec<_>>()).expect("kept");
    store.derive(&str::to_owned, &()).expect("derived");
    store
}

#[test]
fn nothing_that_came_in_is_changed_or_removed() {
    let mut store = derived();
    let verdict = Verdict { author: "A".to_owned(), reason: "B".to_owned(), given_at: "2024-05-20T10:00:00Z".to_owned() };
    store.judge(&[Decision::Judgement(Judgement::Reject { claim: key(1) })], &verdict).expect("kept");
    for attempt in [
        "DELETE FROM documents WHERE number = 1",
        "DELETE FROM readings WHERE number = 1",
        "UPDATE readings SET reading = x'00' WHERE number = 1",
        "DELETE FROM judgements WHERE number = 1",
        "UPDATE judgements SET reason = 'C' WHERE number = 1",
    ] {
        let told = store.connection.execute(attempt, []).expect_err(attempt);
        assert!(told.to_string().contains("only ever added"), "{attempt}: {told}");
    }
}

#[test]
fn a_withdrawn_document_counts_no_more_until_it_is_restored() {
    let mut store = derived();
    let told = |store: &Store, number| store.entry(&key(number).claim_id()).expect("asked").map_or(0, |entry| entry.claims.len());
    assert_eq!((told(&store, 0), told(&store, 1)), (2, 2));
    assert!(store.withdraw("item-0000", "retracted").expect("written"));
    store.derive(&str::to_owned, &()).expect("derived");
    assert_eq!((told(&store, 0), told(&store, 1)), (0, 1));
    assert!(store.restore("item-0000").expect("written"));
    store.derive(&str::to_owned, &()).expect("derived");
    assert_eq!((told(&store, 0), told(&store, 1)), (2, 2));
}

#[test]
fn every_id_that_an_entry_or_its_claim_has_leads_to_it() {
    let store = derived();
    let (own, twin) = (key(0).claim_id(), key(1).claim_id());
    let ids = [own.clone(), twin.clone(), own.replacen("c-", "e-", 1), twin.replacen("c-", "e-", 1)];
    let found: Vec<String> = ids.iter().map(|id| store.entry(id).expect("asked").expect("an entry").id).collect();
    assert!(found.iter().all(|id| *id == found[0]), "{found:?}");
}
