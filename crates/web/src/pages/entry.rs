//! An entry with everything that stands behind it.
//!
//! In: an id. Out: its page, or its JSON; an id that it had before leads to it. Never: hides where claims differ.

use super::judge;
use super::list::further;
use crate::app::App;
use crate::asked::Asked;
use crate::door::Visitor;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::cells::{Teller, number};
use crate::view::direction::direction;
use crate::view::layout::Frame;
use crate::view::passages::{Mark, paragraphs};
use crate::view::{address, dates};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use chancery::record::{Backing, Conflict, Content, Entry, Join, KeptDocument, Order, Page, Person, Said, SideView, Step, Store};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/entry/{id}", get(page))
}

/// Claims on a page, with their paragraphs.
const SHOWN: usize = 50;
/// Claims beside a value, reasons of joins, outlets; how many more there are is told, and all are in the JSON.
pub const FEW: usize = 20;

/// How many more there are than are shown.
pub fn beyond(all: usize) -> Markup {
    html! { @if all > FEW { " " span.note { "+ " (all - FEW) } } }
}

/// The entry of an id.
pub fn find(store: &Store, id: &str) -> Result<Entry, Problem> {
    store.entry(id)?.ok_or_else(|| Problem::not_found(format!("no entry {id:?} in the record")))
}

/// What a page of an entry shows beside it.
struct Around {
    entry: Entry,
    /// Which of its claims the page shows.
    page: Page,
    documents: BTreeMap<String, KeptDocument>,
    related: Vec<(&'static str, Entry)>,
}

impl Around {
    fn of(store: &Store, id: &str, page: Page) -> Result<Around, Problem> {
        let entry = find(store, id)?;
        let sides = match &entry.content {
            Content::Contact(contact) => contact.sides.as_slice(),
            _ => &[],
        };
        // (an entry may have ten thousand claims: only documents that the page names are taken from the record)
        let values = entry.conflicts.iter().flat_map(|conflict| &conflict.values).map(|value| &value.claims);
        let named: BTreeSet<&String> =
            values.chain(sides.iter().map(|side| &side.claims)).flat_map(|claims| claims.iter().take(FEW)).collect();
        let mut documents = BTreeMap::new();
        let shown = page.offset..page.offset.saturating_add(page.limit.unwrap_or(SHOWN));
        let told = |(place, backing): &(usize, &Backing)| shown.contains(place) || named.contains(&backing.claim);
        for (_, backing) in entry.claims.iter().enumerate().filter(told) {
            if let Some(document) = store.document(&backing.document)? {
                documents.insert(backing.document.clone(), document);
            }
        }
        let ids: Vec<(&'static str, &String)> = match &entry.content {
            Content::Contact(contact) => {
                let holds = contact.holds.iter().map(|id| ("holds", id));
                contact.part_of.iter().map(|id| ("part-of", id)).chain(holds).collect()
            }
            Content::Statement(statement) => statement.on.iter().map(|id| ("on", id)).collect(),
            Content::Commitment(commitment) => {
                let shown = commitment.shown_by.iter().map(|id| ("shown-by", id));
                commitment.on.iter().map(|id| ("on", id)).chain(shown).collect()
            }
            Content::Figure(_) | Content::Standing(_) => Vec::new(),
        };
        let mut related = Vec::new();
        for (how, id) in ids {
            if let Some(other) = store.entry(id)? {
                related.push((how, other));
            }
        }
        Ok(Around { entry, page, documents, related })
    }

    /// The claims that the page shows.
    fn shown(&self) -> &[Backing] {
        let from = self.page.offset.min(self.entry.claims.len());
        let to = self.page.offset.saturating_add(self.page.limit.unwrap_or(SHOWN)).min(self.entry.claims.len());
        &self.entry.claims[from..to.max(from)]
    }

    /// Where a claim stands: on this page or another of the same entry.
    fn address_of(&self, place: usize, backing: &Backing) -> String {
        let size = self.page.limit.unwrap_or(SHOWN);
        let shown = self.page.offset..self.page.offset.saturating_add(size);
        let page = if shown.contains(&place) {
            String::new()
        } else {
            format!("{}?offset={}", address("entry", &self.entry.id), place / SHOWN * SHOWN)
        };
        format!("{page}#{}", backing.claim)
    }

    /// The title of the document of a claim.
    fn title<'a>(&'a self, backing: &'a Backing) -> &'a str {
        let document = self.documents.get(&backing.document);
        document.and_then(|kept| kept.title.as_deref().or(kept.document.title.as_deref())).unwrap_or(&backing.document)
    }
}

async fn page(
    State(app): State<Arc<App>>,
    texts: &'static Texts,
    visitor: Visitor,
    asked: Asked,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (id, data) = match id.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (id, false),
    };
    let wanted = id.clone();
    let claims = asked.page(Order::Newest, SHOWN)?;
    let around = app.ask(move |store| Around::of(store, &wanted, claims)).await?;
    let ending = if data { ".json" } else { "" };
    if around.entry.id != id {
        let now = format!("{}{ending}", address("entry", &around.entry.id));
        return Ok(Redirect::to(&asked.address(&now)).into_response());
    }
    if data {
        return Ok(([(header::CONTENT_TYPE, "application/json")], serde_json::to_string(&around.entry)?).into_response());
    }
    let teller = Teller { app: &app, texts };
    let entry = &around.entry;
    let title = title(teller, entry);
    let here = match &entry.content {
        Content::Contact(_) => "contacts",
        Content::Statement(_) => "statements",
        Content::Commitment(_) => "commitments",
        Content::Figure(_) => "figures",
        Content::Standing(_) => "standings",
    };
    let path = address("entry", &entry.id);
    let page = Frame { texts, title: &title, here, asked: Some((&path, &Asked::default())), data: &["json"] }.with(html! {
        article.entry {
            div.lead { (teller.told(entry)) }
            (facts(teller, entry))
            (support(teller, entry))
            @if !entry.conflicts.is_empty() { section { h2 { (texts.get("conflicts")) } @for conflict in &entry.conflicts { (self::conflict(teller, &around, conflict)) } } }
            (of_content(teller, &around))
            @for (how, other) in &around.related { section { h2 { (texts.get(how)) } (teller.list(std::slice::from_ref(other))) } }
            section {
                h2 { (texts.get("evidence")) }
                @if around.shown().len() < entry.claims.len() {
                    p.count role="status" { (texts.get("shown")) " " (claims.offset + 1) "–" (claims.offset + around.shown().len()) " / " (entry.claims.len()) }
                }
                @for backing in around.shown() { (claim(teller, &around, backing)) }
                (further(texts, &path, &asked, claims, entry.claims.len()))
            }
            (joins(texts, "why-one", &entry.joins))
            (joins(texts, "why-apart", &entry.apart))
            (judge::form(teller, &visitor, &asked, entry, around.shown()))
            p.note { code { (entry.id) } }
        }
    });
    Ok(page.into_response())
}

fn title(teller: Teller, entry: &Entry) -> String {
    let names = |codes: Vec<&String>| {
        codes
            .iter()
            .map(|code| if code.chars().any(char::is_lowercase) { (*code).clone() } else { teller.name(code) })
            .collect::<Vec<_>>()
            .join(", ")
    };
    let texts = teller.texts;
    let (what, who, when) = match &entry.content {
        Content::Contact(contact) => (
            texts.word("kind", contact.kind.as_str()),
            names(contact.states.iter().map(|said| &said.value).collect()),
            contact.date.as_ref(),
        ),
        Content::Statement(statement) => {
            (texts.get("one.statement"), names(statement.speaker.iter().map(|person| &person.name).collect()), statement.reported.as_ref())
        }
        Content::Commitment(commitment) => {
            (texts.get("one.commitment"), names(commitment.parties.iter().map(|said| &said.value).collect()), commitment.reported.as_ref())
        }
        Content::Figure(figure) => (texts.get("one.figure"), names(figure.states.iter().collect()), figure.period.as_ref()),
        Content::Standing(standing) => {
            (texts.word("relation", standing.relation.as_str()), names(vec![&standing.subject.name]), standing.period.as_ref())
        }
    };
    let when = when.map(|date| dates::words(texts, date));
    [Some(what.to_owned()), Some(who).filter(|who| !who.is_empty()), when].into_iter().flatten().collect::<Vec<_>>().join("\u{a0}· ")
}

/// A value with how many say so.
fn said<T>(teller: Teller, values: &[Said<T>], show: impl Fn(&T) -> Markup) -> Markup {
    html! {
        ul.said {
            @for said in values {
                li {
                    (show(&said.value))
                    " " span.sources { (teller.texts.count(said.sources, "source")) }
                    @if let Some(why) = &said.inferred { " " span.chip.inferred { (reasons(teller.texts, why)) } }
                }
            }
        }
    }
}

/// Why a value is known, each reason in words.
fn reasons(texts: &Texts, why: &str) -> String {
    why.split(',').map(|reason| texts.word("inferred", reason.trim())).collect::<Vec<_>>().join(", ")
}

fn facts(teller: Teller, entry: &Entry) -> Markup {
    let texts = teller.texts;
    let row = |key: &str, value: Markup| html! { div { dt { (texts.get(key)) } dd { (value) } } };
    let people = |values: &[Said<Person>]| said(teller, values, |person| teller.person(person));
    html! {
        dl.facts {
            @match &entry.content {
                Content::Contact(contact) => {
                    (row("date", said(teller, &contact.dates, |date| dates::occasion(texts, Some(date)))))
                    (row("states", said(teller, &contact.states, |state| teller.state(state))))
                    @if !contact.participants.is_empty() { (row("participants", people(&contact.participants))) }
                    @if !contact.places.is_empty() { (row("place", said(teller, &contact.places, |place| teller.place(place)))) }
                }
                Content::Statement(statement) => {
                    (row("speaker", html! { @if let Some(person) = &statement.speaker { (teller.person(person)) } @else { (texts.get("nobody")) } }))
                    @if let Some(person) = &statement.addressee { (row("addressee", teller.person(person))) }
                    (row("reported", teller.date(statement.reported.as_ref())))
                    (row("wordings", said(teller, &statement.wordings, |words| teller.foreign(words, None))))
                }
                Content::Commitment(commitment) => {
                    (row("parties", said(teller, &commitment.parties, |party| teller.party(party))))
                    (row("due", teller.date(commitment.due.as_ref())))
                    (row("filter.status", teller.chip("outcome", &commitment.outcome)))
                    (row("wordings", said(teller, &commitment.wordings, |words| teller.foreign(words, None))))
                }
                Content::Figure(figure) => {
                    (row("states", teller.states(figure.states.iter().map(String::as_str))))
                    (row("figures", said(teller, &figure.values, |value| html! { (number(*value)) })))
                    (row("reported", teller.date(figure.reported.as_ref())))
                }
                Content::Standing(standing) => {
                    (row("subject", teller.person(&standing.subject)))
                    (row("object", teller.object(&standing.object)))
                    (row("date", said(teller, &standing.periods, |period| teller.date(Some(period)))))
                }
            }
        }
    }
}

fn support(teller: Teller, entry: &Entry) -> Markup {
    let (texts, support) = (teller.texts, &entry.support);
    html! {
        p.support {
            (texts.count(support.documents, "document")) " · " (support.languages.iter().map(|tag| teller.language(tag)).collect::<Vec<_>>().join(", ")) " · " strong { (texts.count(support.sources, "source")) }
            @if !support.outlets.is_empty() { " · " (support.outlets.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join(", ")) (beyond(support.outlets.len())) }
            " · " (texts.get("confidence")) " " (format!("{:.2}", entry.confidence))
            @if let Some(judged) = &entry.judged { " " (teller.chip("judged", judged)) }
        }
        @if !support.copies.is_empty() {
            details.copies { summary { (texts.get("copies")) } ul { @for copy in support.copies.iter().take(FEW) { li { bdi { (copy) } } } } (beyond(support.copies.len())) }
        }
    }
}

/// Values that differ, side by side, each with who says it.
fn conflict(teller: Teller, around: &Around, conflict: &Conflict) -> Markup {
    let texts = teller.texts;
    html! {
        div.conflict {
            h3 { (texts.word("field", &conflict.of)) " " (teller.chip("conflict", &conflict.kind)) }
            div.sides {
                @for value in &conflict.values {
                    div {
                        p.value { bdi { (value.value) } }
                        p.note { (texts.count(value.sources, "source")) }
                        (says(teller, around, &value.claims))
                    }
                }
            }
        }
    }
}

/// Who says so, each with the day and the very words.
fn says(teller: Teller, around: &Around, claims: &[String]) -> Markup {
    let few: BTreeSet<&String> = claims.iter().take(FEW).collect();
    let backings = around.entry.claims.iter().enumerate().filter(|(_, backing)| few.contains(&backing.claim));
    html! {
        ul.says {
            @for (place, backing) in backings {
                li {
                    a href=(around.address_of(place, backing)) { bdi lang=[backing.language.as_deref()] { (around.title(backing)) } }
                    span.note { ", " (teller.date(backing.published.as_ref())) }
                    @for words in &backing.evidence { blockquote { (teller.foreign(&words.exact, backing.language.as_deref())) } }
                }
            }
        }
        (beyond(claims.len()))
    }
}

fn of_content(teller: Teller, around: &Around) -> Markup {
    match &around.entry.content {
        Content::Contact(contact) => html! { (history(teller, "status", &contact.history)) (sides(teller, around, &contact.sides)) },
        Content::Commitment(commitment) => history(teller, "outcome", &commitment.history),
        _ => html! {},
    }
}

fn history(teller: Teller, sort: &str, steps: &[Step]) -> Markup {
    html! {
        @if steps.len() > 1 {
            section {
                h2 { (teller.texts.get("history")) }
                ol.history {
                    @for step in steps {
                        li {
                            (teller.date(step.reported.as_ref())) ": " (teller.chip(sort, &step.status))
                            @if let Some(date) = &step.date { " → " (teller.date(Some(date))) }
                        }
                    }
                }
            }
        }
    }
}

/// What the own reports of both sides say, side by side.
fn sides(teller: Teller, around: &Around, sides: &[SideView]) -> Markup {
    html! {
        @if !sides.is_empty() {
            section {
                h2 { (teller.texts.get("both-sides")) }
                div.sides {
                    @for side in sides {
                        div {
                            h3 { (teller.state(&side.side)) }
                            p.note { (teller.texts.get("only-here")) @if side.only.is_empty() { " " (teller.texts.get("nothing")) } }
                            ul { @for only in &side.only { li { (teller.mention(only)) } } }
                            (says(teller, around, &side.claims))
                        }
                    }
                }
            }
        }
    }
}

/// A claim: its document, its words marked in their paragraphs.
fn claim(teller: Teller, around: &Around, backing: &Backing) -> Markup {
    let texts = teller.texts;
    let marks: Vec<Mark> = backing.evidence.iter().map(Mark::of).collect();
    let document = around.documents.get(&backing.document);
    html! {
        div.claim id=(backing.claim) {
            p.about {
                a href=(format!("{}#c-{}", address("document", &backing.document), backing.evidence.first().map_or(0, |words| words.start))) { bdi lang=[backing.language.as_deref()] { (around.title(backing)) } }
                " · " (backing.language.as_deref().map_or("?", |tag| teller.language(tag))) " · " (teller.date(backing.published.as_ref()))
                " · " (texts.get("origin")) " " (backing.origin)
                @if let Some(side) = &backing.side { " · " (texts.get("side")) " " (teller.state(side)) }
                @if backing.modality.as_str() != "asserted" { " " (teller.chip("modality", backing.modality.as_str())) }
                " · " span title=(backing.rule) { (format!("{:.2}", backing.confidence)) }
            }
            @match document {
                Some(kept) => (paragraphs(&kept.document.text, backing.language.as_deref(), &marks)),
                None => @for words in &backing.evidence { p dir=(direction(&words.exact)) { mark.evidence { (words.exact) } } },
            }
        }
    }
}

fn joins(texts: &Texts, key: &str, joins: &[Join]) -> Markup {
    html! {
        @if !joins.is_empty() {
            details.joins {
                summary { (texts.get(key)) }
                @for join in joins.iter().take(FEW) {
                    table {
                        caption { a href=(address("entry", &join.one)) { code { (join.one) } } " – " a href=(address("entry", &join.other)) { code { (join.other) } } ": " (format!("{:+.1}", join.weight)) }
                        tbody { @for (reason, weight) in &join.reasons { tr { td.number { (format!("{weight:+.1}")) } td { (reason) } } } }
                    }
                }
                (beyond(joins.len()))
            }
        }
    }
}
