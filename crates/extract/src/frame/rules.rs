//! Frames: which parties fill the slots of a cue.
//!
//! In: `_common/frames.toml`. Out: typed frames, found by cue. Never: a word of any language.

use chancery_model::ContactKind;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// What is wrong with the frames.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("_common/frames.toml: {0}")]
pub struct FrameError(String);

/// Every frame, by cue.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    by_cue: HashMap<String, Frame>,
    /// Words in lower case that stand within names.
    pub name_particles: HashSet<String>,
}

/// Whom a contact counts as taking part.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Counts {
    All,
    Agent,
    Partner,
}

/// What makes a found cue a contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Needs {
    States,
    Destination,
    Frame,
    Document,
}

/// One frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Frame {
    pub name: String,
    pub kind: ContactKind,
    pub nominal: bool,
    pub agent: Vec<String>,
    pub partner: Vec<String>,
    pub owner: Vec<String>,
    pub destination: Vec<String>,
    pub counts: Counts,
    pub needs: Needs,
    /// Whether both sides must be persons or offices, not states alone.
    pub persons: bool,
    /// Whether a place or a date must be told.
    pub needs_place_or_date: bool,
    /// Whether what is told as done is only a proposal (invited).
    pub proposes: bool,
    /// Whether the sides are an envoy and a host, in whatever order and case (credentials).
    pub envoys: bool,
    /// Whether the agent is at home, where nothing else says where it is (received).
    pub at_home: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name_particles: HashSet<String>,
    frame: Vec<WrittenFrame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFrame {
    name: String,
    cue: String,
    kind: String,
    #[serde(default)]
    nominal: bool,
    #[serde(default)]
    agent: Vec<String>,
    #[serde(default)]
    partner: Vec<String>,
    #[serde(default)]
    owner: Vec<String>,
    #[serde(default)]
    destination: Vec<String>,
    counts: Counts,
    needs: Needs,
    #[serde(default)]
    persons: bool,
    #[serde(default)]
    needs_place_or_date: bool,
    #[serde(default)]
    proposes: bool,
    #[serde(default)]
    envoys: bool,
    #[serde(default)]
    at_home: bool,
}

impl Frames {
    /// Reads the frames.
    ///
    /// # Errors
    /// Where the text is no TOML of frames, or a kind is unknown.
    pub(crate) fn parse(text: &str) -> Result<Frames, FrameError> {
        let written: Written = toml::from_str(text).map_err(|error| FrameError(error.to_string()))?;
        let mut by_cue = HashMap::new();
        for frame in written.frame {
            let kind = frame.kind.parse().map_err(|error| FrameError(format!("{}: {error}", frame.name)))?;
            let WrittenFrame { name, cue, nominal, agent, partner, owner, destination, counts, needs, .. } = frame;
            let WrittenFrame { persons, needs_place_or_date, proposes, envoys, at_home, .. } = frame;
            let frame = Frame {
                name,
                kind,
                nominal,
                agent,
                partner,
                owner,
                destination,
                counts,
                needs,
                persons,
                needs_place_or_date,
                proposes,
                envoys,
                at_home,
            };
            by_cue.insert(cue, frame);
        }
        Ok(Frames { by_cue, name_particles: written.name_particles })
    }

    pub(crate) fn of(&self, cue: &str) -> Option<&Frame> {
        self.by_cue.get(cue)
    }
}
