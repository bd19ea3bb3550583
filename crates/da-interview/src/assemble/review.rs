//! `review`: earlier answers, and the ways back to them.

use super::{Evaluation, Flow, Signal};
use crate::block::{BlockId, Question, ReviewItem, ReviewKind, ReviewTarget};
use crate::error::AssembleErrorKind;
use crate::functions::action_link;
use da_core::{Field, Plain, Screen, ScreenKind};

impl Evaluation<'_, '_> {
    /// Earlier answers: an item is shown when all that it needs is there. With `skip undefined: False`, what is
    /// missing is asked for instead.
    pub(super) fn review(
        &mut self,
        place: BlockId,
        question: &Question,
        items: &[ReviewItem],
        screen: &mut Screen,
    ) -> Flow<()> {
        screen.kind = ScreenKind::Review;
        let skips = !question.more("skip undefined").is_some_and(|given| given.is(false));
        for (number, item) in items.iter().enumerate() {
            let mut field = Field { number: number.to_string(), datatype: datatype(item), ..Field::default() };
            let reviewed = self.review_item(place, item, &mut field);
            field.active = if skips { unless_missing(reviewed)? } else { reviewed? };
            screen.fields.push(field);
        }
        Ok(())
    }

    /// Whether an item is shown, and what it says then.
    fn review_item(&mut self, place: BlockId, item: &ReviewItem, field: &mut Field) -> Flow<bool> {
        for target in &item.targets {
            if let ReviewTarget::Variable { expression, .. } = target {
                self.expression(place, expression)?;
            }
        }
        for condition in &item.show_if {
            if !self.is_true(place, condition)? {
                return Ok(false);
            }
        }
        match (&item.label, &item.kind) {
            (Some(label), kind) => {
                if let ReviewKind::Note(note) = kind {
                    field.note = Some(self.text(place, note)?.trim_end().to_owned());
                }
                field.help = self.text_of(place, item.button.as_ref().or(item.help.as_ref()))?;
                field.label = Some(self.text(place, label)?);
                field.link = Some(self.review_link(place, item)?);
            }
            (None, ReviewKind::Html(html) | ReviewKind::RawHtml(html)) => field.html = Some(self.text(place, html)?),
            (None, ReviewKind::Note(note)) => {
                field.note = Some(self.text(place, note)?.trim_end().to_owned());
            }
            (None, ReviewKind::Link) => {}
        }
        Ok(true)
    }
}

impl Evaluation<'_, '_> {
    /// The address behind a line: it carries out the line's action, or asks again for what the line names and does the rest.
    fn review_link(&mut self, place: BlockId, item: &ReviewItem) -> Flow<String> {
        if let Some(action) = &item.action {
            return Ok(action_link(&mut self.vm, action, Plain::Map(Vec::new())));
        }
        let mut wanted = Vec::with_capacity(item.targets.len());
        for target in &item.targets {
            wanted.push(match target {
                ReviewTarget::Variable { variable, .. } => Plain::Text(variable.clone()),
                ReviewTarget::Task(given) => self.given_plain(place, given)?,
            });
        }
        let arguments = Plain::Map(vec![("variables".to_owned(), Plain::List(wanted))]);
        Ok(action_link(&mut self.vm, "_da_force_ask", arguments))
    }
}

/// What cannot be evaluated is not shown. Limits still end the evaluation.
fn unless_missing(reviewed: Flow<bool>) -> Flow<bool> {
    match reviewed {
        Err(Signal::Seek(_)) => Ok(false),
        Err(Signal::Failed(error)) if matches!(error.kind, AssembleErrorKind::Python { .. }) => Ok(false),
        other => other,
    }
}

/// The kind of a line: also that of one that is not shown is told.
fn datatype(item: &ReviewItem) -> Option<String> {
    let kind = match (&item.kind, &item.label) {
        (ReviewKind::Note(_), None) => "note",
        (_, Some(_)) if item.button.is_some() => "button",
        _ => return None,
    };
    Some(kind.to_owned())
}
