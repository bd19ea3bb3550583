//! Where a call comes from, and whether an API key may be used from there.

/// Where a call comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CameFrom {
    /// The address of the caller, as text.
    pub address: String,
    /// The page that the call was made from (`Referer`, else `Origin`).
    pub referrer: Option<String>,
}

/// How it is checked where a call comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMethod {
    /// By the address.
    Ip,
    /// By the page.
    Referer,
    /// Not at all.
    None,
}

impl KeyMethod {
    /// docassemble's word.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyMethod::Ip => "ip",
            KeyMethod::Referer => "referer",
            KeyMethod::None => "none",
        }
    }

    /// The method of a word.
    pub fn parse(word: &str) -> Option<KeyMethod> {
        [KeyMethod::Ip, KeyMethod::Referer, KeyMethod::None].into_iter().find(|method| method.as_str() == word)
    }

    /// Whether a call may come from there. A key without places may be used from everywhere.
    pub(super) fn lets_in(self, allowed: &[String], from: &CameFrom) -> bool {
        if allowed.is_empty() {
            return true;
        }
        match self {
            KeyMethod::None => true,
            KeyMethod::Ip => allowed.contains(&from.address),
            KeyMethod::Referer => {
                let Some(referrer) = &from.referrer else { return false };
                allowed.iter().any(|pattern| fits(pattern, referrer))
            }
        }
    }
}

/// Whether a pattern with stars fits the address of a page, without its scheme and its query. What fits begins in the
/// host: a foreign page with our name in its path is none of ours.
fn fits(pattern: &str, referrer: &str) -> bool {
    let page = without_scheme(referrer.split('?').next().unwrap_or_default());
    let host = page.find('/').unwrap_or(page.len());
    let mut parts = without_scheme(pattern.trim_matches('*')).split('*').filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return true };
    let Some(start) = page.find(first).filter(|start| *start < host) else { return false };
    let mut rest = &page[start + first.len()..];
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

fn without_scheme(address: &str) -> &str {
    address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_compared_without_scheme_and_query() {
        let page = "https://www.example.com/a/b?key=evil.com";
        for pattern in
            ["*example.com*", "www.example.com", "https://www.example.com", "*.com/a*", "example.com/*/b", "*"]
        {
            assert!(fits(pattern, page), "{pattern}");
        }
        for pattern in ["evil.com", "example.org", "b*a", "/a/b"] {
            assert!(!fits(pattern, page), "{pattern}");
        }
        assert!(!fits("example.com", "https://evil.com/example.com"));
        assert!(fits("https://a.example", "https://a.example"));
    }

    #[test]
    fn a_key_with_places_is_used_from_there_alone() {
        let from = |address: &str, referrer: Option<&str>| CameFrom {
            address: address.to_owned(),
            referrer: referrer.map(str::to_owned),
        };
        let places = |place: &str| vec![place.to_owned()];
        assert!(KeyMethod::Ip.lets_in(&places("192.0.2.7"), &from("192.0.2.7", None)));
        assert!(!KeyMethod::Ip.lets_in(&places("192.0.2.7"), &from("192.0.2.70", None)));
        assert!(!KeyMethod::Referer.lets_in(&places("*"), &from("192.0.2.7", None)));
        assert!(KeyMethod::Referer.lets_in(&places("a.example"), &from("", Some("http://a.example/b"))));
        assert!(KeyMethod::Referer.lets_in(&[], &from("", None)));
        assert!(KeyMethod::None.lets_in(&places("192.0.2.7"), &from("", None)));
    }
}
