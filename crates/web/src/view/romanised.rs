//! Words of other scripts in Latin letters.
//!
//! In: a text. Out: the same in Latin letters. Never: a change of what is Latin, or of marks and numbers.

/// What is written in other scripts letter by letter; what is Latin keeps its marks.
pub fn romanised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{20cf}' => out.push(character),
            other => out.push_str(any_ascii::any_ascii_char(other)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn latin_keeps_its_marks() {
        assert_eq!(super::romanised("Токаев – „Čaputová“"), "Tokaev – „Čaputová“");
        assert_eq!(super::romanised("習近平"), "XiJinPing");
    }
}
