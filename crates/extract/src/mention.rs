//! Everything that a text names, in or out of a claim.
//!
//! In: a page, its cast and quantities. Out: mentions with values. Never: adds a claim.

use crate::cast::Cast;
use crate::page::Page;
use crate::quantity::{Lean, QuantityKind};
use crate::when::Calendar;
use chancery_language::{Class, Feature};
use chancery_model::{Mention, MentionKind, Origin, Span};

/// All mentions in order of the text.
pub(crate) fn find(page: &Page, cast: &Cast, calendar: &Calendar, origins: &[Origin]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let plain = |kind: MentionKind, span: Span| Mention { kind, value: None, number: None, unit: None, name: None, qid: None, span };
    for (index, party) in cast.parties.iter().enumerate() {
        let meaning = &cast.meanings[index];
        if let (Some(name), Some(character)) = (party.name, meaning.people.first())
            && let Some(span) = page.span(&cast.names[name].words)
        {
            let person = &cast.characters[*character];
            mentions.push(Mention { name: Some(person.name.clone()), qid: person.qid.clone(), ..plain(MentionKind::Person, span) });
        }
        if let (Some(office), Some(span)) = (&meaning.office, party.office_words.as_ref().and_then(|words| page.span(words))) {
            let holder = meaning.people.first().map(|character| cast.characters[*character].name.clone());
            mentions.push(Mention { value: Some(office.to_string()), name: holder, ..plain(MentionKind::Office, span) });
        }
    }
    for hit in &page.hits.hits {
        let word = hit.words.start;
        let Some(span) = page.span(&hit.words) else { continue };
        // names are in order of their words
        let next = cast.names.partition_point(|name| name.words.end <= word);
        if cast.names.get(next).is_some_and(|name| name.words.contains(&word)) {
            continue;
        }
        if let Some(entry) = page.entry(word, Class::State) {
            if !entry.is(Feature::Metonym) {
                mentions.push(Mention { value: Some(entry.value.to_string()), ..plain(MentionKind::State, span) });
            }
        } else if let Some(entry) = page.entry(word, Class::Place) {
            let place = page.reference.place(&entry.value);
            mentions.push(Mention {
                value: Some(entry.value.rsplit(", ").next().unwrap_or_default().to_owned()),
                name: Some(entry.value.rsplit_once(", ").map_or(&*entry.value, |(name, _)| name).to_owned()),
                qid: place.and_then(|place| Some(place.qid.as_deref()?.to_owned())),
                ..plain(MentionKind::Place, span)
            });
        } else if let Some(entry) = page.entry(word, Class::Organization) {
            let qid = page.reference.organization(&entry.value).and_then(|organization| Some(organization.qid.as_deref()?.to_owned()));
            mentions.push(Mention { value: Some(entry.value.to_string()), qid, ..plain(MentionKind::Organization, span) });
        }
    }
    for quantity in &page.quantities {
        let Some(span) = page.span(&quantity.words) else { continue };
        mentions.push(match &quantity.kind {
            QuantityKind::Amount { value, currency } => {
                Mention { number: Some(*value), unit: Some(currency.clone()), ..plain(MentionKind::Amount, span) }
            }
            QuantityKind::Percent { value } => Mention { number: Some(*value), ..plain(MentionKind::Percent, span) },
            QuantityKind::Number { value, unit, .. } => {
                Mention { number: Some(*value), unit: unit.clone(), ..plain(MentionKind::Number, span) }
            }
            QuantityKind::Date(date) => {
                let resolved = calendar.resolve(page, cast, date, Lean::Unknown);
                Mention { value: resolved.map(|dated| dated.value.to_string()), ..plain(MentionKind::Date, span) }
            }
        });
    }
    for quote in &page.quotes {
        if let Some(span) = page.span(&quote.words) {
            mentions.push(Mention { value: Some(span.of(page.text).to_owned()), ..plain(MentionKind::Quotation, span) });
        }
    }
    for origin in origins {
        mentions.push(Mention { name: Some(origin.name.clone()), ..plain(MentionKind::Source, origin.span) });
    }
    mentions.sort_by_key(|mention| (mention.span, mention.kind));
    mentions
}
