//! The files inside a ZIP archive, which is what a DOCX file is.
//!
//! Every number in it comes from outside: none is trusted, and what comes out is limited.

use flate2::read::DeflateDecoder;
use std::io::Read;

use crate::DocumentError;

/// More bytes than these are not taken out of an archive.
const MOST: u64 = 32 << 20;

/// A file of an archive, as the directory at its end lists it.
struct Entry<'z> {
    name: String,
    method: u16,
    packed: &'z [u8],
}

/// The texts of those files in a ZIP archive whose names are `wanted`, in the order of the archive.
///
/// # Errors
/// [`DocumentError`] for what is no archive, is damaged, or is larger than what is unpacked.
///
/// ```
/// let error = da_document::archive_texts(b"no archive", |name| name.ends_with(".xml")).unwrap_err();
/// assert_eq!(error.to_string(), "it is not a ZIP archive");
/// ```
pub fn archive_texts(archive: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<(String, String)>, DocumentError> {
    let mut left = MOST;
    // Files that do not overlap are no longer than the archive together.
    let mut packed = archive.len();
    let mut found = Vec::new();
    for entry in entries(archive)? {
        if !wanted(&entry.name) {
            continue;
        }
        packed = packed.checked_sub(entry.packed.len()).ok_or(DocumentError::Overlapping)?;
        let damaged = || DocumentError::Damaged(entry.name.clone());
        let bytes = match entry.method {
            0 => entry.packed.to_vec(),
            8 => {
                let mut bytes = Vec::new();
                let read = DeflateDecoder::new(entry.packed).take(left + 1).read_to_end(&mut bytes);
                read.map_err(|_| damaged())?;
                bytes
            }
            _ => return Err(DocumentError::Method(entry.name)),
        };
        left = left.checked_sub(bytes.len() as u64).ok_or(DocumentError::TooLarge(MOST))?;
        let text = String::from_utf8(bytes).map_err(|_| damaged())?;
        found.push((entry.name, text));
    }
    Ok(found)
}

fn entries(archive: &[u8]) -> Result<Vec<Entry<'_>>, DocumentError> {
    // The directory's end stands at the end, before a comment of at most 64 KiB.
    let from = archive.len().saturating_sub(22 + 0xffff);
    let end =
        archive[from..].windows(4).rposition(|mark| mark == b"PK\x05\x06").ok_or(DocumentError::NoArchive)? + from;
    let count = short(archive, end + 10).ok_or(DocumentError::NoArchive)?;
    let mut at = long(archive, end + 16).ok_or(DocumentError::NoArchive)?;
    let mut entries = Vec::with_capacity(usize::from(count).min(1000));
    for _ in 0..count {
        let (entry, length) = entry(archive, at).ok_or(DocumentError::NoArchive)?;
        entries.push(entry);
        at = at.checked_add(length).ok_or(DocumentError::NoArchive)?;
    }
    Ok(entries)
}

/// The file whose line in the directory begins at `at`, and how long the line is.
fn entry(archive: &[u8], at: usize) -> Option<(Entry<'_>, usize)> {
    (archive.get(at..at.checked_add(4)?)? == b"PK\x01\x02").then_some(())?;
    let part = |offset: usize| at.checked_add(offset);
    let name_length = usize::from(short(archive, part(28)?)?);
    let more = usize::from(short(archive, part(30)?)?) + usize::from(short(archive, part(32)?)?);
    let name = archive.get(part(46)?..part(46 + name_length)?)?;
    let (method, size) = (short(archive, part(10)?)?, long(archive, part(20)?)?);
    let head = long(archive, part(42)?)?;
    let before =
        usize::from(short(archive, head.checked_add(26)?)?) + usize::from(short(archive, head.checked_add(28)?)?);
    let start = head.checked_add(30)?.checked_add(before)?;
    let packed = archive.get(start..start.checked_add(size)?)?;
    let name = String::from_utf8_lossy(name).into_owned();
    Some((Entry { name, method, packed }, 46 + name_length + more))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_archive_is_refused_whatever_it_is() {
        for bytes in [&b""[..], b"PK\x05\x06", b"%PDF-1.4", &[b'P'; 40]] {
            assert_eq!(archive_texts(bytes, |_| true), Err(DocumentError::NoArchive));
        }
        let mut lying = b"PK\x05\x06".to_vec();
        lying.extend([0, 0, 0, 0, 9, 0, 9, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0]);
        assert_eq!(archive_texts(&lying, |_| true), Err(DocumentError::NoArchive));
    }
}
