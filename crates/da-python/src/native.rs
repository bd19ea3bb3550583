//! Functions and classes written in Rust, and how they are registered.
//!
//! A native function gets values that are rooted while it runs. What it allocates is rooted until it
//! returns; a value that it took out of a container and still needs after calling back into Python
//! must be rooted with `Vm::root`.

use crate::error::{PyResult, Raised};
use crate::value::Value;
use crate::vm::Vm;
use std::fmt;

/// The shape of every native function.
pub type NativeFn = fn(&mut Vm<'_>, &Args) -> PyResult<Value>;

/// A function written in Rust: its Python name and what it does.
pub struct NativeFunction {
    /// The name that scripts see.
    pub name: &'static str,
    /// What it does.
    pub run: NativeFn,
}

impl fmt::Debug for NativeFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<native {}>", self.name)
    }
}

/// The arguments of a call. For a method the receiver is the first.
#[derive(Debug, Clone, Default)]
pub struct Args {
    /// Those given by position.
    pub positional: Vec<Value>,
    /// Those given by name, in order.
    pub keywords: Vec<(std::sync::Arc<str>, Value)>,
}

impl Args {
    /// Arguments by position alone.
    pub fn of(positional: &[Value]) -> Self {
        Args { positional: positional.to_vec(), keywords: Vec::new() }
    }

    /// Gives each of `names` its argument, by position or by name. The first `required` must be
    /// there; a name that ends in `*` can be given by keyword alone (the star is not part of it).
    ///
    /// # Errors
    /// `TypeError`, in CPython's words, for a missing, an unknown, a doubled or a surplus argument.
    pub fn bind<const N: usize>(
        &self,
        vm: &mut Vm<'_>,
        function: &str,
        names: [&str; N],
        required: usize,
    ) -> PyResult<[Option<Value>; N]> {
        let mut bound = [None; N];
        let by_position = names.iter().take_while(|name| !name.ends_with('*')).count();
        if self.positional.len() > by_position {
            return Err(too_many(vm, function, by_position, required, self.positional.len()));
        }
        for (place, value) in bound.iter_mut().zip(&self.positional) {
            *place = Some(*value);
        }
        for (name, value) in &self.keywords {
            let Some(place) = names.iter().position(|known| known.trim_end_matches('*') == &**name) else {
                return Err(vm.type_error(format!("{function}() got an unexpected keyword argument '{name}'")));
            };
            if bound[place].is_some() {
                return Err(vm.type_error(format!("{function}() got multiple values for argument '{name}'")));
            }
            bound[place] = Some(*value);
        }
        if let Some(place) = bound.iter().take(required).position(Option::is_none) {
            let name = names[place];
            let number = place + 1;
            return Err(vm.type_error(format!("{function}() missing required argument '{name}' (pos {number})")));
        }
        Ok(bound)
    }

    /// Refuses arguments by name.
    ///
    /// # Errors
    /// `TypeError` if there are any.
    pub fn no_keywords(&self, vm: &mut Vm<'_>, function: &str) -> PyResult<()> {
        if self.keywords.is_empty() {
            return Ok(());
        }
        Err(vm.type_error(format!("{function}() takes no keyword arguments")))
    }
}

fn too_many(vm: &mut Vm<'_>, function: &str, most: usize, least: usize, given: usize) -> Raised {
    let bound = if most == least { "exactly" } else { "at most" };
    let plural = if most == 1 { "" } else { "s" };
    vm.type_error(format!("{function}() takes {bound} {most} argument{plural} ({given} given)"))
}
