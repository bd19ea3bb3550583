//! Files in a browser: `/uploadedfile/<n>` for those who may read file n, and the static files of packages.
//!
//! A file that nobody may read and one that is not there look the same.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Fault, FileReader, OpenFile};
use da_core::FileNumber;
use da_http::{Parameters, file};

use crate::html::tag;
use crate::visit::Visit;
use crate::{error, routes};

/// How long a browser may keep a static file; its address changes with the version of the package.
const KEPT: &str = "public, max-age=3600";

/// `/uploadedfile/<n>`, with `.ext` or `/name` behind it.
pub(crate) async fn shown(request: HttpRequest) -> HttpResponse {
    let asked = Parameters::from_query(request.query_string());
    let save = asked.flag("attachment").unwrap_or(false);
    sent(&request, save).await
}

/// `/uploadedfiledownload/<n>`: the same, to be saved.
pub(crate) async fn saved(request: HttpRequest) -> HttpResponse {
    sent(&request, true).await
}

async fn sent(request: &HttpRequest, save: bool) -> HttpResponse {
    match found(request).await {
        Ok(found) => file::send(found, save),
        Err(failed) if failed.fault == Fault::NoFile => missing(request),
        Err(failed) => {
            let settings = routes::settings(request);
            let home = tag("a").class("button plain").attr("href", settings.address("/")).put("All interviews");
            error::of(&failed, false, home.into()).into_response(&settings, None)
        }
    }
}

/// The file that an address names. An extension in it must be that of the file.
async fn found(request: &HttpRequest) -> Result<OpenFile, AppError> {
    let nothing = || AppError::new(Fault::NoFile, "There is no such file.");
    let visit = Visit::of(request).await?;
    let part = request.match_info().get("number").unwrap_or_default();
    let (number, extension) = part.split_once('.').map_or((part, None), |(number, rest)| (number, Some(rest)));
    let number = number.parse().map(FileNumber).map_err(|_| nothing())?;
    let (caller, sessions) = (visit.caller.clone(), visit.visitor.sessions());
    let found = visit.app.file_open(FileReader { caller: &caller, sessions: &sessions }, number).await?;
    match extension {
        Some(extension) if extension.to_lowercase() != da_core::extension(&found.name) => Err(nothing()),
        _ => Ok(found),
    }
}

/// `/packagestatic/<package>/<path>`.
pub(crate) async fn of_package(request: HttpRequest) -> HttpResponse {
    let part = |name: &str| request.match_info().get(name).unwrap_or_default().to_owned();
    let (package, path) = (part("package"), part("path"));
    let content = match Visit::of(&request).await {
        Ok(visit) => visit.app.package_static(&package, &path).await,
        Err(failed) => Err(failed),
    };
    let Ok(Some(content)) = content else { return missing(&request) };
    let kind = da_core::media_type(&path).unwrap_or("application/octet-stream");
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, file::content_type(kind)))
        .insert_header((CACHE_CONTROL, KEPT))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if file::is_lively(kind) {
        response.insert_header((CONTENT_SECURITY_POLICY, file::STILL));
    }
    response.body(content)
}

fn missing(request: &HttpRequest) -> HttpResponse {
    let settings = routes::settings(request);
    let home = tag("a").class("button main").attr("href", settings.address("/")).put("All interviews");
    let text = "There is no such file, or it is not open to you.";
    error::refusal(StatusCode::NOT_FOUND, "There is no such file", text, home.into()).into_response(&settings, None)
}
