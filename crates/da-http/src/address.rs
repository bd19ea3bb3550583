//! Where a request really comes from.
//!
//! A header is believed only when the operator says that a proxy writes it.

use actix_web::dev::ServiceRequest;

/// The address of the caller, as text; empty when it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealAddress(pub String);

impl RealAddress {
    pub(crate) fn of(request: &ServiceRequest, behind_proxy: bool) -> Self {
        let forwarded = behind_proxy.then(|| request.connection_info().realip_remote_addr().map(str::to_owned));
        let address = forwarded.flatten().or_else(|| request.peer_addr().map(|peer| peer.ip().to_string()));
        RealAddress(address.unwrap_or_default())
    }
}
