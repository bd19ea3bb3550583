//! [`Budget`]: what may be read and unpacked for one file.

use crate::DocumentError;

/// Bytes that are read or unpacked.
const MOST_BYTES: u64 = 64 << 20;

/// Objects that are made.
const MOST_OBJECTS: u64 = 2 << 20;

/// As many bytes are read in the time that it takes to make an object.
const BYTES_OF_OBJECT: u64 = 32;

/// What may be read and unpacked for one file, and what of it is spent.
///
/// ```
/// let mut budget = da_document::Budget::full();
/// assert!(da_document::pdf_facts(b"no PDF", &mut budget).is_err());
/// assert!(budget.spent() < 100);
/// ```
#[derive(Debug)]
pub struct Budget {
    bytes: u64,
    objects: u64,
}

impl Budget {
    /// 64 MiB, and two million objects.
    pub fn full() -> Self {
        Budget { bytes: MOST_BYTES, objects: MOST_OBJECTS }
    }

    /// What was spent, in bytes: the work that a file was, however small it is.
    pub fn spent(&self) -> u64 {
        MOST_BYTES - self.bytes + (MOST_OBJECTS - self.objects) * BYTES_OF_OBJECT
    }

    /// How many bytes may still be unpacked.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes were read or unpacked. What is too much is spent as far as there is something left.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), DocumentError> {
        let left = self.bytes.checked_sub(bytes as u64);
        self.bytes = left.unwrap_or_default();
        left.map(drop).ok_or(DocumentError::TooLarge(MOST_BYTES))
    }

    /// An object was made.
    pub(super) fn object(&mut self) -> Result<(), DocumentError> {
        self.objects = self.objects.checked_sub(1).ok_or(DocumentError::TooMany)?;
        Ok(())
    }
}
