//! Files that were sent with an answer.

use da_core::{FileNumber, SentFile, SentFiles};

use super::{FileDesk, Staged, clean_name};
use crate::AppError;

/// A file that was sent for a variable.
pub struct Sent {
    /// The variable (an assignment target).
    pub variable: String,
    /// Its name, as it was sent.
    pub name: String,
    /// Its content.
    pub content: Staged,
}

impl FileDesk {
    /// Gives each file that was sent its number, and says which files each variable gets, in their order.
    pub(crate) async fn take(&self, sent: Vec<Sent>) -> Result<Vec<SentFiles>, AppError> {
        let mut all: Vec<SentFiles> = Vec::new();
        for Sent { variable, name, content } in sent {
            let name = clean_name(&name);
            let number: FileNumber = self.take_one(&name, content).await?;
            let file = SentFile { number, name };
            match all.iter_mut().find(|sent| sent.variable == variable) {
                Some(sent) => sent.files.push(file),
                None => all.push(SentFiles { variable, files: vec![file] }),
            }
        }
        Ok(all)
    }
}
