//! What one evaluation changed about kept values, with those before it that are saved in the same transaction, and how much room
//! is left for more.
//!
//! Nothing here is written: the changes go into the transaction of the answers, which looks at the room again.

use std::collections::HashMap;

use da_store::{KeptAmount, KeptChange};

use super::Refusal;

/// Bytes that an evaluation may keep, all values together.
const MOST_BYTES: i64 = 16 << 20;

/// What an evaluation changed.
#[derive(Clone, Default)]
pub(crate) struct KeptDesk {
    changes: Vec<KeptChange>,
    seen: HashMap<(String, String), Seen>,
    /// How much is kept in a scope, with the changes.
    amounts: HashMap<String, KeptAmount>,
    bytes: i64,
}

/// A name that was changed.
#[derive(Clone, Default)]
pub(super) struct Seen {
    /// The value, or that there is none any more.
    pub(super) value: Option<String>,
    /// What it counts for; none where nothing is kept.
    size: Option<i64>,
    /// Whether a list of what is stored tells the name.
    is_listed: bool,
}

/// What is stored where something is to be changed.
#[derive(Clone, Copy)]
pub(super) struct Stored {
    pub(super) amount: KeptAmount,
    pub(super) row: Option<(i64, bool)>,
}

impl KeptDesk {
    /// What is to be kept, in the order in which it was asked for.
    pub(crate) fn changes(&self) -> &[KeptChange] {
        &self.changes
    }

    /// For an evaluation that is saved together with this one: it sees what this one changed, and tells its own changes alone.
    pub(crate) fn handed_on(&self) -> KeptDesk {
        KeptDesk { changes: Vec::new(), seen: self.seen.clone(), amounts: self.amounts.clone(), bytes: 0 }
    }

    /// What became of a name, if it was changed.
    pub(super) fn seen(&self, scope: &str, name: &str) -> Option<&Seen> {
        self.seen.get(&(scope.to_owned(), name.to_owned()))
    }

    /// What was put and is not among what is stored, in an order that does not change.
    pub(super) fn new_in(&self, scope: &str) -> Vec<(String, String)> {
        let new = self.seen.iter().filter(|((of, _), seen)| of == scope && !seen.is_listed);
        let mut new: Vec<_> = new.filter_map(|((_, name), seen)| Some((name.clone(), seen.value.clone()?))).collect();
        new.sort_unstable();
        new
    }

    /// Puts a value in its place, or takes it away. `stored` is asked for what the desk does not know.
    pub(super) fn change(
        &mut self,
        (scope, name): (String, String),
        (value, change): (Option<String>, KeptChange),
        most: KeptAmount,
        stored: impl FnOnce() -> Result<Stored, Refusal>,
    ) -> Result<(), Refusal> {
        let key = (scope, name);
        let (known, amount) = (self.seen.get(&key).cloned(), self.amounts.get(&key.0).copied());
        let (before, amount) = match (known, amount) {
            (Some(known), Some(amount)) => (known, amount),
            (_, amount) => {
                let Stored { amount: all, row } = stored()?;
                let seen =
                    Seen { value: None, size: row.map(|(size, _)| size), is_listed: row.is_some_and(|(_, live)| live) };
                (seen, amount.unwrap_or(all))
            }
        };
        let size = match &change {
            KeptChange::Put(new) => Some(new.size()),
            KeptChange::Delete(_) => None,
        };
        let after = KeptAmount {
            values: amount.values - i64::from(before.size.is_some()) + i64::from(size.is_some()),
            bytes: amount.bytes - before.size.unwrap_or(0) + size.unwrap_or(0),
        };
        if let Some(size) = size {
            self.has_room(size, after, most)?;
        }
        self.amounts.insert(key.0.clone(), after);
        self.seen.insert(key, Seen { value, size, ..before });
        self.changes.push(change);
        Ok(())
    }

    fn has_room(&mut self, size: i64, after: KeptAmount, most: KeptAmount) -> Result<(), Refusal> {
        if !after.is_within(most) {
            let KeptAmount { values, bytes } = most;
            return Err(format!(
                "there is no room for it: at most {values} values of {bytes} bytes together are kept here"
            ));
        }
        self.bytes = self.bytes.saturating_add(size);
        if self.bytes > MOST_BYTES {
            return Err(format!("an evaluation can keep {MOST_BYTES} bytes at most"));
        }
        Ok(())
    }
}
