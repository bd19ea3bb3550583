//! Texts of a PDF file: UTF-16, UTF-8, or an encoding of PDF's own.

/// What the bytes from 0x18 on are in PDFDocEncoding.
const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];

/// What the bytes from 0x80 on are in it.
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ',
    'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// A text, without the zeros that some programs leave in it.
pub(super) fn text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| character(byte)).collect(),
    };
    text.replace('\0', "")
}

/// A name. Programs write them in UTF-8.
pub(super) fn name(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect(), str::to_owned)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn character(byte: u8) -> char {
    match byte {
        0x18..=0x1f => LOW[usize::from(byte - 0x18)],
        0x80..=0xa0 => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_the_encoding_that_it_says() {
        assert_eq!(text(b"Stra\xdfe \x80 \xa0"), "Straße • €");
        assert_eq!(text(b"\xfe\xff\x00Z\x00o\x00\xeb\x04\x16"), "ZoëЖ");
        assert_eq!(text(b"\xff\xfeZ\x00\x16\x04"), "ZЖ");
        assert_eq!(text("\u{feff}Zoë".as_bytes()), "Zoë");
        assert_eq!(text(b"a\0b"), "ab");
        assert_eq!((name("Zoë".as_bytes()), name(b"Zo\xeb")), ("Zoë".to_owned(), "Zoë".to_owned()));
    }
}
