"""Places in sorted lists."""

__all__ = ['bisect', 'bisect_left', 'bisect_right', 'insort', 'insort_left', 'insort_right']


def _search(a, goes_left, lo, hi):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    if hi is None:
        hi = len(a)
    while lo < hi:
        middle = (lo + hi) // 2
        if goes_left(a[middle]):
            hi = middle
        else:
            lo = middle + 1
    return lo


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    """Where `x` belongs, after its equals."""
    return _search(a, (lambda item: x < item) if key is None else (lambda item: x < key(item)), lo, hi)


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    """Where `x` belongs, before its equals."""
    return _search(a, (lambda item: not item < x) if key is None else (lambda item: not key(item) < x), lo, hi)


def insort_right(a, x, lo=0, hi=None, *, key=None):
    """Puts `x` where it belongs, after its equals."""
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    """Puts `x` where it belongs, before its equals."""
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)


bisect = bisect_right
insort = insort_right
