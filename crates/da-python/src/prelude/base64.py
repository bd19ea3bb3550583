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
