//! Where knowledge comes from: what is built in, what the caller gives, what a user imported.
//!
//! In: folders. Out: the texts of packs and tables. Never: what they mean.

use crate::built_in::{LANGUAGES, REFERENCE, texts};
use crate::library::Error;
use chancery_language::PackFile;
use chancery_read::TextFile;
use chancery_reference::TableFile;
use chancery_vocabulary::PackForms;
use chancery_vocabulary::matching::TABLES;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where packs and tables come from besides those built in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    /// A folder with packs, or one pack: its packs take the place of those built in with the same tag.
    pub languages: Option<PathBuf>,
    /// A folder with tables: they take the place of those built in with the same name.
    pub reference: Option<PathBuf>,
    /// A folder with imported tables: their facts join the others and win over them.
    pub imported: Option<PathBuf>,
}

impl Sources {
    /// Whether the tables are those that are built in and no others.
    pub(crate) fn tables_are_built_in(&self) -> bool {
        self.reference.is_none() && self.imported.is_none()
    }

    /// Whether the names of states, places, organizations and agencies are those that are built in: what vocabularies hold.
    pub(crate) fn names_are_built_in(&self) -> Result<bool, Error> {
        for folder in [&self.reference, &self.imported].into_iter().flatten() {
            let files = chancery_read::text_files(folder)?;
            if files.iter().any(|file| TABLES.contains(&file.path.rsplit(['/', '\\']).next().unwrap_or_default())) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether the caller gave a file; what is built in is borrowed.
pub(crate) fn is_given(file: &PackFile) -> bool {
    matches!(file.text, Cow::Owned(_))
}

/// The files of each pack: those built in, and in their place those that are given.
pub(crate) fn pack_files(given: Option<&Path>) -> Result<BTreeMap<String, Vec<PackFile>>, Error> {
    let mut folders: BTreeMap<String, Vec<PackFile>> = BTreeMap::new();
    let mut put = |files: Vec<(String, Cow<'static, str>)>| {
        let mut new: BTreeMap<String, Vec<PackFile>> = BTreeMap::new();
        for (path, text) in files {
            if let Some((folder, _)) = path.split_once('/') {
                new.entry(folder.to_owned()).or_default().push(PackFile { path, text });
            }
        }
        folders.extend(new);
    };
    put(texts(&LANGUAGES));
    if let Some(folder) = given {
        let mut files = chancery_read::text_files(folder)?;
        if files.iter().any(|file| file.path == "pack.toml") {
            // the folder is itself a pack
            let name =
                std::path::absolute(folder)?.file_name().map_or_else(|| "pack".to_owned(), |name| name.to_string_lossy().into_owned());
            files.iter_mut().for_each(|file| file.path = format!("{name}/{}", file.path));
        }
        put(files.into_iter().map(|TextFile { path, text }| (path, text.into())).collect());
    }
    Ok(folders)
}

/// The tables built in, those that are given in their place, and those imported.
pub(crate) fn table_files(sources: &Sources) -> Result<Vec<TableFile>, Error> {
    let mut tables: BTreeMap<String, Cow<'static, str>> = texts(&REFERENCE).into_iter().collect();
    if let Some(folder) = &sources.reference {
        tables.extend(chancery_read::text_files(folder)?.into_iter().map(|file| (file.path, Cow::Owned(file.text))));
    }
    let mut files: Vec<TableFile> =
        tables.into_iter().map(|(path, text)| TableFile { path: format!("reference/{path}"), text, imported: false }).collect();
    if let Some(folder) = &sources.imported {
        let imported = chancery_read::text_files(folder)?.into_iter().filter(|file| file.path.ends_with(".tsv"));
        files.extend(imported.map(|TextFile { path, text }| TableFile {
            path: folder.join(path).to_string_lossy().into_owned(),
            text: text.into(),
            imported: true,
        }));
    }
    Ok(files)
}

/// The forms of the packs built in, or of those that are given in their place.
pub(crate) fn pack_forms(languages: Option<&Path>) -> Result<PackForms, Error> {
    let mut forms = PackForms::default();
    for file in pack_files(languages)?.values().flatten() {
        forms.add(&file.path, &file.text);
    }
    Ok(forms)
}
