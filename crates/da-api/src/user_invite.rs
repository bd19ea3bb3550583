//! `/api/user_invite`: invites people to make accounts of their own.

use actix_web::HttpResponse;
use da_app::Fault;
use da_http::Parameters;
use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// Invites them. Whoever wants mail from a server that cannot send any is told, as by the original when mail fails, that
/// no invitation was sent, and there is none.
pub(crate) async fn post(call: Call) -> Answer {
    if !call.caller.may(&["admin"], &["create_user"]) {
        return Err(ApiError::AccessDenied.into());
    }
    let privilege = call.parameters.filled("privilege").unwrap_or_else(|| "user".to_owned());
    let emails = emails(&call.parameters)?;
    call.app.invitation_check(&call.caller, &emails, privilege.trim()).await.map_err(refused)?;
    if emails.is_empty() {
        return Err(ApiError::NeedsEmails.into());
    }
    let sends = call.parameters.flag("send_emails").unwrap_or(true);
    let mut told = Vec::new();
    for email in emails {
        if sends {
            let sent = call.app.invitation_send(&call.caller, &email, privilege.trim()).await.map_err(refused)?;
            told.push(json!({"email": email, "invitation_sent": sent}));
            continue;
        }
        let code = call.app.invitation_new(&call.caller, &email, privilege.trim()).await.map_err(refused)?;
        told.push(json!({"email": email, "url": format!("{}/user/register?token={code}", call.settings.base)}));
    }
    Ok(HttpResponse::Ok().json(told))
}

fn refused(cause: da_app::AppError) -> Refusal {
    match cause.fault {
        Fault::BadAddress => Refusal::caused(ApiError::InvalidEmail, cause),
        _ => Refusal::making(cause),
    }
}

/// One address, or a list of them; in a form the list is JSON.
fn emails(said: &Parameters) -> Result<Vec<String>, ApiError> {
    let parsed = match said.get("email_addresses").or_else(|| said.get("email_address")) {
        None => return Ok(Vec::new()),
        Some(Value::String(text)) if text.starts_with(['[', '"']) => {
            serde_json::from_str(text).map_err(|_| ApiError::EmailsNotJson)?
        }
        Some(other) => other.clone(),
    };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_owned());
    Ok(match &parsed {
        Value::Array(items) => items.iter().map(text).collect(),
        one => vec![text(one)],
    })
}
