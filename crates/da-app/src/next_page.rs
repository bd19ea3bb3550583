//! What a page of a list says about the next one: the number of its last row, as docassemble writes it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub(crate) fn code_of(number: i64) -> String {
    URL_SAFE_NO_PAD.encode(number.to_string())
}

/// The number of a code; none for anything that is no such code.
pub(crate) fn number_of(code: &str) -> Option<i64> {
    let bytes = URL_SAFE_NO_PAD.decode(code.trim_end_matches('=')).ok()?;
    std::str::from_utf8(&bytes).ok()?.parse().ok().filter(|number| *number >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_again_by_its_code_and_nonsense_is_no_page() {
        assert_eq!((code_of(120), number_of("MTIw"), number_of("MTIw==")), ("MTIw".to_owned(), Some(120), Some(120)));
        assert_eq!([number_of("LTE"), number_of("x"), number_of("eA")], [None, None, None]);
    }
}
