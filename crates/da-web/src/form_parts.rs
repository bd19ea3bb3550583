//! The parts of forms outside of interviews.
//!
//! What is secret never goes back to the browser: an input for it has no value.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use da_app::AppError;

use crate::html::{Html, Tag, tag};
use crate::sent;
use crate::visit::Visit;

/// A form that is sent to one of our own pages.
pub(crate) fn form(visit: &Visit, to: &str) -> Tag {
    tag("form").attr("method", "post").attr("action", visit.settings.address(to)).put(sent::token(visit))
}

/// An input for a text.
pub(crate) fn text(name: &'static str) -> Tag {
    tag("input").attr("type", "text").attr("name", name)
}

/// An input that nobody sees.
pub(crate) fn hidden(name: &'static str, value: impl AsRef<str>) -> Tag {
    tag("input").attr("type", "hidden").attr("name", name).attr("value", value)
}

/// An input for a password.
pub(crate) fn secret(name: &'static str, is_wrong: bool) -> Tag {
    marked(tag("input").attr("type", "password").attr("name", name).flag("required", true), is_wrong)
}

/// An input for the code of a second factor.
pub(crate) fn code(is_wrong: bool) -> Tag {
    marked(text("code").flag("required", true).attr("spellcheck", "false"), is_wrong)
}

/// The same with what says that it is wrong.
fn marked(input: Tag, is_wrong: bool) -> Tag {
    if is_wrong { input.attr("aria-describedby", "problem").attr("aria-invalid", "true") } else { input }
}

/// An input with its label; `fills` is what browsers may fill in.
pub(crate) fn field(id: &'static str, label: &'static str, fills: &'static str, input: Tag) -> Html {
    let input = input.attr("id", id).attr("autocomplete", fills);
    tag("div").class("field").put(tag("label").attr("for", id).put(label)).put(input).into()
}

/// What is wrong with what was sent.
pub(crate) fn problem(problem: Option<&str>) -> Option<Tag> {
    problem.map(|problem| tag("p").class("error").attr("id", "problem").attr("role", "alert").put(problem))
}

/// The button that sends a form.
pub(crate) fn button(text: &'static str) -> Tag {
    tag("div").class("buttons").put(tag("button").class("main").put(text))
}

/// On to one of our own pages, with the cookie.
pub(crate) fn on_to(visit: &Visit, path: &str) -> Result<HttpResponse, AppError> {
    let address = visit.settings.address(path);
    Ok(HttpResponse::SeeOther().cookie(visit.cookie()?).insert_header((LOCATION, address)).finish())
}
