//! What somebody was told, kept for the case that they ask again.
//!
//! It is kept sealed, by whoever keeps it, and never opened for another request than the one that was answered.

use serde::{Deserialize, Serialize};

use crate::{AppError, Fault};

/// A body that is longer is not kept: whoever asks twice is told that it was done, and not with what it ended.
const LONGEST: usize = 1024 * 1024;

/// What somebody is told: an answer of whatever door, as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The status, as HTTP counts.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is kept of an answer.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    /// A mark of what was asked for.
    asks: Vec<u8>,
    tag: String,
    status: u16,
    headers: Vec<(String, String)>,
    /// Whether there is no answer: none yet, or one that is too long.
    is_cut: bool,
    #[serde(skip)]
    body: Vec<u8>,
}

/// For a request whose answer is not there.
pub(crate) fn not_again() -> AppError {
    AppError::new(Fault::NotToldAgain, "The request was begun before, and its answer is not kept.")
}

impl Kept {
    pub(crate) fn new(asks: Vec<u8>, told: Told, tag: String) -> Kept {
        let Told { status, headers, body } = told;
        let is_cut = body.len() > LONGEST;
        Kept { asks, tag, status, headers, is_cut, body: if is_cut { Vec::new() } else { body } }
    }

    /// Of a request that was begun and has no answer yet.
    pub(crate) fn begun(asks: Vec<u8>) -> Kept {
        Kept { asks, tag: String::new(), status: 0, headers: Vec::new(), is_cut: true, body: Vec::new() }
    }

    /// The facts as JSON behind their length, then the body, compressed.
    pub(crate) fn written(&self) -> Result<Vec<u8>, AppError> {
        let facts = serde_json::to_vec(self).map_err(AppError::internal)?;
        let mut plain = (facts.len() as u64).to_be_bytes().to_vec();
        plain.extend_from_slice(&facts);
        plain.extend_from_slice(&lz4_flex::compress_prepend_size(&self.body));
        Ok(plain)
    }

    pub(crate) fn read(plain: &[u8]) -> Result<Kept, AppError> {
        let parts = || {
            let (length, rest) = plain.split_first_chunk::<8>()?;
            let (facts, body) = rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
            let facts: Kept = serde_json::from_slice(facts).ok()?;
            Some(Kept { body: lz4_flex::decompress_size_prepended(body).ok()?, ..facts })
        };
        parts().ok_or_else(|| AppError::internal("an answer that was kept is damaged"))
    }

    /// What is told to whoever asks again for what is marked, and the tag that stands beside it.
    pub(crate) fn told_to(self, asks: &[u8]) -> Result<(Told, String), AppError> {
        if self.asks != asks {
            return Err(AppError::new(Fault::OtherRequest, "Another request had this name."));
        }
        if self.is_cut {
            return Err(not_again());
        }
        Ok((Told { status: self.status, headers: self.headers, body: self.body }, self.tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: Vec<u8>) -> Told {
        Told { status: 200, headers: vec![("Content-Type".to_owned(), "application/json".to_owned())], body }
    }

    #[test]
    fn what_was_told_is_told_again_and_to_the_same_request_alone() {
        let kept = Kept::new(vec![1], told(b"{}".to_vec()), "tag".to_owned());
        let again = || Kept::read(&kept.written().unwrap()).unwrap();
        assert_eq!(again().told_to(&[1]).unwrap(), (told(b"{}".to_vec()), "tag".to_owned()));
        assert_eq!(again().told_to(&[2]).unwrap_err().fault, Fault::OtherRequest);
    }

    #[test]
    fn a_long_body_is_not_kept() {
        let written = Kept::new(vec![1], told(vec![7; LONGEST + 1]), String::new()).written().unwrap();
        assert!(written.len() < 200, "{}", written.len());
        assert_eq!(Kept::read(&written).unwrap().told_to(&[1]).unwrap_err().fault, Fault::NotToldAgain);
    }

    #[test]
    fn what_is_cut_off_is_no_answer() {
        let written = Kept::new(vec![1], told(b"{}".to_vec()), String::new()).written().unwrap();
        for length in 0..written.len() {
            assert!(Kept::read(&written[..length]).is_err(), "{length}");
        }
    }
}
