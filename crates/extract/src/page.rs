//! A document cut, matched and quantified: what every later stage looks at.
//!
//! In: a document's text and a language's vocabulary. Out: words with the meanings found at them,
//! quotations paired, furniture marked. Never: decides whom a name means or what is claimed.

use crate::aside::Asides;
use crate::clause::Edges;
use crate::furniture;
use crate::homograph;
use crate::knowledge::Knowledge;
use crate::quantity::{Quantity, quantities};
use crate::quote::{Quote, names_occasion, pair_quotes};
use chancery_language::{Class, Entry, Feature, Hits, Pack, Shape, Text};
use chancery_model::{Document, Part, Span};
use chancery_reference::Reference;
use chancery_vocabulary::Vocabulary;
use std::collections::HashSet;
use std::ops::Range;

/// One document under the lens.
pub(crate) struct Page<'a> {
    pub text: &'a str,
    pub cut: Text,
    pub hits: Hits,
    pub vocabulary: &'a Vocabulary,
    pub pack: &'a Pack,
    pub reference: &'a Reference,
    name_particles: &'a HashSet<String>,
    /// For each sentence what part of the page it is.
    pub parts: Vec<Part>,
    pub quotes: Vec<Quote>,
    /// For each word the quotation it stands in.
    pub quote_of: Vec<Option<usize>>,
    pub quantities: Vec<Quantity>,
    pub quantity_of: Vec<Option<usize>>,
    /// What each word does to the clauses around it.
    pub edges: Edges,
    /// Phrases of occasions before or after the one that a sentence tells.
    pub asides: Asides,
}

impl<'a> Page<'a> {
    pub(crate) fn new(document: &'a Document, knowledge: &'a Knowledge, language: usize) -> Page<'a> {
        let text = document.text.as_str();
        let vocabulary = knowledge.vocabulary_at(language);
        let pack = &knowledge.packs()[language];
        let cut = Text::new(text, pack.settings.ignore_marks, |word| vocabulary.abbreviations.contains(word));
        let hits = vocabulary.matcher.find(text, &cut);
        let mut page = Page {
            text,
            hits,
            vocabulary,
            pack,
            reference: knowledge.reference(),
            name_particles: &knowledge.frames().name_particles,
            parts: Vec::new(),
            quotes: Vec::new(),
            quote_of: vec![None; cut.words.len()],
            quantities: Vec::new(),
            quantity_of: vec![None; cut.words.len()],
            edges: Edges::default(),
            asides: Asides::default(),
            cut,
        };
        homograph::drop_common(&mut page);
        page.parts = furniture::mark(&page, &document.stretches);
        page.quantities = quantities(text, &page.cut, &page.hits, &vocabulary.matcher, &pack.settings);
        for (index, quantity) in page.quantities.iter().enumerate() {
            for word in quantity.words.clone() {
                if let Some(slot) = page.quantity_of.get_mut(word) {
                    *slot = Some(index);
                }
            }
        }
        page.quotes = pair_quotes(&page);
        let terms: Vec<bool> = page.quotes.iter().map(|quote| names_occasion(&page, &quote.words)).collect();
        for (index, quote) in page.quotes.iter().enumerate().filter(|(index, _)| !terms[*index]) {
            for word in quote.words.clone() {
                page.quote_of[word] = Some(index);
            }
        }
        page.edges = Edges::new(&page);
        page.asides = Asides::new(&page);
        page
    }

    /// Whether a mark stands beside quoted words that are words of the clause around them (a "cordial meeting" with A).
    pub(crate) fn marks_term(&self, mark: usize) -> bool {
        let next = self.quotes.partition_point(|quote| quote.words.start <= mark + 1);
        let beside = next.checked_sub(1).map(|last| &self.quotes[last].words);
        beside.is_some_and(|words| (words.start == mark + 1 || words.end == mark) && self.quote_of[words.start].is_none())
    }

    /// Meanings of the hit that a word belongs to.
    pub(crate) fn entries(&self, word: usize) -> impl Iterator<Item = &Entry> {
        self.hits.at(word).into_iter().flat_map(|hit| self.hits.hits[hit].entries.iter().map(|id| self.vocabulary.matcher.entry(*id)))
    }

    /// The meaning of a class at a word.
    pub(crate) fn entry(&self, word: usize, class: Class) -> Option<&Entry> {
        if self.is(word, class) { self.entries(word).find(|entry| entry.class == class) } else { None }
    }

    pub(crate) fn is(&self, word: usize, class: Class) -> bool {
        self.hits.classes(word).has(class)
    }

    /// Whether a word is a marker of this value.
    pub(crate) fn marks(&self, word: usize, value: &str) -> bool {
        self.is(word, Class::Marker) && self.entries(word).any(|entry| entry.class == Class::Marker && entry.value == value)
    }

    /// The first word of the hit that a word belongs to.
    pub(crate) fn begins_hit(&self, word: usize) -> bool {
        self.hits.begins(word)
    }

    /// One past the words of the (first part of the) hit at a word; the next word where there is none.
    pub(crate) fn hit_end(&self, word: usize) -> usize {
        match self.hits.at(word).map(|hit| &self.hits.hits[hit]) {
            Some(hit) if hit.words.contains(&word) => hit.words.end,
            Some(hit) => hit.second.as_ref().map_or(word + 1, |second| second.end),
            None => word + 1,
        }
    }

    /// Whether a word is one of everyday language, whatever its case.
    pub(crate) fn is_common(&self, word: usize) -> bool {
        self.pack.common_words.contains(self.folded(word))
    }

    /// Whether a capital is no sign of a name: at the head of a sentence, or where all nouns have one.
    pub(crate) fn is_capital_by_rule(&self, word: usize) -> bool {
        let begins = self.cut.sentences.get(self.sentence_of(word)).is_some_and(|sentence| sentence.words.start == word);
        let opens = word
            .checked_sub(1)
            .is_some_and(|before| matches!(self.mark(before), Some('"' | '„' | '“' | '«' | '»' | '‚' | ':' | '•' | '–' | '—')));
        begins || opens || self.pack.settings.nouns_are_capitalised
    }

    /// Whether a word can stand within a name in lower case (von, bin, da).
    pub(crate) fn is_particle(&self, word: usize) -> bool {
        self.is_name_particle(self.folded(word))
    }

    pub(crate) fn is_name_particle(&self, folded: &str) -> bool {
        self.name_particles.contains(folded)
    }

    pub(crate) fn folded(&self, word: usize) -> &str {
        self.cut.folded(word)
    }

    /// The word as written.
    pub(crate) fn written(&self, word: usize) -> &'a str {
        self.cut.words.get(word).map_or("", |word| word.span.of(self.text))
    }

    pub(crate) fn shape(&self, word: usize) -> Shape {
        self.cut.words.get(word).map_or(Shape::Mark, |word| word.shape)
    }

    /// The mark at a word, where it is one.
    pub(crate) fn mark(&self, word: usize) -> Option<char> {
        self.cut.mark(word)
    }

    pub(crate) fn is_comma(&self, word: usize) -> bool {
        matches!(self.mark(word), Some(',' | '،' | '，' | '、'))
    }

    pub(crate) fn spaced(&self, word: usize) -> bool {
        self.cut.words.get(word).is_some_and(|word| word.spaced)
    }

    /// The quantities that begin among words.
    pub(crate) fn quantities_in(&self, words: &Range<usize>) -> &[Quantity] {
        let up_to = |word: usize| self.quantities.partition_point(|quantity| quantity.words.start < word);
        self.quantities.get(up_to(words.start)..up_to(words.end)).unwrap_or_default()
    }

    pub(crate) fn span(&self, words: &Range<usize>) -> Option<Span> {
        self.cut.span(words)
    }

    /// Whether a sentence belongs to the article (captions do: what they say is used).
    pub(crate) fn tells(&self, sentence: usize) -> bool {
        self.part(sentence) != Part::Furniture
    }

    pub(crate) fn part(&self, sentence: usize) -> Part {
        self.parts.get(sentence).copied().unwrap_or(Part::Text)
    }

    pub(crate) fn sentence_of(&self, word: usize) -> usize {
        self.cut.sentence_of(word).unwrap_or(0)
    }

    /// Features of tense at a word's entry of a class.
    pub(crate) fn has_feature(&self, word: usize, class: Class, feature: Feature) -> bool {
        self.is(word, class) && self.entries(word).any(|entry| entry.class == class && entry.is(feature))
    }
}
