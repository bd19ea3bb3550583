//! The progress meter: how far along somebody is, as answers and questions move it (`features: progress bar`).
//! It must never move on answers that do not ask for it: over the API that is the client's choice.

use super::Evaluation;
use crate::block::Given;
use crate::error::AssembleError;
use da_core::{Keeping, Outcome, Plain};
use da_markup::Template;
use da_python::machine::Value;

/// How much of the way that is left an answer makes, where the interview does not say.
const USUAL_PART: f64 = 0.05;

/// The end of the way.
const END: f64 = 100.0;

/// What stands for `progress: null`, which says that a question is on no way.
const NOWHERE: i32 = -1;

impl Evaluation<'_, '_> {
    /// Moves the meter after answers that led to this screen.
    pub(super) fn advance_progress(&mut self, outcome: &mut Outcome) -> Result<(), AssembleError> {
        let Outcome::Screen(screen) = outcome else { return Ok(()) };
        if !self.has_feature("progress bar") {
            return Ok(());
        }
        let now = self.progress();
        let next = match self.progress_of(&screen.question_name) {
            // Quirk: over the API a question that is on no way leaves the meter where it stands.
            Some(NOWHERE) if self.host().by_form => Some(Plain::Null),
            Some(said) => {
                let is_further = now.is_none_or(|now| f64::from(said) > now);
                (is_further || self.has_feature("progress can go backwards")).then_some(Plain::Int(said.into()))
            }
            None => now.filter(|_| self.host().keeping == Keeping::Usual).map(|now| Plain::Float(self.further(now))),
        };
        let value = match next {
            Some(Plain::Int(number)) => Value::Int(number),
            Some(Plain::Float(number)) => Value::from(number),
            Some(Plain::Null) => Value::None,
            _ => return Ok(()),
        };
        screen.progress = next.unwrap_or_default();
        let Some(internal) = self.vm.dict_get_str(self.variables, "_internal") else { return Ok(()) };
        let set = self.vm.dict_set_str(internal, "progress", value);
        set.map_err(|raised| self.failure(raised, None))
    }

    /// Where the meter stands; None if it is not shown.
    fn progress(&self) -> Option<f64> {
        let value = self.internal("progress")?;
        let whole = || i32::try_from(self.vm.as_int(value)?).ok().map(f64::from);
        self.vm.as_float(value).or_else(whole)
    }

    /// What a question says about how far along it is.
    fn progress_of(&self, question: &str) -> Option<i32> {
        let place = self.interview.index.block_named(question)?;
        said(self.block(place).modifiers.progress.as_ref()?)
    }

    /// Part of the way to the end, or to the next point that a question names.
    fn further(&self, now: f64) -> f64 {
        let feature = |name: &str| {
            let features = &self.interview.program.parts.features;
            features.iter().find(|(known, _)| known == name).map(|(_, value)| value)
        };
        let part = match feature("progress bar multiplier") {
            Some(Plain::Float(part)) if *part > 0.0 && *part < 1.0 => *part,
            _ => USUAL_PART,
        };
        let next = match feature("progress bar method").and_then(Plain::as_text) {
            Some("stepped") => self.points().filter(|point| *point > now).fold(END, f64::min),
            _ => END,
        };
        now + part * (next - now)
    }

    /// The points on the way that questions name.
    fn points(&self) -> impl Iterator<Item = f64> + '_ {
        let blocks = self.interview.program.blocks.iter();
        blocks
            .filter_map(|block| said(block.modifiers.progress.as_ref()?))
            .filter(|point| *point != NOWHERE)
            .map(f64::from)
    }
}

/// A number as Python's `int` reads what an author wrote; None for what is no number.
fn said(given: &Given) -> Option<i32> {
    match given {
        Given::Plain(Plain::Null) => Some(NOWHERE),
        Given::Plain(Plain::Int(number)) => i32::try_from(*number).ok(),
        Given::Plain(Plain::Float(number)) => format!("{:.0}", number.trunc()).parse().ok(),
        Given::Plain(Plain::Bool(value)) => Some(i32::from(*value)),
        Given::Text(Template::Literal(text)) => text.trim().parse().ok(),
        _ => None,
    }
}
