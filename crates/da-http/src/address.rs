//! Where a request really comes from.
//!
//! A header is believed only when the operator says that a proxy writes it, and then only what the proxy itself wrote:
//! the last address of the last `X-Forwarded-For`. What stands before it came from the client.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::X_FORWARDED_FOR;

/// The address of the caller, as text; empty when it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealAddress(pub String);

impl RealAddress {
    pub(crate) fn of(request: &ServiceRequest, behind_proxy: bool) -> Self {
        let forwarded = || {
            let last = request.headers().get_all(X_FORWARDED_FOR).last()?.to_str().ok()?;
            last.rsplit(',').next().map(|address| address.trim().to_owned()).filter(|address| !address.is_empty())
        };
        let peer = || request.peer_addr().map(|peer| peer.ip().to_string());
        RealAddress(behind_proxy.then(forwarded).flatten().or_else(peer).unwrap_or_default())
    }
}
