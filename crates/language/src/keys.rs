//! The keys of forms, and which of them begin a text.
//!
//! In: keys with their numbers. Out: every key that a text begins with. Never: looks at words.

use fst::Map;
use fst::raw::{Fst, Node, Output};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Keys with their numbers, as an automaton that is searched in place; none where there are none.
pub(crate) struct Keys(Option<Map<Cow<'static, [u8]>>>);

impl Keys {
    /// Keys in order, each once.
    pub fn new<'a>(keys: impl IntoIterator<Item = (&'a str, u32)>) -> Keys {
        let map = Map::from_iter(keys.into_iter().map(|(key, number)| (key, u64::from(number))));
        Keys(map.and_then(|map| map.map_data(Cow::Owned)).ok().filter(|map| !map.is_empty()))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The keys, ready to be looked for.
    pub fn search(&self) -> Search<'_> {
        Search(self.0.as_ref().and_then(|map| Fst::new(map.as_fst().as_bytes()).ok()))
    }
}

/// Keys that are looked for.
pub(crate) struct Search<'a>(Option<Fst<&'a [u8]>>);

impl Search<'_> {
    /// The keys that `text` begins with, the shortest first: how many bytes each has, and its number.
    pub fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, u32)> + 'a {
        let start =
            |fst: &'a Fst<&'a [u8]>| Beginning { fst, node: Some(fst.root()), output: Output::zero(), text: text.as_bytes(), at: 0 };
        self.0.as_ref().into_iter().flat_map(start)
    }
}

/// The automaton on its way through a text.
struct Beginning<'a> {
    fst: &'a Fst<&'a [u8]>,
    node: Option<Node<'a>>,
    output: Output,
    text: &'a [u8],
    at: usize,
}

impl Iterator for Beginning<'_> {
    type Item = (usize, u32);

    fn next(&mut self) -> Option<(usize, u32)> {
        while let Some(node) = self.node {
            let step = self.text.get(self.at).and_then(|byte| node.find_input(*byte)).map(|index| node.transition(index));
            self.node = step.map(|step| self.fst.node(step.addr));
            let (step, node) = (step?, self.node?);
            self.output = self.output.cat(step.out);
            self.at += 1;
            if node.is_final() {
                return Some((self.at, self.output.cat(node.final_output()).value() as u32));
            }
        }
        None
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Keys({})", self.0.as_ref().map_or(0, Map::len))
    }
}

impl Serialize for Keys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_ref().map_or(&[], |map| map.as_fst().as_bytes()))
    }
}

impl<'de: 'static> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
        struct InPlace;
        impl<'de: 'static> Visitor<'de> for InPlace {
            type Value = Keys;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an automaton that is part of the program")
            }
            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Keys, E> {
                if bytes.is_empty() {
                    return Ok(Keys(None));
                }
                Map::new(Cow::Borrowed(bytes)).map(|map| Keys(Some(map))).map_err(E::custom)
            }
        }
        deserializer.deserialize_bytes(InPlace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_a_text_begins_with_is_found() {
        let keys = Keys::new([("met", 0), ("met with", 1), ("metro", 2), ("č", 3)]);
        let search = keys.search();
        let found = |text: &str| search.beginning(text).collect::<Vec<_>>();
        assert_eq!(found("met with xi"), [(3, 0), (8, 1)]);
        assert_eq!(found("metro"), [(3, 0), (5, 2)]);
        assert_eq!(found("čas"), [(2, 3)]);
        assert_eq!(found("me"), []);
        assert_eq!(found(""), []);
        assert!(Keys::new([]).is_empty());
    }
}
