//! The built-in functions.

use crate::native::NativeFunction;

/// All built-in functions.
pub(crate) static FUNCTIONS: &[NativeFunction] = &[];
