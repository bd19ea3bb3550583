"""Enumerations: classes whose attributes are their only instances, and flags, which join."""

import builtins as _builtins
import sys
from functools import reduce
from operator import or_ as _or_
from types import DynamicClassAttribute, MappingProxyType

import _machine

__all__ = ['EnumType', 'EnumMeta', 'Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag', 'ReprEnum', 'auto', 'unique', 'property',
           'verify', 'member', 'nonmember', 'FlagBoundary', 'STRICT', 'CONFORM', 'EJECT', 'KEEP', 'global_flag_repr',
           'global_enum_repr', 'global_str', 'global_enum', 'EnumCheck', 'CONTINUOUS', 'NAMED_FLAGS', 'UNIQUE',
           'pickle_by_global_name', 'pickle_by_enum_name']

# Built up below; the metaclass asks for them while they are not there yet.
Enum = Flag = EJECT = KEEP = ReprEnum = _stdlib_enums = None


class nonmember:
    """Says that a value in the body of an enumeration is no member."""

    def __init__(self, value):
        self.value = value


class member:
    """Says that a value in the body of an enumeration is a member."""

    def __init__(self, value):
        self.value = value


def _is_descriptor(obj):
    return hasattr(obj, '__get__') or hasattr(obj, '__set__') or hasattr(obj, '__delete__')


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_'


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _is_internal_class(cls_name, obj):
    if not isinstance(obj, type):
        return False
    qualname = getattr(obj, '__qualname__', '')
    pattern = cls_name + '.' + getattr(obj, '__name__', '')
    return qualname == pattern or qualname.endswith('.' + pattern)


def _is_private(cls_name, name):
    """Whether a name is one that a class keeps for itself: `_Color__x`."""
    prefix = f'_{cls_name}__'
    return len(name) > len(prefix) and name.startswith(prefix) and (name[-1] != '_' or name[-2] != '_')


def _is_single_bit(num):
    return num > 0 and num & (num - 1) == 0


def _make_class_unpicklable(obj):
    def _break_on_call_reduce(self, proto):
        raise TypeError('%r cannot be pickled' % self)
    if isinstance(obj, dict):
        obj['__reduce_ex__'] = _break_on_call_reduce
        obj['__module__'] = '<unknown>'
    else:
        obj.__reduce_ex__ = _break_on_call_reduce
        obj.__module__ = '<unknown>'


def _iter_bits_lsb(num):
    """The bits of a number, the lowest first."""
    if isinstance(num, Enum):
        num = num.value
    if num < 0:
        raise ValueError('%r is not a positive integer' % (num,))
    while num:
        bit = num & (~num + 1)
        yield bit
        num ^= bit


def show_flag_values(value):
    return list(_iter_bits_lsb(value))


def bin(num, max_bits=None):
    """A number in bits, with the sign as a bit of its own: `0b0 1010`."""
    ceiling = 2 ** num.bit_length()
    if num >= 0:
        text = _builtins.bin(num + ceiling).replace('1', '0', 1)
    else:
        text = _builtins.bin(~num ^ (ceiling - 1) + ceiling)
    sign, digits = text[:3], text[3:]
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign[-1] * max_bits + digits)[-max_bits:]
    return f'{sign} {digits}'


_auto_null = object()


class auto:
    """Stands for the next value."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return 'auto(%r)' % self.value


class property(DynamicClassAttribute):
    """An attribute of members that may have the name of a member."""

    member = None

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.member is not None:
                return self.member
            found = ownerclass._member_map_.get(self.name)
            if found is None:
                raise AttributeError('%r has no attribute %r' % (ownerclass, self.name))
            return found
        if self.fget is not None:
            return self.fget(instance)
        if self.member is not None:
            return self.member
        found = ownerclass._member_map_.get(self.name)
        if found is None:
            raise AttributeError('%r member has no attribute %r' % (ownerclass, self.name))
        return found

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError('<enum %r> cannot set attribute %r' % (self.clsname, self.name))
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError('<enum %r> cannot delete attribute %r' % (self.clsname, self.name))
        return self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__


class _proto_member:
    """Stands in a class that is being made where a member will be."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, enum_class, member_name):
        type.__delattr__(enum_class, member_name)
        value = self.value
        args = value if isinstance(value, tuple) else (value,)
        if enum_class._member_type_ is tuple:
            args = (args,)
        if not enum_class._use_args_:
            made = enum_class._new_member_(enum_class)
        else:
            made = enum_class._new_member_(enum_class, *args)
        if not hasattr(made, '_value_'):
            if enum_class._member_type_ is object:
                made._value_ = value
            else:
                try:
                    made._value_ = enum_class._member_type_(*args)
                except Exception as exc:
                    raise TypeError('_value_ not set in __new__, unable to create it') from exc
        value = made._value_
        made._name_ = member_name
        made.__objclass__ = enum_class
        made.__init__(*args)
        made._sort_order_ = len(enum_class._member_names_)
        known = self._known(enum_class, value)
        if known is not None:
            made = known
        elif Flag is None or not issubclass(enum_class, Flag) or isinstance(value, int) and _is_single_bit(value):
            enum_class._member_names_.append(member_name)
        self._put(enum_class, member_name, made)
        enum_class._member_map_[member_name] = made
        try:
            enum_class._value2member_map_.setdefault(value, made)
        except TypeError:
            enum_class._unhashable_values_.append(value)

    def _known(self, enum_class, value):
        """The member that has the value already."""
        try:
            return enum_class._value2member_map_.get(value)
        except TypeError:
            for known in enum_class._member_map_.values():
                if known._value_ == value:
                    return known
        return None

    def _put(self, enum_class, name, made):
        """Makes the member an attribute, beside what members have under the name."""
        found = None
        for base in enum_class.__mro__[1:]:
            if name in base.__dict__:
                found = base.__dict__[name]
                break
        if found is None or not isinstance(found, (property, DynamicClassAttribute)) and not _is_descriptor(found):
            type.__setattr__(enum_class, name, made)
            return
        redirect = property()
        redirect.member = made
        redirect.__set_name__(enum_class, name)
        if isinstance(found, DynamicClassAttribute):
            redirect.fget, redirect.fset, redirect.fdel = found.fget, found.fset, found.fdel
        type.__setattr__(enum_class, name, redirect)


class _EnumDict(dict):
    """The namespace of the body of an enumeration: sees the members as they are written."""

    def __init__(self):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._cls_name = None

    def __setitem__(self, key, value):
        if self._cls_name is not None and _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            key, value = self._reserved(key, value)
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError('%r already defined as %r' % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif _is_descriptor(value):
            pass
        else:
            if self._cls_name is not None and _is_internal_class(self._cls_name, value):
                import warnings
                warnings.warn('In 3.13 classes created inside an enum will not become a member.  Use the `member` '
                              'decorator to keep the current behavior.', DeprecationWarning, stacklevel=2)
            if key in self:
                raise TypeError('%r already defined as %r' % (key, self[key]))
            if isinstance(value, member):
                value = value.value
            value = self._numbered(key, value)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _reserved(self, key, value):
        if key not in ('_order_', '_generate_next_value_', '_numeric_repr_', '_missing_', '_ignore_', '_iter_member_',
                       '_iter_member_by_value_', '_iter_member_by_def_'):
            raise ValueError('_sunder_ names, such as %r, are reserved for future Enum use' % (key,))
        if key == '_generate_next_value_':
            if self._auto_called:
                raise TypeError('_generate_next_value_ must be defined before members')
            self._generate_next_value = value.__func__ if isinstance(value, staticmethod) else value
        elif key == '_ignore_':
            value = value.replace(',', ' ').split() if isinstance(value, str) else list(value)
            self._ignore = value
            already = set(value) & set(self._member_names)
            if already:
                raise ValueError('_ignore_ cannot specify already set names: %r' % (already,))
        return key, value

    def _numbered(self, key, value):
        """The value with each `auto()` in it replaced."""
        single = isinstance(value, auto)
        parts = (value,) if single else value
        if not isinstance(parts, tuple):
            return value
        done = []
        for part in parts:
            if isinstance(part, auto):
                if part.value is _auto_null:
                    part.value = self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])
                self._auto_called = True
                part = part.value
            self._last_values.append(part)
            done.append(part)
        if parts:
            del self._last_values[-len(parts):]
        if single:
            return done[0]
        if all(a is b for a, b in zip(done, parts)):
            return value
        return type(value)(done) if type(value) is tuple else type(value)(*done)

    def update(self, members, **more_members):
        try:
            for name in members.keys():
                self[name] = members[name]
        except AttributeError:
            for name, value in members:
                self[name] = value
        for name, value in more_members.items():
            self[name] = value


class EnumType(type):
    """The class of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = _EnumDict()
        namespace._cls_name = cls
        _, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace['_generate_next_value_'] = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        if not isinstance(classdict, _EnumDict):
            prepared = metacls.__prepare__(cls, bases)
            prepared.update(classdict)
            classdict = prepared
        dict.setdefault(classdict, '_ignore_', []).append('_ignore_')
        for key in dict.__getitem__(classdict, '_ignore_'):
            classdict.pop(key, None)
        names = classdict._member_names
        invalid = set(names) & {'mro', ''}
        if invalid:
            raise ValueError('invalid enum member name(s) ' + ','.join(repr(name) for name in invalid))
        order = classdict.pop('_order_', None)
        following = classdict.get('_generate_next_value_')
        if following is not None and type(following) is not staticmethod:
            dict.__setitem__(classdict, '_generate_next_value_', staticmethod(following))
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        body = dict(classdict)
        for name in names:
            body[name] = _proto_member(body[name])
        body['_new_member_'] = staticmethod(new)
        body['_use_args_'] = use_args
        body['_member_names_'] = []
        body['_member_map_'] = {}
        body['_value2member_map_'] = {}
        body['_unhashable_values_'] = []
        body['_member_type_'] = member_type
        body['_value_repr_'] = metacls._find_data_repr_(cls, bases)
        body['_boundary_'] = boundary or getattr(first_enum, '_boundary_', None)
        body['_flag_mask_'] = body['_singles_mask_'] = body['_all_bits_'] = 0
        body['_inverted_'] = None
        enum_class = super().__new__(metacls, cls, bases, body, **kwds)
        metacls._take_texts(enum_class, classdict, member_type, first_enum, bases)
        if Enum is not None:
            if save_new:
                type.__setattr__(enum_class, '__new_member__', staticmethod(new))
            type.__setattr__(enum_class, '__new__', staticmethod(Enum.__new__))
        metacls._finish_flags(enum_class)
        if order is not None:
            metacls._check_order(enum_class, order, names)
        return enum_class

    def __init__(cls, *args, **kwds):
        pass

    @staticmethod
    def _take_texts(enum_class, classdict, member_type, first_enum, bases):
        """A mixed-in type brings its values, not how they are shown, unless only the `repr` is to be that of enumerations."""
        if ReprEnum is not None and ReprEnum in bases:
            if member_type is object:
                raise TypeError('ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)')
            if '__format__' not in classdict:
                type.__setattr__(enum_class, '__format__', member_type.__format__)
            if '__str__' not in classdict:
                # Numbers have no text beside the one that `repr` shows.
                name = '__str__' if '__str__' in member_type.__dict__ and not issubclass(
                    member_type, (int, float, complex)) else '__repr__'
                type.__setattr__(enum_class, '__str__', getattr(member_type, name))
        for name in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
            if name in classdict or first_enum is None or ReprEnum is not None and ReprEnum in bases and name in (
                    '__format__', '__str__'):
                continue
            found = getattr(enum_class, name)
            if found in (getattr(member_type, name), getattr(object, name)):
                type.__setattr__(enum_class, name, getattr(first_enum, name))
        if Flag is not None and issubclass(enum_class, Flag):
            for name in ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__', '__invert__'):
                if name not in classdict:
                    type.__setattr__(enum_class, name, getattr(Flag, name))

    @staticmethod
    def _finish_flags(enum_class):
        if Flag is None or not issubclass(enum_class, Flag):
            return
        mask = singles = 0
        for each in enum_class._member_map_.values():
            value = each._value_
            if not isinstance(value, int):
                continue
            if value >= 0:
                mask |= value
                if _is_single_bit(value):
                    singles |= value
        type.__setattr__(enum_class, '_flag_mask_', mask)
        type.__setattr__(enum_class, '_singles_mask_', singles)
        type.__setattr__(enum_class, '_all_bits_', 2 ** mask.bit_length() - 1)
        members = [each._value_ for each in enum_class]
        if sorted(members) != members:
            type.__setattr__(enum_class, '_iter_member_', enum_class._iter_member_by_def_)

    @staticmethod
    def _check_order(enum_class, order, names):
        if isinstance(order, str):
            order = order.replace(',', ' ').split()
        if Flag is not None and issubclass(enum_class, Flag):
            aliases = [name for name in enum_class._member_map_
                       if name not in enum_class._member_names_]
            order = [name for name in order if name not in aliases
                     or _is_single_bit(enum_class._member_map_[name]._value_)]
        else:
            order = [name for name in order if name not in enum_class._member_map_
                     or name == enum_class._member_map_[name]._name_]
        if order != enum_class._member_names_:
            raise TypeError('member order does not match _order_:\n  %r\n  %r' % (enum_class._member_names_, order))

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """The member with a value, or a new enumeration by its name and those of its members."""
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start, boundary=boundary)

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            import warnings
            warnings.warn("in 3.12 __contains__ will no longer raise TypeError, but will return True if\n"
                          "obj is a member or a member's value", DeprecationWarning, stacklevel=2)
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'"
                            % (type(member).__qualname__, cls.__class__.__qualname__))
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError('%r cannot delete member %r.' % (cls.__name__, attr))
        super().__delattr__(attr)

    def __dir__(cls):
        names = {'__class__', '__contains__', '__doc__', '__getitem__', '__iter__', '__len__', '__members__',
                 '__module__', '__name__', '__qualname__', *cls._member_names_}
        if cls._new_member_ is not object.__new__:
            names.add('__new__')
        if cls.__init_subclass__ is not object.__init_subclass__:
            names.add('__init_subclass__')
        if cls._member_type_ is not object:
            names |= set(dir(cls._member_type_))
        return sorted(names)

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @_builtins.property
    def __members__(cls):
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return '<flag %r>' % cls.__name__
        return '<enum %r>' % cls.__name__

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError('cannot reassign member %r' % (name,))
        super().__setattr__(name, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        _, first_enum = cls._get_mixins_(class_name, bases)
        namespace = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            given, names, values = names, [], []
            for count, name in enumerate(given):
                value = first_enum._generate_next_value_(name, start, count, values[:])
                values.append(value)
                names.append((name, value))
        for item in names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            namespace[name] = value
        if module is None:
            module = _machine.caller()
        if module is None:
            _make_class_unpicklable(namespace)
        else:
            namespace['__module__'] = module
        if qualname is not None:
            namespace['__qualname__'] = qualname
        return metacls.__new__(metacls, class_name, bases, namespace, boundary=boundary)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """An enumeration out of the constants of a module, which take its members' places."""
        into = sys.modules[module].__dict__
        members = [(key, value) for key, value in (source.__dict__ if source else into).items() if filter(key)]
        try:
            members.sort(key=lambda item: (item[1], item[0]))
        except TypeError:
            members.sort(key=lambda item: item[0])
        made = cls(name, members, module=module, boundary=boundary or KEEP)
        if as_global:
            global_enum(made)
        else:
            into.update(made.__members__)
        into[name] = made
        return made

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError('<enum %r> cannot extend %r' % (class_name, base))

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The type that members hold, and the enumeration that the class derives from."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError('new enumerations should be created as '
                            '`EnumName([mixin_type, ...] [data_type,] enum_type)`')
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    return base._value_repr_
                if '__repr__' in base.__dict__:
                    params = base.__dict__.get('__dataclass_params__')
                    if '__dataclass_fields__' in base.__dict__ and params is not None and params.repr:
                        return _dataclass_repr
                    return base.__dict__['__repr__']
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        found = []
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        if base._member_type_ not in found:
                            found.append(base._member_type_)
                        break
                elif ('__new__' in base.__dict__ or '__dataclass_fields__' in base.__dict__
                      or base.__module__ == 'builtins'):
                    if (candidate or base) not in found:
                        found.append(candidate or base)
                    break
                else:
                    candidate = candidate or base
        if len(found) > 1:
            raise TypeError('too many data types for %r: %r' % (class_name, set(found)))
        return found[0] if found else None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """What makes members, whether it is to be kept, and whether it takes the values."""
        new = classdict.get('__new__')
        save_new = first_enum is not None and new is not None
        if new is None:
            for possible in (member_type, first_enum):
                new = _written(possible, '__new_member__') or _written(possible, '__new__')
                if new is not None:
                    break
        if isinstance(new, staticmethod):
            new = new.__func__
        if new is not None:
            return new, save_new, first_enum is not None
        return object.__new__ if member_type is object else member_type.__new__, save_new, member_type is not object


def _written(cls, name):
    """A method that a class other than `Enum` itself defines in Python."""
    for base in getattr(cls, '__mro__', ()):
        if base is Enum or base is object or base.__module__ == 'builtins':
            continue
        found = base.__dict__.get(name)
        if found is not None:
            found = found.__func__ if isinstance(found, staticmethod) else found
            if Enum is None or found is not Enum.__new__:
                return found
    return None


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    # The base of enumerations.

    @classmethod
    def __signature__(cls):
        return '(value, names=None)' if not cls._member_names_ else '(value)'

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for each in cls._member_map_.values():
                if each._value_ == value:
                    return each
        if not cls._member_map_:
            raise TypeError('%r has no members defined' % cls)
        exc = result = None
        try:
            result = cls._missing_(value)
        except Exception as raised:
            exc = raised
        try:
            if isinstance(result, cls):
                return result
            if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
                return result
            refusal = ValueError('%r is not a valid %s' % (value, cls.__qualname__))
            if result is None and exc is None:
                raise refusal
            if exc is None:
                exc = TypeError('error in %s._missing_: returned %r instead of None or a valid member'
                                % (cls.__name__, result))
            if not isinstance(exc, ValueError):
                exc.__context__ = refusal
            raise exc
        finally:
            exc = refusal = None

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value that `auto()` stands for."""
        if not last_values:
            return start
        last = last_values[-1]
        try:
            ordered = sorted(last_values)
            if last == ordered[-1]:
                return last + 1
        except TypeError:
            ordered = None
        import warnings
        if ordered is None:
            warnings.warn('In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be sortable '
                          'and support adding +1\nand the value returned will be the largest value in the enum '
                          'incremented by 1', DeprecationWarning, stacklevel=3)
        else:
            warnings.warn('In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be sortable '
                          'and support adding +1\nand the value returned will be the largest value in the enum '
                          'incremented by 1', DeprecationWarning, stacklevel=3)
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        shown = self.__class__._value_repr_ or repr
        return '<%s.%s: %s>' % (self.__class__.__name__, self._name_, shown(self._value_))

    def __str__(self):
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def __dir__(self):
        if self.__class__._member_type_ is object:
            names = {'__class__', '__doc__', '__eq__', '__hash__', '__module__', 'name', 'value'}
        else:
            names = set(object.__dir__(self))
        names.update(name for name in getattr(self, '__dict__', ()) if name[0] != '_')
        for cls in self.__class__.mro():
            for name, obj in cls.__dict__.items():
                if name[0] == '_':
                    continue
                if isinstance(obj, property):
                    if obj.fget is not None or name not in self._member_map_:
                        names.add(name)
                    else:
                        names.discard(name)
                elif name not in self._member_map_:
                    names.add(name)
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_


class ReprEnum(Enum):
    # Its members are shown like their values; only `repr` is that of enumerations.
    pass


class IntEnum(int, ReprEnum):
    pass


class StrEnum(str, ReprEnum):
    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError('too many arguments for str(): %r' % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError('%r is not a string' % (values[0],))
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError('encoding must be a string, not %r' % (values[1],))
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError('errors must be a string, not %r' % (values[2]))
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


def pickle_by_global_name(self, proto):
    return self.name


_reduce_ex_by_global_name = pickle_by_global_name


def pickle_by_enum_name(self, proto):
    return getattr, (self.__class__, self._name_)


class FlagBoundary(StrEnum):
    """What becomes of bits that no flag has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    # Members that join with `|`.

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            high = last.bit_length() - 1
        except Exception:
            raise TypeError('invalid flag value %r' % last) from None
        return 2 ** (high + 1)

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _iter_bits_lsb(value & cls._flag_mask_):
            yield cls._value2member_map_.get(bit)

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        yield from sorted(cls._iter_member_by_value_(value), key=lambda each: each._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """The flags that a number is made of, as a member without a name of its own."""
        if not isinstance(value, int):
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        mask, singles, every = cls._flag_mask_, cls._singles_mask_, cls._all_bits_
        if not ~every <= value <= every or value & (every ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError('%r invalid value %r\n    given %s\n  allowed %s'
                                 % (cls, value, bin(value, width), bin(mask, width)))
            if cls._boundary_ is CONFORM:
                value = value & mask
            elif cls._boundary_ is EJECT:
                return value
            elif cls._boundary_ is KEEP:
                if value < 0:
                    value = max(every + 1, 2 ** value.bit_length()) + value
            else:
                raise ValueError('%r unknown flag boundary %r' % (cls, cls._boundary_))
        negative = None
        if value < 0:
            negative = value
            value = every + 1 + value
        unknown = value & ~mask
        aliases = value & ~singles
        own = value & singles
        if unknown and cls._boundary_ is not KEEP:
            raise ValueError('%s(%r) -->  unknown values %r [%s]' % (cls.__name__, value, unknown, bin(unknown)))
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        if not hasattr(made, '_value_'):
            made._value_ = value
        made._name_ = cls._name_of(value, own, aliases) if own or aliases else None
        made = cls._value2member_map_.setdefault(value, made)
        if negative is not None:
            cls._value2member_map_[negative] = made
        return made

    @classmethod
    def _name_of(cls, value, own, aliases):
        members = list(cls._iter_member_(own))
        combined = 0
        for each in members:
            combined |= each._value_
        if aliases:
            for each in cls._member_map_.values():
                if each not in members and each._value_ and each._value_ & value == each._value_:
                    members.append(each)
                    combined |= each._value_
        if not combined:
            return None
        name = '|'.join([each._name_ for each in members])
        unknown = value ^ combined
        return f'{name}|{cls._numeric_repr_(unknown)}' if unknown and cls._boundary_ is KEEP else name

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r"
                            % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        shown = self.__class__._value_repr_ or repr
        name = self.__class__.__name__ if self._name_ is None else f'{self.__class__.__name__}.{self._name_}'
        return '<%s: %s>' % (name, shown(self._value_))

    def __str__(self):
        if self._name_ is None:
            return '%s(%r)' % (self.__class__.__name__, self._value_)
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _get_value(self, flag):
        if isinstance(flag, self.__class__):
            return flag._value_
        if self._member_type_ is not object and isinstance(flag, self._member_type_):
            return flag
        return NotImplemented

    def _joined(self, other, sign, join):
        value = self._get_value(other)
        if value is NotImplemented:
            return NotImplemented
        for flag in (self, other):
            if self._get_value(flag) is None:
                raise TypeError(f"'{flag}' cannot be combined with other flags with {sign}")
        return self.__class__(join(self._value_, value))

    def __or__(self, other):
        return self._joined(other, '|', lambda a, b: a | b)

    def __and__(self, other):
        return self._joined(other, '&', lambda a, b: a & b)

    def __xor__(self, other):
        return self._joined(other, '^', lambda a, b: a ^ b)

    def __invert__(self):
        if self._get_value(self) is None:
            raise TypeError(f"'{self}' cannot be inverted")
        if self._inverted_ is None:
            if self._boundary_ in (EJECT, KEEP):
                self._inverted_ = self.__class__(~self._value_)
            else:
                self._inverted_ = self.__class__(self._singles_mask_ & ~self._value_)
        return self._inverted_

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    pass


def unique(enumeration):
    """Refuses an enumeration with two names for one value."""
    duplicates = [(name, each.name) for name, each in enumeration.__members__.items() if name != each.name]
    if duplicates:
        shown = ', '.join(['%s -> %s' % (alias, name) for alias, name in duplicates])
        raise ValueError('duplicate values found in %r: %s' % (enumeration, shown))
    return enumeration


def _dataclass_repr(self):
    fields = self.__dataclass_fields__
    return ', '.join('%s=%r' % (name, getattr(self, name)) for name in fields if fields[name].repr)


def global_enum_repr(self):
    module = self.__class__.__module__.split('.')[-1]
    return '%s.%s' % (module, self._name_)


def global_flag_repr(self):
    """A flag as its parts in its module."""
    module = self.__class__.__module__.split('.')[-1]
    cls_name = self.__class__.__name__
    if self._name_ is None:
        return '%s.%s(%r)' % (module, cls_name, self._value_)
    if _is_single_bit(self._value_):
        return '%s.%s' % (module, self._name_)
    if self._boundary_ is not KEEP:
        return '|'.join(['%s.%s' % (module, name) for name in self.name.split('|')])
    return '|'.join([name if name[0].isdigit() else '%s.%s' % (module, name) for name in self._name_.split('|')])


def global_str(self):
    """The name alone."""
    if self._name_ is None:
        return '%s(%r)' % (self.__class__.__name__, self._value_)
    return self._name_


def global_enum(cls, update_str=False):
    """Puts the members into the module of their class."""
    if issubclass(cls, Flag):
        cls.__repr__ = global_flag_repr
    else:
        cls.__repr__ = global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Decorates a plain class so that it becomes an enumeration."""
    def convert_class(cls):
        namespace = etype.__class__.__prepare__(cls.__name__, (etype,))
        for name, value in cls.__dict__.items():
            if name not in ('__dict__', '__weakref__'):
                namespace[name] = value
        namespace['__qualname__'] = cls.__qualname__
        return etype.__class__(cls.__name__, (etype,), namespace, boundary=boundary)
    return convert_class


class EnumCheck(StrEnum):
    """What `verify` can look at."""

    CONTINUOUS = 'no skipped integer values'
    NAMED_FLAGS = 'multi-flag aliases may not contain unnamed flags'
    UNIQUE = 'one name per value'


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Decorates an enumeration so that it is looked at when it is made."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                self._unique(enumeration)
            elif check is CONTINUOUS:
                self._continuous(enumeration)
            elif check is NAMED_FLAGS:
                self._named(enumeration)
        return enumeration

    def _unique(self, enumeration):
        duplicates = [(name, each.name) for name, each in enumeration.__members__.items() if name != each.name]
        if duplicates:
            shown = ', '.join(['%s -> %s' % (alias, name) for alias, name in duplicates])
            raise ValueError('aliases found in %r: %s' % (enumeration, shown))

    def _continuous(self, enumeration):
        values = {each.value for each in enumeration}
        if len(values) < 2:
            return
        low, high = min(values), max(values)
        if issubclass(enumeration, Flag):
            missing = [2 ** i for i in range(low.bit_length(), high.bit_length() - 1) if 2 ** i not in values]
        elif issubclass(enumeration, Enum):
            missing = [i for i in range(low + 1, high) if i not in values]
        else:
            raise Exception('verify: unknown type %r' % enumeration)
        if missing:
            text = ('invalid %s %r: missing values %s'
                    % ('flag' if issubclass(enumeration, Flag) else 'enum', enumeration.__name__,
                       ', '.join(str(value) for value in missing)))
            raise ValueError(text if len(text) < 256 else text[:253] + '...')

    def _named(self, enumeration):
        names = enumeration._member_names_
        values = [each.value for each in enumeration]
        missing_names, missing_value = [], 0
        for name, alias in enumeration._member_map_.items():
            if name in names or alias.value < 0:
                continue
            missing = [bit for bit in _iter_bits_lsb(alias.value) if bit not in values]
            if missing:
                missing_names.append(name)
                missing_value |= reduce(_or_, missing)
        if not missing_names:
            return
        if len(missing_names) == 1:
            alias = 'alias %s is missing' % missing_names[0]
        else:
            alias = 'aliases %s and %s are missing' % (', '.join(missing_names[:-1]), missing_names[-1])
        if _is_single_bit(missing_value):
            value = 'value 0x%x' % missing_value
        else:
            value = 'combined values of 0x%x' % missing_value
        raise ValueError('invalid Flag %r: %s %s [use enum.show_flag_values(value) for details]'
                         % (enumeration.__name__, alias, value))


def _test_simple_enum(checked_enum, simple_enum):
    """Refuses two enumerations that differ."""
    differences = []
    for name in {*checked_enum._member_map_, *simple_enum._member_map_}:
        first, second = checked_enum._member_map_.get(name), simple_enum._member_map_.get(name)
        if first is None or second is None:
            differences.append('%s is only in one of them' % name)
        elif (first._name_, first._value_) != (second._name_, second._value_):
            differences.append('%s is %r and %r' % (name, first, second))
    if checked_enum._member_type_ is not simple_enum._member_type_:
        differences.append('they hold %r and %r' % (checked_enum._member_type_, simple_enum._member_type_))
    if differences:
        raise TypeError('enum mismatch:\n   %s' % '\n   '.join(differences))
