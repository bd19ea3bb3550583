//! JPEG to shades of gray.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{damaged, shade};
use crate::DocumentError;

/// A side is told in two bytes.
const LONGEST_SIDE: usize = 65_535;

/// A picture that comes in layers is gone through once for each.
const MOST_LAYERS: usize = 40;

/// Of such a picture everything is held until its last layer, six bytes for each dot.
const MOST_DOTS_IN_LAYERS: usize = 12 << 20;

fn decoder(bytes: &[u8], color: ColorSpace) -> JpegDecoder<ZCursor<&[u8]>> {
    let options = DecoderOptions::default()
        .set_max_width(LONGEST_SIDE)
        .set_max_height(LONGEST_SIDE)
        .set_strict_mode(false)
        .jpeg_set_max_scans(MOST_LAYERS)
        .jpeg_set_out_colorspace(color);
    JpegDecoder::new_with_options(ZCursor::new(bytes), options)
}

pub(super) fn size(bytes: &[u8]) -> Result<(usize, usize), DocumentError> {
    let mut decoder = decoder(bytes, ColorSpace::Luma);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or(DocumentError::BrokenPicture)?;
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    if !info.sof.is_sequential_dct() && width * height > MOST_DOTS_IN_LAYERS {
        return Err(DocumentError::TooManyDots(MOST_DOTS_IN_LAYERS));
    }
    Ok((width, height))
}

pub(super) fn shades(bytes: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let mut gray = decoder(bytes, ColorSpace::Luma);
    gray.decode_headers().map_err(damaged)?;
    if matches!(gray.input_colorspace(), Some(ColorSpace::YCbCr | ColorSpace::Luma)) {
        return gray.decode().map_err(damaged);
    }
    let colored = decoder(bytes, ColorSpace::RGB).decode().map_err(damaged)?;
    Ok(colored.chunks_exact(3).map(|dot| shade([dot[0], dot[1], dot[2]], 255)).collect())
}
