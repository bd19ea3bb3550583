"""Time zones: UTC and fixed distances from it. Local time is UTC."""

import datetime

__all__ = ['tzutc', 'tzoffset', 'tzlocal', 'gettz', 'UTC', 'datetime_exists', 'datetime_ambiguous', 'resolve_imaginary']

_ZERO = datetime.timedelta(0)


class tzutc(datetime.tzinfo):
    """UTC."""

    def utcoffset(self, dt):
        return _ZERO

    def dst(self, dt):
        return _ZERO

    def tzname(self, dt):
        return 'UTC'

    def fromutc(self, dt):
        return dt

    def __eq__(self, other):
        if not isinstance(other, (tzutc, tzoffset)):
            return NotImplemented
        return isinstance(other, tzutc) or other._offset == _ZERO

    __hash__ = None

    def __repr__(self):
        return f'{self.__class__.__name__}()'


UTC = tzutc()


class tzoffset(datetime.tzinfo):
    """A fixed distance from UTC."""

    def __init__(self, name, offset):
        self._name = name
        self._offset = offset if isinstance(offset, datetime.timedelta) else datetime.timedelta(seconds=offset)

    def utcoffset(self, dt):
        return self._offset

    def dst(self, dt):
        return _ZERO

    def tzname(self, dt):
        return self._name

    def fromutc(self, dt):
        return dt + self._offset

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, tzoffset) else NotImplemented

    __hash__ = None

    def __repr__(self):
        shown = '' if self._name is None else repr(self._name) + ', '
        return f'{self.__class__.__name__}({shown or "None, "}{int(self._offset.total_seconds())})'


class tzlocal(tzutc):
    """Local time, which is UTC."""


def gettz(name=None):
    """The zone of a name, `None` for one that is not known."""
    if not name or name in ('UTC', 'GMT', 'Etc/UTC'):
        return UTC
    try:
        from zoneinfo import ZoneInfo
    except ImportError:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return None


def datetime_ambiguous(dt, tz=None):
    """Whether a time comes twice."""
    tz = tz or dt.tzinfo
    plain = dt.replace(tzinfo=tz)
    return plain.replace(fold=0).utcoffset() > plain.replace(fold=1).utcoffset()


def datetime_exists(dt, tz=None):
    """Whether a time comes at all."""
    tz = tz or dt.tzinfo
    plain = dt.replace(tzinfo=tz)
    back = plain.astimezone(UTC).astimezone(tz)
    return back.replace(tzinfo=None) == dt.replace(tzinfo=None)


def resolve_imaginary(dt):
    """A time that does not come, moved as far as the clock was."""
    if dt.tzinfo is not None and not datetime_exists(dt):
        day = datetime.timedelta(hours=24)
        dt += (dt + day).utcoffset() - (dt - day).utcoffset()
    return dt
