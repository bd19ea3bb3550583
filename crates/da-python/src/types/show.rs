//! `repr` of the built-in types. A container that is inside itself is shown as `[...]`.

use super::number::{self, Number};
use super::{bytes, complex, dict, kind, range, sequence, set, str};
use crate::error::PyResult;
use crate::value::{Builtin, Iter, Object, Value, ViewKind};
use crate::vm::Vm;

/// `repr(v)`; `None` for what is shown by its class and address.
pub(crate) fn repr(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<String>> {
    if let Some(value) = vm.builtin(v).as_bool() {
        return Ok(Some(if value { "True" } else { "False" }.into()));
    }
    if let Some(number) = Number::of(vm, v) {
        return number::repr(vm, &number).map(Some);
    }
    if let Some(text) = vm.text(v) {
        return str::repr(vm, &text).map(Some);
    }
    match kind(vm, v) {
        Builtin::Complex => Ok(complex::of(vm, v).map(complex::repr).unwrap_or_default()),
        Builtin::NoneType => Ok("None".into()),
        Builtin::NotImplementedType => Ok("NotImplemented".into()),
        Builtin::Ellipsis => Ok("Ellipsis".into()),
        Builtin::List if vm.as_list(v).is_some_and(Vec::is_empty) => Ok("[]".into()),
        Builtin::List => guarded(vm, v, "[...]", |vm| sequence::repr(vm, v, "[", "]")),
        Builtin::Tuple if vm.as_tuple(v).is_some_and(<[Value]>::is_empty) => Ok("()".into()),
        Builtin::Tuple => guarded(vm, v, "(...)", |vm| sequence::repr(vm, v, "(", ")")),
        Builtin::Dict => guarded(vm, v, "{...}", |vm| dict::repr(vm, v)),
        Builtin::Set | Builtin::FrozenSet => {
            let inside = format!("{}(...)", vm.type_name(v));
            guarded(vm, v, &inside, |vm| set::repr(vm, v))
        }
        Builtin::Bytes | Builtin::ByteArray => bytes::repr(vm, v),
        Builtin::Range => Ok(vm.as_range(v).map(|range| range::repr(&range)).unwrap_or_default()),
        Builtin::Slice => range::repr_slice(vm, v),
        Builtin::DictKeys | Builtin::DictValues | Builtin::DictItems => {
            guarded(vm, v, "...", |vm| dict::view::repr(vm, v))
        }
        Builtin::Iterator | Builtin::Map | Builtin::Filter | Builtin::Zip | Builtin::Enumerate | Builtin::Reversed
            if vm.as_instance(v).is_none() =>
        {
            Ok(format!("<{} object at 0x{:x}>", iterator_name(vm, v), vm.address(v)))
        }
        Builtin::StaticMethod | Builtin::ClassMethod | Builtin::Super if vm.as_instance(v).is_none() => {
            return wrapper(vm, v);
        }
        _ => return Ok(None),
    }
    .map(Some)
}

/// What wraps a function or looks at an object.
fn wrapper(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<String>> {
    let shown = match vm.heap.object(v) {
        Some(Object::StaticMethod(function)) => ("staticmethod", *function),
        Some(Object::ClassMethod(function)) => ("classmethod", *function),
        Some(Object::Super(found)) => {
            let (class, start) = (found.class, found.start);
            let class = vm.as_class(class).map(|class| class.name.to_string()).unwrap_or_default();
            let start = vm.as_class(start).map_or("NULL".to_owned(), |start| format!("<{} object>", start.name));
            return Ok(Some(format!("<super: <class '{class}'>, {start}>")));
        }
        _ => return Ok(None),
    };
    let (kind, function) = shown;
    Ok(Some(format!("<{kind}({})>", vm.repr(function)?)))
}

/// Shows a container, unless it is being shown already.
fn guarded(
    vm: &mut Vm<'_>,
    v: Value,
    inside: &str,
    f: impl FnOnce(&mut Vm<'_>) -> PyResult<String>,
) -> PyResult<String> {
    let Value::Ref(handle) = vm.builtin(v) else { return f(vm) };
    if vm.showing.contains(&handle) {
        return Ok(inside.to_owned());
    }
    vm.showing.push(handle);
    let shown = f(vm);
    vm.showing.pop();
    shown
}

/// The name of an iterator's type in CPython.
pub(crate) fn iterator_name(vm: &Vm<'_>, v: Value) -> &'static str {
    let Some(Object::Iterator(iter)) = vm.heap.object(v) else { return "iterator" };
    match &**iter {
        Iter::List { .. } => "list_iterator",
        Iter::Tuple { .. } => "tuple_iterator",
        Iter::Str { .. } => "str_iterator",
        Iter::Bytes { .. } => "bytes_iterator",
        Iter::Dict { kind: ViewKind::Keys, .. } => "dict_keyiterator",
        Iter::Dict { kind: ViewKind::Values, .. } => "dict_valueiterator",
        Iter::Dict { kind: ViewKind::Items, .. } => "dict_itemiterator",
        Iter::Set { .. } => "set_iterator",
        Iter::Range { .. } => "range_iterator",
        Iter::Reversed { .. } => "reversed",
        Iter::CallUntil { .. } => "callable_iterator",
        Iter::Map { .. } => "map",
        Iter::Filter { .. } => "filter",
        Iter::Zip { .. } => "zip",
        Iter::Enumerate { .. } => "enumerate",
        Iter::Sequence { .. } | Iter::Done(_) => "iterator",
    }
}
