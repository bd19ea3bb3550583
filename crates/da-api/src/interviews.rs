//! `/api/interviews`, `/api/user/interviews`, `/api/user/<user_id>/interviews`, `/api/users/interviews`: sessions, listed
//! and deleted.
//!
//! The documented answer is one list of all sessions. A long one is sent page by page while it is read, so that neither
//! memory nor patience runs out; whoever asks with `next_id` gets one page, and a header that says where the next begins.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use da_app::{App, AppError, ListedSessions, Look, SessionFilter, SessionQuery, Whose};
use da_core::{Caller, UserId};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use crate::Edition;
use crate::call::{Answer, Call};
use crate::dto;
use crate::error::{ApiError, Refusal};

/// The header of a page of a documented list.
const NEXT: &str = "X-Next-Id";

/// Sessions of everybody.
pub(crate) mod everybody {
    use super::*;

    pub(crate) async fn get(call: Call) -> Answer {
        list(call, Whose::Everybody).await
    }

    /// In docassemble 1.10 advocates may do this too.
    pub(crate) async fn delete(call: Call) -> Answer {
        let allowed: &[&str] = match call.settings.edition {
            Edition::Documented => &["admin"],
            Edition::Later => &["admin", "advocate"],
        };
        remove(call, Whose::Everybody, allowed).await
    }
}

/// Sessions of the owner of the key.
pub(crate) mod own {
    use super::*;

    pub(crate) async fn get(call: Call) -> Answer {
        let whose = whose(&call)?;
        list(call, whose).await
    }

    pub(crate) async fn delete(call: Call) -> Answer {
        let whose = whose(&call)?;
        remove(call, whose, &[]).await
    }

    fn whose(call: &Call) -> Result<Whose, Refusal> {
        Ok(Whose::User(call.caller.user().ok_or(ApiError::AccessDenied)?.id))
    }
}

/// Sessions of any user.
pub(crate) mod of_user {
    use super::*;

    pub(crate) async fn get(call: Call) -> Answer {
        let whose = Whose::User(call.user_id()?);
        list(call, whose).await
    }

    pub(crate) async fn delete(call: Call) -> Answer {
        let whose = Whose::User(call.user_id()?);
        remove(call, whose, &["admin", "advocate"]).await
    }
}

/// Sessions of everybody, or of the user that a parameter names.
pub(crate) mod of_users {
    use super::*;

    pub(crate) async fn get(call: Call) -> Answer {
        let whose = named(&call)?;
        list(call, whose).await
    }

    pub(crate) async fn delete(call: Call) -> Answer {
        let whose = named(&call)?;
        remove(call, whose, &["admin", "advocate"]).await
    }

    fn named(call: &Call) -> Result<Whose, Refusal> {
        if !call.caller.may(&["admin", "advocate"], &["access_sessions"]) {
            return Err(ApiError::AccessDenied.into());
        }
        match call.parameters.filled("user_id") {
            None => Ok(Whose::Everybody),
            Some(text) => text.parse().map(|id| Whose::User(UserId(id))).map_err(|_| ApiError::ReadingList.into()),
        }
    }
}

/// A list that is read page by page.
struct Asked {
    app: App,
    caller: Caller,
    filter: SessionFilter,
    look: Look,
    edition: Edition,
}

impl Asked {
    fn of(call: &Call, whose: Whose) -> Result<Asked, Refusal> {
        let edition = call.settings.edition;
        let look = Look {
            secret: call.parameters.filled("secret"),
            // The documentation says of every session whether it opens; docassemble 1.10 only of those that it reads.
            tries_secret: edition == Edition::Documented,
            dictionary: call.parameters.flag("include_dictionary").unwrap_or(false),
        };
        let (app, caller) = (call.app.as_ref().clone(), call.caller.clone());
        Ok(Asked { app, caller, filter: filter(call, whose)?, look, edition })
    }

    async fn page(&self, after: Option<&str>) -> Result<ListedSessions, AppError> {
        self.app.session_list(&self.caller, self.filter.clone(), self.look.clone(), after).await
    }

    fn items(&self, page: &ListedSessions) -> Vec<Value> {
        page.sessions.iter().map(|session| dto::listed_session(session, self.edition)).collect()
    }

    /// The items of a page as they stand in the middle of a list.
    fn chunk(&self, page: &ListedSessions) -> Bytes {
        let items: Vec<String> = self.items(page).iter().map(Value::to_string).collect();
        let end = if page.next.is_none() { "]" } else { "," };
        Bytes::from(items.join(",") + end)
    }
}

/// What a request limits itself to. A query that is not understood is refused: passed over, it would list or delete what
/// nobody asked for.
fn filter(call: &Call, whose: Whose) -> Result<SessionFilter, Refusal> {
    let said = |name: &str| call.parameters.filled(name);
    let query = said("query").filter(|query| !query.trim().is_empty());
    let query = query.map(|query| SessionQuery::parse(&query)).transpose();
    let query = query.map_err(|bad| Refusal::from(ApiError::InvalidQuery).hinted(Some(bad.hint())))?.map(Arc::new);
    Ok(SessionFilter { whose, interview: said("i"), session: said("session"), tag: said("tag"), query })
}

async fn list(call: Call, whose: Whose) -> Answer {
    let asked = Asked::of(&call, whose)?;
    let after = call.parameters.text("next_id");
    let first = asked.page(after.as_deref()).await.map_err(Refusal::listing)?;
    if asked.edition == Edition::Later {
        return Ok(HttpResponse::Ok().json(json!({"items": asked.items(&first), "next_id": first.next})));
    }
    match first.next {
        None => Ok(HttpResponse::Ok().json(asked.items(&first))),
        Some(next) if after.is_some() => {
            let page = ListedSessions { next: None, ..first };
            Ok(HttpResponse::Ok().insert_header((NEXT, next)).json(asked.items(&page)))
        }
        Some(_) => Ok(streamed(asked, first)),
    }
}

/// One list of all pages. It breaks off, instead of ending, when a page cannot be read.
fn streamed(asked: Asked, first: ListedSessions) -> HttpResponse {
    let head = Bytes::from([b"[".as_slice(), &asked.chunk(&first)].concat());
    let rest = stream::unfold((asked, first.next), |(asked, next)| async move {
        let page = asked.page(Some(&next?)).await;
        match page {
            Ok(page) => Some((Ok(asked.chunk(&page)), (asked, page.next))),
            Err(failed) => Some((Err(failed), (asked, None))),
        }
    });
    let all = stream::once(std::future::ready(Ok::<_, AppError>(head))).chain(rest);
    HttpResponse::Ok().content_type("application/json").streaming(all)
}

async fn remove(call: Call, whose: Whose, allowed: &[&str]) -> Answer {
    let deleted = call.app.session_delete_all(&call.caller, filter(&call, whose)?, allowed).await;
    deleted.map_err(Refusal::listing)?;
    Ok(HttpResponse::NoContent().finish())
}
