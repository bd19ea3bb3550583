//! The names of files, cleaned of what has no place in a name.

/// Characters that a name may have; what is longer is cut off before the extension.
const LONGEST: usize = 200;

/// A name without folders and signs: letters and digits of any script, blanks, `_`, `.` and `-`.
///
/// ```
/// assert_eq!(da_app::clean_name("../Brief an Zoë (1).PDF"), "Brief an Zoë 1.PDF");
/// assert_eq!(da_app::clean_name("..."), "file");
/// ```
pub fn clean_name(name: &str) -> String {
    let kept = name.replace('/', "_");
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ' '));
    let kept: String = kept.collect();
    let kept = kept.trim_matches(['.', '_', ' ']);
    if kept.is_empty() {
        return "file".to_owned();
    }
    shortened(kept)
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    match name.rsplit_once('.').filter(|(_, extension)| extension.chars().count() < 20) {
        Some((stem, extension)) => {
            let stem: String = stem.chars().take(LONGEST - 20).collect();
            format!("{stem}.{extension}")
        }
        None => name.chars().take(LONGEST).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn a_name_cannot_lead_anywhere_and_is_not_endless() {
        assert_eq!(clean_name("/etc/passwd"), "etc_passwd");
        assert_eq!(clean_name("a\\b:c\n\"d\".txt"), "abcd.txt");
        assert_eq!(clean_name(&format!("{}.docx", "x".repeat(500))).len(), 185);
        assert_eq!(clean_name(&"y".repeat(500)).len(), 200);
    }
}
