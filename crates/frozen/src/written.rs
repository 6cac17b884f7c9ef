//! Characters as a table has them: names, forms, codes.
//!
//! In: characters that are part of the program, or were read at run time. Out: a `str`. Never: copies what is part of the program.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

/// A `str` that is part of the program, or a string of its own. From data that are part of the program it is read in place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Written(Cow<'static, str>);

impl Written {
    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Written {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Written {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Written {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Written {
    fn from(text: &str) -> Written {
        Written(Cow::Owned(text.to_owned()))
    }
}

impl From<String> for Written {
    fn from(text: String) -> Written {
        Written(Cow::Owned(text))
    }
}

impl From<Written> for String {
    fn from(written: Written) -> String {
        written.0.into_owned()
    }
}

impl PartialEq<str> for Written {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Written {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialEq<String> for Written {
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}

impl PartialEq<Written> for str {
    fn eq(&self, other: &Written) -> bool {
        *self == **other
    }
}

impl PartialEq<Written> for &str {
    fn eq(&self, other: &Written) -> bool {
        **self == **other
    }
}

impl PartialEq<Written> for String {
    fn eq(&self, other: &Written) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), out)
    }
}

impl fmt::Display for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), out)
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de: 'static> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Written, D::Error> {
        struct InPlace;
        impl<'de: 'static> Visitor<'de> for InPlace {
            type Value = Written;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a string")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Written, E> {
                Ok(Written(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
                Ok(text.into())
            }
        }
        deserializer.deserialize_str(InPlace)
    }
}
