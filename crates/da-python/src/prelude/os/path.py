"""Paths as texts. There are no files but those that the host has behind paths."""

import _files

__all__ = ['abspath', 'basename', 'commonpath', 'commonprefix', 'dirname', 'exists', 'expanduser', 'expandvars',
           'getsize', 'isabs', 'isdir', 'isfile', 'islink', 'join', 'lexists', 'normcase', 'normpath', 'realpath',
           'relpath', 'split', 'splitdrive', 'splitext', 'sep', 'pathsep', 'curdir', 'pardir', 'altsep', 'extsep',
           'defpath', 'devnull']

curdir = '.'
pardir = '..'
extsep = '.'
sep = '/'
pathsep = ':'
defpath = '/bin:/usr/bin'
altsep = None
devnull = '/dev/null'
supports_unicode_filenames = True


def fspath(path):
    """A path as text or bytes."""
    if isinstance(path, (str, bytes)):
        return path
    convert = getattr(type(path), '__fspath__', None)
    if convert is None:
        raise TypeError(f'expected str, bytes or os.PathLike object, not {type(path).__name__}')
    return convert(path)


def _letters(path):
    """The path, and the separator, dot and nothing of its type."""
    path = fspath(path)
    return (path, b'/', b'.', b'') if isinstance(path, bytes) else (path, '/', '.', '')


def normcase(s):
    return fspath(s)


def isabs(s):
    s, slash, _, _ = _letters(s)
    return s.startswith(slash)


def join(a, *p):
    """Paths one after the other; an absolute one begins anew."""
    path, slash, _, _ = _letters(a)
    for part in map(fspath, p):
        if type(part) is not type(path):
            raise TypeError("Can't mix strings and bytes in path components")
        if part.startswith(slash):
            path = part
        elif not path or path.endswith(slash):
            path += part
        else:
            path += slash + part
    return path


def split(p):
    """What is before the last slash and what is after it."""
    p, slash, _, _ = _letters(p)
    place = p.rfind(slash) + 1
    head, tail = p[:place], p[place:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitdrive(p):
    p, _, _, nothing = _letters(p)
    return nothing, p


def splitext(p):
    """The path and its extension; dots that a name begins with make none."""
    p, slash, dot, nothing = _letters(p)
    name = p.rfind(slash) + 1
    place = p.rfind(dot)
    if place > name and p[name:place].strip(dot):
        return p[:place], p[place:]
    return p, nothing


def normpath(path):
    """Without doubled slashes, `.` and `..`."""
    path, slash, dot, nothing = _letters(path)
    if not path:
        return dot
    slashes = len(path) - len(path.lstrip(slash))
    lead = slash * (2 if slashes == 2 else min(slashes, 1))
    parts = []
    for part in path.split(slash):
        if part == nothing or part == dot:
            continue
        if part != dot * 2 or (not lead and not parts) or (parts and parts[-1] == dot * 2):
            parts.append(part)
        elif parts:
            parts.pop()
    return lead + slash.join(parts) or dot


def abspath(path):
    """The path from the root; the working directory is the root."""
    path, slash, _, _ = _letters(path)
    return normpath(path if path.startswith(slash) else slash + path)


def realpath(filename, *, strict=False):
    return abspath(filename)


def relpath(path, start=None):
    """The way from one path to another."""
    path, slash, dot, nothing = _letters(path)
    if not path:
        raise ValueError('no path specified')
    start = dot if start is None else fspath(start)
    here = [part for part in abspath(start).split(slash) if part]
    there = [part for part in abspath(path).split(slash) if part]
    common = len(commonprefix([here, there]))
    parts = [dot * 2] * (len(here) - common) + there[common:]
    return join(*parts) if parts else dot


def commonprefix(m):
    """What all begin with, letter by letter."""
    if not m:
        return ''
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(fspath, m))
    low, high = min(m), max(m)
    for place, part in enumerate(low):
        if part != high[place]:
            return low[:place]
    return low


def commonpath(paths):
    """What all begin with, part by part."""
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    paths = tuple(map(fspath, paths))
    _, slash, dot, nothing = _letters(paths[0])
    if len({path.startswith(slash) for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    common = commonprefix(split_paths)
    return (slash if paths[0].startswith(slash) else nothing) + slash.join(common)


def expanduser(path):
    return fspath(path)


def expandvars(path):
    return fspath(path)


def exists(path):
    """Whether the host has a content behind a path."""
    return _files.size(str(path)) is not None


lexists = isfile = exists


def isdir(path):
    return False


islink = ismount = isdir


def getsize(filename):
    size = _files.size(str(filename))
    if size is None:
        raise FileNotFoundError(2, 'No such file or directory', filename)
    return size


def getmtime(filename):
    raise FileNotFoundError(2, 'No such file or directory', filename)


getctime = getatime = getmtime
