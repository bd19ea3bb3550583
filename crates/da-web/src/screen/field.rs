//! A field: its label tied to its control, its help, its hint, and what is wrong with it.

use da_app::view;
use da_core::{Field, Plain, Screen, ScreenKind, ShowIf};

use super::shown::is_no_label;
use super::{Show, choices, plain};
use crate::form::control::{self, Control};
use crate::html::{Html, Tag, tag};

/// The id that a link to a field leads to: that of its control, or of the first of its group.
pub(super) fn target(screen: &Screen, number: usize) -> String {
    let is_group = match screen.kind {
        ScreenKind::MultipleChoice => Control::of_choice(screen).is_some_and(Control::is_group),
        _ => screen.fields.get(number).map(Control::of).is_some_and(Control::is_group),
    };
    if is_group { control::part(number, 0) } else { control::name(number) }
}

/// A field, or a text among the fields.
pub(super) fn of(show: &Show<'_>, number: usize, field: &Field) -> Html {
    let control = Control::of(field);
    match control {
        Control::Note => note(show, field),
        Control::Hidden => Html::default(),
        Control::Box { inverted } => single_box(show, number, field, inverted),
        _ if control.is_group() => choices::group(show, number, field, control),
        _ => labelled(show, number, field, control),
    }
}

pub(super) fn note(show: &Show<'_>, field: &Field) -> Html {
    if let Some(note) = &field.note {
        return tag("div").class("text note").put(show.terms.html(note)).into();
    }
    match &field.html {
        Some(html) => tag("div").class("text note").put(view::harmless_html(html)).into(),
        None => Html::default(),
    }
}

fn labelled(show: &Show<'_>, number: usize, field: &Field, control: Control) -> Html {
    let id = control::name(number);
    let surroundings = Surroundings::of(show, number, field);
    let label = tag("label").attr("for", &id).put(label(show, field));
    let input = described(input(show, number, field, control).attr("id", &id), &surroundings)
        .flag("required", field.required.unwrap_or(true));
    tag("div")
        .class(surroundings.class("field"))
        .put(label)
        .put(surroundings.above)
        .put(if control == Control::Currency {
            tag("span").class("money").put(tag("span").attr("aria-hidden", "true").put("$")).put(input)
        } else {
            input
        })
        .put_some(control_list(number, field, control))
        .into()
}

/// Ties help and error to an input.
pub(super) fn described(input: Tag, surroundings: &Surroundings) -> Tag {
    let ids = surroundings.ids.join(" ");
    let input = input.maybe("aria-describedby", (!ids.is_empty()).then_some(ids));
    input.maybe("aria-invalid", surroundings.is_wrong.then_some("true"))
}

fn single_box(show: &Show<'_>, number: usize, field: &Field, inverted: bool) -> Html {
    let id = control::name(number);
    let surroundings = Surroundings::of(show, number, field);
    let input = tag("input")
        .attr("type", "checkbox")
        .attr("name", &id)
        .attr("id", &id)
        .attr("value", "1")
        .flag("checked", show.is_checked(number, field, inverted));
    let input = described(input, &surroundings);
    let words = show.terms.inline_html(field.label.as_deref().unwrap_or_default());
    tag("div")
        .class(surroundings.class("field"))
        .put(surroundings.above)
        .put(tag("label").class("option").put(input).put(tag("span").put(words)))
        .into()
}

/// The label with the mark of a field that must be filled in.
pub(super) fn label(show: &Show<'_>, field: &Field) -> Html {
    let own = field.label.as_deref().filter(|label| !is_no_label(label));
    let mut label = Html::default();
    match own {
        Some(own) => label.put(show.terms.inline_html(own)),
        // Without a label of its own the field answers the question.
        None => label.put(tag("span").class("unseen").put(plain(&show.screen.question))),
    }
    if field.required.unwrap_or(true) && !matches!(Control::of(field), Control::Checkboxes) {
        label.put(tag("span").class("mark").attr("aria-hidden", "true").put("*"));
    }
    label
}

fn input(show: &Show<'_>, number: usize, field: &Field, control: Control) -> Tag {
    let name = control::name(number);
    let text = show.text(number, field);
    let line = |kind: &str| tag("input").attr("type", kind).attr("name", &name);
    let limit = |limit: &Option<Plain>| limit.as_ref().map(Plain::form_text);
    match control {
        Control::Area => {
            let rows = field.more.iter().find(|(key, _)| key == "rows").map(|(_, rows)| rows.form_text());
            // A line's end at the start of a text area is not part of the text.
            tag("textarea")
                .attr("name", &name)
                .attr("rows", rows.unwrap_or_else(|| "4".to_owned()))
                .maybe("maxlength", limit(&field.max_length))
                .maybe("placeholder", field.hint.as_deref())
                .put(format!("\n{text}"))
        }
        Control::Dropdown => choices::list(show, number, field),
        Control::Integer => {
            line("text").attr("inputmode", "numeric").attr("value", &text).maybe("placeholder", hint(field))
        }
        Control::Number | Control::Currency => {
            line("text").attr("inputmode", "decimal").attr("value", &text).maybe("placeholder", hint(field))
        }
        Control::Date => {
            let day = |text: String| text.get(..10).map(str::to_owned);
            line("date")
                .maybe("value", day(text))
                .maybe("min", limit(&field.min).and_then(day))
                .maybe("max", limit(&field.max).and_then(day))
        }
        Control::Combobox => {
            let text = if show.sent.is_some() { text } else { choices::label_of_default(field).unwrap_or(text) };
            line("text").attr("list", format!("{name}_list")).attr("value", text).maybe("placeholder", hint(field))
        }
        Control::File { many } => {
            line("file").flag("multiple", many).maybe("accept", accepted(field)).maybe("capture", captured(field))
        }
        Control::Line("password") => line("password").attr("autocomplete", "off"),
        Control::Line(_) if field.own.is_some() => own_line(&name, text, field),
        Control::Line(kind) => line(kind)
            .attr("value", &text)
            .maybe("maxlength", limit(&field.max_length))
            .maybe("placeholder", hint(field))
            .maybe("autocomplete", (kind == "email").then_some("email")),
        _ => line("text").attr("value", &text),
    }
}

/// The control of a datatype that a package defines.
fn own_line(name: &str, text: String, field: &Field) -> Tag {
    let own = field.own.as_deref().cloned().unwrap_or_default();
    let input = tag("input")
        .attr("type", &own.input_type)
        .attr("name", name)
        .attr("class", &own.input_class)
        .attr("value", text)
        .maybe("maxlength", field.max_length.as_ref().map(Plain::form_text))
        .maybe("placeholder", hint(field));
    own.data.iter().fold(input, |input, (name, value)| input.data(name, value))
}

/// The kinds of files that a field takes: its own words, or what the device records.
fn accepted(field: &Field) -> Option<String> {
    let own = field.more.iter().find(|(key, _)| key == "accept").map(|(_, kinds)| kinds.form_text());
    let recorded = match field.datatype.as_deref() {
        Some("camera" | "user" | "environment") => Some("image/*"),
        Some("camcorder") => Some("video/*"),
        Some("microphone") => Some("audio/*"),
        _ => None,
    };
    own.or_else(|| recorded.map(str::to_owned))
}

/// Which way the camera looks.
fn captured(field: &Field) -> Option<&'static str> {
    match field.datatype.as_deref() {
        Some("user") => Some("user"),
        Some("environment" | "camera") => Some("environment"),
        _ => None,
    }
}

fn hint(field: &Field) -> Option<&str> {
    field.hint.as_deref()
}

fn control_list(number: usize, field: &Field, control: Control) -> Option<Tag> {
    (control == Control::Combobox).then(|| choices::suggestions(number, field))
}

/// Help, condition and error of a field, and the ids by which a control refers to them.
pub(super) struct Surroundings {
    /// To stand between label and control.
    pub(super) above: Html,
    pub(super) ids: Vec<String>,
    pub(super) is_wrong: bool,
}

impl Surroundings {
    pub(super) fn of(show: &Show<'_>, number: usize, field: &Field) -> Surroundings {
        let mut found = Surroundings { above: Html::default(), ids: Vec::new(), is_wrong: false };
        let name = control::name(number);
        if let Some(condition) = condition(show.screen, field) {
            found.add(format!("{name}_if"), "p", "quiet", condition.as_str());
        }
        if let Some(help) = &field.help {
            found.add(format!("{name}_help"), "div", "quiet", show.terms.html(help));
        }
        if let Some(problem) = show.problem(number) {
            found.is_wrong = true;
            found.add(format!("{name}_error"), "p", "error", view::inline_html(problem));
        }
        found
    }

    pub(super) fn class(&self, usual: &'static str) -> &'static str {
        if self.is_wrong { "field wrong" } else { usual }
    }

    fn add(&mut self, id: String, name: &'static str, class: &'static str, content: impl Into<Html>) {
        self.above.put(tag(name).class(class).attr("id", &id).put(content));
        self.ids.push(id);
    }
}

/// A condition in words, because nothing hides the field.
fn condition(screen: &Screen, field: &Field) -> Option<String> {
    let Some(ShowIf::Value { variable, value, sign }) = &field.show_if else { return None };
    let other = screen.fields.iter().find(|other| other.variable.as_deref() == Some(variable))?;
    let label = plain(other.label.as_deref().filter(|label| !is_no_label(label))?);
    let is = if *sign { "is" } else { "is not" };
    let value = match value {
        Plain::Bool(true) => "yes".to_owned(),
        Plain::Bool(false) => "no".to_owned(),
        Plain::Text(text) if text == "True" => "yes".to_owned(),
        Plain::Text(text) if text == "False" => "no".to_owned(),
        other => format!("“{}”", other.form_text()),
    };
    Some(format!("Only if the answer to “{label}” {is} {value}."))
}
