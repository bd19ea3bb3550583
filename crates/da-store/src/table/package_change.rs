//! Changes to `package` and `package_file`. What a package is changes in one transaction, which also changes the state that
//! servers compare, and which looks at everything that must hold for the change: nothing is decided by what stood there
//! before.
//!
//! Transactions about packages come one after another, on PostgreSQL by a lock on the row of the state that each takes
//! first, so that none waits for another in the middle.

use crate::blob::BlobName;
use crate::connection::AnyConnection;
use crate::schema::{package, package_file, server_value};
use crate::table::package::{FileRow, NewPackage, STATE};
use crate::table::{lone_file, package_content};
use crate::{LoneContent, Store, StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::{FileNumber, UserId};
use diesel::prelude::*;

/// What is to be different about the files of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesChange {
    /// These are all files from now on.
    Whole(Vec<FileRow>),
    /// These are added or replaced, and those taken away.
    Some(Vec<FileRow>, Vec<String>),
}

/// What must hold for a package to be changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PackageRule {
    /// Whether there must be such a package already, or must not be.
    pub there: Option<bool>,
    /// Who must have installed one that is there; none for whoever may change those of everybody.
    pub installed_by: Option<UserId>,
    /// So many files it may have afterwards, and so many bytes in them.
    pub most: Option<(i64, i64)>,
    /// So many projects a Playground may have afterwards.
    pub most_projects: Option<i64>,
}

/// A change to a package.
#[derive(Debug, Clone)]
pub struct PackageChange {
    /// What it is to be.
    pub package: NewPackage,
    /// What is to be different about its files.
    pub files: FilesChange,
    /// What must hold.
    pub rule: PackageRule,
    /// The content of the file that it came in.
    pub archive: Option<LoneContent>,
}

/// Whose package is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageOwner {
    /// A project of this user's Playground.
    Playground(UserId),
    /// One that this user installed.
    Installer(UserId),
    /// One that whoever installed.
    Anybody,
}

/// What was left behind by a change: where the content is of the file that the package came in before.
pub type LeftBehind = Option<BlobName>;

impl Store {
    /// Makes a package, or changes what it is; the stamp is a word that was never used before, and the time. A package of a
    /// Playground is changed by its own Playground alone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a package that must be there, a file whose content was not kept, or a user who is not
    /// there; [`StoreError::Conflict`] when it must not be there, or its name is that of another kind of package;
    /// [`StoreError::Denied`] when somebody else installed it; [`StoreError::Full`] for more than it may have.
    pub async fn change_package(
        &self,
        change: PackageChange,
        (state, now): (String, NaiveDateTime),
    ) -> Result<LeftBehind, StoreError> {
        self.write(move |connection| {
            set_state(connection, &state)?;
            let before = look(connection, &change.package.name)?;
            obey(connection, &change, before.as_ref())?;
            write(connection, &change.package, before.is_some(), now)?;
            change_files(connection, &change.package.name, &change.files, now)?;
            measure(connection, &change)?;
            if let Some(content) = &change.archive {
                lone_file::keep(connection, content)?;
            }
            let old = before.and_then(|before| before.file).filter(|old| change.package.file != Some(*old));
            let left = old.map(|old| lone_file::delete(connection, old)).transpose()?;
            package_content::clear(connection, now)?;
            lone_file::clear(connection, now)?;
            Ok(left.flatten())
        })
        .await
    }

    /// Deletes a package; none if there was no such one.
    ///
    /// # Errors
    /// [`StoreError::Denied`] when somebody else installed it.
    pub async fn delete_package(
        &self,
        name: String,
        owner: PackageOwner,
        (state, now): (String, NaiveDateTime),
    ) -> Result<Option<LeftBehind>, StoreError> {
        self.write(move |connection| {
            set_state(connection, &state)?;
            let Some(before) = look(connection, &name)? else { return Ok(None) };
            let playground = match owner {
                PackageOwner::Playground(user) => Some(user),
                PackageOwner::Installer(_) | PackageOwner::Anybody => None,
            };
            if before.playground != playground {
                return Ok(None);
            }
            if let PackageOwner::Installer(user) = owner
                && before.installed_by != Some(user)
            {
                return Err(StoreError::Denied(Subject::Package));
            }
            change_files(connection, &name, &FilesChange::Whole(Vec::new()), now)?;
            diesel::delete(package::table.find(&name)).execute(connection)?;
            let left = before.file.map(|old| lone_file::delete(connection, old)).transpose()?;
            package_content::clear(connection, now)?;
            Ok(Some(left.flatten()))
        })
        .await
    }
}

/// What is known of a package before it is changed.
struct Before {
    playground: Option<UserId>,
    installed_by: Option<UserId>,
    file: Option<FileNumber>,
}

fn look(connection: &mut AnyConnection, name: &str) -> Result<Option<Before>, StoreError> {
    let row = package::table.find(name).select((package::user_id, package::installed_by, package::file_number));
    let row: Option<(Option<i64>, Option<i64>, Option<i64>)> = row.first(connection).optional()?;
    Ok(row.map(|(user, installed_by, file)| Before {
        playground: user.map(UserId),
        installed_by: installed_by.map(UserId),
        file: file.map(FileNumber),
    }))
}

/// Whether what must hold does.
fn obey(connection: &mut AnyConnection, change: &PackageChange, before: Option<&Before>) -> Result<(), StoreError> {
    let PackageChange { package: new, rule, .. } = change;
    let user = new.playground.as_ref().map(|(user, _)| *user);
    match (before, rule.there) {
        (Some(before), _) if before.playground != user => return Err(StoreError::Conflict(Subject::Package)),
        (Some(_), Some(false)) => return Err(StoreError::Conflict(Subject::Package)),
        (None, Some(true)) => return Err(StoreError::NotFound(Subject::Package)),
        (Some(before), _) if rule.installed_by.is_some() && before.installed_by != rule.installed_by => {
            return Err(StoreError::Denied(Subject::Package));
        }
        _ => {}
    }
    if let (None, Some(most), Some(user)) = (before, rule.most_projects, user) {
        let of_user = package::table.filter(package::user_id.eq(user.0));
        let there: i64 = of_user.count().get_result(connection)?;
        if there >= most {
            return Err(StoreError::Full(Subject::Project));
        }
    }
    Ok(())
}

/// Whether the package is within its measure.
fn measure(connection: &mut AnyConnection, change: &PackageChange) -> Result<(), StoreError> {
    let Some((most_files, most_bytes)) = change.rule.most else { return Ok(()) };
    let of_package = || package_file::table.filter(package_file::package.eq(&change.package.name));
    let files: i64 = of_package().count().get_result(connection)?;
    if files > most_files {
        return Err(StoreError::Full(Subject::File));
    }
    // Not a sum of the database's, which has types of its own for sums.
    let sizes: Vec<i64> = of_package().select(package_file::size).load(connection)?;
    if sizes.iter().fold(0_i64, |sum, size| sum.saturating_add(*size)) > most_bytes {
        return Err(StoreError::Full(Subject::File));
    }
    Ok(())
}

/// Waits until no other transaction about packages is under way.
pub(crate) fn lock(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let row = server_value::table.filter(server_value::name.eq(STATE));
    if diesel::update(row).set(server_value::value.eq(server_value::value)).execute(connection)? == 0 {
        begin_state(connection, "")?;
    }
    Ok(())
}

fn set_state(connection: &mut AnyConnection, state: &str) -> Result<(), StoreError> {
    let row = server_value::table.filter(server_value::name.eq(STATE));
    if diesel::update(row).set(server_value::value.eq(state)).execute(connection)? == 0 {
        begin_state(connection, state)?;
    }
    Ok(())
}

fn begin_state(connection: &mut AnyConnection, state: &str) -> Result<(), StoreError> {
    diesel::insert_into(server_value::table)
        .values((server_value::name.eq(STATE), server_value::value.eq(state)))
        .execute(connection)
        .map_err(|error| StoreError::from(error).conflict_on_unique(Subject::PackageState))?;
    Ok(())
}

fn write(
    connection: &mut AnyConnection,
    new: &NewPackage,
    is_there: bool,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let about = (
        package::kind.eq(&new.kind),
        package::version.eq(&new.version),
        package::origin.eq(&new.origin),
        package::branch.eq(&new.branch),
        package::file_number.eq(new.file.map(|file| file.0)),
        package::installed_by.eq(new.installed_by.map(|user| user.0)),
        package::modified.eq(now),
    );
    if is_there {
        diesel::update(package::table.find(&new.name)).set(about).execute(connection)?;
        return Ok(());
    }
    let owner = (
        package::name.eq(&new.name),
        package::user_id.eq(new.playground.as_ref().map(|(user, _)| user.0)),
        package::project.eq(new.playground.as_ref().map(|(_, project)| project)),
    );
    let made = diesel::insert_into(package::table).values((owner, about)).execute(connection);
    made.map_err(|error| {
        StoreError::from(error).conflict_on_unique(Subject::Package).missing_on_reference(Subject::User)
    })?;
    Ok(())
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
    package_content::need(connection, hashes, now)?;
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
        made.map_err(|error| StoreError::from(error).missing_on_reference(Subject::PackageContent))?;
    }
    Ok(())
}
