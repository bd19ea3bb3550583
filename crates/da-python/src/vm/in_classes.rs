//! [`InClasses`]: what was found in classes under names, and what that means for their instances, so that it need not be found out
//! again.
//!
//! It holds what a walk through the order of resolution would give, and is emptied when a class changes and when places of the
//! heap may be given to others. It keeps nothing alive.

use super::lookup::InClass;
use super::{NameRef, Vm};
use crate::heap::Handle;
use crate::value::{Object, Value};
use std::cell::RefCell;
use std::sync::Arc;

/// How many are kept; a power of two.
const ENTRIES: usize = 256;

/// What it costs to learn what a name is in a class, beside looking at those that it derives from.
const LEARNING: u64 = 30;

/// Finds that are kept.
#[derive(Debug, Default)]
pub(super) struct InClasses(RefCell<Vec<Option<Entry>>>);

#[derive(Debug)]
struct Entry {
    class: Handle,
    hash: u64,
    /// Most names come from code: then this is the very text of the code, which stays where it is as long as this holds it.
    name: Arc<str>,
    known: Known,
}

/// What is known about a name in a class.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) found: Option<InClass>,
    /// An instance's own attribute of this name is what reading gives.
    pub(super) reads: bool,
    /// Setting it sets the instance's own attribute.
    pub(super) sets: bool,
    /// It is a plain method, which an instance may hide.
    pub(super) method: bool,
    /// What was found, if it is the same for an instance as for its class.
    pub(super) plain: Option<Value>,
    /// The `str` under which instances have the name, if there is one.
    pub(super) key: Option<Handle>,
}

fn place(class: Handle, hash: u64) -> usize {
    // The upper bits of a product depend on all bits; hashes of short names differ in few.
    let mixed = (hash ^ u64::from(class.index()).rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 40) as usize % ENTRIES
}

impl Entry {
    #[inline]
    fn is_of(&self, class: Handle, name: NameRef<'_>) -> bool {
        self.class == class
            && self.hash == name.hash
            && match name.shared {
                Some(shared) if Arc::ptr_eq(&self.name, shared) => true,
                _ => *self.name == *name.text,
            }
    }
}

impl InClasses {
    /// Looks at what is known, if something is.
    #[inline(always)]
    fn look<T>(&self, class: Handle, name: NameRef<'_>, at: impl FnOnce(&Known) -> T) -> Option<T> {
        let entries = self.0.borrow();
        let entry = entries.get(place(class, name.hash))?.as_ref()?;
        entry.is_of(class, name).then(|| at(&entry.known))
    }

    /// Keeps what is known, in place of something else.
    fn put(&self, class: Handle, name: NameRef<'_>, known: Known) {
        let mut entries = self.0.borrow_mut();
        if entries.is_empty() {
            entries.resize_with(ENTRIES, || None);
        }
        if let Some(entry) = entries.get_mut(place(class, name.hash)) {
            let text = name.shared.map_or_else(|| Arc::from(name.text), Arc::clone);
            *entry = Some(Entry { class, hash: name.hash, name: text, known });
        }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.0.get_mut().clear();
    }
}

impl Vm<'_> {
    /// Looks at what is known about a name in a class; `None` when it is no class.
    #[inline(always)]
    pub(super) fn known<T>(&self, class: Value, name: NameRef<'_>, at: impl Fn(&Known) -> T) -> Option<T> {
        let Value::Ref(handle) = class else { return None };
        match self.in_classes.look(handle, name, &at) {
            Some(seen) => Some(seen),
            None => self.learn(handle, name).map(|known| at(&known)),
        }
    }

    #[inline(never)]
    fn learn(&self, handle: Handle, name: NameRef<'_>) -> Option<Known> {
        let class = self.as_class(Value::Ref(handle))?;
        self.heap.owe(LEARNING + class.mro.len() as u64 * 4);
        let found = self.lookup_in(&class.mro, name);
        let what = found.and_then(|found| self.heap.object(found.value));
        let decides = matches!(what, Some(Object::Property(_) | Object::Member(_) | Object::Instance(_)));
        let known = Known {
            found,
            reads: !class.hooks.get && !decides,
            sets: !class.hooks.set && !decides,
            method: !class.hooks.get && found.is_some_and(|found| self.is_plain_method(found)),
            plain: found.map(|found| found.value).filter(|_| {
                matches!(
                    what,
                    None | Some(Object::Str(_) | Object::List(_) | Object::Tuple(_) | Object::Dict(_) | Object::Set(_))
                )
            }),
            key: self.heap.interned(name.hash, name.text),
        };
        self.in_classes.put(handle, name, known);
        Some(known)
    }
}
