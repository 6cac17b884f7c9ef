//! The record: what many documents say, kept in one file.
//!
//! In: documents, judgements, questions. Out: entries with everything that stands behind them. Never: forgets a document, or asks a
//! network or a clock.

mod ingest;
mod names;
pub mod review;
mod ways;

pub use chancery_model::record::*;
pub use chancery_reconcile::{Judgement, Key};
pub use chancery_store::{
    Change, Cursor, Days, Decision, Derived, Error, Filter, Hit, Index, Judged, Kept, KeptDocument, LedgerRow, Look, Order, Outcome, Page,
    Passage, Result, Since, Store, Verdict,
};
pub use ingest::{Became, Ingest, Keeping, Sum, Told, ingest, read_again};
pub use names::{Asked, filter};
pub use ways::{prepare_ways, ways};

use crate::Library;
use chancery_model::{Edtf, Place, Role};
use chancery_reconcile::{Atlas, as_known_on, reconcile};
use chancery_reference::{PersonId, Tenure};
use jiff::civil::Date;

/// Version of what reads: of the program, of the packs and tables built in, and of the folders that win over them.
///
/// # Errors
/// Where such a folder cannot be read.
pub fn reader(sources: &crate::Sources) -> std::io::Result<String> {
    use sha2::{Digest, Sha256};
    let given: Vec<_> = [&sources.languages, &sources.reference, &sources.imported].into_iter().flatten().collect();
    let version = concat!(env!("CARGO_PKG_VERSION"), "+", env!("CHANCERY_KNOWLEDGE"));
    if given.is_empty() {
        return Ok(version.to_owned());
    }
    let mut hash = Sha256::new();
    for folder in given {
        for file in chancery_read::text_files(folder)? {
            for part in [&file.path, &file.text] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part.as_bytes());
            }
        }
    }
    let digits: String = hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{version}.{digits}"))
}

/// The record as it was known on a day, to be asked like another, and how many documents without a date of publication it leaves
/// out because nobody can tell whether they were known.
///
/// # Errors
/// Where the record cannot be read.
pub fn known_on(record: &Store, library: &Library, day: Date) -> Result<(Store, usize)> {
    let reports = record.reports()?;
    let undated = reports.iter().filter(|report| report.source.published.is_none()).count();
    let known = reconcile(&as_known_on(&reports, day), &record.judgements()?, library);
    Ok((Store::of_entries(&known.entries, &|code| library.name_of(code))?, undated))
}

impl Atlas for Library {
    fn city_of(&self, place: &Place) -> Option<String> {
        let key = format!("{}, {}", place.name.as_deref()?, place.country.as_deref()?);
        self.reference().place(&key)?.city.as_ref().map(ToString::to_string)
    }

    fn whole_of(&self, body: &str) -> Option<String> {
        let whole = self.reference().whole(body);
        (whole != body).then(|| whole.to_owned())
    }

    fn shared(&self, role: Role, of: &str) -> bool {
        let reference = self.reference();
        // a state has one; what overlaps there in a table are days of handing over
        if reference.state(of).is_some() {
            return false;
        }
        let tenures = reference.tenures_of(role, of, None, None);
        let begun = |tenure: &Tenure| tenure.start.as_ref().and_then(Edtf::latest);
        let by = |tenure: &Tenure, day: Date| tenure.end.as_ref().and_then(Edtf::earliest).is_none_or(|end| day < end);
        tenures.iter().any(|(one, tenure)| {
            let later = |(other, next): &(PersonId, &Tenure)| other != one && begun(next) >= begun(tenure);
            tenure.end.is_some() && tenures.iter().filter(|next| later(next)).filter_map(|(_, next)| begun(next)).any(|day| by(tenure, day))
        })
    }
}

/// An instant as an ISO date and time, from the seconds since 1970 that a door's clock gives.
pub fn instant(seconds: u64) -> String {
    jiff::Timestamp::from_second(seconds as i64).map_or_else(|_| String::new(), |instant| instant.to_string())
}
