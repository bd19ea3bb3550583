"""References that do not keep what they refer to. Here nothing is freed while a script could notice, so that none of them
ever dies: they behave as weak references do whose objects are still in use elsewhere."""

from collections import UserDict
from collections.abc import MutableSet

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


class ref:
    """Gives what it refers to when it is called."""

    __slots__ = ('_object', '__callback__')

    def __new__(cls, object, callback=None, /):
        _check(object)
        made = super().__new__(cls)
        made._object = object
        made.__callback__ = callback
        return made

    def __init__(self, object, callback=None, /):
        pass

    def __call__(self):
        return self._object

    def __eq__(self, other):
        return self._object == other._object if isinstance(other, ref) else NotImplemented

    def __hash__(self):
        return hash(self._object)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f'<weakref at {id(self):#x}; to {type(self._object).__name__!r} at {id(self._object):#x}>'


ReferenceType = ref
KeyedRef = ref
WeakMethod = ref


class ProxyType:
    """Stands for what it refers to."""

    def __init__(self, object):
        self.__dict__['_object'] = object

    def __getattr__(self, name):
        return getattr(self.__dict__['_object'], name)

    def __setattr__(self, name, value):
        setattr(self.__dict__['_object'], name, value)

    def __delattr__(self, name):
        delattr(self.__dict__['_object'], name)

    def __str__(self):
        return str(self.__dict__['_object'])

    def __repr__(self):
        return f'<weakproxy at {id(self):#x}>'

    def __eq__(self, other):
        return self.__dict__['_object'] == other

    def __bool__(self):
        return bool(self.__dict__['_object'])

    def __len__(self):
        return len(self.__dict__['_object'])

    def __iter__(self):
        return iter(self.__dict__['_object'])

    def __contains__(self, item):
        return item in self.__dict__['_object']

    def __getitem__(self, key):
        return self.__dict__['_object'][key]

    def __setitem__(self, key, value):
        self.__dict__['_object'][key] = value

    def __delitem__(self, key):
        del self.__dict__['_object'][key]

    __hash__ = None


class CallableProxyType(ProxyType):
    """Stands for something that can be called."""

    def __call__(self, *args, **kwargs):
        return self.__dict__['_object'](*args, **kwargs)


ProxyTypes = (ProxyType, CallableProxyType)


def proxy(object, callback=None, /):
    """Something that behaves as what it refers to."""
    _check(object)
    return (CallableProxyType if callable(object) else ProxyType)(object)


def getweakrefcount(object, /):
    return 0


def getweakrefs(object, /):
    return []


class _WeakDictionary(UserDict):
    def copy(self):
        made = type(self)()
        made.data.update(self.data)
        return made

    __copy__ = copy


class WeakValueDictionary(_WeakDictionary):
    """A dict whose values may go when nothing else needs them."""

    def valuerefs(self):
        return [ref(value) for value in self.data.values()]

    itervaluerefs = valuerefs

    def __deepcopy__(self, memo):
        from copy import deepcopy
        made = type(self)()
        for key, value in self.data.items():
            made[deepcopy(key, memo)] = value
        return made


class WeakKeyDictionary(_WeakDictionary):
    """A dict whose keys may go when nothing else needs them."""

    def keyrefs(self):
        return [ref(key) for key in self.data]

    def __deepcopy__(self, memo):
        from copy import deepcopy
        made = type(self)()
        for key, value in self.data.items():
            made[key] = deepcopy(value, memo)
        return made


class WeakSet(MutableSet):
    """A set whose items may go when nothing else needs them."""

    def __init__(self, data=None):
        self.data = set(data or ())

    def __contains__(self, item):
        try:
            return item in self.data
        except TypeError:
            return False

    def __iter__(self):
        return iter(set(self.data))

    def __len__(self):
        return len(self.data)

    def add(self, item):
        self.data.add(item)

    def discard(self, item):
        self.data.discard(item)

    def update(self, other):
        self.data.update(other)

    def copy(self):
        return type(self)(self.data)


class finalize:
    """What is done when an object goes; it can be done before, or called off."""

    def __init__(self, obj, func, /, *args, **kwargs):
        self._parts = (obj, func, args, kwargs)
        self.atexit = True

    @property
    def alive(self):
        return self._parts is not None

    def __call__(self, _=None):
        parts, self._parts = self._parts, None
        return None if parts is None else parts[1](*parts[2], **parts[3])

    def detach(self):
        parts, self._parts = self._parts, None
        return parts

    def peek(self):
        return self._parts
