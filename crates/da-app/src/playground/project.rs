//! The projects of a Playground.

use super::{DEFAULT, Playground, PlaygroundOwner, no_project};
use crate::package::NewFiles;
use crate::{App, AppError, Fault};

/// A Playground has no more projects.
const MOST: usize = 500;

/// The name of a project has no more characters.
const LONGEST: usize = 100;

impl App {
    /// The projects of a Playground beside `default`, by name.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn project_list(&self, owner: PlaygroundOwner) -> Result<Vec<String>, AppError> {
        let user = owner.0;
        let stored = self.read(move |store| Ok(store.playground_projects(user)?)).await?;
        let names = stored.into_iter().filter_map(|stored| Some(stored.package.playground?.1));
        let mut names: Vec<String> = names.filter(|name| name != DEFAULT).collect();
        // Not the order of the database, which may have words of its own about letters.
        names.sort();
        Ok(names)
    }

    /// Makes an empty project.
    ///
    /// # Errors
    /// [`Fault::BadProjectName`] for a name that is not made of letters and digits, a letter first; [`Fault::NoProject`]
    /// when there is one of that name, or too many.
    pub async fn project_new(&self, owner: PlaygroundOwner, name: &str) -> Result<(), AppError> {
        let fits = name.chars().all(|c| c.is_ascii_alphanumeric())
            && name.len() <= LONGEST
            && name.starts_with(|first: char| first.is_ascii_alphabetic());
        if !fits {
            return Err(AppError::new(Fault::BadProjectName, "Invalid project name."));
        }
        let there = self.project_list(owner).await?;
        if name == DEFAULT || there.len() >= MOST || there.iter().any(|one| one == name) {
            return Err(no_project());
        }
        let playground = Playground { user: owner.0, project: name.to_owned() };
        self.package_amend(playground.row(), NewFiles::new(), Vec::new()).await
    }

    /// Deletes a project with its files.
    ///
    /// # Errors
    /// [`Fault::NoProject`], also for `default`.
    pub async fn project_delete(&self, owner: PlaygroundOwner, name: &str) -> Result<(), AppError> {
        let playground = self.playground(owner, name).await?;
        if name != DEFAULT && self.package_forget(playground.package(), Some(owner.0)).await? {
            return Ok(());
        }
        Err(no_project())
    }
}
