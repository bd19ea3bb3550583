//! What is said to the person at the terminal. Nobody else in this program prints.

/// A line for standard output.
#[expect(clippy::print_stdout, reason = "a program talks to its terminal here, and here alone")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// A line for standard error.
#[expect(clippy::print_stderr, reason = "a program talks to its terminal here, and here alone")]
pub(crate) fn complain(line: &str) {
    eprintln!("{line}");
}
