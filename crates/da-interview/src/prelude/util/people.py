"""People, things and events."""


class _Named:
    """What has a name that may be given as a text."""

    def _take_name(self, kwargs):
        """Makes the object's name; a text that was given for it becomes its text."""
        if not hasattr(self, 'name') and not isinstance(kwargs.get('name'), DAObject):
            self.initializeAttribute('name', self.NameClass)
        if isinstance(kwargs.get('name'), str):
            self._set_name(kwargs.pop('name'))

    def _set_name(self, text):
        self.name.text = text

    def __setattr__(self, name, value):
        if name == 'name' and isinstance(value, str):
            self._set_name(value)
        else:
            super().__setattr__(name, value)

    def __str__(self):
        return str(self.name.full())


class Thing(_Named, DAObject):
    """Something with a name."""

    NameClass = Name

    def init(self, *pargs, **kwargs):
        self._take_name(kwargs)
        super().init(*pargs, **kwargs)


class Event(DAObject):
    """Something that happens at a place and time."""

    CityClass = City
    LatitudeLongitudeClass = LatitudeLongitude

    def init(self, *pargs, **kwargs):
        if 'address' not in kwargs:
            self.initializeAttribute('address', self.CityClass)
        if 'location' not in kwargs:
            self.initializeAttribute('location', self.LatitudeLongitudeClass)
        super().init(*pargs, **kwargs)

    def __str__(self):
        return str(self.address)


def _as_said(said, kwargs):
    """What a table of the language says for the person that speaks."""
    return _capitalized(said, kwargs)


class Person(_Named, DAObject):
    """Somebody who can act: a human being or an organization."""

    NameClass = Name
    AddressClass = Address
    LatitudeLongitudeClass = LatitudeLongitude

    def init(self, *pargs, **kwargs):
        self._take_name(kwargs)
        if 'address' not in kwargs:
            self.initializeAttribute('address', self.AddressClass)
        if 'location' not in kwargs:
            self.initializeAttribute('location', self.LatitudeLongitudeClass)
        super().init(*pargs, **kwargs)

    def identified(self):
        return hasattr(self.name, 'text')

    def object_possessive(self, target, **kwargs):
        third = super().object_possessive
        return self._spoken(kwargs, _POSSESSIVE, lambda kwargs: third(target, **kwargs), target)

    def address_block(self, language=None, international=False, show_country=False):
        """Name and address as on an envelope."""
        address = self.address.block(language=language, international=international, show_country=show_country)
        return '[FLUSHLEFT] ' + self.name.full() + ' [NEWLINE] ' + address

    def _phone_country(self, country):
        if country is not None:
            return country
        for owner in (self, getattr(self, 'address') if hasattr(self, 'address') else self):
            if hasattr(owner, 'country'):
                return owner.country
        return get_country()

    def sms_number(self, country=None):
        """The number that text messages go to, in international form."""
        number = self.mobile_number if hasattr(self, 'mobile_number') else self.phone_number
        if hasattr(self, 'mobile_number') and hasattr(self, 'uses_whatsapp'):
            number = 'whatsapp:' + str(number)
        return phone_number_in_e164(number, country=self._phone_country(country))

    def facsimile_number(self, country=None):
        return phone_number_in_e164(self.fax_number, country=self._phone_country(country))

    def email_address(self, include_name=None):
        if include_name is True or (include_name is not False and self.name.defined()):
            return '"' + nodoublequote(self.name) + '" <' + str(self.email) + '>'
        return str(self.email)

    def _map_info(self):
        place = self.location if self.location.known else self.address.location
        info = self.name.full() if self.name.defined() else capitalize(self.object_name())
        if hasattr(place, 'description') and place.description != '':
            info += ' [NEWLINE] ' + place.description
        return _map_of_place(place, info, self)


class Individual(Person):
    """A human being."""

    NameClass = IndividualName

    def _set_name(self, text):
        if isinstance(self.name, IndividualName):
            self.name.uses_parts = False
        self.name.text = text

    def familiar(self):
        return self.name.familiar()

    def identified(self):
        return hasattr(self.name, 'first')

    def gather_family(self, tree, up=1, down=1):
        pass

    def _age(self, as_of):
        """The time since birth."""
        moment = current_datetime() if as_of is None else as_datetime(as_of)
        return _relativedelta(moment, as_datetime(self.birthdate))

    def age_in_years(self, decimals=False, as_of=None):
        if hasattr(self, 'age'):
            return float(self.age) if decimals else int(self.age)
        age = self._age(as_of)
        if decimals:
            return float(age.years + age.months / 12.0 + age.days / 365.0 + age.hours / 8760.0 + age.minutes / 525600.0)
        return int(age.years)

    def age_in_months(self, decimals=False, as_of=None):
        age = self._age(as_of)
        if decimals:
            return float(age.years * 12.0 + age.months + 12.0 * (age.days / 365.0 + age.hours / 8760.0 + age.minutes / 525600.0))
        return int(age.years * 12 + age.months)

    def first_name_hint(self):
        """What the server knows as the first name of the person who uses the interview."""
        return user_info().first_name or '' if self.is_user() and user_logged_in() else ''

    def last_name_hint(self):
        return user_info().last_name or '' if self.is_user() and user_logged_in() else ''

    def salutation(self, **kwargs):
        return salutation(self, **kwargs)

    def _by_gender(self, female, other, male):
        return {'female': female, 'other': other}.get(self.gender, male)

    def pronoun_objective(self, **kwargs):
        return self._spoken(kwargs, dict(_OBJECTIVE, **{'1p': our_objective}),
                            lambda kwargs: self._by_gender(her_objective, genderless_objective, him_objective)(**kwargs))

    def pronoun_subjective(self, **kwargs):
        return self._spoken(kwargs, _SUBJECTIVE,
                            lambda kwargs: self._by_gender(she_subjective, genderless_subjective, he_subjective)(**kwargs))

    def pronoun_possessive(self, target, **kwargs):
        return self._spoken(kwargs, _POSSESSIVE, lambda kwargs: self._by_gender(her, their, his)(target, **kwargs), target)

    def itself(self, **kwargs):
        return self._spoken(kwargs, _SELF, lambda kwargs: self._by_gender(herself, genderless_self, himself)(**kwargs))

    def __str__(self):
        if hasattr(self, 'use_familiar') and self.use_familiar and isinstance(self.name, IndividualName) and self.name.uses_parts:
            return str(self.name.first)
        return super().__str__()


class ChildList(DAList):
    """A list of children."""

    ChildClass = Individual

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', self.ChildClass)
        super().init(*pargs, **kwargs)


class OfficeList(DAList):
    """A list of the addresses of an organization."""

    AddressClass = Address

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', self.AddressClass)
        super().init(*pargs, **kwargs)


class Organization(Person):
    """A company or an office."""

    OfficeListClass = OfficeList

    def init(self, *pargs, **kwargs):
        offices = kwargs.pop('offices', None)
        if offices is not None:
            self.initializeAttribute('office', self.OfficeListClass)
            for office in offices if isinstance(offices, list) else []:
                if isinstance(office, dict):
                    self.office.appendObject(**office)
        super().init(*pargs, **kwargs)

    def will_handle(self, problem=None, county=None):
        """Whether it takes cases of this kind from this county."""
        if problem and not (hasattr(self, 'handles') and problem in self.handles):
            return False
        return not county or hasattr(self, 'serves') and county in self.serves


class RoleChangeTracker(DAObject):
    """Remembers who was told that it is their turn."""

    def init(self, *pargs, **kwargs):
        self.last_role = None
        super().init(*pargs, **kwargs)

    def send_email(self, roles_needed, **kwargs):
        """Tells the first of the roles that it is needed, once."""
        for role in roles_needed:
            if role == self.last_role:
                return False
            letter = kwargs.get(role)
            if letter is not None and 'to' in letter and 'email' in letter:
                sent = send_email(to=letter['to'], html=letter['email'].content, subject=letter['email'].subject,
                                  config=kwargs.get('config'))
                if sent:
                    self.last_role = role
                return sent
        return False
