//! Tests of a pack: short news items in Markdown with the claims expected.
//!
//! In: `tests/*.md` of a pack. Out: what each test expects, and whether the program bears it out. Never: a test that expects nothing.

use crate::expected::{ExpectedLine, Outcome, bless, compare, parse_line};
use crate::library::Library;
use chancery_model::{Document, Edtf};

/// One test.
#[derive(Clone, PartialEq, Debug)]
pub struct PackTest {
    /// File.
    pub path: String,
    /// Line of its heading, from 1.
    pub line: usize,
    /// Heading.
    pub title: String,
    /// The news item.
    pub document: Document,
    /// What is expected.
    pub expected: Vec<ExpectedLine>,
    /// The expected lines as written.
    pub texts: Vec<String>,
}

/// Something wrong in a test file: file, line, message.
pub type Fault = (String, usize, String);

/// Reads one file of tests. What cannot be read is named and left out.
pub fn parse(path: &str, text: &str, language: &str) -> (Vec<PackTest>, Vec<Fault>) {
    let (mut tests, mut faults): (Vec<PackTest>, Vec<Fault>) = (Vec::new(), Vec::new());
    let mut quoted: Vec<String> = Vec::new();
    let close = |tests: &mut Vec<PackTest>, quoted: &mut Vec<String>, faults: &mut Vec<Fault>| {
        let Some(test) = tests.last_mut() else { return };
        test.document.text = std::mem::take(quoted).join("\n");
        if test.document.text.trim().is_empty() {
            faults.push((path.to_owned(), test.line, format!("the test {:?} has no news item in lines that begin with `>`", test.title)));
        } else if test.expected.is_empty() {
            faults.push((path.to_owned(), test.line, format!("the test {:?} expects nothing", test.title)));
        }
    };
    for (index, written) in text.lines().enumerate() {
        let (number, line) = (index + 1, written.trim_end());
        if let Some(title) = line.strip_prefix("## ") {
            close(&mut tests, &mut quoted, &mut faults);
            let title = title.trim().to_owned();
            let document = Document { id: format!("{path}:{number}"), language: Some(language.to_owned()), ..Document::default() };
            tests.push(PackTest { path: path.to_owned(), line: number, title, document, expected: Vec::new(), texts: Vec::new() });
            continue;
        }
        let Some(test) = tests.last_mut() else { continue };
        if let Some(words) = line.strip_prefix('>') {
            quoted.push(words.strip_prefix(' ').unwrap_or(words).to_owned());
        } else if line.starts_with('-') {
            match parse_line(line, number) {
                Ok(expected) => {
                    test.expected.push(expected);
                    test.texts.push(line.to_owned());
                }
                Err(error) => faults.push((path.to_owned(), number, error)),
            }
        } else if let Some(date) = line.strip_prefix("published:") {
            match date.trim().parse::<Edtf>() {
                Ok(date) => test.document.published = Some(date),
                Err(error) => faults.push((path.to_owned(), number, error.to_string())),
            }
        } else if let Some(title) = line.strip_prefix("title:") {
            test.document.title = Some(title.trim().to_owned());
        }
    }
    close(&mut tests, &mut quoted, &mut faults);
    (tests, faults)
}

/// Every test of a language's pack.
pub fn of_language(library: &Library, tag: &str) -> (Vec<PackTest>, Vec<Fault>) {
    let (mut tests, mut faults) = (Vec::new(), Vec::new());
    for file in library.pack_files(tag).iter().filter(|file| file.path.contains("/tests/") && file.path.ends_with(".md")) {
        let (read, wrong) = parse(&format!("languages/{}", file.path), &file.text, tag);
        tests.extend(read);
        faults.extend(wrong);
    }
    (tests, faults)
}

/// Runs one test.
pub fn run(test: &PackTest, library: &Library) -> Outcome {
    compare(&test.expected, &library.read_document(test.document.clone()), None)
}

/// The text of a test file in which what fails is kept as "not yet" and "wrong".
pub fn blessed(path: &str, text: &str, library: &Library, tag: &str) -> String {
    let (tests, _) = parse(path, text, tag);
    let mut lines: Vec<Option<Vec<String>>> = text.lines().map(|line| Some(vec![line.to_owned()])).collect();
    for test in tests {
        let outcome = run(&test, library);
        let Some(first) = test.expected.first() else { continue };
        if outcome.is_right() {
            continue;
        }
        // only the expected lines are rewritten; what stands between them stays
        test.expected.iter().for_each(|line| lines[line.line - 1] = None);
        lines[first.line - 1] = Some(bless(&test.expected, &test.texts, &outcome));
    }
    lines.into_iter().flatten().flatten().map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_tests_and_names_what_is_wrong() {
        let text = "# Contacts\n\n## A meeting\npublished: 2024-03-05\n\n> First line.\n>\n> Third.\n\n- contact meeting held - [] CZ FR\n- contact lunch held -\n\n## Nothing\n> Words.\n";
        let (tests, faults) = parse("languages/xx/tests/a.md", text, "xx");
        assert_eq!(tests.len(), 2);
        assert_eq!(tests[0].document.text, "First line.\n\nThird.");
        assert_eq!(tests[0].document.published.as_ref().map(ToString::to_string).as_deref(), Some("2024-03-05"));
        assert_eq!(faults.iter().map(|fault| fault.1).collect::<Vec<_>>(), [11, 13]);
    }
}
