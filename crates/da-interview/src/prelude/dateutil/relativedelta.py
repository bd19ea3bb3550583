"""dateutil.relativedelta: intervals in the units of the calendar."""

import datetime as _datetime

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CARRIES = (('microseconds', 1000000, 'seconds'), ('seconds', 60, 'minutes'), ('minutes', 60, 'hours'), ('hours', 24, 'days'),
            ('months', 12, 'years'))
_RELATIVE = ('years', 'months', 'days', 'leapdays', 'hours', 'minutes', 'seconds', 'microseconds')
_ABSOLUTE = ('year', 'month', 'day', 'weekday', 'hour', 'minute', 'second', 'microsecond')


class weekday:
    """A day of the week, and optionally which one of several: `MO(+2)` is the second Monday."""

    def __init__(self, weekday, n=None):
        if n == 0:
            raise ValueError("Can't create weekday with n==0")
        self.weekday = weekday
        self.n = n

    def __call__(self, n):
        return self if n == self.n else weekday(self.weekday, n)

    def __eq__(self, other):
        return isinstance(other, weekday) and (self.weekday, self.n) == (other.weekday, other.n)

    def __hash__(self):
        return hash((self.weekday, self.n))

    def __repr__(self):
        name = ('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[self.weekday]
        return name if not self.n else '%s(%+d)' % (name, self.n)


MO, TU, WE, TH, FR, SA, SU = weekdays = tuple(weekday(number) for number in range(7))


def _days_in(year, month):
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_DAYS[month - 1] + (1 if leap else 0)


class relativedelta:
    """An interval: relative units in the plural, fixed ones in the singular; or the time between two dates."""

    def __init__(self, dt1=None, dt2=None, years=0, months=0, days=0, leapdays=0, weeks=0, hours=0, minutes=0, seconds=0,
                 microseconds=0, year=None, month=None, day=None, weekday=None, yearday=None, nlyearday=None, hour=None, minute=None,
                 second=None, microsecond=None):
        if dt1 is not None and dt2 is not None:
            years, months, days, leapdays, weeks, hours, minutes = 0, 0, 0, 0, 0, 0, 0
            months, seconds, microseconds = _between(dt1, dt2)
            year = month = day = weekday = hour = minute = second = microsecond = None
        elif any(part is not None and part != int(part) for part in (years, months)):
            raise ValueError('Non-integer years and months are ambiguous and not currently supported.')
        self.years, self.months, self.leapdays = int(years), int(months), leapdays
        self.days = days + weeks * 7
        self.hours, self.minutes, self.seconds, self.microseconds = hours, minutes, seconds, microseconds
        self.year, self.month, self.day = year, month, day
        self.weekday = weekdays[weekday] if isinstance(weekday, int) else weekday
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond
        if nlyearday or yearday:
            self._set_day_of_year(nlyearday or yearday, not nlyearday)
        self._carry()

    def _set_day_of_year(self, number, with_leap_day):
        if with_leap_day and number > 59:
            self.leapdays = -1
        for place, days in enumerate(_MONTH_DAYS):
            if number <= days:
                self.month, self.day = place + 1, number
                return
            number -= days
        raise ValueError('invalid year day (%d)' % number)

    def _carry(self):
        """What is too much for a unit goes to the next; the sign stays."""
        for unit, size, bigger in _CARRIES:
            amount = getattr(self, unit)
            if abs(amount) >= size:
                sign = 1 if amount >= 0 else -1
                more, rest = divmod(amount * sign, size)
                setattr(self, unit, rest * sign)
                setattr(self, bigger, getattr(self, bigger) + int(more) * sign)

    @property
    def weeks(self):
        return int(self.days / 7.0)

    @weeks.setter
    def weeks(self, value):
        self.days = self.days - self.weeks * 7 + value * 7

    def normalized(self):
        return relativedelta(**self._parts())

    def _parts(self):
        return {name: getattr(self, name) for name in _RELATIVE + _ABSOLUTE}

    def _combined(self, other, sign):
        parts = {name: getattr(self, name) + sign * getattr(other, name) for name in _RELATIVE if name != 'leapdays'}
        parts['leapdays'] = other.leapdays or self.leapdays
        for name in _ABSOLUTE:
            mine, others = getattr(self, name), getattr(other, name)
            first, second = (others, mine) if sign > 0 else (mine, others)
            parts[name] = first if first is not None else second
        return relativedelta(**parts)

    def __add__(self, other):
        if isinstance(other, relativedelta):
            return self._combined(other, 1)
        if isinstance(other, _datetime.timedelta):
            return self._combined(relativedelta(days=other.days, seconds=other.seconds, microseconds=other.microseconds), 1)
        if not isinstance(other, _datetime.date):
            return NotImplemented
        return self._applied(other)

    __radd__ = __add__

    def _has_time(self):
        return any(getattr(self, name) for name in ('hours', 'minutes', 'seconds', 'microseconds')) or \
            any(getattr(self, name) is not None for name in ('hour', 'minute', 'second', 'microsecond'))

    def _applied(self, moment):
        if self._has_time() and not isinstance(moment, _datetime.datetime):
            moment = _datetime.datetime.fromordinal(moment.toordinal())
        year = (moment.year if self.year is None else self.year) + self.years
        month = (moment.month if self.month is None else self.month) + self.months
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        day = min(_days_in(year, month), self.day or moment.day)
        fixed = {'year': year, 'month': month, 'day': day}
        fixed.update({name: getattr(self, name) for name in _ABSOLUTE[4:] if getattr(self, name) is not None})
        days = self.days
        if self.leapdays and month > 2 and _days_in(year, 2) == 29:
            days += self.leapdays
        moved = moment.replace(**fixed) + _datetime.timedelta(days=days, hours=self.hours, minutes=self.minutes,
                                                              seconds=self.seconds, microseconds=self.microseconds)
        return self._to_weekday(moved) if self.weekday else moved

    def _to_weekday(self, moment):
        nth = self.weekday.n or 1
        jump = (abs(nth) - 1) * 7
        if nth > 0:
            jump += (7 - moment.weekday() + self.weekday.weekday) % 7
        else:
            jump = -(jump + (moment.weekday() - self.weekday.weekday) % 7)
        return moment + _datetime.timedelta(days=jump)

    def __sub__(self, other):
        return self._combined(other, -1) if isinstance(other, relativedelta) else NotImplemented

    def __rsub__(self, other):
        return self.__neg__().__radd__(other)

    def __neg__(self):
        parts = self._parts()
        parts.update({name: -parts[name] for name in _RELATIVE if name != 'leapdays'})
        return relativedelta(**parts)

    def __abs__(self):
        parts = self._parts()
        parts.update({name: abs(parts[name]) for name in _RELATIVE if name != 'leapdays'})
        return relativedelta(**parts)

    def __mul__(self, factor):
        parts = self._parts()
        parts.update({name: int(parts[name] * float(factor)) for name in _RELATIVE if name != 'leapdays'})
        return relativedelta(**parts)

    __rmul__ = __mul__

    def __truediv__(self, divisor):
        return self.__mul__(1 / float(divisor))

    def __bool__(self):
        return any(getattr(self, name) for name in _RELATIVE) or any(getattr(self, name) is not None for name in _ABSOLUTE)

    def __eq__(self, other):
        return isinstance(other, relativedelta) and self._parts() == other._parts()

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(tuple(self._parts().values()))

    def __repr__(self):
        parts = ['%s=%+g' % (name, getattr(self, name)) for name in _RELATIVE if getattr(self, name)]
        parts += ['%s=%r' % (name, getattr(self, name)) for name in _ABSOLUTE if getattr(self, name) is not None]
        return 'relativedelta(' + ', '.join(parts) + ')'


def _between(later, earlier):
    """The months, seconds and microseconds from one date to another."""
    if isinstance(later, _datetime.datetime) != isinstance(earlier, _datetime.datetime):
        def as_moment(date):
            return date if isinstance(date, _datetime.datetime) else _datetime.datetime.fromordinal(date.toordinal())
        later, earlier = as_moment(later), as_moment(earlier)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    moved = earlier + relativedelta(months=months)
    step = 1 if later < earlier else -1
    while later > moved if step > 0 else later < moved:
        months += step
        moved = earlier + relativedelta(months=months)
    rest = later - moved
    return months, rest.seconds + rest.days * 86400, rest.microseconds
