//! The collector: mark what the roots reach, sweep the rest.
//!
//! It runs at safe points only, never inside an allocation, and never recurses.

use super::{FIRST_COLLECTION, Handle, Heap, PLACE, bit, size, trace};
use crate::value::{Object, Value};

/// What the collector works with is kept for the next time up to this many handles.
const KEPT: usize = 64 << 10;

impl Heap {
    /// Frees what neither `roots` nor the native scopes nor copied-up objects reach.
    pub(crate) fn collect(&mut self, roots: impl Iterator<Item = Value>) {
        let (mut marked, mut pending) = (std::mem::take(&mut self.marked), std::mem::take(&mut self.pending));
        marked.clear();
        marked.resize(self.places.len().div_ceil(64), 0);
        for value in roots {
            if let Value::Ref(handle) = value {
                pending.push(handle);
            }
        }
        pending.extend_from_slice(&self.roots);
        for object in self.copies.values() {
            trace::held_by(object, &mut pending);
        }
        self.mark(&mut marked, &mut pending);
        self.forget_interned(&marked);
        self.sweep(&marked);
        if pending.capacity() <= KEPT {
            (self.marked, self.pending) = (marked, pending);
        }
    }

    fn mark(&self, marked: &mut [u64], pending: &mut Vec<Handle>) {
        while let Some(handle) = pending.pop() {
            if handle.index() < self.frozen {
                continue;
            }
            let place = handle.index() - self.frozen;
            self.check_generation(handle, place as usize);
            if bit(marked, place) {
                continue;
            }
            marked[place as usize / 64] |= 1 << (place % 64);
            trace::held_by(self.get(handle), pending);
        }
    }

    fn sweep(&mut self, marked: &[u64]) {
        self.free.clear();
        let mut used = 0;
        for (place, slot) in self.places.iter_mut().enumerate().rev() {
            if bit(marked, place as u32) {
                if let Some(Object::Weak(held)) = slot {
                    forget_unmarked(held, marked, self.frozen);
                }
                used += slot.as_ref().map_or(0, |object| PLACE + size::beyond_place(object));
                continue;
            }
            if slot.take().is_some() {
                #[cfg(feature = "gc-stress")]
                {
                    self.generations[place] = self.generations[place].wrapping_add(1);
                }
            }
            self.free.push(place as u32);
        }
        for object in self.copies.values_mut() {
            if let Object::Weak(held) = object {
                forget_unmarked(held, marked, self.frozen);
            }
        }
        used += self.copies.values().map(|object| PLACE + size::beyond_place(object)).sum::<usize>();
        self.used = used;
        // Where little room is left, looking through all again and again would find no more.
        let least = FIRST_COLLECTION.min(self.limit / 32);
        let room = (self.limit.saturating_sub(used) / 2).max(least);
        self.next_collection = used + room.min(used.max(FIRST_COLLECTION));
    }
}

/// Empties a weak reference to what is freed.
fn forget_unmarked(held: &mut Option<Handle>, marked: &[u64], frozen: u32) {
    if held.is_some_and(|held| held.index() >= frozen && !bit(marked, held.index() - frozen)) {
        *held = None;
    }
}
