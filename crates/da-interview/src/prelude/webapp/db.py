"""docassemble.webapp.db: the server's database, which interviews cannot reach. Importing it is no fault; using it is."""

from docassemble.base.util import _absent

__all__ = ['get_session', 'session_scope']

get_session, session_scope = _absent(
    "a door to the server's database; what sessions hold is sealed", 'docassemble.webapp.db.get_session',
    'docassemble.webapp.db.session_scope')
