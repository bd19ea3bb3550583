//! What stands around every page, and the headers that every page has.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::fixed::{Fixed, ICON, STYLE};
use crate::html::{Html, tag};
use crate::settings::WebSettings;

/// Nothing runs in a page (but a script of ours in the few that have one), nothing but our style sheet shapes it, nobody frames it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data: https:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// What stands in the bar of a page that is not an interview's.
const HEADING: &str = "Guided interviews";

/// A page.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    /// For the browser's tab.
    pub(crate) title: String,
    /// For the bar at the top.
    pub(crate) heading: Html,
    pub(crate) language: String,
    /// What stands at the right of the bar.
    pub(crate) aside: Html,
    pub(crate) content: Html,
    /// Seconds after which the browser loads an address: this page's, if none is given.
    pub(crate) refresh: Option<(i64, Option<String>)>,
    /// The one script of the page.
    pub(crate) script: Option<&'static Fixed>,
}

impl Page {
    /// A page with a title and its content.
    pub(crate) fn new(title: &str, content: impl Into<Html>) -> Page {
        Page {
            status: StatusCode::OK,
            title: title.to_owned(),
            heading: HEADING.into(),
            language: "en".to_owned(),
            aside: Html::default(),
            content: content.into(),
            refresh: None,
            script: None,
        }
    }

    /// The answer to the browser.
    pub(crate) fn into_response(self, settings: &WebSettings, cookie: Option<Cookie<'static>>) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        let policy = if self.script.is_some() { format!("{POLICY}; script-src 'self'") } else { POLICY.to_owned() };
        response
            .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header(("Content-Security-Policy", policy))
            .insert_header(("Referrer-Policy", "same-origin"))
            .insert_header(("X-Content-Type-Options", "nosniff"))
            .insert_header(("X-Frame-Options", "DENY"));
        if let Some(cookie) = cookie {
            response.cookie(cookie);
        }
        response.body(self.document(settings).into_document())
    }

    fn document(self, settings: &WebSettings) -> Html {
        let refresh = self.refresh.map(|(seconds, address)| {
            let content = address.map_or_else(|| seconds.to_string(), |to| format!("{seconds}; url={to}"));
            tag("meta").attr("http-equiv", "refresh").attr("content", content)
        });
        let head = tag("head")
            .put(tag("meta").attr("charset", "utf-8"))
            .put(tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"))
            .put(tag("meta").attr("name", "color-scheme").attr("content", "light dark"))
            .put(tag("title").put(self.title))
            .put(tag("link").attr("rel", "stylesheet").attr("href", STYLE.address(settings)))
            .put(tag("link").attr("rel", "icon").attr("href", ICON.address(settings)))
            .put_some(refresh);
        // An interview's logo may have links of its own; elsewhere the whole is one.
        let home = if self.heading.has_link() {
            tag("div").class("brand").put(self.heading)
        } else {
            tag("a").class("brand").attr("href", settings.address("/")).put(self.heading)
        };
        let bar = tag("header").class("bar").put(tag("div").class("bar-inside").put(home).put(self.aside));
        let skip = tag("a").class("skip").attr("href", "#main").put("Skip to the content");
        let main = tag("main").attr("id", "main").put(self.content);
        let script = self.script.map(|script| tag("script").attr("src", script.address(settings)));
        let body = tag("body").put(skip).put(bar).put(main).put_some(script);
        tag("html").attr("lang", self.language).put(head).put(body).into()
    }
}
