//! Rows of a table by the names of its columns.
//!
//! In: a table's text. Out: the wanted columns of every right line. Never: knows what they mean.

use std::borrow::Cow;
use std::fmt;

/// One table: file name and text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableFile {
    /// `states.tsv`
    pub path: String,
    /// Its whole text.
    pub text: Cow<'static, str>,
    /// Whether a user imported it: its facts join those built in and win over them.
    pub imported: bool,
}

/// What is wrong in a line of a table.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct TableError {
    /// File.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// What was expected and found.
    pub message: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Pairs of two columns.
pub type KeyValues = Vec<(String, String)>;

/// Two columns of a table; lines that are wrong go to `errors`.
pub fn key_values(file: &TableFile, columns: [&str; 2], errors: &mut Vec<TableError>) -> KeyValues {
    rows(file, &columns, errors).iter().map(|row| (row[0].to_owned(), row[1].to_owned())).collect()
}

/// The wanted columns of a line, and its number from 1.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    pub line: usize,
    fields: [&'a str; WIDEST],
}

/// The most columns that are asked for.
const WIDEST: usize = 7;

impl<'a> std::ops::Index<usize> for Row<'a> {
    type Output = &'a str;
    fn index(&self, column: usize) -> &&'a str {
        &self.fields[column]
    }
}

/// The named columns of every line (one with a leading `?` may be missing); lines and columns that are wrong go to `errors`.
pub(crate) fn rows<'a>(file: &'a TableFile, columns: &[&str], errors: &mut Vec<TableError>) -> Vec<Row<'a>> {
    let mut lines = file.text.lines().enumerate();
    let mut fault = |line: usize, message: String| errors.push(TableError { path: file.path.clone(), line: line + 1, message });
    let Some((_, header)) = lines.next() else {
        fault(0, "the table is empty; expected a header line".to_owned());
        return Vec::new();
    };
    let names: Vec<&str> = header.split('\t').collect();
    let mut places = Vec::new();
    for column in columns {
        match names.iter().position(|name| *name == column.trim_start_matches('?')) {
            Some(place) => places.push(place),
            None if column.starts_with('?') => places.push(usize::MAX),
            None => {
                fault(0, format!("expected a column {column:?} in the header, found {header:?}"));
                return Vec::new();
            }
        }
    }
    let mut rows = Vec::with_capacity(file.text.len() / 40);
    let mut fields: Vec<&str> = Vec::with_capacity(names.len());
    for (number, line) in lines {
        if line.trim().is_empty() {
            continue;
        }
        fields.clear();
        fields.extend(line.split('\t'));
        if fields.len() > names.len() {
            fault(number, format!("expected {} fields separated by tabs, found {}", names.len(), fields.len()));
            continue;
        }
        let mut row = Row { line: number + 1, fields: [""; WIDEST] };
        for (field, place) in row.fields.iter_mut().zip(&places) {
            *field = fields.get(*place).map_or("", |field| field.trim());
        }
        if row[0].is_empty() {
            fault(number, format!("the field {:?} is empty", columns[0]));
            continue;
        }
        rows.push(row);
    }
    rows
}
