//! [`Handle`]: the place of an object in the heap.

/// The place of an object. It means something only to the heap that gave it out. In builds that
/// stress the collector it also carries the generation of its place, so that a handle that outlived
/// its object is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Handle {
    pub(crate) index: u32,
    #[cfg(feature = "gc-stress")]
    pub(crate) generation: u32,
}
