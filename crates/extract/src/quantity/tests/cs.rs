//! Dates, numbers and amounts in Czech.

use super::{Language, Lean};

pub(super) fn cs() -> Language {
    let settings = include_str!("../../../../../languages/cs/pack.toml");
    let time = include_str!("../../../../../languages/cs/lexicon/time.tsv");
    let number = include_str!("../../../../../languages/cs/lexicon/number.tsv");
    Language::new("cs", settings, time, number)
}

#[test]
fn dates_stand_by_themselves() {
    let language = cs();
    language.check(
        "ASTANA, 28. února. Dne 28. 2. 2023 a 28.2.2023, v úterý 28. února 2023",
        &["28. února = XXXX-02-28", "28. 2. 2023 = 2023-02-28", "28.2.2023 = 2023-02-28", "úterý 28. února 2023 = 2023-02-28"],
    );
    language.check(
        "od 20. do 21. května 2024, 20. a 21. května 2024, 20.-21. května 2024, ve dnech 31. 3. – 2. 4. 2022",
        &[
            "od 20. do 21. května 2024 = 2024-05-20/2024-05-21",
            "20. a 21. května 2024 = 2024-05-20/2024-05-21",
            "20.-21. května 2024 = 2024-05-20/2024-05-21",
            "31. 3. – 2. 4. 2022 = 2022-03-31/2022-04-02",
        ],
    );
    language.check(
        "v roce 2019, roku 1991, od roku 2019, do roku 2030, v letech 2018–2020, mezi lety 2018 a 2020",
        &[
            "roce 2019 = 2019",
            "roku 1991 = 1991",
            "od roku 2019 = 2019/..",
            "do roku 2030 = ../2030",
            "letech 2018–2020 = 2018/2020",
            "mezi lety 2018 a 2020 = 2018/2020",
        ],
    );
    language.check(
        "v květnu 2018, začátkem května 2024, v první polovině roku 2023, ve 3. čtvrtletí 2024, za prvních devět měsíců roku 2023",
        &[
            "květnu 2018 = 2018-05",
            "začátkem května 2024 = 2024-05",
            "první polovině roku 2023 = 2023-01/2023-06",
            "3. čtvrtletí 2024 = 2024-07/2024-09",
            "prvních devět měsíců roku 2023 = 2023-01/2023-09",
        ],
    );
    language.check(
        "v létě 2022, v 90. letech, koncem roku 2023, leden až září 2022",
        &["létě 2022 = 2022-06/2022-08", "90. letech = 1990/1999", "koncem roku 2023 = 2023", "leden až září 2022 = 2022-01/2022-09"],
    );
}

#[test]
fn dates_follow_the_day_of_publication() {
    let language = cs();
    language.on(
        "2023-02-28",
        Lean::Past,
        "v úterý, ve středu, včera, dnes, předevčírem, před dvěma dny, minulý týden, minulý pátek",
        &[
            "úterý = 2023-02-28",
            "středu = 2023-02-22",
            "včera = 2023-02-27",
            "dnes = 2023-02-28",
            "předevčírem = 2023-02-26",
            "před dvěma dny = 2023-02-26",
            "minulý týden = 2023-02-20/2023-02-26",
            "minulý pátek = 2023-02-24",
        ],
    );
    language.on(
        "2023-02-28",
        Lean::Past,
        "loni, loni v listopadu, v loňském roce, v listopadu loňského roku, letos v lednu, před třemi lety",
        &[
            "loni = 2022",
            "loni v listopadu = 2022-11",
            "loňském roce = 2022",
            "listopadu loňského roku = 2022-11",
            "letos v lednu = 2023-01",
            "před třemi lety = 2020",
        ],
    );
    language.on(
        "2023-02-28",
        Lean::Future,
        "zítra, příští týden v úterý, příští měsíc, v květnu, do konce roku, v příštích dnech",
        &[
            "zítra = 2023-03-01",
            "příští týden v úterý = 2023-03-07",
            "příští měsíc = 2023-03",
            "květnu = 2023-05",
            "do konce roku = ../2023",
            "příštích dnech = ?",
        ],
    );
}

#[test]
fn numbers_and_amounts() {
    let language = cs();
    language.check("v 9.30 hodin, ve 14:00, 30. výročí, ve 20. století, 5. setkání", &[]);
    language.check(
        "více než 62 miliardami dolarů, půl druhé miliardy eur, 5 mil. Kč, 4,2 bilionu korun, půl miliardy",
        &[
            "62 miliardami dolarů = 62000000000 USD",
            "půl druhé miliardy eur = 1500000000 EUR",
            "5 mil. Kč = 5000000 CZK",
            "4,2 bilionu korun = 4200000000000 CZK",
            "půl miliardy = 500000000",
        ],
    );
    language.check(
        "1 234,5 milionu eur, dvě stě tisíc, pětadvacet milionů korun, dvacet jedna, dva a půl milionu",
        &[
            "1 234,5 milionu eur = 1234500000 EUR",
            "dvě stě tisíc = 200000",
            "pětadvacet milionů korun = 25000000 CZK",
            "dvacet jedna = 21",
            "dva a půl milionu = 2500000",
        ],
    );
    language.check(
        "o 14 %, 14procentní růst, o 2 procentní body, 15 procent",
        &["14 % = 14 %", "14procentní = 14 %", "2 procentní body = 2 %", "15 procent = 15 %"],
    );
    language.check("několik miliard, miliony lidí, jeden z nich, milion korun, C5+1", &["milion korun = 1000000 CZK"]);
}
