//! [`Tar`]: the entries of a tape archive one after another, as Python's packages come in it.
//!
//! It reads what `ustar`, GNU's long names and POSIX's extended headers say of names and sizes, and nothing else. It never
//! takes a size, a name or a checksum on trust: what does not add up ends the reading.

use std::io::{self, ErrorKind, Read};

/// What is read at once; everything is padded to it.
const BLOCK: usize = 512;

/// Bytes of a header that says something about the next entry.
const LONGEST_EXTENSION: u64 = 64 << 10;

/// The content of an archive is followed by this type of entry, among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    /// A device or the like.
    Other,
}

/// An entry, whose content comes next.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// An archive that is read.
pub(super) struct Tar<R> {
    reader: R,
    /// What is left of the present entry, and of its padding.
    left: u64,
    padding: u64,
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

impl<R: Read> Tar<R> {
    pub(super) fn new(reader: R) -> Self {
        Tar { reader, left: 0, padding: 0 }
    }

    /// What it is read from.
    pub(super) fn reader(&self) -> &R {
        &self.reader
    }

    /// The next entry; what was not read of the one before is passed over.
    pub(super) fn next(&mut self) -> io::Result<Option<Head>> {
        let (mut long_name, mut long_size) = (None, None);
        loop {
            self.pass_over()?;
            let Some(block) = self.block()? else { return Ok(None) };
            let size = number(&block[124..136]).ok_or_else(|| broken("an entry says no size"))?;
            match block[156] {
                b'L' => long_name = Some(text(&self.extension(size)?)?),
                b'x' => {
                    let extension = self.extension(size)?;
                    long_name = record(&extension, "path")?.or(long_name);
                    let said = record(&extension, "size")?;
                    let said =
                        said.map(|size| size.parse().map_err(|_| broken("an entry says no size"))).transpose()?;
                    long_size = said.or(long_size);
                }
                // Of the whole archive, and the target of a link.
                b'g' | b'K' => drop(self.extension(size)?),
                kind => {
                    let size = long_size.unwrap_or(size);
                    let kind = match kind {
                        b'0' | 0 | b'7' => Kind::File,
                        b'5' => Kind::Folder,
                        b'1' | b'2' => Kind::Link,
                        _ => Kind::Other,
                    };
                    let name = long_name.map_or_else(|| short_name(&block), Ok)?;
                    self.begin(size);
                    return Ok(Some(Head { name, kind }));
                }
            }
        }
    }

    fn begin(&mut self, size: u64) {
        self.left = size;
        self.padding = size.checked_next_multiple_of(BLOCK as u64).map_or(0, |whole| whole - size);
    }

    fn pass_over(&mut self) -> io::Result<()> {
        let rest = self.left.saturating_add(self.padding);
        (self.left, self.padding) = (0, 0);
        let passed = io::copy(&mut (&mut self.reader).take(rest), &mut io::sink())?;
        // Some writers leave the padding of the last entry out.
        if passed + (BLOCK as u64) <= rest { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// A header; none at the end, which is a block of zeros or nothing at all.
    fn block(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let mut block = [0; BLOCK];
        match self.reader.read_exact(&mut block) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        if block.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let own = (148..156).map(|at| u64::from(block[at])).sum::<u64>();
        let sum = block.iter().map(|byte| u64::from(*byte)).sum::<u64>() - own + 8 * u64::from(b' ');
        if number(&block[148..156]) != Some(sum) {
            return Err(broken("the checksum of an entry is wrong"));
        }
        Ok(Some(block))
    }

    fn extension(&mut self, size: u64) -> io::Result<Vec<u8>> {
        if size > LONGEST_EXTENSION {
            return Err(broken("an entry says too much about itself"));
        }
        self.begin(size);
        let mut content = Vec::new();
        self.read_to_end(&mut content)?;
        if content.len() as u64 == size { Ok(content) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }
}

/// The content of the present entry.
impl<R: Read> Read for Tar<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.reader.read(&mut buffer[..most])?;
        if read == 0 && most > 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}

/// A number in octal digits, or in GNU's way for large ones.
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if *first == 0x80 {
        return rest
            .iter()
            .try_fold(0_u64, |number, byte| (number >> 56 == 0).then_some(number << 8 | u64::from(*byte)));
    }
    let digits = field.split(|byte| *byte == 0).next()?;
    let digits = std::str::from_utf8(digits).ok()?.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

fn text(bytes: &[u8]) -> io::Result<String> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8(bytes[..end].to_vec()).map_err(|_| broken("a name is not UTF-8"))
}

/// The name in a header, with the folder that may stand before it.
fn short_name(block: &[u8; BLOCK]) -> io::Result<String> {
    let name = text(&block[..100])?;
    // GNU's old format has times where others have the folder.
    let prefix = if &block[257..263] == b"ustar\0" { text(&block[345..500])? } else { String::new() };
    Ok(if prefix.is_empty() { name } else { format!("{prefix}/{name}") })
}

/// A record of an extended header: `LENGTH KEY=VALUE\n`, where the length counts all of it.
fn record(mut records: &[u8], key: &str) -> io::Result<Option<String>> {
    let wrong = || broken("what an entry says about itself cannot be read");
    let mut found = None;
    while !records.is_empty() {
        let blank = records.iter().position(|byte| *byte == b' ').ok_or_else(wrong)?;
        let length = std::str::from_utf8(&records[..blank]).ok().and_then(|text| text.parse::<usize>().ok());
        let length = length.filter(|length| *length > blank + 1).ok_or_else(wrong)?;
        let (record, rest) = records.split_at_checked(length).ok_or_else(wrong)?;
        let record = record[blank + 1..].strip_suffix(b"\n").ok_or_else(wrong)?;
        let equals = record.iter().position(|byte| *byte == b'=').ok_or_else(wrong)?;
        if &record[..equals] == key.as_bytes() {
            found = Some(text(&record[equals + 1..])?);
        }
        records = rest;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str, kind: u8, size: &str) -> Vec<u8> {
        let mut block = vec![0; BLOCK];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..124 + size.len()].copy_from_slice(size.as_bytes());
        block[148..156].fill(b' ');
        block[156] = kind;
        block[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        block
    }

    fn entry(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = header(name, kind, &format!("{:011o}", content.len()));
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        bytes
    }

    fn read(bytes: &[u8]) -> io::Result<Vec<(String, Kind, String)>> {
        let mut tar = Tar::new(bytes);
        let mut all = Vec::new();
        while let Some(head) = tar.next()? {
            let mut content = String::new();
            tar.read_to_string(&mut content)?;
            all.push((head.name, head.kind, content));
        }
        Ok(all)
    }

    #[test]
    fn entries_come_with_their_kinds_and_contents() {
        let mut bytes = [entry("a/", b'5', b""), entry("a/b.txt", b'0', b"text"), entry("l", b'2', b"")].concat();
        bytes.resize(bytes.len() + 2 * BLOCK, 0);
        let of = |name: &str, kind, content: &str| (name.to_owned(), kind, content.to_owned());
        let expected = [of("a/", Kind::Folder, ""), of("a/b.txt", Kind::File, "text"), of("l", Kind::Link, "")];
        assert_eq!(read(&bytes).unwrap(), expected);
    }

    #[test]
    fn long_names_come_in_either_way_and_hold_for_the_next_entry_alone() {
        let long = format!("a/{}", "x".repeat(200));
        let gnu = entry("././@LongLink", b'L', format!("{long}\0").as_bytes());
        let record = format!("{} path={long}\n", long.len() + 10);
        let posix = [entry("g", b'g', b"9 a=1234\n"), entry("p", b'x', record.as_bytes())].concat();
        for before in [gnu, posix] {
            let bytes = [before, entry("short", b'0', b"1"), entry("next", b'0', b"2")].concat();
            let names: Vec<String> = read(&bytes).unwrap().into_iter().map(|(name, ..)| name).collect();
            assert_eq!(names, [long.as_str(), "next"]);
        }
    }

    #[test]
    fn what_was_not_read_is_passed_over() {
        let bytes = [entry("a", b'0', &[b'x'; 1500]), entry("b", b'0', b"b")].concat();
        let mut tar = Tar::new(bytes.as_slice());
        assert_eq!(tar.next().unwrap().unwrap().name, "a");
        assert_eq!(tar.next().unwrap().unwrap().name, "b");
        assert!(tar.next().unwrap().is_none());
    }

    #[test]
    fn what_does_not_add_up_ends_the_reading() {
        let whole = entry("a", b'0', b"content");
        let mut changed = whole.clone();
        changed[0] = b'b';
        assert_eq!(read(&changed).unwrap_err().to_string(), "the checksum of an entry is wrong");
        assert!(read(&whole[..BLOCK + 3]).is_err());
        assert_eq!(read(&header("a", b'0', "zzz")).unwrap_err().to_string(), "an entry says no size");
        let large = header("a", b'x', "00077777777777"[2..].trim());
        assert_eq!(read(&large).unwrap_err().to_string(), "an entry says too much about itself");
        let garbled = entry("a", b'x', b"nonsense");
        assert_eq!(read(&garbled).unwrap_err().to_string(), "what an entry says about itself cannot be read");
    }
}
