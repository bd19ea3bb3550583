"""Names for annotations. They are never checked; they can be subscripted, combined, inherited from and taken apart."""

import collections
import collections.abc
import contextlib
import functools
import re
import sys
import types
from abc import ABCMeta, abstractmethod

TYPE_CHECKING = False
Text = str


def _shown(arg):
    """An argument as it stands in the text of what has it."""
    if arg is ...:
        return '...'
    if isinstance(arg, types.GenericAlias):
        return repr(arg)
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == 'builtins' else f'{arg.__module__}.{arg.__qualname__}'
    if isinstance(arg, types.FunctionType):
        return arg.__name__
    if isinstance(arg, (list, tuple)):
        return '[' + ', '.join(map(_shown, arg)) + ']'
    return repr(arg)


def _checked(arg, message):
    """An argument as it is kept: `None` stands for its type, a text for what it will name."""
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return ForwardRef(arg)
    if arg in (Generic, Protocol) or (isinstance(arg, _SpecialForm) and arg._name in ('ClassVar', 'Final')):
        raise TypeError(f'Plain {arg!r} is not valid as type argument')
    if type(arg) is tuple or not callable(arg) and not isinstance(arg, (_Typed, types.UnionType, list)) and arg is not ...:
        raise TypeError(f'{message} Got {arg!r:.100}.')
    return arg


def _unique(args):
    kept = []
    for arg in args:
        if arg not in kept:
            kept.append(arg)
    return tuple(kept)


def _parameters_of(args):
    found = []
    for arg in args:
        inner = (arg,) if isinstance(arg, TypeVar) else () if isinstance(arg, type) else getattr(arg, '__parameters__', ())
        if isinstance(arg, (list, tuple)):
            inner = _parameters_of(arg)
        found.extend(inner)
    return _unique(found)


class _Typed:
    """What may stand in an annotation without being a class."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f'{self} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self} cannot be used with issubclass()')


class ForwardRef(_Typed):
    """A name that is looked up when it is needed."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        try:
            compile(arg, '<string>', 'eval')
        except SyntaxError:
            raise SyntaxError(f'Forward reference must be an expression -- got {arg!r}') from None
        self.__forward_arg__ = arg
        self.__forward_module__ = module

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __repr__(self):
        return f'ForwardRef({self.__forward_arg__!r})'


class TypeVar(_Typed):
    """A type that the use decides on."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self.__name__ = name
        self.__constraints__ = tuple(_checked(t, 'TypeVar(name, constraint, ...): constraints must be types.') for t in constraints)
        self.__bound__ = None if bound is None else _checked(bound, 'Bound must be a type.')
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__


class ParamSpec(TypeVar):
    """The parameters of a function that the use decides on."""

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)


class TypeVarTuple(TypeVar):
    """As many types as the use gives."""

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class _Named(_Typed):
    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return self._name


class ParamSpecArgs(_Named):
    """`P.args`"""

    def __init__(self, origin):
        super().__init__(f'{origin.__name__}.args')
        self.__origin__ = origin


class ParamSpecKwargs(_Named):
    """`P.kwargs`"""

    def __init__(self, origin):
        super().__init__(f'{origin.__name__}.kwargs')
        self.__origin__ = origin


class _SpecialForm(_Typed):
    """`Union`, `Optional`, ...: a name, and what subscripting it gives."""

    def __init__(self, name, subscribed=None):
        self._name = name
        self._subscribed = subscribed

    def __getitem__(self, args):
        if self._subscribed is None:
            raise TypeError(f'{self} is not subscriptable')
        return self._subscribed(self, args)

    def __call__(self, *args, **kwargs):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __hash__(self):
        return hash(self._name)

    def __eq__(self, other):
        return self is other

    def __reduce__(self):
        return self._name

    def __repr__(self):
        return 'typing.' + self._name


def _named_entries(alias, bases):
    """The bases that `List` and `List[int]` stand for: `Generic` comes last, once."""
    later = bases[bases.index(alias) + 1:]
    if any(isinstance(base, (_GenericAlias, _Alias)) or isinstance(base, type) and issubclass(base, Generic) for base in later):
        return (alias.__origin__,)
    return (alias.__origin__, Generic)


class _GenericAlias(_Typed):
    """`List[int]`: what was subscripted, and with what."""

    def __init__(self, origin, args, name=None):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)
        self.__parameters__ = _parameters_of(self.__args__)
        self._name = name

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if not self.__parameters__:
            raise TypeError(f'{self} is not a generic class')
        if len(args) != len(self.__parameters__) and not any(isinstance(p, TypeVarTuple) for p in self.__parameters__):
            which = 'many' if len(args) > len(self.__parameters__) else 'few'
            raise TypeError(f'Too {which} arguments for {self}; actual {len(args)}, expected {len(self.__parameters__)}')
        args = tuple(_checked(arg, 'Parameters to generic types must be types.') for arg in args)
        return self._with(_substituted(self.__args__, dict(zip(self.__parameters__, args))))

    def _with(self, args):
        if self.__origin__ is Union:
            return Union[args]
        return type(self)(self.__origin__, args, self._name)

    def __call__(self, *args, **kwargs):
        if self._name is not None and self._name in _BUILT_IN and self.__origin__ in (Union, Literal):
            raise TypeError(f'Cannot instantiate {self!r}')
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __mro_entries__(self, bases):
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            later = bases[bases.index(self) + 1:]
            if any(isinstance(base, _GenericAlias) and base is not self for base in later):
                return ()
            return (Generic,)
        return (self.__origin__,) if self._name is None else _named_entries(self, bases)

    def __getattr__(self, name):
        if '__origin__' in self.__dict__ and not (name.startswith('__') and name.endswith('__')):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ is other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __repr__(self):
        name = f'typing.{self._name}' if self._name else _shown(self.__origin__)
        return f'{name}[{", ".join(map(_shown, self.__args__)) or "()"}]'


def _substituted(args, values):
    out = []
    for arg in args:
        if isinstance(arg, TypeVar):
            out.append(values.get(arg, arg))
        elif isinstance(arg, (_GenericAlias, types.GenericAlias)) and arg.__parameters__:
            inner = tuple(values.get(parameter, parameter) for parameter in arg.__parameters__)
            out.append(arg[inner])
        else:
            out.append(arg)
    return tuple(out)


class _CallableAlias(_GenericAlias):
    def __repr__(self):
        *args, result = self.__args__
        if len(args) == 1 and (args[0] is ... or isinstance(args[0], (ParamSpec, _ConcatenateAlias))):
            return f'typing.Callable[{_shown(args[0])}, {_shown(result)}]'
        return f'typing.Callable[[{", ".join(map(_shown, args))}], {_shown(result)}]'


class _ConcatenateAlias(_GenericAlias):
    pass


class _UnionAlias(_GenericAlias):
    def __eq__(self, other):
        if isinstance(other, types.UnionType):
            other = Union[other.__args__]
        if not isinstance(other, _UnionAlias):
            return NotImplemented
        return len(self.__args__) == len(other.__args__) and all(arg in other.__args__ for arg in self.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            return f'typing.Optional[{_shown(args[args[0] is type(None)])}]'
        return f'typing.Union[{", ".join(map(_shown, args))}]'


class _LiteralAlias(_GenericAlias):
    def _pairs(self):
        return [(arg, type(arg)) for arg in self.__args__]

    def __eq__(self, other):
        return isinstance(other, _LiteralAlias) and set(self._pairs()) == set(other._pairs())

    def __hash__(self):
        return hash(frozenset(self._pairs()))

    def __repr__(self):
        return f'typing.Literal[{", ".join(map(repr, self.__args__))}]'


class _AnnotatedAlias(_GenericAlias):
    def __init__(self, origin, metadata, name='Annotated'):
        if isinstance(origin, _AnnotatedAlias):
            origin, metadata = origin.__origin__, origin.__metadata__ + metadata
        super().__init__(origin, origin, 'Annotated')
        self.__metadata__ = metadata

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __eq__(self, other):
        return isinstance(other, _AnnotatedAlias) and (self.__origin__, self.__metadata__) == (
            other.__origin__, other.__metadata__)

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __repr__(self):
        return f'typing.Annotated[{_shown(self.__origin__)}, {", ".join(map(repr, self.__metadata__))}]'


def _one(form, arg):
    """`ClassVar[int]` and the like: exactly one type."""
    return _GenericAlias(form, (_checked(arg, f'{form} accepts only single type.'),), form._name)


def _union(form, args):
    if args == ():
        raise TypeError('Cannot take a Union of no types.')
    flat = []
    for arg in args if isinstance(args, tuple) else (args,):
        arg = _checked(arg, 'Union[arg, ...]: each arg must be a type.')
        flat.extend(arg.__args__ if isinstance(arg, (_UnionAlias, types.UnionType)) else (arg,))
    args = _unique(flat)
    return args[0] if len(args) == 1 else _UnionAlias(form, args, 'Optional' if type(None) in args and len(args) == 2 else 'Union')


def _optional(form, arg):
    return Union[_checked(arg, 'typing.Optional requires a single type.'), type(None)]


def _literal(form, args):
    args = args if isinstance(args, tuple) else (args,)
    flat = []
    for arg in args:
        flat.extend(arg.__args__ if isinstance(arg, _LiteralAlias) else (arg,))
    kept, seen = [], []
    for arg in flat:
        if (arg, type(arg)) not in seen:
            seen.append((arg, type(arg)))
            kept.append(arg)
    return _LiteralAlias(form, tuple(kept), 'Literal')


def _annotated(form, args):
    if not isinstance(args, tuple) or len(args) < 2:
        raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
    return _AnnotatedAlias(_checked(args[0], 'Annotated[t, ...]: t must be a type.'), tuple(args[1:]))


def _concatenate(form, args):
    return _ConcatenateAlias(form, args if isinstance(args, tuple) else (args,), 'Concatenate')


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError('typing.Any cannot be used with isinstance()')
        return super().__instancecheck__(obj)

    def __repr__(self):
        return 'typing.Any' if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Every type."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError('Any cannot be instantiated')
        return super().__new__(cls)


Union = _SpecialForm('Union', _union)
Optional = _SpecialForm('Optional', _optional)
Literal = _SpecialForm('Literal', _literal)
ClassVar = _SpecialForm('ClassVar', _one)
Final = _SpecialForm('Final', _one)
Annotated = _SpecialForm('Annotated', _annotated)
Concatenate = _SpecialForm('Concatenate', _concatenate)
TypeGuard = _SpecialForm('TypeGuard', _one)
Required = _SpecialForm('Required', _one)
NotRequired = _SpecialForm('NotRequired', _one)
Unpack = _SpecialForm('Unpack', _one)
NoReturn = _SpecialForm('NoReturn')
Never = _SpecialForm('Never')
Self = _SpecialForm('Self')
LiteralString = _SpecialForm('LiteralString')
TypeAlias = _SpecialForm('TypeAlias')


class _Alias(_Typed):
    """`List`: the name here of a class that stands elsewhere. `count` is how many types it takes, -1 any number."""

    def __init__(self, origin, count, name):
        self.__origin__ = origin
        self._count = count
        self._name = name

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if self._count >= 0 and len(args) != self._count:
            which = 'many' if len(args) > self._count else 'few'
            raise TypeError(f'Too {which} arguments for {self}; actual {len(args)}, expected {self._count}')
        args = tuple(_checked(arg, 'Parameters to generic types must be types.') for arg in args)
        return _GenericAlias(self.__origin__, args, self._name)

    def __call__(self, *args, **kwargs):
        if self.__origin__.__module__ == 'builtins':
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead')
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return _named_entries(self, bases)

    def __getattr__(self, name):
        if '__origin__' in self.__dict__ and not (name.startswith('__') and name.endswith('__')):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)

    def __repr__(self):
        return f'typing.{self._name}'


class _CallableForm(_Alias):
    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        args, result = params
        result = _checked(result, 'Callable[args, result]: result must be a type.')
        if isinstance(args, list):
            args = tuple(_checked(arg, 'Callable[[arg, ...], result]: each arg must be a type.') for arg in args)
        elif args is ... or isinstance(args, (ParamSpec, _ConcatenateAlias)):
            args = (args,)
        else:
            raise TypeError(f'Callable[args, result]: args must be a list. Got {args}')
        return _CallableAlias(self.__origin__, args + (result,), 'Callable')


_BUILT_IN = {'Optional', 'Union', 'Literal'}
_abc = collections.abc
Callable = _CallableForm(_abc.Callable, 2, 'Callable')
Tuple = _Alias(tuple, -1, 'Tuple')
List = _Alias(list, 1, 'List')
Dict = _Alias(dict, 2, 'Dict')
Set = _Alias(set, 1, 'Set')
FrozenSet = _Alias(frozenset, 1, 'FrozenSet')
Type = _Alias(type, 1, 'Type')
Deque = _Alias(collections.deque, 1, 'Deque')
DefaultDict = _Alias(collections.defaultdict, 2, 'DefaultDict')
OrderedDict = _Alias(collections.OrderedDict, 2, 'OrderedDict')
Counter = _Alias(collections.Counter, 1, 'Counter')
ChainMap = _Alias(collections.ChainMap, 2, 'ChainMap')
Hashable = _Alias(_abc.Hashable, 0, 'Hashable')
Sized = _Alias(_abc.Sized, 0, 'Sized')
Awaitable = _Alias(_abc.Awaitable, 1, 'Awaitable')
Coroutine = _Alias(_abc.Coroutine, 3, 'Coroutine')
AsyncIterable = _Alias(_abc.AsyncIterable, 1, 'AsyncIterable')
AsyncIterator = _Alias(_abc.AsyncIterator, 1, 'AsyncIterator')
AsyncGenerator = _Alias(_abc.AsyncGenerator, 2, 'AsyncGenerator')
Iterable = _Alias(_abc.Iterable, 1, 'Iterable')
Iterator = _Alias(_abc.Iterator, 1, 'Iterator')
Generator = _Alias(_abc.Generator, 3, 'Generator')
Reversible = _Alias(_abc.Reversible, 1, 'Reversible')
Container = _Alias(_abc.Container, 1, 'Container')
Collection = _Alias(_abc.Collection, 1, 'Collection')
Sequence = _Alias(_abc.Sequence, 1, 'Sequence')
MutableSequence = _Alias(_abc.MutableSequence, 1, 'MutableSequence')
ByteString = _Alias(_abc.ByteString, 0, 'ByteString')
AbstractSet = _Alias(_abc.Set, 1, 'AbstractSet')
MutableSet = _Alias(_abc.MutableSet, 1, 'MutableSet')
Mapping = _Alias(_abc.Mapping, 2, 'Mapping')
MutableMapping = _Alias(_abc.MutableMapping, 2, 'MutableMapping')
MappingView = _Alias(_abc.MappingView, 1, 'MappingView')
KeysView = _Alias(_abc.KeysView, 1, 'KeysView')
ItemsView = _Alias(_abc.ItemsView, 2, 'ItemsView')
ValuesView = _Alias(_abc.ValuesView, 1, 'ValuesView')
ContextManager = _Alias(contextlib.AbstractContextManager, 1, 'ContextManager')
AsyncContextManager = _Alias(contextlib.AbstractAsyncContextManager, 1, 'AsyncContextManager')
Pattern = _Alias(re.Pattern, 1, 'Pattern')
Match = _Alias(re.Match, 1, 'Match')


class Generic:
    """The base of classes that are written with types left open."""

    __parameters__ = ()

    def __class_getitem__(cls, params):
        params = params if isinstance(params, tuple) else (params,)
        if cls in (Generic, Protocol):
            if not params:
                raise TypeError(f'Parameter list to {cls.__qualname__}[...] cannot be empty')
            if not all(isinstance(param, TypeVar) or isinstance(param, _GenericAlias) for param in params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables.')
            if len(set(params)) != len(params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be unique')
        else:
            params = tuple(_checked(param, 'Parameters to generic types must be types.') for param in params)
            wanted = cls.__parameters__
            if not wanted:
                raise TypeError(f'{cls} is not a generic class')
            if len(params) != len(wanted) and not any(isinstance(one, (TypeVarTuple, ParamSpec)) for one in wanted):
                which = 'many' if len(params) > len(wanted) else 'few'
                raise TypeError(f'Too {which} arguments for {cls}; actual {len(params)}, expected {len(wanted)}')
        return _GenericAlias(cls, params, cls.__name__ if cls in (Generic, Protocol) else None)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get('__orig_bases__', ())
        if Generic in bases or (not bases and Generic in cls.__bases__ and cls.__name__ != 'Protocol'):
            raise TypeError('Cannot inherit from plain Generic')
        stated = [base for base in bases if isinstance(base, _GenericAlias) and base.__origin__ in (Generic, Protocol)]
        cls.__parameters__ = stated[0].__parameters__ if stated else _parameters_of(bases)


_NOT_OF_PROTOCOLS = {'__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__', '__new__',
                     '__slots__', '__subclasshook__', '__weakref__', '__class_getitem__', '__parameters__',
                     '__orig_bases__', '__orig_class__', '_is_protocol', '_is_runtime_protocol', '__qualname__',
                     '__init_subclass__', '__hash__', '__match_args__', '__firstlineno__', '_abc_impl'}


def _protocol_members(cls):
    found = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ('Protocol', 'Generic'):
            continue
        if not getattr(base, '_is_protocol', False):
            continue
        names = list(base.__dict__) + list(base.__dict__.get('__annotations__', {}))
        found.update(name for name in names if name not in _NOT_OF_PROTOCOLS and not name.startswith('_abc_'))
    return found


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if not cls.__dict__.get('_is_protocol', False):
            return super().__instancecheck__(instance)
        if not getattr(cls, '_is_runtime_protocol', False):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        if super().__instancecheck__(instance):
            return True
        return all(hasattr(instance, name) and (getattr(instance, name) is not None or not callable(getattr(cls, name, None)))
                   for name in _protocol_members(cls))

    def __subclasscheck__(cls, other):
        if not cls.__dict__.get('_is_protocol', False) or cls.__name__ == 'Protocol':
            return super().__subclasscheck__(other)
        if not getattr(cls, '_is_runtime_protocol', False):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        members = _protocol_members(cls)
        if not all(callable(getattr(cls, name, None)) for name in members):
            raise TypeError("Protocols with non-method members don't support issubclass()")
        if super().__subclasscheck__(other):
            return True
        return all(any(name in base.__dict__ for base in other.__mro__) for name in members)

    def __call__(cls, *args, **kwargs):
        if cls.__dict__.get('_is_protocol', False):
            raise TypeError('Protocols cannot be instantiated')
        return super().__call__(*args, **kwargs)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base of classes that say what others must have."""

    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if '_is_protocol' not in cls.__dict__:
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)


def runtime_checkable(cls):
    if not getattr(cls, '_is_protocol', False):
        raise TypeError(f'@runtime_checkable can be only applied to protocol classes, got {cls!r}')
    cls._is_runtime_protocol = True
    return cls


def _supports(name, method):
    def body(self):
        pass
    body.__name__ = method
    made = _ProtocolMeta(name, (Protocol,), {method: body, '__module__': 'typing', '__qualname__': name})
    return runtime_checkable(made)


SupportsInt = _supports('SupportsInt', '__int__')
SupportsFloat = _supports('SupportsFloat', '__float__')
SupportsComplex = _supports('SupportsComplex', '__complex__')
SupportsBytes = _supports('SupportsBytes', '__bytes__')
SupportsIndex = _supports('SupportsIndex', '__index__')
SupportsAbs = _supports('SupportsAbs', '__abs__')
SupportsRound = _supports('SupportsRound', '__round__')

AnyStr = TypeVar('AnyStr', bytes, str)


class IO(Generic[AnyStr]):
    """A stream of texts or of bytes."""


class TextIO(IO[str]):
    """A stream of texts."""


class BinaryIO(IO[bytes]):
    """A stream of bytes."""


class NewType(_Typed):
    """A name of its own for a type: calling it gives back what it is given."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[-1]
        self.__supertype__ = tp
        self.__module__ = _caller_module()

    def __call__(self, x):
        return x

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass an instance of NewType. Perhaps you were looking for: `{self.__name__} = NewType(...)`')

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'


def _caller_module():
    """The module that called whoever calls this."""
    try:
        return sys._getframe(2).f_globals.get('__name__', '__main__')
    except (AttributeError, ValueError):
        return '__main__'


def _made_namedtuple(name, fields, defaults, module, annotations):
    made = collections.namedtuple(name, fields, defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = annotations
    return made


class _NamedTupleMeta(type):
    def __new__(cls, name, bases, namespace):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError('can only inherit from a NamedTuple type and Generic')
        annotations = {key: _checked(tp, f'field {key} annotation must be a type')
                       for key, tp in namespace.get('__annotations__', {}).items()}
        defaults = []
        for field in annotations:
            if field in namespace:
                defaults.append(field)
            elif defaults:
                word = 's' if len(defaults) > 1 else ''
                raise TypeError(f'Non-default namedtuple field {field} cannot follow default field{word} {", ".join(defaults)}')
        bases = tuple(tuple if base is _NamedTuple else base for base in bases)
        made = _made_namedtuple(name, list(annotations), [namespace[field] for field in defaults],
                                namespace.get('__module__'), annotations)
        made.__bases__ = bases if len(bases) > 1 else made.__bases__
        for key, value in namespace.items():
            if key in ('__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults', '_make',
                       '_replace', '_asdict', '_source'):
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + key)
            if key not in ('__annotations__', '__module__', '__qualname__', '__name__') and key not in annotations:
                setattr(made, key, value)
        return made


_NamedTuple = type.__new__(_NamedTupleMeta, 'NamedTuple', (), {})


def NamedTuple(typename, fields=None, /, **kwargs):
    """A class of tuples with names and types for their items."""
    if fields is None:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError('Either list of fields or keywords can be provided to NamedTuple, not both')
    fields = [(name, _checked(tp, f'field {name} annotation must be a type')) for name, tp in fields]
    return _made_namedtuple(typename, [name for name, _ in fields], (), _caller_module(), dict(fields))


NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(cls, name, bases, namespace, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError('cannot inherit from both a TypedDict type and a non-TypedDict base class')
        made = type.__new__(_TypedDictMeta, name, (*((Generic,) if any(issubclass(base, Generic) for base in bases) else ()), dict), namespace)
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(base.__dict__.get('__annotations__', {}))
            required |= base.__dict__.get('__required_keys__', set())
            optional |= base.__dict__.get('__optional_keys__', set())
        own = {key: _checked(tp, f"TypedDict('Name', {{f0: t0, f1: t1, ...}}); each t must be a type")
               for key, tp in namespace.get('__annotations__', {}).items()}
        for key, tp in own.items():
            origin = get_origin(get_args(tp)[0] if get_origin(tp) is Annotated else tp)
            (required if origin is Required or (origin is not NotRequired and total) else optional).add(key)
        annotations.update(own)
        made.__annotations__ = annotations
        made.__required_keys__, made.__optional_keys__ = frozenset(required), frozenset(optional)
        made.__total__ = made.__dict__.get('__total__', total)
        return made

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __subclasscheck__(cls, other):
        raise TypeError('TypedDict does not support instance and class checks')

    def __instancecheck__(cls, instance):
        raise TypeError('TypedDict does not support instance and class checks')


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    """A class whose instances are plain dictionaries with these keys."""
    if fields is None:
        fields = kwargs
    elif kwargs:
        raise TypeError('TypedDict takes either a dict or keyword arguments, but not both')
    namespace = {'__annotations__': dict(fields), '__module__': _caller_module(), '__qualname__': typename}
    return _TypedDictMeta(typename, (), namespace, total=total)


TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def cast(typ, val):
    return val


_overloads = {}


def overload(func):
    """One of several signatures of a function; never called."""
    _overloads.setdefault((func.__module__, func.__qualname__), []).append(func)

    def never(*args, **kwargs):
        raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions '
                                  'outside a stub module should always be followed by an implementation that is not @overload-ed.')
    return never


def get_overloads(func):
    func = getattr(func, '__func__', func)
    return list(_overloads.get((func.__module__, func.__qualname__), []))


def clear_overloads():
    _overloads.clear()


def final(f):
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    arg.__no_type_check__ = True
    return arg


def no_type_check_decorator(decorator):
    @functools.wraps(decorator)
    def wrapped(*args, **kwargs):
        return no_type_check(decorator(*args, **kwargs))
    return wrapped


def dataclass_transform(**kwargs):
    def decorate(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = kwargs
        return cls_or_fn
    return decorate


def assert_never(arg, /):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r:.100}')


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    print(f'Runtime type is {type(obj).__name__!r}', file=sys.stderr)
    return obj


def _evaluated(hint, names, locals_):
    if hint is None:
        return type(None)
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        return _evaluated(eval(hint, names, locals_), names, locals_)
    if isinstance(hint, (_GenericAlias, types.GenericAlias, types.UnionType)):
        args = tuple(_evaluated(arg, names, locals_) if not isinstance(arg, str) or not isinstance(hint, _LiteralAlias)
                     else arg for arg in hint.__args__)
        if args == hint.__args__ or isinstance(hint, _LiteralAlias):
            return hint
        if isinstance(hint, types.UnionType):
            return functools.reduce(lambda left, right: left | right, args)
        return hint._with(args) if isinstance(hint, _GenericAlias) else types.GenericAlias(hint.__origin__, args)
    return hint


def _without_extras(hint):
    if isinstance(hint, _AnnotatedAlias):
        return _without_extras(hint.__origin__)
    if isinstance(hint, _GenericAlias) and hint.__origin__ in (Required, NotRequired):
        return _without_extras(hint.__args__[0])
    if isinstance(hint, _GenericAlias) and not isinstance(hint, _LiteralAlias):
        args = tuple(map(_without_extras, hint.__args__))
        return hint if args == hint.__args__ else hint._with(args)
    return hint


def _names_of(cls):
    """The names of the module that a class is of. What an interview runs is no module: there it is who asks."""
    module = sys.modules.get(cls.__module__)
    return sys._getframe(2).f_globals if module is None else vars(module)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class, a function or a module, with the names in them looked up."""
    if getattr(obj, '__no_type_check__', None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            names = _names_of(base) if globalns is None else globalns
            for name, hint in base.__dict__.get('__annotations__', {}).items():
                hints[name] = _evaluated(hint, names, dict(vars(base)) if localns is None else localns)
    else:
        annotations = getattr(obj, '__annotations__', None)
        if annotations is None:
            raise TypeError(f'{obj!r} is not a module, class, method, or function.')
        inner = obj
        while hasattr(inner, '__wrapped__'):
            inner = inner.__wrapped__
        names = globalns if globalns is not None else getattr(inner, '__globals__', None) or vars(inner)
        for name, hint in annotations.items():
            hints[name] = _evaluated(hint, names, names if localns is None else localns)
    return hints if include_extras else {name: _without_extras(hint) for name, hint in hints.items()}


def get_origin(tp):
    """What a type was subscripted from."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, types.UnionType):
        return types.UnionType
    if isinstance(tp, (_GenericAlias, _Alias, types.GenericAlias)):
        return tp.__origin__
    return Generic if tp is Generic else None


def get_args(tp):
    """What a type was subscripted with."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, _CallableAlias):
        *args, result = tp.__args__
        if len(args) == 1 and (args[0] is ... or isinstance(args[0], (ParamSpec, _ConcatenateAlias))):
            return (args[0], result)
        return (args, result)
    if isinstance(tp, (_GenericAlias, types.GenericAlias, types.UnionType)):
        return tp.__args__
    return ()


__all__ = [name for name in list(globals()) if not name.startswith('_') and name not in (
    'collections', 'contextlib', 'functools', 're', 'sys', 'types', 'ABCMeta', 'abstractmethod')]
