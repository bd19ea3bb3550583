"""docassemble.base.logger: lines for the server's log."""

from docassemble.base.util import log

__all__ = ['logmessage']


def logmessage(message):
    """Writes a line into the server's log."""
    log(message)
