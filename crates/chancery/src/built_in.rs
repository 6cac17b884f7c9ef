//! What is part of the library: packs and tables as text, and in the form in which they are used.
//!
//! In: nothing. Out: the texts; knowledge that the build script made of them. Never: a file.

use chancery_frozen::thaw;
use chancery_language::Pack;
use chancery_reference::Reference;
use chancery_vocabulary::Asking;
use include_dir::{Dir, File, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One folder a language, and what they share.
pub(crate) static LANGUAGES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../languages");
/// Tables of facts.
pub(crate) static REFERENCE: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../reference");

// VOCABULARIES: the folder of each language with its vocabulary
include!(concat!(env!("OUT_DIR"), "/vocabularies.rs"));
static PACKS_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs"));
static REFERENCE_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/reference"));
static ASKING_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/asking"));

/// Knowledge, and the lines of its tables that are wrong and were left out.
type Known<T> = (T, Vec<String>);

/// The tables of facts.
pub(crate) fn reference() -> Option<Known<Reference>> {
    thaw(REFERENCE_BYTES)
}

/// The words in which questions speak, of all packs and tables.
pub(crate) fn asking() -> Option<Known<Asking>> {
    thaw(ASKING_BYTES)
}

/// What each pack says besides its entries, by folder.
pub(crate) fn packs() -> Option<BTreeMap<String, Known<Pack>>> {
    thaw(PACKS_BYTES)
}

/// The bytes of the vocabulary of the language in a folder.
pub(crate) fn vocabulary(folder: &str) -> Option<&'static [u8]> {
    VOCABULARIES.iter().find(|(name, _)| *name == folder).map(|(_, bytes)| *bytes)
}

/// The texts below a folder with their paths, in order.
pub(crate) fn texts(folder: &'static Dir<'static>) -> Vec<(String, Cow<'static, str>)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder];
    while let Some(folder) = waiting.pop() {
        waiting.extend(folder.dirs());
        found.extend(folder.files().filter_map(|file| Some((path_of(file), Cow::Borrowed(file.contents_utf8()?)))));
    }
    found.sort();
    found
}

fn path_of(file: &File) -> String {
    let parts: Vec<_> = file.path().components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{Sources, pack_files, pack_forms, table_files};
    use chancery_frozen::freeze;
    use chancery_language::Text;
    use chancery_vocabulary::Vocabulary;

    #[test]
    fn what_is_built_in_is_what_the_tables_say() {
        let tables = table_files(&Sources::default()).expect("tables");
        let (parsed, errors) = Reference::load(&tables);
        let (thawed, wrong) = reference().expect("the bytes of this build");
        assert_eq!(wrong, errors.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert!(thawed.people().eq(parsed.people()));
        assert!(thawed.states().eq(parsed.states()));
        assert!(thawed.places().eq(parsed.places()));
        assert!(thawed.organizations().eq(parsed.organizations()));
        assert_eq!(thawed.all_state_forms(), parsed.all_state_forms());
        assert_eq!(thawed.all_organization_forms(), parsed.all_organization_forms());
        assert_eq!(thawed.memberships(), parsed.memberships());
        assert_eq!(thawed.agencies(), parsed.agencies());
        assert_eq!(thawed.other_scripts(), parsed.other_scripts());
        for organization in parsed.organizations() {
            assert!(thawed.members(&organization.key).eq(parsed.members(&organization.key)));
        }
        for person in parsed.people() {
            assert_eq!(thawed.person_named(&person.name), parsed.person_named(&person.name));
            for word in person.spellings.iter().flatten() {
                assert_eq!(thawed.people_with_word(word), parsed.people_with_word(word));
                assert_eq!(thawed.is_given_name(word), parsed.is_given_name(word));
            }
            for tenure in &person.tenures {
                assert_eq!(thawed.holders(tenure.role, &tenure.of, None, None), parsed.holders(tenure.role, &tenure.of, None, None));
            }
        }
    }

    #[test]
    fn the_same_tables_give_the_same_bytes() {
        let tables = table_files(&Sources::default()).expect("tables");
        let frozen = || {
            let (reference, mut errors) = Reference::load(&tables);
            let asking = Asking::load(&reference, &tables, pack_forms(None).expect("packs"), &mut errors);
            (freeze(&reference).expect("bytes"), freeze(&asking).expect("bytes"))
        };
        let (reference, asking) = frozen();
        assert_eq!((reference.clone(), asking.clone()), frozen());
        // the build script read the same files
        assert!(REFERENCE_BYTES.starts_with(&reference));
        assert!(ASKING_BYTES.starts_with(&asking));
    }

    #[test]
    fn frozen_vocabularies_find_what_packs_and_tables_say() {
        let (reference, _) = Reference::load(&table_files(&Sources::default()).expect("tables"));
        let packs = packs().expect("the bytes of this build");
        let folders = pack_files(None).expect("packs").into_iter().filter(|(folder, _)| !folder.starts_with('_'));
        let examples = crate::examples::built_in();
        for (folder, files) in folders {
            let (loaded, errors) = Pack::load_what_is_right(&files);
            let (pack, entries) = loaded.expect("a pack");
            let wrong: Vec<String> = errors.iter().map(|error| format!("languages/{error}")).collect();
            assert_eq!(packs.get(&folder), Some(&(pack.clone(), wrong)));
            let made = Vocabulary::new(&pack, entries, &reference);
            let bytes = vocabulary(&folder).expect("bytes");
            assert!(freeze(&made).expect("bytes") == bytes, "{folder}");
            let thawed: Vocabulary = thaw(bytes).expect("the bytes of this build");
            assert!(thawed.matcher.entries().eq(made.matcher.entries()));
            assert_eq!((&thawed.abbreviations, &thawed.quotes), (&made.abbreviations, &made.quotes));
            for example in examples.iter().filter(|example| example.language == folder) {
                let text = &example.document.text;
                let cut = Text::new(text, pack.settings.ignore_marks, |word| made.abbreviations.contains(word));
                assert_eq!(thawed.matcher.find(text, &cut), made.matcher.find(text, &cut), "{}", example.name);
            }
        }
    }
}
