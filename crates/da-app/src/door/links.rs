//! Short-lived links to addresses, and stashed data.

use da_core::Plain;

use super::given::Given;
use super::{Door, Refusal, unknown};
use crate::stash::Stashed;
use crate::view;

/// What a link is good for when nothing is said: a day.
const DAY: i64 = 24 * 60 * 60;

impl Door {
    pub(super) fn links(&self, what: &str, given: &Given<'_>) -> Result<Plain, Refusal> {
        let app = self.app()?;
        match what {
            "new" => {
                let seconds = given.number("seconds").filter(|seconds| *seconds > 0).unwrap_or(DAY);
                let (url, one_time) = (given.text("url")?, given.is_true("one_time"));
                self.wait(app.address_link(&url, one_time, seconds)).map(Plain::Text)
            }
            "stash" => {
                let stashed = self.wait(app.stash_add(&given.json("data"), given.number("seconds")))?;
                Ok(Plain::List(vec![Plain::Text(stashed.key), Plain::Text(stashed.secret)]))
            }
            "stashed" => {
                let stashed = Stashed { key: given.text("key")?, secret: given.text("secret")? };
                let read = app.stash_read(&stashed, given.is_true("delete"), given.number("refresh"));
                match self.wait(async { Ok(read.await) })? {
                    Ok(data) => Ok(view::from_json(&data)),
                    Err(error) if error.fault == crate::Fault::NoStash => Ok(Plain::Null),
                    Err(error) => Err(super::refused(error)),
                }
            }
            _ => Err(unknown(what)),
        }
    }
}
