//! The rows of a list collect: the fields of each item in a frame of their own, and closed ones for items to come.
//! They open without JavaScript; a row that is left empty adds nothing.

use da_app::view;
use da_core::{Field, ListCollect};

use super::{Show, field};
use crate::html::{Html, Tag, tag};

/// All rows.
pub(super) fn of(show: &Show<'_>, collect: &ListCollect) -> Html {
    let mut all = Html::default();
    for row in 0..collect.length {
        let legend = match collect.messages.get(row).filter(|message| !message.trim().is_empty()) {
            Some(message) => tag("legend").put(view::inline_html(message)),
            None => tag("legend").put((row + 1).to_string().as_str()),
        };
        all.put(fields(show, row, false, tag("fieldset").class("row").put(legend)));
    }
    let last = show.screen.fields.iter().filter_map(|field| field.row).max().unwrap_or(0);
    let label = collect.add_another_label.as_deref().unwrap_or("Add another");
    let mut later: Option<Tag> = None;
    for row in (collect.length..=last).rev() {
        let frame = tag("details").class("row").put(tag("summary").put(view::inline_html(label)));
        later = Some(fields(show, row, true, frame).put_some(later));
    }
    if let Some(later) = later {
        all.put(later);
    }
    all
}

fn fields(show: &Show<'_>, row: usize, may_be_empty: bool, frame: Tag) -> Tag {
    let of_row = show.screen.fields.iter().enumerate().filter(|(_, field)| field.row == Some(row) && field.active);
    of_row.fold(frame, |frame, (number, one)| {
        if may_be_empty {
            frame.put(field::of(show, number, &Field { required: Some(false), ..one.clone() }))
        } else {
            frame.put(field::of(show, number, one))
        }
    })
}
