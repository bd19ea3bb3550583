"""The part of `sys` that tells of the language. There is no program to look at: no arguments, no path, no way out."""

import _machine
from _machine import _getframe

version = '3.11.7 (da-server)'
version_info = None
hexversion = 0x030b07f0
platform = 'linux'
byteorder = 'little'
maxsize = 9223372036854775807
maxunicode = 1114111
api_version = 1013
executable = ''
prefix = exec_prefix = base_prefix = base_exec_prefix = '/usr'
argv = ['']
path = []
meta_path = []
path_hooks = []
warnoptions = []
dont_write_bytecode = True
float_repr_style = 'short'
builtin_module_names = ('builtins', 'math', 'sys')
copyright = ''


class _Fields(tuple):
    """A tuple whose items have names too."""

    def __new__(cls, name, **fields):
        made = tuple.__new__(cls, fields.values())
        made._name = name
        made.__dict__.update(fields)
        return made

    def __repr__(self):
        shown = ', '.join([f'{key}={value!r}' for key, value in self.__dict__.items() if key != '_name'])
        return f'{self._name}({shown})'


version_info = _Fields('sys.version_info', major=3, minor=11, micro=7, releaselevel='final', serial=0)
float_info = _Fields('sys.float_info', max=1.7976931348623157e+308, max_exp=1024, max_10_exp=308,
                     min=2.2250738585072014e-308, min_exp=-1021, min_10_exp=-307, dig=15, mant_dig=53,
                     epsilon=2.220446049250313e-16, radix=2, rounds=1)
int_info = _Fields('sys.int_info', bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300,
                   str_digits_check_threshold=640)
hash_info = _Fields('sys.hash_info', width=64, modulus=2305843009213693951, inf=314159, nan=0, imag=1000003)
flags = _Fields('sys.flags', debug=0, inspect=0, interactive=0, optimize=0, dont_write_bytecode=1, no_user_site=0,
                no_site=0, ignore_environment=0, verbose=0, bytes_warning=0, quiet=0, hash_randomization=0,
                isolated=1, dev_mode=False, utf8_mode=1)


class _Implementation:
    name = 'da'
    version = version_info
    hexversion = hexversion
    cache_tag = None


implementation = _Implementation()


class _Output:
    """Where `print` writes: the host."""

    encoding = 'utf-8'
    errors = 'strict'
    newlines = None
    closed = False

    def __init__(self, name):
        self.name = name

    def write(self, s):
        if not isinstance(s, str):
            raise TypeError(f'write() argument must be str, not {type(s).__name__}')
        print(s, end='')
        return len(s)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def writable(self):
        return True

    def readable(self):
        return False

    def fileno(self):
        raise OSError('there is no file behind this')


stdout = __stdout__ = _Output('<stdout>')
stderr = __stderr__ = _Output('<stderr>')
stdin = __stdin__ = None


def __excepthook__(exctype, value, traceback, /):
    """Shows an exception on `sys.stderr`."""
    from traceback import print_exception
    print_exception(exctype, value, traceback)


excepthook = __excepthook__


def exc_info():
    """The class, the value and the traceback of the exception that is being handled."""
    value = _machine.handled()
    return (None, None, None) if value is None else (type(value), value, value.__traceback__)


def exception():
    """The exception that is being handled."""
    return _machine.handled()


def exit(status=None, /):
    """Raises `SystemExit`."""
    raise SystemExit() if status is None else SystemExit(status)


def getrecursionlimit():
    return _machine.recursion_limit()


def setrecursionlimit(limit, /):
    """The limit is the evaluation's; asking for one that is not larger does nothing."""
    if limit < 1:
        raise ValueError('recursion limit must be greater or equal than 1')


def getdefaultencoding():
    return 'utf-8'


def getfilesystemencoding():
    return 'utf-8'


def get_int_max_str_digits():
    return _machine.digits()


def set_int_max_str_digits(maxdigits):
    """How many digits of a whole number are converted to and from text; 0 is no limit."""
    _machine.set_digits(maxdigits)


def intern(string, /):
    return string


def getsizeof(object, default=None):
    """About what an object takes; the machine counts otherwise."""
    try:
        return 48 + 16 * len(object)
    except TypeError:
        return 48


def gettrace():
    return None


def _modules(name):
    if name == 'modules':
        return _machine.modules()
    raise AttributeError(f"module 'sys' has no attribute '{name}'")


__getattr__ = _modules
