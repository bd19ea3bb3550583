//! What containers do: how long they are, what they hold. `None` says that the operation is not for these types.

use super::{bytes, dict, kind, list, memory, range, sequence, set, str, tuple};
use crate::error::PyResult;
use crate::value::{Builtin, Dict, Value};
use crate::vm::Vm;

/// `len(v)`
pub(crate) fn len(vm: &mut Vm<'_>, v: Value) -> Option<usize> {
    match kind(vm, v) {
        Builtin::Str => vm.as_str(v).map(crate::value::Str::len),
        Builtin::List | Builtin::Tuple => vm.as_sequence(v).map(<[Value]>::len),
        Builtin::Dict => vm.as_dict(v).map(|table| table.len() + vm.count_behind(v)),
        Builtin::Set | Builtin::FrozenSet => vm.as_set(v).map(Dict::len),
        Builtin::Bytes | Builtin::ByteArray | Builtin::MemoryView => vm.as_bytes(v).map(<[u8]>::len),
        Builtin::Range => vm.as_range(v).map(|range| usize::try_from(range::len(&range)).unwrap_or(usize::MAX)),
        Builtin::DictKeys | Builtin::DictValues | Builtin::DictItems => Some(dict::view::len(vm, v)),
        _ => None,
    }
}

/// `v[key]`
pub(crate) fn get_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult<Option<Value>> {
    match kind(vm, v) {
        Builtin::List => list::get_item(vm, v, key),
        Builtin::Dict => dict::get_item(vm, v, key),
        Builtin::Str => str::get_item(vm, v, key),
        Builtin::Tuple => tuple::get_item(vm, v, key),
        Builtin::Bytes | Builtin::ByteArray => bytes::get_item(vm, v, key),
        Builtin::MemoryView => memory::get_item(vm, v, key),
        Builtin::Range => range::get_item(vm, v, key),
        _ => return Ok(None),
    }
    .map(Some)
}

/// `v[key] = value`
pub(crate) fn set_item(vm: &mut Vm<'_>, v: Value, key: Value, value: Value) -> PyResult<Option<()>> {
    match kind(vm, v) {
        Builtin::List => list::set_item(vm, v, key, value),
        Builtin::Dict => vm.dict_set(v, key, value),
        Builtin::ByteArray => bytes::set_item(vm, v, key, value),
        Builtin::MemoryView => memory::set_item(vm, v, key, value),
        _ => return Ok(None),
    }
    .map(Some)
}

/// `del v[key]`
pub(crate) fn del_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult<Option<()>> {
    match kind(vm, v) {
        Builtin::List => list::del_item(vm, v, key),
        Builtin::Dict => dict::del_item(vm, v, key),
        Builtin::ByteArray => bytes::del_item(vm, v, key),
        Builtin::MemoryView => return Err(vm.type_error("cannot delete memory")),
        _ => return Ok(None),
    }
    .map(Some)
}

/// `item in container`
pub(crate) fn contains(vm: &mut Vm<'_>, container: Value, item: Value) -> PyResult<Option<bool>> {
    match kind(vm, container) {
        Builtin::Str => str::contains(vm, container, item),
        Builtin::List | Builtin::Tuple => sequence::contains(vm, vm.builtin(container), item),
        Builtin::Dict => vm.dict_get(container, item).map(|found| found.is_some()),
        Builtin::Set | Builtin::FrozenSet => {
            let item = set::sought(vm, item)?;
            vm.dict_get(container, item).map(|found| found.is_some())
        }
        Builtin::Bytes | Builtin::ByteArray => bytes::contains(vm, container, item),
        Builtin::MemoryView => memory::contains(vm, container, item),
        Builtin::Range => range::contains(vm, container, item),
        Builtin::DictKeys | Builtin::DictValues | Builtin::DictItems => dict::view::contains(vm, container, item),
        _ => return Ok(None),
    }
    .map(Some)
}
