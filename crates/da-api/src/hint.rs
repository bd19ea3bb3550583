//! What a refusal adds in a header, beside the documented text: what was probably meant.
//!
//! A hint says how a request was put together, and never whether a key or an account is known.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use da_http::{Parameters, Unread};

/// The header.
pub(crate) const NAME: &str = "x-hint";

const NO_KEY: &str = "No API key was found in this request. It goes into the parameter key, into the header or the cookie \
                      X-API-Key, or into Authorization as Bearer; in a multipart body it stands before the files.";

const OTHER_PLACE: &str = "An API key goes into the parameter key, into the header or the cookie X-API-Key, or into \
                           Authorization as Bearer; this request has one under another name.";

const OTHER_SCHEME: &str = "Authorization is read in the form `Bearer KEY`; this request has another scheme in it. An API key also goes \
                            into the parameter key, or into the header or the cookie X-API-Key.";

const NOT_AS_JSON: &str = "The body looks like JSON. It is read as JSON when its Content-Type is application/json.";

const NOT_READ: &str = "The body was not read: its Content-Type is none of application/json, \
                        application/x-www-form-urlencoded and multipart/form-data.";

const NO_OBJECT: &str =
    "The body is said to be JSON, and is no JSON object: it breaks off, has a mistake in it, or is something else.";

/// Names under which others keep keys.
const OTHER_NAMES: [&str; 8] =
    ["api_key", "apikey", "api-key", "x-api-key", "x-api-token", "x-auth-token", "access_token", "token"];

/// For a request without a key.
pub(crate) fn without_key(request: &HttpRequest, parameters: &Parameters) -> &'static str {
    let is_elsewhere = |name: &str| parameters.get(name).is_some() || request.headers().contains_key(name);
    if let Some(hint) = of_body(parameters) {
        return hint;
    }
    if OTHER_NAMES.iter().any(|name| is_elsewhere(name)) {
        return OTHER_PLACE;
    }
    if request.headers().contains_key(AUTHORIZATION) { OTHER_SCHEME } else { NO_KEY }
}

/// For a request that a desk refused.
pub(crate) fn of_body(parameters: &Parameters) -> Option<&'static str> {
    parameters.unread().map(|unread| match unread {
        Unread::Json => NOT_AS_JSON,
        Unread::Kind => NOT_READ,
        Unread::NoObject => NO_OBJECT,
    })
}
