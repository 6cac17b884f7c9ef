//! What the tables know of places and frames, as far as it shows that two names are of one.
//!
//! In: names. Out: names. Never: the tables themselves; who has none asks `()`.

use chancery_model::{Place, Role};

/// What the tables know of places and frames.
pub trait Atlas: Sync {
    /// The city in which a hall, palace or resort lies.
    fn city_of(&self, place: &Place) -> Option<String>;

    /// The organization of which a body is an organ.
    fn whole_of(&self, body: &str) -> Option<String>;

    /// Whether several persons bear an office at a time, as the presidents of the bodies of a union do.
    fn shared(&self, _role: Role, _of: &str) -> bool {
        false
    }
}

/// No tables.
impl Atlas for () {
    fn city_of(&self, _: &Place) -> Option<String> {
        None
    }

    fn whole_of(&self, _: &str) -> Option<String> {
        None
    }
}
