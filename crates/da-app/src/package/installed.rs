//! The packages of this server: told to those who may know.

use std::collections::BTreeMap;

use da_core::{Caller, FileNumber};
use da_interview::source::Sources;
use da_store::StoredPackage;

use super::install::{MANAGING, may_manage};
use super::is_system;
use super::source::Source;
use crate::account::may;
use crate::{App, AppError};

/// A package, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldPackage {
    /// Its name.
    pub name: String,
    /// `zip`, `git` or `pip`; `pip` for those that came with the server, too.
    pub kind: String,
    /// Its version, if it says one.
    pub version: Option<String>,
    /// The address of the repository that it came from.
    pub origin: Option<String>,
    /// The branch of that repository.
    pub branch: Option<String>,
    /// The file that it came in.
    pub file: Option<FileNumber>,
    /// Whether it can be fetched again from where it came.
    pub can_update: bool,
    /// Whether the caller may remove it.
    pub can_uninstall: bool,
}

impl App {
    /// All packages, by name.
    ///
    /// # Errors
    /// [`Fault::NoAccess`](crate::Fault::NoAccess) for anybody but administrators and developers.
    pub async fn package_list(&self, caller: &Caller) -> Result<Vec<ToldPackage>, AppError> {
        may(caller, MANAGING.0, &["manage_packages", "read_packages"])?;
        let names = self.package_names().await?;
        let caller = caller.clone();
        self.work(move |app| {
            let sources = app.packages.sources()?;
            let of_server = names.into_iter().map(|name| (name.clone(), of_server(&*sources, name)));
            let mut all: BTreeMap<String, ToldPackage> = of_server.collect();
            for stored in app.store.installed_packages()? {
                all.insert(stored.package.name.clone(), told(&*sources, &caller, stored));
            }
            Ok(all.into_values().collect())
        })
        .await
    }

    /// The names of the packages that the server came with, compiled in or in folders.
    pub(super) async fn package_names(&self) -> Result<Vec<String>, AppError> {
        self.work(|app| Ok(app.packages.folder_names())).await
    }

    /// A package that was installed.
    pub(super) async fn package_installed(&self, name: &str) -> Result<Option<StoredPackage>, AppError> {
        let all = self.read(|store| Ok(store.installed_packages()?)).await?;
        Ok(all.into_iter().find(|stored| stored.package.name == name))
    }
}

fn of_server(sources: &dyn Sources, name: String) -> ToldPackage {
    // What the base is compatible with stands in the demonstration, which is of the same version.
    let version_of = if is_system(&name) { "docassemble.demo" } else { &name };
    let version = version(sources, version_of);
    ToldPackage {
        name,
        kind: "pip".to_owned(),
        version,
        origin: None,
        branch: None,
        file: None,
        can_update: false,
        can_uninstall: false,
    }
}

fn told(sources: &dyn Sources, caller: &Caller, stored: StoredPackage) -> ToldPackage {
    let package = stored.package;
    let can_be_fetched = Source::of(&package).is_some();
    let own = may_manage(caller, package.installed_by);
    let said = Some(package.version).filter(|version| !version.is_empty());
    ToldPackage {
        version: said.or_else(|| version(sources, &package.name)),
        can_update: own && can_be_fetched,
        can_uninstall: own,
        name: package.name,
        // What was asked for of PyPI is no address.
        origin: package.origin.filter(|_| package.kind == "git"),
        kind: package.kind,
        branch: package.branch,
        file: package.file,
    }
}

/// What a package's `__init__.py` says: `__version__ = '1.2'`.
fn version(sources: &dyn Sources, package: &str) -> Option<String> {
    let file = sources.read(package, "__init__.py").ok()?;
    let line = file.text.lines().find_map(|line| line.strip_prefix("__version__"))?;
    let value = line.trim_start().strip_prefix('=')?.trim();
    let version = value.trim_matches(['\'', '"']);
    (version.len() < value.len() && !version.is_empty()).then(|| version.to_owned())
}
