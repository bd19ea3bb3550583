"""Averages and spread. Sums are exact: they are made of fractions, and rounded once."""

import math
import random
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from functools import reduce
from itertools import repeat
from numbers import Real

__all__ = ['NormalDist', 'StatisticsError', 'correlation', 'covariance', 'fmean', 'geometric_mean', 'harmonic_mean',
           'linear_regression', 'mean', 'median', 'median_grouped', 'median_high', 'median_low', 'mode', 'multimode',
           'pstdev', 'pvariance', 'quantiles', 'stdev', 'variance']


class StatisticsError(ValueError):
    """Data that has no such figure."""


def _coerce(T, S):
    """The type of a result of two: the one that the other can become."""
    if S is bool or S is int or S is T:
        return T
    if T is int or issubclass(S, T):
        return S
    if issubclass(T, S) or issubclass(S, int):
        return T
    if issubclass(T, int):
        return S
    if issubclass(T, Fraction) and issubclass(S, float):
        return S
    if issubclass(T, float) and issubclass(S, Fraction):
        return T
    raise TypeError(f"don't know how to coerce {T.__name__} and {S.__name__}")


def _exact_ratio(x):
    """A number as numerator and denominator; the denominator of what is no finite number is `None`."""
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return (x, None)
    try:
        return (x.numerator, x.denominator)
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator") from None


def _exact(value):
    """A value as a fraction, or as it is when it is no finite number."""
    numerator, denominator = _exact_ratio(value)
    return numerator if denominator is None else Fraction(numerator, denominator)


def _isfinite(x):
    try:
        return x.is_finite()
    except AttributeError:
        return math.isfinite(x)


def _fail_neg(values, errmsg='negative value'):
    """The values; a negative one among them is an error."""
    for x in values:
        if x < 0:
            raise StatisticsError(errmsg)
        yield x


def _sum(data):
    """The type, the exact sum and the count."""
    kinds, total, odd, count = [], Fraction(0), None, 0
    for value in data:
        count += 1
        if type(value) not in kinds:
            kinds.append(type(value))
        exact = _exact(value)
        if isinstance(exact, Fraction):
            total += exact
        else:
            odd = (0 if odd is None else odd) + exact
    return reduce(_coerce, kinds, int), total if odd is None else odd, count


def _convert(value, T):
    """A fraction as a value of a type."""
    if type(value) is T:
        return value
    if issubclass(T, int) and value.denominator != 1:
        T = float
    try:
        return T(value)
    except TypeError:
        if issubclass(T, Decimal):
            return T(value.numerator) / value.denominator
        raise


def mean(data):
    """The arithmetic mean."""
    kind, total, n = _sum(data)
    if n < 1:
        raise StatisticsError('mean requires at least one data point')
    return _convert(total / n, kind)


def fmean(data, weights=None):
    """The arithmetic mean as a float."""
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    total = math.fsum(weights)
    if not total:
        raise StatisticsError('sum of weights must be non-zero')
    return math.fsum([x * w for x, w in zip(data, weights)]) / total


def geometric_mean(data):
    """The root of the product."""
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive numbers') from None


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of the reciprocals."""
    data = list(data)
    n = len(data)
    if n < 1:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if n == 1 and weights is None:
        x = data[0]
        if not isinstance(x, (Real, Decimal)):
            raise TypeError('unsupported type')
        if x < 0:
            raise StatisticsError('harmonic mean does not support negative values')
        return x
    if weights is None:
        weights = [1] * n
        total = n
    else:
        weights = list(weights)
        if len(weights) != n:
            raise StatisticsError('Number of weights does not match data size')
        total = _sum(weights)[1]
    try:
        data = _fail_neg(data, 'harmonic mean does not support negative values')
        kind, reciprocals, _ = _sum([w / x if w else 0 for w, x in zip(weights, data)])
    except ZeroDivisionError:
        return 0
    if reciprocals <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(total / reciprocals, kind)


def median(data):
    """The middle value, or the mean of the two in the middle."""
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    """The middle value, or the smaller of the two in the middle."""
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The middle value, or the larger of the two in the middle."""
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data[len(data) // 2]


def median_grouped(data, interval=1):
    """The middle of data that stand for intervals."""
    data = sorted(data)
    n = len(data)
    if not n:
        raise StatisticsError('no median for empty data')
    x = data[n // 2]
    below, upto = bisect_left(data, x), bisect_right(data, x)
    try:
        interval = float(interval)
        x = float(x)
    except ValueError:
        raise TypeError('Value cannot be converted to a float') from None
    return x - interval / 2 + interval * (n / 2 - below) / (upto - below)


def mode(data):
    """The most frequent value, the first of them."""
    found = Counter(iter(data)).most_common(1)
    if not found:
        raise StatisticsError('no mode for empty data')
    return found[0][0]


def multimode(data):
    """The most frequent values."""
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    """The points that cut data into `n` parts of equal probability."""
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    length = len(data)
    if length < 2:
        raise StatisticsError('must have at least two data points')
    if method == 'inclusive':
        cuts = []
        for i in range(1, n):
            j, delta = divmod(i * (length - 1), n)
            cuts.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return cuts
    if method == 'exclusive':
        cuts = []
        for i in range(1, n):
            j = min(max(i * (length + 1) // n, 1), length - 1)
            delta = i * (length + 1) - j * n
            cuts.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        return cuts
    raise ValueError(f'Unknown method: {method!r}')


def _squares(data, centre=None):
    """The type, the exact sum of squared deviations and the count."""
    data = list(data)
    kind, total, n = _sum(data)
    if n == 0:
        return kind, 0, 0
    if not isinstance(total, Fraction):
        return kind, total, n
    middle = total / n if centre is None else _exact(centre)
    return kind, sum([(_exact(x) - middle) ** 2 for x in data], Fraction(0)), n


def _variance(data, centre, least, name):
    """The variance, where `least` points are needed and one less than that is not divided by."""
    kind, squares, n = _squares(data, centre)
    if n < least:
        points = 'one data point' if least == 1 else 'two data points'
        raise StatisticsError(f'{name} requires at least {points}')
    return squares / (n - least + 1), kind


def variance(data, xbar=None):
    """The variance of a sample."""
    return _convert(*_variance(data, xbar, 2, 'variance'))


def pvariance(data, mu=None):
    """The variance of a population."""
    return _convert(*_variance(data, mu, 1, 'pvariance'))


def _root(value, kind):
    """The root of a fraction, rounded once."""
    if not isinstance(value, Fraction):
        return math.sqrt(value)
    if issubclass(kind, Decimal):
        return _decimal_sqrt_of_frac(value.numerator, value.denominator)
    return _float_sqrt_of_frac(value.numerator, value.denominator)


def _float_sqrt_of_frac(n, m):
    """The root of `n / m` as a float."""
    shift = (n.bit_length() - m.bit_length() - 109) // 2
    if shift >= 0:
        root, scale = _integer_sqrt_of_frac_rto(n, m << 2 * shift) << shift, 1
    else:
        root, scale = _integer_sqrt_of_frac_rto(n << -2 * shift, m), 1 << -shift
    return root / scale


def _decimal_sqrt_of_frac(n, m):
    """The root of `n / m` as a decimal of the precision of the context."""
    if n <= 0:
        if not n:
            return Decimal('0.0')
        n, m = -n, -m
    if m <= 0:
        if not m:
            raise ZeroDivisionError(f'Fraction({n}, 0)')
        return (Decimal(n) / Decimal(m)).sqrt()
    # Three more digits than are wanted, and the last of them tells whether there is a rest.
    digits = getcontext().prec + 3 - (len(str(n)) - len(str(m))) // 2
    up, down = (10 ** (2 * digits), 1) if digits >= 0 else (1, 10 ** (-2 * digits))
    root = math.isqrt(n * up // (m * down))
    if root * root * m * down != n * up and root % 5 == 0:
        root += 1
    with localcontext() as context:
        context.prec = len(str(root)) + 1
        exact = Decimal(root).scaleb(-digits)
    return +exact


def _integer_sqrt_of_frac_rto(n, m):
    """The root of `n / m`, rounded to odd, so that rounding it again is right."""
    a = math.isqrt(n // m)
    return a | (a * a * m != n)


def stdev(data, xbar=None):
    """The standard deviation of a sample."""
    return _root(*_variance(data, xbar, 2, 'stdev'))


def pstdev(data, mu=None):
    """The standard deviation of a population."""
    return _root(*_variance(data, mu, 1, 'pstdev'))


def covariance(x, y, /):
    """The covariance of two samples."""
    n = len(x)
    if len(y) != n:
        raise StatisticsError('covariance requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError('covariance requires at least two data points')
    xbar, ybar = math.fsum(x) / n, math.fsum(y) / n
    return math.fsum([(xi - xbar) * (yi - ybar) for xi, yi in zip(x, y)]) / (n - 1)


def correlation(x, y, /):
    """Pearson's coefficient."""
    n = len(x)
    if len(y) != n:
        raise StatisticsError('correlation requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError('correlation requires at least two data points')
    xbar, ybar = math.fsum(x) / n, math.fsum(y) / n
    sxy = math.fsum([(xi - xbar) * (yi - ybar) for xi, yi in zip(x, y)])
    sxx = math.fsum([(xi - xbar) ** 2.0 for xi in x])
    syy = math.fsum([(yi - ybar) ** 2.0 for yi in y])
    if not sxx * syy:
        raise StatisticsError('at least one of the inputs is constant')
    return sxy / math.sqrt(sxx * syy)


LinearRegression = namedtuple('LinearRegression', ('slope', 'intercept'))


def linear_regression(x, y, /, *, proportional=False):
    """The line through points with the least squares."""
    n = len(x)
    if len(y) != n:
        raise StatisticsError('linear regression requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError('linear regression requires at least two data points')
    xbar = ybar = 0.0
    if not proportional:
        xbar, ybar = math.fsum(x) / n, math.fsum(y) / n
    sxy = math.fsum([(xi - xbar) * (yi - ybar) for xi, yi in zip(x, y)])
    sxx = math.fsum([(xi - xbar) ** 2.0 for xi in x])
    if not sxx:
        raise StatisticsError('x is constant')
    slope = sxy / sxx
    return LinearRegression(slope=slope, intercept=0.0 if proportional else ybar - slope * xbar)


# Wichura's algorithm AS 241: for the middle and the two parts of the tail a numerator and a denominator, the highest power first.
_MIDDLE = ((2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
            13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
           (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
            5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0))
_NEAR = ((7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
          3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
         (1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
          6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1.0))
_FAR = ((2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
         2.9656057182850489123e-1, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
        (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
         1.4875361290850615025e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1.0))


def _polynomial(factors, r):
    value = factors[0]
    for factor in factors[1:]:
        value = value * r + factor
    return value


def _normal_dist_inv_cdf(p, mu, sigma):
    """Where the share `p` of a normal distribution lies below."""
    q = p - 0.5
    if math.fabs(q) <= 0.425:
        r = 0.180625 - q * q
        x = _polynomial(_MIDDLE[0], r) * q / _polynomial(_MIDDLE[1], r)
        return mu + x * sigma
    r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
    (above, below), r = (_NEAR, r - 1.6) if r <= 5.0 else (_FAR, r - 5.0)
    x = _polynomial(above, r) / _polynomial(below, r)
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    """A normal distribution by its mean and standard deviation."""

    __slots__ = {'_mu': 'the mean', '_sigma': 'the standard deviation'}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        return cls(fmean(data), stdev(data))

    mean = property(lambda self: self._mu)
    median = property(lambda self: self._mu)
    mode = property(lambda self: self._mu)
    stdev = property(lambda self: self._sigma)
    variance = property(lambda self: self._sigma * self._sigma)

    def samples(self, n, *, seed=None):
        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in repeat(None, n)]

    def pdf(self, x):
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError('pdf() not defined when sigma is zero')
        return math.exp((x - self._mu) ** 2 / (-2.0 * variance)) / math.sqrt(2.0 * math.pi * variance)

    def cdf(self, x):
        """The share that lies below."""
        if not self._sigma:
            raise StatisticsError('cdf() not defined when sigma is zero')
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * math.sqrt(2.0))))

    def inv_cdf(self, p):
        """Where a share lies below."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        if self._sigma <= 0.0:
            raise StatisticsError('cdf() not defined when sigma at or below zero')
        return _normal_dist_inv_cdf(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        """The points that cut it into parts of equal probability."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """The share of the area that lies below both."""
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        X, Y = (self, other) if (self._sigma, self._mu) <= (other._sigma, other._mu) else (other, self)
        if not X.variance or not Y.variance:
            raise StatisticsError('overlap() not defined when sigma is zero')
        dv, dm = Y.variance - X.variance, math.fabs(Y._mu - X._mu)
        if not dv:
            return 1.0 - math.erf(dm / (2.0 * X._sigma * math.sqrt(2.0)))
        a = X._mu * Y.variance - Y._mu * X.variance
        b = X._sigma * Y._sigma * math.sqrt(dm * dm + dv * math.log(Y.variance / X.variance))
        x1, x2 = (a + b) / dv, (a - b) / dv
        return 1.0 - (math.fabs(Y.cdf(x1) - X.cdf(x1)) + math.fabs(Y.cdf(x2) - X.cdf(x2)))

    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError('zscore() not defined when sigma is zero')
        return (x - self._mu) / self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    def __rsub__(self, other):
        return -(self - other)

    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * abs(other))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / abs(other))

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'
