//! The addresses of the pages.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, Route, guard};

use crate::fixed::{Fixed, ICON, LAUNCH, SIGN, STYLE};
use crate::html::tag;
use crate::settings::WebSettings;
use crate::{
    api_page, autologin, error, files, goto, home, interview, launch, password, profile, register, sign_in, start,
};

/// A file, with any name behind its number.
const UPLOADED: [&str; 2] = ["/uploadedfile/{number}", "/uploadedfile/{number}/{name}"];
const DOWNLOADED: [&str; 2] = ["/uploadedfiledownload/{number}", "/uploadedfiledownload/{number}/{name}"];

/// An interview by its short name, or by package and file.
const NAMED: [&str; 3] =
    ["/{way:start|run}/{name}", "/{way:start|run}/{name}/", "/{way:start|run}/{package}/{path:.+}"];

/// Adds the pages to a server.
pub fn configure(config: &mut ServiceConfig) {
    let interview = web::resource("/interview").route(web::post().to(interview::post));
    config
        .service(web::resource("/").route(read().to(home::get)))
        .service(interview.route(read().to(interview::get)))
        .service(web::resource(NAMED).route(read().to(start::get)))
        .service(web::resource("/interview/enter").route(web::post().to(interview::post_enter)))
        .service(web::resource("/launch").route(web::post().to(launch::post)).route(read().to(launch::get)))
        .service(web::resource("/openapi").route(read().to(api_page::get)))
        .service(web::resource("/user/register").route(web::post().to(register::post)).route(read().to(register::get)))
        .service(form_page("/user/sign-in", web::post().to(sign_in::post), read().to(sign_in::get)))
        .service(web::resource("/user/sign-in/code").route(web::post().to(sign_in::post_code)))
        .service(form_page("/user/sign-out", web::post().to(sign_in::post_out), read().to(sign_in::get_out)))
        .service(form_page("/user/profile", web::post().to(profile::post), read().to(profile::get)))
        .service(form_page(
            "/user/change-password",
            web::post().to(profile::password::post),
            read().to(profile::password::get),
        ))
        .service(form_page("/user/forgot-password", web::post().to(password::post), read().to(password::get)))
        .service(form_page("/user/reset-password", web::post().to(password::post_new), read().to(password::get_new)))
        .service(form_page("/manage_api", web::post().to(profile::keys::post), read().to(profile::keys::get)))
        .service(form_page("/user/mfa", web::post().to(profile::two_factor::post), read().to(profile::two_factor::get)))
        // These use up what they lead to: asking for the headers alone must not.
        .service(web::resource("/user/autologin").route(web::get().to(autologin::get)))
        .service(web::resource("/goto").route(web::get().to(goto::get)))
        .service(web::resource(UPLOADED).route(read().to(files::shown)))
        .service(web::resource(DOWNLOADED).route(read().to(files::saved)))
        .service(web::resource("/packagestatic/{package}/{path:.+}").route(read().to(files::of_package)))
        .service(fixed(STYLE.path, &STYLE))
        .service(fixed(LAUNCH.path, &LAUNCH))
        .service(fixed(SIGN.path, &SIGN))
        .service(fixed(ICON.path, &ICON))
        // What browsers ask for on their own, for an answer that is no page of ours.
        .service(fixed("/favicon.ico", &ICON))
        .default_service(web::to(nothing));
}

/// A page with a form that is sent to its own address.
fn form_page(path: &'static str, post: Route, get: Route) -> Resource {
    web::resource(path).route(post).route(get)
}

fn fixed(path: &'static str, file: &'static Fixed) -> Resource {
    web::resource(path).route(read().to(async |request: HttpRequest| file.send(&request)))
}

/// GET, and HEAD, which is GET without the body.
fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

pub(crate) async fn nothing(request: HttpRequest) -> HttpResponse {
    let settings = settings(&request);
    let home = tag("a").class("button main").attr("href", settings.address("/")).put("All interviews");
    let text = "Nothing stands at this address.";
    error::refusal(StatusCode::NOT_FOUND, "There is no such page", text, home.into()).into_response(&settings, None)
}

/// The settings, for an answer that must not fail.
pub(crate) fn settings(request: &HttpRequest) -> Data<WebSettings> {
    request.app_data::<Data<WebSettings>>().cloned().unwrap_or_default()
}
