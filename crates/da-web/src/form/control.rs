//! Which control a field has in a form, and how its parts are called there.
//!
//! A form never holds the name of a variable: a control is a number, and what it stands for is looked up in the
//! screen that the session is at. So nobody can set what was not asked.

use da_core::{Choice, Field, Screen, Variety};

/// The name of the buttons that are an answer by themselves.
pub(crate) const ANSWER: &str = "answer";

/// A control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Control {
    /// A text among the fields.
    Note,
    /// One line; the `type` of the input.
    Line(&'static str),
    /// Many lines.
    Area,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// An amount of money.
    Currency,
    /// A day, `2026-01-31`.
    Date,
    /// One box; a check means `True`, or `False` if it is inverted.
    Box {
        /// A check means `False`.
        inverted: bool,
    },
    /// `True`, `False`, and perhaps `None`.
    Truth {
        /// Whether `None` is offered.
        maybe: bool,
        /// Whether `False` comes first.
        inverted: bool,
    },
    /// One of several, all in view.
    Radio,
    /// One of several, in a list.
    Dropdown,
    /// One of several, or a text of one's own.
    Combobox,
    /// Any of several.
    Checkboxes,
    /// Files that are sent along.
    File {
        /// Whether there may be several.
        many: bool,
    },
    /// Nothing to see; the default is taken.
    Hidden,
}

impl Control {
    /// The control of a field.
    pub(crate) fn of(field: &Field) -> Control {
        if field.variable.is_none() {
            return Control::Note;
        }
        let input = field.input_type.as_deref().unwrap_or_default();
        let datatype = field.datatype.as_deref().unwrap_or("text");
        let inverted = field.sign == Some(-1);
        match (datatype, input) {
            ("hidden", _) | (_, "hidden") => Control::Hidden,
            ("checkboxes" | "multiselect", _) => Control::Checkboxes,
            ("object_checkboxes" | "object_multiselect", _) if field.choices.is_some() => Control::Checkboxes,
            (_, "radio") if field.choices.is_some() => Control::Radio,
            (_, "combobox") if field.choices.is_some() => Control::Combobox,
            ("boolean", "yesnoradio" | "noyesradio") => Control::Truth { maybe: false, inverted },
            ("threestate", _) => Control::Truth { maybe: true, inverted },
            ("boolean", _) if field.choices.is_none() => Control::Box { inverted },
            ("text" | "ml", "area") => Control::Area,
            ("integer", _) if field.choices.is_none() => Control::Integer,
            ("number" | "float" | "range", _) if field.choices.is_none() => Control::Number,
            ("currency", _) if field.choices.is_none() => Control::Currency,
            ("date", _) => Control::Date,
            ("time", _) => Control::Line("time"),
            ("datetime", _) => Control::Line("datetime-local"),
            ("email", _) => Control::Line("email"),
            ("password", _) => Control::Line("password"),
            ("files", _) => Control::File { many: true },
            ("file" | "camera" | "user" | "environment" | "microphone" | "camcorder", _) => {
                Control::File { many: false }
            }
            ("object_radio", _) if field.choices.is_some() => Control::Radio,
            ("object", _) if field.choices.is_some() => Control::Dropdown,
            _ if field.choices.is_some() => Control::Dropdown,
            _ => Control::Line("text"),
        }
    }

    /// The control of the one field of a multiple choice question; none where every choice is a button.
    pub(crate) fn of_choice(screen: &Screen) -> Option<Control> {
        match screen.variety {
            Some(Variety::Buttons) => None,
            Some(Variety::Dropdown) => Some(Control::Dropdown),
            Some(Variety::Combobox) => Some(Control::Combobox),
            Some(Variety::Radio) | None => Some(Control::Radio),
        }
    }

    /// Whether it is a group of inputs, which has a legend instead of a label.
    pub(crate) fn is_group(self) -> bool {
        matches!(self, Control::Truth { .. } | Control::Radio | Control::Checkboxes)
    }
}

/// The name of a field's control.
pub(crate) fn name(field: usize) -> String {
    format!("f{field}")
}

/// The name of a box in a group of boxes, and the id of an input in any group.
pub(crate) fn part(field: usize, choice: usize) -> String {
    format!("f{field}_{choice}")
}

/// What a choice of a field without a value of its own means among boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Above {
    All,
    None,
}

/// Whether a choice among boxes is `all of the above` or `none of the above`.
pub(crate) fn above(field: &Field, choice: &Choice) -> Option<Above> {
    if !matches!(choice.value, da_core::ChoiceValue::None) {
        return None;
    }
    let all = field.all_of_the_above.as_ref().is_some_and(|all| !matches!(all, da_core::Plain::Bool(false)));
    let choices = field.choices.as_deref().unwrap_or_default();
    let first = choices.iter().find(|choice| matches!(choice.value, da_core::ChoiceValue::None));
    if all && first.is_some_and(|first| std::ptr::eq(first, choice)) { Some(Above::All) } else { Some(Above::None) }
}
