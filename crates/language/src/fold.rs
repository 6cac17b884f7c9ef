//! Folding of characters for matching, one character to one.
//!
//! In: a character. Out: its lower-case form, with or without its marks. Never: changes the number
//! of characters, so that a folded word is as long as the word.

use std::sync::LazyLock;
use unicode_normalization::char::decompose_canonical;

/// Lower case, plain apostrophes and hyphens, comma-below letters for their cedilla look-alikes; without marks where `ignore_marks`.
pub fn fold(character: char, ignore_marks: bool) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    let [whole, base] = &*FREQUENT;
    let frequent = if ignore_marks { base } else { whole };
    frequent.get(character as usize).copied().unwrap_or_else(|| work_out(character, ignore_marks))
}

/// Letters of European languages, folded once: with their marks, and without.
static FREQUENT: LazyLock<[Vec<char>; 2]> =
    LazyLock::new(|| [false, true].map(|ignore_marks| ('\0'..'\u{250}').map(|character| work_out(character, ignore_marks)).collect()));

fn work_out(character: char, ignore_marks: bool) -> char {
    let lower = match character {
        '’' | '‘' | 'ʼ' | 'ʻ' | '´' | '′' => '\'',
        '‐' | '‑' => '-',
        'Ş' | 'ş' => 'ș',
        'Ţ' | 'ţ' => 'ț',
        'İ' => 'i',
        other => other.to_lowercase().next().unwrap_or(other),
    };
    if ignore_marks { without_marks(lower) } else { lower }
}

/// The base letter of a character that decomposes.
pub fn without_marks(character: char) -> char {
    if character.is_ascii() {
        return character;
    }
    let mut base = None;
    decompose_canonical(character, |part| {
        base.get_or_insert(part);
    });
    base.unwrap_or(character)
}

/// [`fold`] over a string.
pub fn fold_str(text: &str, ignore_marks: bool) -> String {
    text.chars().map(|character| fold(character, ignore_marks)).collect()
}
