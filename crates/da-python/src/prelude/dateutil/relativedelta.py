"""Lengths of time in calendar units, and replacements of parts of a date."""

import calendar
import datetime
from math import copysign

__all__ = ['relativedelta', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']


class weekday:
    """A day of the week, perhaps the nth one."""

    __slots__ = ('weekday', 'n')

    def __init__(self, weekday, n=None):
        self.weekday = weekday
        self.n = n

    def __call__(self, n):
        return self if n == self.n else self.__class__(self.weekday, n)

    def __eq__(self, other):
        try:
            return self.weekday == other.weekday and self.n == other.n
        except AttributeError:
            return False

    def __hash__(self):
        return hash((self.weekday, self.n))

    def __repr__(self):
        name = ('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[self.weekday]
        return f'{name}({self.n:+d})' if self.n else name


MO, TU, WE, TH, FR, SA, SU = weekdays = tuple([weekday(day) for day in range(7)])

_LENGTHS = ('years', 'months', 'days', 'leapdays', 'hours', 'minutes', 'seconds', 'microseconds')
_PARTS = ('year', 'month', 'day', 'weekday', 'hour', 'minute', 'second', 'microsecond')


def _sign(x):
    return int(copysign(1, x))


class relativedelta:
    """`relativedelta(months=1, day=31)`: plural names add, singular ones replace."""

    def __init__(self, dt1=None, dt2=None, years=0, months=0, days=0, leapdays=0, weeks=0, hours=0, minutes=0,
                 seconds=0, microseconds=0, year=None, month=None, day=None, weekday=None, yearday=None,
                 nlyearday=None, hour=None, minute=None, second=None, microsecond=None):
        self.year, self.month, self.day = year, month, day
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond
        self.weekday = weekdays[weekday] if isinstance(weekday, int) else weekday
        if dt1 and dt2:
            self._between(dt1, dt2)
            return
        if any(x is not None and x != int(x) for x in (years, months)):
            raise ValueError('Non-integer years and months are ambiguous and not currently supported.')
        self.years, self.months = int(years), int(months)
        self.days = days + weeks * 7
        self.leapdays = leapdays
        self.hours, self.minutes, self.seconds, self.microseconds = hours, minutes, seconds, microseconds
        day_of_year = nlyearday or 0
        if not nlyearday and yearday:
            day_of_year = yearday
            if yearday > 59:
                self.leapdays = -1
        if day_of_year:
            self._set_day_of_year(day_of_year)
        self._fix()

    def _between(self, dt1, dt2):
        """What must be added to the second date to get the first."""
        if not (isinstance(dt1, datetime.date) and isinstance(dt2, datetime.date)):
            raise TypeError('relativedelta only diffs datetime/date')
        if isinstance(dt1, datetime.datetime) != isinstance(dt2, datetime.datetime):
            if not isinstance(dt1, datetime.datetime):
                dt1 = datetime.datetime.fromordinal(dt1.toordinal())
            else:
                dt2 = datetime.datetime.fromordinal(dt2.toordinal())
        self.years = self.months = self.days = self.leapdays = 0
        self.hours = self.minutes = self.seconds = self.microseconds = 0
        self._has_time = 0
        months = (dt1.year - dt2.year) * 12 + (dt1.month - dt2.month)
        self._set_months(months)
        reached = self.__radd__(dt2)
        backwards = dt1 < dt2
        while dt1 > reached if backwards else dt1 < reached:
            months += 1 if backwards else -1
            self._set_months(months)
            reached = self.__radd__(dt2)
        delta = dt1 - reached
        self.seconds = delta.seconds + delta.days * 86400
        self.microseconds = delta.microseconds
        self._fix()

    def _set_day_of_year(self, day_of_year):
        before = 0
        for place, end in enumerate((31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 366)):
            if day_of_year <= end:
                self.month = place + 1
                self.day = day_of_year - before
                return
            before = end
        raise ValueError('invalid year day (%d)' % day_of_year)

    def _set_months(self, months):
        self.months = months
        if abs(self.months) > 11:
            s = _sign(self.months)
            years, rest = divmod(self.months * s, 12)
            self.months = rest * s
            self.years = years * s
        else:
            self.years = 0

    def _fix(self):
        """Carries what is too much for a unit over to the next."""
        for small, large, most in (('microseconds', 'seconds', 1000000), ('seconds', 'minutes', 60),
                                   ('minutes', 'hours', 60), ('hours', 'days', 24), ('months', 'years', 12)):
            value = getattr(self, small)
            if abs(value) >= most:
                s = _sign(value)
                over, rest = divmod(value * s, most)
                setattr(self, small, rest * s)
                setattr(self, large, getattr(self, large) + over * s)
        self._has_time = int(any((self.hours, self.minutes, self.seconds, self.microseconds))
                             or any(x is not None for x in (self.hour, self.minute, self.second, self.microsecond)))

    @property
    def weeks(self):
        return int(self.days / 7.0)

    @weeks.setter
    def weeks(self, value):
        self.days = self.days - self.weeks * 7 + value * 7

    def normalized(self):
        """With whole units alone."""
        days = int(self.days)
        hours_float = round(self.hours + 24 * (self.days - days), 11)
        hours = int(hours_float)
        minutes_float = round(self.minutes + 60 * (hours_float - hours), 10)
        minutes = int(minutes_float)
        seconds_float = round(self.seconds + 60 * (minutes_float - minutes), 8)
        seconds = int(seconds_float)
        microseconds = round(self.microseconds + 1e6 * (seconds_float - seconds))
        return self._like(dict(years=self.years, months=self.months, days=days, leapdays=self.leapdays, hours=hours,
                               minutes=minutes, seconds=seconds, microseconds=microseconds), self)

    def _like(self, lengths, *parts):
        """With these lengths and the parts that the first of the others has."""
        for name in _PARTS:
            lengths[name] = next((getattr(p, name) for p in parts if getattr(p, name) is not None), None)
        return self.__class__(**lengths)

    def _lengths(self):
        return {name: getattr(self, name) for name in _LENGTHS}

    def __add__(self, other):
        if isinstance(other, relativedelta):
            lengths = {name: getattr(other, name) + value for name, value in self._lengths().items()}
            lengths['leapdays'] = other.leapdays or self.leapdays
            return self._like(lengths, other, self)
        if isinstance(other, datetime.timedelta):
            lengths = self._lengths()
            lengths['days'] += other.days
            lengths['seconds'] += other.seconds
            lengths['microseconds'] += other.microseconds
            return self._like(lengths, self)
        if not isinstance(other, datetime.date):
            return NotImplemented
        if self._has_time and not isinstance(other, datetime.datetime):
            other = datetime.datetime.fromordinal(other.toordinal())
        year = (self.year or other.year) + self.years
        month = self.month or other.month
        if self.months:
            month += self.months
            if month > 12:
                year, month = year + 1, month - 12
            elif month < 1:
                year, month = year - 1, month + 12
        day = min(calendar.monthrange(year, month)[1], self.day or other.day)
        changes = {'year': year, 'month': month, 'day': day}
        for name in ('hour', 'minute', 'second', 'microsecond'):
            value = getattr(self, name)
            if value is not None:
                changes[name] = value
        days = self.days
        if self.leapdays and month > 2 and calendar.isleap(year):
            days += self.leapdays
        found = other.replace(**changes) + datetime.timedelta(days=days, hours=self.hours, minutes=self.minutes,
                                                              seconds=self.seconds, microseconds=self.microseconds)
        if self.weekday:
            day, nth = self.weekday.weekday, self.weekday.n or 1
            jump = (abs(nth) - 1) * 7
            if nth > 0:
                jump += (7 - found.weekday() + day) % 7
            else:
                jump = -(jump + (found.weekday() - day) % 7)
            found += datetime.timedelta(days=jump)
        return found

    def __radd__(self, other):
        return self.__add__(other)

    def __rsub__(self, other):
        return self.__neg__().__radd__(other)

    def __sub__(self, other):
        if not isinstance(other, relativedelta):
            return NotImplemented
        lengths = {name: value - getattr(other, name) for name, value in self._lengths().items()}
        lengths['leapdays'] = self.leapdays or other.leapdays
        return self._like(lengths, self, other)

    def __abs__(self):
        lengths = {name: abs(value) for name, value in self._lengths().items()}
        return self._like({**lengths, 'leapdays': self.leapdays}, self)

    def __neg__(self):
        lengths = {name: -value for name, value in self._lengths().items()}
        return self._like({**lengths, 'leapdays': self.leapdays}, self)

    def __bool__(self):
        return any(self._lengths().values()) or any(getattr(self, name) is not None for name in _PARTS)

    def __mul__(self, other):
        try:
            f = float(other)
        except TypeError:
            return NotImplemented
        lengths = {name: int(value * f) for name, value in self._lengths().items()}
        return self._like({**lengths, 'leapdays': self.leapdays}, self)

    __rmul__ = __mul__

    def __truediv__(self, other):
        try:
            reciprocal = 1 / float(other)
        except TypeError:
            return NotImplemented
        return self.__mul__(reciprocal)

    def __eq__(self, other):
        if not isinstance(other, relativedelta):
            return NotImplemented
        if self.weekday or other.weekday:
            if not self.weekday or not other.weekday or self.weekday.weekday != other.weekday.weekday:
                return False
            n1, n2 = self.weekday.n, other.weekday.n
            if n1 != n2 and not ((not n1 or n1 == 1) and (not n2 or n2 == 1)):
                return False
        names = _LENGTHS + tuple([name for name in _PARTS if name != 'weekday'])
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self):
        return hash((self.weekday, *self._lengths().values()))

    def __repr__(self):
        shown = [f'{name}={getattr(self, name):+g}' for name in _LENGTHS if getattr(self, name)]
        shown += [f'{name}={getattr(self, name)!r}' for name in _PARTS if getattr(self, name) is not None]
        return f'{self.__class__.__name__}({", ".join(shown)})'
