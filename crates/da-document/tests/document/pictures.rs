//! QR codes in pictures.

use da_document::{DocumentError, Picture};
use proptest::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

use crate::made::{pdf, pdf_pictures, png};

const LIGHT: u8 = 230;
const DARK: u8 = 25;

/// A sheet of paper with codes on it, in shades of gray.
struct Sheet {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

/// How a code lies on it: its middle, the size of its parts in dots, how far it is turned, and how much it is seen from the side.
#[derive(Debug, Clone, Copy)]
struct Lying {
    middle: (f64, f64),
    part: f64,
    turned: f64,
    aside: f64,
}

impl Sheet {
    fn new(width: usize, height: usize) -> Self {
        Sheet { width, height, shades: vec![LIGHT; width * height] }
    }

    fn with(mut self, text: &str, lying: Lying) -> Self {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let (side, colors) = (code.width(), code.to_colors());
        let (sine, cosine) = lying.turned.to_radians().sin_cos();
        for y in 0..self.height {
            for x in 0..self.width {
                let (right, below) = (x as f64 + 0.5 - lying.middle.0, y as f64 + 0.5 - lying.middle.1);
                let (across, down) = (right * cosine + below * sine, below * cosine - right * sine);
                let depth = 1.0 + lying.aside * across / (lying.part * side as f64);
                let at = |length: f64| length * depth / lying.part + side as f64 / 2.0;
                let (column, row) = (at(across).floor(), at(down).floor());
                let inside = 0.0..side as f64;
                if inside.contains(&column)
                    && inside.contains(&row)
                    && colors[row as usize * side + column as usize] == Color::Dark
                {
                    self.shades[y * self.width + x] = DARK;
                }
            }
        }
        self
    }

    /// As it comes out in a bad light: darker from left to right, and with spots.
    fn in_bad_light(mut self) -> Self {
        let mut number = 1_u32;
        for (place, shade) in self.shades.iter_mut().enumerate() {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let light = 1.0 - 0.6 * (place % self.width) as f64 / self.width as f64;
            *shade = (f64::from(*shade) * light + f64::from(number >> 28) - 8.0).clamp(0.0, 255.0) as u8;
        }
        self
    }

    fn read(&self) -> Vec<String> {
        let file = png(self.width, self.height, png::ColorType::Grayscale, &self.shades);
        Picture::read(&file).unwrap().qr_codes().unwrap()
    }
}

fn straight(middle: (f64, f64), part: f64) -> Lying {
    Lying { middle, part, turned: 0.0, aside: 0.0 }
}

#[test]
fn codes_are_told_from_top_to_bottom() {
    let sheet = Sheet::new(500, 700)
        .with("the lower one", straight((300.0, 550.0), 5.0))
        .with("https://example.com/the-upper-one?a=1", straight((150.0, 150.0), 6.0));
    assert_eq!(sheet.read(), ["https://example.com/the-upper-one?a=1", "the lower one"]);
    assert_eq!(Sheet::new(300, 200).read(), Vec::<String>::new());
}

#[test]
fn a_code_is_read_however_it_was_taken() {
    let text = "a code of some length, as forms have it: case 2026-CV-004711, party 2 of 3, page 17";
    let lying = straight((300.0, 300.0), 6.0);
    for turned in [0.0, 7.0, 30.0, 45.0, 90.0, 133.0, 180.0, 271.0] {
        let sheet = Sheet::new(600, 600).with(text, Lying { turned, ..lying });
        assert_eq!(sheet.read(), [text], "turned by {turned}");
    }
    for aside in [0.1, -0.15, 0.25] {
        let sheet = Sheet::new(600, 600).with(text, Lying { aside, turned: 12.0, ..lying });
        assert_eq!(sheet.read(), [text], "seen from the side: {aside}");
    }
    assert_eq!(Sheet::new(600, 600).with(text, lying).in_bad_light().read(), [text]);
}

#[test]
fn a_code_of_any_size_is_read() {
    for length in [1, 20, 100, 300, 700, 1500] {
        let text = "0aZ/".repeat(length).chars().take(length).collect::<String>();
        let sheet = Sheet::new(900, 900).with(&text, straight((450.0, 450.0), if length > 400 { 4.5 } else { 7.0 }));
        assert_eq!(sheet.read(), [text], "{length}");
    }
}

#[test]
fn letters_beyond_ascii_come_as_they_are() {
    let text = "Zoë weiß: Ж 漢字 ✓";
    assert_eq!(Sheet::new(300, 300).with(text, straight((150.0, 150.0), 5.0)).read(), [text]);
}

#[test]
fn colors_and_what_shines_through_are_shades() {
    let sheet = Sheet::new(200, 200).with("in color", straight((100.0, 100.0), 5.0));
    let colored: Vec<u8> = sheet.shades.iter().flat_map(|shade| [*shade, *shade / 2, 40]).collect();
    let through: Vec<u8> = sheet.shades.iter().flat_map(|shade| [0, 0, 0, 255 - *shade]).collect();
    let pair: Vec<u8> = sheet.shades.iter().flat_map(|shade| [0, 255 - *shade]).collect();
    let kinds =
        [(png::ColorType::Rgb, colored), (png::ColorType::Rgba, through), (png::ColorType::GrayscaleAlpha, pair)];
    for (kind, bytes) in kinds {
        let file = png(200, 200, kind, &bytes);
        assert_eq!(Picture::read(&file).unwrap().qr_codes().unwrap(), ["in color"], "{kind:?}");
    }
}

#[test]
fn a_gif_is_read_with_its_palette() {
    let sheet = Sheet::new(200, 180).with("in a palette", straight((100.0, 90.0), 5.0));
    let mut file = Vec::new();
    let mut encoder = gif::Encoder::new(&mut file, 200, 180, &[250, 240, 230, 10, 20, 30]).unwrap();
    let numbers = sheet.shades.iter().map(|shade| u8::from(*shade == DARK)).collect::<Vec<u8>>();
    let frame = gif::Frame { width: 200, height: 180, buffer: numbers.into(), ..gif::Frame::default() };
    encoder.write_frame(&frame).unwrap();
    drop(encoder);
    let picture = Picture::read(&file).unwrap();
    assert_eq!((picture.dots(), picture.qr_codes().unwrap()), (36_000, vec!["in a palette".to_owned()]));
}

#[test]
fn jpegs_are_read_whether_they_come_in_layers_or_not() {
    let files = [
        &include_bytes!("pictures/lines.jpg")[..],
        include_bytes!("pictures/layers.jpg"),
        include_bytes!("pictures/gray.jpg"),
    ];
    for file in files {
        assert_eq!(Picture::read(file).unwrap().qr_codes().unwrap(), ["a photograph of a letter"]);
    }
}

/// A PDF of two pages: the first one draws a picture of a code, the second one a form in which there is another.
fn pages_with_codes() -> Vec<u8> {
    let dots = |text: &str| Sheet::new(120, 120).with(text, straight((60.0, 60.0), 4.0)).shades;
    let byte = |dots: &[u8]| dots.iter().fold(0, |byte, dot| byte << 1 | u8::from(*dot == LIGHT));
    let bits = dots("on page two").chunks(8).map(byte).collect::<Vec<u8>>();
    let stream = |head: &str, body: &[u8]| {
        let head = format!("<<{head}/Length {}>>stream\n", body.len());
        [head.as_bytes(), body, b"\nendstream"].concat()
    };
    let picture = |more: &str, body: &[u8]| stream(&format!("/Subtype/Image/Width 120/Height 120{more}"), body);
    let part = |text: &str| text.as_bytes().to_vec();
    pdf(&[
        part("<</Type/Catalog/Pages 2 0 R>>"),
        part("<</Kids[3 0 R 4 0 R]/Resources<</XObject<</A 5 0 R>>>>>>"),
        part("<</Type/Page>>"),
        part("<</Type/Page/Resources<</XObject<</F 6 0 R/X 8 0 R>>>>>>"),
        picture("/ColorSpace/DeviceGray/BitsPerComponent 8", &dots("on page one")),
        stream("/Subtype/Form/Resources<</XObject<</B 7 0 R/F 6 0 R>>>>", b""),
        picture("/ImageMask true/BitsPerComponent 1", &bits),
        picture("/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/JBIG2Decode", b"?"),
    ])
}

#[test]
fn pictures_on_pages_are_found_wherever_they_hang() {
    let file = pages_with_codes();
    let codes = |pages| -> Vec<String> {
        let mut budget = da_document::Budget::full();
        let pictures = da_document::pdf_pictures(&file, pages, &mut budget).unwrap();
        pictures.filter_map(Result::ok).flat_map(|picture| picture.qr_codes().unwrap()).collect()
    };
    assert_eq!(codes(1..=2), ["on page one", "on page two"]);
    assert_eq!(codes(2..=9), ["on page two"]);
    assert_eq!(codes(3..=9), Vec::<String>::new());
    let other = [
        "<</Pages 2 0 R>>",
        "<</Resources<</XObject<</A 3 0 R>>>>>>",
        "<</Subtype/Image/Filter/JPXDecode/Length 1>>stream\n?\nendstream",
    ];
    let refused = pdf_pictures(&pdf(&other), 1..=1).unwrap_err();
    assert_eq!(refused.to_string(), "it is packed with JPXDecode, which is not supported");
}

#[test]
fn what_is_no_picture_says_why() {
    let refused = |bytes: &[u8]| Picture::read(bytes).unwrap_err();
    assert_eq!(refused(b"%PDF-1.4"), DocumentError::NoPicture);
    assert_eq!(refused(b"\x89PNG and nothing else"), DocumentError::BrokenPicture);
    assert_eq!(refused(b"GIF89a"), DocumentError::BrokenPicture);
    assert_eq!(refused(b"\xff\xd8\xff\xd9"), DocumentError::BrokenPicture);
    let file = png(20, 20, png::ColorType::Grayscale, &[LIGHT; 400]);
    assert_eq!(Picture::read(&file[..file.len() - 30]).unwrap().qr_codes(), Err(DocumentError::BrokenPicture));
    // The size is told in the first part: nothing of the rest is looked at before it is judged.
    let mut huge = file;
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    huge[29..33].copy_from_slice(&[0x32, 0x1e, 0x4d, 0x87]);
    assert!(matches!(refused(&huge), DocumentError::TooManyDots(_) | DocumentError::BrokenPicture));
}

#[test]
fn a_picture_of_nothing_but_squares_costs_no_more_than_its_size() {
    // Each of 8 x 8 dots: a ring, a ring, and a square in the middle.
    let shade = |x: usize, y: usize| {
        let (x, y) = ((x % 8).abs_diff(3), (y % 8).abs_diff(3));
        if matches!(x.max(y), 0 | 1 | 3) { DARK } else { LIGHT }
    };
    let side = 1200;
    let shades: Vec<u8> = (0..side * side).map(|place| shade(place % side, place / side)).collect();
    let file = png(side, side, png::ColorType::Grayscale, &shades);
    assert_eq!(Picture::read(&file).unwrap().qr_codes().unwrap(), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_a_code_says_is_read_back(text in "[ -~]{1,120}", part in 3.0..7.0_f64, turned in 0.0..360.0_f64) {
        let sheet = Sheet::new(640, 640).with(&text, Lying { middle: (320.0, 320.0), part, turned, aside: 0.0 });
        prop_assert_eq!(sheet.read(), [text]);
    }

    #[test]
    fn no_bytes_break_it(head in prop::sample::select(vec![&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff\xe0", b"GIF89a"]), rest in prop::collection::vec(any::<u8>(), 0..300)) {
        let bytes = [head, &rest].concat();
        let _ = Picture::read(&bytes).and_then(|picture| picture.qr_codes());
    }
}
