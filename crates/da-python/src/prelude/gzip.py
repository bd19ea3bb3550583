"""Streams of gzip, in memory or over files of the host."""

import io
import struct
import time
import zlib

__all__ = ['BadGzipFile', 'GzipFile', 'open', 'compress', 'decompress']

READ, WRITE = 'rb', 'wb'


class BadGzipFile(OSError):
    """What is no stream of gzip."""


def compress(data, compresslevel=9, *, mtime=None):
    packed = zlib.compress(data, compresslevel, 31)
    seconds = int(time.time() if mtime is None else mtime)
    return packed[:4] + struct.pack('<L', seconds & 0xffffffff) + packed[8:9] + b'\xff' + packed[10:]


def decompress(data):
    """All members of a stream, one after another."""
    parts, data = [], bytes(data)
    while data:
        if data[:2] != b'\x1f\x8b':
            if not data.strip(b'\0'):
                break
            raise BadGzipFile(f'Not a gzipped file ({data[:2]!r})')
        member = zlib.decompressobj(31)
        try:
            parts.append(member.decompress(data))
        except zlib.error as error:
            if 'data check' in str(error):
                raise BadGzipFile('CRC check failed') from None
            raise
        if not member.eof:
            raise EOFError('Compressed file ended before the end-of-stream marker was reached')
        data = member.unused_data
    return b''.join(parts)


class GzipFile(io.BufferedIOBase):
    """A stream that is read or written as what it holds."""

    def __init__(self, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):
        if mode and ('t' in mode or 'U' in mode):
            raise ValueError(f'Invalid mode: {mode!r}')
        mode = (mode or getattr(fileobj, 'mode', None) or 'rb').replace('b', '')
        if mode not in ('r', 'w', 'x', 'a'):
            raise ValueError(f'Invalid mode: {mode + "b"!r}')
        self._own = fileobj is None
        if self._own:
            fileobj = io.open(filename, mode + 'b')
        self.fileobj, self.mtime, self.mode = fileobj, mtime, 1 if mode == 'r' else 2
        self.name = getattr(fileobj, 'name', '') if filename is None else filename
        self._level, self._file = compresslevel, None if mode == 'r' else io.BytesIO()

    def _content(self):
        if self._file is None:
            self._file = io.BytesIO(decompress(self.fileobj.read()))
        return self._file

    def _reading(self, what):
        self._check_open()
        if self.mode != 1:
            raise OSError(9, f'{what}() on write-only GzipFile object')
        return self._content()

    def read(self, size=-1):
        return self._reading('read').read(size)

    def read1(self, size=-1):
        return self._reading('read1').read(size)

    def readline(self, size=-1):
        return self._reading('readline').readline(size)

    def peek(self, n):
        file = self._reading('peek')
        place = file.tell()
        found = file.read(max(n, 512))
        file.seek(place)
        return found

    def write(self, data):
        self._check_open()
        if self.mode != 2:
            raise OSError(9, 'write() on read-only GzipFile object')
        return self._file.write(data)

    def tell(self):
        return self._content().tell()

    def seek(self, offset, whence=0):
        return self._content().seek(offset, whence)

    def readable(self):
        return self.mode == 1

    def writable(self):
        return self.mode == 2

    def seekable(self):
        return True

    def close(self):
        if self._closed:
            return
        self._closed = True
        if self.mode == 2:
            self.fileobj.write(compress(self._file.getvalue(), self._level, mtime=self.mtime))
        if self._own:
            self.fileobj.close()


def open(filename, mode='rb', compresslevel=9, encoding=None, errors=None, newline=None):
    if 't' in mode and 'b' in mode:
        raise ValueError(f'Invalid mode: {mode!r}')
    plain = mode.replace('t', '')
    if hasattr(filename, 'read') or hasattr(filename, 'write'):
        file = GzipFile(None, plain, compresslevel, filename)
    else:
        file = GzipFile(filename, plain, compresslevel)
    return io.TextIOWrapper(file, encoding, errors, newline) if 't' in mode else file
