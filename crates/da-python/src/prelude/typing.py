"""Names for annotations. They are never checked; each can be subscripted, and combined with `|`."""

TYPE_CHECKING = False


class _Form:
    """`Optional[int]`: a name and what it was subscripted with."""

    def __init__(self, name, args=(), origin=None):
        self._name = name
        self.__args__ = args
        self.__origin__ = origin
        self._is_class_variable = name == 'ClassVar'

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if self._name == 'Optional':
            return Union[args[0], None]
        if self._name == 'Union' and not self.__args__:
            flat = []
            for arg in args:
                parts = arg.__args__ if isinstance(arg, _Form) and arg._name == 'Union' else (arg,)
                flat.extend(type(None) if part is None else part for part in parts)
            args = tuple(dict.fromkeys(flat))
            if len(args) == 1:
                return args[0]
        return _Form(self._name, args, self.__origin__)

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f'Cannot instantiate typing.{self._name}')
        return self.__origin__(*args, **kwargs)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        return isinstance(other, _Form) and (self._name, self.__args__) == (other._name, other.__args__)

    def __hash__(self):
        # The arguments of a `Callable` stand in a list.
        return hash((self._name, tuple([tuple(arg) if isinstance(arg, list) else arg for arg in self.__args__])))

    def __instancecheck__(self, instance):
        if self.__origin__ is None or self.__args__:
            raise TypeError('Subscripted generics cannot be used with class and instance checks')
        return isinstance(instance, self.__origin__)

    def __mro_entries__(self, bases):
        return () if self.__origin__ is None else (self.__origin__,)

    def __repr__(self):
        if not self.__args__:
            return f'typing.{self._name}'
        if self._name == 'Union' and len(self.__args__) == 2 and type(None) in self.__args__:
            other = self.__args__[self.__args__[0] is type(None)]
            return f'typing.Optional[{_shown(other)}]'
        return f'typing.{self._name}[' + ', '.join(map(_shown, self.__args__)) + ']'


def _shown(arg):
    if arg is ...:
        return '...'
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == 'builtins' else f'{arg.__module__}.{arg.__qualname__}'
    if isinstance(arg, list):
        return '[' + ', '.join(map(_shown, arg)) + ']'
    return repr(arg)


Any = _Form('Any')
Union = _Form('Union')
Optional = _Form('Optional')
Callable = _Form('Callable')
ClassVar = _Form('ClassVar')
Final = _Form('Final')
Literal = _Form('Literal')
Annotated = _Form('Annotated')
NoReturn = _Form('NoReturn')
Never = _Form('Never')
Self = _Form('Self')
TypeAlias = _Form('TypeAlias')
Concatenate = _Form('Concatenate')
TypeGuard = _Form('TypeGuard')
Required = _Form('Required')
NotRequired = _Form('NotRequired')
Unpack = _Form('Unpack')
AnyStr = _Form('AnyStr')
Iterable = _Form('Iterable')
Iterator = _Form('Iterator')
Generator = _Form('Generator')
Sequence = _Form('Sequence')
MutableSequence = _Form('MutableSequence')
Mapping = _Form('Mapping')
MutableMapping = _Form('MutableMapping')
Collection = _Form('Collection')
Container = _Form('Container')
Hashable = _Form('Hashable')
Sized = _Form('Sized')
Reversible = _Form('Reversible')
Awaitable = _Form('Awaitable')
Coroutine = _Form('Coroutine')
ContextManager = _Form('ContextManager')
IO = _Form('IO')
TextIO = _Form('TextIO')
BinaryIO = _Form('BinaryIO')
Pattern = _Form('Pattern')
Match = _Form('Match')
AbstractSet = _Form('AbstractSet')
MutableSet = _Form('MutableSet')
KeysView = _Form('KeysView')
ValuesView = _Form('ValuesView')
ItemsView = _Form('ItemsView')
List = _Form('List', (), list)
Dict = _Form('Dict', (), dict)
Set = _Form('Set', (), set)
FrozenSet = _Form('FrozenSet', (), frozenset)
Tuple = _Form('Tuple', (), tuple)
Type = _Form('Type', (), type)
Text = str


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound

    def __repr__(self):
        return '~' + self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


ParamSpec = TypeVar
TypeVarTuple = TypeVar


class Generic:
    def __class_getitem__(cls, params):
        return cls


class Protocol:
    def __class_getitem__(cls, params):
        return cls


def NewType(name, tp):
    def new_type(x):
        return x
    new_type.__name__ = name
    new_type.__supertype__ = tp
    return new_type


class NamedTuple:
    """`class Point(NamedTuple): x: int`"""

    def __init_subclass__(cls, **kwargs):
        raise TypeError('typing.NamedTuple is not supported: use collections.namedtuple')


class TypedDict(dict):
    def __init_subclass__(cls, total=True, **kwargs):
        super().__init_subclass__(**kwargs)


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(arg):
    return arg


def runtime_checkable(cls):
    return cls


def assert_never(arg, /):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r}')


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    return obj


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    import sys
    hints = {}
    for base in reversed(obj.__mro__) if isinstance(obj, type) else (obj,):
        found = base.__dict__.get('__annotations__', {}) if isinstance(base, type) else getattr(base, '__annotations__', {})
        module = sys.modules.get(getattr(base, '__module__', None))
        names = globalns or getattr(base, '__globals__', None) or getattr(module, '__dict__', {})
        for name, hint in found.items():
            if isinstance(hint, str):
                hint = eval(hint, dict(names), localns)
            hints[name] = type(None) if hint is None else hint
    return hints


def get_origin(tp):
    """What a type was subscripted from."""
    from types import UnionType
    if isinstance(tp, UnionType):
        return UnionType
    if isinstance(tp, _Form) and tp.__args__ and tp.__origin__ is None:
        return {'Union': Union, 'Literal': Literal, 'ClassVar': ClassVar, 'Final': Final}.get(tp._name)
    return getattr(tp, '__origin__', None)


def get_args(tp):
    return getattr(tp, '__args__', ())
