"""Dates and times in many forms of English and of ISO: a text is read piece by piece, what is missing is taken from a
default."""

import calendar
import datetime
import re

from dateutil import tz
from dateutil.relativedelta import relativedelta, weekday

__all__ = ['parse', 'isoparse', 'parser', 'parserinfo', 'ParserError', 'UnknownTimezoneWarning']

_PIECE = re.compile(r'\d+\.\d+(?!\.?\d)|\d+|[^\W\d_]+|\s+|.', re.DOTALL)


class ParserError(ValueError):
    """A text that is no date."""

    def __str__(self):
        try:
            return self.args[0] % self.args[1:]
        except (TypeError, IndexError):
            return super().__str__()


class UnknownTimezoneWarning(RuntimeWarning):
    """A name of a zone that is not known."""


def _table(groups):
    return {word: place for place, words in enumerate(groups) for word in words}


class parserinfo:
    """The words of dates."""

    JUMP = [' ', '.', ',', ';', '-', '/', "'", 'at', 'on', 'and', 'ad', 'm', 't', 'of', 'st', 'nd', 'rd', 'th']
    WEEKDAYS = [('Mon', 'Monday'), ('Tue', 'Tuesday'), ('Wed', 'Wednesday'), ('Thu', 'Thursday'), ('Fri', 'Friday'),
                ('Sat', 'Saturday'), ('Sun', 'Sunday')]
    MONTHS = [('Jan', 'January'), ('Feb', 'February'), ('Mar', 'March'), ('Apr', 'April'), ('May', 'May'),
              ('Jun', 'June'), ('Jul', 'July'), ('Aug', 'August'), ('Sep', 'Sept', 'September'), ('Oct', 'October'),
              ('Nov', 'November'), ('Dec', 'December')]
    HMS = [('h', 'hour', 'hours'), ('m', 'minute', 'minutes'), ('s', 'second', 'seconds')]
    AMPM = [('am', 'a'), ('pm', 'p')]
    UTCZONE = ['UTC', 'GMT', 'Z', 'z']
    PERTAIN = ['of']
    TZOFFSET = {}

    def __init__(self, dayfirst=False, yearfirst=False):
        self.dayfirst = dayfirst
        self.yearfirst = yearfirst
        self._jump = {word.lower() for word in self.JUMP}
        self._weekdays = _table([[word.lower() for word in group] for group in self.WEEKDAYS])
        self._months = _table([[word.lower() for word in group] for group in self.MONTHS])
        self._hms = _table(self.HMS)
        self._ampm = _table(self.AMPM)

    def convertyear(self, year, century_specified=False):
        """The year that two digits mean: the nearest one."""
        if year < 100 and not century_specified:
            present = datetime.date.today().year
            year += present // 100 * 100
            if year >= present + 50:
                year -= 100
            elif year < present - 50:
                year += 100
        return year


class _Found:
    """What was found in a text."""

    def __init__(self, info):
        self.info = info
        self.numbers = []
        self.month_place = None
        self.century = False
        self.year_place = None
        self.weekday = self.hour = self.minute = self.second = self.microsecond = self.ampm = None
        self.zone_name = self.zone_offset = None
        self.skipped = []

    def add(self, text, label=None):
        """Adds a part of a date."""
        value = int(text)
        if label is None and (len(text) > 2 or value > 100):
            label = 'Y'
            self.century = True
        if label == 'Y':
            if self.year_place is not None:
                raise ValueError('Year is already set')
            self.year_place = len(self.numbers)
            self.century = self.century or len(text) > 2
        elif label == 'M':
            if self.month_place is not None:
                raise ValueError('Month is already set')
            self.month_place = len(self.numbers)
        if len(self.numbers) == 3:
            raise ValueError('More than three YMD values')
        self.numbers.append(value)

    def date(self):
        """Year, month and day."""
        n, month_at = self.numbers, self.month_place
        day_first, year_first = self.info.dayfirst, self.info.yearfirst
        order = ''
        if len(n) == 1:
            order = 'm' if month_at == 0 else 'y' if n[0] > 31 or self.year_place == 0 else 'd'
        elif len(n) == 2:
            if month_at is not None:
                other = 'y' if n[1 - month_at] > 31 or self.year_place == 1 - month_at else 'd'
                order = 'm' + other if month_at == 0 else other + 'm'
            elif n[0] > 31 or self.year_place == 0:
                order = 'ym'
            elif n[1] > 31 or self.year_place == 1:
                order = 'my'
            else:
                order = 'dm' if day_first and n[1] <= 12 else 'md'
        elif len(n) == 3:
            if month_at == 0:
                order = 'myd' if n[1] > 31 or self.year_place == 1 else 'mdy'
            elif month_at == 1:
                order = 'ymd' if n[0] > 31 or self.year_place == 0 or year_first and n[2] <= 31 else 'dmy'
            elif month_at == 2:
                order = 'dym' if n[1] > 31 or self.year_place == 1 else 'ydm'
            elif n[0] > 31 or self.year_place == 0 or year_first and n[1] <= 12 and n[2] <= 31:
                order = 'ydm' if day_first and n[2] <= 12 else 'ymd'
            else:
                order = 'dmy' if n[0] > 12 or day_first and n[1] <= 12 else 'mdy'
        return {letter: value for letter, value in zip(order, n)}

    def any(self):
        return bool(self.numbers) or any(x is not None for x in (self.weekday, self.hour, self.minute, self.second))


class _Reading:
    """Reads the pieces of a text."""

    def __init__(self, text, info, fuzzy):
        self.pieces = _PIECE.findall(text)
        self.place = 0
        self.info = info
        self.fuzzy = fuzzy
        self.found = _Found(info)

    def peek(self, ahead=1):
        place = self.place + ahead
        return self.pieces[place] if 0 <= place < len(self.pieces) else ''

    def run(self):
        while self.place < len(self.pieces):
            piece = self.pieces[self.place]
            if piece[0].isdigit():
                self.number(piece)
            elif piece.isalpha():
                self.word(piece)
            elif piece in '+-' and self.found.hour is not None and self.peek().isdigit():
                self.zone_offset(piece)
            elif not piece.isspace() and piece not in self.info._jump:
                self.skip(piece)
            self.place += 1
        return self.found

    def skip(self, piece):
        if piece in '()' and self.found.hour is not None:
            return
        if not self.fuzzy:
            raise ValueError(piece)
        self.found.skipped.append(piece)

    def number(self, piece):
        f, size = self.found, len(piece)
        following = self.peek()
        if len(f.numbers) == 3 and size in (2, 4) and f.hour is None and (not following or following.isspace()) \
                and '.' not in piece and self.peek(-1).lower() == 't':
            f.hour = int(piece[:2])
            if size == 4:
                f.minute = int(piece[2:])
        elif size == 6 or size > 6 and piece.find('.') == 6:
            if not f.numbers and '.' not in piece:
                for part in (piece[:2], piece[2:4], piece[4:]):
                    f.add(part)
            else:
                f.hour, f.minute = int(piece[:2]), int(piece[2:4])
                self.seconds(piece[4:])
        elif size in (8, 12, 14) and '.' not in piece:
            f.add(piece[:4], 'Y')
            f.add(piece[4:6])
            f.add(piece[6:8])
            if size > 8:
                f.hour, f.minute = int(piece[8:10]), int(piece[10:12])
                f.second = int(piece[12:]) if size == 14 else None
        elif self.unit(piece):
            pass
        elif following == ':' and self.peek(2)[:1].isdigit():
            f.hour = int(piece)
            self.minutes(self.peek(2))
            self.place += 2
            if self.peek() == ':' and self.peek(2)[:1].isdigit():
                self.seconds(self.peek(2))
                self.place += 2
        elif following and following in '-/.' or '.' in piece and piece.count('.') == 1 and self.peek() == '.':
            self.separated(piece, following)
        elif '.' in piece and not f.numbers and len(piece.split('.')[1]) <= 2 and self.peek() == '':
            raise ValueError(piece)
        else:
            self.single(piece, following)

    def unit(self, piece):
        """`10 h`, `5 minutes`: whether a unit follows."""
        ahead = 2 if self.peek().isspace() else 1
        unit = self.info._hms.get(self.peek(ahead).lower())
        if unit is None:
            return False
        if unit == 0:
            self.found.hour = int(float(piece))
            if float(piece) % 1:
                self.found.minute = int(60 * (float(piece) % 1))
        elif unit == 1:
            self.minutes(piece)
        else:
            self.seconds(piece)
        self.place += ahead
        return True

    def minutes(self, text):
        value = float(text)
        self.found.minute = int(value)
        if value % 1:
            self.found.second = int(60 * (value % 1))

    def seconds(self, text):
        whole, _, fraction = text.partition('.')
        self.found.second = int(whole)
        self.found.microsecond = int(fraction.ljust(6, '0')[:6]) if fraction else 0

    def separated(self, piece, separator):
        """`2024-01-31`, `31/Jan/2024`, `31.1.2024`"""
        f = self.found
        for part in piece.split('.') if '.' in piece else [piece]:
            f.add(part)
        self.place += 1
        for _ in range(2):
            following = self.peek()
            if not following or following.isspace() or following in self.info._jump and not following.isalnum():
                break
            month = self.info._months.get(following.lower())
            if month is not None:
                f.add(str(month + 1), 'M')
            elif following[0].isdigit():
                for part in following.split('.'):
                    f.add(part)
            else:
                break
            self.place += 1
            if self.peek() != separator:
                break
            self.place += 1

    def single(self, piece, following):
        ahead = 2 if following.isspace() else 1
        half = self.info._ampm.get(self.peek(ahead).lower())
        if half is not None and '.' not in piece and self.found.hour is None and 0 <= int(piece) <= 12:
            self.found.hour = int(piece)
            return
        if '.' in piece:
            for part in piece.split('.'):
                self.found.add(part)
        elif len(self.found.numbers) < 3 and (int(piece) <= 31 or len(piece) == 4 or int(piece) > 31 and len(piece) == 2):
            self.found.add(piece)
        elif not self.fuzzy:
            raise ValueError(piece)

    def word(self, piece):
        f, info, low = self.found, self.info, piece.lower()
        if low in info._weekdays and (len(low) >= 3):
            f.weekday = info._weekdays[low]
        elif low in info._months:
            self.month(info._months[low] + 1)
        elif low in info._ampm and f.hour is not None and f.ampm is None and self.is_half():
            f.ampm = info._ampm[low]
            if not 0 <= f.hour <= 12:
                if not self.fuzzy:
                    raise ValueError('Invalid hour specified for 12-hour clock.')
                f.ampm = None
        elif low in info._jump:
            if self.fuzzy and len(low) > 1:
                f.skipped.append(piece)
        elif f.hour is not None and f.zone_name is None and len(piece) <= 5 and (piece.isupper() or piece in info.UTCZONE):
            f.zone_name = piece
            if piece in info.UTCZONE:
                f.zone_offset = 0
            elif piece in info.TZOFFSET:
                f.zone_offset = info.TZOFFSET[piece]
        else:
            self.skip(piece)

    def is_half(self):
        return True

    def month(self, month):
        """A month by name, perhaps with a year that a separator or `of` joins to it."""
        f = self.found
        f.add(str(month), 'M')
        if self.peek() and self.peek() in '-/' and self.peek(2).isdigit():
            separator = self.peek()
            f.add(self.peek(2))
            self.place += 2
            if self.peek() == separator and self.peek(2).isdigit():
                f.add(self.peek(2))
                self.place += 2
        elif self.peek().isspace() and self.peek(2).lower() in self.info.PERTAIN and self.peek(4).isdigit():
            f.add(str(self.info.convertyear(int(self.peek(4)))), 'Y')
            self.place += 4

    def zone_offset(self, sign):
        f = self.found
        digits = self.peek()
        self.place += 1
        if len(digits) == 4:
            hours, minutes = int(digits[:2]), int(digits[2:])
        elif self.peek() == ':' and self.peek(2).isdigit():
            hours, minutes = int(digits), int(self.peek(2))
            self.place += 2
        elif len(digits) <= 2:
            hours, minutes = int(digits), 0
        else:
            raise ValueError(digits)
        signal = 1 if sign == '+' else -1
        # `GMT+3` says that it is 3 hours later than GMT, as the other way of writing does.
        f.zone_offset = signal * (hours * 3600 + minutes * 60)
        if f.zone_name in self.info.UTCZONE:
            f.zone_name = None


class parser:
    """Reads dates with the words of a `parserinfo`."""

    def __init__(self, info=None):
        self.info = info or parserinfo()

    def parse(self, timestr, default=None, ignoretz=False, tzinfos=None, dayfirst=None, yearfirst=None, fuzzy=False,
              fuzzy_with_tokens=False, **kwargs):
        """The time that a text says."""
        if not isinstance(timestr, str):
            if hasattr(timestr, 'read'):
                timestr = timestr.read()
            elif isinstance(timestr, (bytes, bytearray)):
                timestr = timestr.decode()
            else:
                raise TypeError(f'Parser must be a string or character stream, not {type(timestr).__name__}')
        if default is None:
            default = datetime.datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
        info = self.info
        if dayfirst is not None or yearfirst is not None:
            info = type(info)(bool(dayfirst), bool(yearfirst))
        try:
            found = _Reading(timestr, info, fuzzy or fuzzy_with_tokens).run()
            date = found.date()
        except (ValueError, IndexError):
            raise ParserError('Unknown string format: %s', timestr) from None
        if not found.any():
            raise ParserError('String does not contain a date: %s', timestr)
        try:
            made = self._build(found, date, default, info)
        except ValueError as e:
            raise ParserError(str(e) + ': %s', timestr) from e
        if not ignoretz:
            made = _with_zone(made, found, tzinfos)
        return (made, tuple(found.skipped)) if fuzzy_with_tokens else made

    def _build(self, found, date, default, info):
        changes = {}
        if 'y' in date:
            changes['year'] = info.convertyear(date['y'], found.century)
        if 'm' in date:
            changes['month'] = date['m']
        if 'd' in date:
            changes['day'] = date['d']
        else:
            year, month = changes.get('year', default.year), changes.get('month', default.month)
            if 1 <= month <= 12:
                changes['day'] = min(default.day, calendar.monthrange(year, month)[1])
        hour = found.hour
        if hour is not None and found.ampm is not None:
            hour = hour % 12 + 12 * found.ampm
        for name, value in (('hour', hour), ('minute', found.minute), ('second', found.second),
                            ('microsecond', found.microsecond)):
            if value is not None:
                changes[name] = value
        made = default.replace(**changes)
        if found.weekday is not None and 'd' not in date:
            made += relativedelta(weekday=weekday(found.weekday))
        return made


def _with_zone(made, found, tzinfos):
    name, offset = found.zone_name, found.zone_offset
    if tzinfos is not None and (callable(tzinfos) or name in tzinfos):
        zone = tzinfos(name, offset) if callable(tzinfos) else tzinfos[name]
        if isinstance(zone, int):
            zone = tz.tzoffset(name, zone)
        elif isinstance(zone, str):
            zone = tz.gettz(zone)
        return made.replace(tzinfo=zone)
    if offset is None:
        return made
    return made.replace(tzinfo=tz.UTC if offset == 0 else tz.tzoffset(name, offset))


DEFAULTPARSER = parser()


def parse(timestr, parserinfo=None, **kwargs):
    """The time that a text says: `parse('March 3, 2024 5pm')`"""
    return (parser(parserinfo) if parserinfo else DEFAULTPARSER).parse(timestr, **kwargs)


def isoparse(dt_str):
    """The time that a text in ISO's format says."""
    made = datetime.datetime.fromisoformat(dt_str.decode() if isinstance(dt_str, bytes) else dt_str)
    if made.tzinfo is datetime.timezone.utc:
        return made.replace(tzinfo=tz.UTC)
    return made if made.tzinfo is None else made.replace(tzinfo=tz.tzoffset(None, made.utcoffset()))
