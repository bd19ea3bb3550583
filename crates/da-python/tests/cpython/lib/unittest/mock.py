"""As much of `unittest.mock` as CPython's own tests of the language use."""


class _Call(tuple):
    """The arguments of a call."""

    def __new__(cls, args, kwargs):
        return tuple.__new__(cls, (args, kwargs))

    @property
    def args(self):
        return self[0]

    @property
    def kwargs(self):
        return self[1]


class Mock:
    """Takes every call and every attribute, and tells of its calls."""

    def __init__(self, *, return_value=None, side_effect=None, **attributes):
        # A class for each, so that special methods can be given to one alone.
        self.__class__ = type('Mock', (type(self),), {})
        self.__dict__.update(attributes)
        self.side_effect = side_effect
        self._returned = return_value
        self.reset_mock()

    def __setattr__(self, name, value):
        if name.startswith('__') and name.endswith('__') and name != '__class__':
            setattr(type(self), name, value)
        else:
            object.__setattr__(self, name, value)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        made = Mock()
        self.__dict__[name] = made
        return made

    @property
    def return_value(self):
        if self._returned is None:
            self._returned = Mock()
        return self._returned

    @return_value.setter
    def return_value(self, value):
        self._returned = value

    def reset_mock(self):
        self.call_count = 0
        self.called = False
        self.call_args = None
        self.call_args_list = []

    def __call__(self, *args, **kwargs):
        self.called = True
        self.call_count += 1
        self.call_args = _Call(args, kwargs)
        self.call_args_list.append(self.call_args)
        effect = self.side_effect
        if effect is not None:
            if isinstance(effect, BaseException) or isinstance(effect, type) and issubclass(effect, BaseException):
                raise effect
            return effect(*args, **kwargs)
        return self.return_value

    def assert_called_with(self, *args, **kwargs):
        if self.call_args != (args, kwargs):
            raise AssertionError(f'called with {self.call_args}, not {(args, kwargs)}')

    def assert_called_once_with(self, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError(f'called {self.call_count} times')
        self.assert_called_with(*args, **kwargs)


MagicMock = Mock
