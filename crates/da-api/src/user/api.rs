//! `/api/user/api` and `/api/user/<user_id>/api`: API keys.

use actix_web::HttpResponse;
use da_app::{KeyMethod, KeyWishes, ListWishes, NewKey, PERMISSIONS, ToldKey};
use da_core::UserId;
use da_http::Parameters;
use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// The name of a key is no longer than this.
const LONGEST_NAME: usize = 255;

/// Those of the owner of the key.
pub(crate) mod own {
    use super::*;

    pub(crate) async fn get(call: Call) -> Answer {
        let user = owner(&call)?;
        list(call, user).await
    }

    pub(crate) async fn post(call: Call) -> Answer {
        let user = owner(&call)?;
        make(call, user).await
    }

    pub(crate) async fn patch(call: Call) -> Answer {
        let user = owner(&call)?;
        change(call, user).await
    }

    pub(crate) async fn delete(call: Call) -> Answer {
        let user = owner(&call)?;
        remove(call, user).await
    }

    fn owner(call: &Call) -> Result<UserId, Refusal> {
        Ok(call.caller.user().ok_or(ApiError::AccessDenied)?.id)
    }
}

/// Those of any user.
pub(crate) mod of_user {
    use super::*;

    pub(crate) async fn get(call: Call) -> Answer {
        let user = call.user_id()?;
        list(call, user).await
    }

    pub(crate) async fn post(call: Call) -> Answer {
        let user = call.user_id()?;
        make(call, user).await
    }

    pub(crate) async fn patch(call: Call) -> Answer {
        let user = call.user_id()?;
        change(call, user).await
    }

    pub(crate) async fn delete(call: Call) -> Answer {
        let user = call.user_id()?;
        remove(call, user).await
    }
}

async fn list(call: Call, user: UserId) -> Answer {
    let (name, key) = (call.parameters.text("name"), call.parameters.text("api_key"));
    let one = name.is_some() || key.is_some();
    let keys = call.app.api_key_list(&call.caller, user, name, key.as_deref()).await?;
    match keys.first() {
        Some(first) if one => Ok(HttpResponse::Ok().json(told(first))),
        None if one => Err(ApiError::NoKey.into()),
        _ => Ok(HttpResponse::Ok().json(keys.iter().map(told).collect::<Value>())),
    }
}

fn told(key: &ToldKey) -> Value {
    json!({
        "constraints": key.allowed,
        "key": format!("{}{}", "*".repeat(28), key.last_four),
        "last_four": key.last_four,
        "method": key.method,
        "name": key.name,
        "permissions": key.permissions,
    })
}

async fn make(call: Call, user: UserId) -> Answer {
    let said = &call.parameters;
    let method = method(said)?.unwrap_or(KeyMethod::None);
    let allowed = texts(said, "allowed", ApiError::AllowedNotAList)?.unwrap_or_default();
    let name = said.text("name").ok_or(ApiError::NeedsName)?;
    let permissions = match call.caller.may(&["admin"], &[]) {
        true => whole_permissions(said)?.unwrap_or_default(),
        false => Vec::new(),
    };
    let new = NewKey { name: named(name)?, method, allowed, permissions };
    let key = call.app.api_key_new(&call.caller, user, new).await.map_err(Refusal::changing_keys)?;
    Ok(HttpResponse::Ok().json(key))
}

async fn change(call: Call, user: UserId) -> Answer {
    let said = &call.parameters;
    let is_own = call.caller.user().is_some_and(|caller| caller.id == user);
    let key = said.text("api_key").or_else(|| is_own.then(|| call.key.clone())).ok_or(ApiError::NoKeyGiven)?;
    let allowed = ListWishes {
        all: texts(said, "allowed", ApiError::AllowedNotAList)?,
        add: one_or_more(said, "add_to_allowed", ApiError::AddedNotAList)?,
        remove: one_or_more(said, "remove_from_allowed", ApiError::RemovedNotAList)?,
    };
    let permissions = match call.caller.may(&["admin"], &[]) {
        true => permission_wishes(said)?,
        false => ListWishes::default(),
    };
    let name = said.text("name").map(named).transpose()?;
    let wishes = KeyWishes { name, method: method(said)?, allowed, permissions };
    call.app.api_key_set(&call.caller, user, &key, wishes).await.map_err(Refusal::changing_keys)?;
    Ok(HttpResponse::NoContent().finish())
}

async fn remove(call: Call, user: UserId) -> Answer {
    let key = call.parameters.text("api_key").ok_or(ApiError::NeedsKey)?;
    call.app.api_key_delete(&call.caller, user, &key).await.map_err(Refusal::changing_keys)?;
    Ok(HttpResponse::NoContent().finish())
}

fn named(name: String) -> Result<String, ApiError> {
    if name.chars().count() > LONGEST_NAME { Err(ApiError::InvalidName) } else { Ok(name) }
}

fn method(said: &Parameters) -> Result<Option<KeyMethod>, ApiError> {
    let word = said.text("method");
    word.map(|word| KeyMethod::parse(&word).ok_or(ApiError::InvalidMethod)).transpose()
}

/// A list of texts, as JSON in a form.
fn texts(said: &Parameters, name: &str, wrong: ApiError) -> Result<Option<Vec<String>>, ApiError> {
    match said.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| wrong),
        Some(list) => serde_json::from_value(list.clone()).map(Some).map_err(|_| wrong),
    }
}

/// One text, or a list of them.
fn one_or_more(said: &Parameters, name: &str, wrong: ApiError) -> Result<Vec<String>, ApiError> {
    match said.get(name) {
        Some(Value::String(text)) if !text.starts_with('[') => Ok(vec![text.clone()]),
        _ => Ok(texts(said, name, wrong)?.unwrap_or_default()),
    }
}

fn whole_permissions(said: &Parameters) -> Result<Option<Vec<String>>, ApiError> {
    let parsed = match said.get("permissions") {
        Some(Value::String(text)) => Some(serde_json::from_str(text).map_err(|_| ApiError::PermissionsNotJson)?),
        other => other.cloned(),
    };
    let Some(parsed) = parsed else { return Ok(None) };
    let Value::Array(items) = parsed else { return Err(ApiError::PermissionsNotAList) };
    let text = |item: Value| item.as_str().map(str::to_owned).ok_or(ApiError::PermissionsNotTexts);
    let list: Vec<String> = items.into_iter().map(text).collect::<Result<_, _>>()?;
    known(list, ApiError::UnknownPermission).map(Some)
}

fn permission_wishes(said: &Parameters) -> Result<ListWishes, ApiError> {
    let add = one_or_more(said, "add_to_permissions", ApiError::AddedPermissionsNotAList)?;
    let remove = one_or_more(said, "remove_from_permissions", ApiError::RemovedPermissionsNotAList)?;
    Ok(ListWishes {
        all: whole_permissions(said)?,
        add: known(add, ApiError::UnknownAddedPermission)?,
        remove: known(remove, ApiError::UnknownRemovedPermission)?,
    })
}

fn known(list: Vec<String>, unknown: ApiError) -> Result<Vec<String>, ApiError> {
    if list.iter().all(|permission| PERMISSIONS.contains(&permission.as_str())) { Ok(list) } else { Err(unknown) }
}
