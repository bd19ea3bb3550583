# do not pre-load
"""A check of a field that only says whether something is wrong."""


def is_multiple_of_four(x):
    return x % 4 == 0
