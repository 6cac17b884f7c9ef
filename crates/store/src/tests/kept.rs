//! What came in stays, whoever asks for it to go.
//!
//! In: generated documents. Out: nothing. Never: a way round the triggers.

use super::generated::{arrival, key};
use crate::{Decision, Filter, Order, Page, Store, Verdict};
use chancery_model::record::{Content, Entry};
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

#[test]
fn a_list_shows_a_few_of_many_claims_and_every_value_with_its_sources() {
    let of_one_day = |number: usize| {
        let mut arrival = arrival(number);
        let new = arrival.reading.as_mut().expect("read");
        let (told, day) = (new.published.as_ref().expect("dated").to_string(), if number == 30 { "2023-01-03" } else { "2023-01-01" });
        new.reading = new.reading.replace(&told, "2023-01-01");
        new.published = day.parse().ok();
        arrival
    };
    let mut store = Store::in_memory().expect("a record");
    store.keep(&(0..50).map(of_one_day).collect::<Vec<_>>()).expect("kept");
    store.derive(&str::to_owned, &()).expect("derived");
    let page = Page { order: Order::Newest, offset: 0, limit: None };
    let (mut whole, mut brief) = (Vec::new(), Vec::new());
    let entry = |line: &str| -> Entry { serde_json::from_str(line).expect("an entry") };
    store
        .entries(&Filter::default(), page, |line| {
            whole.push(entry(&line));
            crate::Result::Ok(())
        })
        .expect("asked");
    store
        .briefs(&Filter::default(), page, |line| {
            brief.push(entry(&line));
            crate::Result::Ok(())
        })
        .expect("asked");
    assert_eq!((whole.len(), whole[0].claims.len(), brief[0].claims.len()), (1, 50, 20));
    assert_eq!(Some(&brief[0]), whole[0].brief(20).as_ref());
    assert_eq!(whole[0].brief(50), None);
    assert_eq!((&brief[0].id, brief[0].support.documents), (&whole[0].id, 50));
    assert_eq!((brief[0].support.sources, &brief[0].support.outlets), (1, &whole[0].support.outlets));
    let (Content::Contact(whole), Content::Contact(shown)) = (&whole[0].content, &brief[0].content) else { panic!("contacts") };
    assert_eq!((whole.states.len(), whole.dates.len()), (shown.states.len(), shown.dates.len()));
    assert!(whole.states.iter().zip(&shown.states).all(|(all, few)| all.sources == few.sources && few.claims.len() == 20));
    let last = brief[0].claims.iter().filter_map(|backing| backing.published.as_ref()).max();
    assert_eq!(last.map(ToString::to_string).as_deref(), Some("2023-01-03"), "the last report is among the few");
    assert_eq!(store.id_of(&key(49).claim_id()).expect("asked").as_ref(), Some(&brief[0].id));
}
