//! The language of a text.
//!
//! In: a text and the packs. Out: the index of the pack that reads it, or none.
//! Never: looks further than the first few thousand characters.

use crate::knowledge::Knowledge;
use chancery_language::fold::fold_str;

/// Characters that are looked at.
const SAMPLE: usize = 6000;

/// Share of words that say which language it is, below which another language is likelier where the trigrams see one.
const FEW: f64 = 0.09;

/// The pack whose function words are most frequent in the text; `None` where no pack's words are,
/// or where the text is in a language that no pack reads.
pub(crate) fn identify(text: &str, knowledge: &Knowledge) -> Option<usize> {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    if whatlang::detect_script(&text[..end]).is_some_and(|script| !knowledge.reads_script(script)) {
        return None;
    }
    // al-Kadhimi, Saint-Germain-en-Laye: what is tied to a name says nothing of the language
    let tied = |token: &&str| token.split('-').skip(1).any(|part| part.starts_with(char::is_uppercase));
    let told: Vec<&str> = text[..end].split_whitespace().filter(|token| !tied(token)).collect();
    let sample = fold_str(&told.join(" "), false);
    let mut known = vec![0_usize; knowledge.packs().len()];
    // a word of several languages (in, de, a) says less of each
    let mut weights = vec![0.0; knowledge.packs().len()];
    let mut words = 0usize;
    for word in sample.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()) {
        let packs = knowledge.packs_with_word(word);
        for pack in packs {
            known[*pack] += 1;
            weights[*pack] += 1.0 / packs.len() as f64;
        }
        words += 1;
    }
    if words == 0 {
        return None;
    }
    let mut scores: Vec<(f64, usize)> = knowledge
        .packs()
        .iter()
        .enumerate()
        .map(|(index, pack)| {
            // long lists would win by their length alone
            (weights[index] / (pack.settings.function_words.len().max(20) as f64).sqrt(), index)
        })
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (best, index) = *scores.first()?;
    let second = scores.get(1).map_or(0.0, |(score, _)| *score);
    // many words of one language and few of the next need no second opinion
    let share = known[index] as f64 / words as f64;
    if share > 0.25 && best > 2.0 * second && words > 40 {
        return Some(index);
    }
    let guess = whatlang::detect(&text[..end]).map(|info| (info.lang().code(), info.is_reliable()));
    // two opinions on few words: the trigrams decide between packs whose words are nearly as many
    let meant = guess.and_then(|(code, _)| knowledge.packs().iter().position(|pack| pack.settings.iso639_3.as_deref() == Some(code)));
    let index = meant.filter(|meant| weights[*meant] * 2.0 >= weights[index]).unwrap_or(index);
    let share = known[index] as f64 / words as f64;
    let tag = &knowledge.packs()[index].settings.iso639_3;
    let agrees = guess.is_some_and(|(code, _)| tag.as_deref() == Some(code));
    // a language that no pack reads: for sure, or rather than one of which the text has few words of its own
    let foreign = guess.is_some() && meant.is_none();
    let few = weights[index] / (words as f64) < FEW;
    let reliable_other = foreign && (guess.is_some_and(|(_, reliable)| reliable) || few);
    match (best > 0.0, agrees) {
        (true, true) => Some(index),
        (true, false) if !reliable_other && weights[index] / words as f64 > 0.12 => Some(index),
        (_, false) if share < 0.04 || reliable_other => {
            // function words say nothing; trust the trigrams where a pack reads what they say
            let (code, reliable) = guess?;
            reliable.then(|| knowledge.packs().iter().position(|pack| pack.settings.iso639_3.as_deref() == Some(code))).flatten()
        }
        (true, _) => Some(index),
        // a headline without a function word
        _ => {
            let (code, _) = guess?;
            knowledge.packs().iter().position(|pack| pack.settings.iso639_3.as_deref() == Some(code))
        }
    }
}
