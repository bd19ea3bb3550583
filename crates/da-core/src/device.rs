//! [`Device`]: what somebody's request says of where it comes from.
//!
//! All of it but the address is the word of a client: nothing may depend on it that matters for permission.

/// Where a request comes from. What is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// The address of the network, as text.
    pub address: String,
    /// The program that asks: `User-Agent`.
    pub agent: String,
    /// The languages that the person reads: `Accept-Language`.
    pub languages: String,
    /// The page that led here: `Referer`.
    pub referrer: String,
}
