//! Reads a number in digits, in words, or in both.
//!
//! In: a line and a place in it. Out: the value and where it ends.
//! Never: takes an indefinite word (several, a few) for a number.

use super::reader::Reader;
use chancery_language::{Class, Entry, Feature, Shape};

/// A number as read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Number {
    pub value: f64,
    /// One past its last word.
    pub end: usize,
    /// A scale word of a thousand or more was used.
    pub scaled: bool,
    /// Written with digits only, without marks, spaces or scale words: how many digits.
    pub plain_digits: Option<usize>,
    /// A scale letter (`5m`) that only a currency makes sure.
    pub needs_currency: bool,
    /// A bare word such as "one" or "a" that counts nothing by itself.
    pub weak: bool,
}

/// The number that begins at `at`. `with_currency`: a currency stands before it.
pub(super) fn number(reader: &Reader, at: usize, with_currency: bool) -> Option<Number> {
    let (start, sign) = sign(reader, at);
    let mut number = match reader.shape(start)? {
        Shape::Number => from_digits(reader, start, with_currency)?,
        Shape::Mark => return None,
        _ => from_words(reader, start)?,
    };
    number.value *= sign;
    number.value.is_finite().then_some(number)
}

fn sign(reader: &Reader, at: usize) -> (usize, f64) {
    let after_number = at.checked_sub(1).is_some_and(|before| reader.shape(before) == Some(Shape::Number));
    if reader.is_dash(at) && reader.spaced(at) && !after_number && !reader.spaced(at + 1) && reader.shape(at + 1) == Some(Shape::Number) {
        return (at + 1, -1.0);
    }
    match value_word(reader, at, "minus") {
        Some(end) => (end, -1.0),
        None => (at, 1.0),
    }
}

fn value_word(reader: &Reader, at: usize, value: &str) -> Option<usize> {
    reader.meaning_where(at, Class::Number, |entry| (entry.value == value).then_some(())).map(|(_, end)| end)
}

/// Skips the word that joins a number to what it counts ("20 *de* milioane").
pub(super) fn skip_of(reader: &Reader, at: usize) -> usize {
    value_word(reader, at, "of").unwrap_or(at)
}

/// Skips a hyphen between a number and its noun ("5-billion-dollar").
pub(super) fn skip_hyphen(reader: &Reader, at: usize) -> usize {
    let joined = reader.is_dash(at)
        && !reader.spaced(at)
        && !reader.spaced(at + 1)
        && !matches!(reader.shape(at + 1), Some(Shape::Number | Shape::Mark) | None);
    if joined { at + 1 } else { at }
}

fn from_digits(reader: &Reader, at: usize, with_currency: bool) -> Option<Number> {
    let (value, end) = figures(reader, at)?;
    let plain_digits = if end == at + 1 { reader.digits(at).map(str::len) } else { None };
    let parts = Parts { parts: vec![(value, place(value))], end, scaled: false };
    let mut number = scale_up(reader, parts, true);
    number.plain_digits = if number.end == end { plain_digits } else { None };
    // 5m, 10k: a letter that only a currency makes a scale
    if number.end == end
        && with_currency
        && let Some((scale, after)) = scale(reader, skip_hyphen(reader, end), true)
    {
        number =
            Number { value: exact(value * scale.factor), end: after, scaled: true, plain_digits: None, needs_currency: true, weak: false };
    }
    Some(number)
}

/// Digits with their marks: 1,234.5 and 1.234,5 and 1 234,5 and 1'234.
pub(super) fn figures(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    let word = reader.word(at);
    if let Some(value) = vulgar(word) {
        return Some((value, at + 1));
    }
    if reader.shape(at)? != Shape::Number {
        return None;
    }
    // 2½
    if let Some((start, last)) = word.char_indices().last()
        && let Some(fraction) = vulgar(&word[start..start + last.len_utf8()])
    {
        let whole: f64 = ascii(&word[..start])?.parse().ok()?;
        return Some((whole + fraction, at + 1));
    }
    let first = ascii(word)?;
    let mut groups = vec![first];
    let mut marks: Vec<char> = Vec::new();
    let mut end = at + 1;
    loop {
        // a mark between two runs of digits
        if let Some(mark @ ('.' | ',' | '\'' | '’' | '٫' | '٬')) = reader.mark(end)
            && !reader.spaced(end)
            && !reader.spaced(end + 1)
            && let Some(next) = ascii_at(reader, end + 1)
        {
            groups.push(next);
            marks.push(if mark == '’' { '\'' } else { mark });
            end += 2;
            continue;
        }
        // a space between two runs of digits
        if reader.spaced(end)
            && let Some(next) = ascii_at(reader, end)
            && next.len() == 3
            && groups.last().is_some_and(|group| group.len() <= 3)
            && !marks.iter().any(|mark| *mark == ',' || *mark == '.')
            && group_space(reader, end)
        {
            groups.push(next);
            marks.push(' ');
            end += 1;
            continue;
        }
        break;
    }
    while !marks.is_empty() {
        if let Some(value) = join(&groups, &marks, &reader.settings.decimal) {
            return Some((value, end));
        }
        // 28.2.2023 and versions are no numbers; a list such as "5,10,15" is none either
        if marks.iter().all(|mark| *mark != ' ') {
            return None;
        }
        let removed = marks.pop();
        groups.pop();
        end -= if removed == Some(' ') { 1 } else { 2 };
    }
    groups[0].parse().ok().map(|value| (value, end))
}

/// One space of any width between two runs of digits; agencies write 40 000 in every language.
fn group_space(reader: &Reader, at: usize) -> bool {
    let (before, after) = (reader.cut.words[at - 1].span.end(), reader.cut.words[at].span.start());
    matches!(reader.text.get(before..after), Some(" " | "\u{a0}" | "\u{202f}" | "\u{2009}" | "\u{2007}"))
}

fn join(groups: &[String], marks: &[char], decimal: &str) -> Option<f64> {
    let decimal_mark = decimal.chars().next().unwrap_or('.');
    let last = *marks.last()?;
    let last_group = groups.last()?;
    let earlier = &marks[..marks.len() - 1];
    let grouped = |count: usize| {
        groups[1..count].iter().all(|group| group.len() == 3)
            && (count == 1 || (1..=3).contains(&groups[0].len()))
            && (count == 1 || groups[0] != "0")
    };
    let same = |marks: &[char]| marks.windows(2).all(|pair| pair[0] == pair[1]);
    let is_decimal = if last == ' ' || last == '\'' {
        false
    } else if earlier.is_empty() {
        // one mark: the language's decimal mark, or no group of three after it
        last == decimal_mark || !grouped(2)
    } else {
        !earlier.contains(&last)
    };
    let (whole, fraction) = if is_decimal { (groups.len() - 1, Some(last_group)) } else { (groups.len(), None) };
    let grouping = if is_decimal { earlier } else { marks };
    if !grouped(whole) && whole > 1 || !same(grouping) {
        return None;
    }
    let mut written: String = groups[..whole].concat();
    if let Some(fraction) = fraction {
        written.push('.');
        written.push_str(fraction);
    }
    written.parse().ok()
}

fn ascii_at(reader: &Reader, at: usize) -> Option<String> {
    if reader.shape(at)? == Shape::Number { ascii(reader.word(at)) } else { None }
}

/// Digits of any script as ASCII digits.
fn ascii(word: &str) -> Option<String> {
    word.chars()
        .map(|character| {
            let value = match character {
                '0'..='9' => character as u32 - '0' as u32,
                '٠'..='٩' => character as u32 - '٠' as u32,
                '۰'..='۹' => character as u32 - '۰' as u32,
                '０'..='９' => character as u32 - '０' as u32,
                _ => return None,
            };
            char::from_digit(value, 10)
        })
        .collect()
}

fn vulgar(word: &str) -> Option<f64> {
    Some(match word {
        "½" => 0.5,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅕" => 0.2,
        "⅙" => 1.0 / 6.0,
        "⅛" => 0.125,
        _ => return None,
    })
}

struct Scale {
    factor: f64,
    bare: bool,
}

fn scale(reader: &Reader, at: usize, letters: bool) -> Option<(Scale, usize)> {
    reader.meaning_where(at, Class::Scale, |entry| {
        let factor: f64 = entry.value.parse().ok()?;
        (entry.is(Feature::Weak) == letters).then_some(Scale { factor, bare: !entry.is(Feature::Plural) })
    })
}

/// The factor of a scale word of a thousand or more.
pub(super) fn scale_word(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    scale(reader, at, false).filter(|(scale, _)| scale.factor >= 1000.0).map(|(scale, end)| (scale.factor, end))
}

/// Parts of a number, each with the lowest place that it fills.
#[derive(Clone)]
struct Parts {
    parts: Vec<(f64, f64)>,
    end: usize,
    scaled: bool,
}

impl Parts {
    fn total(&self) -> f64 {
        exact(self.parts.iter().map(|part| part.0).sum())
    }

    /// Multiplies what is smaller than the factor; false where that breaks the descending order.
    fn multiply(&mut self, factor: f64, end: usize) -> bool {
        let from = self.parts.iter().rposition(|part| part.0.abs() >= factor && part.1 >= factor).map_or(0, |index| index + 1);
        // 2000 million, 1.500 Milliarden: a number in digits may exceed its scale
        let from = if from == self.parts.len() && self.parts.len() == 1 && !self.scaled { 0 } else { from };
        let sum: f64 = self.parts[from..].iter().map(|part| part.0).sum();
        if from == self.parts.len() {
            return false;
        }
        let product = exact(sum * factor);
        if from > 0 && product >= self.parts[from - 1].1 {
            return false;
        }
        self.parts.truncate(from);
        self.parts.push((product, factor));
        self.scaled |= factor >= 1000.0;
        self.end = end;
        true
    }
}

/// The lowest place that a spoken number fills: twenty leaves room for one to nine.
fn place(value: f64) -> f64 {
    let whole = value.abs();
    if whole.fract() != 0.0 || whole < 20.0 {
        return 0.0;
    }
    [100.0, 10.0].into_iter().find(|place| whole % place == 0.0 && whole >= *place).unwrap_or(0.0)
}

/// Reads scale words and what follows them, after a first part.
fn scale_up(reader: &Reader, mut parts: Parts, digits: bool) -> Number {
    let mut sure = parts.clone();
    let mut in_words = !digits;
    // by 2030 a hundred million: a year is not counted in hundreds
    let year = digits && !parts.scaled && matches!(parts.parts[..], [(value, _)] if (1900.0..2100.0).contains(&value));
    loop {
        let after_hyphen = skip_hyphen(reader, parts.end);
        let next = if parts.scaled { parts.end } else { skip_of(reader, after_hyphen) };
        // scale word: "5 million", "20 de milioane", "mil milhões"
        if let Some((scale, end)) = scale(reader, next, false).or_else(|| scale(reader, after_hyphen, false)) {
            if year && scale.factor < 1000.0 || !parts.multiply(scale.factor, end) {
                break;
            }
            in_words = true;
            sure = parts.clone();
            continue;
        }
        // a half after the scale: "dois bilhões e meio", "two and a half million"
        if let Some((half, end)) = and_a_half(reader, parts.end) {
            let last = parts.parts.last().map_or(1.0, |part| if parts.scaled { part.1 } else { 1.0 });
            parts.parts.push((half * last, 0.0));
            parts.end = end;
            sure = parts.clone();
            continue;
        }
        // further words: "two hundred and fifty", "vinte e um"; they count once no scale word takes them away
        let joined = value_word(reader, parts.end, "and");
        let from = joined.unwrap_or_else(|| if in_words { skip_hyphen(reader, parts.end) } else { parts.end });
        let lowest = parts.parts.last().map_or(0.0, |part| part.1);
        if (in_words || parts.scaled)
            && let Some((value, end)) = cardinal(reader, from)
            && value > 0.0
            && value < lowest
            && may_follow(reader, &parts, from, end, joined.is_some(), digits)
        {
            parts.parts.push((value, place(value)));
            parts.end = end;
            in_words = true;
            if !scale_follows(reader, end) {
                sure = parts.clone();
            }
            continue;
        }
        // further figures with a smaller scale: "2 million 300 thousand"
        if parts.scaled
            && reader.spaced(from)
            && let Some((value, end)) = figures(reader, from)
            && let Some((scale, after)) = scale(reader, end, false)
            && scale.factor * value < lowest
        {
            parts.parts.push((exact(value * scale.factor), scale.factor));
            parts.end = after;
            sure = parts.clone();
            continue;
        }
        break;
    }
    Number { value: sure.total(), end: sure.end, scaled: sure.scaled, plain_digits: None, needs_currency: false, weak: false }
}

/// Whether number words after "and", or after a scale word, belong to the same number: "two hundred and five", but not
/// "5 million and three ministers".
fn may_follow(reader: &Reader, parts: &Parts, from: usize, end: usize, joined: bool, digits: bool) -> bool {
    if scale_follows(reader, end) {
        return true;
    }
    let lowest = parts.parts.last().map_or(0.0, |part| part.1);
    let weak = reader.meaning_where(from, Class::Number, |entry| entry.is(Feature::Weak).then_some(())).is_some();
    if joined { lowest <= 1000.0 && !(digits && lowest >= 1000.0) } else { !weak || lowest <= 100.0 }
}

/// The whole number that a product of decimals means: 16.4 million is 16400000.
pub(super) fn exact(value: f64) -> f64 {
    let whole = value.round();
    if value.abs() >= 100.0 && (value - whole).abs() <= value.abs() * 1e-12 { whole } else { value }
}

fn scale_follows(reader: &Reader, at: usize) -> bool {
    scale(reader, skip_of(reader, at), false).is_some()
}

fn and_a_half(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    let joined = value_word(reader, at, "and")?;
    let (half, end) = half(reader, joined).or_else(|| article(reader, joined).and_then(|(_, next)| half(reader, next)))?;
    // "and half a million" is a number of its own
    (!reader.any_of(end, &[Class::Number]) || scale(reader, end, false).is_some() || value_word(reader, end, "of").is_some())
        .then_some((half, end))
}

fn half(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    reader.meaning_where(at, Class::Number, |entry| (entry.value == "half").then_some(0.5))
}

fn article(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    reader.meaning_where(at, Class::Number, |entry| (entry.value == "1" && entry.is(Feature::Weak)).then_some(1.0))
}

/// A number word that is neither a half nor a fraction.
fn cardinal(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    reader.meaning_where(at, Class::Number, plain_value)
}

fn plain_value(entry: &Entry) -> Option<f64> {
    entry.value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| entry.value.parse().ok()).flatten()
}

fn from_words(reader: &Reader, at: usize) -> Option<Number> {
    // a capital inside a sentence makes a name: Five Eyes
    if reader.shape(at) == Some(Shape::Capital) && !begins_sentence(reader, at) && !reader.any_of(at, &[Class::Scale]) {
        return None;
    }
    // half a billion, eine halbe Milliarde, meio milhão, half of a million
    let halved = half(reader, at).or_else(|| article(reader, at).and_then(|(_, next)| half(reader, next)));
    if let Some((value, end)) = halved {
        let next = skip_of(reader, end);
        let next = article(reader, next).map_or(next, |(_, after)| after);
        let (scale, after) = scale(reader, skip_hyphen(reader, next), false)?;
        return Some(Number {
            value: exact(value * scale.factor),
            end: after,
            scaled: scale.factor >= 1000.0,
            plain_digits: None,
            needs_currency: false,
            weak: false,
        });
    }
    if let Some((value, end)) = cardinal(reader, at) {
        let weak = reader
            .meaning_where(at, Class::Number, |entry| (plain_value(entry).is_some() && entry.is(Feature::Weak)).then_some(()))
            .is_some();
        // two thirds
        if let Some((denominator, after)) = denominator(reader, skip_hyphen(reader, end)) {
            let value = value / denominator;
            let next = skip_of(reader, after);
            let next = article(reader, next).map_or(next, |(_, next)| next);
            if let Some((scale, end)) = scale(reader, next, false) {
                return Some(Number {
                    value: exact(value * scale.factor),
                    end,
                    scaled: scale.factor >= 1000.0,
                    plain_digits: None,
                    needs_currency: false,
                    weak: false,
                });
            }
            return Some(Number { value, end: after, scaled: false, plain_digits: None, needs_currency: false, weak: false });
        }
        let read = scale_up(reader, Parts { parts: vec![(value, place(value))], end, scaled: false }, false);
        return Some(Number { weak: weak && read.end == end, ..read });
    }
    // a bare scale word in the singular: "milion korun", "mil dólares"
    let (scale, end) = scale(reader, at, false)?;
    if !scale.bare {
        return None;
    }
    let read = scale_up(reader, Parts { parts: vec![(scale.factor, scale.factor)], end, scaled: scale.factor >= 1000.0 }, false);
    Some(read)
}

fn denominator(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    reader.meaning_where(at, Class::Number, |entry| entry.value.strip_prefix("1/")?.parse().ok())
}

fn begins_sentence(reader: &Reader, at: usize) -> bool {
    at == reader.start
        || reader.cut.sentence_of(at).is_some_and(|index| reader.cut.sentences[index].words.start == at)
        || matches!(reader.mark(at - 1), Some('"' | '“' | '„' | '«' | '»' | ':' | '-' | '–' | '—'))
}
