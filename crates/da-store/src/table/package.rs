//! `package`, `package_file` and `package_content`: packages whose files are kept in the database, so that every server on
//! it has them. Contents come here sealed, under a hash that only the server's key can make.
//!
//! What a package is changes in one transaction, which also changes the state that servers compare. A content is never
//! changed under its hash, and is kept for a while after the last file named it.

use crate::connection::AnyConnection;
use crate::schema::{package, package_content, package_file, server_value};
use crate::{Store, StoreError};
use chrono::{NaiveDateTime, TimeDelta};
use da_core::{FileNumber, UserId};
use diesel::prelude::*;

/// The name of the server value that changes with every change to a package.
const STATE: &str = "state of the packages";

/// A content that no file names is kept for so long: nothing runs longer.
const KEPT: TimeDelta = TimeDelta::hours(1);

/// The hash of a content.
type Hash = [u8; 32];

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
    /// The address that it came from.
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

/// What is to be different about the files of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesChange {
    /// These are all files from now on.
    Whole(Vec<FileRow>),
    /// These are added or replaced, and those taken away.
    Some(Vec<FileRow>, Vec<String>),
}

/// A content, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContent {
    /// Its hash.
    pub hash: Hash,
    /// What it is.
    pub sealed: Vec<u8>,
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

    /// A content, as it was sealed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn package_content(&self, hash: &Hash) -> Result<Option<Vec<u8>>, StoreError> {
        let row = package_content::table.find(hash.as_slice()).select(package_content::sealed);
        Ok(row.first(&mut *self.read()?).optional()?)
    }

    /// Keeps contents for files that name them within the hour.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else keeps one of them at the same moment.
    pub async fn keep_package_contents(&self, new: Vec<NewContent>, now: NaiveDateTime) -> Result<(), StoreError> {
        self.write(move |connection| {
            for content in &new {
                let row = package_content::table.find(content.hash.as_slice());
                if diesel::update(row).set(package_content::needed.eq(now)).execute(connection)? > 0 {
                    continue;
                }
                diesel::insert_into(package_content::table)
                    .values((
                        package_content::hash.eq(content.hash.as_slice()),
                        package_content::needed.eq(now),
                        package_content::sealed.eq(&content.sealed),
                    ))
                    .execute(connection)
                    .map_err(|error| StoreError::from(error).conflict_on_unique("content of a package"))?;
            }
            Ok(())
        })
        .await
    }

    /// Makes a package, or changes what it is; `state` is a word that was never used before. A package of a Playground
    /// is changed by its own Playground alone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a file whose content was not kept, or a user who is not there;
    /// [`StoreError::Conflict`] when the name is that of another kind of package.
    pub async fn change_package(
        &self,
        new: NewPackage,
        files: FilesChange,
        (state, now): (String, NaiveDateTime),
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            // First, so that changes of several servers come one after another.
            set_state(connection, &state)?;
            write(connection, &new, now)?;
            change_files(connection, &new.name, &files, now)?;
            clear(connection, now)
        })
        .await
    }

    /// Deletes a package; whether there was one. `playground`: whose it must be, none for a package that was installed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn delete_package(
        &self,
        name: String,
        playground: Option<UserId>,
        (state, now): (String, NaiveDateTime),
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            set_state(connection, &state)?;
            let row = package::table.find(&name).select(package::user_id);
            let found: Option<Option<i64>> = row.first(connection).optional()?;
            if found != Some(playground.map(|user| user.0)) {
                return Ok(false);
            }
            change_files(connection, &name, &FilesChange::Whole(Vec::new()), now)?;
            diesel::delete(package::table.find(&name)).execute(connection)?;
            clear(connection, now)?;
            Ok(true)
        })
        .await
    }
}

fn set_state(connection: &mut AnyConnection, state: &str) -> Result<(), StoreError> {
    let row = server_value::table.filter(server_value::name.eq(STATE));
    if diesel::update(row).set(server_value::value.eq(state)).execute(connection)? == 0 {
        diesel::insert_into(server_value::table)
            .values((server_value::name.eq(STATE), server_value::value.eq(state)))
            .execute(connection)
            .map_err(|error| StoreError::from(error).conflict_on_unique(STATE))?;
    }
    Ok(())
}

fn write(connection: &mut AnyConnection, new: &NewPackage, now: NaiveDateTime) -> Result<(), StoreError> {
    let user = new.playground.as_ref().map(|(user, _)| user.0);
    let about = (
        package::kind.eq(&new.kind),
        package::version.eq(&new.version),
        package::origin.eq(&new.origin),
        package::branch.eq(&new.branch),
        package::file_number.eq(new.file.map(|file| file.0)),
        package::installed_by.eq(new.installed_by.map(|user| user.0)),
        package::modified.eq(now),
    );
    let row = package::table.find(&new.name).select(package::user_id);
    match row.first::<Option<i64>>(connection).optional()? {
        Some(owner) if owner != user => Err(StoreError::Conflict("package")),
        Some(_) => {
            diesel::update(package::table.find(&new.name)).set(about).execute(connection)?;
            Ok(())
        }
        None => {
            let owner = (
                package::name.eq(&new.name),
                package::user_id.eq(user),
                package::project.eq(new.playground.as_ref().map(|(_, project)| project)),
            );
            let made = diesel::insert_into(package::table).values((owner, about)).execute(connection);
            made.map_err(|error| StoreError::from(error).conflict_on_unique("package").missing_on_reference("user"))?;
            Ok(())
        }
    }
}

fn change_files(
    connection: &mut AnyConnection,
    name: &str,
    change: &FilesChange,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let (put, taken) = match change {
        FilesChange::Whole(files) => (files, None),
        FilesChange::Some(put, taken) => (put, Some(taken)),
    };
    let goes = |path: &String| match taken {
        None => true,
        Some(taken) => taken.contains(path) || put.iter().any(|file| &file.path == path),
    };
    let of_package: Vec<(String, Vec<u8>)> = package_file::table
        .filter(package_file::package.eq(name))
        .select((package_file::path, package_file::content))
        .load(connection)?;
    let (paths, hashes): (Vec<String>, Vec<Vec<u8>>) = of_package.into_iter().filter(|(path, _)| goes(path)).unzip();
    let needed = package_content::table.filter(package_content::hash.eq_any(hashes));
    diesel::update(needed).set(package_content::needed.eq(now)).execute(connection)?;
    let rows = package_file::table.filter(package_file::package.eq(name)).filter(package_file::path.eq_any(paths));
    diesel::delete(rows).execute(connection)?;
    for file in put {
        let row = (
            package_file::package.eq(name),
            package_file::path.eq(&file.path),
            package_file::content.eq(file.hash.as_slice()),
            package_file::size.eq(file.size),
        );
        let made = diesel::insert_into(package_file::table).values(row).execute(connection);
        made.map_err(|error| StoreError::from(error).missing_on_reference("content of a package"))?;
    }
    Ok(())
}

/// Clears away contents that nothing needs any more.
fn clear(connection: &mut AnyConnection, now: NaiveDateTime) -> Result<(), StoreError> {
    let named = package_file::table.filter(package_file::content.eq(package_content::hash));
    let unneeded = package_content::table
        .filter(package_content::needed.lt(now - KEPT))
        .filter(diesel::dsl::not(diesel::dsl::exists(named)));
    diesel::delete(unneeded).execute(connection)?;
    Ok(())
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
