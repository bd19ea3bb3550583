"""Numbers in words: cardinals, ordinals, and numbers as people like to read them."""

_nice_numbers = {}
_ordinal_numbers = {}
_ordinal_functions = {}

_EN_SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
             'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
_EN_TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
_EN_SIZES = [(10 ** 15, 'quadrillion'), (10 ** 12, 'trillion'), (10 ** 9, 'billion'), (10 ** 6, 'million'), (10 ** 3, 'thousand')]
_EN_ORDINALS = {'one': 'first', 'two': 'second', 'three': 'third', 'five': 'fifth', 'eight': 'eighth', 'nine': 'ninth',
                'twelve': 'twelfth'}


def _english(number):
    if number < 0:
        return 'minus ' + _english(-number)
    if number < 20:
        return _EN_SMALL[number]
    if number < 100:
        rest = number % 10
        return _EN_TENS[number // 10] + ('-' + _EN_SMALL[rest] if rest else '')
    if number < 1000:
        rest = number % 100
        return _EN_SMALL[number // 100] + ' hundred' + (' and ' + _english(rest) if rest else '')
    for size, name in _EN_SIZES:
        if number >= size:
            rest = number % size
            joint = ' and ' if 0 < rest < 100 else ', '
            return _english(number // size) + ' ' + name + (joint + _english(rest) if rest else '')


def _english_ordinal(number):
    cardinal = _english(number)
    cut = max(cardinal.rfind(' '), cardinal.rfind('-')) + 1
    last = cardinal[cut:]
    if last in _EN_ORDINALS:
        last = _EN_ORDINALS[last]
    elif last.endswith('y'):
        last = last[:-1] + 'ieth'
    else:
        last += 'th'
    return cardinal[:cut] + last


def _english_ending(number):
    if 10 <= number % 100 <= 20:
        return str(number) + 'th'
    return str(number) + {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')


_ES_SMALL = ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce',
             'trece', 'catorce', 'quince', 'dieciséis', 'diecisiete', 'dieciocho', 'diecinueve', 'veinte', 'veintiuno',
             'veintidós', 'veintitrés', 'veinticuatro', 'veinticinco', 'veintiséis', 'veintisiete', 'veintiocho',
             'veintinueve']
_ES_TENS = ['', '', '', 'treinta', 'cuarenta', 'cincuenta', 'sesenta', 'setenta', 'ochenta', 'noventa']
_ES_HUNDREDS = ['', 'ciento', 'doscientos', 'trescientos', 'cuatrocientos', 'quinientos', 'seiscientos', 'setecientos',
                'ochocientos', 'novecientos']
_ES_ORDINALS = ['', 'primero', 'segundo', 'tercero', 'cuarto', 'quinto', 'sexto', 'séptimo', 'octavo', 'noveno', 'décimo']


def _spanish(number):
    if number < 0:
        return 'menos ' + _spanish(-number)
    if number < 30:
        return _ES_SMALL[number]
    if number < 100:
        rest = number % 10
        return _ES_TENS[number // 10] + (' y ' + _ES_SMALL[rest] if rest else '')
    if number == 100:
        return 'cien'
    if number < 1000:
        rest = number % 100
        return _ES_HUNDREDS[number // 100] + (' ' + _spanish(rest) if rest else '')
    if number < 10 ** 6:
        many, rest = divmod(number, 1000)
        said = 'mil' if many == 1 else _spanish_before_noun(many) + ' mil'
    else:
        many, rest = divmod(number, 10 ** 6)
        said = 'un millón' if many == 1 else _spanish_before_noun(many) + ' millones'
    return said + (' ' + _spanish(rest) if rest else '')


def _spanish_before_noun(number):
    said = _spanish(number)
    if said.endswith('veintiuno'):
        return said[:-9] + 'veintiún'
    return said[:-1] if said.endswith('uno') else said


_FR_SMALL = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze', 'treize',
             'quatorze', 'quinze', 'seize', 'dix-sept', 'dix-huit', 'dix-neuf']
_FR_TENS = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante', 'soixante', 'quatre-vingt', 'quatre-vingt']


def _french(number):
    if number < 0:
        return 'moins ' + _french(-number)
    if number < 20:
        return _FR_SMALL[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        if tens in (7, 9):
            rest += 10
        if rest == 0:
            return _FR_TENS[tens] + ('s' if tens == 8 else '')
        joint = ' et ' if rest in (1, 11) and tens < 8 else '-'
        return _FR_TENS[tens] + joint + _FR_SMALL[rest]
    if number < 1000:
        many, rest = divmod(number, 100)
        said = 'cent' if many == 1 else _FR_SMALL[many] + ' cent' + ('' if rest else 's')
    elif number < 10 ** 6:
        many, rest = divmod(number, 1000)
        said = 'mille' if many == 1 else _french(many) + ' mille'
    else:
        many, rest = divmod(number, 10 ** 6)
        said = _french(many) + (' million' if many == 1 else ' millions')
    return said + (' ' + _french(rest) if rest else '')


def _french_ordinal(number):
    if number == 1:
        return 'premier'
    said = _french(number)
    if said.endswith('cinq'):
        return said + 'uième'
    if said.endswith('neuf'):
        return said[:-1] + 'vième'
    if said.endswith(('e', 'vingts', 'cents', 'millions')):
        said = said[:-1]
    return said + 'ième'


_SMALL = {
    'de': ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'],
    'it': ['zero', 'uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci', 'undici', 'dodici'],
    'nl': ['nul', 'een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen', 'tien', 'elf', 'twaalf'],
    'pt': ['zero', 'um', 'dois', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze'],
}


def _number_in_letters(number, language):
    """A whole number in letters; in digits where we do not know better."""
    if language == 'es' and abs(number) < 10 ** 12:
        return _spanish(number)
    if language == 'fr' and abs(number) < 10 ** 12:
        return _french(number)
    if language in _SMALL:
        known = _SMALL[language]
        return known[number] if 0 <= number < len(known) else str(number)
    return _english(number) if abs(number) < 10 ** 18 else str(number)


def _in_letters(number, language):
    if isinstance(number, int):
        return _number_in_letters(number, language)
    whole, _, decimals = repr(abs(number)).partition('.')
    point = {'es': ' punto ', 'fr': ' virgule ', 'de': ' Komma ', 'it': ' virgola ', 'pt': ' vírgula '}.get(language, ' point ')
    said = _number_in_letters(int(whole), language) + point
    said += ' '.join(_number_in_letters(int(digit), language) for digit in decimals)
    return ('minus ' if number < 0 else '') + said


def number_to_word(number, **kwargs):
    """A number in words: its cardinal, or with `function='ordinal'` its ordinal."""
    if isinstance(number, str):
        number = float(number) if '.' in number else int(number)
    language = _language_of(kwargs)
    function = kwargs.get('function')
    if function == 'ordinal':
        said = _ordinal_word(number, language)
    elif function == 'ordinal_num':
        said = _ordinal_digits(number, language)
    else:
        said = _in_letters(number, language)
    return _capitalized(said, kwargs)


def _ordinal_word(number, language):
    if language == 'es':
        return _ES_ORDINALS[number] if 0 < number < len(_ES_ORDINALS) else str(number) + 'º'
    if language == 'fr':
        return _french_ordinal(number)
    if language in ('de', 'it', 'nl', 'pt'):
        return _ordinal_digits(number, language)
    return _english_ordinal(number)


def _ordinal_digits(number, language):
    ending = {'es': 'º', 'fr': 'er' if number == 1 else 'me', 'de': '.', 'it': '°', 'nl': 'e', 'pt': 'º'}.get(language)
    return str(number) + ending if ending else _english_ending(number)


def _nice_number(the_number, **kwargs):
    """Small numbers in letters, others in digits."""
    use_word = kwargs.get('use_word')
    language = _language_of(kwargs)
    if isinstance(the_number, float):
        the_number = float('%.8g' % the_number)
    is_integer = int(float(the_number)) == float(the_number)
    if is_integer:
        the_number = int(float(the_number))
    known = _nice_numbers.get(language) or _nice_numbers.get('*') or _nice_numbers.get('en') or {}
    if str(the_number) in known:
        return _capitalized(known[str(the_number)], kwargs)
    if use_word or (is_integer and 0 <= the_number < 11 and use_word is not False):
        return number_to_word(the_number, language=language, capitalize=kwargs.get('capitalize'))
    if is_integer:
        return _with_separators('{:,}'.format(the_number))
    # Quirk: a fraction that rounds to a whole number keeps its point: '2.' for 1.999.
    return _with_separators('{:,.2f}'.format(float(the_number)).rstrip('0'))


def _ordinal_of(i, **kwargs):
    try:
        i = int(i)
    except (TypeError, ValueError):
        i = 0
    use_word = kwargs.get('use_word')
    in_letters = i < 11 if use_word is None else use_word
    return number_to_word(i, language=kwargs.get('language'), capitalize=kwargs.get('capitalize'),
                          function='ordinal' if in_letters else 'ordinal_num')


def _ordinal_number(the_number, **kwargs):
    """first, second, ..., 11th."""
    language = get_language()
    if kwargs.get('use_word', True):
        for known in (_ordinal_numbers.get(language), _ordinal_numbers.get('*')):
            if known and str(the_number) in known:
                return known[str(the_number)]
    chosen = _ordinal_functions.get(language) or _ordinal_functions.get('*') or _ordinal_of
    return chosen(the_number, **kwargs)


def _ordinal(the_number, **kwargs):
    """The ordinal of an index: that of 0 is first."""
    return _capitalized(ordinal_number(int(float(the_number)) + 1, **kwargs), kwargs)


nice_number = _speaks('nice_number', any=_nice_number)
ordinal_number = _speaks('ordinal_number', any=_ordinal_number)
ordinal = _speaks('ordinal', any=_ordinal)


def update_nice_numbers(lang, defs):
    """Says how numbers are called in a language."""
    _nice_numbers.setdefault(lang, {}).update({str(number): said for number, said in defs.items()})


def update_ordinal_numbers(lang, defs):
    """Says how ordinals are called in a language."""
    _ordinal_numbers.setdefault(lang, {}).update({str(number): said for number, said in defs.items()})


def update_ordinal_function(lang, func):
    """Says how the other ordinals of a language are made."""
    _ordinal_functions[lang] = func


def _number_or_length(target):
    """How many a quantity stands for."""
    if isinstance(target, (int, float)):
        return target
    if isinstance(target, (list, dict, set, tuple)) or hasattr(target, 'elements'):
        return len(target)
    return 2 if target else 1
