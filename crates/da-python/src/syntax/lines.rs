//! Where the lines of a source begin.
//!
//! Offsets are bytes, as the parser gives them; columns are characters. Never panics on an offset
//! outside the source.

/// The offsets at which lines begin.
pub(crate) struct Lines<'a> {
    source: &'a str,
    starts: Vec<u32>,
}

/// Longest piece of a line that an error shows, in characters.
const SHOWN: usize = 200;

impl<'a> Lines<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(8);
        starts.push(0);
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Lines { source, starts }
    }

    /// The line of an offset, starting at 1.
    pub(crate) fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX).max(1)
    }

    /// The offsets between which a line lies, its end included.
    pub(crate) fn span(&self, line: u32) -> (u32, u32) {
        let index = line as usize;
        let start = self.starts.get(index.saturating_sub(1)).copied().unwrap_or(0);
        (start, self.starts.get(index).copied().unwrap_or(u32::MAX))
    }

    /// The text of a line, cut when it is long.
    pub(crate) fn text(&self, line: u32) -> String {
        let (start, end) = self.span(line);
        let end = (end as usize).min(self.source.len());
        let text = self.source.get(start as usize..end).unwrap_or("");
        text.trim_end_matches(['\n', '\r']).chars().take(SHOWN).collect()
    }

    /// The column of an offset, starting at 1.
    pub(crate) fn column(&self, offset: u32) -> u32 {
        let (start, _) = self.span(self.line(offset));
        let before = self.source.get(start as usize..(offset as usize).min(self.source.len())).unwrap_or("");
        u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1)
    }
}
