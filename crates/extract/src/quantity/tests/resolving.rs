//! What an expression means from a day of publication, and what other readings it has.

use super::{Lean, QuantityKind, quantities};
use crate::quantity::{DateExpression, Resolved};

fn date(text: &str) -> DateExpression {
    let language = super::en::en();
    let (cut, hits) = language.cut(text);
    let found = quantities(text, &cut, &hits, &language.matcher, &language.pack.settings);
    match found.as_slice() {
        [only] => match &only.kind {
            QuantityKind::Date(date) => date.clone(),
            other => panic!("{text:?} is {other:?}"),
        },
        _ => panic!("{text:?} has {found:?}"),
    }
}

fn resolved(text: &str, published: &str, lean: Lean) -> (String, Vec<String>, String) {
    let Resolved { value, alternatives, inferred } = date(text).resolve(published.parse().ok(), lean);
    (value.map_or("?".to_owned(), |value| value.to_string()), alternatives.iter().map(ToString::to_string).collect(), inferred.join(" "))
}

fn check(text: &str, published: &str, lean: Lean, value: &str, alternatives: &[&str], inferred: &str) {
    let alternatives: Vec<String> = alternatives.iter().map(|date| (*date).to_owned()).collect();
    assert_eq!(resolved(text, published, lean), (value.to_owned(), alternatives, inferred.to_owned()), "{text} on {published}");
}

#[test]
fn a_weekday_follows_the_tense() {
    check("on Wednesday", "2023-02-28", Lean::Past, "2023-02-22", &["2023-03-01"], "published");
    check("on Wednesday", "2023-02-28", Lean::Unknown, "2023-02-22", &["2023-03-01"], "published");
    check("on Wednesday", "2023-02-28", Lean::Future, "2023-03-01", &["2023-02-22"], "published");
    check("on Tuesday", "2023-02-28", Lean::Past, "2023-02-28", &[], "published");
    check("on Tuesday", "2023-02-28", Lean::Future, "2023-02-28", &[], "published");
    check("on Wednesday", "", Lean::Past, "?", &[], "");
    check("this Friday", "2024-05-18", Lean::Past, "2024-05-17", &["2024-05-24"], "published");
}

#[test]
fn a_day_without_a_year_takes_the_nearest() {
    check("on 29 March", "2024-04-02", Lean::Past, "2024-03-29", &["2023-03-29", "2025-03-29"], "published");
    check("on 29 March", "2024-03-01", Lean::Past, "2023-03-29", &["2024-03-29", "2025-03-29"], "published");
    check("on 29 March", "2024-03-01", Lean::Future, "2024-03-29", &["2025-03-29", "2023-03-29"], "published");
    check("on 29 March", "2024-03-01", Lean::Unknown, "2024-03-29", &["2023-03-29", "2025-03-29"], "published");
    check("on 29 March", "", Lean::Past, "XXXX-03-29", &[], "");
    check("in May", "2024-04-02", Lean::Past, "2023-05", &["2024-05"], "published");
    check("in May", "2024-04-02", Lean::Future, "2024-05", &["2025-05"], "published");
    check("in May", "", Lean::Unknown, "XXXX-05", &[], "");
}

#[test]
fn a_weekday_beside_a_date_chooses_the_year() {
    check("Friday, 29 March", "2024-03-01", Lean::Past, "2024-03-29", &[], "published weekday");
    check("Wednesday, 29 March", "2024-03-01", Lean::Unknown, "2023-03-29", &[], "published weekday");
    let undated = date("Friday, 29 March");
    assert_eq!(undated.month_day(), Some((3, 29)));
    assert_eq!(undated.weekday(), Some(jiff::civil::Weekday::Friday));
    assert_eq!(undated.resolve(None, Lean::Past).value.map(|value| value.to_string()), Some("XXXX-03-29".to_owned()));
}

#[test]
fn days_of_february_are_found_in_leap_years() {
    check("on 29 February", "2023-03-01", Lean::Past, "2020-02-29", &["2016-02-29", "2024-02-29"], "published");
    check("on 30 February", "2023-03-01", Lean::Past, "?", &[], "");
}

#[test]
fn both_orders_of_day_and_month_are_kept() {
    check("on 03/04/2024", "2024-04-05", Lean::Past, "2024-04-03", &["2024-03-04"], "published");
    check("on 03/04/2024", "2024-03-05", Lean::Past, "2024-03-04", &["2024-04-03"], "published");
    check("on 03/04/2024", "", Lean::Past, "?", &["2024-04-03", "2024-03-04"], "");
}

#[test]
fn stretches_take_their_second_end_from_the_first() {
    check("from Monday to Wednesday", "2023-02-28", Lean::Past, "2023-02-27/2023-03-01", &[], "published");
    check("from May 20 to 21", "2024-05-22", Lean::Past, "2024-05-20/2024-05-21", &[], "published");
    check("from November to February", "2024-04-01", Lean::Past, "2023-11/2024-02", &[], "published");
    check("since May", "2024-04-01", Lean::Unknown, "2023-05/..", &[], "published");
    check("until May", "2024-04-01", Lean::Unknown, "../2024-05", &[], "published");
}

#[test]
fn what_may_be_a_duration_needs_the_future() {
    check("in two years", "2024-04-01", Lean::Future, "2026", &[], "published");
    check("in two years", "2024-04-01", Lean::Past, "?", &["2026"], "");
    check("in the coming days", "2024-04-01", Lean::Future, "?", &[], "");
    assert!(date("in the coming days").is_vague());
}

#[test]
fn seasons_follow_their_relation() {
    check("next summer", "2018-09-30", Lean::Future, "2019-06/2019-08", &[], "published");
    check("last summer", "2018-09-30", Lean::Past, "2018-06/2018-08", &[], "published");
    check("last summer", "2024-05-20", Lean::Past, "2023-06/2023-08", &[], "published");
    check("in summer", "2024-05-20", Lean::Future, "2024-06/2024-08", &[], "published");
    check("the summer of 2021", "2024-05-20", Lean::Future, "2021-06/2021-08", &[], "");
    check("this summer", "2018-09-30", Lean::Past, "2018-06/2018-08", &[], "published");
    check("last summer", "2024-06-20", Lean::Past, "2023-06/2023-08", &[], "published");
    check("last winter", "2024-12-20", Lean::Past, "2023-12/2024-02", &[], "published");
    check("last winter", "2024-04-01", Lean::Past, "2023-12/2024-02", &[], "published");
}
