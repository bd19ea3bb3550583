//! `range` and `slice`.

use super::arguments::{self, natives};
use super::number::{self, Number};
use super::{sequence, slicing};
use crate::code::CompareOp;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Iter, Object, Range, Slice, Value};
use crate::vm::Vm;
use num_traits::ToPrimitive;

/// Methods of `range`; the receiver comes first.
pub(crate) static METHODS: &[NativeFunction] = natives! { "count" => count, "index" => index };

/// Read-only attributes of `range`.
pub(crate) static GETTERS: &[NativeFunction] = natives! {
    "start" => |vm, args| part(vm, args, |range| range.start),
    "step" => |vm, args| part(vm, args, |range| range.step),
    "stop" => |vm, args| part(vm, args, |range| range.stop),
};

/// Methods of `slice`; the receiver comes first.
pub(crate) static SLICE_METHODS: &[NativeFunction] = natives! { "indices" => indices };

/// Read-only attributes of `slice`.
pub(crate) static SLICE_GETTERS: &[NativeFunction] = natives! {
    "start" => |vm, args| bound(vm, args, |slice| slice.start),
    "step" => |vm, args| bound(vm, args, |slice| slice.step),
    "stop" => |vm, args| bound(vm, args, |slice| slice.stop),
};

/// How many numbers a range has.
pub(crate) fn len(range: &Range) -> u64 {
    let (low, high) = if range.step > 0 { (range.start, range.stop) } else { (range.stop, range.start) };
    if low >= high {
        return 0;
    }
    let steps = (high.abs_diff(low) - 1).checked_div(range.step.unsigned_abs());
    steps.and_then(|steps| steps.checked_add(1)).unwrap_or(u64::MAX)
}

/// The iterator over a range.
pub(crate) fn steps(range: &Range) -> Iter {
    Iter::Range { next: range.start, step: range.step, left: len(range) }
}

/// The number at a place below the length.
pub(crate) fn at(range: &Range, place: u64) -> i64 {
    // Below the length no part of this overflows, unless the range is longer than i64 counts.
    if let Some(number) =
        i64::try_from(place).ok().and_then(|place| range.start.checked_add(place.checked_mul(range.step)?))
    {
        return number;
    }
    let number = i128::from(range.start) + i128::from(place) * i128::from(range.step);
    i64::try_from(number).unwrap_or(range.stop)
}

/// `range(stop)`, `range(start, stop, step=1)`
pub(crate) fn construct(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "range", 1, 3)?.to_vec();
    let mut numbers = Vec::with_capacity(3);
    for v in given {
        let number = number::index(vm, v)?.whole().and_then(|number| number.to_i64());
        match number {
            Some(number) => numbers.push(number),
            None => return large(vm, args),
        }
    }
    let range = match numbers[..] {
        [stop] => Range { start: 0, stop, step: 1 },
        [start, stop] => Range { start, stop, step: 1 },
        [_, _, 0] => return Err(vm.value_error("range() arg 3 must not be zero")),
        [start, stop, step] => Range { start, stop, step },
        _ => Range { start: 0, stop: 0, step: 1 },
    };
    vm.make(Object::Range(Box::new(range)))
}

/// A range of numbers beyond 64 bits: an object that is written in Python.
fn large(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let module = vm.import("_range")?;
    let class = vm.get_attr(module, "LargeRange")?;
    vm.call_with(class, args.clone())
}

fn this(vm: &mut Vm<'_>, v: Value, name: &str) -> PyResult<Range> {
    vm.as_range(v).ok_or_else(|| arguments::wrong_receiver(vm, name, v))
}

fn part(vm: &mut Vm<'_>, args: &Args, part: fn(Range) -> i64) -> PyResult {
    let receiver = arguments::receiver(vm, args, "range.start")?;
    this(vm, receiver, "range.start").map(|range| Value::Int(part(range)))
}

/// The place of a number in a range.
fn place_of(range: &Range, number: i64) -> Option<u64> {
    let offset = i128::from(number) - i128::from(range.start);
    let step = i128::from(range.step);
    let place = u64::try_from(offset / step).ok()?;
    (offset % step == 0 && place < len(range)).then_some(place)
}

/// The place of a value that equals a number of the range.
fn find(vm: &mut Vm<'_>, v: Value, range: &Range, wanted: Value) -> PyResult<Option<u64>> {
    match Number::of(vm, wanted) {
        Some(Number::Int(number)) => Ok(place_of(range, number)),
        Some(Number::Big(_)) => Ok(None),
        Some(Number::Float(x)) => {
            let whole = x.to_i64().filter(|_| x.fract() == 0.0);
            Ok(whole.and_then(|number| place_of(range, number)))
        }
        None if matches!(vm.object(wanted), Some(Object::Instance(_))) => {
            let iterator = vm.iter(v)?;
            let mut place = 0;
            while let Some(item) = vm.next(iterator)? {
                vm.pay(4)?;
                if vm.eq(item, wanted)? {
                    return Ok(Some(place));
                }
                place += 1;
            }
            Ok(None)
        }
        None => Ok(None),
    }
}

/// `item in range`
pub(crate) fn contains(vm: &mut Vm<'_>, v: Value, item: Value) -> PyResult<bool> {
    let Some(range) = vm.as_range(v) else { return Ok(false) };
    Ok(find(vm, v, &range, item)?.is_some())
}

fn count(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, wanted) = arguments::one(vm, args, "range.count")?;
    let range = this(vm, receiver, "range.count")?;
    Ok(Value::Int(i64::from(find(vm, receiver, &range, wanted)?.is_some())))
}

fn index(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, wanted) = arguments::one(vm, args, "range.index")?;
    let range = this(vm, receiver, "range.index")?;
    match find(vm, receiver, &range, wanted)? {
        Some(place) => Ok(Value::Int(i64::try_from(place).unwrap_or(i64::MAX))),
        None => {
            let shown = vm.repr(wanted)?;
            Err(vm.value_error(format!("{shown} is not in range")))
        }
    }
}

/// `range[key]`
pub(crate) fn get_item(vm: &mut Vm<'_>, v: Value, key: Value) -> PyResult {
    let range = this(vm, v, "range.__getitem__")?;
    let len = usize::try_from(len(&range)).unwrap_or(usize::MAX);
    if let Some(slice) = vm.as_slice(key) {
        let places = arguments::places(vm, slice, len)?;
        let number = |place: i64| {
            let number = i128::from(range.start) + i128::from(place) * i128::from(range.step);
            i64::try_from(number).unwrap_or(range.stop)
        };
        let step = range.step.saturating_mul(places.step);
        let cut = Range { start: number(places.start), stop: number(places.stop), step };
        return vm.make(Object::Range(Box::new(cut)));
    }
    let index = sequence::key_index(vm, "range", key)?;
    match slicing::place(index, len) {
        Some(place) => Ok(Value::Int(at(&range, place as u64))),
        None => Err(vm.index_error("range object index out of range", v, key)),
    }
}

/// `a == b` of ranges, which compare as the sequences that they are.
pub(crate) fn eq(a: &Range, b: &Range) -> bool {
    let count = len(a);
    count == len(b) && (count == 0 || (a.start == b.start && (count == 1 || a.step == b.step)))
}

/// What equal ranges have in common, for hashing.
pub(crate) fn hash(range: &Range) -> u64 {
    let count = len(range);
    let start = if count > 0 { range.start } else { 0 };
    let step = if count > 1 { range.step } else { 0 };
    let mix = |hash: u64, part: u64| (hash.rotate_left(5) ^ part).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95);
    mix(mix(mix(7, count), start.cast_unsigned()), step.cast_unsigned())
}

/// `repr(range)`
pub(crate) fn repr(range: &Range) -> String {
    let Range { start, stop, step } = range;
    if *step == 1 { format!("range({start}, {stop})") } else { format!("range({start}, {stop}, {step})") }
}

/// `slice(stop)`, `slice(start, stop, step=None)`
pub(crate) fn construct_slice(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let slice = match *arguments::positional(vm, args, "slice", 1, 3)? {
        [stop] => Slice { start: Value::None, stop, step: Value::None },
        [start, stop] => Slice { start, stop, step: Value::None },
        [start, stop, step] => Slice { start, stop, step },
        _ => Slice { start: Value::None, stop: Value::None, step: Value::None },
    };
    vm.make(Object::Slice(Box::new(slice)))
}

fn bound(vm: &mut Vm<'_>, args: &Args, part: fn(Slice) -> Value) -> PyResult {
    let receiver = arguments::receiver(vm, args, "slice.start")?;
    match vm.as_slice(receiver) {
        Some(slice) => Ok(part(slice)),
        None => Err(arguments::wrong_receiver(vm, "slice.start", receiver)),
    }
}

fn indices(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, len) = arguments::one(vm, args, "slice.indices")?;
    let Some(slice) = vm.as_slice(receiver) else {
        return Err(arguments::wrong_receiver(vm, "slice.indices", receiver));
    };
    let len = vm.index(len)?;
    let Ok(len) = usize::try_from(len) else { return Err(vm.value_error("length should not be negative")) };
    let places = arguments::places(vm, slice, len)?;
    vm.tuple(vec![Value::Int(places.start), Value::Int(places.stop), Value::Int(places.step)])
}

/// A slice as the tuple that it compares as.
pub(crate) fn parts(vm: &mut Vm<'_>, v: Value) -> PyResult<Option<Value>> {
    match vm.as_slice(v) {
        Some(slice) => vm.tuple(vec![slice.start, slice.stop, slice.step]).map(Some),
        None => Ok(None),
    }
}

/// `a == b` and others of slices.
pub(crate) fn compare_slices(vm: &mut Vm<'_>, op: CompareOp, a: Value, b: Value) -> PyResult<Option<Value>> {
    let (Some(a), Some(b)) = (parts(vm, a)?, parts(vm, b)?) else { return Ok(None) };
    sequence::compare(vm, op, a, b).map(Some)
}

/// `repr(slice)`
pub(crate) fn repr_slice(vm: &mut Vm<'_>, v: Value) -> PyResult<String> {
    match parts(vm, v)? {
        Some(parts) => sequence::repr(vm, parts, "slice(", ")"),
        None => Ok(String::new()),
    }
}
