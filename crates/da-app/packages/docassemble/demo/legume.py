# do not pre-load
"""A thing with a method that asks for what it needs without being satisfied by it."""
from docassemble.base.util import Thing, prevent_dependency_satisfaction

__all__ = ['Legume']


class Legume(Thing):

    @prevent_dependency_satisfaction
    def is_tasty(self):
        return self.sweet_index > 5 or self.savory_index > 6
