//! `<%def>`, `<%block>`, `<%call>`, `<%namespace>`, `<%page>`, `<%text>` and tags that call: what they become.
//!
//! What needs other template files is refused by name: a text of an interview has none.

use super::Fault;
use super::emit::{Emitter, MAX_DEPTH, Open, What};
use super::filter;
use super::output::{Output, string_literal};
use super::scan::python_end;

/// The attributes of a tag.
type Attributes<'a, 't> = &'a [(&'t str, &'t str)];

/// `<%def>`, and a `<%block>` that has a name: a function.
#[derive(Debug)]
pub(super) struct Function<'t> {
    pub(super) tag: &'t str,
    /// What was being written when it began.
    before: Output,
    /// What is done with its text, if it is held back, and whether that is given back in place of being written.
    held: Option<(&'t str, bool)>,
    /// The function; of a block, one that no variable can be called like.
    name: String,
    /// The block's own name.
    block: Option<&'t str>,
}

/// `<%call>`, a tag that calls, `<%namespace>`: what has functions inside.
#[derive(Debug)]
pub(super) struct Container<'t> {
    pub(super) tag: &'t str,
    before: Output,
    /// How far it is indented.
    indent: usize,
    functions: Output,
    names: Vec<String>,
    number: usize,
    /// The expression that calls, or the name of the namespace.
    meaning: String,
}

fn attribute<'t>(attributes: Attributes<'_, 't>, name: &str) -> Option<&'t str> {
    attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
}

/// The attributes that a tag may have.
fn known(tag: &str) -> Option<&'static [&'static str]> {
    Some(match tag {
        "def" => &["name", "filter", "buffered"],
        "block" => &["name", "filter", "buffered"],
        "text" => &["filter"],
        "call" => &["expr", "args"],
        "namespace" => &["name"],
        "page" => &["args", "expression_filter"],
        _ => return None,
    })
}

/// How a text is held back: its filters, and whether it is given back in place of being written.
fn held<'t>(attributes: Attributes<'_, 't>) -> Option<(&'t str, bool)> {
    let filters = attribute(attributes, "filter");
    let is_buffered = attribute(attributes, "buffered").is_some_and(|said| said != "False");
    (filters.is_some() || is_buffered).then(|| (filters.unwrap_or_default(), is_buffered))
}

impl<'t> Emitter<'t> {
    pub(super) fn open_tag(
        &mut self,
        line: u32,
        tag: &'t str,
        attributes: Attributes<'_, 't>,
        closed: bool,
    ) -> Result<(), Fault> {
        let unsupported =
            |what: String| Err(Fault::new(line, format!("{what} is not supported in an interview's text")));
        match known(tag) {
            Some(known) => {
                if let Some((key, _)) = attributes.iter().find(|(key, _)| !known.contains(key)) {
                    return unsupported(format!("<%{tag}> with '{key}'"));
                }
            }
            None if tag.contains(':') => {}
            None => return unsupported(format!("<%{tag}>")),
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::new(line, "tags are nested too deeply"));
        }
        let required = |name: &str| {
            attribute(attributes, name).ok_or_else(|| Fault::new(line, format!("<%{tag}> is missing its {name}")))
        };
        let what = match tag {
            "def" => {
                let name = required("name")?;
                let head = if name.contains('(') { name.to_owned() } else { format!("{name}()") };
                self.begin_function(line, tag, &head, held(attributes))
            }
            "block" => self.begin_block(line, attributes),
            "text" => self.in_place(line, tag, held(attributes)),
            "page" => {
                self.parameters(line, attribute(attributes, "args").unwrap_or_default());
                What::InPlace(tag, None)
            }
            "namespace" => self.begin_container(line, tag, required("name")?.to_owned(), ""),
            "call" => {
                let parameters = attribute(attributes, "args").unwrap_or_default();
                self.begin_container(line, tag, required("expr")?.to_owned(), parameters)
            }
            _ => {
                let parameters = attribute(attributes, "args").unwrap_or_default();
                self.begin_container(line, tag, call_of(tag, attributes), parameters)
            }
        };
        self.open.push(Open { line, what });
        if closed { self.close_tag(line, tag) } else { Ok(()) }
    }

    pub(super) fn close_tag(&mut self, line: u32, tag: &str) -> Result<(), Fault> {
        match self.open.pop().map(|open| open.what) {
            Some(What::InPlace(started, held)) if started == tag => {
                if let Some((filters, _)) = held {
                    let text = filter::fold("__text__.take()".to_owned(), filters);
                    self.out.statement(line, &format!("__write__({text})"));
                }
                Ok(())
            }
            Some(What::Function(function)) if function.tag == tag => {
                self.end_function(line, function);
                Ok(())
            }
            Some(What::Container(container)) if container.tag == tag => {
                self.end_container(line, *container);
                Ok(())
            }
            Some(What::Control(keyword, _)) => Err(Fault::new(
                line,
                format!("</%{tag}> stands inside '% {keyword}', which needs its '% end{keyword}'"),
            )),
            _ => Err(Fault::new(line, format!("Closing tag </%{tag}> without opening tag"))),
        }
    }

    fn in_place(&mut self, line: u32, tag: &'t str, held: Option<(&'t str, bool)>) -> What<'t> {
        if held.is_some() {
            self.out.statement(line, "__text__.hold()");
        }
        What::InPlace(tag, held)
    }

    /// The functions of the innermost call or namespace, if nothing else is open inside of it.
    fn container(&mut self) -> Option<&mut Container<'t>> {
        match self.open.last_mut().map(|open| &mut open.what) {
            Some(What::Container(container)) => Some(container),
            _ => None,
        }
    }

    /// Begins a function; what it writes is set aside until it ends.
    fn begin_function(&mut self, line: u32, tag: &'t str, head: &str, held: Option<(&'t str, bool)>) -> What<'t> {
        // Inside another function it is that function's own, and indented like its text.
        let in_container = self.container().map(|container| container.indent + 1);
        let in_text = (self.functions_open > 0 || tag == "block").then_some(self.out.indent);
        let indent = in_container.or(in_text).unwrap_or(self.base);
        let before = std::mem::replace(&mut self.out, Output::indented(indent));
        self.out.statement(line, &format!("def {}:", head.replace('\n', " ")));
        self.out.indent += 1;
        if self.uses.parts {
            self.out.statement(line, "caller = __calls__.take()");
        }
        if held.is_some() {
            self.out.statement(line, "def __inside__():");
            self.out.indent += 1;
            self.out.statement(line, "pass");
        }
        self.functions_open += 1;
        let name = head.split('(').next().unwrap_or(head).trim().to_owned();
        What::Function(Function { tag, before, held, name, block: None })
    }

    fn end_function(&mut self, line: u32, function: Function<'t>) {
        // What the function wrote stands where it was called; it adds nothing to it.
        self.out.statement(line, "return ''");
        if let Some((filters, is_buffered)) = function.held {
            self.out.indent -= 1;
            let text = filter::fold("__text__.capture(__inside__)".to_owned(), filters);
            if is_buffered {
                self.out.statement(line, &format!("return {text}"));
            } else {
                self.out.statement(line, &format!("__write__({text})"));
                self.out.statement(line, "return ''");
            }
        }
        let ended = std::mem::replace(&mut self.out, function.before);
        self.functions_open -= 1;
        if let Some(container) = self.container() {
            container.functions.append(ended);
            container.names.push(function.name);
        } else if let Some(block) = function.block {
            let name = &function.name;
            self.out.append(ended);
            self.out.statement(line, &format!("self.{block} = {name}"));
            self.out.statement(line, &format!("{name}()"));
        } else if self.functions_open > 0 {
            self.out.append(ended);
        } else {
            self.functions.append(ended);
            if self.uses.parts {
                let name = &function.name;
                self.functions.indent = self.base;
                self.functions.statement(line, &format!("self.{name} = {name}"));
            }
        }
    }

    /// A block stands where it is written; one with a name may be called again by that.
    fn begin_block(&mut self, line: u32, attributes: Attributes<'_, 't>) -> What<'t> {
        match attribute(attributes, "name").filter(|_| self.uses.parts) {
            Some(name) => {
                self.container_count += 1;
                let head = format!("__block_{}__()", self.container_count);
                let held = held(attributes).map(|(filters, _)| (filters, false));
                let mut what = self.begin_function(line, "block", &head, held);
                if let What::Function(function) = &mut what {
                    function.block = Some(name);
                }
                what
            }
            None => self.in_place(line, "block", held(attributes)),
        }
    }

    /// Parameters of the text, which are variables where there are some of their names.
    fn parameters(&mut self, line: u32, parameters: &str) {
        for parameter in filter::split(parameters) {
            if let Some((name, default)) = parameter.split_once('=') {
                let name = name.trim();
                let value = format!("context.get({}, {})", string_literal(name), default.trim());
                self.out.statement(line, &format!("{name} = {value}"));
            }
        }
    }

    /// Begins what has functions inside; its own text is one of them.
    fn begin_container(&mut self, line: u32, tag: &'t str, meaning: String, parameters: &str) -> What<'t> {
        self.container_count += 1;
        let indent = if tag == "namespace" && self.functions_open == 0 { self.base } else { self.out.indent };
        let before = std::mem::replace(&mut self.out, Output::indented(indent + 1));
        self.out.statement(line, &format!("def body({parameters}):"));
        self.out.indent += 1;
        self.out.statement(line, "pass");
        self.functions_open += 1;
        let (functions, names, number) = (Output::default(), Vec::new(), self.container_count);
        What::Container(Box::new(Container { tag, before, indent, functions, names, number, meaning }))
    }

    fn end_container(&mut self, line: u32, container: Container<'t>) {
        let Container { tag, before, indent, functions, names, number, meaning } = container;
        self.out.statement(line, "return ''");
        let mut whole = Output::indented(indent);
        whole.statement(line, &format!("def __inside_{number}__():"));
        whole.append(functions);
        let parts: String = names.iter().map(|name| format!(", {name}={name}")).collect();
        whole.append(std::mem::replace(&mut self.out, before));
        whole.indent += 1;
        whole.statement(line, &format!("return __Parts__(dict(body=body{parts}))"));
        whole.indent -= 1;
        self.functions_open -= 1;
        if tag == "namespace" {
            whole.statement(line, &format!("{meaning} = __inside_{number}__()"));
            if self.functions_open > 0 {
                self.out.append(whole)
            } else {
                self.functions.append(whole)
            }
            return;
        }
        self.out.append(whole);
        self.out.statement(line, &format!("__calls__.give(__inside_{number}__())"));
        self.out.statement(line, &format!("__write__('%s' % (({meaning}),))"));
    }
}

/// `<%ns:name a="x" b="${y}">` as a call of `ns.name`.
fn call_of(tag: &str, attributes: Attributes<'_, '_>) -> String {
    let arguments = attributes.iter().filter(|(name, _)| *name != "args");
    let arguments: Vec<String> = arguments.map(|(name, value)| format!("{name}={}", value_of(value))).collect();
    format!("{}({})", tag.replacen(':', ".", 1), arguments.join(", "))
}

/// The value of an attribute: an expression alone is itself, among words it is a piece of a text.
fn value_of(text: &str) -> String {
    let mut pieces: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let inside = &rest[start + 2..];
        let Some((end, _)) = python_end(inside, &["}"], true) else { break };
        if start > 0 {
            pieces.push(string_literal(&rest[..start]));
        }
        let expression = inside[..end].trim();
        rest = &inside[end + 1..];
        if pieces.is_empty() && rest.is_empty() {
            return format!("({expression})");
        }
        pieces.push(format!("'%s' % (({expression}),)"));
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(string_literal(rest));
    }
    pieces.join(" + ")
}
