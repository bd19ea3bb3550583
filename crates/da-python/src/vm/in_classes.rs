//! [`InClasses`]: what was found in classes under the names of code, so that it need not be looked for again.
//!
//! It holds what a walk through the order of resolution would give, and is emptied when a class changes and when places of the
//! heap may be given to others. It keeps nothing alive.

use super::lookup::InClass;
use crate::heap::Handle;
use std::cell::RefCell;
use std::sync::Arc;

/// How many are kept; a power of two.
const ENTRIES: usize = 128;

/// Finds that are kept.
#[derive(Debug, Default)]
pub(super) struct InClasses(RefCell<Vec<Option<Entry>>>);

#[derive(Debug)]
struct Entry {
    class: Handle,
    /// The very text of the code, which stays where it is as long as this holds it.
    name: Arc<str>,
    found: Option<InClass>,
}

fn place(class: Handle, hash: u64) -> usize {
    // The upper bits of a product depend on all bits; hashes of short names differ in few.
    let mixed = (hash ^ u64::from(class.index()).rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 40) as usize % ENTRIES
}

impl InClasses {
    /// What was found, if it is known; `None` inside when nothing was.
    #[inline]
    pub(super) fn get(&self, class: Handle, name: &Arc<str>, hash: u64) -> Option<Option<InClass>> {
        let entries = self.0.borrow();
        let entry = entries.get(place(class, hash))?.as_ref()?;
        (entry.class == class && Arc::ptr_eq(&entry.name, name)).then_some(entry.found)
    }

    /// Keeps a find, in place of another.
    pub(super) fn put(&self, class: Handle, name: &Arc<str>, hash: u64, found: Option<InClass>) {
        let mut entries = self.0.borrow_mut();
        if entries.is_empty() {
            entries.resize_with(ENTRIES, || None);
        }
        if let Some(entry) = entries.get_mut(place(class, hash)) {
            *entry = Some(Entry { class, name: Arc::clone(name), found });
        }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.0.get_mut().clear();
    }
}
