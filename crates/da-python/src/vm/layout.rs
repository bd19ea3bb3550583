//! What instances of a class are made of: the built-in type inside, the names of `__slots__`, whether they have a dict.
//! Nothing here makes an instance.

use super::Vm;
use crate::code::Name;
use crate::error::{PyResult, Raised};
use crate::value::{Builtin, ClassKind, Member, Object, Origin, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Names that `__slots__` may have for what every object can have.
const SPECIAL: [&str; 2] = ["__dict__", "__weakref__"];

impl Vm<'_> {
    /// What instances of a class with these bases are made of.
    pub(crate) fn kind_of_bases(&mut self, bases: &[Value]) -> PyResult<ClassKind> {
        let mut kind = ClassKind::Plain;
        for base in bases {
            let Some(class) = self.as_class(*base) else { continue };
            let final_class = matches!(class.kind, ClassKind::Builtin(b) if !extendable(b));
            if final_class && class.origin == Origin::Builtin {
                let name = class.name.clone();
                return Err(self.type_error(format!("type '{name}' is not an acceptable base type")));
            }
            if class.kind == ClassKind::Plain || class.kind == kind {
                continue;
            }
            if kind != ClassKind::Plain {
                return Err(self.type_error("multiple bases have instance lay-out conflict"));
            }
            kind = class.kind;
        }
        Ok(kind)
    }

    /// The names of `__slots__` of a class that is to be made, private ones with the name of the class.
    pub(super) fn slot_names(
        &mut self,
        class: &str,
        slots: Value,
        bases: &[Value],
        kind: ClassKind,
    ) -> PyResult<Box<[Arc<str>]>> {
        let items = if self.as_str(slots).is_some() { vec![slots] } else { self.collect(slots)? };
        let mut names = Vec::with_capacity(items.len());
        for item in items {
            let Some(name) = self.text(item) else {
                let given = self.type_name(item);
                return Err(self.type_error(format!("__slots__ items must be strings, not '{given}'")));
            };
            if !crate::types::unicode::is_identifier(&name) {
                return Err(self.type_error("__slots__ must be identifiers"));
            }
            let twice = SPECIAL.contains(&&*name) && names.contains(&name);
            if twice || &*name == "__dict__" && bases.iter().any(|base| self.has_dict(*base)) {
                return Err(self.type_error(format!("{name} slot disallowed: we already got one")));
            }
            names.push(mangled(class, &name));
        }
        let variable = [Builtin::Int, Builtin::Bytes, Builtin::Tuple].map(ClassKind::Builtin);
        if variable.contains(&kind) && names.iter().any(|name| !SPECIAL.contains(&&**name)) {
            let base = bases.first().and_then(|base| self.as_class(*base)).map(|base| Arc::clone(&base.name));
            let base = base.unwrap_or_default();
            return Err(self.type_error(format!("nonempty __slots__ not supported for subtype of '{base}'")));
        }
        Ok(names.into_boxed_slice())
    }

    /// Puts into a new class what its slots are, and the ways to the dict and the weak references of its instances.
    pub(super) fn add_members(&mut self, class: Value, bases: &[Value]) -> PyResult<()> {
        let Some(data) = self.as_class(class) else { return Ok(()) };
        let (attributes, slots) = (data.attributes, data.slots.clone());
        for name in slots.iter().flatten().filter(|name| !SPECIAL.contains(&&***name)) {
            if self.dict_get_str(attributes, name).is_some() {
                return Err(self.value_error(format!("'{name}' in __slots__ conflicts with class variable")));
            }
            let member = self.make(Object::Member(Box::new(Member { class, name: Name::new(name) })))?;
            self.dict_set_str(attributes, name, member)?;
        }
        for special in SPECIAL {
            let gives = slots.as_ref().is_none_or(|slots| slots.iter().any(|slot| &**slot == special));
            let had = bases.iter().any(|base| match special {
                "__dict__" => self.has_dict(*base),
                _ => self.has_weak_references(*base),
            });
            let holder = if special == "__dict__" { Builtin::Object } else { Builtin::Weak };
            if gives
                && !had
                && self.dict_get_str(attributes, special).is_none()
                && let Some(found) = self.class_lookup(self.class_of(holder), special.into())
            {
                self.dict_set_str(attributes, special, found.value)?;
            }
        }
        if self.dict_get_str(attributes, "__doc__").is_none() {
            self.dict_set_str(attributes, "__doc__", Value::None)?;
        }
        Ok(())
    }

    /// Whether instances of a class have attributes beyond `__slots__`.
    pub(crate) fn has_dict(&self, class: Value) -> bool {
        let Some(class) = self.as_class(class) else { return true };
        class.mro.iter().filter_map(|base| self.as_class(*base)).any(|base| match &base.slots {
            Some(slots) => slots.iter().any(|slot| &**slot == "__dict__"),
            None => base.origin != Origin::Builtin || has_own_way(base.kind),
        })
    }

    fn has_weak_references(&self, class: Value) -> bool {
        let Some(class) = self.as_class(class) else { return true };
        class.mro.iter().filter_map(|base| self.as_class(*base)).any(|base| match &base.slots {
            Some(slots) => slots.iter().any(|slot| &**slot == "__weakref__"),
            None => base.origin != Origin::Builtin || has_own_way(base.kind),
        })
    }

    /// The names of the slots of a class and of those that it derives from.
    pub(crate) fn names_of_slots(&self, class: Value) -> Vec<Arc<str>> {
        let Some(data) = self.as_class(class) else { return Vec::new() };
        let slots = data.mro.iter().filter_map(|base| self.as_class(*base)?.slots.as_deref()).flatten();
        slots.filter(|slot| !SPECIAL.contains(&&***slot)).cloned().collect()
    }

    /// All that decides where instances of a class hold what.
    fn layout(&self, class: Value) -> (Option<ClassKind>, BTreeSet<Arc<str>>, bool) {
        let Some(data) = self.as_class(class) else { return (None, BTreeSet::new(), false) };
        (
            Some(data.kind),
            self.names_of_slots(class).into_iter().collect(),
            self.has_dict(class) && self.has_weak_references(class),
        )
    }

    /// `v.__class__ = class`
    pub(super) fn set_class(&mut self, v: Value, class: Value) -> PyResult<()> {
        let Some(new) = self.as_class(class) else {
            let given = self.type_name(class);
            return Err(self.type_error(format!("__class__ must be set to a class, not '{given}' object")));
        };
        let old = self.type_of(v);
        let is_fixed = |origin: Option<Origin>| origin == Some(Origin::Builtin);
        if is_fixed(Some(new.origin)) || is_fixed(self.as_class(old).map(|old| old.origin)) {
            return Err(
                self.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses")
            );
        }
        if self.layout(old) != self.layout(class) {
            let [new, old] = [class, old].map(|class| self.class_name(class));
            return Err(self.type_error(format!("__class__ assignment: '{new}' object layout differs from '{old}'")));
        }
        if let Some(instance) = self.as_instance_mut(v) {
            instance.class = class;
        }
        Ok(())
    }

    pub(crate) fn class_name(&self, class: Value) -> Arc<str> {
        self.as_class(class).map(|class| Arc::clone(&class.name)).unwrap_or_default()
    }

    /// What a slot is and the instance's dict of slots, if the slot is one of its class.
    fn member_of(&mut self, member: Value, receiver: Value) -> PyResult<(Name, Value)> {
        let Some(Object::Member(data)) = self.heap.object(member) else {
            return Err(self.type_error("descriptor requires a 'member_descriptor' object"));
        };
        if let Some(instance) = self.as_instance(receiver)
            && self.derives(instance.class, data.class)
        {
            return Ok((data.name.clone(), instance.slots));
        }
        let (name, owner) = (data.name.clone(), self.class_name(data.class));
        let (name, given) = (name.text(), self.type_name(receiver));
        Err(self.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object")))
    }

    /// What an instance holds in a slot.
    pub(crate) fn get_member(&mut self, member: Value, receiver: Value) -> PyResult {
        let (name, slots) = self.member_of(member, receiver)?;
        match self.heap.find_name(slots, (&name).into()) {
            Some(value) => Ok(value),
            None => Err(self.attribute_error(receiver, name.text())),
        }
    }

    /// Gives a slot of an instance a value.
    pub(crate) fn set_member(&mut self, member: Value, receiver: Value, value: Value) -> PyResult<()> {
        let (name, mut slots) = self.member_of(member, receiver)?;
        if slots.is_none() {
            slots = self.dict()?;
            if let Some(instance) = self.as_instance_mut(receiver) {
                instance.slots = slots;
            }
        }
        self.set_name(slots, &name, value)
    }

    /// Empties a slot of an instance.
    pub(crate) fn delete_member(&mut self, member: Value, receiver: Value) -> PyResult<()> {
        let (name, slots) = self.member_of(member, receiver)?;
        match self.remove_name(slots, &name) {
            Some(_) => Ok(()),
            None => Err(self.attribute_error_saying(name.text(), receiver, name.text())),
        }
    }

    /// Sets `__dict__` of an instance.
    pub(crate) fn set_dict_of(&mut self, v: Value, dict: Value) -> PyResult<()> {
        if !self.has_dict(self.type_of(v)) || self.as_instance(v).is_none() {
            return Err(self.attribute_error(v, "__dict__"));
        }
        if self.as_dict(dict).is_none() {
            let given = self.type_name(dict);
            return Err(self.type_error(format!("__dict__ must be set to a dictionary, not a '{given}'")));
        }
        let dict = self.builtin(dict);
        if let Some(instance) = self.as_instance_mut(v) {
            instance.attributes = dict;
        }
        Ok(())
    }

    /// `TypeError`: attributes of a class of the language itself cannot be set.
    pub(super) fn immutable(&mut self, class: Value, name: &str) -> Raised {
        let class = self.class_name(class);
        self.type_error(format!("cannot set '{name}' attribute of immutable type '{class}'"))
    }
}

/// Whether instances of a built-in class have attributes, and a way of their own to give them.
fn has_own_way(kind: ClassKind) -> bool {
    matches!(kind, ClassKind::Exception | ClassKind::Builtin(Builtin::Type | Builtin::Module | Builtin::Function))
}

/// `__name` of a class is `_Class__name`.
fn mangled(class: &str, name: &str) -> Arc<str> {
    let class = class.trim_start_matches('_');
    if !name.starts_with("__") || name.ends_with("__") || class.is_empty() {
        return Arc::from(name);
    }
    format!("_{class}{name}").into()
}

fn extendable(b: Builtin) -> bool {
    !matches!(
        b,
        Builtin::NoneType
            | Builtin::NotImplementedType
            | Builtin::Ellipsis
            | Builtin::Bool
            | Builtin::Range
            | Builtin::Slice
            | Builtin::Cell
            | Builtin::Function
            | Builtin::NativeFunction
            | Builtin::Method
            | Builtin::Iterator
            | Builtin::DictKeys
            | Builtin::DictValues
            | Builtin::DictItems
            | Builtin::Generator
            | Builtin::Code
            | Builtin::Frame
            | Builtin::Traceback
            | Builtin::Weak
            | Builtin::Member
            | Builtin::MemoryView
    )
}
