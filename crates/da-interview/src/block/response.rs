//! `response`, `binaryresponse`, `response filename`, `all_variables`, `redirect url`, `null response`: what is sent in place of a screen; and what a piece of
//! work in the background ends with.

use da_core::Plain;
use da_markup::Template;

use super::fault::Fault;
use super::keys::Keys;
use super::reader::Reading;
use crate::yaml::Node;

/// What a block sends in place of a screen.
#[derive(Debug)]
pub struct ResponseBlock {
    /// What is sent.
    pub kind: ResponseKind,
    /// `content type`.
    pub content_type: Option<Template>,
    /// `response code`.
    pub code: Option<u16>,
}

/// The kinds of response.
#[derive(Debug)]
pub enum ResponseKind {
    /// `response`: a text.
    Text(Template),
    /// `binaryresponse`: bytes, as the block says them.
    Bytes(Vec<u8>),
    /// `response filename`: a static file of a package.
    File(String),
    /// `all_variables`: the variables as JSON.
    Variables {
        /// `include_internal`.
        internal: bool,
    },
    /// `redirect url`.
    Redirect(Template),
    /// `null response`.
    Null,
    /// `backgroundresponse`: the value of a piece of work in the background.
    Background(Plain),
    /// `action`: the action by which a piece of work in the background changes the answers.
    BackgroundAction(Plain),
}

impl ResponseBlock {
    /// Reads the block if it is one of these.
    pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<Option<ResponseBlock>, Fault> {
        let known = [
            "response",
            "binaryresponse",
            "all_variables",
            "response filename",
            "redirect url",
            "null response",
            "backgroundresponse",
            "action",
        ];
        let Some((key, node)) = keys.first_of(&known) else { return Ok(None) };
        let kind = match key {
            "response" => ResponseKind::Text(reading.text(node)?),
            "binaryresponse" => ResponseKind::Bytes(node.key_text().into_bytes()),
            "response filename" => ResponseKind::File(node.key_text().trim().to_owned()),
            "all_variables" => {
                let internal = keys.get("include_internal").and_then(Node::as_bool).unwrap_or(false);
                ResponseKind::Variables { internal }
            }
            "redirect url" => ResponseKind::Redirect(reading.text(node)?),
            "null response" => ResponseKind::Null,
            "backgroundresponse" => ResponseKind::Background(node.to_plain()),
            _ => ResponseKind::BackgroundAction(node.to_plain()),
        };
        let content_type = keys.get("content type").map(|node| reading.text(node)).transpose()?;
        let code = keys.get("response code").map(|node| {
            let code = node.key_text().trim().parse::<u16>().ok().filter(|code| (100..600).contains(code));
            code.ok_or_else(|| Fault::at(node, "A response code must be a number from 100 to 599."))
        });
        Ok(Some(ResponseBlock { kind, content_type, code: code.transpose()? }))
    }
}
