"""Nouns: singular, plural and article, in English, Spanish, French, German, Italian and Dutch."""

_IRREGULAR_PLURALS = {
    'child': 'children', 'person': 'people', 'man': 'men', 'woman': 'women', 'foot': 'feet', 'tooth': 'teeth',
    'mouse': 'mice', 'louse': 'lice', 'goose': 'geese', 'ox': 'oxen', 'wife': 'wives',
    'life': 'lives', 'knife': 'knives', 'leaf': 'leaves', 'half': 'halves', 'self': 'selves', 'thief': 'thieves',
    'shelf': 'shelves', 'wolf': 'wolves', 'loaf': 'loaves', 'calf': 'calves', 'elf': 'elves', 'hoof': 'hooves',
    'scarf': 'scarves', 'criterion': 'criteria', 'phenomenon': 'phenomena', 'datum': 'data', 'bacterium': 'bacteria',
    'curriculum': 'curricula', 'medium': 'media', 'memorandum': 'memoranda', 'addendum': 'addenda', 'alumnus': 'alumni',
    'analysis': 'analyses', 'basis': 'bases', 'crisis': 'crises', 'diagnosis': 'diagnoses', 'hypothesis': 'hypotheses',
    'oasis': 'oases', 'parenthesis': 'parentheses', 'synopsis': 'synopses', 'thesis': 'theses', 'axis': 'axes',
    'index': 'indices', 'matrix': 'matrices', 'vertex': 'vertices', 'quiz': 'quizzes',
    'potato': 'potatoes', 'tomato': 'tomatoes', 'hero': 'heroes', 'echo': 'echoes', 'veto': 'vetoes', 'cargo': 'cargoes',
    'embargo': 'embargoes', 'torpedo': 'torpedoes', 'this': 'these', 'that': 'those', 'is': 'are', 'was': 'were',
    'has': 'have', 'a': 'some', 'my': 'our', 'his': 'their', 'her': 'their', 'its': 'their',
}
_IRREGULAR_SINGULARS = {plural: singular for singular, plural in _IRREGULAR_PLURALS.items() if singular not in ('a', 'his', 'her', 'its')}
_SAME_IN_PLURAL = {
    'fish', 'sheep', 'deer', 'series', 'species', 'moose', 'swine', 'bison', 'salmon', 'trout', 'aircraft', 'headquarters',
    'scissors', 'trousers', 'pants', 'jeans', 'shorts', 'glasses', 'clothes', 'news', 'means', 'proceedings', 'earnings',
    'information', 'equipment', 'furniture', 'money', 'rice', 'luggage', 'homework', 'advice', 'knowledge', 'music',
    'butter', 'cheese', 'electricity', 'gas', 'gravel', 'happiness', 'ketchup', 'literature', 'mathematics', 'mustard',
    'progress', 'research', 'sand', 'understanding', 'water', 'offspring', 'corps', 'chassis', 'gallows',
    'fruit',
}
# The head of these stands first: attorneys general, mothers-in-law.
_HEAD_FIRST = ('-in-law', ' general', '-at-arms', ' of ', '-de-camp', '-by')


def _like(model, text):
    return text[:1].upper() + text[1:] if model[:1].isupper() else text


def _last_word(noun):
    """What stands before the last word, and that word."""
    cut = max(noun.rfind(' '), noun.rfind('-')) + 1
    return noun[:cut], noun[cut:]


def _split_head(noun):
    """The noun before a tail that does not change."""
    low = noun.lower()
    for tail in _HEAD_FIRST:
        place = low.find(tail)
        if place > 0:
            return noun[:place], noun[place:]
    return noun, ''


def _pluralize(noun):
    head, tail = _split_head(noun)
    first, last = _last_word(head)
    low = last.lower()
    if low in _IRREGULAR_PLURALS:
        said = _like(last, _IRREGULAR_PLURALS[low])
    elif low in _SAME_IN_PLURAL:
        said = last
    elif low.endswith(('woman', 'tooth', 'mouse', 'goose', 'foot', 'child', 'person')):
        for ending in ('woman', 'tooth', 'mouse', 'goose', 'foot', 'child', 'person'):
            if low.endswith(ending):
                said = last[:-len(ending)] + _IRREGULAR_PLURALS[ending]
    elif low.endswith('man') and low not in ('human', 'german', 'roman', 'norman', 'shaman', 'talisman', 'ottoman'):
        said = last[:-2] + 'en'
    elif low.endswith(('ife',)):
        said = last[:-2] + 'ves'
    elif low.endswith(('s', 'x', 'z', 'ch', 'sh')):
        said = last + 'es'
    elif low.endswith('y') and low[-2:-1] not in 'aeiou':
        said = last[:-1] + 'ies'
    elif last:
        said = last + 's'
    else:
        said = last
    return first + said + tail


def _singularize(noun):
    head, tail = _split_head(noun)
    first, last = _last_word(head)
    low = last.lower()
    if low in _IRREGULAR_SINGULARS:
        said = _like(last, _IRREGULAR_SINGULARS[low])
    elif low in _SAME_IN_PLURAL or low in _IRREGULAR_PLURALS:
        said = last
    elif low.endswith('women') or low.endswith('men') and low not in ('specimen', 'regimen', 'abdomen', 'omen', 'semen'):
        said = last[:-2] + 'an'
    elif low.endswith('children'):
        said = last[:-3]
    elif low.endswith('people'):
        said = last[:-6] + 'person'
    elif low.endswith('ies') and len(low) > 4:
        said = last[:-3] + ('ie' if low in ('movies', 'cookies', 'zombies', 'rookies', 'calories') else 'y')
    elif low.endswith('ives') and low not in ('archives', 'directives', 'executives', 'incentives', 'natives', 'relatives',
                                              'representatives', 'alternatives', 'initiatives', 'objectives', 'olives'):
        said = last[:-3] + 'fe'
    elif low.endswith(('sses', 'xes', 'ches', 'shes', 'zes')) and low not in ('axes', 'caches', 'aches', 'headaches', 'sizes', 'prizes'):
        said = last[:-2]
    elif low.endswith('ses') and low[:-2] in ('bus', 'gas', 'lens', 'status', 'virus', 'bonus', 'census', 'campus', 'alias',
                                              'canvas', 'atlas', 'iris', 'address', 'apparatus', 'surplus'):
        said = last[:-2]
    elif low.endswith('oes') and low not in ('shoes', 'toes', 'foes', 'canoes'):
        said = last[:-2]
    elif low.endswith('s') and not low.endswith(('ss', 'us', 'is')) and len(low) > 1:
        said = last[:-1]
    else:
        said = last
    return first + said + tail


def _noun_plural_en(*pargs, **kwargs):
    """The plural of a noun; its singular with a quantity of exactly 1."""
    noun = str(pargs[0])
    is_singular = kwargs.get('noun_is_singular')
    if len(pargs) >= 2 and _number_or_length(pargs[1]) == 1:
        return noun if is_singular else _singularize(noun)
    # Quirk: a noun that ends in `s` is taken for a plural unless one says otherwise: witness (mako-06__b).
    said = noun if noun.endswith('s') and not is_singular else _pluralize(noun if is_singular else _singularize(noun))
    return _capitalized(said, kwargs)


def _noun_singular_en(*pargs, **kwargs):
    """The singular of a noun; the noun as it is with a quantity other than 1."""
    if len(pargs) >= 2 and _number_or_length(pargs[1]) != 1:
        return pargs[0]
    return _capitalized(_singularize(str(pargs[0])), kwargs)


def _by_rules(pluralize, singularize):
    """The two functions of a language that has these rules."""
    def plural(*pargs, **kwargs):
        noun = str(pargs[0]) if kwargs.get('noun_is_singular') else singularize(str(pargs[0]))
        if len(pargs) >= 2 and _number_or_length(pargs[1]) == 1:
            return noun
        return _capitalized(pluralize(noun), kwargs)

    def singular(*pargs, **kwargs):
        if len(pargs) >= 2 and _number_or_length(pargs[1]) != 1:
            return pargs[0]
        return _capitalized(singularize(str(pargs[0])), kwargs)
    return plural, singular


def _plural_es(noun):
    if noun.endswith('z'):
        return noun[:-1] + 'ces'
    if noun.endswith(('ión', 'én', 'án', 'ín', 'ón')):
        return noun[:-2] + {'ó': 'o', 'é': 'e', 'á': 'a', 'í': 'i'}[noun[-2]] + 'nes'
    if noun[-1:] in 'aeoáéó':
        return noun + 's'
    return noun if noun.endswith('s') else noun + 'es'


def _singular_es(noun):
    if noun.endswith('ces'):
        return noun[:-3] + 'z'
    if noun.endswith('iones'):
        return noun[:-4] + 'ón'
    if noun.endswith('es') and noun[-3:-2] in 'lrndj' and noun not in ('nombres', 'padres', 'madres', 'hombres', 'meses'):
        return noun[:-2]
    return noun[:-1] if noun.endswith('s') and noun[-2:-1] in 'aeo' else noun


def _plural_fr(noun):
    if noun.endswith(('s', 'x', 'z')):
        return noun
    if noun.endswith('al') and noun not in ('bal', 'carnaval', 'festival', 'récital', 'régal'):
        return noun[:-2] + 'aux'
    return noun + ('x' if noun.endswith(('au', 'eu')) else 's')


def _singular_fr(noun):
    if noun.endswith('eaux'):
        return noun[:-1]
    if noun.endswith('aux'):
        return noun[:-3] + 'al'
    return noun[:-1] if noun.endswith(('s', 'x')) and noun not in ('fils', 'mois', 'fois', 'prix', 'voix', 'cours', 'pays') else noun


def _plural_it(noun):
    if noun.endswith(('ca', 'ga')):
        return noun[:-1] + 'he'
    if noun.endswith('a'):
        return noun[:-1] + 'e'
    if noun.endswith('io'):
        return noun[:-1]
    return noun[:-1] + 'i' if noun.endswith(('o', 'e')) else noun


def _singular_it(noun):
    if noun.endswith(('che', 'ghe')):
        return noun[:-2] + 'a'
    if noun.endswith('e'):
        return noun[:-1] + 'a'
    return noun[:-1] + 'o' if noun.endswith('i') else noun


def _plural_de(noun):
    if noun.endswith(('ung', 'heit', 'keit', 'schaft', 'ion', 'tät')):
        return noun + 'en'
    if noun.endswith('e'):
        return noun + 'n'
    if noun.endswith(('er', 'el', 'en', 'chen', 'lein')):
        return noun
    return noun + ('s' if noun[-1:] in 'aiouy' else 'e')


def _singular_de(noun):
    if noun.endswith(('ungen', 'heiten', 'keiten', 'schaften', 'ionen', 'täten')):
        return noun[:-2]
    return noun[:-1] if noun.endswith('en') and len(noun) > 4 else noun


def _plural_nl(noun):
    return noun + ('s' if noun.endswith(('el', 'er', 'en', 'em', 'je')) else 'en')


def _singular_nl(noun):
    if noun.endswith(('els', 'ers', 'ens', 'ems', 'jes')):
        return noun[:-1]
    return noun[:-2] if noun.endswith('en') and len(noun) > 4 else noun


_NOUN_RULES = {language: _by_rules(*rules) for language, rules in {
    'es': (_plural_es, _singular_es), 'fr': (_plural_fr, _singular_fr), 'it': (_plural_it, _singular_it),
    'de': (_plural_de, _singular_de), 'nl': (_plural_nl, _singular_nl)}.items()}

noun_plural = _speaks('noun_plural', en=_noun_plural_en, **{language: both[0] for language, both in _NOUN_RULES.items()})
noun_singular = _speaks('noun_singular', en=_noun_singular_en,
                        **{language: both[1] for language, both in _NOUN_RULES.items()})

# What is spoken with a consonant before its first vowel, or with none before its first consonant.
_SPOKEN_WITH_CONSONANT = ('uni', 'eu', 'one', 'once', 'ouija', 'use', 'usu', 'uti', 'ubi', 'ufo', 'uk', 'us ')
_SPOKEN_WITH_VOWEL = ('hour', 'honest', 'heir', 'honor', 'honour')
_LETTERS_WITH_VOWEL = 'aefhilmnorsx'


def _article_en(noun):
    low = noun.lower()
    if low.startswith(('unim', 'unin', 'unid', 'unit')) and low.startswith(('unimp', 'unint', 'unide', 'uninv', 'unins')):
        return 'an'
    if low.startswith(_SPOKEN_WITH_VOWEL):
        return 'an'
    if low.startswith(_SPOKEN_WITH_CONSONANT):
        return 'a'
    if len(low.split(' ')[0]) == 1:
        return 'an' if low[0] in _LETTERS_WITH_VOWEL else 'a'
    return 'an' if low[:1] and low[0] in 'aeiou' else 'a'


def _is_feminine_es(noun):
    return noun.endswith(('a', 'ión', 'dad', 'tud', 'umbre')) and not noun.endswith(('ma', 'día', 'mapa', 'pta'))


def _with_article(article):
    def say(*pargs, **kwargs):
        noun = str(pargs[0])
        return _capitalized(article(noun) + ' ' + noun, kwargs)
    return say


indefinite_article = _speaks(
    'indefinite_article',
    en=_with_article(_article_en),
    es=_with_article(lambda noun: 'una' if _is_feminine_es(noun.lower()) else 'un'),
    it=_with_article(lambda noun: ('una' if noun.lower().endswith(('a', 'ione', 'tà')) else
                                   'uno' if noun.lower().startswith(('z', 'gn', 'ps', 'sc', 'st', 'sp')) else 'un')),
    de=_with_article(lambda noun: 'eine' if noun.lower().endswith(('e', 'ung', 'heit', 'keit', 'ion', 'tät')) else 'ein'),
)


def _quantity_noun(the_number, noun, **kwargs):
    """A number with its noun: `one apple`, `two apples`."""
    if kwargs.get('as_integer', True):
        the_number = int(round(the_number))
    language = _language_of(kwargs)
    said = nice_number(the_number, language=language) + ' ' + noun_plural(noun, the_number, language=language)
    return _capitalized(said, kwargs)


quantity_noun = _speaks('quantity_noun', any=_quantity_noun)
