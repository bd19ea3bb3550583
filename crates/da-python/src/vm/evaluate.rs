//! What embedders call: running code in a namespace, collecting, freezing.

use super::Vm;
use super::frame::{Frame, Outcome, Then};
use crate::code::{Code, CodeKind, Name};
use crate::error::PyResult;
use crate::ground::Modules;
use crate::heap::Floor;
use crate::value::{Object, Value};
use std::sync::Arc;

impl Vm<'_> {
    /// A namespace for [`Vm::exec`], kept alive as long as this machine.
    ///
    /// # Errors
    /// `Limit::Memory`
    pub fn new_namespace(&mut self) -> PyResult {
        let namespace = self.dict()?;
        let name = self.name("__main__")?;
        self.set_name(namespace, "__name__", name)?;
        Ok(self.pin(namespace))
    }

    /// Runs a module or a block in a namespace.
    ///
    /// # Errors
    /// What it raises.
    pub fn exec(&mut self, code: &Arc<Code>, ns: Value) -> PyResult<()> {
        self.run_code(code, ns, ns).map(|_| ())
    }

    /// The value of an expression; it is rooted until the native call that runs now returns.
    ///
    /// # Errors
    /// What it raises.
    pub fn eval(&mut self, code: &Arc<Code>, ns: Value) -> PyResult {
        self.run_code(code, ns, ns)
    }

    /// Runs the body of a template: names that it sets stay its own. Its value is what it returns.
    ///
    /// # Errors
    /// What it raises.
    pub fn run_template(&mut self, code: &Arc<Code>, ns: Value) -> PyResult {
        self.run_code(code, ns, Value::None)
    }

    /// Runs code with these globals and this local mapping (`None` for code whose variables are its own).
    pub(crate) fn run_code(&mut self, code: &Arc<Code>, globals: Value, names: Value) -> PyResult {
        let floor = self.stack.len();
        self.stack.extend([globals, names]);
        let base = self.stack.len();
        self.stack.resize(base + code.locals.len(), Value::Unset);
        for _ in 0..code.cells.len() {
            match self.make(Object::Cell(None)) {
                Ok(cell) => self.stack.push(cell),
                Err(limit) => {
                    self.stack.truncate(floor);
                    return Err(limit);
                }
            }
        }
        let frame = self.frame_of(Frame {
            code: Arc::clone(code),
            ip: 0,
            base: base as u32,
            floor: floor as u32,
            handling: self.handling.len() as u32,
            globals,
            names: if matches!(code.kind, CodeKind::Function | CodeKind::Generator) { Value::None } else { names },
            guards: self.guards.len() as u32,
            then: Then::Leave,
            leave: true,
            generator: false,
        });
        self.enter(frame, None).map(|outcome| match outcome {
            Outcome::Returned(value) | Outcome::Yielded(value) => value,
        })
    }

    /// Collects what nothing reaches.
    pub(crate) fn collect_garbage(&mut self) {
        self.in_classes.clear();
        let before = self.heap.living();
        let Vm { heap, stack, handling, pins, modules, builtins, classes, .. } = self;
        let roots = stack.iter().chain(handling.iter()).chain(pins.iter()).chain(modules.values()).copied();
        heap.collect(roots.chain([*builtins]).chain(classes.all()));
        self.pay_for_collecting(before);
    }

    /// Makes what was built a frozen floor, with the modules that belong to it.
    pub(crate) fn freeze(mut self) -> (Floor, Modules) {
        self.heap.roots.clear();
        self.stack.clear();
        self.pins.clear();
        self.collect_garbage();
        (self.heap.freeze(), self.modules)
    }

    /// The class of this module and qualified name, if there is one.
    ///
    /// # Errors
    /// What importing the module raises, other than that it is not there.
    pub fn find_class(&mut self, module: &str, qualname: &str) -> PyResult<Option<Value>> {
        let found = self.find_in_module(module, qualname)?;
        Ok(found.filter(|found| self.as_class(*found).is_some()))
    }

    /// Whatever a module holds under a qualified name. The module is imported if it was not yet.
    pub(crate) fn find_in_module(&mut self, module: &str, qualname: &str) -> PyResult<Option<Value>> {
        let is_it = |class: &Value| self.as_class(*class).is_some_and(|class| *class.qualname == *qualname);
        if module == "builtins"
            && let Some(class) = self.classes.all().find(is_it)
        {
            // Some have no built-in name: the class of `None`.
            return Ok(Some(class));
        }
        let imported = self.import(module);
        let Some(mut found) = self.unless("ModuleNotFoundError", imported)? else { return Ok(None) };
        for part in qualname.split('.') {
            let name = Name::new(part);
            let inside = match self.heap.object(found) {
                Some(Object::Module(module)) => module.namespace,
                Some(Object::Class(class)) => class.attributes,
                _ => return Ok(None),
            };
            match self.find_global(inside, (&name).into()) {
                Some(value) => found = value,
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }
}
