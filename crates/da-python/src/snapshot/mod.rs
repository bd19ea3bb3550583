//! Snapshots: what a value reaches, as bytes, and back.
//!
//! A snapshot holds data and the names of classes; it never holds code, a handle, or anything that is
//! run when it is read, other than `__hash__` and `__eq__` of keys and the top level of a module that
//! the evaluation had imported. It has no checksum: who stores it seals it.

mod container;
mod decode;
mod encode;
mod error;
mod format;
mod late;
mod path;
mod refusal;
#[cfg(test)]
mod tests;

pub use error::SnapshotError;

use crate::ground::RestoreFn;
use crate::value::{Builtin, ClassKind, Inner, Value};
use crate::vm::Vm;

/// What a value reached when it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The bytes; equal graphs give equal bytes.
    pub bytes: Vec<u8>,
    /// What could not be saved, in the order of the graph.
    pub left_out: Vec<LeftOut>,
    /// How many more were left out than `left_out` tells of.
    pub more_left_out: usize,
}

/// A value that could not be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stood: `case.helper`.
    pub path: String,
    /// What it is: `function`.
    pub kind: String,
}

impl Vm<'_> {
    /// Saves a value and all that it reaches.
    ///
    /// Functions, modules, generators, iterators, classes that their module does not hold and native
    /// data that has no encoding are left out: an entry of a dict or set and an attribute are
    /// dropped, an item of a list or tuple becomes `None`. The parents of a namespace are not saved.
    ///
    /// ```
    /// use da_python::machine::{GroundBuilder, InterviewFloor, Limits, Mode, NoHost, Vm, compile};
    ///
    /// let ground = GroundBuilder::new().build()?;
    /// let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut NoHost)?;
    /// let mut host = NoHost;
    /// let mut vm = Vm::new(&floor, Limits::default(), &mut host);
    /// let names = vm.new_namespace().unwrap();
    /// let code = compile("rows = [1, 2]\nrows.append(rows)\ndef f():\n    pass\n", "test", Mode::Module).unwrap();
    /// vm.exec(&code, names).unwrap();
    /// let snapshot = vm.snapshot(names)?;
    /// assert_eq!((&*snapshot.left_out[0].path, &*snapshot.left_out[0].kind), ("f", "function"));
    ///
    /// let mut host = NoHost;
    /// let mut vm = Vm::new(&floor, Limits::default(), &mut host);
    /// let names = vm.restore(&snapshot.bytes)?;
    /// vm.pin(names);
    /// let code = compile("assert rows[2] is rows", "test", Mode::Module).unwrap();
    /// vm.exec(&code, names).unwrap();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`SnapshotError::Limit`]
    pub fn snapshot(&mut self, root: Value) -> Result<Snapshot, SnapshotError> {
        encode::encode(self, root)
    }

    /// Reads a value back from a snapshot. It is rooted as the value of a native call is: an embedder
    /// pins it.
    ///
    /// # Errors
    /// [`SnapshotError`]; what was read until then is garbage.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<Value, SnapshotError> {
        let value = self.scope(|vm| decode::decode(vm, bytes))?;
        Ok(self.root(value))
    }
}

/// Whether instances of the class are made of such an inside.
fn fits(vm: &Vm<'_>, class: Value, inner: &Inner) -> bool {
    let Some(class) = vm.as_class(class) else { return false };
    match (class.kind, inner) {
        (ClassKind::Plain, Inner::Nothing)
        | (ClassKind::Exception, Inner::Exception(_))
        | (ClassKind::Native, Inner::Native(_)) => true,
        (ClassKind::Builtin(b), Inner::Builtin(value)) => {
            let inside = vm.builtin_type(*value);
            inside == b || (b == Builtin::Int && inside == Builtin::Bool)
        }
        _ => false,
    }
}

/// How the native data of an instance of the class is read back: as the nearest class in its order
/// of resolution says.
fn restorer(vm: &Vm<'_>, class: Value) -> Option<RestoreFn> {
    let ground = vm.ground.as_ref()?;
    let class = vm.as_class(class)?;
    class.mro.iter().find_map(|class| {
        let class = vm.as_class(*class)?;
        ground.restorer(&class.module, &class.qualname)
    })
}
