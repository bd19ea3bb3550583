//! YAML text to values.
//!
//! What is wrong with a text is given back as a message and a place, for the exception that is made of them in Python.
//! A tag that is not YAML's own is given to a hook, which makes the value or refuses it.

use super::scalar::{self, Kind};
use super::{DEPTH, STANDARD, nested};
use crate::error::{PyResult, Raised};
use crate::native::Args;
use crate::types::{arguments, int_text};
use crate::value::Value;
use crate::vm::Vm;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput, Tag};
use std::borrow::Cow;
use std::collections::HashMap;

/// Why reading stopped.
enum Stop {
    /// Something was raised.
    Raised(Raised),
    /// The text is wrong.
    Wrong(Box<Wrong>),
}

/// What PyYAML's error says: its class, what was being done since where, what is wrong, and where.
struct Wrong {
    class: &'static str,
    context: Option<(&'static str, Marker)>,
    problem: String,
    mark: Marker,
}

/// What it costs to read a value, beside its text.
const VALUE: u64 = 40;

impl From<Raised> for Stop {
    fn from(raised: Raised) -> Self {
        Stop::Raised(raised)
    }
}

type Read<T> = Result<T, Stop>;

fn wrong<T>(class: &'static str, problem: impl Into<String>, mark: Marker) -> Read<T> {
    Err(Stop::Wrong(Box::new(Wrong { class, context: None, problem: problem.into(), mark })))
}

fn wrong_in<T>(context: &'static str, since: Marker, problem: impl Into<String>, mark: Marker) -> Read<T> {
    let wrong = Wrong { class: "ConstructorError", context: Some((context, since)), problem: problem.into(), mark };
    Err(Stop::Wrong(Box::new(wrong)))
}

/// `load(text, single, hook, hooked)` gives `(documents, None)` or `(documents before the fault, fault)`, a fault being
/// `(class, context, place, problem, place)` and a place `(index, line, column)`. `hook(tag, kind, value, place)` makes the
/// value of every tag in the set `hooked` and of every one that is not YAML's own.
pub(super) fn load(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "load", 4, 4)?.to_vec();
    let Some(text) = vm.as_str(given[0]).cloned() else {
        return Err(arguments::must_be(vm, "str", given[0]));
    };
    let single = vm.truth(given[1])?;
    arguments::work(vm, text.text().len())?;
    vm.pay(text.text().len() as u64 * 2)?;
    let documents = vm.list(Vec::new())?;
    let mut reader = Reader {
        parser: Parser::new_from_str(text.text()),
        hook: given[2],
        hooked: given[3],
        anchors: HashMap::new(),
        depth: 0,
    };
    let fault = match check_characters(text.text()).and_then(|()| reader.stream(vm, single, documents)) {
        Ok(()) => Value::None,
        Err(Stop::Raised(raised)) => return Err(raised),
        Err(Stop::Wrong(wrong)) => told(vm, *wrong)?,
    };
    vm.tuple(vec![documents, fault])
}

fn told(vm: &mut Vm<'_>, wrong: Wrong) -> PyResult {
    let class = vm.str(wrong.class)?;
    let (context, since) = match wrong.context {
        Some((context, since)) => (vm.str(context)?, place(vm, since)?),
        None => (Value::None, Value::None),
    };
    let problem = vm.str(wrong.problem)?;
    let mark = place(vm, wrong.mark)?;
    vm.tuple(vec![class, context, since, problem, mark])
}

fn place(vm: &mut Vm<'_>, mark: Marker) -> PyResult {
    let number = |count: usize| Value::Int(i64::try_from(count).unwrap_or(i64::MAX));
    vm.tuple(vec![number(mark.index()), number(mark.line().saturating_sub(1)), number(mark.col())])
}

/// The scanner takes a NUL for the end of the text; YAML has no control characters at all.
fn check_characters(text: &str) -> Read<()> {
    let (mut line, mut column) = (1, 0);
    for (index, c) in text.chars().enumerate() {
        let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
        if control || matches!(c, '\u{fffe}' | '\u{ffff}') {
            let problem = format!("unacceptable character #x{:04x}: special characters are not allowed", u32::from(c));
            return wrong("ReaderError", problem, Marker::new(index, line, column));
        }
        (line, column) = if c == '\n' { (line + 1, 0) } else { (line, column + 1) };
    }
    Ok(())
}

/// A tag in full; `None` for none, and for `!`, which means what the kind of the value means.
fn full(tag: Option<Cow<'_, Tag>>) -> Option<String> {
    let tag = tag?;
    let handle = if tag.handle == "!!" { STANDARD } else { &tag.handle };
    let text = format!("{handle}{}", tag.suffix);
    (text != "!" && !text.is_empty()).then_some(text)
}

struct Reader<'text> {
    parser: Parser<'text, StrInput<'text>>,
    hook: Value,
    hooked: Value,
    /// What an alias means; `None` while the hook has not made it yet.
    anchors: HashMap<usize, Option<Value>>,
    depth: usize,
}

impl<'text> Reader<'text> {
    fn next(&mut self) -> Read<(Event<'text>, Marker)> {
        match self.parser.next_event() {
            None => Ok((Event::StreamEnd, Marker::new(0, 1, 0))),
            Some(Ok((event, span))) => Ok((event, span.start)),
            Some(Err(error)) => wrong("ScannerError", error.info(), *error.marker()),
        }
    }

    fn stream(&mut self, vm: &mut Vm<'_>, single: bool, documents: Value) -> Read<()> {
        let mut count = 0;
        loop {
            let (event, mark) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(()),
                Event::DocumentStart(_) if single && count == 1 => {
                    let start = Marker::new(0, 1, 0);
                    let context = Some(("expected a single document in the stream", start));
                    let problem = "but found another document".to_owned();
                    return Err(Stop::Wrong(Box::new(Wrong { class: "ComposerError", context, problem, mark })));
                }
                Event::StreamStart | Event::Nothing | Event::DocumentStart(_) => {}
                Event::DocumentEnd => self.anchors.clear(),
                event => {
                    let value = self.value(vm, event, mark)?;
                    count += 1;
                    vm.heap.charge(size_of::<Value>())?;
                    if let Some(list) = vm.as_list_mut(documents) {
                        list.push(value);
                    }
                }
            }
        }
    }

    fn value(&mut self, vm: &mut Vm<'_>, event: Event<'text>, mark: Marker) -> Read<Value> {
        vm.pay(VALUE)?;
        match event {
            Event::Alias(id) => match self.anchors.get(&id) {
                Some(Some(value)) => Ok(*value),
                _ => wrong("ConstructorError", "found unconstructable recursive node", mark),
            },
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(vm, &text, style, full(tag), mark)?;
                self.remember(anchor, Some(value));
                Ok(value)
            }
            Event::SequenceStart(anchor, tag) => {
                let value = vm.list(Vec::new())?;
                self.collection(vm, value, (anchor, full(tag)), mark, |reader, vm| reader.list(vm, value))
            }
            Event::MappingStart(anchor, tag) => {
                let value = vm.dict()?;
                self.collection(vm, value, (anchor, full(tag)), mark, |reader, vm| reader.map(vm, value, mark))
            }
            _ => wrong("ParserError", "did not find expected node content", mark),
        }
    }

    /// A list or a mapping; what a hook makes of it, it gets whole.
    fn collection(
        &mut self,
        vm: &mut Vm<'_>,
        value: Value,
        (anchor, tag): (usize, Option<String>),
        mark: Marker,
        fill: impl FnOnce(&mut Self, &mut Vm<'_>) -> Read<()>,
    ) -> Read<Value> {
        let (kind, own) = if vm.as_dict(value).is_some() { ("mapping", "map") } else { ("sequence", "seq") };
        let tag = tag.unwrap_or_else(|| format!("{STANDARD}{own}"));
        let plain = tag.strip_prefix(STANDARD) == Some(own) && !self.is_hooked(vm, &tag)?;
        self.remember(anchor, plain.then_some(value));
        if self.depth == DEPTH {
            return Err(vm.recursion_error().into());
        }
        self.depth += 1;
        let filled = nested(|| fill(self, vm));
        self.depth -= 1;
        filled?;
        if plain {
            return Ok(value);
        }
        let made = self.hooked(vm, &tag, kind, value, mark)?;
        self.remember(anchor, Some(made));
        Ok(made)
    }

    /// An anchor of 0 is none.
    fn remember(&mut self, anchor: usize, value: Option<Value>) {
        if anchor > 0 {
            self.anchors.insert(anchor, value);
        }
    }

    fn list(&mut self, vm: &mut Vm<'_>, list: Value) -> Read<()> {
        loop {
            let (event, mark) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(());
            }
            let item = self.value(vm, event, mark)?;
            vm.heap.charge(size_of::<Value>())?;
            if let Some(items) = vm.as_list_mut(list) {
                items.push(item);
            }
        }
    }

    /// What is merged in comes first, and what is written here wins over it.
    fn map(&mut self, vm: &mut Vm<'_>, dict: Value, since: Marker) -> Read<()> {
        let mut own = Vec::new();
        let mut merged = Vec::new();
        loop {
            let (event, mark) = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let is_merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let is_value = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "=");
            let key = if is_merge || is_value {
                vm.str(if is_merge { "<<" } else { "=" })?
            } else {
                self.value(vm, event, mark)?
            };
            let (event, value_mark) = self.next()?;
            let value = self.value(vm, event, value_mark)?;
            if is_merge {
                merge(vm, value, &mut merged, since, value_mark)?;
            } else {
                own.push((key, value, mark));
            }
        }
        for (key, value) in merged {
            vm.dict_set(dict, key, value)?;
        }
        for (key, value, mark) in own {
            match vm.dict_set(dict, key, value) {
                Ok(()) => {}
                Err(raised) if vm.exception_is(&raised, "TypeError") => {
                    return wrong_in("while constructing a mapping", since, "found unhashable key", mark);
                }
                Err(raised) => return Err(raised.into()),
            }
        }
        Ok(())
    }

    fn is_hooked(&self, vm: &mut Vm<'_>, tag: &str) -> Read<bool> {
        let tag = vm.str(tag)?;
        Ok(vm.contains(self.hooked, tag)?)
    }

    fn hooked(&self, vm: &mut Vm<'_>, tag: &str, kind: &str, value: Value, mark: Marker) -> Read<Value> {
        let tag = vm.str(tag)?;
        let kind = vm.str(kind)?;
        let place = place(vm, mark)?;
        let made = vm.call(self.hook, &[tag, kind, value, place])?;
        Ok(vm.root(made))
    }

    fn scalar(
        &mut self,
        vm: &mut Vm<'_>,
        text: &str,
        style: ScalarStyle,
        tag: Option<String>,
        mark: Marker,
    ) -> Read<Value> {
        let tag = tag.unwrap_or_else(|| {
            let kind = if style == ScalarStyle::Plain { scalar::kind(text) } else { Kind::Text };
            format!("{STANDARD}{}", kind.name())
        });
        let own = tag.strip_prefix(STANDARD).filter(|own| matches!(*own, "null" | "bool" | "int" | "float" | "str"));
        match own {
            Some(own) if !self.is_hooked(vm, &tag)? => plain(vm, own, text, mark),
            _ => {
                let value = vm.str(text)?;
                self.hooked(vm, &tag, "scalar", value, mark)
            }
        }
    }
}

fn merge(vm: &mut Vm<'_>, value: Value, into: &mut Vec<(Value, Value)>, since: Marker, mark: Marker) -> Read<()> {
    let context = "while constructing a mapping";
    if vm.as_dict(value).is_some() {
        into.extend(entries(vm, value)?);
        return Ok(());
    }
    let Some(items) = vm.as_list(value).cloned() else {
        let problem = "expected a mapping or list of mappings for merging, but found scalar";
        return wrong_in(context, since, problem, mark);
    };
    // The first of several wins, so it is written last.
    for item in items.into_iter().rev() {
        if vm.as_dict(item).is_none() {
            let kind = if vm.as_list(item).is_some() { "sequence" } else { "scalar" };
            return wrong_in(context, since, format!("expected a mapping for merging, but found {kind}"), mark);
        }
        into.extend(entries(vm, item)?);
    }
    Ok(())
}

fn entries(vm: &mut Vm<'_>, dict: Value) -> PyResult<Vec<(Value, Value)>> {
    // Aliases make much of little: it is paid for before it is there.
    let count = vm.as_dict(dict).map_or(0, |table| table.places());
    vm.pay(count as u64)?;
    vm.heap.charge(count * size_of::<(Value, Value)>())?;
    let Some(table) = vm.as_dict(dict) else { return Ok(Vec::new()) };
    let entries: Vec<_> =
        (0..table.places()).filter_map(|place| table.at(place)).map(|entry| (entry.key, entry.value)).collect();
    // A class that makes values may change the dict, and let go of what was in it.
    for (key, value) in &entries {
        vm.root(*key);
        vm.root(*value);
    }
    Ok(entries)
}

fn plain(vm: &mut Vm<'_>, own: &str, text: &str, mark: Marker) -> Read<Value> {
    match own {
        "null" => Ok(Value::None),
        "bool" => match scalar::truth(text) {
            Some(truth) => Ok(Value::from(truth)),
            None => wrong("ConstructorError", format!("{text:?} is no truth value"), mark),
        },
        "int" => Ok(integer(vm, &text.replace('_', ""))?),
        "float" => Ok(float(vm, &text.replace('_', "").to_lowercase())?),
        _ => Ok(vm.str(text)?),
    }
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn integer(vm: &mut Vm<'_>, text: &str) -> PyResult {
    let (negative, body) = sign(text);
    let (radix, digits) = if let Some(digits) = body.strip_prefix("0b") {
        (2, digits)
    } else if let Some(digits) = body.strip_prefix("0x") {
        (16, digits)
    } else {
        (if body.starts_with('0') && body.len() > 1 { 8 } else { 10 }, body)
    };
    let mut number = num_bigint::BigInt::ZERO;
    for part in digits.split(':') {
        vm.pay(1 + number.bits() / 64)?;
        match int_text::parse(part, radix, vm.most_digits) {
            Ok(place) => number = number * 60 + place,
            Err(error) => {
                let shown = crate::types::quote::text(part);
                return Err(vm.value_error(error.message(radix, &shown, vm.most_digits)));
            }
        }
    }
    vm.int(if negative { -number } else { number })
}

fn float(vm: &mut Vm<'_>, text: &str) -> PyResult {
    let (negative, body) = sign(text);
    let number = match body {
        ".inf" => f64::INFINITY,
        ".nan" => f64::NAN,
        _ => {
            let mut number = 0.0;
            for part in body.split(':') {
                match part.parse::<f64>() {
                    Ok(place) => number = number * 60.0 + place,
                    Err(_) => {
                        return Err(vm.value_error(format!("could not convert string to float: '{part}'")));
                    }
                }
            }
            number
        }
    };
    Ok(Value::from(if negative { -number } else { number }))
}
