//! The keys of a block: brought to lower case, checked against one another and against those that
//! docassemble knows.

use super::fault::Fault;
use crate::check::nearest;
use crate::yaml::{Entry, Node};

/// The entries of a block, their keys in lower case.
pub(super) struct Keys<'n> {
    entries: Vec<(String, &'n Entry)>,
    pub(super) line: u32,
}

/// At most one of these, and only with a question.
const WAYS_TO_ANSWER: [&str; 11] = [
    "yesno",
    "noyes",
    "yesnomaybe",
    "noyesmaybe",
    "fields",
    "buttons",
    "choices",
    "dropdown",
    "combobox",
    "signature",
    "review",
];

impl<'n> Keys<'n> {
    pub(super) fn new(node: &'n Node) -> Self {
        let mut entries: Vec<(String, &Entry)> = Vec::new();
        for written in node.as_map().unwrap_or_default() {
            let key = written.key.key_text().to_lowercase();
            match entries.iter_mut().find(|entry| entry.0 == key) {
                Some(entry) => entry.1 = written,
                None => entries.push((key, written)),
            }
        }
        let mut keys = Keys { entries, line: node.line };
        keys.rename_field();
        keys
    }

    /// A plain `field` is a `continue button field`.
    fn rename_field(&mut self) {
        let ways = ["yesno", "noyes", "yesnomaybe", "noyesmaybe", "buttons", "choices", "dropdown", "combobox"];
        if self.has("field") && !ways.iter().any(|way| self.has(way)) && !self.has("continue button field") {
            for entry in &mut self.entries {
                if entry.0 == "field" {
                    "continue button field".clone_into(&mut entry.0);
                }
            }
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|entry| entry.0 == key).map(|entry| &entry.1.value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    pub(super) fn first_of(&self, keys: &[&'static str]) -> Option<(&'static str, &'n Node)> {
        keys.iter().find_map(|key| self.get(key).map(|node| (*key, node)))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &'n Node)> {
        self.entries.iter().map(|(key, entry)| (key.as_str(), &entry.value))
    }

    /// Whether every key is one of `keys`.
    pub(super) fn only(&self, keys: &[&str]) -> bool {
        self.entries.iter().all(|entry| keys.contains(&entry.0.as_str()))
    }

    /// The keys that exclude or need one another.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let ways: Vec<_> = WAYS_TO_ANSWER.into_iter().filter(|way| self.has(way)).collect();
        if ways.len() > 1 {
            let message = format!("There can be only one of {} in a block.", ways.join(", "));
            return Err(Fault::new(self.line, message));
        }
        if let (Some(way), false) = (ways.first(), self.has("question")) {
            return Err(Fault::new(self.line, format!("A block with {way} must have a question.")));
        }
        if self.has("question") && self.has("code") {
            return Err(Fault::new(self.line, "A block cannot have both a question and code."));
        }
        if self.has("event")
            && let Some((key, node)) = self.first_of(&["field", "fields", "yesno", "noyes"])
        {
            return Err(Fault::at(node, format!("The 'event' directive cannot be used with '{key}'.")));
        }
        Ok(())
    }

    /// The keys that docassemble does not know, with the places where they stand.
    pub(super) fn unknown(&self) -> impl Iterator<Item = (&str, &'n Node)> {
        self.entries.iter().filter(|entry| !KNOWN.contains(&entry.0.as_str())).map(|entry| (&*entry.0, &entry.1.key))
    }
}

/// What a key that nobody knows was probably meant to be, as a sentence to add.
pub(super) fn meant(key: &str, known: &[&'static str]) -> String {
    nearest(key, known.iter().copied()).map_or_else(String::new, |near| format!(" Did you mean '{near}'?"))
}

/// Every key that a block may have.
pub(super) const KNOWN: &[&str] = &[
    "action",
    "action buttons",
    "all_variables",
    "allow downloading",
    "allow emailing",
    "allow reordering",
    "allowed to set",
    "always include editable files",
    "attachment",
    "attachment code",
    "attachment notice",
    "attachment options",
    "attachments",
    "attachments code",
    "audio",
    "auto open",
    "auto terms",
    "back button",
    "back button color",
    "back button label",
    "backgroundresponse",
    "binaryresponse",
    "breadcrumb",
    "buttons",
    "centered",
    "check in",
    "choices",
    "code",
    "columns",
    "combobox",
    "command",
    "comment",
    "confirm",
    "content",
    "content file",
    "content type",
    "content_type",
    "continue button color",
    "continue button field",
    "continue button label",
    "css",
    "css class",
    "data",
    "data from code",
    "decoration",
    "decoration alt text",
    "def",
    "default",
    "default language",
    "default role",
    "default screen parts",
    "default validation messages",
    "delete buttons",
    "depends on",
    "describe file types",
    "disable continue button",
    "disable others",
    "download tab title",
    "dropdown",
    "edit",
    "edit header",
    "email address default",
    "email body",
    "email subject",
    "email template",
    "event",
    "exit label",
    "exit link",
    "exit url",
    "features",
    "field",
    "fields",
    "filename",
    "ga id",
    "generic list object",
    "generic object",
    "hashtag",
    "help",
    "hide continue button",
    "horizontal",
    "html",
    "id",
    "if",
    "image sets",
    "images",
    "imports",
    "include",
    "include attachment notice",
    "include_internal",
    "include download tab",
    "indent",
    "initial",
    "interview help",
    "is generic",
    "language",
    "list collect",
    "logo",
    "machine learning storage",
    "mako",
    "mandatory",
    "manual attachment list",
    "metadata",
    "modules",
    "name",
    "need",
    "new session",
    "noyes",
    "noyesmaybe",
    "not available label",
    "null response",
    "objects",
    "objects from file",
    "on change",
    "only sets",
    "order",
    "orelse",
    "pen color",
    "post",
    "pre",
    "prevent going back",
    "progress",
    "progressive",
    "question",
    "question metadata",
    "read only",
    "reconsider",
    "redirect url",
    "reload",
    "require",
    "require gathered",
    "required",
    "reset",
    "response",
    "response code",
    "response filename",
    "resume button color",
    "resume button label",
    "review",
    "right",
    "role",
    "rows",
    "scan for variables",
    "script",
    "section",
    "sections",
    "segment",
    "segment id",
    "sets",
    "short title",
    "show if empty",
    "show incomplete",
    "shuffle",
    "signature",
    "skip undefined",
    "sleep",
    "sort key",
    "sort reverse",
    "filter",
    "state",
    "subject",
    "subquestion",
    "subtitle",
    "supersedes",
    "suppress loading util",
    "table",
    "table css class",
    "tabular",
    "target",
    "template",
    "terms",
    "title",
    "track location",
    "translations",
    "type",
    "under",
    "undefine",
    "url",
    "use objects",
    "usedefs",
    "validation code",
    "valid formats",
    "variable name",
    "video",
    "yesno",
    "yesnomaybe",
    "zip filename",
    "corner back button label",
    "documentation",
    "fields code",
    "gathered",
    "help label",
    "post screen",
    "pre screen",
    "exit label",
    "full",
    "tags",
    "sms",
    "extra",
    "gather",
];
