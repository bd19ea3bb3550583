//! `_re`: regular expressions in Python's syntax, run with a bound on backtracking.
//!
//! Compiled patterns are kept for the process: what a pattern compiles to depends on nothing else.
//! What runs too long ends the evaluation; it can not be caught.

mod class;
mod extent;
mod translate;

use crate::error::{Limit, PyResult, Raised};
use crate::native::{Args, NativeFunction};
use crate::types::arguments::{self, natives};
use crate::value::{Str, Value};
use crate::vm::Vm;
use fancy_regex::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use translate::Translated;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "compile" => compile,
    "find" => find,
    "scan" => scan,
};

/// Steps back in one search.
const BACKTRACKING: usize = 1_000_000;
/// What it costs to compile a pattern, beside its length, and to search once.
const COMPILING: u64 = 30_000;
/// What each piece of a pattern costs; a pattern of more than so many is refused before it is much larger.
const PIECE: u64 = 50;
const MOST: u64 = 200_000;
const SEARCH: u64 = 50;
/// Bytes that a compiled pattern may take.
const SIZE: usize = 4 << 20;
/// Compiled patterns that are kept.
const KEPT: usize = 256;
/// Characters of a pattern.
const LENGTH: usize = 1 << 16;

/// Where a pattern must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    /// Anywhere from the start.
    Search,
    /// At the start.
    Match,
    /// At the start, up to the end.
    Full,
    /// Anywhere, but not the empty text at the start.
    NotEmptyAtStart,
}

/// A pattern that was compiled.
#[derive(Debug)]
struct Compiled {
    regex: Regex,
    translated: Translated,
}

type Key = (Arc<str>, i64, Place);
type Cache = HashMap<Key, Arc<Compiled>>;

static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);

/// What is wrong with a pattern: a message, and the character where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PatternError {
    message: String,
    place: usize,
}

fn compiled(
    vm: &mut Vm<'_>,
    pattern: &Arc<str>,
    flags: i64,
    place: Place,
) -> PyResult<Result<Arc<Compiled>, PatternError>> {
    let key = (Arc::clone(pattern), flags, place);
    // It is hashed at each look.
    vm.pay(pattern.len() as u64 / 4)?;
    if let Some(found) = CACHE.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(Ok(Arc::clone(found)));
    }
    // What is too long is refused before anything is done with it.
    if pattern.len() <= LENGTH {
        vm.pay(COMPILING + extent::of(pattern).min(MOST) * PIECE)?;
    }
    let made = match build(pattern, flags, place) {
        Ok(made) => Arc::new(made),
        Err(error) => return Ok(Err(error)),
    };
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if cache.len() >= KEPT {
        cache.clear();
    }
    cache.insert(key, Arc::clone(&made));
    Ok(Ok(made))
}

fn build(pattern: &str, flags: i64, place: Place) -> Result<Compiled, PatternError> {
    if pattern.len() > LENGTH {
        return Err(PatternError { message: "the pattern is too long".into(), place: 0 });
    }
    let translated = translate::translate(pattern, flags)?;
    let text = &translated.text;
    let whole = match place {
        Place::Search => text.clone(),
        Place::Match => format!("\\G(?:{text})"),
        Place::Full => format!("\\G(?:{text})\\z"),
        Place::NotEmptyAtStart => format!("(?:{text})(?<!\\G)"),
    };
    let regex = RegexBuilder::new(&whole).backtrack_limit(BACKTRACKING).delegate_size_limit(SIZE).build();
    match regex {
        Ok(regex) => Ok(Compiled { regex, translated }),
        Err(error) => Err(PatternError { message: format!("the pattern is not supported: {error}"), place: 0 }),
    }
}

fn arguments_of(vm: &mut Vm<'_>, pattern: Value, flags: Value) -> PyResult<(Arc<str>, i64)> {
    let flags = vm.index(flags)?;
    match vm.text(pattern) {
        Some(pattern) => Ok((pattern, flags)),
        None => Err(vm.type_error("first argument must be string or compiled pattern")),
    }
}

/// `compile(pattern, flags)` gives `(None, flags, groups, {name: group})` or `(message, place)`.
fn compile(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "compile", 2, 2)?.to_vec();
    let (pattern, flags) = arguments_of(vm, given[0], given[1])?;
    match compiled(vm, &pattern, flags, Place::Search)? {
        Ok(compiled) => {
            let translated = &compiled.translated;
            let names = vm.dict()?;
            for (name, group) in &translated.names {
                vm.dict_set_str(names, name, number(*group))?;
            }
            vm.tuple(vec![Value::None, Value::Int(translated.flags), number(translated.closing.len()), names])
        }
        Err(error) => {
            let message = vm.str(error.message)?;
            vm.tuple(vec![message, number(error.place)])
        }
    }
}

fn number(number: usize) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A text that is searched: between two characters, counting as it goes.
struct Subject {
    text: Str,
    /// The end of what is seen.
    end: usize,
    /// A byte whose character is known, so that counting goes on from there.
    counted: (usize, usize),
}

impl Subject {
    fn new(vm: &mut Vm<'_>, text: Value, pos: Value, endpos: Value) -> PyResult<(Self, usize)> {
        let Some(text) = vm.as_str(text).cloned() else {
            let found = vm.type_name(text);
            return Err(vm.type_error(format!("expected string or bytes-like object, got '{found}'")));
        };
        let (pos, endpos) = (arguments::count(vm, pos)?, arguments::count(vm, endpos)?);
        let byte = |index: usize| {
            if text.is_ascii() {
                return index.min(text.text().len());
            }
            text.text().char_indices().nth(index).map_or(text.text().len(), |(at, _)| at)
        };
        let (start, end) = (byte(pos), byte(endpos));
        Ok((Subject { text, end, counted: (0, 0) }, start))
    }

    fn seen(&self) -> &str {
        self.text.text().get(..self.end).unwrap_or("")
    }

    fn character(&mut self, byte: usize) -> usize {
        if self.text.is_ascii() {
            return byte;
        }
        let (from, before) = if self.counted.0 <= byte { self.counted } else { (0, 0) };
        let count = before + self.text.text().get(from..byte).map_or(0, |part| part.chars().count());
        self.counted = (byte, count);
        count
    }
}

/// The bytes of each group; the first is the whole.
type Spans = Vec<Option<Range<usize>>>;

fn search(vm: &mut Vm<'_>, compiled: &Compiled, seen: &str, start: usize) -> PyResult<Option<Spans>> {
    if start > seen.len() {
        return Ok(None);
    }
    // How often a search went back is not told, so that fuel does not measure it; each is bounded, their number is not.
    vm.ask_the_time()?;
    match compiled.regex.captures_from_pos(seen, start) {
        Ok(Some(found)) => {
            let spans: Spans = (0..found.len()).map(|group| found.get(group).map(|part| part.range())).collect();
            let end = spans.first().and_then(Option::as_ref).map_or(start, |whole| whole.end);
            vm.pay(end.saturating_sub(start) as u64 / 2 + SEARCH)?;
            Ok(Some(spans))
        }
        Ok(None) => {
            vm.pay((seen.len() - start) as u64 / 2 + SEARCH)?;
            Ok(None)
        }
        Err(_) => Err(Raised::Limit(Limit::Fuel)),
    }
}

/// `(start, end, start of group 1, ..., last group)`; -1 for a group that took no part.
fn spans_value(vm: &mut Vm<'_>, compiled: &Compiled, subject: &mut Subject, spans: &Spans) -> PyResult {
    let mut values = Vec::with_capacity(spans.len() * 2 + 1);
    for span in spans {
        match span {
            Some(range) => {
                values.push(number(subject.character(range.start)));
                values.push(number(subject.character(range.end)));
            }
            None => values.extend([Value::Int(-1), Value::Int(-1)]),
        }
    }
    // The group that was closed last: the one that ends last, and of those the one that is closed
    // last in the pattern.
    let closing = &compiled.translated.closing;
    let ends = (1..spans.len()).filter_map(|group| {
        let end = spans[group].as_ref()?.end;
        Some((end, closing.iter().position(|closed| *closed == group)?, group))
    });
    values.push(ends.max().map_or(Value::None, |(_, _, group)| number(group)));
    vm.tuple(values)
}

fn ready(vm: &mut Vm<'_>, pattern: &Arc<str>, flags: i64, place: Place) -> PyResult<Arc<Compiled>> {
    match compiled(vm, pattern, flags, place)? {
        Ok(compiled) => Ok(compiled),
        Err(error) => Err(vm.value_error(format!("{} at position {}", error.message, error.place))),
    }
}

/// `find(pattern, flags, text, pos, endpos, place)`: the spans of one match, or `None`. `place` is 0 to
/// search, 1 to match at `pos`, 2 to match all.
fn find(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "find", 6, 6)?.to_vec();
    let (pattern, flags) = arguments_of(vm, given[0], given[1])?;
    let (mut subject, start) = Subject::new(vm, given[2], given[3], given[4])?;
    let place = match vm.index(given[5])? {
        1 => Place::Match,
        2 => Place::Full,
        _ => Place::Search,
    };
    let compiled = ready(vm, &pattern, flags, place)?;
    match search(vm, &compiled, subject.seen(), start)? {
        Some(spans) => spans_value(vm, &compiled, &mut subject, &spans),
        None => Ok(Value::None),
    }
}

/// `scan(pattern, flags, text, pos, endpos, most)`: the spans of the matches one after the other, all
/// of them for a `most` of 0.
fn scan(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "scan", 6, 6)?.to_vec();
    let (pattern, flags) = arguments_of(vm, given[0], given[1])?;
    let (mut subject, mut start) = Subject::new(vm, given[2], given[3], given[4])?;
    let most = arguments::count(vm, given[5])?;
    let free = ready(vm, &pattern, flags, Place::Search)?;
    let mut found = Vec::new();
    let mut after_empty = false;
    while most == 0 || found.len() < most {
        // Behind an empty match the same place may match again, but not with nothing.
        let compiled = match after_empty {
            true => ready(vm, &pattern, flags, Place::NotEmptyAtStart)?,
            false => Arc::clone(&free),
        };
        let Some(spans) = search(vm, &compiled, subject.seen(), start)? else { break };
        let Some(whole) = spans.first().cloned().flatten() else { break };
        after_empty = whole.is_empty();
        start = whole.end;
        found.push(spans_value(vm, &compiled, &mut subject, &spans)?);
    }
    vm.list(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(pattern: &str, flags: i64, place: Place, text: &str, start: usize) -> Option<Vec<Option<Range<usize>>>> {
        let compiled = build(pattern, flags, place).ok()?;
        let found = compiled.regex.captures_from_pos(text, start).ok()??;
        Some((0..found.len()).map(|group| found.get(group).map(|part| part.range())).collect())
    }

    #[test]
    fn places_of_matching_are_those_of_python() {
        assert_eq!(spans("a|ab", 0, Place::Full, "xab", 1), Some(vec![Some(1..3)]));
        assert_eq!(spans("b", 0, Place::Match, "ab", 0), None);
        assert_eq!(spans("b", 0, Place::Match, "ab", 1), Some(vec![Some(1..2)]));
        assert_eq!(spans("^b", 0, Place::Search, "ab", 1), None);
        assert_eq!(spans("x*", 0, Place::NotEmptyAtStart, "ax", 0), Some(vec![Some(1..2)]));
        assert_eq!(spans("|a", 0, Place::NotEmptyAtStart, "a", 0), Some(vec![Some(0..1)]));
    }

    #[test]
    fn a_catastrophic_pattern_stops() {
        let compiled = build(r"(a|a)*\1b", 0, Place::Search);
        let text = "a".repeat(2000);
        assert!(compiled.is_ok_and(|c| c.regex.captures_from_pos(text.as_str(), 0).is_err()));
    }

    #[test]
    fn patterns_match_what_they_match_in_python() {
        type Row = (&'static str, i64, &'static str, Option<(usize, usize)>);
        let table: &[Row] = include!("../../types/tables/re_search.in");
        for (pattern, flags, text, wanted) in table {
            let found = spans(pattern, *flags, Place::Search, text, 0);
            let whole = found.and_then(|spans| spans.first().cloned().flatten());
            let chars = |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count());
            assert_eq!(whole.map(|r| (chars(r.start), chars(r.end))), *wanted, "{pattern:?} {flags} {text:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_pattern_is_said_as_python_says_it() {
        let table: &[(&str, &str, usize)] = include!("../../types/tables/re_error.in");
        let mut wrong = Vec::new();
        for (pattern, message, place) in table {
            let error = build(pattern, 0, Place::Search).err();
            let found = error.map(|error| (error.message, error.place));
            if found != Some(((*message).into(), *place)) {
                wrong.push(format!("{pattern:?}: {found:?} should be {message:?} at {place}"));
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }
}
