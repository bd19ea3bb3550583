//! What stands in a step's row: the answers, compressed, then sealed for their place.
//!
//! A payload opens in its own interview, session and step alone, and with the times that stand beside it.

use chrono::NaiveDateTime;
use da_core::{Answers, InterviewName, SessionId, StepNumber};
use da_crypto::{AssociatedData, SessionKey};

use crate::{AppError, Fault};

/// The first byte of what is sealed: how the rest was compressed.
const LZ4: u8 = 1;

/// Where answers belong, and since when. What is sealed for one place opens in no other.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) interview: &'a InterviewName,
    pub(super) id: &'a SessionId,
    /// When the session was begun.
    pub(super) created: NaiveDateTime,
    pub(super) step: StepNumber,
    /// When the step was written.
    pub(super) modified: NaiveDateTime,
}

impl Place<'_> {
    fn bound(&self) -> AssociatedData {
        AssociatedData::of_step(self.interview.as_str(), self.id.as_str(), self.step.0)
            .number(self.created.and_utc().timestamp_micros())
            .number(self.modified.and_utc().timestamp_micros())
    }
}

/// Compresses and seals.
pub(super) fn seal(key: &SessionKey, place: Place<'_>, answers: &Answers) -> Result<Vec<u8>, AppError> {
    let mut plain = vec![LZ4];
    plain.extend_from_slice(&lz4_flex::compress_prepend_size(&answers.0));
    Ok(key.seal(place.bound(), &plain)?)
}

/// Opens and decompresses.
pub(super) fn open(key: &SessionKey, place: Place<'_>, sealed: &[u8]) -> Result<Answers, AppError> {
    let plain = key.open(place.bound(), sealed).map_err(|error| {
        let public = format!("Step {} of the session cannot be opened.", place.step.0);
        AppError::new(Fault::Sealed, public).because(error)
    })?;
    match plain.split_first() {
        Some((&LZ4, compressed)) => {
            lz4_flex::decompress_size_prepended(compressed).map(Answers).map_err(AppError::internal)
        }
        _ => Err(AppError::internal("a step was compressed in a way that this version does not know")),
    }
}

/// Seals again, under another key, what was sealed for the same place.
pub(super) fn reseal(
    (from, to): (&SessionKey, &SessionKey),
    place: Place<'_>,
    sealed: &[u8],
) -> Result<Vec<u8>, AppError> {
    let plain = from.open(place.bound(), sealed)?;
    Ok(to.seal(place.bound(), &plain)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(seconds: i64) -> NaiveDateTime {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc()
    }

    #[test]
    fn a_payload_opens_in_its_own_place_and_unchanged_alone() {
        let interview = &InterviewName::parse("docassemble.demo:a.yml").unwrap();
        let id = &SessionId::parse("abc").unwrap();
        let key = SessionKey::generate().unwrap();
        let answers = Answers(b"answers ".repeat(100));
        let place = Place { interview, id, created: moment(5), step: StepNumber(2), modified: moment(7) };
        let sealed = seal(&key, place, &answers).unwrap();
        assert!(sealed.len() < 200, "{}", sealed.len());
        assert_eq!(open(&key, place, &sealed).unwrap(), answers);
        let error = open(&key, Place { step: StepNumber(3), ..place }, &sealed).unwrap_err();
        assert_eq!((error.fault, error.public()), (Fault::Sealed, "Step 3 of the session cannot be opened."));
        for place in [Place { created: moment(6), ..place }, Place { modified: moment(8), ..place }] {
            let error = open(&key, place, &sealed).unwrap_err();
            assert_eq!((error.fault, error.public()), (Fault::Sealed, "Step 2 of the session cannot be opened."));
        }
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 4;
            assert!(open(&key, place, &changed).is_err(), "byte {position}");
        }
    }
}
