//! The heap: three floors of objects, addressed by handles.
//!
//! The ground floor (built-ins, preludes) and the interview's floor (the top levels of its modules)
//! are frozen and shared; the top floor belongs to one evaluation. Writing to a frozen object copies
//! it up under the same handle. Nothing here runs Python code, collects on its own, or allocates
//! past the limit.

mod collect;
mod floor;
mod handle;
mod intern;
pub(crate) mod price;
mod size;
mod trace;

pub use floor::Floor;
pub use handle::Handle;

use crate::error::{Limit, PyResult, Raised};
use crate::value::{Object, Value};
use hashbrown::{HashMap, HashTable};
use std::cell::Cell;
use std::sync::Arc;

/// What one place costs, whatever is in it.
pub(crate) const PLACE: usize = size_of::<Option<Object>>();
/// No collection before this many bytes were allocated.
///
/// What is used in turns between two collections should fit the cache of a processor.
const FIRST_COLLECTION: usize = 1 << 20;
/// Stands in for an object that is gone; only a bug reads it.
static LOST: Object = Object::Cell(None);

/// The objects of one evaluation.
#[derive(Debug)]
pub struct Heap {
    ground: Arc<Floor>,
    interview: Arc<Floor>,
    /// Handles below this are frozen.
    frozen: u32,
    /// What is asked of the floors at every look below: where the ground ends, and whether anything of it was copied up onto the
    /// interview's floor.
    ground_end: u32,
    interview_copied: bool,
    /// Objects that were copied up, and a bit for each frozen place that says so.
    copies: HashMap<u32, Object>,
    copied: Vec<u64>,
    places: Vec<Option<Object>>,
    free: Vec<u32>,
    #[cfg(feature = "gc-stress")]
    generations: Vec<u32>,
    interned: HashTable<Handle>,
    /// What native code holds: see `Vm::scope`.
    pub(crate) roots: Vec<Handle>,
    used: usize,
    limit: usize,
    next_collection: usize,
    /// The fuel that looking up names cost beyond what the instruction costs: [`Heap::owe`].
    debt: Cell<u64>,
    /// What the collector works with, kept from one time to the next: a large piece of memory asked for anew makes the allocator
    /// put all its small ones together, which are wanted again at once.
    marked: Vec<u64>,
    pending: Vec<Handle>,
    lost: Object,
}

impl Heap {
    /// A top floor over two frozen ones.
    pub(crate) fn new(ground: Arc<Floor>, interview: Arc<Floor>, limit: usize) -> Self {
        let frozen = ground.end.max(interview.end);
        Heap {
            ground_end: ground.end,
            interview_copied: !interview.copied.is_empty(),
            ground,
            interview,
            frozen,
            copies: HashMap::new(),
            copied: Vec::new(),
            places: Vec::new(),
            free: Vec::new(),
            #[cfg(feature = "gc-stress")]
            generations: Vec::new(),
            interned: HashTable::new(),
            roots: Vec::new(),
            used: 0,
            limit,
            next_collection: FIRST_COLLECTION.min(limit / 2),
            debt: Cell::new(0),
            marked: Vec::new(),
            pending: Vec::new(),
            lost: Object::Cell(None),
        }
    }

    /// The object of a handle.
    #[inline(always)]
    pub fn get(&self, handle: Handle) -> &Object {
        let Some(place) = handle.index().checked_sub(self.frozen) else { return self.get_frozen(handle.index()) };
        self.check_generation(handle, place as usize);
        match self.places.get(place as usize) {
            Some(Some(object)) => object,
            _ => &LOST,
        }
    }

    /// The object of a handle, to be changed. A frozen one is copied up first.
    #[inline]
    pub fn get_mut(&mut self, handle: Handle) -> &mut Object {
        if handle.index() < self.frozen {
            return self.copy_up(handle.index());
        }
        let place = (handle.index() - self.frozen) as usize;
        self.check_generation(handle, place);
        match self.places.get_mut(place) {
            Some(Some(object)) => object,
            _ => &mut self.lost,
        }
    }

    /// The object of a value, unless it is immediate.
    #[inline]
    pub fn object(&self, value: Value) -> Option<&Object> {
        match value {
            Value::Ref(handle) => Some(self.get(handle)),
            _ => None,
        }
    }

    /// Makes an object.
    ///
    /// # Errors
    /// `Limit::Memory`, before anything is allocated. What the caller put into `object` should have
    /// been charged when it is large.
    #[inline]
    pub fn alloc(&mut self, object: Object) -> PyResult<Handle> {
        self.charge(PLACE + size::beyond_place(&object))?;
        let handle = self.put(object);
        self.roots.push(handle);
        Ok(handle)
    }

    /// Accounts for bytes that are about to be allocated.
    ///
    /// # Errors
    /// `Limit::Memory` when there are not that many left.
    #[inline]
    pub fn charge(&mut self, bytes: usize) -> PyResult<()> {
        let used = self.used.saturating_add(bytes);
        if used > self.limit {
            return Err(Raised::Limit(Limit::Memory));
        }
        self.used = used;
        Ok(())
    }

    /// Asks whether so many bytes could be allocated, without taking them: for a temporary that is
    /// charged when it becomes an object.
    ///
    /// # Errors
    /// `Limit::Memory` when there are not that many left.
    pub fn would_fit(&self, bytes: usize) -> PyResult<()> {
        if self.used.saturating_add(bytes) > self.limit {
            return Err(Raised::Limit(Limit::Memory));
        }
        Ok(())
    }

    /// The bytes in use on the top floor, those that became unreachable since the last collection
    /// included.
    pub fn used(&self) -> usize {
        self.used
    }

    /// Notes work that cannot be paid for where it is done; whoever pays next does.
    #[inline]
    pub(crate) fn owe(&self, fuel: u64) {
        self.debt.set(self.debt.get().saturating_add(fuel));
    }

    /// What is owed.
    #[inline]
    pub(crate) fn debt(&self) -> u64 {
        self.debt.get()
    }

    /// Takes over what is owed.
    #[inline]
    pub(crate) fn settle(&mut self) -> u64 {
        self.debt.take()
    }

    /// Whether the object belongs to a frozen floor (even if it was copied up).
    pub fn is_frozen(&self, handle: Handle) -> bool {
        handle.index() < self.frozen
    }

    /// How many objects the top floor has places for.
    pub fn top_places(&self) -> usize {
        self.places.len()
    }

    /// How many objects the top floor holds.
    pub(crate) fn living(&self) -> usize {
        self.places.len() - self.free.len()
    }

    /// The handles of all objects.
    pub(crate) fn handles(&self) -> impl Iterator<Item = Handle> {
        let frozen = (0..self.frozen).map(|index| Handle::new(index, 0));
        let own = self
            .places
            .iter()
            .enumerate()
            .filter(|(_, object)| object.is_some())
            .map(|(place, _)| self.handle_at(place));
        frozen.chain(own)
    }

    /// Whether a collection is due.
    #[cfg(not(feature = "gc-stress"))]
    #[inline]
    pub(crate) fn wants_collection(&self) -> bool {
        self.used >= self.next_collection
    }

    /// Whether a collection is due: always.
    #[cfg(feature = "gc-stress")]
    #[expect(clippy::unused_self, reason = "the other build looks")]
    pub(crate) fn wants_collection(&self) -> bool {
        true
    }

    fn put(&mut self, object: Object) -> Handle {
        let place = match self.free.pop() {
            Some(place) => place,
            None => {
                self.places.push(None);
                #[cfg(feature = "gc-stress")]
                self.generations.push(0);
                (self.places.len() - 1) as u32
            }
        };
        self.places[place as usize] = Some(object);
        self.handle_at(place as usize)
    }

    #[inline]
    fn handle_at(&self, place: usize) -> Handle {
        self.handle_of(place as u32 + self.frozen)
    }

    /// The handle of what is at an index now.
    #[inline]
    fn handle_of(&self, index: u32) -> Handle {
        #[cfg(feature = "gc-stress")]
        let generation = match index.checked_sub(self.frozen) {
            Some(place) => self.generations[place as usize],
            None => 0,
        };
        #[cfg(not(feature = "gc-stress"))]
        let generation = 0;
        Handle::new(index, generation)
    }

    #[inline(never)]
    fn get_frozen(&self, index: u32) -> &Object {
        if !self.copied.is_empty()
            && bit(&self.copied, index)
            && let Some(object) = self.copies.get(&index)
        {
            return object;
        }
        self.get_below(index).unwrap_or(&LOST)
    }

    #[inline]
    fn get_below(&self, index: u32) -> Option<&Object> {
        if index >= self.ground_end {
            return self.interview.objects.get((index - self.ground_end) as usize)?.as_ref();
        }
        if self.interview_copied
            && bit(&self.interview.copied, index)
            && let Some(object) = self.interview.copies.get(&index)
        {
            return Some(object);
        }
        self.ground.objects.get(index as usize)?.as_ref()
    }

    #[inline(never)]
    fn copy_up(&mut self, index: u32) -> &mut Object {
        if !bit(&self.copied, index) {
            let object = self.get_below(index).unwrap_or(&LOST).clone();
            self.used = self.used.saturating_add(PLACE + size::beyond_place(&object));
            if self.copied.is_empty() {
                self.copied = vec![0; self.frozen as usize / 64 + 1];
            }
            self.copied[index as usize / 64] |= 1 << (index % 64);
            self.copies.insert(index, object);
        }
        self.copies.get_mut(&index).unwrap_or(&mut self.lost)
    }

    #[cfg(feature = "gc-stress")]
    #[expect(clippy::panic, reason = "a stale handle is a bug that must be seen; this build exists to find it")]
    fn check_generation(&self, handle: Handle, place: usize) {
        if self.generations.get(place) != Some(&handle.generation()) {
            panic!("a stale handle was used: place {place}, generation {}", handle.generation());
        }
    }

    #[cfg(not(feature = "gc-stress"))]
    #[inline]
    #[expect(clippy::unused_self, reason = "the other build looks")]
    fn check_generation(&self, _: Handle, _: usize) {}
}

#[inline]
fn bit(bits: &[u64], index: u32) -> bool {
    bits.get(index as usize / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
}
