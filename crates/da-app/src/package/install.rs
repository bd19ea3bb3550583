//! Installing packages: what comes in an archive becomes the package that it says it is, all at once, for all servers on the
//! database. Nothing restarts: what runs goes on with the files that it began with, and what begins has the new ones.

use da_core::{Caller, UserId};
use da_store::NewPackage;

use super::archive::Archive;
use super::description::Description;
use super::{NewFiles, is_system};
use crate::account::may;
use crate::task::{Done, TaskKind};
use crate::{App, AppError, Fault, Sent};

/// Who may manage packages, and the permission of a limited key.
pub(super) const MANAGING: (&[&str], &[&str]) = (&["admin", "developer"], &["manage_packages"]);

/// Where a package came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// `zip` or `git`, docassemble's words.
    pub(crate) kind: &'static str,
    pub(crate) address: Option<String>,
    pub(crate) branch: Option<String>,
}

/// A package that was read and can be installed.
struct Readable {
    name: String,
    version: String,
    files: NewFiles,
}

impl App {
    /// Installs a package that was sent as an archive, or puts it in the place of an earlier one; the task that tells
    /// about it.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::BadPackage`] with what is wrong with the archive, [`Fault::PackageNotYours`] for a
    /// package that belongs to the server or to somebody else.
    pub async fn package_install(&self, caller: &Caller, sent: Sent) -> Result<String, AppError> {
        may(caller, MANAGING.0, MANAGING.1)?;
        let bytes = sent.content.read().await?;
        let origin = Origin { kind: "zip", address: None, branch: None };
        self.package_install_bytes(caller, bytes, origin, Some(sent)).await
    }

    pub(super) async fn package_install_bytes(
        &self,
        caller: &Caller,
        bytes: Vec<u8>,
        origin: Origin,
        sent: Option<Sent>,
    ) -> Result<String, AppError> {
        let Readable { name, version, files } = self.work(move |_| readable(&bytes)).await?;
        self.package_may_change(caller, &name).await?;
        let count = files.len();
        let file = match sent {
            Some(sent) => Some(self.file_keep_alone(sent).await?),
            None => None,
        };
        let package = NewPackage {
            name: name.clone(),
            playground: None,
            kind: origin.kind.to_owned(),
            version: version.clone(),
            origin: origin.address,
            branch: origin.branch,
            file,
            installed_by: caller.user().map(|user| user.id),
        };
        let before = self.package_installed(&name).await?;
        self.package_replace(package, files).await?;
        if let Some(old) = before.and_then(|before| before.package.file) {
            self.file_delete_alone(old).await?;
        }
        let version = if version.is_empty() { String::new() } else { format!(" {version}") };
        tracing::info!(target: "packages", "{name}{version} was installed");
        let text = format!("Installed {name}{version}: {count} files.");
        self.task_note(TaskKind::Package, Done { ok: true, text }).await
    }

    /// Makes sure that a caller may manage packages at all.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators and developers.
    pub fn package_may_manage(&self, caller: &Caller) -> Result<(), AppError> {
        may(caller, MANAGING.0, MANAGING.1)
    }

    /// Fetches a package again from where it came. What came as an archive cannot be fetched, and neither can what came
    /// with the server.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoPackage`], [`Fault::PackageFixed`].
    pub async fn package_update(&self, caller: &Caller, name: &str) -> Result<String, AppError> {
        let known = self.package_list(caller).await?.into_iter().any(|told| told.name == name);
        self.package_may_manage(caller)?;
        Err(match known {
            true => AppError::new(Fault::PackageFixed, "You are not allowed to update that package."),
            false => AppError::new(Fault::NoPackage, "Package not found."),
        })
    }

    /// Removes a package that was installed; the task that tells about it.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoPackage`], [`Fault::PackageFixed`] for a package of the server or of somebody else.
    pub async fn package_remove(&self, caller: &Caller, name: &str) -> Result<String, AppError> {
        may(caller, MANAGING.0, MANAGING.1)?;
        let installed = self.package_installed(name).await?;
        let fixed = || AppError::new(Fault::PackageFixed, "You are not allowed to uninstall that package.");
        let Some(installed) = installed else {
            let known = self.package_names().await?.iter().any(|known| known == name);
            let missing = || AppError::new(Fault::NoPackage, "Package not found.");
            return Err(if known { fixed() } else { missing() });
        };
        if !may_manage(caller, installed.package.installed_by) {
            return Err(fixed());
        }
        self.package_forget(name.to_owned(), None).await?;
        if let Some(file) = installed.package.file {
            self.file_delete_alone(file).await?;
        }
        tracing::info!(target: "packages", "{name} was removed");
        self.task_note(TaskKind::Package, Done { ok: true, text: format!("Removed {name}.") }).await
    }

    /// Whether a caller may install a package of a name.
    async fn package_may_change(&self, caller: &Caller, name: &str) -> Result<(), AppError> {
        let not_yours = || AppError::new(Fault::PackageNotYours, "You do not have permission to install that package.");
        match self.package_installed(name).await? {
            Some(installed) if may_manage(caller, installed.package.installed_by) => Ok(()),
            None if !is_system(name) && !self.package_names().await?.iter().any(|known| known == name) => Ok(()),
            _ => Err(not_yours()),
        }
    }
}

/// Whether a caller may change a package that somebody installed: administrators all of them, developers their own.
pub(super) fn may_manage(caller: &Caller, installed_by: Option<UserId>) -> bool {
    let own = caller.user().is_some_and(|user| installed_by == Some(user.id));
    caller.may(&["admin"], MANAGING.1) || own
}

fn readable(bytes: &[u8]) -> Result<Readable, AppError> {
    let bad = |why: String| AppError::new(Fault::BadPackage, why);
    let archive = Archive::read(bytes).map_err(|error| bad(error.to_string()))?;
    let description = Description::of(&archive);
    let mut folders: Vec<&str> = archive
        .files
        .keys()
        .filter_map(|path| path.strip_prefix("docassemble/")?.split_once('/'))
        .map(|(folder, _)| folder)
        .collect();
    folders.dedup();
    let [folder] = folders[..] else {
        return Err(bad(format!(
            "A package has one folder in the folder docassemble; this one has {}.",
            if folders.is_empty() { "none".to_owned() } else { folders.join(", ") }
        )));
    };
    let name = format!("docassemble.{folder}");
    // Tools write the one name in several ways.
    let plain = |name: &str| name.replace(['-', '_'], ".").to_lowercase();
    if !description.name.is_empty() && plain(&description.name) != plain(&name) {
        return Err(bad(format!("It calls itself {}, but what it has is {name}.", description.name)));
    }
    if !super::is_inside(&name, "x") || folder.starts_with("playground") {
        return Err(bad(format!("No package can be called {name}.")));
    }
    let prefix = format!("docassemble/{folder}/");
    let files = archive
        .files
        .iter()
        .filter_map(|(path, content)| Some((path.strip_prefix(&prefix)?.to_owned(), content.clone())));
    Ok(Readable { files: files.collect(), version: description.version, name: name.clone() })
}
