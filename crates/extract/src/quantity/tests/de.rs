//! Dates, numbers and amounts in German.

use super::{Language, Lean};

pub(super) fn de() -> Language {
    let settings = include_str!("../../../../../languages/de/pack.toml");
    let time = include_str!("../../../../../languages/de/lexicon/time.tsv");
    let number = include_str!("../../../../../languages/de/lexicon/number.tsv");
    Language::new("de", settings, time, number)
}

#[test]
fn dates_stand_by_themselves() {
    let language = de();
    language.check(
        "Am 29. März fand, am 29.3.2024, am 29. März 2024, am Dienstag, dem 5. März 2024, den 22.04.",
        &[
            "29. März = XXXX-03-29",
            "29.3.2024 = 2024-03-29",
            "29. März 2024 = 2024-03-29",
            "Dienstag, dem 5. März 2024 = 2024-03-05",
            "22.04. = XXXX-04-22",
        ],
    );
    language.check(
        "vom 20. bis 21. Mai 2024, vom 28. Februar bis zum 2. März 2024, am 3. und 4. März 2024, zwischen dem 3. und dem 12. Mai 2024",
        &[
            "vom 20. bis 21. Mai 2024 = 2024-05-20/2024-05-21",
            "vom 28. Februar bis zum 2. März 2024 = 2024-02-28/2024-03-02",
            "3. und 4. März 2024 = 2024-03-03/2024-03-04",
            "zwischen dem 3. und dem 12. Mai 2024 = 2024-05-03/2024-05-12",
        ],
    );
    language.check(
        "im Jahr 2019, 2019 besuchte er, seit 2019, ab 2025, bis Ende 2024, zwischen 2018 und 2020",
        &[
            "Jahr 2019 = 2019",
            "2019 = 2019",
            "seit 2019 = 2019/..",
            "ab 2025 = 2025/..",
            "bis Ende 2024 = ../2024",
            "zwischen 2018 und 2020 = 2018/2020",
        ],
    );
    language.check(
        "im Mai 2018, Anfang Mai 2024, Mitte der 1990er Jahre, im dritten Quartal 2022, im ersten Halbjahr 2024, Januar bis September 2022",
        &[
            "Mai 2018 = 2018-05",
            "Anfang Mai 2024 = 2024-05",
            "Mitte der 1990er Jahre = 1990/1999",
            "dritten Quartal 2022 = 2022-07/2022-09",
            "ersten Halbjahr 2024 = 2024-01/2024-06",
            "Januar bis September 2022 = 2022-01/2022-09",
        ],
    );
}

#[test]
fn dates_follow_the_day_of_publication() {
    let language = de();
    language.on(
        "2023-02-28",
        Lean::Past,
        "gestern, heute Morgen, am Mittwochabend, letzten Freitag, vergangene Woche, im vergangenen Jahr, vor drei Jahren, vor einer Woche",
        &[
            "gestern = 2023-02-27",
            "heute Morgen = 2023-02-28",
            "Mittwochabend = 2023-02-22",
            "letzten Freitag = 2023-02-24",
            "vergangene Woche = 2023-02-20/2023-02-26",
            "vergangenen Jahr = 2022",
            "vor drei Jahren = 2020",
            "vor einer Woche = 2023-02-20/2023-02-26",
        ],
    );
    language.on(
        "2023-02-28",
        Lean::Past,
        "im November vergangenen Jahres, Ende letzten Jahres, diesen Monat, heute (28.02.), am Dienstag (28.)",
        &[
            "November vergangenen Jahres = 2022-11",
            "Ende letzten Jahres = 2022",
            "diesen Monat = 2023-02",
            "heute (28.02.) = 2023-02-28",
            "Dienstag (28.) = 2023-02-28",
        ],
    );
    language.on(
        "2023-02-28",
        Lean::Future,
        "morgen, am kommenden Montag, nächste Woche, im nächsten Monat, in den kommenden Monaten, in zwei Wochen",
        &[
            "morgen = 2023-03-01",
            "kommenden Montag = 2023-03-06",
            "nächste Woche = 2023-03-06/2023-03-12",
            "nächsten Monat = 2023-03",
            "kommenden Monaten = ?",
            "in zwei Wochen = 2023-03-13/2023-03-19",
        ],
    );
}

#[test]
fn numbers_and_amounts() {
    let language = de();
    language.check("um 10.30 Uhr, um 9 Uhr, zum 75. Jahrestag, der 45. Präsident", &[]);
    language.check(
        "um 14 Prozent, mehr als 4 Milliarden US-Dollar, 5 Mrd. €, anderthalb Milliarden Euro, eine halbe Milliarde",
        &[
            "14 Prozent = 14 %",
            "4 Milliarden US-Dollar = 4000000000 USD",
            "5 Mrd. € = 5000000000 EUR",
            "anderthalb Milliarden Euro = 1500000000 EUR",
            "eine halbe Milliarde = 500000000",
        ],
    );
    language.check(
        "1.234,5 Mio. Euro, 10 bis 12 Milliarden Euro, 300 000 Menschen, einundzwanzig, 2½ Millionen, zwei Billionen Euro, zwei Drittel",
        &[
            "1.234,5 Mio. Euro = 1234500000 EUR",
            "10 = 10000000000 EUR",
            "12 Milliarden Euro = 12000000000 EUR",
            "300 000 = 300000",
            "einundzwanzig = 21",
            "2½ Millionen = 2500000",
            "zwei Billionen Euro = 2000000000000 EUR",
            "zwei Drittel = 0.6666666666666666",
        ],
    );
    language.check(
        "mehrere Millionen Euro, mehrere zehn Milliarden Dollar, eine Delegation, 14-prozentiges Wachstum, 5 Mio. Schweizer Franken",
        &["14-prozentiges = 14 %", "5 Mio. Schweizer Franken = 5000000 CHF"],
    );
}
