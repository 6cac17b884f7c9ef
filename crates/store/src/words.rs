//! Texts cut into words for searching, in any script.
//!
//! In: a text. Out: its words folded, each with its place. Never: knows a language; scripts that write no spaces are cut into their
//! characters, so that a word of them is found as a run.

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word: folded, and the bytes of the text where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// Without case and accents.
    pub folded: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The words of a text, in order.
pub fn cut(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open: Option<usize> = None;
    let mut close = |from: &mut Option<usize>, to: usize| {
        if let Some(start) = from.take() {
            let folded = fold(&text[start..to]);
            if !folded.is_empty() {
                words.push(Word { folded, start, end: to });
            }
        }
    };
    for (at, character) in text.char_indices() {
        let inside = character.is_alphanumeric() || (open.is_some() && is_combining_mark(character));
        if !inside || alone(character) {
            close(&mut open, at);
        }
        if inside {
            open.get_or_insert(at);
            if alone(character) {
                close(&mut open, at + character.len_utf8());
            }
        }
    }
    close(&mut open, text.len());
    words
}

/// The words of a text as the index takes them.
pub fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in cut(text) {
        out.push_str(&word.folded);
        out.push(' ');
    }
    out
}

/// Characters of scripts that put no spaces between words.
fn alone(character: char) -> bool {
    matches!(character,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn fold(word: &str) -> String {
    let latin = |character: char| matches!(character, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    let plain = word.chars().flat_map(char::to_lowercase).nfd();
    let mut folded = String::with_capacity(word.len());
    for character in plain.filter(|character| !matches!(character, '\u{300}'..='\u{36F}')) {
        if latin(character) {
            folded.push_str(&any_ascii_char(character).to_lowercase());
        } else {
            folded.push(character);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        cut(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_of_every_script_are_cut() {
        for (text, words) in [
            ("Premiér v Paříži, Łódź.", &["premier", "v", "parizi", "lodz"][..]),
            ("Straße Øresund", &["strasse", "oresund"]),
            ("Встреча, Қасым-Жомарт Тоқаев", &["встреча", "қасым", "жомарт", "тоқаев"]),
            ("Йошкар", &["иошкар"]),
            ("习近平 2024年", &["习", "近", "平", "2024", "年"]),
            ("नमस्ते दुनिया", &["नमस्ते", "दुनिया"]),
            (" – ", &[]),
        ] {
            assert_eq!(folded(text), words, "{text}");
        }
    }

    #[test]
    fn a_word_knows_its_place() {
        let text = "V Paříži 北京.";
        let places: Vec<&str> = cut(text).iter().map(|word| &text[word.start..word.end]).collect();
        assert_eq!(places, ["V", "Paříži", "北", "京"]);
    }
}
