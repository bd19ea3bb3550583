//! A file whose table is lost: its parts are looked for, one after another.

use super::file::{File, Place};
use super::object::Object;
use super::parse::{NoObject, Parser, is_blank};
use crate::DocumentError;

/// Finds the parts of a file.
pub(super) fn read(file: &mut File<'_>) -> Result<(), DocumentError> {
    file.budget.spend(file.bytes.len())?;
    for (at, word) in file.bytes.windows(3).enumerate() {
        match word {
            b"obj" => {
                if let Some((number, at)) = head_before(file.bytes, at) {
                    file.budget.object()?;
                    // What was changed stands further down.
                    file.places.insert(number, Place::At(at));
                }
            }
            b"tra" if file.bytes[at..].starts_with(b"trailer") => {
                let read = Parser::new(file.bytes, at + 7).object(file.budget);
                take(file, dict_of(read)?);
            }
            _ => {}
        }
    }
    let mut numbers: Vec<u32> = file.places.keys().copied().collect();
    numbers.sort_unstable();
    let mut catalog = None;
    for number in numbers {
        let object = file.load(number)?;
        let kind = object.as_dict().and_then(|dict| dict.get(&b"Type"[..])).and_then(Object::as_name);
        match kind {
            Some(b"ObjStm") => {
                // What cannot be unpacked holds nothing that is missed before it is asked for.
                let inside = match file.packed(number) {
                    Ok(packed) => packed.map(|packed| packed.places.keys().copied().collect::<Vec<_>>()),
                    Err(DocumentError::BrokenPdf | DocumentError::Filter(_)) => None,
                    Err(error) => return Err(error),
                };
                for inside in inside.unwrap_or_default() {
                    file.places.entry(inside).or_insert(Place::Within(number));
                }
            }
            Some(b"XRef") => take(file, Some(object)),
            Some(b"Catalog") => catalog = Some(number),
            _ => {}
        }
    }
    if let (None, Some(number)) = (file.trailer.get(&b"Root"[..]), catalog) {
        file.trailer.insert(b"Root".to_vec(), Object::Reference(number));
    }
    match file.catalog()? {
        Some(_) => Ok(()),
        None => Err(DocumentError::BrokenPdf),
    }
}

fn dict_of(read: Result<Object, NoObject>) -> Result<Option<Object>, DocumentError> {
    match read {
        Ok(object) => Ok(Some(object)),
        Err(NoObject::Broken) => Ok(None),
        Err(NoObject::Limit(error)) => Err(error),
    }
}

/// Takes over what stands under a table; the last one is right.
fn take(file: &mut File<'_>, trailer: Option<Object>) {
    for name in [&b"Root"[..], b"Encrypt"] {
        if let Some(value) = trailer.as_ref().and_then(Object::as_dict).and_then(|dict| dict.get(name)) {
            file.trailer.insert(name.to_vec(), value.clone());
        }
    }
}

/// The number of the part whose head ends with the word at `at`, and where the head begins.
fn head_before(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let (from, _) = digits_before(bytes, at)?;
    let (from, number) = digits_before(bytes, from)?;
    Some((number, from))
}

/// The number before a place, with at least one blank between them unless the place is that of a word.
fn digits_before(bytes: &[u8], at: usize) -> Option<(usize, u32)> {
    let blanks = bytes[..at].iter().rev().take(8).take_while(|&&byte| is_blank(byte)).count();
    let end = at - blanks;
    let digits = bytes[..end].iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&bytes[end - digits..end]).ok()?.parse().ok()?;
    (blanks > 0).then_some((end - digits, number))
}
