//! What was said, in the wordings of all documents.
//!
//! In: claims of statements. Out: their entries. Never: joins what two persons said, or words that only look alike.

use crate::group::{Link, grouped, made_of};
use crate::independence::{Copies, days_between};
use crate::judgement::Verdicts;
use crate::occasion::Occasions;
use crate::paper::{Claim, Paper, claims};
use crate::people::People;
use crate::report::{Party, Statement};
use crate::stand::Stand;
use crate::wording::Wording;
use chancery_model::record::{self, Content, Entry, Person, Said};
use std::collections::BTreeMap;

/// Days between reports of the same words.
const REPEATED_WITHIN: i32 = 14;
/// Days between reports of the same words in two languages.
const TRANSLATED_WITHIN: i32 = 3;
/// How far from each other the same words may stand in a text and its translation, as shares of both.
const SAME_PLACE: f64 = 0.03;
/// Statements of a person that a statement is compared with.
const COMPARED: usize = 200;

pub(crate) fn entries<'a>(
    papers: &[Paper<'a>],
    copies: &Copies,
    people: &'a People<'a>,
    occasions: &Occasions<'_>,
    verdicts: &Verdicts,
    take: &mut dyn FnMut(Entry),
) {
    let claims: Vec<Claim<'a, Statement>> = claims(papers, &verdicts.rejected);
    let wordings: Vec<Wording> = claims.iter().map(|claim| Wording::of(&claim.body.text)).collect();
    let mut speakers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        if let Some(speaker) = &claim.body.speaker {
            speakers.entry(people.who(speaker).key()).or_default().push(index);
        }
    }
    let mut links = Vec::new();
    for said in speakers.into_values() {
        for (at, &one) in said.iter().enumerate() {
            // claims come by day of publication: what was said later is no report of the same words
            let near = |other: &&usize| {
                apart(&papers[claims[one].paper], &papers[claims[**other].paper]).is_none_or(|days| days <= REPEATED_WITHIN)
            };
            let following = said[at + 1..].iter().take(COMPARED).take_while(near);
            links.extend(following.filter_map(|&other| link(papers, copies, &claims, &wordings, one, other)));
        }
    }
    let grouped = grouped(&claims, links, verdicts);
    let entry = |(members, links): (Vec<usize>, Vec<Link>)| {
        let own: Vec<&Claim<'a, Statement>> = members.iter().map(|&claim| &claims[claim]).collect();
        let stand = Stand::of(papers, copies, own.iter().copied());
        let first = own[stand.first()].body;
        let who = |party: &'a Party| {
            let who = people.who(party);
            Person { name: who.name.to_owned(), qid: who.item.map(str::to_owned), office: party.office.clone() }
        };
        let speaker = own.iter().find_map(|claim| claim.body.speaker.as_ref()).map(who);
        let addressee = own.iter().find_map(|claim| claim.body.addressee.as_ref()).map(who);
        let named: Vec<&str> = speaker.iter().chain(&addressee).map(|person| person.name.as_str()).collect();
        let on = members.iter().find_map(|&claim| occasions.with(&papers[claims[claim].paper], &named)).map(str::to_owned);
        let wordings: Vec<Said<String>> = stand.said(own.iter().enumerate().map(|(backer, claim)| (claim.body.text.clone(), backer)));
        let content = Content::Statement(Box::new(record::Statement {
            speaker,
            addressee,
            quoted: own.iter().any(|claim| claim.body.quoted),
            text: first.text.clone(),
            wordings,
            reported: stand.paper(stand.first()).source.published.clone(),
            on,
        }));
        stand.entry(content, Vec::new(), stand.joins(&links, &|claim| claims[claim].id.clone()), Vec::new(), verdicts)
    };
    made_of(grouped.groups, entry, take);
}

/// Whether two statements of one person are one.
fn link(
    papers: &[Paper<'_>],
    copies: &Copies,
    claims: &[Claim<'_, Statement>],
    wordings: &[Wording],
    one: usize,
    other: usize,
) -> Option<Link> {
    let (first, second) = (&claims[one], &claims[other]);
    let (paper, other_paper) = (&papers[first.paper], &papers[second.paper]);
    let apart = apart(paper, other_paper);
    let link = |weight: f64, reason: &str| Some(Link { one, other, weight, reason: reason.to_owned() });
    let (words, other_words) = (&wordings[one], &wordings[other]);
    if paper.source.language == other_paper.source.language {
        return if words.repeats(other_words) { link(4.0, "the same speaker and the same words") } else { None };
    }
    if first.paper == second.paper || first.body.quoted != second.body.quoted || !words.as_long(other_words) {
        return None;
    }
    if copies.are_one(first.paper, second.paper) {
        let apart = (place(claims, one) - place(claims, other)).abs();
        let reason = "the same speaker, and the same place in a text and its translation";
        return if apart <= SAME_PLACE { link(3.0 - apart, reason) } else { None };
    }
    let near = apart.is_some_and(|days| days <= TRANSLATED_WITHIN);
    if near && words.translates(other_words) {
        link(2.0, "the same speaker, and the same names and numbers in two languages")
    } else {
        None
    }
}

/// Days between two reports, where they are known.
fn apart(one: &Paper<'_>, other: &Paper<'_>) -> Option<i32> {
    let ((_, told), (other, _)) = (one.told?, other.told?);
    Some(days_between(told, other).abs())
}

/// Where it stands in its document, from 0 at the beginning to 1 at the last statement.
fn place(claims: &[Claim<'_, Statement>], index: usize) -> f64 {
    let claim = &claims[index];
    let from = claims.partition_point(|other| other.paper < claim.paper);
    let to = claims.partition_point(|other| other.paper <= claim.paper);
    let last = claims[from..to].iter().map(|other| other.body.span.end).max().unwrap_or(1);
    claim.body.span.start as f64 / last.max(1) as f64
}
