//! Every kind of quantity in five languages, and that no input panics.

use super::{Lean, QuantityKind, quantities};
use chancery_language::pack::Settings;
use chancery_language::{Entry, Hits, Matcher, Pack, PackFile, Text};

mod cs;
mod de;
mod en;
mod hostile;
mod pt;
mod resolving;
mod ro;

struct Language {
    pack: Pack,
    entries: Vec<Entry>,
    matcher: Matcher,
}

impl Language {
    /// A pack's settings with its words of time and number alone.
    fn new(tag: &str, settings: &str, time: &str, number: &str) -> Language {
        let file = |name: &str, text: &str| PackFile { path: format!("{tag}/{name}"), text: text.to_owned().into() };
        let loaded = Pack::load(&[file("pack.toml", settings), file("lexicon/time.tsv", time), file("lexicon/number.tsv", number)]);
        let (pack, entries) =
            loaded.unwrap_or_else(|errors| panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
        let Settings { ignore_marks, nouns_are_capitalised, closing_words, .. } = &pack.settings;
        let matcher = Matcher::new(entries.clone(), *ignore_marks, *nouns_are_capitalised, closing_words);
        Language { pack, entries, matcher }
    }

    fn cut(&self, text: &str) -> (Text, Hits) {
        let cut = Text::new(text, self.pack.settings.ignore_marks, |_| false);
        let hits = self.matcher.find(text, &cut);
        (cut, hits)
    }

    /// What is found, one line each: the words, `=`, the value.
    fn found(&self, published: &str, lean: Lean, text: &str) -> Vec<String> {
        let (cut, hits) = self.cut(text);
        quantities(text, &cut, &hits, &self.matcher, &self.pack.settings)
            .iter()
            .map(|quantity| {
                let value = match &quantity.kind {
                    QuantityKind::Amount { value, currency } => format!("{value} {currency}"),
                    QuantityKind::Percent { value } => format!("{value} %"),
                    QuantityKind::Number { value, .. } => format!("{value}"),
                    QuantityKind::Date(date) => {
                        date.resolve(published.parse().ok(), lean).value.map_or("?".to_owned(), |date| date.to_string())
                    }
                };
                format!("{} = {value}", quantity.span.of(text))
            })
            .collect()
    }

    /// Reads without a day of publication.
    fn check(&self, text: &str, expected: &[&str]) {
        assert_eq!(self.found("", Lean::Unknown, text), expected, "{text}");
    }

    /// Reads on a day.
    fn on(&self, published: &str, lean: Lean, text: &str, expected: &[&str]) {
        assert_eq!(self.found(published, lean, text), expected, "{text} on {published}");
    }
}
