//! [`Hop`]: one request of a chain of redirects, and what the next one is.
//!
//! Credentials never reach another server than the one that they were meant for.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use da_interview::{HttpFailure, HttpFailureKind, HttpHead, HttpRequest};
use percent_encoding::percent_decode_str;
use url::Url;

/// Headers that the client writes itself.
const OWN: [&str; 9] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Headers that open something.
const CREDENTIALS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// Headers that are about a body.
const ABOUT_BODY: [&str; 4] = ["content-type", "content-encoding", "content-language", "content-location"];

/// One request.
pub(super) struct Hop<'a> {
    pub(super) method: Cow<'a, str>,
    /// Without user and password, which are a header.
    pub(super) url: Url,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: &'a [u8],
}

fn unsendable(why: impl Into<String>) -> HttpFailure {
    HttpFailure::new(HttpFailureKind::Unsendable, why)
}

fn one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

impl<'a> Hop<'a> {
    /// The request as the script made it.
    pub(super) fn first(request: &'a HttpRequest) -> Result<Self, HttpFailure> {
        let url = Url::parse(&request.url).map_err(|why| unsendable(format!("the address is not valid: {why}")))?;
        let is_own = |name: &str| one_of(&OWN, name);
        let headers = request.headers.iter().filter(|(name, _)| !is_own(name)).cloned().collect();
        let mut hop = Hop { method: Cow::Borrowed(&request.method), url, headers, body: &request.body };
        hop.settle()?;
        Ok(hop)
    }

    /// Refuses what is not HTTP, and takes user and password out of the address.
    fn settle(&mut self) -> Result<(), HttpFailure> {
        if !matches!(self.url.scheme(), "http" | "https") {
            return Err(unsendable(format!("{}: only http and https go out from here", self.url.scheme())));
        }
        if self.url.host_str().is_none_or(str::is_empty) {
            return Err(unsendable("the address names no server"));
        }
        let has_header = self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        if !self.url.username().is_empty() && !has_header {
            let decoded = |text: &str| percent_decode_str(text).collect::<Vec<u8>>();
            let mut pair = decoded(self.url.username());
            pair.push(b':');
            pair.extend(decoded(self.url.password().unwrap_or_default()));
            self.headers.push(("authorization".to_owned(), format!("Basic {}", BASE64_STANDARD.encode(pair))));
        }
        // These fail only for addresses without a server.
        let _taken = (self.url.set_username(""), self.url.set_password(None));
        self.url.set_fragment(None);
        Ok(())
    }

    /// Whether there is a body, or must be one however empty.
    pub(super) fn sends_body(&self) -> bool {
        !self.body.is_empty() || matches!(&*self.method, "POST" | "PUT" | "PATCH")
    }

    /// The request that an answer leads to; none when it leads nowhere.
    pub(super) fn next(&self, answer: &HttpHead) -> Result<Option<Self>, HttpFailure> {
        if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let location = answer.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"));
        let Some((_, location)) = location else { return Ok(None) };
        let url = self.url.join(location).map_err(|why| unsendable(format!("the redirect is not valid: {why}")))?;
        let becomes_get = match answer.status {
            303 | 302 => self.method != "HEAD",
            301 => self.method == "POST",
            _ => false,
        };
        let stays = same_server(&self.url, &url);
        let keeps = |name: &str| (stays || !one_of(&CREDENTIALS, name)) && !(becomes_get && one_of(&ABOUT_BODY, name));
        let headers = self.headers.iter().filter(|(name, _)| keeps(name)).cloned().collect();
        let (method, body) =
            if becomes_get { (Cow::Borrowed("GET"), &[][..]) } else { (self.method.clone(), self.body) };
        let mut next = Hop { method, url, headers, body };
        next.settle()?;
        Ok(Some(next))
    }
}

/// Whether credentials for one address hold for the other: the same server, or the same with TLS.
fn same_server(from: &Url, to: &Url) -> bool {
    let usual = |url: &Url| url.port().is_none();
    let with_tls = from.scheme() == "http" && to.scheme() == "https" && usual(from) && usual(to);
    from.host_str() == to.host_str()
        && (with_tls || (from.scheme() == to.scheme() && from.port_or_known_default() == to.port_or_known_default()))
}
