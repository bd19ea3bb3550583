//! Texts of code, one object each: names of attributes and constants are found instead of made.
//!
//! The table holds its texts weakly: what only it knows is collected.

use super::{Handle, Heap};
use crate::code::Name;
use crate::error::PyResult;
use crate::value::{Object, Str};
use std::sync::Arc;

impl Heap {
    /// The `str` object of a name.
    ///
    /// # Errors
    /// `Limit::Memory` when it must be made and does not fit.
    pub(crate) fn intern(&mut self, name: &Name) -> PyResult<Handle> {
        if let Some(handle) = self.interned(name.hash(), name.text()) {
            return Ok(handle);
        }
        self.intern_new(Str::from(name))
    }

    /// The `str` object of a text.
    ///
    /// # Errors
    /// `Limit::Memory` when it must be made and does not fit.
    pub(crate) fn intern_text(&mut self, text: &str, hash: u64) -> PyResult<Handle> {
        if let Some(handle) = self.interned(hash, text) {
            return Ok(handle);
        }
        self.intern_new(Str::new(Arc::<str>::from(text)))
    }

    /// Whether the object is the `str` of this text.
    #[inline]
    pub(crate) fn is_text(&self, handle: Handle, text: &str) -> bool {
        match self.get(handle) {
            // Names of code and the texts that were made of them share their bytes.
            Object::Str(found) => std::ptr::eq(found.text(), text) || found.text() == text,
            _ => false,
        }
    }

    fn interned(&self, hash: u64, text: &str) -> Option<Handle> {
        let same = |&handle: &Handle| self.is_text(handle, text);
        if let Some(found) = self.interned.find(hash, same) {
            return Some(*found);
        }
        let found = self.interview.interned.find(hash, same).or_else(|| self.ground.interned.find(hash, same));
        found.copied()
    }

    fn intern_new(&mut self, text: Str) -> PyResult<Handle> {
        let hash = text.hash();
        let handle = self.alloc(Object::Str(text))?;
        let Heap { places, interned, frozen, .. } = self;
        interned.insert_unique(hash, handle, |h| hash_at(places, *frozen, *h));
        Ok(handle)
    }

    /// Forgets the texts that a collection is about to take.
    pub(super) fn forget_interned(&mut self, marked: &[u64]) {
        let frozen = self.frozen;
        self.interned.retain(|h| super::bit(marked, h.index - frozen));
    }
}

fn hash_at(places: &[Option<Object>], frozen: u32, handle: Handle) -> u64 {
    match places.get((handle.index - frozen) as usize) {
        Some(Some(Object::Str(text))) => text.hash(),
        _ => 0,
    }
}
