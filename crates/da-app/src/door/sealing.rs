//! What interviews keep beside their sessions is sealed under the server's key, for its own place: it opens in no other.
//!
//! The database has keyed hashes of scopes and names, never the words.

use da_crypto::ServerKey;
use da_store::KeptPlace;

use super::{Refusal, refused};

const SCOPE: &str = "scope of kept values";
const NAME: &str = "name of a kept value";

/// What is sealed at a place.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Name,
    Value,
    /// The same of what all sessions share.
    SharedName,
    Shared,
}

/// The keyed hash of a scope.
pub(super) fn scope_hash(key: &ServerKey, scope: &str) -> [u8; 32] {
    key.mac(SCOPE, scope.as_bytes())
}

/// A place, and the key that seals and opens there.
pub(super) struct Sealing<'a> {
    key: &'a ServerKey,
    pub(super) place: KeptPlace,
}

impl<'a> Sealing<'a> {
    /// The place of a name in a scope.
    pub(super) fn new(key: &'a ServerKey, scope: &str, name: &str) -> Self {
        let whole = format!("{}:{scope}{name}", scope.len());
        let place = KeptPlace { scope: scope_hash(key, scope), name: key.mac(NAME, whole.as_bytes()) };
        Sealing { key, place }
    }

    /// The place of a row, whose name is not known yet.
    pub(super) fn of_row(key: &'a ServerKey, scope: [u8; 32], name: [u8; 32]) -> Self {
        Sealing { key, place: KeptPlace { scope, name } }
    }

    pub(super) fn seal(&self, part: Part, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.key.seal(&self.purpose(part), bytes).map_err(|error| refused(error.into()))
    }

    pub(super) fn open(&self, part: Part, sealed: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.key.open(&self.purpose(part), sealed).map_err(|_| swapped())
    }

    pub(super) fn open_text(&self, part: Part, sealed: &[u8]) -> Result<String, Refusal> {
        String::from_utf8(self.open(part, sealed)?).map_err(|_| swapped())
    }

    /// The place is part of what sealed bytes are bound to.
    fn purpose(&self, part: Part) -> String {
        let hex = |hash: &[u8; 32]| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let part = match part {
            Part::Name => "sealed name of a kept value",
            Part::Value => "kept value",
            Part::SharedName => "sealed name of a shared value",
            Part::Shared => "shared value",
        };
        format!("{part} at {} {}", hex(&self.place.scope), hex(&self.place.name))
    }
}

fn swapped() -> Refusal {
    tracing::error!(target: "interview", "a kept value does not open at its place: it was changed behind the server's back");
    "what is kept there cannot be opened".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_at_one_place_opens_in_no_other() {
        let key = ServerKey::generate().unwrap();
        let here = Sealing::new(&key, "store:global", "a");
        let sealed = here.seal(Part::Value, b"a value").unwrap();
        assert_eq!(here.open_text(Part::Value, &sealed).unwrap(), "a value");
        assert!(here.open(Part::Name, &sealed).is_err());
        for (scope, name) in [("store:global", "b"), ("store:named:x", "a"), ("store:globala", "")] {
            let there = Sealing::new(&key, scope, name);
            assert_eq!(there.open(Part::Value, &sealed).unwrap_err(), "what is kept there cannot be opened", "{scope}");
        }
        let name = here.seal(Part::Name, b"a").unwrap();
        let row = Sealing::of_row(&key, here.place.scope, here.place.name);
        assert_eq!(row.open_text(Part::Name, &name).unwrap(), "a");
        assert!(Sealing::of_row(&key, here.place.scope, [0; 32]).open(Part::Name, &name).is_err());
    }
}
