//! `/api/user_list`: all users.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use crate::Edition;
use crate::call::{Answer, Call};
use crate::dto;

/// Lists them; whether they are active is told where those who are not are listed too.
pub(crate) async fn get(call: Call) -> Answer {
    let inactive = call.parameters.flag("include_inactive").unwrap_or(false);
    let edition = call.settings.edition;
    let users = call.app.user_list(&call.caller, inactive).await?;
    let shown = |user: &da_core::User| {
        let mut shown = dto::user(user, edition);
        if inactive {
            shown["active"] = json!(user.active);
        }
        shown
    };
    let list: Value = users.iter().map(shown).collect();
    Ok(HttpResponse::Ok().json(match edition {
        Edition::Documented => list,
        Edition::Later => json!({"items": list, "next_id": null}),
    }))
}
