"""docassemble.base.legal: courts, cases and what is filed in them."""

from docassemble.base.util import *
from docassemble.base.util import DAList, DAObject, Individual, Thing, comma_and_list, word


class PartyList(DAList):
    """A list of parties to a case."""

    PartyClass = Individual

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', self.PartyClass)
        super().init(*pargs, **kwargs)


class Vehicle(Thing):
    """What somebody drives: a thing with a name. No docassemble of today has this class; an interview's own one stands before it."""


class Jurisdiction(DAObject):
    """Where a court has a say."""


class Court(DAObject):
    """A court of law."""

    def init(self, *pargs, **kwargs):
        if 'jurisdiction' not in kwargs:
            self.jurisdiction = []
        super().init(*pargs, **kwargs)

    def __str__(self):
        return str(self.name)

    def _map_info(self):
        place = self.location if hasattr(self, 'location') else self.address.location
        if not (place.gathered and place.known):
            return None
        return [{'latitude': place.latitude, 'longitude': place.longitude, 'info': str(self)}]

    def in_the_court(self, **kwargs):
        """How the caption of a paper begins."""
        return 'In the ' + str(self.name)


# The lists of parties that a kind of case has, the first and the second side in front, and whether it has one side only.
_SIDES = {
    'solo petition': (('petitioner',), True),
    'in re': (('petitioner',), True),
    'petition': (('petitioner', 'respondent'), True),
    'plaintiff defendant': (('plaintiff', 'defendant'), False),
    'appellee appellant': (('appellee', 'appellant'), False),
}


class Case(DAObject):
    """A case in court, with a list of parties for each side."""

    PartyListClass = PartyList
    CourtClass = Court

    def init(self, *pargs, **kwargs):
        self.initializeAttribute('court', self.CourtClass)
        self.initializeAttribute('defendant', self.PartyListClass)
        self.initializeAttribute('plaintiff', self.PartyListClass)
        self.firstParty = self.plaintiff
        self.secondParty = self.defendant
        self.is_solo_action = False
        self.state = None
        self.action_type = 'plaintiff defendant'
        super().init(*pargs, **kwargs)

    def __str__(self):
        return str(self.case_id)

    def set_action_type(self, the_value):
        """Makes the lists of parties that such a case has, and forgets those that it has not."""
        sides, is_solo = _SIDES[the_value]
        for name in ('plaintiff', 'defendant', 'respondent'):
            if name not in sides and name in self.__dict__:
                delattr(self, name)
        for name in sides:
            self.initializeAttribute(name, self.PartyListClass)
        self.firstParty = getattr(self, sides[0])
        if len(sides) > 1:
            self.secondParty = getattr(self, sides[1])
        self.is_solo_action = is_solo
        self.action_type = the_value

    def _party_lists(self):
        """The lists of parties by name; the first and second party are among them under their own names."""
        return [(name, found) for name, found in list(self.__dict__.items())
                if isinstance(found, self.PartyListClass) and name not in ('firstParty', 'secondParty')]

    def role_of(self, party):
        """On which side a party is."""
        for name, group in self._party_lists():
            if any(one is party for one in group):
                return name
        return 'third party'

    def parties(self):
        found = []
        for name, group in self._party_lists():
            found += [one for one in group if one not in found]
        return found

    def all_known_people(self):
        """The parties that are known so far, and their children."""
        found = []
        for name, group in self._party_lists():
            for one in group.elements:
                _add_with_children(one, found)
        return found

    def case_id_in_caption(self, **kwargs):
        return word('Case No.') + (' ' + self.case_id if hasattr(self, 'case_id') else '')

    def determine_court(self, **kwargs):
        """Which court is right; a package that knows overrides this."""


def _add_with_children(person, found):
    if person in found:
        return
    found.append(person)
    for child in person.child.elements if hasattr(person, 'child') else []:
        _add_with_children(child, found)


class DocketEvent(DAObject):
    """An entry in a docket."""


class Document(DAObject):
    """A paper."""

    def __str__(self):
        return str(self.title)


class LegalFiling(Document):
    """A paper that is filed in a case."""

    def caption(self):
        """The head of the paper: court, parties and number of the case."""
        case = self.case
        said = '[BOLDCENTER] ' + case.court.in_the_court(legalfiling=self, case=case) + '\n\n[BEGIN_CAPTION]'
        is_in_re = case.action_type == 'in re'
        said += ('In re ' if is_in_re else '') + self._side(case.firstParty)
        if not is_in_re:
            said += '[TAB][TAB]' + word(case.firstParty.as_noun()).capitalize() + '[NEWLINE] '
        if not case.is_solo_action:
            said += '[SKIPLINE][TAB]' + word('v.') + ' [NEWLINE][SKIPLINE] ' + self._side(case.secondParty)
            said += '[TAB][TAB]' + word(case.secondParty.as_noun()).capitalize()
        said += '[VERTICAL_LINE]' + case.case_id_in_caption(legalfiling=self) + '[END_CAPTION]\n\n'
        return said + ('[BOLDCENTER] ' + self.title.upper() + '\n' if self.title is not None else '')

    def _side(self, group):
        group.gather()
        return comma_and_list(group.elements, comma_string=',[NEWLINE]', before_and=' ', after_and='[NEWLINE]') + ',[NEWLINE]'


def us_districts(bankruptcy=False):
    """The judicial districts of the United States."""
    districts = []
    for state, parts in _DISTRICTS:
        if bankruptcy and state == 'Arkansas':
            districts.append('Eastern & Western Districts of Arkansas')
        else:
            districts += [(part + ' ' if part else '') + 'District of ' + state for part in parts.split(',')]
    return districts


_DISTRICTS = [
    ('Alabama', 'Northern,Middle,Southern'), ('Alaska', ''), ('Arizona', ''), ('Arkansas', 'Eastern,Western'),
    ('California', 'Central,Eastern,Northern,Southern'), ('Colorado', ''), ('Connecticut', ''), ('Delaware', ''), ('Columbia', ''),
    ('Florida', 'Northern,Middle,Southern'), ('Georgia', 'Northern,Middle,Southern'), ('Guam', ''), ('Hawaii', ''), ('Idaho', ''),
    ('Illinois', 'Northern,Central,Southern'), ('Indiana', 'Northern,Southern'), ('Iowa', 'Northern,Southern'), ('Kansas', ''),
    ('Kentucky', 'Eastern,Western'), ('Louisiana', 'Eastern,Middle,Western'), ('Maine', ''), ('Maryland', ''), ('Massachusetts', ''),
    ('Michigan', 'Eastern,Western'), ('Minnesota', ''), ('Mississippi', 'Northern,Southern'), ('Missouri', 'Eastern,Western'),
    ('Montana', ''), ('Nebraska', ''), ('Nevada', ''), ('New Hampshire', ''), ('New Jersey', ''), ('New Mexico', ''),
    ('New York', 'Eastern,Northern,Southern,Western'), ('North Carolina', 'Eastern,Middle,Western'), ('North Dakota', ''),
    ('the Northern Mariana Islands', ''), ('Ohio', 'Northern,Southern'), ('Oklahoma', 'Eastern,Northern,Western'), ('Oregon', ''),
    ('Pennsylvania', 'Eastern,Middle,Western'), ('Puerto Rico', ''), ('Rhode Island', ''), ('South Carolina', ''), ('South Dakota', ''),
    ('Tennessee', 'Eastern,Middle,Western'), ('Texas', 'Eastern,Northern,Southern,Western'), ('Utah', ''), ('Vermont', ''),
    ('the Virgin Islands', ''), ('Virginia', 'Eastern,Western'), ('Washington', 'Eastern,Western'),
    ('West Virginia', 'Northern,Southern'), ('Wisconsin', 'Eastern,Western'), ('Wyoming', ''),
]
