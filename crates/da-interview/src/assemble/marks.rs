//! What a question says to those who count visits, and data of its author's own: told, and without any effect here.

use super::{Evaluation, Flow};
use crate::block::{BlockId, Given, Question};
use da_core::{Plain, Screen};

impl Evaluation<'_, '_> {
    /// `question metadata`, `segment`, `segment id` and `ga id`.
    pub(super) fn marks(&mut self, place: BlockId, question: &Question, screen: &mut Screen) -> Flow<()> {
        if let Some(given) = question.more("question metadata") {
            let metadata = self.given_plain(place, given)?;
            screen.more.push(("question_metadata".to_owned(), metadata));
        }
        if let Some(segment) = self.segment(place, question)? {
            screen.more.push(("segment".to_owned(), segment));
        }
        if let Some(given) = question.more("ga id") {
            let id = self.given_text(place, given)?;
            screen.more.push(("ga_id".to_owned(), Plain::Text(id)));
        }
        Ok(())
    }

    fn segment(&mut self, place: BlockId, question: &Question) -> Flow<Option<Plain>> {
        let (mut id, mut arguments) = (None, Vec::new());
        if let Some(given) = question.more("segment id") {
            id = Some(self.given_text(place, given)?);
        }
        if let Some(Given::Map(entries)) = question.more("segment") {
            for (name, given) in entries {
                match (name.to_text().as_ref(), given) {
                    ("id", given) => id = Some(self.given_text(place, given)?),
                    ("arguments", Given::Map(given)) => {
                        for (name, given) in given {
                            arguments.push((name.to_text().into_owned(), Plain::Text(self.given_text(place, given)?)));
                        }
                    }
                    _ => {}
                }
            }
        }
        let segment = |id| vec![("arguments".to_owned(), Plain::Map(arguments)), ("id".to_owned(), Plain::Text(id))];
        Ok(id.map(|id| Plain::Map(segment(id))))
    }
}
