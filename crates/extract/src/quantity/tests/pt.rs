//! Dates, numbers and amounts in Portuguese.

use super::{Language, Lean};

pub(super) fn pt() -> Language {
    let settings = include_str!("../../../../../languages/pt/pack.toml");
    let time = include_str!("../../../../../languages/pt/lexicon/time.tsv");
    let number = include_str!("../../../../../languages/pt/lexicon/number.tsv");
    Language::new("pt", settings, time, number)
}

#[test]
fn dates_stand_by_themselves() {
    let language = pt();
    language.check(
        "em 20 de maio de 2024, 1º de maio, 20/05/2024; terça-feira, 21 de maio de 2024, no dia 5 de março de 2024",
        &[
            "20 de maio de 2024 = 2024-05-20",
            "1º de maio = XXXX-05-01",
            "20/05/2024 = 2024-05-20",
            "terça-feira, 21 de maio de 2024 = 2024-05-21",
            "5 de março de 2024 = 2024-03-05",
        ],
    );
    language.check(
        "de 20 a 21 de maio de 2024, entre os dias 3 e 5 de março de 2024, de julho de 2023 a julho de 2024, 3 e 4 de março de 2024",
        &[
            "de 20 a 21 de maio de 2024 = 2024-05-20/2024-05-21",
            "entre os dias 3 e 5 de março de 2024 = 2024-03-03/2024-03-05",
            "de julho de 2023 a julho de 2024 = 2023-07/2024-07",
            "3 e 4 de março de 2024 = 2024-03-03/2024-03-04",
        ],
    );
    language.check(
        "em 2001, desde 2019, até 2030, a partir de 2024, entre 2018 e 2020, anos 90, em dezembro de 2004",
        &[
            "2001 = 2001",
            "desde 2019 = 2019/..",
            "até 2030 = ../2030",
            "a partir de 2024 = 2024/..",
            "entre 2018 e 2020 = 2018/2020",
            "anos 90 = 1990/1999",
            "dezembro de 2004 = 2004-12",
        ],
    );
    language.check(
        "no primeiro semestre de 2024, no terceiro trimestre de 2022, em meados de março de 2024, nos primeiros nove meses de 2022",
        &[
            "primeiro semestre de 2024 = 2024-01/2024-06",
            "terceiro trimestre de 2022 = 2022-07/2022-09",
            "meados de março de 2024 = 2024-03",
            "primeiros nove meses de 2022 = 2022-01/2022-09",
        ],
    );
}

#[test]
fn dates_follow_the_day_of_publication() {
    let language = pt();
    language.on(
        "2024-05-21",
        Lean::Past,
        "na terça-feira, nesta segunda-feira (20), na quarta, ontem, anteontem, segunda-feira passada, na semana passada, há dois anos",
        &[
            "terça-feira = 2024-05-21",
            "nesta segunda-feira (20) = 2024-05-20",
            "quarta = 2024-05-15",
            "ontem = 2024-05-20",
            "anteontem = 2024-05-19",
            "segunda-feira passada = 2024-05-20",
            "semana passada = 2024-05-13/2024-05-19",
            "há dois anos = 2022",
        ],
    );
    language.on(
        "2024-05-21",
        Lean::Past,
        "em novembro do ano passado, no ano passado, há alguns dias, em maio, no mês passado, segunda e terça-feira",
        &[
            "novembro do ano passado = 2023-11",
            "ano passado = 2023",
            "há alguns dias = ?",
            "maio = 2024-05",
            "mês passado = 2024-04",
            "segunda = 2024-05-20",
            "terça-feira = 2024-05-21",
        ],
    );
    language.on(
        "2024-05-21",
        Lean::Future,
        "amanhã, na próxima semana, na quarta-feira, em julho, no próximo ano, nos próximos dias",
        &[
            "amanhã = 2024-05-22",
            "próxima semana, na quarta-feira = 2024-05-29",
            "julho = 2024-07",
            "próximo ano = 2025",
            "próximos dias = ?",
        ],
    );
}

#[test]
fn numbers_and_amounts() {
    let language = pt();
    language.check("às 10h30, às 18:00, a segunda maior economia, na segunda reunião, a sexta hora", &[]);
    language.check(
        "27 bilhões de dólares, US$ 5 bilhões, R$ 10 mil, 5 mil milhões de euros, dois bilhões e meio de dólares, um bilião de euros",
        &[
            "27 bilhões de dólares = 27000000000 USD",
            "US$ 5 bilhões = 5000000000 USD",
            "R$ 10 mil = 10000 BRL",
            "5 mil milhões de euros = 5000000000 EUR",
            "dois bilhões e meio de dólares = 2500000000 USD",
            "um bilião de euros = 1000000000000 EUR",
        ],
    );
    language.check(
        "vinte e um, duzentos e trinta e cinco mil, 1.234,5 milhões, 11 268 milhões de dólares, meio milhão, 14 por cento, 47,53%",
        &[
            "vinte e um = 21",
            "duzentos e trinta e cinco mil = 235000",
            "1.234,5 milhões = 1234500000",
            "11 268 milhões de dólares = 11268000000 USD",
            "meio milhão = 500000",
            "14 por cento = 14 %",
            "47,53% = 47.53 %",
        ],
    );
    language.check(
        "um encontro, um franco diálogo, vários milhões, milhões de pessoas, 300 kwanzas, 5 milhões de meticais",
        &["300 kwanzas = 300 AOA", "5 milhões de meticais = 5000000 MZN"],
    );
}
