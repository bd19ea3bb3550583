//! [`Session`]: what programs leave behind for the next one.

use super::{Data, Program, Python, Stopped};
use crate::error::Raised;
use crate::host::{Host, NoHost};
use crate::limits::Limits;
use crate::snapshot::{LeftOut, SnapshotError};
use crate::value::{Object, Value};
use crate::vm::Vm;

/// What one person's programs have left behind: global names and all that they reach, as bytes. It is `Send` and `Sync`, holds
/// no machine, and costs what its data costs.
///
/// Each call is an evaluation of its own, with limits of its own: the names are read, the program runs, and if it comes to its
/// end the names are kept. If it does not, the session is what it was before. Data and instances of classes of modules are
/// kept, with shared references and cycles; functions, modules, generators and what is open is not ([`Session::left_out`]).
#[derive(Debug, Clone)]
pub struct Session {
    python: Python,
    limits: Limits,
    bytes: Vec<u8>,
    left_out: Vec<LeftOut>,
}

impl Session {
    pub(super) fn new(python: Python, limits: Limits) -> Session {
        Session { python, limits, bytes: Vec::new(), left_out: Vec::new() }
    }

    pub(super) fn read(python: Python, bytes: &[u8], limits: Limits) -> Result<Session, Stopped> {
        let mut session = Session { bytes: bytes.to_vec(), ..Session::new(python, limits) };
        session.evaluate(&mut NoHost, |_, _| Ok(()))?;
        Ok(session)
    }

    /// Runs a program; the value of an expression, [`Data::None`] of a block.
    ///
    /// ```
    /// use da_python::{Data, Limits, NoHost, Program, Python};
    ///
    /// let mut session = Python::new()?.session(Limits::default());
    /// session.run(&Program::block("prices = [3, 4]", "a.py")?, &mut NoHost)?;
    /// let sum = session.run(&Program::expression("sum(prices)", "a.py")?, &mut NoHost)?;
    /// assert_eq!(sum, Data::Int(7));
    ///
    /// // What fails changes nothing.
    /// let fails = Program::block("prices.clear()\nnobody", "a.py")?;
    /// let error = session.run(&fails, &mut NoHost).unwrap_err();
    /// assert_eq!(error.to_string(), "NameError: name 'nobody' is not defined");
    /// assert_eq!(session.get("prices")?, Some(Data::List(vec![Data::Int(3), Data::Int(4)])));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Stopped::Program`] for what it raises and for the limits, that of the memory for a value that takes more room outside of the
    /// machine than the machine may have inside; [`Stopped::Nested`] for a value that is nested too deeply,
    /// [`Stopped::Snapshot`] where a class that the session needs is gone.
    pub fn run(&mut self, program: &Program, host: &mut dyn Host) -> Result<Data, Stopped> {
        self.evaluate(host, |vm, names| {
            let value = vm.eval(&program.0, names)?;
            Data::of(vm, value)
        })
    }

    /// The value of a global name; `None` where there is none.
    ///
    /// ```
    /// use da_python::{Limits, Python};
    ///
    /// let mut session = Python::new()?.session(Limits::default());
    /// assert_eq!(session.get("name")?, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Session::run`]: what is no plain value is told as text, and making that text may run code.
    pub fn get(&mut self, name: &str) -> Result<Option<Data>, Stopped> {
        self.evaluate(&mut NoHost, |vm, names| {
            vm.dict_get_str(names, name).map(|value| Data::of(vm, value)).transpose()
        })
    }

    /// Gives a global name a value.
    ///
    /// ```
    /// use da_python::{Data, Limits, NoHost, Program, Python};
    ///
    /// let mut session = Python::new()?.session(Limits::default());
    /// session.set("ages", Data::List(vec![Data::Int(30), Data::Int(31)]))?;
    /// assert_eq!(session.run(&Program::expression("max(ages)", "a.py")?, &mut NoHost)?, Data::Int(31));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Stopped::NoValue`] for [`Data::Other`], [`Stopped::Nested`], and the limits.
    pub fn set(&mut self, name: &str, value: Data) -> Result<(), Stopped> {
        self.evaluate(&mut NoHost, |vm, names| {
            let value = value.write(vm, 0)?;
            Ok(vm.dict_set_str(names, name, value)?)
        })
    }

    /// The session as bytes, for [`Python::reopen`]: equal sessions give equal bytes. Empty as long as nothing happened.
    ///
    /// ```
    /// use da_python::{Data, Limits, Python};
    ///
    /// let mut session = Python::new()?.session(Limits::default());
    /// assert!(session.bytes().is_empty());
    /// session.set("name", Data::from("Ann"))?;
    /// assert!(session.bytes().len() < 100);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the last call could not keep: where it stood, and what it is.
    ///
    /// ```
    /// use da_python::{Limits, NoHost, Program, Python};
    ///
    /// let mut session = Python::new()?.session(Limits::default());
    /// session.run(&Program::block("def twice(n):\n    return 2 * n\nfour = twice(2)", "a.py")?, &mut NoHost)?;
    /// assert_eq!((&*session.left_out()[0].path, &*session.left_out()[0].kind), ("twice", "function"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Reads the names, does something with them, and keeps them if that went well.
    fn evaluate<T>(
        &mut self,
        host: &mut dyn Host,
        work: impl FnOnce(&mut Vm<'_>, Value) -> Result<T, Failed>,
    ) -> Result<T, Stopped> {
        let mut vm = self.python.machine(self.limits, host);
        let names = names(&mut vm, &self.bytes)?;
        let result = work(&mut vm, names).map_err(|failed| match failed {
            Failed::Raised(raised) => Stopped::Program(vm.error(raised)),
            Failed::Stopped(stopped) => stopped,
        })?;
        let snapshot = vm.snapshot(names)?;
        (self.bytes, self.left_out) = (snapshot.bytes, snapshot.left_out);
        Ok(result)
    }
}

/// The global names of a session that is kept as these bytes.
fn names(vm: &mut Vm<'_>, bytes: &[u8]) -> Result<Value, Stopped> {
    if bytes.is_empty() {
        return vm.new_namespace().map_err(|raised| Stopped::Program(vm.error(raised)));
    }
    let names = vm.restore(bytes)?;
    match vm.object(names) {
        Some(Object::Dict(_)) => Ok(vm.pin(names)),
        _ => Err(SnapshotError::Malformed("it holds no names").into()),
    }
}

/// Why something inside an evaluation failed: what was raised still belongs to its machine.
pub(super) enum Failed {
    Raised(Raised),
    Stopped(Stopped),
}

impl From<Raised> for Failed {
    fn from(raised: Raised) -> Self {
        Failed::Raised(raised)
    }
}

impl From<Stopped> for Failed {
    fn from(stopped: Stopped) -> Self {
        Failed::Stopped(stopped)
    }
}
