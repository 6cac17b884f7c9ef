//! How alike two spellings of a word of a name are.
//!
//! In: skeletons, see [`crate::name`]. Out: a likeness between 0 and 1, and a looser key by which candidates are found.
//! Never: decides that two names are one person's.

/// Likeness from which two words may be one word spelled twice.
pub const ALIKE: f64 = 0.74;

/// The consonants of a skeleton in a few classes: what most transcriptions of a name share.
pub fn loose(skeleton: &str) -> String {
    let mut out = String::new();
    // ts and z are one sound in half of the spellings (Scholz, Шольц)
    let skeleton = skeleton.replace("ts", "s");
    let mut after_vowel = false;
    for (index, letter) in skeleton.bytes().enumerate() {
        let parted = std::mem::take(&mut after_vowel);
        let class = match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => {
                if index > 0 {
                    after_vowel = true;
                    continue;
                }
                'a'
            }
            b'h' => {
                after_vowel = parted;
                continue;
            }
            b'b' | b'p' => 'p',
            b'c' | b'g' | b'k' | b'q' => 'k',
            b'd' | b't' => 't',
            b'f' | b'v' | b'w' => 'v',
            b'j' | b's' | b'z' => 's',
            other => char::from(other),
        };
        if parted || !out.ends_with(class) {
            out.push(class);
        }
    }
    out
}

/// The other reading of a skeleton with a c: ts (Morawiecki, Fico).
pub fn c_as_ts(skeleton: &str) -> Option<String> {
    skeleton.contains('c').then(|| skeleton.replace("ch", "h").replace('c', "ts"))
}

/// Other readings of a skeleton: cz and cs are ch (Kuczma), and a letter that is g in one language is h in the next.
pub fn readings(skeleton: &str, latin: bool) -> Vec<String> {
    let mut found = Vec::new();
    // two letters, no language
    let other = concat!("c", "s");
    if skeleton.contains("ch") {
        found.push(skeleton.replace("ch", other));
    } else if skeleton.contains(other) {
        found.push(skeleton.replace(other, "ch"));
    }
    // the soft e of one language is the plain one of the next (Miedwiediew)
    if skeleton.contains("ie") {
        found.push(skeleton.replace("ie", "e"));
    }
    // c and k are one sound before most letters (Tocaiev, Макрон)
    if skeleton.contains('c') && !skeleton.contains("ch") {
        found.push(skeleton.replace('c', "k"));
    }
    if !latin && skeleton.contains('k') {
        found.push(skeleton.replace('k', "c"));
    }
    if !latin && skeleton.contains('g') {
        found.push(skeleton.replace('g', "h"));
    }
    found
}

/// How alike two skeletons are: 1 where they are the same, 0 where they share nothing.
pub fn likeness(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (longest, shortest) = (a.len().max(b.len()), a.len().min(b.len()));
    if shortest < 2 {
        return 0.0;
    }
    let same_consonants = || loose(a) == loose(b);
    if shortest <= 3 {
        // so short a word has too many neighbours
        return if longest <= shortest + 1 && same_consonants() && a.as_bytes()[0] == b.as_bytes()[0] { 0.76 } else { 0.0 };
    }
    if 2 * shortest < longest {
        return 0.0;
    }
    let letters = 1.0 - strsim::osa_distance(a, b) as f64 / longest as f64;
    if letters >= 0.5 && same_consonants() {
        return letters.max(0.86);
    }
    // one letter of four makes another name (Hong, Song)
    if longest <= 4 { 0.0 } else { letters }
}

/// Whether a form is written in letters that a skeleton of words does justice to.
pub fn is_alphabetic_script(form: &str) -> bool {
    form.chars()
        .filter(|character| character.is_alphabetic())
        .all(|character| character < '\u{530}' || ('\u{1E00}'..'\u{2000}').contains(&character))
}

/// Whether a form is written in Latin letters.
pub fn is_latin(form: &str) -> bool {
    form.chars()
        .filter(|character| character.is_alphabetic())
        .all(|character| character < '\u{370}' || ('\u{1D00}'..'\u{1F00}').contains(&character))
}

/// A form in a script whose vowels are not written or whose characters are syllables: its letters alone, without marks and spaces.
pub fn plain(form: &str) -> String {
    form.chars()
        .filter_map(|character| match character {
            '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{591}'..='\u{5C7}' | '\u{640}' => None,
            'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
            'ى' | 'ي' | 'ئ' => Some('ی'),
            'ك' => Some('ک'),
            'ة' => Some('ه'),
            other => other.is_alphanumeric().then(|| other.to_lowercase().next().unwrap_or(other)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skeleton;

    #[test]
    fn transcriptions_of_a_name_are_alike_and_other_names_are_not() {
        let of = |a: &str, b: &str| likeness(&skeleton(a), &skeleton(b));
        for (a, b) in [("Gaddafi", "Qadhafi"), ("Kuczma", "Kuchma"), ("Mohamed", "Muhammad"), ("Zayed", "Zayid")] {
            assert!(of(a, b) >= ALIKE, "{a} {b} {}", of(a, b));
        }
        for (a, b) in [("Barak", "Olmert"), ("Hu", "Li"), ("Putin", "Pavel"), ("Bush", "Babiš"), ("Xi", "Yi")] {
            assert!(of(a, b) < ALIKE, "{a} {b} {}", of(a, b));
        }
    }

    #[test]
    fn marks_of_vowels_do_not_matter() {
        assert_eq!(plain("بُوتِين"), plain("بوتين"));
        assert_eq!(plain("ウラジーミル・プーチン"), "ウラジーミルプーチン");
    }
}
