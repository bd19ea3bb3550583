"""Groups of things, and how their members are asked for.

Using a group asks for what it does not know yet: whether there is anything in it, each member in
turn, and whether there is another.
"""

_gathering = []


def _stop_gathering():
    """Forgets which groups were being gathered; called when the interview starts over."""
    _gathering.clear()


class DAGroup(DAObject):
    """What lists, dictionaries and sets have in common."""

    def init(self, *pargs, **kwargs):
        self.auto_gather = kwargs.pop('auto_gather', True)
        self.ask_number = kwargs.pop('ask_number', False)
        self.minimum_number = kwargs.pop('minimum_number', None)
        self.set_object_type(kwargs.pop('object_type', None))
        if 'object_type_parameters' in kwargs:
            self.object_type_parameters.update(kwargs.pop('object_type_parameters'))
        self.complete_attribute = kwargs.pop('complete_attribute', None)
        self.ask_object_type = kwargs.pop('ask_object_type', False)
        super().init(*pargs, **kwargs)

    def set_object_type(self, plan):
        """Says of which class the members are."""
        if isinstance(plan, DAObjectPlusParameters):
            self.object_type = plan.object_type
            self.object_type_parameters = dict(plan.parameters)
        else:
            self.object_type = plan
            self.object_type_parameters = {}

    def _is_gathering(self):
        return self.instanceName in _gathering

    def _trigger_gather(self):
        """Asks for the members if that was not done and is not under way."""
        if self._is_gathering():
            return
        if self.auto_gather:
            if not (hasattr(self, 'gathered') and self.gathered):
                self.gather()
        else:
            self.gathered

    def _complete(self, item):
        """Asks for what a member needs in order to be complete."""
        if self.object_type is not None and self.complete_attribute is not None:
            names = self.complete_attribute
            for name in names if isinstance(names, list) else [names]:
                getattr(item, name)
        else:
            str(item)

    def _members(self):
        return list(self.elements)

    def gather(self, item_object_type=None, number=None, minimum=None, complete_attribute=None):
        """Asks for all members."""
        if hasattr(self, 'gathered') and self.gathered:
            if not (self.auto_gather and len(self.elements) == 0 and hasattr(self, 'there_are_any') and self.there_are_any):
                return True
        if item_object_type is not None:
            self.set_object_type(item_object_type)
        if complete_attribute is not None:
            self.complete_attribute = complete_attribute
        _gathering.append(self.instanceName)
        if self.ask_number:
            if hasattr(self, 'there_are_any') and not self.there_are_any:
                number = 0
            else:
                number = int(self.target_number)
        if minimum is None:
            minimum = self.minimum_number
        if number is None and not minimum and len(self.elements) == 0:
            minimum = 1 if self.there_are_any else 0
        for item in self._members():
            self._complete(item)
        least = minimum or 0
        while len(self.elements) < least:
            self._next_member()
        if number is not None:
            while len(self.elements) < number:
                self._next_member()
        elif minimum != 0:
            while self._there_is_more():
                self.delattr('there_is_another', 'there_is_one_other')
                self._necessary_length = len(self.elements) + 1
                self._next_member()
                self.delattr('_necessary_length')
        self.delattr('_necessary_length')
        if self.auto_gather:
            self.hook_on_gather()
            self.gathered = True
            self.revisit = True
            self.hook_after_gather()
        _gathering.remove(self.instanceName)
        return True

    def _there_is_more(self):
        if '_necessary_length' in self.__dict__ and len(self.elements) < self._necessary_length:
            return True
        if hasattr(self, 'there_is_one_other') and self.there_is_one_other:
            return True
        return self.there_is_another

    def hook_on_gather(self, *pargs, **kwargs):
        pass

    def hook_after_gather(self, *pargs, **kwargs):
        pass

    def has_been_gathered(self):
        return bool(hasattr(self, 'gathered') and self.gathered)

    def reset_gathered(self, recursive=False, only_if_empty=False, mark_incomplete=False):
        if only_if_empty and len(self.elements) > 0:
            return
        self.delattr('there_are_any', 'gathered', 'there_is_another', 'revisit')
        if mark_incomplete and self.complete_attribute is not None:
            for item in self._members():
                item.delattr(self.complete_attribute)

    def gathered_and_complete(self):
        if not hasattr(self, 'doing_gathered_and_complete'):
            self.doing_gathered_and_complete = True
            if self.complete_attribute == 'complete':
                for item in self._members():
                    item.delattr('complete')
            self.delattr('gathered')
        self.gather()
        self.delattr('doing_gathered_and_complete')
        return True

    def number(self):
        """How many members there are."""
        self._trigger_gather()
        return len(self.elements)

    def number_gathered(self, if_started=False):
        return len(self.elements)

    def number_as_word(self, language=None, capitalize=False):
        said = nice_number(self.number())
        return said[:1].upper() + said[1:] if capitalize else said

    def number_gathered_as_word(self, language=None):
        return nice_number(self.number_gathered())

    def total(self):
        """The sum of the members."""
        result = 0
        for item in self._values():
            result += value_of_number(item)
        return result

    def does_verb(self, the_verb, **kwargs):
        number = kwargs.get('number', self.number())
        return verb_present(the_verb, 3 if number == 1 else 'pl') if kwargs.get('past') is not True else verb_past(the_verb)

    def did_verb(self, the_verb, **kwargs):
        return verb_past(the_verb)

    def as_noun(self, *pargs, **kwargs):
        """The name of the group as a noun, in the number that it has."""
        self._trigger_gather()
        the_noun = pargs[0] if pargs else _last_name(self.instanceName)
        if len(self.elements) == 1 and not kwargs.get('plural'):
            said = noun_singular(the_noun)
        else:
            said = noun_plural(the_noun)
        return capitalize(said) if kwargs.get('capitalize') else said

    def as_singular_noun(self):
        return noun_singular(_last_name(self.instanceName))

    def possessive(self, target, **kwargs):
        return possessify(self.as_noun(), target, plural=(self.number() > 1))

    def is_are(self, *pargs, **kwargs):
        return self.does_verb('is')

    def pronoun(self, **kwargs):
        if self.number() == 1:
            return self._values()[0].pronoun(**kwargs)
        return word('them')

    def pronoun_subjective(self, **kwargs):
        if self.number() == 1:
            return self._values()[0].pronoun_subjective(**kwargs)
        return word('they')

    def pronoun_possessive(self, target, **kwargs):
        if self.number() == 1:
            return self._values()[0].pronoun_possessive(target, **kwargs)
        return word('their') + ' ' + target

    def quantity_noun(self, *pargs, **kwargs):
        return quantity_noun(self.number(), *pargs, **kwargs)

    def is_user(self):
        return False

    def current_index(self):
        return self.number_gathered()


class DAList(DAGroup):
    """A list whose items are asked for."""

    def init(self, *pargs, **kwargs):
        self.elements = []
        given = kwargs.pop('elements', None)
        kwargs.pop('_', None)
        super().init(*pargs, **kwargs)
        if given is not None:
            for item in given:
                self.append(item)
            self.gathered = True
            self.revisit = True
            self.there_are_any = len(self.elements) > 0

    def _values(self):
        self._trigger_gather()
        return self.elements

    def _new_item(self, index, *pargs, **kwargs):
        plan = kwargs.pop('_plan', None)
        parameters = dict(self.object_type_parameters)
        plan = plan or self.object_type
        if isinstance(plan, DAObjectPlusParameters):
            parameters = dict(plan.parameters)
            plan = plan.object_type
        parameters.update(kwargs)
        return plan(self.instanceName + '[' + str(index) + ']', *pargs, **parameters)

    def appendObject(self, *pargs, **kwargs):
        """Adds a new object of the list's class, or of the class that is given."""
        plan = pargs[0] if pargs else (self.object_type or DAObject)
        item = self._new_item(len(self.elements), _plan=plan, **kwargs) if pargs else self._new_item(
            len(self.elements), _plan=None if self.object_type else plan, **kwargs)
        self.elements.append(item)
        self.there_are_any = True
        return item

    append_object = appendObject

    def _next_member(self):
        index = len(self.elements)
        if self.object_type is not None:
            self.appendObject()
        self._complete(self[index])

    def append(self, *pargs, **kwargs):
        for item in pargs:
            self._adopt(item, len(self.elements))
            self.elements.append(item)
            self.there_are_any = True

    def _adopt(self, item, index):
        if isinstance(item, DAObject) and not item.has_nonrandom_instance_name:
            item._set_instance_name_recursively(self.instanceName + '[' + str(index) + ']')

    def _fill_up_to(self, index):
        while len(self.elements) <= index and len(self.elements) < index + 11:
            self.elements.append(self._new_item(len(self.elements)))

    def __getitem__(self, index):
        if isinstance(index, slice):
            self._trigger_gather()
            return self.elements[index]
        if -len(self.elements) <= index < len(self.elements):
            return self.elements[index]
        if self.object_type is not None and self.auto_gather and self.has_been_gathered():
            raise IndexError('list index out of range')
        if self.object_type is not None and index >= 0:
            self._fill_up_to(index)
            return self.elements[index]
        if self.has_been_gathered() and self.auto_gather:
            raise IndexError('list index out of range')
        _engine.missing(self.instanceName + '[' + str(index) + ']', 'IndexError')

    def __setitem__(self, index, item):
        if isinstance(index, int) and index >= len(self.elements):
            while len(self.elements) < index:
                self.elements.append(None)
            self._adopt(item, index)
            self.elements.append(item)
            return
        self._adopt(item, index)
        self.elements[index] = item

    def __delitem__(self, index):
        del self.elements[index]
        self._reset_instance_names()

    def _reset_instance_names(self):
        for index, item in enumerate(self.elements):
            name = self.instanceName + '[' + str(index) + ']'
            if isinstance(item, DAObject) and item.instanceName != name and item.instanceName.startswith(self.instanceName + '['):
                item._set_instance_name_recursively(name)

    def __len__(self):
        return len(self._values())

    def __iter__(self):
        return iter(self._values())

    def __contains__(self, item):
        return item in self._values()

    def __bool__(self):
        return len(self._values()) > 0

    def __reversed__(self):
        return reversed(self._values())

    def __add__(self, other):
        return self._values() + (other._values() if isinstance(other, DAList) else list(other))

    def __radd__(self, other):
        return list(other) + self._values()

    def __str__(self):
        return str(self.comma_and_list())

    def index(self, *pargs, **kwargs):
        return self._values().index(*pargs)

    def count(self, item):
        return self._values().count(item)

    def clear(self):
        self.elements = []

    def extend(self, items):
        for item in items:
            self.append(item)

    def insert(self, index, item):
        self._adopt(item, index)
        self.elements.insert(index, item)
        self._reset_instance_names()

    def pop(self, *pargs):
        item = self.elements.pop(*pargs)
        self._reset_instance_names()
        if len(self.elements) == 0:
            self.there_are_any = False
        return item

    def remove(self, *pargs):
        for item in pargs:
            if item in self.elements:
                self.elements.remove(item)
        self._reset_instance_names()
        if len(self.elements) == 0:
            self.there_are_any = False

    def sort(self, *pargs, **kwargs):
        self.elements = sorted(self._values(), **kwargs)
        self._reset_instance_names()
        return self

    def sort_elements(self, *pargs, **kwargs):
        self.sort(*pargs, **kwargs)

    def reverse(self):
        self._values().reverse()
        self._reset_instance_names()

    def copy(self):
        return self._values().copy()

    def filter(self, *pargs, **kwargs):
        new = self.copy_shallow(self.instanceName)
        new.elements = [item for item in self._values()
                        if all(getattr(item, name) == value for name, value in kwargs.items())]
        new.gathered = True
        return new

    def item(self, index):
        """The item at an index, or nothing if there is none."""
        self._trigger_gather()
        if index < len(self.elements):
            return self[index]
        return DAEmpty()

    def first(self):
        return self[0] if len(self._values()) == 0 else self.elements[0]

    def last(self):
        self._trigger_gather()
        return self.elements[-1] if self.elements else self[0]

    def comma_and_list(self, *pargs, **kwargs):
        self._trigger_gather()
        return comma_and_list(self.elements, **kwargs)

    def complete_elements(self, complete_attribute=None):
        """The items that need no more questions."""
        wanted = complete_attribute or self.complete_attribute
        names = wanted if isinstance(wanted, list) else [wanted]
        chosen = []
        for item in self.elements:
            if item is None:
                continue
            if wanted is not None and isinstance(item, DAObject):
                complete = all(hasattr(item, name) for name in names)
            else:
                complete = _engine.can_show(item)
            if complete:
                chosen.append(item)
        return chosen


class DADict(DAGroup):
    """A dictionary whose keys and values are asked for."""

    ordered = False

    def init(self, *pargs, **kwargs):
        self.elements = {}
        given = kwargs.pop('elements', None)
        kwargs.pop('keys', None)
        super().init(*pargs, **kwargs)
        if given is not None:
            self.elements.update(given)
            self.gathered = True
            self.revisit = True
            self.there_are_any = len(self.elements) > 0

    def _values(self):
        self._trigger_gather()
        return [self.elements[key] for key in self._ordered_keys()]

    def _members(self):
        return [self.elements[key] for key in self._ordered_keys()]

    def _ordered_keys(self):
        if self.ordered:
            return list(self.elements)
        try:
            return sorted(self.elements)
        except TypeError:
            return list(self.elements)

    def initializeObject(self, *pargs, **kwargs):
        pargs = list(pargs)
        key = pargs.pop(0)
        plan = pargs.pop(0) if pargs else self.object_type
        parameters = dict(self.object_type_parameters)
        if isinstance(plan, DAObjectPlusParameters):
            parameters = dict(plan.parameters)
            plan = plan.object_type
        if plan is None:
            plan = DAObject
        parameters.update(kwargs)
        item = plan(self.instanceName + '[' + repr(key) + ']', **parameters)
        self.elements[key] = item
        return item

    def new(self, *pargs, **kwargs):
        for keys in pargs:
            for key in [keys] if isinstance(keys, str) else keys:
                if key not in self.elements:
                    self.initializeObject(key, **kwargs)

    def _next_member(self):
        key = self.new_item_name
        self.delattr('new_item_name')
        if self.object_type is not None:
            if key not in self.elements:
                self.initializeObject(key)
        elif 'new_item_value' in self.__dict__:
            self.elements[key] = self.new_item_value
            self.delattr('new_item_value')
        elif key not in self.elements:
            self.new_item_name = key
            value = self._value_of_new_item(key)
            self.delattr('new_item_name')
            self.elements[key] = value
        self._complete(self.elements[key])

    def _value_of_new_item(self, key):
        if _engine.can_be_defined(self.instanceName + '.new_item_value'):
            value = self.new_item_value
            self.delattr('new_item_value')
            return value
        return self[key]

    def __getitem__(self, key):
        if key in self.elements:
            return self.elements[key]
        if self.object_type is not None:
            return self.initializeObject(key)
        if isinstance(key, str) or isinstance(key, int) or isinstance(key, bool):
            _engine.missing(self.instanceName + '[' + repr(key) + ']', 'KeyError')
        raise KeyError(key)

    def __setitem__(self, key, value):
        if isinstance(value, DAObject) and not value.has_nonrandom_instance_name:
            value._set_instance_name_recursively(self.instanceName + '[' + repr(key) + ']')
        self.elements[key] = value

    def __delitem__(self, key):
        del self.elements[key]

    def __contains__(self, key):
        self._trigger_gather()
        return key in self.elements

    def __len__(self):
        return len(self._values())

    def __bool__(self):
        return len(self._values()) > 0

    def __iter__(self):
        self._trigger_gather()
        return iter(self._ordered_keys())

    def __str__(self):
        return str(self.comma_and_list())

    def keys(self):
        self._trigger_gather()
        return self._ordered_keys()

    def values(self):
        return self._values()

    def items(self):
        self._trigger_gather()
        return [(key, self.elements[key]) for key in self._ordered_keys()]

    def get(self, *pargs):
        self._trigger_gather()
        return self.elements.get(*pargs)

    def pop(self, *pargs):
        return self.elements.pop(*pargs)

    def update(self, *pargs, **kwargs):
        for given in pargs:
            self.elements.update(given.elements if isinstance(given, DADict) else given)
        self.elements.update(kwargs)

    def clear(self):
        self.elements.clear()

    def comma_and_list(self, **kwargs):
        self._trigger_gather()
        return comma_and_list(self._ordered_keys(), **kwargs)

    def _keys_where(self, condition, insertion_order=False):
        self._trigger_gather()
        keys = list(self.elements) if insertion_order else self._ordered_keys()
        return [key for key in keys if condition(self.elements[key])]

    def true_values(self, insertion_order=False):
        return self._group_of(self._keys_where(lambda value: bool(value), insertion_order))

    def false_values(self, insertion_order=False):
        return self._group_of(self._keys_where(lambda value: not value, insertion_order))

    def _group_of(self, keys):
        result = DAList(elements=keys)
        result.set_random_instance_name()
        return result

    def any_true(self):
        return any(bool(value) for value in self._values())

    def any_false(self):
        return any(not value for value in self._values())

    def all_true(self, *pargs, **kwargs):
        exclusive = kwargs.get('exclusive', False)
        if not pargs:
            return all(bool(value) for value in self._values())
        self._trigger_gather()
        named = all(key in self.elements and self.elements[key] for key in pargs)
        if exclusive:
            return named and not any(value for key, value in self.elements.items() if key not in pargs)
        return named

    def all_false(self, *pargs, **kwargs):
        exclusive = kwargs.get('exclusive', False)
        if not pargs:
            return all(not value for value in self._values())
        self._trigger_gather()
        named = all(key in self.elements and not self.elements[key] for key in pargs)
        if exclusive:
            return named and not any(not value for key, value in self.elements.items() if key not in pargs)
        return named


class DAOrderedDict(DADict):
    """A dictionary that keeps the order in which its keys came."""

    ordered = True


class DASet(DAGroup):
    """A set whose members are asked for."""

    def init(self, *pargs, **kwargs):
        self.elements = set()
        given = kwargs.pop('elements', None)
        super().init(*pargs, **kwargs)
        if given is not None:
            self.elements |= set(given)
            self.gathered = True
            self.revisit = True
            self.there_are_any = len(self.elements) > 0

    def _values(self):
        self._trigger_gather()
        return sorted(self.elements)

    def _next_member(self):
        self.elements.add(self.new_item)
        self.delattr('new_item')

    def _complete(self, item):
        pass

    def add(self, *pargs):
        for item in pargs:
            self.elements.add(item)

    def discard(self, item):
        self.elements.discard(item)

    def remove(self, item):
        self.elements.remove(item)

    def clear(self):
        self.elements.clear()

    def __contains__(self, item):
        self._trigger_gather()
        return item in self.elements

    def __iter__(self):
        return iter(self._values())

    def __len__(self):
        return len(self._values())

    def __bool__(self):
        return len(self._values()) > 0

    def __str__(self):
        return str(self.comma_and_list())

    def union(self, other):
        self._trigger_gather()
        return DASet(elements=self.elements.union(_plain_set(other)))

    def intersection(self, other):
        self._trigger_gather()
        return DASet(elements=self.elements.intersection(_plain_set(other)))

    def difference(self, other):
        self._trigger_gather()
        return DASet(elements=self.elements.difference(_plain_set(other)))

    def comma_and_list(self, **kwargs):
        return comma_and_list(self._values(), **kwargs)


def _plain_set(other):
    return set(other._values()) if isinstance(other, DAGroup) else set(other)


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
