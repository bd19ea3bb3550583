"""What functions, classes and objects are made of. There is no source to look at."""

import enum
import importlib
import sys
import types
from collections import namedtuple

__all__ = ['Parameter', 'Signature', 'signature', 'BoundArguments', 'getmembers', 'isabstract', 'isbuiltin', 'isclass',
           'iscode', 'isdatadescriptor', 'isfunction', 'isgenerator', 'isgeneratorfunction', 'ismethod',
           'ismethoddescriptor', 'ismodule', 'isroutine', 'getdoc', 'cleandoc', 'getmodule', 'getmro', 'getfullargspec',
           'FullArgSpec', 'unwrap', 'getattr_static', 'iscoroutinefunction', 'isawaitable', 'iscoroutine', 'getsource',
           'getfile', 'getcallargs', 'stack', 'currentframe',
           'trace', 'getframeinfo', 'getouterframes', 'getinnerframes', 'isframe', 'istraceback', 'getgeneratorstate',
           'getgeneratorlocals', 'FrameInfo', 'GEN_CREATED', 'GEN_RUNNING', 'GEN_SUSPENDED', 'GEN_CLOSED', 'get_annotations', 'getmembers_static',
           'getmodulename', 'formatannotation', 'getclasstree', 'walktree', 'CO_OPTIMIZED', 'CO_NEWLOCALS', 'CO_VARARGS',
           'CO_VARKEYWORDS', 'CO_NESTED', 'CO_GENERATOR', 'CO_NOFREE', 'CO_COROUTINE', 'CO_ITERABLE_COROUTINE',
           'CO_ASYNC_GENERATOR']


def isclass(object):
    return isinstance(object, type)


def ismodule(object):
    return isinstance(object, types.ModuleType)


def ismethod(object):
    return isinstance(object, types.MethodType) and not isinstance(object.__func__, types.BuiltinFunctionType)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType) or (
        isinstance(object, types.MethodType) and isinstance(object.__func__, types.BuiltinFunctionType))


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object)


def isgeneratorfunction(object):
    object = unwrap(object)
    return isfunction(object) and bool(object.__code__.co_flags & 0x20)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscode(object):
    return isinstance(object, type(isclass.__code__))


def iscoroutinefunction(object):
    return False


iscoroutine = isawaitable = isasyncgen = isasyncgenfunction = iscoroutinefunction


def isframe(object):
    return isinstance(object, types.FrameType)


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isdatadescriptor(object):
    if isclass(object) or isroutine(object):
        return False
    return hasattr(type(object), '__set__') or hasattr(type(object), '__delete__')


def ismethoddescriptor(object):
    if isclass(object) or isroutine(object):
        return False
    return hasattr(type(object), '__get__') and not hasattr(type(object), '__set__')


def isabstract(object):
    return isclass(object) and bool(getattr(object, '__abstractmethods__', None))


def getmembers(object, predicate=None):
    """Names and values of attributes, sorted by name."""
    found = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    found.sort(key=lambda pair: pair[0])
    return found


def getattr_static(obj, attr, *default):
    """An attribute without calling anything."""
    for place in [obj, *(obj if isclass(obj) else type(obj)).__mro__]:
        found = getattr(place, '__dict__', {})
        if attr in found:
            return found[attr]
    if default:
        return default[0]
    raise AttributeError(attr)


def getmro(cls):
    return cls.__mro__


def getmodule(object, _filename=None):
    """The module that an object was made in."""
    import sys
    if ismodule(object):
        return object
    return sys.modules.get(getattr(object, '__module__', None))


def getdoc(object):
    """The documentation, without the white space of the source."""
    doc = getattr(object, '__doc__', None)
    return cleandoc(doc) if isinstance(doc, str) else None


def cleandoc(doc):
    """A text without the white space that its lines begin with."""
    lines = doc.expandtabs().split('\n')
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(margins, default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\n'.join(lines)


def getsource(object):
    raise OSError('could not get source code')


getsourcelines = getsourcefile = getsource


def getfile(object):
    if ismodule(object):
        if getattr(object, '__file__', None):
            return object.__file__
        raise TypeError(f'{object!r} is a built-in module')
    if isclass(object):
        return getfile(getmodule(object))
    return unwrap(getattr(object, '__func__', object)).__code__.co_filename


def currentframe():
    """The frame of who asks."""
    return sys._getframe(1)


GEN_CREATED = 'GEN_CREATED'
GEN_RUNNING = 'GEN_RUNNING'
GEN_SUSPENDED = 'GEN_SUSPENDED'
GEN_CLOSED = 'GEN_CLOSED'


def getgeneratorstate(generator):
    """Whether a generator has begun, runs, waits or is over."""
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_suspended:
        return GEN_SUSPENDED
    return GEN_CLOSED if generator.gi_frame is None else GEN_CREATED


def getgeneratorlocals(generator):
    """The variables of a generator that waits."""
    if not isgenerator(generator):
        raise TypeError(f'{generator!r} is not a Python generator')
    frame = generator.gi_frame
    return {} if frame is None else frame.f_locals


Traceback = namedtuple('Traceback', 'filename lineno function code_context index')
FrameInfo = namedtuple('FrameInfo', ('frame',) + Traceback._fields)


def getframeinfo(frame, context=1):
    """The file, the line and the function of a frame or of a link of a traceback."""
    if istraceback(frame):
        line, frame = frame.tb_lineno, frame.tb_frame
    else:
        line = frame.f_lineno
    if not isframe(frame):
        raise TypeError(f'{frame!r} is not a frame or traceback object')
    return Traceback(frame.f_code.co_filename, line, frame.f_code.co_name, None, None)


def getouterframes(frame, context=1):
    """A frame and those that called it."""
    found = []
    while frame is not None:
        found.append(FrameInfo(frame, *getframeinfo(frame)))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    """The frames of a traceback."""
    found = []
    while tb is not None:
        found.append(FrameInfo(tb.tb_frame, *getframeinfo(tb)))
        tb = tb.tb_next
    return found


def stack(context=1):
    """The frames of what runs, the innermost first."""
    return getouterframes(sys._getframe(1))


def trace(context=1):
    """The frames that the exception passed that is being handled."""
    return getinnerframes(sys.exc_info()[2])


def unwrap(func, *, stop=None):
    """What decorators that use `functools.wraps` wrapped."""
    seen = 0
    while hasattr(func, '__wrapped__') and not (stop is not None and stop(func)):
        func = func.__wrapped__
        seen += 1
        if seen > 1000:
            raise ValueError(f'wrapper loop when unwrapping {func!r}')
    return func


class _empty:
    """Stands for what is not there."""


class _Kind(enum.IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self.name

    @property
    def description(self):
        return ('positional-only', 'positional or keyword', 'variadic positional', 'keyword-only',
                'variadic keyword')[self.value]


def _annotation(annotation):
    if isinstance(annotation, type):
        if annotation.__module__ == 'builtins':
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation).replace('typing.', '')


class Parameter:
    """A parameter of a function."""

    POSITIONAL_ONLY = _Kind.POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _Kind.POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _Kind.VAR_POSITIONAL
    KEYWORD_ONLY = _Kind.KEYWORD_ONLY
    VAR_KEYWORD = _Kind.VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name = name
        self.kind = _Kind(kind)
        self.default = default
        self.annotation = annotation

    def replace(self, **changes):
        parts = {'name': self.name, 'kind': self.kind, 'default': self.default, 'annotation': self.annotation}
        parts.update(changes)
        return type(self)(parts.pop('name'), parts.pop('kind'), **parts)

    def __str__(self):
        shown = self.name
        if self.annotation is not _empty:
            shown = f'{shown}: {_annotation(self.annotation)}'
        if self.default is not _empty:
            shown += (' = ' if self.annotation is not _empty else '=') + repr(self.default)
        return {_Kind.VAR_POSITIONAL: '*', _Kind.VAR_KEYWORD: '**'}.get(self.kind, '') + shown

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self.name, self.kind, self.default, self.annotation) == (
            other.name, other.kind, other.default, other.annotation)

    def __hash__(self):
        return hash((self.name, self.kind, self.annotation, self.default))


class BoundArguments:
    """The arguments of a call, by parameter."""

    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    @property
    def args(self):
        found = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (_Kind.KEYWORD_ONLY, _Kind.VAR_KEYWORD) or name not in self.arguments:
                break
            if parameter.kind == _Kind.VAR_POSITIONAL:
                found.extend(self.arguments[name])
            else:
                found.append(self.arguments[name])
        return tuple(found)

    @property
    def kwargs(self):
        found = {}
        by_name = False
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (_Kind.KEYWORD_ONLY, _Kind.VAR_KEYWORD) or name not in self.arguments:
                by_name = True
            if not by_name or name not in self.arguments:
                continue
            if parameter.kind == _Kind.VAR_KEYWORD:
                found.update(self.arguments[name])
            else:
                found[name] = self.arguments[name]
        return found

    def apply_defaults(self):
        complete = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif parameter.default is not _empty:
                complete[name] = parameter.default
            elif parameter.kind == _Kind.VAR_POSITIONAL:
                complete[name] = ()
            elif parameter.kind == _Kind.VAR_KEYWORD:
                complete[name] = {}
        self.arguments = complete

    def __repr__(self):
        return '<BoundArguments (' + ', '.join([f'{name}={value!r}' for name, value in self.arguments.items()]) + ')>'


class Signature:
    """The parameters of a function and what it says it returns."""

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = types.MappingProxyType({parameter.name: parameter for parameter in parameters or ()})
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, **kwargs):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=None):
        return type(self)(self.parameters.values() if parameters is None else parameters,
                          return_annotation=self.return_annotation if return_annotation is None else return_annotation)

    def _bind(self, args, kwargs, partial):
        arguments = {}
        args = list(args)
        kwargs = dict(kwargs)
        for name, parameter in self.parameters.items():
            kind = parameter.kind
            if kind == _Kind.VAR_POSITIONAL:
                if args:
                    arguments[name] = tuple(args)
                args = []
            elif kind == _Kind.VAR_KEYWORD:
                if kwargs:
                    arguments[name] = kwargs
                kwargs = {}
            elif args and kind != _Kind.KEYWORD_ONLY:
                if name in kwargs and kind != _Kind.POSITIONAL_ONLY:
                    raise TypeError(f'multiple values for argument {name!r}')
                arguments[name] = args.pop(0)
            elif name in kwargs and kind != _Kind.POSITIONAL_ONLY:
                arguments[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                raise TypeError(f'missing a required argument: {name!r}')
        if args:
            raise TypeError('too many positional arguments')
        if kwargs:
            raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        """What a call gives to each parameter."""
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __str__(self):
        shown = []
        slash, star = False, True
        for parameter in self.parameters.values():
            if parameter.kind == _Kind.POSITIONAL_ONLY:
                slash = True
            elif slash:
                shown.append('/')
                slash = False
            if parameter.kind == _Kind.VAR_POSITIONAL:
                star = False
            elif parameter.kind == _Kind.KEYWORD_ONLY and star:
                shown.append('*')
                star = False
            shown.append(str(parameter))
        if slash:
            shown.append('/')
        text = '(' + ', '.join(shown) + ')'
        return text if self.return_annotation is _empty else f'{text} -> {_annotation(self.return_annotation)}'

    def __repr__(self):
        return f'<{self.__class__.__name__} {self}>'

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return (list(self.parameters.values()), self.return_annotation) == (
            list(other.parameters.values()), other.return_annotation)


def _of_function(func):
    code = func.__code__
    names = code.co_varnames
    defaults = func.__defaults__ or ()
    by_name = func.__kwdefaults__ or {}
    annotations = func.__annotations__
    count, keyword_only = code.co_argcount, code.co_kwonlyargcount
    found = []
    for place, name in enumerate(names[:count]):
        kind = _Kind.POSITIONAL_ONLY if place < code.co_posonlyargcount else _Kind.POSITIONAL_OR_KEYWORD
        from_end = place - (count - len(defaults))
        default = defaults[from_end] if from_end >= 0 else _empty
        found.append(Parameter(name, kind, default=default, annotation=annotations.get(name, _empty)))
    place = count + keyword_only
    if code.co_flags & 0x04:
        found.append(Parameter(names[place], _Kind.VAR_POSITIONAL, annotation=annotations.get(names[place], _empty)))
        place += 1
    for name in names[count:count + keyword_only]:
        found.append(Parameter(name, _Kind.KEYWORD_ONLY, default=by_name.get(name, _empty),
                               annotation=annotations.get(name, _empty)))
    if code.co_flags & 0x08:
        found.append(Parameter(names[place], _Kind.VAR_KEYWORD, annotation=annotations.get(names[place], _empty)))
    return Signature(found, return_annotation=annotations.get('return', _empty))


def _without_first(found):
    parameters = list(found.parameters.values())
    if parameters and parameters[0].kind != _Kind.VAR_POSITIONAL:
        parameters = parameters[1:]
    return found.replace(parameters=parameters)


def signature(obj, *, follow_wrapped=True, **kwargs):
    """The parameters of what can be called."""
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if isinstance(obj, types.MethodType):
        return _without_first(signature(obj.__func__))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, '__signature__'))
    known = getattr(obj, '__signature__', None)
    if known is not None:
        return known
    if isfunction(obj):
        return _of_function(obj)
    if isclass(obj):
        for name in ('__init__', '__new__'):
            method = getattr(obj, name, None)
            if isfunction(method):
                return _without_first(_of_function(method))
        if obj.__init__ is object.__init__:
            return Signature()
    else:
        call = getattr(type(obj), '__call__', None)
        if isfunction(call):
            return _without_first(_of_function(call))
    raise ValueError(f'no signature found for builtin {obj!r}')


class FullArgSpec(tuple):
    """What `getfullargspec` gives."""

    _fields = ('args', 'varargs', 'varkw', 'defaults', 'kwonlyargs', 'kwonlydefaults', 'annotations')

    def __new__(cls, *values):
        return tuple.__new__(cls, values)

    args = property(lambda self: self[0])
    varargs = property(lambda self: self[1])
    varkw = property(lambda self: self[2])
    defaults = property(lambda self: self[3])
    kwonlyargs = property(lambda self: self[4])
    kwonlydefaults = property(lambda self: self[5])
    annotations = property(lambda self: self[6])

    def __repr__(self):
        return 'FullArgSpec(' + ', '.join([f'{name}={value!r}' for name, value in zip(self._fields, self)]) + ')'


def getfullargspec(func):
    """The parameters of a function, the old way."""
    func = getattr(func, '__func__', func)
    try:
        found = signature(func, follow_wrapped=False)
    except ValueError:
        raise TypeError('unsupported callable') from None
    args, varargs, varkw, defaults, kwonly, kwdefaults, annotations = [], None, None, (), [], {}, {}
    if found.return_annotation is not _empty:
        annotations['return'] = found.return_annotation
    for name, parameter in found.parameters.items():
        kind = parameter.kind
        if kind == _Kind.VAR_POSITIONAL:
            varargs = name
        elif kind == _Kind.VAR_KEYWORD:
            varkw = name
        elif kind == _Kind.KEYWORD_ONLY:
            kwonly.append(name)
            if parameter.default is not _empty:
                kwdefaults[name] = parameter.default
        else:
            args.append(name)
            if parameter.default is not _empty:
                defaults += (parameter.default,)
        if parameter.annotation is not _empty:
            annotations[name] = parameter.annotation
    return FullArgSpec(args, varargs, varkw, defaults or None, kwonly, kwdefaults or None, annotations)


def getcallargs(func, /, *positional, **named):
    """What a call gives to each parameter, defaults included."""
    bound = signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a class, a module or a function, in a dict of one's own."""
    if isinstance(obj, type):
        found = obj.__dict__.get('__annotations__')
    elif isinstance(obj, types.ModuleType) or callable(obj):
        found = getattr(obj, '__annotations__', None)
    else:
        raise TypeError(f'{obj!r} is not a module, class, or callable.')
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f'{obj!r}.__annotations__ is neither a dict nor None')
    if not eval_str:
        return dict(found)
    if globals is None:
        globals = _globals_of(obj)
    if locals is None and isinstance(obj, type):
        locals = dict(vars(obj))
    return {name: eval(value, globals, locals) if isinstance(value, str) else value for name, value in found.items()}


def _globals_of(obj):
    """The names of the module in which something was written."""
    if not isinstance(obj, type):
        return getattr(unwrap(obj), '__globals__', None) or getattr(obj, '__dict__', None)
    try:
        return importlib.import_module(obj.__module__).__dict__
    except ImportError:
        return None


def getmembers_static(object, predicate=None):
    """As `getmembers`, without asking descriptors and hooks."""
    found = []
    for name in dir(object):
        try:
            value = getattr_static(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def getmodulename(path):
    """The name of the module that a file holds."""
    name = path.rpartition('/')[2]
    return name.removesuffix('.py') if name.endswith('.py') else None


def formatannotation(annotation, base_module=None):
    """An annotation as it is written."""
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ('builtins', base_module):
            return annotation.__qualname__
        return annotation.__module__ + '.' + annotation.__qualname__
    return repr(annotation)


def getclasstree(classes, unique=False):
    """Classes in lists of lists: what derives from a class stands in the list behind it."""
    children, roots = {}, []
    for c in classes:
        for parent in c.__bases__:
            below = children.setdefault(parent, [])
            if c not in below:
                below.append(c)
            if unique and parent in classes:
                break
        if not c.__bases__:
            roots.append(c)
    roots += [parent for parent in children if parent not in classes]
    return walktree(roots, children, None)


def walktree(classes, children, parent):
    results = []
    for c in sorted(classes, key=lambda c: (c.__module__, c.__name__)):
        results.append((c, c.__bases__))
        if c in children:
            results.append(walktree(children[c], children, c))
    return results


CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR, CO_NOFREE = 1, 2, 4, 8, 16, 32, 64
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512
