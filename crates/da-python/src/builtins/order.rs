//! `sorted`, `min`, `max`
//!
//! Comparing may run Python code; what is compared is rooted.

use super::iterate::fold;
use crate::code::CompareOp;
use crate::error::PyResult;
use crate::native::Args;
use crate::types;
use crate::types::arguments::{flag, positional};
use crate::value::Value;
use crate::vm::Vm;

pub(super) fn sorted(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let own = Args::of(&args.positional);
    let iterable = positional(vm, &own, "sorted", 1, 1)?[0];
    let mut items = vm.collect(iterable)?;
    let (key, reverse) = options(vm, args)?;
    types::sort(vm, &mut items, key, reverse)?;
    vm.list(items)
}

/// `key` and `reverse`.
fn options(vm: &mut Vm<'_>, args: &Args) -> PyResult<(Option<Value>, bool)> {
    let (mut key, mut reverse) = (None, None);
    for (name, value) in &args.keywords {
        match &**name {
            "key" => key = Some(*value).filter(|key| !key.is_none()),
            "reverse" => reverse = Some(*value),
            _ => return Err(vm.type_error(format!("'{name}' is an invalid keyword argument for sort()"))),
        }
    }
    Ok((key, flag(vm, reverse, false)?))
}

pub(super) fn min(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    extreme(vm, args, "min", CompareOp::Lt)
}

pub(super) fn max(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    extreme(vm, args, "max", CompareOp::Gt)
}

fn extreme(vm: &mut Vm<'_>, args: &Args, function: &str, op: CompareOp) -> PyResult {
    let (mut key, mut default) = (None, None);
    for (name, value) in &args.keywords {
        match &**name {
            "key" => key = Some(*value).filter(|key| !key.is_none()),
            "default" => default = Some(*value),
            _ => return Err(vm.type_error(format!("'{name}' is an invalid keyword argument for {function}()"))),
        }
    }
    let iterable = match args.positional[..] {
        [] => return Err(vm.type_error(format!("{function} expected at least 1 argument, got 0"))),
        [iterable] => iterable,
        _ if default.is_some() => {
            let message = format!("Cannot specify a default for {function}() with multiple positional arguments");
            return Err(vm.type_error(message));
        }
        _ => vm.tuple(args.positional.clone())?,
    };
    let mut any = false;
    let [_, best] = fold(vm, iterable, [Value::None; 2], |vm, [held, winner], item| {
        let by = match key {
            Some(key) => vm.call(key, &[item])?,
            None => item,
        };
        let wins = !any || holds(vm, op, by, held)?;
        any = true;
        Ok(if wins { [by, item] } else { [held, winner] })
    })?;
    match any.then_some(best).or(default) {
        Some(value) => Ok(value),
        None => Err(vm.value_error(format!("{function}() arg is an empty sequence"))),
    }
}

fn holds(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult<bool> {
    let result = vm.compare(op, a, b)?;
    vm.truth(result)
}
