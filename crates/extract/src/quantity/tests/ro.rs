//! Dates, numbers and amounts in Romanian.

use super::{Language, Lean};

pub(super) fn ro() -> Language {
    let settings = include_str!("../../../../../languages/ro/pack.toml");
    let time = include_str!("../../../../../languages/ro/lexicon/time.tsv");
    let number = include_str!("../../../../../languages/ro/lexicon/number.tsv");
    Language::new("ro", settings, time, number)
}

#[test]
fn dates_stand_by_themselves() {
    let language = ro();
    language.check(
        "la 28 februarie 2023, 9 noiembrie, pe 9.11.2023; marți, 21 mai 2024, la data de 29 ianuarie 2024",
        &[
            "28 februarie 2023 = 2023-02-28",
            "9 noiembrie = XXXX-11-09",
            "9.11.2023 = 2023-11-09",
            "marți, 21 mai 2024 = 2024-05-21",
            "29 ianuarie 2024 = 2024-01-29",
        ],
    );
    language.check("în perioada 3-5 martie 2024, 27 până în 29 octombrie 2024, între 2018 și 2020, 1 aprilie 2023 – 1 aprilie 2024, 16 și 17 noiembrie 2024", &["3-5 martie 2024 = 2024-03-03/2024-03-05", "27 până în 29 octombrie 2024 = 2024-10-27/2024-10-29", "între 2018 și 2020 = 2018/2020", "1 aprilie 2023 – 1 aprilie 2024 = 2023-04-01/2024-04-01", "16 și 17 noiembrie 2024 = 2024-11-16/2024-11-17"]);
    language.check(
        "în 1991, în anul 2009, până în 2030, începând din 2024, în anii '90, în mai 2022, mai mult de cinci",
        &[
            "1991 = 1991",
            "anul 2009 = 2009",
            "până în 2030 = ../2030",
            "începând din 2024 = 2024/..",
            "anii '90 = 1990/1999",
            "mai 2022 = 2022-05",
            "cinci = 5",
        ],
    );
    language.check(
        "în primul semestru al anului 2022, la sfârșitul lunii octombrie 2024, în primele nouă luni ale anului 2022, trimestrul III 2023",
        &[
            "primul semestru al anului 2022 = 2022-01/2022-06",
            "sfârșitul lunii octombrie 2024 = 2024-10",
            "primele nouă luni ale anului 2022 = 2022-01/2022-09",
            "trimestrul III 2023 = 2023-07/2023-09",
        ],
    );
}

#[test]
fn dates_follow_the_day_of_publication() {
    let language = ro();
    language.on(
        "2023-02-28",
        Lean::Past,
        "marți, luni, ieri, astăzi, săptămâna trecută, anul trecut, în noiembrie anul trecut, acum două zile, în urmă cu trei ani",
        &[
            "marți = 2023-02-28",
            "luni = 2023-02-27",
            "ieri = 2023-02-27",
            "astăzi = 2023-02-28",
            "săptămâna trecută = 2023-02-20/2023-02-26",
            "anul trecut = 2022",
            "noiembrie anul trecut = 2022-11",
            "acum două zile = 2023-02-26",
            "în urmă cu trei ani = 2020",
        ],
    );
    language.on(
        "2023-02-28",
        Lean::Future,
        "mâine, miercuri, săptămâna viitoare, luna viitoare, la sfârșitul anului, în zilele următoare",
        &[
            "mâine = 2023-03-01",
            "miercuri = 2023-03-01",
            "săptămâna viitoare = 2023-03-06/2023-03-12",
            "luna viitoare = 2023-03",
            "sfârșitul anului = 2023",
            "zilele următoare = ?",
        ],
    );
}

#[test]
fn numbers_and_amounts() {
    let language = ro();
    language.check("trei luni, de mai multe ori, ora 10:30, un an, o vizită", &["trei = 3"]);
    language.check(
        "300 de milioane de euro, 5 miliarde de lei, un miliard de dolari, 15 miliarde de dolari, 20 de mii",
        &[
            "300 de milioane de euro = 300000000 EUR",
            "5 miliarde de lei = 5000000000 RON",
            "un miliard de dolari = 1000000000 USD",
            "15 miliarde de dolari = 15000000000 USD",
            "20 de mii = 20000",
        ],
    );
    language.check(
        "douăzeci și unu de milioane, 14 la sută, 53,8%, 1.234,5 lei, jumătate de miliard, 5 procente",
        &[
            "douăzeci și unu de milioane = 21000000",
            "14 la sută = 14 %",
            "53,8% = 53.8 %",
            "1.234,5 lei = 1234.5 RON",
            "jumătate de miliard = 500000000",
            "5 procente = 5 %",
        ],
    );
}
