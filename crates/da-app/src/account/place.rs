//! [`From`]: where somebody comes from who brings a password, as far as limits on guessing have to know.
//!
//! A device is known by a cookie that it got when its owner signed in: sealed, for that account alone, and worth nothing
//! without the password.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use da_core::Caller;
use da_crypto::token;

use crate::{App, AppError, Fault, Visitor};

const PURPOSE: &str = "device of an account";

/// Letters and digits of a device's name.
const LENGTH: usize = 24;

/// Where somebody comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct From {
    place: String,
    device: Option<Device>,
}

/// A device on which the owner of an account signed in before.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Device {
    id: String,
    account: String,
}

impl From {
    /// An address of the network. Whoever has one of IPv6 has as many as there are in its upper half.
    pub fn address(address: &str) -> Self {
        let place = match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            Ok(IpAddr::V4(address)) => address.to_string(),
            Err(_) => address.to_owned(),
        };
        From { place, device: None }
    }

    /// Whoever asks in an interview or with an API key: an account is one place, and who has none is where the request came from.
    pub(super) fn caller(caller: &Caller) -> Self {
        match caller {
            Caller::Anonymous { address, .. } => From { place: address.clone(), device: None },
            Caller::User(user) | Caller::Limited { user, .. } => {
                From { place: format!("key of {}", user.id), device: None }
            }
        }
    }

    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// The device, if it is one of the account.
    pub(super) fn device_of(&self, account: &str) -> Option<&str> {
        self.device.as_ref().filter(|device| device.account == account).map(|device| device.id.as_str())
    }
}

impl App {
    /// The same, with the cookie by which a device is known; one that was not made here says nothing.
    pub fn from_device(&self, from: From, cookie: Option<&str>) -> From {
        From { device: cookie.and_then(|cookie| self.device(cookie)), ..from }
    }

    /// The cookie by which the device is known on which a visitor signed in.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for one who did not; a database that cannot be read.
    pub async fn device_cookie(&self, from: &From, visitor: &Visitor) -> Result<String, AppError> {
        let caller = self.visitor_caller(visitor, from).await?;
        let user = caller.as_ref().and_then(Caller::user);
        let user = user.ok_or_else(|| AppError::new(Fault::NoAccess, "Access denied."))?;
        let account = user.email.trim().to_lowercase();
        let id = from.device_of(&account).map_or_else(|| token::alphanumeric(LENGTH), |known| Ok(known.to_owned()))?;
        Ok(URL_SAFE_NO_PAD.encode(self.0.server_key.seal(PURPOSE, format!("{id}\n{account}").as_bytes())?))
    }

    fn device(&self, cookie: &str) -> Option<Device> {
        let sealed = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        let plain = String::from_utf8(self.0.server_key.open(PURPOSE, &sealed).ok()?).ok()?;
        let (id, account) = plain.split_once('\n')?;
        Some(Device { id: id.to_owned(), account: account.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_of_ipv6_are_one_place_and_those_of_ipv4_are_not() {
        for (address, place) in [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("", ""),
        ] {
            assert_eq!(From::address(address).place(), place);
        }
    }
}
