//! Answers that are read back. What can be read can be written, and is the same when it is read again.

use crate::machine;

pub(super) fn run(bytes: &[u8]) {
    let written = machine::with(|vm, _| {
        let root = vm.restore(bytes).ok()?;
        let root = vm.pin(root);
        vm.snapshot(root).ok()
    });
    let Some(written) = written else { return };
    let again = machine::with(|vm, _| {
        let root = vm.restore(&written.bytes).unwrap_or_else(|error| panic!("what was written is not read: {error}"));
        let root = vm.pin(root);
        vm.snapshot(root).unwrap_or_else(|error| panic!("what was read is not written: {error}"))
    });
    assert_eq!(written.bytes, again.bytes, "it is written in another way when it is read again");
}
