//! Reading of containers: each is made empty when it is met, so that what it holds can refer to it,
//! and filled while or after its values come.
//!
//! No code of the interview's runs here; keys that need it wait in [`Late`](super::late::Late).

use super::decode::{Decoder, Named, limit, raised};
use super::format::Tag;
use super::{SnapshotError, fits, late, restorer};
use crate::heap::Handle;
use crate::value::{ClassKind, Dict, ExceptionData, Inner, Instance, NativeData, Object, Slice, Value};

const VALUE: usize = size_of::<Value>();

/// A container that is being read.
pub(super) struct Open {
    pub(super) handle: Handle,
    pub(super) shape: Shape,
    /// How many values are still to come.
    pub(super) left: usize,
    /// Those that came. A table takes its entries at once; from the first key on whose hash must
    /// wait they are kept here, keys and values in turns.
    pub(super) parts: Vec<Value>,
}

/// What a container is.
pub(super) enum Shape {
    List,
    Tuple,
    /// A dict, and the key that waits for its value.
    Dict(Option<Value>),
    /// A set or frozenset.
    Set,
    Slice,
    /// An instance of the class of this place.
    Instance(usize),
}

type Opened = Result<Option<Value>, SnapshotError>;

impl Decoder<'_, '_, '_> {
    pub(super) fn open_sequence(&mut self, tag: Tag) -> Opened {
        let count = self.reader.count(1)?;
        let (object, shape) = match tag {
            Tag::List => (Object::List(Vec::new()), Shape::List),
            _ => (Object::Tuple(Box::default()), Shape::Tuple),
        };
        self.add_open(object, shape, count)?;
        self.reserve(count)?;
        Ok(None)
    }

    pub(super) fn open_table(&mut self, tag: Tag) -> Opened {
        let each = if tag == Tag::Dict { 2 } else { 1 };
        let count = self.reader.count(each)?;
        self.vm.heap.would_fit(count * Dict::ENTRY).map_err(limit)?;
        let table = Box::new(Dict::with_room(count));
        let (object, shape) = match tag {
            Tag::Dict => (Object::Dict(table), Shape::Dict(None)),
            Tag::Set => (Object::Set(table), Shape::Set),
            _ => (Object::FrozenSet(table), Shape::Set),
        };
        self.add_open(object, shape, count * each)?;
        Ok(None)
    }

    pub(super) fn open_slice(&mut self) -> Opened {
        self.reader.owe(3)?;
        let empty = Slice { start: Value::None, stop: Value::None, step: Value::None };
        self.add_open(Object::Slice(Box::new(empty)), Shape::Slice, 3)?;
        Ok(None)
    }

    pub(super) fn open_instance(&mut self, tag: Tag) -> Opened {
        let class = self.class()?;
        let (inner, values) = match tag {
            Tag::Plain => (Inner::Nothing, 1),
            Tag::Builtin => (Inner::Nothing, 2),
            Tag::Native => (Inner::Native(self.native(class)?), 1),
            _ => (Inner::Exception(Box::<ExceptionData>::default()), 1 + self.reader.count(1)?),
        };
        // An exception's arguments are owed already.
        self.reader.owe(if tag == Tag::Builtin { 2 } else { 1 })?;
        let of = self.classes[class].class;
        let instance = Instance { class: of, attributes: Value::None, slots: Value::None, inner };
        self.add_open(Object::Instance(Box::new(instance)), Shape::Instance(class), values)?;
        self.reserve(values)?;
        Ok(None)
    }

    /// Makes room for the values of the container that was opened last.
    fn reserve(&mut self, count: usize) -> Result<(), SnapshotError> {
        self.vm.heap.charge(count * VALUE).map_err(limit)?;
        if let Some(open) = self.open.last_mut() {
            open.parts.reserve_exact(count);
        }
        Ok(())
    }

    fn native(&mut self, class: usize) -> Result<Box<dyn NativeData>, SnapshotError> {
        let named = &self.classes[class].clone();
        let bytes = self.reader.bytes()?;
        let kind = self.vm.as_class(named.class).map(|class| class.kind);
        let restore = restorer(self.vm, named.class).filter(|_| kind == Some(ClassKind::Native));
        let Some(restore) = restore else { return Err(changed(named)) };
        restore(self.vm, bytes).map_err(|error| match raised(self.vm, error) {
            SnapshotError::Code(error) => SnapshotError::Native {
                module: named.module.clone(),
                qualname: named.qualname.clone(),
                reason: error.to_string(),
            },
            error => error,
        })
    }

    /// Gives a value to the container that was opened last.
    pub(super) fn accept(&mut self, value: Value) -> Result<(), SnapshotError> {
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        open.left -= 1;
        let (key, value) = match &mut open.shape {
            Shape::Dict(waiting) => match waiting.take() {
                Some(key) => (key, value),
                None => {
                    *waiting = Some(value);
                    return Ok(());
                }
            },
            Shape::Set => (value, Value::None),
            _ => {
                open.parts.push(value);
                return Ok(());
            }
        };
        if open.parts.is_empty() && late::is_simple(self.vm, key) {
            return late::insert(self.vm, open.handle, key, value);
        }
        self.vm.heap.charge(2 * VALUE).map_err(limit)?;
        open.parts.extend([key, value]);
        Ok(())
    }

    /// Finishes a container that got all its values.
    pub(super) fn close(&mut self, open: Open) -> Result<Value, SnapshotError> {
        let Open { handle, shape, parts, .. } = open;
        match shape {
            Shape::List => *self.vm.heap.get_mut(handle) = Object::List(parts),
            Shape::Tuple => *self.vm.heap.get_mut(handle) = Object::Tuple(parts.into_boxed_slice()),
            Shape::Dict(_) | Shape::Set if parts.is_empty() => self.spare.push(parts),
            Shape::Dict(_) | Shape::Set => self.late.add(handle, parts),
            Shape::Slice => {
                if let (Object::Slice(slice), [start, stop, step]) = (self.vm.heap.get_mut(handle), &parts[..]) {
                    **slice = Slice { start: *start, stop: *stop, step: *step };
                }
            }
            Shape::Instance(class) => {
                self.close_instance(handle, class, &parts)?;
                self.keep_spare(parts);
            }
        }
        Ok(Value::Ref(handle))
    }

    /// Keeps a vector for what is opened next.
    fn keep_spare(&mut self, mut parts: Vec<Value>) {
        parts.clear();
        self.spare.push(parts);
    }

    fn close_instance(&mut self, handle: Handle, class: usize, parts: &[Value]) -> Result<(), SnapshotError> {
        let (of, slots) = (self.classes[class].class, self.classes[class].slots);
        let [attributes, rest @ ..] = parts else { return Ok(()) };
        if !attributes.is_none() && !matches!(self.vm.heap.object(*attributes), Some(Object::Dict(_))) {
            return Err(SnapshotError::Malformed("attributes that are not a dict"));
        }
        let Object::Instance(instance) = self.vm.heap.get_mut(handle) else { return Ok(()) };
        instance.attributes = *attributes;
        if slots {
            self.fill_slots(handle, of)?;
        }
        let Object::Instance(instance) = self.vm.heap.get_mut(handle) else { return Ok(()) };
        match (&mut instance.inner, rest) {
            (Inner::Exception(data), arguments) => data.args = arguments.to_vec(),
            (inner @ Inner::Nothing, [inside]) => *inner = Inner::Builtin(*inside),
            _ => {}
        }
        match self.vm.heap.get(handle) {
            Object::Instance(instance) if fits(self.vm, of, &instance.inner) => Ok(()),
            _ => Err(changed(&self.classes[class])),
        }
    }
}

impl Decoder<'_, '_, '_> {
    /// Moves what stands under the names of `__slots__` from the attributes to the slots.
    fn fill_slots(&mut self, handle: Handle, class: Value) -> Result<(), SnapshotError> {
        let Object::Instance(instance) = self.vm.heap.get(handle) else { return Ok(()) };
        let attributes = instance.attributes;
        let names = self.vm.names_of_slots(class);
        if attributes.is_none() || names.is_empty() {
            return Ok(());
        }
        let slots = self.vm.dict().map_err(limit)?;
        // In the order in which they are saved, so that the same is written again.
        let saved: Vec<Value> =
            self.vm.as_dict(attributes).map(|d| d.iter().map(|e| e.key).collect()).unwrap_or_default();
        for key in saved {
            let Some(name) = self.vm.text(key).filter(|name| names.contains(name)) else { continue };
            if let Some(value) = self.vm.remove_name(attributes, &*name) {
                self.vm.set_name(slots, &*name, value).map_err(limit)?;
            }
        }
        if let Object::Instance(instance) = self.vm.heap.get_mut(handle) {
            instance.slots = slots;
        }
        Ok(())
    }
}

fn changed(named: &Named) -> SnapshotError {
    SnapshotError::ClassChanged { module: named.module.clone(), qualname: named.qualname.clone() }
}
