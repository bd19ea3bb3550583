//! Writing: one pass over the graph, with a stack of its own.
//!
//! It never writes a handle, never runs code of the interview's, and never writes what could not be
//! read back: that is left out and reported.

use super::decode::limit;
use super::format::{MAGIC, Tag, VERSION, put_bytes, put_number, put_signed};
use super::path::{Paths, Step};
use super::{LeftOut, Snapshot, SnapshotError};
use crate::code::hash_text;
use crate::heap::Handle;
use crate::value::{Inner, Instance, Object, Value};
use crate::vm::Vm;
use hashbrown::{HashMap, HashTable};
use std::sync::Arc;

/// Room for so many objects is made at first, if the heap has as many: a table that grows is filled again and again.
const ROOM: usize = 4096;
/// No more than this many are reported one by one.
const REPORTED: usize = 1000;

/// Writes what `root` reaches.
pub(super) fn encode(vm: &mut Vm<'_>, root: Value) -> Result<Snapshot, SnapshotError> {
    let room = vm.heap.living().min(ROOM);
    let mut encoder = Encoder {
        vm,
        writer: Writer { texts: HashTable::with_capacity(room / 4), ..Writer::default() },
        open: Vec::new(),
        seen: HashMap::with_capacity(room),
        classes: HashMap::new(),
        native: HashMap::new(),
        paths: Paths::default(),
        left_out: Vec::new(),
        more_left_out: 0,
    };
    encoder.writer.out.extend_from_slice(MAGIC);
    encoder.writer.out.push(VERSION);
    encoder.run(root)?;
    let Encoder { writer, left_out, more_left_out, .. } = encoder;
    Ok(Snapshot { bytes: writer.out, left_out, more_left_out })
}

/// Bytes, and the numbers of the texts and classes in them.
#[derive(Default)]
pub(super) struct Writer {
    out: Vec<u8>,
    texts: HashTable<Text>,
    classes: HashMap<Handle, u64>,
}

/// A text that was written, its hash and its number.
struct Text {
    text: Arc<str>,
    hash: u64,
    number: u64,
}

impl Writer {
    pub(super) fn tag(&mut self, tag: Tag) {
        self.out.push(tag as u8);
    }

    fn count(&mut self, tag: Tag, count: usize) {
        self.tag(tag);
        put_number(&mut self.out, count as u64);
    }

    fn bytes(&mut self, tag: Tag, bytes: &[u8]) {
        self.tag(tag);
        put_bytes(&mut self.out, bytes);
    }

    /// Writes a text; its hash is that of a `str`, which was often computed before.
    pub(super) fn text(&mut self, text: &Arc<str>, hash: u64) {
        let same = |known: &Text| Arc::ptr_eq(&known.text, text) || known.hash == hash && known.text == *text;
        if let Some(known) = self.texts.find(hash, same) {
            return put_number(&mut self.out, known.number);
        }
        let number = self.texts.len() as u64 + 1;
        self.texts.insert_unique(hash, Text { text: Arc::clone(text), hash, number }, |known| known.hash);
        put_number(&mut self.out, 0);
        put_bytes(&mut self.out, text.as_bytes());
    }
}

/// A container that is being written, and the place in it that comes next.
struct Open {
    handle: Handle,
    next: usize,
    path: usize,
    /// It is a table of which nothing is left out: none of what it holds need be looked at again.
    whole: bool,
}

/// What stands at a place of a container.
enum Place {
    Holds(Value, Step),
    /// Nothing, or what was left out.
    Empty,
    End,
}

pub(super) struct Encoder<'v, 'h> {
    pub(super) vm: &'v mut Vm<'h>,
    pub(super) writer: Writer,
    open: Vec<Open>,
    pub(super) seen: HashMap<Handle, u64>,
    /// Whether a class is found under its name.
    pub(super) classes: HashMap<Handle, bool>,
    /// What native code gave for its instances until it is written.
    pub(super) native: HashMap<Handle, Vec<u8>>,
    paths: Paths,
    left_out: Vec<LeftOut>,
    more_left_out: usize,
}

impl Encoder<'_, '_> {
    fn run(&mut self, root: Value) -> Result<(), SnapshotError> {
        self.write(root, 0, Step::Root)?;
        while let Some(open) = self.open.last_mut() {
            let (handle, place, path, whole) = (open.handle, open.next, open.path, open.whole);
            open.next += 1;
            match self.place(handle, place, whole)? {
                Place::Holds(value, step) if whole => self.write_kept(value, path, step)?,
                Place::Holds(value, step) => self.write(value, path, step)?,
                Place::Empty => {}
                Place::End => {
                    self.open.pop();
                }
            }
        }
        Ok(())
    }

    /// What stands at a place of a container. Keys and values of a dict take turns.
    fn place(&mut self, handle: Handle, place: usize, whole: bool) -> Result<Place, SnapshotError> {
        let found = match self.vm.heap.get(handle) {
            Object::List(items) => items.get(place).map(|item| Place::Holds(*item, Step::Index(place))),
            Object::Tuple(items) => items.get(place).map(|item| Place::Holds(*item, Step::Index(place))),
            Object::Slice(slice) => {
                let parts = [slice.start, slice.stop, slice.step];
                parts.get(place).map(|part| Place::Holds(*part, Step::Index(place)))
            }
            Object::Dict(_) => return self.place_in_table(handle, place / 2, place % 2 == 1, whole),
            Object::Set(_) | Object::FrozenSet(_) => return self.place_in_table(handle, place, false, whole),
            Object::Instance(instance) if place == 0 && !instance.slots.is_none() => {
                let all = self.attributes_and_slots(instance.attributes, instance.slots)?;
                Some(Place::Holds(all, Step::Attributes))
            }
            Object::Instance(instance) => place_in_instance(instance, place),
            _ => None,
        };
        Ok(found.unwrap_or(Place::End))
    }

    /// One dict of both, as they are saved; the class tells them apart when they are read.
    fn attributes_and_slots(&mut self, attributes: Value, slots: Value) -> Result<Value, SnapshotError> {
        if attributes.is_none() {
            return Ok(slots);
        }
        let all = self.vm.dict().map_err(limit)?;
        for part in [attributes, slots] {
            let entries: Vec<(Value, Value)> =
                self.vm.as_dict(part).map(|d| d.iter().map(|e| (e.key, e.value)).collect()).unwrap_or_default();
            for (key, value) in entries {
                self.vm.dict_set(all, key, value).map_err(limit)?;
            }
        }
        Ok(all)
    }

    fn place_in_table(
        &mut self,
        handle: Handle,
        place: usize,
        value: bool,
        whole: bool,
    ) -> Result<Place, SnapshotError> {
        let Some(table) = table(self.vm.heap.get(handle)) else { return Ok(Place::End) };
        if place >= table.places() {
            return Ok(Place::End);
        }
        let Some(entry) = table.at(place).copied() else { return Ok(Place::Empty) };
        if !whole && (self.refusal(entry.key)?.is_some() || self.refusal(entry.value)?.is_some()) {
            return Ok(Place::Empty);
        }
        let held = if value { entry.value } else { entry.key };
        Ok(Place::Holds(held, Step::Key(entry.key)))
    }

    /// Writes a value, or the beginning of a container.
    fn write(&mut self, value: Value, above: usize, step: Step) -> Result<(), SnapshotError> {
        if let Some(kind) = self.refusal(value)? {
            self.report(above, step, kind);
            self.writer.tag(Tag::None);
            return Ok(());
        }
        self.write_kept(value, above, step)
    }

    /// Writes a value that can be saved.
    fn write_kept(&mut self, value: Value, above: usize, step: Step) -> Result<(), SnapshotError> {
        match value {
            Value::None | Value::Unset => self.writer.tag(Tag::None),
            Value::NotImplemented => self.writer.tag(Tag::NotImplemented),
            Value::Ellipsis => self.writer.tag(Tag::Ellipsis),
            Value::False => self.writer.tag(Tag::False),
            Value::True => self.writer.tag(Tag::True),
            Value::Int(number) => {
                self.writer.tag(Tag::Int);
                put_signed(&mut self.writer.out, number);
            }
            Value::Float(number) => {
                self.writer.tag(Tag::Float);
                self.writer.out.extend_from_slice(&number.to_bits().to_le_bytes());
            }
            Value::Ref(handle) => self.write_object(handle, above, step)?,
        }
        Ok(())
    }

    fn write_object(&mut self, handle: Handle, above: usize, step: Step) -> Result<(), SnapshotError> {
        if let Object::Str(text) = self.vm.heap.get(handle) {
            self.writer.tag(Tag::Str);
            self.writer.text(text.shared(), text.hash());
            return Ok(());
        }
        if let Object::Class(_) = self.vm.heap.get(handle) {
            self.writer.tag(Tag::Class);
            self.write_class(handle);
            return Ok(());
        }
        if let Some(number) = self.seen.get(&handle) {
            self.writer.tag(Tag::Seen);
            put_number(&mut self.writer.out, *number);
            return Ok(());
        }
        if self.write_member(handle) {
            return Ok(());
        }
        self.seen.insert(handle, self.seen.len() as u64);
        if self.write_flat(handle) {
            return Ok(());
        }
        let path = self.paths.add(above, step);
        self.open.push(Open { handle, next: 0, path, whole: false });
        self.write_head(handle, path)
    }

    /// An object that holds no values.
    fn write_flat(&mut self, handle: Handle) -> bool {
        match self.vm.heap.get(handle) {
            Object::BigInt(number) => self.writer.bytes(Tag::BigInt, &number.to_signed_bytes_le()),
            Object::Bytes(bytes) => self.writer.bytes(Tag::Bytes, bytes),
            Object::ByteArray(bytes) => self.writer.bytes(Tag::ByteArray, bytes),
            Object::Complex(number) => {
                self.writer.tag(Tag::Complex);
                for part in [number.real, number.imag] {
                    self.writer.out.extend_from_slice(&part.to_bits().to_le_bytes());
                }
            }
            Object::Range(range) => {
                self.writer.tag(Tag::Range);
                for number in [range.start, range.stop, range.step] {
                    put_signed(&mut self.writer.out, number);
                }
            }
            _ => return false,
        }
        true
    }

    /// What comes before the values that a container holds.
    fn write_head(&mut self, handle: Handle, path: usize) -> Result<(), SnapshotError> {
        let tag = match self.vm.heap.get(handle) {
            Object::List(items) => {
                self.writer.count(Tag::List, items.len());
                return Ok(());
            }
            Object::Tuple(items) => {
                self.writer.count(Tag::Tuple, items.len());
                return Ok(());
            }
            Object::Slice(_) => {
                self.writer.tag(Tag::Slice);
                return Ok(());
            }
            Object::Instance(_) => {
                self.write_instance(handle);
                return Ok(());
            }
            Object::Dict(_) => Tag::Dict,
            Object::Set(_) => Tag::Set,
            _ => Tag::FrozenSet,
        };
        let kept = self.count_kept(handle, path)?;
        self.writer.count(tag, kept);
        let whole = table(self.vm.heap.get(handle)).is_some_and(|table| table.len() == kept);
        if let Some(open) = self.open.last_mut() {
            open.whole = whole;
        }
        Ok(())
    }

    /// How many entries are kept; the others are reported.
    fn count_kept(&mut self, handle: Handle, path: usize) -> Result<usize, SnapshotError> {
        let mut kept = 0;
        let mut place = 0;
        while let Some(table) = table(self.vm.heap.get(handle)).filter(|table| place < table.places()) {
            let entry = table.at(place).copied();
            place += 1;
            let Some(entry) = entry else { continue };
            let refused = match self.refusal(entry.key)? {
                Some(kind) => Some(kind),
                None => self.refusal(entry.value)?,
            };
            match refused {
                Some(kind) => self.report(path, Step::Key(entry.key), kind),
                None => kept += 1,
            }
        }
        Ok(kept)
    }

    fn write_instance(&mut self, handle: Handle) {
        let Object::Instance(instance) = self.vm.heap.get(handle) else { return };
        let class = instance.class;
        let (tag, arguments) = match &instance.inner {
            Inner::Nothing => (Tag::Plain, None),
            Inner::Builtin(_) => (Tag::Builtin, None),
            Inner::Exception(data) => (Tag::Exception, Some(data.args.len())),
            Inner::Native(_) => (Tag::Native, None),
        };
        self.writer.tag(tag);
        if let Value::Ref(class) = class {
            self.write_class(class);
        }
        if let Some(arguments) = arguments {
            put_number(&mut self.writer.out, arguments as u64);
        }
        if tag == Tag::Native {
            put_bytes(&mut self.writer.out, &self.native.remove(&handle).unwrap_or_default());
        }
    }

    pub(super) fn write_class(&mut self, handle: Handle) {
        if let Some(number) = self.writer.classes.get(&handle) {
            return put_number(&mut self.writer.out, *number);
        }
        let number = self.writer.classes.len() as u64 + 1;
        self.writer.classes.insert(handle, number);
        put_number(&mut self.writer.out, 0);
        if let Object::Class(class) = self.vm.heap.get(handle) {
            self.writer.text(&class.module, hash_text(&class.module));
            self.writer.text(&class.qualname, hash_text(&class.qualname));
        }
    }

    fn report(&mut self, above: usize, step: Step, kind: String) {
        if self.left_out.len() >= REPORTED {
            self.more_left_out += 1;
            return;
        }
        let path = self.paths.show(self.vm, above, step);
        self.left_out.push(LeftOut { path, kind });
    }
}

fn table(object: &Object) -> Option<&crate::value::Dict> {
    match object {
        Object::Dict(table) | Object::Set(table) | Object::FrozenSet(table) => Some(table),
        _ => None,
    }
}

fn place_in_instance(instance: &Instance, place: usize) -> Option<Place> {
    match (place, &instance.inner) {
        (0, _) => Some(Place::Holds(instance.attributes, Step::Attributes)),
        (1, Inner::Builtin(value)) => Some(Place::Holds(*value, Step::Inside)),
        (_, Inner::Exception(data)) => {
            let argument = data.args.get(place - 1)?;
            Some(Place::Holds(*argument, Step::Index(place - 1)))
        }
        _ => None,
    }
}
