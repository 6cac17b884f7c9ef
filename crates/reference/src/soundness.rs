//! Whether the tables hold together.
//!
//! In: the tables. Out: every line that contradicts another or breaks a rule. Never: mends anything.

use crate::people::Tenure;
use crate::table::{Row, TableError, TableFile, rows};
use chancery_model::{Edtf, Role};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong in the tables: two holders of the seat of one on a day that `overlaps.tsv` does not mark, tenures without a source
/// or a person, periods that end before they begin, keys that no table has, an item of Wikidata given twice, text that is not NFC or
/// holds what nobody sees.
pub fn faults(files: &[TableFile], is_nfc: impl Fn(&str) -> bool) -> Vec<TableError> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".tsv")) {
        for (number, line) in file.text.lines().enumerate() {
            let mut fault = |message: String| faults.push(TableError { path: file.path.clone(), line: number + 1, message });
            if !is_nfc(line) {
                fault("the line is not in Unicode form NFC".to_owned());
            }
            if let Some(unseen) = line.chars().find(|character| is_unseen(*character)) {
                fault(format!("the line holds U+{:04X}, which nobody sees", u32::from(unseen)));
            }
            if line.split('\t').any(|field| field.trim() != field) {
                fault("a field begins or ends with white space".to_owned());
            }
        }
    }
    let table = |name: &str| files.iter().find(|file| file.path.rsplit('/').next() == Some(name));
    let mut column = |name: &str, columns: &[&str]| table(name).map(|file| rows(file, columns, &mut faults)).unwrap_or_default();
    let sources: BTreeSet<String> = column("sources.tsv", &["key"]).iter().map(|row| row[0].to_owned()).collect();
    let people = column("people.tsv", &["id", "name", "source"]);
    let tenures = column("tenures.tsv", &["id", "role", "of", "start", "end", "status", "source"]);
    let marks = column("overlaps.tsv", &["of", "role", "start", "end"]);
    let mut fault = |file: &str, line: usize, message: String| faults.push(TableError { path: format!("reference/{file}"), line, message });
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for row in &people {
        if names.insert(row[0], row[1]).is_some() {
            fault("people.tsv", row.line, format!("{} stands there twice", row[0]));
        }
        let item = row[0].strip_prefix('Q').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
        if !item && !row[0].starts_with("x-") {
            fault("people.tsv", row.line, format!("expected a Wikidata item or x- and a name, found {:?}", row[0]));
        }
        if !sources.contains(row[2]) {
            fault("people.tsv", row.line, format!("sources.tsv has no source {:?}", row[2]));
        }
    }
    for row in &tenures {
        if !names.contains_key(row[0]) {
            fault("tenures.tsv", row.line, format!("people.tsv has no {:?}", row[0]));
        }
        if !sources.contains(row[6]) {
            fault("tenures.tsv", row.line, format!("sources.tsv has no source {:?}", row[6]));
        }
    }
    for (line, message) in overlaps(&tenures, &marks, &names) {
        fault("tenures.tsv", line, message);
    }
    faults.extend(dangling(files));
    faults
}

/// A column of a table.
type Column = (&'static str, &'static str);

/// Columns that hold keys of other tables, with the columns in which these stand.
const KEYS: [(&str, &str, &[Column]); 12] = [
    ("tenures.tsv", "of", BODIES),
    ("positions.tsv", "of", BODIES),
    ("memberships.tsv", "state", BODIES),
    ("memberships.tsv", "organization", &[("organizations.tsv", "key")]),
    ("organization_names.tsv", "key", &[("organizations.tsv", "key")]),
    ("people_names.tsv", "id", &[("people.tsv", "id")]),
    ("state_names.tsv", "code", &[("states.tsv", "code")]),
    ("states.tsv", "capital", &[("places.tsv", "key")]),
    ("place_names.tsv", "key", &[("places.tsv", "key")]),
    ("site_cities.tsv", "site", &[("places.tsv", "key")]),
    ("site_cities.tsv", "city", &[("places.tsv", "key")]),
    ("agencies.tsv", "of", &[("states.tsv", "code"), ("organizations.tsv", "key")]),
];

/// What holds offices: states, also those that are no more, and organizations.
const BODIES: &[(&str, &str)] = &[("states.tsv", "code"), ("organizations.tsv", "key"), ("state_aliases.tsv", "code")];

/// Tables in which an item of Wikidata stands once; a place of two names has it twice.
const ITEMS: [&str; 3] = ["states.tsv", "organizations.tsv", "positions.tsv"];

/// Keys that no table has, items given twice, periods that end before they begin.
fn dangling(files: &[TableFile]) -> Vec<TableError> {
    let mut faults = Vec::new();
    let table = |name: &str| files.iter().find(|file| file.path.rsplit('/').next() == Some(name));
    let cells = |name: &str, columns: &[&'static str]| table(name).map(|file| rows(file, columns, &mut Vec::new())).unwrap_or_default();
    let mut fault = |file: &str, line: usize, message: String| faults.push(TableError { path: format!("reference/{file}"), line, message });
    for (name, column, to) in KEYS {
        let known: BTreeSet<&str> = to.iter().flat_map(|(name, key)| cells(name, &[key])).flat_map(|row| row[0].split('|')).collect();
        for row in cells(name, &[column]).iter().filter(|row| !known.is_empty() && !row[0].is_empty() && !known.contains(row[0])) {
            fault(name, row.line, format!("{} has no {:?}", to[0].0, row[0]));
        }
    }
    for name in ITEMS {
        let mut items = BTreeSet::new();
        for row in cells(name, &["qid"]).iter().filter(|row| !row[0].is_empty()) {
            if !items.insert(row[0]) {
                fault(name, row.line, format!("{} stands there twice", row[0]));
            }
        }
    }
    for name in ["tenures.tsv", "memberships.tsv"] {
        for row in cells(name, &["start", "end"]) {
            let [start, end] = [0, 1].map(|at: usize| row[at].parse::<Edtf>().ok());
            if let (Some(start), Some(end)) = (start.and_then(|day| day.earliest()), end.and_then(|day| day.latest()))
                && end < start
            {
                fault(name, row.line, format!("it ends on {end}, before it begins on {start}"));
            }
        }
    }
    faults
}

/// Whether nobody sees a character.
fn is_unseen(character: char) -> bool {
    let unseen = matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}');
    unseen || character == '\u{A0}' || (character.is_control() && character != '\t')
}

/// The time in which an office surely was held.
fn sure(row: &Row) -> Option<(Date, Date)> {
    let start = row[3].parse::<Edtf>().ok()?.latest()?;
    let end = if row[4].is_empty() { Date::MAX } else { row[4].parse::<Edtf>().ok()?.earliest()? };
    Some((start, end))
}

/// First and last day on which an office surely was held, and the row that says so.
type Held<'a> = (Date, Date, &'a Row<'a>);

fn overlaps(tenures: &[Row], marks: &[Row], names: &BTreeMap<&str, &str>) -> Vec<(usize, String)> {
    let mut seats: BTreeMap<(&str, &str), Vec<Held>> = BTreeMap::new();
    for row in tenures {
        let single = row[1].parse::<Role>().is_ok_and(Role::single_seat);
        if let Some((start, end)) = sure(row).filter(|_| single && row[5] != "acting") {
            seats.entry((row[2], row[1])).or_default().push((start, end, row));
        }
    }
    let marked = |of: &str, role: &str, from: Date, to: Date| {
        marks.iter().any(|mark| {
            let starts = mark[2].parse::<Edtf>().ok().and_then(|date| date.earliest());
            let ends = mark[3].parse::<Edtf>().ok().and_then(|date| date.latest());
            mark[0] == of && mark[1] == role && starts.is_none_or(|starts| starts <= from) && ends.is_none_or(|ends| to <= ends)
        })
    };
    let mut found = Vec::new();
    for ((of, role), mut held) in seats {
        held.sort_by_key(|(start, end, row)| (*start, *end, row.line));
        for (index, (_, end, row)) in held.iter().enumerate() {
            for (start, other_end, other) in &held[index + 1..] {
                let (from, to) = (*start, *end.min(other_end));
                // a handover may be told of the day before, or of both days
                let handed_over = to <= from.saturating_add(1.day());
                if row[0] == other[0] || handed_over || marked(of, role, from, to) {
                    continue;
                }
                let name = |id: &str| names.get(id).map_or_else(|| id.to_owned(), |name| (*name).to_owned());
                let until = if to == Date::MAX { "now".to_owned() } else { to.to_string() };
                found.push((
                    other.line,
                    format!(
                        "{role} of {of}: {} and {} both, {from} to {until}; mend one, or mark it in overlaps.tsv",
                        name(row[0]),
                        name(other[0])
                    ),
                ));
            }
        }
    }
    found
}

impl Tenure {
    /// Whether the office surely was held on a day.
    pub fn surely_held(&self, day: Date) -> bool {
        let starts = self.start.as_ref().and_then(Edtf::latest);
        let ends = self.end.as_ref().and_then(Edtf::earliest);
        starts.is_some_and(|starts| starts <= day) && (self.end.is_none() || ends.is_some_and(|ends| day <= ends))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, text: &str) -> TableFile {
        TableFile { path: format!("reference/{name}"), text: text.to_owned().into(), imported: false }
    }

    fn told(tenures: &str, overlaps: &str) -> Vec<String> {
        let files = [
            table("sources.tsv", "key\nown\n"),
            table("people.tsv", "id\tname\tsource\nQ1\tAda One\town\nQ2\tBo Two\town\n"),
            table("tenures.tsv", &format!("id\trole\tof\tstart\tend\tstatus\tsource\n{tenures}")),
            table("overlaps.tsv", &format!("of\trole\tstart\tend\n{overlaps}")),
        ];
        faults(&files, |_| true).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn two_holders_of_the_seat_of_one_are_a_fault_unless_marked() {
        let both = "Q1\tpresident\tKZ\t2000-01-01\t2005-01-01\t\town\nQ2\tpresident\tKZ\t2004-01-01\t\t\town\n";
        assert_eq!(
            told(both, ""),
            [
                "reference/tenures.tsv:3: president of KZ: Ada One and Bo Two both, 2004-01-01 to 2005-01-01; mend one, or mark it in overlaps.tsv"
            ]
        );
        assert_eq!(told(both, "KZ\tpresident\t\t\n"), Vec::<String>::new());
        assert_eq!(told(&both.replace("2004-01-01", "2003"), "").len(), 1);
        for right in [
            both.replace("2004-01-01", "2004-12-31"),
            both.replace("2004-01-01", "2005"),
            both.replace("\t\t\town", "\t\tacting\town"),
            both.replace("president", "minister"),
        ] {
            assert_eq!(told(&right, ""), Vec::<String>::new(), "{right}");
        }
    }

    #[test]
    fn a_key_that_no_table_has_an_item_twice_and_an_end_before_the_start_are_faults() {
        let told = |tenure: &str, state: &str| {
            let files = [
                table("states.tsv", &format!("code\tcapital\tqid\nKZ\tAstana, KZ\tQ232\n{state}")),
                table("places.tsv", "key\nAstana, KZ\n"),
                table("tenures.tsv", &format!("of\tstart\tend\n{tenure}")),
            ];
            dangling(&files).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(told("KZ\t2019\t2020\n", ""), Vec::<String>::new());
        assert_eq!(told("QQ\t2019\t2020\n", ""), [r#"reference/tenures.tsv:2: states.tsv has no "QQ""#]);
        assert_eq!(told("KZ\t2019\t2018-12\n", ""), ["reference/tenures.tsv:2: it ends on 2018-12-31, before it begins on 2019-01-01"]);
        assert_eq!(told("", "UZ\tTashkent, UZ\tQ232\n").len(), 2);
    }

    #[test]
    fn what_nobody_knows_or_sees_is_a_fault() {
        assert_eq!(told("Q3\tminister\tKZ\t\t\t\tmemory\n", "").len(), 2);
        assert_eq!(told("Q1\tminister\tK\u{200B}Z\t\t\t\town\n", "").len(), 1);
    }
}
