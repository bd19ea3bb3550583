//! `str`: filling up to a width.

use super::this;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments::{self, work};
use crate::value::Value;
use crate::vm::Vm;

fn padded(vm: &mut Vm<'_>, args: &Args, name: &str, left_of: fn(usize, usize) -> usize) -> PyResult {
    let (receiver, rest) = arguments::between(vm, args, name, 1, 2)?;
    let text = this(vm, receiver, name)?;
    let width = arguments::count(vm, rest[0])?;
    let fill = match rest.get(1) {
        Some(fill) => fill_character(vm, *fill)?,
        None => ' ',
    };
    let pad = width.saturating_sub(text.len());
    if pad == 0 {
        return Ok(vm.builtin(receiver));
    }
    let bytes = pad.saturating_mul(fill.len_utf8()).saturating_add(text.text().len());
    work(vm, bytes)?;
    let left = left_of(pad, width);
    let mut out = String::with_capacity(bytes);
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text.text());
    out.extend(std::iter::repeat_n(fill, pad - left));
    vm.str(out)
}

fn fill_character(vm: &mut Vm<'_>, v: Value) -> PyResult<char> {
    let Some(text) = vm.text(v) else {
        let found = vm.type_name(v);
        return Err(vm.type_error(format!("The fill character must be a unicode character, not {found}")));
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(vm.type_error("The fill character must be exactly one character long")),
    }
}

pub(super) fn center(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    // Quirk: an odd remainder goes left when the width is odd (fixture str_methods.py).
    padded(vm, args, "str.center", |pad, width| pad / 2 + (pad & width & 1))
}

pub(super) fn ljust(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    padded(vm, args, "str.ljust", |_, _| 0)
}

pub(super) fn rjust(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    padded(vm, args, "str.rjust", |pad, _| pad)
}

pub(super) fn zfill(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, width) = arguments::one(vm, args, "str.zfill")?;
    let text = this(vm, receiver, "str.zfill")?;
    let pad = arguments::count(vm, width)?.saturating_sub(text.len());
    work(vm, pad.saturating_add(text.text().len()))?;
    let signed = usize::from(text.text().starts_with(['+', '-']));
    let (sign, digits) = text.text().split_at(signed);
    vm.str(format!("{sign}{}{digits}", "0".repeat(pad)))
}

pub(super) fn expandtabs(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (receiver, [size]) = arguments::named(vm, args, "str.expandtabs", ["tabsize"], 0)?;
    let text = this(vm, receiver, "str.expandtabs")?;
    let size = match size {
        Some(size) => arguments::count(vm, size)?,
        None => 8,
    };
    let tabs = text.text().matches('\t').count();
    work(vm, tabs.saturating_mul(size).saturating_add(text.text().len()))?;
    let mut out = String::with_capacity(text.text().len());
    let mut column = 0;
    for c in text.text().chars() {
        match c {
            '\t' if size > 0 => {
                let spaces = size - column % size;
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\t' => {}
            '\n' | '\r' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += 1;
            }
        }
    }
    vm.str(out)
}
