//! What a template can do with its own text: hold a piece of it back (`filter`, `buffered`, `capture`), give a piece to a `<%def>`
//! (`<%call>`, `<%self:name>`), and name its parts (`self`, `<%namespace>`, `context`).
//!
//! The classes are Python, put in front of a template that uses them, and only then.

use super::lexer::{Kind, Piece};
use super::scan::uses_name;

/// The text, with pieces that are held back.
const TEXT: &str = "\
class __Text__:
    def __init__(self):
        self._held = [[]]
    def write(self, text):
        self._held[-1].append(text)
    def hold(self):
        self._held.append([])
    def take(self):
        return ''.join(self._held.pop())
    def capture(self, function, *pargs, **kwargs):
        depth = len(self._held)
        self.hold()
        try:
            function(*pargs, **kwargs)
            return ''.join(self._held[depth])
        finally:
            del self._held[depth:]
    def whole(self):
        return ''.join(''.join(piece) for piece in self._held)
";

/// Parts of a template by their names; and what stands inside a `<%call>`, for the `<%def>` that is called.
const PARTS: &str = "\
class __Parts__:
    def __init__(self, parts):
        self.__dict__.update(parts)
class __Calls__:
    def __init__(self):
        self._given = None
    def give(self, parts):
        self._given = parts
    def take(self):
        given, self._given = self._given, None
        return given
";

/// `context`: the variables, and the way to write.
const CONTEXT: &str = "\
class __Context__:
    def __init__(self, write):
        self.write = write
    def get(self, name, default=None):
        return __import__('builtins').globals().get(name, default)
    def __getitem__(self, name):
        return __import__('builtins').globals()[name]
    def __contains__(self, name):
        return name in __import__('builtins').globals()
    def keys(self):
        return list(__import__('builtins').globals())
";

/// What a template uses of Mako beyond expressions and control lines.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// `context`.
    context: bool,
    /// Pieces that are held back.
    held: bool,
    /// `capture`.
    capture: bool,
    /// `self`, `local`, namespaces and calls.
    pub(super) parts: bool,
    /// `return` in the text's own code.
    pub(super) returns: bool,
    /// `<%page expression_filter>`.
    pub(super) filters: String,
}

impl Uses {
    pub(super) fn of(pieces: &[Piece<'_>]) -> Self {
        let mut uses = Uses::default();
        let has_parts = pieces.iter().any(|piece| matches!(&piece.kind, Kind::Open { tag: "def" | "block", .. }));
        for piece in pieces {
            match &piece.kind {
                Kind::Expression { code, filters } => {
                    uses.code(code, has_parts);
                    uses.code(filters, has_parts);
                }
                Kind::Control { text, .. } => uses.code(text, has_parts),
                Kind::Code { code, module } => {
                    uses.code(code, has_parts);
                    uses.returns |= !module && uses_name(code, "return");
                }
                Kind::Open { tag, attributes, .. } => uses.tag(tag, attributes, has_parts),
                Kind::Text(_) | Kind::End(_) | Kind::Close(_) => {}
            }
        }
        uses
    }

    fn code(&mut self, code: &str, has_parts: bool) {
        self.context |= uses_name(code, "context");
        // Variables of an interview may be called so; they mean parts of the template where it has some.
        self.capture |= has_parts && uses_name(code, "capture");
        self.parts |= has_parts && ["self", "local", "caller"].into_iter().any(|name| uses_name(code, name));
    }

    fn tag(&mut self, tag: &str, attributes: &[(&str, &str)], has_parts: bool) {
        self.parts |= tag == "call" || tag == "namespace" || tag.contains(':');
        for (name, value) in attributes {
            match *name {
                "filter" | "buffered" => self.held = true,
                "expression_filter" => (*value).clone_into(&mut self.filters),
                "args" if tag == "page" => self.context = true,
                _ => self.code(value, has_parts),
            }
        }
    }

    /// The classes that the template needs.
    pub(super) fn classes(&self) -> impl Iterator<Item = &'static str> {
        let wanted = [(self.holds(), TEXT), (self.parts, PARTS), (self.context, CONTEXT)];
        wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, class)| class)
    }

    /// The statements by which a text begins.
    pub(super) fn beginning(&self) -> Vec<&'static str> {
        let mut lines = match self.holds() {
            true => vec!["__text__ = __Text__()", "__write__ = __text__.write"],
            false => vec!["__parts__ = []", "__write__ = __parts__.append"],
        };
        let more = [
            (self.capture, "capture = __text__.capture"),
            (self.parts, "__calls__ = __Calls__()"),
            (self.parts, "self = local = __Parts__({})"),
            (self.context, "context = __Context__(__write__)"),
            (self.returns, "STOP_RENDERING = ''"),
        ];
        lines.extend(more.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, line)| line));
        lines
    }

    /// The statement by which it ends.
    pub(super) fn ending(&self) -> &'static str {
        if self.holds() { "return __text__.whole()" } else { "return ''.join(__parts__)" }
    }

    fn holds(&self) -> bool {
        self.held || self.capture
    }
}
