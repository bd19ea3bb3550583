"""The parts of the package pycountry that interviews use: countries and languages by their codes."""

from docassemble.base.util import _COUNTRIES, _LANGUAGES, _SUBDIVISIONS

__all__ = ['countries', 'languages', 'subdivisions']


class Data:
    """An entry. What is not known of it is no attribute."""

    def __init__(self, **fields):
        self._fields = fields
        self.__dict__.update(fields)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}={said!r}' for name, said in self._fields.items())})"


class Country(Data):
    pass


class Language(Data):
    pass


class Subdivision(Data):
    """A part of a country. Those below the first level are not here."""

    parent = parent_code = None

    @property
    def country(self):
        return countries.get(alpha_2=self.country_code)


class Database:
    """Entries, in the order of their codes."""

    def __init__(self, entries):
        self.objects = entries

    def __iter__(self):
        return iter(self.objects)

    def __len__(self):
        return len(self.objects)

    def get(self, *, default=None, **kw):
        """The entry in which one field is as given; letters may be small or capital."""
        if len(kw) != 1:
            raise TypeError('Only one criteria may be given')
        (field, wanted), = kw.items()
        for entry in self.objects:
            if str(getattr(entry, field, '')).lower() == str(wanted).lower():
                return entry
        return default

    def lookup(self, value):
        """The entry in which any field is as given."""
        for entry in self.objects:
            if value.lower() in [str(said).lower() for said in entry._fields.values()]:
                return entry
        raise LookupError(f'Could not find a record for {value!r}')


class Subdivisions(Database):
    """Parts of countries: all of one country together."""

    def get(self, *, default=None, **kw):
        if list(kw) != ['country_code']:
            return super().get(default=default, **kw)
        return [entry for entry in self.objects if entry.country_code == kw['country_code'].upper()] or default


countries = Database([Country(alpha_2=row[0], alpha_3=row[1], name=row[5], numeric=row[2]) for row in _COUNTRIES.values()])
languages = Database([Language(**{f'alpha_{len(code)}': code, 'name': name}) for code, name in _LANGUAGES.items()])
subdivisions = Subdivisions([Subdivision(code=f'{country}-{code}', country_code=country, name=name)
                             for country, parts in _SUBDIVISIONS.items() for code, name in parts.items()])
