//! The projects of a Playground.

use da_core::UserId;
use da_store::{PackageOwner, PackageRule, StoreError, Subject};

use super::{DEFAULT, Playground, PlaygroundOwner, no_project};
use crate::package::{Amending, NewFiles};
use crate::{App, AppError, Fault};

/// A Playground has no more projects.
const MOST: i64 = 500;

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
        if name == DEFAULT {
            return Err(no_project());
        }
        let package = Playground { user: owner.0, project: name.to_owned() }.row();
        let rule = PackageRule { there: Some(false), most_projects: Some(MOST), ..PackageRule::default() };
        let put = NewFiles::new().into();
        let amending = Amending { package, put, taken: Some(Vec::new()), rule, archive: None };
        let left = self.package_amend(amending).await.map_err(|failed| {
            let taken =
                |error: &StoreError| matches!(error, StoreError::Full(_) | StoreError::Conflict(Subject::Package));
            failed.told(|error| taken(error).then(no_project))
        })?;
        self.file_clear_alone(left).await;
        Ok(())
    }

    /// Deletes a project with its files.
    ///
    /// # Errors
    /// [`Fault::NoProject`], also for `default`.
    pub async fn project_delete(&self, owner: PlaygroundOwner, name: &str) -> Result<(), AppError> {
        let playground = self.playground(owner, name).await?;
        if name == DEFAULT {
            return Err(no_project());
        }
        let gone = self.package_forget(playground.package(), PackageOwner::Playground(owner.0)).await;
        let left = gone.map_err(|failed| failed.told(|_| None))?.ok_or_else(no_project)?;
        self.file_clear_alone(left).await;
        Ok(())
    }

    /// Deletes all projects of a Playground whose user goes: for all servers on the database, at once.
    pub(crate) async fn playground_remove_all(&self, user: UserId) -> Result<(), AppError> {
        let projects = self.read(move |store| Ok(store.playground_projects(user)?)).await?;
        for project in projects {
            let gone = self.package_forget(project.package.name, PackageOwner::Playground(user)).await;
            if let Some(left) = gone.map_err(|failed| failed.told(|_| None))? {
                self.file_clear_alone(left).await;
            }
        }
        Ok(())
    }
}
