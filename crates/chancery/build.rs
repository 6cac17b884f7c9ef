//! Makes packs and tables part of the library in the form in which they are used, again where a pack, a table or an example changes.
//!
//! In: the folders `languages` and `reference`. Out: files of bytes that the library includes. Never: bytes that differ while the
//! folders do not.

use chancery_frozen::freeze;
use chancery_language::{Pack, PackFile};
use chancery_reference::{Reference, TableFile};
use chancery_vocabulary::{Asking, PackForms, Vocabulary};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

/// What the library cannot be built from.
type Fault = Box<dyn Error>;

fn main() -> Result<(), Fault> {
    for folder in ["languages", "reference", "examples"] {
        println!("cargo:rerun-if-changed=../../{folder}");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo names no folder to write to")?);
    let mut knowledge = Digest::default();
    let tables = files(Path::new("../../reference"), "reference")?
        .into_iter()
        .map(|(path, text)| TableFile { path, text: Cow::Owned(text), imported: false })
        .collect::<Vec<_>>();
    let mut forms = PackForms::default();
    let mut folders: BTreeMap<String, Vec<PackFile>> = BTreeMap::new();
    for (path, text) in files(Path::new("../../languages"), "")? {
        forms.add(&path, &text);
        if path.starts_with('_') {
            knowledge.add(text.as_bytes());
        }
        if let Some((folder, _)) = path.split_once('/').filter(|_| !path.starts_with('_')) {
            let folder = folder.to_owned();
            folders.entry(folder).or_default().push(PackFile { path, text: text.into() });
        }
    }
    let (reference, mut errors) = Reference::load(&tables);
    let frozen = freeze(&(&reference, told(&errors)))?;
    knowledge.add(&frozen);
    std::fs::write(out.join("reference"), frozen)?;
    errors.clear();
    let asking = Asking::load(&reference, &tables, forms, &mut errors);
    std::fs::write(out.join("asking"), freeze(&(&asking, told(&errors)))?)?;
    let mut packs: BTreeMap<String, (Pack, Vec<String>)> = BTreeMap::new();
    let mut list = String::new();
    for (folder, files) in folders {
        let (Some((pack, entries)), errors) = Pack::load_what_is_right(&files) else { continue };
        let name = format!("vocabulary.{folder}");
        let frozen = freeze(&Vocabulary::new(&pack, entries, &reference))?;
        knowledge.add(&frozen);
        std::fs::write(out.join(&name), frozen)?;
        list.push_str(&format!("({folder:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))),\n"));
        packs.insert(folder, (pack, errors.iter().map(|error| format!("languages/{error}")).collect()));
    }
    let frozen = freeze(&packs)?;
    knowledge.add(&frozen);
    std::fs::write(out.join("packs"), frozen)?;
    println!("cargo:rustc-env=CHANCERY_KNOWLEDGE={:08x}", knowledge.0 >> 32);
    std::fs::write(out.join("vocabularies.rs"), format!("static VOCABULARIES: &[(&str, &[u8])] = &[\n{list}];\n"))?;
    Ok(())
}

/// Tells one state of the packs and tables from another (FNV-1a).
struct Digest(u64);

impl Default for Digest {
    fn default() -> Digest {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |digest, byte| (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    }
}

/// Lines that are wrong, as they are told to people.
fn told<E: ToString>(errors: &[E]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

/// The texts below a folder in order of their paths, which begin with `name`.
fn files(folder: &Path, name: &str) -> Result<Vec<(String, String)>, Fault> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut found = Vec::new();
    for entry in entries {
        let file_name = entry.file_name();
        let path = [name, &file_name.to_string_lossy()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path(), &path)?);
        } else {
            found.push((path, std::fs::read_to_string(entry.path())?));
        }
    }
    Ok(found)
}
