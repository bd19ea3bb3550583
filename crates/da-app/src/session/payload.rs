//! What stands in a step's row: the answers, compressed, then sealed for their place.
//!
//! A payload opens in its own interview, session and step alone.

use da_core::{Answers, InterviewName, SessionId, StepNumber};
use da_crypto::{AssociatedData, SessionKey};

use crate::{AppError, Fault};

/// The first byte of what is sealed: how the rest was compressed.
const LZ4: u8 = 1;

fn place(interview: &InterviewName, id: &SessionId, step: StepNumber) -> AssociatedData {
    AssociatedData::of_step(interview.as_str(), id.as_str(), step.0)
}

/// Compresses and seals.
pub(super) fn seal(
    key: &SessionKey,
    interview: &InterviewName,
    id: &SessionId,
    step: StepNumber,
    answers: &Answers,
) -> Result<Vec<u8>, AppError> {
    let mut plain = vec![LZ4];
    plain.extend_from_slice(&lz4_flex::compress_prepend_size(&answers.0));
    Ok(key.seal(place(interview, id, step), &plain)?)
}

/// Opens and decompresses.
pub(super) fn open(
    key: &SessionKey,
    interview: &InterviewName,
    id: &SessionId,
    step: StepNumber,
    sealed: &[u8],
) -> Result<Answers, AppError> {
    let plain = key.open(place(interview, id, step), sealed).map_err(|error| {
        let public = format!("Step {} of the session cannot be opened.", step.0);
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
    interview: &InterviewName,
    id: &SessionId,
    step: StepNumber,
    sealed: &[u8],
) -> Result<Vec<u8>, AppError> {
    let place = place(interview, id, step);
    let plain = from.open(&place, sealed)?;
    Ok(to.seal(&place, &plain)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_opens_in_its_own_place_and_unchanged_alone() {
        let interview = InterviewName::parse("docassemble.demo:a.yml").unwrap();
        let id = SessionId::parse("abc").unwrap();
        let key = SessionKey::generate().unwrap();
        let answers = Answers(b"answers ".repeat(100));
        let sealed = seal(&key, &interview, &id, StepNumber(2), &answers).unwrap();
        assert!(sealed.len() < 200, "{}", sealed.len());
        assert_eq!(open(&key, &interview, &id, StepNumber(2), &sealed).unwrap(), answers);
        let error = open(&key, &interview, &id, StepNumber(3), &sealed).unwrap_err();
        assert_eq!((error.fault, error.public()), (Fault::Sealed, "Step 3 of the session cannot be opened."));
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 4;
            assert!(open(&key, &interview, &id, StepNumber(2), &changed).is_err(), "byte {position}");
        }
    }
}
