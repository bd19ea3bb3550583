//! The format: tags, numbers, and a reader that never trusts a length.
//!
//! Everything that is written here must be read by [`Reader`]; a change of either is a new
//! [`VERSION`], except that kinds may be added at the end: what was written before is still read.
//!
//! A snapshot is [`MAGIC`], [`VERSION`] and one value. A value is a [`Tag`] and what belongs to it;
//! objects are written where they are first met and numbered in that order, containers before what
//! they contain; later they are [`Tag::Seen`] and their number. Texts and classes have numbers of
//! their own: 0 introduces a new one.

use super::SnapshotError;

/// What a snapshot begins with.
pub(super) const MAGIC: &[u8; 4] = b"DApy";
/// The version that is written and read.
pub(super) const VERSION: u8 = 1;

/// Makes the kinds of values and the table that finds them by their number again.
macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What kind of value follows. The comments name what belongs to it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Tag { $($(#[$doc])* $name,)* }

        const TAGS: &[Tag] = &[$(Tag::$name,)*];
    };
}

tags! {
    None,
    NotImplemented,
    Ellipsis,
    False,
    True,
    /// A zigzag number.
    Int,
    /// 8 bytes, little endian.
    Float,
    /// A text.
    Str,
    /// A class.
    Class,
    /// The number of an object.
    Seen,
    /// A length and two's complement bytes, little endian.
    BigInt,
    /// A length and bytes.
    Bytes,
    /// A length and bytes.
    ByteArray,
    /// A count and values.
    List,
    /// A count and values.
    Tuple,
    /// A count and pairs of values.
    Dict,
    /// A count and values.
    Set,
    /// A count and values.
    FrozenSet,
    /// Three zigzag numbers.
    Range,
    /// Three values.
    Slice,
    /// A class; the attributes, a value.
    Plain,
    /// A class; the attributes and the built-in value inside.
    Builtin,
    /// A class and a count; the attributes and the arguments.
    Exception,
    /// A class, a length and bytes; the attributes.
    Native,
    /// A class and a text: what the class holds under that name.
    Member,
    /// Twice 8 bytes, little endian.
    Complex,
}

/// Writes a number in groups of seven bits.
pub(super) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a number that may be negative; small ones stay short.
pub(super) fn put_signed(out: &mut Vec<u8>, number: i64) {
    put_number(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

/// Writes bytes with their length.
pub(super) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// What is wrong with bytes. It is small and owns nothing, because it is looked for at every byte.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    Version,
    Truncated,
    Malformed(&'static str),
}

impl From<Fault> for SnapshotError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Version => SnapshotError::Version,
            Fault::Truncated => SnapshotError::Truncated,
            Fault::Malformed(what) => SnapshotError::Malformed(what),
        }
    }
}

/// Reads bytes that may say anything.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    /// How many values were promised and not read yet. Each takes a byte at least, so that all
    /// promises together never exceed what is there.
    owed: usize,
}

impl<'a> Reader<'a> {
    /// Checks the head.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Fault> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Fault::Version)?;
        match rest.split_first() {
            Some((&VERSION, rest)) => Ok(Reader { rest, owed: 1 }),
            _ => Err(Fault::Version),
        }
    }

    /// Whether everything was read.
    pub(super) fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag of the next value, which is no longer owed.
    pub(super) fn tag(&mut self) -> Result<Tag, Fault> {
        self.owed = self.owed.saturating_sub(1);
        let tag = self.byte()?;
        TAGS.get(usize::from(tag)).copied().ok_or(Fault::Malformed("an unknown kind of value"))
    }

    pub(super) fn byte(&mut self) -> Result<u8, Fault> {
        let (&byte, rest) = self.rest.split_first().ok_or(Fault::Truncated)?;
        self.rest = rest;
        Ok(byte)
    }

    pub(super) fn number(&mut self) -> Result<u64, Fault> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Fault::Malformed("a number of more than 64 bits"))
    }

    pub(super) fn signed(&mut self) -> Result<i64, Fault> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    pub(super) fn float(&mut self) -> Result<f64, Fault> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or(Fault::Truncated)?;
        self.rest = rest;
        Ok(f64::from_bits(u64::from_le_bytes(*bytes)))
    }

    /// A number of something that was numbered before.
    pub(super) fn place(&mut self) -> Result<usize, Fault> {
        usize::try_from(self.number()?).map_err(|_| Fault::Malformed("a number that was never given"))
    }

    /// Bytes with their length.
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], Fault> {
        let length = usize::try_from(self.number()?).map_err(|_| Fault::Truncated)?;
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(Fault::Truncated)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// A count of groups of `each` values that follow; they are owed from now on.
    pub(super) fn count(&mut self, each: usize) -> Result<usize, Fault> {
        let count = usize::try_from(self.number()?).map_err(|_| Fault::Truncated)?;
        self.owe(count.saturating_mul(each))?;
        Ok(count)
    }

    /// Says that values follow.
    pub(super) fn owe(&mut self, values: usize) -> Result<(), Fault> {
        self.owed = self.owed.saturating_add(values);
        if self.owed > self.rest.len() {
            return Err(Fault::Truncated);
        }
        Ok(())
    }
}
