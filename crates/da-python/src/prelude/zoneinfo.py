"""Time zones by their IANA names, from the database that is compiled in."""

import _zone
import datetime as _datetime

__all__ = ['ZoneInfo', 'ZoneInfoNotFoundError', 'available_timezones', 'reset_tzpath', 'TZPATH']

TZPATH = ()

_EPOCH = _datetime.datetime(1970, 1, 1)
_known = {}


class ZoneInfoNotFoundError(KeyError):
    """There is no time zone of that name."""


def _seconds(moment):
    since = moment.replace(tzinfo=None) - _EPOCH
    return since.days * 86400 + since.seconds


class ZoneInfo(_datetime.tzinfo):
    """A time zone. There is one object for each name."""

    def __new__(cls, key):
        if key in _known:
            return _known[key]
        if not _zone.is_known(key):
            raise ZoneInfoNotFoundError(f'No time zone found with key {key}')
        zone = object.__new__(cls)
        zone.key = key
        _known[key] = zone
        return zone

    @classmethod
    def no_cache(cls, key):
        return cls(key)

    def _at(self, moment):
        return _zone.at_wall(self.key, _seconds(moment), moment.fold)

    def utcoffset(self, dt):
        return None if dt is None else _datetime.timedelta(seconds=self._at(dt)[0])

    def dst(self, dt):
        return None if dt is None else _datetime.timedelta(seconds=self._at(dt)[1])

    def tzname(self, dt):
        return None if dt is None else self._at(dt)[2]

    def fromutc(self, dt):
        offset = _zone.at_utc(self.key, _seconds(dt))[0]
        moved = dt + _datetime.timedelta(seconds=offset)
        first = _zone.at_wall(self.key, _seconds(moved), 0)[0]
        return moved.replace(fold=1) if first != offset else moved

    def __eq__(self, other):
        return isinstance(other, ZoneInfo) and self.key == other.key

    def __hash__(self):
        return hash(self.key)

    def __str__(self):
        return self.key

    def __repr__(self):
        return "zoneinfo.ZoneInfo(key='" + self.key + "')"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def available_timezones():
    return set(_zone.names())


def reset_tzpath(to=None):
    """Does nothing: there are no files of time zones."""
