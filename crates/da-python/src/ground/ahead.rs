//! The preludes are compiled by two at once: one goes from the front and runs what it compiled, the other from the back.
//! A server that starts is there sooner for it.

use crate::code::Code;
use crate::compile::{Mode, compile};
use crate::syntax::SyntaxError;
use std::sync::{Arc, OnceLock};
use std::thread;

/// A module of our own, compiled once by whoever comes first.
pub(super) struct Frozen {
    pub(super) name: String,
    source: &'static str,
    compiled: OnceLock<Result<Arc<Code>, SyntaxError>>,
}

impl Frozen {
    pub(super) fn new(name: &str, source: &'static str) -> Self {
        Frozen { name: name.to_owned(), source, compiled: OnceLock::new() }
    }

    pub(super) fn compiled(&self) -> &Result<Arc<Code>, SyntaxError> {
        self.compiled.get_or_init(|| compile(self.source, &self.name, Mode::Module))
    }
}

/// Does `work` while another thread compiles `modules`, the last one first. Without another thread it goes as well, only later.
pub(super) fn while_compiling<T>(modules: Vec<Arc<Frozen>>, work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let compiling = thread::Builder::new().name("preludes".to_owned());
        let _helper = compiling.spawn_scoped(scope, move || {
            for module in modules.iter().rev() {
                module.compiled();
            }
        });
        work()
    })
}
