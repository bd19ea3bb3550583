//! From the parser to the machine: a program of an author.

use super::text;
use crate::machine;

pub(super) fn run(bytes: &[u8]) {
    let Some(program) = text(bytes) else { return };
    machine::with(|vm, namespace| machine::execute(vm, namespace, program));
}
