"""References that do not keep what they refer to. An object goes when the collector has run and found it out of reach, not at once;
callbacks and finalizers run when a script asks for a collection, or looks at a reference whose object went."""

from _machine import strong, weak
from collections.abc import MutableMapping, MutableSet

__all__ = ['ref', 'proxy', 'getweakrefcount', 'getweakrefs', 'WeakKeyDictionary', 'ReferenceType', 'ProxyType',
           'CallableProxyType', 'ProxyTypes', 'WeakValueDictionary', 'WeakSet', 'WeakMethod', 'finalize']

_REFUSED = (int, float, complex, str, bytes, bytearray, tuple, list, dict, type(None), range, slice, property)


def _check(object):
    cls = type(object)
    plain = cls in _REFUSED or isinstance(object, (int, tuple, bytes)) and not isinstance(object, type)
    slotted = not plain and cls.__module__ != 'builtins' and not hasattr(object, '__dict__') and not any(
        '__weakref__' in base.__dict__.get('__slots__', ()) for base in cls.__mro__)
    if plain or slotted:
        raise TypeError(f'cannot create weak reference to {cls.__name__!r} object')


# Weak references to the references that have a callback.
_watched = []


def _noticed():
    """Calls back for the objects that went."""
    for cell in list(_watched):
        watch = strong(cell)
        if watch is None or strong(watch._cell) is None:
            _watched.remove(cell)
            if watch is not None:
                watch._call_back()


class ref:
    """Gives what it refers to when it is called."""

    __slots__ = ('_cell', '_hash', '__callback__')

    def __new__(cls, object, callback=None, /):
        _check(object)
        made = super().__new__(cls)
        made._cell = weak(object)
        made._hash = None
        made.__callback__ = callback
        if callback is not None:
            _watched.append(weak(made))
        return made

    def __init__(self, object, callback=None, /):
        pass

    def _call_back(self):
        callback, self.__callback__ = self.__callback__, None
        if callback is not None:
            try:
                callback(self)
            except Exception:
                pass  # As with CPython, where it is only written to the log.

    def __call__(self):
        found = strong(self._cell)
        if found is None and self.__callback__ is not None:
            self._call_back()
        return found

    def __eq__(self, other):
        if not isinstance(other, ref):
            return NotImplemented
        mine, its = strong(self._cell), strong(other._cell)
        return self is other if mine is None or its is None else mine == its

    def __hash__(self):
        if self._hash is None:
            found = strong(self._cell)
            if found is None:
                raise TypeError('weak object has gone away')
            self._hash = hash(found)
        return self._hash

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        found = strong(self._cell)
        if found is None:
            return f'<weakref at {id(self):#x}; dead>'
        return f'<weakref at {id(self):#x}; to {type(found).__name__!r} at {id(found):#x}>'


ReferenceType = ref


class KeyedRef(ref):
    """A reference that knows its key."""

    __slots__ = ('key',)

    def __new__(cls, object, callback, key):
        made = super().__new__(cls, object, callback)
        made.key = key
        return made

    def __init__(self, object, callback, key):
        pass


class WeakMethod:
    """A reference to a method that does not keep the object that it belongs to."""

    def __init__(self, method, callback=None):
        self._object = ref(method.__self__, callback and (lambda _: callback(self)))
        self._function = method.__func__

    def __call__(self):
        object = self._object()
        return None if object is None else type(_noticed.__get__(0))(self._function, object)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        return self._object == other._object and self._function == other._function

    def __hash__(self):
        return hash(self._object) ^ hash(self._function)


class ProxyType:
    """Stands for what it refers to."""

    def __init__(self, object):
        self.__dict__['_cell'] = weak(object)

    def __getattr__(self, name):
        return getattr(_object(self), name)

    def __setattr__(self, name, value):
        setattr(_object(self), name, value)

    def __delattr__(self, name):
        delattr(_object(self), name)

    @property
    def __class__(self):
        return _object(self).__class__

    def __repr__(self):
        object = _object(self)
        return f'<weakproxy at {id(self):#x} to {type(object).__name__} at {id(object):#x}>'

    def __bool__(self):
        return bool(_object(self))

    def __eq__(self, other):
        return _object(self) == _plain(other)

    __hash__ = None


def _object(proxy):
    """What a proxy stands for."""
    found = strong(proxy.__dict__['_cell'])
    if found is None:
        raise ReferenceError('weakly-referenced object no longer exists')
    return found


def _plain(value):
    return _object(value) if type(value) in ProxyTypes else value


def _forward(name):
    def method(self, *args):
        found = getattr(_object(self), name, None)
        if found is None:
            raise TypeError(f"'{type(_object(self)).__name__}' object does not support '{name}'")
        return found(*map(_plain, args))
    method.__name__ = name
    return method


for _name in ('str', 'len', 'iter', 'next', 'reversed', 'contains', 'getitem', 'setitem', 'delitem', 'lt', 'le', 'gt', 'ge', 'int',
              'float', 'index', 'neg', 'pos', 'abs', 'invert', 'bytes', 'enter', 'exit', 'length_hint'):
    setattr(ProxyType, f'__{_name}__', _forward(f'__{_name}__'))
for _name in ('add', 'sub', 'mul', 'matmul', 'truediv', 'floordiv', 'mod', 'divmod', 'pow', 'lshift', 'rshift', 'and', 'or', 'xor'):
    for _kind in ('', 'r', 'i'):
        setattr(ProxyType, f'__{_kind}{_name}__', _forward(f'__{_kind}{_name}__'))


class CallableProxyType(ProxyType):
    """Stands for something that can be called."""

    def __call__(self, *args, **kwargs):
        return _object(self)(*args, **kwargs)


ProxyTypes = (ProxyType, CallableProxyType)


def proxy(object, callback=None, /):
    """Something that behaves as what it refers to."""
    _check(object)
    made = (CallableProxyType if callable(object) else ProxyType)(object)
    if callback is not None:
        # The proxy keeps the reference that tells of the end.
        made.__dict__['_watch'] = ref(object, lambda _: callback(made))
    return made


def getweakrefcount(object, /):
    """None are counted: a reference is known to nobody but its holders."""
    return 0


def getweakrefs(object, /):
    return []


class _WeakDictionary(MutableMapping):
    def __init__(self, other=(), /, **kwargs):
        self.data = {}
        self.update(other, **kwargs)

    def __len__(self):
        return sum(1 for _ in self.items())

    def __iter__(self):
        for key, _ in self.items():
            yield key

    keys = __iter__

    def values(self):
        for _, value in self.items():
            yield value

    def __contains__(self, key):
        return self.get(key, _missing) is not _missing

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __or__(self, other):
        if not hasattr(other, 'keys'):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not hasattr(other, 'keys'):
            return NotImplemented
        made = type(self)(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self

    def __repr__(self):
        return f'<{type(self).__name__} at {id(self):#x}>'


_missing = object()


class WeakValueDictionary(_WeakDictionary):
    """A dict whose values may go when nothing else needs them."""

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            del self.data[key]
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = ref(value)

    def __delitem__(self, key):
        self[key]
        del self.data[key]

    def items(self):
        for key, cell in list(self.data.items()):
            value = cell()
            if value is not None:
                yield key, value
            elif self.data.get(key) is cell:
                del self.data[key]

    def valuerefs(self):
        return list(self.data.values())

    itervaluerefs = valuerefs

    def __deepcopy__(self, memo):
        from copy import deepcopy
        made = type(self)()
        for key, value in self.items():
            made[deepcopy(key, memo)] = value
        return made


class WeakKeyDictionary(_WeakDictionary):
    """A dict whose keys may go when nothing else needs them."""

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def items(self):
        for cell, value in list(self.data.items()):
            key = cell()
            if key is not None:
                yield key, value
            else:
                self.data.pop(cell, None)

    def keyrefs(self):
        return list(self.data)

    def __deepcopy__(self, memo):
        from copy import deepcopy
        made = type(self)()
        for key, value in self.items():
            made[key] = deepcopy(value, memo)
        return made


class WeakSet(MutableSet):
    """A set whose items may go when nothing else needs them."""

    def __init__(self, data=None):
        self.data = {}
        for item in data or ():
            self.add(item)

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def __iter__(self):
        for cell in list(self.data):
            item = cell()
            if item is not None:
                yield item
            else:
                self.data.pop(cell, None)

    def __len__(self):
        return sum(1 for _ in self)

    def add(self, item):
        self.data[ref(item)] = None

    def discard(self, item):
        self.data.pop(ref(item), None)

    def update(self, other):
        for item in other:
            self.add(item)

    def copy(self):
        return type(self)(self)


class finalize:
    """What is done when an object goes; it can be done before, or called off."""

    _alive = {}

    def __init__(self, obj, func, /, *args, **kwargs):
        self.atexit = True
        finalize._alive[id(self)] = self, ref(obj, lambda _: self()), func, args, kwargs

    @property
    def alive(self):
        return id(self) in finalize._alive

    def _take(self):
        return finalize._alive.pop(id(self), None)

    def __call__(self, _=None):
        parts = self._take()
        return None if parts is None else parts[2](*parts[3], **parts[4])

    def detach(self):
        parts = self._take()
        return None if parts is None else (parts[1](), *parts[2:])

    def peek(self):
        parts = finalize._alive.get(id(self))
        return None if parts is None else (parts[1](), *parts[2:])
