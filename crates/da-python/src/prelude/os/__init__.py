"""The part of `os` that needs no operating system: paths and an empty environment. There are no files here."""

import _bytes
import sys
from os import path
from os.path import altsep, curdir, defpath, devnull, extsep, fspath, pardir, pathsep, sep

name = 'posix'
linesep = '\n'
error = OSError
environ = {}
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR = 0, 1, 2
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class PathLike:
    """What has `__fspath__`."""

    @classmethod
    def __class_getitem__(cls, params):
        return cls


def getenv(key, default=None):
    """A variable of the environment, which is empty."""
    return environ.get(key, default)


def urandom(size, /):
    """Random bytes from the host."""
    return _bytes.random(size)


def getcwd():
    return '/'


def getpid():
    return 1


def cpu_count():
    return 1


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


def _no_files(function, takes_path=True):
    def refuse(*args, **kwargs):
        if takes_path and args and isinstance(args[0], (str, bytes, int)):
            raise FileNotFoundError(2, 'No such file or directory', args[0])
        raise PermissionError(1, 'Operation not permitted')
    refuse.__name__ = refuse.__qualname__ = function
    return refuse


listdir, scandir, stat, lstat, remove, unlink, rmdir, rename, replace, readlink, chmod, open, utime, truncate = map(
    _no_files, ('listdir', 'scandir', 'stat', 'lstat', 'remove', 'unlink', 'rmdir', 'rename', 'replace', 'readlink',
                'chmod', 'open', 'utime', 'truncate'))


def _not_permitted(function):
    return _no_files(function, False)


mkdir, makedirs, system, popen, kill, fork, symlink, link, chdir, putenv, execv = map(
    _not_permitted, ('mkdir', 'makedirs', 'system', 'popen', 'kill', 'fork', 'symlink', 'link', 'chdir', 'putenv',
                     'execv'))


def access(path, mode, **kwargs):
    return False


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Nothing: there are no folders."""
    yield from ()
