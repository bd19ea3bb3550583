//! [`Parameters`]: what a request says in its query and its body, as one map.
//!
//! A body may be a form, multipart or JSON; in JSON a value stays what it is, everywhere else it is text.
//! A body that is not what it says it is counts as empty, as in the original.

use std::future::Ready;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::{BytesMut, Payload};
use da_app::Sent;
use futures_util::{Stream, StreamExt};
use indexmap::IndexMap;
use serde_json::Value;
use tokio::time::timeout;

use crate::{HttpSettings, multipart};

/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// The parameters of a request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parameters {
    query: IndexMap<String, Value>,
    body: IndexMap<String, Value>,
    is_json: bool,
    unread: Option<Unread>,
}

/// A body that was not read as what it seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It looks like JSON, and its Content-Type says otherwise.
    Json,
    /// Its Content-Type is none of those that are read.
    Kind,
    /// It is said to be JSON, and is no JSON object.
    NoObject,
}

/// A body cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It is larger than this server accepts.
    #[error("The request is larger than this server accepts.")]
    TooLarge,
    /// It broke off, or is not the multipart that it says it is.
    #[error("The body of the request cannot be read.")]
    Broken,
    /// It paused for too long, or took too long altogether.
    #[error("The request took too long to arrive.")]
    TooSlow,
    /// A file that was sent cannot be kept; the cause is in the log.
    #[error("The server could not keep what was sent.")]
    NotKept,
}

impl Parameters {
    /// Reads query and body, and the files that were sent along. Before a file is kept, `judge` says whether whoever sends it
    /// may, by what was said until then.
    ///
    /// # Errors
    /// [`BodyError`], and what `judge` refuses.
    pub async fn read<E: From<BodyError>>(
        request: &HttpRequest,
        payload: Payload,
        judge: impl AsyncFnOnce(&Parameters) -> Result<(), E>,
    ) -> Result<(Self, Vec<Sent>), E> {
        Parameters::read_body(request, payload, Some(judge)).await
    }

    /// Reads query and body; files that were sent along are dropped.
    ///
    /// # Errors
    /// [`BodyError`].
    pub async fn read_texts(request: &HttpRequest, payload: Payload) -> Result<Self, BodyError> {
        let nobody = None::<fn(&Parameters) -> Ready<Result<(), BodyError>>>;
        Parameters::read_body(request, payload, nobody).await.map(|(parameters, _)| parameters)
    }

    async fn read_body<E: From<BodyError>>(
        request: &HttpRequest,
        payload: Payload,
        judge: Option<impl AsyncFnOnce(&Parameters) -> Result<(), E>>,
    ) -> Result<(Self, Vec<Sent>), E> {
        let settings = HttpSettings::of(request);
        // A body that announces itself as too large is not waited for.
        if announced_length(request).is_some_and(|length| length > settings.largest_body) {
            return Err(BodyError::TooLarge.into());
        }
        let reading = Parameters::read_patiently(request, payload, &settings, judge);
        timeout(settings.body_time, reading).await.unwrap_or_else(|_| Err(BodyError::TooSlow.into()))
    }

    async fn read_patiently<E: From<BodyError>>(
        request: &HttpRequest,
        payload: Payload,
        settings: &HttpSettings,
        judge: Option<impl AsyncFnOnce(&Parameters) -> Result<(), E>>,
    ) -> Result<(Self, Vec<Sent>), E> {
        let mut sent = Vec::new();
        let mut parameters = Parameters::from_query(request.query_string());
        match media_type(request).as_str() {
            "multipart/form-data" => {
                sent = multipart::read(request, payload, settings, (&mut parameters, judge)).await?;
            }
            kind => {
                let body = collect(payload, settings.largest_body, settings.body_pause).await?;
                parameters.is_json = is_json(kind);
                // Without a kind it is what most bodies are.
                let is_form = matches!(kind, "" | FORM);
                parameters.unread = match (body.trim_ascii_start().first(), parameters.is_json) {
                    (Some(b'{'), false) => Some(Unread::Json),
                    (Some(_), false) if !is_form => Some(Unread::Kind),
                    _ => None,
                };
                parameters.body = match (parameters.is_json, is_form) {
                    (true, _) => json(&body).unwrap_or_else(|| {
                        parameters.unread = (!body.is_empty()).then_some(Unread::NoObject);
                        IndexMap::new()
                    }),
                    (false, true) => form(&body),
                    (false, false) => IndexMap::new(),
                };
            }
        }
        Ok((parameters, sent))
    }

    /// The parameters of a query string alone.
    pub fn from_query(query: &str) -> Self {
        Parameters { query: form(query.as_bytes()), ..Parameters::default() }
    }

    /// A parameter; what the body says comes before what the query says. `null` counts as not said.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.body.get(name).or_else(|| self.query.get(name)).filter(|value| !value.is_null())
    }

    /// A parameter as text; a number or a truth value of a JSON body as it would stand in a form.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(as_text)
    }

    /// A parameter as text, unless it is empty.
    pub fn filled(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// A parameter that says yes or no; everything but the ways to say no is yes. A `null` says no, as in the original.
    pub fn flag(&self, name: &str) -> Option<bool> {
        let said = self.body.get(name).or_else(|| self.query.get(name));
        said.map(|value| match value {
            Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(number) => number.as_f64() != Some(0.0),
            other => !matches!(as_text(other).trim().to_ascii_lowercase().as_str(), "0" | "false" | "f"),
        })
    }

    /// The API key: the query's comes first. An empty one is none.
    pub(crate) fn key(&self) -> Option<String> {
        let said =
            |of: &IndexMap<String, Value>| of.get("key")?.as_str().filter(|key| !key.is_empty()).map(str::to_owned);
        said(&self.query).or_else(|| said(&self.body))
    }

    /// The parameters of the query, as text.
    pub fn query(&self) -> impl Iterator<Item = (&str, String)> {
        self.query.iter().map(|(name, value)| (name.as_str(), as_text(value)))
    }

    /// All parameters, as text: those of the query, then those of the body.
    pub fn all(&self) -> impl Iterator<Item = (&str, String)> {
        self.query().chain(self.body())
    }

    /// Whether the body is JSON, in which a text is a text and not JSON written down.
    pub fn is_json(&self) -> bool {
        self.is_json
    }

    /// Why a body was not read as what it seems to be.
    pub fn unread(&self) -> Option<Unread> {
        self.unread
    }

    /// The parameters of the body, as text.
    pub fn body(&self) -> impl Iterator<Item = (&str, String)> {
        self.body.iter().map(|(name, value)| (name.as_str(), as_text(value)))
    }

    /// Adds a text of the body; the last of several counts.
    pub(crate) fn put(&mut self, name: String, text: String) {
        self.body.insert(name, Value::from(text));
    }
}

pub(crate) async fn collect<E>(
    mut stream: impl Stream<Item = Result<actix_web::web::Bytes, E>> + Unpin,
    largest: usize,
    pause: Duration,
) -> Result<BytesMut, BodyError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = next(&mut stream, pause).await? {
        let chunk = chunk.map_err(|_| BodyError::Broken)?;
        if body.len() + chunk.len() > largest {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What comes next, unless it does not come for too long.
pub(crate) async fn next<S: Stream + Unpin>(stream: &mut S, pause: Duration) -> Result<Option<S::Item>, BodyError> {
    timeout(pause, stream.next()).await.map_err(|_| BodyError::TooSlow)
}

fn announced_length(request: &HttpRequest) -> Option<usize> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn media_type(request: &HttpRequest) -> String {
    let header = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

fn json(body: &[u8]) -> Option<IndexMap<String, Value>> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(entries)) => Some(entries.into_iter().collect()),
        _ => None,
    }
}

/// A form or a query. The first of several values of a name counts, as in the original.
fn form(text: &[u8]) -> IndexMap<String, Value> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(text).unwrap_or_default();
    let mut entries = IndexMap::new();
    for (name, value) in pairs {
        entries.entry(name).or_insert(Value::String(value));
    }
    entries
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::FromRequest;
    use actix_web::error::PayloadError;
    use actix_web::test::TestRequest;
    use actix_web::web::{Bytes, Data};
    use futures_util::stream;
    use serde_json::json;

    fn request(content_type: &str, largest_body: usize) -> TestRequest {
        let settings = HttpSettings { largest_body, ..HttpSettings::default() };
        let request = TestRequest::post().uri("/x?a=query&only=1").app_data(Data::new(settings));
        request.insert_header((CONTENT_TYPE, content_type))
    }

    async fn read(content_type: &str, body: &'static str, largest: usize) -> Result<Parameters, BodyError> {
        let (request, mut payload) = request(content_type, largest).set_payload(body).to_http_parts();
        let payload = Payload::from_request(&request, &mut payload).await.unwrap();
        Parameters::read_texts(&request, payload).await
    }

    #[actix_web::test]
    async fn a_body_that_stops_on_its_way_is_given_up_and_so_is_one_that_never_ends() {
        tokio::time::pause();
        let chunk = || Ok::<_, PayloadError>(Bytes::from_static(b"a=1&"));
        let stops = stream::once(async move { chunk() }).chain(stream::pending());
        let trickles = stream::unfold((), move |()| async move {
            tokio::time::sleep(Duration::from_secs(19)).await;
            Some((chunk(), ()))
        });
        for body in [stops.boxed_local(), trickles.boxed_local()] {
            let request = request("application/x-www-form-urlencoded", 1000).to_http_request();
            let mut payload = actix_web::dev::Payload::Stream { payload: body };
            let payload = Payload::from_request(&request, &mut payload).await.unwrap();
            assert_eq!(Parameters::read_texts(&request, payload).await.err(), Some(BodyError::TooSlow));
        }
    }

    #[actix_web::test]
    async fn a_body_that_announces_itself_as_too_large_is_not_waited_for() {
        let request = request("application/json", 10).insert_header((CONTENT_LENGTH, "11")).to_http_request();
        let mut payload = actix_web::dev::Payload::Stream { payload: stream::pending().boxed_local() };
        let payload = Payload::from_request(&request, &mut payload).await.unwrap();
        assert_eq!(Parameters::read_texts(&request, payload).await.err(), Some(BodyError::TooLarge));
    }

    #[actix_web::test]
    async fn a_json_body_keeps_its_values() {
        let body = r#"{"a":1,"variables":{"x":[1.0,null]},"none":null,"raw":false}"#;
        let parameters = read("application/json; charset=utf-8", body, 1000).await.unwrap();
        assert_eq!(parameters.get("variables"), Some(&json!({"x": [1.0, null]})));
        assert_eq!(parameters.text("a").as_deref(), Some("1"));
        assert_eq!(parameters.get("none"), None);
        assert_eq!(parameters.flag("raw"), Some(false));
        assert_eq!(parameters.text("only").as_deref(), Some("1"));
    }

    #[actix_web::test]
    async fn json_that_is_not_sent_as_such_is_noticed() {
        for (kind, unread) in
            [(FORM, Some(Unread::Json)), ("text/plain", Some(Unread::Json)), ("application/json", None)]
        {
            let parameters = read(kind, " {\"a\": 1}", 1000).await.unwrap();
            assert_eq!((parameters.unread(), parameters.is_json()), (unread, unread.is_none()));
        }
        assert_eq!(read(FORM, "a=%7B", 1000).await.unwrap().unread(), None);
    }

    #[actix_web::test]
    async fn a_body_of_another_kind_is_not_read_and_one_of_no_kind_is_a_form() {
        let other = read("text/plain; charset=utf-8", "a=b", 1000).await.unwrap();
        assert_eq!((other.unread(), other.text("a").as_deref()), (Some(Unread::Kind), Some("query")));
        let none = read("", "a=b", 1000).await.unwrap();
        assert_eq!((none.unread(), none.text("a").as_deref()), (None, Some("b")));
        assert_eq!(read("text/plain", "", 1000).await.unwrap().unread(), None);
    }

    #[actix_web::test]
    async fn no_is_said_as_the_original_takes_it_and_everything_else_is_yes() {
        for (said, yes) in [
            ("false", false),
            ("null", false),
            ("0", false),
            ("0.0", false),
            ("\"0\"", false),
            ("\"False\"", false),
            ("\" F \"", false),
            ("true", true),
            ("1", true),
            ("2", true),
            ("\"\"", true),
            ("\"no\"", true),
            ("\"None\"", true),
            ("[]", true),
        ] {
            let body: &'static str = Box::leak(format!("{{\"raw\": {said}}}").into_boxed_str());
            assert_eq!(read("application/json", body, 1000).await.unwrap().flag("raw"), Some(yes), "{said}");
        }
    }

    #[actix_web::test]
    async fn a_form_is_text() {
        let parameters = read("application/x-www-form-urlencoded", "a=b%26c+d&a=second&raw=F", 1000).await.unwrap();
        assert_eq!(parameters.get("a"), Some(&json!("b&c d")));
        assert_eq!(parameters.flag("raw"), Some(false));
        assert_eq!(parameters.flag("other"), None);
    }

    const MULTIPART: &str = "--b\r\nContent-Disposition: form-data; name=\"i\"\r\n\r\nx.yml\r\n--b\r\n\
        Content-Disposition: form-data; name=\"upload\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n\
        content\r\n--b--\r\n";

    #[actix_web::test]
    async fn multipart_gives_texts_and_a_file_needs_a_place() {
        let text = "--b\r\nContent-Disposition: form-data; name=\"i\"\r\n\r\nx.yml\r\n--b--\r\n";
        let parameters = read("multipart/form-data; boundary=b", text, 1000).await.unwrap();
        assert_eq!(parameters.text("i").as_deref(), Some("x.yml"));
        let request = request("multipart/form-data; boundary=b", 1000).set_payload(MULTIPART);
        let (request, mut payload) = request.to_http_parts();
        let payload = Payload::from_request(&request, &mut payload).await.unwrap();
        let anybody = async |_: &Parameters| Ok::<(), BodyError>(());
        assert_eq!(Parameters::read(&request, payload, anybody).await.err(), Some(BodyError::NotKept));
    }

    #[actix_web::test]
    async fn what_is_not_what_it_says_is_empty_and_what_is_too_large_is_refused() {
        let parameters = read("application/json", "{not json", 1000).await.unwrap();
        assert_eq!((parameters.text("a").as_deref(), parameters.unread()), (Some("query"), Some(Unread::NoObject)));
        assert_eq!(read("application/json", "", 1000).await.unwrap().unread(), None);
        assert_eq!(read("application/json", r#"{"a":1}"#, 6).await, Err(BodyError::TooLarge));
        assert_eq!(read("multipart/form-data; boundary=b", MULTIPART, 10).await, Err(BodyError::TooLarge));
        assert_eq!(read("multipart/form-data", MULTIPART, 1000).await, Err(BodyError::Broken));
    }
}
