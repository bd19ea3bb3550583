"""Numbers and money as a locale writes them. There is no machine to ask: the locales are C and English, by name."""

import re as _re
from functools import cmp_to_key as _cmp_to_key

__all__ = ['getlocale', 'getdefaultlocale', 'getpreferredencoding', 'Error', 'setlocale', 'resetlocale', 'localeconv',
           'strcoll', 'strxfrm', 'str', 'atof', 'atoi', 'format_string', 'currency', 'delocalize', 'localize',
           'normalize', 'LC_CTYPE', 'LC_COLLATE', 'LC_MESSAGES', 'LC_TIME', 'LC_MONETARY', 'LC_NUMERIC', 'LC_ALL',
           'CHAR_MAX']

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127

_str = str
_locale = {category: 'C' for category in range(6)}


class Error(Exception):
    """A locale that is not here."""


_C = {'int_curr_symbol': '', 'currency_symbol': '', 'mon_decimal_point': '', 'mon_thousands_sep': '', 'mon_grouping': [],
      'positive_sign': '', 'negative_sign': '', 'int_frac_digits': CHAR_MAX, 'frac_digits': CHAR_MAX,
      'p_cs_precedes': CHAR_MAX, 'p_sep_by_space': CHAR_MAX, 'n_cs_precedes': CHAR_MAX, 'n_sep_by_space': CHAR_MAX,
      'p_sign_posn': CHAR_MAX, 'n_sign_posn': CHAR_MAX, 'decimal_point': '.', 'thousands_sep': '', 'grouping': []}
_MONEY = {'mon_decimal_point': '.', 'mon_thousands_sep': ',', 'mon_grouping': [3, 3, 0], 'negative_sign': '-',
          'int_frac_digits': 2, 'frac_digits': 2, 'p_cs_precedes': 1, 'p_sep_by_space': 0, 'n_cs_precedes': 1,
          'n_sep_by_space': 0, 'p_sign_posn': 1, 'n_sign_posn': 1}
_CURRENCIES = {'en_US': ('USD ', '$'), 'en_GB': ('GBP ', '£'), 'en_CA': ('CAD ', '$'), 'en_AU': ('AUD ', '$'),
               'en_NZ': ('NZD ', '$'), 'en_IE': ('EUR ', '€')}


def normalize(localename):
    """A locale's name as it is written here: `en_US.UTF-8`."""
    name, dot, encoding = localename.partition('.')
    if not dot:
        return {'C': 'C', 'POSIX': 'C'}.get(name, name + '.ISO8859-1' if '_' in name else name)
    return f'{name}.UTF-8' if encoding.lower().replace('-', '') == 'utf8' else f'{name}.{encoding}'


def setlocale(category, locale=None):
    """Sets a locale for this evaluation, or tells which is set."""
    if not isinstance(category, int) or not 0 <= category <= LC_ALL:
        raise Error('locale query failed' if locale is None else 'unsupported locale setting')
    categories = range(6) if category == LC_ALL else [category]
    if locale is not None:
        if not isinstance(locale, _str):
            language, encoding = (tuple(locale) + (None, None))[:2]
            locale = (language or 'C') + (f'.{encoding}' if encoding else '')
        name = locale.partition('.')[0]
        if name in ('', 'C', 'POSIX'):
            locale = 'C'
        elif name not in _CURRENCIES:
            raise Error('unsupported locale setting')
        for each in categories:
            _locale[each] = locale
    return _locale[categories[0]]


def resetlocale(category=LC_ALL):
    setlocale(category, 'C')


def getlocale(category=LC_CTYPE):
    name, _, encoding = setlocale(category).partition('.')
    return (None, None) if name == 'C' else (name, 'UTF-8' if encoding.lower().replace('-', '') == 'utf8' else encoding)


def getdefaultlocale(envvars=()):
    return 'en_US', 'UTF-8'


def getpreferredencoding(do_setlocale=True):
    return 'utf-8'


getencoding = getpreferredencoding


def localeconv():
    """How numbers and money are written."""
    found = dict(_C)
    money, number = (_locale[each].partition('.')[0] for each in (LC_MONETARY, LC_NUMERIC))
    if money != 'C':
        found.update(_MONEY)
        found['int_curr_symbol'], found['currency_symbol'] = _CURRENCIES[money]
    if number != 'C':
        found.update(thousands_sep=',', grouping=[3, 3, 0])
    return found


def strcoll(a, b):
    """How two texts are ordered: by their code points."""
    return (a > b) - (a < b)


def strxfrm(s):
    return s


def _grouped(digits, separator, grouping):
    """Digits with a separator between groups, and how many separators there are."""
    if not separator or not grouping:
        return digits, 0
    groups = []
    sizes = iter(grouping)
    size = next(sizes)
    while digits and size != CHAR_MAX:
        groups.append(digits[-size:])
        digits = digits[:-size]
        following = next(sizes, 0)
        size = following or size
    if digits:
        groups.append(digits)
    return separator.join(reversed(groups)), len(groups) - 1


def _localized(text, grouping, monetary):
    conv = localeconv()
    point = conv['mon_decimal_point' if monetary else 'decimal_point']
    separator = conv['mon_thousands_sep' if monetary else 'thousands_sep']
    sizes = conv['mon_grouping' if monetary else 'grouping']
    lead = text[:len(text) - len(text.lstrip())]
    body = text.strip()
    trail = text[len(lead) + len(body):]
    sign = body[0] if body[:1] in ('+', '-') else ''
    whole, dot, fraction = body[len(sign):].partition('.')
    added = 0
    if grouping and whole.isdigit():
        whole, added = _grouped(whole, separator, sizes)
    # What was padding gives way to the separators.
    if added and lead:
        lead = lead[added * len(separator):]
    elif added and trail:
        trail = trail[added * len(separator):]
    return lead + sign + whole + (point + fraction if dot else '') + trail


_FORMAT = _re.compile(r'%(?P<key>\((?P<name>.*?)\))?(?P<modifiers>[-#0-9 +*.hlL]*?)(?P<code>[eEfFgGdiouxXcrs%])')


def format_string(f, val, grouping=False, monetary=False):
    """`f % val`, with numbers as the locale writes them."""
    pieces = list(_FORMAT.finditer(f))
    plain = _FORMAT.sub('%s', f)
    values = []
    if isinstance(val, dict) or hasattr(val, 'keys'):
        for piece in pieces:
            values.append('%' if piece['code'] == '%' else _one(piece.group(), val, piece['code'], grouping, monetary))
    else:
        given = list(val) if isinstance(val, tuple) else [val]
        for piece in pieces:
            if piece['code'] == '%':
                values.append('%')
                continue
            count = piece['modifiers'].count('*') + 1
            taken, given = given[:count], given[count:]
            values.append(_one(piece.group(), tuple(taken), piece['code'], grouping, monetary))
    return plain % tuple(values)


def _one(piece, value, code, grouping, monetary):
    text = piece % value
    if code in 'eEfFgG':
        return _localized(text, grouping, monetary)
    return _localized(text, grouping, monetary) if code in 'diu' else text


def currency(val, symbol=True, grouping=False, international=False):
    """An amount of money."""
    conv = localeconv()
    digits = conv['int_frac_digits' if international else 'frac_digits']
    if digits == CHAR_MAX:
        raise ValueError("Currency formatting is not possible using the 'C' locale.")
    text = _localized(f'%.{digits}f' % abs(val), grouping, True)
    text = f'<{text}>'
    if symbol:
        mark = conv['int_curr_symbol' if international else 'currency_symbol']
        precedes = conv['n_cs_precedes' if val < 0 else 'p_cs_precedes']
        space = ' ' if conv['n_sep_by_space' if val < 0 else 'p_sep_by_space'] else ''
        if international and mark.endswith(' ') and not precedes:
            mark = ' ' + mark[:-1]
        text = mark + space + text if precedes else text + space + mark
    place = conv['n_sign_posn' if val < 0 else 'p_sign_posn']
    sign = conv['negative_sign' if val < 0 else 'positive_sign']
    if place == 0:
        text = f'({text})'
    elif place in (1, CHAR_MAX):
        text = sign + text
    elif place == 2:
        text += sign
    elif place == 3:
        text = text.replace('<', sign)
    elif place == 4:
        text = text.replace('>', sign)
    return text.replace('<', '').replace('>', '')


def str(val):
    """A float as the locale writes it."""
    return _localized('%.12g' % val, False, False)


def delocalize(string):
    """A number as Python writes it."""
    conv = localeconv()
    if conv['thousands_sep']:
        string = string.replace(conv['thousands_sep'], '')
    if conv['decimal_point']:
        string = string.replace(conv['decimal_point'], '.')
    return string


def localize(string, grouping=False, monetary=False):
    """A number that Python wrote, as the locale writes it."""
    return _localized(string, grouping, monetary)


def atof(string, func=float):
    return func(delocalize(string))


def atoi(string):
    return int(delocalize(string))
