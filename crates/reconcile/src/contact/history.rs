//! What became of a contact: planned, moved, held, by the day of the reports.
//!
//! In: status and date of each claim with the day of its report. Out: steps; the status and date that stand. Never: forgets a step.

use crate::stand::Stand;
use chancery_model::record::Step;
use chancery_model::{ContactStatus, Edtf};

/// What one claim says of the contact's fate.
#[derive(Clone)]
pub(crate) struct Told {
    pub backer: usize,
    pub status: ContactStatus,
    pub date: Option<Edtf>,
}

/// The steps by day of report, those without a day last; within a day from proposal to denial.
pub(crate) fn history(stand: &Stand<'_>, told: &[Told]) -> Vec<Step> {
    let mut ordered: Vec<(Option<Edtf>, &Told)> =
        told.iter().map(|told| (stand.paper(told.backer).source.published.clone(), told)).collect();
    ordered.sort_by_key(|(reported, told)| (reported.is_none(), reported.clone(), order(told.status), told.backer));
    let mut steps: Vec<Step> = Vec::new();
    let mut latest_plan: Option<Edtf> = None;
    for (reported, told) in ordered {
        let planned = matches!(told.status, ContactStatus::Planned | ContactStatus::Proposed);
        let moved = planned && matches!((&latest_plan, &told.date), (Some(before), Some(date)) if !before.compatible(date));
        let word = if moved { "moved" } else { told.status.as_str() };
        let claim = stand.backers[told.backer].id.to_owned();
        let agrees = |step: &&mut Step| {
            let same_date = match (&step.date, &told.date) {
                (Some(known), Some(date)) => known.compatible(date),
                _ => true,
            };
            same_date && (step.status == word || (planned && step.status == "moved"))
        };
        match steps.iter_mut().rev().find(agrees) {
            Some(step) => {
                step.claims.push(claim);
                if told.date.as_ref().map_or(0, Edtf::precision) > step.date.as_ref().map_or(0, Edtf::precision) {
                    step.date.clone_from(&told.date);
                }
            }
            None => steps.push(Step { reported, status: word.to_owned(), date: told.date.clone(), claims: vec![claim] }),
        }
        if planned && told.date.is_some() {
            latest_plan.clone_from(&told.date);
        }
    }
    steps
}

/// The status that stands: what was decided last, or a plan made after it was called off; where nothing was decided, the latest.
pub(crate) fn status(stand: &Stand<'_>, told: &[Told]) -> ContactStatus {
    let published = |told: &Told| stand.paper(told.backer).published;
    let latest = |among: &dyn Fn(&Told) -> bool| {
        told.iter().filter(|told| among(told)).max_by_key(|told| (published(told), order(told.status), std::cmp::Reverse(told.backer)))
    };
    let decided = latest(&|told| order(told.status) > order(ContactStatus::Planned));
    let plan = latest(&|told| told.status == ContactStatus::Planned);
    let standing = match (decided, plan) {
        (Some(decided), Some(plan)) if decided.status != ContactStatus::Held && published(plan) > published(decided) => Some(plan),
        (None, _) => latest(&|_| true),
        _ => decided,
    };
    standing.map_or(ContactStatus::Held, |told| told.status)
}

fn order(status: ContactStatus) -> u8 {
    match status {
        ContactStatus::Proposed => 0,
        ContactStatus::Planned => 1,
        ContactStatus::Held => 4,
        ContactStatus::Cancelled => 3,
        ContactStatus::Denied => 2,
    }
}
