//! Footnotes and endnotes: numbered together, in the order in which a text refers to them.

/// Where a note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
}

impl NoteKind {
    pub(super) const ALL: [NoteKind; 2] = [NoteKind::Foot, NoteKind::End];

    /// The part that holds such notes.
    pub(super) fn part(self) -> &'static str {
        match self {
            NoteKind::Foot => "word/footnotes.xml",
            NoteKind::End => "word/endnotes.xml",
        }
    }

    /// The name of the element that one is.
    pub(super) fn element(self) -> &'static str {
        match self {
            NoteKind::Foot => "footnote",
            NoteKind::End => "endnote",
        }
    }
}

/// The notes that a text refers to.
#[derive(Debug, Default)]
pub(super) struct Notes(std::collections::HashMap<(NoteKind, String), usize>);

impl Notes {
    /// The number of a note, which it has from now on.
    pub(super) fn number(&mut self, kind: NoteKind, id: &str) -> usize {
        let next = self.0.len() + 1;
        *self.0.entry((kind, id.to_owned())).or_insert(next)
    }

    /// The number of a note that was referred to.
    pub(super) fn known(&self, kind: NoteKind, id: &str) -> Option<usize> {
        self.0.get(&(kind, id.to_owned())).copied()
    }
}
