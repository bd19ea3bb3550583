//! The `metadata` blocks of an interview, joined into one.
//!
//! Data only: what a directive means is decided where it is used.

use da_core::Plain;

/// What an interview says about itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    entries: Vec<(String, Plain)>,
}

impl Metadata {
    /// Adds a block. A directive that is there already keeps its place and takes the new value.
    pub(crate) fn add(&mut self, block: Vec<(String, Plain)>) {
        for (key, value) in block {
            match self.entries.iter_mut().find(|(name, _)| *name == key) {
                Some(entry) => entry.1 = value,
                None => self.entries.push((key, value)),
            }
        }
    }

    /// All directives, in the order in which they first appeared.
    pub fn entries(&self) -> &[(String, Plain)] {
        &self.entries
    }

    /// A directive, as it was written.
    pub fn get(&self, directive: &str) -> Option<&Plain> {
        self.entries.iter().find(|(name, _)| name == directive).map(|(_, value)| value)
    }

    /// `title`.
    pub fn title(&self) -> Option<&str> {
        self.text("title")
    }

    /// `short title`.
    pub fn short_title(&self) -> Option<&str> {
        self.text("short title")
    }

    /// `subtitle`.
    pub fn subtitle(&self) -> Option<&str> {
        self.text("subtitle")
    }

    /// `description`.
    pub fn description(&self) -> Option<&str> {
        self.text("description")
    }

    /// `tags`.
    pub fn tags(&self) -> Vec<String> {
        self.list("tags")
    }

    /// `required privileges`: who may run the interview; empty when everybody may.
    pub fn required_privileges(&self) -> Vec<String> {
        self.list("required privileges")
    }

    /// `required privileges for initiating`: who may start a session.
    pub fn required_privileges_for_initiating(&self) -> Vec<String> {
        self.list("required privileges for initiating")
    }

    /// `required privileges for listing`: who sees the interview in lists.
    pub fn required_privileges_for_listing(&self) -> Vec<String> {
        self.list("required privileges for listing")
    }

    /// `require login`.
    pub fn requires_login(&self) -> bool {
        self.flag("require login")
    }

    /// `unlisted`.
    pub fn is_unlisted(&self) -> bool {
        self.flag("unlisted")
    }

    /// `sessions are unique`.
    pub fn sessions_are_unique(&self) -> bool {
        self.flag("sessions are unique")
    }

    /// `temporary session`.
    pub fn session_is_temporary(&self) -> bool {
        self.flag("temporary session")
    }

    /// `suppress loading util`: whether the interview is without the names of `docassemble.base.util`.
    pub fn suppresses_loading_util(&self) -> bool {
        self.flag("suppress loading util")
    }

    fn text(&self, directive: &str) -> Option<&str> {
        self.get(directive)?.as_text()
    }

    fn flag(&self, directive: &str) -> bool {
        self.get(directive) == Some(&Plain::Bool(true))
    }

    /// A list of texts; a single text counts as a list of one.
    fn list(&self, directive: &str) -> Vec<String> {
        match self.get(directive) {
            Some(Plain::Text(text)) => vec![text.clone()],
            Some(Plain::List(items)) => items.iter().filter_map(|item| item.as_text().map(str::to_owned)).collect(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_metadata_overwrites_earlier_and_a_text_counts_as_a_list() {
        let mut metadata = Metadata::default();
        metadata.add(vec![("title".to_owned(), "A".into()), ("tags".to_owned(), "one".into())]);
        metadata.add(vec![("title".to_owned(), "B".into()), ("unlisted".to_owned(), true.into())]);
        assert_eq!(metadata.title(), Some("B"));
        assert_eq!(metadata.tags(), ["one"]);
        assert!(metadata.is_unlisted());
        assert!(!metadata.requires_login());
        assert_eq!(metadata.entries()[0].0, "title");
    }
}
