//! One folding of names that brings spellings of a name together.
//!
//! In: a name in any script. Out: a skeleton of lower-case ASCII letters that Tokayev, Tokajev,
//! Tokaýew and Токаев share. Never: a form to show to anybody.

use std::borrow::Cow;

/// The skeleton of one word of a name.
pub fn skeleton(word: &str) -> String {
    let ascii = if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(any_ascii::any_ascii(word)) };
    let mut buffer = [0_u8; 48];
    let mut length = 0;
    for byte in ascii.bytes().filter(u8::is_ascii_alphabetic).take(buffer.len()) {
        buffer[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    let mut out = String::with_capacity(length + 1);
    let mut rest = &buffer[..length];
    while let [first, after @ ..] = rest {
        let (taken, letters) = group(*first, after);
        for letter in letters.bytes() {
            push(&mut out, letter);
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    // Tokayev and Tokaev, Zelenskyy and Zelensky
    for glide in [b"aie", b"eie", b"oie"] {
        while let Some(at) = out.as_bytes().windows(3).position(|three| three == glide) {
            out.remove(at + 1);
        }
    }
    out
}

/// How many letters from the first are one sound, and how it is written in a skeleton.
fn group(first: u8, after: &[u8]) -> (usize, &'static str) {
    let follows = |letters: &[u8]| after.starts_with(letters);
    match first {
        b't' if follows(b"sch") => (4, "c"),
        b't' if follows(b"ch") => (3, "c"),
        b't' if follows(b"h") => (2, "t"),
        b's' if follows(b"ch") => (3, "s"),
        b's' | b'z' if follows(b"h") => (2, "s"),
        b'k' if follows(b"h") => (2, "h"),
        b'g' if follows(b"h") => (2, "g"),
        b'p' if follows(b"h") => (2, "f"),
        b'c' if follows(b"k") => (2, "k"),
        b'd' if follows(b"zh") => (3, "i"),
        b'd' if follows(b"j") => (2, "i"),
        b'x' => (1, "ks"),
        other => (1, LETTERS.get(usize::from(other - b'a')).copied().unwrap_or("")),
    }
}

/// Each letter of the alphabet as a skeleton has it.
const LETTERS: [&str; 26] =
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "i", "k", "l", "m", "n", "o", "p", "k", "r", "s", "t", "u", "v", "v", "x", "i", "s"];

fn push(out: &mut String, letter: u8) {
    if out.as_bytes().last() != Some(&letter) {
        out.push(char::from(letter));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_share_a_skeleton() {
        for spellings in [
            &["Tokayev", "Tokajev", "Tokaýew", "Tokajew", "Токаев"][..],
            &["Lavrov", "Lawrow", "Лавров"],
            &["Mirziyoyev", "Mirzijojev", "Mirsijojew"],
            &["Zelensky", "Zelenskyy", "Zelenskyj", "Selenskyj", "Zelenski"],
            &["Erdoğan", "Erdogan"],
            &["Babiš", "Babis"],
        ] {
            let skeletons: Vec<String> = spellings.iter().map(|spelling| skeleton(spelling)).collect();
            assert!(skeletons.windows(2).all(|pair| pair[0] == pair[1]), "{spellings:?} {skeletons:?}");
        }
        assert_ne!(skeleton("Putin"), skeleton("Pavel"));
    }
}
