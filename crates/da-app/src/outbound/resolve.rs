//! [`GuardedResolver`]: names become addresses here, and those that may not be reached never leave.
//!
//! The connection goes to what this returns, and nothing looks the name up again: a name that changes its address in between
//! changes nothing.

use std::io;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::address::is_public;

/// What it says of a server whose addresses may not be reached; never parsed, only told.
pub(super) const NOT_PUBLIC: &str = "the address is not public";

/// Looks names up and drops what may not be reached.
#[derive(Debug, Default)]
pub(super) struct GuardedResolver {
    system: DefaultResolver,
    allows_private: bool,
}

impl GuardedResolver {
    pub(super) fn new(allows_private: bool) -> Self {
        GuardedResolver { system: DefaultResolver::default(), allows_private }
    }
}

impl Resolver for GuardedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.system.resolve(uri, config, timeout)?;
        if self.allows_private {
            return Ok(found);
        }
        let mut allowed = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            allowed.push(*address);
        }
        if allowed.is_empty() {
            return Err(Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, Refused)));
        }
        Ok(allowed)
    }
}

/// The addresses of a server may not be reached.
#[derive(Debug, thiserror::Error)]
#[error("{NOT_PUBLIC}")]
pub(super) struct Refused;
