//! The ranges and mappings themselves, a file per question that is asked of a character. Data alone.

pub(super) mod case;
pub(super) mod identifier;
pub(super) mod letter;
pub(super) mod number;
