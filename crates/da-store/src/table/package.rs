//! `package` and `package_file`: packages whose files are kept in the database, so that every server on it has them.
//!
//! Nothing is changed here: see `package_change`. Contents stand elsewhere: see `package_content`.

use crate::schema::{package, package_file, server_value};
use crate::table::package_content::Hash;
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use da_core::{FileNumber, UserId};
use diesel::prelude::*;

/// The name of the server value that changes with every change to a package.
pub(crate) const STATE: &str = "state of the packages";

/// A package, as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPackage {
    /// Its name: `docassemble.mine`.
    pub name: String,
    /// Whose Playground it is a project of, and the project's name; none for a package that was installed.
    pub playground: Option<(UserId, String)>,
    /// Where it came from: a word that whoever installs packages knows.
    pub kind: String,
    /// Its version, empty when it says none.
    pub version: String,
    /// The address that it came from, or what was asked for where it came from.
    pub origin: Option<String>,
    /// The branch of a repository.
    pub branch: Option<String>,
    /// The file that it came in.
    pub file: Option<FileNumber>,
    /// Who installed it.
    pub installed_by: Option<UserId>,
}

/// A package that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPackage {
    /// What it is.
    pub package: NewPackage,
    /// When it was last changed, in UTC.
    pub modified: NaiveDateTime,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Its path in the package, with forward slashes.
    pub path: String,
    /// The hash of its content.
    pub hash: Hash,
    /// Bytes of its content, before it was sealed.
    pub size: i64,
}

/// All files of all packages at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackageIndex {
    /// What [`Store::package_state`] says as long as nothing changes.
    pub state: String,
    /// Package and file, in no order.
    pub files: Vec<(String, FileRow)>,
}

type Row = (
    String,
    Option<i64>,
    Option<String>,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    NaiveDateTime,
);

impl Store {
    /// A word that changes with every change to a package; empty before the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn package_state(&self) -> Result<String, StoreError> {
        Ok(self.server_value(STATE)?.unwrap_or_default())
    }

    /// All files of all packages, and the state in which they are that.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn package_index(&self) -> Result<PackageIndex, StoreError> {
        self.read()?.reading(|connection| {
            let state = server_value::table.filter(server_value::name.eq(STATE)).select(server_value::value);
            let state: Option<String> = state.first(connection).optional()?;
            let rows: Vec<(String, String, Vec<u8>, i64)> = package_file::table
                .select((package_file::package, package_file::path, package_file::content, package_file::size))
                .load(connection)?;
            let file = |(package, path, hash, size)| Ok((package, FileRow { path, hash: whole(hash)?, size }));
            let files = rows.into_iter().map(file).collect::<Result<_, StoreError>>()?;
            Ok(PackageIndex { state: state.unwrap_or_default(), files })
        })
    }

    /// The packages that were installed, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn installed_packages(&self) -> Result<Vec<StoredPackage>, StoreError> {
        let rows = package::table.filter(package::user_id.is_null()).order(package::name);
        let rows: Vec<Row> = rows.load(&mut *self.read()?)?;
        Ok(rows.into_iter().map(stored).collect())
    }

    /// The projects of a user's Playground, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn playground_projects(&self, user: UserId) -> Result<Vec<StoredPackage>, StoreError> {
        let rows = package::table.filter(package::user_id.eq(user.0)).order(package::project);
        let rows: Vec<Row> = rows.load(&mut *self.read()?)?;
        Ok(rows.into_iter().map(stored).collect())
    }
}

fn whole(hash: Vec<u8>) -> Result<Hash, StoreError> {
    hash.try_into().map_err(|_| StoreError::Damaged("the hash of a package's content".to_owned()))
}

fn stored(row: Row) -> StoredPackage {
    let (name, user, project, kind, version, origin, branch, file, installed_by, modified) = row;
    let playground = user.map(|user| (UserId(user), project.unwrap_or_default()));
    let (file, installed_by) = (file.map(FileNumber), installed_by.map(UserId));
    StoredPackage {
        package: NewPackage { name, playground, kind, version, origin, branch, file, installed_by },
        modified,
    }
}
