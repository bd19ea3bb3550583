//! What is said to the person at the terminal. Nobody else in this program prints.
//!
//! A terminal that has gone away is no reason to fail.

use std::io::{self, Write};

/// A line for standard output.
pub(crate) fn say(line: &str) {
    let _gone = writeln!(io::stdout(), "{line}");
}

/// A line for standard error.
pub(crate) fn complain(line: &str) {
    let _gone = writeln!(io::stderr(), "{line}");
}
