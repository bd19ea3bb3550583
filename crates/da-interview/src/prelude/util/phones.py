"""Telephone numbers: whether they can be right, and how they are written.

The plan of North America is known in full; of other countries, the calling code and the lengths that numbers may have.
"""

_NANP = {row[0] for row in _COUNTRIES.values() if row[3] == '1'}
# Area codes that are not in use, or stand for services.
_NOT_AREAS = {'211', '311', '411', '511', '555', '611', '711', '811', '911', '950', '976'}
# How national numbers are grouped, by calling code: the trunk prefix and the sizes of the groups by length.
_GROUPS = {
    '33': ('0', {9: (1, 2, 2, 2, 2)}), '34': ('', {9: (3, 2, 2, 2)}), '32': ('0', {8: (1, 3, 2, 2), 9: (3, 2, 2, 2)}),
    '52': ('', {10: (2, 4, 4)}), '61': ('0', {9: (1, 4, 4)}), '41': ('0', {9: (2, 3, 2, 2)}), '44': ('0', {9: (2, 3, 4), 10: (4, 6)}), '49': ('0', {}),
    '91': ('0', {10: (5, 5)}), '81': ('0', {9: (1, 4, 4), 10: (2, 4, 4)}), '31': ('0', {9: (2, 3, 4)}), '353': ('0', {9: (2, 3, 4)}),
}
_LENGTHS = {'33': (9,), '34': (9,), '32': (8, 9), '52': (10,), '61': (9,), '41': (9,), '44': (9, 10), '91': (10,), '81': (9, 10),
            '31': (9,), '353': (7, 8, 9), '49': (6, 7, 8, 9, 10, 11, 12, 13), '39': (6, 7, 8, 9, 10, 11), '55': (10, 11), '86': (10, 11),
            '351': (9,), '48': (9,), '46': (7, 8, 9), '47': (8,), '45': (8,), '64': (8, 9, 10), '27': (9,)}


class _PhoneNumber:
    """A number that was read: calling code, national number, extension."""

    def __init__(self, calling_code, national, extension):
        self.calling_code = calling_code
        self.national = national
        self.extension = extension


def _phone(number, country):
    """Reads a number; None for what cannot be one."""
    text = re.sub('^whatsapp:', '', number.strip()) if isinstance(number, str) else str(number)
    extension = re.search(r'(?i)\s*(?:;?ext\.?|x|#)\s*(\d+)$', text)
    if extension:
        text = text[:extension.start()]
    extension = extension.group(1) if extension else ''
    digits = re.sub(r'\D', '', _letters_as_digits(text))
    if not 2 <= len(digits) <= 17:
        return None
    row = _COUNTRIES.get((country or get_country() or 'US').upper())
    home = row[3] if row else ''
    if text.lstrip().startswith('+') or digits.startswith('011') and home == '1' or digits.startswith('00') and home not in ('', '1'):
        digits = re.sub('^(011|00)', '', digits) if not text.lstrip().startswith('+') else digits
        for length in (1, 2, 3):
            if any(known[3] == digits[:length] for known in _COUNTRIES.values()):
                return _PhoneNumber(digits[:length], digits[length:], extension)
        return None
    if not home:
        return None
    if home == '1' and len(digits) == 11 and digits[0] == '1':
        digits = digits[1:]
    elif home not in ('1', '39') and digits.startswith('0'):
        digits = digits[1:]
    return _PhoneNumber(home, digits, extension)


def _letters_as_digits(text):
    if len(re.findall('[A-Za-z]', text)) >= 3 and len(re.findall('[0-9]', text)) >= 3:
        return ''.join('22233344455566677778889999'[ord(letter) - 65] if 'A' <= letter <= 'Z' else letter for letter in text.upper())
    return text


def phone_number_is_valid(number, country=None):
    """Whether there can be such a number."""
    found = _phone(number, country)
    if found is None:
        return False
    if found.calling_code == '1':
        return re.fullmatch('[2-9][0-8][0-9][2-9][0-9]{6}', found.national) is not None and found.national[:3] not in _NOT_AREAS and \
            found.national[1:3] != '11'
    return len(found.national) in _LENGTHS.get(found.calling_code, range(5, 13)) and not found.national.startswith('0')


def phone_number_in_e164(number, country=None):
    """The number as the network has it: `+12155551212`."""
    found = _phone(number, country)
    if found is None:
        return None
    is_whatsapp = isinstance(number, str) and number.startswith('whatsapp:')
    return ('whatsapp:' if is_whatsapp else '') + '+' + found.calling_code + found.national


def phone_number_formatted(number, country=None):
    """The number as it is written in its country: `(215) 555-1212`."""
    if isinstance(number, DAEmpty):
        return str(number)
    found = _phone(number, country)
    if found is None:
        return None
    return _national(found) + (' ext. ' + found.extension if found.extension else '')


def _national(found):
    digits = found.national
    if found.calling_code == '1':
        if len(digits) == 10 and digits[0] not in '01':
            return '(' + digits[:3] + ') ' + digits[3:6] + '-' + digits[6:]
        return digits[:3] + '-' + digits[3:] if len(digits) == 7 else digits
    trunk, groups = _GROUPS.get(found.calling_code, ('', {}))
    sizes = groups.get(len(digits), (len(digits),))
    if found.calling_code == '44' and digits[:2] in ('20', '23', '24', '28', '29'):
        sizes = (2, 4, 4)
    said = []
    for size in sizes:
        said.append(digits[:size])
        digits = digits[size:]
    return trunk + ' '.join(said)


def phone_number_part(number, part, country=None):
    """One of the groups of digits of the number."""
    found = _phone(number, country)
    parts = re.findall('[0-9]+', _national(found)) if found is not None else []
    return parts[part] if part < len(parts) else ''
