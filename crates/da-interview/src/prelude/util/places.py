"""Countries and their parts."""

_here = {'country': None}


def set_country(country):
    _here['country'] = country


def get_country():
    """The country that the interview is in, by its code of two letters."""
    return _here['country'] or _engine.get_country()


def _country(code):
    row = _COUNTRIES.get(code)
    if row is None:
        raise DAError('Invalid country: ' + str(code))
    return row


def country_name(country_code):
    return word(_country(country_code)[5])


def countries_list():
    """Every country as a choice, sorted by name."""
    return [{code: name} for code, name in sorted(((row[0], word(row[5])) for row in _COUNTRIES.values()), key=lambda item: item[1])]


def iso_country(country, part='alpha_2'):
    """What ISO calls a country that is given by a code, a name or a part of its name."""
    parts = {'alpha_2': 0, 'alpha_3': 1, 'numeric': 2, 'name': 5, 'official_name': 5}
    row = _find_country(str(country).strip())
    if row is None:
        raise DAError('Invalid country: ' + str(country))
    if part not in parts:
        raise DAError('iso_country: unknown part')
    return row[parts[part]]


_COUNTRY_NICKNAMES = {'usa': 'US', 'u.s.': 'US', 'u.s.a.': 'US', 'america': 'US', 'uk': 'GB', 'england': 'GB', 'scotland': 'GB',
                      'wales': 'GB', 'great britain': 'GB', 'russia': 'RU', 'south korea': 'KR', 'north korea': 'KP', 'vietnam': 'VN',
                      'czech republic': 'CZ', 'turkey': 'TR', 'ivory coast': 'CI', 'cape verde': 'CV', 'macedonia': 'MK', 'burma': 'MM'}


def _find_country(text):
    if text.upper() in _COUNTRIES:
        return _COUNTRIES[text.upper()]
    low = text.lower()
    if low in _COUNTRY_NICKNAMES:
        return _COUNTRIES[_COUNTRY_NICKNAMES[low]]
    for row in _COUNTRIES.values():
        if text.upper() == row[1] or text == row[2] or low == row[5].lower():
            return row
    if low:
        for row in _COUNTRIES.values():
            if low in row[5].lower():
                return row
    return None


def subdivision_type(country_code):
    """What the parts of a country are called: State, Province, ..."""
    kind = _COUNTRIES[country_code][4] if country_code in _COUNTRIES else ''
    return word(kind) if kind else None


def states_list(country_code=None, abbreviate=False):
    """The parts of a country: names by code."""
    parts = _SUBDIVISIONS.get(country_code or get_country() or 'US', {})
    if abbreviate:
        return {code: code for code in sorted(parts)}
    return dict(sorted(((code, word(name)) for code, name in parts.items()), key=lambda item: item[1]))


def state_name(state_code, country_code=None):
    """The name of a part of a country; the code where it is not known."""
    name = _SUBDIVISIONS.get(country_code or get_country() or 'US', {}).get(state_code)
    return state_code if name is None else word(name)
