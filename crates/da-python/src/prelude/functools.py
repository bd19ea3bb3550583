"""Functions that take and give functions. A cache lives as long as the evaluation that fills it."""

from abc import get_cache_token
from reprlib import recursive_repr
from types import GenericAlias, MethodType, MappingProxyType

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cache', 'cmp_to_key',
           'lru_cache', 'reduce', 'partial', 'partialmethod', 'singledispatch', 'singledispatchmethod', 'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Makes a function look like the one that it stands for."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


_missing = object()


def reduce(function, iterable, initial=_missing, /):
    """One value out of many, from the left."""
    try:
        items = iter(iterable)
    except TypeError:
        raise TypeError('reduce() arg 2 must support iteration') from None
    if initial is _missing:
        try:
            value = next(items)
        except StopIteration:
            raise TypeError('reduce() of empty iterable with no initial value') from None
    else:
        value = initial
    for item in items:
        value = function(value, item)
    return value


class partial:
    """A function with some of its arguments given already."""

    __slots__ = 'func', 'args', 'keywords', '__dict__', '__weakref__'

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if isinstance(func, partial) and not func.__dict__:
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    @recursive_repr()
    def __repr__(self):
        cls = type(self)
        parts = [repr(self.func)] + [repr(arg) for arg in self.args]
        parts.extend(f'{name}={value!r}' for name, value in self.keywords.items())
        name = f'functools.{cls.__qualname__}' if cls.__module__ == 'functools' else cls.__qualname__
        return f'{name}({", ".join(parts)})'

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple):
            raise TypeError('argument to __setstate__ must be a tuple')
        if len(state) != 4:
            raise TypeError(f'expected 4 items in state, got {len(state)}')
        func, args, keywords, namespace = state
        if not callable(func) or not isinstance(args, tuple) or not isinstance(keywords, (dict, type(None))) \
                or not isinstance(namespace, (dict, type(None))):
            raise TypeError('invalid partial state')
        self.__dict__.clear()
        self.__dict__.update(namespace or {})
        self.func = func
        self.args = args if type(args) is tuple else tuple(args)
        self.keywords = keywords if type(keywords) is dict else dict(keywords or {})

    __class_getitem__ = classmethod(GenericAlias)


class partialmethod:
    """`partial` for a method."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        if isinstance(func, partialmethod):
            self.func = func.func
            self.args = func.args + args
            self.keywords = {**func.keywords, **keywords}
        else:
            self.func = func
            self.args = args
            self.keywords = keywords

    def __repr__(self):
        parts = [repr(self.func)] + [repr(arg) for arg in self.args]
        parts.extend(f'{name}={value!r}' for name, value in self.keywords.items())
        cls = type(self)
        return f'{cls.__module__}.{cls.__qualname__}({", ".join(parts)})'

    def _method(self):
        def _method(first, /, *args, **keywords):
            return self.func(first, *self.args, *args, **{**self.keywords, **keywords})
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, '__get__', None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)

    __class_getitem__ = classmethod(GenericAlias)


class cached_property:
    """A property that is computed once for each object."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            cache = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache "
                            f'{self.attrname!r} property.') from None
        value = cache.get(self.attrname, _missing)
        if value is _missing:
            value = self.func(instance)
            try:
                cache[self.attrname] = value
            except TypeError:
                raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support "
                                f'item assignment for caching {self.attrname!r} property.') from None
        return value

    __class_getitem__ = classmethod(GenericAlias)


class _CacheInfo(tuple):
    """What a cache has done so far."""

    _fields = ('hits', 'misses', 'maxsize', 'currsize')

    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return 'CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)' % tuple(self)


class _HashedSeq(list):
    """Arguments as a key that is hashed once."""

    __slots__ = 'hashvalue'

    def __init__(self, parts):
        self[:] = parts
        self.hashvalue = hash(parts)

    def __hash__(self):
        return self.hashvalue


def _make_key(args, kwds, typed):
    """The arguments of a call as one key."""
    key = args
    if kwds:
        key += (_missing,)
        for item in kwds.items():
            key += item
    if typed:
        key += tuple(map(type, args))
        if kwds:
            key += tuple(map(type, kwds.values()))
    elif len(key) == 1 and type(key[0]) in (int, str):
        return key[0]
    return _HashedSeq(key)


def lru_cache(maxsize=128, typed=False):
    """Keeps the results of the last calls."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')
    return lambda function: _cached(function, maxsize, typed)


def cache(user_function, /):
    return lru_cache(maxsize=None)(user_function)


class _Wrapper:
    """A function with a cache."""

    def __init__(self, function, maxsize, typed):
        self._function = function
        self._maxsize = maxsize
        self._typed = typed
        self._known = {}
        self._hits = self._misses = 0
        update_wrapper(self, function)
        self.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}

    def __call__(self, /, *args, **kwds):
        if self._maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwds)
        known = self._known
        key = _make_key(args, kwds, self._typed)
        value = known.get(key, _missing)
        if value is not _missing:
            self._hits += 1
            if self._maxsize is not None:
                # The last used is the last in order.
                known.pop(key, None)
                known[key] = value
            return value
        self._misses += 1
        value = self._function(*args, **kwds)
        if key not in known:
            if self._maxsize is not None and known.__len__() >= self._maxsize:
                known.pop(next(iter(known)))
            known[key] = value
        return value

    def __get__(self, obj, cls=None):
        return self if obj is None else MethodType(self, obj)

    def cache_info(self):
        return _CacheInfo(self._hits, self._misses, self._maxsize, self._known.__len__())

    def cache_clear(self):
        self._known.clear()
        self._hits = self._misses = 0

    def __reduce__(self):
        return self.__qualname__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f'<functools._lru_cache_wrapper object at {id(self):#x}>'


_Wrapper.__name__ = _Wrapper.__qualname__ = '_lru_cache_wrapper'
_lru_cache_wrapper = _Wrapper


def _cached(function, maxsize, typed):
    if not callable(function):
        raise TypeError('the first argument must be callable')
    return _Wrapper(function, maxsize, typed)


class _Key:
    """An object that is ordered by a function of two objects."""

    __slots__ = ('obj', '_compare')
    __hash__ = None

    def __init__(self, obj, compare):
        self.obj = obj
        self._compare = compare

    def _against(self, other):
        if not isinstance(other, _Key):
            raise TypeError('other argument must be K instance')
        return self._compare(self.obj, other.obj)

    def __lt__(self, other):
        return self._against(other) < 0

    def __gt__(self, other):
        return self._against(other) > 0

    def __eq__(self, other):
        return self._against(other) == 0

    def __le__(self, other):
        return self._against(other) <= 0

    def __ge__(self, other):
        return self._against(other) >= 0


class _Free:
    """A function that is found in a class as it is, not as a method, as those written in C are."""

    def __init__(self, function):
        self._function = function
        for name in WRAPPER_ASSIGNMENTS[:-1]:
            setattr(self, name, getattr(function, name))

    def __call__(self, /, *args, **kwargs):
        return self._function(*args, **kwargs)

    def __repr__(self):
        return f'<built-in function {self.__name__}>'


@_Free
def cmp_to_key(mycmp):
    """A sort key out of a function that compares."""
    return _KeyMaker(mycmp)


class _KeyMaker:
    """Makes sort keys; is found in a class as it is, not as a method."""

    __slots__ = ('_compare',)

    def __init__(self, compare):
        self._compare = compare

    def __call__(self, obj):
        return _Key(obj, self._compare)


def total_ordering(cls):
    """Completes a class that has one of `<`, `<=`, `>`, `>=`."""
    own = [name for name in ('__lt__', '__le__', '__gt__', '__ge__')
           if getattr(cls, name, None) is not getattr(object, name, None)]
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    for name, function in _ORDERINGS[own[0]]:
        if name not in own:
            def method(self, other, function=function):
                return function(self, other)
            method.__name__ = name
            method.__doc__ = None
            setattr(cls, name, method)
    return cls


def _derived(base, derive):
    def method(self, other):
        result = getattr(type(self), base)(self, other)
        return result if result is NotImplemented else derive(result, self, other)
    return method


def _either(result, self, other):
    return result or self == other


def _both(result, self, other):
    return result and self != other


def _neither(result, self, other):
    return not result and self != other


def _not_or(result, self, other):
    return not result or self == other


def _not(result, self, other):
    return not result


_ORDERINGS = {
    '__lt__': [('__gt__', _derived('__lt__', _neither)), ('__le__', _derived('__lt__', _either)),
               ('__ge__', _derived('__lt__', _not))],
    '__le__': [('__ge__', _derived('__le__', _not_or)), ('__lt__', _derived('__le__', _both)),
               ('__gt__', _derived('__le__', _not))],
    '__gt__': [('__lt__', _derived('__gt__', _neither)), ('__ge__', _derived('__gt__', _either)),
               ('__le__', _derived('__gt__', _not))],
    '__ge__': [('__le__', _derived('__ge__', _not_or)), ('__gt__', _derived('__ge__', _both)),
               ('__lt__', _derived('__ge__', _not))],
}


def _c3_merge(sequences):
    """Merges orders of resolution into one that keeps each."""
    result = []
    while True:
        sequences = [sequence for sequence in sequences if sequence]
        if not sequences:
            return result
        for sequence in sequences:
            candidate = sequence[0]
            if not any(candidate in other[1:] for other in sequences):
                break
        else:
            raise RuntimeError('Inconsistent hierarchy')
        result.append(candidate)
        for sequence in sequences:
            if sequence[0] == candidate:
                del sequence[0]


def _c3_mro(cls, abcs=None):
    """The order of resolution of a class, with abstract classes put where they belong."""
    boundary = 0
    for place, base in enumerate(reversed(cls.__bases__)):
        if hasattr(base, '__abstractmethods__'):
            boundary = len(cls.__bases__) - place
            break
    abcs = list(abcs) if abcs else []
    explicit = list(cls.__bases__[:boundary])
    others = list(cls.__bases__[boundary:])
    abstract = [base for base in abcs
                if issubclass(cls, base) and not any(issubclass(b, base) for b in cls.__bases__)]
    for base in abstract:
        abcs.remove(base)
    return _c3_merge([[cls]]
                     + [_c3_mro(base, abcs) for base in explicit]
                     + [_c3_mro(base, abcs) for base in abstract]
                     + [_c3_mro(base, abcs) for base in others]
                     + [explicit] + [abstract] + [others])


def _compose_mro(cls, types):
    """The order of resolution of a class, with those of `types` that it counts as."""
    bases = set(cls.__mro__)

    def is_related(typ):
        return (typ not in bases and hasattr(typ, '__mro__') and not isinstance(typ, GenericAlias)
                and issubclass(cls, typ))
    types = [typ for typ in types if is_related(typ)]
    types = [typ for typ in types
             if not any(typ is not other and typ in other.__mro__ for other in types)]
    known = set(types)
    mro = []
    for typ in types:
        found = []
        for sub in typ.__subclasses__():
            if sub not in bases and issubclass(cls, sub):
                found.append([base for base in sub.__mro__ if base in known])
        if not found:
            mro.append(typ)
            continue
        found.sort(key=len, reverse=True)
        for sub in found:
            for base in sub:
                if base not in mro:
                    mro.append(base)
    return _c3_mro(cls, abcs=mro)


def _find_impl(cls, registry):
    mro = _compose_mro(cls, registry.keys())
    match = None
    for typ in mro:
        if match is not None:
            # Two abstract classes that nothing puts in order.
            if (typ in registry and typ not in cls.__mro__ and match not in cls.__mro__
                    and not issubclass(match, typ)):
                raise RuntimeError(f'Ambiguous dispatch: {match} or {typ}')
            break
        if typ in registry:
            match = typ
    return registry.get(match)


def singledispatch(func):
    """A function that chooses by the class of its first argument."""
    registry = {}
    known = {}
    token = None

    def dispatch(cls):
        nonlocal token
        if token is not None:
            current = get_cache_token()
            if token != current:
                known.clear()
                token = current
        if cls not in known:
            known[cls] = registry[cls] if cls in registry else _find_impl(cls, registry)
        return known[cls]

    def _is_union_type(cls):
        from typing import get_origin, Union
        from types import UnionType
        return get_origin(cls) in {Union, UnionType}

    def _is_valid(cls):
        if isinstance(cls, type) and not isinstance(cls, GenericAlias):
            return True
        from typing import get_args
        return _is_union_type(cls) and all(isinstance(arg, type) and not isinstance(arg, GenericAlias)
                                           for arg in get_args(cls))

    def register(cls, func=None):
        nonlocal token
        if _is_valid(cls):
            if func is None:
                return lambda function: register(cls, function)
        else:
            if func is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            annotations = getattr(cls, '__annotations__', {})
            if not annotations:
                raise TypeError(f'Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` '
                                'or plain `@register` on an annotated function.')
            func = cls
            from typing import get_type_hints
            argname, cls = next(iter(get_type_hints(func).items()))
            if not _is_valid(cls):
                if _is_union_type(cls):
                    raise TypeError(f'Invalid annotation for {argname!r}. {cls!r} not all arguments are classes.')
                raise TypeError(f'Invalid annotation for {argname!r}. {cls!r} is not a class.')
        if _is_union_type(cls):
            from typing import get_args
            for arg in get_args(cls):
                registry[arg] = func
        else:
            registry[cls] = func
        if token is None and hasattr(cls, '__abstractmethods__'):
            token = get_cache_token()
        known.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, '__name__', 'singledispatch function')
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = known.clear
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """`singledispatch` for a method."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)
