//! A value that stays bytes until somebody asks for it.
//!
//! In: a value, or its bytes as part of the program. Out: the value, thawed once. Never: thaws what nobody asks for.

use crate::{freeze, thaw};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::OnceLock;

/// A value, or the bytes of one. Bytes that are none give the default; a test of the program rules them out.
#[derive(Clone)]
pub struct Frozen<T> {
    bytes: &'static [u8],
    value: OnceLock<Box<T>>,
}

impl<T> From<T> for Frozen<T> {
    fn from(value: T) -> Frozen<T> {
        Frozen { bytes: &[], value: OnceLock::from(Box::new(value)) }
    }
}

impl<T: Default> Default for Frozen<T> {
    fn default() -> Frozen<T> {
        Frozen::from(T::default())
    }
}

impl<T: Default + Deserialize<'static>> Deref for Frozen<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value.get_or_init(|| Box::new(thaw(self.bytes).unwrap_or_default()))
    }
}

impl<T: Default + Deserialize<'static> + PartialEq> PartialEq for Frozen<T> {
    fn eq(&self, other: &Frozen<T>) -> bool {
        **self == **other
    }
}

impl<T: Default + Deserialize<'static> + fmt::Debug> fmt::Debug for Frozen<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(out)
    }
}

impl<T: Default + Deserialize<'static> + Serialize> Serialize for Frozen<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&freeze(&**self).map_err(S::Error::custom)?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Frozen<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Frozen<T>, D::Error> {
        struct InPlace<T>(PhantomData<T>);
        impl<'de: 'static, T> Visitor<'de> for InPlace<T> {
            type Value = Frozen<T>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("bytes that are part of the program")
            }
            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Frozen<T>, E> {
                Ok(Frozen { bytes, value: OnceLock::new() })
            }
        }
        deserializer.deserialize_bytes(InPlace(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Written;

    #[test]
    fn a_value_is_thawed_when_it_is_asked_for_and_read_in_place() {
        let value: Frozen<Vec<Written>> = Frozen::from(vec!["Astana".into(), "Praha".into()]);
        let bytes: &'static [u8] = Box::leak(freeze(&value).expect("bytes").into_boxed_slice());
        let again: Frozen<Vec<Written>> = thaw(bytes).expect("bytes");
        assert!(again.value.get().is_none());
        assert_eq!(*again, *value);
        let written = again[1].as_bytes().as_ptr_range();
        assert!(bytes.as_ptr_range().contains(&written.start));
        let nothing: Frozen<Vec<Written>> = Frozen { bytes: &[7], value: OnceLock::new() };
        assert_eq!(*nothing, Vec::<Written>::new());
    }
}
