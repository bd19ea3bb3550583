//! [`Floor`]: a frozen part of the heap, shared between evaluations.
//!
//! It is never changed after it was frozen.

use super::{Handle, Heap};
use crate::value::Object;
use hashbrown::{HashMap, HashTable};

/// Frozen objects, and frozen copies of objects of the floor below.
#[derive(Debug, Default)]
pub struct Floor {
    /// One more than the last index that belongs to this floor or one below.
    pub(super) end: u32,
    pub(super) objects: Vec<Option<Object>>,
    pub(super) copies: HashMap<u32, Object>,
    pub(super) copied: Vec<u64>,
    pub(super) interned: HashTable<Handle>,
}

impl Floor {
    /// How many objects it holds.
    pub fn len(&self) -> usize {
        self.objects.iter().flatten().count()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }
}

impl Heap {
    /// Freezes the top floor, and what was copied up onto it. What is unreachable should have been
    /// collected before.
    pub(crate) fn freeze(mut self) -> Floor {
        self.places.shrink_to_fit();
        Floor {
            end: self.frozen + self.places.len() as u32,
            objects: self.places,
            copies: self.copies,
            copied: self.copied,
            interned: self.interned,
        }
    }
}
