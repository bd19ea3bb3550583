//! How an object store is reached: the requests that `object_store` makes go out over `ureq`, on threads that may block.
//!
//! No redirect is followed, no proxy is taken from the environment, and nothing of a request is written down: its headers are
//! signed. A thread is taken for as long as the store takes to answer, never for as long as somebody takes to read what it
//! answered: contents are asked for piece by piece, and a piece is read to its end at once. So many requests are under way at
//! once, and each for so long, that a store which is slow takes nothing from the rest of the server.

use std::fmt;
use std::future::poll_fn;
use std::io::ErrorKind;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http_body::Body as _;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpResponseBody,
    HttpService,
};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use ureq::Agent;
use ureq::http::{Method, Request};

/// Bytes that an answer may have: a piece of a content, or a list of names.
const LARGEST_ANSWER: u64 = 16 << 20;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);

/// So many requests are under way at once. Others wait, and not for ever.
const MOST_AT_ONCE: usize = 32;
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes the clients of object stores.
#[derive(Debug, Clone, Copy)]
pub(super) struct Connector {
    /// How long a request may take, with its answer.
    pub(super) time: Duration,
}

impl HttpConnector for Connector {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_connect(Some(CONNECT.min(self.time)))
            .timeout_global(Some(self.time))
            // What is kept is sealed: there is nothing to pack, and nothing may be unpacked on the way.
            .accept_encoding("identity")
            .user_agent("da-server")
            .build();
        let places = Arc::new(Semaphore::new(MOST_AT_ONCE));
        Ok(HttpClient::new(Client { agent: Agent::new_with_config(config), places }))
    }
}

struct Client {
    agent: Agent,
    places: Arc<Semaphore>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}

impl HttpService for Client {
    fn call<'life0, 'async_trait>(
        &'life0 self,
        request: HttpRequest,
    ) -> BoxFuture<'async_trait, Result<HttpResponse, HttpError>>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        let (agent, places) = (self.agent.clone(), Arc::clone(&self.places));
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = whole(body).await?;
            let place = timeout(PATIENCE, places.acquire_owned()).await;
            let place = place.map_err(|late| HttpError::new(HttpErrorKind::Timeout, late))?;
            let run = move || {
                // The place is given back when the thread is, whoever has gone meanwhile.
                let _place = place;
                // A body, however empty, where the method has one.
                let sends = matches!(head.method, Method::POST | Method::PUT);
                let answer = match sends {
                    true => agent.run(Request::from_parts(head, &body[..])),
                    false => agent.run(Request::from_parts(head, ())),
                };
                let (head, body) = answer.map_err(failed)?.into_parts();
                let bytes = body.into_with_config().limit(LARGEST_ANSWER).read_to_vec().map_err(failed)?;
                Ok(HttpResponse::from_parts(head, HttpResponseBody::from(Bytes::from(bytes))))
            };
            tokio::task::spawn_blocking(run).await.map_err(|lost| HttpError::new(HttpErrorKind::Unknown, lost))?
        })
    }
}

/// The body of a request: a part of a content at most, which is in memory anyway.
async fn whole(mut body: HttpRequestBody) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::with_capacity(body.content_length());
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}

/// What `object_store` may try again.
fn failed(error: ureq::Error) -> HttpError {
    let kind = match &error {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => HttpErrorKind::Connect,
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => HttpErrorKind::Connect,
        ureq::Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}
