# do not pre-load
"""Other suffixes of names than the usual ones, for the interviews that import this."""
from docassemble.base.util import update_language_function

SUFFIXES = ('Jr', 'Sr', 'II', 'III', 'IV', 'Esq', 'PhD')

update_language_function('en', 'name_suffix', lambda: list(SUFFIXES))
