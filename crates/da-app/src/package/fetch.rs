//! Installing packages from elsewhere: a repository on GitHub, or PyPI; and fetching them again.
//!
//! Whoever asks is told a number, after a while at the latest: the work goes on without them, and never for ever.

use std::sync::Arc;
use std::time::Duration;

use da_core::Caller;
use tokio::time::timeout;

use super::archive::Packed;
use super::install::{may_manage, missing, summary};
use super::source::Source;
use crate::task::{Done, TaskKind};
use crate::{App, AppError, Fault};

/// What is added to the time in which a package is fetched, for waiting and for keeping it.
const BESIDE: Duration = Duration::from_secs(180);

impl App {
    /// Installs a package from a repository on GitHub, from one of its branches or from the usual one; the task that tells
    /// about it.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::BadPackage`] with what is wrong with the address, [`Fault::PackageNotYours`].
    pub async fn package_clone(
        &self,
        caller: &Caller,
        address: &str,
        branch: Option<&str>,
    ) -> Result<String, AppError> {
        self.package_may_manage(caller)?;
        let source = Source::repository(address, branch).map_err(bad)?;
        self.package_may_change(caller, &source.presumed()).await?;
        self.package_bring(caller, source, None).await
    }

    /// Installs a package from PyPI: a name, and which versions of it; the task that tells about it.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::BadPackage`] for what is not a package of docassemble's, [`Fault::PackageNotYours`].
    pub async fn package_download(&self, caller: &Caller, requirement: &str) -> Result<String, AppError> {
        self.package_may_manage(caller)?;
        let source = Source::index(requirement).map_err(bad)?;
        self.package_may_change(caller, &source.presumed()).await?;
        self.package_bring(caller, source, None).await
    }

    /// Fetches a package again from where it came. What came as an archive cannot be fetched, and neither can what came
    /// with the server.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoPackage`], [`Fault::PackageFixed`].
    pub async fn package_update(&self, caller: &Caller, name: &str) -> Result<String, AppError> {
        self.package_may_manage(caller)?;
        let fixed = || AppError::new(Fault::PackageFixed, "You are not allowed to update that package.");
        let Some(installed) = self.package_installed(name).await? else {
            let known = self.package_names().await?.iter().any(|known| known == name);
            return Err(if known { fixed() } else { missing() });
        };
        let source = Source::of(&installed.package).filter(|_| may_manage(caller, installed.package.installed_by));
        self.package_bring(caller, source.ok_or_else(fixed)?, Some(name.to_owned())).await
    }

    /// Fetches and installs a package; the number of the task.
    async fn package_bring(&self, caller: &Caller, source: Source, update: Option<String>) -> Result<String, AppError> {
        let hosts = &self.0.settings.package_hosts;
        let most = hosts.time + BESIDE;
        let number = self.task_begin(TaskKind::Package, most).await?;
        let (app, caller, task) = (self.clone(), caller.clone(), number.clone());
        let work = async move {
            let name = update.clone().unwrap_or_else(|| source.presumed());
            let brought = timeout(most, app.package_bring_now(&caller, source, update.as_deref())).await;
            let done = brought.unwrap_or_else(|_| Err(bad("It took too long.".to_owned())));
            let done = done.unwrap_or_else(|failed| app.failed(&name, &failed));
            if let Err(failed) = app.task_end(TaskKind::Package, &task, done).await {
                tracing::warn!(target: "packages", "the end of a task was not noted: {}", failed.whole());
            }
        };
        // A task of its own: it goes on when the caller goes away.
        let work = tokio::spawn(work);
        if let Ok(Err(lost)) = timeout(hosts.patience, work).await {
            tracing::error!(target: "packages", "a task was lost: {lost}");
        }
        Ok(number)
    }

    async fn package_bring_now(&self, caller: &Caller, source: Source, update: Option<&str>) -> Result<Done, AppError> {
        let origin = source.origin();
        let packed = self.package_fetch(source, false).await?.map_err(bad)?;
        let _place = self.package_place(&self.0.archive_places).await?;
        self.package_install_packed(caller, packed, origin, (None, update)).await
    }

    /// Fetches a package; why it is not to be had.
    pub(crate) async fn package_fetch(&self, source: Source, whole: bool) -> Result<Result<Packed, String>, AppError> {
        let _place = self.package_place(&self.0.fetch_places).await?;
        let (hosts, client) = (self.0.settings.package_hosts.clone(), Arc::clone(&self.0.package_outbound));
        // Not where interviews are evaluated: it waits for others.
        let fetching = tokio::task::spawn_blocking(move || source.fetch(&hosts, &client, whole));
        fetching.await.map_err(AppError::internal)
    }

    /// What a task tells that failed.
    fn failed(&self, name: &str, failed: &AppError) -> Done {
        tracing::warn!(target: "packages", "{name} was not installed: {}", failed.whole());
        let text = summary(name, "pip install command returned failure code", failed.public());
        Done { ok: false, text }
    }
}

fn bad(why: String) -> AppError {
    AppError::new(Fault::BadPackage, why)
}
