//! A signature: a picture that is drawn with the finger where a script of ours runs, and chosen where none does.

use da_core::Field;

use super::Show;
use super::field::{Surroundings, described};
use crate::form::control::name;
use crate::html::{Html, tag};

/// The colour of the pen where nothing is said.
const BLACK: &str = "#000";

/// The field of a signature. What the script says stands with it, so that its words have one place.
pub(super) fn of(show: &Show<'_>, field: &Field) -> Html {
    let id = name(0);
    let surroundings = Surroundings::of(show, 0, field);
    let color = field.more.iter().find(|(key, _)| key == "pen color").map(|(_, color)| color.form_text());
    let input = tag("input")
        .attr("type", "file")
        .attr("name", &id)
        .attr("id", &id)
        .attr("accept", "image/png,image/jpeg")
        .data("pen", color.as_deref().unwrap_or(BLACK))
        .data("here", "Sign here")
        .data("clear", "Clear")
        .data("instead", "Send a picture of your signature instead")
        .flag("required", field.required.unwrap_or(true));
    tag("div")
        .class(surroundings.class("field"))
        .put(surroundings.above.clone())
        .put(tag("label").attr("for", &id).put("A picture of your signature (PNG or JPEG)"))
        .put(described(input, &surroundings))
        .into()
}
