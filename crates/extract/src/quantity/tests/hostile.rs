//! No text makes the parsers panic, and every span lies where it says.

use super::{Language, Lean, QuantityKind, quantities};
use jiff::civil::Date;

/// A fixed sequence of numbers that look random; tests repeat to the bit.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

const MARKS: &[&str] = &[
    ".", ",", "-", "–", "—", "/", "(", ")", "'", "’", ":", ";", "%", "$", "€", "½", "\n", "\u{a0}", "\u{202f}", "\u{200b}", "\u{301}", "º",
    "٣", "\"", "#", "+", "US", "R", "EUR", "A",
];
const FIGURES: &[&str] = &[
    "0",
    "1",
    "2",
    "00",
    "12",
    "13",
    "28",
    "31",
    "32",
    "007",
    "1",
    "999",
    "1000",
    "2000",
    "2023",
    "9999",
    "99999999999",
    "1.234",
    "1,5",
    "1e9",
    "2½",
    "²",
];

/// Text put together from the forms of a lexicon, figures and marks.
fn nonsense(language: &Language, dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.roll(40) {
        match dice.roll(5) {
            0 => text.push_str(MARKS[dice.roll(MARKS.len())]),
            1 => text.push_str(FIGURES[dice.roll(FIGURES.len())]),
            _ => text.push_str(&language.entries[dice.roll(language.entries.len())].form.replace('*', "")),
        }
        if dice.roll(4) > 0 {
            text.push(' ');
        }
    }
    text
}

fn every_quantity_is_sound(language: &Language, text: &str) {
    let (cut, hits) = language.cut(text);
    let found = quantities(text, &cut, &hits, &language.matcher, &language.pack.settings);
    let mut end = 0;
    for quantity in &found {
        assert!(
            quantity.words.start >= end && quantity.words.start < quantity.words.end && quantity.words.end <= cut.words.len(),
            "{text:?} {found:?}"
        );
        assert_eq!(cut.span(&quantity.words), Some(quantity.span), "{text:?}");
        end = quantity.words.end;
        match &quantity.kind {
            QuantityKind::Date(date) => {
                for published in [None, Date::new(2024, 2, 29).ok(), Some(Date::MIN), Some(Date::MAX)] {
                    for lean in [Lean::Past, Lean::Future, Lean::Unknown] {
                        let _ = date.resolve(published, lean);
                    }
                }
                let _ = (
                    date.weekday(),
                    date.month_day(),
                    date.month(),
                    date.year(),
                    date.is_vague(),
                    date.is_range(),
                    date.is_today(),
                    date.is_bare_weekday(),
                );
            }
            QuantityKind::Amount { value, .. } | QuantityKind::Percent { value } | QuantityKind::Number { value, .. } => {
                assert!(value.is_finite(), "{text:?}");
            }
        }
    }
    assert_eq!(found, quantities(text, &cut, &hits, &language.matcher, &language.pack.settings));
}

#[test]
fn nonsense_of_every_language_is_read_without_harm() {
    for language in [super::cs::cs(), super::de::de(), super::en::en(), super::pt::pt(), super::ro::ro()] {
        let mut dice = Dice(7);
        for _ in 0..3000 {
            let text = nonsense(&language, &mut dice);
            every_quantity_is_sound(&language, &text);
        }
    }
}

#[test]
fn odd_texts_are_read_without_harm() {
    let language = super::en::en();
    for text in [
        "",
        " ",
        "\n\n",
        "$",
        "$$$",
        "-",
        "-5",
        "5-",
        "1-2-3-4-5-6",
        "(((20)))",
        "from",
        "between and",
        "since since 2019",
        "the the the",
        "1 000 000 000 000",
    ] {
        every_quantity_is_sound(&language, text);
    }
    let long = "5 million and ".repeat(2000);
    every_quantity_is_sound(&language, &long);
    every_quantity_is_sound(&language, &"1,".repeat(5000));
}
