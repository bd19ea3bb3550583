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
        """The name of the object as people would say it: `client.mother` is the mother in the client."""
        said = _name_in_words(self.instanceName)
        return capitalize(said) if kwargs.get('capitalize') else said

    def object_possessive(self, target, **kwargs):
        language = kwargs.get('language')
        if '.' in self.instanceName:
            return possessify_long(self.object_name(), target, language=language)
        return possessify(the(self.object_name(), language=language), target, language=language,
                          capitalize=kwargs.get('capitalize', False))

    def instance_name(self):
        return self.instanceName

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

    def alternative(self, *pargs, **kwargs):
        """The keyword argument that is named like the value of an attribute."""
        if not pargs:
            raise DAError('alternative: attribute must be provided')
        chosen = getattr(self, pargs[0])
        return kwargs.get(chosen, kwargs.get('_default', kwargs.get('default')))


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
    said = None
    for part in reversed(name.split('.')):
        said = object_name_convert(part) if said is None else a_in_the_b(said, object_name_convert(part))
    return said


def object_name_convert(part):
    """`case[0]` is the first case, and `income['wages']` the wages income."""
    base, bracket, index = part.partition('[')
    said = word(base.replace('_', ' '))
    if not bracket:
        return said
    index = index.rstrip(']').replace("'", '').replace('"', '')
    return (ordinal(index) if index.isdigit() else index) + ' ' + said


