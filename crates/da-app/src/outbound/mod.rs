//! The only way from this server to others: [`Client`] for interviews, and [`mail_send`] for mail.
//!
//! The client never connects to an address that is not public unless the configuration says so, never follows a redirect unchecked,
//! takes no proxy from the environment, keeps no connection for the next who asks, and writes nothing down: addresses, headers
//! and bodies hold secrets.

mod address;
mod hop;
mod resolve;
mod smtp;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tls_tests;

use std::io::Read;
use std::time::{Duration, Instant};

use da_interview::{HttpFailure, HttpFailureKind, HttpHead, HttpRequest, HttpResponse};
use tokio::sync::{Semaphore, SemaphorePermit};
use ureq::http::request::Builder;
use ureq::http::{Request, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, AsSendBody, Body, Error, Timeout};
use url::Url;

use crate::AppSettings;
use crate::package::LARGEST_ARCHIVE;
use hop::Hop;
use resolve::{GuardedResolver, Refused};

pub(crate) use smtp::{NotSent, message as mail_message, send as mail_send};

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 10;

/// Bytes that the head of an answer may have.
const LARGEST_HEAD: usize = 64 << 10;

/// What a client may do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Whether addresses are reached that are not public.
    pub(crate) allows_private: bool,
    /// How long a request may take, with its redirects.
    pub(crate) time: Duration,
    /// Bytes that a body may have, unpacked, in either direction.
    pub(crate) largest_body: usize,
}

impl Reach {
    /// What the settings allow.
    pub(crate) fn of(settings: &AppSettings) -> Self {
        Reach { allows_private: settings.private_addresses, time: settings.outbound_time, largest_body: 16 << 20 }
    }

    /// The same for packages, which are larger and take their time.
    pub(crate) fn of_packages(settings: &AppSettings) -> Self {
        Reach { time: settings.package_hosts.time, largest_body: LARGEST_ARCHIVE, ..Reach::of(settings) }
    }
}

/// So many interviews wait for other servers at once. Each is held in memory meanwhile.
const MOST_WAITING: usize = 64;

/// Asks other servers.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    reach: Reach,
    places: Semaphore,
}

impl Client {
    pub(crate) fn new(reach: Reach) -> Self {
        Client::trusting(reach, RootCerts::WebPki)
    }

    /// The same for servers whose certificates come from `roots`.
    fn trusting(reach: Reach, roots: RootCerts) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .max_idle_connections(0)
            .max_response_header_size(LARGEST_HEAD)
            .allow_non_standard_methods(true)
            .user_agent("da-server")
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        let resolver = GuardedResolver::new(reach.allows_private);
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Client { agent, reach, places: Semaphore::new(MOST_WAITING) }
    }

    /// How long a request may take.
    pub(crate) fn time(&self) -> Duration {
        self.reach.time
    }

    /// A place for an interview that waits.
    ///
    /// # Errors
    /// When too many wait.
    pub(crate) fn place(&self) -> Result<SemaphorePermit<'_>, HttpFailure> {
        let why = "too many requests to other servers are under way";
        self.places.try_acquire().map_err(|_| HttpFailure::new(HttpFailureKind::Connection, why))
    }

    /// Asks, and waits for the answer until `until` at most. Blocks the thread.
    ///
    /// # Errors
    /// Why there is no answer. An answer of any status is one.
    pub(crate) fn ask(&self, request: &HttpRequest, until: Instant) -> Result<HttpResponse, HttpFailure> {
        if request.body.len() > self.reach.largest_body {
            return Err(HttpFailure::new(HttpFailureKind::Unsendable, "the body of the request is too large"));
        }
        let time = request.timeout.map_or(self.reach.time, |wanted| wanted.min(self.reach.time));
        let begun = Instant::now();
        let until = until.min(begun + time);
        let mut hop = Hop::first(request)?;
        let mut history = Vec::new();
        loop {
            let response = self.send(&hop, until)?;
            let head = head_of(&hop.url, &response);
            let next = if request.follows_redirects { hop.next(&head)? } else { None };
            let Some(next) = next else {
                let body = self.body(response, &hop.url)?;
                return Ok(HttpResponse { head, body, history, took: begun.elapsed() });
            };
            history.push(head);
            if history.len() > MOST_REDIRECTS {
                let why = format!("Exceeded {MOST_REDIRECTS} redirects.");
                return Err(HttpFailure::new(HttpFailureKind::TooManyRedirects, why));
            }
            hop = next;
        }
    }

    fn send(&self, hop: &Hop<'_>, until: Instant) -> Result<Response<Body>, HttpFailure> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(failure(Error::Timeout(Timeout::Global), &hop.url));
        }
        let mut builder = Request::builder().method(&*hop.method).uri(hop.url.as_str());
        for (name, value) in &hop.headers {
            builder = builder.header(name, value);
        }
        let sent = if hop.sends_body() { self.run(builder, hop.body, left) } else { self.run(builder, (), left) };
        sent.map_err(|error| failure(error, &hop.url))
    }

    fn run(&self, builder: Builder, body: impl AsSendBody, left: Duration) -> Result<Response<Body>, Error> {
        let request = builder.body(body).map_err(Error::Http)?;
        self.agent.run(self.agent.configure_request(request).timeout_global(Some(left)).build())
    }

    fn body(&self, response: Response<Body>, url: &Url) -> Result<Vec<u8>, HttpFailure> {
        let mut body = Vec::new();
        // What is counted is what comes out, so that a small packed body cannot become a large one.
        let most = self.reach.largest_body as u64;
        let read = response.into_body().into_reader().take(most + 1).read_to_end(&mut body);
        read.map_err(|error| failure(Error::from(error), url))?;
        if body.len() > self.reach.largest_body {
            let why = format!("the answer of {} is larger than {most} bytes", host_of(url));
            return Err(HttpFailure::new(HttpFailureKind::TooLarge, why));
        }
        Ok(body)
    }
}

fn host_of(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

fn head_of(url: &Url, response: &Response<Body>) -> HttpHead {
    let headers = response.headers().iter();
    // As CPython reads them: a header is bytes, a character each.
    let text = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect();
    HttpHead {
        url: url.to_string(),
        status: response.status().as_u16(),
        reason: response.status().canonical_reason().unwrap_or_default().to_owned(),
        headers: headers.map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect(),
    }
}

/// The failure in words that name the server alone.
fn failure(error: Error, url: &Url) -> HttpFailure {
    use HttpFailureKind as Kind;
    let host = host_of(url);
    let (kind, why) = match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            (Kind::ConnectTimeout, "no connection in time".to_owned())
        }
        Error::Timeout(_) => (Kind::ReadTimeout, "no answer in time".to_owned()),
        Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<Refused>()) => {
            (Kind::Refused, format!("{}, and `allow private addresses` is off", resolve::NOT_PUBLIC))
        }
        // Where a certificate is refused in the middle of reading.
        Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
            (Kind::Tls, error.to_string())
        }
        Error::HostNotFound => (Kind::Connection, "the name is not known".to_owned()),
        Error::Tls(why) => (Kind::Tls, why.to_owned()),
        Error::Rustls(error) => (Kind::Tls, error.to_string()),
        Error::LargeResponseHeader(..) => (Kind::TooLarge, "the headers of the answer are too large".to_owned()),
        Error::Http(_) | Error::BadUri(_) => (Kind::Unsendable, "the request cannot be sent as it is".to_owned()),
        Error::Io(error) => (Kind::Connection, error.to_string()),
        Error::Protocol(_) => (Kind::Connection, "it does not speak HTTP as it should".to_owned()),
        _ => (Kind::Connection, "the connection failed".to_owned()),
    };
    HttpFailure::new(kind, format!("{host}: {why}"))
}
