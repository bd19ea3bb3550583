//! The files of a project: listed, read, kept and taken away.

use da_store::{PackageRule, StoreError, Subject};

use super::{DEFAULT, Playground, PlaygroundFolder, no_project};
use crate::package::{Amending, Incoming, LARGEST_FILE, NewFiles};
use crate::{App, AppError, Fault, Sent, clean_name};

/// Files of one project.
const MOST_FILES: i64 = 5_000;

/// Bytes of all files of one project.
const MOST_BYTES: i64 = 128 << 20;

impl App {
    /// The names of the files in a folder, sorted.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn playground_files(&self, at: &Playground, folder: PlaygroundFolder) -> Result<Vec<String>, AppError> {
        let package = at.package();
        self.work(move |app| {
            let present = app.packages.present()?;
            let paths = present.files(&package).into_iter().flatten().map(|(path, _)| path.as_str());
            let names = paths.filter_map(|path| path.strip_prefix(folder.prefix()));
            Ok(names.filter(|name| !name.contains('/')).map(str::to_owned).collect())
        })
        .await
    }

    /// A file: its name and its content; none where there is none.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn playground_file(
        &self,
        at: &Playground,
        folder: PlaygroundFolder,
        name: &str,
    ) -> Result<Option<(String, Vec<u8>)>, AppError> {
        let (package, name) = (at.package(), clean_name(name));
        self.work(move |app| {
            let content = app.packages.present()?.content(&package, &format!("{}{name}", folder.prefix()))?;
            Ok(content.map(|content| (name, content)))
        })
        .await
    }

    /// Keeps files that were sent, in the place of those that have their names.
    ///
    /// # Errors
    /// [`Fault::NotKept`] for more or larger files than a project may have.
    pub async fn playground_keep(
        &self,
        at: &Playground,
        folder: PlaygroundFolder,
        sent: Vec<Sent>,
    ) -> Result<(), AppError> {
        let mut files = NewFiles::new();
        for Sent { name, content, .. } in sent {
            if content.size() > LARGEST_FILE as u64 {
                return Err(not_kept(format!("{name} has {} bytes", content.size())));
            }
            // As in docassemble: what is sent loses its blanks, what is asked for keeps them.
            let name = clean_name(&name).replace(' ', "_");
            files.insert(format!("{}{name}", folder.prefix()), content.read().await?);
        }
        self.playground_put(at, files.into(), Vec::new()).await
    }

    /// Takes a file away, if it is there.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn playground_remove(
        &self,
        at: &Playground,
        folder: PlaygroundFolder,
        name: &str,
    ) -> Result<(), AppError> {
        if self.playground_file(at, folder, name).await?.is_none() {
            return Ok(());
        }
        let path = format!("{}{}", folder.prefix(), clean_name(name));
        self.playground_put(at, NewFiles::new().into(), vec![path]).await
    }

    /// Puts files into a project and takes others away, if it may have so many and it is still there.
    pub(super) async fn playground_put(
        &self,
        at: &Playground,
        put: Incoming,
        taken: Vec<String>,
    ) -> Result<(), AppError> {
        let there = (at.project != DEFAULT).then_some(true);
        let rule = PackageRule { there, most: Some((MOST_FILES, MOST_BYTES)), ..PackageRule::default() };
        let amending = Amending { package: at.row(), put, taken: Some(taken), rule, archive: None };
        let left = self.package_amend(amending).await.map_err(|failed| {
            failed.told(|error| match error {
                StoreError::Full(_) => Some(not_kept(format!("{}: {error}", at.package()))),
                StoreError::NotFound(Subject::Package) => Some(no_project()),
                _ => None,
            })
        })?;
        self.file_clear_alone(left).await;
        Ok(())
    }
}

fn not_kept(cause: String) -> AppError {
    AppError::new(Fault::NotKept, "Error saving file(s).").because(cause)
}
