//! An advertised interview.

use da_app::{Advertised, view};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::Edition;

/// What stays as it is in a value of a query.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An interview, as an edition lists one. `base` stands in front of the link.
pub(crate) fn advertised(interview: &Advertised, base: &str, edition: Edition) -> Value {
    let link = match edition {
        Edition::Documented => format!("{base}/interview?i={}", utf8_percent_encode(&interview.filename, VALUE)),
        Edition::Later => format!("{base}/start/{}/", utf8_percent_encode(&interview.short_name, VALUE)),
    };
    let class = |name: &str| if interview.has_error { json!(name) } else { Value::Null };
    let mut shown = json!({
        "filename": interview.filename,
        "link": link,
        "package": interview.package,
        "status_class": class("dainterviewhaserror"),
        "subtitle": interview.subtitle,
        "subtitle_class": class("invisible"),
        "tags": interview.tags,
        "title": interview.title,
    });
    if edition == Edition::Later {
        let metadata = interview.metadata.iter().map(|(key, value)| (key.clone(), view::to_json(value)));
        shown["metadata"] = metadata.collect();
    }
    shown
}
