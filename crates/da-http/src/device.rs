//! The device that a request comes from, as interviews may know it.
//!
//! The address is the real one, as [`RealAddress`] has it; the rest is what the client says.

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderName, REFERER, USER_AGENT};
use actix_web::{HttpMessage, HttpRequest};
use da_core::Device;

use crate::RealAddress;

/// What a header may be long; what is longer is cut off.
const LONGEST: usize = 1000;

/// Reads off a request where it comes from.
pub fn device(request: &HttpRequest) -> Device {
    let header = |name: HeaderName| {
        let said = request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        said.unwrap_or_default().chars().take(LONGEST).collect()
    };
    Device {
        address: request.extensions().get::<RealAddress>().map(|real| real.0.clone()).unwrap_or_default(),
        agent: header(USER_AGENT),
        languages: header(ACCEPT_LANGUAGE),
        referrer: header(REFERER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_address_is_the_real_one_and_long_headers_are_cut() {
        let request = TestRequest::default().insert_header((USER_AGENT, "x".repeat(5000)));
        let request = request.insert_header((ACCEPT_LANGUAGE, "fr, en;q=0.5")).to_http_request();
        request.extensions_mut().insert(RealAddress("203.0.113.9".to_owned()));
        let told = device(&request);
        assert_eq!(told.address, "203.0.113.9");
        assert_eq!(told.agent.len(), LONGEST);
        assert_eq!(told.languages, "fr, en;q=0.5");
        assert_eq!(told.referrer, "");
    }
}
