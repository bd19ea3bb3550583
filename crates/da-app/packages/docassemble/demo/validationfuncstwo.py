# do not pre-load
"""A check of a field that says what is wrong."""
from docassemble.base.util import validation_error


def is_multiple_of_four(x):
    if x % 4:
        validation_error('The number must be a multiple of four')
    return True
