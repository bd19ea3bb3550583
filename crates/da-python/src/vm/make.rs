//! Making values.

use super::{NameRef, Vm};
use crate::code::Const;
use crate::error::PyResult;
use crate::value::{Complex, Dict, Object, Str, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::sync::Arc;

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
    pub fn str(&mut self, text: impl Into<Arc<str>>) -> PyResult {
        self.make(Object::Str(Str::new(text)))
    }

    /// A `str` that is a name: there is one object of each.
    pub(crate) fn name<'a>(&mut self, name: impl Into<NameRef<'a>>) -> PyResult {
        let name = name.into();
        self.heap.intern_text(name.text, name.hash).map(Value::Ref)
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
        self.heap.would_fit(bytes.len())?;
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
            Const::Bool(value) => Ok(Value::Bool(*value)),
            Const::Int(value) => Ok(Value::Int(*value)),
            Const::Float(value) => Ok(Value::Float(*value)),
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
