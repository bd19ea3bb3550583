//! What native work costs: as much fuel as instructions that take as long.
//!
//! The prices are measured by `fixtures/hostile`: whatever a program does, its fuel is to be gone in less than a second. Nothing here
//! does the work itself.

use super::Vm;
use crate::error::PyResult;
use crate::heap::price::{LONG, READ};
use crate::value::{Object, Value};

/// So many items of a list are copied or moved for one.
const MOVED: usize = 4;
/// What an object costs that is gone again, and so many bytes of what stays, when garbage is collected.
const FREED: u64 = 4;
const KEPT: usize = 16;

impl Vm<'_> {
    /// Pays for reading so many bytes.
    ///
    /// # Errors
    /// As [`Vm::pay`].
    #[inline]
    pub(crate) fn pay_for_reading(&mut self, bytes: usize) -> PyResult<()> {
        self.pay((bytes / READ) as u64)
    }

    /// Pays for copying or moving so many items of a list, of a tuple or of a table.
    ///
    /// # Errors
    /// As [`Vm::pay`].
    #[inline]
    pub(crate) fn pay_for_items(&mut self, items: usize) -> PyResult<()> {
        self.pay((items / MOVED) as u64)
    }

    /// Pays for comparing two texts, two byte strings or two large numbers: as much as the shorter is long.
    ///
    /// # Errors
    /// As [`Vm::pay`].
    pub(crate) fn pay_for_comparing(&mut self, a: Value, b: Value) -> PyResult<()> {
        self.pay_for_reading(self.extent(a).min(self.extent(b)))
    }

    /// Pays for the hash of a text that has none yet.
    ///
    /// # Errors
    /// As [`Vm::pay`].
    #[inline]
    pub(crate) fn pay_for_hashing(&mut self, v: Value) -> PyResult<()> {
        match self.heap.object(v) {
            Some(Object::Str(text)) if text.text().len() > LONG && !text.is_hashed() => {
                self.pay_for_reading(text.text().len() * 4)
            }
            _ => Ok(()),
        }
    }

    /// The bytes of a text, of a byte string or of a large number; 0 for anything else.
    pub(crate) fn extent(&self, v: Value) -> usize {
        match self.heap.object(self.builtin(v)) {
            Some(Object::Str(text)) => text.text().len(),
            Some(Object::BigInt(number)) => usize::try_from(number.bits() / 8).unwrap_or(usize::MAX),
            Some(_) => self.as_bytes(v).map_or(0, <[u8]>::len),
            None => 0,
        }
    }

    /// Pays for a collection: for what is gone, which cost little when it was made, and for looking at what stays.
    ///
    /// Nobody can be told here that there is no fuel left; whoever pays next is.
    pub(super) fn pay_for_collecting(&mut self, before: usize) {
        // A collection at every step, as the tests of the collector have it, is not the program's doing.
        if !cfg!(feature = "gc-stress") {
            let (living, kept) = (self.heap.living(), self.heap.used() / KEPT);
            let freed = before.saturating_sub(living) as u64;
            self.fuel = self.fuel.saturating_sub(freed * FREED + (living + kept) as u64);
        }
    }
}
