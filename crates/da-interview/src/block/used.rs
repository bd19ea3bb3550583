//! Which variables a block can define.
//!
//! Found by reading, never by running: the targets of its assignments and the variables that its
//! directives name.

use da_python::machine::names::{assigned_names, parse_target};

/// The variables that a block can define, each once, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldsUsed {
    /// Those for which the engine turns to the block.
    pub defined: Vec<String>,
    /// Those that it may change as well, which matters only for what depends on them.
    pub touched: Vec<String>,
    /// Names that code sets go to `touched` (`scan for variables: False`, `only sets`, `event` code).
    pub(super) scan_off: bool,
}

impl FieldsUsed {
    /// A directive names the variable.
    pub(super) fn add(&mut self, name: &str) {
        add(&mut self.defined, normal(name));
    }

    /// Python assigns names. What does not parse assigns none: the compiler complains about it.
    pub(super) fn add_assigned(&mut self, source: &str) {
        let Ok(assigned) = assigned_names(source) else { return };
        let list = if self.scan_off { &mut self.touched } else { &mut self.defined };
        for name in assigned.names {
            add(list, name);
        }
    }
}

fn add(list: &mut Vec<String>, name: String) {
    if !list.contains(&name) {
        list.push(name);
    }
}

/// The spelling by which a variable is looked up: single quotes between brackets, no blanks.
pub(crate) fn normal(name: &str) -> String {
    let name = name.trim();
    parse_target(name).map_or_else(|_| name.to_owned(), |target| target.to_string())
}
