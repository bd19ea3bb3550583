//! The program itself, as an operator runs it: started, spoken to, ended.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod check;
mod command_line;
mod durability;
mod explain;
mod process;
mod starting;
mod test;
