//! Iterators and what goes over them: `len`, `iter`, `next`, `map`, `filter`, `zip`, `enumerate`,
//! `reversed`, `sum`, `any`, `all`
//!
//! The lazy ones make an `Iter`; the machine moves it.

use crate::code::BinaryOp;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{positional, single};
use crate::types::iterator::make;
use crate::types::range;
use crate::value::{Iter, Object, Range, Value};
use crate::vm::{STEP, Vm};
use std::ops::ControlFlow;

pub(super) fn len(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "len")?;
    let len = vm.len(value)?;
    match i64::try_from(len) {
        Ok(len) => Ok(Value::Int(len)),
        Err(_) => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

pub(super) fn iter(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    match *positional(vm, args, "iter", 1, 2)? {
        [callable, sentinel] => {
            if !vm.is_callable(callable) {
                return Err(vm.type_error("iter(v, w): v must be callable"));
            }
            make(vm, Iter::CallUntil { callable, sentinel })
        }
        [value, ..] => vm.iter(value),
        [] => Ok(Value::None),
    }
}

pub(super) fn next(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "next", 1, 2)?;
    match (vm.next_or_result(given[0])?, given.get(1)) {
        (Ok(value), _) => Ok(value),
        (Err(_), Some(default)) => Ok(*default),
        (Err(returned), None) => Err(vm.stop_iteration(returned)),
    }
}

pub(crate) fn map(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    if !args.keywords.is_empty() {
        return Err(vm.type_error("map() takes no keyword arguments"));
    }
    let Some((&function, iterables)) = args.positional.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return Err(vm.type_error("map() must have at least two arguments."));
    };
    let iterators = iterators(vm, iterables)?;
    make(vm, Iter::Map { function, iterators })
}

fn iterators(vm: &mut Vm<'_>, iterables: &[Value]) -> PyResult<Box<[Value]>> {
    iterables.iter().map(|iterable| vm.iter(*iterable)).collect()
}

pub(crate) fn filter(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = positional(vm, args, "filter", 2, 2)?;
    let iterator = vm.iter(given[1])?;
    make(vm, Iter::Filter { function: given[0], iterator })
}

pub(crate) fn zip(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let mut strict = false;
    for (name, value) in &args.keywords {
        if &**name != "strict" {
            return Err(vm.type_error(format!("'{name}' is an invalid keyword argument for zip()")));
        }
        strict = vm.truth(*value)?;
    }
    let iterators = iterators(vm, &args.positional)?;
    make(vm, Iter::Zip { iterators, strict })
}

pub(crate) fn enumerate(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = args.positional.len() + args.keywords.len();
    if given > 2 {
        return Err(vm.type_error(format!("enumerate() takes at most 2 arguments ({given} given)")));
    }
    let [iterable, start] = args.bind(vm, "enumerate", ["iterable", "start"], 0)?;
    let Some(iterable) = iterable else {
        return Err(vm.type_error("enumerate() missing required argument 'iterable'"));
    };
    let count = match start {
        Some(start) => {
            let number = crate::types::number::index(vm, start)?.whole().unwrap_or_default();
            vm.int(number)?
        }
        None => Value::Int(0),
    };
    let iterator = vm.iter(iterable)?;
    make(vm, Iter::Enumerate { iterator, count })
}

pub(crate) fn reversed(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let value = single(vm, args, "reversed")?;
    if let Some(function) = vm.special(value, "__reversed__") {
        if function.is_none() {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("'{name}' object is not reversible")));
        }
        return vm.call(function, &[value]);
    }
    let plain = vm.builtin(value);
    let indexed = vm.as_instance(value).is_some() && vm.get_attr_opt(value, "__getitem__")?.is_some();
    match vm.heap.object(plain) {
        Some(
            Object::List(_)
            | Object::Tuple(_)
            | Object::Str(_)
            | Object::Bytes(_)
            | Object::ByteArray(_)
            | Object::MemoryView(_),
        ) => {
            let next = vm.len(plain)?;
            make(vm, Iter::Reversed { sequence: plain, next })
        }
        Some(Object::Range(range)) => {
            let range = reverse(**range);
            make(vm, range::steps(&range))
        }
        Some(Object::Dict(_) | Object::View { .. }) => {
            let mut items = vm.collect(plain)?;
            items.reverse();
            let list = vm.list(items)?;
            make(vm, Iter::List { list, next: 0 })
        }
        Some(Object::Instance(_)) if indexed => {
            let next = vm.len(value)?;
            make(vm, Iter::Reversed { sequence: value, next })
        }
        _ => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("'{name}' object is not reversible")))
        }
    }
}

fn reverse(range: Range) -> Range {
    match range::len(&range) {
        0 => Range { start: 0, stop: 0, step: 1 },
        len => {
            let last = range::at(&range, len - 1);
            let step = range.step.wrapping_neg();
            Range { start: last, stop: range.start.saturating_add(if step > 0 { 1 } else { -1 }), step }
        }
    }
}

pub(super) fn sum(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [iterable, start] = args.bind(vm, "sum", ["iterable", "start"], 1)?;
    let iterable = iterable.unwrap_or(Value::None);
    let start = start.unwrap_or(Value::Int(0));
    if vm.as_str(start).is_some() {
        return Err(vm.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    if vm.as_bytes(start).is_some() {
        return Err(vm.type_error("sum() can't sum bytes [use b''.join(seq) instead]"));
    }
    fold(vm, iterable, [start, Value::None], |vm, [total, _], item| {
        Ok([vm.binary(BinaryOp::Add, total, item)?, Value::None])
    })
    .map(|[total, _]| total)
}

/// Goes over an iterable with two values in hand, which alone are kept alive from item to item.
pub(super) fn fold(
    vm: &mut Vm<'_>,
    iterable: Value,
    mut held: [Value; 2],
    mut step: impl FnMut(&mut Vm<'_>, [Value; 2], Value) -> PyResult<[Value; 2]>,
) -> PyResult<[Value; 2]> {
    let iterator = vm.iter(iterable)?;
    let roots = vm.heap.roots.len();
    while let Some(item) = vm.next(iterator)? {
        vm.pay(STEP)?;
        vm.root(item);
        held = step(vm, held, item)?;
        vm.heap.roots.truncate(roots);
        vm.root(held[0]);
        vm.root(held[1]);
        vm.rest();
    }
    Ok(held)
}

pub(super) fn any(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    seek(vm, args, "any", true)
}

pub(super) fn all(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    seek(vm, args, "all", false).map(|found| Value::from(matches!(found, Value::False)))
}

/// Whether there is an item whose truth is `wanted`; stops at the first.
fn seek(vm: &mut Vm<'_>, args: &Args, function: &str, wanted: bool) -> PyResult {
    let iterable = single(vm, args, function)?;
    let mut found = false;
    vm.for_each(iterable, |vm, item| {
        if vm.truth(item)? == wanted {
            found = true;
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Value::from(found))
}
