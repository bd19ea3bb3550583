//! PDF files: the fields of their forms, in the order of the pages; the pictures on their pages.

use da_document::Budget;

use super::picture;

/// The pictures of a file that are looked at.
const MOST_PICTURES: usize = 4;

pub(super) fn run(bytes: &[u8]) {
    if let Ok(fields) = da_document::form_fields(bytes, &mut Budget::full()) {
        assert!(fields.iter().all(|field| !field.name.is_empty() && field.edges.len() <= 4));
        assert!(fields.is_sorted_by_key(|field| field.page));
    }
    if let Ok(pictures) = da_document::pdf_pictures(bytes, 1..=u32::MAX, &mut Budget::full()) {
        pictures.flatten().take(MOST_PICTURES).for_each(|picture| picture::look(&picture));
    }
    if let Ok(facts) = da_document::pdf_facts(bytes, &mut Budget::full()) {
        assert!(facts.pages as usize <= bytes.len());
    }
}
