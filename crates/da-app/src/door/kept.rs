//! Values that outlive the session, or belong to nobody in particular: stores, records, snapshots.
//!
//! They are sealed under the server's key. A change is seen by its own evaluation at once, and by others when the answers are saved.

use std::collections::HashMap;

use da_core::Plain;
use da_crypto::ServerKey;
use da_store::{KeptChange, KeptPlace, NewKept};
use serde::{Deserialize, Serialize};

use super::given::Given;
use super::{Door, Refusal, refused, unknown};
use crate::AppError;

const SCOPE: &str = "scope of kept values";
const NAME: &str = "name of a kept value";
const VALUE: &str = "kept value";

/// Bytes that an evaluation may keep, all values together.
const MOST_BYTES: usize = 16 << 20;

/// A value as it is sealed.
#[derive(Serialize, Deserialize)]
struct Value {
    scope: String,
    name: String,
    value: String,
}

/// What an evaluation changed.
#[derive(Default)]
pub(super) struct Desk {
    changes: Vec<KeptChange>,
    /// By scope and name: the value, or that there is none any more.
    seen: HashMap<(String, String), Option<String>>,
    bytes: usize,
}

impl Desk {
    pub(super) fn take_changes(&mut self) -> Vec<KeptChange> {
        std::mem::take(&mut self.changes)
    }
}

impl Door {
    pub(super) fn kept(&self, what: &str, given: &Given<'_>) -> Result<Plain, Refusal> {
        let scope = given.text("scope")?;
        match what {
            "names" => Ok(Plain::from(self.names(&scope)?)),
            "values" => {
                Ok(Plain::Map(self.all(&scope)?.into_iter().map(|(name, value)| (name, Plain::Text(value))).collect()))
            }
            "get" => Ok(self.value(&scope, &given.text("name")?)?.map_or(Plain::Null, Plain::Text)),
            "put" => self.put(scope, given).map(|()| Plain::Null),
            "delete" => self.delete(scope, given.text("name")?).map(|()| Plain::Null),
            _ => Err(unknown(what)),
        }
    }

    fn place(key: &ServerKey, scope: &str, name: &str) -> KeptPlace {
        let whole = format!("{}:{scope}{name}", scope.len());
        KeptPlace { scope: key.mac(SCOPE, scope.as_bytes()), name: key.mac(NAME, whole.as_bytes()) }
    }

    fn value(&self, scope: &str, name: &str) -> Result<Option<String>, Refusal> {
        let known = self.with_desk(|desk| desk.seen.get(&(scope.to_owned(), name.to_owned())).cloned());
        if let Some(known) = known {
            return Ok(known);
        }
        let app = self.app()?;
        let place = Self::place(&app.0.server_key, scope, name);
        let sealed = app.0.store.kept_value(&place).map_err(|error| refused(error.into()))?;
        sealed.map(|sealed| opened(&app.0.server_key, &sealed).map(|value| value.value)).transpose()
    }

    /// All values of a scope by their names, the oldest first.
    fn all(&self, scope: &str) -> Result<Vec<(String, String)>, Refusal> {
        let app = self.app()?;
        let rows = app.0.store.kept_values(&app.0.server_key.mac(SCOPE, scope.as_bytes()));
        let rows = rows.map_err(|error| refused(error.into()))?;
        let mut found = Vec::with_capacity(rows.len());
        for sealed in rows {
            let value = opened(&app.0.server_key, &sealed)?;
            found.push((value.name, value.value));
        }
        self.with_desk(|desk| {
            let mut own: Vec<_> = desk.seen.iter().filter(|((of, _), _)| of == scope).collect();
            own.sort_by(|one, other| one.0.cmp(other.0));
            for ((_, name), value) in own {
                let at = found.iter().position(|(known, _)| known == name);
                match (at, value) {
                    (Some(at), Some(value)) => found[at].1.clone_from(value),
                    (Some(at), None) => {
                        found.remove(at);
                    }
                    (None, Some(value)) => found.push((name.clone(), value.clone())),
                    (None, None) => {}
                }
            }
        });
        Ok(found)
    }

    fn names(&self, scope: &str) -> Result<Vec<String>, Refusal> {
        Ok(self.all(scope)?.into_iter().map(|(name, _)| name).collect())
    }

    fn put(&self, scope: String, given: &Given<'_>) -> Result<(), Refusal> {
        let (name, value) = (given.text("name")?, given.text("value")?);
        let app = self.app()?;
        let place = Self::place(&app.0.server_key, &scope, &name);
        let plain = Value { scope: scope.clone(), name: name.clone(), value: value.clone() };
        let plain = serde_json::to_vec(&plain).map_err(|error| refused(AppError::internal(error)))?;
        let sealed = app.0.server_key.seal(VALUE, &plain).map_err(|error| refused(error.into()))?;
        let session = given.is_true("of_session").then(|| self.at.id.clone());
        let user = given.is_true("of_user").then(|| self.caller.user().map(|user| user.id)).flatten();
        self.keep(scope, name, value, NewKept { place, session, user, sealed })
    }

    fn keep(&self, scope: String, name: String, value: String, new: NewKept) -> Result<(), Refusal> {
        self.with_desk(|desk| {
            desk.bytes = desk.bytes.saturating_add(new.sealed.len());
            if desk.bytes > MOST_BYTES {
                return Err(format!("an evaluation can keep {MOST_BYTES} bytes at most"));
            }
            desk.seen.insert((scope, name), Some(value));
            desk.changes.push(KeptChange::Put(new));
            Ok(())
        })
    }

    fn delete(&self, scope: String, name: String) -> Result<(), Refusal> {
        let place = Self::place(&self.app()?.0.server_key, &scope, &name);
        self.with_desk(|desk| {
            desk.seen.insert((scope, name), None);
            desk.changes.push(KeptChange::Delete(place));
        });
        Ok(())
    }

    fn with_desk<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        work(&mut self.desk.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

fn opened(key: &ServerKey, sealed: &[u8]) -> Result<Value, Refusal> {
    let plain = key.open(VALUE, sealed).map_err(|error| refused(error.into()))?;
    serde_json::from_slice(&plain).map_err(|error| refused(AppError::internal(error)))
}
