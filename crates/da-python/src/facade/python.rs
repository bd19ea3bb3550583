//! [`Python`]: the language, ready to be used.

use super::{Session, Stopped};
use crate::error::PyError;
use crate::ground::{GroundBuilder, InterviewFloor};
use crate::host::{Host, NoHost};
use crate::limits::Limits;
use crate::vm::Vm;
use std::sync::Arc;

/// Python with its built-ins and its standard library. Making one takes a moment, because parts of the library are Python themselves; a
/// copy takes none: the copies share what is frozen, and may be used by many threads at once. There is no global state: two of them know nothing of each other.
#[derive(Debug, Clone)]
pub struct Python {
    floor: Arc<InterviewFloor>,
}

impl Python {
    /// The language and its standard library.
    ///
    /// ```
    /// use da_python::{Data, Limits, NoHost, Program, Python};
    ///
    /// let python = Python::new()?;
    /// let mut session = python.session(Limits::default());
    /// session.run(&Program::block("import statistics\nmiddle = statistics.median([3, 1, 2])", "a.py")?, &mut NoHost)?;
    /// assert_eq!(session.get("middle")?, Some(Data::Int(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// None of its own; a fault of this build would be told as what the standard library raised.
    pub fn new() -> Result<Python, PyError> {
        Python::with_modules(&[], &mut NoHost)
    }

    /// The same with modules of packages, whose sources the host knows ([`Host::module_source`]). Their top levels run now,
    /// under the default limits, and never again; what a program changes in them is gone when it ends.
    ///
    /// ```
    /// use da_python::{Data, Host, Limits, ModuleSource, NoHost, Program, Python};
    ///
    /// struct Shelf;
    ///
    /// impl Host for Shelf {
    ///     fn module_source(&mut self, name: &str) -> Option<ModuleSource> {
    ///         let text = "def double(n):\n    return 2 * n\n".into();
    ///         (name == "sums").then(|| ModuleSource { file: "sums.py".into(), text, is_package: false })
    ///     }
    ///
    ///     fn as_any_mut(&mut self) -> &mut dyn std::any::Any {
    ///         self
    ///     }
    /// }
    ///
    /// let python = Python::with_modules(&["sums"], &mut Shelf)?;
    /// let mut session = python.session(Limits::default());
    /// let program = Program::block("from sums import double\nx = double(21)", "a.py")?;
    /// session.run(&program, &mut NoHost)?;
    /// assert_eq!(session.get("x")?, Some(Data::Int(42)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// What the top level of a module raises; `ModuleNotFoundError` for one that nobody knows.
    pub fn with_modules(modules: &[&str], host: &mut dyn Host) -> Result<Python, PyError> {
        let ground = GroundBuilder::new().standard_library().build()?;
        let modules: Vec<String> = modules.iter().map(|name| (*name).to_owned()).collect();
        InterviewFloor::build(&ground, &modules, Limits::default(), host).map(|floor| Python { floor })
    }

    /// Python over a floor that was built by hand, with native classes and frozen modules of one's own
    /// ([`machine`](crate::machine)).
    ///
    /// ```
    /// use da_python::machine::{GroundBuilder, InterviewFloor};
    /// use da_python::{Data, Limits, NoHost, Program, Python};
    ///
    /// let ground = GroundBuilder::new().frozen_module("units", "KILO = 1000").build()?;
    /// let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut NoHost)?;
    /// let mut session = Python::over(&floor).session(Limits::default());
    /// session.run(&Program::block("from units import KILO", "a.py")?, &mut NoHost)?;
    /// assert_eq!(session.get("KILO")?, Some(Data::Int(1000)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn over(floor: &Arc<InterviewFloor>) -> Python {
        Python { floor: Arc::clone(floor) }
    }

    /// A session in which nothing has happened. Each run of a program in it may use as much as `limits` say.
    ///
    /// ```
    /// use da_python::{Limits, NoHost, Program, Python, Stopped, PyError, Limit};
    ///
    /// let mut session = Python::new()?.session(Limits { fuel: 10_000, ..Limits::default() });
    /// let endless = Program::block("while True:\n    pass", "a.py")?;
    /// assert_eq!(session.run(&endless, &mut NoHost), Err(Stopped::Program(PyError::Limit(Limit::Fuel))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn session(&self, limits: Limits) -> Session {
        Session::new(self.clone(), limits)
    }

    /// A session that was kept as [`Session::bytes`]. The bytes are not trusted: hostile ones are an error. They have no
    /// checksum and no secrets; whoever stores them seals them.
    ///
    /// ```
    /// use da_python::{Data, Limits, Python};
    ///
    /// let python = Python::new()?;
    /// let mut session = python.session(Limits::default());
    /// session.set("name", Data::from("Ann"))?;
    /// let kept = session.bytes().to_vec();
    ///
    /// let mut session = python.reopen(&kept, Limits::default())?;
    /// assert_eq!(session.get("name")?, Some(Data::from("Ann")));
    /// assert!(python.reopen(b"something else", Limits::default()).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Stopped::Snapshot`]: they are no session's, or a class that they need has changed or vanished.
    pub fn reopen(&self, bytes: &[u8], limits: Limits) -> Result<Session, Stopped> {
        Session::read(self.clone(), bytes, limits)
    }

    /// A machine for one evaluation.
    pub(super) fn machine<'h>(&self, limits: Limits, host: &'h mut dyn Host) -> Vm<'h> {
        Vm::new(&self.floor, limits, host)
    }
}
