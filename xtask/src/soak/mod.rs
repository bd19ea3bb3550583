//! `cargo xtask soak`: what only time brings to light. A file for each kind of soak.
//! It must never be part of `ci`: it has no end of its own, and its findings become tests.

mod fuzz;
mod hostile;
mod load;
mod schemathesis;

use crate::Outcome;
use clap::Subcommand;

/// Runs something for as long as one likes, and keeps what it finds.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    Fuzz(fuzz::Args),
    Hostile(hostile::Args),
    Load(load::Args),
    Schemathesis(schemathesis::Args),
}

pub(crate) fn run(args: &Args) -> Outcome {
    match &args.kind {
        Kind::Fuzz(args) => fuzz::run(args),
        Kind::Hostile(args) => hostile::run(args),
        Kind::Load(args) => load::run(args),
        Kind::Schemathesis(args) => schemathesis::run(args),
    }
}
