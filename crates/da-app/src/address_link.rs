//! A short-lived link to an address elsewhere.

use serde::{Deserialize, Serialize};

use crate::code::Behind;
use crate::{App, AppError, Fault};

/// Letters and digits of a code, as in the original.
const LENGTH: usize = 32;

/// What a code stands for.
#[derive(Serialize, Deserialize)]
struct Address {
    url: String,
    one_time: bool,
}

impl App {
    /// Makes the code of a link to an address, good for so many seconds.
    ///
    /// # Errors
    /// [`Fault::BadAddress`] for what no browser can be sent to.
    pub async fn address_link(&self, url: &str, one_time: bool, seconds: i64) -> Result<String, AppError> {
        if url.is_empty() || !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(AppError::new(Fault::BadAddress, "That is no address."));
        }
        let address = Address { url: url.to_owned(), one_time };
        let plain = serde_json::to_vec(&address).map_err(AppError::internal)?;
        self.code_keep(Behind::Address, LENGTH, &plain, seconds).await
    }

    /// Where the link of a code leads.
    ///
    /// # Errors
    /// [`Fault::UsedLink`] for a code that is not there any more.
    pub async fn address_by_link(&self, code: &str) -> Result<String, AppError> {
        let used = || AppError::new(Fault::UsedLink, "The link has been used already, or is too old.");
        let plain = self.code_read(Behind::Address, (code, code)).await?.ok_or_else(used)?;
        let address: Address = serde_json::from_slice(&plain).map_err(AppError::internal)?;
        if address.one_time {
            self.code_take(Behind::Address, code).await?.ok_or_else(used)?;
        }
        Ok(address.url)
    }
}
