//! [`Vocabulary`]: the names of an interview, for whoever writes one: what is defined, what is read, what is there to call.

use std::collections::BTreeSet;
use std::sync::Arc;

use da_core::InterviewName;

use super::names;
use crate::engine::Engine;
use crate::error::{SourceError, SourceErrorKind};
use crate::load::load_for_check;
use crate::source::Sources;

/// The names of an interview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Names that are read and that nothing defines.
    pub undefined: BTreeSet<String>,
    /// Variables that blocks define.
    pub variables: BTreeSet<String>,
    /// The first parts of variables that are read somewhere: `client` of `client.name`.
    pub used: BTreeSet<String>,
    /// Functions that every block can call.
    pub functions: BTreeSet<String>,
    /// Classes that every block can use.
    pub classes: BTreeSet<String>,
    /// Modules that are bound by their names.
    pub modules: BTreeSet<String>,
    /// Names of pictures.
    pub images: BTreeSet<String>,
}

impl Engine {
    /// The names of an interview. It is read for this alone, and nothing of it is evaluated but the top levels of modules.
    ///
    /// # Errors
    /// The first fault of its files.
    pub fn vocabulary(&self, name: &InterviewName, sources: &Arc<dyn Sources>) -> Result<Vocabulary, SourceError> {
        let (interview, faults) = load_for_check(self, name, sources);
        if let Some(fault) = faults.into_iter().next() {
            return Err(fault);
        }
        let missing = || {
            let message = format!("Interview {name} not found");
            SourceError::of_file(SourceErrorKind::Missing, name.package(), name.path(), message)
        };
        Ok(names::vocabulary(&*interview.ok_or_else(missing)?))
    }
}
