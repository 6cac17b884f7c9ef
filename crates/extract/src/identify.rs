//! The language of a text.
//!
//! In: a text and the packs. Out: the index of the pack that reads it, or none.
//! Never: looks further than the first few thousand characters.

use crate::knowledge::Knowledge;
use chancery_language::fold::fold_str;

/// Characters that are looked at.
const SAMPLE: usize = 6000;

/// The pack whose function words are most frequent in the text; `None` where no pack's words are,
/// or where the text is in a language that no pack reads.
pub(crate) fn identify(text: &str, knowledge: &Knowledge) -> Option<usize> {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let sample = fold_str(&text[..end], false);
    let mut known = vec![0_usize; knowledge.packs().len()];
    let mut words = 0usize;
    for word in sample.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()) {
        knowledge.packs_with_word(word).iter().for_each(|pack| known[*pack] += 1);
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
            (known[index] as f64 / (pack.settings.function_words.len().max(20) as f64).sqrt(), index)
        })
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (best, index) = *scores.first()?;
    let second = scores.get(1).map_or(0.0, |(score, _)| *score);
    // many words of one language and few of the next need no second opinion
    let list = knowledge.packs()[index].settings.function_words.len().max(20) as f64;
    if best * list.sqrt() / words as f64 > 0.25 && best > 2.0 * second && words > 40 {
        return Some(index);
    }
    let guess = whatlang::detect(&text[..end]).map(|info| (info.lang().code(), info.is_reliable()));
    let share = best * (knowledge.packs()[index].settings.function_words.len().max(20) as f64).sqrt() / words as f64;
    let tag = &knowledge.packs()[index].settings.iso639_3;
    let agrees = guess.is_some_and(|(code, _)| tag.as_deref() == Some(code));
    let reliable_other = guess.is_some_and(|(code, reliable)| {
        reliable && !agrees && !knowledge.packs().iter().any(|pack| pack.settings.iso639_3.as_deref() == Some(code))
    });
    match (best > 0.0, agrees) {
        (true, true) => Some(index),
        (true, false) if !reliable_other && share > 0.12 => Some(index),
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
