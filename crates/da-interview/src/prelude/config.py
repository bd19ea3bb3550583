"""docassemble.base.config: the server's configuration, as far as interviews may see it."""

from docassemble.base.util import get_config

__all__ = ['daconfig']


class _Configuration:
    """Looks like the dictionary of directives; what interviews must not see is not in it."""

    def get(self, key, default=None):
        return get_config(key, default)

    def __getitem__(self, key):
        value = get_config(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key):
        return get_config(key) is not None


daconfig = _Configuration()
