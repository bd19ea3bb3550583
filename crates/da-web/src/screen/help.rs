//! Help, folded away until somebody wants it.

use da_app::view;
use da_core::{HelpSection, Screen};

use crate::html::{Tag, tag};

/// The help of a screen: its own first, then that of the interview.
pub(super) fn of(screen: &Screen) -> Vec<Tag> {
    let own = screen.help_label.as_deref().unwrap_or("Help with this question");
    [(own, &screen.help), ("Help with this interview", &screen.interview_help)]
        .into_iter()
        .filter(|(_, sections)| !sections.is_empty())
        .map(|(label, sections)| folded(label, sections))
        .collect()
}

fn folded(label: &str, sections: &[HelpSection]) -> Tag {
    let section = |section: &HelpSection| {
        let heading = section.heading.as_deref().map(|heading| tag("h2").put(view::inline_html(heading)));
        tag("div").class("text").put_some(heading).put(view::html(&section.content))
    };
    tag("details")
        .class("card help")
        .put(tag("summary").put(view::inline_html(label)))
        .put_all(sections.iter().map(section))
}
