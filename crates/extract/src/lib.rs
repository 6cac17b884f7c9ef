//! A document becomes claims: segment, spot, link, frame, join.
//!
//! In: a [`Document`] and the [`Knowledge`] of languages and facts. Out: a [`Reading`].
//! Never: fails, reads a file, asks a clock, or decides by a language's name.

mod adjunct;
mod aside;
mod atom;
mod cast;
mod clause;
mod dating;
mod discourse;
mod explain;
mod frame;
mod furniture;
mod homograph;
mod identify;
mod join;
mod knowledge;
mod mention;
mod origin;
mod page;
mod party;
mod people;
mod phrase;
mod place;
mod publication;
pub mod quantity;
mod quote;
mod stages;
mod when;

pub use cast::PROMINENT;
pub use explain::{StageReport, explain, parts};
pub use frame::rules::FrameError;
pub use knowledge::{Knowledge, Maker};
pub use stages::{Stage, read_to};

use cast::Cast;
use chancery_model::{Claims, Document, Doubt, Edtf, Origin, Reading, Span};
use page::Page;
use when::Calendar;

/// Reads one document. A text in a language that no pack reads yields a doubt and no claims.
pub fn read(document: Document, knowledge: &Knowledge) -> Reading {
    let header = publication::header(&document.text);
    let published = document.published.clone().or_else(|| header.as_ref().map(|(date, _)| date.clone()));
    let language = document
        .language
        .as_deref()
        .and_then(|tag| knowledge.index(tag.split('-').next().unwrap_or(tag)))
        .or_else(|| identify::identify(&document.text, knowledge));
    let Some(language) = language else {
        let mut claims = Claims::default();
        if let Some(span) = Span::new(&document.text, 0, 0).filter(|_| !document.text.trim().is_empty()) {
            claims.doubts.push(Doubt { about: "the language: no pack reads it".to_owned(), candidates: Vec::new(), span });
        }
        let language = document.language.clone();
        let title = document.title.clone();
        return Reading { language, published, title, origins: Vec::new(), mentions: Vec::new(), claims, document };
    };
    let scene = Scene::new(&document, knowledge, language, published.as_ref(), header.map_or(0, |(_, end)| end));
    let title = document.title.clone().or_else(|| scene.title.map(|span| span.of(&document.text).to_owned()));
    let (published, origins, mentions, claims) =
        (scene.published.clone(), scene.origins.clone(), scene.mentions(), scene.claims(knowledge));
    let language = Some(knowledge.packs()[language].settings.tag.clone());
    Reading { language, published, title, origins, mentions, claims, document }
}

/// Everything that the frames look at.
pub(crate) struct Scene<'a> {
    pub page: Page<'a>,
    pub cast: Cast,
    pub calendar: Calendar,
    pub published: Option<Edtf>,
    pub title: Option<Span>,
    pub origins: Vec<Origin>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        document: &'a Document,
        knowledge: &'a Knowledge,
        language: usize,
        published: Option<&Edtf>,
        head: usize,
    ) -> Scene<'a> {
        let page = Page::new(document, knowledge, language);
        let published = published.cloned().or_else(|| publication::line(&page));
        let mut cast = Cast::new(&page, published.as_ref());
        let calendar = Calendar::new(&page, &cast, published.as_ref(), head);
        cast.take_office(&page, &calendar);
        cast.doubt_offices(&page, &calendar);
        cast.doubt_capitals(&page);
        let origins = origin::find(&page);
        cast.home = origins.iter().rev().find_map(|origin| {
            let agency = page.reference.agencies().iter().find(|agency| agency.name == origin.name)?;
            Some(agency.of.to_string()).filter(|of| !of.is_empty())
        });
        let title = publication::title(&page, head);
        Scene { page, cast, calendar, published, title, origins }
    }

    fn mentions(&self) -> Vec<chancery_model::Mention> {
        mention::find(&self.page, &self.cast, &self.calendar, &self.origins)
    }

    pub(crate) fn claims(mut self, knowledge: &Knowledge) -> Claims {
        let said = frame::statement::find(&self.page, &self.cast);
        let known =
            frame::contact::Known { page: &self.page, frames: knowledge.frames(), calendar: &self.calendar, speakers: &said.speakers };
        let (found, echoes) = frame::contact::find(known, &mut self.cast);
        let mut doubts = std::mem::take(&mut self.cast.doubts);
        let contacts = join::join(&self.page, &self.cast, &self.calendar, found, &echoes, &mut doubts);
        let standings = frame::standing::find(&self.page, &self.cast, &self.calendar, &mut doubts);
        let mut claims = Claims {
            contacts,
            statements: said.statements,
            commitments: frame::commitment::find(&self.page, &self.cast, &self.calendar),
            figures: frame::figure::find(&self.page, &self.cast, &self.calendar),
            standings,
            doubts,
        };
        self.mark_side(&mut claims);
        claims.doubts.sort_by_key(|doubt| doubt.span);
        claims.doubts.dedup();
        claims
    }

    /// Claims from the press service of an office that is a party itself name its side.
    fn mark_side(&self, claims: &mut Claims) {
        let side = self.origins.iter().find_map(|origin| {
            let agency = self.page.reference.agencies().iter().find(|agency| agency.name == origin.name && agency.kind == "office")?;
            Some(agency.of.to_string()).filter(|of| !of.is_empty())
        });
        for contact in &mut claims.contacts {
            contact.basis.side = side.clone().filter(|side| contact.states.contains(side));
        }
    }
}
