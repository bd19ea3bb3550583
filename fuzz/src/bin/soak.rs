//! The long run: libFuzzer, led by coverage, over the target that `DA_FUZZ_TARGET` names. Started by `cargo xtask soak fuzz`.
//! It must never be built without the flags that `xtask` gives: it would find nothing, slowly.
#![no_main]

use da_fuzz::Target;
use std::sync::LazyLock;

static TARGET: LazyLock<&'static Target> = LazyLock::new(|| {
    let name = std::env::var("DA_FUZZ_TARGET").unwrap_or_default();
    match Target::named(&name) {
        Some(target) => target,
        None => std::process::abort(),
    }
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET.run(bytes));
