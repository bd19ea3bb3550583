//! Streams: the bytes behind a dictionary, unpacked.

use flate2::read::ZlibDecoder;
use std::io::Read;

use super::file::File;
use super::object::{Dict, Object};
use super::parse::is_blank;
use crate::DocumentError;

/// More filters than these are not applied one after another.
const MOST_FILTERS: usize = 4;

/// Blanks that may stand before `endstream`: where there are more, its length counts as wrong.
const MOST_BLANKS: usize = 1024;

/// The bytes of the stream that begins at `start`.
pub(super) fn unpacked(file: &mut File<'_>, dict: &Dict, start: usize) -> Result<Vec<u8>, DocumentError> {
    match unpacked_but_jpeg(file, dict, start)? {
        Unpacked::Bytes(bytes) => Ok(bytes),
        Unpacked::Jpeg(_) => Err(DocumentError::Filter("DCTDecode".to_owned())),
    }
}

/// What is in a stream.
#[derive(Debug)]
pub(super) enum Unpacked {
    Bytes(Vec<u8>),
    /// A picture in JPEG, as it is.
    Jpeg(Vec<u8>),
}

/// The same, but for a picture in JPEG.
pub(super) fn unpacked_but_jpeg(file: &mut File<'_>, dict: &Dict, start: usize) -> Result<Unpacked, DocumentError> {
    let length = file.get(dict, b"Length")?.as_size();
    let filters = each(file.get(dict, b"Filter")?);
    let settings = each(file.get(dict, b"DecodeParms")?);
    if filters.len() > MOST_FILTERS {
        return Err(DocumentError::TooDeep);
    }
    let packed = extent(file, start, length)?;
    let mut bytes = packed.to_vec();
    file.budget.spend(bytes.len())?;
    for (at, filter) in filters.into_iter().enumerate() {
        let filter = file.resolve(filter)?;
        let name = filter.as_name().unwrap_or_default();
        if matches!(name, b"DCTDecode" | b"DCT") {
            return Ok(Unpacked::Jpeg(bytes));
        }
        if !matches!(name, b"FlateDecode" | b"Fl") {
            return Err(DocumentError::Filter(String::from_utf8_lossy(&name[..name.len().min(40)]).into_owned()));
        }
        bytes = inflated(file, &bytes)?;
        let settings = file.resolve(settings.get(at).cloned().unwrap_or(Object::Null))?;
        if let Some(settings) = settings.as_dict() {
            bytes = predicted(file, settings, bytes)?;
        }
    }
    Ok(Unpacked::Bytes(bytes))
}

/// One or several, as a list.
fn each(object: Object) -> Vec<Object> {
    match object {
        Object::Null => Vec::new(),
        Object::List(items) => items,
        one => vec![one],
    }
}

/// The bytes up to `endstream`: where the length says, or else wherever it stands.
fn extent<'f>(file: &mut File<'f>, start: usize, length: Option<usize>) -> Result<&'f [u8], DocumentError> {
    let rest = file.bytes.get(start..).unwrap_or_default();
    if let Some((bytes, behind)) = length.and_then(|length| rest.split_at_checked(length)) {
        let blanks = behind.iter().take(MOST_BLANKS).take_while(|&&byte| is_blank(byte)).count();
        if behind[blanks..].starts_with(b"endstream") {
            return Ok(bytes);
        }
    }
    let end = rest.windows(9).position(|word| word == b"endstream").unwrap_or(rest.len());
    file.budget.spend(end)?;
    Ok(&rest[..end])
}

/// Inflates bytes. Of what is cut off or damaged, as much as can be had.
fn inflated(file: &mut File<'_>, packed: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let limit = file.budget.bytes();
    let mut bytes = Vec::new();
    let read = ZlibDecoder::new(packed).take(limit.saturating_add(1)).read_to_end(&mut bytes);
    file.budget.spend(bytes.len())?;
    match read {
        Err(_) if bytes.is_empty() => Err(DocumentError::BrokenPdf),
        _ => Ok(bytes),
    }
}

/// Undoes what was done to rows of bytes so that they could be packed better.
fn predicted(file: &mut File<'_>, settings: &Dict, bytes: Vec<u8>) -> Result<Vec<u8>, DocumentError> {
    let mut setting = |name: &[u8], usual: usize| -> Result<usize, DocumentError> {
        Ok(file.get(settings, name)?.as_size().unwrap_or(usual).clamp(1, 1 << 20))
    };
    let predictor = setting(b"Predictor", 1)?;
    if predictor == 1 {
        return Ok(bytes);
    }
    if predictor < 10 {
        return Err(DocumentError::Filter("the predictor of TIFF".to_owned()));
    }
    let (columns, colors, bits) =
        (setting(b"Columns", 1)?, setting(b"Colors", 1)?.min(32), setting(b"BitsPerComponent", 8)?.min(16));
    let pixel = (colors * bits).div_ceil(8);
    // One row that is not whole is as long as what there is of it.
    let row = (columns * colors * bits).div_ceil(8).min(bytes.len());
    let mut plain = Vec::with_capacity(bytes.len());
    let mut above = vec![0_u8; row];
    for packed in bytes.chunks(row + 1) {
        let (&kind, packed) = packed.split_first().unwrap_or((&0, &[]));
        let mut line = packed.to_vec();
        for at in 0..line.len() {
            let left = if at >= pixel { line[at - pixel] } else { 0 };
            let corner = if at >= pixel { above[at - pixel] } else { 0 };
            let guess = match kind {
                1 => left,
                2 => above[at],
                3 => left.midpoint(above[at]),
                4 => paeth(left, above[at], corner),
                _ => 0,
            };
            line[at] = line[at].wrapping_add(guess);
        }
        plain.extend_from_slice(&line);
        line.resize(row, 0);
        above = line;
    }
    Ok(plain)
}

/// Whichever of three neighbours is nearest to what the other two lead to.
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let guess = a + b - c;
    let far = |neighbour: i16| (guess - neighbour).abs();
    if far(a) <= far(b) && far(a) <= far(c) {
        left
    } else if far(b) <= far(c) {
        above
    } else {
        corner
    }
}
