"""Shallow and deep copies. What cannot change is given back as it is; everything else is taken apart as `copyreg` says."""

import types
from copyreg import dispatch_table

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    pass


error = Error

_ATOMIC = {type(None), type(Ellipsis), type(NotImplemented), bool, int, float, complex, str, bytes, range, slice, type,
           property, types.FunctionType, types.BuiltinFunctionType, types.CodeType}
_MISSING = object()


def _is_atomic(cls):
    return cls in _ATOMIC or issubclass(cls, type)


def copy(x):
    cls = type(x)
    if _is_atomic(cls) or cls is tuple or cls is frozenset:
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    method = getattr(cls, '__copy__', None)
    if method is not None:
        return method(x)
    parts = _parts(x, cls, Error('un(shallow)copyable object of type %s' % cls))
    return x if isinstance(parts, str) else _rebuilt(x, None, *parts)


def _parts(x, cls, refusal):
    """What a value is made of: a text for one that stands for itself, else what `__reduce_ex__` says."""
    registered = dispatch_table.get(cls)
    if registered is not None:
        return registered(x)
    reduce = getattr(x, '__reduce_ex__', None)
    if reduce is not None:
        return reduce(4)
    reduce = getattr(x, '__reduce__', None)
    if reduce is None:
        raise refusal
    return reduce()


def deepcopy(x, memo=None, _nil=_MISSING):
    cls = type(x)
    if memo is None:
        memo = {}
    known = memo.get(id(x), _MISSING)
    if known is not _MISSING:
        return known
    if _is_atomic(cls):
        return x
    made = _deep(x, cls, memo)
    if made is not x:
        memo[id(x)] = made
        # The original is kept alive so that its id is not used again meanwhile.
        memo.setdefault(id(memo), []).append(x)
    return made


def _deep(x, cls, memo):
    if cls is list:
        made = []
        memo[id(x)] = made
        for item in x:
            made.append(deepcopy(item, memo))
        return made
    if cls is dict:
        made = {}
        memo[id(x)] = made
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        if id(x) in memo:
            return memo[id(x)]
        return x if all(a is b for a, b in zip(items, x)) else tuple(items)
    if cls is types.MethodType:
        return cls(x.__func__, deepcopy(x.__self__, memo))
    method = getattr(x, '__deepcopy__', None)
    if method is not None:
        return method(memo)
    parts = _parts(x, cls, Error('un(deep)copyable object of type %s' % cls))
    return x if isinstance(parts, str) else _rebuilt(x, memo, *parts)


def _rebuilt(x, memo, func, args, state=None, listitems=None, dictitems=None):
    """Puts a value together again out of its parts; of copies of them when there is a memo."""
    deep = memo is not None
    if deep and args:
        args = [deepcopy(arg, memo) for arg in args]
    made = func(*args)
    if deep:
        memo[id(x)] = made
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(made, '__setstate__'):
            made.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                made.__dict__.update(state)
            for name, value in (slots or {}).items():
                setattr(made, name, value)
    for item in listitems or ():
        made.append(deepcopy(item, memo) if deep else item)
    for key, value in dictitems or ():
        if deep:
            key, value = deepcopy(key, memo), deepcopy(value, memo)
        made[key] = value
    return made
