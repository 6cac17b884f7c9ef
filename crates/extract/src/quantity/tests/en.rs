//! Dates, numbers and amounts in English.

use super::{Language, Lean};

pub(super) fn en() -> Language {
    let settings = include_str!("../../../../../languages/en/pack.toml");
    let time = include_str!("../../../../../languages/en/lexicon/time.tsv");
    let number = include_str!("../../../../../languages/en/lexicon/number.tsv");
    Language::new("en", settings, time, number)
}

#[test]
fn dates_stand_by_themselves() {
    let language = en();
    language.check("The talks took place on 28 February 2023.", &["28 February 2023 = 2023-02-28"]);
    language.check(
        "Tuesday, February 28, 2023, and then 28 Feb. 2023 or 2023-02-28",
        &["Tuesday, February 28, 2023 = 2023-02-28", "28 Feb. 2023 = 2023-02-28", "2023-02-28 = 2023-02-28"],
    );
    language.check(
        "on March 29th; on the 29th of March; March 29",
        &["March 29th = XXXX-03-29", "29th of March = XXXX-03-29", "March 29 = XXXX-03-29"],
    );
    language.check("May 2018 was long, and in May they met", &["May 2018 = 2018-05", "May = XXXX-05"]);
    language.check("Theresa May met him; May's visit in January", &["January = XXXX-01"]);
    language.check("on 29/03/2024, on 03/29/2024", &["29/03/2024 = 2024-03-29", "03/29/2024 = 2024-03-29"]);
    language.check("in 2019, the 2015 deal, 2,000 troops, 2000 soldiers", &["2019 = 2019", "2015 = 2015", "2,000 = 2000", "2000 = 2000"]);
    language.check(
        "since 2019, by May 2018, until 2030, from July 2023 to July 2024",
        &["since 2019 = 2019/..", "by May 2018 = ../2018-05", "until 2030 = ../2030", "from July 2023 to July 2024 = 2023-07/2024-07"],
    );
    language.check(
        "20-21 May 2024; May 20-21, 2024; from May 20 to 21, 2024; 20 and 21 May 2024; 5 and 20 May 2024",
        &[
            "20-21 May 2024 = 2024-05-20/2024-05-21",
            "May 20-21, 2024 = 2024-05-20/2024-05-21",
            "from May 20 to 21, 2024 = 2024-05-20/2024-05-21",
            "20 and 21 May 2024 = 2024-05-20/2024-05-21",
            "5 = 2024-05-05",
            "20 May 2024 = 2024-05-20",
        ],
    );
    language.check(
        "28 May - 2 June 2024; between 2018 and 2020; 2021–2024; 2023/24; December 2023 to February",
        &[
            "28 May - 2 June 2024 = 2024-05-28/2024-06-02",
            "between 2018 and 2020 = 2018/2020",
            "2021–2024 = 2021/2024",
            "2023/24 = 2023/2024",
            "December 2023 to February = 2023-12/2024-02",
        ],
    );
    language.check(
        "in the first half of 2024, Q3 2023, the third quarter of 2023, early May 2024, mid-2024, the end of 2023",
        &[
            "the first half of 2024 = 2024-01/2024-06",
            "Q3 2023 = 2023-07/2023-09",
            "the third quarter of 2023 = 2023-07/2023-09",
            "early May 2024 = 2024-05",
            "mid-2024 = 2024",
            "the end of 2023 = 2023",
        ],
    );
    language.check(
        "the first nine months of 2024, in summer 2022, in the winter of 2023/24, in the 1990s",
        &[
            "first nine months of 2024 = 2024-01/2024-09",
            "summer 2022 = 2022-06/2022-08",
            "winter of 2023/24 = 2023-12/2024-02",
            "1990s = 1990/1999",
        ],
    );
    language.check(
        "two days ago, last week, yesterday, in the coming days, recently",
        &["two days ago = ?", "last week = ?", "yesterday = ?", "the coming days = ?"],
    );
}

#[test]
fn dates_follow_the_day_of_publication() {
    let language = en();
    language.on(
        "2023-02-28",
        Lean::Past,
        "He arrived on Wednesday, left on Friday and spoke today.",
        &["Wednesday = 2023-02-22", "Friday = 2023-02-24", "today = 2023-02-28"],
    );
    language.on(
        "2023-02-28",
        Lean::Future,
        "They will meet on Wednesday, next Tuesday, in May, next year.",
        &["Wednesday = 2023-03-01", "next Tuesday = 2023-03-07", "May = 2023-05", "next year = 2024"],
    );
    language.on(
        "2023-02-28",
        Lean::Past,
        "yesterday, two days ago, last Friday, last month, last week, a few days ago, three years ago",
        &[
            "yesterday = 2023-02-27",
            "two days ago = 2023-02-26",
            "last Friday = 2023-02-24",
            "last month = 2023-01",
            "last week = 2023-02-20/2023-02-26",
            "a few days ago = ?",
            "three years ago = 2020",
        ],
    );
    language.on(
        "2023-02-28",
        Lean::Past,
        "in September last year, last September, in November, earlier this month, this year",
        &[
            "September last year = 2022-09",
            "last September = 2022-09",
            "November = 2022-11",
            "earlier this month = 2023-02",
            "this year = 2023",
        ],
    );
    language.on(
        "2023-02-28",
        Lean::Unknown,
        "on Tuesday next week, Friday (3 March), on the 18th, this evening, last night",
        &[
            "Tuesday next week = 2023-03-07",
            "Friday (3 March) = 2023-03-03",
            "18th = 2023-02-18",
            "this evening = 2023-02-28",
            "last night = 2023-02-27",
        ],
    );
    language.on(
        "2023-02-28",
        Lean::Unknown,
        "since last year, by the end of the year, over the last five years, in two weeks",
        &[
            "since last year = 2022/..",
            "by the end of the year = ../2023",
            "the last five years = 2018/2023",
            "in two weeks = 2023-03-13/2023-03-19",
        ],
    );
}

#[test]
fn numbers_and_amounts() {
    let language = en();
    language.check("at 10:30, at 9.30 a.m., 10 p.m. and then 5 agreements", &["5 = 5"]);
    language.check("trade rose 14 percent to $5.1 billion", &["14 percent = 14 %", "$5.1 billion = 5100000000 USD"]);
    language.check(
        "US$ 5bn, US $6 billion, $3.5-billion, a 5-billion-dollar loan, EUR 5 million, 75 USD million",
        &[
            "US$ 5bn = 5000000000 USD",
            "US $6 billion = 6000000000 USD",
            "$3.5-billion = 3500000000 USD",
            "5-billion-dollar = 5000000000 USD",
            "EUR 5 million = 5000000 EUR",
            "75 USD million = 75000000 USD",
        ],
    );
    language.check(
        "10-12 billion dollars; between $3 and $5 billion; from $3.1 to $5.4 billion; 10 to 12 percent",
        &[
            "10 = 10000000000 USD",
            "12 billion dollars = 12000000000 USD",
            "$3 = 3000000000 USD",
            "$5 billion = 5000000000 USD",
            "$3.1 = 3100000000 USD",
            "$5.4 billion = 5400000000 USD",
            "10 = 10 %",
            "12 percent = 12 %",
        ],
    );
    language.check(
        "half a billion dollars, one and a half million euros, 2.5 million, three quarters of a million",
        &[
            "half a billion dollars = 500000000 USD",
            "one and a half million euros = 1500000 EUR",
            "2.5 million = 2500000",
            "three quarters of a million = 750000",
        ],
    );
    language.check(
        "twenty-one ministers, two hundred and fifty, 5 million and three ministers",
        &["twenty-one = 21", "two hundred and fifty = 250", "5 million = 5000000", "three = 3"],
    );
    language.check(
        "1,234.5 tonnes; 1,234,567; 16.4 million; 40 000",
        &["1,234.5 = 1234.5", "1,234,567 = 1234567", "16.4 million = 16400000", "40 000 = 40000"],
    );
    language
        .check("a million people, millions of people, several million, hundreds of millions, one visit, a visit", &["a million = 1000000"]);
    language.check("Swiss francs 5; 5 million Swiss francs; 300 million yuan; 20 billion Kazakh tenge; C$5 million; a $5 million loan; £600m; 7 crore rupees", &["5 = 5", "5 million Swiss francs = 5000000 CHF", "300 million yuan = 300000000 CNY", "20 billion Kazakh tenge = 20000000000 KZT", "C$5 million = 5000000 CAD", "$5 million = 5000000 USD", "£600m = 600000000 GBP", "7 crore rupees = 70000000 INR"]);
    language.check("COVID-19, F-16, C5+1, G20, Su-35, the 20th anniversary, version 3.2.1, 5G", &[]);
    language.check(
        "14 per cent, 14-percent growth, 2 percentage points, 0.25%",
        &["14 per cent = 14 %", "14-percent = 14 %", "2 percentage points = 2 %", "0.25% = 0.25 %"],
    );
}
