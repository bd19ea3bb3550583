//! QR codes as pictures that stand in the page itself.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::{Color, QrCode};

/// The light modules around a code.
const MARGIN: usize = 4;

/// The address of an SVG picture of a code; `None` for a text that is too long for one.
pub(super) fn address(text: &str) -> Option<String> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    Some(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg(&code))))
}

/// A square for each run of dark modules.
fn svg(code: &QrCode) -> String {
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width.max(1)).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + MARGIN, row + MARGIN, run.len());
                // Writing to a text cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    let whole = width + 2 * MARGIN;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/>\
         <path d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_margin() {
        let address = address("https://example.com").unwrap();
        let svg = STANDARD.decode(address.strip_prefix("data:image/svg+xml;base64,").unwrap()).unwrap();
        let svg = String::from_utf8(svg).unwrap();
        assert!(svg.contains("viewBox=\"0 0 33 33\""), "{svg}");
        // The upper edges of the corners at the left and at the right, and the lower edge of the one below.
        for edge in ["M4 4h7v1h-7z", "M22 4h7v1h-7z", "M4 28h7v1h-7z"] {
            assert!(svg.contains(edge), "{edge} is not in {svg}");
        }
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert_eq!(address(&"x".repeat(3000)), None);
    }
}
