//! [`Letter`]: a mail as the use cases know it.

use da_core::Plain;
use serde::{Deserialize, Serialize};

/// A mail.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Letter {
    /// Who it goes to: addresses, with names or without.
    pub(crate) to: Vec<String>,
    pub(crate) cc: Vec<String>,
    pub(crate) bcc: Vec<String>,
    /// Who it comes from; the server's default sender if nobody is named.
    pub(crate) from: Option<String>,
    pub(crate) reply_to: Option<String>,
    pub(crate) subject: String,
    /// The text without markup.
    pub(crate) body: Option<String>,
    pub(crate) html: Option<String>,
    pub(crate) attachments: Vec<Attached>,
    /// The name of the server's configuration for mail that it leaves by.
    pub(crate) config: Option<String>,
}

/// A file that goes with a mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attached {
    pub(crate) name: String,
    pub(crate) media_type: String,
    /// In base64.
    pub(crate) content: String,
}

impl Letter {
    /// A mail of the server's own.
    pub(crate) fn plain(to: &str, subject: &str, body: String) -> Self {
        Letter { to: vec![to.to_owned()], subject: subject.to_owned(), body: Some(body), ..Letter::default() }
    }

    /// A mail that an interview wrote (see [`Effect::Mail`](da_core::Effect)).
    pub(crate) fn of_interview(letter: &Plain) -> Self {
        let text = |plain: &Plain, name: &str| plain.get(name).and_then(Plain::as_text).map(str::to_owned);
        let list = |name: &str| match letter.get(name) {
            Some(Plain::List(items)) => items.as_slice(),
            _ => &[],
        };
        let texts = |name: &str| list(name).iter().filter_map(Plain::as_text).map(str::to_owned).collect();
        let attached = |plain: &Plain| {
            Some(Attached {
                name: text(plain, "name")?,
                media_type: text(plain, "type").unwrap_or_default(),
                content: text(plain, "content")?,
            })
        };
        Letter {
            to: texts("to"),
            cc: texts("cc"),
            bcc: texts("bcc"),
            from: text(letter, "from"),
            reply_to: text(letter, "reply_to"),
            subject: text(letter, "subject").unwrap_or_default(),
            body: text(letter, "body"),
            html: text(letter, "html"),
            attachments: list("attachments").iter().filter_map(attached).collect(),
            config: text(letter, "config"),
        }
    }
}
