//! `/api/playground`: the files of a Playground.
//!
//! What is kept runs at once: no call here restarts anything, and `restart` has no effect.

pub(crate) mod project;

use actix_web::HttpResponse;
use da_app::{Playground, PlaygroundFolder, PlaygroundOwner};
use da_core::UserId;

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// The names under which files are sent.
const NAMES: [&str; 2] = ["file", "files[]"];

/// The names of the files in a folder, or the content of one file.
pub(crate) async fn get(call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    let folder = folder(&call)?;
    let at = call.playground(owner).await?;
    let name = call.parameters.text("filename");
    let Some(name) = name.or_else(|| call.parameters.text("package")) else {
        return Ok(HttpResponse::Ok().json(call.app.playground_files(&at, folder).await?));
    };
    if folder == PlaygroundFolder::Packages {
        let (name, archive) = call.app.playground_package(&at, &name).await?.ok_or(ApiError::NoFile)?;
        return Ok(da_http::file::send_whole(&name, archive));
    }
    let (name, content) = call.app.playground_file(&at, folder, &name).await?.ok_or(ApiError::NoPlaygroundFile)?;
    Ok(da_http::file::send_whole(&name, content))
}

/// Keeps the files that were sent.
pub(crate) async fn post(mut call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    let folder = changeable(folder(&call)?)?;
    let at = call.playground(owner).await?;
    let mut sent = std::mem::take(&mut call.sent);
    sent.retain(|file| NAMES.contains(&file.variable.as_str()));
    if sent.is_empty() {
        return Err(ApiError::NoFileSent.into());
    }
    call.app.playground_keep(&at, folder, sent).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes a file away, whether it is there or not.
pub(crate) async fn delete(call: Call) -> Answer {
    let owner = call.playground_owner().await?;
    let name = call.parameters.text("filename").ok_or(ApiError::NeedsFileName)?;
    let folder = changeable(folder(&call)?)?;
    let at = call.playground(owner).await?;
    call.app.playground_remove(&at, folder, &name).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn folder(call: &Call) -> Result<PlaygroundFolder, Refusal> {
    let name = call.parameters.text("folder").unwrap_or_else(|| "static".to_owned());
    PlaygroundFolder::parse(&name).ok_or_else(|| ApiError::InvalidFolder.into())
}

/// Packages are made of the other folders: nothing is put among them by hand.
fn changeable(folder: PlaygroundFolder) -> Result<PlaygroundFolder, Refusal> {
    if folder == PlaygroundFolder::Packages { Err(ApiError::InvalidFolder.into()) } else { Ok(folder) }
}

impl Call {
    /// The Playground that `user_id` says, or the caller's own.
    pub(crate) async fn playground_owner(&self) -> Result<PlaygroundOwner, Refusal> {
        let said = self.parameters.text("user_id");
        // A number that is none is nobody's: who may not be here at all is told that first.
        let user = said.map(|said| UserId(said.trim().parse().unwrap_or(0)));
        Ok(self.app.playground_owner(&self.caller, user).await?)
    }

    /// The project that `project` says.
    pub(crate) async fn playground(&self, owner: PlaygroundOwner) -> Result<Playground, Refusal> {
        let project = self.parameters.text("project").unwrap_or_else(|| "default".to_owned());
        Ok(self.app.playground(owner, &project).await?)
    }
}
