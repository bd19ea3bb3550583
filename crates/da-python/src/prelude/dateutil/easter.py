"""The date of Easter."""

import datetime

__all__ = ['easter', 'EASTER_JULIAN', 'EASTER_ORTHODOX', 'EASTER_WESTERN']

EASTER_JULIAN, EASTER_ORTHODOX, EASTER_WESTERN = 1, 2, 3


def easter(year, method=EASTER_WESTERN):
    """The Sunday of Easter."""
    if not 1 <= method <= 3:
        raise ValueError('invalid method')
    g = year % 19
    if method == EASTER_WESTERN:
        c = year // 100
        h = (c - c // 4 - (8 * c + 13) // 25 + 19 * g + 15) % 30
        i = h - h // 28 * (1 - h // 28 * (29 // (h + 1)) * ((21 - g) // 11))
        j = (year + year // 4 + i + 2 - c + c // 4) % 7
        extra = 0
    else:
        i = (19 * g + 15) % 30
        j = (year + year // 4 + i) % 7
        extra = 0
        if method == EASTER_ORTHODOX:
            extra = 10 + (year // 100 - 16 - (year // 100 - 16) // 4 if year > 1600 else 0)
    p = i - j + extra
    return datetime.date(year, 3, 1) + datetime.timedelta(days=p + 27)
