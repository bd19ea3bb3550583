//! The structure of YAML: blocks and brackets, keys, anchors and tags, laid out as PyYAML lays them out.

use super::analysis::{self, Analysis};
use super::node::{Content, Node};
use super::writer::{Layout, Writer};
use super::{STANDARD, nested, scalar};
use crate::error::PyResult;
use crate::native::Args;
use crate::types::arguments;
use crate::value::Value;
use crate::vm::Vm;

/// A key that is longer than this, with its tag, needs a `?`.
const LONGEST_KEY: usize = 128;
/// What it costs to write a node, beside its text.
const NODE: u64 = 20;

/// `write(documents, indent, width, allow_unicode, line_break, canonical, explicit_start, explicit_end, version,
/// flush)`: the text of documents, each a tuple as `node` reads it. With `flush`, lists in mappings are not indented.
pub(super) fn write(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let given = arguments::positional(vm, args, "write", 10, 10)?.to_vec();
    let indent = arguments::count(vm, given[1])?;
    let width = arguments::count(vm, given[2])?;
    let line_break = match vm.text(given[4]).as_deref() {
        Some("\r\n") => "\r\n",
        Some("\r") => "\r",
        _ => "\n",
    };
    let layout = Layout { indent, width, unicode: vm.truth(given[3])?, line_break, canonical: vm.truth(given[5])? };
    let (explicit_start, explicit_end) = (vm.truth(given[6])?, vm.truth(given[7])?);
    let version = vm.text(given[8]);
    let flush = vm.truth(given[9])?;
    let documents = vm.as_sequence(given[0]).map(<[Value]>::to_vec).unwrap_or_default();
    let mut emitter = Emitter { writer: Writer::new(layout), flow: 0, flush };
    for (number, document) in documents.into_iter().enumerate() {
        let node = Node::read(vm, document, 0)?;
        emitter.begin(number == 0 && !explicit_start, version.as_deref());
        nested(|| emitter.node(vm, &node, Place::Root))?;
        emitter.end(explicit_end);
    }
    emitter.close();
    vm.str(emitter.writer.out)
}

/// Where a node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Item,
    SimpleKey,
    /// The value of a key, or a key after `?`.
    Mapping,
}

struct Emitter {
    writer: Writer,
    /// Brackets and braces that are open.
    flow: usize,
    /// Lists in mappings begin where their keys do.
    flush: bool,
}

impl Emitter {
    fn begin(&mut self, implicit: bool, version: Option<&str>) {
        if let Some(version) = version {
            if self.writer.open_ended {
                self.writer.indicator("...", true);
                self.writer.new_line();
            }
            self.writer.indicator(&format!("%YAML {version}"), false);
            self.writer.line_break(None);
        }
        if !implicit || version.is_some() || self.writer.layout.canonical {
            self.writer.new_line();
            self.writer.indicator("---", true);
            if self.writer.layout.canonical {
                self.writer.new_line();
            }
        }
    }

    fn end(&mut self, explicit: bool) {
        self.writer.new_line();
        if explicit {
            self.writer.indicator("...", true);
            self.writer.new_line();
        }
    }

    fn close(&mut self) {
        if self.writer.open_ended {
            self.writer.indicator("...", true);
            self.writer.new_line();
        }
    }

    fn node(&mut self, vm: &mut Vm<'_>, node: &Node, place: Place) -> PyResult<()> {
        vm.pay(NODE)?;
        let before = self.writer.out.len();
        if let Some(anchor) = &node.anchor {
            let sign = if matches!(node.content, Content::Alias) { '*' } else { '&' };
            self.writer.indicator(&format!("{sign}{anchor}"), true);
        }
        match &node.content {
            Content::Alias => {}
            Content::Scalar(text, style) => {
                // An escape takes up to four bytes of each, and more than one look.
                vm.pay(text.len() as u64 * 3)?;
                arguments::work(vm, text.len().saturating_mul(4))?;
                self.scalar(node, text, *style, place);
            }
            Content::List(items, flow) => {
                self.tag(node, node.tag[..] == format!("{STANDARD}seq"));
                if self.in_flow(*flow || items.is_empty()) {
                    self.flow_list(vm, items)?;
                } else {
                    self.block_list(vm, items, place)?;
                }
            }
            Content::Map(pairs, flow) => {
                self.tag(node, node.tag[..] == format!("{STANDARD}map"));
                if self.in_flow(*flow || pairs.is_empty()) {
                    self.flow_map(vm, pairs)?;
                } else {
                    self.block_map(vm, pairs)?;
                }
            }
        }
        vm.heap.would_fit(self.writer.out.len())?;
        vm.pay((self.writer.out.len() - before) as u64 / 8)
    }

    fn in_flow(&self, asked: bool) -> bool {
        self.flow > 0 || self.writer.layout.canonical || asked
    }

    fn tag(&mut self, node: &Node, implied: bool) {
        if !implied || self.writer.layout.canonical {
            self.writer.indicator(&shown_tag(&node.tag), true);
        }
    }

    /// What stands in a node begins further right; the place to go back to.
    fn deeper(&mut self, flow: bool, same: bool) -> Option<usize> {
        let step = self.writer.layout.indent;
        let before = self.writer.indent;
        self.writer.indent = match before {
            None => Some(if flow { step } else { 0 }),
            Some(indent) => Some(if same { indent } else { indent + step }),
        };
        before
    }

    fn scalar(&mut self, node: &Node, text: &str, asked: Option<char>, place: Place) {
        let analysis = analysis::of(text, self.writer.layout.unicode);
        let resolved = node.tag.strip_prefix(STANDARD) == Some(scalar::kind(text).name());
        let style = self.style(&analysis, asked, resolved, place);
        let is_text = node.tag.strip_prefix(STANDARD) == Some("str");
        self.tag(node, if style.is_none() { resolved } else { is_text });
        let before = self.deeper(true, false);
        let split = place != Place::SimpleKey;
        match style {
            None => self.writer.plain(text, place == Place::Root, split),
            Some('\'') => self.writer.single_quoted(text, split),
            Some('|') => self.writer.literal(text),
            Some('>') => self.writer.folded(text),
            Some(_) => self.writer.double_quoted(text, split),
        }
        self.writer.indent = before;
    }

    /// The style that a text is written in; `None` is without quotes.
    fn style(&self, analysis: &Analysis, asked: Option<char>, resolved: bool, place: Place) -> Option<char> {
        let key = place == Place::SimpleKey;
        if asked == Some('"') || self.writer.layout.canonical {
            return Some('"');
        }
        let plain = if self.flow > 0 { analysis.flow_plain } else { analysis.block_plain };
        if asked.is_none() && resolved && plain && !(key && (analysis.empty || analysis.multiline)) {
            return None;
        }
        match asked {
            Some(block @ ('|' | '>')) if self.flow == 0 && !key && analysis.block => Some(block),
            None | Some('\'') if analysis.single_quoted && !(key && analysis.multiline) => Some('\''),
            _ => Some('"'),
        }
    }

    fn is_simple_key(&self, node: &Node) -> bool {
        let mut length = node.anchor.as_ref().map_or(0, |anchor| anchor.len());
        let fits = match &node.content {
            Content::Alias => true,
            Content::Scalar(text, _) => {
                length += text.chars().count();
                !text.is_empty() && !text.contains(analysis::is_break)
            }
            _ => node.is_empty_list() || node.is_empty_map(),
        };
        if !matches!(node.content, Content::Alias) {
            length += shown_tag(&node.tag).chars().count();
        }
        fits && length < LONGEST_KEY
    }

    fn flow_list(&mut self, vm: &mut Vm<'_>, items: &[Node]) -> PyResult<()> {
        self.writer.bracket("[");
        self.flow += 1;
        let before = self.deeper(true, false);
        for (number, item) in items.iter().enumerate() {
            self.flow_separator(number);
            nested(|| self.node(vm, item, Place::Item))?;
        }
        self.flow_end("]", before, items.is_empty());
        Ok(())
    }

    fn flow_separator(&mut self, number: usize) {
        if number > 0 {
            self.writer.indicator(",", false);
        }
        if self.writer.layout.canonical || self.writer.is_wide() {
            self.writer.new_line();
        }
    }

    fn flow_end(&mut self, sign: &str, before: Option<usize>, empty: bool) {
        self.writer.indent = before;
        self.flow -= 1;
        if self.writer.layout.canonical && !empty {
            self.writer.indicator(",", false);
            self.writer.new_line();
        }
        self.writer.indicator(sign, false);
    }

    fn flow_map(&mut self, vm: &mut Vm<'_>, pairs: &[(Node, Node)]) -> PyResult<()> {
        self.writer.bracket("{");
        self.flow += 1;
        let before = self.deeper(true, false);
        for (number, (key, value)) in pairs.iter().enumerate() {
            self.flow_separator(number);
            if !self.writer.layout.canonical && self.is_simple_key(key) {
                nested(|| self.node(vm, key, Place::SimpleKey))?;
                self.writer.indicator(":", false);
            } else {
                self.writer.indicator("?", true);
                nested(|| self.node(vm, key, Place::Mapping))?;
                if self.writer.layout.canonical || self.writer.is_wide() {
                    self.writer.new_line();
                }
                self.writer.indicator(":", true);
            }
            nested(|| self.node(vm, value, Place::Mapping))?;
        }
        self.flow_end("}", before, pairs.is_empty());
        Ok(())
    }

    fn block_list(&mut self, vm: &mut Vm<'_>, items: &[Node], place: Place) -> PyResult<()> {
        let same = self.flush && matches!(place, Place::Mapping | Place::SimpleKey) && !self.writer.indention;
        let before = self.deeper(false, same);
        for item in items {
            self.writer.new_line();
            self.writer.bullet("-");
            nested(|| self.node(vm, item, Place::Item))?;
        }
        self.writer.indent = before;
        Ok(())
    }

    fn block_map(&mut self, vm: &mut Vm<'_>, pairs: &[(Node, Node)]) -> PyResult<()> {
        let before = self.deeper(false, false);
        for (key, value) in pairs {
            self.writer.new_line();
            if self.is_simple_key(key) {
                nested(|| self.node(vm, key, Place::SimpleKey))?;
                self.writer.indicator(":", false);
            } else {
                self.writer.bullet("?");
                nested(|| self.node(vm, key, Place::Mapping))?;
                self.writer.new_line();
                self.writer.bullet(":");
            }
            nested(|| self.node(vm, value, Place::Mapping))?;
        }
        self.writer.indent = before;
        Ok(())
    }
}

/// A tag as it is written.
fn shown_tag(tag: &str) -> String {
    if tag == "!" {
        return tag.to_owned();
    }
    let (handle, suffix) = match (tag.strip_prefix(STANDARD), tag.strip_prefix('!')) {
        (Some(suffix), _) if !suffix.is_empty() => ("!!", suffix),
        (_, Some(suffix)) => ("!", suffix),
        _ => ("", tag),
    };
    let mut text = String::new();
    for c in suffix.chars() {
        let stands = c.is_ascii_alphanumeric() || "-;/?:@&=+$,_.~*'()[]".contains(c) || (c == '!' && handle != "!");
        if stands {
            text.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    if handle.is_empty() { format!("!<{text}>") } else { format!("{handle}{text}") }
}
