//! A reading as a person reads it: each claim a sentence, its evidence marked in the line it stands in.
//!
//! In: a reading, the names of codes, a style. Out: text. Never: writes to a terminal itself.

use crate::layout::{Marks, Style, marked, safe, sentence};
use crate::sentences::{self, Names};
use chancery_model::{Mention, Reading, Span};

/// The whole reading.
pub fn reading(reading: &Reading, names: Names, style: &Style) -> String {
    let mut out = heading(reading, style);
    let text = &reading.document.text;
    let claims = &reading.claims;
    let mut any = false;
    let mut group = |title: &str, told: Vec<(String, Vec<Span>)>| {
        if told.is_empty() {
            return;
        }
        any = true;
        out.push_str(&format!("\n  {}\n", style.bold(title)));
        for (words, spans) in told {
            sentence(&safe(&words), 4, style, &mut out);
            marked(text, &spans, 8, style, &mut out);
        }
    };
    group("Contacts", claims.contacts.iter().map(|claim| (sentences::contact(claim, names), claim.basis.evidence.clone())).collect());
    group("Statements", claims.statements.iter().map(|claim| (sentences::statement(claim, names), vec![claim.span])).collect());
    group("Commitments", claims.commitments.iter().map(|claim| (sentences::commitment(claim, names), vec![claim.action])).collect());
    group("Figures", claims.figures.iter().map(|claim| (sentences::figure(claim, names), vec![claim.span])).collect());
    group("Standings", claims.standings.iter().map(|claim| (sentences::standing(claim, names), vec![claim.span])).collect());
    group("In doubt", claims.doubts.iter().map(|doubt| (sentences::doubt(doubt), vec![doubt.span])).collect());
    if !any {
        out.push_str("\n  Nothing of the diplomatic record was found in it.\n");
    }
    out
}

/// What a reading names, one mention a line.
pub fn mentions(reading: &Reading, style: &Style) -> String {
    let mut out = heading(reading, style);
    out.push('\n');
    for mention in &reading.mentions {
        let words = mention.span.of(&reading.document.text);
        out.push_str(&format!(
            "  {:<13} {}  {}\n",
            mention.kind.as_str(),
            safe(&meaning(mention)),
            style.dim(&safe(&format!("\"{words}\"")))
        ));
    }
    out
}

fn meaning(mention: &Mention) -> String {
    let number = mention.number.map(|number| number.to_string());
    let parts = [number.as_deref(), mention.unit.as_deref(), mention.name.as_deref(), mention.value.as_deref(), mention.qid.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "?".to_owned() } else { parts.join(" ") }
}

fn heading(reading: &Reading, style: &Style) -> String {
    let mut parts = vec![reading.language.clone().unwrap_or_else(|| "language not known".to_owned())];
    parts.push(reading.published.as_ref().map_or("no date of publication".to_owned(), |date| format!("published {date}")));
    if !reading.origins.is_empty() {
        let names: Vec<&str> = reading.origins.iter().map(|origin| origin.name.as_str()).collect();
        parts.push(format!("credits {}", names.join(", ")));
    }
    let mut out = String::new();
    let mark = if style.marks == Marks::Escapes { "\x1b[1m" } else { "" };
    let end = if mark.is_empty() { "" } else { "\x1b[0m" };
    out.push_str(&format!("{mark}{}{end}  {}\n", safe(&reading.document.id), style.dim(&safe(&parts.join(" · ")))));
    if let Some(title) = &reading.title {
        sentence(&safe(title), 2, style, &mut out);
    }
    out
}

#[cfg(test)]
mod tests;
