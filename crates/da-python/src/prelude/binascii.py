"""Bytes as text and back, and checksums."""

import base64 as _base64
from _zlib import crc32

__all__ = ['a2b_base64', 'a2b_hex', 'b2a_base64', 'b2a_hex', 'crc32', 'crc_hqx', 'hexlify', 'unhexlify', 'Error',
           'Incomplete', 'a2b_qp', 'a2b_uu', 'b2a_qp', 'b2a_uu']


class Error(ValueError):
    """What is wrong with a text."""


class Incomplete(Exception):
    """A text that ends too early."""


def _bytes(data):
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
    return bytes(data)


def _ascii(data):
    if isinstance(data, str):
        try:
            return data.encode('ascii')
        except UnicodeEncodeError:
            raise ValueError('string argument should contain only ASCII characters') from None
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError('argument should be bytes, buffer or ASCII string, not ' + repr(type(data).__name__))
    return bytes(data)


def hexlify(data, sep=None, bytes_per_sep=1):
    """Two digits for each byte."""
    data = _bytes(data)
    return (data.hex() if sep is None else data.hex(sep, bytes_per_sep)).encode('ascii')


b2a_hex = hexlify


def unhexlify(hexstr):
    """The bytes of digits."""
    text = _ascii(hexstr)
    if len(text) % 2:
        raise Error('Odd-length string')
    if any(c not in b'0123456789abcdefABCDEF' for c in text):
        raise Error('Non-hexadecimal digit found')
    return bytes.fromhex(text.decode('ascii'))


a2b_hex = unhexlify


def b2a_base64(data, *, newline=True):
    return _base64.b64encode(_bytes(data)) + (b'\n' if newline else b'')


def a2b_base64(data, /, *, strict_mode=False):
    try:
        return _base64.b64decode(_ascii(data), validate=strict_mode)
    except ValueError as error:
        raise Error(str(error)) from None


def crc_hqx(data, value, /):
    """The checksum of BinHex."""
    crc = value & 0xffff
    for byte in _bytes(data):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xffff
    return crc


def b2a_uu(data, /, *, backtick=False):
    """A line of uuencode."""
    data = _bytes(data)
    if len(data) > 45:
        raise Error('At most 45 bytes at once')
    zero = b'`' if backtick else b' '

    def digit(number):
        return bytes([32 + number]) if number else zero

    line = [digit(len(data))]
    for place in range(0, len(data), 3):
        number = int.from_bytes(data[place:place + 3].ljust(3, b'\0'), 'big')
        line += [digit(number >> shift & 63) for shift in (18, 12, 6, 0)]
    return b''.join(line) + b'\n'


def a2b_uu(data, /):
    text = _ascii(data)
    length = (text[0] - 32) & 63 if text else 32
    out, place = bytearray(), 1
    while len(out) < length:
        number = 0
        for c in text[place:place + 4].ljust(4):
            if c in b'\r\n':
                c = 32
            if not 32 <= c <= 96:
                raise Error('Illegal char')
            number = number << 6 | (c - 32) & 63
        out += number.to_bytes(3, 'big')
        place += 4
    if any(c not in b' `\r\n' for c in text[place:]):
        raise Error('Trailing garbage')
    return bytes(out[:length])


def a2b_qp(data, header=False):
    """The bytes of quoted-printable text."""
    text, out, place = _ascii(data), bytearray(), 0
    while place < len(text):
        c = text[place]
        place += 1
        if header and c == 95:
            out.append(32)
        elif c != 61:
            out.append(c)
        elif text[place:place + 1] in (b'\n', b'\r', b''):
            end = text.find(b'\n', place)
            place = len(text) if end < 0 else end + 1
        elif text[place:place + 1] == b'=':
            out.append(61)
            place += 1
        elif len(pair := text[place:place + 2]) == 2 and all(d in b'0123456789abcdefABCDEF' for d in pair):
            out.append(int(pair, 16))
            place += 2
        else:
            out.append(61)
    return bytes(out)


def b2a_qp(data, quotetabs=False, istext=True, header=False):
    """Bytes as quoted-printable text in lines of at most 76 characters."""
    data = _bytes(data)
    first = data.find(b'\n')
    end = b'\r\n' if first > 0 and data[first - 1:first] == b'\r' else b'\n'
    out, width, place = bytearray(), 0, 0
    while place < len(data):
        c = data[place]
        after = data[place + 1:place + 2]
        breaks = istext and (c == 10 or c == 13 and after == b'\n')
        if breaks:
            if out and out[-1] in b' \t':
                out[-1:] = b'=%02X' % out[-1]
            out += end
            width = 0
            place += 2 if c == 13 else 1
            continue
        blank = c in b' \t'
        alone = c == 46 and width == 0 and after in (b'', b'\n', b'\r', b'\0')
        last_of_all = place + 1 == len(data)
        special = (c > 126 or c == 61 or header and c == 95 or alone or not istext and c in b'\r\n'
                   or c < 33 and c not in b'\r\n' and not blank or blank and (quotetabs or last_of_all))
        piece = b'=%02X' % c if special else (b'_' if header and c == 32 else bytes([c]))
        ends = not special and (last_of_all or after == b'\n')
        if width + len(piece) >= 76 and not ends:
            out += b'=' + end
            width = 0
        out += piece
        width += len(piece)
        place += 1
    return bytes(out)
