//! Statements: quoted words and reported speech, with who says them to whom.
//!
//! In: a page and its cast. Out: statements, and for each quotation its speaker. Never: takes a
//! title, a name or a single term in quotation marks for speech.

use crate::cast::Cast;
use crate::discourse;
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Feature, Shape};
use chancery_model::{Basis, Modality, Party as ClaimParty, Role, Span, Statement};
use std::ops::Range;

/// Who a quotation or a report is attributed to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Speaker {
    Character {
        character: usize,
        party: Option<usize>,
    },
    /// A state, body or organization, by code.
    Body {
        code: String,
        party: usize,
    },
    /// Somebody whom the text does not name: an official, a source.
    Unnamed,
}

/// Everything said, and the character that speaks in each quotation.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub statements: Vec<Statement>,
    pub speakers: Vec<Option<usize>>,
}

/// Words of a quotation that is speech without a saying verb beside it.
const LONG: usize = 6;

/// Finds statements.
pub(crate) fn find(page: &Page, cast: &Cast) -> Said {
    let mut said = Said { statements: Vec::new(), speakers: vec![None; page.quotes.len()] };
    let mut last: Option<(usize, Speaker)> = None;
    for index in 0..page.quotes.len() {
        let words = page.quotes[index].words.clone();
        let sentence = page.sentence_of(words.start);
        if !page.tells(sentence) && !page.tells(page.sentence_of(words.end.saturating_sub(1))) {
            continue;
        }
        // who is named in the words does not speak them: then the last speaker goes on
        let attribution = attribute(page, cast, index, last.as_ref()).map(|(speaker, cued)| match (&speaker, &last) {
            (Speaker::Character { character, .. }, Some((_, before))) if named_within(cast, &words, *character) => (before.clone(), false),
            _ => (speaker, cued),
        });
        let length = words.clone().filter(|word| page.shape(*word) != Shape::Mark).count();
        let (speaker, cued) = match attribution {
            Some((speaker, cued)) => (Some(speaker), cued),
            None => (None, false),
        };
        if let Some(Speaker::Character { character, .. }) = &speaker {
            said.speakers[index] = Some(*character);
        }
        if !is_speech(page, &words, length, cued, speaker.is_some()) {
            continue;
        }
        let Some(span) = trimmed(page, &words) else { continue };
        let confidence = if cued {
            0.93
        } else if speaker.is_some() {
            0.75
        } else {
            0.6
        };
        let rule = if cued { "statement.quoted.cue" } else { "statement.quoted.discourse" };
        let addressee = speaker.as_ref().and_then(|speaker| addressee(page, cast, &words, speaker));
        if let Some(speaker) = &speaker {
            last = Some((index, speaker.clone()));
        }
        said.statements.push(Statement {
            speaker: speaker.and_then(|speaker| claim(page, cast, &speaker)),
            addressee,
            quoted: true,
            span,
            basis: Basis { modality: Modality::Asserted, side: None, rule: rule.to_owned(), confidence, evidence: vec![span] },
        });
    }
    reported(page, cast, &mut said.statements);
    said.statements.sort_by_key(|statement| statement.span);
    said
}

fn named_within(cast: &Cast, words: &Range<usize>, character: usize) -> bool {
    cast.parties
        .iter()
        .zip(&cast.meanings)
        .any(|(party, meaning)| words.contains(&party.words.start) && party.name.is_some() && meaning.people.contains(&character))
}

fn claim(page: &Page, cast: &Cast, speaker: &Speaker) -> Option<ClaimParty> {
    match speaker {
        Speaker::Character { character, party } => Some(cast.claim_party(page, *character, *party)),
        Speaker::Body { code, party } => {
            Some(ClaimParty { name: code.clone(), qid: None, office: None, span: cast.span(page, *party), inferred: None })
        }
        Speaker::Unnamed => None,
    }
}

/// Whether quoted words are speech rather than a title, a name or a term.
fn is_speech(page: &Page, words: &Range<usize>, length: usize, cued: bool, spoken: bool) -> bool {
    if length <= 2 && !(cued && ends_sentence(page, words) && length == 2) {
        return false;
    }
    let capitals = words.clone().filter(|word| matches!(page.shape(*word), Shape::Capital | Shape::Upper)).count();
    let titled = !page.pack.settings.nouns_are_capitalised && length <= 12 && capitals * 10 >= length * 6;
    let named = quote_noun_before(page, words.start);
    if titled || named {
        return false;
    }
    match length {
        0..=2 => cued,
        3..=4 => cued && (ends_sentence(page, words) || begins_sentence(page, words) || said_before(page, words.start)),
        5 => cued || spoken && ends_sentence(page, words),
        _ if length < LONG + 3 => spoken,
        _ => true,
    }
}

/// Whether a saying verb stands shortly before the opening mark (said that there was a “risk of war”).
fn said_before(page: &Page, start: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(start.saturating_sub(1))].words.start;
    (start.saturating_sub(8).max(sentence)..start.saturating_sub(1)).any(|word| page.quote_of[word].is_none() && is_say(page, word))
}

fn ends_sentence(page: &Page, words: &Range<usize>) -> bool {
    let last = words.end - 1;
    matches!(page.mark(last), Some('.' | '!' | '?' | '…' | ',')) || matches!(page.mark(words.end + 1), Some(','))
}

fn begins_sentence(page: &Page, words: &Range<usize>) -> bool {
    page.shape(words.start) == Shape::Capital
}

/// A word such as film, slogan or so-called shortly before the opening mark.
fn quote_noun_before(page: &Page, start: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(start)].words.start;
    (start.saturating_sub(5).max(sentence)..start).any(|word| page.is(word, Class::QuoteNoun))
        && !(start.saturating_sub(2)..start).any(|word| page.mark(word) == Some(':'))
}

/// The quoted words without a comma before the closing mark.
fn trimmed(page: &Page, words: &Range<usize>) -> Option<Span> {
    let mut words = words.clone();
    while words.len() > 1 && page.is_comma(words.end - 1) {
        words.end -= 1;
    }
    page.span(&words)
}

/// The speaker of a quotation, and whether a saying verb beside it says so.
fn attribute(page: &Page, cast: &Cast, index: usize, last: Option<&(usize, Speaker)>) -> Option<(Speaker, bool)> {
    let words = page.quotes[index].words.clone();
    let closing = page.sentence_of(words.end.min(page.cut.words.len() - 1));
    let opening = page.sentence_of(words.start.saturating_sub(1));
    let next_quote = page.quotes.get(index + 1).map_or(usize::MAX, |quote| quote.words.start.saturating_sub(1));
    let previous_quote = index.checked_sub(1).map_or(0, |previous| page.quotes[previous].words.end + 1);
    let line_of = |word: usize| page.cut.paragraphs.iter().find(|line| line.contains(&word)).cloned().unwrap_or(word..word);
    // after the closing mark, to the end of its sentence
    let after_start = words.end + 1;
    let mut after = after_start..page.cut.sentences[closing].words.end.min(next_quote).max(after_start);
    if after.is_empty() && page.cut.words.len() > after_start && line_of(words.end).contains(&after_start) {
        // "..." Then he added: the next sentence may begin with the attribution
        let next = page.sentence_of(after_start);
        let sentence = page.cut.sentences[next].words.clone();
        let early = sentence.start..(sentence.start + 6).min(sentence.end);
        if early.clone().any(|word| is_say(page, word)) && next_quote >= sentence.end {
            after = sentence;
        }
    }
    let before_end = words.start.saturating_sub(1);
    let before = page.cut.sentences[opening].words.start.max(previous_quote).min(before_end)..before_end;
    let after_verb = discourse::outside(page, after.clone()).find(|word| is_say(page, *word));
    let before_verb = discourse::outside(page, before.clone()).filter(|word| is_say(page, *word)).last();
    let credits = |verb: Option<usize>| verb.is_some_and(|verb| page.is(verb, Class::According));
    let prefers_after = match (after_verb, before_verb) {
        // said that “...”, according to the agency
        (Some(_), Some(_)) if credits(after_verb) && !credits(before_verb) => false,
        (Some(after), Some(before)) => after - words.end <= 9 && (words.start - before > 4) || ends_comma(page, &words),
        (after, _) => after.is_some(),
    };
    let mut tries: Vec<(usize, Range<usize>)> = Vec::new();
    if prefers_after {
        tries.extend(after_verb.map(|verb| (verb, after.clone())));
        tries.extend(before_verb.map(|verb| (verb, before.clone())));
    } else {
        tries.extend(before_verb.map(|verb| (verb, before.clone())));
        tries.extend(after_verb.map(|verb| (verb, after.clone())));
    }
    // a verb elsewhere in the sentence, with other quoted words between
    if tries.is_empty() {
        let sentence = page.cut.sentences[closing].words.clone();
        let verb =
            discourse::outside(page, sentence.clone()).filter(|word| is_say(page, *word)).min_by_key(|word| word.abs_diff(words.end));
        tries.extend(verb.map(|verb| (verb, sentence)));
    }
    for (verb, region) in &tries {
        if let Some(speaker) = speaker_of(page, cast, *verb, region, last) {
            return Some((speaker, true));
        }
    }
    if !tries.is_empty() {
        // a verb without a subject: he who was speaking, or who was in focus
        let (verb, _) = tries[0];
        let paragraph = |quote: usize| page.cut.sentences[page.sentence_of(page.quotes[quote].words.start)].paragraph;
        let here = last.is_some_and(|(quote, _)| paragraph(*quote) == paragraph(index));
        let before_quote = opening.checked_sub(1).filter(|before| !here && page.cut.sentences[*before].paragraph == paragraph(index));
        if let Some(party) = before_quote.and_then(|before| discourse::subject(page, cast, before))
            && let Some(speaker) = as_speaker(cast, party)
        {
            return Some((speaker, true));
        }
        let start = page.cut.sentences[page.sentence_of(verb)].words.start;
        return who_goes_on(page, cast, start, last, None).map(|speaker| (speaker, true));
    }
    // quoted words within a sentence about somebody
    let line = line_of(words.start);
    let whole_sentences = before.is_empty() || page.mark(before.end.saturating_sub(1)).is_some_and(|mark| mark == ':' || mark == '.');
    if let Some((quote, speaker)) = last {
        let between = page.quotes[*quote].words.end + 1..words.start.saturating_sub(1);
        let only_marks = between.clone().all(|word| page.shape(word) == Shape::Mark);
        let says_between = discourse::outside(page, between.clone()).any(|word| is_say(page, word));
        if only_marks || line.contains(&page.quotes[*quote].words.start) && whole_sentences && !says_between {
            return Some((speaker.clone(), only_marks));
        }
    }
    if !before.is_empty() {
        let named = cast
            .in_sentence(opening)
            .filter(|party| before.contains(&cast.parties[*party].words.start))
            .filter_map(|party| as_speaker(cast, party))
            .next();
        let introduced = page.mark(before.end - 1) == Some(':');
        if let Some(speaker) = named {
            return Some((speaker, introduced));
        }
    }
    if !after.is_empty() && before.len() < 3 {
        let named = cast
            .in_sentence(closing)
            .filter(|party| after.contains(&cast.parties[*party].words.start) && cast.parties[*party].markers.is_empty())
            .filter_map(|party| as_speaker(cast, party))
            .next();
        if let Some(speaker) = named {
            return Some((speaker, false));
        }
    }
    // a quotation of its own: the one who spoke in the sentence before, or the last speaker
    let previous = page.cut.sentences.get(opening.wrapping_sub(1)).map(|sentence| sentence.words.clone());
    if let Some(previous) = previous.filter(|_| whole_sentences) {
        let spoke = discourse::outside(page, previous.clone()).filter(|word| is_say(page, *word)).last();
        if let Some(verb) = spoke
            && let Some(speaker) = speaker_of(page, cast, verb, &previous, last)
        {
            let same_line = line.contains(&verb);
            return Some((speaker, same_line || page.mark(previous.end - 1) == Some(':')));
        }
    }
    if let Some((_, speaker)) = last.filter(|(quote, _)| close_by(page, *quote, index)) {
        return Some((speaker.clone(), false));
    }
    let start = page.cut.sentences[opening].words.start;
    discourse::focus(page, cast, start.max(words.start.saturating_sub(1)), None)
        .map(|character| (Speaker::Character { character, party: None }, false))
}

/// Who "he said" means: the last speaker, unless a sentence since then had another person as its subject.
fn who_goes_on(page: &Page, cast: &Cast, word: usize, last: Option<&(usize, Speaker)>, female: Option<&str>) -> Option<Speaker> {
    let fits = |character: usize| female.is_none() || cast.characters[character].gender != "m";
    let sentence = page.sentence_of(word);
    let focus = discourse::focus(page, cast, word, female);
    let Some((quote, Speaker::Character { character, party })) = last else {
        return focus.map(|character| Speaker::Character { character, party: None });
    };
    // the attribution stands in the sentence that closes the quotation
    let spoken = page.sentence_of(page.quotes[*quote].words.end.min(page.cut.words.len().saturating_sub(1)));
    let beside = spoken + 1 >= sentence;
    match focus.filter(|focus| !beside && focus != character || !fits(*character)) {
        Some(character) => Some(Speaker::Character { character, party: None }),
        None => Some(Speaker::Character { character: *character, party: *party }),
    }
}

fn ends_comma(page: &Page, words: &Range<usize>) -> bool {
    page.is_comma(words.end - 1) || page.is_comma(words.end + 1)
}

/// Whether two quotations stand in the same or in neighbouring paragraphs.
fn close_by(page: &Page, earlier: usize, later: usize) -> bool {
    let paragraph = |quote: usize| page.cut.sentences[page.sentence_of(page.quotes[quote].words.start)].paragraph;
    paragraph(later).saturating_sub(paragraph(earlier)) <= 2
}

fn is_say(page: &Page, word: usize) -> bool {
    page.begins_hit(word)
        && page
            .entries(word)
            .any(|entry| matches!(entry.class, Class::Say | Class::According) || entry.class == Class::Contact && entry.value == "tell")
}

/// The speaker that a saying verb has in its region.
fn speaker_of(page: &Page, cast: &Cast, verb: usize, region: &Range<usize>, last: Option<&(usize, Speaker)>) -> Option<Speaker> {
    let sentence = page.sentence_of(verb);
    let parties: Vec<usize> = cast
        .in_sentence(sentence)
        .filter(|party| {
            let found = &cast.parties[*party];
            region.contains(&found.words.start) && page.quote_of[found.words.start].is_none()
        })
        .collect();
    let according = page.is(verb, Class::According);
    let verb_end = page.hit_end(verb);
    let subject_like = |party: &usize| {
        let found = &cast.parties[*party];
        // an adjective of a state, a possessor or an object is no speaker
        let object = found.oblique && found.markers.is_empty() && !according;
        !found.possessive
            && !found.adjective
            && !object
            && (found.markers.is_empty() || found.marked("by") || according)
            && !addressed(found)
    };
    let gap = |party: usize| {
        let found = &cast.parties[party].words;
        if found.start >= verb_end { found.start - verb_end } else { verb.saturating_sub(found.end) }
    };
    let mut after: Vec<usize> = parties
        .iter()
        .copied()
        .filter(|party| cast.parties[*party].words.start >= verb_end && gap(*party) <= 14)
        .filter(subject_like)
        .collect();
    let mut before: Vec<usize> =
        parties.iter().copied().filter(|party| cast.parties[*party].words.end <= verb).filter(subject_like).collect();
    before.reverse();
    if according {
        before.clear();
        after.truncate(1);
    }
    if !according && let Some(speaker) = issuer(page, cast, verb, region, &parties) {
        return Some(speaker);
    }
    // directly after the verb (said X), else before it (X said)
    let comma_between = |party: usize| {
        (verb_end..cast.parties[party].words.start)
            .any(|word| page.is_comma(word) || page.is(word, Class::Clause) || page.is(word, Class::That))
    };
    // said yesterday, in Lisbon, the minister
    let only_when_and_where = |party: usize| {
        (verb_end..cast.parties[party].words.start).all(|word| {
            page.is_comma(word)
                || page.quantity_of[word].is_some()
                || [Class::Place, Class::Marker, Class::Article].iter().any(|class| page.is(word, *class))
        })
    };
    let after_opening = region.start + 3 >= verb;
    let direct_after = after
        .first()
        .copied()
        .filter(|party| !comma_between(*party) && (gap(*party) <= 4 || after_opening && before.is_empty()) || only_when_and_where(*party));
    let tells = page.entries(verb).any(|entry| entry.value == "tell");
    // thanked the United Kingdom and emphasized: the object of another verb is no subject
    let coordinated = |party: usize| (cast.parties[party].words.end..verb).any(|word| page.is(word, Class::And));
    before.retain(|party| !(coordinated(*party) && matches!(cast.parties[*party].head, Head::State | Head::Organization | Head::Group)));
    let beside = before.first().copied().filter(|party| gap(*party) <= 2 && !coordinated(*party));
    // the statement said: somebody whom no pack knows
    let inanimate = verb >= region.start + 2
        && page.is(verb - 2, Class::Article)
        && page.shape(verb - 1) == Shape::Lower
        && page.hits.at(verb - 1).is_none();
    if inanimate && beside.is_none() {
        return Some(Speaker::Unnamed);
    }
    let choice = match (direct_after, before.first().copied()) {
        // X said, X told Y
        (_, Some(_)) if beside.is_some() => beside,
        (Some(after), None) if tells && !cast.parties[after].marked("by") && region.start < verb => {
            // whom the words are told to; the speaker is left out
            None
        }
        (Some(after), Some(before)) => {
            let pronoun = cast.parties[after].head == Head::Pronoun;
            if after_opening && !pronoun || gap(after) == 0 && gap(before) > 3 { Some(after) } else { Some(before) }
        }
        (Some(after), None) => Some(after),
        (None, Some(before)) => Some(before),
        (None, None) => None,
    };
    // hieß es aus dem Außenministerium: a body under any preposition, where nobody else speaks
    let body = || parties.iter().copied().find(|party| cast.parties[*party].head == Head::Body && gap(*party) <= 8);
    let party = choice.or_else(body)?;
    let unnamed = cast.meanings[party].people.is_empty() && cast.meanings[party].states.is_empty();
    if unnamed && cast.parties[party].head == Head::Body {
        return Some(body_before(page, cast, party).map_or(Speaker::Unnamed, |code| Speaker::Body { code, party }));
    }
    if unnamed && matches!(cast.parties[party].head, Head::Delegates | Head::Body | Head::Organization | Head::Office) {
        return Some(office_before(page, cast, party, last).unwrap_or(Speaker::Unnamed));
    }
    if cast.parties[party].head == Head::Pronoun || cast.meanings[party].people.is_empty() && cast.meanings[party].states.is_empty() {
        let gender = cast.parties[party].pronoun.as_ref().and_then(|(value, _)| discourse::gender_of(value));
        let female = gender.filter(|gender| *gender == "f");
        return who_goes_on(page, cast, cast.parties[party].words.start, last, female);
    }
    if matches!(cast.parties[party].head, Head::Delegates | Head::Leader)
        && cast.meanings[party].people.is_empty()
        && !cast.parties[party].plural
    {
        // the American official: the last speaker of that state, else who of it was named last
        if let Some((_, Speaker::Character { character, party: known })) = last
            && cast.states_of(*character).iter().any(|state| cast.meanings[party].states.contains(state))
        {
            return Some(Speaker::Character { character: *character, party: *known });
        }
        let here = page.sentence_of(cast.parties[party].words.start);
        let recent = (0..party).rev().find(|other| {
            page.sentence_of(cast.parties[*other].words.start) + 3 >= here
                && matches!(cast.meanings[*other].people[..], [character] if cast.states_of(character).first() == cast.meanings[party].states.first())
        });
        if let Some(speaker) = recent.filter(|_| cast.meanings[party].states.len() == 1).and_then(|recent| as_speaker(cast, recent)) {
            return Some(speaker);
        }
    }
    as_speaker(cast, party)
}

/// Who issued the text that says so (the statement reads, heißt es in der Erklärung): the body or person it is of,
/// else the body named last; nobody where it is a joint one.
fn issuer(page: &Page, cast: &Cast, verb: usize, region: &Range<usize>, parties: &[usize]) -> Option<Speaker> {
    let end = page.hit_end(verb);
    let text = |word: usize| page.begins_hit(word) && page.is(word, Class::Text) && page.quote_of[word].is_none();
    // the joint statement issued at the end of the signing said: nobody stands between
    let from = parties
        .iter()
        .map(|party| &cast.parties[*party])
        .filter(|party| party.words.end <= verb && party.markers.is_empty() && party.head != Head::Pronoun)
        .map(|party| party.words.end)
        .max();
    let before = (verb.saturating_sub(12).max(from.unwrap_or(region.start))..verb).rev().find(|word| text(*word));
    let itself = page.has_feature(verb, Class::Say, Feature::Noun).then_some(verb);
    let noun = itself.or(before).or_else(|| (end..(end + 6).min(region.end)).find(|word| text(*word)))?;
    let between = noun.min(verb)..noun.max(verb);
    // X said in a statement
    let said_by = |party: &&usize| {
        let found = &cast.parties[**party];
        let named = !cast.meanings[**party].people.is_empty()
            || matches!(found.head, Head::State | Head::Body | Head::Organization)
                && !cast.meanings[**party].states.is_empty()
                && !found.adjective;
        let speaks = found.markers.is_empty() && !found.possessive && !found.oblique && named;
        let near = if found.words.start >= end { found.words.start - end <= 4 } else { verb.saturating_sub(found.words.end) <= 3 };
        speaks && near
    };
    if parties.iter().any(|party| said_by(&party)) || noun < verb && between.clone().any(|word| page.is_comma(word)) {
        return None;
    }
    let noun_end = page.hit_end(noun);
    let of = parties.iter().copied().find(|party| {
        let found = &cast.parties[*party];
        found.words.start >= noun_end
            && found.words.start - noun_end <= 3
            && (found.markers.is_empty() || found.marked("of") || found.marked("by") || found.marked("from"))
    });
    if let Some(of) = of {
        let again = || office_before(page, cast, of, None);
        let nameless = cast.meanings[of].people.is_empty() && cast.parties[of].head == Head::Office;
        return Some(nameless.then(again).flatten().or_else(|| as_speaker(cast, of)).unwrap_or(Speaker::Unnamed));
    }
    let sentence = page.sentence_of(verb);
    let issued = cast.in_sentence(sentence.saturating_sub(6)).start..cast.in_sentence(sentence).end;
    let body = issued.rev().find(|party| {
        let found = &cast.parties[*party];
        found.words.end <= noun && found.head == Head::Body && cast.meanings[*party].states.len() == 1
    });
    Some(body.and_then(|body| as_speaker(cast, body)).unwrap_or(Speaker::Unnamed))
}

/// The state of a body that is named without one: that of the like body named before, of the ambassador for an
/// embassy, else of the office which the text credits.
fn body_before(page: &Page, cast: &Cast, party: usize) -> Option<String> {
    let stem = |party: usize| -> String {
        let words = &cast.parties[party].words;
        let head = cast.parties[party].office_words.as_ref().map_or(words.end, |office| office.end);
        page.folded(head.saturating_sub(1)).chars().take(5).collect()
    };
    let single = |other: &usize| cast.meanings[*other].states.len() == 1;
    let bodies = || (0..party).rev().filter(single).filter(|other| cast.parties[*other].head == Head::Body);
    let embassy = cast.parties[party].role == Some(Role::Ambassador);
    let ambassador = || (0..party).rev().filter(single).find(|other| embassy && cast.parties[*other].role == Some(Role::Ambassador));
    let like = bodies().find(|other| stem(*other) == stem(party)).or_else(ambassador).or_else(|| bodies().next().filter(|_| !embassy));
    like.map(|other| cast.meanings[other].states[0].clone()).or_else(|| cast.home.clone().filter(|_| !embassy))
}

/// Whether a character can be meant by an office: none of his first offices is another.
fn may_hold(cast: &Cast, character: usize, role: Option<Role>) -> bool {
    let first =
        |known: Role| matches!(known, Role::President | Role::Monarch | Role::HeadOfState | Role::PrimeMinister | Role::ForeignMinister);
    let person = &cast.characters[character];
    person.offices.is_empty()
        || person.offices.iter().any(|(office, _)| Some(office.role) == role)
        || !person.offices.iter().any(|(office, _)| first(office.role)) && !role.is_some_and(first)
}

/// "The minister said": whoever was named with the like office, or spoke last; not "an official said".
fn office_before(page: &Page, cast: &Cast, party: usize, last: Option<&(usize, Speaker)>) -> Option<Speaker> {
    let found = &cast.parties[party];
    let indefinite = page.is(found.words.start, Class::Number);
    if found.plural || indefinite || !matches!(found.head, Head::Office | Head::Delegates) {
        return None;
    }
    let like = (0..party).rev().find(|other| {
        let other = &cast.parties[*other];
        found.head == Head::Office && other.name.is_some() && other.role.is_some() && other.role == found.role
    });
    match (like.and_then(|like| as_speaker(cast, like)), last) {
        (Some(speaker), _) => Some(speaker),
        (None, Some((_, Speaker::Character { character, party }))) if may_hold(cast, *character, found.role) => {
            Some(Speaker::Character { character: *character, party: *party })
        }
        _ => spoke_before(page, cast, page.sentence_of(found.words.start))
            .filter(|speaker| matches!(speaker, Speaker::Character { character, .. } if may_hold(cast, *character, found.role))),
    }
}

/// Who was told to say something in the two sentences before.
fn spoke_before(page: &Page, cast: &Cast, sentence: usize) -> Option<Speaker> {
    (sentence.saturating_sub(2)..sentence).rev().find_map(|before| {
        let words = page.cut.sentences[before].words.clone();
        let verb = discourse::outside(page, words.clone()).find(|word| page.begins_hit(*word) && page.is(*word, Class::Say))?;
        let subject = cast.in_sentence(before).find(|party| {
            let found = &cast.parties[*party];
            let near = found.words.start.abs_diff(verb) <= 4 || verb.abs_diff(found.words.end) <= 2;
            near && found.name.is_some() && found.markers.is_empty() && !found.possessive && !found.oblique
        })?;
        as_speaker(cast, subject)
    })
}

fn addressed(party: &crate::party::Party) -> bool {
    party.marked("to") && !party.marked("by")
}

fn as_speaker(cast: &Cast, party: usize) -> Option<Speaker> {
    let meaning = &cast.meanings[party];
    if let [character] = meaning.people[..] {
        return Some(Speaker::Character { character, party: Some(party) });
    }
    let found = &cast.parties[party];
    let speaks = matches!(found.head, Head::Body | Head::Office | Head::Organization | Head::Delegates | Head::Leader)
        || found.head == Head::State && !found.adjective;
    (speaks && meaning.people.is_empty()).then(|| meaning.states.first().map(|code| Speaker::Body { code: code.clone(), party })).flatten()
}

/// To whom: a personal object of the saying verb in the same sentence.
fn addressee(page: &Page, cast: &Cast, quote: &Range<usize>, speaker: &Speaker) -> Option<ClaimParty> {
    for sentence in [page.sentence_of(quote.end.min(page.cut.words.len() - 1)), page.sentence_of(quote.start.saturating_sub(1))] {
        let words = page.cut.sentences[sentence].words.clone();
        let tells = discourse::outside(page, words.clone())
            .find(|word| page.entries(*word).any(|entry| entry.value == "tell" && matches!(entry.class, Class::Say | Class::Contact)));
        let verb = tells.or_else(|| discourse::outside(page, words).find(|word| is_say(page, *word)))?;
        let end = page.hit_end(verb);
        for party in cast.in_sentence(sentence) {
            let found = &cast.parties[party];
            let near = found.words.start >= end && found.words.start - end <= 6;
            let object = found.marked("to") || tells.is_some() && found.markers.is_empty();
            if !near || !object || page.quote_of[found.words.start].is_some() {
                continue;
            }
            let speaking = match speaker {
                Speaker::Character { character, .. } => Some(*character),
                Speaker::Body { .. } | Speaker::Unnamed => None,
            };
            if let Some(character) = cast.meanings[party].people.first().copied().filter(|character| Some(*character) != speaking) {
                return Some(cast.claim_party(page, character, Some(party)));
            }
        }
    }
    None
}

/// Reported speech: a subject, a saying verb, and the clause that its conjunction opens.
fn reported(page: &Page, cast: &Cast, statements: &mut Vec<Statement>) {
    for (index, sentence) in page.cut.sentences.iter().enumerate() {
        if !page.tells(index) {
            continue;
        }
        for verb in sentence.words.clone() {
            if !page.begins_hit(verb) || !page.is(verb, Class::Say) || page.quote_of[verb].is_some() {
                continue;
            }
            let end = page.hit_end(verb);
            let Some(that) =
                (end..(end + 9).min(sentence.words.end)).find(|word| page.is(*word, Class::That) && page.quote_of[*word].is_none())
            else {
                continue;
            };
            let mut clause = page.hit_end(that)..sentence.words.end;
            while clause.len() > 1 && page.shape(clause.end - 1) == Shape::Mark {
                clause.end -= 1;
            }
            if clause.len() < 4 || clause.clone().any(|word| page.quote_of[word].is_some()) {
                continue;
            }
            let region = sentence.words.start..that;
            let Some(speaker) = speaker_of(page, cast, verb, &region, None) else { continue };
            let Some(span) = page.span(&clause) else { continue };
            statements.push(Statement {
                speaker: claim(page, cast, &speaker),
                addressee: None,
                quoted: false,
                span,
                basis: Basis {
                    modality: Modality::Reported,
                    side: None,
                    rule: "statement.reported".to_owned(),
                    confidence: 0.75,
                    evidence: vec![span],
                },
            });
            break;
        }
    }
}
