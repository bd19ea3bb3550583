"""docassemble.base.legal: courts, cases and their parties."""

from docassemble.base.util import *
from docassemble.base.util import DAList, DAObject, Person


class PartyList(DAList):
    """A list of parties to a case."""

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', Person)
        super().init(*pargs, **kwargs)


class Court(DAObject):
    """A court of law."""

    def __str__(self):
        return str(self.name)

    def in_the_court(self, **kwargs):
        return 'In the ' + str(self.name)


class Jurisdiction(DAObject):
    """Where a court has a say."""


class Case(DAObject):
    """A case in court, with a list of parties for each side."""

    def init(self, *pargs, **kwargs):
        self.initializeAttribute('court', Court)
        self.action_type = 'plaintiff defendant'
        super().init(*pargs, **kwargs)

    def _side(self, name):
        return self.initializeAttribute(name, PartyList)

    def __getattr__(self, name):
        if name in ('plaintiff', 'defendant', 'petitioner', 'respondent', 'appellant', 'appellee', 'party'):
            return self._side(name)
        return super().__getattr__(name)

    def determine_claims(self, filing):
        return True


class DocketEvent(DAObject):
    """An entry in a docket."""


class Document(DAObject):
    """A paper that is filed."""


class LegalFiling(Document):
    """A paper that is filed in a case."""

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)
        self.new_case = False
