//! What the configuration tells the doors. Plain data.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::web::Data;

/// The settings of the doors.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// `maximum content length`: bytes that a body may have.
    pub largest_body: usize,
    /// How long a body may take to arrive.
    pub body_time: Duration,
    /// How long a body may pause on its way.
    pub body_pause: Duration,
    /// `behind https load balancer`: the address of the caller is what the proxy in front says.
    pub behind_proxy: bool,
    /// `cross site domains`; empty means every domain, without credentials.
    pub cross_site_domains: Vec<String>,
}

impl HttpSettings {
    /// Those that the server was put together with.
    pub(crate) fn of(request: &HttpRequest) -> Data<HttpSettings> {
        request.app_data::<Data<HttpSettings>>().cloned().unwrap_or_default()
    }
}

impl Default for HttpSettings {
    /// 16 MiB, as docassemble has it.
    fn default() -> Self {
        HttpSettings {
            largest_body: 16 << 20,
            body_time: Duration::from_secs(300),
            body_pause: Duration::from_secs(20),
            behind_proxy: false,
            cross_site_domains: Vec::new(),
        }
    }
}
