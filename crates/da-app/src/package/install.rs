//! Installing packages: what comes in an archive becomes the package that it says it is, all at once, for all servers on the
//! database. Nothing restarts: what runs goes on with the files that it began with, and what begins has the new ones.
//!
//! Whether somebody may is looked at before anything is fetched, so that they are told at once, and again in the transaction
//! of the change, which is what holds.

use std::time::Duration;

use da_core::{Caller, UserId};
use da_store::{LoneContent, NewPackage, PackageOwner, PackageRule, StoreError, Subject};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::archive::{Archive, BadArchive, LARGEST_ARCHIVE, Packed};
use super::description::Description;
use super::is_system;
use super::keep::{Amending, Incoming, NewFiles};
use super::source::Origin;
use crate::account::may;
use crate::task::{Done, TaskKind};
use crate::{App, AppError, Fault, Sent};

/// Who may manage packages, and the permission of a limited key.
pub(super) const MANAGING: (&[&str], &[&str]) = (&["admin", "developer"], &["manage_packages"]);

/// How long an archive waits until others are done.
const PATIENCE: Duration = Duration::from_secs(60);

impl Sent {
    /// What was sent as an archive in memory, where a place for it was taken.
    pub(crate) async fn packed(&self) -> Result<Packed, AppError> {
        if self.content.size() > LARGEST_ARCHIVE as u64 {
            return Err(bad(BadArchive::Large.to_string()));
        }
        Ok(Packed::new(self.content.read().await?))
    }
}

/// A package that was read and can be installed.
struct Readable {
    name: String,
    version: String,
    /// The packages of docassemble's that it needs.
    needs: Vec<String>,
    count: usize,
    files: Incoming,
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
        let _place = self.package_place(&self.0.archive_places).await?;
        let packed = sent.packed().await?;
        let done = self.package_install_packed(caller, packed, Origin::SENT, (Some(sent), None)).await?;
        self.task_note(TaskKind::Package, done).await
    }

    /// A place for an archive, among those there are.
    pub(crate) async fn package_place<'a>(&self, places: &'a Semaphore) -> Result<SemaphorePermit<'a>, AppError> {
        let place = timeout(PATIENCE, places.acquire()).await.map_err(|_| AppError::busy())?;
        place.map_err(AppError::internal)
    }

    /// Installs what is in an archive; what was done. `update`: the package that it must be.
    pub(super) async fn package_install_packed(
        &self,
        caller: &Caller,
        packed: Packed,
        origin: Origin,
        (sent, update): (Option<Sent>, Option<&str>),
    ) -> Result<Done, AppError> {
        let readable = self.work(move |_| readable(packed)).await?;
        let name = readable.name.clone();
        if let Some(update) = update.filter(|update| *update != name) {
            return Err(bad(format!("What came in the place of {update} is {name}.")));
        }
        self.package_may_change(caller, &name).await?;
        let archive = match &sent {
            Some(sent) => Some(self.file_begin_alone(sent).await?),
            None => None,
        };
        let number = archive.as_ref().map(|archive| archive.number);
        let told = log(&readable);
        let rule = PackageRule {
            there: update.map(|_| true),
            installed_by: if may_manage(caller, None) { None } else { caller.user().map(|user| user.id) },
            ..PackageRule::default()
        };
        match self.package_amend(amending(caller, readable, (origin, archive), rule)).await {
            Ok(left) => {
                if let Some(sent) = &sent {
                    self.file_kept_alone(sent);
                }
                self.file_clear_alone(left).await;
            }
            Err(failed) => {
                if let Some(sent) = sent.as_ref().filter(|_| failed.may_stand()) {
                    self.file_kept_alone(sent);
                } else if let Some(number) = number {
                    self.file_drop_alone(number).await?;
                }
                return Err(failed.told(|error| match error {
                    StoreError::Denied(_) | StoreError::Conflict(Subject::Package) => Some(not_yours()),
                    StoreError::NotFound(Subject::Package) => Some(missing()),
                    _ => None,
                }));
            }
        }
        tracing::info!(target: "packages", "{name} was installed");
        Ok(Done { ok: true, text: told })
    }

    /// Makes sure that a caller may manage packages at all.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators and developers.
    pub fn package_may_manage(&self, caller: &Caller) -> Result<(), AppError> {
        may(caller, MANAGING.0, MANAGING.1)
    }

    /// Removes a package that was installed; the task that tells about it.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoPackage`], [`Fault::PackageFixed`] for a package of the server or of somebody else.
    pub async fn package_remove(&self, caller: &Caller, name: &str) -> Result<String, AppError> {
        may(caller, MANAGING.0, MANAGING.1)?;
        let fixed = || AppError::new(Fault::PackageFixed, "You are not allowed to uninstall that package.");
        let owner = match caller.user() {
            _ if may_manage(caller, None) => PackageOwner::Anybody,
            Some(user) => PackageOwner::Installer(user.id),
            None => return Err(fixed()),
        };
        let gone = self
            .package_forget(name.to_owned(), owner)
            .await
            .map_err(|failed| failed.told(|error| matches!(error, StoreError::Denied(_)).then(fixed)))?;
        let Some(left) = gone else {
            let known = self.package_names().await?.iter().any(|known| known == name);
            return Err(if known { fixed() } else { missing() });
        };
        self.file_clear_alone(left).await;
        tracing::info!(target: "packages", "{name} was removed");
        let text = summary(name, "pip uninstall command returned success code.  See log for details.", "Removed.");
        self.task_note(TaskKind::Package, Done { ok: true, text }).await
    }

    /// Whether a caller may install a package of a name.
    pub(super) async fn package_may_change(&self, caller: &Caller, name: &str) -> Result<(), AppError> {
        match self.package_installed(name).await? {
            Some(installed) if may_manage(caller, installed.package.installed_by) => Ok(()),
            None if !is_system(name) && !self.package_names().await?.iter().any(|known| known == name) => Ok(()),
            _ => Err(not_yours()),
        }
    }
}

fn amending(
    caller: &Caller,
    readable: Readable,
    (origin, archive): (Origin, Option<LoneContent>),
    rule: PackageRule,
) -> Amending {
    let package = NewPackage {
        name: readable.name,
        playground: None,
        kind: origin.kind.to_owned(),
        version: readable.version,
        origin: origin.address,
        branch: origin.branch,
        file: archive.as_ref().map(|archive| archive.number),
        installed_by: caller.user().map(|user| user.id),
    };
    Amending { package, put: readable.files, taken: None, rule, archive }
}

/// What is told of a package that was installed.
fn log(readable: &Readable) -> String {
    let Readable { name, version, needs, count, .. } = readable;
    let version = if version.is_empty() { String::new() } else { format!(" {version}") };
    let mut told = format!("Installed {name}{version}: {count} files.");
    if !needs.is_empty() {
        told.push_str(&format!(" It needs {}; what a package needs is not installed with it.", needs.join(", ")));
    }
    summary(name, "pip install command returned success code.  See log for details.", &told)
}

/// What a task tells, as docassemble does: a line for the package, and the log.
pub(super) fn summary(name: &str, result: &str, log: &str) -> String {
    format!("{name}: {result}\npip log:\n{log}")
}

/// Whether a caller may change a package that somebody installed: administrators all of them, developers their own.
pub(super) fn may_manage(caller: &Caller, installed_by: Option<UserId>) -> bool {
    let own = caller.user().is_some_and(|user| installed_by == Some(user.id));
    caller.may(&["admin"], MANAGING.1) || own
}

fn bad(why: String) -> AppError {
    AppError::new(Fault::BadPackage, why)
}

pub(super) fn not_yours() -> AppError {
    AppError::new(Fault::PackageNotYours, "You do not have permission to install that package.")
}

pub(super) fn missing() -> AppError {
    AppError::new(Fault::NoPackage, "Package not found.")
}

/// The name and the version of the package that an archive is, a ZIP or a `tar.gz`; everything in it is read.
///
/// # Errors
/// [`Fault::BadPackage`] with why it is none.
pub fn named(archive: Vec<u8>) -> Result<(String, String), AppError> {
    let mut readable = readable(Packed::new(archive))?;
    while readable.files.next().map_err(|error| bad(error.to_string()))?.is_some() {}
    Ok((readable.name, readable.version))
}

fn readable(packed: Packed) -> Result<Readable, AppError> {
    let archive = Archive::read(packed).map_err(|error| bad(error.to_string()))?;
    let description = Description::of(archive.texts());
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
    let count = archive.files.keys().filter(|path| path.starts_with(&prefix)).count();
    let unpacking = archive.unpack().map_err(|error| bad(error.to_string()))?;
    let place = move |path: &str| path.strip_prefix(&prefix).map(str::to_owned);
    let files = Incoming::new(unpacking, Box::new(place), NewFiles::new());
    Ok(Readable { needs: needs(&description), version: description.version, name, count, files })
}

/// The packages of docassemble's that a package needs, apart from docassemble itself.
fn needs(description: &Description) -> Vec<String> {
    let is_other = |need: &&String| {
        let end = need.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
        let name = need[..end.unwrap_or(need.len())].replace(['-', '_'], ".").to_lowercase();
        name.starts_with("docassemble.") && !is_system(&name)
    };
    description.dependencies.iter().filter(is_other).cloned().collect()
}
