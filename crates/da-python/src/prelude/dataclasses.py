"""Classes whose `__init__`, `__repr__` and comparisons are made from their annotations."""


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return 'MISSING'


MISSING = _Missing()


class KW_ONLY:
    """Fields after it are given by name alone."""


class InitVar:
    """An argument of `__init__` that is no field."""

    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known of a field."""

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only
        self._init_only = False


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only)
    return wrap if cls is None else wrap(cls)


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only):
    known = {}
    for base in reversed(cls.__mro__[1:]):
        known.update(base.__dict__.get('__dataclass_fields__', {}))
    by_name = kw_only
    for name, annotation in cls.__dict__.get('__annotations__', {}).items():
        if annotation is KW_ONLY:
            by_name = True
            continue
        if _is_class_variable(annotation):
            continue
        known[name] = _field_of(cls, name, annotation, by_name)
    cls.__dataclass_fields__ = known
    _check_order(known)
    own = cls.__dict__
    if init and '__init__' not in own:
        cls.__init__ = _init(known, frozen)
    if repr and '__repr__' not in own:
        cls.__repr__ = _repr
    if eq and '__eq__' not in own:
        cls.__eq__ = _eq
    if order:
        _add_order(cls)
    if frozen:
        cls.__setattr__ = _frozen_setattr
        cls.__delattr__ = _frozen_delattr
    if unsafe_hash or (eq and frozen and '__hash__' not in own):
        cls.__hash__ = _hash
    elif eq and '__hash__' not in own:
        cls.__hash__ = None
    if match_args and '__match_args__' not in own:
        cls.__match_args__ = tuple(f.name for f in known.values() if f.init and not f.kw_only)
    return cls


def _is_class_variable(annotation):
    if isinstance(annotation, str):
        return annotation.startswith(('ClassVar', 'typing.ClassVar'))
    return getattr(annotation, '_is_class_variable', False)


def _field_of(cls, name, annotation, by_name):
    default = cls.__dict__.get(name, MISSING)
    made = default if isinstance(default, Field) else field(default=default)
    made.name = name
    made.type = annotation
    made._init_only = isinstance(annotation, InitVar)
    if made.kw_only is MISSING:
        made.kw_only = by_name
    if isinstance(made.default, (list, dict, set)):
        raise ValueError(f'mutable default {made.default.__class__} for field {name} is not allowed: '
                         'use default_factory')
    if isinstance(default, Field):
        if made.default is MISSING:
            delattr(cls, name)
        else:
            setattr(cls, name, made.default)
    return made


def _has_default(f):
    return f.default is not MISSING or f.default_factory is not MISSING


def _check_order(known):
    before = False
    for f in known.values():
        if not f.init or f.kw_only:
            continue
        if before and not _has_default(f):
            raise TypeError(f'non-default argument {f.name!r} follows default argument')
        before = before or _has_default(f)


def _init(known, frozen):
    positional = [f for f in known.values() if f.init and not f.kw_only]
    accepted = {f.name: f for f in known.values() if f.init}

    def __init__(self, /, *args, **kwargs):
        given = _bind(positional, accepted, args, kwargs)
        extra = []
        for f in known.values():
            if f.name in given:
                value = given[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            else:
                continue
            if f._init_only:
                extra.append(value)
            elif frozen:
                object.__setattr__(self, f.name, value)
            else:
                setattr(self, f.name, value)
        if hasattr(self, '__post_init__'):
            self.__post_init__(*extra)
    return __init__


def _bind(positional, accepted, args, kwargs):
    name = '__init__()'
    if len(args) > len(positional):
        required = sum(1 for f in positional if not _has_default(f)) + 1
        most = len(positional) + 1
        bound = f'{most}' if required == most else f'from {required} to {most}'
        raise TypeError(f'{name} takes {bound} positional argument{"" if bound == "1" else "s"} '
                        f'but {len(args) + 1} were given')
    given = {f.name: value for f, value in zip(positional, args)}
    for key, value in kwargs.items():
        if key not in accepted:
            raise TypeError(f'{name} got an unexpected keyword argument {key!r}')
        if key in given:
            raise TypeError(f'{name} got multiple values for argument {key!r}')
        given[key] = value
    for by_name in (False, True):
        missing = [f.name for f in accepted.values()
                   if f.kw_only == by_name and f.name not in given and not _has_default(f)]
        if missing:
            kind = 'keyword-only' if by_name else 'positional'
            plural = '' if len(missing) == 1 else 's'
            raise TypeError(f'{name} missing {len(missing)} required {kind} argument{plural}: {_listed(missing)}')
    return given


def _listed(names):
    names = [repr(name) for name in names]
    if len(names) < 3:
        return ' and '.join(names)
    return ', '.join(names[:-1]) + ', and ' + names[-1]


def _compared(self):
    return tuple(getattr(self, f.name) for f in fields(self) if f.compare)


def _repr(self):
    if id(self) in _shown:
        return '...'
    _shown.append(id(self))
    try:
        parts = [f'{f.name}={getattr(self, f.name)!r}' for f in fields(self) if f.repr]
    finally:
        _shown.remove(id(self))
    return self.__class__.__qualname__ + '(' + ', '.join(parts) + ')'


_shown = []


def _eq(self, other):
    if other.__class__ is self.__class__:
        return _compared(self) == _compared(other)
    return NotImplemented


def _hash(self):
    return hash(tuple(getattr(self, f.name) for f in fields(self) if (f.compare if f.hash is None else f.hash)))


def _frozen_setattr(self, name, value):
    raise FrozenInstanceError(f'cannot assign to field {name!r}')


def _frozen_delattr(self, name):
    raise FrozenInstanceError(f'cannot delete field {name!r}')


def _add_order(cls):
    def compare(test):
        def method(self, other):
            if other.__class__ is self.__class__:
                return test(_compared(self), _compared(other))
            return NotImplemented
        return method
    cls.__lt__ = compare(lambda a, b: a < b)
    cls.__le__ = compare(lambda a, b: a <= b)
    cls.__gt__ = compare(lambda a, b: a > b)
    cls.__ge__ = compare(lambda a, b: a >= b)


def fields(class_or_instance):
    try:
        known = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(f for f in known.values() if not f._init_only)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')


def asdict(obj, *, dict_factory=dict):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError('asdict() should be called on dataclass instances')
    return _plain(obj, lambda obj, inner: dict_factory([(f.name, inner(getattr(obj, f.name))) for f in fields(obj)]))


def astuple(obj, *, tuple_factory=tuple):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError('astuple() should be called on dataclass instances')
    return _plain(obj, lambda obj, inner: tuple_factory([inner(getattr(obj, f.name)) for f in fields(obj)]))


def _plain(obj, make):
    from copy import deepcopy

    def inner(value):
        if is_dataclass(value) and not isinstance(value, type):
            return make(value, inner)
        if isinstance(value, tuple) and hasattr(value, '_fields'):
            return type(value)(*[inner(item) for item in value])
        if isinstance(value, (list, tuple)):
            return type(value)([inner(item) for item in value])
        if isinstance(value, dict):
            return type(value)([(inner(key), inner(item)) for key, item in value.items()])
        return deepcopy(value)
    return inner(obj)


def replace(obj, /, **changes):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError('replace() should be called on dataclass instances')
    for f in obj.__dataclass_fields__.values():
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
        elif f.name not in changes and not f._init_only:
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            item = (item, object)
        annotations[item[0]] = item[1]
        if len(item) == 3:
            body[item[0]] = item[2]
    body['__annotations__'] = annotations
    return dataclass(type(cls_name, tuple(bases), body), **options)
