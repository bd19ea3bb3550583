//! `review`: earlier answers, and the ways back to them.

use super::{Evaluation, Flow, Signal};
use crate::block::{BlockId, Python, ReviewItem, ReviewKind, ReviewTarget};
use da_core::{Field, Screen, ScreenKind};

impl Evaluation<'_, '_> {
    /// Earlier answers: an item is shown when all that it needs is defined.
    pub(super) fn review(&mut self, place: BlockId, items: &[ReviewItem], screen: &mut Screen) -> Flow<()> {
        screen.kind = ScreenKind::Review;
        for (number, item) in items.iter().enumerate() {
            let mut field = Field { number: number.to_string(), datatype: datatype(item), ..Field::default() };
            field.active = self.is_reviewed(place, item)?;
            if field.active {
                self.review_field(place, item, &mut field)?;
            }
            screen.fields.push(field);
        }
        Ok(())
    }

    fn review_field(&mut self, place: BlockId, item: &ReviewItem, field: &mut Field) -> Flow<()> {
        match (&item.label, &item.kind) {
            (Some(label), _) => {
                field.label = Some(self.text(place, label)?);
                field.help = self.text_of(place, item.button.as_ref().or(item.help.as_ref()))?;
                if let ReviewKind::Note(note) = &item.kind {
                    field.note = Some(self.text(place, note)?.trim_end().to_owned());
                }
            }
            (None, ReviewKind::Html(html) | ReviewKind::RawHtml(html)) => field.html = Some(self.text(place, html)?),
            (None, ReviewKind::Note(note)) => {
                field.note = Some(self.text(place, note)?.trim_end().to_owned());
            }
            (None, ReviewKind::Link) => {}
        }
        Ok(())
    }

    fn is_reviewed(&mut self, place: BlockId, item: &ReviewItem) -> Flow<bool> {
        for target in &item.targets {
            if let ReviewTarget::Variable { expression, .. } = target
                && !self.can_evaluate(place, expression)?
            {
                return Ok(false);
            }
        }
        for condition in &item.show_if {
            if !self.can_evaluate(place, condition)? || !self.is_true(place, condition)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether an expression has a value without asking for anything.
    fn can_evaluate(&mut self, place: BlockId, expression: &Python) -> Flow<bool> {
        self.host().probing += 1;
        let value = self.expression(place, expression);
        self.host().probing -= 1;
        match value {
            Ok(_) => Ok(true),
            Err(Signal::Seek(_)) => Ok(false),
            Err(other) => Err(other),
        }
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
