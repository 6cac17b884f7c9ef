//! When two names or two wordings are the same.
//!
//! In: names and words. Out: likeness. Never: knows a language; folds all of them alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Lower case without marks.
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let replaced: String = lower
        .chars()
        .filter_map(|character| match character {
            'ı' => Some('i'),
            'ł' => Some('l'),
            'ø' => Some('o'),
            'đ' => Some('d'),
            'ß' => Some('s'),
            'ə' | 'æ' => Some('a'),
            'ʻ' | 'ʼ' | '’' | '\'' => None,
            other => Some(other),
        })
        .collect();
    replaced.nfkd().filter(|character| canonical_combining_class(*character) == 0).collect()
}

/// The words of a folded text.
pub fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded
        .split(|character: char| !(character.is_alphanumeric() || character == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The same person or body: all words of the shorter are in the longer, or the last words agree but for one letter.
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (small, large) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if small.iter().all(|word| large.contains(word)) {
        return true;
    }
    let last = |words: &[String]| words.last().cloned().unwrap_or_default();
    a.len() > 1 && b.len() > 1 && a[0].chars().next() == b[0].chars().next() && differ_in_one_letter(&last(&a), &last(&b))
}

fn differ_in_one_letter(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a.len().min(b.len()) < 4 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = |word: &[char], from: usize| word.get(from..).unwrap_or(&[]).to_vec();
    rest(&a, same + 1) == rest(&b, same + 1) || rest(&a, same) == rest(&b, same + 1) || rest(&a, same + 1) == rest(&b, same)
}

/// How many names of one list find their like in the other, one for one.
pub fn names_in_common(gold: &[String], got: &[String]) -> usize {
    let mut left: Vec<&String> = got.iter().collect();
    let mut hits = 0;
    for name in gold {
        if let Some(at) = left.iter().position(|other| same_name(name, other)) {
            left.remove(at);
            hits += 1;
        }
    }
    hits
}

/// Share of the shorter wording that stands in the longer, less where their lengths differ much.
pub fn text_similarity(a: &str, b: &str) -> f64 {
    let (a, mut b) = (tokens(a), tokens(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (shorter, longer) = (a.len().min(b.len()) as f64, a.len().max(b.len()) as f64);
    // each word counts as often as it stands in both
    let mut hits = 0.0;
    b.sort_unstable();
    let mut used = vec![false; b.len()];
    for word in &a {
        let from = b.partition_point(|other| other < word);
        if let Some(at) = (from..b.len()).take_while(|at| &b[*at] == word).find(|at| !used[*at]) {
            used[at] = true;
            hits += 1.0;
        }
    }
    hits / shorter * (0.5 + shorter / longer).min(1.0)
}
