//! Where a value stands, for reports: `case.helper`, `people[0].rows['x']`.
//!
//! A report is short whatever the graph looks like: deep places lose their beginning, long keys
//! their end.

use crate::value::{Object, Value};
use crate::vm::Vm;

/// How many steps of a path are shown, from its end.
const SHOWN: usize = 16;
/// How many characters of a key are shown.
const KEY: usize = 40;

/// How something is reached from what holds it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// It is what was asked for.
    Root,
    /// It is the dict of attributes.
    Attributes,
    /// It is the built-in value inside.
    Inside,
    /// It has this index.
    Index(usize),
    /// It has this key.
    Key(Value),
}

/// A container on the way.
#[derive(Debug, Clone, Copy)]
struct Node {
    above: usize,
    step: Step,
}

/// The containers that were met, each with the one that it was met in.
#[derive(Debug, Default)]
pub(super) struct Paths {
    nodes: Vec<Node>,
}

impl Paths {
    /// Adds a container; its number.
    pub(super) fn add(&mut self, above: usize, step: Step) -> usize {
        self.nodes.push(Node { above, step });
        self.nodes.len() - 1
    }

    /// Shows the place that is reached by `step` from the container `above`.
    pub(super) fn show(&self, vm: &Vm<'_>, above: usize, step: Step) -> String {
        let mut steps = Vec::with_capacity(SHOWN);
        let (mut above, mut step) = (above, step);
        let mut cut = true;
        for _ in 0..SHOWN {
            if matches!(step, Step::Root) {
                cut = false;
                break;
            }
            let node = self.nodes.get(above).copied();
            steps.push((step, node.map(|node| node.step)));
            let Some(node) = node else { break };
            (above, step) = (node.above, node.step);
        }
        let mut shown = String::from(if cut && !matches!(step, Step::Root) { "..." } else { "" });
        for (step, holder) in steps.iter().rev() {
            show_step(vm, *step, *holder, &mut shown);
        }
        shown
    }
}

fn show_step(vm: &Vm<'_>, step: Step, holder: Option<Step>, shown: &mut String) {
    match (step, holder) {
        (Step::Root | Step::Attributes | Step::Inside, _) => {}
        (Step::Index(index), _) => shown.push_str(&format!("[{index}]")),
        (Step::Key(key), Some(Step::Root | Step::Attributes)) if vm.as_str(key).is_some() => {
            if !shown.is_empty() {
                shown.push('.');
            }
            shown.push_str(&text_of(vm, key));
        }
        (Step::Key(key), _) => match vm.as_str(key) {
            Some(_) => shown.push_str(&format!("['{}']", text_of(vm, key))),
            None => shown.push_str(&format!("[{}]", other_key(vm, key))),
        },
    }
}

fn text_of(vm: &Vm<'_>, key: Value) -> String {
    let Some(text) = vm.as_str(key) else { return String::new() };
    if text.len() <= KEY {
        return text.text().to_owned();
    }
    text.text().chars().take(KEY).chain("...".chars()).collect()
}

fn other_key(vm: &Vm<'_>, key: Value) -> String {
    match key {
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.get().to_string(),
        Value::True => "True".to_owned(),
        Value::False => "False".to_owned(),
        Value::None => "None".to_owned(),
        Value::Ref(handle) => match vm.heap.get(handle) {
            Object::Class(class) => class.qualname.to_string(),
            _ => format!("<{}>", vm.type_name(key)),
        },
        Value::NotImplemented | Value::Ellipsis | Value::Unset => "...".to_owned(),
    }
}
