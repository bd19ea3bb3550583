//! The program: reads its command line, does what it says, and reports one line when it cannot.
//!
//! It joins the parts and computes nothing.

mod cli;
mod config;
mod key_file;
mod log;
mod serve;
mod terminal;
mod wire;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            terminal::complain(&format!("da-server: {refusal}"));
            ExitCode::FAILURE
        }
    }
}
