//! What can be saved, and what only by its name.
//!
//! Nothing here lets through what could not be read back, imports a module, or runs code of the
//! interview's.

use super::encode::Encoder;
use super::format::Tag;
use super::{SnapshotError, fits, restorer};
use crate::code::hash_text;
use crate::error::Raised;
use crate::heap::Handle;
use crate::value::{Inner, Object, Value};
use crate::vm::Vm;
use std::sync::Arc;

impl Encoder<'_, '_> {
    /// What kind of value it is, if it cannot be saved.
    pub(super) fn refusal(&mut self, value: Value) -> Result<Option<String>, SnapshotError> {
        let Value::Ref(handle) = value else { return Ok(None) };
        match self.vm.heap.get(handle) {
            Object::Str(_)
            | Object::BigInt(_)
            | Object::Complex(_)
            | Object::Bytes(_)
            | Object::ByteArray(_)
            | Object::List(_)
            | Object::Tuple(_)
            | Object::Dict(_)
            | Object::Set(_)
            | Object::FrozenSet(_)
            | Object::Range(_)
            | Object::Slice(_) => Ok(None),
            Object::Class(class) => {
                let qualname = Arc::clone(&class.qualname);
                let found = self.is_found(handle)?;
                Ok((!found).then(|| format!("the class {qualname}, which its module does not hold")))
            }
            Object::Instance(_) => self.refusal_of_instance(handle),
            _ => Ok(Some(self.vm.type_name(value).to_string())),
        }
    }

    fn refusal_of_instance(&mut self, handle: Handle) -> Result<Option<String>, SnapshotError> {
        if self.seen.contains_key(&handle) || self.native.contains_key(&handle) {
            return Ok(None);
        }
        let Object::Instance(instance) = self.vm.heap.get(handle) else { return Ok(None) };
        let Value::Ref(class) = instance.class else { return Ok(Some("object".to_owned())) };
        if !self.is_found(class)? {
            let name = self.vm.type_name(Value::Ref(handle));
            return Ok(Some(format!("{name}, a class that its module does not hold")));
        }
        let Object::Instance(instance) = self.vm.heap.get(handle) else { return Ok(None) };
        let name = |vm: &Vm<'_>| vm.type_name(Value::Ref(handle)).to_string();
        if !fits(self.vm, instance.class, &instance.inner) {
            return Ok(Some(name(self.vm)));
        }
        if let Inner::Native(data) = &instance.inner {
            match data.encode().filter(|_| restorer(self.vm, instance.class).is_some()) {
                Some(bytes) => self.native.insert(handle, bytes),
                None => return Ok(Some(name(self.vm))),
            };
        }
        Ok(None)
    }

    /// Whether a class is what its module holds under its name.
    fn is_found(&mut self, handle: Handle) -> Result<bool, SnapshotError> {
        if let Some(found) = self.classes.get(&handle) {
            return Ok(*found);
        }
        let Object::Class(class) = self.vm.heap.get(handle) else { return Ok(false) };
        let (module, qualname) = (Arc::clone(&class.module), Arc::clone(&class.qualname));
        // Saving imports nothing: a class whose module was not imported only claims to be from there.
        let find = |vm: &mut Vm<'_>| match vm.loaded_module(&module) {
            Some(_) => vm.find_class(&module, &qualname),
            None => Ok(None),
        };
        let found = match self.vm.scope(find) {
            Ok(found) => found.is_some_and(|found| found.is(Value::Ref(handle))),
            Err(Raised::Exception(_)) => false,
            Err(Raised::Limit(limit)) => return Err(limit.into()),
        };
        self.classes.insert(handle, found);
        Ok(found)
    }

    /// An instance that its class holds under the name that the instance gives itself, as `Enum`
    /// does: there is one of it, so it is saved by name.
    pub(super) fn write_member(&mut self, handle: Handle) -> bool {
        let Object::Instance(instance) = self.vm.heap.get(handle) else { return false };
        let (attributes, class) = (instance.attributes, instance.class);
        let Some(name) = self.vm.dict_get_str(attributes, "_name_").and_then(|name| self.vm.text(name)) else {
            return false;
        };
        let Some(held) = self.vm.as_class(class).and_then(|class| self.vm.dict_get_str(class.attributes, &name)) else {
            return false;
        };
        let (true, Value::Ref(class)) = (held.is(Value::Ref(handle)), class) else { return false };
        self.writer.tag(Tag::Member);
        self.write_class(class);
        self.writer.text(&name, hash_text(&name));
        true
    }
}
