"""ZIP archives, in memory or over files of the host. What is unpacked is counted: an archive cannot say less than it holds."""

import io
import struct
import time
import zlib

__all__ = ['BadZipFile', 'BadZipfile', 'error', 'ZIP_STORED', 'ZIP_DEFLATED', 'ZIP_BZIP2', 'ZIP_LZMA', 'is_zipfile', 'ZipInfo',
           'ZipFile', 'ZipExtFile', 'LargeZipFile', 'Path']

ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14
ZIP64_LIMIT = (1 << 31) - 1
ZIP_FILECOUNT_LIMIT = (1 << 16) - 1
ZIP_MAX_COMMENT = (1 << 16) - 1

_LOCAL, _CENTRAL, _END = b'PK\3\4', b'PK\1\2', b'PK\5\6'
_LOCAL_HEAD, _CENTRAL_HEAD, _END_HEAD = '<4s5H3L2H', '<4s6H3L5H2L', '<4s4H2LH'
_METHODS = {0: 'store', 1: 'shrink', 2: 'reduce', 3: 'reduce', 4: 'reduce', 5: 'reduce', 6: 'implode', 7: 'tokenize', 8: 'deflate',
            9: 'deflate64', 10: 'implode', 12: 'bzip2', 14: 'lzma', 18: 'terse', 19: 'lz77', 97: 'wavpack', 98: 'ppmd'}


class BadZipFile(Exception):
    """What is no archive, or a damaged one."""


class LargeZipFile(Exception):
    """What needs ZIP64 where that is forbidden."""


error = BadZipfile = BadZipFile


def _check_method(method):
    if method not in (ZIP_STORED, ZIP_DEFLATED):
        if method in (ZIP_BZIP2, ZIP_LZMA):
            raise RuntimeError(f'Compression requires the (missing) {"bz2" if method == ZIP_BZIP2 else "lzma"} module')
        raise NotImplementedError('That compression method is not supported')


class ZipInfo:
    """What an archive says about one of its files."""

    __slots__ = ('orig_filename', 'filename', 'date_time', 'compress_type', 'comment', 'extra', 'create_system',
                 'create_version', 'extract_version', 'reserved', 'flag_bits', 'volume', 'internal_attr', 'external_attr',
                 'header_offset', 'CRC', 'compress_size', 'file_size', '_compresslevel')

    def __init__(self, filename='NoName', date_time=(1980, 1, 1, 0, 0, 0)):
        self.orig_filename = filename
        self.filename = filename.partition('\0')[0]
        if date_time[0] < 1980:
            raise ValueError('ZIP does not support timestamps before 1980')
        self.date_time = date_time
        self.compress_type, self.comment, self.extra = ZIP_STORED, b'', b''
        self.create_system, self.create_version, self.extract_version = 3, 20, 20
        self.reserved = self.flag_bits = self.volume = self.internal_attr = self.external_attr = 0
        self.header_offset = self.CRC = self.compress_size = self.file_size = 0
        self._compresslevel = None

    def is_dir(self):
        return self.filename[-1:] == '/'

    def __repr__(self):
        parts = [f'<{type(self).__name__} filename={self.filename!r}']
        if self.compress_type != ZIP_STORED:
            parts.append(f'compress_type={_METHODS.get(self.compress_type, self.compress_type)}')
        high, low = self.external_attr >> 16, self.external_attr & 0xffff
        if high:
            parts.append(f'filemode={_mode_text(high)!r}')
        if low:
            parts.append(f'external_attr={low:#x}')
        if not self.is_dir() or self.file_size:
            parts.append(f'file_size={self.file_size!r}')
        if (not self.is_dir() or self.compress_size) and (self.compress_type != ZIP_STORED
                                                          or self.file_size != self.compress_size):
            parts.append(f'compress_size={self.compress_size!r}')
        return ' '.join(parts) + '>'

    def _name_bytes(self):
        try:
            return self.filename.encode('ascii'), self.flag_bits
        except UnicodeEncodeError:
            return self.filename.encode(), self.flag_bits | 0x800

    def _stamp(self):
        year, month, day, hour, minute, second = self.date_time
        return hour << 11 | minute << 5 | second // 2, year - 1980 << 9 | month << 5 | day

    def _local(self):
        name, flags = self._name_bytes()
        return struct.pack(_LOCAL_HEAD, _LOCAL, self.extract_version, flags, self.compress_type, *self._stamp(), self.CRC,
                           self.compress_size, self.file_size, len(name), len(self.extra)) + name + self.extra

    def _central(self):
        name, flags = self._name_bytes()
        head = struct.pack(_CENTRAL_HEAD, _CENTRAL, self.create_version | self.create_system << 8, self.extract_version, flags,
                           self.compress_type, *self._stamp(), self.CRC, self.compress_size, self.file_size, len(name),
                           len(self.extra), len(self.comment), 0, self.internal_attr, self.external_attr, self.header_offset)
        return head + name + self.extra + self.comment


def _mode_text(mode):
    kind = {0o040000: 'd', 0o100000: '-', 0o120000: 'l'}.get(mode & 0o170000, '?')
    return kind + ''.join(letter if mode >> 8 - place & 1 else '-' for place, letter in enumerate('rwxrwxrwx'))


def _information(head, data, place):
    """One entry of the central directory, and where the next begins."""
    (_, version, needed, flags, method, clock, day, crc, packed, size, names, extras, comments, disk, internal, external,
     offset) = head
    at = place + 46
    name = data[at:at + names]
    text = name.decode('utf-8' if flags & 0x800 else 'cp437')
    info = ZipInfo.__new__(ZipInfo)
    info.orig_filename, info.filename = text, text.partition('\0')[0]
    info.date_time = ((day >> 9) + 1980, day >> 5 & 15, day & 31, clock >> 11, clock >> 5 & 63, (clock & 31) * 2)
    info.extra = data[at + names:at + names + extras]
    info.comment = data[at + names + extras:at + names + extras + comments]
    info.create_version, info.create_system = version & 255, version >> 8
    info.extract_version, info.reserved = needed & 255, needed >> 8
    info.flag_bits, info.compress_type, info.volume = flags, method, disk
    info.internal_attr, info.external_attr, info.header_offset = internal, external, offset
    info.CRC, info.compress_size, info.file_size = crc, packed, size
    info._compresslevel = None
    if needed & 255 > 63:
        raise NotImplementedError(f'zip file version {(needed & 255) / 10:.1f}')
    _read_large(info)
    return info, at + names + extras + comments


def _read_large(info):
    """Sizes beyond 32 bits, which stand in the extra field."""
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack('<HH', extra[:4])
        if length + 4 > len(extra):
            raise BadZipFile(f'Corrupt extra field {kind:04x} (size={length})')
        if kind == 1:
            numbers = list(struct.iter_unpack('<Q', extra[4:4 + length // 8 * 8]))
            for name, full in (('file_size', 0xffffffff), ('compress_size', 0xffffffff), ('header_offset', 0xffffffff)):
                if getattr(info, name) == full:
                    if not numbers:
                        raise BadZipFile(f'Corrupt zip64 extra field. {name.replace("_", " ").capitalize()} not found.')
                    setattr(info, name, numbers.pop(0)[0])
        extra = extra[4 + length:]


def _end_of(data):
    """The place of the last record, or -1."""
    if data[-22:-18] == _END and data[-2:] == b'\0\0':
        return len(data) - 22
    return data.rfind(_END, max(0, len(data) - 22 - ZIP_MAX_COMMENT))


def is_zipfile(filename):
    """Whether it is an archive, by its last record."""
    try:
        if hasattr(filename, 'read'):
            place = filename.tell()
            filename.seek(0)
            data = filename.read()
            filename.seek(place)
        else:
            with io.open(filename, 'rb') as file:
                data = file.read()
    except OSError:
        return False
    return 0 <= _end_of(data) <= len(data) - 22


class ZipExtFile(io.BufferedIOBase):
    """A file of an archive that is read; it is unpacked when something is asked of it."""

    def __init__(self, unpack, info, mode='r'):
        self._unpack, self._file = unpack, None
        self.name, self.mode, self.newlines = info.filename, mode, None
        self._size = info.file_size

    def _content(self):
        self._check_open()
        if self._file is None:
            self._file = io.BytesIO(self._unpack())
        return self._file

    def __repr__(self):
        state = ' [closed]' if self.closed else f' name={self.name!r} mode={self.mode!r}'
        return f'<zipfile.{type(self).__name__}{state}>'

    def read(self, n=-1):
        return self._content().read(n)

    def read1(self, n=-1):
        return self._content().read(n)

    def readinto(self, b):
        return self._content().readinto(b)

    def readline(self, limit=-1):
        return self._content().readline(limit)

    def peek(self, n=1):
        file = self._content()
        place = file.tell()
        found = file.read(max(n, 512))
        file.seek(place)
        return found

    def seek(self, offset, whence=0):
        if whence not in (0, 1, 2):
            raise ValueError('whence must be os.SEEK_SET (0), os.SEEK_CUR (1), or os.SEEK_END (2)')
        file = self._content()
        base = 0 if whence == 0 else file.tell() if whence == 1 else self._size
        return file.seek(max(0, min(self._size, base + offset)))

    def tell(self):
        return self._content().tell()

    def readable(self):
        self._check_open()
        return True

    def seekable(self):
        self._check_open()
        return True


class _ZipWriteFile(io.BufferedIOBase):
    """A file of an archive that is written; it is packed when it is closed."""

    def __init__(self, archive, info):
        self._archive, self._info, self._data = archive, info, bytearray()

    def writable(self):
        return True

    def write(self, data):
        self._check_open()
        self._data += data
        return len(data)

    def close(self):
        if self._closed:
            return
        self._closed = True
        self._archive._writing = False
        self._archive._append(self._info, bytes(self._data))


class ZipFile:
    """An archive that is read ('r'), made ('w', 'x') or added to ('a')."""

    fp = None

    def __init__(self, file, mode='r', compression=ZIP_STORED, allowZip64=True, compresslevel=None, *, strict_timestamps=True,
                 metadata_encoding=None):
        if mode not in ('r', 'w', 'x', 'a'):
            raise ValueError("ZipFile requires mode 'r', 'w', 'x', or 'a'")
        _check_method(compression)
        self._allow64, self.debug, self.compression, self.compresslevel = allowZip64, 0, compression, compresslevel
        self.NameToInfo, self.filelist = {}, []
        self.mode, self.pwd, self._comment, self._writing, self._changed = mode, None, b'', False, False
        if hasattr(file, '__fspath__'):
            file = file.__fspath__()
        self._own = isinstance(file, str)
        if self._own:
            self.filename = file
            self.fp = io.open(file, {'r': 'rb', 'w': 'w+b', 'x': 'x+b', 'a': 'a+b'}[mode])
        else:
            self.fp, self.filename = file, getattr(file, 'name', None)
        try:
            self._begin()
        except BaseException:
            self._close_file()
            raise

    def _begin(self):
        if self.mode == 'r':
            self._read_directory(self._all())
        elif self.mode == 'a':
            data = self._all()
            if 0 <= _end_of(data) <= len(data) - 22:
                self._read_directory(data)
                self.fp.seek(self._start)
            else:
                self._start = self.fp.seek(0, 2)
                self._changed = True
        else:
            self._changed = True
            self._start = self.fp.tell() if hasattr(self.fp, 'tell') else 0

    def _all(self):
        self.fp.seek(0)
        return self.fp.read()

    def _read_directory(self, data):
        end = _end_of(data)
        if not 0 <= end <= len(data) - 22:
            raise BadZipFile('File is not a zip file')
        _, _, _, _, count, size, offset, comment = struct.unpack(_END_HEAD, data[end:end + 22])
        self._comment = data[end + 22:end + 22 + comment]
        place = end
        if end >= 20 and data[end - 20:end - 16] == b'PK\6\7':
            place, size, offset = self._large_end(data, end, size, offset)
        start = place - size
        before = start - offset
        if start < 0 or before < 0:
            raise BadZipFile('Bad offset for central directory')
        self._start = start
        place, end = start, start + size
        while place < end:
            if place + 46 > len(data):
                raise BadZipFile('Truncated central directory')
            head = struct.unpack(_CENTRAL_HEAD, data[place:place + 46])
            if head[0] != _CENTRAL:
                raise BadZipFile('Bad magic number for central directory')
            info, place = _information(head, data, place)
            info.header_offset += before
            self.filelist.append(info)
            self.NameToInfo[info.filename] = info

    def _large_end(self, data, end, size, offset):
        at = end - 20 - 56
        if at < 0 or data[at:at + 4] != b'PK\6\6':
            return end, size, offset
        size, offset = struct.unpack('<QQ', data[at + 40:at + 56])
        return at, size, offset

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        parts = [f'<{type(self).__module__}.{type(self).__qualname__}']
        if self.fp is None:
            return parts[0] + ' [closed]>'
        if not self._own:
            parts.append(f'file={self.fp!r}')
        if self.filename is not None:
            parts.append(f'filename={self.filename!r}')
        return ' '.join([*parts, f'mode={self.mode!r}>'])

    def namelist(self):
        return [info.filename for info in self.filelist]

    def infolist(self):
        return self.filelist

    def getinfo(self, name):
        info = self.NameToInfo.get(name)
        if info is None:
            raise KeyError(f'There is no item named {name!r} in the archive')
        return info

    def printdir(self, file=None):
        print('%-46s %19s %12s' % ('File Name', 'Modified    ', 'Size'), file=file)
        for info in self.filelist:
            print('%-46s %s %12d' % (info.filename, '%d-%02d-%02d %02d:%02d:%02d' % info.date_time[:6], info.file_size),
                  file=file)

    def testzip(self):
        """The name of the first file that is damaged, or `None`."""
        for info in self.filelist:
            try:
                self.read(info)
            except BadZipFile:
                return info.filename

    @property
    def comment(self):
        return self._comment

    @comment.setter
    def comment(self, comment):
        if not isinstance(comment, bytes):
            raise TypeError(f'comment: expected bytes, got {type(comment)}')
        self._comment = comment[:ZIP_MAX_COMMENT]
        self._changed = True

    def setpassword(self, pwd):
        if pwd and not isinstance(pwd, bytes):
            raise TypeError(f'pwd: expected bytes, got {type(pwd).__name__}')
        self.pwd = pwd or None

    def read(self, name, pwd=None):
        with self.open(name, 'r', pwd) as file:
            return file.read()

    def open(self, name, mode='r', pwd=None, *, force_zip64=False):
        if mode not in ('r', 'w'):
            raise ValueError('open() requires mode "r" or "w"')
        if pwd and mode == 'w':
            raise ValueError('pwd is only supported for reading files')
        if self.fp is None:
            raise ValueError('Attempt to use ZIP archive that was already closed')
        if mode == 'w':
            info = name if isinstance(name, ZipInfo) else self._new_info(name)
            return self._open_to_write(info)
        info = name if isinstance(name, ZipInfo) else self.getinfo(name)
        if self._writing:
            raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. Close the writing "
                             "handle before trying to read.")
        packed = self._packed(info)
        return ZipExtFile(lambda: _unpacked(packed, info), info, mode)

    def _packed(self, info):
        if info.flag_bits & 0x20:
            raise NotImplementedError('compressed patched data (flag bit 5)')
        if info.flag_bits & 0x40:
            raise NotImplementedError('strong encryption (flag bit 6)')
        file, place = self.fp, self.fp.tell()
        file.seek(info.header_offset)
        head = file.read(30)
        if len(head) != 30:
            raise BadZipFile('Truncated file header')
        magic, _, flags, *_, names, extras = struct.unpack(_LOCAL_HEAD, head)
        if magic != _LOCAL:
            raise BadZipFile('Bad magic number for file header')
        name = file.read(names)
        file.read(extras)
        text = name.decode('utf-8' if flags & 0x800 else 'cp437')
        if text != info.orig_filename:
            raise BadZipFile(f'File name in directory {info.orig_filename!r} and header {name!r} differ.')
        if info.flag_bits & 1:
            raise RuntimeError(f'File {info.filename!r} is encrypted, password required for extraction' if not self.pwd else
                               'zipfile: encrypted files are not supported by this server')
        _check_method(info.compress_type)
        packed = file.read(info.compress_size)
        file.seek(place)
        return packed

    def _new_info(self, name):
        info = ZipInfo(name, time.localtime(time.time())[:6])
        info.compress_type, info._compresslevel = self.compression, self.compresslevel
        return info

    def _open_to_write(self, info):
        self._check_write(info)
        self._writing = True
        if not info.external_attr:
            info.external_attr = 0o600 << 16
        return _ZipWriteFile(self, info)

    def _check_write(self, info):
        if self._writing:
            raise ValueError("Can't write to the ZIP file while there is another write handle open on it. Close the first "
                             "handle before opening another.")
        if info.filename in self.NameToInfo:
            import warnings
            warnings.warn(f'Duplicate name: {info.filename!r}', stacklevel=3)
        if self.mode not in ('w', 'x', 'a'):
            raise ValueError("write() requires mode 'w', 'x', or 'a'")
        if not self.fp:
            raise ValueError('Attempt to write ZIP archive that was already closed')
        _check_method(info.compress_type)

    def _append(self, info, data):
        info.CRC, info.file_size = zlib.crc32(data), len(data)
        if info.compress_type == ZIP_DEFLATED:
            level = -1 if info._compresslevel is None else info._compresslevel
            data = zlib.compress(data, level, -15)
        info.compress_size, info.header_offset = len(data), self._start
        if max(info.file_size, info.compress_size, info.header_offset) > ZIP64_LIMIT:
            raise LargeZipFile('Filesize would require ZIP64 extensions')
        local = info._local()
        if hasattr(self.fp, 'seek'):
            self.fp.seek(self._start)
        self.fp.write(local)
        self.fp.write(data)
        self._start += len(local) + len(data)
        self._changed = True
        self.filelist.append(info)
        self.NameToInfo[info.filename] = info

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        if isinstance(data, str):
            data = data.encode('utf-8')
        if isinstance(zinfo_or_arcname, ZipInfo):
            info = zinfo_or_arcname
        else:
            info = self._new_info(zinfo_or_arcname)
            info.external_attr = 0o40775 << 16 | 0x10 if info.filename[-1:] == '/' else 0o600 << 16
        if not self.fp:
            raise ValueError('Attempt to write to ZIP archive that was already closed')
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists.")
        if compress_type is not None:
            info.compress_type = compress_type
        if compresslevel is not None:
            info._compresslevel = compresslevel
        self._check_write(info)
        info.external_attr = info.external_attr or 0o600 << 16
        self._append(info, bytes(data))

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        """Adds a file that the host has."""
        if hasattr(filename, '__fspath__'):
            filename = filename.__fspath__()
        with io.open(filename, 'rb') as file:
            data = file.read()
        name = filename if arcname is None else arcname.__fspath__() if hasattr(arcname, '__fspath__') else arcname
        info = self._new_info(name.lstrip('/'))
        info.external_attr = 0o100644 << 16
        if compress_type is not None:
            info.compress_type = compress_type
        if compresslevel is not None:
            info._compresslevel = compresslevel
        self._check_write(info)
        self._append(info, data)

    def mkdir(self, zinfo_or_directory_name, mode=511):
        if isinstance(zinfo_or_directory_name, ZipInfo):
            info = zinfo_or_directory_name
            if not info.is_dir():
                raise ValueError('The given ZipInfo does not describe a directory')
        elif isinstance(zinfo_or_directory_name, str):
            name = zinfo_or_directory_name
            info = ZipInfo(name if name.endswith('/') else name + '/')
            info.external_attr = (0o40000 | mode) << 16 | 0x10
        else:
            raise TypeError('Expected type str or ZipInfo')
        self._check_write(info)
        self._append(info, b'')

    def extract(self, member, path=None, pwd=None):
        raise PermissionError(13, 'there are no folders here; use read()', path or '.')

    def extractall(self, path=None, members=None, pwd=None):
        raise PermissionError(13, 'there are no folders here; use read()', path or '.')

    def close(self):
        if self.fp is None:
            return
        if self._writing:
            raise ValueError("Can't close the ZIP file while there is an open writing handle on it. Close the writing handle "
                             "before closing the zip.")
        try:
            if self.mode in ('w', 'x', 'a') and self._changed:
                self._write_directory()
        finally:
            self._close_file()

    def _write_directory(self):
        directory = b''.join([info._central() for info in self.filelist])
        count = len(self.filelist)
        if count > ZIP_FILECOUNT_LIMIT:
            raise LargeZipFile('Files count would require ZIP64 extensions')
        if hasattr(self.fp, 'seek'):
            self.fp.seek(self._start)
        end = struct.pack(_END_HEAD, _END, 0, 0, count, count, len(directory), self._start, len(self._comment))
        self.fp.write(directory + end + self._comment)
        if self.mode == 'a' and hasattr(self.fp, 'truncate'):
            self.fp.truncate()

    def _close_file(self):
        file, self.fp = self.fp, None
        if self._own and file is not None:
            file.close()


def _unpacked(packed, info):
    if info.compress_type == ZIP_DEFLATED:
        try:
            # One byte more than there should be tells an archive that says too little.
            found = zlib.decompressobj(-15).decompress(packed, info.file_size + 1)
        except zlib.error:
            raise zlib.error('Error -3 while decompressing data: invalid block type') from None
        data = found[:info.file_size]
    else:
        data = packed[:info.file_size]
    if len(data) < info.file_size and len(packed) < info.compress_size:
        raise EOFError
    if zlib.crc32(data) != info.CRC:
        raise BadZipFile(f'Bad CRC-32 for file {info.filename!r}')
    return data


class Path:
    """A file or folder of an archive, used as paths are."""

    def __init__(self, root, at=''):
        self.root = root if isinstance(root, ZipFile) else ZipFile(root)
        self.at = at

    def _names(self):
        names = dict.fromkeys(self.root.namelist())
        for name in list(names):
            while '/' in name.rstrip('/'):
                name = name.rstrip('/').rpartition('/')[0] + '/'
                names.setdefault(name)
        return names

    def _next(self, at):
        return type(self)(self.root, at)

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return (self.root, self.at) == (other.root, other.at)

    def __hash__(self):
        return hash((self.root, self.at))

    def __str__(self):
        start = self.root.filename or ':zipfile:'
        return f'{start}/{self.at}' if self.at else f'{start}/'

    def __repr__(self):
        return f'{type(self).__name__}({self.root.filename!r}, {self.at!r})'

    @property
    def name(self):
        return self.at.rstrip('/').rpartition('/')[2]

    @property
    def stem(self):
        return self.name.rpartition('.')[0] or self.name

    @property
    def suffix(self):
        front, dot, last = self.name.rpartition('.')
        return dot + last if front else ''

    @property
    def parent(self):
        front = self.at.rstrip('/').rpartition('/')[0]
        return self._next(front + '/' if front else '')

    def joinpath(self, *others):
        made = '/'.join([self.at.rstrip('/'), *others]).lstrip('/')
        return self._next(made + '/' if made + '/' in self._names() and made not in self._names() else made)

    __truediv__ = joinpath

    def is_dir(self):
        return not self.at or self.at.endswith('/')

    def is_file(self):
        return self.exists() and not self.is_dir()

    def exists(self):
        return not self.at or self.at in self._names()

    def iterdir(self):
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        return (self._next(name) for name in self._names()
                if name != self.at and name.startswith(self.at) and '/' not in name[len(self.at):].rstrip('/'))

    def open(self, mode='r', *args, pwd=None, **kwargs):
        if self.is_dir():
            raise IsADirectoryError(self)
        kind = mode[0]
        if kind == 'r' and not self.exists():
            raise FileNotFoundError(self)
        stream = self.root.open(self.at, kind, pwd=pwd)
        if 'b' in mode:
            if args or kwargs:
                raise ValueError('encoding args invalid for binary operation')
            return stream
        return io.TextIOWrapper(stream, *args, **kwargs)

    def read_text(self, *args, **kwargs):
        with self.open('r', *args, **kwargs) as file:
            return file.read()

    def read_bytes(self):
        with self.open('rb') as file:
            return file.read()
