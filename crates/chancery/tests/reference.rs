//! The tables as built in hold together, and settle what they should.
//!
//! In: the tables. Out: nothing. Never: a row of a public test set.

use chancery::Sources;
use chancery::reference::settle::Verdict;
use chancery::registry::{self, Registry, Row};

#[test]
fn the_tables_hold_together() {
    let faults = registry::faults(&Sources::default()).expect("tables");
    let told: Vec<String> = faults.iter().take(20).map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), told.join("\n"));
    let registry = Registry::built_in().expect("the registry loads");
    assert_eq!(registry.faults(), Vec::<String>::new());
}

/// Name, role, state, date; what is settled, `?` for a doubt, `-` for nobody.
const ROWS: &[(&str, &str, &str, &str, &str)] = &[
    // by office and day
    ("", "Foreign Minister", "Russia", "2013-02-02", "Sergey Lavrov"),
    ("", "Taoiseach", "Ireland", "2012-03-20", "Enda Kenny"),
    ("", "President-elect", "Brazil", "2002-12-10", "Luiz Inácio Lula da Silva"),
    ("", "Crown Prince", "Saudi Arabia", "2018-03-20", "?"),
    ("", "Acting President", "Nigeria", "2010-04-12", "?"),
    ("", "President", "Bosnia", "1994-03-18", "Alija Izetbegović"),
    ("", "Prime Minister", "GDR", "1990-06-11", "Lothar de Maizière"),
    ("", "President", "Atlantis", "2018-03-20", "!"),
    ("", "President", "KZ", "the other day", "!"),
    // titles, spellings, orders of words
    ("Prime Minister Ehud Barak", "Prime Minister", "Israel", "July 15, 1999", "Ehud Barak"),
    ("Lech Kaczynski", "President", "Poland", "16 July 2007", "Lech Kaczyński"),
    ("KACZYNSKI, Lech", "President", "POL", "2007-07", "Lech Kaczyński"),
    ("Sheikh Mohamed bin Zayed Al Nahyan", "President", "UAE", "2024-09-23", "Mohamed bin Zayed Al Nahyan"),
    ("King Abdullah II", "King", "Jordan", "2004-12-06", "Abdullah II of Jordan"),
    ("Chancellor Schroeder", "Chancellor", "Germany", "2002-01-31", "Gerhard Schröder"),
    ("Hu Jintao", "President", "China, People's Republic of", "2006-04-20", "Hu Jintao"),
    ("Jintao Hu", "", "Chinese", "2006", "Hu Jintao"),
    ("Adnan Terzic", "Chairman of the Council of Ministers", "Bosnia and Herzegovina", "2003-07-10", "Adnan Terzić"),
    ("Orbán Viktor", "miniszterelnök", "HU", "2019", "Viktor Orbán"),
    // elects, acting, and an office of that time
    ("President-elect Fox", "President-elect", "Mexico", "2000-08-24", "Vicente Fox Quesada"),
    ("Prime Minister-elect Netanyahu", "", "Israel", "1996-06-12", "Benjamin Netanyahu"),
    ("Acting President Goodluck Jonathan", "Acting President", "Nigeria", "2010-04-12", "Goodluck Jonathan"),
    ("Prince Sultan bin Abdulaziz", "Second Deputy Prime Minister", "Saudi Arabia", "1999-11-01", "Sultan bin Abdulaziz"),
    ("Joao Bernardo Vieira", "President", "Guinea-Bissau", "2006-01-01", "Nino Vieira"),
    ("Kim Yo-jong", "", "KP", "2024-07-01", "Kim Yo-jong"),
    ("Chairman Arafat", "Chairman, Palestine Liberation Organization", "Palestine", "September 13, 1993", "Yasser Arafat"),
    // a few days off, and another office than the one told
    ("Dmitry Medvedev", "President", "Russia", "2012-05-09", "Dmitry Medvedev"),
    ("Dmitry Medvedev", "Foreign Minister", "Russia", "2010-05-09", "Dmitry Medvedev"),
    // the day contradicts the name
    ("Ehud Barak", "Prime Minister", "Israel", "2010-07-06", "Ehud Barak"),
    ("Ehud Olmert", "Prime Minister", "Israel", "2015-07-06", "?"),
    ("Heydar Aliyev", "President", "Azerbaijan", "2010-07-06", "?"),
    ("Ri Yong-ho", "Foreign Minister", "North Korea", "2022-11-17", "?"),
    ("Bush", "President", "US", "2005-05-09", "George W. Bush"),
    ("Bush", "", "", "", "?"),
    ("Nobody Ofthatname", "Foreign Minister", "Russia", "2013-02-02", "?"),
    ("Nobody Ofthatname", "", "", "", "-"),
    // one person in every script and inflection
    ("Tokajew", "", "", "", "Kassym-Jomart Tokayev"),
    ("Tokaýew", "", "", "", "Kassym-Jomart Tokayev"),
    ("Tokaïev", "", "", "", "Kassym-Jomart Tokayev"),
    ("Tocaiev", "", "", "", "Kassym-Jomart Tokayev"),
    ("Токаев", "", "", "", "Kassym-Jomart Tokayev"),
    ("Токаєв", "", "", "", "Kassym-Jomart Tokayev"),
    ("Тоқаев", "", "", "", "Kassym-Jomart Tokayev"),
    ("توكاييف", "", "", "", "Kassym-Jomart Tokayev"),
    ("托卡耶夫", "", "", "", "Kassym-Jomart Tokayev"),
    ("习近平主席", "", "", "", "Xi Jinping"),
    ("プーチン大統領", "", "", "", "Vladimir Putin"),
    ("푸틴", "", "", "", "Vladimir Putin"),
    ("פוטין", "", "", "", "Vladimir Putin"),
    ("Касым-Жомартом Токаевым", "", "", "", "Kassym-Jomart Tokayev"),
    ("Володимиром Зеленським", "", "", "", "Volodymyr Zelenskyy"),
    ("Andrzeja Dudę", "", "", "", "Andrzej Duda"),
    ("Tokajevovi", "", "", "", "Kassym-Jomart Tokayev"),
    ("Angelou Merkelovou", "", "", "", "Angela Merkel"),
    ("Angelą Merkel", "", "", "", "Angela Merkel"),
    ("Robert Fico", "", "", "", "Robert Fico"),
    ("Ким Чен Ына", "", "", "", "Kim Jong-un"),
    ("Li Kche-čchiangem", "", "", "", "Li Keqiang"),
    ("Тоқаевтың", "", "", "", "Kassym-Jomart Tokayev"),
    ("Mirziyoyevning", "", "", "", "Shavkat Mirziyoyev"),
    ("Recep Tayyip Erdoğan'ın", "", "", "", "Recep Tayyip Erdoğan"),
    // a given name as another language has it
    ("Siergiejem Ławrowem", "", "", "", "Sergey Lavrov"),
    ("Володимира Путіна", "", "", "", "Vladimir Putin"),
];

#[test]
fn rows_are_settled_or_doubted() {
    let registry = Registry::built_in().expect("the registry loads");
    let names = registry.names();
    for (name, role, state, date, expected) in ROWS.iter().copied() {
        let told = match registry.look_up(&names, Row { name, role, state, date }) {
            Err(_) => "!".to_owned(),
            Ok(answer) => match answer.verdict {
                Verdict::Settled => answer.person().map(|id| registry.person(id).name.to_string()).unwrap_or_default(),
                Verdict::Doubt => "?".to_owned(),
                Verdict::Unknown => "-".to_owned(),
            },
        };
        assert_eq!(told, expected, "{name:?} {role:?} {state:?} {date:?}");
    }
}
