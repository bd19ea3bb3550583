//! What is to be written, taken from the tuples that the prelude makes of its nodes.
//!
//! `('s', anchor, tag, text, style)`, `('q', anchor, tag, items, flow)`, `('m', anchor, tag, pairs, flow)`, `('a', anchor)`.

use super::{DEPTH, nested};
use crate::error::PyResult;
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// A node of the tree that is written.
pub(super) struct Node {
    pub(super) anchor: Option<Arc<str>>,
    pub(super) tag: Arc<str>,
    pub(super) content: Content,
}

/// What a node holds.
pub(super) enum Content {
    /// The node with this anchor, which was written before.
    Alias,
    /// A text, and the style that it was asked for.
    Scalar(Arc<str>, Option<char>),
    /// Items, and whether they stand between brackets.
    List(Vec<Node>, bool),
    /// Keys with their values, and whether they stand between braces.
    Map(Vec<(Node, Node)>, bool),
}

impl Node {
    /// Reads a tuple.
    pub(super) fn read(vm: &mut Vm<'_>, v: Value, depth: usize) -> PyResult<Node> {
        vm.pay(1)?;
        if depth == DEPTH {
            return Err(vm.recursion_error());
        }
        let fields = vm.as_tuple(v).map(<[Value]>::to_vec).unwrap_or_default();
        let field = |place: usize| fields.get(place).copied().unwrap_or(Value::None);
        let kind = vm.text(field(0)).unwrap_or_default();
        let anchor = vm.text(field(1));
        let tag = vm.text(field(2)).unwrap_or_default();
        let content = match &*kind {
            "a" => Content::Alias,
            "s" => {
                let style = vm.text(field(4)).and_then(|style| style.chars().next());
                let Some(text) = vm.text(field(3)) else {
                    let found = vm.type_name(field(3));
                    return Err(vm.type_error(format!("the value of a scalar must be str, not {found}")));
                };
                Content::Scalar(text, style)
            }
            "q" => {
                let items = vm.as_sequence(field(3)).map(<[Value]>::to_vec).unwrap_or_default();
                let mut nodes = Vec::with_capacity(items.len());
                for item in items {
                    nodes.push(nested(|| Node::read(vm, item, depth + 1))?);
                }
                let flow = vm.truth(field(4))?;
                Content::List(nodes, flow)
            }
            _ => {
                let pairs = vm.as_sequence(field(3)).map(<[Value]>::to_vec).unwrap_or_default();
                let mut nodes = Vec::with_capacity(pairs.len());
                for pair in pairs {
                    let pair = vm.as_tuple(pair).map(<[Value]>::to_vec).unwrap_or_default();
                    let [key, value] = pair[..] else { continue };
                    let key = nested(|| Node::read(vm, key, depth + 1))?;
                    nodes.push((key, nested(|| Node::read(vm, value, depth + 1))?));
                }
                let flow = vm.truth(field(4))?;
                Content::Map(nodes, flow)
            }
        };
        Ok(Node { anchor, tag, content })
    }

    pub(super) fn is_empty_list(&self) -> bool {
        matches!(&self.content, Content::List(items, _) if items.is_empty())
    }

    pub(super) fn is_empty_map(&self) -> bool {
        matches!(&self.content, Content::Map(pairs, _) if pairs.is_empty())
    }
}
