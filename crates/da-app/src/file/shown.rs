//! The files that a screen shows, for whoever looks at it.

use std::collections::HashMap;
use std::sync::Arc;

use da_core::{FileNumber, Screen};

use super::FileReader;
use crate::view::files;
use crate::{App, AppError};

impl App {
    /// The names of the files that the texts of a screen show and that the reader may read; nothing if no text shows any file.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn screen_files(
        &self,
        reader: FileReader<'_>,
        screen: &Screen,
    ) -> Result<Option<HashMap<FileNumber, String>>, AppError> {
        if !files::has_marks(screen) {
            return Ok(None);
        }
        let (numbers, caller, sessions) = (files::numbers(screen), reader.caller.clone(), reader.sessions.to_vec());
        let contents = Arc::clone(&self.0.contents);
        let names = self.read(move |store| {
            let reader = FileReader { caller: &caller, sessions: &sessions };
            let mut names = HashMap::new();
            for number in numbers {
                let Some(file) = store.file(number)? else { continue };
                if file.content.is_some() && contents.may_read(&reader, &file)? {
                    names.insert(number, file.name);
                }
            }
            Ok(names)
        });
        names.await.map(Some)
    }
}
