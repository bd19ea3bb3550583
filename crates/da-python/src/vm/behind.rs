//! What a star import put behind a namespace, for those who look at all of its names.

use super::Vm;
use crate::error::PyResult;
use crate::value::{DictEntry, Object, Value};
use std::collections::HashSet;
use std::sync::Arc;

impl Vm<'_> {
    /// A namespace with the names that stand behind it, in a dict of its own, rooted; anything else as it is.
    ///
    /// # Errors
    /// `Limit::Memory`, `Limit::Fuel`
    pub(crate) fn with_names_behind(&mut self, v: Value) -> PyResult {
        let names = self.names_behind(v);
        if names.is_empty() {
            return Ok(v);
        }
        self.pay(names.len() as u64)?;
        let mut table = self.as_dict(v).cloned().unwrap_or_default();
        table.parents.clear();
        self.heap.would_fit(table.size() + names.len() * size_of::<DictEntry>())?;
        for entry in names {
            table.push(entry.hash, entry.key, entry.value);
        }
        let whole = self.make(Object::Dict(Box::new(table)))?;
        Ok(self.root(whole))
    }

    /// How many names stand behind a namespace and not in it.
    pub(crate) fn count_behind(&self, v: Value) -> usize {
        self.names_behind(v).len()
    }

    /// The names that stand behind a namespace and not in it, the nearest first; those with an underscore in front are not seen.
    pub(crate) fn names_behind(&self, namespace: Value) -> Vec<DictEntry> {
        let Some(own) = self.as_dict(namespace).filter(|own| !own.parents.is_empty()) else { return Vec::new() };
        self.heap.owe(own.len() as u64);
        let mut known: HashSet<Arc<str>> = own.iter().filter_map(|entry| self.text(entry.key)).collect();
        let mut found = Vec::new();
        for parent in self.all_parents(namespace) {
            self.heap.owe(self.as_dict(parent).map_or(0, |table| table.len() as u64));
            for entry in self.as_dict(parent).into_iter().flat_map(|table| table.iter()) {
                if let Some(name) = self.text(entry.key)
                    && !name.starts_with('_')
                    && known.insert(name)
                {
                    found.push(*entry);
                }
            }
        }
        found
    }
}
