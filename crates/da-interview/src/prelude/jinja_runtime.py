"""What every template in Jinja2 has while it is made: its scopes, loops, macros and blocks."""

from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.runtime import Undefined


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


class _Namespace:
    """Names that a loop may give values to."""

    def __init__(self, *pargs, **kwargs):
        for given in pargs + (kwargs,):
            for name, value in dict(given).items():
                setattr(self, name, value)


class _Attribute:
    """An attribute that a template sets. Only a namespace has such: what an interview keeps is not for templates to change."""

    def __init__(self, look, name):
        self._look = look
        self._name = name

    def put(self, value):
        namespace = self._look()
        if not isinstance(namespace, _Namespace):
            raise TemplateRuntimeError('cannot assign attribute on non-namespace object')
        setattr(namespace, self._name, value)


_GLOBALS = {'range': range, 'dict': dict, 'namespace': _Namespace, 'cycler': _Cycler, 'joiner': _Joiner}


class _Turn:
    """Where a loop has got to."""

    def __init__(self, items, index0, again, depth0, memory):
        self._items = items
        self._again = again
        self._memory = memory
        self.index0 = index0
        self.index = index0 + 1
        self.length = len(items)
        self.revindex = self.length - index0
        self.revindex0 = self.revindex - 1
        self.first = index0 == 0
        self.last = self.index == self.length
        self.depth = depth0 + 1
        self.depth0 = depth0

    @property
    def previtem(self):
        return self._items[self.index0 - 1] if self.index0 else Undefined(name='there is no previous item')

    @property
    def nextitem(self):
        return self._items[self.index] if self.index < self.length else Undefined(name='there is no next item')

    def __len__(self):
        return self.length

    def __call__(self, items):
        """The text of the loop for what is inside an item."""
        if self._again is None:
            raise TypeError("The loop must have the 'recursive' marker to be called recursively.")
        return self._again(items, self.depth)

    def cycle(self, *values):
        if not values:
            raise TypeError('no items for cycling given')
        return values[self.index0 % len(values)]

    def changed(self, *value):
        before = self._memory.get('value')
        self._memory['value'] = value
        return before != value


class _Recursive:
    """A loop that is run again for what is inside an item, with the names that were there before it."""

    def __init__(self, context, body):
        self._context = context
        self._scopes = list(context.scopes)
        self._body = body

    def __call__(self, items, depth=0):
        return self._context.inside(list(self._scopes), self._body, self, items, depth)


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


class _Blocks:
    """`self` in a template: its blocks by their names."""

    def __init__(self, context):
        self._context = context

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return lambda: self._context.show(name)


class _Context:
    """The names that a template gives a meaning to, and its blocks."""

    def __init__(self, names):
        self.scopes = [names]
        self.exported = set()
        self.blocks = {}
        self.parent = None

    def seen(self, name, otherwise):
        """The value of a name: what the template means by it, or else what stands outside."""
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        if name == 'self':
            return _Blocks(self)
        if name not in _GLOBALS:
            return otherwise()
        try:
            return otherwise()
        except NameError:
            return _GLOBALS[name]

    def put(self, target, value):
        if isinstance(target, str):
            if len(self.scopes) == 1:
                self.exported.add(target)
            self.scopes[-1][target] = value
            return
        if isinstance(target, _Attribute):
            target.put(value)
            return
        values = list(value)
        if len(values) != len(target):
            raise ValueError(str(len(target)) + ' values were expected, not ' + str(len(values)))
        for part, item in zip(target, values):
            self.put(part, item)

    def attribute(self, look, name):
        return _Attribute(look, name)

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

    def turns(self, items, target, condition, again=None, depth0=0):
        if isinstance(items, Undefined):
            items = ()
        depth, memory = self.depth(), {}
        items = list(items)
        if condition is not None:
            items = [item for item in items if self._keeps(item, target, condition, depth)]
        for index, item in enumerate(items):
            self.leave(depth)
            self.push()
            self.put(target, item)
            turn = _Turn(items, index, again, depth0, memory)
            self.scopes[-1]['loop'] = turn
            yield turn
        self.leave(depth)

    def _keeps(self, item, target, condition, depth):
        self.push()
        self.put(target, item)
        keeps = condition()
        self.leave(depth)
        return keeps

    def recursive(self, body):
        return _Recursive(self, body)

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

    def finish(self, text):
        """The whole text."""
        return text
