//! [`Visit`]: a request of somebody in a browser, with what the cookie says about who it is.
//!
//! The cookie is the only place where a session's secret is outside of the server, and it is sealed even there.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::web::Data;
use da_app::{App, AppError, ComesFrom, SessionAt, Visitor};
use da_core::{Caller, Device, InterviewName};
use da_http::device;
use tracing::Instrument;

use crate::settings::WebSettings;

/// The cookie's name.
pub(crate) const COOKIE: &str = "da_visitor";

/// The cookie by which a device is known on which somebody signed in before.
const DEVICE: &str = "da_device";

/// How long it is kept: as long as browsers keep any.
const DEVICE_DAYS: i64 = 400;

/// A request with its visitor.
pub(crate) struct Visit {
    pub(crate) app: Data<App>,
    pub(crate) settings: Data<WebSettings>,
    pub(crate) visitor: Visitor,
    /// The visitor as the use cases know callers.
    pub(crate) caller: Caller,
    /// Where the visitor comes from.
    pub(crate) from: ComesFrom,
    /// What the browser says of itself.
    pub(crate) device: Arc<Device>,
}

impl Visit {
    /// Key: finds out who asks; somebody without a cookie is new, and so is somebody whose account was ended.
    pub(crate) async fn of(request: &HttpRequest) -> Result<Visit, AppError> {
        let app = request.app_data::<Data<App>>().cloned();
        let app = app.ok_or_else(|| AppError::internal("the server was put together without its use cases"))?;
        let settings = request.app_data::<Data<WebSettings>>().cloned().unwrap_or_default();
        let known = request.cookie(COOKIE).and_then(|cookie| app.visitor_of_cookie(cookie.value()));
        let device = Arc::new(device(request));
        let known_device = request.cookie(DEVICE);
        let from = app.from_device(ComesFrom::address(&device.address), known_device.as_ref().map(Cookie::value));
        let (visitor, caller) = known_or_new(&app, known, &from).instrument(tracing::debug_span!("Key")).await?;
        Ok(Visit { app, settings, visitor, caller, from, device })
    }

    /// The visitor's session of an interview.
    pub(crate) fn session(&self, interview: &InterviewName) -> Option<SessionAt> {
        Some(self.visitor.session(interview)?.asked_from(&self.device))
    }

    /// Whether a form was sent from a page of somebody else. A browser sends no cookie along with it, so that whoever it is
    /// would get a new one and lose the sessions of the old.
    pub(crate) fn is_from_elsewhere(request: &HttpRequest) -> bool {
        let site = request.headers().get("Sec-Fetch-Site").and_then(|site| site.to_str().ok());
        matches!(site, Some("cross-site" | "same-site"))
    }

    /// Forgets who it was.
    pub(crate) fn leave(&mut self) -> Result<(), AppError> {
        self.visitor = self.app.visitor_new()?;
        self.caller = self.visitor.stranger(&self.from);
        Ok(())
    }

    /// The cookie as it has to be from now on. It ends with the browser: a computer may be shared.
    pub(crate) fn cookie(&self) -> Result<Cookie<'static>, AppError> {
        let value = self.app.visitor_cookie(&self.visitor)?;
        let path = self.settings.address("/");
        let cookie = Cookie::build(COOKIE, value).path(path).http_only(true).same_site(SameSite::Lax);
        Ok(cookie.secure(self.settings.https).finish())
    }

    /// The cookie by which the device of somebody is known who has just signed in.
    pub(crate) async fn device_cookie(&self) -> Result<Cookie<'static>, AppError> {
        let value = self.app.device_cookie(&self.from, &self.visitor).await?;
        let cookie = Cookie::build(DEVICE, value).path(self.settings.address("/user/")).http_only(true);
        let cookie = cookie.same_site(SameSite::Lax).max_age(Duration::days(DEVICE_DAYS));
        Ok(cookie.secure(self.settings.https).finish())
    }
}

async fn known_or_new(app: &App, known: Option<Visitor>, from: &ComesFrom) -> Result<(Visitor, Caller), AppError> {
    if let Some(visitor) = known
        && let Some(caller) = app.visitor_caller(&visitor, from).await?
    {
        return Ok((visitor, caller));
    }
    let visitor = app.visitor_new()?;
    let caller = visitor.stranger(from);
    Ok((visitor, caller))
}
