//! Parameters that hold JSON (as text in a form, as they are in a JSON body), and numbers of seconds.

use da_http::Parameters;
use serde_json::{Map, Value};

use crate::ApiError;

/// How long a link is good when nothing is said.
pub(crate) const HOUR: i64 = 3600;

/// A number of seconds, at least one.
pub(crate) fn seconds(parameters: &Parameters, name: &str, usual: i64) -> Result<i64, ApiError> {
    match parameters.text(name) {
        None => Ok(usual),
        Some(text) => text.trim().parse().ok().filter(|seconds| *seconds > 0).ok_or(ApiError::BadSeconds),
    }
}

/// An object; none when the parameter is not there or empty.
pub(crate) fn object(
    parameters: &Parameters,
    name: &str,
    (malformed, not_a_dict): (ApiError, ApiError),
) -> Result<Option<Map<String, Value>>, ApiError> {
    match parsed(parameters, name, malformed)? {
        None => Ok(None),
        Some(Value::Object(entries)) => Ok(Some(entries)),
        Some(_) => Err(not_a_dict),
    }
}

/// A list of texts; empty when the parameter is not there.
pub(crate) fn texts(
    parameters: &Parameters,
    name: &str,
    (malformed, not_a_list): (ApiError, ApiError),
) -> Result<Vec<String>, ApiError> {
    let items = match parsed(parameters, name, malformed.clone())? {
        None => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(not_a_list),
    };
    let text = |item: Value| match item {
        Value::String(text) => Ok(text),
        _ => Err(malformed.clone()),
    };
    items.into_iter().map(text).collect()
}

fn parsed(parameters: &Parameters, name: &str, malformed: ApiError) -> Result<Option<Value>, ApiError> {
    match parameters.get(name) {
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| malformed),
        other => Ok(other.cloned()),
    }
}
