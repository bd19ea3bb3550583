//! The preludes are compiled by two at once: one goes from the front and runs what it compiled, the other from the back.
//! A server that starts is there sooner for it.

use crate::code::Code;
use crate::compile::{Mode, compile};
use crate::syntax::SyntaxError;
use std::sync::{Arc, OnceLock};
use std::thread;

type Compiled = Result<Arc<Code>, SyntaxError>;

/// Modules in the order in which they run, each compiled once by whoever comes first.
pub(super) struct Ahead {
    modules: Vec<(Arc<str>, &'static str, OnceLock<Compiled>)>,
}

impl Ahead {
    pub(super) fn new<'n>(modules: impl Iterator<Item = (&'n str, &'static str)>) -> Self {
        let modules = modules.map(|(name, source)| (Arc::from(name), source, OnceLock::new()));
        Ahead { modules: modules.collect() }
    }

    /// Does `work` while another thread compiles. Without another thread it goes as well, only later.
    pub(super) fn beside<T>(&self, work: impl FnOnce(&Self) -> T) -> T {
        thread::scope(|scope| {
            let compiling = thread::Builder::new().name("preludes".to_owned());
            let _helper = compiling.spawn_scoped(scope, || {
                for place in (0..self.modules.len()).rev() {
                    self.get(place);
                }
            });
            work(self)
        })
    }

    /// The code of a module; nothing where there are fewer.
    pub(super) fn get(&self, place: usize) -> Option<&Compiled> {
        let (name, source, compiled) = self.modules.get(place)?;
        Some(compiled.get_or_init(|| compile(source, name, Mode::Module)))
    }
}
