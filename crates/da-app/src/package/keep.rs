//! Changes to packages whose files are in the database: contents first, a few at a time, then all that changed in one
//! transaction. Whoever fails in between leaves contents that nothing names, and they go by themselves.
//!
//! What comes in an archive is never unpacked as a whole: a file after another is read, sealed and written.

use std::collections::{BTreeMap, btree_map};

use da_crypto::token;
use da_store::{
    FileRow, FilesChange, LeftBehind, LoneContent, NewContent, NewPackage, PackageChange, PackageOwner, PackageRule,
    StoreError, Subject,
};

use super::archive::{BadArchive, Unpacking};
use crate::app::Inner;
use crate::{App, AppError, Fault};

/// Files that are to be there: path and content.
pub(crate) type NewFiles = BTreeMap<String, Vec<u8>>;

/// Bytes of sealed contents that are written at once: others write in between.
const PORTION: usize = 1 << 20;

/// Where a file of an archive goes; none where it is left out.
pub(crate) type Place = Box<dyn Fn(&str) -> Option<String> + Send>;

/// Files on their way into a package.
pub(crate) struct Incoming {
    held: btree_map::IntoIter<String, Vec<u8>>,
    packed: Option<(Unpacking, Place)>,
}

impl From<NewFiles> for Incoming {
    fn from(files: NewFiles) -> Self {
        Incoming { held: files.into_iter(), packed: None }
    }
}

impl Incoming {
    /// The files of an archive in their places, and others beside them.
    pub(crate) fn new(archive: Unpacking, place: Place, beside: NewFiles) -> Self {
        Incoming { held: beside.into_iter(), packed: Some((archive, place)) }
    }

    pub(super) fn next(&mut self) -> Result<Option<(String, Vec<u8>)>, BadArchive> {
        if let Some((archive, place)) = &mut self.packed {
            if let Some(file) = archive.next(&*place)? {
                return Ok(Some(file));
            }
            self.packed = None;
        }
        Ok(self.held.next())
    }
}

/// What changes about a package.
pub(crate) struct Amending {
    pub(crate) package: NewPackage,
    /// Files that are to be there.
    pub(crate) put: Incoming,
    /// Files that go; none where all go that are not put.
    pub(crate) taken: Option<Vec<String>>,
    /// What must hold.
    pub(crate) rule: PackageRule,
    /// What the file holds that the package came in.
    pub(crate) archive: Option<LoneContent>,
}

impl App {
    /// Changes a package; what that left behind.
    pub(crate) async fn package_amend(&self, amending: Amending) -> Result<LeftBehind, StoreOrApp> {
        let Amending { package, mut put, taken, rule, archive } = amending;
        let mut rows = BTreeMap::new();
        loop {
            let (portion, back) = self.work(move |app| portion(app, put)).await?;
            put = back;
            if portion.is_empty() {
                break;
            }
            let (contents, of_files): (Vec<NewContent>, Vec<FileRow>) = portion.into_iter().unzip();
            // Of two of the same path the later one holds.
            rows.extend(of_files.into_iter().map(|row| (row.path.clone(), row)));
            self.contents_keep(contents).await?;
        }
        let rows = rows.into_values().collect();
        let files = match taken {
            None => FilesChange::Whole(rows),
            Some(taken) => FilesChange::Some(rows, taken),
        };
        let change = PackageChange { package, files, rule, archive };
        let stamp = || Ok::<_, AppError>((token::alphanumeric(16)?, self.now()));
        match self.0.store.change_package(change.clone(), stamp()?).await {
            // Two servers made the first package of a database.
            Err(StoreError::Conflict(what)) if what != Subject::Package => {
                Ok(self.0.store.change_package(change, stamp()?).await?)
            }
            other => Ok(other?),
        }
    }

    /// Deletes a package; none if there was no such one.
    pub(crate) async fn package_forget(
        &self,
        name: String,
        owner: PackageOwner,
    ) -> Result<Option<LeftBehind>, StoreOrApp> {
        let stamp = (token::alphanumeric(16).map_err(AppError::from)?, self.now());
        Ok(self.0.store.delete_package(name, owner, stamp).await?)
    }

    /// The first contents of a database may be kept by two servers at the same moment: one of them begins again.
    async fn contents_keep(&self, contents: Vec<NewContent>) -> Result<(), AppError> {
        match self.0.store.keep_package_contents(contents.clone(), self.now()).await {
            Err(StoreError::Conflict(_)) => Ok(self.0.store.keep_package_contents(contents, self.now()).await?),
            other => Ok(other?),
        }
    }
}

/// Why a package was not changed: the rows refused it, or it did not come so far.
#[derive(Debug)]
pub(crate) enum StoreOrApp {
    Store(StoreError),
    App(AppError),
}

impl From<StoreError> for StoreOrApp {
    fn from(error: StoreError) -> Self {
        StoreOrApp::Store(error)
    }
}

impl From<AppError> for StoreOrApp {
    fn from(error: AppError) -> Self {
        StoreOrApp::App(error)
    }
}

impl StoreOrApp {
    /// Whether the change may have been made all the same, so that what it needs must stay.
    pub(crate) fn may_stand(&self) -> bool {
        matches!(self, StoreOrApp::Store(error) if error.may_stand())
    }

    /// The failure, with what `told` makes of a refusal of the rows, where it makes something of it.
    pub(crate) fn told(self, told: impl FnOnce(&StoreError) -> Option<AppError>) -> AppError {
        match self {
            StoreOrApp::Store(error) => told(&error).unwrap_or_else(|| error.into()),
            StoreOrApp::App(error) => error,
        }
    }
}

/// Seals the next files; the others come back.
fn portion(app: &Inner, mut rest: Incoming) -> Result<(Vec<(NewContent, FileRow)>, Incoming), AppError> {
    let (mut sealed, mut size) = (Vec::new(), 0);
    while size < PORTION {
        let next = rest.next().map_err(|error| AppError::new(Fault::BadPackage, error.to_string()))?;
        let Some((path, content)) = next else { break };
        let (content, entry) = app.packages.seal(&content)?;
        size += content.sealed.len();
        let row = FileRow { path, hash: entry.hash, size: i64::try_from(entry.size).map_err(AppError::internal)? };
        sealed.push((content, row));
    }
    Ok((sealed, rest))
}
