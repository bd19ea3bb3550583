//! The one table of URLs.

use std::future::Future;

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderName, HeaderValue};
use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, Route};
use da_http::{Cors, HttpSettings};
use tracing::Instrument;

use crate::call::{Answer, Call};
use crate::error::{ApiError, Edition, Refusal};
use crate::settings::ApiSettings;
use crate::{
    clear_cache, config, convert_file, demands, fields, file, health, hint, interview_data, interviews, list,
    login_url, openapi, package, package_update_status, playground, playground_install, playground_pull, privileges,
    restart, restart_status, resume_url, retrieve_stashed_data, secret, session, stash_data, temp_url, user, user_info,
    user_invite, user_list,
};

/// A resource: its path, and for each method the route to its desk.
pub(crate) struct Entry {
    pub(crate) path: &'static str,
    pub(crate) methods: &'static [&'static str],
    routes: &'static [fn() -> Route],
}

pub(crate) const TABLE: &[Entry] = &[
    Entry { path: "/api/session/new", methods: &["GET"], routes: &[|| desk(session::new::get)] },
    Entry { path: "/api/session/question", methods: &["GET"], routes: &[|| desk(session::question::get)] },
    Entry { path: "/api/session/back", methods: &["POST"], routes: &[|| desk(session::back::post)] },
    Entry { path: "/api/session/action", methods: &["POST"], routes: &[|| desk(session::action::post)] },
    Entry {
        path: "/api/session",
        methods: &["GET", "POST", "DELETE"],
        routes: &[|| desk(session::get), || desk(session::post), || desk(session::delete)],
    },
    Entry { path: "/api/list", methods: &["GET"], routes: &[|| desk(list::get)] },
    Entry { path: "/api/secret", methods: &["GET"], routes: &[|| desk(secret::get)] },
    Entry { path: "/api/login_url", methods: &["POST"], routes: &[|| desk(login_url::post)] },
    Entry { path: "/api/resume_url", methods: &["POST"], routes: &[|| desk(resume_url::post)] },
    Entry { path: "/api/temp_url", methods: &["GET"], routes: &[|| desk(temp_url::get)] },
    Entry { path: "/api/stash_data", methods: &["POST"], routes: &[|| desk(stash_data::post)] },
    Entry { path: "/api/retrieve_stashed_data", methods: &["GET"], routes: &[|| desk(retrieve_stashed_data::get)] },
    Entry {
        path: "/api/user",
        methods: &["GET", "POST", "PATCH"],
        routes: &[|| desk(user::get), || desk(user::post), || desk(user::post)],
    },
    Entry { path: "/api/user/privileges", methods: &["GET"], routes: &[|| desk(user::privileges::get)] },
    Entry {
        path: "/api/user/api",
        methods: &["GET", "POST", "PATCH", "DELETE"],
        routes: &[
            || desk(user::api::own::get),
            || desk(user::api::own::post),
            || desk(user::api::own::patch),
            || desk(user::api::own::delete),
        ],
    },
    Entry {
        path: "/api/user/{user_id}/api",
        methods: &["GET", "POST", "PATCH", "DELETE"],
        routes: &[
            || desk(user::api::of_user::get),
            || desk(user::api::of_user::post),
            || desk(user::api::of_user::patch),
            || desk(user::api::of_user::delete),
        ],
    },
    Entry {
        path: "/api/interviews",
        methods: &["GET", "DELETE"],
        routes: &[|| desk(interviews::everybody::get), || desk(interviews::everybody::delete)],
    },
    Entry {
        path: "/api/users/interviews",
        methods: &["GET", "DELETE"],
        routes: &[|| desk(interviews::of_users::get), || desk(interviews::of_users::delete)],
    },
    Entry {
        path: "/api/user/interviews",
        methods: &["GET", "DELETE"],
        routes: &[|| desk(interviews::own::get), || desk(interviews::own::delete)],
    },
    Entry {
        path: "/api/user/{user_id}/interviews",
        methods: &["GET", "DELETE"],
        routes: &[|| desk(interviews::of_user::get), || desk(interviews::of_user::delete)],
    },
    Entry { path: "/api/user/new", methods: &["POST"], routes: &[|| desk(user::new::post)] },
    Entry {
        path: "/api/user/{user_id}",
        methods: &["GET", "POST", "PATCH", "DELETE"],
        routes: &[
            || desk(user::user_id::get),
            || desk(user::user_id::post),
            || desk(user::user_id::post),
            || desk(user::user_id::delete),
        ],
    },
    Entry {
        path: "/api/user/{user_id}/privileges",
        methods: &["GET", "POST", "DELETE"],
        routes: &[
            || desk(user::user_id::privileges::get),
            || desk(user::user_id::privileges::post),
            || desk(user::user_id::privileges::delete),
        ],
    },
    Entry { path: "/api/file/{file_number}", methods: &["GET"], routes: &[|| desk(file::get)] },
    Entry {
        path: "/api/playground",
        methods: &["GET", "POST", "DELETE"],
        routes: &[|| desk(playground::get), || desk(playground::post), || desk(playground::delete)],
    },
    Entry {
        path: "/api/playground/project",
        methods: &["GET", "POST", "DELETE"],
        routes: &[
            || desk(playground::project::get),
            || desk(playground::project::post),
            || desk(playground::project::delete),
        ],
    },
    Entry {
        path: "/api/package",
        methods: &["GET", "POST", "DELETE"],
        routes: &[|| desk(package::get), || desk(package::post), || desk(package::delete)],
    },
    Entry { path: "/api/package_update_status", methods: &["GET"], routes: &[|| desk(package_update_status::get)] },
    Entry { path: "/api/playground_install", methods: &["POST"], routes: &[|| desk(playground_install::post)] },
    Entry { path: "/api/playground_pull", methods: &["POST"], routes: &[|| desk(playground_pull::post)] },
    Entry { path: "/api/restart", methods: &["POST"], routes: &[|| desk(restart::post)] },
    Entry { path: "/api/restart_status", methods: &["GET"], routes: &[|| desk(restart_status::get)] },
    Entry {
        path: "/api/config",
        methods: &["GET", "POST", "PATCH"],
        routes: &[|| desk(config::get), || desk(config::post), || desk(config::patch)],
    },
    Entry { path: "/api/interview_data", methods: &["GET"], routes: &[|| desk(interview_data::get)] },
    Entry { path: "/api/fields", methods: &["POST"], routes: &[|| desk(fields::post)] },
    Entry { path: "/api/convert_file", methods: &["POST"], routes: &[|| desk(convert_file::post)] },
    Entry { path: "/api/clear_cache", methods: &["POST"], routes: &[|| desk(clear_cache::post)] },
    Entry { path: "/api/user_invite", methods: &["POST"], routes: &[|| desk(user_invite::post)] },
    Entry { path: "/api/user_list", methods: &["GET"], routes: &[|| desk(user_list::get)] },
    Entry { path: "/api/user_info", methods: &["GET"], routes: &[|| desk(user_info::get)] },
    Entry {
        path: "/api/privileges",
        methods: &["GET", "POST", "DELETE"],
        routes: &[|| desk(privileges::get), || desk(privileges::post), || desk(privileges::delete)],
    },
    Entry { path: "/api/openapi.json", methods: &["GET"], routes: &[|| open(openapi::get)] },
    Entry { path: "/health", methods: &["GET"], routes: &[|| open(health::get)] },
    Entry { path: "/health/counters", methods: &["GET"], routes: &[|| open(health::counters)] },
];

/// Adds the routes of the API to a server.
pub fn configure(config: &mut ServiceConfig) {
    for entry in TABLE {
        config.service(resource(entry));
    }
    config.service(web::resource("/api{rest:(/.*)?}").to(nothing));
}

fn resource(entry: &'static Entry) -> Resource {
    let mut resource = web::resource(entry.path).app_data(entry.methods);
    for (&method, route) in entry.methods.iter().zip(entry.routes) {
        if let Ok(name) = Method::from_bytes(method.as_bytes()) {
            resource = resource.route(route().method(name));
        }
        if method == "GET" {
            resource = resource.route(route().method(Method::HEAD));
        }
    }
    resource.route(web::to(options).method(Method::OPTIONS)).default_service(web::to(no_method))
}

/// A route through Form and Key to a desk, and back through Reply.
fn desk<F, Fut>(handler: F) -> Route
where
    F: Fn(Call) -> Fut + Clone + 'static,
    Fut: Future<Output = Answer> + 'static,
{
    web::to(move |request: HttpRequest, payload: Payload| {
        let handler = handler.clone();
        async move {
            let answer = match Call::read(&request, payload).await {
                Ok(call) => {
                    let hint = hint::of_body(&call.parameters);
                    let answer = demands::once(call, handler).instrument(tracing::debug_span!("Desk")).await;
                    answer.map_err(|refusal| refusal.hinted(hint))
                }
                Err(refusal) => Err(refusal),
            };
            reply(&request, answer)
        }
    })
}

/// A route for everybody, with a key and without.
fn open(answer: fn(&HttpRequest) -> HttpResponse) -> Route {
    web::to(move |request: HttpRequest| async move { reply(&request, Ok(answer(&request))) })
}

async fn options(request: HttpRequest) -> HttpResponse {
    allowing(&request, reply(&request, Ok(HttpResponse::Ok().finish())))
}

async fn no_method(request: HttpRequest) -> HttpResponse {
    allowing(&request, reply(&request, Err(ApiError::NoMethod.into())))
}

/// An answer that says which methods there are.
fn allowing(request: &HttpRequest, mut response: HttpResponse) -> HttpResponse {
    let methods = request.app_data::<&'static [&'static str]>().copied().unwrap_or_default();
    let head = methods.contains(&"GET").then_some("HEAD");
    let allowed: Vec<&str> = methods.iter().copied().chain(head).chain(["OPTIONS"]).collect();
    if let Ok(allowed) = HeaderValue::try_from(allowed.join(", ")) {
        response.headers_mut().insert(ALLOW, allowed);
    }
    response
}

async fn nothing(request: HttpRequest) -> HttpResponse {
    reply(&request, Err(ApiError::NoRoute.into()))
}

/// Reply: the refusal's cause goes to the log, its text to the client; the cross-origin headers are written.
fn reply(request: &HttpRequest, answer: Answer) -> HttpResponse {
    let _reply = tracing::debug_span!("Reply").entered();
    let edition = request.app_data::<Data<ApiSettings>>().map_or(Edition::default(), |settings| settings.edition);
    let refused = |refusal: Refusal| {
        refusal.log();
        let mut response = refusal.error.response(edition);
        if let Some(hint) = refusal.hint {
            response.headers_mut().insert(HeaderName::from_static(hint::NAME), HeaderValue::from_static(hint));
        }
        response
    };
    let mut response = answer.unwrap_or_else(refused);
    let http = request.app_data::<Data<HttpSettings>>().cloned().unwrap_or_default();
    let methods = request.app_data::<&'static [&'static str]>().copied().unwrap_or_default();
    Cors::new(&http, request.headers()).write(methods, response.headers_mut());
    response
}

#[cfg(test)]
mod tests;
