//! PNG to shades of gray, line by line.

use png::{ColorType, Decoder, Limits, Transformations};
use std::io::Cursor;

use super::{MOST_BYTES, damaged, shade};
use crate::DocumentError;

fn decoder(bytes: &[u8]) -> Decoder<Cursor<&[u8]>> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MOST_BYTES });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder
}

pub(super) fn size(bytes: &[u8]) -> Result<(usize, usize), DocumentError> {
    let mut decoder = decoder(bytes);
    let info = decoder.read_header_info().map_err(damaged)?;
    Ok((info.width as usize, info.height as usize))
}

pub(super) fn shades(bytes: &[u8], dots: usize) -> Result<Vec<u8>, DocumentError> {
    let mut reader = decoder(bytes).read_info().map_err(damaged)?;
    let (color, _) = reader.output_color_type();
    let mut shades = Vec::with_capacity(dots);
    if reader.info().interlaced {
        // Its lines come in an order of their own: it is held whole.
        let size = reader.output_buffer_size().filter(|size| *size <= MOST_BYTES);
        let mut whole = vec![0; size.ok_or(DocumentError::TooLarge(MOST_BYTES as u64))?];
        reader.next_frame(&mut whole).map_err(damaged)?;
        add(&mut shades, &whole, color);
        return Ok(shades);
    }
    while let Some(row) = reader.next_row().map_err(damaged)? {
        add(&mut shades, row.data(), color);
    }
    Ok(shades)
}

/// The shades of a line.
fn add(shades: &mut Vec<u8>, line: &[u8], color: ColorType) {
    match color {
        ColorType::Grayscale | ColorType::Indexed => shades.extend_from_slice(line),
        ColorType::GrayscaleAlpha => shades.extend(line.chunks_exact(2).map(|dot| shade([dot[0]; 3], dot[1]))),
        ColorType::Rgb => shades.extend(line.chunks_exact(3).map(|dot| shade([dot[0], dot[1], dot[2]], 255))),
        ColorType::Rgba => shades.extend(line.chunks_exact(4).map(|dot| shade([dot[0], dot[1], dot[2]], dot[3]))),
    }
}
