//! [`Host`]: the only door to the outside.

use crate::http::{HttpFailure, HttpRequest, HttpResponse};
use std::any::Any;
use std::sync::Arc;

/// What the machine may ask of the world. Every method but [`as_any_mut`](Host::as_any_mut) has a default that gives nothing, so that an
/// evaluation without a host has no effect and sees no clock.
pub trait Host: Any {
    /// Microseconds since 1970-01-01 UTC.
    fn now(&mut self) -> Option<i64> {
        None
    }

    /// The IANA name of the time zone that local times are in.
    fn timezone(&mut self) -> Option<String> {
        None
    }

    /// Fills `bytes` with random ones; says whether it did.
    fn random(&mut self, _bytes: &mut [u8]) -> bool {
        false
    }

    /// Takes what `print` or logging writes, as it comes: with the ends of lines, and not always whole lines.
    fn write(&mut self, _text: &str) {}

    /// The source of a module of a package, by its dotted name.
    fn module_source(&mut self, _name: &str) -> Option<ModuleSource> {
        None
    }

    /// The content behind a path. `None`: the path means nothing here.
    ///
    /// # Errors
    /// Why there is no content behind a path that could have one.
    fn read_file(&mut self, _path: &str) -> Option<Result<Vec<u8>, String>> {
        None
    }

    /// Puts a content behind a path. `None`: nothing can be written there.
    ///
    /// # Errors
    /// Why it cannot be written.
    fn write_file(&mut self, _path: &str, _content: Vec<u8>) -> Option<Result<(), String>> {
        None
    }

    /// How many bytes are behind a path; `None` where there is nothing.
    fn file_size(&mut self, _path: &str) -> Option<u64> {
        None
    }

    /// Asks another server and waits for its answer. An answer of any status is an answer.
    ///
    /// # Errors
    /// Why there is none; without a door to the network, that there is no door.
    fn http(&mut self, _request: &HttpRequest) -> Result<HttpResponse, HttpFailure> {
        Err(HttpFailure::no_door())
    }

    /// Whether the wall clock's limit has passed; asked every few thousand instructions.
    fn time_is_up(&mut self) -> bool {
        false
    }

    /// Itself, so that native code of the embedder finds its own state.
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

/// The source of a module.
#[derive(Debug, Clone)]
pub struct ModuleSource {
    /// Its file, for messages.
    pub file: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
    /// Whether it is a package (`__init__.py`), which decides what relative imports mean.
    pub is_package: bool,
}

/// A host that gives nothing.
#[derive(Debug, Default, Clone, Copy)]
pub struct NoHost;

impl Host for NoHost {
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
