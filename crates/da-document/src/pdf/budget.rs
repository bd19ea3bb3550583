//! [`Budget`]: what may be read and unpacked for one file.

use crate::DocumentError;

/// Bytes that are read or unpacked.
const MOST_BYTES: u64 = 64 << 20;

/// Objects that are made.
const MOST_OBJECTS: u64 = 2 << 20;

/// What is left for a file.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: u64,
    objects: u64,
}

impl Budget {
    pub(super) fn full() -> Self {
        Budget { bytes: MOST_BYTES, objects: MOST_OBJECTS }
    }

    /// How many bytes may still be unpacked.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes were read or unpacked.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), DocumentError> {
        self.bytes = self.bytes.checked_sub(bytes as u64).ok_or(DocumentError::TooLarge(MOST_BYTES))?;
        Ok(())
    }

    /// An object was made.
    pub(super) fn object(&mut self) -> Result<(), DocumentError> {
        self.objects = self.objects.checked_sub(1).ok_or(DocumentError::TooMany)?;
        Ok(())
    }
}
