"""Containers: `deque`, `Counter`, `OrderedDict`, `defaultdict`, `namedtuple`, `ChainMap` and the `User...` classes."""

import itertools
import operator
from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence
from types import GenericAlias

__all__ = ['ChainMap', 'Counter', 'OrderedDict', 'UserDict', 'UserList', 'UserString', 'defaultdict', 'deque',
           'namedtuple']



def _count_elements(mapping, iterable):
    """Counts items into a mapping."""
    for item in iterable:
        mapping[item] = mapping.get(item, 0) + 1


class OrderedDict(dict):
    """A dict that knows its order when compared and can move entries."""

    def move_to_end(self, key, last=True):
        """Moves an entry to an end."""
        value = dict.pop(self, key)
        if last:
            dict.__setitem__(self, key, value)
            return
        rest = list(dict.items(self))
        dict.clear(self)
        dict.__setitem__(self, key, value)
        for k, v in rest:
            dict.__setitem__(self, k, v)

    def popitem(self, last=True):
        """Takes an entry off an end."""
        if not self:
            raise KeyError('dictionary is empty')
        key = next(reversed(self) if last else iter(self))
        return key, dict.pop(self, key)

    def copy(self):
        """A copy."""
        return self.__class__(self)

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """A dict with these keys."""
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and all(map(operator.eq, self, other))
        return dict.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(other)
        made.update(self)
        return made

    def __repr__(self):
        if not self:
            return '%s()' % (self.__class__.__name__,)
        return '%s(%r)' % (self.__class__.__name__, list(self.items()))


class defaultdict(dict):
    """A dict that makes missing entries with `default_factory`."""

    def __init__(self, default_factory=None, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError('first argument must be callable or None')
        dict.__init__(self, *args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value

    def copy(self):
        """A copy."""
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self.default_factory, other)
        made.update(self)
        return made

    def __repr__(self):
        return '%s(%r, %s)' % (self.__class__.__name__, self.default_factory, dict.__repr__(self))


class Counter(dict):
    """Counts of items."""

    def __init__(self, iterable=None, /, **kwds):
        dict.__init__(self)
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        """The sum of the counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """The items with the largest counts first."""
        found = sorted(self.items(), key=operator.itemgetter(1), reverse=True)
        return found if n is None else found[:max(n, 0)]

    def elements(self):
        """Each item as often as it was counted."""
        return itertools.chain.from_iterable([itertools.repeat(key, max(count, 0)) for key, count in self.items()])

    @classmethod
    def fromkeys(cls, iterable, v=None):
        """Not defined for counts."""
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    def update(self, iterable=None, /, **kwds):
        """Adds counts."""
        if iterable is not None:
            if hasattr(iterable, 'items') and hasattr(iterable, 'keys'):
                if self:
                    for key, count in iterable.items():
                        self[key] = count + self.get(key, 0)
                else:
                    dict.update(self, iterable)
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) + 1
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Takes counts away."""
        if iterable is not None:
            if hasattr(iterable, 'items') and hasattr(iterable, 'keys'):
                for key, count in iterable.items():
                    self[key] = self.get(key, 0) - count
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """A copy."""
        return self.__class__(self)

    __copy__ = copy

    def __delitem__(self, key):
        if key in self:
            dict.__delitem__(self, key)

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[key] == other[key] for counter in (self, other) for key in counter])

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[key] <= other[key] for counter in (self, other) for key in counter])

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[key] >= other[key] for counter in (self, other) for key in counter])

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def _joined(self, other, count):
        made = Counter()
        for key in [*self, *[key for key in other if key not in self]]:
            number = count(self[key], other[key])
            if number > 0:
                made[key] = number
        return made

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._joined(other, lambda a, b: a + b)

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._joined(other, lambda a, b: a - b)

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._joined(other, max)

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._joined(other, min)

    def __pos__(self):
        return self._joined(Counter(), lambda a, b: a)

    def __neg__(self):
        return self._joined(Counter(), lambda a, b: -a)

    def _keep_positive(self):
        for key in [key for key, count in self.items() if not count > 0]:
            del self[key]
        return self

    def __iadd__(self, other):
        for key, count in other.items():
            self[key] += count
        return self._keep_positive()

    def __isub__(self, other):
        for key, count in other.items():
            self[key] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for key, count in other.items():
            if count > self[key]:
                self[key] = count
        return self._keep_positive()

    def __iand__(self, other):
        for key, count in list(self.items()):
            if other[key] < count:
                self[key] = other[key]
        return self._keep_positive()

    def __repr__(self):
        if not self:
            return '%s()' % self.__class__.__name__
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)
        return '%s(%r)' % (self.__class__.__name__, shown)


class deque:
    """A list with two ends, of a length that may be bounded."""

    __hash__ = None

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError('an integer is required')
            if maxlen < 0:
                raise ValueError('maxlen must be non-negative')
        self._maxlen = maxlen
        # The front lies reversed, so that both ends grow at the end of a list.
        self._front = []
        self._back = []
        self.extend(iterable)

    @property
    def maxlen(self):
        """The most items that it holds, or `None`."""
        return self._maxlen

    def append(self, x):
        """Adds at the right."""
        self._back.append(x)
        if self._maxlen is not None and len(self) > self._maxlen:
            self.popleft()

    def appendleft(self, x):
        """Adds at the left."""
        self._front.append(x)
        if self._maxlen is not None and len(self) > self._maxlen:
            self.pop()

    def extend(self, iterable):
        """Adds all at the right."""
        for x in (list(iterable) if iterable is self else iterable):
            self.append(x)

    def extendleft(self, iterable):
        """Adds all at the left, one after the other."""
        for x in (list(iterable) if iterable is self else iterable):
            self.appendleft(x)

    def pop(self):
        """Takes the last."""
        if not self._back:
            if not self._front:
                raise IndexError('pop from an empty deque')
            middle = (len(self._front) + 1) // 2
            self._back = self._front[:middle][::-1]
            self._front = self._front[middle:]
        return self._back.pop()

    def popleft(self):
        """Takes the first."""
        if not self._front:
            if not self._back:
                raise IndexError('pop from an empty deque')
            middle = (len(self._back) + 1) // 2
            self._front = self._back[:middle][::-1]
            self._back = self._back[middle:]
        return self._front.pop()

    def _list(self):
        return self._front[::-1] + self._back

    def _set(self, items):
        self._front = []
        self._back = items

    def clear(self):
        """Takes all out."""
        self._set([])

    def copy(self):
        """A copy."""
        return self.__class__(self._list(), self._maxlen)

    __copy__ = copy

    def count(self, x):
        """How many are equal."""
        return self._list().count(x)

    def index(self, x, *bounds):
        """Where the first equal one is."""
        try:
            return self._list().index(x, *bounds)
        except ValueError:
            raise ValueError('%r is not in deque' % (x,)) from None

    def insert(self, i, x):
        """Puts one at a place."""
        if self._maxlen is not None and len(self) >= self._maxlen:
            raise IndexError('deque already at its maximum size')
        items = self._list()
        items.insert(i, x)
        self._set(items)

    def remove(self, value):
        """Takes the first equal one out."""
        items = self._list()
        try:
            items.remove(value)
        except ValueError:
            raise ValueError('%r is not in deque' % (value,)) from None
        self._set(items)

    def reverse(self):
        """Turns it around."""
        self._front, self._back = self._back, self._front

    def rotate(self, n=1):
        """Moves `n` from the right end to the left."""
        items = self._list()
        if items:
            n %= len(items)
            self._set(items[len(items) - n:] + items[:len(items) - n])

    def __len__(self):
        return len(self._front) + len(self._back)

    def __iter__(self):
        size = len(self)
        for x in self._list():
            if len(self) != size:
                raise RuntimeError('deque mutated during iteration')
            yield x

    def __reversed__(self):
        return iter(self._list()[::-1])

    def __contains__(self, x):
        return x in self._list()

    def _place(self, i):
        if not isinstance(i, int):
            raise TypeError("sequence index must be integer, not '%s'" % type(i).__name__)
        if i < 0:
            i += len(self)
        if not 0 <= i < len(self):
            raise IndexError('deque index out of range')
        i -= len(self._front)
        return (self._front, -i - 1) if i < 0 else (self._back, i)

    def __getitem__(self, i):
        items, place = self._place(i)
        return items[place]

    def __setitem__(self, i, x):
        items, place = self._place(i)
        items[place] = x

    def __delitem__(self, i):
        items, place = self._place(i)
        del items[place]

    def __eq__(self, other):
        return self._list() == other._list() if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._list() < other._list() if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._list() <= other._list() if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._list() > other._list() if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._list() >= other._list() if isinstance(other, deque) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError('can only concatenate deque (not "%s") to deque' % type(other).__name__)
        return self.__class__(self._list() + other._list(), self._maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        return self.__class__(self._list() * n, self._maxlen)

    __rmul__ = __mul__

    def __imul__(self, n):
        items = self._list() * n
        self.clear()
        self.extend(items)
        return self

    def __repr__(self):
        shown = repr(self._list())
        if self._maxlen is not None:
            return '%s(%s, maxlen=%d)' % (type(self).__name__, shown, self._maxlen)
        return '%s(%s)' % (type(self).__name__, shown)


_KEYWORDS = frozenset(('False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue',
                       'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import',
                       'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while',
                       'with', 'yield'))


class _Field:
    """A field of a named tuple."""

    def __init__(self, place):
        self.place = place
        self.__doc__ = f'Alias for field number {place}'

    def __get__(self, obj, cls=None):
        return self if obj is None else tuple.__getitem__(obj, self.place)

    def __set__(self, obj, value):
        raise AttributeError("can't set attribute")


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A subclass of tuple whose items have names."""
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    names = [str(name) for name in field_names]
    typename = str(typename)
    if rename:
        seen = set()
        for place, name in enumerate(names):
            if not name.isidentifier() or name in _KEYWORDS or name.startswith('_') or name in seen:
                names[place] = f'_{place}'
            seen.add(name)
    for name in [typename] + names:
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if name in _KEYWORDS:
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    seen = set()
    for name in names:
        if name.startswith('_') and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > len(names):
            raise TypeError('Got more default values than field names')
        field_defaults = dict(zip(names[len(names) - len(defaults):], defaults))
    fields = tuple(names)

    # Written as text, so that it has the parameters that it seems to have.
    parameters = ', '.join(fields[:len(fields) - len(field_defaults)] + tuple(f'{name}=_default_of_{name}' for name in field_defaults))
    space = {'_new_tuple': tuple.__new__, '__name__': f'namedtuple_{typename}', '__builtins__': {},
             **{f'_default_of_{name}': value for name, value in field_defaults.items()}}
    values = ''.join([f'{name}, ' for name in fields])
    exec(f'class {typename}:\n def __new__(_cls, {parameters}): return _new_tuple(_cls, ({values}))', space)
    __new__ = space[typename].__new__

    def _make(cls, iterable):
        values = tuple(iterable)
        if len(values) != len(fields):
            raise TypeError(f'Expected {len(fields)} arguments, got {len(values)}')
        return tuple.__new__(cls, values)

    def _replace(self, /, **kwds):
        made = self._make([kwds.pop(name, value) for name, value in zip(fields, self)])
        if kwds:
            raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
        return made

    def __repr__(self):
        shown = ', '.join([f'{name}={value!r}' for name, value in zip(fields, self)])
        return f'{self.__class__.__name__}({shown})'

    def _asdict(self):
        return dict(zip(fields, self))

    def __getnewargs__(self):
        return tuple(self)

    body = {'__doc__': f'{typename}({", ".join(fields)})', '__slots__': (), '_fields': fields,
            '_field_defaults': field_defaults, '__new__': __new__, '_make': classmethod(_make), '_replace': _replace,
            '__repr__': __repr__, '_asdict': _asdict, '__getnewargs__': __getnewargs__, '__match_args__': fields,
            '__class_getitem__': classmethod(GenericAlias)}
    for place, name in enumerate(fields):
        body[name] = _Field(place)
    if module is not None:
        body['__module__'] = module
    return type(typename, (tuple,), body)


class ChainMap(MutableMapping):
    """Several mappings as one; the first that has a key wins, and is the one that is written to."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        """The value of a key, or a default."""
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        found = {}
        for mapping in reversed(self.maps):
            found.update(dict.fromkeys(mapping))
        return iter(found)

    def __contains__(self, key):
        return any([key in mapping for mapping in self.maps])

    def __bool__(self):
        return any(self.maps)

    def __repr__(self):
        return f'{self.__class__.__name__}({", ".join([repr(mapping) for mapping in self.maps])})'

    def copy(self):
        """A copy with a copy of the first mapping."""
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, *args):
        """One mapping with these keys."""
        return cls(dict.fromkeys(iterable, *args))

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.copy()
        made.maps[0].update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        made = dict(other)
        for mapping in reversed(self.maps):
            made.update(mapping)
        return self.__class__(made)

    def new_child(self, m=None, **kwargs):
        """One more mapping in front."""
        if m is None:
            m = kwargs
        elif kwargs:
            m.update(kwargs)
        return self.__class__(m, *self.maps)

    @property
    def parents(self):
        """Without the first mapping."""
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f'Key not found in the first mapping: {key!r}') from None

    def pop(self, key, *args):
        """Takes a key out of the first mapping."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f'Key not found in the first mapping: {key!r}') from None

    def clear(self):
        """Empties the first mapping."""
        self.maps[0].clear()


class UserDict(MutableMapping):
    """A mapping over a dict in `data`, to derive from."""

    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, '__missing__'):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def copy(self):
        """A copy."""
        made = self.__class__()
        made.data = self.data.copy()
        return made

    def __copy__(self):
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        made.__dict__['data'] = self.__dict__['data'].copy()
        return made


class UserList(MutableSequence):
    """A sequence over a list in `data`, to derive from."""

    __hash__ = None

    def __init__(self, initlist=None):
        self.data = []
        if initlist is not None:
            self.data = list(initlist.data if isinstance(initlist, UserList) else initlist)

    def _other(self, other):
        return other.data if isinstance(other, UserList) else other

    def __repr__(self):
        return repr(self.data)

    def __eq__(self, other):
        return self.data == self._other(other)

    def __lt__(self, other):
        return self.data < self._other(other)

    def __le__(self, other):
        return self.data <= self._other(other)

    def __gt__(self, other):
        return self.data > self._other(other)

    def __ge__(self, other):
        return self.data >= self._other(other)

    def __contains__(self, item):
        return item in self.data

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data)

    def __getitem__(self, i):
        return self.__class__(self.data[i]) if isinstance(i, slice) else self.data[i]

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __add__(self, other):
        return self.__class__(self.data + list(self._other(other)))

    def __radd__(self, other):
        return self.__class__(list(self._other(other)) + self.data)

    def __iadd__(self, other):
        self.data += self._other(other)
        return self

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def append(self, item):
        """Adds at the end."""
        self.data.append(item)

    def insert(self, i, item):
        """Puts one at a place."""
        self.data.insert(i, item)

    def pop(self, i=-1):
        """Takes one out."""
        return self.data.pop(i)

    def remove(self, item):
        """Takes the first equal one out."""
        self.data.remove(item)

    def clear(self):
        """Takes all out."""
        self.data.clear()

    def copy(self):
        """A copy."""
        return self.__class__(self)

    def __copy__(self):
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        made.__dict__['data'] = self.__dict__['data'][:]
        return made

    def count(self, item):
        """How many are equal."""
        return self.data.count(item)

    def index(self, item, *args):
        """Where the first equal one is."""
        return self.data.index(item, *args)

    def reverse(self):
        """Turns it around."""
        self.data.reverse()

    def sort(self, /, *args, **kwds):
        """Sorts it."""
        self.data.sort(*args, **kwds)

    def extend(self, other):
        """Adds all at the end."""
        self.data.extend(self._other(other))


class UserString(Sequence):
    """A text over a str in `data`, to derive from."""

    def __init__(self, seq):
        self.data = seq.data[:] if isinstance(seq, UserString) else str(seq)

    def __str__(self):
        return self.data

    def __repr__(self):
        return repr(self.data)

    def __hash__(self):
        return hash(self.data)

    def __len__(self):
        return len(self.data)

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, UserString) else other)

    def __lt__(self, other):
        return self.data < (other.data if isinstance(other, UserString) else other)

    def __contains__(self, part):
        return (part.data if isinstance(part, UserString) else part) in self.data

    def __getitem__(self, index):
        return self.__class__(self.data[index])

    def __add__(self, other):
        return self.__class__(self.data + str(other))

    def __radd__(self, other):
        return self.__class__(str(other) + self.data)

    def __mul__(self, n):
        return self.__class__(self.data * n)

    def __getattr__(self, name):
        method = getattr(str, name)

        def call(*args, **kwargs):
            made = method(self.data, *args, **kwargs)
            return self.__class__(made) if type(made) is str else made
        return call


MutableSequence.register(deque)
