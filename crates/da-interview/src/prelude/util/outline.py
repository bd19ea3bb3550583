"""Labels of the items of an outline."""


def alpha(num, case=None):
    """A, B, ..., Z, AA: the letters of an index."""
    said = ''
    left = num + 1
    while left > 0:
        left, letter = divmod(left - 1, 26)
        said = chr(65 + letter) + said
    return said.lower() if case == 'lower' else said


def roman(num, case=None):
    """I, II, III: the Roman number of an index."""
    number = num + 1
    if not isinstance(number, int):
        raise TypeError('expected integer, got %s' % type(number))
    if not 0 < number < 4000:
        raise ValueError('Argument must be between 1 and 3999')
    said = ''
    for value, letters in ((1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'),
                           (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')):
        while number >= value:
            said += letters
            number -= value
    return said.lower() if case == 'lower' else said


def item_label(num, level=None, punctuation=True):
    """The label of an item: I. A. 1. a) (1) (a) i), by its level."""
    level = int(float(level or 0)) % 7
    said = (roman(num), alpha(num), str(num + 1), alpha(num, case='lower'), str(num + 1), alpha(num, case='lower'),
            roman(num, case='lower'))[level]
    if not punctuation:
        return said
    if level < 3:
        return said + '.'
    return said + ')' if level in (3, 6) else '(' + said + ')'
