//! What is known of a file as a whole.

use super::budget::Budget;
use super::file::File;
use super::pages::Pages;
use crate::DocumentError;

/// What is known of a PDF file as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PdfFacts {
    /// How many pages it has.
    pub pages: u32,
    /// Whether it has a form, be it an empty one.
    pub has_form: bool,
}

/// How many pages a PDF file has, and whether it has a form.
///
/// # Errors
/// [`DocumentError`] for what is no PDF file, is encrypted or damaged, or takes more to read than is given to it.
///
/// ```
/// assert_eq!(da_document::pdf_facts(b"no PDF", &mut da_document::Budget::full()).unwrap_err().to_string(), "it is not a PDF file");
/// ```
pub fn pdf_facts(bytes: &[u8], budget: &mut Budget) -> Result<PdfFacts, DocumentError> {
    let mut file = File::open(bytes, budget)?;
    let facts = read(&mut file)?;
    if file.search_if_damaged()? { read(&mut file) } else { Ok(facts) }
}

fn read(file: &mut File<'_>) -> Result<PdfFacts, DocumentError> {
    let Some(catalog) = file.catalog()? else { return Ok(PdfFacts { pages: 0, has_form: false }) };
    let has_form = file.get(&catalog, b"AcroForm")?.as_dict().is_some();
    Ok(PdfFacts { pages: Pages::read(file, &catalog)?.count(), has_form })
}
