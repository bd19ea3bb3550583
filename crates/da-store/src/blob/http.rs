//! How an object store is reached: the requests that `object_store` makes go out over `ureq`, on threads that may block.
//!
//! No redirect is followed, no proxy is taken from the environment, and nothing of a request is written down: its headers are
//! signed. An answer is handed on in pieces, as it comes.

use std::fmt;
use std::future::poll_fn;
use std::io::{ErrorKind, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http_body::{Body as _, Frame};
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpResponseBody,
    HttpService,
};
use tokio::sync::mpsc::{self, Receiver, Sender};
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Body};

/// Bytes of an answer that are handed on at once.
const PIECE: usize = 64 * 1024;

/// Pieces that may wait for their reader.
const PIECES: usize = 4;

/// How long a connection may take, and the head of an answer.
const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(60);

/// Makes the clients of object stores.
#[derive(Debug, Clone, Copy)]
pub(super) struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER))
            // What is kept is sealed: there is nothing to pack, and nothing may be unpacked on the way.
            .accept_encoding("identity")
            .user_agent("da-server")
            .build();
        Ok(HttpClient::new(Client(Agent::new_with_config(config))))
    }
}

struct Client(Agent);

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
        let agent = self.0.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = whole(body).await?;
            let run = move || {
                // A body, however empty, where the method has one.
                let sends = matches!(head.method, Method::POST | Method::PUT);
                match sends {
                    true => agent.run(Request::from_parts(head, &body[..])),
                    false => agent.run(Request::from_parts(head, ())),
                }
            };
            let answered = tokio::task::spawn_blocking(run).await;
            let answer = answered.map_err(|lost| HttpError::new(HttpErrorKind::Unknown, lost))?.map_err(failed)?;
            Ok(in_pieces(answer))
        })
    }
}

/// An answer whose body is read as it is asked for.
fn in_pieces(answer: Response<Body>) -> HttpResponse {
    let (head, body) = answer.into_parts();
    let (pieces, waiting) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || read(body, &pieces));
    HttpResponse::from_parts(head, HttpResponseBody::new(Pieces(waiting)))
}

/// The body of an answer, as its pieces come.
struct Pieces(Receiver<Result<Bytes, HttpError>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let piece = self.get_mut().0.poll_recv(cx);
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
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

/// Reads to the end, or until nobody wants more.
fn read(body: Body, pieces: &Sender<Result<Bytes, HttpError>>) {
    let mut reader = body.into_with_config().limit(u64::MAX).reader();
    loop {
        let mut piece = vec![0; PIECE];
        let read = match reader.read(&mut piece) {
            Ok(0) => return,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                let _nobody_waits = pieces.blocking_send(Err(HttpError::new(HttpErrorKind::Interrupted, error)));
                return;
            }
        };
        piece.truncate(read);
        if pieces.blocking_send(Ok(Bytes::from(piece))).is_err() {
            return;
        }
    }
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
