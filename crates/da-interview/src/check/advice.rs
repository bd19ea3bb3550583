//! What an author may do about YAML that cannot be read: the reader says what it expected, which is rarely what was meant.

use super::Finding;
use crate::source::Sources;

/// What is probably meant, if the place where the reading ended tells it.
pub(super) fn on_yaml(finding: &Finding, sources: &dyn Sources) -> Option<String> {
    let (line, place) = finding.pointed(sources)?;
    let before: String = line.chars().take(place).collect();
    let message = finding.message.as_str();
    let says = |part: &str| message.contains(part);
    if says("mapping values are not allowed") {
        return Some(match before.contains(": ") {
            true => {
                "a text with a colon and a blank in it has to stand in quotes, or on lines of its own below `key: |`"
                    .to_owned()
            }
            false => "the line above has no colon behind its key, or this line is indented too far".to_owned(),
        });
    }
    if says("unexpected character") || says("unknown anchor") {
        let first = line.chars().nth(place)?;
        return Some(format!("a text that begins with {first} has to stand in quotes"));
    }
    if says("block mapping, did not find expected key") {
        let value = before.split_once(": ").map_or("", |(_, value)| value).trim_start();
        let first = value.chars().next().filter(|first| "{[\"'".contains(*first));
        return Some(match first {
            Some(first) => format!("a text that begins with {first} has to stand in quotes as a whole"),
            None => "this line is indented otherwise than the lines of its block".to_owned(),
        });
    }
    let advice = [
        ("expected '-' indicator", "all items of a list stand at the same distance from the edge"),
        ("illegal placement of ':'", "a bracket above, [ or {, is not closed"),
        ("in quoted scalar", "a quotation mark is not closed"),
    ];
    advice.into_iter().find(|(part, _)| says(part)).map(|(_, advice)| advice.to_owned())
}
