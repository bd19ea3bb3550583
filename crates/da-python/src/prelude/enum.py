"""Enumerations: classes whose attributes are their only instances."""


class auto:
    """Stands for the next value."""

    def __init__(self):
        self.value = None


def _is_member(name, value):
    if name.startswith('_') and name.endswith('_'):
        return False
    if name.startswith('__'):
        return False
    return not (hasattr(value, '__get__') or hasattr(value, '__set__') or isinstance(value, (property, type, nonmember)))


class nonmember:
    def __init__(self, value):
        self.value = value


class EnumMeta(type):
    """The class of enumerations."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        members = {key: value for key, value in namespace.items() if _is_member(key, value)}
        own = {key: value for key, value in namespace.items() if key not in members}
        for base in bases:
            if getattr(base, '_member_map_', None):
                raise TypeError(f'{name}: cannot extend {base!r}')
        cls = super().__new__(mcls, name, bases, own, **kwargs)
        _take_texts(cls, namespace)
        cls._member_map_ = {}
        cls._member_names_ = []
        cls._value2member_map_ = {}
        seen = []
        for key, value in members.items():
            if isinstance(value, auto):
                value.value = cls._generate_next_value_(key, 1, len(seen), list(seen))
                value = value.value
            seen.append(_add(cls, key, value)._value_)
        return cls

    def __call__(cls, value, names=None, **kwargs):
        if names is not None or not cls._member_map_ and not hasattr(cls, '_missing_value_'):
            return _functional(cls, value, names)
        return cls.__new__(cls, value)

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError(f"unsupported operand type(s) for 'in': '{type(member).__qualname__}' and "
                            f"'{cls.__class__.__qualname__}'")
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __getitem__(cls, name):
        return cls._member_map_[name]

    @property
    def __members__(cls):
        return dict(cls._member_map_)

    def __repr__(cls):
        return f'<enum {cls.__name__!r}>'


EnumType = EnumMeta


def _take_texts(cls, namespace):
    """A mixed-in type brings its values, not how they are shown."""
    data = _data_type(cls)
    first = next((base for base in cls.__mro__[1:] if isinstance(base, EnumMeta)), None)
    if data is object or first is None:
        return
    for name in ('__repr__', '__str__', '__format__'):
        if name not in namespace and getattr(cls, name) in (getattr(data, name, None), getattr(object, name, None)):
            setattr(cls, name, getattr(first, name) if data not in first.__mro__ else getattr(Enum, name))


def _add(cls, key, value):
    """Makes the member of this name, or another name of the member that has the value already."""
    args = value if isinstance(value, tuple) else (value,)
    data = _data_type(cls)
    if data is object:
        member = object.__new__(cls)
        member._value_ = value
    else:
        member = data.__new__(cls, *args)
        member._value_ = data(*args) if data is not tuple else value
    custom = cls.__dict__.get('__new__')
    if custom is not None:
        member = custom(cls, *args)
        if '_value_' not in member.__dict__:
            member._value_ = value
    for known in cls._member_map_.values():
        if known._value_ == member._value_ and type(known._value_) is type(member._value_):
            cls._member_map_[key] = known
            setattr(cls, key, known)
            return known
    member._name_ = key
    if cls.__init__ is not object.__init__ and '__init__' in _own_names(cls):
        member.__init__(*args)
    cls._member_map_[key] = member
    cls._member_names_.append(key)
    try:
        cls._value2member_map_[member._value_] = member
    except TypeError:
        pass
    setattr(cls, key, member)
    return member


def _own_names(cls):
    names = set()
    for base in cls.__mro__:
        if base is not object and base.__module__ != 'builtins':
            names.update(base.__dict__)
    return names


def _data_type(cls):
    for base in cls.__mro__:
        if base in (int, str, float, bytes, tuple):
            return base
    return object


def _functional(cls, name, names):
    """`Enum('Name', 'A B')`"""
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    pairs = names.items() if isinstance(names, dict) else names
    namespace = {}
    for place, item in enumerate(pairs, 1):
        if isinstance(item, str):
            namespace[item] = cls._generate_next_value_(item, 1, place - 1, list(namespace.values()))
        else:
            namespace[item[0]] = item[1]
    return type(cls)(name, (cls,), namespace)


class Enum(metaclass=EnumMeta):
    """A base of enumerations."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for member in cls._member_map_.values():
                if member._value_ == value:
                    return member
        found = cls._missing_(value)
        if isinstance(found, cls):
            return found
        raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')

    @classmethod
    def _missing_(cls, value):
        return None

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [value for value in last_values if isinstance(value, int)]
        return max(numbers) + 1 if numbers else start

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f'<{self.__class__.__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{self.__class__.__name__}.{self._name_}'

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class IntEnum(int, Enum):
    """Members that are numbers as well."""

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, format_spec):
        return int.__format__(self, format_spec)

    def __hash__(self):
        return int.__hash__(self)


class StrEnum(str, Enum):
    """Members that are texts as well."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return str.__str__(self)

    def __format__(self, format_spec):
        return str.__format__(self, format_spec)

    def __hash__(self):
        return str.__hash__(self)


class Flag(Enum):
    """Members that can be put together with `|`."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 2 ** max((value.bit_length() for value in last_values), default=0)

    @classmethod
    def _missing_(cls, value):
        everything = 0
        for member in cls._member_map_.values():
            everything |= member._value_
        if not isinstance(value, int) or value & ~everything:
            return None
        made = object.__new__(cls)
        made._value_ = value
        parts = [name for name in cls._member_names_ if cls._member_map_[name]._value_ & value]
        made._name_ = '|'.join(parts) or None
        cls._value2member_map_[value] = made
        return made

    def __or__(self, other):
        return self.__class__(self._value_ | other._value_)

    def __and__(self, other):
        return self.__class__(self._value_ & other._value_)

    def __xor__(self, other):
        return self.__class__(self._value_ ^ other._value_)

    def __invert__(self):
        everything = 0
        for member in type(self)._member_map_.values():
            everything |= member._value_
        return self.__class__(everything & ~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __bool__(self):
        return bool(self._value_)

    def __iter__(self):
        for member in type(self):
            if member._value_ & self._value_:
                yield member

    def __repr__(self):
        if self._name_ is None:
            return f'<{self.__class__.__name__}: {self._value_}>'
        return f'<{self.__class__.__name__}.{self._name_}: {self._value_}>'

    def __str__(self):
        return f'{self.__class__.__name__}({self._value_})' if self._name_ is None else Enum.__str__(self)


def unique(enumeration):
    """Refuses two names for one value."""
    doubled = [f'{name} -> {member.name}' for name, member in enumeration.__members__.items() if name != member.name]
    if doubled:
        raise ValueError('duplicate values found in %r: %s' % (enumeration, ', '.join(doubled)))
    return enumeration
