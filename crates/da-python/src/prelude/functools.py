"""Functions that take and give functions. A cache lives as long as the evaluation that fills it."""

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        for key, value in getattr(wrapped, name, {}).items():
            setattr(wrapper, key, value)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return decorate


_missing = object()


def reduce(function, iterable, initial=_missing, /):
    items = iter(iterable)
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

    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)] + [repr(arg) for arg in self.args]
        parts.extend(f'{name}={value!r}' for name, value in self.keywords.items())
        return 'functools.partial(' + ', '.join(parts) + ')'


class partialmethod:
    """`partial` for a method."""

    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        if obj is None:
            return self

        def method(*args, **keywords):
            return self.func(obj, *self.args, *args, **{**self.keywords, **keywords})
        return method


class cached_property:
    """A property that is computed once for each object."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        cache = instance.__dict__
        if self.attrname not in cache:
            cache[self.attrname] = self.func(instance)
        return cache[self.attrname]


class _CacheInfo(tuple):
    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return 'CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)' % tuple(self)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, typed)

    def decorate(function):
        return _cached(function, maxsize, typed)
    return decorate


def cache(function, /):
    return _cached(function, None, False)


def _cached(function, maxsize, typed):
    known = {}
    counts = [0, 0]

    def wrapper(*args, **kwargs):
        key = args
        if kwargs:
            key += (_missing,) + tuple(kwargs.items())
        if typed:
            key += (_missing,) + tuple(type(value) for value in args + tuple(kwargs.values()))
        if key in known:
            counts[0] += 1
            value = known.pop(key)
            known[key] = value
            return value
        counts[1] += 1
        value = function(*args, **kwargs)
        if maxsize != 0:
            known[key] = value
            if maxsize is not None and len(known) > maxsize:
                del known[next(iter(known))]
        return value

    def cache_info():
        return _CacheInfo((counts[0], counts[1], maxsize, len(known)))

    def cache_clear():
        known.clear()
        counts[:] = [0, 0]

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    return update_wrapper(wrapper, function)


def cmp_to_key(mycmp):
    class K:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None
    return K


def total_ordering(cls):
    """Completes a class that has one of `<`, `<=`, `>`, `>=`."""
    own = [name for name in ('__lt__', '__le__', '__gt__', '__ge__') if _defines(cls, name)]
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    for name, function in _ORDERINGS[own[0]]:
        if name not in own:
            setattr(cls, name, function)
    return cls


def _defines(cls, name):
    return any(name in base.__dict__ for base in cls.__mro__ if base is not object)


def _not(result):
    return result if result is NotImplemented else not result


def _either(result, self, other):
    return result if result is NotImplemented else result or self == other


def _neither(result, self, other):
    return result if result is NotImplemented else not result and self != other


def _both(result, self, other):
    return result if result is NotImplemented else result and self != other


def _not_or(result, self, other):
    return result if result is NotImplemented else not result or self == other


_ORDERINGS = {
    '__lt__': [('__gt__', lambda self, other: _neither(type(self).__lt__(self, other), self, other)),
               ('__le__', lambda self, other: _either(type(self).__lt__(self, other), self, other)),
               ('__ge__', lambda self, other: _not(type(self).__lt__(self, other)))],
    '__le__': [('__ge__', lambda self, other: _not_or(type(self).__le__(self, other), self, other)),
               ('__lt__', lambda self, other: _both(type(self).__le__(self, other), self, other)),
               ('__gt__', lambda self, other: _not(type(self).__le__(self, other)))],
    '__gt__': [('__lt__', lambda self, other: _neither(type(self).__gt__(self, other), self, other)),
               ('__ge__', lambda self, other: _either(type(self).__gt__(self, other), self, other)),
               ('__le__', lambda self, other: _not(type(self).__gt__(self, other)))],
    '__ge__': [('__le__', lambda self, other: _not_or(type(self).__ge__(self, other), self, other)),
               ('__gt__', lambda self, other: _both(type(self).__ge__(self, other), self, other)),
               ('__lt__', lambda self, other: _not(type(self).__ge__(self, other)))],
}


def singledispatch(func):
    """A function that chooses by the class of its first argument."""
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        return func

    def register(cls, function=None):
        if function is None:
            if isinstance(cls, type):
                return lambda function: register(cls, function)
            function = cls
            annotations = getattr(function, '__annotations__', {})
            if not annotations:
                raise TypeError('Invalid first argument to `register()`: %r. Use either `@register(some_class)` '
                                'or plain `@register` on an annotated function.' % (function,))
            cls = next(iter(annotations.values()))
        registry[cls] = function
        return function

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f'{func.__name__} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kwargs)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)
