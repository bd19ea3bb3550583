//! Keys: those whose hash needs the whole graph (instances, tuples that hold them, ...) wait until
//! it is there.
//!
//! This is the only place of reading where code of the interview's runs (`__hash__`, `__eq__`).

use super::SnapshotError;
use super::decode::raised;
use crate::error::PyResult;
use crate::heap::Handle;
use crate::types;
use crate::value::{Dict, Object, Value};
use crate::vm::Vm;

/// Tables with entries that wait, those inside others first.
#[derive(Debug, Default)]
pub(super) struct Late {
    tables: Vec<(Handle, Vec<Value>)>,
}

impl Late {
    /// Keeps entries of a table, keys and values in turns.
    pub(super) fn add(&mut self, table: Handle, entries: Vec<Value>) {
        self.tables.push((table, entries));
    }

    /// Puts all of them in.
    pub(super) fn insert(self, vm: &mut Vm<'_>) -> Result<(), SnapshotError> {
        for (table, entries) in self.tables {
            for entry in entries.chunks_exact(2) {
                put_any(vm, table, entry[0], entry[1]).map_err(|error| raised(vm, error))?;
            }
        }
        Ok(())
    }
}

/// Whether a key can be hashed and compared at once: a text, a number that is small, `None`.
pub(super) fn is_simple(vm: &Vm<'_>, key: Value) -> bool {
    match key {
        Value::Ref(handle) => matches!(vm.heap.get(handle), Object::Str(_)),
        _ => true,
    }
}

/// Puts an entry into a table; of equal keys the last wins.
pub(super) fn insert(vm: &mut Vm<'_>, table: Handle, key: Value, value: Value) -> Result<(), SnapshotError> {
    put(vm, table, key, value).map_err(|error| raised(vm, error))
}

fn put(vm: &mut Vm<'_>, table: Handle, key: Value, value: Value) -> PyResult<()> {
    let Value::Ref(handle) = key else { return put_any(vm, table, key, value) };
    let (Object::Str(text), Object::Dict(dict)) = (vm.heap.get(handle), vm.heap.get(table)) else {
        return put_any(vm, table, key, value);
    };
    let (hash, place, growth) = (text.hash(), vm.place_of_key(dict, key), dict.growth());
    if place.is_none() {
        vm.heap.charge(growth)?;
    }
    if let Object::Dict(dict) = vm.heap.get_mut(table) {
        match place {
            Some(place) => dict.set_at(place, value),
            None => dict.push(hash, key, value),
        }
    }
    Ok(())
}

fn put_any(vm: &mut Vm<'_>, table: Handle, key: Value, value: Value) -> PyResult<()> {
    let hash = if is_simple(vm, key) { types::hash(vm, key)?.unwrap_or_default() } else { vm.hash(key)? };
    let table = Value::Ref(table);
    if let Some(place) = vm.find_key(table, hash, key)? {
        if let Some(table) = vm.as_table_mut(table) {
            table.set_at(place, value);
        }
        return Ok(());
    }
    let growth = vm.as_dict(table).or_else(|| vm.as_set(table)).map_or(0, Dict::growth);
    vm.heap.charge(growth)?;
    if let Some(table) = vm.as_table_mut(table) {
        table.push(hash, key, value);
    }
    Ok(())
}
