//! GIF to shades of gray: its first picture.

use gif::{ColorOutput, DecodeOptions, Decoder, MemoryLimit};
use std::io::Cursor;
use std::num::NonZeroU64;

use super::{MOST_BYTES, damaged, shade};
use crate::DocumentError;

const WHITE: u8 = 255;

fn decoder(bytes: &[u8]) -> Result<Decoder<Cursor<&[u8]>>, DocumentError> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.set_memory_limit(NonZeroU64::new(MOST_BYTES as u64).map_or(MemoryLimit::Unlimited, MemoryLimit::Bytes));
    options.read_info(Cursor::new(bytes)).map_err(damaged)
}

pub(super) fn size(bytes: &[u8]) -> Result<(usize, usize), DocumentError> {
    let decoder = decoder(bytes)?;
    Ok((usize::from(decoder.width()), usize::from(decoder.height())))
}

pub(super) fn shades(bytes: &[u8], width: usize, height: usize) -> Result<Vec<u8>, DocumentError> {
    let mut decoder = decoder(bytes)?;
    let all = decoder.global_palette().map(<[u8]>::to_vec);
    let frame = decoder.read_next_frame().map_err(damaged)?.ok_or(DocumentError::BrokenPicture)?;
    let palette = frame.palette.as_deref().or(all.as_deref()).ok_or(DocumentError::BrokenPicture)?;
    let of_color = |(number, color): (usize, &[u8])| match color {
        [red, green, blue] if frame.transparent.map(usize::from) != Some(number) => shade([*red, *green, *blue], 255),
        _ => WHITE,
    };
    let table: Vec<u8> = palette.chunks(3).enumerate().map(of_color).collect();
    let mut shades = vec![WHITE; width * height];
    let (left, top, across) = (usize::from(frame.left), usize::from(frame.top), usize::from(frame.width));
    for (row, line) in frame.buffer.chunks_exact(across.max(1)).enumerate() {
        let from = (top + row).saturating_mul(width) + left.min(width);
        let to = from + across.min(width - left.min(width));
        let Some(place) = shades.get_mut(from..to) else { break };
        for (shade, number) in place.iter_mut().zip(line) {
            *shade = table.get(usize::from(*number)).copied().unwrap_or(WHITE);
        }
    }
    Ok(shades)
}
