"""Quotients of whole numbers, always in lowest terms with a positive denominator."""

import math
import numbers
import operator
import re

__all__ = ['Fraction']

_FORMAT = re.compile(r'''
    \A\s*(?P<sign>[-+]?)(?=\d|\.\d)(?P<num>\d*|\d+(?:_\d+)*)
    (?:(?:/(?P<denom>\d+(?:_\d+)*))?|(?:\.(?P<decimal>\d*|\d+(?:_\d+)*))?(?:E(?P<exp>[-+]?\d+(?:_\d+)*))?)\s*\Z
''', re.VERBOSE | re.IGNORECASE)


def _is_whole(v):
    return isinstance(v, int) or isinstance(v, numbers.Integral)


class Fraction(numbers.Rational):
    """`Fraction(1, 3)`, `Fraction('1/3')`, `Fraction(0.25)`"""

    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None):
        if denominator is None:
            if _is_whole(numerator):
                return cls._of(int(numerator), 1)
            if isinstance(numerator, str):
                return cls._of_text(numerator)
            if isinstance(numerator, numbers.Rational):
                return cls._of(numerator.numerator, numerator.denominator)
            if isinstance(numerator, float) or hasattr(numerator, 'as_integer_ratio'):
                return cls._of(*numerator.as_integer_ratio())
            raise TypeError('argument should be a string or a Rational instance')
        if not (isinstance(numerator, (int, numbers.Rational)) and isinstance(denominator, (int, numbers.Rational))):
            raise TypeError('both arguments should be Rational instances')
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        return cls._of(numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator)

    @classmethod
    def _of(cls, numerator, denominator):
        """In lowest terms."""
        common = math.gcd(numerator, denominator)
        if denominator < 0:
            common = -common
        made = object.__new__(cls)
        made._numerator = numerator // common
        made._denominator = denominator // common
        return made

    @classmethod
    def _of_text(cls, text):
        found = _FORMAT.match(text)
        if found is None:
            raise ValueError(f'Invalid literal for Fraction: {text!r}')
        numerator = int(found['num'] or '0')
        denominator = 1
        if found['denom']:
            denominator = int(found['denom'])
            if denominator == 0:
                raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        else:
            decimals = (found['decimal'] or '').replace('_', '')
            if decimals:
                denominator = 10 ** len(decimals)
                numerator = numerator * denominator + int(decimals)
            exponent = int(found['exp'] or '0')
            if exponent >= 0:
                numerator *= 10 ** exponent
            else:
                denominator *= 10 ** -exponent
        return cls._of(-numerator if found['sign'] == '-' else numerator, denominator)

    @classmethod
    def from_float(cls, f):
        if not isinstance(f, (int, float)):
            raise TypeError(f'{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})')
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        return cls(*dec.as_integer_ratio())

    numerator = property(lambda self: self._numerator)
    denominator = property(lambda self: self._denominator)

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The nearest fraction whose denominator is not larger."""
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        below = Fraction(p0 + k * p1, q0 + k * q1)
        above = Fraction(p1, q1)
        return above if abs(above - self) <= abs(below - self) else below

    def __repr__(self):
        return f'{self.__class__.__name__}({self._numerator}, {self._denominator})'

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f'{self._numerator}/{self._denominator}'

    def _other(self, other):
        """The other operand as a pair; `None` for what is no rational number."""
        if isinstance(other, int):
            return int(other), 1
        if isinstance(other, Fraction):
            return other._numerator, other._denominator
        if isinstance(other, numbers.Rational):
            return other.numerator, other.denominator
        return None

    def _operate(self, other, exact, by_float, swapped=False):
        if isinstance(other, float):
            a, b = float(self), other
            return by_float(b, a) if swapped else by_float(a, b)
        pair = self._other(other)
        if pair is None:
            return NotImplemented
        a, b = (self._numerator, self._denominator), pair
        return exact(*b, *a) if swapped else exact(*a, *b)

    def __add__(self, other):
        return self._operate(other, _add, operator.add)

    __radd__ = __add__

    def __sub__(self, other):
        return self._operate(other, _sub, operator.sub)

    def __rsub__(self, other):
        return self._operate(other, _sub, operator.sub, True)

    def __mul__(self, other):
        return self._operate(other, _mul, operator.mul)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._operate(other, _div, operator.truediv)

    def __rtruediv__(self, other):
        return self._operate(other, _div, operator.truediv, True)

    def __floordiv__(self, other):
        return self._operate(other, _floordiv, operator.floordiv)

    def __rfloordiv__(self, other):
        return self._operate(other, _floordiv, operator.floordiv, True)

    def __mod__(self, other):
        return self._operate(other, _mod, operator.mod)

    def __rmod__(self, other):
        return self._operate(other, _mod, operator.mod, True)

    def __divmod__(self, other):
        return self._operate(other, _divmod, divmod)

    def __rdivmod__(self, other):
        return self._operate(other, _divmod, divmod, True)

    def __pow__(self, other):
        pair = self._other(other)
        if pair is None or pair[1] != 1:
            return float(self) ** float(other)
        power = pair[0]
        if power >= 0:
            return Fraction._of(self._numerator ** power, self._denominator ** power)
        if self._numerator == 0:
            raise ZeroDivisionError(f'Fraction({self._denominator ** -power}, 0)')
        return Fraction._of(self._denominator ** -power, self._numerator ** -power)

    def __rpow__(self, other):
        if self._denominator == 1 and self._numerator >= 0:
            return other ** self._numerator
        if isinstance(other, numbers.Rational):
            return Fraction(other.numerator, other.denominator) ** self
        return other ** float(self)

    def __pos__(self):
        return Fraction._of(self._numerator, self._denominator)

    def __neg__(self):
        return Fraction._of(-self._numerator, self._denominator)

    def __abs__(self):
        return Fraction._of(abs(self._numerator), self._denominator)

    def __int__(self):
        return self.__trunc__()

    def __float__(self):
        return self._numerator / self._denominator

    def __trunc__(self):
        return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self._numerator, self._denominator)
            if rest * 2 < self._denominator:
                return floor
            if rest * 2 > self._denominator:
                return floor + 1
            return floor if floor % 2 == 0 else floor + 1
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __hash__(self):
        if self._denominator == 1:
            return hash(self._numerator)
        as_float = float(self)
        return hash(as_float) if as_float == self else hash((self._numerator, self._denominator))

    def __eq__(self, other):
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return False
            other = Fraction(other)
        pair = self._other(other)
        return NotImplemented if pair is None else (self._numerator, self._denominator) == pair

    def _order(self, other, op):
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return op(0.0, other)
            other = Fraction(other)
        pair = self._other(other)
        if pair is None:
            return NotImplemented
        return op(self._numerator * pair[1], self._denominator * pair[0])

    def __lt__(self, other):
        return self._order(other, operator.lt)

    def __gt__(self, other):
        return self._order(other, operator.gt)

    def __le__(self, other):
        return self._order(other, operator.le)

    def __ge__(self, other):
        return self._order(other, operator.ge)

    def __bool__(self):
        return self._numerator != 0

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _add(na, da, nb, db):
    return Fraction._of(na * db + nb * da, da * db)


def _sub(na, da, nb, db):
    return Fraction._of(na * db - nb * da, da * db)


def _mul(na, da, nb, db):
    return Fraction._of(na * nb, da * db)


def _div(na, da, nb, db):
    if nb == 0:
        raise ZeroDivisionError(f'Fraction({na * db}, 0)')
    return Fraction._of(na * db, da * nb)


def _floordiv(na, da, nb, db):
    return (na * db) // (da * nb)


def _divmod(na, da, nb, db):
    quotient, rest = divmod(na * db, da * nb)
    return quotient, Fraction._of(rest, da * db)


def _mod(na, da, nb, db):
    return Fraction._of((na * db) % (nb * da), da * db)
