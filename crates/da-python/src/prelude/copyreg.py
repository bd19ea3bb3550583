"""How values are taken apart for `copy`: by what was registered for a class, or by `object.__reduce_ex__`."""

__all__ = ['pickle', 'constructor', 'add_extension', 'remove_extension', 'clear_extension_cache']

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Registers a function that takes objects of a class apart."""
    if not callable(pickle_function):
        raise TypeError('reduction functions must be callable')
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    if not callable(object):
        raise TypeError('constructors must be callable')


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ != object.__init__:
        base.__init__(made, state)
    return made


def _slotnames(cls):
    """The names of the slots of a class and of those that it derives from."""
    names = []
    for base in cls.__mro__:
        slots = base.__dict__.get('__slots__', ())
        for name in [slots] if isinstance(slots, str) else slots:
            if name in ('__dict__', '__weakref__'):
                continue
            if name.startswith('__') and not name.endswith('__'):
                stripped = base.__name__.lstrip('_')
                name = f'_{stripped}{name}' if stripped else name
            names.append(name)
    return names


def _getstate(obj):
    """What `object.__getstate__` gives: the attributes, and the slots if there are any."""
    state = getattr(obj, '__dict__', None)
    state = dict(state) if state else None
    slots = {}
    for name in _slotnames(type(obj)):
        try:
            slots[name] = getattr(obj, name)
        except AttributeError:
            pass
    return (state, slots) if slots else state


def _reduce_ex(obj, protocol):
    """What `object.__reduce_ex__` gives."""
    cls = type(obj)
    arguments = getattr(cls, '__getnewargs_ex__', None)
    if arguments is not None:
        found = arguments(obj)
        if not isinstance(found, tuple):
            raise TypeError(f'__getnewargs_ex__ should return a tuple, not {type(found).__name__!r}')
        if len(found) != 2:
            raise ValueError(f'__getnewargs_ex__ should return a tuple of length 2, not {len(found)}')
        args, kwargs = found
        if not isinstance(args, tuple):
            raise TypeError('first item of the tuple returned by __getnewargs_ex__ must be a tuple, '
                            f'not {type(args).__name__!r}')
        if not isinstance(kwargs, dict):
            raise TypeError('second item of the tuple returned by __getnewargs_ex__ must be a dict, '
                            f'not {type(kwargs).__name__!r}')
    elif hasattr(cls, '__getnewargs__'):
        args, kwargs = cls.__getnewargs__(obj), {}
        if not isinstance(args, tuple):
            raise TypeError(f'__getnewargs__ should return a tuple, not {type(args).__name__!r}')
    else:
        args, kwargs = _inside(obj), {}
    state = cls.__getstate__(obj)
    if isinstance(obj, (bytearray, set, frozenset)) and arguments is None and not hasattr(cls, '__getnewargs__'):
        # Filled by `__init__`, which `__new__` alone would leave out.
        return cls, args, state
    listitems = list.__iter__(obj) if isinstance(obj, list) else None
    dictitems = iter(dict.items(obj)) if isinstance(obj, dict) else None
    if kwargs:
        return __newobj_ex__, (cls, args, kwargs), state, listitems, dictitems
    return __newobj__, (cls, *args), state, listitems, dictitems


def _inside(obj):
    """What `__new__` of a built-in type needs to make the value that is inside an object again."""
    for base in (str, bytes, int, float, complex):
        if isinstance(obj, base):
            return (base(obj) if base is not str else str.__str__(obj),)
    if isinstance(obj, tuple):
        return (tuple(tuple.__iter__(obj)),)
    if isinstance(obj, (frozenset, set)):
        return (list(obj),)
    if isinstance(obj, bytearray):
        return (bytes(obj),)
    if isinstance(obj, BaseException):
        return obj.args
    cls = type(obj)
    if cls.__module__ == 'builtins' and cls is not object:
        raise TypeError(f'cannot pickle {cls.__name__!r} object')
    return ()


def add_extension(module, name, code):
    """Codes of extensions mean nothing here."""


def remove_extension(module, name, code):
    """Codes of extensions mean nothing here."""


def clear_extension_cache():
    """Codes of extensions mean nothing here."""
