//! What is raised when an object lacks something: what the language itself would raise, so that
//! `hasattr` and the like see it, with the name of the variable that is wanted as data.

use super::name;
use da_python::machine::value::Missing;
use da_python::machine::{Raised, Value, Vm};
use std::sync::Arc;

/// An attribute that was never set.
pub(super) fn attribute(vm: &mut Vm<'_>, object: Value, attribute: &str) -> Raised {
    let wanted = format!("{}.{attribute}", name::of(vm, object));
    variable(vm, "AttributeError", wanted)
}

/// An item that was never set; `index` is how it is written between the brackets.
pub(super) fn item(vm: &mut Vm<'_>, object: Value, index: &str) -> Raised {
    let wanted = format!("{}[{index}]", name::of(vm, object));
    variable(vm, "IndexError", wanted)
}

/// A variable, by an exception of this class.
pub(crate) fn variable(vm: &mut Vm<'_>, class: &str, wanted: String) -> Raised {
    match vm.str(format!("name '{wanted}' is not defined")) {
        Ok(message) => vm.raise_with(class, vec![message], Some(Missing::Variable(Arc::from(wanted)))),
        Err(limit) => limit,
    }
}
