"""Queues by priority: a list whose item `i` is never larger than the items `2i + 1` and `2i + 2`."""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def _rise(heap, first, place):
    """Moves an item towards the front until its parent is not larger."""
    item = heap[place]
    while place > first:
        above = (place - 1) >> 1
        parent = heap[above]
        if not item < parent:
            break
        heap[place] = parent
        place = above
    heap[place] = item


def _sink(heap, place):
    """Moves an item to the bottom along its smaller children, then up to where it belongs.

    That compares less than stopping early: what is put at the front mostly comes from the bottom."""
    end = len(heap)
    first = place
    item = heap[place]
    child = 2 * place + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    _rise(heap, first, place)


def heappush(heap, item):
    """Adds an item."""
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)


def heappop(heap):
    """Takes the smallest item."""
    if not heap:
        raise IndexError('index out of range')
    last = heap.pop()
    if not heap:
        return last
    smallest, heap[0] = heap[0], last
    _sink(heap, 0)
    return smallest


def heapreplace(heap, item):
    """Takes the smallest item, then adds one."""
    smallest, heap[0] = heap[0], item
    _sink(heap, 0)
    return smallest


def heappushpop(heap, item):
    """Adds an item, then takes the smallest."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(x):
    """Makes a list a heap."""
    for place in reversed(range(len(x) // 2)):
        _sink(x, place)


def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables in one order."""
    fronts = []
    for order, iterable in enumerate(iterables):
        iterator = iter(iterable)
        for item in iterator:
            fronts.append((item if key is None else key(item), order, item, iterator))
            break
    while fronts:
        best = fronts[0]
        for front in fronts:
            if (best[0] < front[0]) if reverse else (front[0] < best[0]):
                best = front
        by, order, item, iterator = best
        yield item
        place = next(i for i, front in enumerate(fronts) if front[1] == order)
        del fronts[place]
        for item in iterator:
            fronts.insert(place, (item if key is None else key(item), order, item, iterator))
            break


def nlargest(n, iterable, key=None):
    """The largest items, the largest first."""
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]


def nsmallest(n, iterable, key=None):
    """The smallest items, the smallest first."""
    return sorted(iterable, key=key)[:max(n, 0)]
