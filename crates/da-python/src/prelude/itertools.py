"""Iterators made of iterators. The items of each are made by a generator: it holds its place and what it was given, never the
results. What they are given is looked at when they are made, not when they are first asked."""

from operator import index as _index


class _Lazy:
    """An iterator over a generator. A loop goes over the generator itself, which is faster."""

    __slots__ = ('_items', '__weakref__')

    def __init_subclass__(cls):
        cls.__module__ = 'itertools'

    def __iter__(self):
        return self._items

    def __next__(self):
        return next(self._items)


def _made(cls, items):
    self = object.__new__(cls)
    self._items = items
    return self


def _no_more(name, kwargs):
    if kwargs:
        raise TypeError(f'{name}() takes no keyword arguments')


class count(_Lazy):
    """Numbers from `start` on."""

    __slots__ = ('_next', '_step')

    def __new__(cls, start=0, step=1):
        for number in (start, step):
            if not hasattr(type(number), '__add__') or isinstance(number, (str, bytes, list, tuple)):
                raise TypeError('a number is required')
        self = object.__new__(cls)
        self._next, self._step = start, step
        return self

    def __iter__(self):
        return self

    def __next__(self):
        number = self._next
        self._next = number + self._step
        return number

    def __reduce__(self):
        if type(self._step) is int and self._step == 1:
            return type(self), (self._next,)
        return type(self), (self._next, self._step)

    def __repr__(self):
        if type(self._step) is int and self._step == 1:
            return f'count({self._next!r})'
        return f'count({self._next!r}, {self._step!r})'


class cycle(_Lazy):
    """The items again and again."""

    __slots__ = ()

    def __new__(cls, iterable, /):
        return _made(cls, _cycle(iter(iterable)))


class repeat(_Lazy):
    """One object again and again."""

    __slots__ = ('_object', '_left')

    def __new__(cls, object, times=None):
        self = super().__new__(cls)
        self._object = object
        self._left = None if times is None else max(_index(times), 0)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self._left is not None:
            if not self._left:
                raise StopIteration
            self._left -= 1
        return self._object

    def __length_hint__(self):
        if self._left is None:
            raise TypeError('len() of unsized object')
        return self._left

    def __reduce__(self):
        return type(self), (self._object,) if self._left is None else (self._object, self._left)

    def __repr__(self):
        return f'repeat({self._object!r})' if self._left is None else f'repeat({self._object!r}, {self._left})'


class accumulate(_Lazy):
    """Sums so far, or what `func` makes of the items so far."""

    __slots__ = ()

    def __new__(cls, iterable, func=None, *, initial=None):
        return _made(cls, _accumulate(iter(iterable), func, initial=initial))


class chain(_Lazy):
    """One iterable after the other."""

    __slots__ = ()

    def __new__(cls, *iterables):
        return _made(cls, _chained(iterables))

    @classmethod
    def from_iterable(cls, iterable, /):
        return _made(cls, _chained(iter(iterable)))


class compress(_Lazy):
    """The items that have a true selector."""

    __slots__ = ()

    def __new__(cls, data, selectors):
        return _made(cls, _compress(iter(data), iter(selectors)))


class dropwhile(_Lazy):
    """The items from the first that the predicate does not hold for."""

    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _made(cls, _dropwhile(predicate, iter(iterable)))


class takewhile(_Lazy):
    """The items before the first that the predicate does not hold for."""

    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _made(cls, _takewhile(predicate, iter(iterable)))


class filterfalse(_Lazy):
    """The items that the predicate does not hold for."""

    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _made(cls, _filterfalse(predicate, iter(iterable)))


class starmap(_Lazy):
    """What a function makes of each item as its arguments."""

    __slots__ = ()

    def __new__(cls, function, iterable, /):
        return _made(cls, _starmap(function, iter(iterable)))


class pairwise(_Lazy):
    """Each item with the one after it."""

    __slots__ = ()

    def __new__(cls, iterable, /):
        return _made(cls, _pairwise(iter(iterable)))


class zip_longest(_Lazy):
    """Items side by side, until the longest iterable ends."""

    __slots__ = ()

    def __new__(cls, *iterables, fillvalue=None):
        return _made(cls, _zip_longest(*[iter(iterable) for iterable in iterables], fillvalue=fillvalue))


class groupby(_Lazy):
    """Groups of neighbours with one key."""

    __slots__ = ()

    def __new__(cls, iterable, key=None):
        return _made(cls, _groupby(iter(iterable), key))


def _size(r):
    r = _index(r)
    if r < 0:
        raise ValueError('r must be non-negative')
    return r


class product(_Lazy):
    """All rows with an item of each iterable."""

    __slots__ = ()

    def __new__(cls, *iterables, repeat=1):
        repeat = _index(repeat)
        if repeat < 0:
            raise ValueError('repeat argument cannot be negative')
        return _made(cls, _product(*[tuple(pool) for pool in iterables], repeat=repeat))


class permutations(_Lazy):
    """All orders of `r` items."""

    __slots__ = ()

    def __new__(cls, iterable, r=None):
        if r is not None:
            if not isinstance(r, int):
                raise TypeError('Expected int as r')
            r = _size(r)
        return _made(cls, _permutations(tuple(iterable), r))


class combinations(_Lazy):
    """All choices of `r` items."""

    __slots__ = ()

    def __new__(cls, iterable, r):
        return _made(cls, _combinations(tuple(iterable), _size(r)))


class combinations_with_replacement(_Lazy):
    """All choices of `r` items, each as often as one likes."""

    __slots__ = ()

    def __new__(cls, iterable, r):
        return _made(cls, _combinations_with_replacement(tuple(iterable), _size(r)))


class islice(_Lazy):
    """The items that a slice would take."""

    __slots__ = ()

    def __new__(cls, iterable, *args):
        if not 1 <= len(args) <= 3:
            raise TypeError(f'islice expected at least 2 arguments, got {len(args) + 1}')
        bounds = slice(*args)
        wrong = 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.'
        if len(args) == 1:
            wrong = 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.'

        def number(value, default, message):
            if value is None:
                return default
            try:
                value = _index(value)
            except TypeError:
                raise ValueError(message) from None
            if not 0 <= value <= 9223372036854775807:
                raise ValueError(message)
            return value
        start = number(bounds.start, 0, wrong)
        stop = number(bounds.stop, None, wrong)
        step = number(bounds.step, 1, 'Step for islice() must be a positive integer or None.')
        if step < 1:
            raise ValueError('Step for islice() must be a positive integer or None.')
        return _made(cls, _sliced(iter(iterable), start, stop, step))


class _tee:
    """One of several iterators over the same items: a place in a chain of items that were taken already."""

    __slots__ = ('_source', '_link', '__weakref__')

    def __new__(cls, iterable):
        if isinstance(iterable, _tee):
            return iterable.__copy__()
        self = object.__new__(cls)
        self._source = [iter(iterable), False]
        self._link = [None, None]
        return self

    def __iter__(self):
        return self

    def __next__(self):
        link = self._link
        if link[1] is None:
            source = self._source
            if source[1]:
                raise RuntimeError('cannot re-enter the tee iterator')
            source[1] = True
            try:
                link[0] = next(source[0])
            finally:
                source[1] = False
            link[1] = [None, None]
        self._link = link[1]
        return link[0]

    def __copy__(self):
        made = object.__new__(type(self))
        made._source, made._link = self._source, self._link
        return made


def tee(iterable, n=2, /):
    """Several iterators over the same items."""
    if n < 0:
        raise ValueError('n must be >= 0')
    if not n:
        return ()
    first = iterable if hasattr(type(iterable), '__copy__') and hasattr(type(iterable), '__next__') else _tee(iterable)
    made = [first]
    for _ in range(n - 1):
        made.append(first.__copy__())
    return tuple(made)


def _cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        yield from saved


def _accumulate(iterable, func=None, *, initial=None):
    items = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(items)
        except StopIteration:
            return
    yield total
    for item in items:
        total = total + item if func is None else func(total, item)
        yield total


def _chained(iterables):
    for iterable in iterables:
        yield from iterable


def _compress(data, selectors):
    return (item for item, wanted in zip(data, selectors) if wanted)


def _dropwhile(predicate, iterable):
    items = iter(iterable)
    for item in items:
        if not predicate(item):
            yield item
            break
    yield from items


def _takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def _filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item


def _starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def _pairwise(iterable):
    items = iter(iterable)
    try:
        before = next(items)
    except StopIteration:
        return
    for item in items:
        yield before, item
        before = item


def _sliced(items, start, stop, step):
    place = 0
    wanted = start
    while stop is None or wanted < stop:
        for item in items:
            place += 1
            if place > wanted:
                yield item
                wanted += step
                break
        else:
            return
    # What lies before the stop is taken from the iterator even if it is skipped.
    while stop is not None and place < stop:
        for item in items:
            place += 1
            break
        else:
            return


def _zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    open_ones = len(iterators)
    if not open_ones:
        return
    while True:
        row = []
        for place, items in enumerate(iterators):
            value = fillvalue
            if items is not None:
                try:
                    value = next(items)
                except StopIteration:
                    open_ones -= 1
                    if not open_ones:
                        return
                    iterators[place] = None
            row.append(value)
        yield tuple(row)


def _groupby(iterable, key=None):
    items = iter(iterable)
    state = {'open': True}

    def advance():
        try:
            state['item'] = next(items)
        except StopIteration:
            state['open'] = False
            return
        state['key'] = state['item'] if key is None else key(state['item'])

    def group(wanted, number):
        while state['open'] and state['number'] == number and state['key'] == wanted:
            yield state['item']
            advance()

    advance()
    state['number'] = 0
    while state['open']:
        state['number'] += 1
        current = state['key']
        yield current, group(current, state['number'])
        while state['open'] and state['key'] == current:
            advance()


def _product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    if any(not pool for pool in pools):
        return
    places = [0] * len(pools)
    while True:
        yield tuple(pool[place] for pool, place in zip(pools, places))
        for number in reversed(range(len(pools))):
            places[number] += 1
            if places[number] < len(pools[number]):
                break
            places[number] = 0
        else:
            return


def _permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r
    if r > n:
        return
    order = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple(pool[i] for i in order[:r])
    while n:
        for i in reversed(range(r)):
            cycles[i] -= 1
            if cycles[i] == 0:
                order[i:] = order[i + 1:] + order[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                order[i], order[-j] = order[-j], order[i]
                yield tuple(pool[i] for i in order[:r])
                break
        else:
            return


def _combinations(iterable, r):
    pool = tuple(iterable)
    n = len(pool)
    if r > n:
        return
    chosen = list(range(r))
    yield tuple(pool[i] for i in chosen)
    while True:
        for i in reversed(range(r)):
            if chosen[i] != i + n - r:
                break
        else:
            return
        chosen[i] += 1
        for j in range(i + 1, r):
            chosen[j] = chosen[j - 1] + 1
        yield tuple(pool[i] for i in chosen)


def _combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    n = len(pool)
    if not n and r:
        return
    chosen = [0] * r
    yield tuple(pool[i] for i in chosen)
    while True:
        for i in reversed(range(r)):
            if chosen[i] != n - 1:
                break
        else:
            return
        chosen[i:] = [chosen[i] + 1] * (r - i)
        yield tuple(pool[i] for i in chosen)
