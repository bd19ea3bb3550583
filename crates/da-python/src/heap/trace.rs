//! Which handles an object holds. Every field of every object that is a value must be here.

use super::Handle;
use crate::value::{Dict, Function, Inner, Instance, Iter, Object, Tracer, Value};

/// Adds the handles that `object` holds.
pub(super) fn held_by(object: &Object, found: &mut Vec<Handle>) {
    let mut seen = Tracer { found };
    match object {
        Object::Str(_)
        | Object::BigInt(_)
        | Object::Complex(_)
        | Object::Bytes(_)
        | Object::ByteArray(_)
        | Object::Range(_)
        | Object::Native(_)
        | Object::Code(_)
        | Object::Weak(_) => {}
        Object::List(items) => all(items, &mut seen),
        Object::Tuple(items) => all(items, &mut seen),
        Object::Dict(dict) | Object::Set(dict) | Object::FrozenSet(dict) => in_dict(dict, &mut seen),
        Object::Slice(slice) => all(&[slice.start, slice.stop, slice.step], &mut seen),
        Object::Cell(value) => value.iter().for_each(|value| seen.visit(*value)),
        Object::Function(function) => in_function(function, &mut seen),
        Object::BoundMethod(method) => all(&[method.receiver, method.function], &mut seen),
        Object::Class(class) => {
            all(&class.bases, &mut seen);
            all(&class.mro, &mut seen);
            all(&[class.attributes, class.metaclass], &mut seen);
        }
        Object::Instance(instance) => in_instance(instance, &mut seen),
        Object::Module(module) => seen.visit(module.namespace),
        Object::Property(p) => all(&[p.get, p.set, p.delete, p.doc, p.name], &mut seen),
        Object::StaticMethod(value) | Object::ClassMethod(value) => seen.visit(*value),
        Object::Super(sup) => all(&[sup.class, sup.receiver, sup.start], &mut seen),
        Object::Iterator(iterator) => in_iterator(iterator, &mut seen),
        Object::View { dict, .. } => seen.visit(*dict),
        Object::Generator(generator) => generator.trace(&mut seen),
        Object::Frame(frame) => all(&[frame.globals, frame.locals, frame.back], &mut seen),
        Object::MemoryView(view) => seen.visit(view.base),
        Object::Member(member) => seen.visit(member.class),
        Object::Traceback(link) => all(&[link.frame, link.next], &mut seen),
    }
}

fn all(values: &[Value], seen: &mut Tracer<'_>) {
    for value in values {
        seen.visit(*value);
    }
}

fn in_dict(dict: &Dict, seen: &mut Tracer<'_>) {
    for entry in dict.iter() {
        seen.visit(entry.key);
        seen.visit(entry.value);
    }
    all(&dict.parents, seen);
}

fn in_function(function: &Function, seen: &mut Tracer<'_>) {
    all(&function.defaults, seen);
    all(&function.closure, seen);
    all(&[function.globals, function.keyword_defaults, function.annotations, function.attributes], seen);
}

fn in_instance(instance: &Instance, seen: &mut Tracer<'_>) {
    seen.visit(instance.class);
    seen.visit(instance.attributes);
    seen.visit(instance.slots);
    match &instance.inner {
        Inner::Nothing => {}
        Inner::Builtin(value) => seen.visit(*value),
        Inner::Exception(data) => {
            all(&data.args, seen);
            data.cause.iter().chain(&data.context).chain(&data.shown).for_each(|value| seen.visit(*value));
            data.passed.iter().for_each(|frame| seen.visit(frame.globals));
            match data.missing {
                Some(crate::value::Missing::Attribute { object, .. }) => seen.visit(object),
                Some(crate::value::Missing::Item { object, key }) => all(&[object, key], seen),
                _ => {}
            }
        }
        Inner::Native(data) => data.trace(seen),
    }
}

fn in_iterator(iterator: &Iter, seen: &mut Tracer<'_>) {
    match iterator {
        Iter::List { list: held, .. }
        | Iter::Tuple { tuple: held, .. }
        | Iter::Str { text: held, .. }
        | Iter::Bytes { bytes: held, .. }
        | Iter::Dict { dict: held, .. }
        | Iter::Set { set: held, .. }
        | Iter::Reversed { sequence: held, .. }
        | Iter::Sequence { sequence: held, .. } => seen.visit(*held),
        Iter::Enumerate { iterator, count } => all(&[*iterator, *count], seen),
        Iter::Range { .. } | Iter::Done(_) => {}
        Iter::CallUntil { callable, sentinel } => all(&[*callable, *sentinel], seen),
        Iter::Map { function, iterators } => {
            seen.visit(*function);
            all(iterators, seen);
        }
        Iter::Filter { function, iterator } => all(&[*function, *iterator], seen),
        Iter::Zip { iterators, .. } => all(iterators, seen),
    }
}
