"""Places: addresses, cities, points on the earth."""

_UNIT_WORDS = re.compile(
    'apartment|apt|basement|bsmt|building|bldg|department|dept|floor|fl|front|frnt|hanger|hngr|key|lobby|lbby|lot|lower|lowr|'
    'office|ofc|penthouse|ph|pier|rear|room|rm|side|slip|space|spc|stop|suite|ste|trailer|trlr|unit|upper|uppr', re.IGNORECASE)


_STATE_AND_CODE_BEHIND_CITY = ('US', 'CA', 'AU', 'PR', 'GU', 'IN')
_CODE_ON_A_LINE_OF_ITS_OWN = ('GB', 'IE', 'AF', 'ZA', 'NG', 'KE', 'PK', 'EG', 'SG', 'LK', 'HK')


def _given(thing, name):
    """The text of an attribute that is there and not empty."""
    if not hasattr(thing, name):
        return ''
    found = getattr(thing, name)
    return '' if found is None or isinstance(found, DAEmpty) else str(found)


class LatitudeLongitude(DAObject):
    """A point on the earth."""

    def init(self, *pargs, **kwargs):
        self.gathered = False
        self.known = False
        super().init(*pargs, **kwargs)

    def status(self):
        """Whether the point must still be asked for."""
        if self.gathered:
            return False
        if location_returned():
            self._set_to_current()
            return False
        return True

    def _set_to_current(self):
        self.latitude, self.longitude = user_lat_lon()
        self.known = location_known()
        self.gathered = True
        self.description = str(self)

    def __str__(self):
        if hasattr(self, 'latitude') and hasattr(self, 'longitude'):
            return str(self.latitude) + ', ' + str(self.longitude)
        return str(self.error) if hasattr(self, 'error') else 'Unknown'


class Address(DAObject):
    """A place that mail can be sent to."""

    LatitudeLongitudeClass = LatitudeLongitude

    def init(self, *pargs, **kwargs):
        if 'location' not in kwargs:
            self.initializeAttribute('location', self.LatitudeLongitudeClass)
        self._geocoded = kwargs.get('_geocoded', kwargs.get('geolocated', False))
        self.geolocated = kwargs.get('geolocated', False)
        if not hasattr(self, 'city_only'):
            self.city_only = False
        super().init(*pargs, **kwargs)

    def __str__(self):
        return str(self.block())

    def _street(self):
        if not hasattr(self, 'address') and hasattr(self, 'street_number') and hasattr(self, 'street'):
            return str(self.street_number) + ' ' + str(self.street)
        return str(self.address)

    def _quarter(self):
        """The part of the city, unless the street's number says it already."""
        quarter = _given(self, 'sublocality_level_1')
        return '' if quarter and _given(self, 'street_number') == quarter else quarter

    def _city_line(self):
        said = str(self.city)
        state = _given(self, 'state')
        code = _given(self, 'zip') or _given(self, 'postal_code')
        return said + (', ' + state if state else '') + (' ' + code if code else '')

    def _country_line(self, show_country, omit_default_country=True):
        if show_country is None:
            country = _given(self, 'country')
            show_country = bool(country) and not (omit_default_country and get_country() == country)
        return country_name(self._get_country()) if show_country else ''

    def _get_country(self):
        row = _find_country(_given(self, 'country') or get_country() or 'US')
        return row[0] if row else 'US'

    def on_one_line(self, include_unit=True, omit_default_country=True, language=None, show_country=None):
        """The address as in a sentence."""
        parts = []
        if not self.city_only:
            parts.append(self._street())
            if include_unit:
                parts.append(self.formatted_unit(language=language))
        parts += [self._quarter(), self._city_line(), self._country_line(show_country, omit_default_country)]
        return ', '.join(part for part in parts if part)

    def block(self, language=None, international=False, show_country=None):
        """The address as on an envelope."""
        if international:
            return ' [NEWLINE] '.join(line for line in self._international_lines(language) if line)
        lines = []
        if not self.city_only:
            lines += [self._street(), self.formatted_unit(language=language)]
        lines += [_given(self, 'sublocality_level_1'), self._city_line(), self._country_line(show_country)]
        return ' [NEWLINE] '.join(line for line in lines if line)

    def _international_lines(self, language):
        """The lines as the post of the country wants them: what it sorts by is in capitals."""
        country = self._get_country()
        city, state = str(self.city), _given(self, 'state')
        code = _given(self, 'zip') or _given(self, 'postal_code')
        if country in _STATE_AND_CODE_BEHIND_CITY:
            comma = ', ' if country == 'US' else ' '
            city_lines = [city.upper() + (comma + state.upper() if state else '') + (' ' + code.upper() if code else '')]
        elif country in _CODE_ON_A_LINE_OF_ITS_OWN:
            city_lines = [city.upper(), code]
        else:
            city_lines = [(code.upper() + ' ' if code else '') + city.upper()]
        return [self._street(), self.formatted_unit(language=language), _given(self, 'sublocality_level_1')] + city_lines + \
            [country_name(country).upper()]

    def line_one(self, language=None):
        if self.city_only:
            return ''
        street, unit = self._street(), self.formatted_unit(language=language)
        return street + (', ' + unit if unit else '')

    def line_two(self, language=None):
        quarter = _given(self, 'sublocality_level_1')
        return (quarter + ', ' if quarter else '') + self._city_line()

    def formatted_unit(self, language=None, require=False):
        """The unit, floor or room, with the word for it."""
        if require and not any(hasattr(self, name) for name in ('unit', 'floor', 'room')):
            self.unit
        unit = _given(self, 'unit')
        if unit:
            return unit if _UNIT_WORDS.search(unit) else word('Unit', language=language) + ' ' + unit
        for name, called in (('floor', 'Floor'), ('room', 'Room')):
            if _given(self, name):
                return word(called, language=language) + ' ' + _given(self, name)
        return ''

    def geocode(self, address=None, reset=False):
        """Where the address is on the earth. There is no geocoder on this server: it is not found."""
        if reset:
            self.reset_geocoding()
        self.on_one_line(omit_default_country=False) if address is None else address
        self._geocoded = True
        self.geolocated = True
        self._geocode_success = False
        self.geolocate_success = False
        return False

    def geolocate(self, address=None, reset=False):
        return self.geocode(address=address, reset=reset)

    def normalize(self, long_format=False):
        return self.geocode()

    def was_geocoded(self):
        return self._geocoded

    def was_geocoded_successfully(self):
        return bool(self._geocoded and self._geocode_success)

    def get_geocode_response(self):
        return self._geocode_response if hasattr(self, '_geocode_response') else []

    def reset_geocoding(self):
        self.delattr('norm', 'geolocate_success', 'geolocate_response', '_geocode_success', '_geocode_response', 'norm_long', 'one_line')
        self._geocoded = False
        self.geolocated = False
        self.location.delattr('gathered', 'known', 'latitude', 'longitude', 'description')

    def reset_geolocation(self):
        return self.reset_geocoding()

    def _map_info(self):
        return _map_of_place(self.location, getattr(self.location, 'description') if hasattr(self.location, 'description') else '', self)


def _map_of_place(location, info, owner):
    """What a map shows of a place; nothing where it is not known."""
    if not (location.gathered and location.known):
        return None
    shown = {'latitude': location.latitude, 'longitude': location.longitude, 'info': info}
    if hasattr(owner, 'icon'):
        shown['icon'] = owner.icon
    return [shown]


def map_of(*pargs, **kwargs):
    """The mark that shows a map with the places of these objects."""
    markers = []
    for thing in pargs:
        for item in thing if isinstance(thing, (DAList, list)) else [thing]:
            found = item._map_info() if isinstance(item, DAObject) else None
            markers += found or []
    if not markers:
        return word('(Unable to display map)')
    center = kwargs.get('center')
    shown = {'markers': markers}
    if center is not None:
        found = center._map_info()
        if found:
            shown['center'] = found[0]
    if 'center' not in shown:
        shown['center'] = markers[0]
    return '[MAP ' + base64.b64encode(json.dumps(shown).encode('utf-8')).decode() + ']'


class City(Address):
    """An address that is a city alone."""

    def init(self, *pargs, **kwargs):
        self.city_only = True
        super().init(*pargs, **kwargs)
