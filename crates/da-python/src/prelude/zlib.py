"""Compression."""

import _zlib
from _zlib import adler32, crc32

__all__ = ['adler32', 'compress', 'compressobj', 'crc32', 'decompress', 'decompressobj', 'error', 'DEFLATED', 'MAX_WBITS']

DEFLATED = 8
MAX_WBITS = 15
DEF_BUF_SIZE = 16384
DEF_MEM_LEVEL = 8
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = 0, 1, 2, 3, 4
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_TREES = 0, 1, 2, 3, 4, 5, 6
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = '1.2.13'


class error(Exception):
    """What is wrong with compressed data."""


def _bytes(data):
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
    return bytes(data)


def _level(level):
    if not -1 <= level <= 9:
        raise error('Bad compression level')
    return 6 if level == -1 else level


def compress(data, /, level=-1, wbits=MAX_WBITS):
    """Compressed bytes; with negative `wbits` without head and checksum, above 15 as a stream of gzip."""
    data = _bytes(data)
    if wbits <= MAX_WBITS:
        return _zlib.compress(data, _level(level), wbits >= 0)
    packed = _zlib.compress(data, _level(level), False)
    return b'\x1f\x8b\x08\0\0\0\0\0' + bytes([{9: 2, 1: 4}.get(level, 0), 3]) + packed + _tail(data)


def _tail(data):
    return crc32(data).to_bytes(4, 'little') + (len(data) & 0xffffffff).to_bytes(4, 'little')


def _head_of_gzip(data):
    """Where the compressed part of a stream of gzip begins, or `None` when that is not there yet."""
    if not b'\x1f\x8b\x08'.startswith(data[:3]):
        raise error('Error -3 while decompressing data: incorrect header check')
    place = 10
    if len(data) < place:
        return None
    flags = data[3]
    if flags & 4:
        place += 2 + int.from_bytes(data[10:12], 'little')
    for flag in (8, 16):
        if flags & flag:
            place = data.find(b'\0', place) + 1
            if not place:
                return None
    place += flags & 2
    return place if place <= len(data) else None


def _unpack(data, wbits, most):
    """What is unpacked, how much was read for it, and whether that is all."""
    if wbits > 47 or MAX_WBITS < wbits < 24:
        raise ValueError('Invalid initialization option') if wbits > 47 else error('Error -2 while preparing to decompress data')
    if wbits > 31 and data[:1] != b'\x1f':
        wbits = MAX_WBITS
    if wbits <= MAX_WBITS:
        found = _zlib.decompress(data, wbits >= 0, most)
        if found is None:
            what = 'incorrect header check' if wbits >= 0 else 'invalid stored block lengths'
            raise error(f'Error -3 while decompressing data: {what}')
        return found
    start = _head_of_gzip(data)
    if start is None:
        return b'', 0, False
    found = _zlib.decompress(data[start:], False, most)
    if found is None:
        raise error('Error -3 while decompressing data: invalid block type')
    unpacked, read, complete = found
    read += start
    if complete:
        tail = data[read:read + 8]
        if len(tail) < 8:
            return unpacked, len(data), False
        if tail != _tail(unpacked):
            same_sum = tail[:4] == _tail(unpacked)[:4]
            raise error(f'Error -3 while decompressing data: incorrect {"length" if same_sum else "data"} check')
        read += 8
    return unpacked, read, complete


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    """The bytes that were compressed."""
    unpacked, _, complete = _unpack(_bytes(data), wbits, 0)
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
        unpacked, read, self.eof = _unpack(self._data, self._wbits, self._given + max_length if max_length else 0)
        new, self._given = unpacked[self._given:], len(unpacked)
        if self.eof:
            self.unused_data, self.unconsumed_tail = self._data[read:], b''
        else:
            self.unconsumed_tail = self._data[read:] if max_length else b''
        return new

    def flush(self, length=DEF_BUF_SIZE, /):
        if self.eof:
            return b''
        return _unpack(self._data, self._wbits, 0)[0][self._given:]


def decompressobj(wbits=MAX_WBITS, zdict=b''):
    return _Decompress(wbits)
