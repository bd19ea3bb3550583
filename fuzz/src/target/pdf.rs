//! PDF files: the fields of their forms, in the order of the pages.

pub(super) fn run(bytes: &[u8]) {
    if let Ok(fields) = da_document::form_fields(bytes) {
        assert!(fields.iter().all(|field| !field.name.is_empty() && field.edges.len() <= 4));
        assert!(fields.is_sorted_by_key(|field| field.page));
    }
}
