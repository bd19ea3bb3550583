//! The inside of the form: its fields and its buttons.

use da_app::view;
use da_core::{ChoiceValue, ContinueButton, Field, Screen, ScreenKind};

use super::Show;
use super::{choices, field, rows, sign};
use crate::form::control::{ANSWER, Control};
use crate::html::{Html, Tag, tag};

/// Fields and buttons; nothing where there is nothing to answer.
pub(super) fn of(show: &Show<'_>) -> Html {
    let screen = show.screen;
    let mut inside = Html::default();
    match screen.kind {
        ScreenKind::YesNo | ScreenKind::NoYes | ScreenKind::YesNoMaybe | ScreenKind::NoYesMaybe => {
            inside.put(truths(screen));
        }
        ScreenKind::MultipleChoice => match Control::of_choice(screen) {
            None => inside.put(choice_buttons(screen)),
            Some(control) => {
                if let Some(only) = screen.fields.first() {
                    inside.put(choices::of_screen(show, only, control));
                }
                inside.put(buttons([go_on(screen)]));
            }
        },
        ScreenKind::SetTrue => inside.put(buttons([go_on(screen)])),
        ScreenKind::Signature => {
            if let Some(only) = screen.fields.first() {
                inside.put(sign::of(show, only));
            }
            inside.put(buttons([go_on(screen)]));
        }
        ScreenKind::Fields => {
            let active = screen.fields.iter().enumerate().filter(|(_, field)| field.active);
            let needs_mark = active.clone().any(|(_, field)| field.variable.is_some() && field.required == Some(true));
            if needs_mark {
                let mark = tag("span").class("mark").put("*");
                inside.put(tag("p").class("quiet").put("Fields with ").put(mark).put(" must be filled in."));
            }
            match &screen.list_collect {
                Some(collect) => inside.put(rows::of(show, collect)),
                None => active.for_each(|(number, one)| inside.put(field::of(show, number, one))),
            }
            inside.put(buttons([go_on(screen)]));
        }
        ScreenKind::Review => {
            let active = screen.fields.iter().filter(|field| field.active);
            active.for_each(|one| inside.put(review_line(show, one)));
            inside.put(buttons([go_on(screen)]));
        }
        _ => {}
    }
    inside
}

/// A line of earlier answers: what it says, and the way back to them.
fn review_line(show: &Show<'_>, line: &Field) -> Html {
    let (Some(label), Some(link)) = (&line.label, &line.link) else { return field::note(show, line) };
    let is_button = line.datatype.as_deref() == Some("button");
    let link = tag("a").attr("href", link).put(view::inline_html(label));
    let link = if is_button { link.class("button plain") } else { link };
    let help = line.help.as_deref().map(|help| tag("div").class("text").put(show.terms.html(help)));
    let note = line.note.as_deref().map(|note| tag("div").class("text note").put(show.terms.html(note)));
    let line = tag("div").class("review");
    match is_button {
        true => line.put_some(help).put_some(note).put(link),
        false => line.put(link).put_some(help).put_some(note),
    }
    .into()
}

fn buttons(all: impl IntoIterator<Item = Tag>) -> Tag {
    tag("div").class("buttons").put_all(all)
}

fn go_on(screen: &Screen) -> Tag {
    tag("button")
        .class("main")
        .flag("hidden", screen.continue_button == ContinueButton::Hidden)
        .flag("disabled", screen.continue_button == ContinueButton::Disabled)
        .put(view::inline_html(&screen.continue_label))
}

/// The buttons of a yes-or-no question, in the order of its kind.
fn truths(screen: &Screen) -> Tag {
    let inverted = matches!(screen.kind, ScreenKind::NoYes | ScreenKind::NoYesMaybe);
    let maybe = matches!(screen.kind, ScreenKind::YesNoMaybe | ScreenKind::NoYesMaybe);
    // The labels go with what a button stores: in the inverted kinds `yes_label` says "No".
    let (yes, no) = if inverted { ("No", "Yes") } else { ("Yes", "No") };
    let truth = pressing("True", screen.yes_label.as_deref().unwrap_or(yes)).class("main");
    let falsehood = pressing("False", screen.no_label.as_deref().unwrap_or(no)).class("main");
    let both = if inverted { [falsehood, truth] } else { [truth, falsehood] };
    let third = screen.maybe_label.as_deref().unwrap_or("I don't know");
    let third = maybe.then(|| pressing("None", third).class("plain"));
    buttons(both).put_some(third)
}

fn pressing(value: &str, label: &str) -> Tag {
    pressing_what(value, view::inline_html(label))
}

fn pressing_what(value: &str, label: view::Markup) -> Tag {
    tag("button").attr("name", ANSWER).attr("value", value).put(label)
}

/// A button for each choice.
fn choice_buttons(screen: &Screen) -> Tag {
    let choices = screen.fields.first().and_then(|field| field.choices.as_deref()).unwrap_or_default();
    let button = |(number, choice): (usize, &da_core::Choice)| {
        let plain = matches!(&choice.value, ChoiceValue::None);
        let button = pressing_what(&number.to_string(), view::harmless_html(&choice.label)).class(if plain {
            "plain"
        } else {
            "main"
        });
        let help = choice.help.as_deref().map(|help| tag("span").class("quiet").put(view::inline_html(help)));
        tag("div").class("choice-button").put(button).put_some(help)
    };
    buttons(choices.iter().enumerate().map(button))
}
