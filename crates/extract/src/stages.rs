//! A reading that stops after one of its stages, to measure what each takes.
//!
//! In: a document, and the stage to stop after. Out: how much was found there. Never: a claim.

use crate::Scene;
use crate::identify::identify;
use crate::knowledge::Knowledge;
use crate::page::Page;
use chancery_language::Text;
use chancery_model::Document;

/// What a reading does, in its order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// Tells the language.
    Identify,
    /// Cuts words and sentences.
    Cut,
    /// Finds the forms of the language.
    Find,
    /// Marks furniture, quantities, quotations and the edges of clauses.
    Page,
    /// Leads names and offices to persons and states, and dates to days.
    Cast,
    /// Makes claims and joins them.
    Claims,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 6] = [Stage::Identify, Stage::Cut, Stage::Find, Stage::Page, Stage::Cast, Stage::Claims];
}

/// Reads as far as a stage; how many words, forms, quantities, parties or contacts there are.
pub fn read_to(stage: Stage, document: &Document, knowledge: &Knowledge) -> usize {
    let text = &document.text;
    let Some(language) = identify(text, knowledge).filter(|_| stage > Stage::Identify) else { return 0 };
    if stage <= Stage::Find {
        let vocabulary = knowledge.vocabulary_at(language);
        let ignore_marks = knowledge.packs()[language].settings.ignore_marks;
        let cut = Text::new(text, ignore_marks, |word| vocabulary.abbreviations.contains(word));
        return if stage == Stage::Cut { cut.words.len() } else { vocabulary.matcher.find(text, &cut).hits.len() };
    }
    if stage == Stage::Page {
        return Page::new(document, knowledge, language).quantities.len();
    }
    let scene = Scene::new(document, knowledge, language, document.published.as_ref(), 0);
    if stage == Stage::Cast { scene.cast.parties.len() } else { scene.claims(knowledge).contacts.len() }
}
