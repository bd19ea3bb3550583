//! `/api/user/new`: makes an account.

use actix_web::HttpResponse;
use da_app::NewAccount;
use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::dto;
use crate::error::{ApiError, Refusal};

/// Makes an account, with a password of its own where none is given.
pub(crate) async fn post(call: Call) -> Answer {
    let parameters = &call.parameters;
    // Whoever may not make accounts is not told what is wrong with one.
    if !call.caller.may(&["admin"], &["create_user"]) {
        return Err(ApiError::AccessDenied.into());
    }
    let email = parameters.filled("username").or_else(|| parameters.filled("email")).ok_or(ApiError::NeedsEmail)?;
    let password = parameters.text("password");
    if password.as_deref() == Some("") {
        return Err(ApiError::EmptyPassword.into());
    }
    let privileges = privileges(parameters.get("privileges"))?;
    let new = NewAccount { email, password, privileges, profile: dto::profile(parameters) };
    let (id, password) = call.app.user_new(&call.caller, new).await.map_err(Refusal::making)?;
    Ok(HttpResponse::Ok().json(json!({"user_id": id.0, "password": password})))
}

/// A name, or a list of names; in a form the list is JSON. None means `user`.
fn privileges(said: Option<&Value>) -> Result<Vec<String>, ApiError> {
    let parsed = match said {
        Some(Value::String(text)) if text.trim_start().starts_with(['[', '{']) => {
            Some(serde_json::from_str(text).map_err(|_| ApiError::PrivilegesNotAList)?)
        }
        other => other.cloned(),
    };
    match parsed {
        None => Ok(vec!["user".to_owned()]),
        Some(Value::String(name)) if name.is_empty() => Ok(vec!["user".to_owned()]),
        Some(Value::String(name)) => Ok(vec![name]),
        Some(Value::Array(names)) => {
            let name = |name: Value| name.as_str().map(str::to_owned).ok_or(ApiError::PrivilegesNotAList);
            names.into_iter().map(name).collect()
        }
        Some(_) => Err(ApiError::PrivilegesNotAList),
    }
}
