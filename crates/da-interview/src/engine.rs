//! [`Engine`]: what all interviews share. It reads interviews; it keeps none.

use crate::error::{EngineError, SourceError, SourceErrorKind};
use crate::functions;
use crate::interview::Interview;
use crate::load;
use crate::prelude;
use crate::source::{Reader, Sources};
use da_core::InterviewName;
use da_python::{Ground, GroundBuilder, InterviewFloor, Limits};
use std::sync::Arc;

/// The engine: one per process, shared by all threads. Cloning it is cheap.
#[derive(Clone)]
pub struct Engine {
    ground: Arc<Ground>,
}

impl Engine {
    /// Builds the engine: the built-ins and the preludes, once.
    ///
    /// # Errors
    /// The parts that are compiled in do not fit together.
    pub fn new() -> Result<Engine, EngineError> {
        let mut builder = GroundBuilder::new().standard_library().native_module("_engine", functions::install);
        for (name, source) in prelude::MODULES {
            builder = builder.frozen_module(name, source);
        }
        let ground = builder.build().map_err(|error| EngineError(error.to_string()))?;
        Ok(Engine { ground })
    }

    /// Reads and checks an interview with everything that it includes. The result is immutable.
    ///
    /// # Errors
    /// [`SourceError`] says which file, line and block cannot be right; its kind is `Missing` when there
    /// is no such interview.
    pub fn load(&self, name: &InterviewName, sources: &dyn Sources) -> Result<Arc<Interview>, SourceError> {
        load::load(self, name, sources)
    }

    /// The floor of an interview: the top levels of the modules that it imports.
    pub(crate) fn floor(
        &self,
        name: &InterviewName,
        modules: &[String],
        _reader: &mut Reader<'_>,
    ) -> Result<Arc<InterviewFloor>, SourceError> {
        let mut host = da_python::NoHost;
        let known: Vec<String> = modules.iter().filter(|module| !module.starts_with('.')).cloned().collect();
        InterviewFloor::build(&self.ground, &known, Limits::default(), &mut host)
            .or_else(|_| InterviewFloor::build(&self.ground, &[], Limits::default(), &mut host))
            .map_err(|error| {
                SourceError::of_file(SourceErrorKind::Python, name.package(), name.path(), error.to_string())
            })
    }
}
