"""Bytes as text of 64, 32 or 16 characters."""

import _bytes


def _plain(s):
    return s.encode('ascii') if isinstance(s, str) else bytes(s)


def b64encode(s, altchars=None):
    if not isinstance(s, (bytes, bytearray)):
        raise TypeError(f"a bytes-like object is required, not '{type(s).__name__}'")
    encoded = _bytes.b64encode(bytes(s))
    if altchars is not None:
        return encoded.translate(bytes.maketrans(b'+/', altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    s = _plain(s)
    if altchars is not None:
        s = s.translate(bytes.maketrans(_plain(altchars), b'+/'))
    return _bytes.b64decode(s, validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s).replace(b'+', b'-').replace(b'/', b'_')


def urlsafe_b64decode(s):
    return b64decode(_plain(s).replace(b'-', b'+').replace(b'_', b'/'))


def encodebytes(s):
    pieces = [b64encode(s[place:place + 57]) + b'\n' for place in range(0, len(s), 57)]
    return b''.join(pieces)


def decodebytes(s):
    return b64decode(s)


def b16encode(s):
    return bytes(s).hex().upper().encode('ascii')


def b16decode(s, casefold=False):
    text = _plain(s).decode('ascii')
    if not casefold and text != text.upper():
        raise ValueError('Non-base16 digit found')
    return bytes.fromhex(text)


_B32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def b32encode(s):
    out = []
    for place in range(0, len(s), 5):
        chunk = bytes(s[place:place + 5])
        number = int.from_bytes(chunk.ljust(5, b'\0'), 'big')
        text = ''.join(_B32[number >> shift & 31] for shift in range(35, -1, -5))
        kept = (len(chunk) * 8 + 4) // 5
        out.append(text[:kept] + '=' * (8 - kept))
    return ''.join(out).encode('ascii')


def b32decode(s, casefold=False):
    text = _plain(s).decode('ascii')
    if casefold:
        text = text.upper()
    if len(text) % 8:
        raise ValueError('Incorrect padding')
    out = []
    for place in range(0, len(text), 8):
        chunk = text[place:place + 8].rstrip('=')
        number = 0
        for c in chunk:
            if c not in _B32:
                raise ValueError('Non-base32 digit found')
            number = number << 5 | _B32.index(c)
        number <<= 5 * (8 - len(chunk))
        out.append(number.to_bytes(5, 'big')[:len(chunk) * 5 // 8])
    return b''.join(out)


def b32hexencode(s):
    return b32encode(s).translate(bytes.maketrans(_B32.encode(), b'0123456789ABCDEFGHIJKLMNOPQRSTUV'))


def b32hexdecode(s, casefold=False):
    text = _plain(s)
    if casefold:
        text = text.upper()
    if text.rstrip(b'=').translate(None, b'0123456789ABCDEFGHIJKLMNOPQRSTUV'):
        raise ValueError('Non-base32 digit found')
    return b32decode(text.translate(bytes.maketrans(b'0123456789ABCDEFGHIJKLMNOPQRSTUV', _B32.encode())))


_B85 = b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
_A85 = bytes(range(33, 118))


def _encode85(data, alphabet, pad, zero=None, spaces=None):
    missing = -len(data) % 4
    data = bytes(data) + b'\0' * missing
    words = []
    for place in range(0, len(data), 4):
        number = int.from_bytes(data[place:place + 4], 'big')
        if zero and not number:
            words.append(zero)
        elif spaces and number == 0x20202020:
            words.append(spaces)
        else:
            words.append(bytes(alphabet[number // 85 ** power % 85] for power in (4, 3, 2, 1, 0)))
    if missing and not pad:
        last = words[-1]
        words[-1] = (alphabet[:1] * 5 if last == zero else last)[:-missing]
    return b''.join(words)


def b85encode(b, pad=False):
    return _encode85(b, _B85, pad)


def b85decode(b):
    b = _plain(b)
    missing = -len(b) % 5
    b += b'~' * missing
    out = []
    for place in range(0, len(b), 5):
        number = 0
        for at, c in enumerate(b[place:place + 5]):
            if c not in _B85:
                raise ValueError(f'bad base85 character at position {place + at}')
            number = number * 85 + _B85.index(c)
        if number > 0xffffffff:
            raise ValueError(f'base85 overflow in hunk starting at byte {place}')
        out.append(number.to_bytes(4, 'big'))
    whole = b''.join(out)
    return whole[:-missing] if missing else whole


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    text = _encode85(b, _A85, pad, b'z', b'y' if foldspaces else None)
    if adobe:
        text = b'<~' + text
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [text[place:place + wrapcol] for place in range(0, len(text), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b'')
        text = b'\n'.join(lines)
    return text + b'~>' if adobe else text


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    b = _plain(b)
    if adobe:
        if not b.endswith(b'~>'):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b'<~') else b[:-2]
    out, chunk = [], []
    for c in b + b'u' * 4:
        if 33 <= c <= 117:
            chunk.append(c - 33)
            if len(chunk) == 5:
                number = 0
                for digit in chunk:
                    number = number * 85 + digit
                if number > 0xffffffff:
                    raise ValueError('Ascii85 overflow')
                out.append(number.to_bytes(4, 'big'))
                chunk = []
        elif c == 122:
            if chunk:
                raise ValueError('z inside Ascii85 5-tuple')
            out.append(b'\0' * 4)
        elif foldspaces and c == 121:
            if chunk:
                raise ValueError('y inside Ascii85 5-tuple')
            out.append(b'    ')
        elif c not in ignorechars:
            raise ValueError('Non-Ascii85 digit found: %c' % c)
    whole, missing = b''.join(out), 4 - len(chunk)
    return whole[:-missing] if missing else whole


def encode(input, output):
    """Lines of 76 characters from one file of bytes to another."""
    while data := input.read(57):
        while len(data) < 57 and (more := input.read(57 - len(data))):
            data += more
        output.write(b64encode(data) + b'\n')


def decode(input, output):
    while line := input.readline():
        output.write(b64decode(line))
