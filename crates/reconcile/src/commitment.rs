//! What was undertaken, and what became of it.
//!
//! In: claims of commitments, the contacts of the record. Out: their entries with outcome. Never: takes one as kept without a claim
//! that shows it; asks a clock what is overdue.

use crate::group::{Link, grouped, made_of};
use crate::independence::{Copies, days_between};
use crate::judgement::Verdicts;
use crate::occasion::Occasions;
use crate::outcome::{Fulfilments, Outcome};
use crate::paper::{Claim, Paper, claims};
use crate::report::Commitment;
use crate::stand::Stand;
use crate::wording::Wording;
use chancery_model::Edtf;
use chancery_model::record::{self, Content, Entry, Said};
use std::collections::BTreeMap;

/// Days between reports of one commitment.
const REPORTED_WITHIN: i32 = 10;
/// Commitments of the same parties that a commitment is compared with.
const COMPARED: usize = 100;

pub(crate) fn entries(
    papers: &[Paper<'_>],
    copies: &Copies,
    occasions: &Occasions<'_>,
    contacts: &[Entry],
    verdicts: &Verdicts,
    take: &mut dyn FnMut(Entry),
) {
    let claims: Vec<Claim<'_, Commitment>> = claims(papers, &verdicts.rejected);
    let wordings: Vec<Wording> = claims.iter().map(|claim| Wording::of(&claim.body.action)).collect();
    let mut parties: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        parties.entry(sorted(&claim.body.parties)).or_default().push(index);
    }
    let mut links = Vec::new();
    for alike in parties.into_values() {
        for (at, &one) in alike.iter().enumerate() {
            links.extend(
                alike[at + 1..].iter().take(COMPARED).filter_map(|&other| link(papers, copies, occasions, &claims, &wordings, one, other)),
            );
        }
    }
    let fulfilments = Fulfilments::of(contacts);
    let latest = papers.iter().filter_map(|paper| paper.published).max();
    let entry = |(members, links): (Vec<usize>, Vec<Link>)| {
        let own: Vec<&Claim<'_, Commitment>> = members.iter().map(|&claim| &claims[claim]).collect();
        let stand = Stand::of(papers, copies, own.iter().copied());
        let first = own[stand.first()].body;
        let bodies = || own.iter().enumerate().map(|(backer, claim)| (claim.body, backer));
        let due = due(&own);
        let about: Vec<&Entry> = own.iter().flat_map(|claim| occasions.on_words(&papers[claim.paper], &claim.body.span)).collect();
        let reported = own.iter().filter_map(|claim| papers[claim.paper].published).min();
        let Outcome { word, history, shown_by } = fulfilments.outcome(&stand, &about, reported, due.as_ref(), latest);
        let named = sorted(&first.parties);
        let on = own.iter().find_map(|claim| occasions.with(&papers[claim.paper], &named)).map(str::to_owned);
        let wordings: Vec<Said<String>> = stand.said(bodies().map(|(commitment, backer)| (commitment.action.clone(), backer)));
        let content = Content::Commitment(Box::new(record::Commitment {
            parties: stand
                .listed(bodies().flat_map(|(commitment, backer)| commitment.parties.iter().map(move |party| (party.clone(), backer)))),
            status: first.status,
            action: first.action.clone(),
            wordings,
            due,
            reported: stand.paper(stand.first()).source.published.clone(),
            outcome: word,
            history,
            on,
            shown_by,
        }));
        stand.entry(content, Vec::new(), stand.joins(&links, &|claim| claims[claim].id.clone()), Vec::new(), verdicts)
    };
    made_of(grouped(&claims, links, verdicts).groups, entry, take);
}

fn sorted(parties: &[String]) -> Vec<&str> {
    let mut parties: Vec<&str> = parties.iter().map(String::as_str).collect();
    parties.sort_unstable();
    parties
}

/// The most exact day until when; the earliest of equals.
fn due(own: &[&Claim<'_, Commitment>]) -> Option<Edtf> {
    own.iter().filter_map(|claim| claim.body.due.clone()).max_by_key(|due| (due.precision(), std::cmp::Reverse(due.clone())))
}

/// Whether its document tells of no other that binds the same parties until then.
fn alone(claims: &[Claim<'_, Commitment>], index: usize) -> bool {
    let claim = &claims[index];
    let same =
        |other: &&Claim<'_, Commitment>| sorted(&other.body.parties) == sorted(&claim.body.parties) && other.body.due == claim.body.due;
    of_paper(claims, claim.paper).iter().filter(same).count() == 1
}

/// The claims of one paper.
fn of_paper<'c, 'a>(claims: &'c [Claim<'a, Commitment>], paper: usize) -> &'c [Claim<'a, Commitment>] {
    let from = claims.partition_point(|other| other.paper < paper);
    let to = claims.partition_point(|other| other.paper <= paper);
    &claims[from..to]
}

/// Which of the undertakings of the same parties in its document it is, and how many there are.
fn ordinal(claims: &[Claim<'_, Commitment>], index: usize) -> (usize, usize) {
    let claim = &claims[index];
    let same = |other: &&Claim<'_, Commitment>| sorted(&other.body.parties) == sorted(&claim.body.parties);
    let own = of_paper(claims, claim.paper);
    let before = own.iter().filter(same).take_while(|other| other.id != claim.id).count();
    (before, own.iter().filter(same).count())
}

/// Whether two undertakings of the same parties are one: told of one occasion, in the same words, or in two languages with the same
/// names and numbers.
fn link(
    papers: &[Paper<'_>],
    copies: &Copies,
    occasions: &Occasions<'_>,
    claims: &[Claim<'_, Commitment>],
    wordings: &[Wording],
    one: usize,
    other: usize,
) -> Option<Link> {
    let (first, second) = (&claims[one], &claims[other]);
    let (paper, other_paper) = (&papers[first.paper], &papers[second.paper]);
    if let (Some(due), Some(other)) = (&first.body.due, &second.body.due)
        && !due.compatible(other)
    {
        return None;
    }
    let near = match (paper.told, other_paper.told) {
        (Some((told, _)), Some((other, _))) => days_between(told, other).abs() <= REPORTED_WITHIN,
        _ => false,
    };
    let one_occasion = || !occasions.ids(paper).is_disjoint(&occasions.ids(other_paper));
    let link = |weight: f64, reason: &str| Some(Link { one, other, weight, reason: reason.to_owned() });
    if paper.source.language == other_paper.source.language {
        let same = wordings[one].repeats(&wordings[other]) && (near || one_occasion());
        return if same { link(3.0, "the same parties and the same words") } else { None };
    }
    if copies.are_one(first.paper, second.paper) && ordinal(claims, one) == ordinal(claims, other) {
        return link(2.5, "the same parties, and the same place among what they undertook in a text and its translation");
    }
    let same_day = || first.body.due.is_some() && first.body.due == second.body.due && alone(claims, one) && alone(claims, other);
    if same_day() && one_occasion() {
        return link(1.5, "the only ones of these parties on one occasion that are due then");
    }
    let translated = wordings[one].translates(&wordings[other]) && one_occasion();
    if translated { link(2.0, "the same parties and occasion, and the same names and numbers in two languages") } else { None }
}
