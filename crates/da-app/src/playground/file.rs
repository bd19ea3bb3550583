//! The files of a project: listed, read, kept and taken away.

use super::{Playground, PlaygroundFolder};
use crate::app::Inner;
use crate::package::{LARGEST_FILE, NewFiles};
use crate::{App, AppError, Fault, Sent, clean_name};

/// Files of one project.
const MOST_FILES: usize = 5_000;

/// Bytes of all files of one project.
const MOST_BYTES: u64 = 128 << 20;

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
        self.playground_put(at, files, Vec::new()).await
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
        self.playground_put(at, NewFiles::new(), vec![path]).await
    }

    pub(super) async fn playground_put(
        &self,
        at: &Playground,
        files: NewFiles,
        taken: Vec<String>,
    ) -> Result<(), AppError> {
        let package = at.package();
        let (files, taken) = self
            .work(move |app| {
                within_limits(app, &package, &files, &taken)?;
                Ok((files, taken))
            })
            .await?;
        self.package_amend(at.row(), files, taken).await
    }
}

fn within_limits(app: &Inner, package: &str, put: &NewFiles, taken: &[String]) -> Result<(), AppError> {
    let present = app.packages.present()?;
    let there = present.files(package).into_iter().flatten();
    let stays = there.filter(|(path, _)| !put.contains_key(*path) && !taken.contains(path));
    let (mut count, mut bytes) = (put.len(), put.values().map(|content| content.len() as u64).sum::<u64>());
    for (_, entry) in stays {
        count += 1;
        bytes += entry.size;
    }
    if count > MOST_FILES || bytes > MOST_BYTES {
        return Err(not_kept(format!("the project would have {count} files of {bytes} bytes")));
    }
    Ok(())
}

fn not_kept(cause: String) -> AppError {
    AppError::new(Fault::NotKept, "Error saving file(s).").because(cause)
}
