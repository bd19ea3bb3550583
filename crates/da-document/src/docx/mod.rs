//! DOCX files: archives of XML.

mod inline;
mod lists;
mod markdown;
mod notes;
mod parts;
mod style;
mod table;
mod tags;
mod template;
mod write;
mod xml;

pub use markdown::{markdown, markdown_of_text};
pub use template::template;
