//! A list as data to be taken away: JSON, CSV, a calendar (RFC 5545), and a feed (RFC 4287) in pages (RFC 5005).
//!
//! In: a question. Out: all of the list, written entry by entry; of a feed a page with the way to the next. Never: a cut that the answer
//! does not tell.

use super::list::{ask, entries};
use crate::app::App;
use crate::asked::Asked;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::address;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chancery::export::record::{csv_head, csv_row, sentence, sort_and_date, words};
use chancery::record::{Content, Entry, Filter, Order, Page, Store};
use std::sync::Arc;

/// Entries on a page of a feed.
const IN_FEED: usize = 100;

/// A list, and the ending under which it is taken.
#[derive(Clone, Copy)]
pub struct Taken {
    pub sort: &'static str,
    pub name: &'static str,
    pub ending: &'static str,
}

/// The list as data.
pub async fn taken(app: Arc<App>, texts: &'static Texts, list: Taken, asked: Asked) -> Result<Response, Problem> {
    let Taken { sort, name, ending } = list;
    let answering = Arc::clone(&app);
    let body = app
        .ask(move |store| {
            let order = asked.page(Order::Newest, IN_FEED)?.order;
            let write = |store: &Store, filter: &Filter| match ending {
                "csv" => csv_of(store, filter, order, sort),
                "ics" => calendar(&answering, store, filter, order),
                "atom" => feed(&answering, store, filter, &asked, (texts.get(name), &format!("/{name}"))),
                _ => json_of(store, filter, order),
            };
            Ok(ask(&answering, store, &asked, &[sort], write)?.0)
        })
        .await?;
    let kind = match ending {
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "atom" => "application/atom+xml",
        _ => "application/json",
    };
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    if matches!(ending, "csv" | "ics")
        && let Ok(named) = format!("attachment; filename=\"{name}.{ending}\"").parse()
    {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
    }
    Ok(response)
}

/// Gives each entry that passes as it is kept, a line of JSON.
fn lines(store: &Store, filter: &Filter, order: Order, take: impl FnMut(String) -> Result<(), Problem>) -> Result<(), Problem> {
    store.entries(filter, Page { order, offset: 0, limit: None }, take)
}

fn json_of(store: &Store, filter: &Filter, order: Order) -> Result<String, Problem> {
    let mut body = "[".to_owned();
    lines(store, filter, order, |line| {
        body += if body.len() > 1 { "," } else { "" };
        body += &line;
        Ok(())
    })?;
    Ok(body + "]")
}

fn csv_of(store: &Store, filter: &Filter, order: Order, sort: &str) -> Result<String, Problem> {
    let fault = |error: &dyn std::fmt::Display| Problem::fault(format!("the table cannot be written: {error}"));
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(csv_head(sort)).map_err(|error| fault(&error))?;
    lines(store, filter, order, |line| table.write_record(csv_row(&serde_json::from_str(&line)?)).map_err(|error| fault(&error)))?;
    let bytes = table.into_inner().map_err(|error| fault(&error))?;
    String::from_utf8(bytes).map_err(|error| fault(&error))
}

/// An entry in an English sentence, with its words where it has some.
fn told(app: &App, entry: &Entry) -> String {
    let sentence = sentence(entry, &|code| app.name_of(code));
    words(entry).map_or(sentence.clone(), |words| format!("{sentence} {words}"))
}

/// Contacts and due commitments as a calendar.
fn calendar(app: &App, store: &Store, filter: &Filter, order: Order) -> Result<String, Problem> {
    let mut calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Chancery//EN\r\n".to_owned();
    store.briefs(filter, Page { order, offset: 0, limit: None }, |line| -> Result<(), Problem> {
        calendar.extend(event(app, &serde_json::from_str(&line)?).iter().flatten().map(|line| folded(line)));
        Ok(())
    })?;
    Ok(calendar + "END:VCALENDAR\r\n")
}

/// An entry as whole days; nothing where neither a day nor a short span of days is known.
fn event(app: &App, entry: &Entry) -> Option<Vec<String>> {
    let date = match &entry.content {
        Content::Commitment(commitment) => commitment.due.as_ref(),
        _ => sort_and_date(entry).1,
    }?;
    let (first, last) = (date.earliest()?, date.latest()?);
    let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
    let after = last.tomorrow().ok().filter(|_| days <= 14)?;
    // a calendar asks when an event was written down: the last report, as the record has no clock
    let stamp = entry.claims.iter().filter_map(|backing| backing.published.as_ref()?.latest()).max().unwrap_or(first);
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@chancery", entry.id),
        format!("DTSTAMP:{}T000000Z", stamp.strftime("%Y%m%d")),
        format!("DTSTART;VALUE=DATE:{}", first.strftime("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")),
        format!("SUMMARY:{}", escaped(&told(app, entry))),
    ];
    if let Content::Contact(contact) = &entry.content {
        let status = match contact.status.as_str() {
            "held" => "CONFIRMED",
            "cancelled" | "denied" => "CANCELLED",
            _ => "TENTATIVE",
        };
        lines.push(format!("STATUS:{status}"));
        let place = contact.place.as_ref().and_then(|place| place.name.as_ref());
        lines.extend(place.map(|name| format!("LOCATION:{}", escaped(name))));
    }
    lines.push("END:VEVENT".to_owned());
    Some(lines)
}

/// Text of a calendar: what has a meaning there is escaped.
fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|character| !character.is_control() || *character == '\n').collect();
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line of a calendar, at most 75 bytes each; what is longer goes on behind a space.
fn folded(line: &str) -> String {
    let (mut out, mut length) = (String::new(), 0);
    for character in line.chars() {
        if length + character.len_utf8() > 74 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(character);
        length += character.len_utf8();
    }
    out + "\r\n"
}

/// A page of the entries as a feed, those last reported first; the time of an entry is the day of its last report.
fn feed(app: &App, store: &Store, filter: &Filter, asked: &Asked, (title, list): (&str, &str)) -> Result<String, Problem> {
    let page = Page { order: Order::Reported, ..asked.page(Order::Reported, IN_FEED)? };
    let shown = entries(store, filter, page)?;
    let (after, limit) = (page.offset + shown.len(), page.limit.unwrap_or(IN_FEED));
    let more = after < store.count(filter)?;
    let path = format!("{list}.atom");
    let at = |offset: usize| asked.with("offset", &if offset == 0 { String::new() } else { offset.to_string() }).address(&path);
    let day = |entry: &Entry| entry.claims.iter().filter_map(|backing| backing.published.as_ref()?.latest()).max();
    let instant = |day: Option<jiff::civil::Date>| format!("{}T00:00:00Z", day.map_or("1970-01-01".to_owned(), |day| day.to_string()));
    let markup = maud::html! {
        feed xmlns="http://www.w3.org/2005/Atom" {
            id { "urn:chancery:" (at(0)) }
            title { "Chancery: " (title) }
            updated { (instant(shown.first().and_then(day))) }
            author { name { "Chancery" } }
            link rel="self" href=(at(page.offset)) {}
            link rel="alternate" href=(asked.without("offset").without("limit").address(list)) {}
            link rel="first" href=(at(0)) {}
            @if page.offset > 0 { link rel="previous" href=(at(page.offset.saturating_sub(limit))) {} }
            @if more { link rel="next" href=(at(after)) {} }
            @for entry in &shown {
                entry {
                    id { "urn:chancery:entry:" (entry.id) }
                    title { (plain(&told(app, entry))) }
                    updated { (instant(day(entry))) }
                    link href=(address("entry", &entry.id)) {}
                }
            }
        }
    };
    Ok(format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}", markup.into_string()))
}

/// Text without the characters that XML cannot hold.
fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() && !matches!(character, '\u{FFFE}' | '\u{FFFF}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_escaped_and_folded() {
        assert_eq!(escaped("a;b,c\\d\ne\r\0"), "a\\;b\\,c\\\\d\\ne");
        let long = folded(&"ž".repeat(60));
        assert!(long.split("\r\n").all(|line| line.len() <= 75), "{long}");
    }
}
