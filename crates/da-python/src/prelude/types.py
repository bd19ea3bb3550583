"""Names of the classes that have no built-in name, and `SimpleNamespace`."""

import builtins


def _function():
    pass


def _generator():
    yield


class _Class:
    def method(self):
        pass


FunctionType = type(_function)
LambdaType = FunctionType
GeneratorType = type(_generator())
MethodType = type(_Class().method)
BuiltinFunctionType = type(len)
BuiltinMethodType = BuiltinFunctionType
ModuleType = type(builtins)
CodeType = type(_function.__code__)
CellType = type((lambda value: lambda: value)(0).__closure__[0])
NoneType = type(None)
NotImplementedType = type(NotImplemented)
EllipsisType = type(...)


def _frame_of():
    from _machine import _getframe
    return _getframe()


class _Slotted:
    __slots__ = ('slot',)


MemberDescriptorType = type(_Slotted.slot)
FrameType = type(_frame_of())
try:
    raise TypeError
except TypeError as _error:
    TracebackType = type(_error.__traceback__)


class GenericAlias:
    """`list[int]`: a class and what it was subscripted with."""

    def __init__(self, origin, args):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)

    @property
    def __parameters__(self):
        found = []
        for arg in self.__args__:
            for parameter in (arg,) if hasattr(arg, '__constraints__') else getattr(arg, '__parameters__', ()):
                if parameter not in found and not isinstance(arg, type):
                    found.append(parameter)
        return tuple(found)

    def __call__(self, *args, **kwargs):
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return made

    def __getitem__(self, params):
        params = params if isinstance(params, tuple) else (params,)
        wanted = self.__parameters__
        if not wanted:
            raise TypeError(f'{self!r} is not a generic class')
        given = dict(zip(wanted, params))

        def put(arg):
            if arg in given:
                return given[arg]
            inside = getattr(arg, '__parameters__', ())
            return arg[tuple(given[parameter] for parameter in inside)] if inside and not isinstance(arg, type) else arg
        return GenericAlias(self.__origin__, tuple(put(arg) for arg in self.__args__))

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__') and name not in ('__name__', '__qualname__', '__module__',
                                                                          '__doc__', '__mro__'):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, instance):
        raise TypeError('isinstance() argument 2 cannot be a parameterized generic')

    def __subclasscheck__(self, cls):
        raise TypeError('issubclass() argument 2 cannot be a parameterized generic')

    def __eq__(self, other):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash(self.__origin__) ^ hash(self.__args__)

    def __or__(self, other):
        return _union(self, other)

    def __ror__(self, other):
        return _union(other, self)

    def __iter__(self):
        raise TypeError(f"'{type(self).__name__}' object is not iterable")

    def __reduce__(self):
        return GenericAlias, (self.__origin__, self.__args__)

    def __repr__(self):
        args = ', '.join(map(_shown, self.__args__)) if self.__args__ else '()'
        return f'{_shown(self.__origin__)}[{args}]'


def _shown(arg):
    if arg is ...:
        return '...'
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == 'builtins' else f'{arg.__module__}.{arg.__qualname__}'
    return repr(arg)


class UnionType:
    """`int | str`"""

    def __init__(self, args):
        self.__args__ = args

    @property
    def __parameters__(self):
        return GenericAlias(tuple, self.__args__).__parameters__

    def __instancecheck__(self, instance):
        if any(isinstance(arg, GenericAlias) for arg in self.__args__):
            raise TypeError('isinstance() argument 2 cannot be a parameterized generic')
        return any(isinstance(instance, arg) for arg in self.__args__)

    def __subclasscheck__(self, cls):
        if any(isinstance(arg, GenericAlias) for arg in self.__args__):
            raise TypeError('issubclass() argument 2 cannot be a parameterized generic')
        return any(issubclass(cls, arg) for arg in self.__args__)

    def __or__(self, other):
        return _union(self, other)

    def __ror__(self, other):
        return _union(other, self)

    def __eq__(self, other):
        if not isinstance(other, UnionType):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        return ' | '.join(['None' if arg is NoneType else _shown(arg) for arg in self.__args__])


def _union(left, right):
    """What `left | right` is, for classes and what stands for classes."""
    args = []
    for side in (left, right):
        if isinstance(side, UnionType):
            parts = side.__args__
        elif side is None:
            parts = (NoneType,)
        elif isinstance(side, (type, GenericAlias)):
            parts = (side,)
        else:
            return NotImplemented
        args.extend(part for part in parts if part not in args)
    return args[0] if len(args) == 1 else UnionType(tuple(args))


class DynamicClassAttribute:
    """A property of instances; asked of the class it is looked for by `__getattr__` of the metaclass."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.__doc__ = doc or fget.__doc__
        self.overwrite_doc = doc is None
        self.__isabstractmethod__ = bool(getattr(fget, '__isabstractmethod__', False))

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.__isabstractmethod__:
                return self
            raise AttributeError()
        if self.fget is None:
            raise AttributeError('unreadable attribute')
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError("can't delete attribute")
        self.fdel(instance)

    def getter(self, fget):
        return type(self)(fget, self.fset, self.fdel, self.__doc__ if not self.overwrite_doc else None)

    def setter(self, fset):
        return type(self)(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        return type(self)(self.fget, self.fset, fdel, self.__doc__)


def new_class(name, bases=(), kwds=None, exec_body=None):
    """A class made as the statement makes it."""
    resolved = resolve_bases(bases)
    meta, namespace, kwds = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace['__orig_bases__'] = bases
    return meta(name, resolved, namespace, **kwds)


def resolve_bases(bases):
    """The classes that bases stand for."""
    found = []
    for base in bases:
        if not isinstance(base, type) and hasattr(base, '__mro_entries__'):
            found.extend(base.__mro_entries__(bases))
        else:
            found.append(base)
    return tuple(found) if found != list(bases) else bases


def prepare_class(name, bases=(), kwds=None):
    """The metaclass, the namespace and the other keywords of a class that is to be made."""
    kwds = dict(kwds or {})
    meta = kwds.pop('metaclass', None) or (type(bases[0]) if bases else type)
    if isinstance(meta, type):
        for base in bases:
            other = type(base)
            if issubclass(meta, other):
                continue
            if not issubclass(other, meta):
                raise TypeError('metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass '
                                'of the metaclasses of all its bases')
            meta = other
    namespace = meta.__prepare__(name, bases, **kwds) if hasattr(meta, '__prepare__') else {}
    return meta, namespace, kwds


class SimpleNamespace:
    """An object with the attributes that it is given."""

    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)

    def __repr__(self):
        return 'namespace(' + ', '.join(f'{name}={value!r}' for name, value in self.__dict__.items()) + ')'

    def __eq__(self, other):
        if isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented


class MappingProxyType:
    """A mapping that cannot be changed, over one that can."""

    __slots__ = ('_mapping',)

    def __init__(self, mapping):
        if not hasattr(mapping, '__getitem__') or isinstance(mapping, (list, tuple, str)):
            raise TypeError(f'mappingproxy() argument must be a mapping, not {type(mapping).__name__}')
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    def __reversed__(self):
        return reversed(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __eq__(self, other):
        return self._mapping == (other._mapping if isinstance(other, MappingProxyType) else other)

    def __hash__(self):
        return hash(self._mapping)

    def __or__(self, other):
        return self._mapping | (other._mapping if isinstance(other, MappingProxyType) else other)

    def __ror__(self, other):
        return other | self._mapping

    def __ior__(self, other):
        raise TypeError("'|=' is not supported by mappingproxy; use '|' instead")

    def __repr__(self):
        return f'mappingproxy({self._mapping!r})'

    def __str__(self):
        return str(self._mapping)

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()

    __class_getitem__ = classmethod(GenericAlias)


MappingProxyType.__name__ = MappingProxyType.__qualname__ = 'mappingproxy'
