//! Pictures that people send: how many dots they have, and the QR codes in them.

use da_document::Picture;

/// Larger ones take too long for a run of many.
const MOST_DOTS: usize = 1 << 20;

pub(super) fn run(bytes: &[u8]) {
    if let Ok(picture) = Picture::read(bytes) {
        look(&picture);
    }
}

/// Looks for codes in a picture that is small enough.
pub(super) fn look(picture: &Picture<'_>) {
    assert!(picture.dots() > 0);
    if picture.dots() <= MOST_DOTS
        && let Ok(codes) = picture.qr_codes()
    {
        assert!(codes.len() <= picture.dots() / 441, "a code has 21 dots at each side at least");
    }
}
