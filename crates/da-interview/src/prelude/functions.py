"""docassemble.base.functions: the functions, those too that interviews do not see without importing them."""

from docassemble.base.util import *
from docassemble.base.util import (
    a_in_the_b, a_preposition_b, are_word, DAException, DANav, did_a_b, did_you, ensure_definition, do_you, does_a_b,
    get_currency_symbol, get_current_info, have_you, her, his, in_the, is_word, its, manual_line_breaks,
    nodoublequote, number_to_word, of_the, possessify, possessify_long, safe_json, salutation, serializable_dict, server,
    set_country, some, the, their, these, this, update_language_function, update_nice_numbers,
    update_ordinal_function, update_ordinal_numbers, update_word_collection, were_you, word_collection, your)
