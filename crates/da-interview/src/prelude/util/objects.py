"""What every object of an interview can do.

An attribute that was never set is not an error: it is a wish, which the interview fulfils by asking.
"""


class DAObjectPlusParameters:
    """A class together with the parameters that its instances are made with."""


class DAObject:
    """The root of all objects whose attributes an interview asks for."""

    @classmethod
    def using(cls, **kwargs):
        plan = DAObjectPlusParameters()
        plan.object_type = cls
        plan.parameters = kwargs
        return plan

    def __init__(self, *pargs, **kwargs):
        if len(pargs) > 0:
            self.instanceName = str(pargs[0])
            self.has_nonrandom_instance_name = True
        else:
            self.instanceName = _engine.random_name()
            self.has_nonrandom_instance_name = False
        self.attrList = []
        self.init(*pargs, **kwargs)

    def init(self, *pargs, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __getattr__(self, name):
        if name.startswith('_') or hasattr(type(self), name):
            raise AttributeError("'" + type(self).__name__ + "' object has no attribute '" + name + "'")
        _engine.missing(self.__dict__.get('instanceName', 'object') + '.' + name)

    def __setattr__(self, name, value):
        if isinstance(value, DAObject) and not value.has_nonrandom_instance_name:
            value.has_nonrandom_instance_name = True
            value._set_instance_name_recursively(self.instanceName + '.' + name)
        object.__setattr__(self, name, value)

    def __str__(self):
        if hasattr(self, 'name') and self.__dict__.get('name') is not None:
            return str(self.name)
        return str(self.object_name())

    def __hash__(self):
        return hash((self.instanceName,))

    def __lt__(self, other):
        return str(self) < str(other)

    def __le__(self, other):
        return str(self) <= str(other)

    def __gt__(self, other):
        return str(self) > str(other)

    def __ge__(self, other):
        return str(self) >= str(other)

    def _set_instance_name_recursively(self, name, matching=None):
        if matching is not None and not self.instanceName.startswith(matching):
            return
        old = self.instanceName
        self.instanceName = name
        self.has_nonrandom_instance_name = True
        for attribute, value in list(self.__dict__.items()):
            if isinstance(value, DAObject) and value.instanceName == old + '.' + attribute:
                value._set_instance_name_recursively(name + '.' + attribute)

    def set_instance_name(self, name):
        self.instanceName = name
        self.has_nonrandom_instance_name = True

    def initializeAttribute(self, *pargs, **kwargs):
        """Makes an attribute an object, unless it is set already."""
        pargs = list(pargs)
        name = pargs.pop(0)
        plan = pargs.pop(0)
        if name in self.__dict__:
            return getattr(self, name)
        return self.reInitializeAttribute(name, plan, *pargs, **kwargs)

    def reInitializeAttribute(self, *pargs, **kwargs):
        """Makes an attribute an object, whatever it was."""
        pargs = list(pargs)
        name = pargs.pop(0)
        plan = pargs.pop(0)
        if isinstance(plan, DAObjectPlusParameters):
            parameters = dict(plan.parameters)
            parameters.update(kwargs)
            kwargs = parameters
            plan = plan.object_type
        value = plan(self.instanceName + '.' + name, **kwargs)
        object.__setattr__(self, name, value)
        if name not in self.attrList:
            self.attrList.append(name)
        return value

    def attribute_defined(self, name):
        return hasattr(self, name)

    def attr(self, name):
        return getattr(self, name, None)

    def attr_name(self, name):
        return self.instanceName + '.' + name

    def delattr(self, *pargs):
        for name in pargs:
            if name in self.__dict__:
                delattr(self, name)

    def invalidate_attr(self, *pargs):
        for name in pargs:
            if name in self.__dict__:
                delattr(self, name)

    def object_name(self):
        """The name of the object as people would say it: `client.mother` is the client's mother."""
        return _name_in_words(self.instanceName)

    def object_possessive(self, target, **kwargs):
        if _language_of(kwargs) == 'en':
            return possessify_long(self.object_name(), target)
        return possessify(self.object_name(), target)

    def instance_name(self):
        return self.instanceName

    def pronoun(self, **kwargs):
        return word('it', **kwargs)

    def pronoun_objective(self, **kwargs):
        return self.pronoun(**kwargs)

    def pronoun_possessive(self, target, **kwargs):
        return word('its', **kwargs) + ' ' + target

    def pronoun_subjective(self, **kwargs):
        return self.pronoun(**kwargs)

    def alternative(self, *pargs, **kwargs):
        """The keyword argument that is named like the value of an attribute."""
        name = pargs[0] if pargs else None
        default = kwargs.pop('_default', kwargs.pop('default', None))
        value = getattr(self, name) if name else None
        return kwargs.get(str(value), default)

    def as_serializable(self):
        return _engine.as_serializable(self)

    def get_field_type(self):
        return 'object'

    def copy_shallow(self, name):
        new = type(self).__new__(type(self))
        for attribute, value in self.__dict__.items():
            object.__setattr__(new, attribute, value)
        new.instanceName = name
        new.has_nonrandom_instance_name = True
        return new

    def copy_deep(self, name):
        new = _engine.deep_copy(self)
        new._set_instance_name_recursively(name)
        return new

    def fix_instance_name(self, old, new):
        if self.instanceName.startswith(old):
            self._set_instance_name_recursively(new + self.instanceName[len(old):])

    def set_random_instance_name(self):
        self.instanceName = _engine.random_name()
        self.has_nonrandom_instance_name = False


class DAEmpty:
    """Takes every use and gives nothing: a value that was left out."""

    def __init__(self, *pargs, **kwargs):
        self.str = str(kwargs.get('str', ''))

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return DAEmpty()

    def __str__(self):
        return self.__dict__.get('str', '')

    def __bool__(self):
        return False

    def __len__(self):
        return 0

    def __iter__(self):
        return iter([])

    def __contains__(self, item):
        return False

    def __getitem__(self, index):
        return DAEmpty()

    def __setitem__(self, key, value):
        pass

    def __call__(self, *pargs, **kwargs):
        return DAEmpty()

    def __eq__(self, other):
        return other == self.str

    def __hash__(self):
        return hash(self.str)

    def __add__(self, other):
        return other

    def __radd__(self, other):
        return other


def _name_in_words(name):
    parts = name.split('.')
    said = _index_in_words(parts[-1])
    for part in reversed(parts[:-1]):
        said = possessify(_index_in_words(part), said)
    return said


def _index_in_words(part):
    if '[' not in part:
        return word(part.replace('_', ' '))
    base, _, rest = part.partition('[')
    index = rest.rstrip(']')
    if index.isdigit():
        return ordinal(int(index)) + ' ' + noun_singular(word(base.replace('_', ' ')))
    return word(index.strip("'").replace('_', ' '))
