//! The table of parts at the end of a file: where each of them is.
//!
//! It is written as text or packed as a stream, in one section or in several that lead to one another, the newest first.

use std::collections::HashSet;

use super::file::{File, Place};
use super::object::{Dict, Object};
use super::parse::{NoObject, Parser};
use crate::DocumentError;

/// The place of the table stands among the last bytes.
const TAIL: usize = 2048;

/// More sections than these are not followed.
const MOST_SECTIONS: usize = 1000;

/// Reads the table. Whether it could be read.
pub(super) fn read(file: &mut File<'_>) -> Result<bool, DocumentError> {
    let from = file.bytes.len().saturating_sub(TAIL);
    let tail = &file.bytes[from..];
    let Some(mark) = tail.windows(9).rposition(|word| word == b"startxref") else { return Ok(false) };
    let start = Parser::new(tail, mark + 9).whole();
    let mut next = vec![start];
    let mut seen = HashSet::new();
    while let Some(at) = next.pop() {
        let Some(at) = at.and_then(|at| usize::try_from(at).ok()) else { return Ok(false) };
        if !seen.insert(at) {
            continue;
        }
        if seen.len() > MOST_SECTIONS {
            return Ok(false);
        }
        let Some(trailer) = section(file, at)? else { return Ok(false) };
        // What is new in a file of two kinds comes before what is old.
        for name in [&b"Prev"[..], b"XRefStm"] {
            if let Some(place) = trailer.get(name) {
                next.push(place.as_size().map(|at| at as u64));
            }
        }
        for (name, value) in trailer {
            file.trailer.entry(name).or_insert(value);
        }
    }
    Ok(true)
}

/// Reads a section, and tells what stands under it.
fn section(file: &mut File<'_>, at: usize) -> Result<Option<Dict>, DocumentError> {
    let mut parser = Parser::new(file.bytes, at);
    if parser.word(b"xref") {
        return written(file, parser);
    }
    let head = parser.head();
    parser.pay(file.budget)?;
    if head.is_none() {
        return Ok(None);
    }
    match object(file, &mut parser)? {
        Some(Object::Stream(dict, start)) => packed(file, dict, start),
        _ => Ok(None),
    }
}

/// An object, unless it is broken.
fn object(file: &mut File<'_>, parser: &mut Parser<'_>) -> Result<Option<Object>, DocumentError> {
    match parser.object(file.budget) {
        Ok(object) => Ok(Some(object)),
        Err(NoObject::Broken) => Ok(None),
        Err(NoObject::Limit(error)) => Err(error),
    }
}

fn written(file: &mut File<'_>, mut parser: Parser<'_>) -> Result<Option<Dict>, DocumentError> {
    while !parser.word(b"trailer") {
        parser.pay(file.budget)?;
        let (Some(first), Some(count)) = (parser.whole(), parser.whole()) else { return Ok(None) };
        for number in first..first.saturating_add(count) {
            file.budget.object()?;
            let (Some(at), Some(_)) = (parser.whole(), parser.whole()) else { return Ok(None) };
            let place = match (parser.word(b"n"), usize::try_from(at)) {
                (true, Ok(at)) => Place::At(at),
                _ if parser.word(b"f") => Place::Nowhere,
                _ => return Ok(None),
            };
            note(file, number, place);
        }
    }
    parser.pay(file.budget)?;
    Ok(match object(file, &mut parser)? {
        Some(Object::Dict(dict)) => Some(dict),
        _ => None,
    })
}

/// The newest section that names a part is right about it.
fn note(file: &mut File<'_>, number: u64, place: Place) {
    if let Ok(number) = u32::try_from(number) {
        file.places.entry(number).or_insert(place);
    }
}

fn packed(file: &mut File<'_>, dict: Dict, start: usize) -> Result<Option<Dict>, DocumentError> {
    let sizes = |object: &Object| object.as_list().map(|items| items.iter().map(Object::as_size).collect::<Vec<_>>());
    let widths = dict.get(&b"W"[..]).and_then(sizes).unwrap_or_default();
    let [Some(kind), Some(first), Some(second)] = widths[..] else { return Ok(None) };
    let row = kind.saturating_add(first).saturating_add(second);
    if row == 0 || [kind, first, second].into_iter().any(|width| width > 8) {
        return Ok(None);
    }
    let size = dict.get(&b"Size"[..]).and_then(Object::as_size).unwrap_or_default();
    let ranges = dict.get(&b"Index"[..]).and_then(sizes).unwrap_or_else(|| vec![Some(0), Some(size)]);
    let bytes = file.unpack(&dict, start)?;
    let mut rows = bytes.chunks_exact(row);
    for range in ranges.chunks_exact(2) {
        let [Some(from), Some(count)] = range else { return Ok(None) };
        for number in (*from as u64..).take(*count) {
            let Some(row) = rows.next() else { break };
            file.budget.object()?;
            let (kind_bytes, rest) = row.split_at(kind);
            let (first_bytes, _) = rest.split_at(first);
            let value = number_of(first_bytes);
            let place = match if kind == 0 { 1 } else { number_of(kind_bytes) } {
                1 => usize::try_from(value).map_or(Place::Nowhere, Place::At),
                2 => u32::try_from(value).map_or(Place::Nowhere, Place::Within),
                _ => Place::Nowhere,
            };
            note(file, number, place);
        }
    }
    Ok(Some(dict))
}

fn number_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}
