"""Classes that are described by their fields."""

import abc
import copy
import functools
import keyword
import sys
from reprlib import recursive_repr
from types import FunctionType, GenericAlias, MappingProxyType, new_class

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict',
           'astuple', 'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    pass


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return '<factory>'


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()
_EMPTY_METADATA = MappingProxyType({})


class _FIELD_BASE:
    """What kind of field one is."""

    __slots__ = ('name',)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE('_FIELD')
_FIELD_CLASSVAR = _FIELD_BASE('_FIELD_CLASSVAR')
_FIELD_INITVAR = _FIELD_BASE('_FIELD_INITVAR')
_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_POST_INIT_NAME = '__post_init__'


class InitVar:
    """A field that goes to `__post_init__` alone."""

    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        if isinstance(self.type, type) and not isinstance(self.type, GenericAlias):
            return f'dataclasses.InitVar[{self.type.__name__}]'
        return f'dataclasses.InitVar[{self.type!r}]'

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What a field is."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only',
                 '_field_type', '_slotted')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY_METADATA if metadata is None else MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    @recursive_repr()
    def __repr__(self):
        return (f'Field(name={self.name!r},type={self.type!r},default={self.default!r},'
                f'default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},hash={self.hash!r},'
                f'compare={self.compare!r},metadata={self.metadata!r},kw_only={self.kw_only!r},'
                f'_field_type={self._field_type})')

    def __set_name__(self, owner, name):
        method = getattr(type(self.default), '__set_name__', None)
        if method:
            method(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


class _DataclassParams:
    """How a class was made."""

    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen')

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen

    def __repr__(self):
        return (f'_DataclassParams(init={self.init!r},repr={self.repr!r},eq={self.eq!r},order={self.order!r},'
                f'unsafe_hash={self.unsafe_hash!r},frozen={self.frozen!r})')


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """Describes a field."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _names(type, word, cls):
    """Whether a type, maybe written as a text, is the name `word` of this module or of `typing`."""
    typing = sys.modules.get('typing')
    module, _, last = type.rpartition('.')
    found = last.strip().partition('[')[0].strip() if '[' in last else last.strip()
    module = module.strip()
    if '[' in module:
        return False
    namespace = sys.modules.get(cls.__module__)
    namespace = {} if namespace is None else namespace.__dict__
    if module:
        owner = namespace.get(module)
        if owner is None or not hasattr(owner, '__dict__'):
            return False
        namespace = owner.__dict__ if owner is typing or owner is sys.modules.get(__name__) else {}
        thing = getattr(owner, found, None) if namespace else None
    else:
        thing = namespace.get(found)
    if word == 'ClassVar':
        return typing is not None and thing is typing.ClassVar
    return thing is {'InitVar': InitVar, 'KW_ONLY': KW_ONLY}[word]


def _is_type(annotation, word, cls):
    if isinstance(annotation, str):
        return _names(annotation, word, cls)
    if word == 'ClassVar':
        typing = sys.modules.get('typing')
        return typing is not None and (annotation is typing.ClassVar
                                       or typing.get_origin(annotation) is typing.ClassVar)
    if word == 'InitVar':
        return annotation is InitVar or type(annotation) is InitVar
    return annotation is KW_ONLY


def _get_field(cls, a_name, a_type, default_kw_only):
    default = getattr(cls, a_name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        # What a slot left in the class is no default.
        if type(default).__name__ == 'member_descriptor':
            default = MISSING
        f = field(default=default)
    f.name = a_name
    f.type = a_type
    f._field_type = _FIELD
    if _is_type(a_type, 'ClassVar', cls):
        f._field_type = _FIELD_CLASSVAR
    elif _is_type(a_type, 'InitVar', cls):
        f._field_type = _FIELD_INITVAR
    if f._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR) and f.default_factory is not MISSING:
        raise TypeError(f'field {f.name} cannot have a default factory')
    if f._field_type is _FIELD_CLASSVAR:
        if f.kw_only is not MISSING:
            raise TypeError(f'field {f.name} is a ClassVar but specifies kw_only')
    elif f.kw_only is MISSING:
        f.kw_only = default_kw_only
    if f._field_type is _FIELD and f.default is not MISSING and getattr(f.default.__class__, '__hash__', 0) is None:
        raise ValueError(f'mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory')
    return f


def _set_qualname(cls, value):
    if isinstance(value, FunctionType):
        value.__qualname__ = f'{cls.__qualname__}.{value.__name__}'
    return value


def _set_new_attribute(cls, name, value):
    """Gives a class a method, unless it has one; says whether it had."""
    if name in cls.__dict__:
        return True
    value.__name__ = name
    value.__module__ = cls.__module__
    setattr(cls, name, _set_qualname(cls, value))
    return False


def _make_init(owner, std, kw_only, has_post_init, frozen, self_name):
    """`__init__`, out of source: so that its signature is its own."""
    seen_default = None
    for f in std:
        if f.init:
            if f.default is not MISSING or f.default_factory is not MISSING:
                seen_default = f
            elif seen_default:
                raise TypeError(f'non-default argument {f.name!r} follows default argument')
    everything = std + kw_only
    scope = {'__dataclass_HAS_DEFAULT_FACTORY__': _HAS_DEFAULT_FACTORY, '__dataclass_builtins_object__': object}
    params = [self_name]
    body = []
    for f in everything:
        scope[f'__dataclass_type_{f.name}__'] = f.type
        default = f'__dataclass_dflt_{f.name}__'
        value = None
        if f.default_factory is not MISSING:
            scope[default] = f.default_factory
            value = (f'{default}() if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}' if f.init
                     else f'{default}()')
        elif f.init:
            if f.default is not MISSING:
                scope[default] = f.default
            value = f.name
        elif f.default is not MISSING and f._field_type is _FIELD and _in_slots(f):
            scope[default] = f.default
            value = default
        if value is None or f._field_type is _FIELD_INITVAR:
            continue
        if frozen:
            body.append(f'__dataclass_builtins_object__.__setattr__({self_name},{f.name!r},{value})')
        else:
            body.append(f'{self_name}.{f.name}={value}')

    def param(f):
        if f.default is MISSING and f.default_factory is MISSING:
            default = ''
        elif f.default is not MISSING:
            default = f'=__dataclass_dflt_{f.name}__'
        else:
            default = '=__dataclass_HAS_DEFAULT_FACTORY__'
        return f'{f.name}:__dataclass_type_{f.name}__{default}'
    params += [param(f) for f in std if f.init]
    named = [param(f) for f in kw_only if f.init]
    if named:
        params += ['*'] + named
    if has_post_init:
        given = ','.join([f.name for f in everything if f._field_type is _FIELD_INITVAR])
        body.append(f'{self_name}.{_POST_INIT_NAME}({given})')
    # Inside of a class, so that messages call it by that name.
    head = f'class {owner}:\n def __init__({", ".join(params)})->None:\n'
    exec(head + '\n'.join([f'  {line}' for line in body or ['pass']]), scope)
    return scope[owner].__dict__['__init__']


def _in_slots(f):
    return getattr(f, '_slotted', False)


def _tuple_of(obj, names):
    return tuple([getattr(obj, name) for name in names])


def _make_repr(names):
    @recursive_repr()
    def __repr__(self):
        return self.__class__.__qualname__ + '(' + ', '.join([f'{name}={getattr(self, name)!r}' for name in names]) + ')'
    return __repr__


def _make_eq(names):
    def __eq__(self, other):
        if other.__class__ is self.__class__:
            return _tuple_of(self, names) == _tuple_of(other, names)
        return NotImplemented
    return __eq__


def _make_order(name, names, compare):
    def method(self, other):
        if other.__class__ is self.__class__:
            return compare(_tuple_of(self, names), _tuple_of(other, names))
        return NotImplemented
    method.__name__ = name
    return method


def _make_hash(names):
    def __hash__(self):
        return hash(_tuple_of(self, names))
    return __hash__


def _make_frozen(cls, names):
    names = tuple(names)

    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        super(cls, self).__delattr__(name)
    return __setattr__, __delattr__


def _add_hash(cls, names, unsafe_hash, eq, frozen, has_explicit_hash):
    if unsafe_hash:
        if has_explicit_hash:
            raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
    elif not eq or has_explicit_hash:
        return
    if unsafe_hash or frozen:
        function = _make_hash(names)
        function.__qualname__ = f'{cls.__qualname__}.__hash__'
        cls.__hash__ = function
    else:
        cls.__hash__ = None


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    found = {}
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    any_frozen_base = has_dataclass_bases = False
    for base in cls.__mro__[-1:0:-1]:
        base_fields = base.__dict__.get(_FIELDS)
        if base_fields is not None:
            has_dataclass_bases = True
            found.update(base_fields)
            if getattr(base, _PARAMS).frozen:
                any_frozen_base = True
    annotations = cls.__dict__.get('__annotations__', {})
    own = []
    kw_only_seen = False
    for name, type in annotations.items():
        if _is_type(type, 'KW_ONLY', cls):
            if kw_only_seen:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            kw_only_seen = kw_only = True
        else:
            own.append(_get_field(cls, name, type, kw_only))
    for f in own:
        found[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
        if slots:
            f._slotted = True if f._field_type is _FIELD else False
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    if has_dataclass_bases:
        if any_frozen_base and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if not any_frozen_base and frozen:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    setattr(cls, _FIELDS, found)
    class_hash = cls.__dict__.get('__hash__', MISSING)
    has_explicit_hash = not (class_hash is MISSING or class_hash is None and '__eq__' in cls.__dict__)
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    every = [f for f in found.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    std, named = [f for f in every if not f.kw_only], [f for f in every if f.kw_only]
    if init:
        has_post_init = hasattr(cls, _POST_INIT_NAME)
        self_name = '__dataclass_self__' if 'self' in found else 'self'
        _set_new_attribute(cls, '__init__', _make_init(cls.__name__, std, named, has_post_init, frozen, self_name))
    plain = [f for f in found.values() if f._field_type is _FIELD]
    if repr:
        _set_new_attribute(cls, '__repr__', _make_repr([f.name for f in plain if f.repr]))
    compared = [f.name for f in plain if f.compare]
    if eq:
        _set_new_attribute(cls, '__eq__', _make_eq(compared))
    if order:
        import operator
        for name in ('__lt__', '__le__', '__gt__', '__ge__'):
            if _set_new_attribute(cls, name, _make_order(name, compared, getattr(operator, name))):
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider using '
                                'functools.total_ordering')
    if frozen:
        for function in _make_frozen(cls, [f.name for f in plain]):
            if _set_new_attribute(cls, function.__name__, function):
                raise TypeError(f'Cannot overwrite attribute {function.__name__} in class {cls.__name__}')
    hashed = [f.name for f in plain if (f.compare if f.hash is None else f.hash)]
    _add_hash(cls, hashed, unsafe_hash, eq, frozen, has_explicit_hash)
    if not getattr(cls, '__doc__'):
        cls.__doc__ = cls.__name__ + _signature(std, named) if init else cls.__name__
    if match_args and '__match_args__' not in cls.__dict__:
        cls.__match_args__ = tuple([f.name for f in std if f.init])
    if weakref_slot and not slots:
        raise TypeError('weakref_slot is True but slots is False')
    if slots:
        cls = _add_slots(cls, frozen, weakref_slot)
    abc.update_abstractmethods(cls)
    return cls


def _signature(std, named):
    """The fields as the parameters of `__init__`, for the documentation."""
    def shown(f):
        annotation = f.type
        if isinstance(annotation, type) and not isinstance(annotation, GenericAlias):
            known = annotation.__module__ in ('builtins', '__main__')
            annotation = annotation.__qualname__ if known else f'{annotation.__module__}.{annotation.__qualname__}'
        else:
            annotation = repr(annotation).replace('typing.', '')
        text = f'{f.name}: {annotation}'
        if f.default is not MISSING:
            return f'{text} = {f.default!r}'
        return f'{text} = <factory>' if f.default_factory is not MISSING else text
    params = [shown(f) for f in std if f.init]
    keyword_only = [shown(f) for f in named if f.init]
    return '(' + ', '.join(params + (['*'] + keyword_only if keyword_only else [])) + ')'


def _get_slots(cls):
    slots = cls.__dict__.get('__slots__')
    if slots is None:
        return
    if isinstance(slots, str):
        yield slots
    elif not hasattr(slots, '__next__'):
        yield from slots
    else:
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")


def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _add_slots(cls, is_frozen, weakref_slot):
    """A class like this one, with slots."""
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    namespace = dict(cls.__dict__)
    names = tuple([f.name for f in fields(cls)])
    inherited = set()
    for base in cls.__mro__[1:-1]:
        inherited.update(_get_slots(base))
    slots = [name for name in names if name not in inherited]
    if weakref_slot and '__weakref__' not in inherited:
        slots.append('__weakref__')
    namespace['__slots__'] = tuple(slots)
    for name in names:
        namespace.pop(name, None)
    namespace.pop('__dict__', None)
    namespace.pop('__weakref__', None)
    qualname = getattr(cls, '__qualname__', None)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    if qualname is not None:
        made.__qualname__ = qualname
    if is_frozen:
        if '__getstate__' not in namespace:
            made.__getstate__ = _dataclass_getstate
        if '__setstate__' not in namespace:
            made.__setstate__ = _dataclass_setstate
    return made


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Gives a class the methods that follow from its fields."""
    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a class or an instance, as a tuple."""
    found = getattr(class_or_instance, _FIELDS, None)
    if found is None:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) and not isinstance(obj, GenericAlias) else type(obj)
    return hasattr(cls, _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """The fields as a dict, those inside of it too."""
    if not _is_dataclass_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _asdict(obj, dict_factory)


def _asdict(obj, factory):
    if _is_dataclass_instance(obj):
        return factory([(f.name, _asdict(getattr(obj, f.name), factory)) for f in fields(obj)])
    return _inside(obj, lambda value: _asdict(value, factory))


def _inside(obj, each):
    """A container with every value replaced; anything else is copied."""
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[each(value) for value in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([each(value) for value in obj])
    if isinstance(obj, dict):
        pairs = [(each(key), each(value)) for key, value in obj.items()]
        if hasattr(type(obj), 'default_factory') or hasattr(obj, 'default_factory'):
            made = type(obj)(getattr(obj, 'default_factory'))
            for key, value in pairs:
                made[key] = value
            return made
        return type(obj)(pairs)
    return copy.deepcopy(obj)


def astuple(obj, *, tuple_factory=tuple):
    """The fields as a tuple, those inside of it too."""
    if not _is_dataclass_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _astuple(obj, tuple_factory)


def _astuple(obj, factory):
    if _is_dataclass_instance(obj):
        return factory([_astuple(getattr(obj, f.name), factory) for f in fields(obj)])
    return _inside(obj, lambda value: _astuple(value, factory))


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """A class out of the names of its fields."""
    if namespace is None:
        namespace = {}
    seen = set()
    annotations = {}
    defaults = {}
    for item in fields:
        if isinstance(item, str):
            name, type = item, 'typing.Any'
        elif len(item) == 2:
            name, type = item
        elif len(item) == 3:
            name, type, defaults[item[0]] = item
        else:
            raise TypeError(f'Invalid field: {item!r}')
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if keyword.iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in seen:
            raise TypeError(f'Field name duplicated: {name!r}')
        seen.add(name)
        annotations[name] = type

    def body(ns):
        ns.update(namespace)
        ns.update(defaults)
        ns['__annotations__'] = annotations
    cls = new_class(cls_name, bases, {}, body)
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """A new object like this one, with some fields changed."""
    if not _is_dataclass_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f'InitVar {f.name!r} must be specified with replace()')
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)
