//! Texts of code, one object each: names of attributes and constants are found instead of made.
//!
//! The table holds its texts weakly: what only it knows is collected.

use super::price::{Collisions, LONG, READ};
use super::{Handle, Heap};
use crate::code::Name;
use crate::error::PyResult;
use crate::value::{Object, Str};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

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

    /// The `str` object of a name, if it is where the hint says.
    #[inline]
    pub(crate) fn text_at(&self, name: &Name, hint: &AtomicU32) -> Option<Handle> {
        let index = hint.load(Ordering::Relaxed);
        let found = match index.checked_sub(self.frozen) {
            None => self.get_frozen(index),
            Some(place) => self.places.get(place as usize)?.as_ref()?,
        };
        let Object::Str(text) = found else { return None };
        (text.hash() == name.hash() && is_same(text.text(), name.text())).then(|| self.handle_of(index))
    }

    /// The `str` object of a name; the hint will say where it is.
    ///
    /// # Errors
    /// `Limit::Memory` when it must be made and does not fit.
    pub(crate) fn intern_at(&mut self, name: &Name, hint: &AtomicU32) -> PyResult<Handle> {
        let handle = self.intern(name)?;
        hint.store(handle.index(), Ordering::Relaxed);
        Ok(handle)
    }

    /// The `str` object of a text, which may be there to be shared.
    ///
    /// # Errors
    /// `Limit::Memory` when it must be made and does not fit.
    pub(crate) fn intern_text(&mut self, text: &str, hash: u64, shared: Option<&Arc<str>>) -> PyResult<Handle> {
        if let Some(handle) = self.interned(hash, text) {
            return Ok(handle);
        }
        self.intern_new(Str::new(shared.map_or_else(|| Arc::from(text), Arc::clone)))
    }

    /// Whether the object is the `str` of this text.
    #[inline]
    pub(crate) fn is_text(&self, handle: Handle, text: &str) -> bool {
        match self.get(handle) {
            // Names of code and the texts that were made of them share their bytes.
            Object::Str(found) => {
                if text.len() > LONG && found.text().len() == text.len() {
                    self.owe((text.len() / READ) as u64);
                }
                is_same(found.text(), text)
            }
            _ => false,
        }
    }

    /// The `str` object of a text, if there is one.
    pub(crate) fn interned(&self, hash: u64, text: &str) -> Option<Handle> {
        let collisions = Collisions::new(self);
        let same = |&handle: &Handle| {
            collisions.count();
            self.is_text(handle, text)
        };
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
        self.interned.retain(|h| super::bit(marked, h.index() - frozen));
    }
}

/// Whether two texts whose hashes are equal are one, as they are almost always. Most are short.
#[inline]
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        0..4 => a.iter().eq(b),
        4..8 => a.first_chunk::<4>() == b.first_chunk::<4>() && a.last_chunk::<4>() == b.last_chunk::<4>(),
        8..=16 => a.first_chunk::<8>() == b.first_chunk::<8>() && a.last_chunk::<8>() == b.last_chunk::<8>(),
        _ => std::ptr::eq(a, b) || a == b,
    }
}

fn hash_at(places: &[Option<Object>], frozen: u32, handle: Handle) -> u64 {
    match places.get((handle.index() - frozen) as usize) {
        Some(Some(Object::Str(text))) => text.hash(),
        _ => 0,
    }
}
