//! Help for a question and for its interview.

use da_core::{HelpSection, Screen};
use serde_json::Value;

use super::Keys;

const LABEL: &str = "Help";

pub(super) fn help(keys: &mut Keys, screen: &Screen) {
    let (specific, general) = (!screen.help.is_empty(), !screen.interview_help.is_empty());
    if specific || general {
        let mut about = Keys::default();
        if specific {
            about.put("label", screen.help_label.as_deref().unwrap_or(LABEL));
            about.put("title", "Help is available for this question");
        }
        about.put("specific", specific);
        if general {
            about.put("interviewLabel", screen.interview_help_label.as_deref().unwrap_or(LABEL));
            about.put("interviewTitle", "Help is available");
        }
        keys.put("help", about.into_value());
    }
    if specific {
        keys.put("helpText", sections(&screen.help));
        keys.put("helpBackLabel", "Back to question");
    }
    if general {
        keys.put("interviewHelpText", sections(&screen.interview_help));
    }
}

fn sections(sections: &[HelpSection]) -> Value {
    let section = |section: &HelpSection| {
        let mut keys = Keys::default();
        keys.put("content", section.content.as_str());
        keys.put_some("heading", section.heading.as_deref());
        keys.put_more(&section.recordings);
        keys.into_value()
    };
    sections.iter().map(section).collect()
}
