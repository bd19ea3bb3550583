//! [`Source`]: where a package is fetched from, in the words in which it was asked for.
//!
//! Everything goes through the guarded client. Nothing that opens something is ever part of a source, which is kept and told.

mod asker;
mod github;
mod pypi;

use std::time::{Duration, Instant};

use da_store::NewPackage;

use super::archive::Packed;
use crate::outbound::Client;
use asker::Asker;
use github::Repository;
use pypi::Requirement;

/// docassemble's words for where a package came from.
const GIT: &str = "git";
const PIP: &str = "pip";

/// The servers that packages are fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageHosts {
    /// `pypi url`: where PyPI tells about packages as JSON.
    pub index: String,
    /// Where GitHub gives out archives of repositories.
    pub repositories: String,
    /// `package hosts`: servers, beside GitHub's and PyPI's own, from which these two may hand out packages.
    pub others: Vec<String>,
    /// How long everything may take that is asked of them for one package.
    pub time: Duration,
    /// How long whoever asks for a package waits for it, before they are told that it is under way.
    pub patience: Duration,
}

impl Default for PackageHosts {
    fn default() -> Self {
        PackageHosts {
            index: "https://pypi.org/pypi".to_owned(),
            repositories: "https://codeload.github.com".to_owned(),
            others: Vec::new(),
            time: Duration::from_secs(120),
            patience: Duration::from_secs(10),
        }
    }
}

/// Where a package came from, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// `zip`, `git` or `pip`, docassemble's words.
    pub(crate) kind: &'static str,
    /// The address of a repository; what was asked for of PyPI.
    pub(crate) address: Option<String>,
    pub(crate) branch: Option<String>,
}

impl Origin {
    /// Of a package that was sent as an archive.
    pub(crate) const SENT: Origin = Origin { kind: "zip", address: None, branch: None };
}

/// Where a package is to be fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Repository { repository: Repository, branch: Option<String> },
    Index(Requirement),
}

impl Source {
    /// A repository, by its address and the name of a branch; what is wrong with them.
    pub(crate) fn repository(address: &str, branch: Option<&str>) -> Result<Self, String> {
        let repository = Repository::parse(address)?;
        Ok(Source::Repository { repository, branch: github::branch(branch)? })
    }

    /// A package of PyPI, as `pip` is told about it; what is wrong with it.
    pub(crate) fn index(requirement: &str) -> Result<Self, String> {
        Ok(Source::Index(Requirement::parse(requirement)?))
    }

    /// Where a package that is kept can be fetched again.
    pub(crate) fn of(package: &NewPackage) -> Option<Self> {
        let address = package.origin.as_deref()?;
        match package.kind.as_str() {
            GIT => Source::repository(address, package.branch.as_deref()).ok(),
            PIP => Source::index(address).ok(),
            _ => None,
        }
    }

    /// The name that the package has by docassemble's custom: what it has in truth is known when it is there.
    pub(crate) fn presumed(&self) -> String {
        match self {
            Source::Repository { repository, .. } => repository.package(),
            Source::Index(requirement) => requirement.name().to_owned(),
        }
    }

    pub(crate) fn origin(&self) -> Origin {
        match self {
            Source::Repository { repository, branch } => {
                Origin { kind: GIT, address: Some(repository.address()), branch: branch.clone() }
            }
            Source::Index(requirement) => Origin { kind: PIP, address: Some(requirement.to_string()), branch: None },
        }
    }

    /// Fetches the package; why it is not to be had. Blocking. `whole`: everything that its author gave out, which may be
    /// more than what is installed.
    pub(crate) fn fetch(&self, hosts: &PackageHosts, client: &Client, whole: bool) -> Result<Packed, String> {
        let until = Instant::now() + hosts.time;
        let asker = |base: &str, known| Asker::new(client, until, (base, known, &hosts.others));
        let bytes = match self {
            Source::Repository { repository, branch } => {
                let asker = asker(&hosts.repositories, &github::HOSTS);
                github::fetch(&asker, &hosts.repositories, repository, branch.as_deref())
            }
            Source::Index(requirement) => {
                pypi::fetch(&asker(&hosts.index, &pypi::HOSTS), &hosts.index, requirement, whole)
            }
        };
        bytes.map(Packed::new)
    }
}
