//! What an object takes beyond its place in the heap, in bytes.

use crate::value::{Inner, Instance, Object, Value};

const VALUE: usize = size_of::<Value>();

/// What a text takes beside its letters: the counts before it, and what the allocator rounds up to.
const TEXT: usize = 24;

/// The bytes that the object owns outside of its place. An estimate, never less than half of the truth.
pub(super) fn beyond_place(object: &Object) -> usize {
    match object {
        Object::Str(text) => TEXT + text.text().len(),
        Object::BigInt(number) => 32 + (number.bits() / 8) as usize,
        Object::Bytes(bytes) => bytes.len(),
        Object::ByteArray(bytes) => bytes.capacity(),
        Object::List(items) => items.capacity() * VALUE,
        Object::Tuple(items) => items.len() * VALUE,
        Object::Dict(dict) | Object::Set(dict) | Object::FrozenSet(dict) => size_of_val(&**dict) + dict.size(),
        Object::Range(range) => size_of_val(&**range),
        Object::Slice(slice) => size_of_val(&**slice),
        Object::Function(function) => size_of_val(&**function) + function.closure.len() * VALUE,
        Object::Class(class) => size_of_val(&**class) + (class.mro.len() + class.bases.len()) * VALUE,
        Object::Instance(instance) => size_of_val(&**instance) + inside(instance),
        Object::Module(module) => size_of_val(&**module),
        Object::Property(property) => size_of_val(&**property),
        Object::Super(sup) => size_of_val(&**sup),
        Object::Iterator(iterator) => size_of_val(&**iterator),
        Object::Generator(generator) => generator.size(),
        Object::Frame(frame) => size_of_val(&**frame),
        Object::MemoryView(view) => size_of_val(&**view),
        Object::Member(member) => size_of_val(&**member),
        Object::Traceback(link) => size_of_val(&**link),
        Object::Cell(_)
        | Object::Complex(_)
        | Object::Native(_)
        | Object::BoundMethod(_)
        | Object::StaticMethod(_)
        | Object::ClassMethod(_)
        | Object::View { .. }
        | Object::Code(_)
        | Object::Weak(_) => 0,
    }
}

fn inside(instance: &Instance) -> usize {
    match &instance.inner {
        Inner::Nothing | Inner::Builtin(_) => 0,
        Inner::Exception(data) => {
            size_of_val(&**data) + data.args.len() * VALUE + data.passed.len() * size_of::<crate::value::Passed>()
        }
        Inner::Native(data) => data.size(),
    }
}
