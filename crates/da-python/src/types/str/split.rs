//! `str`: splitting, joining and stripping.

use super::{needle, this};
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{self, work};
use crate::types::unicode::is_space;
use crate::value::Value;
use crate::vm::Vm;
use std::iter;
use std::sync::Arc;

/// What it costs to make a piece of its own, beside its text.
const PIECE: u64 = 6;

fn split_arguments(vm: &mut Vm<'_>, args: &Args, name: &str) -> PyResult<(Arc<str>, Option<Arc<str>>, usize)> {
    let (receiver, [separator, most]) = arguments::named(vm, args, name, ["sep", "maxsplit"], 0)?;
    let text = this(vm, receiver, name)?;
    let separator = match separator.filter(|v| !v.is_none()) {
        Some(v) => match vm.text(v) {
            Some(separator) if separator.is_empty() => return Err(vm.value_error("empty separator")),
            Some(separator) => Some(separator),
            None => {
                let found = vm.type_name(v);
                return Err(vm.type_error(format!("must be str or None, not {found}")));
            }
        },
        None => None,
    };
    let most = match most {
        Some(most) => usize::try_from(vm.index(most)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    work(vm, text.text().len())?;
    Ok((Arc::clone(text.shared()), separator, most))
}

fn texts<'a>(vm: &mut Vm<'_>, parts: impl Iterator<Item = &'a str>) -> PyResult<Vec<Value>> {
    let mut values = Vec::new();
    for part in parts {
        vm.pay(PIECE)?;
        if values.len() == values.capacity() {
            // What holds them is not charged before it is a list.
            vm.heap.would_fit(values.len().max(4) * 2 * size_of::<Value>())?;
        }
        values.push(vm.str(part)?);
    }
    Ok(values)
}

pub(super) fn split(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (text, separator, most) = split_arguments(vm, args, "str.split")?;
    let parts = match &separator {
        Some(separator) => texts(vm, text.splitn(most.saturating_add(1), &**separator))?,
        None => texts(vm, words(&text, most))?,
    };
    vm.list(parts)
}

pub(super) fn rsplit(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (text, separator, most) = split_arguments(vm, args, "str.rsplit")?;
    let mut parts = match &separator {
        Some(separator) => texts(vm, text.rsplitn(most.saturating_add(1), &**separator))?,
        None => texts(vm, words_from_end(&text, most))?,
    };
    parts.reverse();
    vm.list(parts)
}

/// Words between white space; after `most` of them the rest, with its own end kept.
fn words(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let (mut rest, mut left) = (text.trim_start_matches(is_space), most);
    iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if left == 0 { None } else { rest.find(is_space) };
        left = left.saturating_sub(1);
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after.trim_start_matches(is_space);
        Some(word)
    })
}

/// The same from the end, the last word first.
fn words_from_end(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let (mut rest, mut left) = (text.trim_end_matches(is_space), most);
    iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let space = if left == 0 { None } else { rest.char_indices().rev().find(|(_, c)| is_space(*c)) };
        left = left.saturating_sub(1);
        let (before, word) = rest.split_at(space.map_or(0, |(at, c)| at + c.len_utf8()));
        rest = before.trim_end_matches(is_space);
        Some(word)
    })
}

pub(super) fn splitlines(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [keep]) = arguments::named(vm, args, "str.splitlines", ["keepends"], 0)?;
    let text = this(vm, receiver, "str.splitlines")?;
    let keep = arguments::flag(vm, keep, false)?;
    work(vm, text.text().len())?;
    let mut rest = text.text();
    let lines = iter::from_fn(|| {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(is_line_end).unwrap_or(rest.len());
        let after = rest.get(end..).unwrap_or("");
        let ending = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        let shown = if keep { end + ending } else { end };
        let line = rest.get(..shown).unwrap_or("");
        rest = rest.get(end + ending..).unwrap_or("");
        Some(line)
    });
    let lines = texts(vm, lines)?;
    vm.list(lines)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

pub(super) fn join(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, iterable) = arguments::one(vm, args, "str.join")?;
    let separator = this(vm, receiver, "str.join")?;
    let items = match vm.as_sequence(iterable).map(<[Value]>::to_vec) {
        Some(items) => items,
        None => match vm.iter(iterable) {
            Ok(iterator) => vm.collect(iterator)?,
            Err(raised) if vm.exception_is(&raised, "TypeError") => {
                return Err(vm.type_error("can only join an iterable"));
            }
            Err(raised) => return Err(raised),
        },
    };
    let mut bytes = items.len().saturating_mul(separator.text().len());
    for (place, item) in items.iter().enumerate() {
        let Some(text) = vm.as_str(*item) else {
            let found = vm.type_name(*item);
            return Err(vm.type_error(format!("sequence item {place}: expected str instance, {found} found")));
        };
        bytes = bytes.saturating_add(text.text().len());
    }
    vm.pay(items.len() as u64)?;
    work(vm, bytes)?;
    vm.str_of(|vm, out| {
        out.reserve(bytes);
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                out.push_str(separator.text());
            }
            out.push_str(vm.as_str(*item).map_or("", |text| text.text()));
        }
    })
}

fn stripped(vm: &mut Vm<'_>, args: &Args, name: &str, left: bool, right: bool) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, name, 0, 1)?;
    let text = this(vm, receiver, name)?;
    let chars = match rest.first().copied().filter(|v| !v.is_none()) {
        Some(chars) => match vm.as_str(chars) {
            Some(_) => Some(needle(vm, chars)?),
            None => {
                let method = name.trim_start_matches("str.");
                return Err(vm.type_error(format!("{method} arg must be None or str")));
            }
        },
        None => None,
    };
    vm.pay(text.text().len() as u64 * (1 + chars.as_ref().map_or(0, |chars| chars.text().len() as u64) / 8))?;
    let unwanted = |c: char| chars.as_ref().map_or_else(|| is_space(c), |chars| chars.text().contains(c));
    let mut kept = text.text();
    if left {
        kept = kept.trim_start_matches(unwanted);
    }
    if right {
        kept = kept.trim_end_matches(unwanted);
    }
    if kept.len() == text.text().len() {
        return Ok(vm.builtin(receiver));
    }
    vm.str(kept)
}

pub(super) fn strip(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    stripped(vm, args, "str.strip", true, true)
}

pub(super) fn lstrip(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    stripped(vm, args, "str.lstrip", true, false)
}

pub(super) fn rstrip(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    stripped(vm, args, "str.rstrip", false, true)
}
