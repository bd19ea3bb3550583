"""Ranges of numbers beyond 64 bits."""

from operator import index as _index


class LargeRange:
    """`range(start, stop, step)` without bounds."""

    __slots__ = ('start', 'stop', 'step', '_len')

    def __init__(self, *args):
        numbers = [_index(arg) for arg in args]
        start, stop, step = (0, numbers[0], 1) if len(numbers) == 1 else (*numbers, 1)[:3]
        if not step:
            raise ValueError('range() arg 3 must not be zero')
        put = object.__setattr__
        put(self, 'start', start)
        put(self, 'stop', stop)
        put(self, 'step', step)
        count = stop - start if step > 0 else start - stop
        put(self, '_len', max(0, -(-count // abs(step))))

    def __setattr__(self, name, value):
        raise AttributeError('readonly attribute')

    def __delattr__(self, name):
        raise AttributeError('readonly attribute')

    @property
    def __class__(self):
        return range

    def __len__(self):
        if self._len > 9223372036854775807:
            raise OverflowError('Python int too large to convert to C ssize_t')
        return self._len

    def __bool__(self):
        return self._len > 0

    def __getitem__(self, key):
        if isinstance(key, slice):
            start, stop, step = _indices(key, self._len)
            return range(self.start + start * self.step, self.start + stop * self.step, self.step * step)
        try:
            place = _index(key)
        except TypeError:
            raise TypeError(f'range indices must be integers or slices, not {type(key).__name__}') from None
        place = place + self._len if place < 0 else place
        if not 0 <= place < self._len:
            raise IndexError('range object index out of range')
        return self.start + place * self.step

    def __iter__(self):
        number = self.start
        for _ in _count(self._len):
            yield number
            number += self.step

    def __reversed__(self):
        return iter(range(self.start + (self._len - 1) * self.step, self.start - self.step, -self.step))

    def _holds(self, number):
        offset = number - self.start
        return offset % self.step == 0 and 0 <= offset // self.step < self._len

    def __contains__(self, value):
        if isinstance(value, int):
            return self._holds(value)
        if isinstance(value, float):
            return value == value // 1 and self._holds(int(value))
        return any(value == number for number in self)

    def count(self, value):
        if isinstance(value, int):
            return int(self._holds(value))
        return sum(value == number for number in self)

    def index(self, value):
        if isinstance(value, int):
            if self._holds(value):
                return (value - self.start) // self.step
            raise ValueError(f'{value!r} is not in range')
        for place, number in enumerate(self):
            if number == value:
                return place
        raise ValueError('sequence.index(x): x not in sequence')

    def _key(self):
        if not self._len:
            return (0, None, None)
        return (self._len, self.start, None if self._len == 1 else self.step)

    def __eq__(self, other):
        if isinstance(other, LargeRange):
            return self._key() == other._key()
        if isinstance(other, range):
            own = LargeRange(other.start, other.stop, other.step)
            return self._key() == own._key()
        return NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __reduce__(self):
        return range, (self.start, self.stop, self.step)

    def __copy__(self):
        return self

    def __repr__(self):
        step = '' if self.step == 1 else f', {self.step}'
        return f'range({self.start}, {self.stop}{step})'


def _count(number):
    while number > 0:
        yield
        number -= 1


def _indices(key, length):
    """`slice.indices` for any length."""
    step = 1 if key.step is None else _index(key.step)
    if not step:
        raise ValueError('slice step cannot be zero')
    low, high = (0, length) if step > 0 else (-1, length - 1)

    def bound(value, default):
        if value is None:
            return default
        value = _index(value)
        if value < 0:
            return max(value + length, low)
        return min(value, high)
    return bound(key.start, low if step > 0 else high), bound(key.stop, high if step > 0 else low), step
