//! Reading: one pass over bytes that may say anything, with a stack of its own.
//!
//! It never panics, never recurses, and never allocates more than the bytes that are there could
//! fill; what it makes is charged first.

use super::SnapshotError;
use super::container::{Open, Shape};
use super::format::{Reader, Tag};
use super::late::Late;
use crate::error::Raised;
use crate::value::{Complex, Object, Range, Value};
use crate::vm::Vm;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::sync::Arc;

/// Keys up to this length are one object each, shared with the frozen floors.
const INTERNED: usize = 64;

/// Reads a value back. What it makes is rooted in the scope of the caller.
pub(super) fn decode(vm: &mut Vm<'_>, bytes: &[u8]) -> Result<Value, SnapshotError> {
    let mut decoder = Decoder {
        vm,
        reader: Reader::new(bytes)?,
        objects: Vec::new(),
        texts: Vec::new(),
        classes: Vec::new(),
        open: Vec::new(),
        spare: Vec::new(),
        late: Late::default(),
    };
    let value = decoder.run()?;
    if !decoder.reader.at_end() {
        return Err(SnapshotError::Malformed("something follows its end"));
    }
    let Decoder { vm, late, .. } = decoder;
    late.insert(vm)?;
    Ok(value)
}

/// What was raised, as an error that outlives the machine.
pub(super) fn raised(vm: &mut Vm<'_>, raised: Raised) -> SnapshotError {
    match raised {
        Raised::Limit(limit) => SnapshotError::Limit(limit),
        Raised::Exception(_) => SnapshotError::Code(vm.error(raised)),
    }
}

/// Only a limit can be reached where this is used.
pub(super) fn limit(raised: Raised) -> SnapshotError {
    match raised {
        Raised::Limit(limit) => SnapshotError::Limit(limit),
        Raised::Exception(_) => SnapshotError::Malformed("something raised where nothing can"),
    }
}

/// A class, with the names that it was found by.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) class: Value,
    /// Whether its instances hold something under names of `__slots__`.
    pub(super) slots: bool,
    pub(super) module: Arc<str>,
    pub(super) qualname: Arc<str>,
}

/// A text, and its `str` once there is one.
struct Text<'b> {
    text: &'b str,
    value: Option<Value>,
}

pub(super) struct Decoder<'v, 'h, 'b> {
    pub(super) vm: &'v mut Vm<'h>,
    pub(super) reader: Reader<'b>,
    pub(super) open: Vec<Open>,
    pub(super) late: Late,
    /// What was numbered so far.
    objects: Vec<Value>,
    texts: Vec<Text<'b>>,
    pub(super) classes: Vec<Named>,
    /// Vectors of values that were closed, for what is opened next.
    pub(super) spare: Vec<Vec<Value>>,
}

impl Decoder<'_, '_, '_> {
    fn run(&mut self) -> Result<Value, SnapshotError> {
        loop {
            let mut done = self.read()?;
            loop {
                if let Some(value) = done.take() {
                    if self.open.is_empty() {
                        return Ok(value);
                    }
                    self.accept(value)?;
                }
                match self.open.pop_if(|open| open.left == 0) {
                    Some(open) => done = Some(self.close(open)?),
                    None => break,
                }
            }
        }
    }

    /// Reads a value, or opens a container.
    fn read(&mut self) -> Result<Option<Value>, SnapshotError> {
        let tag = self.reader.tag()?;
        let value = match tag {
            Tag::None => Value::None,
            Tag::NotImplemented => Value::NotImplemented,
            Tag::Ellipsis => Value::Ellipsis,
            Tag::False => Value::False,
            Tag::True => Value::True,
            Tag::Int => Value::Int(self.reader.signed()?),
            Tag::Float => Value::from(self.reader.float()?),
            Tag::Str => self.str()?,
            Tag::Class => {
                let place = self.class()?;
                self.classes[place].class
            }
            Tag::Seen => self.seen()?,
            Tag::Member => self.member()?,
            Tag::BigInt | Tag::Complex | Tag::Bytes | Tag::ByteArray | Tag::Range => {
                let object = self.flat(tag)?;
                self.add(object)?
            }
            Tag::List | Tag::Tuple => return self.open_sequence(tag),
            Tag::Dict | Tag::Set | Tag::FrozenSet => return self.open_table(tag),
            Tag::Slice => return self.open_slice(),
            Tag::Plain | Tag::Builtin | Tag::Exception | Tag::Native => return self.open_instance(tag),
        };
        Ok(Some(value))
    }

    /// Makes an object and numbers it.
    pub(super) fn add(&mut self, object: Object) -> Result<Value, SnapshotError> {
        let value = self.vm.make(object).map_err(limit)?;
        self.objects.push(value);
        Ok(value)
    }

    /// Makes a container that waits for so many values.
    pub(super) fn add_open(&mut self, object: Object, shape: Shape, left: usize) -> Result<(), SnapshotError> {
        let Value::Ref(handle) = self.add(object)? else { return Ok(()) };
        let parts = self.spare.pop().unwrap_or_default();
        self.open.push(Open { handle, shape, left, parts });
        Ok(())
    }

    fn seen(&mut self) -> Result<Value, SnapshotError> {
        let place = self.reader.place()?;
        match self.objects.get(place) {
            Some(object) => Ok(*object),
            None => Err(SnapshotError::Malformed("an object that was not there before")),
        }
    }

    /// An object that holds no values.
    fn flat(&mut self, tag: Tag) -> Result<Object, SnapshotError> {
        if tag == Tag::Range {
            let (start, stop, step) = (self.reader.signed()?, self.reader.signed()?, self.reader.signed()?);
            if step == 0 {
                return Err(SnapshotError::Malformed("a range that does not move"));
            }
            return Ok(Object::Range(Box::new(Range { start, stop, step })));
        }
        if tag == Tag::Complex {
            let (real, imag) = (self.reader.float()?, self.reader.float()?);
            return Ok(Object::Complex(Complex { real, imag }));
        }
        let bytes = self.reader.bytes()?;
        self.vm.heap.would_fit(bytes.len()).map_err(limit)?;
        Ok(match tag {
            Tag::Bytes => Object::Bytes(Arc::from(bytes)),
            Tag::ByteArray => Object::ByteArray(bytes.to_vec()),
            _ => {
                let number = BigInt::from_signed_bytes_le(bytes);
                if number.to_i64().is_some() {
                    return Err(SnapshotError::Malformed("a small number that was written as a large one"));
                }
                Object::BigInt(Box::new(number))
            }
        })
    }

    /// The place of a text in the table; a new one is added.
    fn text(&mut self) -> Result<usize, SnapshotError> {
        let number = self.reader.place()?;
        if let Some(place) = number.checked_sub(1) {
            return match self.texts.get(place) {
                Some(_) => Ok(place),
                None => Err(SnapshotError::Malformed("a text that was not there before")),
            };
        }
        let bytes = self.reader.bytes()?;
        let text = str::from_utf8(bytes).map_err(|_| SnapshotError::Malformed("a text that is not UTF-8"))?;
        self.vm.heap.would_fit(text.len()).map_err(limit)?;
        self.texts.push(Text { text, value: None });
        Ok(self.texts.len() - 1)
    }

    fn shared_text(&mut self) -> Result<Arc<str>, SnapshotError> {
        let place = self.text()?;
        Ok(Arc::from(self.texts[place].text))
    }

    fn str(&mut self) -> Result<Value, SnapshotError> {
        let place = self.text()?;
        let Text { text, value } = &mut self.texts[place];
        if let Some(value) = value {
            return Ok(*value);
        }
        // What is a key is often a name, and shared with the frozen floors; other texts are seldom there already.
        let is_key = matches!(self.open.last(), Some(Open { shape: Shape::Dict(None), .. }));
        let made = if is_key && text.len() <= INTERNED { self.vm.name(*text) } else { self.vm.str(*text) };
        let made = self.vm.root(made.map_err(limit)?);
        *value = Some(made);
        Ok(made)
    }

    /// A class; a new one is looked for, in a module that may have to be imported first.
    /// Its place among the classes.
    pub(super) fn class(&mut self) -> Result<usize, SnapshotError> {
        let number = self.reader.place()?;
        if let Some(place) = number.checked_sub(1) {
            if place < self.classes.len() {
                return Ok(place);
            }
            return Err(SnapshotError::Malformed("a class that was not there before"));
        }
        let (module, qualname) = (self.shared_text()?, self.shared_text()?);
        let class = find_class(self.vm, &module, &qualname)?;
        let slots = !self.vm.names_of_slots(class).is_empty();
        self.classes.push(Named { class: self.vm.root(class), slots, module, qualname });
        Ok(self.classes.len() - 1)
    }

    /// An instance that its class holds under a name.
    fn member(&mut self) -> Result<Value, SnapshotError> {
        let place = self.class()?;
        let Named { class, module, qualname, .. } = self.classes[place].clone();
        let member = self.shared_text()?;
        let held = self.vm.as_class(class).and_then(|class| self.vm.dict_get_str(class.attributes, &member));
        match held.filter(|held| self.vm.as_instance(*held).is_some()) {
            Some(held) => Ok(self.vm.root(held)),
            None => Err(SnapshotError::UnknownMember { module, qualname, member }),
        }
    }
}

fn find_class(vm: &mut Vm<'_>, module: &Arc<str>, qualname: &Arc<str>) -> Result<Value, SnapshotError> {
    let (module, qualname) = (Arc::clone(module), Arc::clone(qualname));
    match vm.find_in_module(&module, &qualname).map_err(|error| raised(vm, error))? {
        Some(class) if vm.as_class(class).is_some() => Ok(class),
        Some(_) => Err(SnapshotError::NotAClass { module, qualname }),
        None => Err(SnapshotError::UnknownClass { module, qualname }),
    }
}
