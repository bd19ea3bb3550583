//! The classes of error that the layers above the store and the engine tell apart.

/// What kind of failure it was, without a word about HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// The request cannot be right as it stands.
    Invalid,
    /// The caller may not do this.
    Forbidden,
    /// There is no such thing.
    Missing,
    /// Somebody else changed it at the same time.
    Conflict,
    /// More than a limit allows.
    TooLarge,
    /// The interview itself failed.
    Interview,
    /// The server is at its limit; trying again later may work.
    Busy,
    /// A fault of the server.
    Internal,
}
