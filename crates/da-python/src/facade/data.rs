//! [`Data`]: plain values, in and out.

use super::Stopped;
use super::session::Failed;
use crate::error::{Limit, Raised};
use crate::value::{Object, Value};
use crate::vm::Vm;

/// A plain value. A tuple, a set and a frozenset come out as lists, and an instance of a subclass of a built-in type as what it
/// is underneath.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// `None`
    None,
    /// A `bool`.
    Bool(bool),
    /// An `int` that has room in 64 bits; a larger one is [`Data::Other`], with its digits.
    Int(i64),
    /// A `float`.
    Float(f64),
    /// A `str`.
    Text(String),
    /// `bytes`
    Bytes(Vec<u8>),
    /// The items of a container.
    List(Vec<Data>),
    /// The keys and values of a `dict`, in its order.
    Map(Vec<(Data, Data)>),
    /// Anything else that came out of Python: it cannot be put in again.
    Other {
        /// The name of its class.
        class: String,
        /// What `str()` makes of it.
        text: String,
    },
}

impl Data {
    /// Containers inside each other that go in or come out.
    pub const DEEPEST: usize = 100;

    /// The text of a [`Data::Text`].
    ///
    /// ```
    /// use da_python::Data;
    ///
    /// assert_eq!(Data::from("Ann").as_text(), Some("Ann"));
    /// assert_eq!(Data::from(1).as_text(), None);
    /// ```
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a key that is a text, in a [`Data::Map`].
    ///
    /// ```
    /// use da_python::Data;
    ///
    /// let person = Data::Map(vec![(Data::from("name"), Data::from("Ann"))]);
    /// assert_eq!(person.get("name").and_then(Data::as_text), Some("Ann"));
    /// assert_eq!(person.get("age"), None);
    /// ```
    pub fn get(&self, key: &str) -> Option<&Data> {
        match self {
            Data::Map(entries) => entries.iter().find(|(own, _)| own.as_text() == Some(key)).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A value of a machine as data, which takes no more room than the machine may have.
    pub(super) fn of(vm: &mut Vm<'_>, value: Value) -> Result<Data, Failed> {
        // What `str()` runs may forget it everywhere else.
        let value = vm.root(value);
        let room = vm.limits.memory;
        Reader { vm, room }.read(value, 0)
    }

    /// Data as a value of a machine, rooted until the call that runs now ends.
    pub(super) fn write(self, vm: &mut Vm<'_>, depth: usize) -> Result<Value, Failed> {
        vm.pay(1)?;
        let made = match self {
            Data::None => Value::None,
            Data::Bool(value) => Value::from(value),
            Data::Int(number) => Value::Int(number),
            Data::Float(number) => Value::from(number),
            Data::Text(text) => vm.str(text)?,
            Data::Bytes(bytes) => vm.bytes(&bytes)?,
            Data::List(items) => {
                nested(depth)?;
                let items = items.into_iter().map(|item| item.write(vm, depth + 1)).collect::<Result<_, Failed>>()?;
                vm.list(items)?
            }
            Data::Map(entries) => {
                nested(depth)?;
                let dict = vm.dict()?;
                let dict = vm.root(dict);
                for (key, value) in entries {
                    let key = key.write(vm, depth + 1)?;
                    let value = value.write(vm, depth + 1)?;
                    vm.dict_set(dict, key, value)?;
                }
                dict
            }
            Data::Other { class, .. } => return Err(Stopped::NoValue(class).into()),
        };
        Ok(vm.root(made))
    }
}

/// Takes values out of a machine.
struct Reader<'r, 'h> {
    vm: &'r mut Vm<'h>,
    /// Bytes that may still be taken out.
    room: usize,
}

impl Reader<'_, '_> {
    fn read(&mut self, value: Value, depth: usize) -> Result<Data, Failed> {
        self.take(size_of::<Data>())?;
        let inside = self.vm.builtin(value);
        match inside {
            Value::None => return Ok(Data::None),
            Value::False | Value::True => return Ok(Data::Bool(matches!(inside, Value::True))),
            Value::Int(number) => return Ok(Data::Int(number)),
            Value::Float(_) => return Ok(self.vm.as_float(inside).map_or(Data::None, Data::Float)),
            _ => {}
        }
        if let Some(text) = self.vm.text(inside) {
            self.take(text.len())?;
            return Ok(Data::Text(text.to_string()));
        }
        if let Some(length) = self.vm.as_bytes(inside).map(<[u8]>::len) {
            self.take(length)?;
            return Ok(Data::Bytes(self.vm.as_bytes(inside).map(<[u8]>::to_vec).unwrap_or_default()));
        }
        let items = match self.vm.object(inside) {
            Some(Object::List(items)) => items.clone(),
            Some(Object::Tuple(items)) => items.to_vec(),
            Some(Object::Set(table) | Object::FrozenSet(table)) => table.iter().map(|entry| entry.key).collect(),
            Some(Object::Dict(table)) => {
                let entries = table.iter().map(|entry| (entry.key, entry.value)).collect();
                return self.entries(entries, depth);
            }
            _ => return self.other(value),
        };
        nested(depth)?;
        // What `str()` runs may empty the container.
        for item in &items {
            self.vm.root(*item);
        }
        items.into_iter().map(|item| self.read(item, depth + 1)).collect::<Result<_, Failed>>().map(Data::List)
    }

    fn entries(&mut self, entries: Vec<(Value, Value)>, depth: usize) -> Result<Data, Failed> {
        nested(depth)?;
        for (key, value) in &entries {
            self.vm.root(*key);
            self.vm.root(*value);
        }
        let entry = |(key, value)| Ok((self.read(key, depth + 1)?, self.read(value, depth + 1)?));
        entries.into_iter().map(entry).collect::<Result<_, Failed>>().map(Data::Map)
    }

    fn other(&mut self, value: Value) -> Result<Data, Failed> {
        let class = self.vm.type_name(value);
        self.take(class.len())?;
        let text = self.vm.to_str(value)?;
        self.take(text.len())?;
        Ok(Data::Other { class: class.to_string(), text })
    }

    /// Pays for bytes that leave the machine.
    fn take(&mut self, bytes: usize) -> Result<(), Failed> {
        self.vm.pay(bytes as u64 / 64 + 1)?;
        self.room = self.room.checked_sub(bytes).ok_or(Raised::Limit(Limit::Memory))?;
        Ok(())
    }
}

fn nested(depth: usize) -> Result<(), Failed> {
    if depth < Data::DEEPEST { Ok(()) } else { Err(Stopped::Nested.into()) }
}

impl From<bool> for Data {
    fn from(value: bool) -> Self {
        Data::Bool(value)
    }
}

impl From<i64> for Data {
    fn from(number: i64) -> Self {
        Data::Int(number)
    }
}

impl From<f64> for Data {
    fn from(number: f64) -> Self {
        Data::Float(number)
    }
}

impl From<&str> for Data {
    fn from(text: &str) -> Self {
        Data::Text(text.to_owned())
    }
}

impl From<String> for Data {
    fn from(text: String) -> Self {
        Data::Text(text)
    }
}

impl From<Vec<Data>> for Data {
    fn from(items: Vec<Data>) -> Self {
        Data::List(items)
    }
}
