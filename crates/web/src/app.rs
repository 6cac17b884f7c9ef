//! What every page asks: the record, the names of codes.
//!
//! In: questions. Out: answers, each from a connection of its own. Never: keeps a request waiting for another's.

use crate::door::Door;
use crate::kept::Kept;
use crate::problem::Problem;
use crate::texts::Texts;
use chancery::record::{Asked, Filter, Index, Store, prepare_ways};
use chancery::{Library, Sources};
use chancery_access::Access;
use jiff::civil::Date;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Connections that are kept for the next request.
const KEPT: usize = 16;
/// How long a question may take.
const LONGEST: Duration = Duration::from_secs(20);
/// How long a question waits for the entries to be taken into memory; then it is asked of the file itself, which takes longer the more ask.
const TAKING_IN: Duration = Duration::from_secs(10);
/// How long somebody who judged waits to see the entry under the judgement.
const PATIENCE: Duration = Duration::from_secs(3);

/// The record behind the pages.
pub struct App {
    record: PathBuf,
    sources: Sources,
    library: &'static Library,
    idle: Mutex<Vec<Store>>,
    taken: Mutex<Taken>,
    taken_in: Condvar,
    /// For each language of the pages the names of states.
    states: HashMap<&'static str, HashMap<String, String>>,
    /// Goes with every form of this run where nobody logs in, so that no other site can send one.
    pub(crate) token: String,
    /// Answers of this version of the record.
    pub(crate) kept: Kept,
    /// Held while the entries are derived.
    deriving: Mutex<()>,
    /// The record as it was known on the day that was asked for last.
    earlier: Mutex<Earlier>,
    /// Where users log in.
    pub(crate) door: Option<Door>,
}

/// The entries in memory, of the round in which they were last taken in, and whether they are being taken in now.
#[derive(Default)]
struct Taken {
    index: Option<Arc<Index>>,
    at_work: bool,
}

/// The record as it was known on a day, of one version of it, and how many documents it leaves out; nothing until it is derived.
#[derive(Default)]
struct Earlier {
    version: String,
    day: Option<Date>,
    known: Arc<Mutex<Option<(Store, usize)>>>,
}

impl App {
    /// Pages of the record at `record`.
    ///
    /// # Errors
    /// Where there is no record.
    pub fn new(record: PathBuf, sources: Sources, library: &'static Library) -> Result<App, crate::Error> {
        let first = Store::open(&record)?;
        let token = crate::sessions::secret()?;
        let names = |texts: &'static Texts| (texts.language, state_names(library, texts.language));
        let states = Texts::all().iter().map(names).collect();
        Ok(App {
            record,
            sources,
            library,
            idle: Mutex::new(vec![first]),
            taken: Mutex::default(),
            taken_in: Condvar::new(),
            states,
            token,
            kept: Kept::default(),
            deriving: Mutex::default(),
            earlier: Mutex::default(),
            door: None,
        })
    }

    /// The same pages for users who log in. `origin` is the address of a proxy under which others know the pages, such as
    /// `https://record.example`.
    #[must_use]
    pub fn with_login(self, access: Access, origin: Option<String>) -> App {
        let door = Some(Door::new(self.record.clone(), access, origin));
        App { door, ..self }
    }

    /// Asks the record on a thread that may wait for it, but not long.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<App>,
        question: impl FnOnce(&mut Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = Arc::clone(self);
        let limited = move |store: &mut Store| {
            let index = app.index(store)?;
            store.limit(Some(LONGEST))?;
            let answer = store.steadily(index, question);
            store.limit(None)?;
            answer?.0
        };
        self.change(limited).await
    }

    /// The entries in memory: those of now, for which a question waits a while, else those of an earlier round.
    fn index(self: &Arc<App>, store: &Store) -> Result<Option<Arc<Index>>, Problem> {
        let index = || self.taken.lock().unwrap_or_else(PoisonError::into_inner).index.clone();
        let known = index();
        if known.as_ref().map_or(Ok(false), |known| store.is_of_now(known))? {
            return Ok(known);
        }
        self.take_in();
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.taken_in.wait_timeout_while(taken, TAKING_IN, |taken| taken.at_work));
        Ok(index())
    }

    /// Takes the entries into memory on a thread of its own.
    pub(crate) fn take_in(self: &Arc<App>) {
        if std::mem::replace(&mut self.taken.lock().unwrap_or_else(PoisonError::into_inner).at_work, true) {
            return;
        }
        let app = Arc::clone(self);
        std::thread::spawn(move || {
            let work = || {
                let mut store = Store::open(&app.record)?;
                let index = Arc::new(store.index()?);
                // searches go on with the words of the round before meanwhile
                store.steadily(Some(Arc::clone(&index)), |store| prepare_ways(store))?.0?;
                Ok::<_, chancery::record::Error>(index)
            };
            // whatever becomes of it, nobody waits for it any longer
            let taken = std::panic::catch_unwind(AssertUnwindSafe(work)).ok().and_then(Result::ok);
            let mut now = app.taken.lock().unwrap_or_else(PoisonError::into_inner);
            now.index = taken.or(now.index.take());
            now.at_work = false;
            app.taken_in.notify_all();
        });
    }

    /// Of what the answers are: another one as soon as anything came in or was derived.
    pub(crate) async fn version(self: &Arc<App>) -> Result<String, Problem> {
        self.ask(|store| Ok(store.version()?)).await
    }

    /// Changes the record on a thread that may wait for it.
    pub(crate) async fn change<T: Send + 'static>(
        self: &Arc<App>,
        question: impl FnOnce(&mut Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = Arc::clone(self);
        let answer = move || {
            let idle = app.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut store = match idle {
                Some(store) => store,
                None => Store::open(&app.record)?,
            };
            let answer = question(&mut store);
            let mut idle = app.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < KEPT {
                idle.push(store);
            }
            answer
        };
        tokio::task::spawn_blocking(answer)
            .await
            .unwrap_or_else(|_| Err(Problem::fault("a fault of the program; please report the address")))
    }

    /// The filter of a question in a user's words, and what of it means nothing.
    pub(crate) fn filter(&self, asked: &Asked, store: &Store) -> Result<(Filter, Vec<String>), Problem> {
        Ok(chancery::record::filter(asked, store, &self.sources)?)
    }

    /// Every way in which the words of a search may be written.
    pub(crate) fn ways(&self, words: &str, store: &Store) -> Result<Vec<Vec<String>>, Problem> {
        Ok(chancery::record::ways(store, &self.sources, words)?)
    }

    /// Takes judgements into the entries; who judges meanwhile shares the next round. Returns whether that is done: where it takes
    /// longer than a person waits, it goes on without them.
    pub(crate) async fn settle(self: &Arc<App>) -> Result<bool, Problem> {
        let app = Arc::clone(self);
        let deriving = self.change(move |store| {
            let _one = app.deriving.lock().unwrap_or_else(PoisonError::into_inner);
            if store.is_stale()? {
                store.derive(&|code| app.library.name_of(code), app.library)?;
            }
            Ok(())
        });
        // a thread goes on with its work when nobody waits for it any more
        tokio::time::timeout(PATIENCE, deriving).await.map_or(Ok(false), |done| done.map(|()| true))
    }

    /// Asks the record as it was known on a day, and is told how many documents it leaves out. It is derived once, whoever asks meanwhile
    /// waits for it, and is kept until another day is asked for.
    pub(crate) fn known_on<T>(
        &self,
        store: &Store,
        day: Date,
        question: impl FnOnce(&Store, usize) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let version = store.version()?;
        let slot = {
            let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
            if earlier.version != version || earlier.day != Some(day) {
                *earlier = Earlier { version, day: Some(day), known: Arc::default() };
            }
            Arc::clone(&earlier.known)
        };
        let mut known = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            *known = Some(chancery::record::known_on(store, self.library, day)?);
        }
        known.as_ref().map_or_else(|| Err(Problem::fault("nothing is known of that day")), |(store, left_out)| question(store, *left_out))
    }

    /// English name of a code.
    pub(crate) fn name_of(&self, code: &str) -> String {
        self.library.name_of(code)
    }

    /// The name of a state in a language of the pages; organizations are known by their acronyms.
    pub(crate) fn state_name(&self, language: &str, code: &str) -> String {
        let known = self.states.get(language).and_then(|names| names.get(code));
        known.cloned().unwrap_or_else(|| self.library.name_of(code))
    }

    pub(crate) fn library(&self) -> &'static Library {
        self.library
    }
}

/// The name of each state in a language: that of the tables where the language has it, else the shortest that is no abbreviation.
fn state_names(library: &Library, language: &str) -> HashMap<String, String> {
    let (mut names, mut own): (HashMap<String, String>, HashMap<String, String>) = (HashMap::new(), HashMap::new());
    let forms = library.reference().all_state_forms().iter().filter(|form| form.language.as_str() == language);
    for form in forms {
        if library.reference().state(&form.key).is_some_and(|state| state.name == form.form) {
            own.insert(form.key.to_string(), form.form.to_string());
        }
        let abbreviation = form.form.as_str().chars().all(|letter| letter.is_uppercase() || letter == '.');
        let shorter = |known: &String| form.form.as_str().chars().count() < known.chars().count();
        if !abbreviation && names.get(form.key.as_str()).is_none_or(shorter) {
            names.insert(form.key.to_string(), form.form.to_string());
        }
    }
    names.extend(own);
    names
}
