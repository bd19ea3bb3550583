//! The middleware around every request.
//!
//! It logs a path and never a query string, where a key may stand, and lets no panic out of the process.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError, web};
use da_app::App;
use futures_util::FutureExt;
use tracing::{Instrument, info_span};

use crate::{HttpSettings, RealAddress};

/// The header that carries a request's number.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

static NEXT_REQUEST: AtomicU64 = AtomicU64::new(1);

/// Lets a request through: to be wrapped around the whole application with `middleware::from_fn`.
///
/// # Errors
/// A handler that panicked.
pub async fn gate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let number = NEXT_REQUEST.fetch_add(1, Ordering::Relaxed);
    let settings = request.app_data::<web::Data<HttpSettings>>().map(|data| data.as_ref().clone()).unwrap_or_default();
    let address = RealAddress::of(&request, settings.behind_proxy);
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let app = request.app_data::<web::Data<App>>().cloned();
    request.extensions_mut().insert(address.clone());
    let span = info_span!("Gate", request = number);
    let answer = pass(request, next, number).instrument(span).await;
    if let Some(app) = app {
        app.counters().request();
    }
    let status =
        answer.as_ref().map_or_else(|error| error.as_response_error().status_code(), |response| response.status());
    let took_us = started.elapsed().as_micros();
    tracing::info!(target: "request", request = number, %method, path, status = status.as_u16(), took_us, address = address.0);
    let mut response = answer?;
    if let Ok(value) = HeaderValue::from_str(&number.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    Ok(response)
}

async fn pass(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    number: u64,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // A task of its own: whoever hangs up does not cut off what was begun, between what is saved and what follows from it.
    let work = AssertUnwindSafe(async move { next.call(request).await }).catch_unwind().in_current_span();
    let Ok(ended) = actix_web::rt::spawn(work).await else { return Err(Panicked(number).into()) };
    match ended {
        Ok(answer) => answer.map(ServiceResponse::map_into_boxed_body),
        Err(panic) => {
            let said = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            tracing::error!(target: "request", "a handler panicked: {said}");
            Err(Panicked(number).into())
        }
    }
}

/// A handler panicked: answered with a JSON string, and with the number under which the log has it.
#[derive(Debug)]
struct Panicked(u64);

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The server could not do this.")
    }
}

impl ResponseError for Panicked {
    fn error_response(&self) -> HttpResponse {
        HttpResponse::InternalServerError().insert_header((REQUEST_ID, self.0)).json(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::{StatusCode, header};
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, try_call_service};

    async fn answer(request: TestRequest) -> (StatusCode, String) {
        async fn broken() -> HttpResponse {
            panic!("broken")
        }
        async fn address(request: actix_web::HttpRequest) -> String {
            request.extensions().get::<RealAddress>().unwrap().0.clone()
        }
        let settings = HttpSettings { behind_proxy: true, ..HttpSettings::default() };
        let app = actix_web::App::new()
            .app_data(web::Data::new(settings))
            .wrap(from_fn(gate))
            .route("/broken", web::get().to(broken))
            .route("/address", web::get().to(address));
        let service = init_service(app).await;
        let response = match try_call_service(&service, request.to_request()).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let status = response.status();
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn a_panic_becomes_an_answer() {
        let (status, text) = answer(TestRequest::get().uri("/broken")).await;
        assert_eq!((status.as_u16(), text.as_str()), (500, "\"The server could not do this.\""));
    }

    #[actix_web::test]
    async fn the_address_is_what_the_proxy_says_and_not_what_the_client_wrote_before() {
        let request = TestRequest::get().uri("/address").insert_header((header::X_FORWARDED_FOR, "192.0.2.7"));
        assert_eq!(answer(request).await, (StatusCode::OK, "192.0.2.7".to_owned()));
        let forged = TestRequest::get().uri("/address").insert_header(("Forwarded", "for=10.0.0.1"));
        let forged = forged.append_header((header::X_FORWARDED_FOR, "10.0.0.1"));
        let forged = forged.append_header((header::X_FORWARDED_FOR, "10.0.0.2, 192.0.2.7"));
        assert_eq!(answer(forged).await, (StatusCode::OK, "192.0.2.7".to_owned()));
    }

    #[actix_web::test]
    async fn what_was_begun_ends_although_the_client_is_gone() {
        static ENDED: AtomicU64 = AtomicU64::new(0);
        async fn slow() -> HttpResponse {
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
            ENDED.fetch_add(1, Ordering::Relaxed);
            HttpResponse::Ok().finish()
        }
        let app = actix_web::App::new().wrap(from_fn(gate)).route("/slow", web::get().to(slow));
        let service = init_service(app).await;
        {
            let request = std::pin::pin!(try_call_service(&service, TestRequest::get().uri("/slow").to_request()));
            let mut nobody = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(request.poll(&mut nobody).is_pending());
        }
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        assert_eq!(ENDED.load(Ordering::Relaxed), 1);
    }
}
