//! [`Engine`]: what all interviews share. It reads interviews; it keeps none.

use crate::absent;
use crate::assemble::EngineHost;
use crate::context::Settings;
use crate::error::{EngineError, Place, SourceError, SourceErrorKind};
use crate::functions;
use crate::interview::Interview;
use crate::load;
use crate::objects;
use crate::prelude;
use crate::source::jinja::{self, Family};
use crate::source::{ModuleHost, Reader, Sources, Texts};
use da_core::InterviewName;
use da_python::machine::{Ground, GroundBuilder, InterviewFloor, Limits, PyError};
use std::sync::Arc;

/// The engine: one per process, shared by all threads. Cloning it is cheap.
#[derive(Clone)]
pub struct Engine {
    ground: Arc<Ground>,
    settings: Arc<Settings>,
}

impl Engine {
    /// Builds the engine: the built-ins and the preludes, once.
    ///
    /// # Errors
    /// The parts that are compiled in do not fit together.
    pub fn new() -> Result<Engine, EngineError> {
        let mut builder = GroundBuilder::new()
            .standard_library()
            .absent_packages(absent::PACKAGES)
            .native_module("_engine", functions::install)
            .native_module(objects::REGISTERED, objects::install);
        for (name, source) in prelude::MODULES {
            builder = builder.frozen_module(name, source);
        }
        let ground = builder.build().map_err(|error| EngineError(error.to_string()))?;
        Ok(Engine { ground, settings: Arc::default() })
    }

    /// The same engine for servers with these settings: modules that ask for the configuration while they are imported
    /// are told from it.
    #[must_use]
    pub fn with_settings(self, settings: &Settings) -> Engine {
        Engine { settings: Arc::new(settings.clone()), ..self }
    }

    /// The language of texts that say none.
    pub(crate) fn default_language(&self) -> &str {
        &self.settings.language
    }

    /// What is compiled in.
    pub(crate) fn ground(&self) -> &Arc<Ground> {
        &self.ground
    }

    /// Reads and checks an interview with everything that it includes. The result is immutable.
    ///
    /// # Errors
    /// [`SourceError`] says which file, line and block cannot be right; its kind is `Missing` when there
    /// is no such interview.
    pub fn load(&self, name: &InterviewName, sources: &Arc<dyn Sources>) -> Result<Arc<Interview>, SourceError> {
        load::load(self, name, sources)
    }

    /// Reads an interview that is one text, as a file of a package `docassemble.mine`.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let interview = da_interview::Engine::new()?.load_text("question: Hello\n")?;
    /// assert_eq!(interview.name().package(), "docassemble.mine");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`SourceError`].
    pub fn load_text(&self, text: &str) -> Result<Arc<Interview>, SourceError> {
        let (package, path) = ("docassemble.mine", "data/questions/interview.yml");
        let name = InterviewName::parse(&format!("{package}:{path}"))
            .map_err(|error| SourceError::of_file(SourceErrorKind::Missing, package, path, error.to_string()))?;
        let texts: Arc<dyn Sources> = Arc::new(Texts::default().with(package, path, text));
        self.load(&name, &texts)
    }

    /// What Jinja2 makes of a file of an interview, and the reader again.
    pub(crate) fn made_by_jinja(
        &self,
        family: &Family<'_>,
        reader: Reader,
        sources: &Arc<dyn Sources>,
    ) -> (Result<String, String>, Reader) {
        match InterviewFloor::build(&self.ground, &[], Limits::default(), &mut da_python::machine::NoHost) {
            Ok(floor) => jinja::rendered(&floor, &self.settings, family, reader, sources),
            Err(error) => (Err(error.to_string()), reader),
        }
    }

    /// The floor of an interview: the top levels of the modules that it imports, in their order. What they
    /// are made from is read through `reader`; where one is imported, an error says.
    pub(crate) fn floor(
        &self,
        name: &InterviewName,
        modules: &[String],
        imported_at: impl Fn(&str) -> Option<Place>,
        reader: Reader,
        sources: &Arc<dyn Sources>,
    ) -> Result<(Arc<InterviewFloor>, Reader), SourceError> {
        let engine = EngineHost::at_import(name, sources, &self.settings);
        let mut host = ModuleHost { reader, engine, refused: None };
        match InterviewFloor::build(&self.ground, modules, Limits::default(), &mut host) {
            Ok(floor) => Ok((floor, host.reader)),
            Err(error) => {
                if let Some(refused) = host.refused.take() {
                    return Err(refused);
                }
                // Only now it matters which of them it was.
                let mut fails = |end: &usize| {
                    InterviewFloor::build(&self.ground, &modules[..*end], Limits::default(), &mut host).is_err()
                };
                let module = (1..modules.len()).find(&mut fails).unwrap_or(modules.len());
                let module = modules.get(module.saturating_sub(1)).map_or("", String::as_str);
                let usual =
                    || Place { package: name.package().to_owned(), file: name.path().to_owned(), ..Place::default() };
                Err(failed_module(imported_at(module).unwrap_or_else(usual), module, &error))
            }
        }
    }
}

/// A module that cannot be imported, with the innermost line of a package that was reached, or the block that imports it.
fn failed_module(mut place: Place, module: &str, error: &PyError) -> SourceError {
    let lines = match error {
        PyError::Exception { traceback, .. } => traceback.as_slice(),
        PyError::Limit(_) => &[],
    };
    if let Some((line, (package, file))) = lines.iter().find_map(|line| Some((line, line.file.split_once(':')?))) {
        place = Place { package: package.to_owned(), file: file.to_owned(), line: Some(line.line), ..Place::default() };
    }
    let message = format!("The module {module}, which the interview imports, failed: {error}");
    SourceError { kind: SourceErrorKind::Python, place: Box::new(place), message }
}
