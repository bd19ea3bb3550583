//! Files that come with `POST /api/session`: each name becomes a list of files, under its own name or the one that
//! `file_variables` gives it.

use da_app::Sent;
use serde_json::Value;

use crate::call::Call;
use crate::error::ApiError;
use crate::structured::object;

/// The files, each with its variable.
pub(super) fn files(call: &mut Call) -> Result<Vec<Sent>, ApiError> {
    let dict = (ApiError::MalformedFileVariables, ApiError::FileVariablesNotADict);
    let variables = object(&call.parameters, "file_variables", dict)?.unwrap_or_default();
    let mut files = std::mem::take(&mut call.sent);
    for file in &mut files {
        if let Some(variable) = variables.get(&file.variable) {
            let Value::String(variable) = variable else { return Err(ApiError::MalformedFileVariable) };
            file.variable = variable.clone();
        }
        if !da_app::is_variable(&file.variable) {
            return Err(ApiError::MalformedFileVariable);
        }
    }
    Ok(files)
}
