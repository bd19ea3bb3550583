"""Compression."""

import _zlib
from binascii import crc32

__all__ = ['adler32', 'compress', 'compressobj', 'crc32', 'decompress', 'decompressobj', 'error', 'DEFLATED', 'MAX_WBITS']

DEFLATED = 8
MAX_WBITS = 15
DEF_BUF_SIZE = 16384
DEF_MEM_LEVEL = 8
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY = 0, 1, 2
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH = 0, 1, 2, 3, 4
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = '1.2.13'


class error(Exception):
    """What is wrong with compressed data."""


def _bytes(data):
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
    return bytes(data)


def adler32(data, value=1, /):
    """The checksum of zlib."""
    low, high = value & 0xffff, value >> 16 & 0xffff
    for byte in _bytes(data):
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def _level(level):
    if not -1 <= level <= 9:
        raise error('Bad compression level')
    return 6 if level == -1 else level


def compress(data, /, level=-1, wbits=MAX_WBITS):
    """Compressed bytes; with negative `wbits` without head and checksum."""
    return _zlib.compress(_bytes(data), _level(level), _head(wbits))


def _head(wbits):
    if wbits > 15:
        raise ValueError('gzip streams are not supported')
    return wbits >= 0


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    """The bytes that were compressed."""
    found = _zlib.decompress(_bytes(data), _head(wbits), 0)
    if found is None:
        what = 'incorrect header check' if wbits >= 0 else 'invalid stored block lengths'
        raise error(f'Error -3 while decompressing data: {what}')
    unpacked, _, complete = found
    if not complete:
        raise error('Error -5 while decompressing data: incomplete or truncated stream')
    return unpacked


class _Compress:
    """Takes data in pieces; what is compressed comes at the end."""

    def __init__(self, level, wbits):
        self._level, self._wbits = level, wbits
        self._data = bytearray()

    def compress(self, data, /):
        self._data += _bytes(data)
        return b''

    def flush(self, mode=Z_FINISH, /):
        if mode != Z_FINISH:
            return b''
        data, self._data = bytes(self._data), bytearray()
        return compress(data, self._level, self._wbits)

    def copy(self):
        made = _Compress(self._level, self._wbits)
        made._data += self._data
        return made

    __copy__ = copy


def compressobj(level=-1, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY,
                zdict=None):
    _level(level)
    return _Compress(level, wbits)


class _Decompress:
    """Takes compressed data in pieces."""

    def __init__(self, wbits):
        self._wbits = wbits
        self._data = b''
        self._given = 0
        self.unused_data = self.unconsumed_tail = b''
        self.eof = False

    def decompress(self, data, /, max_length=0):
        if max_length < 0:
            raise ValueError('max_length must be non-negative')
        if self.eof:
            self.unused_data += _bytes(data)
            return b''
        self._data = self._data if self.unconsumed_tail and self._data.endswith(bytes(data)) else self._data + _bytes(data)
        found = _zlib.decompress(self._data, _head(self._wbits), self._given + max_length if max_length else 0)
        if found is None:
            raise error('Error -3 while decompressing data: incorrect header check')
        unpacked, read, self.eof = found
        new, self._given = unpacked[self._given:], len(unpacked)
        if self.eof:
            self.unused_data, self.unconsumed_tail = self._data[read:], b''
        else:
            self.unconsumed_tail = self._data[read:] if max_length else b''
        return new

    def flush(self, length=DEF_BUF_SIZE, /):
        if self.eof:
            return b''
        unpacked = _zlib.decompress(self._data, _head(self._wbits), 0)
        return b'' if unpacked is None else unpacked[0][self._given:]


def decompressobj(wbits=MAX_WBITS, zdict=b''):
    return _Decompress(wbits)
