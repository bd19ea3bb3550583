//! Screens that end a session or lead elsewhere, and the page for a variable that nothing defines.

use actix_web::http::StatusCode;
use da_app::view;
use da_core::{Screen, ScreenKind};

use crate::html::{Html, tag};
use crate::page::Page;

/// What becomes of a session at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Farewell {
    /// It is kept.
    Leave,
    /// It is deleted.
    Delete,
    /// It begins anew.
    Anew,
    /// It is kept, and another one begins.
    Another,
    /// The visitor becomes somebody else.
    Forget,
    /// It is deleted, and the visitor becomes somebody else.
    DeleteAndForget,
}

impl Farewell {
    /// What a kind of screen asks for.
    pub(crate) fn of(kind: ScreenKind) -> Option<Farewell> {
        match kind {
            ScreenKind::Leave => Some(Farewell::Leave),
            ScreenKind::Exit => Some(Farewell::Delete),
            ScreenKind::Restart => Some(Farewell::Anew),
            ScreenKind::NewSession => Some(Farewell::Another),
            ScreenKind::Logout => Some(Farewell::Forget),
            ScreenKind::ExitLogout => Some(Farewell::DeleteAndForget),
            _ => None,
        }
    }
}

/// The page after the end. It leads on to where the interview says, as a link and by itself.
pub(crate) fn farewell(screen: &Screen, kind: Farewell, home: &str, again: &str) -> Page {
    let address = [Some(screen.question.as_str()), screen.frame.exit_url.as_deref()];
    let address = address.into_iter().flatten().map(str::trim).find(|address| leads_elsewhere(address));
    let text = match kind {
        Farewell::Delete | Farewell::DeleteAndForget => "This interview is over. Your answers were deleted.",
        Farewell::Forget => "You left the interview, and this browser no longer opens its answers.",
        _ => "You left the interview. Your answers are kept.",
    };
    let onward = address.map(|address| tag("a").class("button main").attr("href", address).put("Continue"));
    let back = tag("a").class("button plain").attr("href", again).put("Start the interview again");
    let list = tag("a").class("button plain").attr("href", home).put("All interviews");
    let content = tag("section")
        .class("card")
        .put(tag("h1").put("Goodbye"))
        .put(tag("p").put(text))
        .put(tag("div").class("buttons").put_some(onward).put(back).put(list));
    Page {
        heading: view::inline_html(&screen.frame.display_title).into(),
        language: screen.frame.language.clone(),
        refresh: address.map(|address| (0, Some(address.to_owned()))),
        ..Page::new("Goodbye", content)
    }
}

/// Addresses that a page may lead to by itself.
fn leads_elsewhere(address: &str) -> bool {
    let clean = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    clean && (address.starts_with("https://") || address.starts_with("http://"))
}

/// A variable that nothing defines: whoever drives the session through the API may set it, a page cannot.
pub(crate) fn undefined(variable: &str, ways_on: Html) -> Page {
    let content = tag("section")
        .class("card")
        .put(tag("h1").put("This interview lacks a question"))
        .put(
            tag("p")
                .put("It needs the variable ")
                .put(tag("code").put(variable))
                .put(", and nothing in it defines that."),
        )
        .put(tag("p").put("Your answers are kept. The author of the interview has to add a question."))
        .put(tag("div").class("buttons").put(ways_on));
    Page { status: StatusCode::NOT_IMPLEMENTED, ..Page::new("This interview lacks a question", content) }
}
