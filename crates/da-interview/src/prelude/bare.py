"""docassemble.base.bare: what an interview sees that wants to see nothing of docassemble.base.util."""

from docassemble.base.util import process_action

__all__ = ['process_action']
