//! Statements: quoted words and reported speech, with who says them to whom.
//!
//! In: a page and its cast. Out: statements, and for each quotation its speaker. Never: takes a
//! title, a name or a single term in quotation marks for speech.

mod speaker;
mod speech;

use crate::cast::Cast;
use crate::discourse;
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Feature, Shape};
use chancery_model::{Basis, Modality, Party as ClaimParty, Role, Span, Statement};
use speaker::{as_speaker, speaker_of, spoke_in};
use speech::is_speech;
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

/// "..." Then B demanded: a sentence that begins with another's name says nothing of whose words stood before it.
fn names_another(cast: &Cast, sentence: usize, speaker: &Speaker) -> bool {
    let Speaker::Character { character, .. } = speaker else { return false };
    cast.in_sentence(sentence).next().is_some_and(|party| {
        let people = &cast.meanings[party].people;
        cast.parties[party].name.is_some() && !people.is_empty() && !people.contains(character)
    })
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
    let line_of = |word: usize| page.cut.line_of(word).cloned().unwrap_or(word..word);
    // after the closing mark, to the end of its sentence
    let after_start = words.end + 1;
    let mut after = after_start..page.cut.sentences[closing].words.end.min(next_quote).max(after_start);
    if after.is_empty() && page.cut.words.len() > after_start && line_of(words.end).contains(&after_start) {
        // "..." Then he added: the next sentence may begin with the attribution
        let next = page.sentence_of(after_start);
        let sentence = page.cut.sentences[next].words.clone();
        let early = sentence.start..(sentence.start + 6).min(sentence.end);
        let goes_on = last.is_some_and(|(quote, speaker)| {
            line_of(words.start).contains(&page.quotes[*quote].words.start) && names_another(cast, next, speaker)
        });
        if early.clone().any(|word| is_say(page, word)) && next_quote >= sentence.end && !goes_on {
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
        if let Some(speaker) = participle(page, cast, *verb, last) {
            return Some((speaker, true));
        }
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
        let spoke = before_quote.and_then(|before| spoke_in(page, cast, before));
        let subject = before_quote.and_then(|before| discourse::subject(page, cast, before)).and_then(|party| as_speaker(cast, party));
        let subject = spoke.or(subject);
        if let Some(speaker @ Speaker::Character { .. }) = subject {
            return Some((speaker, true));
        }
        let start = page.cut.sentences[page.sentence_of(verb)].words.start;
        let subject =
            subject.filter(|speaker| !matches!(speaker, Speaker::Body { party, .. } if cast.parties[*party].head == Head::Organization));
        return who_goes_on(page, cast, start, last, None).or(subject).map(|speaker| (speaker, true));
    }
    // “...”, the communiqué of the presidency shows
    let early = after.start..after.end.min(after.start + 5);
    let text = early.clone().find(|word| page.begins_hit(*word) && page.is(*word, Class::Text) && page.quote_of[*word].is_none());
    if let (Some(noun), true) = (text, before.is_empty()) {
        let end = page.hit_end(noun);
        let of = cast.in_sentence(closing).find(|party| {
            let found = &cast.parties[*party];
            (end..end + 4).contains(&found.words.start)
                && (found.markers.is_empty() || ["of", "by", "from"].iter().any(|marker| found.marked(marker)))
        });
        return Some((of.and_then(|party| as_speaker(cast, party)).unwrap_or(Speaker::Unnamed), false));
    }
    // “...”, the agency reported
    let credit = (after.start..after.end.min(after.start + 6)).find(|word| page.begins_hit(*word) && page.is(*word, Class::Credit));
    if credit.is_some() && before.is_empty() {
        let named = cast.in_sentence(closing).filter(|party| after.contains(&cast.parties[*party].words.start));
        let named = named.filter(|party| cast.parties[*party].markers.is_empty()).find_map(|party| as_speaker(cast, party));
        return Some((named.unwrap_or(Speaker::Unnamed), false));
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
        let here = || cast.in_sentence(opening).filter(|party| before.contains(&cast.parties[*party].words.start));
        // the first EU summit, which Michel called “...”: a person before a body
        let free = |party: &usize| cast.parties[*party].markers.is_empty() && !cast.parties[*party].possessive;
        let person =
            here().filter(free).filter_map(|party| as_speaker(cast, party)).find(|speaker| matches!(speaker, Speaker::Character { .. }));
        // he condemned the attack and "confirmed ..."
        let he = here().filter(free).find(|party| {
            let found = &cast.parties[*party];
            !found.oblique && found.pronoun.as_ref().is_some_and(|(value, possessive)| !possessive && (value == "he" || value == "she"))
        });
        let meant = || discourse::focus(page, cast, cast.parties[he?].words.start, None);
        let person = person.or_else(|| meant().map(|character| Speaker::Character { character, party: None }));
        let named = person.or_else(|| here().find_map(|party| as_speaker(cast, party)));
        let introduced = page.mark(before.end - 1) == Some(':');
        // Moscow will go on with it, “...”: its minister, who was speaking
        let of_state = |code: &str| match last {
            Some((quote, before @ Speaker::Character { character, .. })) if line.contains(&page.quotes[*quote].words.start) => {
                cast.states_of(*character).iter().any(|state| state == code).then(|| before.clone())
            }
            _ => None,
        };
        let named = named.map(|speaker| match &speaker {
            Speaker::Body { code, party } if cast.parties[*party].head == Head::State => of_state(code).unwrap_or(speaker),
            _ => speaker,
        });
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

/// Accused China of ..., noting that "...": a participle has the subject of the verb before it, or of its sentence.
fn participle(page: &Page, cast: &Cast, verb: usize, last: Option<&(usize, Speaker)>) -> Option<Speaker> {
    if !page.entries(verb).any(|entry| entry.class == Class::Say && entry.is(Feature::Gerund)) {
        return None;
    }
    let sentence = page.sentence_of(verb);
    let start = page.cut.sentences[sentence].words.start;
    let finite = |word: &usize| {
        page.begins_hit(*word)
            && page.entries(*word).any(|entry| entry.class == Class::Say && !entry.features.any(&[Feature::Gerund, Feature::Noun]))
    };
    let governing = discourse::outside(page, start..verb).filter(finite).last();
    let spoken = governing.and_then(|governing| speaker_of(page, cast, governing, &(start..verb), last));
    let subject = || {
        discourse::subject(page, cast, sentence)
            .filter(|party| cast.parties[*party].words.end <= verb)
            .and_then(|party| as_speaker(cast, party))
    };
    spoken.or_else(subject)
}

/// Who "he said" means: the last speaker, unless a sentence since then had another person as its subject.
fn who_goes_on(page: &Page, cast: &Cast, word: usize, last: Option<&(usize, Speaker)>, female: Option<&str>) -> Option<Speaker> {
    let sentence = page.sentence_of(word);
    if let Some(speaker) = spokesperson_before(page, cast, sentence, last) {
        return Some(speaker);
    }
    let focus = discourse::focus(page, cast, word, female).map(|character| Speaker::Character { character, party: None });
    let Some((quote, speaker)) = last else { return focus.or_else(|| only_one_before(page, cast, sentence)) };
    // the attribution stands in the sentence that closes the quotation
    let spoken = page.sentence_of(page.quotes[*quote].words.end.min(page.cut.words.len().saturating_sub(1)));
    let beside = spoken + 1 >= sentence;
    let fits = match speaker {
        Speaker::Character { character, .. } => female.is_none() || cast.characters[*character].gender != "m",
        Speaker::Body { .. } | Speaker::Unnamed => female.is_none() && beside,
    };
    if fits && (beside || focus.is_none()) { Some(speaker.clone()) } else { focus }
}

/// A spokesman announced it. "...", he said: a spokesperson without a name whom the sentence before tells of, and no quotation since.
fn spokesperson_before(page: &Page, cast: &Cast, sentence: usize, last: Option<&(usize, Speaker)>) -> Option<Speaker> {
    let before = sentence.checked_sub(1).filter(|before| page.tells(*before))?;
    let since = |quote: usize| page.sentence_of(page.quotes[quote].words.start) >= before;
    let nameless = cast.in_sentence(before).find(|party| {
        let (found, meaning) = (&cast.parties[*party], &cast.meanings[*party]);
        let told = page.quote_of[found.words.start].is_none() && !found.plural;
        told && found.role == Some(Role::Spokesperson) && found.name.is_none() && meaning.people.is_empty()
    })?;
    let alone = cast.in_sentence(before).all(|party| cast.meanings[party].people.is_empty());
    (alone && !last.is_some_and(|(quote, _)| since(*quote))).then(|| as_speaker(cast, nameless).unwrap_or(Speaker::Unnamed))
}

/// Whom the sentence before names, under whatever preposition, where it names nobody else (the government, headed by X).
fn only_one_before(page: &Page, cast: &Cast, sentence: usize) -> Option<Speaker> {
    let before = sentence.checked_sub(1).filter(|before| page.tells(*before))?;
    let mut people: Vec<usize> = cast.in_sentence(before).flat_map(|party| cast.meanings[party].people.iter().copied()).collect();
    people.dedup();
    match people[..] {
        [character] => Some(Speaker::Character { character, party: None }),
        _ => None,
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
