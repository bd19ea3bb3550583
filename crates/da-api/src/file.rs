//! `/api/file/<file_number>`: the content of a file.

use da_app::{FileReader, SessionAt};
use da_core::{FileNumber, SessionId};

use crate::call::{Answer, Call};
use crate::error::{ApiError, Edition};

/// Sends a file that the caller may read: whoever names its session, is tied to it, or was named for the file.
pub(crate) async fn get(call: Call) -> Answer {
    let alone = Call::file_number(&call).filter(|_| call.parameters.filled("session").is_none());
    let is_alone = match alone {
        Some(number) => call.app.file_is_alone(number).await?,
        None => false,
    };
    let sessions: Vec<SessionId> = match call.settings.edition {
        // What came without a session is asked for without one.
        _ if is_alone => Vec::new(),
        Edition::Documented => vec![named(&call)?],
        // Quirk: docassemble 1.10 looks at the caller alone.
        Edition::Later => Vec::new(),
    };
    let number = call.file_number().ok_or(ApiError::NoFile)?;
    let reader = FileReader { caller: &call.caller, sessions: &sessions };
    let file = call.app.file_open(reader, number).await?;
    let own = da_core::extension(&file.name);
    let fits = match (call.parameters.filled("extension"), call.parameters.filled("filename")) {
        (Some(extension), _) => extension.trim_start_matches('.').to_lowercase() == own,
        (None, Some(name)) => name == file.name || name == format!("file.{own}"),
        (None, None) => true,
    };
    if fits { Ok(da_http::file::send(file, false)) } else { Err(ApiError::NoFile.into()) }
}

/// The session that is named; one that cannot be any has no file.
fn named(call: &Call) -> Result<SessionId, crate::error::Refusal> {
    match call.session() {
        Ok(SessionAt { id, .. }) => Ok(id),
        Err(refusal) if Call::is_nothing(&refusal) => Err(ApiError::NoFile.into()),
        Err(refusal) => Err(refusal),
    }
}

impl Call {
    /// The number of a file in the path.
    fn file_number(&self) -> Option<FileNumber> {
        self.part("file_number")?.parse().ok().map(FileNumber)
    }
}
