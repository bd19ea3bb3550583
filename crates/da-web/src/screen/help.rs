//! Help, folded away until somebody wants it.

use da_app::view::{self, Terms};
use da_core::{HelpSection, Screen};

use crate::html::{Tag, tag};

/// The help of a screen: its own first, then that of the interview.
pub(super) fn of(screen: &Screen, terms: &Terms<'_>) -> Vec<Tag> {
    let own = screen.help_label.as_deref().unwrap_or("Help with this question");
    [(own, &screen.help), ("Help with this interview", &screen.interview_help)]
        .into_iter()
        .filter(|(_, sections)| !sections.is_empty())
        .map(|(label, sections)| folded(label, sections, terms))
        .collect()
}

fn folded(label: &str, sections: &[HelpSection], terms: &Terms<'_>) -> Tag {
    let section = |section: &HelpSection| {
        let heading = section.heading.as_deref().map(|heading| tag("h2").put(view::inline_html(heading)));
        tag("div").class("text").put_some(heading).put(terms.html(&section.content))
    };
    tag("details")
        .class("card help")
        .put(tag("summary").put(view::inline_html(label)))
        .put_all(sections.iter().map(section))
}
