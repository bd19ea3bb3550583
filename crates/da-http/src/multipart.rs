//! Multipart bodies: texts become parameters, files go to the disk piece by piece, sealed, and wait there for whoever
//! takes them. A file that nobody takes is deleted.

use actix_multipart::{Field, Multipart};
use actix_web::web::{Data, Payload};
use actix_web::{FromRequest, HttpRequest};
use da_app::{App, Sent, Staging};

use crate::parameters::{collect, next};
use crate::{BodyError, HttpSettings, Parameters};

/// Parts of one body; more cannot be meant well.
const MOST_PARTS: usize = 1000;

/// Reads the parts of a body into `parameters`, and the files, if they are wanted: before the first of them `judge` is asked, and
/// nothing reaches the disk that it refuses.
pub(crate) async fn read<E: From<BodyError>>(
    request: &HttpRequest,
    payload: Payload,
    settings: &HttpSettings,
    (parameters, judge): (&mut Parameters, Option<impl AsyncFnOnce(&Parameters) -> Result<(), E>>),
) -> Result<Vec<Sent>, E> {
    let mut parts = Multipart::from_request(request, &mut payload.into_inner()).await.map_err(|_| BodyError::Broken)?;
    let mut left = settings.largest_body;
    let (mut sent, mut count) = (Vec::new(), 0);
    let (wants_files, mut judge) = (judge.is_some(), judge);
    while let Some(part) = next(&mut parts, settings.body_pause).await? {
        let mut part = part.map_err(|_| BodyError::Broken)?;
        count += 1;
        if count > MOST_PARTS {
            return Err(BodyError::Broken.into());
        }
        let disposition = part.content_disposition();
        let file = disposition.and_then(|disposition| disposition.get_filename()).map(str::to_owned);
        let variable = disposition.and_then(|disposition| disposition.get_name()).unwrap_or_default().to_owned();
        let Some(name) = file else {
            let content = collect(&mut part, left, settings.body_pause).await?;
            left -= content.len();
            parameters.put(variable, String::from_utf8_lossy(&content).into_owned());
            continue;
        };
        if !wants_files {
            left -= collect(&mut part, left, settings.body_pause).await?.len();
            continue;
        }
        if let Some(judge) = judge.take() {
            judge(parameters).await?;
        }
        let content = stage(request)?;
        let content = keep(content, &mut part, settings, &mut left).await?;
        // A browser sends a file without a name where none was chosen.
        if !name.is_empty() || content.size() > 0 {
            sent.push(Sent { variable, name, content });
        }
    }
    Ok(sent)
}

fn stage(request: &HttpRequest) -> Result<Staging, BodyError> {
    let app = request.app_data::<Data<App>>().ok_or(BodyError::NotKept)?;
    app.file_stage().map_err(not_kept)
}

async fn keep(
    mut content: Staging,
    part: &mut Field,
    settings: &HttpSettings,
    left: &mut usize,
) -> Result<da_app::Staged, BodyError> {
    while let Some(piece) = next(part, settings.body_pause).await? {
        let piece = piece.map_err(|_| BodyError::Broken)?;
        *left = left.checked_sub(piece.len()).ok_or(BodyError::TooLarge)?;
        content.push(&piece).await.map_err(not_kept)?;
    }
    content.finish().await.map_err(not_kept)
}

fn not_kept(error: da_app::AppError) -> BodyError {
    tracing::error!(target: "files", "a file that was sent was not kept: {}", error.whole());
    BodyError::NotKept
}
