//! What the configuration tells the API. Plain data.

use crate::Edition;

/// The settings of the API.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// `api compatibility`: whose shapes and texts are answered with.
    pub edition: Edition,
    /// `url root` and `root`: the address of this server with its path, without a slash at the end.
    pub base: String,
    /// `root`: the path alone, without a slash at the end.
    pub path: String,
}

impl Default for ApiSettings {
    fn default() -> Self {
        ApiSettings { edition: Edition::Documented, base: "http://localhost".to_owned(), path: String::new() }
    }
}
