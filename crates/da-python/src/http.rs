//! A request to another server and what comes back: plain data, for [`Host::http`](crate::Host::http).
//!
//! Nothing here is shown by `Debug`: headers, bodies and addresses hold secrets, and what cannot be printed reaches no log.

use std::time::Duration;

/// What is asked of another server.
#[derive(Clone, Default)]
pub struct HttpRequest {
    /// The method, in capitals.
    pub method: String,
    /// The whole address, with its query.
    pub url: String,
    /// The headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// Whether a redirect is followed.
    pub follows_redirects: bool,
    /// How long the script wants to wait at most. The host's own limit holds beside it.
    pub timeout: Option<Duration>,
}

/// What another server answered.
#[derive(Clone, Default)]
pub struct HttpResponse {
    /// The head of the last answer.
    pub head: HttpHead,
    /// Its body, unpacked.
    pub body: Vec<u8>,
    /// The answers before it, which led there; their bodies are not kept.
    pub history: Vec<HttpHead>,
    /// How long it took.
    pub took: Duration,
}

/// The head of an answer.
#[derive(Clone, Default)]
pub struct HttpHead {
    /// The address that answered.
    pub url: String,
    /// The status.
    pub status: u16,
    /// The words that belong to the status.
    pub reason: String,
    /// The headers, in order; a header that was sent twice is there twice.
    pub headers: Vec<(String, String)>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpFailure {
    /// What kind of failure it is.
    pub kind: HttpFailureKind,
    /// What is said about it: names of servers, but no address with its query, no header and no body.
    pub message: String,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpFailureKind {
    /// Nothing goes out from here, or not there.
    Refused,
    /// The request cannot be sent as it is.
    Unsendable,
    /// There is no connection, or it broke.
    Connection,
    /// The other server cannot show that it is who it says, or speaks no TLS.
    Tls,
    /// There was no connection in time.
    ConnectTimeout,
    /// There was no answer in time.
    ReadTimeout,
    /// One redirect led to another too often.
    TooManyRedirects,
    /// The answer is larger than what is taken.
    TooLarge,
}

impl HttpFailure {
    /// A failure and what is said about it.
    pub fn new(kind: HttpFailureKind, message: impl Into<String>) -> Self {
        HttpFailure { kind, message: message.into() }
    }

    /// The failure where nothing goes out.
    pub fn no_door() -> Self {
        Self::new(HttpFailureKind::Refused, "there is no way out to other servers from here")
    }
}

impl HttpFailureKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            HttpFailureKind::Refused => "refused",
            HttpFailureKind::Unsendable => "unsendable",
            HttpFailureKind::Connection => "connection",
            HttpFailureKind::Tls => "tls",
            HttpFailureKind::ConnectTimeout => "connect timeout",
            HttpFailureKind::ReadTimeout => "read timeout",
            HttpFailureKind::TooManyRedirects => "too many redirects",
            HttpFailureKind::TooLarge => "too large",
        }
    }
}
