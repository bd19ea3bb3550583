//! What cannot be shown, as a calm page. The cause goes to the log; a visitor sees the public text alone.

use actix_web::http::StatusCode;
use da_app::{AppError, Fault};
use da_core::ErrorClass;
use da_http::BodyError;

use crate::html::{Html, tag};
use crate::page::Page;
use crate::settings::WebSettings;

/// The page of a failed use case. `back`: whether the ways on lead to an earlier screen, too.
pub(crate) fn of(error: &AppError, back: bool, ways_on: Html) -> Page {
    log(error);
    let (title, text) = words(error, back);
    let interview = matches!(error.fault.class(), ErrorClass::Interview);
    let details = interview.then(|| {
        tag("details").put(tag("summary").put("For the author of the interview")).put(tag("pre").put(error.public()))
    });
    let content = tag("section")
        .class("card")
        .put(tag("h1").put(title))
        .put(tag("p").put(text))
        .put_some(details)
        .put(tag("div").class("buttons").put(ways_on));
    Page { status: status(error.fault), ..Page::new(title, content) }
}

/// The page of a failed use case of no interview: the way on is the list of interviews.
pub(crate) fn with_way_home(error: &AppError, settings: &WebSettings) -> Page {
    let home = tag("a").class("button plain").attr("href", settings.address("/")).put("All interviews");
    of(error, false, home.into())
}

/// The page for a form that did not come in whole.
pub(crate) fn unread_form(bad: BodyError) -> Page {
    let status = match bad {
        BodyError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        BodyError::TooSlow => StatusCode::REQUEST_TIMEOUT,
        BodyError::Broken => StatusCode::BAD_REQUEST,
        BodyError::NotKept => StatusCode::INTERNAL_SERVER_ERROR,
    };
    refusal(status, "The form could not be read", &bad.to_string(), Html::default())
}

/// A form that a page of somebody else sent.
pub(crate) fn from_elsewhere() -> Page {
    refusal(
        StatusCode::FORBIDDEN,
        "This form came from another site",
        "Open the link itself, and send its form.",
        Html::default(),
    )
}

/// A form that was not made for whoever sent it.
pub(crate) fn not_made_here() -> Page {
    refusal(
        StatusCode::FORBIDDEN,
        "This form was refused",
        "The form did not come from a page that was made for you, so nothing was changed. Open the link again. \
         Your browser may have lost its cookie, or may not take any: this site needs one.",
        Html::default(),
    )
}

/// A page that refuses something, in words of our own.
pub(crate) fn refusal(status: StatusCode, title: &str, text: &str, ways_on: Html) -> Page {
    let content = tag("section")
        .class("card")
        .put(tag("h1").put(title))
        .put(tag("p").put(text))
        .put(tag("div").class("buttons").put(ways_on));
    Page { status, ..Page::new(title, content) }
}

/// Once, here: whoever answers with this page does not log it again.
fn log(error: &AppError) {
    let whole = error.whole();
    match error.fault.class() {
        ErrorClass::Internal | ErrorClass::Busy => tracing::error!(target: "web", "{whole}"),
        _ => tracing::info!(target: "web", "{whole}"),
    }
}

fn words(error: &AppError, back: bool) -> (&'static str, &str) {
    match error.fault {
        Fault::NoInterview => {
            ("There is no such interview", "Check the address, or choose an interview from the list.")
        }
        Fault::BrokenInterview => ("This interview cannot be read", "Its author has to correct it first."),
        Fault::Interview | Fault::FileNotSent if !back => {
            ("This interview cannot go on", "Something in it failed before it could ask anything.")
        }
        Fault::Interview | Fault::FileNotSent => (
            "This interview cannot go on",
            "Something in it failed. Your answers up to here are kept: you can go back and try again.",
        ),
        Fault::NotAllowed => ("This interview is not open to you", error.public()),
        Fault::Sealed => (
            "These answers cannot be opened",
            "What is stored does not fit what your browser holds. You can start again.",
        ),
        Fault::UsedLink => ("This link leads nowhere any more", error.public()),
        Fault::Busy => ("Please wait a moment", error.public()),
        _ => ("This did not work", error.public()),
    }
}

fn status(fault: Fault) -> StatusCode {
    match fault.class() {
        ErrorClass::Invalid => StatusCode::BAD_REQUEST,
        ErrorClass::Forbidden => StatusCode::FORBIDDEN,
        ErrorClass::Missing => StatusCode::NOT_FOUND,
        ErrorClass::Conflict => StatusCode::CONFLICT,
        ErrorClass::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorClass::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ErrorClass::Interview | ErrorClass::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
