//! The pictures on pages, such as a scanner makes.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::rc::Rc;

use super::budget::Budget;
use super::file::File;
use super::object::{Dict, Object};
use super::pages;
use super::stream::Unpacked;
use crate::{DocumentError, Picture};

/// What is drawn within one another is followed this far.
const DEEPEST: usize = 6;

/// The pictures on these pages, counted from 1, in their order, each made when it is its turn. What is drawn in lines is none.
///
/// # Errors
/// [`DocumentError`] for what is no PDF file, is encrypted or damaged, or takes more to read than is given to it; and for each picture that
/// cannot be read.
///
/// ```
/// let mut budget = da_document::Budget::full();
/// let error = da_document::pdf_pictures(b"no PDF", 1..=9, &mut budget).unwrap_err();
/// assert_eq!(error.to_string(), "it is not a PDF file");
/// ```
pub fn pdf_pictures<'f>(
    bytes: &'f [u8],
    wanted: RangeInclusive<u32>,
    budget: &'f mut Budget,
) -> Result<PdfPictures<'f>, DocumentError> {
    let mut file = File::open(bytes, budget)?;
    let found = read(&mut file, &wanted)?;
    let found = if file.search_if_damaged()? { read(&mut file, &wanted)? } else { found };
    Ok(PdfPictures { file, places: found.places.into_iter() })
}

/// The pictures of a file; see [`pdf_pictures`].
#[derive(Debug)]
pub struct PdfPictures<'f> {
    file: File<'f>,
    places: std::vec::IntoIter<(Dict, usize)>,
}

impl PdfPictures<'_> {
    /// What of the budget was spent so far, in bytes.
    pub fn spent(&self) -> u64 {
        self.file.budget.spent()
    }
}

impl Iterator for PdfPictures<'_> {
    type Item = Result<Picture<'static>, DocumentError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (dict, start) = self.places.next()?;
        Some(picture(&mut self.file, &dict, start))
    }
}

/// Where pictures are.
#[derive(Default)]
struct Found {
    /// What describes each, and where its bytes begin.
    places: Vec<(Dict, usize)>,
    seen: HashSet<u32>,
    /// What pages draw with that was looked at, by where it is: many pages may have the same from above.
    resources: HashMap<*const Object, Rc<Object>>,
}

fn read(file: &mut File<'_>, wanted: &RangeInclusive<u32>) -> Result<Found, DocumentError> {
    let mut found = Found::default();
    let Some(catalog) = file.catalog()? else { return Ok(found) };
    pages::each(file, &catalog, |file, page| match wanted.contains(&page.count) {
        true => found.add_page(file, &page.resources),
        false => Ok(()),
    })?;
    Ok(found)
}

impl Found {
    fn add_page(&mut self, file: &mut File<'_>, resources: &Rc<Object>) -> Result<(), DocumentError> {
        if self.resources.insert(Rc::as_ptr(resources), Rc::clone(resources)).is_some() {
            return Ok(());
        }
        self.add(file, Object::clone(resources), 0)
    }

    /// Adds what may be drawn with resources.
    fn add(&mut self, file: &mut File<'_>, resources: Object, depth: usize) -> Result<(), DocumentError> {
        let resources = file.resolve(resources)?;
        let Some(resources) = resources.as_dict().filter(|_| depth < DEEPEST) else { return Ok(()) };
        let objects = file.get(resources, b"XObject")?;
        for object in objects.as_dict().into_iter().flat_map(Dict::values) {
            if object.as_reference().is_some_and(|part| !self.seen.insert(part)) {
                continue;
            }
            let Object::Stream(dict, start) = file.resolve(object.clone())? else { continue };
            match file.get(&dict, b"Subtype")?.as_name() {
                Some(b"Image") => self.places.push((dict, start)),
                Some(b"Form") => {
                    let inner = dict.get(&b"Resources"[..]).cloned().unwrap_or(Object::Null);
                    self.add(file, inner, depth + 1)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn picture(file: &mut File<'_>, dict: &Dict, start: usize) -> Result<Picture<'static>, DocumentError> {
    let bytes = match file.unpack_picture(dict, start)? {
        Unpacked::Jpeg(bytes) => return Picture::read(bytes),
        Unpacked::Bytes(bytes) => bytes,
    };
    let mut size = |name: &[u8]| Ok(file.get(dict, name)?.as_size().unwrap_or_default());
    let (width, height, bits): (usize, usize, usize) = (size(b"Width")?, size(b"Height")?, size(b"BitsPerComponent")?);
    let colors = colors(file, dict)?;
    Picture::of_good_size(width, height)?;
    let samples = match (bits, colors) {
        (8, 1 | 3) => bytes,
        // One dot a bit, each line in bytes of its own.
        (0 | 1, 1) => {
            let line = |line: &[u8]| {
                let bits = line.iter().flat_map(|byte| (0..8).rev().map(move |bit| 255 * (byte >> bit & 1)));
                bits.take(width).collect::<Vec<u8>>()
            };
            let needed = width.div_ceil(8).checked_mul(height).is_some_and(|needed| needed <= bytes.len());
            if !needed || width == 0 {
                return Err(DocumentError::BrokenPicture);
            }
            bytes.chunks(width.div_ceil(8)).take(height).flat_map(line).collect()
        }
        _ => return Err(DocumentError::Filter(format!("{colors} colors of {bits} bits"))),
    };
    Picture::of_samples(samples, width, height, colors)
}

/// How many numbers a dot has.
fn colors(file: &mut File<'_>, dict: &Dict) -> Result<usize, DocumentError> {
    let space = file.get(dict, b"ColorSpace")?;
    let (name, rest) = match &space {
        Object::Name(name) => (name.clone(), None),
        Object::List(parts) => {
            let first = file.resolve(parts.first().cloned().unwrap_or(Object::Null))?;
            (first.as_name().unwrap_or_default().to_vec(), parts.get(1).cloned())
        }
        // A stencil has none.
        _ => return Ok(1),
    };
    match name.as_slice() {
        b"DeviceGray" | b"CalGray" | b"G" => Ok(1),
        b"DeviceRGB" | b"CalRGB" | b"RGB" => Ok(3),
        b"ICCBased" => {
            let profile = file.resolve(rest.unwrap_or(Object::Null))?;
            let numbers = profile.as_dict().map(|profile| file.get(profile, b"N")).transpose()?;
            Ok(numbers.and_then(|numbers| numbers.as_size()).unwrap_or_default())
        }
        other => Err(DocumentError::Filter(String::from_utf8_lossy(&other[..other.len().min(40)]).into_owned())),
    }
}
