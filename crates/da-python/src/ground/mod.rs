//! The frozen floors: what every evaluation stands on.
//!
//! [`Ground`] holds the built-ins, native modules and preludes, one per binary. [`InterviewFloor`]
//! holds the top levels of the modules that one interview imports. Neither changes after it was built.

mod ahead;
mod classes;
mod module;

use ahead::Frozen;
pub(crate) use classes::Classes;
pub use module::{ClassBuilder, ModuleBuilder};

use crate::error::{PyError, PyResult, Raised};
use crate::heap::{Floor, Heap};
use crate::host::{Host, NoHost};
use crate::limits::Limits;
use crate::value::{NativeData, Value};
use crate::vm::Vm;
use hashbrown::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// Modules by their dotted names.
pub(crate) type Modules = HashMap<Arc<str>, Value>;

/// Reads the data of a native instance back from what `NativeData::encode` gave.
pub type RestoreFn = fn(&mut Vm<'_>, &[u8]) -> PyResult<Box<dyn NativeData>>;

/// Fuel for the top levels of the preludes, and of an interview's modules.
const BUILD: Limits =
    Limits { fuel: 500_000_000, memory: 256 << 20, recursion: 1000, native_depth: 180, output: 1 << 20 };

/// The ground floor: built-ins, native modules, preludes.
pub struct Ground {
    floor: Arc<Floor>,
    classes: Arc<Classes>,
    builtins: Value,
    modules: Arc<Modules>,
    restorers: Restorers,
    absent: HashSet<&'static str>,
}

impl fmt::Debug for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ground({} objects, {} modules)", self.floor.len(), self.modules.len())
    }
}

impl Ground {
    pub(crate) fn floor(&self) -> &Arc<Floor> {
        &self.floor
    }

    pub(crate) fn classes(&self) -> &Arc<Classes> {
        &self.classes
    }

    pub(crate) fn builtins(&self) -> Value {
        self.builtins
    }

    /// Whether a module of this dotted name is compiled in.
    pub fn has_module(&self, name: &str) -> bool {
        self.modules.contains_key(name)
    }

    pub(crate) fn modules(&self) -> &Arc<Modules> {
        &self.modules
    }

    /// Whether a module belongs to a package that programs may count on and that is not here.
    pub(crate) fn is_absent(&self, module: &str) -> bool {
        if self.absent.is_empty() || self.modules.contains_key(module) {
            return false;
        }
        let ends = module.match_indices('.').map(|(at, _)| at).chain([module.len()]);
        ends.into_iter().any(|end| self.absent.contains(&module[..end]))
    }

    /// How the data of instances of a native class is read back.
    pub fn restorer(&self, module: &str, qualname: &str) -> Option<RestoreFn> {
        self.restorers.get(&(Arc::from(module), Arc::from(qualname))).copied()
    }
}

/// How the data of native classes is read back, by module and name.
type Restorers = HashMap<(Arc<str>, Arc<str>), RestoreFn>;

/// What a module's builder is given to fill it.
type Fill = Box<dyn FnOnce(&mut ModuleBuilder<'_, '_>) -> PyResult<()>>;

enum Part {
    Native(String, Fill),
    Frozen(Arc<Frozen>),
}

/// Builds the ground floor.
#[derive(Default)]
pub struct GroundBuilder {
    parts: Vec<Part>,
    absent: HashSet<&'static str>,
}

impl fmt::Debug for GroundBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GroundBuilder({} modules)", self.parts.len())
    }
}

impl GroundBuilder {
    /// A ground floor with the built-ins alone.
    pub fn new() -> Self {
        GroundBuilder::default()
    }

    /// Adds a module written in Rust.
    #[must_use]
    pub fn native_module(
        mut self,
        name: &str,
        fill: impl FnOnce(&mut ModuleBuilder<'_, '_>) -> PyResult<()> + 'static,
    ) -> Self {
        self.parts.push(Part::Native(name.to_owned(), Box::new(fill)));
        self
    }

    /// Adds a module of our own, written in Python. It may import what was added before it.
    #[must_use]
    pub fn frozen_module(mut self, name: &str, source: &'static str) -> Self {
        self.parts.push(Part::Frozen(Arc::new(Frozen::new(name, source))));
        self
    }

    /// Names packages that programs are used to and that are not here. The top level of a module may import from them
    /// outside of any `try`: only what it does with them later is a `ModuleNotFoundError`. A name of a module that is here all
    /// the same is passed over.
    ///
    /// ```
    /// use da_python::machine::{GroundBuilder, InterviewFloor, Limits, NoHost, Vm};
    /// let ground = GroundBuilder::new().standard_library().absent_packages(&["pandas"]).build()?;
    /// let floor = InterviewFloor::build(&ground, &["pandas".to_owned()], Limits::default(), &mut NoHost)?;
    /// assert_eq!(&*floor.absent()[0], "pandas");
    /// # Ok::<(), da_python::machine::PyError>(())
    /// ```
    #[must_use]
    pub fn absent_packages(mut self, names: &[&'static str]) -> Self {
        self.absent.extend(names);
        self
    }

    /// Builds and freezes.
    ///
    /// # Errors
    /// What a module's top level raised.
    pub fn build(mut self) -> Result<Arc<Ground>, PyError> {
        let absent = std::mem::take(&mut self.absent);
        let mut host = NoHost;
        let nothing = Arc::new(Modules::new());
        let heap = Heap::new(Arc::default(), Arc::default(), BUILD.memory);
        let below = [Arc::clone(&nothing), nothing];
        let mut vm = Vm::over(heap, BUILD, &mut host, Arc::default(), Value::None, below);
        let mut restorers = Restorers::new();
        match self.fill(&mut vm, &mut restorers) {
            Ok(()) => {
                let (classes, builtins) = (Arc::clone(&vm.classes), vm.builtins);
                let (heap, modules) = vm.freeze();
                let (floor, modules) = (Arc::new(heap), Arc::new(modules));
                Ok(Arc::new(Ground { floor, classes, builtins, modules, restorers, absent }))
            }
            Err(raised) => Err(vm.error(raised)),
        }
    }

    fn fill(mut self, vm: &mut Vm<'_>, restorers: &mut Restorers) -> Result<(), Raised> {
        let groups = Frozen::new("_groups", include_str!("../prelude/_groups.py"));
        self.parts.insert(0, Part::Frozen(Arc::new(groups)));
        let frozen = self.parts.iter().filter_map(|part| match part {
            Part::Frozen(module) => Some(Arc::clone(module)),
            Part::Native(..) => None,
        });
        ahead::while_compiling(frozen.collect(), || {
            classes::install(vm)?;
            for part in self.parts {
                match part {
                    Part::Native(name, fill) => module::build(vm, &name, fill, restorers)?,
                    Part::Frozen(module) => {
                        vm.run_frozen_module(&module.name, module.compiled())?;
                        publish(vm, &module.name)?;
                    }
                }
            }
            Ok(())
        })
    }
}

/// Built-in names that are written in Python, with their modules.
const PUBLISHED: &[(&str, &str)] =
    &[("io", "open"), ("io", "input"), ("_groups", "BaseExceptionGroup"), ("_groups", "ExceptionGroup")];

/// Makes built-in names of what a module has of them.
fn publish(vm: &mut Vm<'_>, module: &str) -> PyResult<()> {
    for (_, name) in PUBLISHED.iter().filter(|(home, _)| *home == module) {
        let home = vm.import(module)?;
        let value = vm.get_attr(home, name)?;
        let builtins = vm.builtins;
        vm.dict_set_str(builtins, name, value)?;
    }
    Ok(())
}

/// An interview's floor: the top levels of the modules that it imports, over the ground.
pub struct InterviewFloor {
    ground: Arc<Ground>,
    floor: Arc<Floor>,
    modules: Arc<Modules>,
}

impl fmt::Debug for InterviewFloor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InterviewFloor({} objects, {} modules)", self.floor.len(), self.modules.len())
    }
}

impl InterviewFloor {
    /// Imports `modules` in their order and freezes what they made.
    ///
    /// # Errors
    /// What a module's top level raised; nothing is kept then.
    pub fn build(
        ground: &Arc<Ground>,
        modules: &[String],
        limits: Limits,
        host: &mut dyn Host,
    ) -> Result<Arc<Self>, PyError> {
        let empty = Arc::new(Self::empty(ground));
        let mut vm = Vm::new(&empty, limits, host);
        vm.lays_floor = true;
        for module in modules {
            if let Err(raised) = vm.import_or_stand_in(module) {
                return Err(vm.error(raised));
            }
        }
        let (floor, imported) = vm.freeze();
        Ok(Arc::new(InterviewFloor { ground: Arc::clone(ground), floor: Arc::new(floor), modules: Arc::new(imported) }))
    }

    fn empty(ground: &Arc<Ground>) -> Self {
        InterviewFloor { ground: Arc::clone(ground), floor: Arc::default(), modules: Arc::default() }
    }

    /// The modules of packages that are not here, which were imported all the same, sorted.
    pub fn absent(&self) -> Vec<Arc<str>> {
        let mut absent: Vec<Arc<str>> =
            self.modules.keys().filter(|name| self.ground.is_absent(name)).map(Arc::clone).collect();
        absent.sort();
        absent
    }

    /// The ground below.
    pub fn ground(&self) -> &Arc<Ground> {
        &self.ground
    }

    pub(crate) fn floor(&self) -> &Arc<Floor> {
        &self.floor
    }

    pub(crate) fn modules(&self) -> &Arc<Modules> {
        &self.modules
    }
}
