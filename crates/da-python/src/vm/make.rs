//! Making values.

use super::{NameRef, Vm};
use crate::code::Const;
use crate::error::PyResult;
use crate::value::{Complex, Dict, Object, Str, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::sync::Arc;

/// A buffer that is larger than this is not kept.
const SCRATCH: usize = 64 << 10;

/// The digits of a number.
fn decimal(number: i64, buffer: &mut [u8; 20]) -> &str {
    let (mut at, mut size) = (buffer.len(), number.unsigned_abs());
    loop {
        at -= 1;
        buffer[at] = b'0' + (size % 10) as u8;
        size /= 10;
        if size == 0 {
            break;
        }
    }
    if number < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    str::from_utf8(&buffer[at..]).unwrap_or_default()
}

/// A text of more bytes is asked room for before it is copied.
const LARGE: usize = 1 << 16;

impl Vm<'_> {
    /// Makes an object.
    ///
    /// # Errors
    /// `Limit::Memory`
    #[inline]
    pub fn make(&mut self, object: Object) -> PyResult {
        self.heap.alloc(object).map(Value::Ref)
    }

    /// A `str`.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn str(&mut self, text: impl Into<Arc<str>> + AsRef<str>) -> PyResult {
        // While it is copied it is there twice.
        let len = text.as_ref().len();
        if len > LARGE {
            self.heap.would_fit(len * 2)?;
            self.pay_for_reading(len * 2)?;
        }
        self.make(Object::Str(Str::new(text)))
    }

    /// A `str` of what `write` puts together, in a buffer that is used again.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub(crate) fn str_of(&mut self, write: impl FnOnce(&Self, &mut String)) -> PyResult {
        let mut scratch = std::mem::take(&mut self.scratch);
        write(self, &mut scratch);
        let made = self.str(&*scratch);
        if scratch.capacity() <= SCRATCH {
            scratch.clear();
            self.scratch = scratch;
        }
        made
    }

    /// `str(v)` of what needs no method for it: a text is its own, a whole number is written down.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub(crate) fn plain_str(&mut self, v: Value) -> PyResult<Option<Value>> {
        match v {
            Value::Int(number) => self.str(decimal(number, &mut [0; 20])).map(Some),
            Value::Ref(handle) if matches!(self.heap.get(handle), Object::Str(_)) => Ok(Some(v)),
            _ => Ok(None),
        }
    }

    /// A `str` that is a name: there is one object of each.
    pub(crate) fn name<'a>(&mut self, name: impl Into<NameRef<'a>>) -> PyResult {
        let name = name.into();
        self.heap.intern_text(name.text, name.hash, name.shared).map(Value::Ref)
    }

    /// A `list`.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn list(&mut self, items: Vec<Value>) -> PyResult {
        self.make(Object::List(items))
    }

    /// A `tuple`.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn tuple(&mut self, items: Vec<Value>) -> PyResult {
        self.make(Object::Tuple(items.into_boxed_slice()))
    }

    /// An empty `dict`.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn dict(&mut self) -> PyResult {
        self.make(Object::Dict(Box::default()))
    }

    /// An empty `set`.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn set(&mut self) -> PyResult {
        self.make(Object::Set(Box::<Dict>::default()))
    }

    /// `bytes`
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn bytes(&mut self, bytes: &[u8]) -> PyResult {
        self.heap.would_fit(bytes.len() * 2)?;
        self.make(Object::Bytes(Arc::from(bytes)))
    }

    /// An `int` of any size.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn int(&mut self, number: BigInt) -> PyResult {
        match number.to_i64() {
            Some(small) => Ok(Value::Int(small)),
            None => self.make(Object::BigInt(Box::new(number))),
        }
    }

    /// The value of a constant.
    pub(crate) fn constant(&mut self, constant: &Const) -> PyResult {
        match constant {
            Const::None => Ok(Value::None),
            Const::Ellipsis => Ok(Value::Ellipsis),
            Const::Bool(value) => Ok(Value::from(*value)),
            Const::Int(value) => Ok(Value::Int(*value)),
            Const::Float(value) => Ok(Value::from(*value)),
            Const::Imaginary(imag) => self.make(Object::Complex(Complex { real: 0.0, imag: *imag })),
            Const::Str(name) => self.heap.intern(name).map(Value::Ref),
            Const::BigInt(value) => self.make(Object::BigInt(value.clone())),
            Const::Bytes(bytes) => self.make(Object::Bytes(Arc::clone(bytes))),
            Const::Code(code) => self.make(Object::Code(Arc::clone(code))),
            Const::Tuple(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items.iter() {
                    values.push(self.constant(item)?);
                }
                self.tuple(values)
            }
        }
    }
}
