"""Decimal numbers of any precision, as the General Decimal Arithmetic Specification says.

A finite number is a sign, a whole coefficient and an exponent: `(-1) ** sign * coefficient * 10 ** exponent`. Results
are computed exactly, or to a few digits more than are wanted, and rounded once (`_fix`)."""

import contextlib
import math
import numbers
import re
from collections import namedtuple

__all__ = ['Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext',
           'DecimalException', 'Clamped', 'InvalidOperation', 'DivisionByZero', 'Inexact', 'Rounded', 'Subnormal',
           'Overflow', 'Underflow', 'FloatOperation', 'DivisionImpossible', 'InvalidContext', 'ConversionSyntax',
           'DivisionUndefined', 'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR',
           'ROUND_UP', 'ROUND_HALF_DOWN', 'ROUND_05UP', 'setcontext', 'getcontext', 'localcontext', 'MAX_PREC',
           'MAX_EMAX', 'MIN_EMIN', 'MIN_ETINY', 'HAVE_THREADS', 'HAVE_CONTEXTVAR']

ROUND_DOWN = 'ROUND_DOWN'
ROUND_HALF_UP = 'ROUND_HALF_UP'
ROUND_HALF_EVEN = 'ROUND_HALF_EVEN'
ROUND_CEILING = 'ROUND_CEILING'
ROUND_FLOOR = 'ROUND_FLOOR'
ROUND_UP = 'ROUND_UP'
ROUND_HALF_DOWN = 'ROUND_HALF_DOWN'
ROUND_05UP = 'ROUND_05UP'
_ROUNDINGS = (ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,
              ROUND_05UP)

MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)
HAVE_THREADS = True
HAVE_CONTEXTVAR = True

DecimalTuple = namedtuple('DecimalTuple', 'sign digits exponent', module='decimal')


class DecimalException(ArithmeticError):
    """What can happen to a number; an exception when its trap is set."""


class Clamped(DecimalException):
    """The exponent was changed to fit."""


class InvalidOperation(DecimalException):
    """There is no such number."""


class ConversionSyntax(InvalidOperation):
    """A text that is no number."""


class DivisionByZero(DecimalException, ZeroDivisionError):
    """A number was divided by zero."""


class DivisionImpossible(InvalidOperation):
    """A quotient has too many digits."""


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    """Zero was divided by zero."""


class Inexact(DecimalException):
    """Digits other than zero were rounded off."""


class InvalidContext(InvalidOperation):
    """A context that cannot be."""


class Rounded(DecimalException):
    """Digits were rounded off."""


class Subnormal(DecimalException):
    """The exponent was below the smallest before rounding."""


class Overflow(Inexact, Rounded):
    """The exponent was too large."""


class Underflow(Inexact, Rounded, Subnormal):
    """The number became zero or subnormal and inexact."""


class FloatOperation(DecimalException, TypeError):
    """A float was mixed with decimal numbers."""


for _cls in (Clamped, InvalidOperation, DivisionByZero, Inexact, Rounded, Subnormal, Overflow, Underflow,
             FloatOperation, ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext, DecimalException):
    _cls.__module__ = 'decimal'

_SIGNALS = [Clamped, DivisionByZero, Inexact, Overflow, Rounded, Underflow, InvalidOperation, Subnormal, FloatOperation]
# In the order in which a context shows them.
_SHOWN = [Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow]
_SIGNAL_OF = {ConversionSyntax: InvalidOperation, DivisionImpossible: InvalidOperation,
              DivisionUndefined: InvalidOperation, InvalidContext: InvalidOperation}

_TEXT = re.compile(r'''
    \s*(?P<sign>[-+])?(?:
        (?=\d|\.\d)(?P<int>\d*)(?:\.(?P<frac>\d*))?(?:E(?P<exp>[-+]?\d+))?
      | Inf(?:inity)?
      | (?P<signal>s)?NaN(?P<diag>\d*)
    )\s*\Z''', re.VERBOSE | re.IGNORECASE)


def _count(n):
    """How many digits a number has; 1 for zero."""
    if n < 10000000000000000:
        return len(str(n))
    # Of the largest power of 2 that is not larger: right, or one less than the truth.
    guess = int((n.bit_length() - 1) * 0.30102999566398120) + 1
    return guess + (n >= 10 ** guess)


def _new(sign, coefficient, exponent, special=''):
    made = object.__new__(Decimal)
    made._sign = sign
    made._int = coefficient
    made._exp = exponent
    made._special = special
    return made


def _rounded(coefficient, drop, rounding, sign):
    """The coefficient without its last digits, and whether anything but zeros was dropped."""
    if drop <= 0:
        return coefficient, False
    if drop > _count(coefficient) + 1:
        # What is less than a tenth of the last digit is like any such number.
        coefficient, drop = (1 if coefficient else 0), 2
    unit = 10 ** drop
    kept, rest = divmod(coefficient, unit)
    if not rest:
        return kept, False
    twice = rest * 2
    if rounding == ROUND_HALF_EVEN:
        up = twice > unit or twice == unit and kept & 1
    elif rounding == ROUND_HALF_UP:
        up = twice >= unit
    elif rounding == ROUND_DOWN:
        up = False
    elif rounding == ROUND_UP:
        up = True
    elif rounding == ROUND_HALF_DOWN:
        up = twice > unit
    elif rounding == ROUND_CEILING:
        up = not sign
    elif rounding == ROUND_FLOOR:
        up = sign
    else:
        up = kept % 5 == 0
    return kept + 1 if up else kept, True


def _order(n):
    return (n > 0) - (n < 0)


class Decimal:
    """A decimal number: `Decimal('1.10')`"""

    __slots__ = ('_sign', '_int', '_exp', '_special')

    def __new__(cls, value='0', context=None):
        if isinstance(value, str):
            made = _parse(value.strip().replace('_', ''), context)
        elif isinstance(value, int):
            made = _new(1 if value < 0 else 0, abs(int(value)), 0)
        elif isinstance(value, Decimal):
            made = value
        elif isinstance(value, (list, tuple)):
            made = _of_tuple(value)
        elif isinstance(value, float):
            (context or getcontext())._raise(FloatOperation, 'strict semantics for mixing floats and Decimals are enabled')
            made = Decimal.from_float(value)
        else:
            raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')
        if cls is Decimal:
            return made
        derived = object.__new__(cls)
        derived._sign, derived._int, derived._exp, derived._special = made._sign, made._int, made._exp, made._special
        return derived

    @classmethod
    def from_float(cls, f):
        """The exact value of a float."""
        if isinstance(f, int):
            made = _new(1 if f < 0 else 0, abs(int(f)), 0)
        elif not isinstance(f, float):
            raise TypeError('argument must be int or float.')
        elif math.isnan(f) or math.isinf(f):
            return cls(repr(f))
        else:
            n, d = abs(f).as_integer_ratio()
            shift = d.bit_length() - 1
            made = _new(1 if math.copysign(1.0, f) < 0 else 0, n * 5 ** shift, -shift)
        return made if cls is Decimal else cls(made)

    # What it is.

    def is_nan(self):
        return self._special in ('n', 'N')

    def is_qnan(self):
        return self._special == 'n'

    def is_snan(self):
        return self._special == 'N'

    def is_infinite(self):
        return self._special == 'F'

    def is_finite(self):
        return not self._special

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return not self._special and not self._int

    def is_canonical(self):
        return True

    def is_normal(self, context=None):
        if self._special or not self._int:
            return False
        return (context or getcontext()).Emin <= self.adjusted()

    def is_subnormal(self, context=None):
        if self._special or not self._int:
            return False
        return self.adjusted() < (context or getcontext()).Emin

    def __bool__(self):
        return bool(self._special or self._int)

    def adjusted(self):
        """The exponent of the first digit."""
        return 0 if self._special else self._exp + _count(self._int) - 1

    def as_tuple(self):
        """The sign, the digits and the exponent."""
        if self._special == 'F':
            return DecimalTuple(self._sign, (0,), 'F')
        digits = () if self._special and not self._int else tuple(map(int, str(self._int)))
        return DecimalTuple(self._sign, digits, self._special or self._exp)

    def as_integer_ratio(self):
        """The number as a fraction."""
        if self._special:
            if self.is_nan():
                raise ValueError('cannot convert NaN to integer ratio')
            raise OverflowError('cannot convert Infinity to integer ratio')
        n, d = (self._int * 10 ** self._exp, 1) if self._exp >= 0 else (self._int, 10 ** -self._exp)
        common = math.gcd(n, d)
        return (-n if self._sign else n) // common, d // common

    def number_class(self, context=None):
        if self._special:
            return {'n': 'NaN', 'N': 'sNaN'}.get(self._special) or ('-Infinity' if self._sign else '+Infinity')
        sign = '-' if self._sign else '+'
        if not self._int:
            return sign + 'Zero'
        return sign + ('Subnormal' if self.is_subnormal(context) else 'Normal')

    def radix(self):
        return Decimal(10)

    def canonical(self):
        return self

    conjugate = canonical
    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    # As text.

    def __repr__(self):
        return f"Decimal('{self}')"

    def __str__(self, eng=False, context=None):
        sign = '-' if self._sign else ''
        if self._special:
            if self._special == 'F':
                return sign + 'Infinity'
            return sign + ('sNaN' if self._special == 'N' else 'NaN') + (str(self._int) if self._int else '')
        digits = str(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            point = left
        elif not eng:
            point = 1
        elif self._int == 0:
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            whole, fraction = '0', '.' + '0' * -point + digits
        elif point >= len(digits):
            whole, fraction = digits + '0' * (point - len(digits)), ''
        else:
            whole, fraction = digits[:point], '.' + digits[point:]
        letter = 'E' if (context or getcontext()).capitals else 'e'
        exponent = '' if left == point else '%s%+d' % (letter, left - point)
        return sign + whole + fraction + exponent

    def to_eng_string(self, context=None):
        return self.__str__(True, context)

    def __format__(self, specifier, context=None):
        return _format(self, specifier, context or getcontext())

    # As another number.

    def __int__(self):
        if self._special:
            if self.is_nan():
                raise ValueError('cannot convert NaN to integer')
            raise OverflowError('cannot convert Infinity to integer')
        whole = self._int * 10 ** self._exp if self._exp >= 0 else self._int // 10 ** -self._exp
        return -whole if self._sign else whole

    __trunc__ = __int__

    def __float__(self):
        if self.is_nan():
            if self.is_snan():
                raise ValueError('cannot convert signaling NaN to float')
            return float('-nan' if self._sign else 'nan')
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    def __floor__(self):
        return int(self._whole(ROUND_FLOOR))

    def __ceil__(self):
        return int(self._whole(ROUND_CEILING))

    def __round__(self, n=None):
        if n is not None:
            if not isinstance(n, int):
                raise TypeError('optional arg must be an integer')
            return self.quantize(_new(0, 1, -n))
        return int(self._whole(ROUND_HALF_EVEN))

    def __hash__(self):
        if self.is_snan():
            raise TypeError('Cannot hash a signaling NaN value')
        if self.is_nan():
            return object.__hash__(self)
        if self._special:
            return hash(float('-inf' if self._sign else 'inf'))
        if self._exp >= 0:
            if self._exp < 400:
                return hash(int(self))
            value = self._int * pow(10, self._exp, 2305843009213693951) % 2305843009213693951
        else:
            if self._int % 10 ** min(-self._exp, 400) == 0 and -self._exp <= 400:
                return hash(int(self))
            as_float = float(self)
            if Decimal.from_float(as_float)._same(self):
                return hash(as_float)
            value = self._int * pow(10, self._exp % 2305843009213693950, 2305843009213693951) % 2305843009213693951
        value = -value if self._sign else value
        return -2 if value == -1 else value

    def _same(self, other):
        return not self._special and not other._special and self._cmp(other) == 0

    # Comparing.

    def _cmp(self, other):
        """Less than, equal to or more than 0, as this number is to another; neither is a NaN."""
        if self._special or other._special:
            a = 0 if not self._special else -1 if self._sign else 1
            b = 0 if not other._special else -1 if other._sign else 1
            return _order(a - b)
        if not self._int or not other._int:
            a = _order(self._int) * (-1 if self._sign else 1)
            b = _order(other._int) * (-1 if other._sign else 1)
            return _order(a - b)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        a, b = self.adjusted(), other.adjusted()
        if a == b:
            shift = self._exp - other._exp
            a, b = self._int * 10 ** max(shift, 0), other._int * 10 ** max(-shift, 0)
        order = _order(a - b)
        return -order if self._sign else order

    def _compared(self, other, is_order=True):
        """The order of two numbers, or `None` for NaN and `NotImplemented` for something else."""
        if isinstance(other, float):
            getcontext()._raise(FloatOperation, 'strict semantics for mixing floats and Decimals are enabled', is_order)
            other = Decimal.from_float(other)
        elif isinstance(other, numbers.Rational) and not isinstance(other, int):
            return _order(self * other.denominator - other.numerator) if not self._special else self._cmp(Decimal(0))
        else:
            other = _operand(other)
            if other is None:
                return NotImplemented
        if self.is_nan() or other.is_nan():
            if is_order or self.is_snan() or other.is_snan():
                getcontext()._raise(InvalidOperation, 'comparison involving NaN')
            return None
        return self._cmp(other)

    def __eq__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order == 0 if order is not None else False

    def __lt__(self, other):
        order = self._compared(other)
        return order if order is NotImplemented else order is not None and order < 0

    def __le__(self, other):
        order = self._compared(other)
        return order if order is NotImplemented else order is not None and order <= 0

    def __gt__(self, other):
        order = self._compared(other)
        return order if order is NotImplemented else order is not None and order > 0

    def __ge__(self, other):
        order = self._compared(other)
        return order if order is NotImplemented else order is not None and order >= 0

    def compare(self, other, context=None):
        """-1, 0 or 1 as a decimal number."""
        other = _needed(other)
        if self._special or other._special:
            nan = self._nan(other, context)
            if nan is not None:
                return nan
        return Decimal(self._cmp(other))

    def compare_signal(self, other, context=None):
        other = _needed(other)
        if self.is_nan() or other.is_nan():
            return (context or getcontext())._raise(InvalidOperation, 'comparison involving NaN') or self
        return self.compare(other, context)

    def compare_total(self, other, context=None):
        """The order that also tells `1.0` from `1.00` and NaNs from each other."""
        other = _needed(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)

        def rank(v):
            return {'': 0, 'F': 1, 'N': 2, 'n': 3}[v._special]
        order = _order(rank(self) - rank(other))
        if not order:
            if self.is_nan():
                order = _order(self._int - other._int)
            else:
                order = self.copy_abs()._cmp(other.copy_abs()) or _order(self._exp - other._exp)
        return Decimal(-order if self._sign else order)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(_needed(other).copy_abs())

    def same_quantum(self, other, context=None):
        other = _needed(other)
        if self._special or other._special:
            return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
        return self._exp == other._exp

    def max(self, other, context=None):
        return self._extreme(other, context, 1, False)

    def min(self, other, context=None):
        return self._extreme(other, context, -1, False)

    def max_mag(self, other, context=None):
        return self._extreme(other, context, 1, True)

    def min_mag(self, other, context=None):
        return self._extreme(other, context, -1, True)

    def _extreme(self, other, context, wanted, by_size):
        other = _needed(other)
        context = context or getcontext()
        if self.is_nan() or other.is_nan():
            if self.is_qnan() and not other.is_nan():
                return other._fix(context)
            if other.is_qnan() and not self.is_nan():
                return self._fix(context)
            return self._nan(other, context)
        order = self.copy_abs()._cmp(other.copy_abs()) if by_size else 0
        order = order or self._cmp(other) or int(self.compare_total(other))
        return (self if order == wanted else other)._fix(context)

    # NaN and rounding.

    def _nan(self, other=None, context=None):
        """The NaN that an operation on a NaN gives; `None` when there is none."""
        for number in (self, other):
            if number is not None and number._special == 'N':
                (context or getcontext())._raise(InvalidOperation, 'sNaN')
                return _new(number._sign, number._int, 0, 'n')._fix_nan(context or getcontext())
        for number in (self, other):
            if number is not None and number._special == 'n':
                return number._fix_nan(context or getcontext())
        return None

    def _fix_nan(self, context):
        most = context.prec - context.clamp
        if self._int and _count(self._int) > most:
            return _new(self._sign, self._int % 10 ** most, 0, self._special)
        return self

    def _fix(self, context):
        """Rounded to the context's precision and range."""
        if self._special:
            return self._fix_nan(context) if self.is_nan() else self
        etiny, etop = context.Etiny(), context.Etop()
        if not self._int:
            largest = etop if context.clamp else context.Emax
            exponent = min(max(self._exp, etiny), largest)
            if exponent != self._exp:
                context._raise(Clamped)
                return _new(self._sign, 0, exponent)
            return self
        digits = _count(self._int)
        lowest = digits + self._exp - context.prec
        if lowest > etop:
            context._raise(Overflow, 'above Emax', self._sign)
            context._raise(Inexact)
            context._raise(Rounded)
            return _too_large(self._sign, context)
        subnormal = lowest < etiny
        if subnormal:
            lowest = etiny
        if self._exp < lowest:
            return self._shortened(context, lowest, subnormal)
        if subnormal:
            context._raise(Subnormal)
        if context.clamp and self._exp > etop:
            context._raise(Clamped)
            return _new(self._sign, self._int * 10 ** (self._exp - etop), etop)
        return self

    def _shortened(self, context, lowest, subnormal):
        coefficient, inexact = _rounded(self._int, lowest - self._exp, context.rounding, self._sign)
        exponent = lowest
        if _count(coefficient) > context.prec:
            coefficient //= 10
            exponent += 1
        if exponent > context.Etop():
            made = _too_large(self._sign, context)
            context._raise(Overflow, 'above Emax', self._sign)
        else:
            made = _new(self._sign, coefficient, exponent)
        if inexact and subnormal:
            context._raise(Underflow)
        if subnormal:
            context._raise(Subnormal)
        if inexact:
            context._raise(Inexact)
        context._raise(Rounded)
        if not coefficient:
            context._raise(Clamped)
        return made

    def _whole(self, rounding):
        if self._special or self._exp >= 0:
            return self
        return _new(self._sign, _rounded(self._int, -self._exp, rounding, self._sign)[0], 0)

    # Signs.

    def copy_abs(self):
        return _new(0, self._int, self._exp, self._special)

    def copy_negate(self):
        return _new(1 - self._sign, self._int, self._exp, self._special)

    def copy_sign(self, other, context=None):
        return _new(_needed(other)._sign, self._int, self._exp, self._special)

    def __neg__(self, context=None):
        context = context or getcontext()
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        made = self.copy_negate() if self or context.rounding == ROUND_FLOOR else self.copy_abs()
        return made._fix(context)

    def __pos__(self, context=None):
        context = context or getcontext()
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        made = self if self or context.rounding == ROUND_FLOOR else self.copy_abs()
        return made._fix(context)

    def __abs__(self, round=True, context=None):
        if not round:
            return self.copy_abs()
        return self.__neg__(context) if self._sign else self.__pos__(context)

    # Arithmetic.

    def __add__(self, other, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        if self._special or other._special:
            return self._add_special(other, context)
        exponent = min(self._exp, other._exp)
        if not self._int and not other._int:
            sign = min(self._sign, other._sign)
            if self._sign != other._sign and context.rounding == ROUND_FLOOR:
                sign = 1
            return _new(sign, 0, exponent)._fix(context)
        a, b = self, other
        if not a._int or not b._int:
            kept = a if a._int else b
            exponent = max(exponent, kept._exp - context.prec - 1)
            return kept._lowered(exponent)._fix(context)
        # A number too small to change the result but by rounding stands for any such number.
        large, small = (a, b) if a._exp >= b._exp else (b, a)
        if large._exp - small._exp > context.prec + 3:
            floor = large._exp + min(-1, _count(large._int) - context.prec - 2)
            if _count(small._int) + small._exp - 1 < floor:
                small = _new(small._sign, 1, floor)
                exponent = floor
        total = large._signed(exponent) + small._signed(exponent)
        if not total:
            return _new(1 if context.rounding == ROUND_FLOOR else 0, 0, exponent)._fix(context)
        return _new(1 if total < 0 else 0, abs(total), exponent)._fix(context)

    __radd__ = __add__

    def _signed(self, exponent):
        n = self._int * 10 ** (self._exp - exponent)
        return -n if self._sign else n

    def _lowered(self, exponent):
        if exponent >= self._exp:
            return self
        return _new(self._sign, self._int * 10 ** (self._exp - exponent), exponent)

    def _add_special(self, other, context):
        nan = self._nan(other, context)
        if nan is not None:
            return nan
        if self._special:
            if other._special and self._sign != other._sign:
                return context._raise(InvalidOperation, '-INF + INF')
            return self
        return other

    def __sub__(self, other, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        if self._special or other._special:
            nan = self._nan(other, context)
            if nan is not None:
                return nan
        return self.__add__(other.copy_negate(), context)

    def __rsub__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else other.__sub__(self, context)

    def __mul__(self, other, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special or other._special:
            nan = self._nan(other, context)
            if nan is not None:
                return nan
            if not self or not other:
                return context._raise(InvalidOperation, '0 * (+-)INF')
            return _new(sign, 0, 0, 'F')
        return _new(sign, self._int * other._int, self._exp + other._exp)._fix(context)

    __rmul__ = __mul__

    def __truediv__(self, other, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special or other._special:
            nan = self._nan(other, context)
            if nan is not None:
                return nan
            if self._special and other._special:
                return context._raise(InvalidOperation, '(+-)INF/(+-)INF')
            if self._special:
                return _new(sign, 0, 0, 'F')
            context._raise(Clamped, 'Division by infinity')
            return _new(sign, 0, context.Etiny())
        if not other._int:
            if not self._int:
                return context._raise(DivisionUndefined, '0 / 0')
            return context._raise(DivisionByZero, 'x / 0', sign)
        ideal = self._exp - other._exp
        if not self._int:
            return _new(sign, 0, ideal)._fix(context)
        shift = _count(other._int) - _count(self._int) + context.prec + 1
        exponent = ideal - shift
        if shift >= 0:
            coefficient, rest = divmod(self._int * 10 ** shift, other._int)
        else:
            coefficient, rest = divmod(self._int, other._int * 10 ** -shift)
        if rest:
            # Not a tie, whatever the last digit says.
            if coefficient % 5 == 0:
                coefficient += 1
        else:
            while exponent < ideal and coefficient % 10 == 0:
                coefficient //= 10
                exponent += 1
        return _new(sign, coefficient, exponent)._fix(context)

    def __rtruediv__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else other.__truediv__(self, context)

    def _divide(self, other, context):
        """The whole quotient and the rest; neither is special, the divisor is not zero."""
        sign = self._sign ^ other._sign
        exponent = min(self._exp, other._exp)
        distance = self.adjusted() - other.adjusted()
        if not self._int or distance <= -2:
            return _new(sign, 0, 0), self._lowered(max(exponent, self._exp - context.prec) if self._int else exponent)
        if distance <= context.prec:
            quotient, rest = divmod(self._int * 10 ** (self._exp - exponent), other._int * 10 ** (other._exp - exponent))
            if quotient < 10 ** context.prec:
                return _new(sign, quotient, 0), _new(self._sign, rest, exponent)
        nan = context._raise(DivisionImpossible, 'quotient too large in //, % or divmod')
        return nan, nan

    def _divided(self, other, context, what):
        """Quotient and rest of any two numbers; `what` names the operation for messages."""
        nan = self._nan(other, context)
        if nan is not None:
            return nan, nan
        sign = self._sign ^ other._sign
        if self._special:
            message = 'INF // INF' if other._special and what == '//' else 'INF % x'
            if what == '//' and not other._special:
                return _new(sign, 0, 0, 'F'), None
            nan = context._raise(InvalidOperation, message)
            if what == 'divmod' and not other._special:
                return _new(sign, 0, 0, 'F'), nan
            return nan, nan
        if other._special:
            return _new(sign, 0, 0), None if what == '//' else self._fix(context)
        if not other._int:
            if not self._int:
                nan = context._raise(DivisionUndefined, '0 / 0')
                return nan, nan
            if what == '//':
                return context._raise(DivisionByZero, 'x // 0', sign), None
            if what == 'divmod':
                quotient = context._raise(DivisionByZero, 'x // 0', sign)
                return quotient, context._raise(InvalidOperation, 'x % 0')
            return None, context._raise(InvalidOperation, 'x % 0')
        quotient, rest = self._divide(other, context)
        if what == '//':
            return quotient._fix(context), None
        return quotient._fix(context) if what == 'divmod' else quotient, rest if what == 'near' else rest._fix(context)

    def __floordiv__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else self._divided(other, context or getcontext(), '//')[0]

    def __rfloordiv__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else other.__floordiv__(self, context)

    def __mod__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else self._divided(other, context or getcontext(), '%')[1]

    def __rmod__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else other.__mod__(self, context)

    def __divmod__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else self._divided(other, context or getcontext(), 'divmod')

    def __rdivmod__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else other.__divmod__(self, context)

    def remainder_near(self, other, context=None):
        """The rest of the nearest whole quotient."""
        other = _needed(other)
        context = context or getcontext()
        quotient, rest = self._divided(other, context, 'near')
        if rest._special or other._special or not other._int:
            return rest
        twice = _new(0, rest._int * 2, rest._exp)
        order = twice._cmp(other.copy_abs())
        if order > 0 or order == 0 and quotient._int & 1:
            rest = rest.__sub__(other.copy_sign(self), context)
        return rest._fix(context) if rest else _new(self._sign, 0, rest._exp)._fix(context)

    def fma(self, other, third, context=None):
        """`self * other + third`, rounded once."""
        other, third = _needed(other), _needed(third)
        context = context or getcontext()
        if self._special or other._special:
            product = self.__mul__(other, context)
        else:
            product = _new(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)
        return product.__add__(third, context)

    def __pow__(self, other, modulo=None, context=None):
        other = _operand(other)
        if other is None:
            return NotImplemented
        context = context or getcontext()
        if modulo is not None:
            return self._power_modulo(other, _needed(modulo), context)
        return _power(self, other, context)

    def __rpow__(self, other, context=None):
        other = _operand(other)
        return NotImplemented if other is None else other.__pow__(self, context=context)

    def _power_modulo(self, other, modulo, context):
        for number in (self, other, modulo):
            if number._special or number != number._whole(ROUND_DOWN):
                return context._raise(InvalidOperation, 'pow() 3rd argument not allowed unless all arguments are integers')
        if other < 0:
            return context._raise(InvalidOperation, 'pow() 2nd argument cannot be negative when 3rd argument specified')
        if not modulo:
            return context._raise(InvalidOperation, 'pow() 3rd argument cannot be 0')
        if not self and not other:
            return context._raise(InvalidOperation, '0**0 not defined')
        n = pow(abs(int(self)), int(other), abs(int(modulo)))
        return _new(self._sign if int(other) & 1 else 0, n, 0)

    # Rounding by hand.

    def quantize(self, exp, rounding=None, context=None):
        """With the exponent of another number."""
        exp = _needed(exp)
        context = context or getcontext()
        rounding = rounding or context.rounding
        if rounding not in _ROUNDINGS:
            raise TypeError('valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n'
                            '   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]')
        if self._special or exp._special:
            nan = self._nan(exp, context)
            if nan is not None:
                return nan
            if self._special and exp._special:
                return self
            return context._raise(InvalidOperation, 'quantize with one INF')
        if not context.Etiny() <= exp._exp <= context.Emax:
            return context._raise(InvalidOperation, 'target exponent out of bounds in quantize')
        if not self._int:
            return _new(self._sign, 0, exp._exp)._fix(context)
        if self.adjusted() > context.Emax:
            return context._raise(InvalidOperation, 'exponent of quantize result too large for current context')
        if self.adjusted() - exp._exp + 1 > context.prec:
            return context._raise(InvalidOperation, 'quantize result has too many digits for current context')
        made, inexact = self._rescaled(exp._exp, rounding)
        if made.adjusted() > context.Emax:
            return context._raise(InvalidOperation, 'exponent of quantize result too large for current context')
        if _count(made._int) > context.prec:
            return context._raise(InvalidOperation, 'quantize result has too many digits for current context')
        if made._int and made.adjusted() < context.Emin:
            context._raise(Subnormal)
        if made._exp > self._exp:
            if inexact:
                context._raise(Inexact)
            context._raise(Rounded)
        return made._fix(context)

    def _rescaled(self, exponent, rounding):
        if self._exp >= exponent:
            return self._lowered(exponent), False
        kept, inexact = _rounded(self._int, exponent - self._exp, rounding, self._sign)
        return _new(self._sign, kept, exponent), inexact

    def to_integral_exact(self, rounding=None, context=None):
        """A whole number; says so when that changed it."""
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        if self._special or self._exp >= 0:
            return self
        context = context or getcontext()
        if not self._int:
            return _new(self._sign, 0, 0)
        made, inexact = self._rescaled(0, rounding or context.rounding)
        if inexact:
            context._raise(Inexact)
        context._raise(Rounded)
        return made

    def to_integral_value(self, rounding=None, context=None):
        """A whole number."""
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        if self._special or self._exp >= 0:
            return self
        return self._rescaled(0, rounding or (context or getcontext()).rounding)[0]

    to_integral = to_integral_value

    def normalize(self, context=None):
        """Without zeros at the end."""
        context = context or getcontext()
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        made = self._fix(context)
        if made._special:
            return made
        if not made._int:
            return _new(made._sign, 0, 0)
        coefficient, exponent = made._int, made._exp
        most = context.Etop() if context.clamp else context.Emax
        while coefficient % 10 == 0 and exponent < most:
            coefficient //= 10
            exponent += 1
        return _new(made._sign, coefficient, exponent)

    def logb(self, context=None):
        """The exponent of the first digit as a decimal number."""
        context = context or getcontext()
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        if self._special:
            return _new(0, 0, 0, 'F')
        if not self._int:
            return context._raise(DivisionByZero, 'logb(0)', 1)
        return Decimal(self.adjusted())._fix(context)

    def scaleb(self, other, context=None):
        """With so much added to its exponent."""
        other = _needed(other)
        context = context or getcontext()
        nan = self._nan(other, context)
        if nan is not None:
            return nan
        most = 2 * (context.Emax + context.prec)
        if other._special or other._exp != 0 or not -most <= int(other) <= most:
            return context._raise(InvalidOperation)
        if self._special:
            return self
        return _new(self._sign, self._int, self._exp + int(other))._fix(context)

    def shift(self, other, context=None):
        """With its digits moved to the left."""
        return self._moved(_needed(other), context or getcontext(), False)

    def rotate(self, other, context=None):
        """With its digits moved around in as many as the precision has."""
        return self._moved(_needed(other), context or getcontext(), True)

    def _moved(self, other, context, around):
        nan = self._nan(other, context)
        if nan is not None:
            return nan
        if other._special or other._exp != 0 or not -context.prec <= int(other) <= context.prec:
            return context._raise(InvalidOperation)
        if self._special:
            return self
        by, unit = int(other), 10 ** context.prec
        n = self._int % unit
        if around:
            by %= context.prec
            high, low = divmod(n, 10 ** (context.prec - by))
            n = low * 10 ** by + high
        else:
            n = n * 10 ** by % unit if by >= 0 else n // 10 ** -by
        return _new(self._sign, n, self._exp)

    def _is_logical(self):
        return not (self._special or self._sign or self._exp) and not str(self._int).strip('01')

    def _logical(self, other, context, operation):
        """A number of the digits that an operation makes of those of two numbers, which are zeros and ones."""
        if not (self._is_logical() and other._is_logical()):
            return context._raise(InvalidOperation)
        a, b = (int(str(number._int)[-context.prec:], 2) for number in (self, other))
        return _new(0, int(bin(operation(a, b))[2:]), 0)

    def logical_and(self, other, context=None):
        """The digits that are one in both."""
        return self._logical(_needed(other), context or getcontext(), lambda a, b: a & b)

    def logical_or(self, other, context=None):
        """The digits that are one in either."""
        return self._logical(_needed(other), context or getcontext(), lambda a, b: a | b)

    def logical_xor(self, other, context=None):
        """The digits that are one in one alone."""
        return self._logical(_needed(other), context or getcontext(), lambda a, b: a ^ b)

    def logical_invert(self, context=None):
        """The digits that are zero, of as many as the precision has."""
        context = context or getcontext()
        return self.logical_xor(_new(0, int('1' * context.prec), 0), context)

    def next_minus(self, context=None):
        """The largest number below."""
        return self._neighbour(context or getcontext(), -1)

    def next_plus(self, context=None):
        """The smallest number above."""
        return self._neighbour(context or getcontext(), 1)

    def _neighbour(self, context, direction):
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        sign = 0 if direction < 0 else 1
        if self._special:
            if self._sign == sign:
                return _new(sign, 10 ** context.prec - 1, context.Etop())
            return self
        context = context.copy()
        context.rounding = ROUND_FLOOR if direction < 0 else ROUND_CEILING
        context._ignore_all()
        made = self._fix(context)
        if made._cmp(self) != 0:
            return made
        return self.__add__(_new(1 - sign, 1, context.Etiny() - 1), context)

    def next_toward(self, other, context=None):
        """The next number on the way to another."""
        other = _needed(other)
        context = context or getcontext()
        nan = self._nan(other, context)
        if nan is not None:
            return nan
        order = self._cmp(other)
        if order == 0:
            return self.copy_sign(other)
        made = self._neighbour(context, -order)
        if made._special:
            context._raise(Overflow)
        elif made.adjusted() < context.Emin:
            context._raise(Underflow)
            if not made._int:
                context._raise(Clamped)
        return made

    # Roots and logarithms.

    def sqrt(self, context=None):
        """The square root."""
        context = context or getcontext()
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        if self._special and not self._sign:
            return self
        if not self._special and not self._int:
            return _new(self._sign, 0, self._exp >> 1)._fix(context)
        if self._sign:
            return context._raise(InvalidOperation, 'sqrt(-x), x > 0')
        ideal = self._exp >> 1
        n = self._int * 10 if self._exp & 1 else self._int
        # Two digits more than are wanted, so that the last one tells which way to round.
        shift = context.prec + 1 - (_count(n) + 1) // 2
        if shift >= 0:
            n, exact = n * 100 ** shift, True
        else:
            n, rest = divmod(n, 100 ** -shift)
            exact = not rest
        root = math.isqrt(n)
        exact = exact and root * root == n
        exponent = ideal - shift
        if exact:
            while exponent < ideal and root % 10 == 0:
                root //= 10
                exponent += 1
            if shift < 0:
                root, exponent = root * 10 ** (exponent - ideal) if exponent > ideal else root, min(exponent, ideal)
        elif root % 5 == 0:
            root += 1
        return _with_rounding(_new(0, root, exponent), context, ROUND_HALF_EVEN)

    def exp(self, context=None):
        """`e` to this power."""
        context = context or getcontext()
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        if self._special:
            return _new(0, 0, 0) if self._sign else self
        if not self._int:
            return _new(0, 1, 0)
        p, adjusted = context.prec, self.adjusted()
        if adjusted > _count((context.Emax + 1) * 3) and not self._sign:
            made = _new(0, 1, context.Emax + 1)
        elif adjusted > _count((-context.Etiny() + 1) * 3) and self._sign:
            made = _new(0, 1, context.Etiny() - 1)
        elif adjusted < -p - 1:
            made = _new(0, 10 ** (p + 1) - 1, -p - 1) if self._sign else _new(0, 10 ** (p + 1) + 1, -p - 1)
        else:
            made = _closer(lambda places: _exp_of(self, p + places), p)
        return _with_rounding(made, context, ROUND_HALF_EVEN)

    def ln(self, context=None):
        """The natural logarithm."""
        return self._logarithm(context or getcontext(), 'ln')

    def log10(self, context=None):
        """The logarithm to the base 10."""
        return self._logarithm(context or getcontext(), 'log10')

    def _logarithm(self, context, function):
        nan = self._nan(context=context) if self._special else None
        if nan is not None:
            return nan
        if not self._special and not self._int:
            return _new(1, 0, 0, 'F')
        if self._special and not self._sign:
            return self
        if self._sign:
            return context._raise(InvalidOperation, f'{function} of a negative value')
        if self == 1:
            return _new(0, 0, 0)
        if function == 'log10':
            power = self.adjusted()
            if self._int == 10 ** (_count(self._int) - 1):
                return _with_rounding(Decimal(power), context, ROUND_HALF_EVEN)
            made = _closer(lambda places: _log10_of(self, context.prec + places), context.prec)
        else:
            made = _closer(lambda places: _ln_of(self, context.prec + places), context.prec)
        return _with_rounding(made, context, ROUND_HALF_EVEN)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return self.__class__, (str(self),)


numbers.Number.register(Decimal)


def _parse(text, context):
    found = _TEXT.match(text)
    if found is None:
        return (context or getcontext())._raise(ConversionSyntax, f'Invalid literal for Decimal: {text!r}')
    sign = 1 if found['sign'] == '-' else 0
    if found['int'] is not None:
        fraction = found['frac'] or ''
        return _new(sign, int(found['int'] + fraction), int(found['exp'] or '0') - len(fraction))
    if found['diag'] is not None:
        return _new(sign, int(found['diag'] or '0'), 0, 'N' if found['signal'] else 'n')
    return _new(sign, 0, 0, 'F')


def _of_tuple(value):
    if len(value) != 3:
        raise ValueError('argument must be a sequence of length 3')
    sign, digits, exponent = value
    if not (isinstance(sign, int) and sign in (0, 1)):
        raise ValueError('sign must be an integer with the value 0 or 1')
    if exponent == 'F':
        return _new(sign, 0, 0, 'F')
    coefficient = 0
    for digit in digits:
        if not (isinstance(digit, int) and 0 <= digit <= 9):
            raise ValueError('coefficient must be a tuple of digits')
        coefficient = coefficient * 10 + digit
    if exponent in ('n', 'N'):
        return _new(sign, coefficient, 0, exponent)
    if not isinstance(exponent, int):
        raise ValueError('string argument in the third position must be \'F\', \'n\' or \'N\'')
    return _new(sign, coefficient, exponent)


def _operand(other):
    """Another operand as a decimal number; `None` for what is none."""
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        return _new(1 if other < 0 else 0, abs(int(other)), 0)
    return None


def _needed(other):
    found = _operand(other)
    if found is None:
        raise TypeError(f'conversion from {type(other).__name__} to Decimal is not supported')
    return found


def _with_rounding(number, context, rounding):
    """Fixed in a context, but rounded this way."""
    before, context.rounding = context.rounding, rounding
    try:
        return number._fix(context)
    finally:
        context.rounding = before


def _too_large(sign, context):
    """What a number becomes that is too large."""
    rounding = context.rounding
    if rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_UP) \
            or rounding == (ROUND_FLOOR if sign else ROUND_CEILING):
        return _new(sign, 0, 0, 'F')
    return _new(sign, 10 ** context.prec - 1, context.Etop())


# Functions that are no fractions. Each gives a number with `digits` digits or more of which the last two may be wrong;
# `_closer` asks for more until rounding cannot go wrong. Inside they use whole numbers in units of `10 ** -places`.


def _closer(compute, prec):
    """A number with digits enough to be rounded to a precision."""
    more = 6
    while True:
        made = compute(more)
        spare = _count(made._int) - prec
        unit = 10 ** max(spare - 1, 1)
        rest = made._int % (unit * 10) if spare > 0 else 0
        near = min(rest % (unit * 5), -rest % (unit * 5))
        if near > 100:
            return made
        more += 6 + more // 2


def _exp_fixed(x, unit):
    """`e ** (x / unit)` in units, for `|x| < 2 * unit`."""
    halvings = 8
    x >>= halvings
    total = term = unit
    n = 1
    while term:
        term = term * x // unit // n if term * x >= 0 else -(-(term * x) // unit // n)
        total += term
        n += 1
    for _ in range(halvings):
        total = total * total // unit
    return total


def _ln_fixed(x, unit):
    """The logarithm of `x / unit` in units, for a value from 0.1 to 10."""
    # A float is right to 15 digits; what is left is so small that a short series does.
    near = math.log(x / unit)
    guess = int(near * 10 ** 15) * unit // 10 ** 15
    y = x * unit // _exp_fixed(guess, unit) - unit
    z = y * unit // (2 * unit + y)
    square = z * z // unit
    total, power, n = 0, z, 1
    while power:
        total += power // n if power >= 0 else -(-power // n)
        power = power * square // unit if power >= 0 else -(-power * square // unit)
        n += 2
    return guess + 2 * total


_ln10_known = {}


def _ln10_fixed(places):
    if places not in _ln10_known:
        if len(_ln10_known) > 16:
            _ln10_known.clear()
        unit = 10 ** (places + 10)
        # 10 == 2 ** 3 * 5 / 4
        _ln10_known[places] = (3 * _ln_fixed(2 * unit, unit) + _ln_fixed(5 * unit // 4, unit)) // 10 ** 10
    return _ln10_known[places]


def _scaled(number, places):
    """A number in units of `10 ** -places`."""
    shift = number._exp + places
    n = number._int * 10 ** shift if shift >= 0 else number._int // 10 ** -shift
    return -n if number._sign else n


def _exp_of(number, digits):
    places = digits + max(number.adjusted(), 0) + 12
    unit = 10 ** places
    power, rest = divmod(_scaled(number, places), _ln10_fixed(places))
    # The rest lies below ln(10); a third of it is small enough.
    third = _exp_fixed(rest // 3, unit)
    value = third * third // unit * third // unit
    return _new(0, value // 10 ** 10, power - places + 10)


def _ln_scaled(number, places):
    """The logarithm of a number in units of `10 ** -places`."""
    unit = 10 ** places
    adjusted = number.adjusted()
    shift = number._exp - adjusted + places
    x = number._int * 10 ** shift if shift >= 0 else number._int // 10 ** -shift
    return _ln_fixed(x, unit) + adjusted * _ln10_fixed(places)


def _significant(compute, digits):
    """As many digits as wanted of a value that may be near 0: `compute(places)` gives it in units."""
    places = digits + 10
    while True:
        value = compute(places)
        found = _count(abs(value)) if value else 0
        if found >= digits + 8:
            drop = 10 ** 8
            return _new(1 if value < 0 else 0, abs(value) // drop, 8 - places)
        places += digits + 10 - found


def _ln_of(number, digits):
    return _significant(lambda places: _ln_scaled(number, places), digits)


def _log10_of(number, digits):
    def compute(places):
        return _ln_scaled(number, places) * 10 ** places // _ln10_fixed(places)
    return _significant(compute, digits)


def _power(x, y, context):
    nan = x._nan(y, context)
    if nan is not None:
        return nan
    whole = not y._special and y._whole(ROUND_DOWN)._cmp(y) == 0
    if not y._special and not y._int:
        return context._raise(InvalidOperation, '0 ** 0') if not x else _new(0, 1, 0)
    sign = 1 if x._sign and whole and int(y) & 1 else 0
    if x._sign and not whole and not (x._special == '' and not x._int) and not y._special:
        if x._special or x._int:
            return context._raise(InvalidOperation, 'x ** y with x negative and y not an integer')
    if not x:
        return _new(sign, 0, 0) if not y._sign else _new(sign, 0, 0, 'F')
    if x._special:
        return _new(sign, 0, 0, 'F') if not y._sign else _new(sign, 0, 0)
    size = x.copy_abs()
    if y._special:
        order = size._cmp(_new(0, 1, 0))
        if x._sign:
            return context._raise(InvalidOperation, 'x ** y with x negative and y infinite')
        if order == 0:
            context._raise(Inexact)
            context._raise(Rounded)
            return _new(0, 10 ** (context.prec - 1), 1 - context.prec)
        return _new(0, 0, 0, 'F') if (order > 0) != bool(y._sign) else _new(0, 0, 0)
    if size._cmp(_new(0, 1, 0)) == 0:
        exponent = max(x._exp * int(y), 1 - context.prec) if whole and not y._sign else \
            (0 if whole and x._exp == 0 else 1 - context.prec)
        if not whole or exponent < 0 and x._exp == 0:
            exponent = 1 - context.prec
            context._raise(Inexact)
            context._raise(Rounded)
        return _new(sign, 10 ** -exponent, exponent)
    made = _exact_power(size, y, whole, context) or _inexact_power(size, y, context)
    return _new(sign, made._int, made._exp, made._special)._fix(context)


def _exact_power(x, y, whole, context):
    """A power that has no more digits than a few more than wanted; else `None`."""
    if not whole:
        half = _new(0, 5, -1)
        if y._cmp(half) == 0:
            n, e = x._int, x._exp
            if e & 1:
                n, e = n * 10, e - 1
            root = math.isqrt(n)
            if root * root == n:
                e >>= 1
                places = context.prec - _count(root)
                return _new(0, root * 10 ** places, e - places) if places > 0 else _new(0, root, e)
        return None
    power = int(y)
    if not 0 < abs(power) <= 10 ** 6:
        return None
    n = x._int
    while n % 10 == 0:
        n //= 10
    if n.bit_length() * abs(power) > 8 * context.prec + 64 and n != 1:
        return None
    if power > 0:
        return _new(0, x._int ** power, x._exp * power)
    # A quotient is exact if the divisor has no other factors than 2 and 5.
    divisor = x._int ** -power
    quotient = _new(0, 1, 0).__truediv__(_new(0, divisor, x._exp * -power), Context(prec=context.prec + 4, traps=[]))
    if quotient._int * divisor == 10 ** (-quotient._exp - x._exp * -power) if -quotient._exp - x._exp * -power >= 0 else False:
        return quotient
    return None


def _inexact_power(x, y, context):
    """`e ** (y * ln(x))`"""
    prec = context.prec

    def compute(more):
        digits = prec + more
        extra = max(y.adjusted(), 0) + 10
        logarithm = _ln_of(x, digits + extra)
        product = _new(logarithm._sign ^ y._sign, logarithm._int * y._int, logarithm._exp + y._exp)
        return _exp_of(product, digits)
    logarithm = _ln_of(x, 10)
    size = _new(0, logarithm._int * y._int, logarithm._exp + y._exp)
    grows = logarithm._sign == y._sign
    if size.adjusted() > _count((context.Emax - context.Etiny()) * 3):
        return _new(0, 1, context.Emax + 1) if grows else _new(0, 1, context.Etiny() - 1)
    if size.adjusted() < -prec - 2:
        return _new(0, 10 ** (prec + 1) + (1 if grows else -1), -prec - 1)
    return _closer(compute, prec)


# Formats.

_SPEC = re.compile(r'''\A
    (?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ])?(?P<no_neg_0>z)?(?P<zeropad>0)?
    (?P<minimumwidth>\d+)?(?P<thousands_sep>,)?(?:\.(?P<precision>\d+))?(?P<type>[eEfFgGn%])?
    \Z''', re.VERBOSE | re.DOTALL)


def _format(number, specifier, context):
    found = _SPEC.match(specifier)
    if found is None:
        raise ValueError('invalid format string')
    kind = found['type']
    if found['zeropad'] and (found['fill'] or found['align']):
        raise ValueError('invalid format string')
    fill = found['fill'] or ('0' if found['zeropad'] else ' ')
    align = found['align'] or ('=' if found['zeropad'] else '>')
    width = int(found['minimumwidth'] or '0')
    precision = None if found['precision'] is None else int(found['precision'])
    sign = '-' if number._sign else found['sign'] if found['sign'] in ('+', ' ') else ''
    if number._special:
        body = str(number.copy_abs())
        if kind == '%':
            body += '%'
        return _padded(sign, body, width, fill if not found['zeropad'] else ' ', align if not found['zeropad'] else '>')
    if kind is None:
        kind = 'g' if context.capitals == 0 else 'G'
        general = True
    else:
        general = kind in 'gGn'
    if general and precision == 0:
        precision = 1
    if kind == '%':
        number = _new(number._sign, number._int, number._exp + 2)
    if precision is not None:
        if kind in 'eE':
            number = _to_digits(number, precision + 1, context.rounding)
        elif kind in 'fF%':
            number = number._rescaled(-precision, context.rounding)[0]
        elif _count(number._int) > precision:
            number = _to_digits(number, precision, context.rounding)
    if not number._int and number._exp > 0 and kind in 'fF%':
        number = number._rescaled(0, context.rounding)[0]
    if number._sign and not number._int and found['no_neg_0']:
        sign = found['sign'] if found['sign'] in ('+', ' ') else ''
    digits = str(number._int)
    left = number._exp + len(digits)
    if kind in 'eE':
        point = 1 - precision if not number._int and precision is not None else 1
    elif kind in 'fF%':
        point = left
    else:
        point = left if number._exp <= 0 and left > -6 else 1
    if point < 0:
        whole, fraction = '0', '0' * -point + digits
    elif point > len(digits):
        whole, fraction = digits + '0' * (point - len(digits)), ''
    else:
        whole, fraction = digits[:point] or '0', digits[point:]
    exponent = left - point
    tail = '.' + fraction if fraction else ''
    if exponent != 0 or kind in 'eE':
        tail += '%s%+d' % ({'E': 'E', 'e': 'e', 'G': 'E', 'g': 'e', 'n': 'e'}.get(kind, 'E'), exponent)
    if kind == '%':
        tail += '%'
    least = width - len(tail) - len(sign) if fill == '0' and align == '=' else 0
    if found['thousands_sep']:
        whole = _grouped(whole, least)
    else:
        whole = whole.rjust(max(least, 0), '0') if least > 0 else whole
    return _padded(sign, whole + tail, width, fill, align)


def _to_digits(number, digits, rounding):
    """With exactly so many digits."""
    if not number._int:
        return number
    made = number._rescaled(number.adjusted() + 1 - digits, rounding)[0]
    if _count(made._int) > digits:
        made = made._rescaled(made.adjusted() + 1 - digits, rounding)[0]
    return made


def _grouped(whole, least):
    groups = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    groups.insert(0, whole)
    out = ','.join(groups)
    while len(out) < least:
        lead = len(groups[0])
        if lead == 3:
            if len(out) + 1 >= least:
                groups.insert(0, '0')
            else:
                groups.insert(0, '0')
        else:
            groups[0] = '0' + groups[0]
        out = ','.join(groups)
    return out


def _padded(sign, body, width, fill, align):
    padding = fill * (width - len(sign) - len(body))
    if align == '<':
        return sign + body + padding
    if align == '>':
        return padding + sign + body
    if align == '=':
        return sign + padding + body
    half = len(padding) // 2
    return padding[:half] + sign + body + padding[half:]


class Context:
    """How results are rounded and what becomes an exception."""

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None,
                 traps=None):
        model = globals().get('DefaultContext')
        self.prec = 28 if prec is None and model is None else model.prec if prec is None else prec
        self.rounding = rounding or (ROUND_HALF_EVEN if model is None else model.rounding)
        self.Emin = -999999 if Emin is None else Emin
        self.Emax = 999999 if Emax is None else Emax
        self.capitals = 1 if capitals is None else capitals
        self.clamp = 0 if clamp is None else clamp
        if traps is None:
            traps = model.traps
        self.traps = _signals(traps)
        self.flags = _signals(flags or ())

    def __setattr__(self, name, value):
        if name == 'rounding' and value not in _ROUNDINGS:
            raise TypeError('valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n'
                            '   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]')
        bounds = _BOUNDS.get(name)
        if bounds is not None:
            if not isinstance(value, int):
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
            low, high, message = bounds
            if not low <= value <= high:
                raise ValueError(message)
        elif name in ('flags', 'traps'):
            value = _signals(value)
        elif name != 'rounding':
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")
        object.__setattr__(self, name, value)

    def __repr__(self):
        flags = ', '.join([signal.__name__ for signal in _SHOWN if self.flags[signal]])
        traps = ', '.join([signal.__name__ for signal in _SHOWN if self.traps[signal]])
        return (f'Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, '
                f'capitals={self.capitals}, clamp={self.clamp}, flags=[{flags}], traps=[{traps}])')

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, self.flags, self.traps)

    __copy__ = copy

    def clear_flags(self):
        for signal in self.flags:
            self.flags[signal] = False

    def clear_traps(self):
        for signal in self.traps:
            self.traps[signal] = False

    def _ignore_all(self):
        self.clear_traps()

    def _raise(self, condition, explanation=None, detail=0):
        """Notes what happened; an exception if its trap is set, else the number that results."""
        signal = _SIGNAL_OF.get(condition, condition)
        if signal is FloatOperation and not self.traps[signal] and detail is not True:
            self.flags[signal] = True
            return None
        for noted in _SIGNALS:
            if issubclass(signal, noted):
                self.flags[noted] = True
        if self.traps[signal] and not (signal is FloatOperation and detail is False):
            raise signal([condition])
        if signal is InvalidOperation:
            return _new(0, 0, 0, 'n')
        if signal is DivisionByZero:
            return _new(detail, 0, 0, 'F')
        return None

    def create_decimal(self, num='0'):
        """A number, rounded."""
        made = Decimal(num, self)
        if made.is_nan() and _count(made._int) > self.prec - self.clamp:
            return self._raise(ConversionSyntax, 'diagnostic info too long in NaN')
        return made._fix(self)

    def create_decimal_from_float(self, f):
        return Decimal.from_float(f)._fix(self)

    def add(self, a, b):
        return _needed(a).__add__(_needed(b), self)

    def subtract(self, a, b):
        return _needed(a).__sub__(_needed(b), self)

    def multiply(self, a, b):
        return _needed(a).__mul__(_needed(b), self)

    def divide(self, a, b):
        return _needed(a).__truediv__(_needed(b), self)

    def divide_int(self, a, b):
        return _needed(a).__floordiv__(_needed(b), self)

    def divmod(self, a, b):
        return _needed(a).__divmod__(_needed(b), self)

    def remainder(self, a, b):
        return _needed(a).__mod__(_needed(b), self)

    def power(self, a, b, modulo=None):
        return _needed(a).__pow__(_needed(b), modulo, self)

    def minus(self, a):
        return _needed(a).__neg__(self)

    def plus(self, a):
        return _needed(a).__pos__(self)

    def abs(self, a):
        return _needed(a).__abs__(context=self)

    def to_sci_string(self, a):
        return _needed(a).__str__(context=self)

    def quantize(self, a, b):
        return _needed(a).quantize(b, context=self)

    def to_integral_exact(self, a):
        return _needed(a).to_integral_exact(context=self)

    def to_integral_value(self, a):
        return _needed(a).to_integral_value(context=self)

    to_integral = to_integral_value

    def fma(self, a, b, c):
        return _needed(a).fma(b, c, self)

    def is_normal(self, a):
        return _needed(a).is_normal(self)

    def is_subnormal(self, a):
        return _needed(a).is_subnormal(self)

    def number_class(self, a):
        return _needed(a).number_class(self)

    def to_eng_string(self, a):
        return _needed(a).to_eng_string(self)

    def canonical(self, a):
        return a


def _by_context(name, operands):
    """A method of contexts that calls the method of numbers of the same name."""
    if operands == 1:
        def method(self, a):
            return getattr(_needed(a), name)(self)
    else:
        def method(self, a, b):
            return getattr(_needed(a), name)(_needed(b), self)
    method.__name__ = name
    return method


for _name in ('logical_invert', 'sqrt', 'exp', 'ln', 'log10', 'logb', 'normalize', 'next_minus', 'next_plus'):
    setattr(Context, _name, _by_context(_name, 1))
for _name in ('compare', 'compare_signal', 'compare_total', 'compare_total_mag', 'max', 'min', 'max_mag', 'min_mag',
              'logical_and', 'logical_or', 'logical_xor', 'remainder_near', 'same_quantum', 'scaleb', 'shift', 'rotate', 'next_toward', 'copy_sign'):
    setattr(Context, _name, _by_context(_name, 2))
for _name in ('is_nan', 'is_qnan', 'is_snan', 'is_infinite', 'is_finite', 'is_signed', 'is_zero', 'copy_abs',
              'copy_negate', 'is_canonical'):
    setattr(Context, _name, (lambda name: lambda self, a: getattr(_needed(a), name)())(_name))

_BOUNDS = {'prec': (1, MAX_PREC, 'valid range for prec is [1, MAX_PREC]'),
           'Emin': (MIN_EMIN, 0, 'valid range for Emin is [MIN_EMIN, 0]'),
           'Emax': (0, MAX_EMAX, 'valid range for Emax is [0, MAX_EMAX]'),
           'capitals': (0, 1, 'valid values for capitals are [0, 1]'),
           'clamp': (0, 1, 'valid values for clamp are [0, 1]')}


def _signals(given):
    """A dict that says of each signal whether it is set."""
    if isinstance(given, dict):
        return {signal: bool(given.get(signal, False)) for signal in _SIGNALS}
    return {signal: signal in given for signal in _SIGNALS}


DefaultContext = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, Overflow, InvalidOperation])
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP,
                       traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow], flags=[])
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, traps=[], flags=[])

_current = [None]


def getcontext():
    """The context that operators use."""
    context = _current[0]
    if context is None:
        context = _current[0] = DefaultContext.copy()
    return context


def setcontext(context):
    """Sets the context that operators use."""
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current[0] = context


@contextlib.contextmanager
def localcontext(ctx=None, **kwargs):
    """A copy of a context for a `with` block."""
    before = getcontext()
    context = (before if ctx is None else ctx).copy()
    for name, value in kwargs.items():
        if name not in ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'):
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        setattr(context, name, value)
    setcontext(context)
    try:
        yield context
    finally:
        setcontext(before)
