"""Dates by the patterns of the Unicode consortium: `EEEE, MMMM d, y`."""

_STYLES = ('full', 'long', 'medium', 'short')
_PATTERN = re.compile(r"'[^']*'|''|([GyYuMLEecdDQqwWFabBhHKkmsSAzZvVxX])\1*|.", re.DOTALL)


def _date_words(language):
    """The words of a language; of English for one that is not known. `pt_BR` is `pt`."""
    language = language or get_language()
    mapped = (_engine.setting('babel dates map') or {}).get(language, language)
    return _DATE_WORDS.get(mapped) or _DATE_WORDS.get(re.split('[-_]', mapped)[0]) or _DATE_WORDS['en']


def _pattern(table, format, language):
    """The pattern of a style; a pattern of one's own is itself."""
    return _date_words(language)[table].split('|')[_STYLES.index(format)] if format in _STYLES else format


def _written(moment, pattern, language):
    """A moment as a pattern says."""
    words = _date_words(language)
    return ''.join(_piece(moment, match.group(0), match.group(1), words) for match in _PATTERN.finditer(pattern))


def _piece(moment, piece, letter, words):
    if letter is None:
        return "'" if piece == "''" else piece.strip("'") if piece[0] == "'" else piece
    write = _FIELDS.get(letter)
    if write is None:
        raise ValueError('unsupported field ' + piece)
    return str(write(moment, len(piece), words))


def _digits(number, width):
    return str(number).zfill(width)


def _year(moment, width, words):
    return _digits(moment.year % 100, 2) if width == 2 else _digits(moment.year, width)


def _month(moment, width, words, table='months'):
    if width < 3:
        return _digits(moment.month, width)
    if width == 3:
        return words['short_months'].split('|')[moment.month - 1]
    name = words.get(table, words['months']).split('|')[moment.month - 1]
    return name if width == 4 else name[:1].upper()


def _weekday(moment, width, words):
    place = moment.weekday()
    if width < 4:
        return words['short_days'].split('|')[place]
    name = words['days'].split('|')[place]
    return {4: name, 5: name[:1].upper()}.get(width, words['short_days'].split('|')[place][:2])


def _number_of_weekday(moment, width, words):
    return _digits(moment.isoweekday(), width) if width < 3 else _weekday(moment, width, words)


def _half(moment, width, words):
    return words['halves'].split('|')[0 if moment.hour < 12 else 1]


def _quarter(moment, width, words):
    number = (moment.month - 1) // 3 + 1
    if width == 3:
        return 'Q' + str(number)
    return _digits(number, width) if width < 3 else ('1st', '2nd', '3rd', '4th')[number - 1] + ' quarter'


def _offset_minutes(moment):
    offset = moment.utcoffset() if moment.tzinfo else None
    return 0 if offset is None else (offset.days * 86400 + offset.seconds) // 60


def _offset_text(moment, colon, zulu=''):
    minutes = _offset_minutes(moment)
    if zulu and minutes == 0:
        return zulu
    sign = '-' if minutes < 0 else '+'
    return sign + _digits(abs(minutes) // 60, 2) + colon + _digits(abs(minutes) % 60, 2)


_LONG_ZONES = {'EST': 'Eastern Standard Time', 'EDT': 'Eastern Daylight Time', 'CST': 'Central Standard Time',
               'CDT': 'Central Daylight Time', 'MST': 'Mountain Standard Time', 'MDT': 'Mountain Daylight Time',
               'PST': 'Pacific Standard Time', 'PDT': 'Pacific Daylight Time', 'AKST': 'Alaska Standard Time',
               'AKDT': 'Alaska Daylight Time', 'HST': 'Hawaii-Aleutian Standard Time', 'GMT': 'Greenwich Mean Time',
               'UTC': 'Coordinated Universal Time', 'BST': 'British Summer Time', 'CET': 'Central European Standard Time',
               'CEST': 'Central European Summer Time', 'JST': 'Japan Standard Time', 'AST': 'Atlantic Standard Time',
               'ADT': 'Atlantic Daylight Time', 'NST': 'Newfoundland Standard Time', 'NDT': 'Newfoundland Daylight Time'}
# The abbreviations that English knows; elsewhere the offset is written.
_SHORT_ZONES = ('EST', 'EDT', 'CST', 'CDT', 'MST', 'MDT', 'PST', 'PDT', 'AKST', 'AKDT', 'HST')


def _zone(moment, width, words):
    name = (moment.tzname() if moment.tzinfo else None) or 'UTC'
    if words is _DATE_WORDS['en'] and width == 4:
        return _LONG_ZONES.get(name, name)
    if name == 'UTC' or words is _DATE_WORDS['en'] and name in _SHORT_ZONES:
        return name
    return _offset_text(moment, '')


def _zone_by_offset(moment, width, words):
    if width == 4:
        return 'GMT' + _offset_text(moment, ':')
    return _offset_text(moment, ':' if width == 5 else '', 'Z' if width == 5 else '')


def _iso_offset(moment, width, words, zulu=''):
    said = _offset_text(moment, ':' if width in (3, 5) else '', zulu)
    return said[:3] if width == 1 and said.endswith('00') and len(said) > 3 else said


_FIELDS = {
    'G': lambda moment, width, words: words['eras'].split('|')[1],
    'y': _year, 'u': _year,
    'Y': lambda moment, width, words: _digits(moment.isocalendar()[0], width),
    'M': _month, 'L': lambda moment, width, words: _month(moment, width, words, 'lone_months'),
    'd': lambda moment, width, words: _digits(moment.day, width),
    'D': lambda moment, width, words: _digits(moment.timetuple().tm_yday, width),
    'E': _weekday, 'e': _number_of_weekday, 'c': _number_of_weekday,
    'Q': _quarter, 'q': _quarter,
    'w': lambda moment, width, words: _digits(moment.isocalendar()[1], width),
    'W': lambda moment, width, words: _digits((moment.day - 1) // 7 + 1, width),
    'F': lambda moment, width, words: _digits((moment.day - 1) // 7 + 1, width),
    'a': _half, 'b': _half, 'B': _half,
    'h': lambda moment, width, words: _digits(moment.hour % 12 or 12, width),
    'H': lambda moment, width, words: _digits(moment.hour, width),
    'K': lambda moment, width, words: _digits(moment.hour % 12, width),
    'k': lambda moment, width, words: _digits(moment.hour or 24, width),
    'm': lambda moment, width, words: _digits(moment.minute, width),
    's': lambda moment, width, words: _digits(moment.second, width),
    'S': lambda moment, width, words: _digits(moment.microsecond, 6)[:width].ljust(width, '0'),
    'A': lambda moment, width, words: _digits((moment.hour * 3600 + moment.minute * 60 + moment.second) * 1000, width),
    'z': _zone, 'v': _zone,
    'V': lambda moment, width, words: str(moment.tzinfo or 'UTC') if width == 2 else _zone(moment, width, words),
    'Z': _zone_by_offset, 'x': _iso_offset, 'X': lambda moment, width, words: _iso_offset(moment, width, words, 'Z'),
}
