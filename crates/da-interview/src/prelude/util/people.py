"""People, things and places."""


class Thing(DAObject):
    """Something with a name."""

    def init(self, *pargs, **kwargs):
        if not hasattr(self, 'name') and 'name' not in kwargs:
            self.initializeAttribute('name', Name)
        elif isinstance(kwargs.get('name'), str):
            self.initializeAttribute('name', Name)
            self.name.text = kwargs.pop('name')
        super().init(*pargs, **kwargs)

    def __setattr__(self, name, value):
        if name == 'name' and isinstance(value, str):
            self.initializeAttribute('name', Name)
            self.name.text = value
        else:
            super().__setattr__(name, value)

    def __str__(self):
        return str(self.name.full())


class Event(DAObject):
    """Something that happens at a place and time."""

    def init(self, *pargs, **kwargs):
        if 'address' not in kwargs:
            self.initializeAttribute('address', City)
        if 'location' not in kwargs:
            self.initializeAttribute('location', LatitudeLongitude)
        super().init(*pargs, **kwargs)

    def __str__(self):
        return str(self.address)


class Name(DAObject):
    """A name in one piece."""

    def full(self, **kwargs):
        return self.text

    def firstlast(self):
        return self.text

    def lastfirst(self):
        return self.text

    def middle_initial(self, with_period=True):
        return ''

    def first_initial(self, with_period=True):
        return ''

    def last_initial(self, with_period=True):
        return ''

    def defined(self):
        return hasattr(self, 'text')

    def familiar(self):
        return self.text

    def __str__(self):
        return str(self.full())


class IndividualName(Name):
    """The name of a person: first, middle, last and suffix."""

    def init(self, *pargs, **kwargs):
        self.uses_parts = kwargs.pop('uses_parts', True)
        super().init(*pargs, **kwargs)

    def defined(self):
        return hasattr(self, 'first') if self.uses_parts else super().defined()

    def familiar(self):
        return self.first if self.uses_parts else self.text

    def full(self, middle='initial', use_suffix=True, **kwargs):
        if not self.uses_parts:
            return super().full()
        names = [str(self.first).strip()]
        if hasattr(self, 'middle') and len(str(self.middle).strip()) > 0:
            if middle is False or middle is None:
                pass
            elif middle == 'initial':
                initial = self.middle_initial()
                if initial:
                    names.append(initial)
            else:
                names.append(str(self.middle).strip())
        if hasattr(self, 'last') and len(str(self.last).strip()) > 0:
            names.append(str(self.last).strip())
        if use_suffix and hasattr(self, 'suffix') and self.suffix and len(str(self.suffix).strip()) > 0:
            names.append(str(self.suffix).strip())
        return ' '.join(names)

    def firstlast(self):
        if not self.uses_parts:
            return super().firstlast()
        return str(self.first) + ' ' + str(self.last)

    def lastfirst(self):
        if not self.uses_parts:
            return super().lastfirst()
        said = str(self.last)
        if hasattr(self, 'suffix') and self.suffix and str(self.suffix).strip():
            said += ' ' + str(self.suffix)
        said += ', ' + str(self.first)
        if hasattr(self, 'middle') and str(self.middle).strip():
            said += ' ' + self.middle_initial()
        return said

    def _initial_of(self, attribute, with_period):
        text = str(getattr(self, attribute)).strip() if hasattr(self, attribute) else ''
        return text[0] + ('.' if with_period else '') if text else ''

    def middle_initial(self, with_period=True):
        return self._initial_of('middle', with_period)

    def first_initial(self, with_period=True):
        return self._initial_of('first', with_period)

    def last_initial(self, with_period=True):
        return self._initial_of('last', with_period)


class LatitudeLongitude(DAObject):
    """A point on the earth."""

    def init(self, *pargs, **kwargs):
        self.gathered = False
        self.known = False
        super().init(*pargs, **kwargs)

    def status(self):
        if self.gathered:
            return False
        return True

    def __str__(self):
        return str(self.latitude) + ', ' + str(self.longitude)


class Address(DAObject):
    """A place that mail can be sent to."""

    LatitudeLongitudeClass = LatitudeLongitude

    def init(self, *pargs, **kwargs):
        if 'location' not in kwargs:
            self.initializeAttribute('location', self.LatitudeLongitudeClass)
        self.geolocated = False
        self._geocoded = False
        if not hasattr(self, 'city_only'):
            self.city_only = False
        super().init(*pargs, **kwargs)

    def __str__(self):
        return str(self.block())

    def on_one_line(self, include_unit=True, omit_default_country=True, language=None, show_country=None):
        said = ''
        if not self.city_only:
            if (not hasattr(self, 'address')) and hasattr(self, 'street_number') and hasattr(self, 'street'):
                said += str(self.street_number) + ' ' + str(self.street)
            else:
                said += str(self.address)
            if include_unit:
                unit = self.formatted_unit()
                if unit:
                    said += ', ' + unit
            said += ', '
        if hasattr(self, 'sublocality') and self.sublocality:
            said += str(self.sublocality) + ', '
        said += str(self.city)
        if hasattr(self, 'state') and str(self.state) != '':
            said += ', ' + str(self.state)
        code = self._postal()
        if code:
            said += ' ' + code
        return said

    def _postal(self):
        for name in ('zip', 'postal_code'):
            if hasattr(self, name) and getattr(self, name):
                return str(getattr(self, name))
        return ''

    def formatted_unit(self, language=None, require=False):
        for name, prefix in (('unit', ''), ('floor', 'Floor '), ('room', 'Room ')):
            if hasattr(self, name) and getattr(self, name) is not None and str(getattr(self, name)) != '':
                text = str(getattr(self, name))
                if name == 'unit' and not any(letter.isalpha() for letter in text[:2]):
                    return word('Unit') + ' ' + text
                return (prefix if prefix and not text.lower().startswith(prefix.strip().lower()) else '') + text
        if require:
            return self.unit
        return ''

    def line_one(self, language=None):
        if self.city_only:
            return ''
        if (not hasattr(self, 'address')) and hasattr(self, 'street_number') and hasattr(self, 'street'):
            said = str(self.street_number) + ' ' + str(self.street)
        else:
            said = str(self.address)
        unit = self.formatted_unit()
        return said + ', ' + unit if unit else said

    def line_two(self, language=None):
        said = str(self.city)
        if hasattr(self, 'state') and str(self.state) != '':
            said += ', ' + str(self.state)
        code = self._postal()
        return said + ' ' + code if code else said

    def block(self, language=None, international=False, show_country=None):
        lines = []
        if not self.city_only:
            if (not hasattr(self, 'address')) and hasattr(self, 'street_number') and hasattr(self, 'street'):
                lines.append(str(self.street_number) + ' ' + str(self.street))
            else:
                lines.append(str(self.address))
            unit = self.formatted_unit()
            if unit:
                lines.append(unit)
        if hasattr(self, 'sublocality') and self.sublocality:
            lines.append(str(self.sublocality))
        lines.append(self.line_two())
        return ' [NEWLINE] '.join(lines)

    def geolocate(self, address=None, reset=False):
        return False

    geocode = geolocate

    def was_geocoded_successfully(self):
        return False


class City(Address):
    """An address that is a city alone."""

    def init(self, *pargs, **kwargs):
        self.city_only = True
        super().init(*pargs, **kwargs)


class Person(DAObject):
    """Somebody who can act: a person or an organization."""

    NameClass = Name
    AddressClass = Address
    LatitudeLongitudeClass = LatitudeLongitude

    def init(self, *pargs, **kwargs):
        if 'name' not in kwargs and 'name' not in self.__dict__:
            self.initializeAttribute('name', self.NameClass)
        if 'address' not in kwargs:
            self.initializeAttribute('address', self.AddressClass)
        if 'location' not in kwargs:
            self.initializeAttribute('location', self.LatitudeLongitudeClass)
        if isinstance(kwargs.get('name'), str):
            self.initializeAttribute('name', self.NameClass)
            self.name.text = kwargs.pop('name')
        super().init(*pargs, **kwargs)

    def __setattr__(self, name, value):
        if name == 'name' and isinstance(value, str):
            self.initializeAttribute('name', self.NameClass)
            self.name.text = value
        else:
            super().__setattr__(name, value)

    def __str__(self):
        return str(self.name.full())

    def _is_user(self):
        return self.instanceName == 'user'

    def pronoun_objective(self, **kwargs):
        said = word('you') if self._is_user() else word('it')
        return capitalize(said) if kwargs.get('capitalize') else said

    def object_possessive(self, target, **kwargs):
        if self._is_user():
            return your(target, **kwargs)
        return super().object_possessive(target, **kwargs)

    def is_are_you(self, **kwargs):
        said = 'are you' if self._is_user() else 'is ' + str(self)
        return capitalize(said) if kwargs.get('capitalize') else said

    def is_user(self):
        return self._is_user()

    def address_block(self, language=None, international=False, show_country=None):
        return '[FLUSHLEFT] ' + self.name.full() + ' [NEWLINE] ' + self.address.block()

    def name_full(self):
        return self.name.full()

    def email_address(self, include_name=None):
        if include_name is True or (include_name is None and self.name.defined()):
            return '"' + str(self.name) + '" <' + str(self.email) + '>'
        return str(self.email)

    def sms_number(self):
        if hasattr(self, 'mobile_number'):
            return str(self.mobile_number)
        return str(self.phone_number)

    def age_in_years(self, decimals=False, as_of=None):
        if hasattr(self, 'age'):
            return float(self.age) if decimals else int(self.age)
        return age_in_years_of(self.birthdate, decimals, as_of)

    def pronoun_possessive(self, target, **kwargs):
        if self._is_user():
            return your(target, **kwargs)
        return its(target, **kwargs)

    def pronoun(self, **kwargs):
        return self.pronoun_objective(**kwargs)

    def pronoun_subjective(self, **kwargs):
        said = word('you') if self._is_user() else word('it')
        return capitalize(said) if kwargs.get('capitalize') else said

    def possessive(self, target, **kwargs):
        if self._is_user():
            return your(target, **kwargs)
        return possessify(self.name, target, **kwargs)

    def do_question(self, the_verb, **kwargs):
        if self._is_user():
            return do_you(the_verb, **kwargs)
        return does_a_b(self.name, the_verb, **kwargs)

    def did_question(self, the_verb, **kwargs):
        if self._is_user():
            return did_you(the_verb, **kwargs)
        return did_a_b(self.name, the_verb, **kwargs)

    def does_verb(self, the_verb, **kwargs):
        if self._is_user():
            return verb_past(the_verb) if kwargs.get('past') else verb_present(the_verb, 2, 'pl')
        return verb_past(the_verb) if kwargs.get('past') else verb_present(the_verb, 3)

    def did_verb(self, the_verb, **kwargs):
        return verb_past(the_verb)

    def subject(self, **kwargs):
        said = word('you') if self._is_user() else str(self)
        return capitalize(said) if kwargs.get('capitalize') else said


class Individual(Person):
    """A human being."""

    NameClass = IndividualName

    def init(self, *pargs, **kwargs):
        if 'name' not in kwargs and 'name' not in self.__dict__:
            self.initializeAttribute('name', self.NameClass)
        super().init(*pargs, **kwargs)

    def get_parents(self, tree, create=False):
        return self.get_relation('child', tree, create=create)

    def familiar(self):
        return self.name.familiar()

    def salutation(self, **kwargs):
        title = {'female': 'Ms.', 'male': 'Mr.'}.get(getattr(self, 'gender', None), 'Mx.')
        if kwargs.get('with_name'):
            return title + ' ' + str(self.name.last)
        return title

    def identified(self):
        return hasattr(self.name, 'text') or hasattr(self.name, 'first')

    def first_name_hint(self):
        if self._is_user() and _engine.user_info('first_name'):
            return _engine.user_info('first_name')
        return ''

    def last_name_hint(self):
        if self._is_user() and _engine.user_info('last_name'):
            return _engine.user_info('last_name')
        return ''

    def pronoun_objective(self, **kwargs):
        return self._pronoun('you', 'her', 'him', 'them', kwargs)

    def pronoun_subjective(self, **kwargs):
        return self._pronoun('you', 'she', 'he', 'they', kwargs)

    def pronoun_possessive(self, target, **kwargs):
        return self._pronoun('your', 'her', 'his', 'their', kwargs) + ' ' + str(target)

    def _pronoun(self, you, female, male, other, kwargs):
        if self._is_user() and not kwargs.get('third_person'):
            said = you
        elif self.gender == 'female':
            said = female
        elif self.gender == 'male':
            said = male
        else:
            said = other
        said = word(said)
        return capitalize(said) if kwargs.get('capitalize') else said

    def name_full(self):
        return self.name.full()


class Organization(Person):
    """A company or an office."""

    def init(self, *pargs, **kwargs):
        if 'offices' in kwargs:
            self.initializeAttribute('office', DAList.using(object_type=Address))
            for office in kwargs.pop('offices'):
                if isinstance(office, Address):
                    self.office.append(office)
        super().init(*pargs, **kwargs)


class ChildList(DAList):
    """A list of children."""

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', Individual)
        super().init(*pargs, **kwargs)


class PartyList(DAList):
    """A list of parties to a case."""

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', Person)
        super().init(*pargs, **kwargs)


class RoleChangeTracker(DAObject):
    """Remembers who was told that it is their turn."""

    def init(self, *pargs, **kwargs):
        self.last_role = None
        super().init(*pargs, **kwargs)


def name_suffix():
    """The choices for the ending of a name."""
    return ['Jr', 'Sr', 'II', 'III', 'IV', 'V', 'VI']
