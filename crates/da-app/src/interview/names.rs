//! The names of an interview, for those who write interviews.

use da_core::{Caller, InterviewName, UserId};
use da_interview::check::Vocabulary;

use crate::account::may;
use crate::playground::{Playground, PlaygroundFolder};
use crate::{App, AppError, Fault};

/// The names of an interview, and of files beside it.
#[derive(Debug, Clone, Default)]
pub struct InterviewNames {
    /// Those of the interview itself.
    pub vocabulary: Vocabulary,
    /// Those of the files of its project, when it is in the caller's own Playground.
    pub beside: Option<FilesBeside>,
}

/// The names of files in a project of a Playground, each list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilesBeside {
    /// Python modules, without their ending.
    pub modules: Vec<String>,
    /// Templates of documents.
    pub templates: Vec<String>,
    /// Data.
    pub sources: Vec<String>,
    /// Files that browsers are sent.
    pub static_files: Vec<String>,
}

impl App {
    /// Makes sure that a caller may learn about the names of interviews.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators and developers.
    pub fn interview_names_may(&self, caller: &Caller) -> Result<(), AppError> {
        may(caller, &["admin", "developer"], &["interview_data"])
    }

    /// The names of an interview.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoInterview`] and [`Fault::BrokenInterview`] with what is wrong.
    pub async fn interview_names(&self, caller: &Caller, name: &str) -> Result<InterviewNames, AppError> {
        self.interview_names_may(caller)?;
        let name = InterviewName::parse(name).map_err(|error| AppError::new(Fault::NoInterview, error.to_string()))?;
        let own = caller.user().and_then(|user| Playground::of_package(user.id, name.package()));
        let vocabulary = self.work(move |app| Ok(app.engine()?.vocabulary(&name, &app.packages.sources()?)?)).await?;
        let beside = match own {
            Some(at) => Some(self.files_beside(&at).await?),
            None => None,
        };
        Ok(InterviewNames { vocabulary, beside })
    }

    async fn files_beside(&self, at: &Playground) -> Result<FilesBeside, AppError> {
        let modules = self.playground_files(at, PlaygroundFolder::Modules).await?;
        let modules = modules.iter().map(|name| name.strip_suffix(".py").unwrap_or(name).to_owned()).collect();
        Ok(FilesBeside {
            modules,
            templates: self.playground_files(at, PlaygroundFolder::Templates).await?,
            sources: self.playground_files(at, PlaygroundFolder::Sources).await?,
            static_files: self.playground_files(at, PlaygroundFolder::Static).await?,
        })
    }
}

impl Playground {
    /// The project of a user that a package is.
    fn of_package(user: UserId, package: &str) -> Option<Playground> {
        let project = package.strip_prefix(&format!("docassemble.playground{}", user.0))?;
        // Another user's number goes on with a digit.
        let fits = !project.starts_with(|first: char| first.is_ascii_digit());
        fits.then(|| Playground::named(user, if project.is_empty() { "default" } else { project }))
    }
}
