//! Files that are made for a test: archives with stored parts, and PDF files with a table of their parts.

use da_document::{Budget, DocumentError, FormField, PdfFacts, Picture};
use std::ops::RangeInclusive;

/// An archive with these files, as they are.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed_zip(&files.iter().map(|(name, content)| (*name, 0, content.to_vec())).collect::<Vec<_>>())
}

/// An archive with these files, each with the number of the way in which it is packed.
pub(crate) fn packed_zip(files: &[(&str, u16, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, method, content) in files {
        let (at, size) = (out.len() as u32, content.len() as u32);
        let mut facts = Vec::new();
        facts.extend([20, 0, 0, 0]);
        facts.extend(method.to_le_bytes());
        facts.extend([0; 8]);
        facts.extend(size.to_le_bytes());
        facts.extend(size.to_le_bytes());
        facts.extend((name.len() as u16).to_le_bytes());
        facts.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&facts);
        out.extend(name.bytes());
        out.extend(content);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.bytes());
    }
    let (at, size, count) = (out.len() as u32, directory.len() as u32, (files.len() as u16).to_le_bytes());
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// An archive whose directory lists one file under many names.
pub(crate) fn repeated_zip(names: &[String], method: u16, content: &[u8]) -> Vec<u8> {
    let first = packed_zip(&[(&names[0], method, content.to_vec())]);
    let at = first.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
    let (mut out, entry) = (first[..at].to_vec(), &first[at..at + 46]);
    for name in names {
        let mut entry = entry.to_vec();
        entry[28..30].copy_from_slice(&(name.len() as u16).to_le_bytes());
        out.extend(entry);
        out.extend(name.bytes());
    }
    let (count, at) = ((names.len() as u16).to_le_bytes(), at as u32);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend([0; 4]);
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// A DOCX file with this body, and other parts.
pub(crate) fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let body = format!("{}<w:body>{body}</w:body></w:document>", opening("document"));
    let mut files: Vec<(&str, &[u8])> = vec![("word/document.xml", body.as_bytes())];
    files.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&files)
}

/// The mark that a part begins with.
pub(crate) fn opening(name: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{name} \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
    )
}

/// A PDF file of these objects, counted from 1, with a table that is text. The first is the catalog.
pub(crate) fn pdf(objects: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object.as_ref());
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|at| out.extend(format!("{at:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

/// The same with its objects packed into one stream, and a table that is packed, too.
pub(crate) fn packed_pdf(objects: &[&str]) -> Vec<u8> {
    let (mut head, mut bodies) = (String::new(), String::new());
    for (at, object) in objects.iter().enumerate() {
        head.push_str(&format!("{} {} ", at + 1, bodies.len()));
        bodies.push_str(&format!("{object}\n"));
    }
    let container = objects.len() + 1;
    let packed = deflated(format!("{head}{bodies}").as_bytes());
    let mut out = b"%PDF-1.7\n".to_vec();
    let first = out.len();
    out.extend(
        format!(
            "{container} 0 obj\n<</Type/ObjStm/N {}/First {}/Filter/FlateDecode/Length {}>>stream\r\n",
            objects.len(),
            head.len(),
            packed.len()
        )
        .bytes(),
    );
    out.extend(&packed);
    out.extend(b"\nendstream\nendobj\n");
    let second = out.len();
    let mut rows = vec![vec![0, 0, 0, 0]];
    rows.extend((0..objects.len()).map(|index| vec![2, 0, container as u8, index as u8]));
    for at in [first, second] {
        rows.push(vec![1, (at >> 8) as u8, at as u8, 0]);
    }
    // Each row says how it differs from the one above it.
    let mut above = vec![0; 4];
    let mut table = Vec::new();
    for row in &rows {
        table.push(2_u8);
        table.extend(row.iter().zip(&above).map(|(here, above): (&u8, &u8)| here.wrapping_sub(*above)));
        above.clone_from(row);
    }
    let table = deflated(&table);
    out.extend(
        format!(
            "{} 0 obj\n<</Type/XRef/Size {}/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>\
             /Length {}>>stream\n",
            container + 1,
            rows.len(),
            table.len()
        )
        .bytes(),
    );
    out.extend(&table);
    out.extend(format!("\nendstream\nendobj\nstartxref\n{second}\n%%EOF").bytes());
    out
}

/// Bytes as zlib packs them.
pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// The same without the head and the sum of zlib, as archives have it.
pub(crate) fn bare_deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// A PNG picture of these dots.
pub(crate) fn png(width: usize, height: usize, color: png::ColorType, dots: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(dots).unwrap();
    file
}

/// The fields of a form, with all that may be read for them.
pub(crate) fn form_fields(file: &[u8]) -> Result<Vec<FormField>, DocumentError> {
    da_document::form_fields(file, &mut Budget::full())
}

/// What is known of a PDF file, with all that may be read for it.
pub(crate) fn pdf_facts(file: &[u8]) -> Result<PdfFacts, DocumentError> {
    da_document::pdf_facts(file, &mut Budget::full())
}

/// The pictures on pages, with all that may be read for them.
pub(crate) fn pdf_pictures(file: &[u8], pages: RangeInclusive<u32>) -> Result<Vec<Picture<'static>>, DocumentError> {
    da_document::pdf_pictures(file, pages, &mut Budget::full())?.collect()
}
