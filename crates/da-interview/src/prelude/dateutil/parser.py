"""dateutil.parser: dates and times as people write them."""

import datetime as _datetime
import re as _re

_MONTHS = {name: number for number, names in enumerate((
    ('jan', 'january'), ('feb', 'february'), ('mar', 'march'), ('apr', 'april'), ('may',), ('jun', 'june'), ('jul', 'july'),
    ('aug', 'august'), ('sep', 'sept', 'september'), ('oct', 'october'), ('nov', 'november'), ('dec', 'december')), 1) for name in names}
_WEEKDAYS = {name: number for number, names in enumerate((
    ('mon', 'monday'), ('tue', 'tues', 'tuesday'), ('wed', 'wednesday'), ('thu', 'thur', 'thurs', 'thursday'), ('fri', 'friday'),
    ('sat', 'saturday'), ('sun', 'sunday'))) for name in names}
_UNITS = {'h': 'hour', 'hour': 'hour', 'hours': 'hour', 'm': 'minute', 'minute': 'minute', 'minutes': 'minute', 's': 'second',
          'second': 'second', 'seconds': 'second'}
_SKIPPED = {'at', 'on', 'and', 'ad', 'of', 'st', 'nd', 'rd', 'th', 't', ',', '.', ';', '-', '/', "'"}
_TOKEN = _re.compile(r'\d+\.\d+(?![.\d])|\d+|[A-Za-z]+|[^\sA-Za-z0-9]')


class ParserError(ValueError):
    """A text that is no date."""

    def __str__(self):
        return self.args[0] % self.args[1:]


class _Reading:
    """The parts of a date while its text is read."""

    def __init__(self, text, dayfirst, yearfirst, fuzzy):
        self.text = text
        self.dayfirst, self.yearfirst, self.fuzzy = dayfirst, yearfirst, fuzzy
        self.tokens = _TOKEN.findall(text)
        self.numbers = []
        self.month_at = None
        self.found = {}
        self.zone = None
        self.weekday = None

    def fail(self):
        raise ParserError('Unknown string format: %s', self.text)

    def at(self, place):
        return self.tokens[place].lower() if place < len(self.tokens) else ''

    def read(self):
        place = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            place += self.number(place) if token[0].isdigit() else self.word(place)
        if not (self.numbers or self.found or self.weekday is not None):
            raise ParserError('String does not contain a date: %s', self.text)

    def word(self, place):
        token = self.at(place)
        if token in _MONTHS:
            self.month_at = len(self.numbers)
            self.numbers.append((_MONTHS[token], 'month'))
        elif token in _WEEKDAYS:
            self.weekday = _WEEKDAYS[token]
        elif token in ('am', 'pm', 'a', 'p') and 'hour' in self.found:
            self.half_of_day(token)
            if len(token) == 1 and self.at(place + 1) == '.':
                return 4 if self.at(place + 2) == 'm' else 1
        elif token in ('z', 'utc', 'gmt') and 'hour' in self.found:
            self.zone = _datetime.timezone.utc
        elif token in '+-' and 'hour' in self.found and self.at(place + 1).isdigit() and self.zone is None:
            return 1 + self.offset(place)
        elif token not in _SKIPPED and not self.fuzzy and not (token.isupper() and 'hour' in self.found):
            if not (self.tokens[place].isupper() and 3 <= len(token) <= 5 and 'hour' in self.found):
                self.fail()
        return 1

    def half_of_day(self, token):
        hour = self.found['hour']
        if not 0 <= hour <= 12:
            raise ParserError('Invalid hour specified for 12-hour clock.')
        self.found['hour'] = hour % 12 + (12 if token[0] == 'p' else 0)

    def offset(self, place):
        sign = -1 if self.tokens[place] == '-' else 1
        digits = self.tokens[place + 1]
        minutes, used = 0, 1
        if len(digits) == 4:
            hours, minutes = int(digits[:2]), int(digits[2:])
        else:
            hours = int(digits)
            if self.at(place + 2) == ':':
                minutes, used = int(self.at(place + 3) or 0), 3
        self.zone = _datetime.timezone(sign * _datetime.timedelta(hours=hours, minutes=minutes))
        return used

    def number(self, place):
        token = self.tokens[place]
        follows = self.at(place + 1)
        if follows == ':':
            return self.clock(place)
        if follows in ('am', 'pm') or follows in ('a', 'p') and self.at(place + 2) in ('.', 'm'):
            self.found['hour'] = int(token)
            return 1
        if follows in _UNITS and (follows != 'm' or 'hour' in self.found) and not follows == 's':
            self.found[_UNITS[follows]] = int(float(token))
            return 2
        if '.' in token:
            return self.dotted(place)
        if len(token) in (12, 14) or len(token) == 8:
            self.numbers += [(int(token[:4]), 'year'), (int(token[4:6]), 'month'), (int(token[6:8]), 'day')]
            for name, digits in zip(('hour', 'minute', 'second'), (token[8:10], token[10:12], token[12:14])):
                if digits:
                    self.found[name] = int(digits)
        elif len(token) in (4, 6) and self.at(place - 1) == 't' and len(self.numbers) == 3:
            for name, digits in zip(('hour', 'minute', 'second'), (token[:2], token[2:4], token[4:6])):
                if digits:
                    self.found[name] = int(digits)
        elif len(self.numbers) < 3:
            is_year = len(token) > 2 or int(token) > 31 or self.at(place - 1) == "'"
            self.numbers.append((int(token), 'year' if is_year else None))
        elif not self.fuzzy:
            self.fail()
        return 1

    def dotted(self, place):
        """2.5.2020, which was cut as a fraction."""
        parts = self.tokens[place].split('.')
        for part in parts:
            self.numbers.append((int(part), 'year' if len(part) > 2 else None))
        return 1

    def clock(self, place):
        self.found['hour'] = int(self.tokens[place])
        minute = self.at(place + 2)
        if not minute.replace('.', '').isdigit():
            self.fail()
        self.found['minute'] = int(float(minute))
        if self.at(place + 3) != ':':
            return 3
        second = self.at(place + 4)
        whole, _, fraction = second.partition('.')
        self.found['second'] = int(whole)
        self.found['microsecond'] = int((fraction + '000000')[:6]) if fraction else 0
        return 5

    def date(self):
        """Which number is the year, the month, the day."""
        known = {}
        rest = []
        for value, kind in self.numbers:
            if kind and kind not in known:
                known[kind] = value
            else:
                rest.append(value)
        wanted = self.order(known, rest)
        for kind, value in zip(wanted, rest):
            known[kind] = value
        if 'year' in known and known['year'] < 100 and not any(kind == 'year' and value > 99 for value, kind in self.numbers):
            known['year'] = _full_year(known['year'])
        return known

    def order(self, known, rest):
        if 'month' in known:
            return [kind for kind in ('day', 'year') if kind not in known]
        if 'year' in known:
            year_first = bool(self.numbers) and self.numbers[0][1] == 'year'
            month_first = not rest or rest[0] <= 12 and (year_first or not self.dayfirst)
            return ['month', 'day'] if month_first else ['day', 'month']
        if len(rest) == 1:
            return ['day']
        if len(rest) == 3 and (self.yearfirst or rest[0] > 31):
            return ['year', 'month', 'day']
        first = ['day', 'month'] if rest and (rest[0] > 12 or self.dayfirst and rest[1] <= 12) else ['month', 'day']
        return first + ['year']


def _full_year(year):
    now = _datetime.datetime.now().year
    full = now // 100 * 100 + year
    if full >= now + 50:
        return full - 100
    return full + 100 if full < now - 50 else full


def parse(timestr, parserinfo=None, *, default=None, dayfirst=False, yearfirst=False, fuzzy=False, ignoretz=False, tzinfos=None):
    """The moment that a text says; what it leaves out is today's."""
    if not isinstance(timestr, str):
        raise TypeError('Parser must be a string or character stream, not ' + type(timestr).__name__)
    reading = _Reading(timestr, dayfirst, yearfirst, fuzzy)
    reading.read()
    if default is None:
        default = _datetime.datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    parts = reading.date()
    parts.update(reading.found)
    try:
        if 'day' not in parts:
            last = 29 if parts.get('month', default.month) == 2 else 31
            parts['day'] = min(default.day, last, 30 if parts.get('month', default.month) in (4, 6, 9, 11) else 31)
        moment = default.replace(**parts)
    except ValueError as problem:
        raise ParserError(str(problem).replace('%', '%%') + ': %s', timestr)
    if reading.weekday is not None and not any(kind in parts for kind in ('year', 'month')) and not reading.numbers:
        moment += _datetime.timedelta(days=(reading.weekday - moment.weekday()) % 7)
    if reading.zone is not None and not ignoretz:
        moment = moment.replace(tzinfo=reading.zone)
    return moment


def isoparse(dt_str):
    """The moment that a text of ISO 8601 says."""
    return _datetime.datetime.fromisoformat(dt_str)
