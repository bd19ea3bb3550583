"""Shallow and deep copies. What cannot change is given back as it is; nothing is pickled."""


class Error(Exception):
    pass


error = Error

_ATOMIC = (type(None), type(Ellipsis), type(NotImplemented), bool, int, float, str, bytes, range, slice, type, property)


def _is_atomic(x):
    cls = type(x)
    return cls in _ATOMIC or issubclass(cls, type) or cls.__module__ == 'builtins' and callable(x)


def copy(x):
    cls = type(x)
    if _is_atomic(x) or cls in (tuple, frozenset):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    method = getattr(cls, '__copy__', None)
    if method is not None:
        return method(x)
    made = _empty(x)
    _take(made, x, lambda value: value)
    return made


def deepcopy(x, memo=None):
    if _is_atomic(x):
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x))
    if known is not None:
        return known[0]
    made = _deep(x, memo)
    # The original is kept in the memo so that its id is not used again meanwhile.
    memo[id(x)] = (made, x)
    return made


def _deep(x, memo):
    cls = type(x)
    if cls is list:
        made = []
        memo[id(x)] = (made, x)
        for item in x:
            made.append(deepcopy(item, memo))
        return made
    if cls is dict:
        made = {}
        memo[id(x)] = (made, x)
        for key, value in list(x.items()):
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        if id(x) in memo:
            return memo[id(x)][0]
        if all(a is b for a, b in zip(items, x)):
            return x
        return tuple(items)
    if cls in (set, frozenset):
        return cls([deepcopy(item, memo) for item in x])
    if cls is bytearray:
        return x.copy()
    method = getattr(cls, '__deepcopy__', None)
    if method is not None:
        return method(x, memo)
    made = _empty(x)
    memo[id(x)] = (made, x)
    _take(made, x, lambda value: deepcopy(value, memo))
    return made


def _empty(x):
    """A new object of the class of `x`, whose `__init__` has not run."""
    cls = type(x)
    arguments = getattr(cls, '__getnewargs__', None)
    if arguments is not None:
        return cls.__new__(cls, *arguments(x))
    for base in (str, bytes, int, float, tuple, frozenset):
        if isinstance(x, base):
            return cls.__new__(cls, base(x))
    made = cls.__new__(cls)
    if isinstance(x, BaseException):
        made.args = x.args
    return made


def _take(made, x, each):
    """Gives `made` the items and attributes of `x`."""
    if isinstance(x, list):
        list.extend(made, [each(item) for item in list.__iter__(x)])
    elif isinstance(x, dict):
        for key in list(dict.keys(x)):
            dict.__setitem__(made, each(key), each(dict.__getitem__(x, key)))
    elif isinstance(x, (set, bytearray)):
        made.update([each(item) for item in x]) if isinstance(x, set) else made.extend(x)
    getstate = getattr(type(x), '__getstate__', None)
    own = getstate is not None and getstate is not getattr(object, '__getstate__', None)
    state = getstate(x) if own else getattr(x, '__dict__', None)
    if state is None:
        return
    state = {key: each(value) for key, value in state.items()} if type(state) is dict else each(state)
    setstate = getattr(type(x), '__setstate__', None)
    if setstate is not None:
        setstate(made, state)
        return
    for key, value in state.items():
        made.__dict__[key] = value
