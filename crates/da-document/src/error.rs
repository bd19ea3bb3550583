//! [`DocumentError`]: why a document cannot be read.
//!
//! Its words go on after "the file cannot be read:". They never quote what stands in the document.

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// DOCX files are archives, and this is none.
    #[error("it is not a ZIP archive")]
    NoArchive,
    /// A part of the archive is damaged.
    #[error("its file {0} is damaged")]
    Damaged(String),
    /// Parts of the archive stand on one another.
    #[error("its files overlap")]
    Overlapping,
    /// A part of the archive is packed in another way than by deflate.
    #[error("its file {0} is packed in a way that is not supported")]
    Method(String),
    /// A part of the archive is no XML.
    #[error("its file {0} is not XML that can be read")]
    NoXml(String),
    /// An archive without the text of a document.
    #[error("it is not a DOCX file: it has no {0}")]
    NoPart(&'static str),
    /// Unpacked it is larger than what is read.
    #[error("there is more than {0} bytes in it")]
    TooLarge(u64),
    /// It has more parts than what is read.
    #[error("there are too many parts in it")]
    TooMany,
    /// Its parts stand within one another more deeply than what is read.
    #[error("its parts are nested too deeply")]
    TooDeep,
    /// The bytes are no text.
    #[error("it is not a text in UTF-8")]
    NoText,
    /// The bytes are no PDF.
    #[error("it is not a PDF file")]
    NoPdf,
    /// The table of its parts is lost, and cannot be made anew.
    #[error("it is a damaged PDF file")]
    BrokenPdf,
    /// It needs a key.
    #[error("it is encrypted")]
    Encrypted,
    /// The bytes are no picture.
    #[error("it is not a picture in PNG, JPEG or GIF")]
    NoPicture,
    /// It begins as a picture does, and goes on otherwise.
    #[error("it is a damaged picture")]
    BrokenPicture,
    /// It is larger than what is looked at.
    #[error("it has more than {0} dots")]
    TooManyDots(usize),
    /// It is packed in a way that is not supported.
    #[error("it is packed with {0}, which is not supported")]
    Filter(String),
}
