//! Packages that are pulled into a project from elsewhere: a repository on GitHub, or PyPI.

use super::Playground;
use super::install::Pulled;
use crate::package::Source;
use crate::{App, AppError, Fault};

impl App {
    /// Takes the files of a package into a project from a repository on GitHub, from one of its branches or the usual one.
    ///
    /// # Errors
    /// [`Fault::BadPackage`] with why it was not pulled, [`Fault::NotKept`] for more than a project may have.
    pub async fn playground_pull_repository(
        &self,
        at: &Playground,
        address: &str,
        branch: Option<&str>,
    ) -> Result<(), AppError> {
        let source = Source::repository(address, branch).map_err(bad)?;
        let origin = source.origin();
        let pulled = Pulled { github_url: origin.address, github_branch: origin.branch, ..Pulled::default() };
        self.playground_pull(at, source, pulled).await
    }

    /// The same from PyPI: a name, and which versions of it.
    ///
    /// # Errors
    /// The same.
    pub async fn playground_pull_package(&self, at: &Playground, requirement: &str) -> Result<(), AppError> {
        let source = Source::index(requirement).map_err(bad)?;
        let pulled = Pulled { pypi_package_name: Some(source.presumed()), ..Pulled::default() };
        self.playground_pull(at, source, pulled).await
    }

    async fn playground_pull(&self, at: &Playground, source: Source, pulled: Pulled) -> Result<(), AppError> {
        let packed = self.package_fetch(source, true).await?.map_err(bad)?;
        let _place = self.package_place(&self.0.archive_places).await?;
        self.playground_take(at, packed, pulled).await
    }
}

fn bad(why: String) -> AppError {
    AppError::new(Fault::BadPackage, why)
}
