//! Playgrounds: where developers write packages. A project of a user's Playground is the package
//! `docassemble.playground<ID><PROJECT>`, whose interviews run at once; the project `default` has no name of its own there.
//!
//! Whoever is here may be here: an [`Owner`] is made by a check alone. The files are in the database, for all servers on it.

mod file;
mod install;
mod project;
mod pull;

use da_core::{Caller, UserId};
use da_store::NewPackage;

use crate::account::may;
use crate::{App, AppError, Fault};

/// The project that everybody has.
const DEFAULT: &str = "default";

/// A user whose Playground the caller may use.
#[derive(Debug, Clone, Copy)]
pub struct PlaygroundOwner(UserId);

/// A project of a Playground that the caller may use.
#[derive(Debug, Clone)]
pub struct Playground {
    user: UserId,
    project: String,
}

/// A folder of a Playground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaygroundFolder {
    /// Interviews.
    Questions,
    /// Templates of documents.
    Templates,
    /// Files that browsers are sent.
    Static,
    /// Data that interviews read.
    Sources,
    /// Python modules.
    Modules,
    /// What is known about packages that are made from the files of the other folders.
    Packages,
}

impl PlaygroundFolder {
    /// The folder of a name of docassemble's.
    ///
    /// ```
    /// use da_app::PlaygroundFolder;
    /// assert_eq!(PlaygroundFolder::parse("static"), Some(PlaygroundFolder::Static));
    /// assert_eq!(PlaygroundFolder::parse("data/static"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "questions" => PlaygroundFolder::Questions,
            "templates" => PlaygroundFolder::Templates,
            "static" => PlaygroundFolder::Static,
            "sources" => PlaygroundFolder::Sources,
            "modules" => PlaygroundFolder::Modules,
            "packages" => PlaygroundFolder::Packages,
            _ => return None,
        })
    }

    /// What stands before the name of a file in the package.
    fn prefix(self) -> &'static str {
        match self {
            PlaygroundFolder::Questions => "data/questions/",
            PlaygroundFolder::Templates => "data/templates/",
            PlaygroundFolder::Static => "data/static/",
            PlaygroundFolder::Sources => "data/sources/",
            PlaygroundFolder::Modules => "",
            PlaygroundFolder::Packages => "packages/",
        }
    }
}

impl Playground {
    /// The package that the project is.
    pub(crate) fn package(&self) -> String {
        let suffix = if self.project == DEFAULT { "" } else { &self.project };
        format!("docassemble.playground{}{suffix}", self.user.0)
    }

    /// A project of somebody's own.
    pub(crate) fn named(user: UserId, project: &str) -> Self {
        Playground { user, project: project.to_owned() }
    }

    /// Its row.
    fn row(&self) -> NewPackage {
        NewPackage {
            name: self.package(),
            playground: Some((self.user, self.project.clone())),
            kind: "playground".to_owned(),
            version: String::new(),
            origin: None,
            branch: None,
            file: None,
            installed_by: None,
        }
    }
}

impl App {
    /// The Playground of a user, `None` for the caller's own. Administrators may use those of others.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators and developers, [`Fault::PlaygroundNotYours`] for somebody else's,
    /// and for that of nobody.
    pub async fn playground_owner(&self, caller: &Caller, user: Option<UserId>) -> Result<PlaygroundOwner, AppError> {
        may(caller, &["admin", "developer"], &["playground_control"])?;
        let own = caller.user().map(|user| user.id);
        let not_yours = || AppError::new(Fault::PlaygroundNotYours, "Invalid user_id.");
        let id = user.or(own).ok_or_else(not_yours)?;
        if own == Some(id) {
            return Ok(PlaygroundOwner(id));
        }
        if !caller.may(&["admin"], &["playground_control"]) {
            return Err(not_yours());
        }
        self.read(move |store| Ok(store.user(id)?)).await?.ok_or_else(not_yours)?;
        Ok(PlaygroundOwner(id))
    }

    /// A project of a Playground; `default` is always there.
    ///
    /// # Errors
    /// [`Fault::NoProject`].
    pub async fn playground(&self, owner: PlaygroundOwner, project: &str) -> Result<Playground, AppError> {
        if project != DEFAULT && !self.project_list(owner).await?.iter().any(|name| name == project) {
            return Err(no_project());
        }
        Ok(Playground { user: owner.0, project: project.to_owned() })
    }
}

fn no_project() -> AppError {
    AppError::new(Fault::NoProject, "Invalid project.")
}
