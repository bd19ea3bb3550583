//! Pictures: the QR codes in them.
//!
//! A picture becomes shades of gray, those become black and white, and in that the three squares of a code are looked for. Only then
//! is anything decoded. What is looked for is bounded at each of these steps, so that a picture of nothing but squares costs no more than
//! its size.

mod black;
mod code;
mod finder;
mod gif;
mod jpeg;
mod plane;
mod png;

use std::borrow::Cow;

use crate::DocumentError;

/// Pictures with more dots than these are not looked at.
const MOST_DOTS: usize = 32 << 20;

/// What a decoder may hold beside the shades of gray, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// A picture of which nothing is known but its size.
#[derive(Debug)]
pub struct Picture<'p> {
    kind: Kind,
    bytes: Cow<'p, [u8]>,
    width: usize,
    height: usize,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Png,
    Jpeg,
    Gif,
    /// Dots of so many numbers each.
    Samples(usize),
}

/// What a decoder says about bytes that it cannot make a picture of.
fn damaged<E>(_: E) -> DocumentError {
    DocumentError::BrokenPicture
}

/// Shades of gray, line by line.
#[derive(Debug)]
struct Gray {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl<'p> Picture<'p> {
    /// A PNG, JPEG or GIF picture.
    ///
    /// # Errors
    /// [`DocumentError`] for what is none of these, is damaged where it says its size, or is too large.
    ///
    /// ```
    /// let error = da_document::Picture::read(&b"no picture"[..]).unwrap_err();
    /// assert_eq!(error.to_string(), "it is not a picture in PNG, JPEG or GIF");
    /// ```
    pub fn read(bytes: impl Into<Cow<'p, [u8]>>) -> Result<Self, DocumentError> {
        let bytes = bytes.into();
        let kind = match &bytes[..] {
            [0x89, b'P', b'N', b'G', ..] => Kind::Png,
            [0xff, 0xd8, 0xff, ..] => Kind::Jpeg,
            [b'G', b'I', b'F', b'8', ..] => Kind::Gif,
            _ => return Err(DocumentError::NoPicture),
        };
        let (width, height) = match kind {
            Kind::Jpeg => jpeg::size(&bytes)?,
            Kind::Gif => gif::size(&bytes)?,
            _ => png::size(&bytes)?,
        };
        Self::of_good_size(width, height)?;
        Ok(Picture { kind, bytes, width, height })
    }

    /// A picture whose dots are there, line by line, each of one number or of three.
    pub(crate) fn of_samples(
        samples: Vec<u8>,
        width: usize,
        height: usize,
        colors: usize,
    ) -> Result<Picture<'static>, DocumentError> {
        Self::of_good_size(width, height)?;
        Ok(Picture { kind: Kind::Samples(colors), bytes: samples.into(), width, height })
    }

    /// Whether a picture has dots, and not too many.
    pub(crate) fn of_good_size(width: usize, height: usize) -> Result<(), DocumentError> {
        match width.checked_mul(height) {
            Some(0) => Err(DocumentError::BrokenPicture),
            Some(dots) if dots <= MOST_DOTS => Ok(()),
            _ => Err(DocumentError::TooManyDots(MOST_DOTS)),
        }
    }

    /// How many dots it has: the price of looking at it.
    pub fn dots(&self) -> usize {
        self.width * self.height
    }

    /// What its QR codes say, from top to bottom. A code that cannot be read is none.
    ///
    /// # Errors
    /// [`DocumentError::BrokenPicture`] for a picture that cannot be read to its end.
    pub fn qr_codes(&self) -> Result<Vec<String>, DocumentError> {
        let shades = match self.kind {
            Kind::Png => png::shades(&self.bytes, self.dots())?,
            Kind::Jpeg => jpeg::shades(&self.bytes)?,
            Kind::Gif => gif::shades(&self.bytes, self.width, self.height)?,
            Kind::Samples(3) => {
                let dots = self.bytes.chunks_exact(3).map(|dot| shade([dot[0], dot[1], dot[2]], 255));
                dots.take(self.dots()).collect()
            }
            Kind::Samples(_) => self.bytes.iter().copied().take(self.dots()).collect(),
        };
        if shades.len() != self.dots() {
            return Err(DocumentError::BrokenPicture);
        }
        let gray = Gray { width: self.width, height: self.height, shades };
        Ok(code::read(&black::of(gray)))
    }
}

/// The shade of a color, over white where it is not opaque.
fn shade([red, green, blue]: [u8; 3], opacity: u8) -> u8 {
    let light = (u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1000;
    let over = light * u32::from(opacity) + 255 * u32::from(255 - opacity);
    u8::try_from(over / 255).unwrap_or(u8::MAX)
}
