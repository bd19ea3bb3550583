"""What every object of an interview can say about itself.

`DAObject` itself is written in Rust, as are lists, dictionaries and sets: an attribute that was never
set is not an error but a wish, which the interview fulfils by asking. What an object says in words is
added here.
"""

from _objects import DADict, DAList, DAObject, DAObjectPlusParameters, DAOrderedDict, DASet


def _adds_to(*classes):
    """Adds what the body of a class defines to classes that are written in Rust."""
    def add(body):
        for name, thing in body.__dict__.items():
            if name not in ('__module__', '__doc__', '__qualname__', '__annotations__'):
                for each in classes:
                    setattr(each, name, thing)
        return body
    return add


@_adds_to(DAObject)
class _ObjectWords:
    def object_name(self, **kwargs):
        """The name of the object as people would say it: `client.mother` is the client's mother."""
        said = _name_in_words(self.instanceName)
        return capitalize(said) if kwargs.get('capitalize') else said

    def object_possessive(self, target, **kwargs):
        if _language_of(kwargs) == 'en':
            return possessify_long(self.object_name(), target)
        return possessify(self.object_name(), target)

    def instance_name(self):
        return self.instanceName

    def is_user(self):
        return False

    def invalidate_attr(self, *pargs):
        """Forgets attributes; what they were is the default when they are asked for again."""
        for name in pargs:
            if hasattr(self, name):
                invalidate(self.attr_name(name))

    def getattr_fresh(self, name):
        """The value of an attribute after it was worked out anew."""
        if hasattr(self, name):
            reconsider(self.attr_name(name))
        return getattr(self, name)

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

    def get_field_type(self):
        return 'object'


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
