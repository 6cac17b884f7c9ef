//! Tables of packs sorted, and rows that differ in one word folded into one with alternatives.
//!
//! In: `languages/*/lexicon/*.tsv`. Out: the same tables with fewer rows. Never: another entry than before, which is made sure of.

use anyhow::{Context, Result, bail};
use chancery::alternatives;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Characters of a cell, about, beyond which a row is split into two.
const WIDTH: usize = 100;

/// Letters that words share at the least, to be written as one stem with endings.
const STEM: usize = 4;

/// What may stand at one place of a form; an empty word for nothing.
type Choice = BTreeSet<String>;

/// A row's form, word by word.
type Pattern = Vec<Choice>;

pub fn run() -> Result<()> {
    let (mut before, mut after) = (0, 0);
    for table in tables(Path::new("languages"))? {
        let text = std::fs::read_to_string(&table)?;
        let folded = fold(&text).with_context(|| table.display().to_string())?;
        (before, after) = (before + text.lines().count(), after + folded.lines().count());
        if folded != text {
            std::fs::write(&table, folded)?;
        }
    }
    println!("{after} rows, {before} before");
    Ok(())
}

fn tables(languages: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut tables = Vec::new();
    for language in std::fs::read_dir(languages).context("run it at the root of the project")? {
        let Ok(files) = std::fs::read_dir(language?.path().join("lexicon")) else { continue };
        tables.extend(files.filter_map(|file| Some(file.ok()?.path())).filter(|path| path.extension().is_some_and(|end| end == "tsv")));
    }
    tables.sort();
    Ok(tables)
}

/// A table with its rows folded and sorted.
fn fold(text: &str) -> Result<String> {
    let (header, rows) = text.split_once('\n').unwrap_or((text, ""));
    let entries = entries(rows)?;
    let mut folded: Vec<(String, &str)> = Vec::new();
    for (meaning, forms) in &entries {
        folded.extend(cells(forms).into_iter().map(|cell| (cell, meaning.as_str())));
    }
    folded.sort();
    let rows: String = folded.iter().map(|(cell, meaning)| format!("{cell}\t{meaning}\n")).collect();
    if self::entries(&rows)? != entries {
        bail!("the folded rows stand for other entries");
    }
    Ok(format!("{header}\n{rows}"))
}

/// The forms of each meaning: what stands behind the first cell of a row.
fn entries(rows: &str) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut entries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.lines().filter(|row| !row.is_empty()) {
        let (cell, meaning) = row.split_once('\t').with_context(|| format!("no row: {row:?}"))?;
        entries.entry(meaning.to_owned()).or_default().extend(alternatives(cell).map_err(anyhow::Error::msg)?);
    }
    Ok(entries)
}

/// Cells that stand for these forms and no others.
fn cells(forms: &BTreeSet<String>) -> Vec<String> {
    let (odd, plain): (Vec<&String>, Vec<&String>) = forms.iter().partition(|form| form.contains(['{', '|', '}']) || form.contains("  "));
    let mut by_length: BTreeMap<usize, BTreeSet<Pattern>> = BTreeMap::new();
    for form in plain {
        let pattern: Pattern = form.split(' ').map(|word| Choice::from([word.to_owned()])).collect();
        by_length.entry(pattern.len()).or_default().insert(pattern);
    }
    let joined = by_length.into_iter().flat_map(|(length, patterns)| if length == 1 { stems(patterns) } else { join(patterns) }).collect();
    let split = without_optional(joined).into_iter().flat_map(split).map(|pattern| cell(&pattern));
    split.chain(odd.into_iter().cloned()).collect()
}

/// Words of one stem.
fn stems(words: BTreeSet<Pattern>) -> BTreeSet<Pattern> {
    let mut groups: Vec<Choice> = Vec::new();
    for word in words.into_iter().flatten().flatten() {
        match groups.last_mut().filter(|group| share_a_stem(group, &word)) {
            Some(group) => drop(group.insert(word)),
            None => groups.push(Choice::from([word])),
        }
    }
    groups.into_iter().map(|group| vec![group]).collect()
}

fn share_a_stem(group: &Choice, word: &str) -> bool {
    let letters = |word: &str| word.chars().count();
    let shortest = group.iter().map(|word| letters(word)).chain([letters(word)]).min().unwrap_or(0);
    let stem = letters(stem(group.iter().map(String::as_str).chain([word])));
    stem >= STEM && stem * 5 >= shortest * 3
}

/// What all words begin with.
fn stem<'a>(words: impl IntoIterator<Item = &'a str>) -> &'a str {
    let shared = |a: &'a str, b: &str| {
        let end = a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b).map_or(a.len().min(b.len()), |((at, _), _)| at);
        &a[..end]
    };
    words.into_iter().reduce(shared).unwrap_or("")
}

fn is_gap(choice: &Choice) -> bool {
    choice.iter().any(|word| word == "..." || word == "..")
}

/// Joins patterns that differ at one place, there first where it leaves the fewest.
fn join(mut patterns: BTreeSet<Pattern>) -> BTreeSet<Pattern> {
    let length = patterns.first().map_or(0, Vec::len);
    loop {
        let by = |place: usize| {
            let mut groups: BTreeMap<(Pattern, Option<Choice>), Choice> = BTreeMap::new();
            for pattern in &patterns {
                let mut rest = pattern.clone();
                let choice = rest.remove(place);
                groups.entry((rest, is_gap(&choice).then(|| choice.clone()))).or_default().extend(choice);
            }
            groups
        };
        let best = (0..length).map(|place| (place, by(place))).min_by_key(|(place, groups)| (groups.len(), *place));
        let Some((place, groups)) = best.filter(|(_, groups)| groups.len() < patterns.len()) else { return patterns };
        let with = |((mut rest, _), choice): ((Pattern, Option<Choice>), Choice)| {
            rest.insert(place, choice);
            rest
        };
        patterns = groups.into_iter().map(with).collect();
    }
}

/// Joins a pattern with one that lacks a word of it; not beside a gap, whose sides must be there.
fn without_optional(mut patterns: BTreeSet<Pattern>) -> BTreeSet<Pattern> {
    let mut longest_first: Vec<Pattern> = patterns.iter().filter(|pattern| pattern.len() > 1).cloned().collect();
    longest_first.sort_by_key(|pattern| std::cmp::Reverse(pattern.len()));
    for pattern in longest_first {
        let beside_gap = |place: usize| pattern[place.saturating_sub(1)..pattern.len().min(place + 2)].iter().any(is_gap);
        let lacking = |place: &usize| {
            let mut rest = pattern.clone();
            rest.remove(*place);
            rest
        };
        let place = (0..pattern.len()).find(|place| !beside_gap(*place) && patterns.contains(&lacking(place)));
        if let Some(place) = place.filter(|_| patterns.contains(&pattern)) {
            patterns.remove(&lacking(&place));
            patterns.remove(&pattern);
            let mut whole = pattern.clone();
            whole[place].insert(String::new());
            patterns.insert(whole);
        }
    }
    patterns
}

/// A pattern, or its halves where its cell would be too wide.
fn split(pattern: Pattern) -> Vec<Pattern> {
    let letters = |choice: &Choice| choice.iter().map(|word| word.len() + 1).sum::<usize>();
    let widest = (0..pattern.len()).filter(|place| pattern[*place].len() > 1).max_by_key(|place| letters(&pattern[*place]));
    let Some(place) = widest.filter(|_| cell(&pattern).chars().count() > WIDTH) else { return vec![pattern] };
    let words: Vec<&String> = pattern[place].iter().collect();
    let half = |words: &[&String]| {
        let mut half = pattern.clone();
        half[place] = words.iter().map(|word| (*word).clone()).collect();
        split(half)
    };
    let (first, second) = words.split_at(words.len() / 2);
    [half(first), half(second)].concat()
}

/// A pattern as the first cell of a row.
fn cell(pattern: &Pattern) -> String {
    let mut cell = String::new();
    for choice in pattern.iter().filter(|choice| choice.iter().any(|word| !word.is_empty())) {
        let words: Vec<&str> = choice.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        let stem = stem(words.iter().copied());
        cell += &match words[..] {
            _ if words.len() < choice.len() => format!("{{{} |}}", words.join(" |")),
            [word] => format!("{word} "),
            _ if stem.chars().count() >= STEM => {
                let endings: Vec<&str> = words.iter().map(|word| &word[stem.len()..]).collect();
                format!("{stem}{{{}}} ", endings.join("|"))
            }
            _ => format!("{{{}}} ", words.join("|")),
        };
    }
    cell.truncate(cell.trim_end().len());
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(forms: &[&str]) -> String {
        forms.iter().fold("form\tclass\n".to_owned(), |table, form| table + form + "\tcontact\n")
    }

    #[test]
    fn rows_that_differ_in_one_word_are_folded() {
        let table = rows(&[
            "spoke with",
            "speak to",
            "speak with",
            "spoke to",
            "held talks",
            "held long talks",
            "audience",
            "audiences",
            "saw",
            "was",
            "took ... part",
            "takes ... part",
            "took .. part",
            "CZ | EN",
        ]);
        let folded = rows(&[
            "CZ | EN",
            "audience{|s}",
            "held {long |}talks",
            "saw",
            "took .. part",
            "was",
            "{speak|spoke} {to|with}",
            "{takes|took} ... part",
        ]);
        assert_eq!(fold(&table).expect("a table"), folded);
        assert_eq!(fold(&folded).expect("a table"), folded);
    }

    #[test]
    fn wide_rows_are_split_and_no_form_is_lost() {
        let words: Vec<String> = ('a'..='z').map(|letter| format!("met {}", letter.to_string().repeat(8))).collect();
        let folded = fold(&rows(&words.iter().map(String::as_str).collect::<Vec<_>>())).expect("a table");
        assert!(folded.lines().all(|row| row.len() < 120) && folded.lines().count() > 2, "{folded}");
        let forms: usize =
            folded.lines().skip(1).map(|row| alternatives(row.split('\t').next().unwrap_or("")).map_or(0, |forms| forms.len())).sum();
        assert_eq!(forms, 26);
    }
}
