//! Values that cross the border of the engine: plain data to Python and back.

use super::{Evaluation, Flow};
use crate::error::AssembleError;
use da_core::Plain;
use da_python::machine::value::{Inner, Object};
use da_python::machine::{PyResult, Value, Vm};
use num_bigint::BigInt;

/// How deep a value may nest; deeper parts become `null`, as in docassemble.
const DEEPEST: usize = 20;

/// What a value costs beside its text when it leaves the heap, in bytes.
const NODE: usize = 40;

/// Python reads no whole number with more digits, because the work grows with their square.
const MOST_DIGITS: usize = 4300;

/// Plain data as Python has it: dicts, lists, texts and numbers.
pub(crate) fn from_plain(vm: &mut Vm<'_>, plain: &Plain) -> PyResult<Value> {
    match plain {
        Plain::Null => Ok(Value::None),
        Plain::Bool(value) => Ok(Value::from(*value)),
        Plain::Int(number) => Ok(Value::Int(*number)),
        Plain::BigInt(digits) if digits.trim_start_matches('-').len() > MOST_DIGITS => {
            Err(vm.value_error(format!("Exceeds the limit ({MOST_DIGITS} digits) for a whole number")))
        }
        Plain::BigInt(digits) => match digits.parse::<BigInt>() {
            Ok(number) => vm.int(number),
            Err(_) => vm.str(digits.as_str()),
        },
        Plain::Float(number) => Ok(Value::from(*number)),
        Plain::Text(text) => vm.str(text.as_str()),
        Plain::List(items) => {
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                let value = from_plain(vm, item)?;
                values.push(vm.root(value));
            }
            vm.list(values)
        }
        Plain::Map(entries) => {
            let dict = vm.dict()?;
            for (key, value) in entries {
                let value = from_plain(vm, value)?;
                vm.dict_set_str(dict, key, value)?;
            }
            Ok(dict)
        }
    }
}

/// A value as JSON can hold it, by docassemble's rules (`all_variables()`).
pub(crate) fn to_plain(vm: &mut Vm<'_>, value: Value) -> PyResult<Plain> {
    serialise(vm, value, 0)
}

fn serialise(vm: &mut Vm<'_>, value: Value, depth: usize) -> PyResult<Plain> {
    if depth > DEEPEST {
        return Ok(Plain::Null);
    }
    match value {
        Value::None | Value::NotImplemented | Value::Ellipsis | Value::Unset => return Ok(Plain::Null),
        Value::False => return Ok(Plain::Bool(false)),
        Value::True => return Ok(Plain::Bool(true)),
        Value::Int(number) => return Ok(Plain::Int(number)),
        Value::Float(number) => return Ok(Plain::Float(number.get())),
        Value::Ref(_) => {}
    }
    // A value that is reached over many ways is written as often: what leaves the heap is counted here, not there.
    let size = match vm.object(value) {
        Some(Object::Str(text)) => text.text().len(),
        _ => 0,
    };
    vm.produce(size + NODE)?;
    match vm.object(value) {
        Some(Object::Str(text)) => Ok(Plain::Text(text.text().to_owned())),
        Some(Object::BigInt(number)) => Ok(Plain::BigInt(number.to_string())),
        Some(Object::List(_) | Object::Tuple(_)) => {
            let items = vm.as_sequence(value).unwrap_or_default().to_vec();
            list(vm, &items, depth)
        }
        Some(Object::Set(set) | Object::FrozenSet(set)) => {
            let items: Vec<Value> = set.iter().map(|entry| entry.key).collect();
            list(vm, &items, depth)
        }
        Some(Object::Dict(_)) => dict(vm, value, depth),
        Some(Object::Instance(_)) => instance(vm, value, depth),
        Some(Object::Class(class)) => Ok(Plain::Map(vec![
            ("_class".to_owned(), Plain::from("type")),
            ("name".to_owned(), Plain::Text(format!("{}.{}", class.module, class.name))),
        ])),
        _ => Ok(Plain::Null),
    }
}

fn list(vm: &mut Vm<'_>, items: &[Value], depth: usize) -> PyResult<Plain> {
    items.iter().map(|&item| serialise(vm, item, depth + 1)).collect::<PyResult<Vec<_>>>().map(Plain::List)
}

fn dict(vm: &mut Vm<'_>, value: Value, depth: usize) -> PyResult<Plain> {
    let entries: Vec<(Value, Value)> =
        vm.as_dict(value).map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect()).unwrap_or_default();
    let mut map = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let key = key_text(vm, key)?;
        map.push((key, serialise(vm, value, depth + 1)?));
    }
    Ok(Plain::Map(map))
}

/// The text of a key, as Python's `json` writes it.
fn key_text(vm: &mut Vm<'_>, key: Value) -> PyResult<String> {
    Ok(match key {
        Value::None => "null".to_owned(),
        Value::True => "true".to_owned(),
        Value::False => "false".to_owned(),
        _ => match vm.text(key) {
            Some(text) => text.to_string(),
            None => vm.to_str(key)?,
        },
    })
}

fn instance(vm: &mut Vm<'_>, value: Value, depth: usize) -> PyResult<Plain> {
    let Some(instance) = vm.as_instance(value) else { return Ok(Plain::Null) };
    let (class, attributes) = (instance.class, instance.attributes);
    if let Inner::Builtin(inside) = instance.inner {
        return serialise(vm, inside, depth);
    }
    let Some((module, name)) = vm.as_class(class).map(|class| (class.module.to_string(), class.name.to_string()))
    else {
        return Ok(Plain::Null);
    };
    for convert in ["as_dict", "to_json", "isoformat"] {
        if let Some(method) = vm.get_attr_opt(class, convert)? {
            let converted = vm.call(method, &[value])?;
            vm.root(converted);
            return serialise(vm, converted, depth + 1);
        }
    }
    if (&*module, &*name) == ("decimal", "Decimal") {
        let number = vm.call_method(value, "__float__", &[])?;
        return serialise(vm, number, depth + 1);
    }
    if !module.starts_with("docassemble.") || !is_object(vm, class) {
        return Ok(Plain::Null);
    }
    let mut map = vec![("_class".to_owned(), Plain::Text(format!("{module}.{name}")))];
    if matches!(name.as_str(), "DALazyTemplate" | "DALazyTableTemplate" | "DATemplate") {
        if let Some(own) = vm.dict_get_str(attributes, "instanceName") {
            map.push(("instanceName".to_owned(), serialise(vm, own, depth + 1)?));
        }
        return Ok(Plain::Map(map));
    }
    let entries: Vec<(Value, Value)> = vm
        .as_dict(attributes)
        .map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect())
        .unwrap_or_default();
    for (key, value) in entries {
        let key = key_text(vm, key)?;
        if key != "has_nonrandom_instance_name" && key != "attrList" {
            map.push((key, serialise(vm, value, depth + 1)?));
        }
    }
    Ok(Plain::Map(map))
}

/// Whether a class is one of docassemble's objects; only these are written with their attributes.
fn is_object(vm: &Vm<'_>, class: Value) -> bool {
    let Some(class) = vm.as_class(class) else { return false };
    class.mro.iter().any(|&base| vm.as_class(base).is_some_and(|base| &*base.name == "DAObject"))
}

/// Whether a value is left out of a list of variables: it is no data.
fn is_no_data(vm: &Vm<'_>, value: Value) -> bool {
    matches!(
        vm.object(value),
        Some(Object::Module(_) | Object::Function(_) | Object::Native(_) | Object::Class(_) | Object::BoundMethod(_))
    )
}

impl Evaluation<'_, '_> {
    /// The variables of the session, as JSON can hold them.
    pub(crate) fn all_variables(&mut self) -> Result<Plain, AssembleError> {
        let entries: Vec<(Value, Value)> = self
            .vm
            .as_dict(self.variables)
            .map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect())
            .unwrap_or_default();
        let mut map = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let Some(name) = self.vm.text(key) else { continue };
            if is_no_data(&self.vm, value) || &*name == "__name__" {
                continue;
            }
            let plain = to_plain(&mut self.vm, value).map_err(|raised| self.failure(raised, None))?;
            map.push((name.to_string(), plain));
        }
        Ok(Plain::Map(map))
    }

    /// A value from outside: dates become dates, and what says of which class it is becomes an object.
    pub(crate) fn take_value(&mut self, plain: &Plain, raw: bool) -> Flow<Value> {
        let value = from_plain(&mut self.vm, plain);
        let value = self.flow_anywhere(value)?;
        self.vm.root(value);
        if raw || !has_meaning(plain) {
            return Ok(value);
        }
        let Some(convert) = self.own_function("_from_outside") else { return Ok(value) };
        let converted = self.vm.call(convert, &[value]);
        let converted = self.flow_anywhere(converted)?;
        Ok(self.vm.root(converted))
    }
}

/// Whether there may be a date or an object in it.
fn has_meaning(plain: &Plain) -> bool {
    match plain {
        Plain::Text(text) => {
            let bytes = text.as_bytes();
            bytes.len() >= 8 && bytes[0].is_ascii_digit() && (bytes[2] == b':' || bytes.get(4) == Some(&b'-'))
        }
        Plain::List(items) => items.iter().any(has_meaning),
        Plain::Map(entries) => entries.iter().any(|(key, value)| key == "_class" || has_meaning(value)),
        _ => false,
    }
}
