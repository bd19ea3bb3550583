//! `bytes`: finding, cutting and replacing.

use super::{like, same_kind, this};
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{self, work};
use crate::types::slicing::Places;
use crate::value::Value;
use crate::vm::Vm;
use memchr::memmem;
use std::iter;

/// What it costs to make a piece of its own, beside its bytes.
const PIECE: u64 = 6;

/// Where a part is first found.
pub(super) fn position(bytes: &[u8], part: &[u8]) -> Option<usize> {
    memmem::find(bytes, part)
}

fn last_position(bytes: &[u8], part: &[u8]) -> Option<usize> {
    memmem::rfind(bytes, part)
}

/// What is looked for: bytes or a number that is one byte.
pub(super) fn part(vm: &mut Vm<'_>, v: Value, refusal: &str) -> PyResult<Vec<u8>> {
    work(vm, vm.as_bytes(v).map_or(0, <[u8]>::len))?;
    if let Some(bytes) = vm.as_bytes(v) {
        return Ok(bytes.to_vec());
    }
    if vm.as_int(v).is_some() || vm.as_big(v).is_some() {
        return super::byte(vm, v, "byte must be in range(0, 256)").map(|byte| vec![byte]);
    }
    let found = vm.type_name(v);
    Err(vm.type_error(format!("{refusal} '{found}'")))
}

fn locate(vm: &mut Vm<'_>, args: &Args, name: &str, last: bool) -> PyResult<Option<i64>> {
    let (receiver, rest) = arguments::between(vm, args, name, 1, 3)?;
    let bytes = this(vm, receiver, name)?;
    let part = part(vm, rest[0], "argument should be integer or bytes-like object, not")?;
    let Some(range) = stretch(vm, bytes.len(), rest)? else { return Ok(None) };
    work(vm, range.len())?;
    let within = bytes.get(range.clone()).unwrap_or(&[]);
    let found = if last { last_position(within, &part) } else { position(within, &part) };
    Ok(found.and_then(|at| i64::try_from(at + range.start).ok()))
}

fn stretch(vm: &mut Vm<'_>, len: usize, rest: &[Value]) -> PyResult<Option<std::ops::Range<usize>>> {
    let start = arguments::bound(vm, rest.get(1).copied())?;
    let stop = arguments::bound(vm, rest.get(2).copied())?;
    let places = Places::fit(start, stop, 1, len);
    if start.is_some_and(|start| usize::try_from(start).is_ok_and(|start| start > len)) || places.start > places.stop {
        return Ok(None);
    }
    Ok(places.range())
}

pub(super) fn find(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    locate(vm, args, "bytes.find", false).map(|place| Value::Int(place.unwrap_or(-1)))
}

pub(super) fn rfind(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    locate(vm, args, "bytes.rfind", true).map(|place| Value::Int(place.unwrap_or(-1)))
}

pub(super) fn index(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    locate(vm, args, "bytes.index", false)?.map(Value::Int).ok_or_else(|| vm.value_error("subsection not found"))
}

pub(super) fn rindex(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    locate(vm, args, "bytes.rindex", true)?.map(Value::Int).ok_or_else(|| vm.value_error("subsection not found"))
}

pub(super) fn count(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "bytes.count", 1, 3)?;
    let bytes = this(vm, receiver, "bytes.count")?;
    let part = part(vm, rest[0], "argument should be integer or bytes-like object, not")?;
    let Some(range) = stretch(vm, bytes.len(), rest)? else { return Ok(Value::Int(0)) };
    let within = bytes.get(range).unwrap_or(&[]);
    vm.pay(within.len() as u64 / 4)?;
    let count = if part.is_empty() { within.len() + 1 } else { memmem::find_iter(within, &part).count() };
    Ok(Value::Int(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn affixed(vm: &mut Vm<'_>, args: &Args, name: &str, holds: fn(&[u8], &[u8]) -> bool) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, name, 1, 3)?;
    let bytes = this(vm, receiver, name)?;
    let range = stretch(vm, bytes.len(), rest)?;
    let within = range.and_then(|range| bytes.get(range));
    let parts = match vm.as_tuple(rest[0]).map(<[Value]>::to_vec) {
        Some(parts) => parts,
        None if vm.as_bytes(rest[0]).is_some() => vec![rest[0]],
        None => {
            let (found, method) = (vm.type_name(rest[0]), name.trim_start_matches("bytes."));
            let wanted = "bytes or a tuple of bytes";
            return Err(vm.type_error(format!("{method} first arg must be {wanted}, not {found}")));
        }
    };
    for part in parts {
        let part = like(vm, part)?;
        if within.is_some_and(|within| holds(within, &part)) {
            return Ok(Value::True);
        }
    }
    Ok(Value::False)
}

pub(super) fn startswith(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    affixed(vm, args, "bytes.startswith", |bytes, part| bytes.starts_with(part))
}

pub(super) fn endswith(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    affixed(vm, args, "bytes.endswith", |bytes, part| bytes.ends_with(part))
}

pub(super) fn removeprefix(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, part) = arguments::one(vm, args, "bytes.removeprefix")?;
    let (bytes, part) = (this(vm, receiver, "bytes.removeprefix")?, like(vm, part)?);
    same_kind(vm, receiver, bytes.strip_prefix(part.as_slice()).unwrap_or(&bytes).to_vec())
}

pub(super) fn removesuffix(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, part) = arguments::one(vm, args, "bytes.removesuffix")?;
    let (bytes, part) = (this(vm, receiver, "bytes.removesuffix")?, like(vm, part)?);
    same_kind(vm, receiver, bytes.strip_suffix(part.as_slice()).unwrap_or(&bytes).to_vec())
}

fn parted(vm: &mut Vm<'_>, args: &Args, name: &str, last: bool) -> PyResult {
    let (receiver, separator) = arguments::one(vm, args, name)?;
    let (bytes, separator) = (this(vm, receiver, name)?, like(vm, separator)?);
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    work(vm, bytes.len())?;
    let found = if last { last_position(&bytes, &separator) } else { position(&bytes, &separator) };
    let [before, middle, after] = match found {
        Some(at) => [bytes[..at].to_vec(), separator.clone(), bytes[at + separator.len()..].to_vec()],
        None if last => [Vec::new(), Vec::new(), bytes],
        None => [bytes, Vec::new(), Vec::new()],
    };
    let parts =
        vec![same_kind(vm, receiver, before)?, same_kind(vm, receiver, middle)?, same_kind(vm, receiver, after)?];
    vm.tuple(parts)
}

pub(super) fn partition(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    parted(vm, args, "bytes.partition", false)
}

pub(super) fn rpartition(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    parted(vm, args, "bytes.rpartition", true)
}

/// The pieces between the places of a part that is not empty, split at most so many times.
fn pieces<'a>(bytes: &'a [u8], part: &'a [u8], most: usize) -> impl Iterator<Item = &'a [u8]> {
    let (mut start, mut places) = (0, memmem::find_iter(bytes, part).take(most).map(Some).chain([None]));
    iter::from_fn(move || {
        let end = places.next()?;
        let piece = &bytes[start..end.unwrap_or(bytes.len())];
        start = end.map_or(start, |end| end + part.len());
        Some(piece)
    })
}

pub(super) fn replace(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, "bytes.replace", 2, 3)?;
    let bytes = this(vm, receiver, "bytes.replace")?;
    let (old, new) = (like(vm, rest[0])?, like(vm, rest[1])?);
    let most = match rest.get(2) {
        Some(most) => usize::try_from(vm.index(*most)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    vm.pay(bytes.len() as u64 / 4)?;
    if old.is_empty() {
        let times = most.min(bytes.len() + 1);
        work(vm, bytes.len().saturating_add(times.saturating_mul(new.len())))?;
        let mut out = Vec::with_capacity(bytes.len() + times * new.len());
        for place in 0..=bytes.len() {
            if place < times {
                out.extend_from_slice(&new);
            }
            out.extend(bytes.get(place));
        }
        return same_kind(vm, receiver, out);
    }
    let times = memmem::find_iter(&bytes, &old).take(most).count();
    let size = bytes.len().saturating_add(times.saturating_mul(new.len()));
    work(vm, size)?;
    let mut joined = Vec::with_capacity(size);
    for (place, piece) in pieces(&bytes, &old, most).enumerate() {
        if place > 0 {
            joined.extend_from_slice(&new);
        }
        joined.extend_from_slice(piece);
    }
    same_kind(vm, receiver, joined)
}

fn list(vm: &mut Vm<'_>, receiver: Value, pieces: impl Iterator<Item = Vec<u8>>) -> PyResult<Vec<Value>> {
    let mut items = Vec::new();
    for piece in pieces {
        vm.pay(PIECE)?;
        if items.len() == items.capacity() {
            // What holds them is not charged before it is a list.
            vm.heap.would_fit(items.len().max(4) * 2 * size_of::<Value>())?;
        }
        items.push(same_kind(vm, receiver, piece)?);
    }
    Ok(items)
}

pub(super) fn split(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [separator, most]) = arguments::named(vm, args, "bytes.split", ["sep", "maxsplit"], 0)?;
    let bytes = this(vm, receiver, "bytes.split")?;
    let most = match most {
        Some(most) => usize::try_from(vm.index(most)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    vm.pay(bytes.len() as u64 / 8)?;
    let items = match separator.filter(|v| !v.is_none()) {
        None => list(vm, receiver, words(&bytes, most).map(<[u8]>::to_vec))?,
        Some(separator) => {
            let separator = like(vm, separator)?;
            if separator.is_empty() {
                return Err(vm.value_error("empty separator"));
            }
            list(vm, receiver, pieces(&bytes, &separator, most).map(<[u8]>::to_vec))?
        }
    };
    vm.list(items)
}

/// The pieces from the end: what `split` gives for the bytes the other way round.
pub(super) fn rsplit(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [separator, most]) = arguments::named(vm, args, "bytes.rsplit", ["sep", "maxsplit"], 0)?;
    let mut bytes = this(vm, receiver, "bytes.rsplit")?;
    let most = match most {
        Some(most) => usize::try_from(vm.index(most)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    vm.pay(bytes.len() as u64 / 8)?;
    bytes.reverse();
    let turned = |part: &[u8]| part.iter().rev().copied().collect::<Vec<u8>>();
    let mut parts = match separator.filter(|v| !v.is_none()) {
        None => list(vm, receiver, words(&bytes, most).map(turned))?,
        Some(separator) => {
            let mut separator = like(vm, separator)?;
            if separator.is_empty() {
                return Err(vm.value_error("empty separator"));
            }
            separator.reverse();
            list(vm, receiver, pieces(&bytes, &separator, most).map(turned))?
        }
    };
    parts.reverse();
    vm.list(parts)
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0d)
}

fn words(bytes: &[u8], most: usize) -> impl Iterator<Item = &[u8]> {
    let skip = |bytes: &[u8]| bytes.iter().take_while(|&&b| is_space(b)).count();
    let (mut rest, mut left) = (&bytes[skip(bytes)..], most);
    iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = match left {
            0 => rest.len(),
            _ => rest.iter().position(|&b| is_space(b)).unwrap_or(rest.len()),
        };
        left = left.saturating_sub(1);
        let word = &rest[..end];
        rest = &rest[end + skip(&rest[end..])..];
        Some(word)
    })
}

pub(super) fn splitlines(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [keep]) = arguments::named(vm, args, "bytes.splitlines", ["keepends"], 0)?;
    let bytes = this(vm, receiver, "bytes.splitlines")?;
    let keep = arguments::flag(vm, keep, false)?;
    let mut rest = bytes.as_slice();
    let lines = iter::from_fn(|| {
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|&b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        let ending = if rest[end..].starts_with(b"\r\n") { 2 } else { 1.min(rest.len() - end) };
        let line = &rest[..if keep { end + ending } else { end }];
        rest = &rest[end + ending..];
        Some(line.to_vec())
    });
    let lines = list(vm, receiver, lines)?;
    vm.list(lines)
}
