//! Interviews: kept in memory as long as their files stay what they are, and listed.

mod kept;
mod list;
mod names;

use std::sync::Arc;

use da_core::{Caller, InterviewName};
use da_interview::Interview;

pub(crate) use kept::Interviews;
pub use list::Advertised;
pub use names::{FilesBeside, InterviewNames};

use crate::account::may;
use crate::app::Inner;
use crate::{App, AppError, Fault};

impl App {
    /// Forgets all interviews that were read, and what is known about packages: they are read again when they are asked for.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators and developers.
    pub fn interview_cache_clear(&self, caller: &Caller) -> Result<(), AppError> {
        may(caller, &["admin", "developer"], &["playground_control"])?;
        self.0.packages.forget();
        self.0.interviews.clear();
        Ok(())
    }
}

impl Inner {
    /// The interview of a name, as its files are now.
    pub(crate) fn interview(&self, name: &InterviewName) -> Result<Arc<Interview>, AppError> {
        self.interviews.get(name, || self.engine(), &self.packages.sources()?)
    }
}

/// Whether the caller may run the interview, or start it.
pub(crate) fn authorise(interview: &Interview, caller: &Caller, starting: bool) -> Result<(), AppError> {
    let metadata = interview.metadata();
    let holds_one_of = |needed: Vec<String>| {
        let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
        needed.is_empty() || caller.has_privilege(&needed)
    };
    let may_run = holds_one_of(metadata.required_privileges());
    // As in the original: an administrator may start everything, but not run everything.
    let may_start =
        !starting || caller.has_privilege(&["admin"]) || holds_one_of(metadata.required_privileges_for_initiating());
    let may_visit = caller.user().is_some() || !metadata.requires_login();
    if may_run && may_start && may_visit {
        return Ok(());
    }
    Err(AppError::new(Fault::NotAllowed, "Insufficient permissions to run this interview."))
}
