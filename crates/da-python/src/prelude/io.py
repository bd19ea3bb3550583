"""Files in memory, and over the contents that the host has behind paths. There is no disk."""

import _files

__all__ = ['StringIO', 'BytesIO', 'TextIOWrapper', 'IOBase', 'RawIOBase', 'BufferedIOBase', 'TextIOBase',
           'UnsupportedOperation', 'SEEK_SET', 'SEEK_CUR', 'SEEK_END', 'DEFAULT_BUFFER_SIZE', 'open']

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    """What a file cannot do."""


UnsupportedOperation.__module__ = 'io'


class IOBase:
    """What all files can do."""

    _closed = False

    @property
    def closed(self):
        return self._closed

    def close(self):
        self._closed = True

    def _check_open(self):
        if self._closed:
            raise ValueError('I/O operation on closed file' + self._ends_sentence)

    _ends_sentence = '.'

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *args):
        self.close()

    def __iter__(self):
        self._check_open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=-1):
        if hint is None or hint <= 0:
            return list(self)
        lines, size = [], 0
        for line in self:
            lines.append(line)
            size += len(line)
            if size >= hint:
                break
        return lines

    def writelines(self, lines):
        self._check_open()
        for line in lines:
            self.write(line)

    def flush(self):
        self._check_open()

    def isatty(self):
        self._check_open()
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def seekable(self):
        return False

    def fileno(self):
        raise UnsupportedOperation('fileno')


class RawIOBase(IOBase):
    """Files of bytes."""


class BufferedIOBase(IOBase):
    """Files of bytes with a buffer."""


class TextIOBase(IOBase):
    """Files of text."""

    encoding = None
    errors = None
    newlines = None


class _Memory:
    """A file whose content is a value in hand.

    What was written at the end is kept in pieces and joined when something else is asked for, so that writing many
    times costs what is written."""

    def _begin(self, content):
        self._content = content
        self._pieces = []
        self._place = 0

    def _whole(self):
        if self._pieces:
            self._content += self._empty.join(self._pieces)
            self._pieces.clear()
        return self._content

    def _put(self, piece):
        size = len(piece)
        if not size:
            return
        if self._at_end:
            self._pieces.append(piece)
            self._place += size
            return
        content = self._whole()
        if self._place >= len(content):
            self._content = content + self._filler * (self._place - len(content))
            self._pieces.append(piece)
            self._at_end = True
        else:
            self._content = content[:self._place] + piece + content[self._place + size:]
        self._place += size

    _at_end = False

    def getvalue(self):
        """The whole content."""
        self._check_open()
        return self._whole()

    def read(self, size=-1, /):
        self._check_open()
        content = self._whole()
        self._at_end = False
        start = self._place
        if start >= len(content):
            return self._empty
        end = len(content) if size is None or size < 0 else min(len(content), start + size)
        self._place = end
        return content[start:end]

    def readline(self, size=-1, /):
        self._check_open()
        content = self._whole()
        self._at_end = False
        start = self._place
        end = content.find(self._line_end, start) + 1
        if end == 0:
            end = len(content)
        if size is not None and size >= 0:
            end = min(end, start + size)
        self._place = max(end, start)
        return content[start:end]

    def tell(self):
        self._check_open()
        return self._place

    def truncate(self, size=None, /):
        self._check_open()
        if size is None:
            size = self._place
        elif size < 0:
            raise ValueError(self._negative % size)
        self._content = self._whole()[:size]
        self._at_end = False
        return size

    def seekable(self):
        self._check_open()
        return True

    def readable(self):
        self._check_open()
        return True

    def writable(self):
        self._check_open()
        return True


class StringIO(_Memory, TextIOBase):
    """A file of text in memory."""

    _empty = ''
    _filler = '\0'
    _line_end = '\n'
    _negative = 'Negative size value %d'
    _ends_sentence = ''

    def __init__(self, initial_value='', newline='\n'):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f'initial_value must be str or None, not {type(initial_value).__name__}')
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError(f'illegal newline value: {newline!r}')
        self._newline = newline
        self._begin('')
        if initial_value:
            self.write(initial_value)
            self.seek(0)

    line_buffering = False

    def write(self, s, /):
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got '{type(s).__name__}'")
        self._check_open()
        piece = s
        if self._newline is None:
            piece = piece.replace('\r\n', '\n').replace('\r', '\n')
        elif self._newline not in ('', '\n'):
            piece = piece.replace('\n', self._newline)
        self._put(piece)
        return len(s)

    def seek(self, offset, whence=0, /):
        self._check_open()
        if whence not in (0, 1, 2):
            raise ValueError(f'Invalid whence ({whence}, should be 0, 1 or 2)')
        if whence == 0 and offset < 0:
            raise ValueError(f'Negative seek position {offset}')
        if whence != 0 and offset != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        self._at_end = False
        if whence == 0:
            self._place = offset
        elif whence == 2:
            self._place = len(self._whole())
        return self._place


class BytesIO(_Memory, BufferedIOBase):
    """A file of bytes in memory."""

    _empty = b''
    _filler = b'\0'
    _line_end = b'\n'
    _negative = 'negative size value %d'

    def __init__(self, initial_bytes=b''):
        self._begin(bytes(initial_bytes or b''))

    def write(self, b, /):
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        self._check_open()
        piece = bytes(b)
        self._put(piece)
        return len(piece)

    def seek(self, offset, whence=0, /):
        self._check_open()
        if whence not in (0, 1, 2):
            raise ValueError(f'invalid whence ({whence}, should be 0, 1 or 2)')
        if whence == 0 and offset < 0:
            raise ValueError(f'negative seek value {offset}')
        self._at_end = False
        base = 0 if whence == 0 else self._place if whence == 1 else len(self._whole())
        self._place = max(0, base + offset)
        return self._place

    def getbuffer(self):
        return bytearray(self.getvalue())

    def read1(self, size=-1, /):
        return self.read(size)

    def readinto(self, b, /):
        found = self.read(len(b))
        b[:len(found)] = found
        return len(found)


class TextIOWrapper(TextIOBase):
    """Text over a file of bytes."""

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        self.buffer = buffer
        self.encoding = encoding or 'utf-8'
        self.errors = errors or 'strict'
        self._newline = newline
        self._text = None

    def _read_all(self):
        if self._text is None:
            self._text = StringIO(self.buffer.read().decode(self.encoding, self.errors), self._newline)
        return self._text

    def read(self, size=-1, /):
        return self._read_all().read(size)

    def readline(self, size=-1, /):
        return self._read_all().readline(size)

    def write(self, s, /):
        text = s if self._newline in (None, '', '\n') else s.replace('\n', self._newline)
        self.buffer.write(text.encode(self.encoding, self.errors))
        return len(s)

    def close(self):
        if not self._closed:
            self.buffer.close()
        self._closed = True

    def detach(self):
        return self.buffer

    def readable(self):
        return True

    def writable(self):
        return True


class _HostFile(BytesIO):
    """A content of the host's; what was written reaches it when the file is closed."""

    def __init__(self, name, content, is_read, is_written):
        super().__init__(content)
        self.name = name
        self._is_read = is_read
        self._is_written = is_written

    def read(self, size=-1, /):
        if not self._is_read:
            raise UnsupportedOperation('read')
        return super().read(size)

    def readline(self, size=-1, /):
        if not self._is_read:
            raise UnsupportedOperation('read')
        return super().readline(size)

    def write(self, b, /):
        if not self._is_written:
            raise UnsupportedOperation('write')
        return super().write(b)

    def readable(self):
        return self._is_read

    def writable(self):
        return self._is_written

    def close(self):
        if not self._closed and self._is_written:
            content = self.getvalue()
            self._closed = True
            if not _files.write(self.name, content):
                raise PermissionError(13, 'nothing can be written here', self.name)
        self._closed = True


def input(prompt='', /):
    """There is nobody who could type a line."""
    print(prompt, end='')
    raise EOFError('EOF when reading a line')


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Opens a content that the host has behind a path."""
    name = file.__fspath__() if hasattr(file, '__fspath__') else file
    if not isinstance(name, str):
        raise TypeError(f'expected str, bytes or os.PathLike object, not {type(name).__name__}')
    kinds = [kind for kind in mode if kind in 'rwax']
    if len(kinds) != 1 or set(mode) - set('rwaxbt+') or ('b' in mode and 't' in mode) or len(set(mode)) != len(mode):
        raise ValueError(f'invalid mode: {mode!r}')
    if 'b' in mode and encoding is not None:
        raise ValueError("binary mode doesn't take an encoding argument")
    kind, both = kinds[0], '+' in mode
    if kind == 'x' and _files.size(name) is not None:
        raise FileExistsError(17, 'File exists', name)
    if kind in 'ra' and not (kind == 'a' and _files.size(name) is None):
        content = _files.read(name)
        if content is None:
            raise PermissionError(13, 'there are no files here; use DAFile', name)
    elif not name.startswith('/files/'):
        raise PermissionError(13, 'there are no files here; use DAFile', name)
    else:
        content = b''
    raw = _HostFile(name, content, kind == 'r' or both, kind != 'r' or both)
    if kind == 'a':
        raw.seek(0, SEEK_END)
    return raw if 'b' in mode else TextIOWrapper(raw, encoding, errors, newline)
