//! An entry with everything that stands behind it.
//!
//! In: an entry, the texts of its documents. Out: the page. Never: hides where claims differ.

use super::rows::amount;
use super::{inferred, sentence};
use crate::layout::{Style, marked, safe, sentence as wrapped};
use crate::sentences::Names;
use chancery_model::record::{Backing, Content, Entry, Join, Mention, Said, SideView, Step, Words};
use chancery_model::{Edtf, Span};

/// The text of a document, where the record has it.
pub type Text<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Whether the page says why claims are one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum View {
    /// What the entry says.
    Plain,
    /// And why.
    Why,
}

/// The stretch of a text that words stand for.
fn span(text: &str, words: &Words) -> Option<Span> {
    let byte = |count: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(count);
    Span::new(text, byte(words.start)?, byte(words.end)?)
}

/// Lines of a text with some of its words marked.
pub fn passage(text: &str, spans: &[Span], indent: usize, style: &Style) -> String {
    let mut out = String::new();
    marked(text, spans, indent, style, &mut out);
    out
}

/// The lines of a document in which the evidence of a claim stands, marked.
pub fn evidence(text: &str, backing: &Backing, indent: usize, style: &Style) -> String {
    let spans: Vec<Span> = backing.evidence.iter().filter_map(|words| span(text, words)).collect();
    passage(text, &spans, indent, style)
}

struct Page<'a> {
    out: String,
    style: &'a Style,
}

impl Page<'_> {
    fn group(&mut self, title: &str) {
        self.out.push_str(&format!("\n  {}\n", self.style.bold(title)));
    }

    fn line(&mut self, indent: usize, words: &str) {
        wrapped(&safe(words), indent, self.style, &mut self.out);
    }

    fn history(&mut self, steps: &[Step]) {
        if steps.is_empty() {
            return;
        }
        self.group("History");
        for step in steps {
            let reported = step.reported.as_ref().map_or("no date".to_owned(), Edtf::to_string);
            let date = step.date.as_ref().map_or(String::new(), |date| format!(" for {date}"));
            self.line(4, &format!("{reported}: {}{date}  {}", step.status, step.claims.join(" ")));
        }
    }

    fn sides(&mut self, sides: &[SideView], names: Names) {
        if sides.is_empty() {
            return;
        }
        self.group("What each side's own report mentions alone");
        for side in sides {
            let only =
                if side.only.is_empty() { "nothing".to_owned() } else { side.only.iter().map(mentioned).collect::<Vec<_>>().join("; ") };
            self.line(4, &format!("{}: {only}", names(&side.side)));
        }
    }

    fn joins(&mut self, title: &str, joins: &[Join]) {
        if joins.is_empty() {
            return;
        }
        self.group(title);
        for join in joins {
            self.line(4, &format!("{} and {}: {:+.1}", join.one, join.other, join.weight));
            for (reason, weight) in &join.reasons {
                self.line(8, &format!("{weight:+.1}  {reason}"));
            }
        }
    }
}

fn mentioned(mention: &Mention) -> String {
    match mention {
        Mention::Person { name } => name.clone(),
        Mention::Commitment { action } => format!("“{action}”"),
        Mention::Figure { value, unit, topic } => format!("{topic}: {}", amount(*value, unit, "exact", "level")),
    }
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn said(values: &[Said<String>]) -> impl Iterator<Item = String> {
    values.iter().map(|said| {
        let inferred = said.inferred.as_ref().map_or(String::new(), |why| format!("  ({why})"));
        format!("{}  {}{inferred}  {}", said.value, counted(said.sources, "source"), said.claims.join(" "))
    })
}

/// The page of an entry.
pub fn page(entry: &Entry, texts: Text, names: Names, style: &Style, view: View) -> String {
    let mut page = Page { out: String::new(), style };
    let judged = entry.judged.as_ref().map_or(String::new(), |judged| format!(" · {judged}"));
    let about = format!("confidence {:.2}{judged}", entry.confidence);
    page.out.push_str(&format!("{}  {}\n", style.bold(&safe(&entry.id)), style.dim(&safe(&about))));
    page.line(2, &sentence(entry, names));
    match &entry.content {
        Content::Statement(statement) => page.line(4, &statement.text),
        Content::Commitment(commitment) => page.line(4, &commitment.action),
        _ => {}
    }
    let support = &entry.support;
    let mut parts =
        vec![counted(support.documents, "document"), support.languages.join(", "), counted(support.sources, "independent source")];
    if !support.outlets.is_empty() {
        parts.push(support.outlets.join(", "));
    }
    page.line(2, &parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
    support.copies.iter().for_each(|copy| page.line(4, copy));
    let inferred = inferred(entry);
    if !inferred.is_empty() {
        page.group("Inferred");
        inferred.iter().for_each(|line| page.line(4, line));
    }
    if !entry.conflicts.is_empty() {
        page.group("Where claims differ");
        for conflict in &entry.conflicts {
            page.line(4, &format!("{} ({})", conflict.of, conflict.kind));
            said(&conflict.values).for_each(|line| page.line(6, &line));
        }
    }
    match &entry.content {
        Content::Contact(contact) => {
            page.history(&contact.history);
            page.sides(&contact.sides, names);
            if let Some(whole) = &contact.part_of {
                page.line(2, &format!("Part of {whole}"));
            }
            if !contact.holds.is_empty() {
                page.line(2, &format!("During it: {}", contact.holds.join(", ")));
            }
        }
        Content::Commitment(commitment) => {
            page.line(2, &format!("Outcome: {}", commitment.outcome));
            page.history(&commitment.history);
            if !commitment.shown_by.is_empty() {
                page.line(2, &format!("Shown by {}", commitment.shown_by.join(", ")));
            }
        }
        _ => {}
    }
    let on = match &entry.content {
        Content::Statement(statement) => statement.on.as_ref(),
        Content::Commitment(commitment) => commitment.on.as_ref(),
        _ => None,
    };
    if let Some(on) = on {
        page.line(2, &format!("On the occasion of {on}"));
    }
    page.group("Claims");
    for backing in &entry.claims {
        let published = backing.published.as_ref().map_or("no date of publication".to_owned(), |date| format!("published {date}"));
        let language = backing.language.as_deref().unwrap_or("language not known");
        let side = backing.side.as_ref().map_or(String::new(), |side| format!(" · {} speaks", names(side)));
        let about = format!(
            "{}  {} · {language} · {published} · source {} · {}{side} · {} {:.2}",
            backing.claim, backing.document, backing.origin, backing.modality, backing.rule, backing.confidence
        );
        page.line(4, &about);
        match texts(&backing.document) {
            Some(text) => page.out.push_str(&evidence(&text, backing, 8, style)),
            None => backing.evidence.iter().for_each(|words| page.line(8, &words.exact)),
        }
    }
    if view == View::Why {
        page.joins("Why they are one", &entry.joins);
        page.joins("What was held apart", &entry.apart);
    }
    page.out
}
