//! Datatypes that neither docassemble nor a module of the interview has.

use da_python::machine::{Limits, Vm};

use super::names::door;
use super::spelling::nearest;
use super::{Finding, Severity};
use crate::block::DATATYPES;
use crate::interview::Interview;

/// The module that keeps what other modules define, and under which name.
const KEPT: (&str, &str) = ("docassemble.base.util", "_custom_types");

/// A warning for each datatype that nobody knows.
pub(super) fn unknown(interview: &Interview) -> Vec<Finding> {
    let used = &interview.program().own_datatypes;
    if used.is_empty() {
        return Vec::new();
    }
    let mut host = door(interview);
    let mut vm = Vm::new(&interview.floor, Limits::default(), &mut host);
    let kept = vm.import(KEPT.0).and_then(|module| vm.get_attr(module, KEPT.1)).ok();
    let names =
        kept.and_then(|kept| vm.as_dict(kept)).map(|kept| kept.iter().map(|entry| entry.key).collect::<Vec<_>>());
    let made: Vec<String> =
        names.unwrap_or_default().into_iter().filter_map(|name| vm.text(name)).map(|name| name.to_string()).collect();
    // What is not here may make whatever it likes.
    let is_sure = interview.floor.absent().is_empty();
    let finding = |read: &crate::block::NameRead| {
        let known = DATATYPES.iter().copied().chain(made.iter().map(String::as_str));
        let meant = match nearest(&read.name, known) {
            Some(near) => format!(" Did you mean '{near}'?"),
            None if is_sure => String::new(),
            None => return None,
        };
        Some(Finding {
            severity: Severity::Warning,
            kind: "unknown-datatype",
            file: read.file.to_string(),
            line: Some(read.line),
            message: format!("There is no datatype '{}'.{meant}", read.name),
            point: read.point.clone(),
        })
    };
    used.iter().filter(|read| !made.contains(&read.name)).filter_map(finding).collect()
}
