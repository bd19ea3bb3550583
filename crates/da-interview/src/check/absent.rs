//! Packages that modules of the interview import and that are not here.
//!
//! Importing one is no fault: only what needs it will fail.

use super::{Finding, Severity};
use crate::interview::Interview;

/// A finding for each package, without the modules inside it.
pub(super) fn packages(interview: &Interview) -> Vec<Finding> {
    let absent = interview.floor.absent();
    let is_inside =
        |name: &str| name.rsplit_once('.').is_some_and(|(front, _)| absent.iter().any(|known| **known == *front));
    absent
        .iter()
        .filter(|name| !is_inside(name))
        .map(|name| Finding {
            severity: Severity::Warning,
            kind: "absent-package",
            file: interview.name.as_str().to_owned(),
            line: None,
            message: format!("A module imports {name}, which this server does not have: what needs it will fail."),
            point: None,
        })
        .collect()
}
