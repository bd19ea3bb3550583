//! `/api/package`: the packages of this server.
//!
//! What was sent is installed when the answer is sent; what is fetched is, unless that takes long. `restart` has no effect.

use actix_web::HttpResponse;
use da_app::ToldPackage;
use serde_json::{Map, Value, json};

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// The list of packages.
pub(crate) async fn get(call: Call) -> Answer {
    let packages = call.app.package_list(&call.caller).await?;
    Ok(HttpResponse::Ok().json(packages.into_iter().map(told).collect::<Value>()))
}

fn told(package: ToldPackage) -> Value {
    let ToldPackage { name, kind, version, origin, branch, file, can_update, can_uninstall } = package;
    let mut told: Map<String, Value> = Map::new();
    told.insert("name".to_owned(), name.into());
    told.insert("type".to_owned(), kind.into());
    told.insert("can_update".to_owned(), can_update.into());
    told.insert("can_uninstall".to_owned(), can_uninstall.into());
    let mut if_any = |key: &str, value: Option<Value>| value.map(|value| told.insert(key.to_owned(), value));
    if_any("version", version.map(Value::from));
    if_any("git_url", origin.map(Value::from));
    if_any("branch", branch.map(Value::from));
    if_any("zip_file_number", file.map(|file| file.0.into()));
    Value::Object(told)
}

/// Installs or updates a package.
pub(crate) async fn post(mut call: Call) -> Answer {
    call.app.package_may_manage(&call.caller)?;
    let said = &call.parameters;
    let (update, address, pip) = (said.text("update"), said.text("github_url"), said.text("pip"));
    let archive = call.sent.iter().position(|sent| sent.variable == "zip");
    let wishes = [update.is_some(), address.is_some(), pip.is_some(), archive.is_some()];
    match wishes.into_iter().filter(|wish| *wish).count() {
        0 => return Err(ApiError::NoInstructions.into()),
        1 => {}
        _ => return Err(ApiError::OnePackage.into()),
    }
    let task = if let Some(archive) = archive {
        let sent = call.sent.swap_remove(archive);
        call.app.package_install(&call.caller, sent).await?
    } else if let Some(name) = update {
        call.app.package_update(&call.caller, &name).await?
    } else if let Some(address) = address {
        call.app.package_clone(&call.caller, &address, call.parameters.text("branch").as_deref()).await?
    } else {
        call.app.package_download(&call.caller, &pip.unwrap_or_default()).await?
    };
    Ok(HttpResponse::Ok().json(json!({"task_id": task})))
}

/// Removes a package.
pub(crate) async fn delete(call: Call) -> Answer {
    call.app.package_may_manage(&call.caller)?;
    let name = call.parameters.text("package").ok_or(ApiError::NeedsPackage)?;
    let removed = call.app.package_remove(&call.caller, &name).await;
    let task = removed.map_err(Refusal::removing_package)?;
    Ok(HttpResponse::Ok().json(json!({"task_id": task})))
}
