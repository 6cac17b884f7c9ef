//! How much of the time the reference knows who held the main offices: the second half of docs/reference.md.
//!
//! In: the registry. Out: tables in Markdown. Never: a day beyond what a source knows.

use chancery::Edtf;
use chancery::model::Role;
use chancery::reference::coverage::Days;
use chancery::registry::Registry;

/// Years that are told.
const FIRST: i32 = 1990;
/// From this year on every state is told.
const ALL_SINCE: i32 = 2000;
/// Told beside the members of the United Nations.
const OTHERS: [&str; 5] = ["EU", "PS", "TW", "VA", "XK"];

/// Heads of state, heads of government, foreign ministers in a year; a state without a prime minister is governed by its president.
fn year(registry: &Registry, state: &str, year: i32) -> anyhow::Result<[Days; 3]> {
    let day = |text: String| -> anyhow::Result<_> { Ok(text.parse::<Edtf>().map_err(anyhow::Error::msg)?.earliest()) };
    let (Some(first), Some(mut last)) = (day(format!("{year}-01-01"))?, day(format!("{year}-12-31"))?) else {
        anyhow::bail!("no such year")
    };
    if let Some(horizon) = registry.horizon() {
        last = last.min(horizon);
    }
    let days = |roles: &[Role]| registry.days_known(roles, state, first, last);
    let state_head = days(&[Role::HeadOfState, Role::President, Role::Monarch]);
    let mut government = days(&[Role::PrimeMinister]);
    if government.known == 0 {
        government = days(&[Role::President, Role::HeadOfState]);
    }
    Ok([state_head, government, days(&[Role::ForeignMinister])])
}

fn percent(days: Days) -> String {
    // never a hundred where a day is missing
    days.percent().map_or_else(|| "–".to_owned(), |percent| format!("{:.1}", (percent * 10.0).floor() / 10.0))
}

/// The tables.
///
/// # Errors
/// Where a year cannot be told.
pub fn tables(registry: &Registry) -> anyhow::Result<String> {
    let reference = registry.reference();
    let mut states: Vec<&str> = reference.members("UN").chain(OTHERS).filter(|code| reference.state(code).is_some()).collect();
    states.sort_unstable();
    states.dedup();
    let horizon = registry.horizon().map(|day| day.to_string()).unwrap_or_default();
    let last = horizon.get(..4).and_then(|year| year.parse().ok()).unwrap_or(FIRST);
    let mut by_year = String::new();
    let mut by_state = vec![[Days::default(); 3]; states.len()];
    let mut whole = [Days::default(); 3];
    for year_of in FIRST..=last {
        let mut sums = [Days::default(); 3];
        for (state, total) in states.iter().zip(&mut by_state) {
            for (office, days) in year(registry, state, year_of)?.into_iter().enumerate() {
                sums[office] = sums[office].and(days);
                if year_of >= ALL_SINCE {
                    total[office] = total[office].and(days);
                    whole[office] = whole[office].and(days);
                }
            }
        }
        by_year.push_str(&format!("| {year_of} | {} | {} | {} |\n", percent(sums[0]), percent(sums[1]), percent(sums[2])));
    }
    let counts = [
        ("persons", reference.people().count()),
        ("tenures", reference.people().map(|person| person.tenures.len()).sum()),
        ("states", reference.states().count()),
        ("places", reference.places().count()),
        ("organizations and formats", reference.organizations().count()),
        ("memberships and chairs", reference.memberships().len()),
    ];
    let counts: Vec<String> = counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
    let mut out = format!(
        "\n## Coverage\n\n{}. The tables below tell on how many of a hundred days a holder is known, up to {horizon}; a tenure without an\nend counts to the day to which its source is known. Of states without a prime minister the president counts as head of\ngovernment; the head of state of a realm of a king abroad stands under his own state.\n\n| | head of state | head of government | foreign minister |\n|---|---|---|---|\n| {} states since {ALL_SINCE} | {} | {} | {} |\n\n### By year\n\n| year | head of state | head of government | foreign minister |\n|---|---|---|---|\n{by_year}",
        counts.join(", "),
        states.len(),
        percent(whole[0]),
        percent(whole[1]),
        percent(whole[2])
    );
    out.push_str(&format!(
        "\n### By state, since {ALL_SINCE}\n\n| state | head of state | head of government | foreign minister |\n|---|---|---|---|\n"
    ));
    for (state, days) in states.iter().zip(by_state) {
        let name = reference.state(state).map_or(*state, |state| state.name.as_str());
        out.push_str(&format!("| {state} {name} | {} | {} | {} |\n", percent(days[0]), percent(days[1]), percent(days[2])));
    }
    Ok(out)
}
