//! Walking folders.
//!
//! In: a folder. Out: its files in the order of their names, those of its folders included.
//! Never: follows a link to a folder, or reads what is hidden or ignored.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders in folders at the most.
const DEEPEST: usize = 64;

/// A file that says what in its folder is not read, in the words of `.gitignore`.
const IGNORE: &str = ".chanceryignore";

/// What the ignore files of a folder and of those around it say; the inner ones win.
#[derive(Clone)]
struct Rules {
    own: Arc<Gitignore>,
    around: Option<Arc<Rules>>,
}

impl Rules {
    /// Those of a folder; a line that is no rule rules nothing.
    fn of(folder: &Path, around: Option<Arc<Rules>>) -> Option<Arc<Rules>> {
        let file = folder.join(IGNORE);
        if !file.is_file() {
            return around;
        }
        let mut builder = GitignoreBuilder::new(folder);
        _ = builder.add(file);
        let own = builder.build().unwrap_or_else(|_| Gitignore::empty());
        Some(Arc::new(Rules { own: Arc::new(own), around }))
    }

    fn ignore(&self, path: &Path, is_folder: bool) -> bool {
        let said = self.own.matched(path, is_folder);
        match &self.around {
            Some(around) if said.is_none() => around.ignore(path, is_folder),
            _ => said.is_ignore(),
        }
    }
}

/// Something found in a folder.
pub enum Found {
    /// A file to read.
    File(PathBuf),
    /// Something that the system does not let us see.
    Unreadable(PathBuf, io::Error),
}

/// Every file below `folder`, sorted.
pub fn walk(folder: &Path) -> impl Iterator<Item = Found> + Send + use<> {
    let mut waiting = vec![(folder.to_owned(), 0, None::<Arc<Rules>>)];
    std::iter::from_fn(move || {
        while let Some((path, depth, rules)) = waiting.pop() {
            let kind = match std::fs::symlink_metadata(&path) {
                Err(error) => return Some(Found::Unreadable(path, error)),
                // the folder that was asked for may itself be a link
                Ok(metadata) if metadata.is_symlink() => match std::fs::metadata(&path) {
                    Ok(target) if target.is_dir() && depth > 0 => continue,
                    Ok(target) => target.file_type(),
                    Err(error) => return Some(Found::Unreadable(path, error)),
                },
                Ok(metadata) => metadata.file_type(),
            };
            if depth > 0 && rules.as_ref().is_some_and(|rules| rules.ignore(&path, kind.is_dir())) {
                continue;
            }
            if kind.is_dir() {
                let rules = Rules::of(&path, rules);
                if depth >= DEEPEST {
                    continue;
                }
                match children(&path) {
                    Ok(names) => waiting.extend(names.into_iter().rev().map(|child| (child, depth + 1, rules.clone()))),
                    Err(error) => return Some(Found::Unreadable(path, error)),
                }
            } else if kind.is_file() {
                return Some(Found::File(path));
            }
        }
        None
    })
}

/// Whether a file in an archive is hidden, or in a hidden folder, or one that systems put there for themselves.
pub fn is_hidden(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| part == "__MACOSX" || part.starts_with('.') && !matches!(part, "." | ".."))
}

/// What is in a folder and not hidden, sorted by name.
fn children(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

/// A text file of a folder of tables or packs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextFile {
    /// Path below the folder, with `/` between its parts.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// Every file below `folder` as text, sorted by path.
///
/// # Errors
/// Where the folder or a file in it cannot be read as UTF-8; the message names the file.
pub fn text_files(folder: &Path) -> io::Result<Vec<TextFile>> {
    if !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("{}: no such folder", folder.display())));
    }
    let named = |path: &Path, error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    walk(folder)
        .map(|found| match found {
            Found::File(path) => {
                let text = std::fs::read_to_string(&path).map_err(|error| named(&path, error))?;
                let below = path.strip_prefix(folder).unwrap_or(&path);
                let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                Ok(TextFile { path: parts.join("/"), text })
            }
            Found::Unreadable(path, error) => Err(named(&path, error)),
        })
        .collect()
}
