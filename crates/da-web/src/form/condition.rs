//! Conditions under which a field counts. Without JavaScript every field is in view, so they are decided here.

use da_core::{Field, Plain, Screen, ShowIf};

/// What a field's condition makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It counts.
    Shown,
    /// Nobody here can say: it is taken when it is filled in.
    Open,
    /// It is left alone.
    Hidden,
}

/// Decides by the values of the fields before this one.
pub(super) fn need(screen: &Screen, field: &Field, before: &[(String, Plain)]) -> Need {
    match &field.show_if {
        None => Need::Shown,
        Some(ShowIf::Script { .. }) => Need::Open,
        Some(ShowIf::Value { variable, value, sign }) => {
            let read = before.iter().find(|(name, _)| name == variable).map(|(_, value)| value);
            let on_screen = screen.fields.iter().any(|other| other.variable.as_deref() == Some(variable));
            match read {
                Some(read) if holds(read, value) == *sign => Need::Shown,
                Some(_) => Need::Hidden,
                None if on_screen => Need::Hidden,
                None => Need::Open,
            }
        }
    }
}

fn holds(read: &Plain, wanted: &Plain) -> bool {
    if let Some(elements) = read.get("elements") {
        return elements.get(&wanted.form_text()) == Some(&Plain::Bool(true));
    }
    read.form_text() == wanted.form_text()
}
