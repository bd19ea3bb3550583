"""Amounts of money, and the locale that they are written in."""

# Symbol, whether it stands before the amount, whether a blank parts them, decimal mark, separator of thousands, decimals.
_LOCALES = {
    'en_US': ('$', True, False, '.', ',', 2), 'en_CA': ('$', True, False, '.', ',', 2), 'en_AU': ('$', True, False, '.', ',', 2),
    'en_NZ': ('$', True, False, '.', ',', 2), 'en_GB': ('£', True, False, '.', ',', 2), 'en_IE': ('€', True, False, '.', ',', 2),
    'es_ES': ('€', False, True, ',', '.', 2), 'es_MX': ('$', True, False, '.', ',', 2), 'es_US': ('$', True, False, '.', ',', 2),
    'fr_FR': ('€', False, True, ',', '\u202f', 2), 'fr_CA': ('$', False, True, ',', '\xa0', 2),
    'de_DE': ('€', False, True, ',', '.', 2), 'de_AT': ('€', True, True, ',', '.', 2), 'de_CH': ('CHF', True, True, '.', '’', 2),
    'it_IT': ('€', False, True, ',', '.', 2), 'nl_NL': ('€', True, True, ',', '.', 2), 'pt_BR': ('R$', True, True, ',', '.', 2),
    'pt_PT': ('€', False, True, ',', '.', 2), 'pl_PL': ('zł', False, True, ',', '\u202f', 2),
    'sv_SE': ('kr', False, True, ',', '\u202f', 2), 'da_DK': ('kr.', True, True, ',', '.', 2),
    'ja_JP': ('￥', True, False, '.', ',', 0), 'en_IN': ('₹', True, False, '.', ',', 2), 'C': ('', True, False, '.', '', 2),
}
_locale = {'name': None, 'overrides': {}}


def set_locale(*pargs, **kwargs):
    """Chooses the locale, or says what is different from it."""
    if len(pargs) == 1:
        _locale['name'] = pargs[0]
    if kwargs:
        _locale['overrides'] = kwargs


def update_locale():
    """The locale counts from the moment on that it is set; nothing is left to do."""


def _locale_facts():
    return _LOCALES.get(_locale_name().partition('.')[0], _LOCALES['en_US'])


def _locale_name():
    name = _locale['name'] or _engine.get_locale()
    return name if '_' in name else get_language() + '_' + name


def get_locale(*pargs):
    """The name of the locale, or one of its conventions by the name that the C library has for it."""
    if not pargs:
        return _locale['name'] or _engine.get_locale()
    if pargs[0] in _locale['overrides']:
        return _locale['overrides'][pargs[0]]
    symbol, before, blank, point, thousands, decimals = _locale_facts()
    return {'currency_symbol': symbol, 'p_cs_precedes': int(before), 'n_cs_precedes': int(before), 'p_sep_by_space': int(blank),
            'n_sep_by_space': int(blank), 'decimal_point': point, 'mon_decimal_point': point, 'thousands_sep': thousands,
            'mon_thousands_sep': thousands, 'frac_digits': decimals, 'int_frac_digits': decimals}.get(pargs[0])


def _with_separators(english):
    """A number as the locale writes it, from what English has."""
    point, thousands = get_locale('decimal_point'), get_locale('thousands_sep')
    if (point, thousands) == ('.', ','):
        return english
    whole, dot, decimals = english.partition('.')
    return whole.replace(',', thousands) + (point if dot else '') + decimals


currency_symbol = _speaks('currency_symbol', any=lambda **kwargs: _engine.setting('currency symbol') or get_locale('currency_symbol'))


def get_currency_symbol():
    """The symbol of the currency: what `set_locale` said, or that of the server."""
    return _locale['overrides'].get('currency_symbol') or currency_symbol()


def _currency(the_value, **kwargs):
    """An amount of money; nothing for what is no number."""
    if isinstance(the_value, FinancialList):
        the_value = the_value.total()
    elif isinstance(the_value, Value):
        the_value = the_value.amount() if the_value.exists else 0
    if isinstance(the_value, DAEmpty):
        return ''
    try:
        amount = float(the_value)
    except (TypeError, ValueError):
        return ''
    decimals = int(_engine.setting('currency decimal places') or get_locale('frac_digits')) if kwargs.get('decimals', True) else 0
    symbol = kwargs.get('symbol')
    own_place = symbol is not None or kwargs.get('symbol_precedes') is not None or decimals == 0 or _locale['overrides']
    symbol = get_currency_symbol() if symbol is None else symbol
    before = kwargs.get('symbol_precedes')
    if before is None:
        before = get_locale('n_cs_precedes' if amount < 0 else 'p_cs_precedes')
    blank = ' ' if get_locale('n_sep_by_space' if amount < 0 else 'p_sep_by_space') else ''
    said = _with_separators('{:,.{}f}'.format(abs(amount) if decimals else abs(int(amount)), decimals))
    # Quirk: with a symbol of one's own the minus stands behind it: $-5.00; the locale has -$5.00.
    inner, outer = ('-', '') if own_place else ('', '-')
    if amount >= 0:
        inner = outer = ''
    return outer + (symbol + blank + inner + said if before else inner + said + blank + symbol)


currency = _speaks('currency', any=_currency)
