//! In which direction words run.
//!
//! In: words. Out: left to right or right to left, as most of their letters do. Never: by the first letter alone, with which words of
//! another script may be quoted.

/// Blocks of scripts that run from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their forms, and those of the supplementary
/// plane (Unicode, UAX 9).
const RIGHT_TO_LEFT: [std::ops::RangeInclusive<char>; 5] =
    ['\u{590}'..='\u{8ff}', '\u{fb1d}'..='\u{fdff}', '\u{fe70}'..='\u{feff}', '\u{10800}'..='\u{10fff}', '\u{1e800}'..='\u{1efff}'];

/// As the attribute `dir` says it; left to the browser where there are no letters.
pub fn direction(words: &str) -> &'static str {
    let runs_left = |letter: &char| RIGHT_TO_LEFT.iter().any(|block| block.contains(letter));
    let letters = || words.chars().filter(|character| character.is_alphabetic());
    match (letters().filter(runs_left).count() * 2, letters().count()) {
        (_, 0) => "auto",
        (right_to_left, all) if right_to_left > all => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn a_quotation_does_not_turn_its_paragraph() {
        assert_eq!(direction("\"مصر شريك\", said the President in Cairo."), "ltr");
        assert_eq!(direction("Akorda: التقى الرئيس الكازاخستاني نظيره"), "rtl");
        assert_eq!((direction("2024-05-12"), direction("Δύο")), ("auto", "ltr"));
    }
}
