//! `str`: finding parts of a text, and cutting or replacing them.

use super::{byte_at, chars_before, needle, this};
use crate::error::{PyResult, Raised};
use crate::native::Args;
use crate::types::arguments::{self, work};
use crate::types::slicing::Places;
use crate::value::{Str, Value};
use crate::vm::Vm;
use std::ops::Range;

/// A stretch of a text in bytes; `None` when it starts behind the end, where not even '' is found.
fn stretch(vm: &mut Vm<'_>, text: &Str, start: Option<Value>, stop: Option<Value>) -> PyResult<Option<Range<usize>>> {
    let start = arguments::bound(vm, start)?;
    let stop = arguments::bound(vm, stop)?;
    let len = i64::try_from(text.len()).unwrap_or(i64::MAX);
    let places = Places::fit(start, stop, 1, text.len());
    if start.unwrap_or(0) > len || places.start > places.stop {
        return Ok(None);
    }
    let Some(range) = places.range() else { return Ok(None) };
    Ok(Some(byte_at(text, range.start)..byte_at(text, range.end)))
}

fn locate(vm: &mut Vm<'_>, args: &Args, name: &str, last: bool) -> PyResult<Option<i64>> {
    let (receiver, rest) = arguments::between(vm, args, name, 1, 3)?;
    let text = this(vm, receiver, name)?;
    let part = needle(vm, rest[0])?;
    vm.pay((text.text().len() + part.text().len()) as u64 / 6)?;
    let Some(range) = stretch(vm, &text, rest.get(1).copied(), rest.get(2).copied())? else { return Ok(None) };
    let start = range.start;
    let within = text.text().get(range).unwrap_or("");
    let found = if last { within.rfind(part.text()) } else { within.find(part.text()) };
    Ok(found.and_then(|at| i64::try_from(chars_before(&text, start + at)).ok()))
}

pub(super) fn find(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    locate(vm, args, "str.find", false).map(|place| Value::Int(place.unwrap_or(-1)))
}

pub(super) fn rfind(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    locate(vm, args, "str.rfind", true).map(|place| Value::Int(place.unwrap_or(-1)))
}

pub(super) fn index(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    locate(vm, args, "str.index", false)?.map(Value::Int).ok_or_else(|| vm.value_error("substring not found"))
}

pub(super) fn rindex(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    locate(vm, args, "str.rindex", true)?.map(Value::Int).ok_or_else(|| vm.value_error("substring not found"))
}

pub(super) fn count(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "str.count", 1, 3)?;
    let text = this(vm, receiver, "str.count")?;
    let part = needle(vm, rest[0])?;
    vm.pay((text.text().len() + part.text().len()) as u64 / 2)?;
    let Some(range) = stretch(vm, &text, rest.get(1).copied(), rest.get(2).copied())? else {
        return Ok(Value::Int(0));
    };
    let within = text.text().get(range).unwrap_or("");
    let count = within.matches(part.text()).count();
    Ok(Value::Int(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn affixed(vm: &mut Vm<'_>, args: &Args, name: &str, holds: fn(&str, &str) -> bool) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, name, 1, 3)?;
    if let [part] = rest
        && let (Some(text), Some(part)) = (vm.as_str(receiver), vm.as_str(*part))
    {
        let (holds, read) = (holds(text.text(), part.text()), part.text().len());
        vm.pay_for_reading(read)?;
        return Ok(Value::from(holds));
    }
    let text = this(vm, receiver, name)?;
    let method = name.trim_start_matches("str.");
    let wanted = rest[0];
    if !text.is_ascii() {
        vm.pay_for_reading(text.text().len() * 4)?;
    }
    let range = stretch(vm, &text, rest.get(1).copied(), rest.get(2).copied())?;
    let within = range.map(|range| text.text().get(range).unwrap_or(""));
    if let Some(part) = vm.text(wanted) {
        vm.pay_for_reading(part.len())?;
        return Ok(Value::from(within.is_some_and(|within| holds(within, &part))));
    }
    let Some(parts) = vm.as_tuple(wanted).map(<[Value]>::to_vec) else {
        let found = vm.type_name(wanted);
        return Err(vm.type_error(format!("{method} first arg must be str or a tuple of str, not {found}")));
    };
    for part in parts {
        let Some(part) = vm.text(part) else {
            let found = vm.type_name(part);
            return Err(vm.type_error(format!("tuple for {method} must only contain str, not {found}")));
        };
        vm.pay(1 + part.len() as u64 / 64)?;
        if within.is_some_and(|within| holds(within, &part)) {
            return Ok(Value::True);
        }
    }
    Ok(Value::False)
}

pub(super) fn startswith(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    affixed(vm, args, "str.startswith", |text, part| text.starts_with(part))
}

pub(super) fn endswith(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    affixed(vm, args, "str.endswith", |text, part| text.ends_with(part))
}

fn unaffixed(vm: &mut Vm<'_>, args: &Args, name: &str, cut: fn(&str, &str) -> Option<usize>) -> PyResult<(Str, usize)> {
    let (receiver, part) = arguments::one(vm, args, name)?;
    let text = this(vm, receiver, name)?;
    let Some(part) = vm.text(part) else {
        let method = name.trim_start_matches("str.");
        return Err(arguments::argument_must_be(vm, method, "", "str", part));
    };
    work(vm, text.text().len())?;
    let cut = cut(text.text(), &part).unwrap_or(0);
    Ok((text, cut))
}

pub(super) fn removeprefix(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (text, cut) =
        unaffixed(vm, args, "str.removeprefix", |text, part| text.starts_with(part).then_some(part.len()))?;
    vm.str(text.text().get(cut..).unwrap_or(""))
}

pub(super) fn removesuffix(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (text, cut) = unaffixed(vm, args, "str.removesuffix", |text, part| text.ends_with(part).then_some(part.len()))?;
    vm.str(text.text().get(..text.text().len() - cut).unwrap_or(""))
}

fn parted(vm: &mut Vm<'_>, args: &Args, name: &str, last: bool) -> PyResult {
    let (receiver, separator) = arguments::one(vm, args, name)?;
    let text = this(vm, receiver, name)?;
    let separator = needle(vm, separator)?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    vm.pay(text.text().len() as u64 / 16)?;
    work(vm, text.text().len())?;
    let found = if last { text.text().rsplit_once(separator.text()) } else { text.text().split_once(separator.text()) };
    let (before, middle, after) = match found {
        Some((before, after)) => (before, separator.text(), after),
        None if last => ("", "", text.text()),
        None => (text.text(), "", ""),
    };
    let parts = [vm.str(before)?, vm.str(middle)?, vm.str(after)?];
    vm.tuple(parts.to_vec())
}

pub(super) fn partition(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    parted(vm, args, "str.partition", false)
}

pub(super) fn rpartition(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    parted(vm, args, "str.rpartition", true)
}

pub(super) fn replace(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "str.replace", 2, 3)?;
    let text = this(vm, receiver, "str.replace")?;
    let part = |vm: &mut Vm<'_>, place: usize| -> Result<Str, Raised> {
        match vm.as_str(rest[place]) {
            Some(text) => Ok(text.clone()),
            None => {
                let number = format!(" {}", place + 1);
                Err(arguments::argument_must_be(vm, "replace", &number, "str", rest[place]))
            }
        }
    };
    let (old, new) = (part(vm, 0)?, part(vm, 1)?);
    let most = match rest.get(2) {
        Some(most) => usize::try_from(vm.index(*most)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    vm.pay(text.text().len() as u64 / 2)?;
    let times = text.text().matches(old.text()).take(most).count();
    let grown = times.saturating_mul(new.text().len());
    work(vm, text.text().len().saturating_add(grown))?;
    vm.str(text.text().replacen(old.text(), new.text(), times))
}
