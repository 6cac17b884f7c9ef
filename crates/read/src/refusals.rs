//! Refusals on end become few.
//!
//! In: items in their order. Out: the same, but of a file whose items are refused one after the other only the first, and one that
//! counts the rest. Never: leaves out what was read, or a refusal that stands alone.

use crate::item::{Item, Items};

/// Refusals on end of one file that are told one by one.
const TOLD: usize = 100;

/// Refusals of one file on end.
#[derive(Default)]
struct Run {
    /// The file, or what in an archive holds the items.
    file: String,
    count: usize,
    /// The first that is not told by itself: where, and why.
    rest: Option<(String, String)>,
    last: String,
}

impl Run {
    /// Takes a refusal in; gives it back where it is told by itself.
    fn take(&mut self, source: String, reason: String) -> Option<Item> {
        self.count += 1;
        if self.count <= TOLD {
            return Some(Item::Refused { source, reason });
        }
        self.last.clone_from(&source);
        self.rest.get_or_insert((source, reason));
        None
    }

    /// The refusal that stands for the rest.
    fn end(&mut self) -> Option<Item> {
        let Run { count, rest, last, .. } = std::mem::take(self);
        let (source, reason) = rest?;
        let more = count - TOLD - 1;
        let reason = if more == 0 { reason } else { format!("{reason}; the {more} items after it, up to {last}, are refused, too") };
        Some(Item::Refused { source, reason })
    }
}

/// The same items, but of many refusals on end the first, and one for the rest.
pub fn few(items: Items) -> Items {
    let (mut items, mut run, mut waiting) = (items.fuse(), Run::default(), None);
    Box::new(std::iter::from_fn(move || {
        loop {
            let next = waiting.take().or_else(|| items.next());
            match next {
                Some(Item::Refused { source, reason }) if run.count > 0 && file(&source) == Some(&run.file) => {
                    if let Some(told) = run.take(source, reason) {
                        return Some(told);
                    }
                }
                next => {
                    if let Some(rest) = run.end() {
                        waiting = next;
                        return Some(rest);
                    }
                    let Some(Item::Refused { source, reason }) = next else { return next };
                    run = Run { file: file(&source).unwrap_or_default().to_owned(), ..Run::default() };
                    return run.take(source, reason);
                }
            }
        }
    }))
}

/// What holds an item that is one of many.
fn file(source: &str) -> Option<&str> {
    source.rsplit_once(':').map(|(file, _)| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(source: String) -> Item {
        Item::Refused { source, reason: "no text".to_owned() }
    }

    #[test]
    fn refusals_on_end_are_told_a_hundred_times_and_then_counted() {
        let read = Item::Empty { source: "a.jsonl:151".to_owned() };
        let lines = |file: &'static str, lines: std::ops::Range<usize>| lines.map(move |line| refused(format!("{file}:{line}")));
        let items = lines("a.jsonl", 1..151).chain([read.clone()]).chain(lines("a.jsonl", 152..252)).chain(lines("b.jsonl", 1..102));
        let told: Vec<Item> = few(Box::new(items)).collect();
        assert_eq!(told.len(), 100 + 1 + 1 + 100 + 101);
        let rest = "no text; the 49 items after it, up to a.jsonl:150, are refused, too".to_owned();
        assert_eq!(told[100], Item::Refused { source: "a.jsonl:101".to_owned(), reason: rest });
        assert_eq!(told[101], read);
        assert_eq!(told[302], refused("b.jsonl:101".to_owned()));
    }

    #[test]
    fn files_of_a_folder_are_each_told() {
        let items = || (0..300).map(|file| refused(format!("folder/{file}.zip")));
        assert_eq!(few(Box::new(items())).collect::<Vec<_>>(), items().collect::<Vec<_>>());
    }
}
