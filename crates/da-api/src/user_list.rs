//! `/api/user_list`: all users.

use actix_web::HttpResponse;
use da_core::User;
use serde_json::{Value, json};

use crate::Edition;
use crate::call::{Answer, Call};
use crate::dto;

/// Lists them; whether they are active is told where those who are not are listed too.
pub(crate) async fn get(call: Call) -> Answer {
    let inactive = call.parameters.flag("include_inactive").unwrap_or(false);
    let edition = call.settings.edition;
    let shown = |user: &User| {
        let mut shown = dto::user(user, edition);
        if inactive {
            shown["active"] = json!(user.active);
        }
        shown
    };
    if edition == Edition::Documented {
        let users = call.app.user_list(&call.caller, inactive).await?;
        return Ok(HttpResponse::Ok().json(users.iter().map(shown).collect::<Value>()));
    }
    let after = call.parameters.text("next_id");
    let (users, next) = call.app.user_list_page(&call.caller, inactive, after.as_deref()).await?;
    let items: Value = users.iter().map(shown).collect();
    Ok(HttpResponse::Ok().json(json!({"items": items, "next_id": next})))
}
