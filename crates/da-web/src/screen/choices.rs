//! Groups of inputs and lists: one of several, or any of several.

use da_app::view;
use da_core::{Choice, ChoiceValue, Field, Plain};

use super::field::{Surroundings, described, label};
use super::{Show, plain};
use crate::form::control::{self, Control};
use crate::html::{Html, Tag, tag};

/// The choices of a multiple choice question: the question itself is their legend.
pub(super) fn of_screen(show: &Show<'_>, field: &Field, control: Control) -> Html {
    let question = || tag("span").class("unseen").put(plain(&show.screen.question));
    if control == Control::Radio {
        let surroundings = Surroundings::of(show, 0, field);
        return tag("fieldset")
            .class(surroundings.class("field"))
            .put(tag("legend").put(question()))
            .put(surroundings.above.clone())
            .put_all(radios(show, 0, field, &surroundings))
            .into();
    }
    let unlabelled = Field { label: None, required: Some(false), ..field.clone() };
    let surroundings = Surroundings::of(show, 0, field);
    let id = control::name(0);
    let (input, suggested) = match control {
        Control::Combobox => {
            let text =
                if show.sent.is_some() { show.text(0, field) } else { label_of_default(field).unwrap_or_default() };
            let input = tag("input").attr("type", "text").attr("name", &id).attr("list", format!("{id}_list"));
            (input.attr("value", text), Some(suggestions(0, field)))
        }
        _ => (list(show, 0, field), None),
    };
    tag("div")
        .class(surroundings.class("field"))
        .put(tag("label").attr("for", &id).put(label(show, &unlabelled)))
        .put(surroundings.above.clone())
        .put(described(input.attr("id", &id), &surroundings).flag("required", true))
        .put_some(suggested)
        .into()
}

/// A field that is a group of inputs.
pub(super) fn group(show: &Show<'_>, number: usize, field: &Field, control: Control) -> Html {
    let surroundings = Surroundings::of(show, number, field);
    let options = match control {
        Control::Truth { maybe, inverted } => truths(show, number, field, (maybe, inverted), &surroundings),
        Control::Checkboxes => boxes(show, number, field, &surroundings),
        _ => radios(show, number, field, &surroundings),
    };
    tag("fieldset")
        .class(surroundings.class("field"))
        .put(tag("legend").put(label(show, field)))
        .put(surroundings.above)
        .put_all(options)
        .into()
}

/// A list to choose from.
pub(super) fn list(show: &Show<'_>, number: usize, field: &Field) -> Tag {
    let chosen = chosen(show, number, field);
    let option = |(at, choice): (usize, &Choice)| {
        let option = tag("option").attr("value", at.to_string()).flag("selected", chosen == Some(at));
        option.put(plain(&text_of_html(&choice.label)))
    };
    let first = tag("option").attr("value", "").put(field.hint.as_deref().unwrap_or("Select…"));
    let all = field.choices.iter().flatten().enumerate().map(option);
    tag("select").attr("name", control::name(number)).put(first).put_all(all)
}

/// What a box that also takes text suggests.
pub(super) fn suggestions(number: usize, field: &Field) -> Tag {
    let option = |choice: &Choice| tag("option").attr("value", choice.label.trim());
    let id = format!("{}_list", control::name(number));
    tag("datalist").attr("id", id).put_all(field.choices.iter().flatten().map(option))
}

/// The label of the choice that is the default.
pub(super) fn label_of_default(field: &Field) -> Option<String> {
    let at = default_choice(field)?;
    Some(field.choices.as_ref()?.get(at)?.label.trim().to_owned())
}

fn radios(show: &Show<'_>, number: usize, field: &Field, surroundings: &Surroundings) -> Vec<Tag> {
    let chosen = chosen(show, number, field);
    let radio = |(at, choice): (usize, &Choice)| {
        let input = radio(number, at, &at.to_string(), chosen == Some(at));
        option(described(input, surroundings), choice)
    };
    field.choices.iter().flatten().enumerate().map(radio).collect()
}

fn boxes(show: &Show<'_>, number: usize, field: &Field, surroundings: &Surroundings) -> Vec<Tag> {
    let single = |(at, choice): (usize, &Choice)| {
        let name = control::part(number, at);
        let checked = match show.sent {
            Some(sent) => sent.get(&name).is_some(),
            None => is_default(field, choice),
        };
        let input = tag("input").attr("type", "checkbox").attr("name", &name).attr("id", &name).attr("value", "1");
        option(described(input.flag("checked", checked), surroundings), choice)
    };
    field.choices.iter().flatten().enumerate().map(single).collect()
}

fn truths(
    show: &Show<'_>,
    number: usize,
    field: &Field,
    (maybe, inverted): (bool, bool),
    surroundings: &Surroundings,
) -> Vec<Tag> {
    let own = |at: usize| field.boolean_labels.as_ref().and_then(|labels| labels.get(at)?.clone());
    let (usual_yes, usual_no) = if inverted { ("No", "Yes") } else { ("Yes", "No") };
    let yes = ("True", own(0).unwrap_or_else(|| usual_yes.to_owned()));
    let no = ("False", own(1).unwrap_or_else(|| usual_no.to_owned()));
    let third = ("None", own(2).unwrap_or_else(|| "I don't know".to_owned()));
    let mut all = if inverted { vec![no, yes] } else { vec![yes, no] };
    if maybe {
        all.push(third);
    }
    let chosen = show.text(number, field);
    let single = |(at, (value, words)): (usize, (&str, String))| {
        let input = described(radio(number, at, value, chosen == value), surroundings);
        option(input, &Choice { label: words, ..Choice::default() })
    };
    all.into_iter().enumerate().map(single).collect()
}

fn radio(number: usize, at: usize, value: &str, checked: bool) -> Tag {
    tag("input")
        .attr("type", "radio")
        .attr("name", control::name(number))
        .attr("id", control::part(number, at))
        .attr("value", value)
        .flag("checked", checked)
}

fn option(input: Tag, choice: &Choice) -> Tag {
    let help = choice.help.as_deref().map(|help| tag("span").class("quiet").put(view::inline_html(help)));
    let words = tag("span").put(view::harmless_html(&choice.label)).put_some(help);
    tag("label").class("option").put(input).put(words)
}

/// The number of the choice that is chosen.
fn chosen(show: &Show<'_>, number: usize, field: &Field) -> Option<usize> {
    match show.sent {
        Some(sent) => sent.text(&control::name(number))?.trim().parse().ok(),
        None => default_choice(field),
    }
}

fn default_choice(field: &Field) -> Option<usize> {
    let choices = field.choices.as_ref()?;
    let by_value = |wanted: &Plain| {
        choices.iter().position(|choice| match &choice.value {
            ChoiceValue::Value(value) | ChoiceValue::Own { value, .. } => value.form_text() == wanted.form_text(),
            ChoiceValue::None => false,
        })
    };
    let says_so = |said: &Option<Plain>| matches!(said, Some(Plain::Bool(true)));
    let by_choice = || choices.iter().position(|choice| says_so(&choice.selected) || says_so(&choice.default));
    field.default.as_ref().and_then(by_value).or_else(by_choice)
}

/// Whether a box is checked before anybody was here: the default is a dictionary, a list, or one of the values.
fn is_default(field: &Field, choice: &Choice) -> bool {
    let owner = field.variable.as_deref().unwrap_or_default();
    let ChoiceValue::Own { variable, .. } = &choice.value else { return false };
    let Some(key) = da_app::key_of_choice(variable, owner) else { return false };
    let by_choice =
        || matches!(choice.default, Some(Plain::Bool(true))) || matches!(choice.selected, Some(Plain::Bool(true)));
    match &field.default {
        Some(all @ Plain::Map(_)) => all.get("elements").unwrap_or(all).get(&key) == Some(&Plain::Bool(true)),
        Some(Plain::List(some)) => some.iter().any(|one| one.form_text() == key),
        Some(one) => one.form_text() == key,
        None => by_choice(),
    }
}

/// A label without tags: a list to choose from shows text alone.
fn text_of_html(label: &str) -> String {
    let entities = [
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&hellip;", "…"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    let words = plain(label);
    entities.iter().fold(words, |words, (entity, sign)| words.replace(entity, sign))
}
