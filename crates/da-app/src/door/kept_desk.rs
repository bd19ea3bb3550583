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
pub(super) trait Stored {
    /// How much is kept in the scope: a sum over all of it.
    fn amount(&self) -> Result<KeptAmount, Refusal>;

    /// What the value of that name counts for, and whether it is still there.
    fn row(&self) -> Result<Option<(i64, bool)>, Refusal>;
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
        stored: &impl Stored,
    ) -> Result<(), Refusal> {
        let key = (scope, name);
        let amount = self.amounts.get(&key.0).copied().map_or_else(|| stored.amount(), Ok)?;
        let before = match self.seen.get(&key) {
            Some(known) => known.clone(),
            None => {
                let row = stored.row()?;
                Seen { value: None, size: row.map(|(size, _)| size), is_listed: row.is_some_and(|(_, live)| live) }
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use da_store::KeptPlace;

    use super::*;

    /// Counts how often it is asked.
    #[derive(Default)]
    struct Asked {
        amount: Cell<u32>,
        row: Cell<u32>,
    }

    impl Stored for Asked {
        fn amount(&self) -> Result<KeptAmount, Refusal> {
            self.amount.set(self.amount.get() + 1);
            Ok(KeptAmount { values: 7, bytes: 70 })
        }

        fn row(&self) -> Result<Option<(i64, bool)>, Refusal> {
            self.row.set(self.row.get() + 1);
            Ok(Some((10, true)))
        }
    }

    #[test]
    fn a_scope_is_summed_up_once_and_a_row_is_looked_at_once() {
        let (mut desk, asked) = (KeptDesk::default(), Asked::default());
        let most = KeptAmount { values: 7, bytes: 70 };
        for name in ["a", "b", "a", "c"] {
            let change = KeptChange::Delete(KeptPlace { scope: [1; 32], name: [2; 32] });
            desk.change(("scope".to_owned(), name.to_owned()), (None, change), most, &asked).unwrap();
        }
        assert_eq!((asked.amount.get(), asked.row.get()), (1, 3));
        assert_eq!(desk.amounts["scope"], KeptAmount { values: 4, bytes: 40 });
    }
}
