//! What a request demands in its headers: `If-Match` (the session is at a step that was seen) and `Idempotency-Key` (a
//! request that comes twice is carried out once).
//!
//! Requests of a session keep their answer beside the step that they made; all others keep it under the caller's key.

use actix_web::body::to_bytes;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, IF_MATCH, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Matching, Repeat, Sent, Terms, Told};
use da_core::Outcome;
use da_http::Parameters;
use serde_json::json;

use crate::answer;
use crate::call::{Answer, Call};
use crate::error::{ApiError, Edition, Refusal};

/// The header that names a request.
const NAME: &str = "Idempotency-Key";

/// A name has no more characters.
const LONGEST: usize = 255;

/// Requests that keep their answer beside a step.
const OF_SESSIONS: [&str; 3] = ["/api/session", "/api/session/back", "/api/session/action"];

/// Headers of an answer that are told again.
const KEPT: [HeaderName; 2] = [CONTENT_TYPE, LOCATION];

/// What the headers of a request demand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Demands {
    matching: Option<Matching>,
    /// The name of the request, and what it asks for.
    repeat: Option<(String, Vec<u8>)>,
    is_of_session: bool,
}

impl Demands {
    /// Reads the headers; those of a request that changes nothing demand nothing.
    pub(crate) fn read(request: &HttpRequest, said: &Parameters, sent: &[Sent]) -> Result<Demands, ApiError> {
        let pattern = request.match_pattern().unwrap_or_default();
        let is_of_session = OF_SESSIONS.iter().any(|path| pattern.ends_with(path));
        match *request.method() {
            Method::POST | Method::PATCH => {}
            // Deleting twice is deleting once, whatever it is called.
            Method::DELETE => return Ok(Demands { matching: matching(request), repeat: None, is_of_session }),
            _ => return Ok(Demands::default()),
        }
        let repeat = match request.headers().get(NAME) {
            None => None,
            Some(value) => {
                let name = value.to_str().ok().filter(|name| is_name(name)).ok_or(ApiError::BadRequestName)?;
                Some((name.to_owned(), asks(request, said, sent)))
            }
        };
        Ok(Demands { matching: matching(request), repeat, is_of_session })
    }

    /// Where the session must be that is deleted.
    pub(crate) fn matching(&self) -> Option<Matching> {
        self.matching.clone()
    }

    /// The same for a use case of a session; `tell` makes the answer, `refuse` the refusal.
    pub(crate) fn terms(
        &self,
        edition: Edition,
        tell: impl Fn(&Outcome) -> Told + Send + 'static,
        refuse: fn(&AppError) -> ApiError,
    ) -> Terms {
        let refused = move |failed: &AppError| {
            let error = refuse(failed);
            answer::json(error.status(edition).as_u16(), &json!(error.text(edition)))
        };
        let repeat = self.repeat.clone().map(|(name, asks)| Repeat {
            name,
            asks,
            tell: Box::new(move |ended| ended.map_or_else(&refused, &tell)),
        });
        Terms { matching: self.matching.clone(), repeat }
    }
}

fn is_name(name: &str) -> bool {
    (1..=LONGEST).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

/// The tags of `If-Match`. Weak ones fit nothing, and neither does what is none.
fn matching(request: &HttpRequest) -> Option<Matching> {
    let lines: Vec<&str> = request.headers().get_all(IF_MATCH).filter_map(|value| value.to_str().ok()).collect();
    if lines.is_empty() {
        return None;
    }
    let tags = lines.iter().flat_map(|line| line.split(',')).map(str::trim);
    if tags.clone().any(|tag| tag == "*") {
        return Some(Matching::Any);
    }
    let plain = |tag: &str| tag.strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
    Some(Matching::Tags(tags.filter_map(plain).collect()))
}

/// What a request asks for, so that another one is told from it: the parameters in whatever order, but for the key, and
/// the files by name and content.
fn asks(request: &HttpRequest, said: &Parameters, sent: &[Sent]) -> Vec<u8> {
    let mut all: Vec<(String, String)> = said.all().filter(|(name, _)| *name != "key").map(owned).collect();
    all.sort();
    let files: Vec<_> = sent.iter().map(|file| (&file.variable, &file.name, file.content.digest())).collect();
    json!([request.method().as_str(), request.path(), all, files]).to_string().into_bytes()
}

fn owned((name, value): (&str, String)) -> (String, String) {
    (name.to_owned(), value)
}

/// Lets a desk answer, once for each name of a request. One that is refused may come again, unless it is not known how far
/// it came.
pub(crate) async fn once<Fut: Future<Output = Answer>>(call: Call, handler: impl FnOnce(Call) -> Fut) -> Answer {
    let (app, demands) = (call.app.clone(), call.demands.clone());
    let named = demands.repeat.filter(|_| !demands.is_of_session);
    let named = named.and_then(|(name, asks)| app.request_name(&call.caller, &call.key, &name, &asks));
    let Some(request) = named else { return handler(call).await };
    if let Some(before) = app.request_begin(&request).await? {
        return Ok(answer::replayed(answer::of(before)));
    }
    match handler(call).await {
        Ok(response) => {
            let told = read(response).await?;
            app.request_end(&request, told.clone()).await?;
            Ok(answer::of(told))
        }
        Err(refusal) => {
            if refusal.error != ApiError::Internal {
                app.request_forget(&request).await?;
            }
            Err(refusal)
        }
    }
}

/// An answer, read to its end.
async fn read(response: HttpResponse) -> Result<Told, Refusal> {
    let status = response.status().as_u16();
    let header = |name: HeaderName| {
        let value = response.headers().get(&name)?.to_str().ok()?;
        Some((name.to_string(), value.to_owned()))
    };
    let headers = KEPT.into_iter().filter_map(header).collect();
    let body = to_bytes(response.into_body()).await.map_err(|_| ApiError::Internal)?.to_vec();
    Ok(Told { status, headers, body })
}
