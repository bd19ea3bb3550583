//! What looking things up costs beyond the instruction that asks: [`Heap::owe`].
//!
//! Nothing here looks anything up.

use super::Heap;
use std::cell::Cell;

/// So many bytes are read, or compared, for one piece of fuel.
pub(crate) const READ: usize = 64;
/// A text of more bytes than this is paid for when it is compared or looked up, which costs nothing beside the instruction otherwise.
pub(crate) const LONG: usize = 512;
/// So many keys of one hash cost nothing.
const FREE: u32 = 4;

/// Counts the keys of equal hashes that a look into a table meets. Whoever makes many of them, on purpose, pays for each.
pub(crate) struct Collisions<'h> {
    heap: &'h Heap,
    seen: Cell<u32>,
}

impl<'h> Collisions<'h> {
    /// None were met yet.
    #[inline]
    pub(crate) fn new(heap: &'h Heap) -> Self {
        Collisions { heap, seen: Cell::new(0) }
    }

    /// Another one was met.
    #[inline]
    pub(crate) fn count(&self) {
        let seen = self.seen.get() + 1;
        self.seen.set(seen);
        if seen > FREE {
            self.heap.owe(1);
        }
    }
}
