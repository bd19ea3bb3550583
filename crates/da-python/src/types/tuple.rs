//! `tuple`

use super::arguments::{self, natives};
use super::{sequence, slicing};
use crate::code::BinaryOp;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Builtin, Value};
use crate::vm::Vm;

/// Methods; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! { "count" => count, "index" => index };

/// `tuple(iterable=())`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let Some(iterable) = arguments::positional(vm, args, "tuple", 0, 1)?.first().copied() else {
        return vm.tuple(Vec::new());
    };
    if matches!(iterable, Value::Ref(_)) && vm.builtin_type(iterable) == Builtin::Tuple {
        return Ok(iterable);
    }
    let items = vm.collect(iterable)?;
    vm.tuple(items)
}

fn this(vm: &mut Vm<'_>, v: Value, name: &str) -> PyResult {
    if vm.as_tuple(v).is_some() { Ok(vm.builtin(v)) } else { Err(arguments::wrong_receiver(vm, name, v)) }
}

fn count(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, wanted) = arguments::one(vm, args, "tuple.count")?;
    let tuple = this(vm, receiver, "tuple.count")?;
    sequence::count(vm, tuple, wanted)
}

fn index(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "tuple.index", 1, 3)?;
    let tuple = this(vm, receiver, "tuple.index")?;
    match sequence::index(vm, tuple, rest)? {
        Some(place) => Ok(Value::Int(i64::try_from(place).unwrap_or(i64::MAX))),
        None => Err(vm.value_error("tuple.index(x): x not in tuple")),
    }
}

/// `tuple op other`; `None` when the operand is not for it.
pub(crate) fn binary(vm: &mut Vm<'_>, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    match op {
        BinaryOp::Add if vm.as_tuple(b).is_some() => {
            let items = sequence::concat(vm, a, b)?;
            vm.tuple(items).map(Some)
        }
        BinaryOp::Mul => {
            let Some(times) = super::times(vm, b)? else { return Ok(None) };
            let items = sequence::repeat(vm, a, times)?;
            vm.tuple(items).map(Some)
        }
        _ => Ok(None),
    }
}

/// `tuple[key]`
pub(crate) fn get_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult {
    if let Some(slice) = vm.as_slice(key) {
        let items = sequence::slice(vm, v, slice)?;
        return vm.tuple(items);
    }
    let index = sequence::key_index(vm, "tuple", key)?;
    let items = vm.as_tuple(v).unwrap_or(&[]);
    match slicing::place(index, items.len()) {
        Some(place) => Ok(items[place]),
        None => Err(vm.index_error("tuple index out of range", v, key)),
    }
}

/// `hash(tuple)`, from the hashes of its items in their order.
pub(crate) fn hash(vm: &mut Vm<'_>, v: Value) -> PyResult<u64> {
    const PRIMES: [u64; 3] = [11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 2_870_177_450_012_600_261];
    let items = vm.as_tuple(v).unwrap_or(&[]).to_vec();
    let mut hash = PRIMES[2];
    for item in &items {
        vm.pay(4)?;
        let lane = vm.hash(*item)?;
        hash = hash.wrapping_add(lane.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0]);
    }
    Ok(hash.wrapping_add(items.len() as u64 ^ (PRIMES[2] ^ 3_527_539)))
}
