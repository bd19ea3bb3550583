//! `/manage_api`: the API keys of somebody, made, restricted and revoked.
//!
//! A key is shown on the page that answers to its making, and on no other: it stands in no address and no cookie.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Fault, KeyMethod, KeyWishes, ListWishes, NewKey, ToldKey};
use da_core::{Caller, User};
use da_http::Parameters;

use super::{part, signed_in, to_sign_in};
use crate::form_parts::{button, field, form, hidden, on_to, problem, text};
use crate::html::{Html, Tag, tag};
use crate::page::Page;
use crate::sent;
use crate::sign_in::unfit;
use crate::visit::Visit;

const TITLE: &str = "Your API keys";

const PATH: &str = "/manage_api";

/// The longest name of a key.
const LONGEST: usize = 255;

/// The ways in which it is checked where a call comes from, as they are told.
const METHODS: [(KeyMethod, &str); 3] = [
    (KeyMethod::None, "From everywhere"),
    (KeyMethod::Ip, "From these addresses"),
    (KeyMethod::Referer, "From pages that fit these patterns (with *)"),
];

/// Lists them.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    signed_in(&request, PATH, async |visit, user| page(visit, user, None, None).await).await
}

/// Makes, restricts or revokes one.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, change).await
}

async fn change(visit: Visit, said: Parameters) -> Result<HttpResponse, AppError> {
    let Caller::User(user) = &visit.caller else { return Ok(to_sign_in(&visit, PATH)) };
    let (app, caller) = (&visit.app, &visit.caller);
    let name = said.text("name").unwrap_or_default().trim().to_owned();
    let method = said.text("method").and_then(|word| KeyMethod::parse(&word)).unwrap_or(KeyMethod::None);
    let done = match said.text("do").unwrap_or_default().as_str() {
        "make" if name.is_empty() || name.chars().count() > LONGEST => {
            return Ok(unfit(page(&visit, user, None, Some("A key needs a name.")).await?, &visit));
        }
        "make" => {
            let new = NewKey { name, method, allowed: places(&said), permissions: Vec::new() };
            app.api_key_new(caller, user.id, new).await.map(Some)
        }
        "restrict" => {
            let allowed = ListWishes { all: Some(places(&said)), ..ListWishes::default() };
            let wishes = KeyWishes { method: Some(method), allowed, ..KeyWishes::default() };
            app.api_key_set_named(caller, user.id, &name, wishes).await.map(|()| None)
        }
        "revoke" => app.api_key_delete_named(caller, user.id, &name).await.map(|()| None),
        _ => Ok(None),
    };
    match done {
        Ok(Some(key)) => {
            let page = page(&visit, user, Some(&key), None).await?;
            Ok(page.into_response(&visit.settings, Some(visit.cookie()?)))
        }
        Ok(None) => on_to(&visit, PATH),
        Err(refused) if matches!(refused.fault, Fault::KeyNameTaken | Fault::NoKey) => {
            Ok(unfit(page(&visit, user, None, Some(refused.public())).await?, &visit))
        }
        Err(failed) => Err(failed),
    }
}

/// The places of a form, a line each.
fn places(said: &Parameters) -> Vec<String> {
    let lines = said.text("allowed").unwrap_or_default();
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

async fn page(visit: &Visit, user: &User, fresh: Option<&str>, wrong: Option<&str>) -> Result<Page, AppError> {
    let keys = visit.app.api_key_list(&visit.caller, user.id, None, None).await?;
    let made = fresh.map(|key| {
        part("Your new key")
            .put(tag("p").put("Copy it now: it is not shown again."))
            .put(tag("pre").attr("id", "key").put(key))
    });
    let may_make = visit.app.api_key_may_make(&visit.caller);
    let new = may_make.then(|| {
        part("Make a key").put(
            form(visit, PATH)
                .put(hidden("do", "make"))
                .put_some(problem(wrong))
                .put(field("name", "Name", "off", text("name").flag("required", true).attr("maxlength", "255")))
                .put(restrictions("new", KeyMethod::None, &[]))
                .put(button("Make a key")),
        )
    });
    let nobody = (!may_make).then(|| tag("p").put("Your account may not make API keys."));
    let content = tag("div")
        .put(tag("h1").put(TITLE))
        .put_some(made)
        .put_all(keys.iter().enumerate().map(|(place, key)| one(visit, place, key)))
        .put_some(new)
        .put_some(nobody);
    Ok(Page::new(TITLE, content))
}

/// A key that there is.
fn one(visit: &Visit, place: usize, key: &ToldKey) -> Html {
    let method = KeyMethod::parse(&key.method).unwrap_or(KeyMethod::None);
    let limits = (!key.permissions.is_empty()).then(|| tag("p").put(format!("It may: {}", key.permissions.join(", "))));
    let restrict = form(visit, PATH)
        .put(hidden("do", "restrict"))
        .put(hidden("name", &key.name))
        .put(restrictions(&place.to_string(), method, &key.allowed))
        .put(button("Restrict"));
    let revoke = form(visit, PATH)
        .put(hidden("do", "revoke"))
        .put(hidden("name", &key.name))
        .put(tag("div").class("buttons").put(tag("button").class("plain").put("Revoke")));
    tag("section")
        .class("card")
        .put(tag("h2").put(key.name.as_str()))
        .put(tag("p").put(format!("It ends in {}.", key.last_four)))
        .put_some(limits)
        .put(tag("details").put(tag("summary").put("Restrict or revoke")).put(restrict).put(revoke))
        .into()
}

/// From where a key may be used.
fn restrictions(of: &str, method: KeyMethod, allowed: &[String]) -> Html {
    let option = |(one, text): &(KeyMethod, &'static str)| -> Tag {
        tag("option").attr("value", one.as_str()).flag("selected", *one == method).put(*text)
    };
    let (chosen, places) = (format!("method-{of}"), format!("allowed-{of}"));
    let select = tag("select").attr("id", &chosen).attr("name", "method").put_all(METHODS.iter().map(option));
    let area = tag("textarea").attr("id", &places).attr("name", "allowed").attr("rows", "3").put(allowed.join("\n"));
    let how = tag("div").class("field").put(tag("label").attr("for", chosen).put("May be used")).put(select);
    let from = tag("div").class("field").put(tag("label").attr("for", places).put("Places, a line each")).put(area);
    tag("div").put(how).put(from).into()
}
