//! [`Asker`]: asks the servers of one source for one package.
//!
//! It never follows a redirect to a server that the source is not known to hand out packages from, nor one from https to http.

use std::time::Instant;

use da_interview::{HttpFailure, HttpFailureKind, HttpRequest, HttpResponse};
use url::Url;

use crate::outbound::Client;

/// So many redirects are followed.
const MOST_REDIRECTS: usize = 5;

/// Asks servers for one package.
pub(super) struct Asker<'a> {
    client: &'a Client,
    until: Instant,
    /// Where the source stands, the servers that are known to belong to it, and those that the operator adds.
    base: Option<String>,
    known: &'a [&'a str],
    others: &'a [String],
}

impl<'a> Asker<'a> {
    pub(super) fn new(
        client: &'a Client,
        until: Instant,
        (base, known, others): (&str, &'a [&'a str], &'a [String]),
    ) -> Self {
        let base = Url::parse(base).ok().and_then(|base| place(&base));
        Asker { client, until, base, known, others }
    }

    /// The answer of an address, of whatever status, behind all redirects.
    pub(super) fn get(&self, url: &str) -> Result<HttpResponse, String> {
        let mut url = Url::parse(url).map_err(|_| "That is no address.".to_owned())?;
        for _ in 0..=MOST_REDIRECTS {
            let answer = self.ask(&url)?;
            if !matches!(answer.head.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(answer);
            }
            let headers = &answer.head.headers;
            let to = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"));
            let next = to.and_then(|(_, to)| url.join(to).ok());
            let next = next.ok_or_else(|| format!("{} leads nowhere.", named(&url)))?;
            self.follow(&url, &next)?;
            url = next;
        }
        Err(format!("{} leads on and on.", named(&url)))
    }

    /// Makes sure that what stands at one address may come from another.
    pub(super) fn follow(&self, from: &Url, to: &Url) -> Result<(), String> {
        let is_known = place(to).is_some_and(|place| {
            self.base.as_ref() == Some(&place)
                || self.known.contains(&place.as_str())
                || self.others.iter().any(|other| other.eq_ignore_ascii_case(&place))
        });
        let keeps_care = to.scheme() == "https" || (to.scheme() == "http" && from.scheme() == "http");
        match (is_known, keeps_care) {
            (true, true) => Ok(()),
            (true, false) => Err(format!("{} leads from https to {}.", named(from), to.scheme())),
            (false, _) => Err(format!(
                "{} leads to {}, which is not among the servers that packages may come from (`package hosts`).",
                named(from),
                named(to)
            )),
        }
    }

    fn ask(&self, url: &Url) -> Result<HttpResponse, String> {
        let request = HttpRequest { method: "GET".to_owned(), url: url.to_string(), ..HttpRequest::default() };
        self.client.ask(&request, self.until).map_err(|HttpFailure { kind, message }| match kind {
            HttpFailureKind::ReadTimeout | HttpFailureKind::ConnectTimeout => format!("It took too long: {message}."),
            _ => format!("{}.", message.trim_end_matches('.')),
        })
    }
}

fn named(url: &Url) -> &str {
    url.host_str().unwrap_or("an address without a server")
}

/// The server of an address: its name, with the port where that is not the usual one. None where a name or a password stands
/// before it, which no server of ours asks for.
fn place(url: &Url) -> Option<String> {
    let host = url.host_str().filter(|_| url.username().is_empty() && url.password().is_none())?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AppSettings;
    use crate::outbound::Reach;

    #[test]
    fn a_package_comes_from_known_servers_alone_and_never_with_less_care() {
        let client = Client::new(Reach::of(&AppSettings::default()));
        let others = ["mirror.example:8443".to_owned()];
        let asker = Asker::new(&client, Instant::now(), ("https://pypi.example/pypi", &["files.example"], &others));
        let lead = |from: &str, to: &str| asker.follow(&Url::parse(from).unwrap(), &Url::parse(to).unwrap());
        for to in ["https://pypi.example/x", "https://files.example/a", "https://mirror.example:8443/a"] {
            assert_eq!(lead("https://pypi.example/", to), Ok(()), "{to}");
        }
        assert_eq!(lead("http://pypi.example/", "http://files.example/a"), Ok(()));
        let less = lead("https://pypi.example/", "http://files.example/a").unwrap_err();
        assert_eq!(less, "pypi.example leads from https to http.");
        for to in [
            "https://evil.example/a",
            "https://mirror.example/a",
            "https://files.example:444/a",
            "https://files.example.evil.example/a",
            "https://me:secret@files.example/a",
            "file:///etc/passwd",
        ] {
            let why = lead("https://pypi.example/", to).unwrap_err();
            assert!(why.contains("is not among the servers that packages may come from"), "{to}: {why}");
            assert!(!why.contains("secret"));
        }
    }
}
