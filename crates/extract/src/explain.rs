//! What each stage saw in a text, for people who write packs.
//!
//! In: a document. Out: lines of a report, stage by stage. Never: anything that reading does not do.

use crate::knowledge::Knowledge;
use crate::page::Page;
use crate::quantity::QuantityKind;
use crate::{Scene, identify, publication};
use chancery_model::{Document, Part, Stretch};

/// What one stage saw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageReport {
    /// Name of the stage.
    pub stage: &'static str,
    /// What it saw, a line each.
    pub lines: Vec<String>,
}

/// What each sentence is a part of, such as furniture, where that is not the text itself; empty where no pack reads the text.
pub fn parts(document: &Document, knowledge: &Knowledge) -> Vec<Stretch> {
    let told = document.language.as_deref().and_then(|tag| knowledge.index(tag));
    let Some(language) = told.or_else(|| identify::identify(&document.text, knowledge)) else { return Vec::new() };
    let page = Page::new(document, knowledge, language);
    let sentences = page.cut.sentences.iter().enumerate();
    let stretch = |(index, sentence): (usize, &chancery_language::Sentence)| {
        Some(Stretch { part: page.part(index), span: page.span(&sentence.words)? })
    };
    sentences.filter_map(stretch).filter(|stretch| stretch.part != Part::Text).collect()
}

/// Reports on every stage; empty where no pack reads the text.
pub fn explain(document: Document, knowledge: &Knowledge) -> Vec<StageReport> {
    let header = publication::header(&document.text);
    let published = document.published.clone().or_else(|| header.as_ref().map(|(date, _)| date.clone()));
    let language =
        document.language.as_deref().and_then(|tag| knowledge.index(tag)).or_else(|| identify::identify(&document.text, knowledge));
    let Some(language) = language else { return Vec::new() };
    let scene = Scene::new(&document, knowledge, language, published.as_ref(), header.map_or(0, |(_, end)| end));
    let page = &scene.page;
    let words = |range: &std::ops::Range<usize>| page.span(range).map_or("", |span| span.of(page.text)).replace('\n', " ");
    let mut segment = vec![format!("language {}", knowledge.packs()[language].settings.tag)];
    for (index, sentence) in page.cut.sentences.iter().enumerate() {
        let part = page.part(index).as_str();
        segment.push(format!("{part}: {}", words(&sentence.words)));
    }
    for quote in &page.quotes {
        segment.push(format!("quotation{}: {}", if quote.whole { "" } else { ", a mark lost" }, words(&quote.words)));
    }
    let mut spot: Vec<String> = page
        .hits
        .hits
        .iter()
        .map(|hit| {
            let meanings: Vec<String> = hit
                .entries
                .iter()
                .map(|id| {
                    let entry = page.vocabulary.matcher.entry(*id);
                    format!("{} {} ({})", entry.class, entry.value, entry.form)
                })
                .collect();
            let second = hit.second.as_ref().map_or(String::new(), |second| format!(" ... {}", words(second)));
            format!("{}{second}: {}", words(&hit.words), meanings.join("; "))
        })
        .collect();
    for quantity in &page.quantities {
        let kind = match &quantity.kind {
            QuantityKind::Amount { value, currency } => format!("amount {value} {currency}"),
            QuantityKind::Percent { value } => format!("percent {value}"),
            QuantityKind::Number { value, unit, .. } => format!("number {value} {}", unit.as_deref().unwrap_or("")),
            QuantityKind::Date(date) => format!(
                "date {}",
                scene
                    .calendar
                    .resolve(page, &scene.cast, date, crate::quantity::Lean::Unknown)
                    .map_or("-".to_owned(), |dated| dated.value.to_string())
            ),
        };
        spot.push(format!("{}: {kind}", words(&quantity.words)));
    }
    let mut link = Vec::new();
    for (party, meaning) in scene.cast.parties.iter().zip(&scene.cast.meanings) {
        let people: Vec<&str> = meaning.people.iter().map(|character| scene.cast.characters[*character].name.as_str()).collect();
        let office = meaning.office.as_ref().map_or(String::new(), |office| format!(" as {office}"));
        let inferred = if meaning.inferred { " (by office)" } else { "" };
        link.push(format!(
            "{:?} [{}] {}: {}{office}{inferred} {}",
            party.head,
            party.markers.join(","),
            words(&party.words),
            people.join(", "),
            meaning.states.join(" ")
        ));
    }
    let claims = scene.claims(knowledge);
    let mut frame = Vec::new();
    for contact in &claims.contacts {
        let people: Vec<&str> = contact.participants.iter().map(|party| party.name.as_str()).collect();
        let date = contact.date.as_ref().map_or("-".to_owned(), ToString::to_string);
        frame.push(format!(
            "{}: {} {} {date} [{}] {}",
            contact.basis.rule,
            contact.kind,
            contact.status,
            people.join("; "),
            contact.states.join(" ")
        ));
    }
    for statement in claims.statements.iter().filter(|statement| statement.quoted) {
        let speaker = statement.speaker.as_ref().map_or("nobody", |speaker| speaker.name.as_str());
        frame.push(format!("{}: {speaker}: {}", statement.basis.rule, statement.span.of(&document.text)));
    }
    for commitment in &claims.commitments {
        frame.push(format!("{}: {} {}", commitment.basis.rule, commitment.parties.join(" "), commitment.action.of(&document.text)));
    }
    for figure in &claims.figures {
        frame.push(format!(
            "{}: {} {} {} {} {}",
            figure.basis.rule,
            figure.value,
            figure.unit,
            figure.bound,
            figure.change,
            figure.states.join(" ")
        ));
    }
    for standing in &claims.standings {
        frame.push(format!("{}: {} {} {}", standing.basis.rule, standing.subject.name, standing.relation, standing.object));
    }
    for doubt in &claims.doubts {
        frame.push(format!("doubt: {}: {} ({})", doubt.span.of(&document.text), doubt.about, doubt.candidates.join("; ")));
    }
    vec![
        StageReport { stage: "segment", lines: segment },
        StageReport { stage: "spot", lines: spot },
        StageReport { stage: "link", lines: link },
        StageReport { stage: "frame", lines: frame },
    ]
}
