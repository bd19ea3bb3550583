//! What the configuration tells the web pages. Plain data.

use serde_json::Value;

/// The settings of the pages.
#[derive(Debug, Clone, Default)]
pub struct WebSettings {
    /// `root`: the path that stands before every address, without a slash at the end.
    pub path: String,
    /// Whether browsers come by https: then cookies go no other way.
    pub https: bool,
    /// What makes the API's own document (OpenAPI), for the page that shows it. It is large, so nobody keeps it.
    pub api: Option<fn() -> Value>,
}

impl WebSettings {
    /// The address of one of our own pages.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.path)
    }
}
