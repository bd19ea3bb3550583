"""Words: numbers in letters, plurals, verbs, possessives and lists, in English unless others are known."""

_NUMBERS = {0: 'zero', 1: 'one', 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 7: 'seven', 8: 'eight',
            9: 'nine', 10: 'ten'}
_ORDINALS = {0: 'zeroth', 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', 6: 'sixth', 7: 'seventh',
             8: 'eighth', 9: 'ninth', 10: 'tenth'}
_TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
_TEENS = ['ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
_IRREGULAR_PLURALS = {
    'child': 'children', 'person': 'people', 'man': 'men', 'woman': 'women', 'foot': 'feet', 'tooth': 'teeth',
    'mouse': 'mice', 'goose': 'geese', 'ox': 'oxen', 'wife': 'wives', 'life': 'lives', 'knife': 'knives',
    'leaf': 'leaves', 'half': 'halves', 'self': 'selves', 'thief': 'thieves', 'shelf': 'shelves', 'wolf': 'wolves',
    'loaf': 'loaves', 'calf': 'calves', 'fish': 'fish', 'sheep': 'sheep', 'deer': 'deer', 'series': 'series',
    'species': 'species', 'is': 'are', 'criterion': 'criteria', 'datum': 'data',
}
_IRREGULAR_SINGULARS = {plural: singular for singular, plural in _IRREGULAR_PLURALS.items()}
_PAST = {
    'be': 'was', 'is': 'was', 'am': 'was', 'are': 'were', 'have': 'had', 'has': 'had', 'do': 'did', 'does': 'did',
    'go': 'went', 'say': 'said', 'get': 'got', 'make': 'made', 'know': 'knew', 'think': 'thought', 'take': 'took',
    'see': 'saw', 'come': 'came', 'give': 'gave', 'find': 'found', 'tell': 'told', 'become': 'became',
    'leave': 'left', 'feel': 'felt', 'put': 'put', 'bring': 'brought', 'begin': 'began', 'keep': 'kept',
    'hold': 'held', 'write': 'wrote', 'stand': 'stood', 'hear': 'heard', 'let': 'let', 'mean': 'meant', 'set': 'set',
    'meet': 'met', 'run': 'ran', 'pay': 'paid', 'sit': 'sat', 'speak': 'spoke', 'lie': 'lay', 'lead': 'led',
    'read': 'read', 'grow': 'grew', 'lose': 'lost', 'fall': 'fell', 'send': 'sent', 'build': 'built',
    'understand': 'understood', 'draw': 'drew', 'break': 'broke', 'spend': 'spent', 'cut': 'cut', 'rise': 'rose',
    'drive': 'drove', 'buy': 'bought', 'wear': 'wore', 'choose': 'chose', 'eat': 'ate', 'sue': 'sued',
}
_words = {}


def word(the_word, **kwargs):
    """The translation of a phrase into the current language, or the phrase itself."""
    said = _words.get(get_language(), {}).get(str(the_word), str(the_word))
    return capitalize(said) if kwargs.get('capitalize') else said


def update_word_collection(language, defs):
    """Adds translations of phrases."""
    _words.setdefault(language, {}).update(defs)


def _language_of(kwargs):
    return kwargs.get('language') or get_language()


def get_language():
    return _engine.get_language()


def set_language(lang, dialect=None, voice=None):
    _engine.set_language(lang)


def get_dialect():
    return None


def nice_number(number, **kwargs):
    """Small numbers in letters, others in digits."""
    number = float(number) if isinstance(number, str) else number
    if isinstance(number, float) and number == int(number):
        number = int(number)
    if isinstance(number, int) and number in _NUMBERS and not kwargs.get('use_word') is False:
        said = _NUMBERS[number]
    elif kwargs.get('use_word') and isinstance(number, int):
        said = number_in_letters(number)
    elif isinstance(number, int):
        said = '{:,}'.format(number)
    else:
        said = _trim_number(number)
    return capitalize(said) if kwargs.get('capitalize') else word(said)


def _trim_number(number):
    whole, _, decimals = '{:,.3f}'.format(number).partition('.')
    decimals = decimals.rstrip('0')
    return whole + '.' + decimals if decimals else whole


def number_in_letters(number):
    if number < 0:
        return 'minus ' + number_in_letters(-number)
    if number < 10:
        return _NUMBERS[number]
    if number < 20:
        return _TEENS[number - 10]
    if number < 100:
        rest = number % 10
        return _TENS[number // 10] + ('-' + _NUMBERS[rest] if rest else '')
    if number < 1000:
        rest = number % 100
        return _NUMBERS[number // 100] + ' hundred' + (' and ' + number_in_letters(rest) if rest else '')
    for size, name in [(10 ** 9, 'billion'), (10 ** 6, 'million'), (10 ** 3, 'thousand')]:
        if number >= size:
            rest = number % size
            joint = ' and ' if 0 < rest < 100 else ', '
            return number_in_letters(number // size) + ' ' + name + (joint + number_in_letters(rest) if rest else '')
    return str(number)


def ordinal_number(number, **kwargs):
    """first, second, ..., 11th."""
    if isinstance(number, str):
        if not number.lstrip('-').isdigit():
            return number
        number = int(number)
    if number in _ORDINALS and kwargs.get('use_word') is not False:
        said = _ORDINALS[number]
    else:
        said = str(number) + _ordinal_ending(number)
    return capitalize(said) if kwargs.get('capitalize') else said


def _ordinal_ending(number):
    if 10 <= number % 100 <= 20:
        return 'th'
    return {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')


def ordinal(number, **kwargs):
    """The ordinal of an index: `ordinal(0)` is first."""
    if isinstance(number, str):
        if not number.isdigit():
            return number
        number = int(number)
    return ordinal_number(int(number) + 1, **kwargs)


def capitalize(text, **kwargs):
    text = str(text)
    return text[:1].upper() + text[1:]


def title_case(text, **kwargs):
    small = ('a', 'an', 'and', 'as', 'at', 'but', 'by', 'en', 'for', 'if', 'in', 'of', 'on', 'or', 'the', 'to', 'v',
             'via', 'vs')
    words = str(text).split(' ')
    said = []
    for place, part in enumerate(words):
        inner = 0 < place < len(words) - 1
        said.append(part if inner and part.lower() in small else capitalize(part))
    return ' '.join(said)


def indefinite_article(noun, **kwargs):
    noun = str(noun)
    article = 'an' if noun[:1].lower() in 'aeiou' and noun[:1] else 'a'
    if noun.lower().startswith(('uni', 'eu', 'one', 'use', 'usu', 'uti')):
        article = 'a'
    if noun.lower().startswith(('hour', 'honest', 'heir', 'honor')):
        article = 'an'
    said = article + ' ' + noun
    return capitalize(said) if kwargs.get('capitalize') else said


def noun_plural(*pargs, **kwargs):
    """The plural of a noun; with a number of 1, its singular."""
    noun = str(pargs[0])
    if len(pargs) >= 2 and _number_of(pargs[1]) == 1:
        return noun_singular(noun)
    said = _plural(noun)
    return capitalize(said) if kwargs.get('capitalize') else said


def _number_of(given):
    return given if isinstance(given, (int, float)) else len(given)


def _plural(noun):
    first, space, last = noun.rpartition(' ')
    low = last.lower()
    if low in _IRREGULAR_PLURALS:
        said = _like(last, _IRREGULAR_PLURALS[low])
    elif low in _IRREGULAR_SINGULARS:
        said = last
    elif low.endswith(('s', 'x', 'z', 'ch', 'sh')):
        said = last + 'es' if not low.endswith('s') or low.endswith(('ss', 'us', 'is', 'as')) else last
    elif low.endswith('y') and low[-2:-1] not in 'aeiou':
        said = last[:-1] + 'ies'
    else:
        said = last + 's'
    return first + space + said


def noun_singular(*pargs, **kwargs):
    """The singular of a noun; with a number that is not 1, the noun itself."""
    noun = str(pargs[0])
    if len(pargs) >= 2 and _number_of(pargs[1]) != 1:
        return noun
    first, space, last = noun.rpartition(' ')
    low = last.lower()
    if low in _IRREGULAR_SINGULARS:
        said = _like(last, _IRREGULAR_SINGULARS[low])
    elif low.endswith('ies') and len(low) > 4:
        said = last[:-3] + 'y'
    elif low.endswith(('sses', 'xes', 'ches', 'shes', 'zes', 'uses')):
        said = last[:-2]
    elif low.endswith('s') and not low.endswith(('ss', 'us', 'is')):
        said = last[:-1]
    else:
        said = last
    said = first + space + said
    return capitalize(said) if kwargs.get('capitalize') else said


def _like(model, text):
    return capitalize(text) if model[:1].isupper() else text


def quantity_noun(*pargs, **kwargs):
    """A number with its noun: `1 apple`, `two apples`."""
    number = round(pargs[0]) if kwargs.get('round') else pargs[0]
    said = nice_number(number)
    if kwargs.get('as_integer', True):
        said = nice_number(int(number))
    said = said + ' ' + (noun_singular(pargs[1]) if number == 1 else noun_plural(pargs[1]))
    return capitalize(said) if kwargs.get('capitalize') else said


def possessify(a, b, **kwargs):
    """`a`'s `b`."""
    a = str(a)
    b = str(b)
    owner = indefinite_article(a) if kwargs.get('use_the') is False else a
    if kwargs.get('plural') and a.endswith('s'):
        said = owner + "' " + b
    else:
        said = owner + "'s " + b
    return capitalize(said) if kwargs.get('capitalize') else said


def possessify_long(a, b, **kwargs):
    said = 'the ' + str(b) + ' of the ' + str(a)
    return capitalize(said) if kwargs.get('capitalize') else said


def a_preposition_b(a, b, preposition, **kwargs):
    said = str(a) + ' ' + preposition + ' ' + str(b)
    return capitalize(said) if kwargs.get('capitalize') else said


def in_the(a, b=None, **kwargs):
    return 'in the ' + str(a)


def a_in_the_b(a, b, **kwargs):
    said = str(a) + ' in the ' + str(b)
    return capitalize(said) if kwargs.get('capitalize') else said


def of_the(a, b=None, **kwargs):
    return 'of the ' + str(a)


def the(a, **kwargs):
    said = 'the ' + str(a)
    return capitalize(said) if kwargs.get('capitalize') else said


def her(a, **kwargs):
    return _with_pronoun('her', a, kwargs)


def his(a, **kwargs):
    return _with_pronoun('his', a, kwargs)


def its(a, **kwargs):
    return _with_pronoun('its', a, kwargs)


def their(a, **kwargs):
    return _with_pronoun('their', a, kwargs)


def your(a, **kwargs):
    return _with_pronoun('your', a, kwargs)


def my(a, **kwargs):
    return _with_pronoun('my', a, kwargs)


def our(a, **kwargs):
    return _with_pronoun('our', a, kwargs)


def _with_pronoun(pronoun, noun, kwargs):
    said = word(pronoun) + ' ' + str(noun)
    return capitalize(said) if kwargs.get('capitalize') else said


def do_you(verb, **kwargs):
    return _sentence('do you ', verb, kwargs)


def did_you(verb, **kwargs):
    return _sentence('did you ', verb, kwargs)


def were_you(verb, **kwargs):
    return _sentence('were you ', verb, kwargs)


def have_you(verb, **kwargs):
    return _sentence('have you ', verb, kwargs)


def does_a_b(a, b, **kwargs):
    return _sentence('does ' + str(a) + ' ', b, kwargs)


def did_a_b(a, b, **kwargs):
    return _sentence('did ' + str(a) + ' ', b, kwargs)


def _sentence(start, end, kwargs):
    said = start + str(end)
    return capitalize(said) if kwargs.get('capitalize') else said


def verb_present(*pargs, **kwargs):
    """The present form of a verb: of the third person unless others are named."""
    verb = str(pargs[0])
    plural = 'pl' in pargs or (len(pargs) > 1 and pargs[1] in (1, 2, '1', '2'))
    base = {'is': 'be', 'are': 'be', 'has': 'have', 'does': 'do'}.get(verb, verb)
    if base == 'be':
        if 1 in pargs and 'pl' not in pargs:
            return 'am'
        return 'are' if plural else 'is'
    if plural:
        return base
    if base == 'have':
        return 'has'
    if base.endswith(('s', 'x', 'z', 'ch', 'sh', 'o')):
        return base if base != verb or base.endswith('s') and not base.endswith('ss') else base + 'es'
    if base.endswith('y') and base[-2:-1] not in 'aeiou':
        return base[:-1] + 'ies'
    return base + 's'


def verb_past(*pargs, **kwargs):
    verb = str(pargs[0])
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith('e'):
        return verb + 'd'
    if verb.endswith('y') and verb[-2:-1] not in 'aeiou':
        return verb[:-1] + 'ied'
    return verb + 'ed'


def comma_list(*pargs, **kwargs):
    """The items with commas between them."""
    return kwargs.get('comma_string', ', ').join(str(item) for item in _flat(pargs))


def comma_and_list(*pargs, **kwargs):
    """The items as in a sentence: `a, b, and c`."""
    and_string = kwargs.get('and_string', word('and'))
    comma = kwargs.get('comma_string', ', ')
    if 'oxford' in kwargs and kwargs['oxford'] is False:
        last = ' '
    else:
        last = comma
    items = [str(item) for item in _flat(pargs)]
    before = kwargs.get('before_and', ' ')
    after = kwargs.get('after_and', ' ')
    if len(items) == 0:
        return ''
    if len(items) == 1:
        return items[0]
    if len(items) == 2:
        return items[0] + before + and_string + after + items[1]
    start = comma.join(items[:-1])
    return start + (last.rstrip() + before if last != ' ' else before) + and_string + after + items[-1]


def _flat(pargs):
    items = []
    for given in pargs:
        if isinstance(given, (str, int, float)) or not hasattr(given, '__iter__'):
            items.append(given)
        else:
            items.extend(list(given))
    return items


def add_separators(*pargs, **kwargs):
    """The items, each but the last two with a separator, as paragraphs of a list want them."""
    separator = kwargs.get('separator', ';')
    last_separator = kwargs.get('last_separator', '; ' + word('and'))
    end_mark = kwargs.get('end_mark', '.')
    items = [str(item) for item in _flat(pargs)]
    said = []
    for place, item in enumerate(items):
        if place == len(items) - 1:
            said.append(item + end_mark)
        elif place == len(items) - 2:
            said.append(item + last_separator)
        else:
            said.append(item + separator)
    return said


def currency(value, decimals=True, **kwargs):
    """An amount of money."""
    if isinstance(value, DAEmpty) or value is None:
        return ''
    symbol = kwargs.get('symbol') or currency_symbol()
    if not isinstance(value, (int, float)):
        value = float(str(value))
    said = '{:,.2f}'.format(abs(value)) if decimals else '{:,}'.format(int(abs(value)))
    return ('-' if value < 0 else '') + symbol + said


def currency_symbol(**kwargs):
    return _engine.setting('currency symbol') or '$'


def get_currency_symbol(**kwargs):
    return currency_symbol()


def roman(number):
    said = ''
    for value, letters in [(1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'),
                           (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')]:
        while number >= value:
            said += letters
            number -= value
    return said


def item_label(number, level=0, punctuation=True):
    """The label of an item of an outline."""
    level = level % 7
    style = [lambda n: roman(n + 1), lambda n: alpha(n).upper(), lambda n: str(n + 1), lambda n: alpha(n).lower(),
             lambda n: str(n + 1), lambda n: alpha(n).lower(), lambda n: roman(n + 1).lower()][level](number)
    if not punctuation:
        return style
    return style + '.' if level < 3 else ('(' + style + ')' if level > 3 else style + ')')


def alpha(number, case=None):
    said = ''
    number += 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        said = chr(65 + rest) + said
    return said.lower() if case == 'lower' else said


def space_to_underscore(text):
    return '_'.join(part for part in str(text).encode('ascii', errors='ignore').decode().split() if part)


def single_paragraph(text):
    return ' '.join(str(text).split('\n'))


def quote_paragraphs(text):
    return '\n'.join('> ' + line for line in str(text).strip().split('\n'))


def indent(text, by=4):
    return '\n'.join(' ' * by + line for line in str(text).split('\n'))


def single_to_double_newlines(text):
    return str(text).replace('\n', '\n\n')


def fix_punctuation(text, mark='.', other_marks=None):
    text = str(text).rstrip()
    marks = other_marks or ['.', '?', '!']
    return text if text == '' or text[-1] in marks else text + mark


def redact(text):
    return '█' * len(str(text))


def yesno(value, invert=False):
    if isinstance(value, DAEmpty):
        return ''
    said = bool(value) != bool(invert)
    return 'Yes' if said else 'No'


def noyes(value):
    return yesno(value, invert=True)
