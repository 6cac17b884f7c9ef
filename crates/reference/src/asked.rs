//! What a row asks: an office in words, a state in words, a name with its titles.
//!
//! In: cells, and the tables of phrases. Out: roles, codes, the bare name. Never: looks anybody up.

use crate::Reference;
use crate::phrases::{Phrases, plain_words};
use crate::table::{TableError, TableFile, rows};
use crate::{HashMap, HashSet};
use chancery_frozen::Written;
use chancery_model::Role;
use serde::{Deserialize, Serialize};

/// What a word of an office or a title says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Says {
    /// Roles that the phrase may mean, the likeliest first.
    Roles(Vec<Role>),
    Capacity(Capacity),
    /// Sheikh, Dr.
    Title,
    /// of, the
    Nothing,
}

/// In which capacity somebody is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Capacity {
    /// In office.
    #[default]
    Holder,
    /// Acting or interim.
    Acting,
    /// Elect or designate: not in office yet.
    Elect,
    /// No longer in office.
    Former,
}

/// An office as asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AskedOffice {
    /// Roles that it may be, the likeliest first.
    pub roles: Vec<Role>,
    /// In which capacity.
    pub capacity: Capacity,
}

/// Offices and titles in words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct OfficeWords {
    phrases: Phrases<Says>,
    /// The same without the words that say nothing.
    lean: Phrases<Says>,
    nothing: HashSet<String>,
}

impl OfficeWords {
    /// Reads `role_names.tsv`; wrong lines go to `errors`.
    pub fn load(file: &TableFile, errors: &mut Vec<TableError>) -> OfficeWords {
        let mut words = OfficeWords::default();
        let mut said: Vec<(&str, Says)> = Vec::new();
        for row in rows(file, &["form", "role"], errors) {
            let says = match row[1] {
                "acting" => Says::Capacity(Capacity::Acting),
                "elect" => Says::Capacity(Capacity::Elect),
                "former" => Says::Capacity(Capacity::Former),
                "title" => Says::Title,
                "nothing" => Says::Nothing,
                roles => match roles.split('|').map(str::parse).collect::<Result<Vec<Role>, _>>() {
                    Ok(roles) => Says::Roles(roles),
                    Err(error) => {
                        errors.push(TableError { path: file.path.clone(), line: row.line, message: error.to_string() });
                        continue;
                    }
                },
            };
            if says == Says::Nothing {
                words.nothing.insert(row[0].to_owned());
            }
            said.push((row[0], says));
        }
        // the name of a role is its word, unless the table says more
        said.extend(Role::ALL.iter().map(|role| (role.as_str(), Says::Roles(vec![*role]))));
        for (phrase, says) in said {
            words.lean.add(&words.leaned(phrase).join(" "), says.clone());
            words.phrases.add(phrase, says);
        }
        words
    }

    fn leaned(&self, text: &str) -> Vec<String> {
        plain_words(text).into_iter().filter(|word| !self.nothing.contains(word)).collect()
    }

    /// The office that words name; without roles where they name none.
    pub fn office(&self, text: &str) -> AskedOffice {
        let words = self.leaned(text);
        let (mut asked, mut at) = (AskedOffice::default(), 0);
        while at < words.len() {
            let Some((length, says)) = self.lean.at(&words[at..]) else {
                at += 1;
                continue;
            };
            match says {
                Says::Roles(roles) => roles.iter().for_each(|role| {
                    if !asked.roles.contains(role) {
                        asked.roles.push(*role);
                    }
                }),
                Says::Capacity(capacity) => asked.capacity = *capacity,
                Says::Title | Says::Nothing => {}
            }
            at += length;
        }
        asked
    }

    /// A name without the titles and offices that stand before it, and what these say.
    pub fn without_titles<'a>(&self, name: &'a str) -> (&'a str, AskedOffice) {
        // what follows a comma is an office or nothing: Hu Jintao, President of China
        let head = name.split_once(',').filter(|(head, tail)| {
            let tail = plain_words(tail);
            head.trim().contains(' ') && self.phrases.at(&tail).is_some_and(|(_, says)| !matches!(says, Says::Nothing))
        });
        let (name, after) = head.map_or((name, ""), |(head, tail)| (head, tail));
        // where each word begins
        let starts: Vec<usize> = name
            .char_indices()
            .scan(true, |parted, (at, letter)| {
                let begins = *parted && !letter.is_whitespace();
                *parted = letter.is_whitespace();
                Some((begins, at))
            })
            .filter_map(|(begins, at)| begins.then_some(at))
            .collect();
        let mut first = 0;
        let mut told = String::new();
        while first + 1 < starts.len() {
            let words = plain_words(&name[starts[first]..]);
            let Some((mut length, says)) = self.phrases.at(&words) else { break };
            if first == 0 && matches!(says, Says::Nothing) {
                break;
            }
            // as many written words as the phrase has, or as the phrases have that stand in one (president-elect)
            let mut next = first;
            let mut taken = 0;
            while next < starts.len() && taken < length {
                let end = starts.get(next + 1).copied().unwrap_or(name.len());
                taken += plain_words(&name[starts[next]..end]).len();
                next += 1;
                while taken > length
                    && let Some((more, _)) = self.phrases.at(&words[length..])
                {
                    length += more;
                }
            }
            if taken != length || next >= starts.len() {
                break;
            }
            // Prince Sultan bin Abdulaziz: what stands between a title and a particle is a name
            if first > 0 && name[starts[next]..].starts_with(char::is_lowercase) {
                break;
            }
            told.push_str(&name[starts[first]..starts[next]]);
            told.push(' ');
            first = next;
        }
        let bare = starts.get(first).map_or(name, |start| &name[*start..]);
        (bare.trim(), self.office(&format!("{told} {after}")))
    }
}

/// States and organizations in words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct StateWords {
    /// Codes by the words of a form with one space between them.
    by_form: HashMap<Written, Vec<Written>>,
    codes: HashSet<Written>,
}

impl StateWords {
    /// Codes and names of the reference, of `state_aliases.tsv`, and forms of packs; of two meanings of a form the earlier counts.
    pub fn load(
        reference: &Reference,
        aliases: Option<&TableFile>,
        further: impl IntoIterator<Item = (String, String)>,
        errors: &mut Vec<TableError>,
    ) -> StateWords {
        let mut words = StateWords::default();
        for state in reference.states() {
            words.codes.insert(state.code.clone());
        }
        for row in aliases.into_iter().flat_map(|file| rows(file, &["form", "code"], errors)) {
            words.add(row[0], row[1]);
        }
        for state in reference.states() {
            words.add(&state.name, &state.code);
        }
        for form in reference.all_state_forms() {
            words.add(&form.form, &form.key);
        }
        for (form, code) in further {
            words.add(&form, &code);
        }
        for organization in reference.organizations() {
            words.codes.insert(organization.key.clone());
            words.add(&organization.key, &organization.key);
            words.add(&organization.name, &organization.key);
        }
        for form in reference.all_organization_forms() {
            words.add(&form.form, &form.key);
        }
        words
    }

    fn add(&mut self, form: &str, codes: &str) {
        let key = plain_words(form).join(" ");
        if !key.is_empty() {
            self.by_form.entry(key.into()).or_insert_with(|| codes.split(['|', ' ']).map(Written::from).collect());
        }
    }

    /// The states that a cell names: a code, a name, an adjective, two of them; empty where none is known.
    pub fn codes(&self, cell: &str) -> Vec<Written> {
        let cell = cell.trim();
        if let Some(code) = self.codes.get(cell).or_else(|| self.codes.get(cell.to_uppercase().as_str()).filter(|_| cell.len() == 2)) {
            return vec![code.clone()];
        }
        let whole = plain_words(cell);
        let without = |words: &[String]| -> Option<Vec<Written>> {
            let form = words.join(" ");
            let found = self.by_form.get(form.as_str());
            found.or_else(|| self.by_form.get(form.strip_prefix("the ")?)).cloned()
        };
        if let Some(codes) = without(&whole) {
            return codes;
        }
        // Korea, South; Congo (Brazzaville); Serbia / Kosovo
        if let Some((head, tail)) = cell.split_once(',') {
            let mut turned = plain_words(tail);
            turned.extend(plain_words(head));
            if let Some(codes) = without(&turned) {
                return codes;
            }
        }
        if let Some((head, _)) = cell.split_once('(')
            && let Some(codes) = without(&plain_words(head))
        {
            return codes;
        }
        let mut found = Vec::new();
        for part in cell.split(['/', ';', '&', ',']) {
            for code in without(&plain_words(part)).unwrap_or_default() {
                if !found.contains(&code) {
                    found.push(code);
                }
            }
        }
        found
    }

    /// The longest name of a state within a text, such as an office.
    pub fn within(&self, text: &str) -> Vec<Written> {
        let words = plain_words(text);
        for length in (1..=words.len().min(6)).rev() {
            for window in words.windows(length).filter(|window| window.iter().map(String::len).sum::<usize>() > 3) {
                if let Some(codes) = self.by_form.get(window.join(" ").as_str()) {
                    return codes.clone();
                }
            }
        }
        Vec::new()
    }
}
