"""Words in the person's language.

A function that speaks is kept by term and language, so that an interview can teach it another language
(`update_language_function`). What an interview changes here lasts for one evaluation.
"""

_words = {
    'en': {
        'This field is required.': 'You need to fill this in.',
        'Country Code': 'Country Code (e.g., "us")',
        'First Subdivision': 'State Abbreviation (e.g., "NY")',
        'Second Subdivision': 'County',
        'Third Subdivision': 'Municipality',
    },
}
_spoken = {}
_speech = {'dialect': None, 'voice': None}


def word(the_word, **kwargs):
    """The translation of a phrase into the current language, or the phrase itself."""
    if the_word is True:
        the_word = 'yes'
    elif the_word is False:
        the_word = 'no'
    elif the_word is None:
        the_word = "I don't know"
    elif not isinstance(the_word, str):
        the_word = str(the_word)
    said = _words.get(_language_of(kwargs), {}).get(the_word, the_word)
    return capitalize(said) if kwargs.get('capitalize') else said


def update_word_collection(lang, defs):
    """Adds translations of phrases."""
    known = _words.setdefault(lang, {})
    for phrase, translation in defs.items():
        if translation is not None:
            known[phrase] = translation


def _language_of(kwargs):
    return kwargs.get('language') or get_language()


def get_language():
    return _engine.get_language()


def set_language(lang, dialect=None, voice=None):
    changes = lang != get_language()
    for name, given in (('dialect', dialect), ('voice', voice)):
        if given or changes:
            _speech[name] = given or None
    _engine.set_language(lang)


def get_dialect():
    return _speech['dialect']


def get_voice():
    return _speech['voice']


def update_language_function(lang, term, func):
    """Says how a term is spoken in a language; `*` stands for every language."""
    _spoken.setdefault(term, {})[lang] = func


def _speaks(term, **by_language):
    """A function that says a term in the language of the moment; English stands in for a language that
    does not know the term."""
    table = _spoken.setdefault(term, {})
    for language, func in by_language.items():
        table['*' if language == 'any' else language] = func

    def speak(*pargs, **kwargs):
        chosen = table.get(_language_of(kwargs)) or table.get('*') or table['en']
        return chosen(*pargs, **kwargs)
    speak.__name__ = term
    return speak


def _capitalized(said, kwargs):
    return capitalize(said) if kwargs.get('capitalize') else said


def _capitalize(a, **kwargs):
    text = str(a)
    return text[0].upper() + text[1:] if len(text) > 1 else text


capitalize = _speaks('capitalize', any=_capitalize)


def language_name(language_code):
    """The name of a language, by its ISO code."""
    return word(_LANGUAGES.get(language_code, language_code))


_LANGUAGES = {
    'ab': 'Abkhazian', 'af': 'Afrikaans', 'am': 'Amharic', 'ar': 'Arabic', 'az': 'Azerbaijani', 'be': 'Belarusian',
    'bg': 'Bulgarian', 'bn': 'Bengali', 'bo': 'Tibetan', 'bs': 'Bosnian', 'ca': 'Catalan', 'cs': 'Czech', 'cy': 'Welsh',
    'da': 'Danish', 'de': 'German', 'dz': 'Dzongkha', 'el': 'Modern Greek (1453-)', 'en': 'English', 'eo': 'Esperanto',
    'es': 'Spanish', 'et': 'Estonian', 'eu': 'Basque', 'fa': 'Persian', 'fi': 'Finnish', 'fj': 'Fijian', 'fo': 'Faroese',
    'fr': 'French', 'fy': 'Western Frisian', 'ga': 'Irish', 'gd': 'Scottish Gaelic', 'gl': 'Galician', 'gu': 'Gujarati',
    'ha': 'Hausa', 'he': 'Hebrew', 'hi': 'Hindi', 'hr': 'Croatian', 'ht': 'Haitian', 'hu': 'Hungarian', 'hy': 'Armenian',
    'id': 'Indonesian', 'ig': 'Igbo', 'is': 'Icelandic', 'it': 'Italian', 'ja': 'Japanese', 'jv': 'Javanese',
    'ka': 'Georgian', 'kk': 'Kazakh', 'km': 'Central Khmer', 'kn': 'Kannada', 'ko': 'Korean', 'ku': 'Kurdish',
    'ky': 'Kirghiz', 'la': 'Latin', 'lb': 'Luxembourgish', 'lo': 'Lao', 'lt': 'Lithuanian', 'lv': 'Latvian',
    'mg': 'Malagasy', 'mi': 'Maori', 'mk': 'Macedonian', 'ml': 'Malayalam', 'mn': 'Mongolian', 'mr': 'Marathi',
    'ms': 'Malay (macrolanguage)', 'mt': 'Maltese', 'my': 'Burmese', 'ne': 'Nepali (macrolanguage)', 'nl': 'Dutch',
    'no': 'Norwegian', 'ny': 'Nyanja', 'om': 'Oromo', 'or': 'Oriya (macrolanguage)', 'pa': 'Panjabi', 'pl': 'Polish',
    'ps': 'Pushto', 'pt': 'Portuguese', 'qu': 'Quechua', 'ro': 'Romanian', 'ru': 'Russian', 'rw': 'Kinyarwanda',
    'sd': 'Sindhi', 'si': 'Sinhala', 'sk': 'Slovak', 'sl': 'Slovenian', 'sm': 'Samoan', 'sn': 'Shona', 'so': 'Somali',
    'sq': 'Albanian', 'sr': 'Serbian', 'st': 'Southern Sotho', 'su': 'Sundanese', 'sv': 'Swedish',
    'sw': 'Swahili (macrolanguage)', 'ta': 'Tamil', 'te': 'Telugu', 'tg': 'Tajik', 'th': 'Thai', 'ti': 'Tigrinya',
    'tk': 'Turkmen', 'tl': 'Tagalog', 'to': 'Tonga (Tonga Islands)', 'tr': 'Turkish', 'tt': 'Tatar', 'ug': 'Uighur',
    'uk': 'Ukrainian', 'ur': 'Urdu', 'uz': 'Uzbek', 'vi': 'Vietnamese', 'wo': 'Wolof', 'xh': 'Xhosa', 'yi': 'Yiddish',
    'yo': 'Yoruba', 'za': 'Zhuang', 'zh': 'Chinese', 'zu': 'Zulu',
    'eng': 'English', 'spa': 'Spanish', 'fra': 'French', 'deu': 'German', 'ita': 'Italian', 'por': 'Portuguese',
    'nld': 'Dutch', 'zho': 'Chinese', 'jpn': 'Japanese', 'kor': 'Korean', 'rus': 'Russian', 'ara': 'Arabic',
    'vie': 'Vietnamese', 'hat': 'Haitian', 'pol': 'Polish', 'hin': 'Hindi', 'tgl': 'Tagalog', 'hmn': 'Hmong',
}
