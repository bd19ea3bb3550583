"""What groups say in words, and what makes sets of them.

Lists, dictionaries and sets are written in Rust, with the way in which their members are asked for.
"""


@_adds_to(DAList, DADict, DASet)
class _GroupWords:
    def comma_and_list(self, **kwargs):
        return comma_and_list(self._members_in_words(), **kwargs)

    def _members_in_words(self):
        self._trigger_gather()
        return self.elements

    def number_as_word(self, language=None, capitalize=False):
        return nice_number(self.number(), language=language, capitalize=capitalize)

    def number_gathered_as_word(self, language=None):
        return nice_number(self.number_gathered(), language=language)

    def total(self):
        """The sum of the members."""
        self._trigger_gather()
        members = self.elements.values() if isinstance(self, DADict) else self.elements
        return sum((value_of_number(item) for item in members), 0)

    def _form(self, kwargs):
        """The form of a verb for the members: one is spoken of as one, and so is none."""
        form = _FORMS.get(self._view(kwargs), '3sg')
        return form[0] + 'pl' if self.number() > 1 else form

    def does_verb(self, the_verb, **kwargs):
        form = self._form(kwargs)
        if kwargs.get('past') is True or kwargs.get('present') is False:
            return verb_past(the_verb, form + 'p', **kwargs)
        return verb_present(the_verb, form, **kwargs)

    def did_verb(self, the_verb, **kwargs):
        return verb_past(the_verb, self._form(kwargs) + 'p', **kwargs)

    def as_noun(self, *pargs, **kwargs):
        """The name of the group as a noun, in the number that it has."""
        the_noun = pargs[0] if pargs else _last_name(self.instanceName)
        many = (self.number() != 1 or kwargs.get('plural')) and not kwargs.get('singular')
        language = kwargs.get('language')
        if many:
            said = noun_plural(the_noun, language=language)
            if kwargs.get('article'):
                said = some(said, language=language) if kwargs.get('some') else said
            elif kwargs.get('this'):
                said = these(said, language=language)
        else:
            said = noun_singular(the_noun, language=language)
            if kwargs.get('article'):
                said = indefinite_article(said, language=language)
            elif kwargs.get('this'):
                said = this(said, language=language)
        return capitalize(said) if kwargs.get('capitalize') else said

    def as_singular_noun(self):
        return noun_singular(_last_name(self.instanceName))

    def possessive(self, target, **kwargs):
        return possessify(self.as_noun(**kwargs), target, plural=(self.number() > 1), language=kwargs.get('language'))

    def _only_member(self):
        """The member of a group of one, if that is an object."""
        if self.number() != 1:
            return None
        self._trigger_gather()
        members = list(self.elements.values() if isinstance(self, DADict) else self.elements)
        return members[0] if isinstance(members[0], DAObject) else None

    def _spoken_of_all(self, kwargs, method, table, third, *words):
        """A group of one object lets it speak; any other is spoken of as many."""
        one = self._only_member()
        if one is not None:
            return getattr(one, method)(*words, **kwargs)
        view = self._view(kwargs)
        func = table.get({'1': '1p', '2': '2p'}.get(view, view))
        return _capitalized(func(*words, **kwargs) if func else third(kwargs), kwargs)

    def pronoun(self, **kwargs):
        return self._spoken_of_all(kwargs, 'pronoun', _OBJECTIVE, lambda kwargs: self._it_or_they(it_objective, them_objective, kwargs))

    def pronoun_objective(self, **kwargs):
        return self.pronoun(**kwargs)

    def pronoun_subjective(self, **kwargs):
        return self._spoken_of_all(kwargs, 'pronoun_subjective', _SUBJECTIVE,
                                   lambda kwargs: self._it_or_they(it_subjective, they_subjective, kwargs))

    def pronoun_possessive(self, target, **kwargs):
        return self._spoken_of_all(kwargs, 'pronoun_possessive', _POSSESSIVE,
                                   lambda kwargs: self._it_or_they(its, their, kwargs, target), target)

    def itself(self, **kwargs):
        return self._spoken_of_all(kwargs, 'itself', _SELF, lambda kwargs: self._it_or_they(itself, themselves, kwargs))

    def _it_or_they(self, one, many, kwargs, *words):
        return (one if self.number() == 1 else many)(*words, **kwargs)

    def is_are_you(self, **kwargs):
        return self._spoken_of_all(kwargs, 'is_are_you', _ARE, lambda kwargs: self._it_or_they(is_word, are_word, kwargs, str(self)))

    def do_question(self, the_verb, **kwargs):
        return self._spoken_of_all(kwargs, 'do_question', _DO, lambda kwargs: self._it_or_they(does_a_b, do_a_b, kwargs, self, the_verb),
                                   the_verb)

    def did_question(self, the_verb, **kwargs):
        return self._spoken_of_all(kwargs, 'did_question', _DID,
                                   lambda kwargs: self._it_or_they(did_a_b, did_a_b_plural, kwargs, self, the_verb), the_verb)

    def were_question(self, the_target, **kwargs):
        return self._spoken_of_all(kwargs, 'were_question', _WERE,
                                   lambda kwargs: self._it_or_they(was_a_b, were_a_b_plural, kwargs, self, the_target), the_target)

    def have_question(self, the_target, **kwargs):
        return self._spoken_of_all(kwargs, 'have_question', _HAVE,
                                   lambda kwargs: self._it_or_they(has_a_b, have_a_b, kwargs, self, the_target), the_target)

    def quantity_noun(self, *pargs, **kwargs):
        return quantity_noun(self.number(), *pargs, **kwargs)

    def is_user(self):
        one = self._only_member()
        return one is not None and one.is_user()

    def _plain_set(self):
        self._trigger_gather()
        return set(self.elements.values()) if isinstance(self, DADict) else set(self.elements)

    def _set_like(self, plain):
        return self.__class__(elements=plain) if isinstance(self, DASet) else DASet(elements=plain)

    def union(self, other_set):
        return self._set_like(self._plain_set().union(_plain_members(other_set)))

    def intersection(self, other_set):
        return self._set_like(self._plain_set().intersection(_plain_members(other_set)))

    def difference(self, other_set):
        return self._set_like(self._plain_set().difference(_plain_members(other_set)))

    def isdisjoint(self, other_set):
        return self._plain_set().isdisjoint(_plain_members(other_set))

    def issubset(self, other_set):
        return self._plain_set().issubset(_plain_members(other_set))

    def issuperset(self, other_set):
        return self._plain_set().issuperset(_plain_members(other_set))


@_adds_to(DADict)
class _DictWords:
    def _members_in_words(self):
        return self._sorted_keys()

    def invalidate_item(self, *pargs):
        """Forgets items; what they were is the default when they are asked for again."""
        for key in pargs:
            if key in self.elements:
                invalidate(self.item_name(key))

    def getitem_fresh(self, key):
        """The value of an item after it was worked out anew."""
        if key in self.elements:
            reconsider(self.item_name(key))
        return self[key]


@_adds_to(DASet)
class _SetWords:
    def _members_in_words(self):
        self._trigger_gather()
        return sorted(str(member) for member in self.elements)

    def __add__(self, other):
        return self if isinstance(other, DAEmpty) else NotImplemented


def _plain_members(given, found=None):
    """All that a value holds, and what that holds: a text is one thing."""
    found = set() if found is None else found
    if isinstance(given, DAObject) and hasattr(given, 'elements'):
        given = given.elements
    if isinstance(given, str) or not hasattr(given, '__iter__') or isinstance(given, DAObject):
        found.add(given)
    else:
        for member in given:
            _plain_members(member, found)
    return found


def _last_name(name):
    last = name.split('.')[-1]
    return last.partition('[')[0].replace('_', ' ')


def value_of_number(value):
    """The number that a value stands for in a sum."""
    if isinstance(value, bool):
        return 1 if value else 0
    if isinstance(value, (int, float)):
        return value
    amount = getattr(value, 'amount', None)
    return amount() if callable(amount) else float(value)
