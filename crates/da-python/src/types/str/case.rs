//! `str`: upper and lower case, and what kind of characters a text is made of.

use super::alone;
use crate::error::PyResult;
use crate::native::Args;
use crate::types::unicode as u;
use crate::value::Value;
use crate::vm::Vm;

pub(super) fn upper(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.upper")?;
    vm.str(if text.is_ascii() { text.text().to_ascii_uppercase() } else { text.text().to_uppercase() })
}

pub(super) fn lower(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.lower")?;
    vm.str(if text.is_ascii() { text.text().to_ascii_lowercase() } else { text.text().to_lowercase() })
}

pub(super) fn casefold(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.casefold")?;
    let mut out = String::with_capacity(text.text().len());
    text.text().chars().for_each(|c| u::push_folded(c, &mut out));
    vm.str(out)
}

pub(super) fn capitalize(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.capitalize")?;
    vm.str(titled(text.text(), |place, _| place == 0))
}

pub(super) fn title(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.title")?;
    vm.str(titled(text.text(), |_, after_cased| !after_cased))
}

/// Title case where `begins` says so (by the byte offset and whether a cased character precedes), lower case elsewhere.
fn titled(text: &str, begins: impl Fn(usize, bool) -> bool) -> String {
    // Lower case of the whole, so that a final sigma is seen as one.
    let mut out = String::with_capacity(text.len());
    let mut after_cased = false;
    for (place, c) in text.char_indices() {
        if begins(place, after_cased) {
            u::push_title(c, &mut out);
        } else if c == 'Σ' {
            out.push(if ends_word(text, place) { 'ς' } else { 'σ' });
        } else {
            out.extend(c.to_lowercase());
        }
        after_cased = u::is_cased(c);
    }
    out
}

/// Whether the sigma at this place ends a word: a cased letter before it and none after it.
fn ends_word(text: &str, place: usize) -> bool {
    let after = place + 'Σ'.len_utf8();
    let lowered = format!("{}Σ{}", text.get(..place).unwrap_or(""), text.get(after..).unwrap_or("")).to_lowercase();
    let before = text.get(..place).unwrap_or("").to_lowercase().len();
    lowered.get(before..).is_some_and(|rest| rest.starts_with('ς'))
}

pub(super) fn swapcase(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.swapcase")?;
    let mut out = String::with_capacity(text.text().len());
    for (place, c) in text.text().char_indices() {
        if c == 'Σ' {
            out.push(if ends_word(text.text(), place) { 'ς' } else { 'σ' });
        } else if u::is_upper(c) {
            out.extend(c.to_lowercase());
        } else if u::is_lower(c) {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    vm.str(out)
}

fn all(vm: &mut Vm<'_>, args: &Args, name: &str, holds: fn(char) -> bool) -> PyResult {
    let text = alone(vm, args, name)?;
    Ok(Value::from(!text.is_empty() && text.text().chars().all(holds)))
}

pub(super) fn isalnum(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "str.isalnum", u::is_alnum)
}

pub(super) fn isalpha(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "str.isalpha", u::is_alpha)
}

pub(super) fn isdecimal(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "str.isdecimal", u::is_decimal)
}

pub(super) fn isdigit(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "str.isdigit", u::is_digit)
}

pub(super) fn isnumeric(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "str.isnumeric", u::is_numeric)
}

pub(super) fn isspace(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    all(vm, args, "str.isspace", u::is_space)
}

pub(super) fn isascii(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.isascii")?;
    Ok(Value::from(text.is_ascii()))
}

pub(super) fn isprintable(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.isprintable")?;
    Ok(Value::from(text.text().chars().all(u::is_printable)))
}

pub(super) fn isidentifier(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.isidentifier")?;
    let mut chars = text.text().chars();
    Ok(Value::from(chars.next().is_some_and(u::starts_identifier) && chars.all(u::continues_identifier)))
}

pub(super) fn islower(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.islower")?;
    let mut chars = text.text().chars();
    let none_other = !chars.any(|c| u::is_upper(c) || u::is_title(c));
    Ok(Value::from(none_other && text.text().chars().any(u::is_lower)))
}

pub(super) fn isupper(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.isupper")?;
    let mut chars = text.text().chars();
    let none_other = !chars.any(|c| u::is_lower(c) || u::is_title(c));
    Ok(Value::from(none_other && text.text().chars().any(u::is_upper)))
}

pub(super) fn istitle(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let text = alone(vm, args, "str.istitle")?;
    let (mut seen, mut after_cased) = (false, false);
    for c in text.text().chars() {
        let begins = u::is_upper(c) || u::is_title(c);
        let goes_on = u::is_lower(c);
        if (begins && after_cased) || (goes_on && !after_cased) {
            return Ok(Value::False);
        }
        after_cased = begins || goes_on;
        seen |= after_cased;
    }
    Ok(Value::from(seen))
}
