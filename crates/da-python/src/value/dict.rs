//! [`Dict`]: the table behind `dict`, `set` and every namespace.
//!
//! It keeps the order of insertion and never compares by itself anything that would run Python
//! code: who looks up a key passes a way to compare, or finds by text.

use super::Value;
use hashbrown::HashTable;

/// An ordered hash table of values.
///
/// A namespace may have parents: dicts that are looked into, nearest first, when a name is not
/// found ([`Dict::parents`]). Looking up a key follows them, of names that have no underscore in front. The table itself goes through its
/// own entries alone; what Python sees of a whole namespace is put together in `vm/behind.rs`.
#[derive(Debug, Clone, Default)]
pub struct Dict {
    entries: Vec<Option<DictEntry>>,
    index: HashTable<u32>,
    live: usize,
    /// Parents of a namespace, the one that wins first.
    pub parents: Vec<Value>,
}

/// A key with its hash and its value.
#[derive(Debug, Clone, Copy)]
pub struct DictEntry {
    /// The hash of the key.
    pub hash: u64,
    /// The key.
    pub key: Value,
    /// The value.
    pub value: Value,
}

/// Up to this many entries are searched one by one, without an index.
const SMALL: usize = 8;

/// Where a key was found.
pub type Found = Option<usize>;

impl Dict {
    /// The bytes that an entry takes.
    pub const ENTRY: usize = size_of::<Option<DictEntry>>();

    /// An empty one with room for so many entries.
    pub fn with_room(entries: usize) -> Self {
        Dict { entries: Vec::with_capacity(entries), ..Dict::default() }
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// The number of places, those of removed entries included: positions are below it.
    pub fn places(&self) -> usize {
        self.entries.len()
    }

    /// The entry at a position, unless it was removed.
    pub fn at(&self, position: usize) -> Option<&DictEntry> {
        self.entries.get(position).and_then(Option::as_ref)
    }

    /// The entries in the order of insertion.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &DictEntry> {
        self.entries.iter().flatten()
    }

    /// The position of the first entry of this hash for which `same` holds. The positions that were
    /// compared are those whose hash is equal, so `same` sees few keys.
    #[inline]
    pub fn find(&self, hash: u64, mut same: impl FnMut(Value) -> bool) -> Found {
        if self.index.is_empty() {
            return self.entries.iter().position(|e| e.as_ref().is_some_and(|e| e.hash == hash && same(e.key)));
        }
        let found = self.index.find(spread(hash), |&place| {
            self.entries.get(place as usize).and_then(Option::as_ref).is_some_and(|e| e.hash == hash && same(e.key))
        });
        found.map(|&place| place as usize)
    }

    /// The positions of all entries of this hash, for keys whose comparison may run Python code.
    pub fn candidates(&self, hash: u64) -> Vec<usize> {
        if self.index.is_empty() {
            return (0..self.entries.len()).filter(|&p| self.at(p).is_some_and(|entry| entry.hash == hash)).collect();
        }
        let places = self.index.iter_hash(spread(hash)).map(|&place| place as usize);
        places.filter(|&place| self.at(place).is_some_and(|entry| entry.hash == hash)).collect()
    }

    /// Sets the value at a position that [`Dict::find`] gave.
    pub fn set_at(&mut self, position: usize, value: Value) {
        if let Some(Some(entry)) = self.entries.get_mut(position) {
            entry.value = value;
        }
    }

    /// Adds an entry whose key is known not to be there.
    pub fn push(&mut self, hash: u64, key: Value, value: Value) {
        let Ok(place) = u32::try_from(self.entries.len()) else { return };
        self.entries.push(Some(DictEntry { hash, key, value }));
        self.live += 1;
        if self.index.is_empty() {
            if self.entries.len() > SMALL {
                self.build_index();
            }
            return;
        }
        let entries = &self.entries;
        self.index.insert_unique(spread(hash), place, |&p| {
            entries.get(p as usize).and_then(Option::as_ref).map_or(0, |e| spread(e.hash))
        });
    }

    /// Removes and returns the entry at a position.
    pub fn remove_at(&mut self, position: usize) -> Option<DictEntry> {
        let entry = self.entries.get_mut(position)?.take()?;
        self.live -= 1;
        if !self.index.is_empty()
            && let Ok(found) = self.index.find_entry(spread(entry.hash), |&place| place as usize == position)
        {
            found.remove();
        }
        while let Some(None) = self.entries.last() {
            self.entries.pop();
        }
        if self.entries.len() > 32 && self.live * 2 < self.entries.len() {
            self.compact();
        }
        Some(entry)
    }

    /// Removes all entries; parents stay.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.index.clear();
        self.live = 0;
    }

    /// The bytes that it takes beyond its place in the heap.
    pub fn size(&self) -> usize {
        self.entries.capacity() * size_of::<Option<DictEntry>>() + self.index.capacity() * 5
    }

    /// The bytes that the next [`Dict::push`] will allocate, 0 for most.
    pub fn growth(&self) -> usize {
        if self.entries.len() < self.entries.capacity() {
            return 0;
        }
        self.entries.capacity().max(4) * (size_of::<Option<DictEntry>>() + 10)
    }

    fn compact(&mut self) {
        self.entries.retain(Option::is_some);
        self.build_index();
    }

    fn build_index(&mut self) {
        self.index.clear();
        let entries = &self.entries;
        let hash_of = |&p: &u32| entries.get(p as usize).and_then(Option::as_ref).map_or(0, |e| spread(e.hash));
        for (place, entry) in entries.iter().enumerate() {
            if let (Some(entry), Ok(place)) = (entry, u32::try_from(place)) {
                self.index.insert_unique(spread(entry.hash), place, hash_of);
            }
        }
    }
}

/// The hash as the table wants it, in which all bits depend on all: those of small numbers and short names differ in few.
#[inline]
fn spread(hash: u64) -> u64 {
    let mixed = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}
