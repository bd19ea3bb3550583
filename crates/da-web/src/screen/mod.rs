//! A [`Screen`] becomes the content of a page: the question, its form, its help.
//!
//! Everything works without JavaScript, and everything can be reached and understood without seeing it.

mod answer;
mod choices;
mod end;
mod field;
mod help;
mod rows;
mod shown;
mod sign;

use da_app::view::{self, Term, Terms};
use da_core::{ActionButton, LogMessage, Plain, Screen, ScreenKind, StepNumber};
use da_http::Parameters;

use crate::fixed::SIGN;
use crate::form::Problem;
use crate::form::control::Control;
use crate::html::{Html, Tag, tag};
use crate::page::Page;

pub(crate) use end::{Farewell, farewell, undefined};

/// A screen on its way to a page.
pub(crate) struct Show<'s> {
    pub(crate) screen: &'s Screen,
    /// The step that it belongs to.
    pub(crate) step: StepNumber,
    /// Where its forms go to.
    pub(crate) address: &'s str,
    pub(crate) token: &'s str,
    /// What was sent, when it could not be taken.
    pub(crate) sent: Option<&'s Parameters>,
    pub(crate) problems: &'s [Problem],
    /// Words that are explained.
    pub(crate) terms: Terms<'s>,
}

impl Show<'_> {
    /// The page.
    pub(crate) fn page(&self) -> Page {
        let screen = self.screen;
        let content = tag("article")
            .put(self.progress())
            .put_all(screen.frame.message_log.iter().map(message))
            .put_some(self.summary())
            .put(self.question())
            .put_all(help::of(screen, &self.terms));
        // Last: which words were met is known when everything else is made.
        let content = content.put_some(self.explanations()).put_some(screen.offers_back().then(|| self.back()));
        let error = if self.problems.is_empty() { "" } else { "Error: " };
        Page {
            title: format!("{error}{} – {}", plain(&screen.question), screen.frame.browser_title),
            heading: view::inline_html(&screen.frame.display_title).into(),
            language: screen.frame.language.clone(),
            script: (screen.kind == ScreenKind::Signature).then_some(&SIGN),
            refresh: screen.reload.map(|milliseconds| (milliseconds / 1000, None)),
            ..Page::new("", content)
        }
    }

    fn question(&self) -> Tag {
        let screen = self.screen;
        let part = |text: &Option<String>| text.as_deref().map(|text| self.terms.html(text));
        tag("section")
            .class("card")
            .put(tag("h1").attr("id", "question").put(self.terms.inline_html(&screen.question)))
            .put_some(part(&screen.subquestion).map(|text| tag("div").class("text").put(text)))
            .put_some(self.actions(true))
            .put_some(self.form())
            .put_some(self.actions(false))
            .put_some(part(&screen.under).map(|text| tag("div").class("text").put(text)))
            .put_some(part(&screen.right).map(|text| tag("aside").class("text").put(text)))
    }

    /// `action buttons`: those before the form, or those after it.
    fn actions(&self, before: bool) -> Option<Tag> {
        let all = self.screen.action_buttons.as_deref().unwrap_or_default();
        let mut wanted = all.iter().filter(|one| (one.placement.as_deref() == Some("before")) == before).peekable();
        wanted.peek()?;
        let button = |one: &ActionButton| {
            let link = tag("a").class("button plain").attr("href", &one.action);
            let elsewhere = one.target.as_deref().filter(|target| *target == "_blank");
            link.maybe("target", elsewhere).put(view::inline_html(&one.label))
        };
        Some(tag("div").class("buttons actions").put_all(wanted.map(button)))
    }

    fn form(&self) -> Option<Tag> {
        let inside = answer::of(self);
        let has_files = self.screen.fields.iter().any(|field| matches!(Control::of(field), Control::File { .. }));
        let sends_files = has_files || self.screen.kind == ScreenKind::Signature;
        (!inside.is_empty()).then(|| {
            self.form_to("answer")
                .maybe("enctype", sends_files.then_some("multipart/form-data"))
                .flag("novalidate", true)
                .attr("aria-labelledby", "question")
                .put(inside)
        })
    }

    fn back(&self) -> Tag {
        let label = self.screen.back_button.as_deref().unwrap_or(&self.screen.corner_back_label);
        let button = tag("button").class("plain").attr("title", &self.screen.back_title).put(format!("← {label}"));
        self.form_to("back").class("back").put(button)
    }

    /// A form with what every form carries: what it does, the proof that we made it, and the step that it is about.
    fn form_to(&self, does: &str) -> Tag {
        form_to(self.address, self.token, does).put(hidden("step", &self.step.0.to_string()))
    }

    fn progress(&self) -> Html {
        let steps = self.screen.frame.steps.max(1);
        let percent = match self.screen.progress {
            Plain::Int(percent) if percent > 0 => Some(percent.min(100)),
            Plain::Float(percent) if percent > 0.0 => Some(percent.min(100.0) as i64),
            _ => None,
        };
        let bar = percent.map(|percent| {
            tag("progress").attr("max", "100").attr("value", percent.to_string()).put(format!("{percent}%"))
        });
        let words = percent.map_or_else(|| format!("Step {steps}"), |percent| format!("Step {steps}, {percent}% done"));
        tag("div").class("progress").put(tag("p").put(words)).put_some(bar).into()
    }

    /// The words that were met and their explanations, where links to them lead.
    fn explanations(&self) -> Option<Tag> {
        let met = self.terms.met();
        let entry = |term: &Term<'_>| {
            let word = tag("dt").attr("id", &term.id).attr("tabindex", "-1").put(term.word);
            [word, tag("dd").class("text").put(term.explanation.clone())]
        };
        (!met.is_empty()).then(|| {
            tag("aside")
                .class("card explanations")
                .attr("aria-labelledby", "explanations")
                .put(tag("h2").attr("id", "explanations").put("Words explained"))
                .put(tag("dl").put_all(met.iter().flat_map(entry)))
        })
    }

    /// What is wrong, with a way to each field.
    fn summary(&self) -> Option<Tag> {
        if self.problems.is_empty() {
            return None;
        }
        let item = |problem: &Problem| {
            let text = view::inline_html(&problem.text);
            let Some(number) = problem.field else { return tag("li").put(text) };
            let label = self.screen.fields.get(number).and_then(|field| field.label.as_deref());
            let label = label.filter(|label| !shown::is_no_label(label)).map(|label| format!("{}: ", plain(label)));
            tag("li").put(
                tag("a").attr("href", format!("#{}", field::target(self.screen, number))).put_some(label).put(text),
            )
        };
        Some(
            tag("div")
                .class("summary")
                .attr("role", "alert")
                .put(tag("h2").put("Please check your answers"))
                .put(tag("ul").put_all(self.problems.iter().map(item))),
        )
    }

    /// What is wrong with a field.
    fn problem(&self, field: usize) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == Some(field)).map(|problem| problem.text.as_str())
    }
}

/// A form that does something to the session of an address.
pub(crate) fn form_to(address: &str, token: &str, does: &str) -> Tag {
    tag("form").attr("method", "post").attr("action", address).put(hidden("csrf", token)).put(hidden("do", does))
}

fn hidden(name: &'static str, value: &str) -> Tag {
    tag("input").attr("type", "hidden").attr("name", name).attr("value", value)
}

fn message(line: &LogMessage) -> Tag {
    let class = match line.priority.as_str() {
        "danger" | "error" | "warning" => "message danger",
        "success" => "message success",
        _ => "message",
    };
    tag("p").class(class).attr("role", "status").put(line.message.as_str())
}

/// The words of a Markdown text, for places where no tag can be.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in markdown.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            '*' | '`' => {}
            other if !in_tag => text.push(other),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_start_matches('#').trim().to_owned()
}

/// Whether a screen is the end of its session or leads elsewhere.
pub(crate) fn is_end(kind: ScreenKind) -> bool {
    use ScreenKind::{Exit, ExitLogout, Leave, Logout, NewSession, Redirect, Restart};
    matches!(kind, Exit | ExitLogout | Leave | Logout | NewSession | Redirect | Restart)
}

/// Whether a screen is no page of its own: the interview's address leads on from it.
pub(crate) fn leads_on(kind: ScreenKind) -> bool {
    is_end(kind) || matches!(kind, ScreenKind::SignIn | ScreenKind::Register)
}

#[cfg(test)]
mod tests;
