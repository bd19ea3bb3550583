"""Iterators made of iterators. Each is a generator: it holds its place and what it was given, never the results."""


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        yield from saved


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def accumulate(iterable, func=None, *, initial=None):
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


class chain:
    """One iterable after the other."""

    def __init__(self, *iterables):
        self._items = _chained(iterables)

    @classmethod
    def from_iterable(cls, iterable):
        made = cls()
        made._items = _chained(iterable)
        return made

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


def _chained(iterables):
    for iterable in iterables:
        yield from iterable


def compress(data, selectors):
    return (item for item, wanted in zip(data, selectors) if wanted)


def dropwhile(predicate, iterable):
    items = iter(iterable)
    for item in items:
        if not predicate(item):
            yield item
            break
    yield from items


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def pairwise(iterable):
    items = iter(iterable)
    try:
        before = next(items)
    except StopIteration:
        return
    for item in items:
        yield before, item
        before = item


def islice(iterable, *args):
    bounds = slice(*args)
    start, stop, step = bounds.start or 0, bounds.stop, bounds.step or 1
    for number in (start, stop if stop is not None else 0):
        if not isinstance(number, int) or number < 0:
            raise ValueError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
    if step < 1:
        raise ValueError('Step for islice() must be a positive integer or None.')
    return _sliced(iter(iterable), start, stop, step)


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


def tee(iterable, n=2):
    items = iter(iterable)
    waiting = [[] for _ in range(n)]

    def one(own):
        while True:
            if not own:
                try:
                    item = next(items)
                except StopIteration:
                    return
                for other in waiting:
                    other.append(item)
            yield own.pop(0)
    return tuple(one(own) for own in waiting)


def zip_longest(*iterables, fillvalue=None):
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


def groupby(iterable, key=None):
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


def product(*iterables, repeat=1):
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


def permutations(iterable, r=None):
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


def combinations(iterable, r):
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


def combinations_with_replacement(iterable, r):
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
