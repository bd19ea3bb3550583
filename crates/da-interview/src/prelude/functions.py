"""docassemble.base.functions: the functions, those too that interviews do not see without importing them."""

from docassemble.base.util import *
from docassemble.base.util import (
    a_in_the_b, a_preposition_b, are_word, DAException, DANav, did_a_b, did_you, ensure_definition, do_you, does_a_b,
    get_currency_symbol, get_current_info, have_you, her, his, in_the, is_word, its, manual_line_breaks,
    nodoublequote, number_to_word, of_the, possessify, possessify_long, safe_json, salutation, serializable_dict, server,
    set_country, some, the, their, these, this, update_language_function, update_nice_numbers,
    update_ordinal_function, update_ordinal_numbers, update_word_collection, were_you, word_collection, your)


def temp_redirect(url, expire_seconds, do_local, one_time):
    """A short link to an address, good for so many seconds."""
    return url_of('temp_url', url=url, expire=expire_seconds, local=do_local, one_time=one_time)


class _GlobalVars:
    """What `set_info` was told: the user as the interview knows him, his role, ..."""

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return get_info(name)

    def __setattr__(self, name, value):
        set_info(**{name: value})


class _ThisThread:
    """What packages look up of the evaluation that runs, under the name that it has in the original."""

    global_vars = _GlobalVars()
    misc = {}
    current_info = property(lambda self: get_current_info())
    language = property(lambda self: get_language())
    locale = property(lambda self: get_locale())
    current_package = property(lambda self: current_context().current_package)
    current_section = property(lambda self: current_context().current_section)

    @property
    def evaluation_context(self):
        """Within what a text is made: `docx`, `pandoc`, ..., `None` on a screen."""
        inside = current_context().inside_of
        return None if inside == 'standard' else inside


this_thread = _ThisThread()
