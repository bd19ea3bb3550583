//! Associated data: what sealed bytes are bound to, so that they open in their own place alone.
//!
//! Every part is written with its length, so two different lists of parts never give the same
//! bytes. Nothing secret belongs in here.

/// Builds associated data part by part.
///
/// ```
/// use da_crypto::AssociatedData;
/// let one = AssociatedData::new("stash").text("ab").text("c").into_bytes();
/// let other = AssociatedData::new("stash").text("a").text("bc").into_bytes();
/// assert_ne!(one, other);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssociatedData(Vec<u8>);

impl AssociatedData {
    /// Starts with what the bytes are for; a purpose is never used for two things.
    #[must_use]
    pub fn new(purpose: &str) -> Self {
        AssociatedData(Vec::new()).text(purpose)
    }

    /// The place of one step: this interview, this session, this number.
    ///
    /// ```
    /// use da_crypto::{AssociatedData, SessionKey};
    /// let key = SessionKey::generate()?;
    /// let here = AssociatedData::of_step("docassemble.demo:data/questions/a.yml", "s1", 3);
    /// let there = AssociatedData::of_step("docassemble.demo:data/questions/a.yml", "s1", 4);
    /// let sealed = key.seal(&here, b"answers")?;
    /// assert_eq!(key.open(&here, &sealed)?, b"answers");
    /// assert!(key.open(&there, &sealed).is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    #[must_use]
    pub fn of_step(interview: &str, session: &str, step: i64) -> Self {
        AssociatedData::new("step").text(interview).text(session).number(step)
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, part: &str) -> Self {
        self.bytes(part.as_bytes())
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, part: i64) -> Self {
        self.bytes(&part.to_be_bytes())
    }

    /// Adds bytes.
    #[must_use]
    pub fn bytes(mut self, part: &[u8]) -> Self {
        self.0.extend_from_slice(&(part.len() as u64).to_be_bytes());
        self.0.extend_from_slice(part);
        self
    }

    /// The finished bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl AsRef<[u8]> for AssociatedData {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
