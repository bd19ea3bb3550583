//! Cross-origin headers.
//!
//! Without a configuration every domain may call, and none with credentials. With `cross site domains` only
//! those may call, and may bring a cookie.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE, HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY,
};

use crate::HttpSettings;

/// The headers for one request.
#[derive(Debug, PartialEq, Eq)]
pub struct Cors {
    origin: Option<HeaderValue>,
    restricted: bool,
}

impl Cors {
    /// Decides by the `Origin` of a request.
    pub fn new(settings: &HttpSettings, request: &HeaderMap) -> Self {
        let any = || Some(HeaderValue::from_static("*"));
        let domains = &settings.cross_site_domains;
        if domains.is_empty() || domains.iter().any(|domain| domain == "*") {
            return Cors { origin: any(), restricted: false };
        }
        let origin = request.get(ORIGIN).filter(|origin| {
            let same = |domain: &String| domain.trim_end_matches('/').as_bytes() == origin.as_bytes();
            domains.iter().any(same)
        });
        Cors { origin: origin.cloned(), restricted: true }
    }

    /// Writes the headers of an answer of a resource that has `methods`.
    pub fn write(self, methods: &[&str], headers: &mut HeaderMap) {
        if self.restricted {
            headers.append(VARY, HeaderValue::from_static("Origin"));
        }
        let Some(origin) = self.origin else { return };
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if self.restricted {
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        put(headers, ACCESS_CONTROL_ALLOW_METHODS, &allowed(methods));
        put(headers, ACCESS_CONTROL_MAX_AGE, "21600");
        put(headers, ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, origin");
    }
}

/// What the documentation prints, and what else the resource has.
fn allowed(methods: &[&str]) -> String {
    let usual = ["GET", "POST", "HEAD"];
    let more = methods.iter().filter(|method| !usual.contains(method)).copied();
    usual.into_iter().chain(more).collect::<Vec<_>>().join(", ")
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(domains: &[&str], origin: Option<&'static str>, methods: &[&str]) -> Vec<String> {
        let settings = HttpSettings {
            cross_site_domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
            ..HttpSettings::default()
        };
        let mut request = HeaderMap::new();
        if let Some(origin) = origin {
            request.insert(ORIGIN, HeaderValue::from_static(origin));
        }
        let mut answer = HeaderMap::new();
        Cors::new(&settings, &request).write(methods, &mut answer);
        let mut lines: Vec<String> =
            answer.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.sort();
        lines
    }

    #[test]
    fn by_default_the_documented_headers_are_sent() {
        let expected = [
            "access-control-allow-headers: Content-Type, origin",
            "access-control-allow-methods: GET, POST, HEAD",
            "access-control-allow-origin: *",
            "access-control-max-age: 21600",
        ];
        assert_eq!(written(&[], None, &["GET"]), expected);
        assert_eq!(written(&[], Some("https://a.example"), &["GET"]), expected);
        assert_eq!(written(&[], None, &["GET", "DELETE"])[1], "access-control-allow-methods: GET, POST, HEAD, DELETE");
    }

    #[test]
    fn configured_domains_alone_may_call_and_bring_a_cookie() {
        let lines = written(&["https://a.example"], Some("https://a.example"), &["GET"]);
        assert!(lines.contains(&"access-control-allow-origin: https://a.example".to_owned()));
        assert!(lines.contains(&"access-control-allow-credentials: true".to_owned()));
        assert!(lines.contains(&"vary: Origin".to_owned()));
        assert_eq!(written(&["https://a.example"], Some("https://b.example"), &["GET"]), ["vary: Origin"]);
        assert_eq!(written(&["https://a.example"], None, &["GET"]), ["vary: Origin"]);
    }
}
