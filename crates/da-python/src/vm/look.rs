//! Looking at values. Nothing here runs Python code.

use super::Vm;
use crate::value::{
    Builtin, Class, Dict, ExceptionData, Function, Inner, Instance, MemoryView, NativeData, Object, Range, Slice, Str,
    Value, ViewKind,
};
use num_bigint::BigInt;
use std::sync::Arc;

/// Classes of the library, with their modules, that messages call by their whole names.
const DOTTED: &[(&str, &str)] = &[
    ("collections", "OrderedDict"),
    ("collections", "defaultdict"),
    ("collections", "deque"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("datetime", "tzinfo"),
    ("decimal", "Context"),
    ("decimal", "Decimal"),
    ("functools", "partial"),
    ("re", "Match"),
    ("re", "Pattern"),
    ("zoneinfo", "ZoneInfo"),
];

impl Vm<'_> {
    /// The built-in value inside an instance of a class that extends a built-in type; else `v`.
    #[inline]
    pub fn builtin(&self, v: Value) -> Value {
        match self.heap.object(v) {
            Some(Object::Instance(instance)) => match instance.inner {
                Inner::Builtin(value) => value,
                _ => v,
            },
            _ => v,
        }
    }

    /// The object of a value, with what is inside an instance of a subclass of a built-in type.
    #[inline]
    pub fn object(&self, v: Value) -> Option<&Object> {
        self.heap.object(self.builtin(v))
    }

    /// The text, if it is a `str`.
    pub fn as_str(&self, v: Value) -> Option<&Str> {
        match self.object(v)? {
            Object::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The text, shared, if it is a `str`.
    pub fn text(&self, v: Value) -> Option<Arc<str>> {
        self.as_str(v).map(|text| Arc::clone(text.shared()))
    }

    /// The items, if it is a `list`.
    pub fn as_list(&self, v: Value) -> Option<&Vec<Value>> {
        match self.object(v)? {
            Object::List(items) => Some(items),
            _ => None,
        }
    }

    /// The items, to be changed, if it is a `list`.
    pub fn as_list_mut(&mut self, v: Value) -> Option<&mut Vec<Value>> {
        match self.builtin(v) {
            Value::Ref(handle) if matches!(self.heap.get(handle), Object::List(_)) => match self.heap.get_mut(handle) {
                Object::List(items) => Some(items),
                _ => None,
            },
            _ => None,
        }
    }

    /// The items, if it is a `tuple`.
    pub fn as_tuple(&self, v: Value) -> Option<&[Value]> {
        match self.object(v)? {
            Object::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The items, if it is a `list` or a `tuple`.
    pub fn as_sequence(&self, v: Value) -> Option<&[Value]> {
        match self.object(v)? {
            Object::Tuple(items) => Some(items),
            Object::List(items) => Some(items),
            _ => None,
        }
    }

    /// The table, if it is a `dict`.
    pub fn as_dict(&self, v: Value) -> Option<&Dict> {
        match self.object(v)? {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// The table, if it is a `set` or `frozenset`.
    pub fn as_set(&self, v: Value) -> Option<&Dict> {
        match self.object(v)? {
            Object::Set(dict) | Object::FrozenSet(dict) => Some(dict),
            _ => None,
        }
    }

    /// The table of a `dict`, `set` or `frozenset`, to be changed.
    pub fn as_table_mut(&mut self, v: Value) -> Option<&mut Dict> {
        match self.builtin(v) {
            Value::Ref(handle) => match self.heap.get_mut(handle) {
                Object::Dict(dict) | Object::Set(dict) | Object::FrozenSet(dict) => Some(dict),
                _ => None,
            },
            _ => None,
        }
    }

    /// The bytes, if it is `bytes`, a `bytearray` or a `memoryview`.
    pub fn as_bytes(&self, v: Value) -> Option<&[u8]> {
        match self.object(v)? {
            Object::Bytes(bytes) => Some(bytes),
            Object::ByteArray(bytes) => Some(bytes),
            Object::MemoryView(view) => self.bytes_of_view(view),
            _ => None,
        }
    }

    /// What a view looks at; nothing once it was released.
    fn bytes_of_view(&self, view: &MemoryView) -> Option<&[u8]> {
        let bytes: &[u8] = match self.object(view.base)? {
            Object::Bytes(bytes) => bytes,
            Object::ByteArray(bytes) => bytes,
            _ => return None,
        };
        let end = (view.start + view.len).min(bytes.len());
        bytes.get(view.start.min(end)..end).filter(|_| !view.released)
    }

    /// The number, if it is an `int` that does not fit 64 bits.
    pub fn as_big(&self, v: Value) -> Option<&BigInt> {
        match self.object(v)? {
            Object::BigInt(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if it is an `int` or `bool` that fits 64 bits.
    pub fn as_int(&self, v: Value) -> Option<i64> {
        match self.builtin(v) {
            Value::Int(number) => Some(number),
            Value::False => Some(0),
            Value::True => Some(1),
            _ => None,
        }
    }

    /// The number, if it is a `float`.
    pub fn as_float(&self, v: Value) -> Option<f64> {
        match self.builtin(v) {
            Value::Float(number) => Some(number.get()),
            _ => None,
        }
    }

    /// The range, if it is one.
    pub fn as_range(&self, v: Value) -> Option<Range> {
        match self.object(v)? {
            Object::Range(range) => Some(**range),
            _ => None,
        }
    }

    /// The slice, if it is one.
    pub fn as_slice(&self, v: Value) -> Option<Slice> {
        match self.object(v)? {
            Object::Slice(slice) => Some(**slice),
            _ => None,
        }
    }

    /// The class, if it is one.
    #[inline]
    pub fn as_class(&self, v: Value) -> Option<&Class> {
        match self.heap.object(v)? {
            Object::Class(class) => Some(class),
            _ => None,
        }
    }

    /// The class, to be changed, if it is one.
    pub(crate) fn as_class_mut(&mut self, v: Value) -> Option<&mut Class> {
        match v {
            Value::Ref(handle) => match self.heap.get_mut(handle) {
                Object::Class(class) => Some(class),
                _ => None,
            },
            _ => None,
        }
    }

    /// The function, if it is one written in Python.
    pub fn as_function(&self, v: Value) -> Option<&Function> {
        match self.heap.object(v)? {
            Object::Function(function) => Some(function),
            _ => None,
        }
    }

    /// The instance, if it is one of a class that is not a plain built-in one.
    #[inline]
    pub fn as_instance(&self, v: Value) -> Option<&Instance> {
        match self.heap.object(v)? {
            Object::Instance(instance) => Some(instance),
            _ => None,
        }
    }

    /// The instance, to be changed.
    pub fn as_instance_mut(&mut self, v: Value) -> Option<&mut Instance> {
        self.as_instance(v)?;
        match v {
            Value::Ref(handle) => match self.heap.get_mut(handle) {
                Object::Instance(instance) => Some(instance),
                _ => None,
            },
            _ => None,
        }
    }

    /// What an exception carries.
    pub fn as_exception(&self, v: Value) -> Option<&ExceptionData> {
        match &self.as_instance(v)?.inner {
            Inner::Exception(data) => Some(data),
            _ => None,
        }
    }

    /// What an exception carries, to be changed.
    pub fn as_exception_mut(&mut self, v: Value) -> Option<&mut ExceptionData> {
        match &mut self.as_instance_mut(v)?.inner {
            Inner::Exception(data) => Some(data),
            _ => None,
        }
    }

    /// The data of native code inside an instance, if it is of this kind.
    pub fn native<T: NativeData>(&self, v: Value) -> Option<&T> {
        match &self.as_instance(v)?.inner {
            Inner::Native(data) => data.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// The data of native code inside an instance, to be changed.
    pub fn native_mut<T: NativeData>(&mut self, v: Value) -> Option<&mut T> {
        match &mut self.as_instance_mut(v)?.inner {
            Inner::Native(data) => data.as_any_mut().downcast_mut(),
            _ => None,
        }
    }

    /// The class of a built-in type.
    #[inline]
    pub fn class_of(&self, b: Builtin) -> Value {
        self.classes.builtin(b)
    }

    /// The class of a value.
    pub fn type_of(&self, v: Value) -> Value {
        match self.heap.object(v) {
            Some(Object::Instance(instance)) => instance.class,
            Some(Object::Class(class)) => class.metaclass,
            _ => self.class_of(self.builtin_type(v)),
        }
    }

    /// The name of the class of a value.
    pub fn type_name(&self, v: Value) -> Arc<str> {
        match self.as_class(self.type_of(v)) {
            Some(class) if DOTTED.contains(&(&*class.module, &*class.name)) => {
                Arc::from(format!("{}.{}", class.module, class.name))
            }
            Some(class) => Arc::clone(&class.name),
            None => Arc::from("object"),
        }
    }

    /// Which built-in type a value is made of.
    pub fn builtin_type(&self, v: Value) -> Builtin {
        let handle = match v {
            Value::None | Value::Unset => return Builtin::NoneType,
            Value::NotImplemented => return Builtin::NotImplementedType,
            Value::Ellipsis => return Builtin::Ellipsis,
            Value::False | Value::True => return Builtin::Bool,
            Value::Int(_) => return Builtin::Int,
            Value::Float(_) => return Builtin::Float,
            Value::Ref(handle) => handle,
        };
        match self.heap.get(handle) {
            Object::Str(_) => Builtin::Str,
            Object::BigInt(_) => Builtin::Int,
            Object::Complex(_) => Builtin::Complex,
            Object::Bytes(_) => Builtin::Bytes,
            Object::ByteArray(_) => Builtin::ByteArray,
            Object::MemoryView(_) => Builtin::MemoryView,
            Object::List(_) => Builtin::List,
            Object::Tuple(_) => Builtin::Tuple,
            Object::Dict(_) => Builtin::Dict,
            Object::Set(_) => Builtin::Set,
            Object::FrozenSet(_) => Builtin::FrozenSet,
            Object::Range(_) => Builtin::Range,
            Object::Slice(_) => Builtin::Slice,
            Object::Cell(_) => Builtin::Cell,
            Object::Function(_) => Builtin::Function,
            Object::Native(_) => Builtin::NativeFunction,
            Object::BoundMethod(_) => Builtin::Method,
            Object::Class(_) => Builtin::Type,
            Object::Instance(_) => Builtin::Object,
            Object::Module(_) => Builtin::Module,
            Object::Property(_) => Builtin::Property,
            Object::StaticMethod(_) => Builtin::StaticMethod,
            Object::ClassMethod(_) => Builtin::ClassMethod,
            Object::Super(_) => Builtin::Super,
            Object::Iterator(iter) => iter.builtin(),
            Object::View { kind: ViewKind::Keys, .. } => Builtin::DictKeys,
            Object::View { kind: ViewKind::Values, .. } => Builtin::DictValues,
            Object::View { kind: ViewKind::Items, .. } => Builtin::DictItems,
            Object::Generator(_) => Builtin::Generator,
            Object::Code(_) => Builtin::Code,
            Object::Frame(_) => Builtin::Frame,
            Object::Traceback(_) => Builtin::Traceback,
            Object::Weak(_) => Builtin::Weak,
            Object::Member(_) => Builtin::Member,
        }
    }

    /// A number for an object, as `id` gives it: the same as long as the object lives.
    pub fn address(&self, v: Value) -> u64 {
        match v {
            Value::Ref(handle) => 0x7f00_0000_0000 + u64::from(handle.index()) * 48,
            Value::None | Value::Unset => 0x9000_0010,
            Value::NotImplemented => 0x9000_0020,
            Value::Ellipsis => 0x9000_0030,
            Value::False => 0x9000_0040,
            Value::True => 0x9000_0050,
            Value::Int(number) => 0xa000_0000_0000 ^ (number.cast_unsigned() << 4),
            Value::Float(number) => 0xb000_0000_0000 ^ number.to_bits(),
        }
    }
}
