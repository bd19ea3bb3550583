"""The parts of the package humanize that interviews use: numbers and sizes as people say them, in English."""

import math

__all__ = ['apnumber', 'intcomma', 'intword', 'naturalsize', 'ordinal']

_SIZES = {True: (1024, 'KiB MiB GiB TiB PiB EiB ZiB YiB'.split()), False: (1000, 'kB MB GB TB PB EB ZB YB'.split())}
_POWERS = ['thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion', 'sextillion', 'septillion', 'octillion',
           'nonillion', 'decillion']
_SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']


def naturalsize(value, binary=False, gnu=False, format='%.1f'):
    """A number of bytes: `3.0 MB`."""
    base, names = (1024, list('KMGTPEZY')) if gnu else _SIZES[bool(binary)]
    size = float(value)
    if abs(size) < base:
        if gnu:
            return f'{int(size)}B'
        return f'{int(size)} Byte' if abs(size) == 1 else f'{int(size)} Bytes'
    power = min(int(math.log(abs(size)) / math.log(base)), len(names))
    return format % (size / base ** power) + ('' if gnu else ' ') + names[power - 1]


def intcomma(value, ndigits=None):
    """A number with commas: `1,234,567`."""
    if isinstance(value, str):
        try:
            value = float(value.replace(',', '')) if '.' in value else int(value.replace(',', ''))
        except ValueError:
            return value
    return f'{value:,.{ndigits}f}' if ndigits is not None else f'{value:,}'


def intword(value, format='%.1f'):
    """A large number in words: `1.2 million`."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return str(value)
    sign, number = '-' if number < 0 else '', abs(number)
    if number < 1000:
        return sign + str(number)
    power = min(int(math.log10(number)) // 3, len(_POWERS))
    shown = format % (number / 10 ** (3 * power))
    if float(shown) == 1000 and power < len(_POWERS):
        power, shown = power + 1, format % 1
    return f'{sign}{shown} {_POWERS[power - 1]}'


def ordinal(value, gender='male'):
    """`1st`, `2nd`, `3rd`"""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return str(value)
    ending = 'th' if number % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')
    return f'{number}{ending}'


def apnumber(value):
    """Numbers below ten in words, as newspapers write them."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return str(value)
    return _SMALL[number] if 0 <= number < 10 else str(number)
