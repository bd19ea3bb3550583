"""Paths as objects. Nothing here looks at a file: what would have to says that there is none."""

import os
import re
from os import path as _path

__all__ = ['PurePath', 'PurePosixPath', 'Path', 'PosixPath']


class PurePath:
    """A path that is only text: a root and parts."""

    def __new__(cls, *args):
        return object.__new__(PurePosixPath if cls is PurePath else PosixPath if cls is Path else cls)

    def __init__(self, *args):
        self._root, self._names = _parsed(args)

    @classmethod
    def _of(cls, root, names):
        made = object.__new__(cls)
        made._root, made._names = root, names
        return made

    def __str__(self):
        return self._root + '/'.join(self._names) or '.'

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        return str(self)

    def __bytes__(self):
        return str(self).encode()

    def __repr__(self):
        return f'{self.__class__.__name__}({self.as_posix()!r})'

    def as_uri(self):
        if not self._root:
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote
        return 'file://' + quote(str(self))

    def _key(self):
        return self._root, self._names

    def __eq__(self, other):
        return self.parts == other.parts if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self.parts)

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, PurePath) else NotImplemented

    drive = property(lambda self: '')
    root = anchor = property(lambda self: self._root)

    @property
    def parts(self):
        return ((self._root,) if self._root else ()) + tuple(self._names)

    @property
    def name(self):
        return self._names[-1] if self._names else ''

    @property
    def suffix(self):
        name = self.name
        place = name.rfind('.')
        return name[place:] if 0 < place < len(name) - 1 else ''

    @property
    def suffixes(self):
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + part for part in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        suffix = self.suffix
        return self.name[:-len(suffix)] if suffix else self.name

    @property
    def parent(self):
        return self._of(self._root, self._names[:-1]) if self._names else self

    @property
    def parents(self):
        return tuple([self._of(self._root, self._names[:end]) for end in range(len(self._names) - 1, -1, -1)])

    def with_name(self, name):
        if not self.name:
            raise ValueError(f'{self!r} has an empty name')
        if not name or '/' in name or name == '.':
            raise ValueError(f'Invalid name {name!r}')
        return self._of(self._root, self._names[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if '/' in suffix or suffix and not suffix.startswith('.') or suffix == '.':
            raise ValueError(f'Invalid suffix {suffix!r}')
        if not self.name:
            raise ValueError(f'{self!r} has an empty name')
        old = self.suffix
        return self.with_name((self.name[:-len(old)] if old else self.name) + suffix)

    def is_absolute(self):
        return bool(self._root)

    def is_reserved(self):
        return False

    def joinpath(self, *args):
        return type(self)(self, *args)

    def __truediv__(self, key):
        try:
            return type(self)(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return type(self)(key, self)
        except TypeError:
            return NotImplemented

    def relative_to(self, *other):
        base = type(self)(*other)
        count = len(base.parts)
        if self.parts[:count] != base.parts:
            raise ValueError(f'{str(self)!r} is not in the subpath of {str(base)!r} OR one path is relative and the '
                             'other is absolute.')
        return self._of('', list(self.parts[count:]))

    def is_relative_to(self, *other):
        base = type(self)(*other)
        return self.parts[:len(base.parts)] == base.parts

    def match(self, path_pattern):
        pattern = PurePosixPath(path_pattern)
        if not pattern.parts:
            raise ValueError('empty pattern')
        parts, wanted = self.parts, pattern.parts
        if pattern._root and len(parts) != len(wanted) or len(wanted) > len(parts):
            return False
        return all(_matches(part, want) for part, want in zip(reversed(parts), reversed(wanted)))


def _matches(name, pattern):
    """Whether a name fits a pattern with `*`, `?` and `[...]`."""
    out = re.sub(r'\\\[(!?)(.*?)\\\]', lambda m: '[' + ('^' if m[1] else '') + m[2].replace('\\', '') + ']',
                 re.escape(pattern).replace(r'\*', '.*').replace(r'\?', '.').replace(r'\!', '!'))
    return re.fullmatch(out, name, re.DOTALL) is not None


def _parsed(args):
    root, names = '', []
    for arg in args:
        if isinstance(arg, PurePath):
            part_root, part_names = arg._root, arg._names
        else:
            text = os.fspath(arg)
            if not isinstance(text, str):
                raise TypeError('argument should be a str object or an os.PathLike object returning str, not '
                                f'{type(arg)!r}')
            slashes = len(text) - len(text.lstrip('/'))
            part_root = '//' if slashes == 2 else '/' if slashes else ''
            part_names = [name for name in text.split('/') if name and name != '.']
        if part_root:
            root, names = part_root, list(part_names)
        else:
            names = names + list(part_names)
    return root, names


class PurePosixPath(PurePath):
    """A path with slashes."""


class Path(PurePath):
    """A path that could be of a file, if there were files."""

    @classmethod
    def cwd(cls):
        return cls('/')

    @classmethod
    def home(cls):
        return cls('/')

    def exists(self):
        return False

    is_file = is_dir = is_symlink = is_mount = exists

    def absolute(self):
        return type(self)('/', self)

    def resolve(self, strict=False):
        return type(self)(_path.abspath(str(self)))

    def expanduser(self):
        return self

    def _none(self, *args, **kwargs):
        raise FileNotFoundError(2, 'No such file or directory', str(self))

    open = stat = read_text = read_bytes = unlink = rename = replace = rmdir = _none

    def _refused(self, *args, **kwargs):
        raise PermissionError(1, 'Operation not permitted', str(self))

    mkdir = touch = write_text = write_bytes = symlink_to = chmod = _refused

    def iterdir(self):
        self._none()

    def glob(self, pattern):
        return iter(())

    rglob = glob


class PosixPath(Path, PurePosixPath):
    """A path with slashes that could be of a file."""
