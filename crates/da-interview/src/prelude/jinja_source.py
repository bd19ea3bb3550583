"""What the source of an interview calls while Jinja2 makes YAML of it (`# use jinja`): plain Jinja2, which knows no interview.

A name, an attribute or an item that is missing is empty. The files that a file includes, imports or extends are fetched and run by
the engine.
"""

import _engine
from _jinja import _jinja_filter, _jinja_test
from _jinja_runtime import _Context, _GLOBALS
from jinja2.exceptions import TemplateNotFound, TemplateRuntimeError
from jinja2.runtime import Undefined


def _jinja_text(value):
    return str(value)


def _jinja_attribute(value, name):
    """An attribute, or else an item of that name."""
    try:
        return getattr(value, name)
    except AttributeError:
        pass
    try:
        return value[name]
    except (TypeError, LookupError, AttributeError):
        return Undefined(obj=value, name=name, hint=repr(type(value).__name__ + ' object') + ' has no attribute ' + repr(name))


def _jinja_item(value, key):
    """An item, or else an attribute of that name."""
    try:
        return value[key]
    except (TypeError, LookupError, AttributeError):
        pass
    if isinstance(key, str):
        try:
            return getattr(value, key)
        except AttributeError:
            pass
    return Undefined(obj=value, name=key)


def _jinja_defined(look):
    return not isinstance(look(), Undefined)


def _jinja_default(look, default_value='', boolean=False):
    value = look()
    return default_value if isinstance(value, Undefined) or (boolean and not value) else value


class _Module:
    """A file that was imported: what it defines, and its text."""

    def __init__(self, text, names):
        self._text = text
        self.__dict__.update(names)

    def __str__(self):
        return self._text


class _SourceContext(_Context):
    """The names that a source sees, and the way to other files."""

    def __getitem__(self, name):
        return self.seen(name, lambda: _GLOBALS[name] if name in _GLOBALS else Undefined(name=name))

    def extend(self, name):
        if self.parent is not None:
            raise TemplateRuntimeError('extended multiple times')
        self.parent = name

    def finish(self, text):
        """The text; of a file that extends another, the other's with the blocks of this one."""
        if self.parent is None:
            return text
        name, self.parent = self.parent, None
        return _engine.jinja_run(name, self)

    def all_names(self):
        """The names of all scopes, those inside in front."""
        names = {}
        for scope in self.scopes:
            names.update(scope)
        return names

    def include(self, name, may_be_missing, with_context):
        for candidate in [name] if isinstance(name, str) else list(name):
            try:
                return _engine.jinja_run(candidate, _SourceContext(self.all_names() if with_context else {}))
            except TemplateNotFound as missing:
                if str(missing) != candidate:
                    raise
        if may_be_missing:
            return ''
        raise TemplateNotFound(name if isinstance(name, str) else 'none of the templates given were found: ' + ', '.join(name))

    def load(self, name, with_context):
        made = _SourceContext(self.all_names() if with_context else {})
        text = _engine.jinja_run(name, made)
        return _Module(text, {name: made.scopes[0][name] for name in made.exported if not name.startswith('_')})

    def take(self, name, names, with_context):
        module = self.load(name, with_context)
        for wanted, target in names:
            self.put(target, _jinja_attribute(module, wanted))


def rendered(name, names):
    """What Jinja2 makes of a file."""
    return _engine.jinja_run(name, _SourceContext(dict(names)))
