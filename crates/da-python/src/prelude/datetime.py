"""Dates and times. Naive local time is UTC, as in `time`."""

import _clock
import math
import time as _time

__all__ = ['date', 'datetime', 'time', 'timedelta', 'timezone', 'tzinfo', 'MINYEAR', 'MAXYEAR', 'UTC']

MINYEAR = 1
MAXYEAR = 9999
_MAXORDINAL = 3652059
_DAY = 86400000000
_EPOCH = 719163


def _plural(n):
    return '' if abs(n) == 1 else 's'


def _half_even(a, b):
    """`a / b` to the nearest whole number."""
    q, r = divmod(a, b)
    r *= 2
    if r > b or r == b and q % 2 == 1:
        q += 1
    return q


class timedelta:
    """A length of time, to the microsecond."""

    __slots__ = ('_days', '_seconds', '_microseconds')

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = 0
        left = 0.0
        for name, value, factor in (('days', days, _DAY), ('seconds', seconds, 1000000),
                                    ('microseconds', microseconds, 1), ('milliseconds', milliseconds, 1000),
                                    ('minutes', minutes, 60000000), ('hours', hours, 3600000000),
                                    ('weeks', weeks, 604800000000)):
            if isinstance(value, int):
                total += int(value) * factor
            elif isinstance(value, float):
                fraction, whole = math.modf(value)
                total += int(whole) * factor
                if fraction:
                    fraction, whole = math.modf(factor * fraction)
                    total += int(whole)
                    left += fraction
            else:
                raise TypeError('unsupported type for timedelta %s component: %s' % (name, type(value).__name__))
        if left:
            whole = round(left)
            if abs(left - math.trunc(left)) == 0.5:
                odd = total & 1
                whole = int(2.0 * round((left + odd) * 0.5)) - odd
            total += whole
        return cls._of(total)

    @classmethod
    def _of(cls, total):
        days, rest = divmod(total, _DAY)
        if not -999999999 <= days <= 999999999:
            raise OverflowError('days=%d; must have magnitude <= 999999999' % days)
        made = object.__new__(cls)
        made._days = days
        made._seconds, made._microseconds = divmod(rest, 1000000)
        return made

    days = property(lambda self: self._days)
    seconds = property(lambda self: self._seconds)
    microseconds = property(lambda self: self._microseconds)

    def _total(self):
        return (self._days * 86400 + self._seconds) * 1000000 + self._microseconds

    def total_seconds(self):
        """All of it in seconds."""
        return self._total() / 1000000

    def __reduce__(self):
        return type(self), (self._days, self._seconds, self._microseconds)

    def __repr__(self):
        parts = []
        if self._days:
            parts.append('days=%d' % self._days)
        if self._seconds:
            parts.append('seconds=%d' % self._seconds)
        if self._microseconds:
            parts.append('microseconds=%d' % self._microseconds)
        return '%s(%s)' % (_qualname(self), ', '.join(parts) or '0')

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        hours, minutes = divmod(minutes, 60)
        shown = '%d:%02d:%02d' % (hours, minutes, seconds)
        if self._days:
            shown = '%d day%s, %s' % (self._days, _plural(self._days), shown)
        if self._microseconds:
            shown += '.%06d' % self._microseconds
        return shown

    def __add__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._total() + other._total())
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._total() - other._total())
        return NotImplemented

    def __rsub__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(other._total() - self._total())
        return NotImplemented

    def __neg__(self):
        return timedelta._of(-self._total())

    def __pos__(self):
        return timedelta._of(self._total())

    def __abs__(self):
        return timedelta._of(abs(self._total()))

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._total() * int(other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta._of(_half_even(self._total() * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total() // other._total()
        if isinstance(other, int):
            return timedelta._of(self._total() // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total() / other._total()
        if isinstance(other, int):
            if other < 0:
                return timedelta._of(_half_even(-self._total(), -other))
            return timedelta._of(_half_even(self._total(), other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            if a < 0:
                a, b = -a, -b
            return timedelta._of(_half_even(b * self._total(), a))
        return NotImplemented

    def __mod__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._total() % other._total())
        return NotImplemented

    def __divmod__(self, other):
        if isinstance(other, timedelta):
            q, r = divmod(self._total(), other._total())
            return q, timedelta._of(r)
        return NotImplemented

    def __eq__(self, other):
        return self._total() == other._total() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._total() < other._total() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._total() <= other._total() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._total() > other._total() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._total() >= other._total() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash(self._total())

    def __bool__(self):
        return self._total() != 0

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


def _qualname(v):
    cls = v.__class__
    return f'datetime.{cls.__name__}' if cls.__module__ == 'datetime' else cls.__name__


def _index(value):
    if isinstance(value, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    return value.__index__() if hasattr(value, '__index__') else _not_a_number(value)


def _not_a_number(value):
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def _check_date(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError('year %d is out of range' % year)
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _time._month_days(year, month):
        raise ValueError('day is out of range for month')
    return year, month, day


def _check_time(hour, minute, second, microsecond, fold):
    hour, minute, second, microsecond = _index(hour), _index(minute), _index(second), _index(microsecond)
    if not 0 <= hour <= 23:
        raise ValueError('hour must be in 0..23')
    if not 0 <= minute <= 59:
        raise ValueError('minute must be in 0..59')
    if not 0 <= second <= 59:
        raise ValueError('second must be in 0..59')
    if not 0 <= microsecond <= 999999:
        raise ValueError('microsecond must be in 0..999999')
    if fold not in (0, 1):
        raise ValueError('fold must be either 0 or 1')
    return hour, minute, second, microsecond


def _check_zone(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")


def _check_offset(name, offset):
    if offset is None:
        return None
    if not isinstance(offset, timedelta):
        raise TypeError(f'tzinfo.{name}() must return None or a timedelta, not \'{type(offset).__name__}\'')
    if not -_DAY < offset._total() < _DAY:
        raise ValueError('offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).')
    return offset


def _format_offset(offset, colon=':'):
    if offset is None:
        return ''
    total = offset._total()
    sign = '+'
    if total < 0:
        sign, total = '-', -total
    seconds, micro = divmod(total, 1000000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    shown = '%s%02d%s%02d' % (sign, hours, colon, minutes)
    if seconds or micro:
        shown += '%s%02d' % (colon, seconds)
        if micro:
            shown += '.%06d' % micro
    return shown


_SPECS = {'hours': '%02d', 'minutes': '%02d:%02d', 'seconds': '%02d:%02d:%02d', 'milliseconds': '%02d:%02d:%02d.%03d',
          'microseconds': '%02d:%02d:%02d.%06d'}


def _format_time(hour, minute, second, micro, timespec):
    if timespec == 'auto':
        timespec = 'microseconds' if micro else 'seconds'
    if timespec not in _SPECS:
        raise ValueError('Unknown timespec value')
    parts = {'hours': (hour,), 'minutes': (hour, minute), 'seconds': (hour, minute, second),
             'milliseconds': (hour, minute, second, micro // 1000),
             'microseconds': (hour, minute, second, micro)}[timespec]
    return _SPECS[timespec] % parts


class _Malformed(ValueError):
    """A text that is not in ISO's format."""


def _digits(text):
    if not text or not text.isascii() or not text.isdecimal():
        raise _Malformed
    return int(text)


def _parse_iso_date(text):
    """Year, month and day of `YYYY-MM-DD`, `YYYYMMDD` or a week date."""
    if len(text) not in (7, 8, 10):
        raise _Malformed
    year = _digits(text[:4])
    dash = text[4:5] == '-'
    rest = text[5:] if dash else text[4:]
    if rest[:1] == 'W':
        week = _digits(rest[1:3])
        rest = rest[3:]
        day = 1
        if rest:
            if (rest[0] == '-') != dash:
                raise _Malformed
            rest = rest[1:] if dash else rest
            if len(rest) != 1:
                raise _Malformed
            day = _digits(rest)
        try:
            return _week_date(year, week, day)
        except ValueError:
            raise _Malformed from None
    month = _digits(rest[:2])
    rest = rest[2:]
    if dash:
        if rest[:1] != '-':
            raise _Malformed
        rest = rest[1:]
    if len(rest) != 2:
        raise _Malformed
    return year, month, _digits(rest)


def _week_date(year, week, day):
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'Year is out of range: {year}')
    days = 366 if _time._is_leap(year) else 365
    last = _time._iso_week(year, (_time._to_ordinal(year, 12, 31) + 6) % 7, days)
    if not 1 <= week <= (53 if last == (year, 53) else 52):
        raise ValueError(f'Invalid week: {week}')
    if not 1 <= day <= 7:
        raise ValueError(f'Invalid weekday: {day} (range is [1, 7])')
    fourth = _time._to_ordinal(year, 1, 4)
    return _time._from_ordinal(fourth - (fourth + 6) % 7 + (week - 1) * 7 + day - 1)


def _parse_clock(text):
    """Hour, minute, second and microsecond of `HH[:MM[:SS[.ffffff]]]`."""
    parts = [0, 0, 0, 0]
    colon = text[2:3] == ':'
    at = 0
    for place in range(3):
        if len(text) - at < 2:
            raise _Malformed
        parts[place] = _digits(text[at:at + 2])
        at += 2
        following = text[at:at + 1]
        if not following or place == 2:
            break
        if following == ':' and colon:
            at += 1
        elif colon or not following.isdecimal():
            raise _Malformed
    if at < len(text):
        if text[at] not in '.,':
            raise _Malformed
        fraction = text[at + 1:]
        _digits(fraction)
        parts[3] = int(fraction[:6].ljust(6, '0'))
    return parts


def _parse_iso_time(text):
    """Hour, minute, second, microsecond and zone."""
    if len(text) < 2:
        raise _Malformed
    at = -1
    for sign in '+-Zz':
        if sign in text:
            at = text.index(sign)
            break
    zone = None
    if at >= 0:
        offset = text[at + 1:]
        if text[at] in 'Zz':
            if offset:
                raise _Malformed
            zone = timezone.utc
        else:
            if len(offset) in (0, 1, 3):
                raise _Malformed
            hour, minute, second, micro = _parse_clock(offset)
            total = (hour * 3600 + minute * 60 + second) * 1000000 + micro
            if total == 0:
                zone = timezone.utc
            else:
                zone = timezone(timedelta._of(-total if text[at] == '-' else total))
        text = text[:at]
    return (*_parse_clock(text), zone)


class IsoCalendarDate(tuple):
    """Year, week and day of the week, as ISO counts them."""

    __slots__ = ()
    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return 'datetime.IsoCalendarDate(year=%d, week=%d, weekday=%d)' % tuple(self)


def _with_fold(cls, parts, fold):
    """A time that was taken apart."""
    return cls(*parts, fold=fold) if fold else cls(*parts)


class date:
    """A day."""

    __slots__ = ('_year', '_month', '_day')

    def __new__(cls, year, month=None, day=None):
        if month is None or day is None:
            missing = "'month' (pos 2)" if month is None else "'day' (pos 3)"
            raise TypeError('function missing required argument ' + missing)
        made = object.__new__(cls)
        made._year, made._month, made._day = _check_date(year, month, day)
        return made

    year = property(lambda self: self._year)
    month = property(lambda self: self._month)
    day = property(lambda self: self._day)

    @classmethod
    def today(cls):
        """The present day."""
        return cls.fromtimestamp(_clock.now() / 1000000)

    @classmethod
    def fromtimestamp(cls, timestamp):
        """The day of a time since 1970."""
        if isinstance(timestamp, float) and abs(timestamp) >= 2 ** 63:
            raise OverflowError('timestamp out of range for platform time_t')
        return cls(*_time.gmtime(timestamp)[:3])

    @classmethod
    def fromordinal(cls, n):
        """The day of a number that counts from the year 1."""
        n = _index(n)
        if n < 1:
            raise ValueError('ordinal must be >= 1')
        if n > _MAXORDINAL:
            raise ValueError('year is out of range')
        return cls(*_time._from_ordinal(n))

    @classmethod
    def fromisoformat(cls, date_string):
        """The day that a text in ISO's format says."""
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            return cls(*_parse_iso_date(date_string))
        except _Malformed:
            raise ValueError(f'Invalid isoformat string: {date_string!r}') from None

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """The day of a year, week and day of the week, as ISO counts them."""
        return cls(*_week_date(year, week, day))

    def toordinal(self):
        """The day as a number that counts from the year 1."""
        return _time._to_ordinal(self._year, self._month, self._day)

    def weekday(self):
        """The day of the week; Monday is 0."""
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        """The day of the week; Monday is 1."""
        return self.toordinal() % 7 or 7

    def _yday(self):
        return self.toordinal() - _time._to_ordinal(self._year, 1, 1) + 1

    def isocalendar(self):
        """Year, week and day of the week, as ISO counts them."""
        year, week = _time._iso_week(self._year, self.weekday(), self._yday())
        return IsoCalendarDate((year, week, self.isoweekday()))

    def isoformat(self):
        """`YYYY-MM-DD`"""
        return '%04d-%02d-%02d' % (self._year, self._month, self._day)

    __str__ = isoformat

    def ctime(self):
        """In words."""
        return '%s %s %2d 00:00:00 %04d' % (_time._DAYS[self.weekday()][:3], _time._MONTHS[self._month - 1][:3],
                                            self._day, self._year)

    def timetuple(self):
        """As `time.struct_time`."""
        return _time.struct_time((self._year, self._month, self._day, 0, 0, 0, self.weekday(), self._yday(), -1))

    def strftime(self, format):
        """In a format."""
        return _time._format(format, self.timetuple(), micro=0)

    def __format__(self, spec):
        if not isinstance(spec, str):
            raise TypeError('must be str, not %s' % type(spec).__name__)
        return self.strftime(spec) if spec else str(self)

    def replace(self, year=None, month=None, day=None):
        """With some parts changed."""
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other._days
        if not 0 < n <= _MAXORDINAL:
            raise OverflowError('date value out of range')
        return type(self).fromordinal(n)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other._days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _key(self):
        return self._year, self._month, self._day

    def __eq__(self, other):
        if isinstance(other, date) and not isinstance(other, datetime):
            return self._key() == other._key()
        return NotImplemented

    def __lt__(self, other):
        if isinstance(other, date) and not isinstance(other, datetime):
            return self._key() < other._key()
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, date) and not isinstance(other, datetime):
            return self._key() <= other._key()
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, date) and not isinstance(other, datetime):
            return self._key() > other._key()
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, date) and not isinstance(other, datetime):
            return self._key() >= other._key()
        return NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return type(self), (self._year, self._month, self._day)

    def __repr__(self):
        return '%s(%d, %d, %d)' % (_qualname(self), self._year, self._month, self._day)


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


def _check_name(name):
    """What a zone says that it is called."""
    if name is not None and not isinstance(name, str):
        raise TypeError("tzinfo.tzname() must return None or a string, not '%s'" % type(name).__name__)
    return name


class tzinfo:
    """A time zone, to derive from."""

    __slots__ = ()

    def tzname(self, dt):
        """The zone's name at a time."""
        raise NotImplementedError('a tzinfo subclass must implement tzname()')

    def utcoffset(self, dt):
        """How far the zone is east of UTC at a time."""
        raise NotImplementedError('a tzinfo subclass must implement utcoffset()')

    def dst(self, dt):
        """How much of that is daylight saving."""
        raise NotImplementedError('a tzinfo subclass must implement dst()')

    def fromutc(self, dt):
        """A time in UTC as a time of this zone."""
        if not isinstance(dt, datetime):
            raise TypeError('fromutc: argument must be a datetime')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError('fromutc: non-None utcoffset() result required')
        saving = dt.dst()
        if saving is None:
            raise ValueError('fromutc: non-None dst() result required')
        delta = offset - saving
        if delta:
            dt += delta
            saving = dt.dst()
        return dt + saving


_UNNAMED = object()


def _check_moment(method, dt):
    if dt is not None and not isinstance(dt, datetime):
        raise TypeError('%s(dt) argument must be a datetime instance or None, not %s' % (method, type(dt).__name__))


class timezone(tzinfo):
    """A zone that is always equally far from UTC."""

    __slots__ = ('_offset', '_name')

    def __new__(cls, offset, name=_UNNAMED):
        if name is _UNNAMED:
            name = None
        elif not isinstance(name, str):
            raise TypeError('timezone() argument 2 must be str, not %s' % type(name).__name__)
        if not isinstance(offset, timedelta):
            raise TypeError("timezone() argument 1 must be datetime.timedelta, not %s" % type(offset).__name__)
        if name is None and not offset and hasattr(cls, 'utc'):
            return cls.utc
        if not -_DAY < offset._total() < _DAY:
            raise ValueError('offset must be a timedelta strictly between -timedelta(hours=24) and '
                             f'timedelta(hours=24), not {offset!r}.')
        made = object.__new__(cls)
        made._offset = offset
        made._name = name
        return made

    def utcoffset(self, dt):
        """How far the zone is east of UTC."""
        _check_moment('utcoffset', dt)
        return self._offset

    def tzname(self, dt):
        """The zone's name."""
        _check_moment('tzname', dt)
        if self._name is not None:
            return self._name
        return 'UTC' + _format_offset(self._offset) if self._offset else 'UTC'

    def dst(self, dt):
        """There is no daylight saving."""
        _check_moment('dst', dt)
        return None

    def fromutc(self, dt):
        """A time in UTC as a time of this zone."""
        if not isinstance(dt, datetime):
            raise TypeError('fromutc() argument must be a datetime instance or None')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        return dt + self._offset

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return type(self), (self._offset,) if self._name is None else (self._offset, self._name)

    def __repr__(self):
        if self is timezone.utc:
            return 'datetime.timezone.utc'
        if self._name is None:
            return '%s(%r)' % (_qualname(self), self._offset)
        return '%s(%r, %r)' % (_qualname(self), self._offset, self._name)

    def __str__(self):
        return self.tzname(None)


timezone.utc = UTC = timezone(timedelta(0))
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))


class time:
    """A time of day."""

    __slots__ = ('_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold')

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        made = object.__new__(cls)
        made._hour, made._minute, made._second, made._microsecond = _check_time(hour, minute, second, microsecond, fold)
        _check_zone(tzinfo)
        made._tzinfo = tzinfo
        made._fold = fold
        return made

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    @classmethod
    def fromisoformat(cls, time_string):
        """The time that a text in ISO's format says."""
        if not isinstance(time_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            return cls(*_parse_iso_time(time_string[1:] if time_string[:1] == 'T' else time_string))
        except _Malformed:
            raise ValueError(f'Invalid isoformat string: {time_string!r}') from None

    def utcoffset(self):
        """How far its zone is east of UTC."""
        return None if self._tzinfo is None else _check_offset('utcoffset', self._tzinfo.utcoffset(None))

    def dst(self):
        """How much of that is daylight saving."""
        return None if self._tzinfo is None else _check_offset('dst', self._tzinfo.dst(None))

    def tzname(self):
        """The name of its zone."""
        return None if self._tzinfo is None else _check_name(self._tzinfo.tzname(None))

    def isoformat(self, timespec='auto'):
        """`HH:MM:SS` and what else there is."""
        shown = _format_time(self._hour, self._minute, self._second, self._microsecond, timespec)
        return shown + _format_offset(self.utcoffset())

    __str__ = isoformat

    def strftime(self, format):
        """In a format."""
        parts = (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1)
        return _time._format(format, parts, _format_offset(self.utcoffset(), ''), self.tzname() or '',
                             self._microsecond)

    def __format__(self, spec):
        if not isinstance(spec, str):
            raise TypeError('must be str, not %s' % type(spec).__name__)
        return self.strftime(spec) if spec else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        """With some parts changed."""
        return type(self)(self._hour if hour is None else hour, self._minute if minute is None else minute,
                          self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    def _key(self, other, equal=False):
        """Both as numbers, unless only one knows its zone."""
        if self._tzinfo is other._tzinfo:
            return self._number(), other._number()
        a, b = self.utcoffset(), other.utcoffset()
        if (a is None) != (b is None):
            if equal:
                return 0, 1
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._number() - (a._total() if a else 0), other._number() - (b._total() if b else 0)

    def _number(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._key(other, True)
        return a == b

    def __lt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._key(other)
        return a < b

    def __le__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._key(other)
        return a <= b

    def __gt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._key(other)
        return a > b

    def __ge__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._key(other)
        return a >= b

    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._number() - (offset._total() if offset else 0))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        parts = self._hour, self._minute, self._second, self._microsecond, self._tzinfo
        return _with_fold, (type(self), parts, self._fold)

    def __repr__(self):
        parts = ['%d' % self._hour, '%d' % self._minute]
        if self._second or self._microsecond:
            parts.append('%d' % self._second)
        if self._microsecond:
            parts.append('%d' % self._microsecond)
        if self._fold:
            parts.append('fold=1')
        if self._tzinfo is not None:
            parts.append('tzinfo=%r' % self._tzinfo)
        return '%s(%s)' % (_qualname(self), ', '.join(parts))


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)

_time_class = time
_tzinfo_class = tzinfo


class datetime(date):
    """A day and a time."""

    __slots__ = ('_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold')

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if month is None or day is None:
            missing = ("'month' (pos 2)" if month is None else "'day' (pos 3)")
            raise TypeError('function missing required argument ' + missing)
        made = object.__new__(cls)
        made._year, made._month, made._day = _check_date(year, month, day)
        made._hour, made._minute, made._second, made._microsecond = _check_time(hour, minute, second, microsecond, fold)
        _check_zone(tzinfo)
        made._tzinfo = tzinfo
        made._fold = fold
        return made

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    @classmethod
    def _of(cls, number, tz=None):
        """From microseconds since the year 1."""
        days, rest = divmod(number, _DAY)
        if not 0 < days <= _MAXORDINAL:
            raise OverflowError('date value out of range')
        seconds, micro = divmod(rest, 1000000)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        return cls(*_time._from_ordinal(days), hour, minute, second, micro, tz)

    def _number(self):
        seconds = (self._hour * 60 + self._minute) * 60 + self._second
        return (self.toordinal() * 86400 + seconds) * 1000000 + self._microsecond

    @classmethod
    def now(cls, tz=None):
        """The present time."""
        _check_zone(tz)
        made = cls._of(_clock.now() + _EPOCH * _DAY, tz)
        return made if tz is None else tz.fromutc(made)

    @classmethod
    def today(cls):
        """The present time."""
        return cls.now()

    @classmethod
    def utcnow(cls):
        """The present time in UTC, without a zone."""
        return cls._of(_clock.now() + _EPOCH * _DAY)

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The time so many seconds after 1970 began."""
        _check_zone(tz)
        if isinstance(timestamp, float):
            a, b = timestamp.as_integer_ratio()
            micro = _half_even(a * 1000000, b)
        else:
            micro = _index(timestamp) * 1000000
        number = micro + _EPOCH * _DAY
        if abs(micro) >> 63 >= 1000000:
            raise OverflowError('timestamp out of range for platform time_t')
        if not _DAY <= number < (_MAXORDINAL + 1) * _DAY:
            raise ValueError('year %d is out of range' % (1970 + micro // (_DAY * 365)))
        made = cls._of(number, tz)
        return made if tz is None else tz.fromutc(made)

    @classmethod
    def utcfromtimestamp(cls, t):
        """The time so many seconds after 1970 began, in UTC, without a zone."""
        return cls.fromtimestamp(t)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """A day and a time of day together."""
        if not isinstance(date, _date_class):
            raise TypeError('combine() argument 1 must be datetime.date, not %s' % type(date).__name__)
        if not isinstance(time, _time_class):
            raise TypeError('combine() argument 2 must be datetime.time, not %s' % type(time).__name__)
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond,
                   time.tzinfo if tzinfo is True else tzinfo, fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string):
        """The time that a text in ISO's format says."""
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            if len(date_string) < 7:
                raise _Malformed
            end = _iso_separator(date_string)
            day = _parse_iso_date(date_string[:end])
            rest = date_string[end + 1:]
            clock = _parse_iso_time(rest) if len(date_string) > end else (0, 0, 0, 0, None)
            return cls(*day, *clock)
        except _Malformed:
            raise ValueError(f'Invalid isoformat string: {date_string!r}') from None

    @classmethod
    def strptime(cls, date_string, format):
        """The time that a text says in a format."""
        for given, place in ((date_string, 1), (format, 2)):
            if not isinstance(given, str):
                raise TypeError('strptime() argument %d must be str, not %s' % (place, type(given).__name__))
        found = _time._read(date_string, format)
        year, month, day, _, _ = _time._complete(found)
        zone = None
        if 'z' in found:
            zone = timezone(timedelta._of(found['z']), *([found['Z']] if 'Z' in found else []))
        return cls(year, month, day, _time._hour(found), found.get('M', 0), found.get('S', 0), found.get('f', 0), zone)

    def timetuple(self):
        """As `time.struct_time`."""
        saving = self.dst()
        flag = -1 if saving is None else 1 if saving else 0
        return _time.struct_time((self._year, self._month, self._day, self._hour, self._minute, self._second,
                                  self.weekday(), self._yday(), flag))

    def utctimetuple(self):
        """As `time.struct_time`, in UTC."""
        offset = self.utcoffset()
        return _time._parts(*divmod((self._number() - (offset._total() if offset else 0)) // 1000000, 86400))

    def timestamp(self):
        """Seconds since 1970."""
        offset = self.utcoffset()
        number = self._number() - _EPOCH * _DAY - (offset._total() if offset else 0)
        return number / 1000000

    def date(self):
        """The day."""
        return _date_class(self._year, self._month, self._day)

    def time(self):
        """The time of day, without its zone."""
        return _time_class(self._hour, self._minute, self._second, self._microsecond, fold=self._fold)

    def timetz(self):
        """The time of day, with its zone."""
        return _time_class(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None,
                tzinfo=True, *, fold=None):
        """With some parts changed."""
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day, self._hour if hour is None else hour,
                          self._minute if minute is None else minute, self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    def astimezone(self, tz=None):
        """The same time in another zone."""
        if tz is None:
            tz = timezone.utc
        elif not isinstance(tz, _tzinfo_class):
            raise TypeError('tz argument must be an instance of tzinfo')
        if tz is self._tzinfo:
            return self
        offset = self.utcoffset()
        number = self._number() - (offset._total() if offset else 0)
        return tz.fromutc(type(self)._of(number, tz))

    def utcoffset(self):
        """How far its zone is east of UTC."""
        return None if self._tzinfo is None else _check_offset('utcoffset', self._tzinfo.utcoffset(self))

    def dst(self):
        """How much of that is daylight saving."""
        return None if self._tzinfo is None else _check_offset('dst', self._tzinfo.dst(self))

    def tzname(self):
        """The name of its zone."""
        return None if self._tzinfo is None else _check_name(self._tzinfo.tzname(self))

    def isoformat(self, sep='T', timespec='auto'):
        """`YYYY-MM-DDTHH:MM:SS` and what else there is."""
        day = '%04d-%02d-%02d' % (self._year, self._month, self._day)
        clock = _format_time(self._hour, self._minute, self._second, self._microsecond, timespec)
        return day + sep + clock + _format_offset(self.utcoffset())

    def __str__(self):
        return self.isoformat(' ')

    def ctime(self):
        """In words."""
        return '%s %s %2d %02d:%02d:%02d %04d' % (_time._DAYS[self.weekday()][:3],
                                                  _time._MONTHS[self._month - 1][:3], self._day, self._hour,
                                                  self._minute, self._second, self._year)

    def strftime(self, format):
        """In a format."""
        return _time._format(format, self.timetuple(), _format_offset(self.utcoffset(), ''), self.tzname() or '',
                             self._microsecond)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)._of(self._number() + other._total(), self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self)._of(self._number() - other._total(), self._tzinfo)
        if not isinstance(other, datetime):
            return NotImplemented
        a, b = self._numbers(other, 'subtract')
        return timedelta._of(a - b)

    def _numbers(self, other, what):
        """Both as microseconds, in UTC when both know their zones."""
        if self._tzinfo is other._tzinfo:
            return self._number(), other._number()
        a, b = self.utcoffset(), other.utcoffset()
        if (a is None) != (b is None):
            if what == 'equal':
                return 0, 1
            raise TypeError(f"can't {what} offset-naive and offset-aware datetimes")
        return self._number() - (a._total() if a else 0), other._number() - (b._total() if b else 0)

    def _refuse(self, other):
        if isinstance(other, _date_class):
            raise TypeError(f"can't compare {type(self).__module__}.{type(self).__name__} to "
                            f'{type(other).__module__}.{type(other).__name__}')
        return NotImplemented

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return False if isinstance(other, _date_class) else NotImplemented
        a, b = self._numbers(other, 'equal')
        return a == b

    def __lt__(self, other):
        if not isinstance(other, datetime):
            return self._refuse(other)
        a, b = self._numbers(other, 'compare')
        return a < b

    def __le__(self, other):
        if not isinstance(other, datetime):
            return self._refuse(other)
        a, b = self._numbers(other, 'compare')
        return a <= b

    def __gt__(self, other):
        if not isinstance(other, datetime):
            return self._refuse(other)
        a, b = self._numbers(other, 'compare')
        return a > b

    def __ge__(self, other):
        if not isinstance(other, datetime):
            return self._refuse(other)
        a, b = self._numbers(other, 'compare')
        return a >= b

    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._number() - (offset._total() if offset else 0))

    def __reduce__(self):
        parts = (self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond, self._tzinfo)
        return _with_fold, (type(self), parts, self._fold)

    def __repr__(self):
        parts = ['%d' % part for part in (self._year, self._month, self._day, self._hour, self._minute)]
        if self._second or self._microsecond:
            parts.append('%d' % self._second)
        if self._microsecond:
            parts.append('%d' % self._microsecond)
        if self._fold:
            parts.append('fold=1')
        if self._tzinfo is not None:
            parts.append('tzinfo=%r' % self._tzinfo)
        return '%s(%s)' % (_qualname(self), ', '.join(parts))


_date_class = date
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)


def _iso_separator(text):
    """Where the day ends in a text in ISO's format."""
    if len(text) == 7:
        return 7
    if text[4] == '-':
        if text[5] == 'W':
            if len(text) < 8:
                raise _Malformed
            if len(text) > 8 and text[8] == '-':
                if len(text) == 9:
                    raise _Malformed
                if len(text) > 10 and text[10].isdecimal():
                    return 8
                return 10
            return 8
        return 10
    if text[4] == 'W':
        end = 7
        while end < len(text) and text[end].isdecimal():
            end += 1
        if end < 9:
            return end
        return 7 if end % 2 == 0 else 8
    return 8
