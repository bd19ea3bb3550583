//! [`Handle`]: the place of an object in the heap.

/// The place of an object. It means something only to the heap that gave it out. In builds that
/// stress the collector it also carries the generation of its place, so that a handle that outlived
/// its object is noticed.
///
/// It takes eight bytes, as everything that a [`Value`](crate::value::Value) can hold does; the place is in the lower half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Handle(u64);

impl Handle {
    /// The handle of a place. Only builds that stress the collector look at the generation.
    #[inline]
    pub(crate) fn new(index: u32, generation: u32) -> Handle {
        Handle(u64::from(generation) << 32 | u64::from(index))
    }

    /// The place.
    #[inline]
    pub(crate) fn index(self) -> u32 {
        self.0 as u32
    }

    /// The generation of the place when the handle was given out.
    #[cfg(feature = "gc-stress")]
    pub(crate) fn generation(self) -> u32 {
        (self.0 >> 32) as u32
    }
}
