"""Bytes as text and back, and checksums."""

import base64 as _base64
from _zlib import crc32

__all__ = ['a2b_base64', 'a2b_hex', 'b2a_base64', 'b2a_hex', 'crc32', 'crc_hqx', 'hexlify', 'unhexlify', 'Error',
           'Incomplete']


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
