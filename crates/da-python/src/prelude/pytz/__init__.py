"""Time zones whose times are made with `localize`, and put right with `normalize` after a calculation."""

import datetime as _datetime

import _zone
from pytz.exceptions import (AmbiguousTimeError, InvalidTimeError, NonExistentTimeError, UnknownTimeZoneError)

__version__ = '2024.2'
OLSON_VERSION = '2024b'
__all__ = ['timezone', 'utc', 'UTC', 'all_timezones', 'all_timezones_set', 'common_timezones', 'common_timezones_set',
           'BaseTzInfo', 'FixedOffset', 'UnknownTimeZoneError', 'InvalidTimeError', 'AmbiguousTimeError',
           'NonExistentTimeError']

ZERO = _datetime.timedelta(0)
_EPOCH = _datetime.datetime(1970, 1, 1)


class BaseTzInfo(_datetime.tzinfo):
    """A time zone."""

    zone = None

    def __str__(self):
        return self.zone


def _seconds(moment):
    since = moment.replace(tzinfo=None) - _EPOCH
    return since.days * 86400 + since.seconds


class _Steady:
    """What zones share whose distance from UTC never changes."""

    def localize(self, dt, is_dst=False):
        if dt.tzinfo is not None:
            raise ValueError('Not naive datetime (tzinfo is already set)')
        return dt.replace(tzinfo=self)

    def normalize(self, dt, is_dst=False):
        if dt.tzinfo is None:
            raise ValueError('Naive time - no tzinfo set')
        return dt if dt.tzinfo is self else dt.astimezone(self)


class _UTC(_Steady, BaseTzInfo):
    zone = 'UTC'

    def utcoffset(self, dt):
        return ZERO

    def dst(self, dt):
        return ZERO

    def tzname(self, dt):
        return 'UTC'

    def fromutc(self, dt):
        return self.localize(dt) if dt.tzinfo is None else dt

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return '<UTC>'


UTC = utc = _UTC()


class DstTzInfo(BaseTzInfo):
    """A time zone with one of the distances from UTC that it has had."""

    def __init__(self, zone, offset, dst, name):
        self.zone = zone
        self._utcoffset = offset
        self._dst = dst
        self._tzname = name

    def _with(self, told):
        offset, dst, name = told
        return _variant(self.zone, offset, dst, name)

    def utcoffset(self, dt, is_dst=None):
        if dt is None:
            return None
        return self._utcoffset if dt.tzinfo is self else self.localize(dt.replace(tzinfo=None), is_dst).tzinfo._utcoffset

    def dst(self, dt, is_dst=None):
        if dt is None:
            return None
        return self._dst if dt.tzinfo is self else self.localize(dt.replace(tzinfo=None), is_dst).tzinfo._dst

    def tzname(self, dt, is_dst=None):
        if dt is None:
            return self.zone
        return self._tzname if dt.tzinfo is self else self.localize(dt.replace(tzinfo=None), is_dst).tzinfo._tzname

    def fromutc(self, dt):
        found = self._with(_zone.at_utc(self.zone, _seconds(dt)))
        return (dt.replace(tzinfo=None) + found._utcoffset).replace(tzinfo=found)

    def localize(self, dt, is_dst=False):
        """The time that the clocks of the zone show."""
        if dt.tzinfo is not None:
            raise ValueError('Not naive datetime (tzinfo is already set)')
        wall = _seconds(dt)
        first, second = (_zone.at_wall(self.zone, wall, fold) for fold in (0, 1))
        if first != second:
            exists = any(_zone.at_utc(self.zone, wall - told[0]) == told for told in (first, second))
            if is_dst is None:
                raise (AmbiguousTimeError if exists else NonExistentTimeError)(dt)
            wanted = [told for told in (first, second) if bool(told[1]) == bool(is_dst)]
            first = wanted[0] if wanted else first
        return dt.replace(tzinfo=self._with(first))

    def normalize(self, dt):
        """The same moment with the distance from UTC that holds then."""
        if dt.tzinfo is None:
            raise ValueError('Naive time - no tzinfo set')
        return self.fromutc(dt.replace(tzinfo=None) - dt.utcoffset())

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        kind = 'DST' if self._dst else 'STD'
        days, seconds = self._utcoffset.days, self._utcoffset.seconds
        if self._tzname == 'LMT':
            minutes = (days * 86400 + seconds) // 60
            sign, minutes = ('-', -minutes) if minutes < 0 else ('+', minutes)
            if sign == '-':
                return f'<DstTzInfo {self.zone!r} LMT{_datetime.timedelta(minutes=-minutes)} STD>'
            return f'<DstTzInfo {self.zone!r} LMT+{_datetime.timedelta(minutes=minutes)} STD>'
        offset = str(self._utcoffset)
        return f'<DstTzInfo {self.zone!r} {self._tzname}{"" if days < 0 else "+"}{offset} {kind}>'


_variants = {}


def _variant(zone, offset, dst, name):
    # To the minute, as old local times are counted.
    key = zone, (offset + 30) // 60 * 60, dst, name
    if key not in _variants:
        delta = _datetime.timedelta(seconds=key[1])
        _variants[key] = DstTzInfo(zone, delta, _datetime.timedelta(seconds=dst), name)
    return _variants[key]


class _FixedOffset(_Steady, _datetime.tzinfo):
    """A distance from UTC that does not change."""

    zone = None

    def __init__(self, minutes):
        if abs(minutes) >= 1440:
            raise ValueError('absolute offset is too large', minutes)
        self._minutes = minutes
        self._offset = _datetime.timedelta(minutes=minutes)

    def utcoffset(self, dt):
        return self._offset

    def dst(self, dt):
        return ZERO

    def tzname(self, dt):
        return None

    def __repr__(self):
        return f'pytz.FixedOffset({self._minutes!r})'


def FixedOffset(offset, _tzinfos={}):
    """A zone that is so many minutes from UTC."""
    if offset == 0:
        return UTC
    return _tzinfos.setdefault(offset, _FixedOffset(offset))


_by_name = {}
all_timezones = sorted(_zone.names())
all_timezones_set = set(all_timezones)
_lower = {name.lower(): name for name in all_timezones}
common_timezones = [name for name in all_timezones
                    if name.split('/')[0] in ('Africa', 'America', 'Antarctica', 'Arctic', 'Asia', 'Atlantic', 'Australia',
                                              'Europe', 'Indian', 'Pacific') and '/' in name
                    or name.startswith(('Canada/', 'US/')) or name in ('GMT', 'UTC')]
common_timezones_set = set(common_timezones)


def timezone(zone):
    """The time zone of a name."""
    if zone is None:
        raise UnknownTimeZoneError(None)
    if zone.upper() == 'UTC':
        return utc
    name = _lower.get(zone.lower())
    if name is None:
        raise UnknownTimeZoneError(zone)
    if name not in _by_name:
        offset, dst, short = _zone.at_utc(name, -6000000000)
        _by_name[name] = _variant(name, offset, dst, short)
    return _by_name[name]
