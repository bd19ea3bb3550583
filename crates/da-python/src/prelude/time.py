"""Time. Local time is UTC: there is no time zone of the machine here, see `zoneinfo` and docassemble's own functions."""

import _clock

__all__ = ['struct_time', 'time', 'time_ns', 'monotonic', 'monotonic_ns', 'perf_counter', 'perf_counter_ns',
           'process_time', 'process_time_ns', 'thread_time', 'thread_time_ns', 'gmtime', 'localtime', 'mktime', 'strftime', 'strptime', 'asctime', 'ctime', 'sleep',
           'timezone', 'altzone', 'daylight', 'tzname', 'tzset']

timezone = 0
altzone = 0
daylight = 0
tzname = ('UTC', 'UTC')

_DAYS = ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')
_MONTHS = ('January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
           'November', 'December')
_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_days(year, month):
    return 29 if month == 2 and _is_leap(year) else _LENGTHS[month]


def _to_ordinal(year, month, day):
    """Days since the first day of year 1, which is 1."""
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400 + _BEFORE[month] + (month > 2 and _is_leap(year)) + day


def _from_ordinal(n):
    """Year, month and day."""
    n -= 1
    n400, n = divmod(n, 146097)
    n100, n = divmod(n, 36524)
    n4, n = divmod(n, 1461)
    n1, n = divmod(n, 365)
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 or n100 == 4:
        return year - 1, 12, 31
    month = (n + 50) >> 5
    before = _BEFORE[month] + (month > 2 and _is_leap(year))
    if before > n:
        month -= 1
        before -= _month_days(year, month)
    return year, month, n - before + 1


_EPOCH = 719163


class struct_time(tuple):
    """A time in its parts."""

    __slots__ = ()
    n_fields = 11
    n_sequence_fields = 9
    n_unnamed_fields = 0
    __match_args__ = ('tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst')

    def __new__(cls, sequence):
        parts = tuple(sequence)
        if len(parts) < 9:
            raise TypeError('time.struct_time() takes an at least 9-sequence (%d-sequence given)' % len(parts))
        if len(parts) > 11:
            raise TypeError('time.struct_time() takes an at most 11-sequence (%d-sequence given)' % len(parts))
        return tuple.__new__(cls, parts[:9])

    tm_year = property(lambda self: self[0])
    tm_mon = property(lambda self: self[1])
    tm_mday = property(lambda self: self[2])
    tm_hour = property(lambda self: self[3])
    tm_min = property(lambda self: self[4])
    tm_sec = property(lambda self: self[5])
    tm_wday = property(lambda self: self[6])
    tm_yday = property(lambda self: self[7])
    tm_isdst = property(lambda self: self[8])
    tm_zone = property(lambda self: 'UTC')
    tm_gmtoff = property(lambda self: 0)

    def __repr__(self):
        shown = ', '.join(['%s=%r' % pair for pair in zip(self.__match_args__, self)])
        return f'time.struct_time({shown})'


def time():
    """Seconds since 1970."""
    return _clock.now() / 1000000


def time_ns():
    """Nanoseconds since 1970."""
    return _clock.now() * 1000


monotonic = perf_counter = process_time = thread_time = time
monotonic_ns = perf_counter_ns = process_time_ns = thread_time_ns = time_ns


def sleep(secs):
    """Does not wait: an evaluation holds its session."""
    if secs < 0:
        raise ValueError('sleep length must be non-negative')


def tzset():
    """Does nothing: local time is UTC."""


def gmtime(secs=None):
    """The parts of a time in UTC."""
    if secs is None:
        secs = time()
    days, rest = divmod(int(secs // 1), 86400)
    return _parts(days + _EPOCH, rest)


def _parts(ordinal, seconds, isdst=0):
    year, month, day = _from_ordinal(ordinal)
    hour, seconds = divmod(seconds, 3600)
    minute, second = divmod(seconds, 60)
    yday = ordinal - _to_ordinal(year, 1, 1) + 1
    return struct_time((year, month, day, hour, minute, second, (ordinal + 6) % 7, yday, isdst))


localtime = gmtime


def mktime(t):
    """Seconds since 1970 of parts of local time."""
    year, month, day, hour, minute, second = tuple(t)[:6]
    extra, month = divmod(month - 1, 12)
    ordinal = _to_ordinal(year + extra, month + 1, 1) + day - 1
    return float((ordinal - _EPOCH) * 86400 + hour * 3600 + minute * 60 + second)


def asctime(t=None):
    """A time in words."""
    if t is None:
        t = localtime()
    return '%s %s %2d %02d:%02d:%02d %d' % (_DAYS[t[6]][:3], _MONTHS[t[1] - 1][:3], t[2], t[3], t[4], t[5], t[0])


def ctime(secs=None):
    """A time since 1970 in words."""
    return asctime(localtime(secs))


def _iso_week(year, wday, yday):
    """Year and number of the week, as ISO counts them; `wday` from Monday, 0; `yday` from 1."""
    week = (yday - wday + 9) // 7
    if week < 1:
        year -= 1
        yday += 366 if _is_leap(year) else 365
        week = (yday - wday + 9) // 7
    elif week == 53:
        days = 366 if _is_leap(year) else 365
        if yday - wday + 3 > days:
            return year + 1, 1
    return year, week


def _format(format, t, offset='', zone='', micro=None):
    """What `strftime` gives; `t` are the nine parts."""
    if not isinstance(format, str):
        raise TypeError(f'strftime() argument 1 must be str, not {type(format).__name__}')
    year, month, day, hour, minute, second, wday, yday = tuple(t)[:8]
    hour12 = hour % 12 or 12
    out = []
    i = 0
    n = len(format)
    while i < n:
        c = format[i]
        i += 1
        if c != '%' or i >= n:
            out.append(c)
            continue
        start = i
        flag = ''
        while i < n and format[i] in '-_0^#':
            flag += format[i]
            i += 1
        width = ''
        while i < n and format[i].isdecimal():
            width += format[i]
            i += 1
        while i < n and format[i] in 'EO':
            i += 1
        if i >= n:
            out.append('%' + format[start:])
            break
        c = format[i]
        i += 1
        pad = '0'
        size = 0
        if c == 'a':
            text = _DAYS[wday][:3]
        elif c == 'A':
            text = _DAYS[wday]
        elif c == 'b' or c == 'h':
            text = _MONTHS[month - 1][:3]
        elif c == 'B':
            text = _MONTHS[month - 1]
        elif c == 'c':
            text = '%s %s %2d %02d:%02d:%02d %d' % (_DAYS[wday][:3], _MONTHS[month - 1][:3], day, hour, minute,
                                                    second, year)
        elif c == 'C':
            text, size = str(year // 100), 2
        elif c == 'd':
            text, size = str(day), 2
        elif c == 'D' or c == 'x':
            text = '%02d/%02d/%02d' % (month, day, year % 100)
        elif c == 'e':
            text, size, pad = str(day), 2, ' '
        elif c == 'f' and micro is not None:
            text, size = str(micro), 6
        elif c == 'F':
            text = '%d-%02d-%02d' % (year, month, day)
        elif c == 'g':
            text, size = str(_iso_week(year, wday, yday)[0] % 100), 2
        elif c == 'G':
            text, size = str(_iso_week(year, wday, yday)[0]), 0
        elif c == 'H':
            text, size = str(hour), 2
        elif c == 'I':
            text, size = str(hour12), 2
        elif c == 'j':
            text, size = str(yday), 3
        elif c == 'k':
            text, size, pad = str(hour), 2, ' '
        elif c == 'l':
            text, size, pad = str(hour12), 2, ' '
        elif c == 'm':
            text, size = str(month), 2
        elif c == 'M':
            text, size = str(minute), 2
        elif c == 'n':
            text = '\n'
        elif c == 'p':
            text = 'AM' if hour < 12 else 'PM'
            if '#' in flag:
                text = text.lower()
        elif c == 'P':
            text = 'am' if hour < 12 else 'pm'
        elif c == 'r':
            text = '%02d:%02d:%02d %s' % (hour12, minute, second, 'AM' if hour < 12 else 'PM')
        elif c == 'R':
            text = '%02d:%02d' % (hour, minute)
        elif c == 's':
            text = str((_to_ordinal(year, month, day) - _EPOCH) * 86400 + hour * 3600 + minute * 60 + second)
        elif c == 'S':
            text, size = str(second), 2
        elif c == 't':
            text = '\t'
        elif c == 'T' or c == 'X':
            text = '%02d:%02d:%02d' % (hour, minute, second)
        elif c == 'u':
            text = str(wday + 1)
        elif c == 'U':
            text, size = str((yday + 6 - (wday + 1) % 7) // 7), 2
        elif c == 'V':
            text, size = str(_iso_week(year, wday, yday)[1]), 2
        elif c == 'w':
            text = str((wday + 1) % 7)
        elif c == 'W':
            text, size = str((yday + 6 - wday) // 7), 2
        elif c == 'y':
            text, size = str(year % 100), 2
        elif c == 'Y':
            text = str(year)
        elif c == 'z':
            text = offset
        elif c == 'Z':
            text = zone
        elif c == '%':
            text = '%'
        else:
            text = '%' + format[start:i]
        if '_' in flag:
            pad = ' '
        elif '0' in flag:
            pad = '0'
        if width:
            size = int(width)
            if not text.lstrip('-').isdecimal() and '0' not in flag:
                pad = ' '
        if '-' not in flag and len(text) < size:
            text = text.rjust(size, pad)
        if '^' in flag:
            text = text.upper()
        out.append(text)
    return ''.join(out)


def strftime(format, t=None):
    """The text of a time."""
    if t is None:
        t = localtime()
    elif len(t) < 9:
        raise TypeError('Tuple or struct_time argument required')
    for name, value, low, high in (('month', t[1], 0, 12), ('day of month', t[2], 0, 31), ('hour', t[3], 0, 23),
                                   ('minute', t[4], 0, 59), ('seconds', t[5], 0, 61),
                                   ('day of year', t[7], 0, 366)):
        if not low <= value <= high:
            raise ValueError(f'{name} out of range')
    parts = list(t)
    for place in (1, 2, 7):
        parts[place] = parts[place] or 1
    return _format(format, parts, '+0000', 'UTC')


def _strptime_error(text, format):
    return ValueError('time data %r does not match format %r' % (text, format))


def _name(text, at, names):
    """The number of the longest name that the text goes on with, and where it ends."""
    best = None
    for number, name in enumerate(names):
        if text[at:at + len(name)].lower() == name.lower() and (best is None or len(name) > len(names[best])):
            best = number
    return best


def _read(text, format):
    """What a text says of a time, by the letters of the format."""
    found = {}
    at = 0
    i = 0
    while i < len(format):
        c = format[i]
        i += 1
        if c.isspace():
            while at < len(text) and text[at].isspace():
                at += 1
            continue
        if c != '%':
            if text[at:at + 1].lower() != c.lower():
                raise _strptime_error(text, format)
            at += 1
            continue
        if i >= len(format):
            raise ValueError('stray %% in format %r' % format)
        c = format[i]
        i += 1
        if c in _EXPANDED:
            format = format[:i] + _EXPANDED[c] + format[i:]
            continue
        if c == '%':
            if text[at:at + 1] != '%':
                raise _strptime_error(text, format)
            at += 1
            continue
        if c in _NAMED:
            names = _NAMED[c]
            number = _name(text, at, names)
            if number is None:
                raise _strptime_error(text, format)
            at += len(names[number])
            found[c] = number
            continue
        if c == 'z':
            at, found['z'] = _read_offset(text, at, format)
            continue
        if c == 'Z':
            for name in ('UTC', 'GMT'):
                if text[at:at + 3].upper() == name:
                    found['Z'] = name
                    at += 3
                    break
            continue
        if c not in _WIDTHS:
            raise ValueError("'%s' is a bad directive in format '%s'" % (c, format))
        if c == 'f':
            end = at
            while end < len(text) and end - at < 6 and text[end] in '0123456789':
                end += 1
            if end == at:
                raise _strptime_error(text, format)
            found['f'] = int(text[at:end].ljust(6, '0'))
            at = end
            continue
        low, high, most = _WIDTHS[c]
        end = at
        while end < len(text) and end - at < most and text[end] in '0123456789':
            end += 1
        if c == 'd' and end == at and text[at:at + 1] == ' ' and text[at + 1:at + 2].isdecimal():
            end = at + 2
        if c == 'Y' and end - at != 4 or c == 'y' and end - at != 2 or c == 'G' and end - at != 4:
            raise _strptime_error(text, format)
        while end > at and not low <= int(text[at:end]) <= high:
            end -= 1
        if end == at:
            raise _strptime_error(text, format)
        found[c] = int(text[at:end])
        at = end
    if at < len(text):
        raise ValueError('unconverted data remains: %s' % text[at:])
    return found


_EXPANDED = {'c': '%a %b %d %H:%M:%S %Y', 'x': '%m/%d/%y', 'X': '%H:%M:%S'}
_NAMED = {'a': [name[:3] for name in _DAYS], 'A': _DAYS, 'b': [name[:3] for name in _MONTHS], 'B': _MONTHS,
          'p': ('am', 'pm')}
_WIDTHS = {'d': (1, 31, 2), 'H': (0, 23, 2), 'I': (1, 12, 2), 'j': (1, 366, 3), 'm': (1, 12, 2), 'M': (0, 59, 2),
           'S': (0, 61, 2), 'U': (0, 53, 2), 'W': (0, 53, 2), 'V': (1, 53, 2), 'u': (1, 7, 1), 'w': (0, 6, 1),
           'y': (0, 99, 2), 'Y': (0, 9999, 4), 'G': (0, 9999, 4), 'f': (0, 999999, 6)}


def _read_offset(text, at, format):
    """Microseconds east of UTC, and where they end."""
    if text[at:at + 1] in ('Z', 'z'):
        return at + 1, 0
    sign = text[at:at + 1]
    if sign not in ('+', '-'):
        raise _strptime_error(text, format)
    at += 1
    parts = []
    colon = None
    while len(parts) < 3 and text[at:at + 2].isdecimal() and len(text[at:at + 2]) == 2:
        parts.append(int(text[at:at + 2]))
        at += 2
        if len(parts) == 1:
            colon = text[at:at + 1] == ':'
        if len(parts) < 3 and colon and text[at:at + 1] == ':' and text[at + 1:at + 3].isdecimal():
            at += 1
        elif colon:
            break
    if len(parts) < 2:
        raise _strptime_error(text, format)
    micro = 0
    if len(parts) == 3 and text[at:at + 1] == '.':
        end = at + 1
        while end < len(text) and end - at <= 6 and text[end] in '0123456789':
            end += 1
        micro = int(text[at + 1:end].ljust(6, '0'))
        at = end
    seconds = parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) == 3 else 0)
    total = seconds * 1000000 + micro
    return at, -total if sign == '-' else total


def _complete(found):
    """Year, month, day, weekday and day of the year out of what a text says."""
    year = found.get('Y')
    if 'y' in found:
        year = found['y'] + (2000 if found['y'] <= 68 else 1900)
    month = found.get('m')
    for letter in 'bB':
        if letter in found:
            month = found[letter] + 1
    day = found.get('d')
    wday = None
    for letter in 'aA':
        if letter in found:
            wday = found[letter]
    if 'w' in found:
        wday = (found['w'] + 6) % 7
    if 'u' in found:
        wday = found['u'] - 1
    yday = found.get('j')
    if 'G' in found or 'V' in found:
        if 'G' not in found or 'V' not in found or wday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
        fourth = _to_ordinal(found['G'], 1, 4)
        ordinal = fourth - (fourth + 6) % 7 + (found['V'] - 1) * 7 + wday
        year, month, day = _from_ordinal(ordinal)
    leap_fix = False
    if year is None and month == 2 and day == 29:
        year = 1904
        leap_fix = True
    elif year is None:
        year = 1900
    if yday is None and wday is not None and ('U' in found or 'W' in found):
        first = (_to_ordinal(year, 1, 1) + 6) % 7
        if 'U' in found:
            first, in_week, week = (first + 1) % 7, (wday + 1) % 7, found['U']
        else:
            in_week, week = wday, found['W']
        yday = 1 + in_week - first if week == 0 else 1 + (7 - first) % 7 + 7 * (week - 1) + in_week
        if yday <= 0:
            year -= 1
            yday += 366 if _is_leap(year) else 365
    if yday is not None and month is None and day is None:
        year, month, day = _from_ordinal(_to_ordinal(year, 1, 1) + yday - 1)
    month = month or 1
    day = day or 1
    if day > _month_days(year, month):
        raise ValueError('day is out of range for month')
    ordinal = _to_ordinal(year, month, day)
    yday = ordinal - _to_ordinal(year, 1, 1) + 1
    if wday is None:
        wday = (ordinal + 6) % 7
    if leap_fix:
        year = 1900
    return year, month, day, wday, yday


def _hour(found):
    if 'I' not in found:
        return found.get('H', 0)
    hour = found['I'] % 12
    return hour + 12 if found.get('p') == 1 else hour


def strptime(string, format='%a %b %d %H:%M:%S %Y'):
    """The time that a text says."""
    found = _read(string, format)
    year, month, day, wday, yday = _complete(found)
    isdst = 0 if 'Z' in found else -1
    return struct_time((year, month, day, _hour(found), found.get('M', 0), found.get('S', 0), wday, yday, isdst))
