"""What the source of an interview calls while Jinja2 makes YAML of it (`# use jinja`): plain Jinja2, which knows no interview.

A name, an attribute or an item that is missing is empty. The files that a file includes, imports or extends are fetched and run by
the engine.
"""

import _engine
from _jinja import _jinja_filter, _jinja_namespace, _jinja_test
from jinja2.exceptions import TemplateNotFound, TemplateRuntimeError, UndefinedError
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


class _Cycler:
    """Values that come round again."""

    def __init__(self, *items):
        self.items = items
        self.pos = 0

    @property
    def current(self):
        return self.items[self.pos]

    def next(self):
        found = self.current
        self.pos = (self.pos + 1) % len(self.items)
        return found

    def reset(self):
        self.pos = 0


class _Joiner:
    """Nothing at first, and then what stands between."""

    def __init__(self, sep=', '):
        self.sep = sep
        self.used = False

    def __call__(self):
        if not self.used:
            self.used = True
            return ''
        return self.sep


_GLOBALS = {'range': range, 'dict': dict, 'namespace': _jinja_namespace, 'cycler': _Cycler, 'joiner': _Joiner}


class _Turn:
    """Where a loop has got to."""

    def __init__(self, items, index0, depth, memory):
        self._items = items
        self._memory = memory
        self.index0 = index0
        self.index = index0 + 1
        self.length = len(items)
        self.revindex = self.length - index0
        self.revindex0 = self.revindex - 1
        self.first = index0 == 0
        self.last = self.index == self.length
        self.depth = depth + 1
        self.depth0 = depth

    @property
    def previtem(self):
        return self._items[self.index0 - 1] if self.index0 else Undefined(name='there is no previous item')

    @property
    def nextitem(self):
        return self._items[self.index] if self.index < self.length else Undefined(name='there is no next item')

    def cycle(self, *values):
        return values[self.index0 % len(values)]

    def changed(self, *value):
        before = self._memory.get('value')
        self._memory['value'] = value
        return before != value


class _Macro:
    """A piece of text with parameters."""

    def __init__(self, context, name, parameters, body):
        self._context = context
        self._scopes = list(context.scopes)
        self._body = body
        self._parameters = parameters
        self.name = name
        self.arguments = tuple(parameter for parameter, _ in parameters)

    def __call__(self, *pargs, **kwargs):
        names = dict(zip(self.arguments, pargs))
        names['varargs'] = pargs[len(self.arguments):]
        names['caller'] = kwargs.pop('caller', Undefined(name='caller'))
        for name in self.arguments:
            if name in kwargs:
                if name in names:
                    raise TypeError('macro ' + repr(self.name) + ' got multiple values for argument ' + repr(name))
                names[name] = kwargs.pop(name)
        names['kwargs'] = kwargs
        return self._context.inside(self._scopes + [names], self._text, names)

    def _text(self, names):
        for name, otherwise in self._parameters:
            if name not in names:
                names[name] = otherwise() if otherwise is not None else Undefined(
                    name=name, hint='parameter ' + repr(name) + ' was not provided')
        return self._body()


class _Module:
    """A file that was imported: what it defines, and its text."""

    def __init__(self, text, names):
        self._text = text
        self.__dict__.update(names)

    def __str__(self):
        return self._text


class _Blocks:
    """`self` in a template: its blocks by their names."""

    def __init__(self, context):
        self._context = context

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return lambda: self._context.show(name)


class _Context:
    """The names that a template sees, its blocks, and the way to other files."""

    def __init__(self, names):
        self.scopes = [names]
        self.exported = set()
        self.blocks = {}
        self.parent = None

    def __getitem__(self, name):
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        if name == 'self':
            return _Blocks(self)
        return _GLOBALS[name] if name in _GLOBALS else Undefined(name=name)

    def put(self, target, value):
        if isinstance(target, str):
            name, point, attribute = target.partition('.')
            if point:
                setattr(self[name], attribute, value)
                return
            if len(self.scopes) == 1:
                self.exported.add(name)
            self.scopes[-1][name] = value
            return
        values = list(value)
        if len(values) != len(target):
            raise ValueError(str(len(target)) + ' values were expected, not ' + str(len(values)))
        for part, item in zip(target, values):
            self.put(part, item)

    def push(self, given=()):
        self.scopes.append({})
        for target, value in given:
            self.put(target, value)
        return True

    def pop(self):
        self.scopes.pop()

    def depth(self):
        return len(self.scopes)

    def leave(self, depth):
        del self.scopes[depth:]

    def inside(self, scopes, work, *pargs):
        """Does something with other scopes."""
        before, self.scopes = self.scopes, scopes
        try:
            return work(*pargs)
        finally:
            self.scopes = before

    def turns(self, items, target, condition):
        if isinstance(items, Undefined):
            items = ()
        depth, outer, memory = self.depth(), self['loop'], {}
        items = list(items)
        if condition is not None:
            items = [item for item in items if self._keeps(item, target, condition, depth)]
        inner = outer.depth if isinstance(outer, _Turn) else 0
        for index, item in enumerate(items):
            self.leave(depth)
            self.push()
            self.put(target, item)
            turn = _Turn(items, index, inner, memory)
            self.scopes[-1]['loop'] = turn
            yield turn
        self.leave(depth)

    def _keeps(self, item, target, condition, depth):
        self.push()
        self.put(target, item)
        keeps = condition()
        self.leave(depth)
        return keeps

    def macro(self, name, parameters, body):
        return _Macro(self, name, parameters, body)

    def block(self, name, body):
        self.blocks.setdefault(name, []).append(body)
        return '' if self.parent is not None else self.show(name)

    def show(self, name, level=0):
        bodies = self.blocks.get(name, [])
        if level >= len(bodies):
            raise UndefinedError('there is no parent block called ' + repr(name) + '.')
        above = {'super': lambda: self.show(name, level + 1)}
        return self.inside(self.scopes + [above], bodies[level])

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

    def seen(self):
        names = {}
        for scope in self.scopes:
            names.update(scope)
        return names

    def include(self, name, may_be_missing, with_context):
        for candidate in [name] if isinstance(name, str) else list(name):
            try:
                return _engine.jinja_run(candidate, _Context(self.seen() if with_context else {}))
            except TemplateNotFound as missing:
                if str(missing) != candidate:
                    raise
        if may_be_missing:
            return ''
        raise TemplateNotFound(name if isinstance(name, str) else 'none of the templates given were found: ' + ', '.join(name))

    def load(self, name, with_context):
        made = _Context(self.seen() if with_context else {})
        text = _engine.jinja_run(name, made)
        return _Module(text, {name: made.scopes[0][name] for name in made.exported if not name.startswith('_')})

    def take(self, name, names, with_context):
        module = self.load(name, with_context)
        for wanted, target in names:
            self.put(target, _jinja_attribute(module, wanted))


def rendered(name, names):
    """What Jinja2 makes of a file."""
    return _engine.jinja_run(name, _Context(dict(names)))
