//! Where an API key may be: query, body, cookie, header, or bearer token, in this order.
//!
//! It finds the key and never judges it.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;

use crate::Parameters;

/// The name of the cookie and of the header.
pub const NAME: &str = "X-API-Key";

/// The key that a request brings, if it brings one.
pub fn api_key(request: &HttpRequest, parameters: &Parameters) -> Option<String> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let bearer = || {
        let value = header(AUTHORIZATION.as_str())?;
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
    };
    parameters
        .key()
        .or_else(|| request.cookie(NAME).map(|cookie| cookie.value().to_owned()))
        .or_else(|| header(NAME))
        .or_else(bearer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::cookie::Cookie;
    use actix_web::test::TestRequest;

    #[actix_web::test]
    async fn the_key_is_found_wherever_it_was_put() {
        let none = Parameters::default();
        let cookie = TestRequest::get().cookie(Cookie::new(NAME, "in-cookie")).insert_header((NAME, "in-header"));
        assert_eq!(api_key(&cookie.to_http_request(), &none).as_deref(), Some("in-cookie"));
        let header = TestRequest::get().insert_header((NAME, "in-header")).insert_header((AUTHORIZATION, "Bearer b"));
        assert_eq!(api_key(&header.to_http_request(), &none).as_deref(), Some("in-header"));
        let bearer = TestRequest::get().insert_header((AUTHORIZATION, "bearer  token ")).to_http_request();
        assert_eq!(api_key(&bearer, &none).as_deref(), Some("token"));
        let basic = TestRequest::get().insert_header((AUTHORIZATION, "Basic abc")).to_http_request();
        assert_eq!(api_key(&basic, &none), None);
        let query = Parameters::from_query("key=in-query&i=x");
        assert_eq!(api_key(&bearer, &query).as_deref(), Some("in-query"));
    }
}
