//! The files that pages share: the style sheet, the icon, and the scripts of two pages. Their addresses change with their content, so that
//! browsers may keep them for good.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};
use da_http::Parameters;

use crate::settings::WebSettings;

/// A file that is compiled in.
pub(crate) struct Fixed {
    /// Where it is.
    pub(crate) path: &'static str,
    kind: &'static str,
    content: &'static str,
    version: LazyLock<String>,
}

/// The one style sheet.
pub(crate) static STYLE: Fixed = Fixed {
    path: "/static/da.css",
    kind: "text/css; charset=utf-8",
    content: include_str!("../static/da.css"),
    version: LazyLock::new(|| version(STYLE.content)),
};

/// The icon of the browser's tab.
pub(crate) static ICON: Fixed = Fixed {
    path: "/static/da.svg",
    kind: "image/svg+xml",
    content: include_str!("../static/da.svg"),
    version: LazyLock::new(|| version(ICON.content)),
};

/// What presses the button of the page that a link leads to.
pub(crate) static LAUNCH: Fixed = Fixed {
    path: "/static/launch.js",
    kind: "text/javascript; charset=utf-8",
    content: include_str!("../static/launch.js"),
    version: LazyLock::new(|| version(LAUNCH.content)),
};

/// What makes a place to sign.
pub(crate) static SIGN: Fixed = Fixed {
    path: "/static/sign.js",
    kind: "text/javascript; charset=utf-8",
    content: include_str!("../static/sign.js"),
    version: LazyLock::new(|| version(SIGN.content)),
};

fn version(content: &str) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

impl Fixed {
    /// The address for a page.
    pub(crate) fn address(&self, settings: &WebSettings) -> String {
        settings.address(&format!("{}?v={}", self.path, *self.version))
    }

    /// Sends it. Only the address with the present version may be kept for good.
    pub(crate) fn send(&self, request: &HttpRequest) -> HttpResponse {
        let asked = Parameters::from_query(request.query_string()).text("v");
        let is_present = asked.as_deref() == Some(self.version.as_str());
        let keep = if is_present { "public, max-age=31536000, immutable" } else { "no-cache" };
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, self.kind))
            .insert_header((CACHE_CONTROL, keep))
            .insert_header(("X-Content-Type-Options", "nosniff"))
            .body(self.content)
    }
}
