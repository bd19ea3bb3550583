"""Items as they stand in a sentence."""


def _texts(pargs):
    """The texts of the items, which may be given one by one or in groups."""
    items = []
    for given in pargs:
        if isinstance(given, str):
            items.append(given)
        elif hasattr(given, '__iter__'):
            items.extend(str(item) for item in given)
        else:
            items.append(str(given))
    return items


def _comma_list(*pargs, **kwargs):
    """The items with commas between them."""
    return kwargs.get('comma_string', ', ').join(_texts(pargs))


def _joined(and_string=None):
    def join(*pargs, **kwargs):
        """The items as in a sentence: `a, b, and c`."""
        comma = kwargs.get('comma_string', ', ')
        last_comma = comma.strip() if kwargs.get('oxford') is not False else ''
        last_joint = kwargs.get('before_and', ' ') + kwargs.get('and_string', and_string or word('and')) + kwargs.get('after_and', ' ')
        items = _texts(pargs)
        if len(items) < 2:
            return ''.join(items)
        if len(items) == 2:
            return last_joint.join(items)
        return comma.join(items[:-1]) + last_comma + last_joint + items[-1]
    return join


def _add_separators(*pargs, **kwargs):
    """The items, each with the mark that it has in an enumeration."""
    separator = kwargs.get('separator', ';')
    last_separator = kwargs.get('last_separator', '; ' + word('and'))
    end_mark = kwargs.get('end_mark', '.')
    items = [item.rstrip() for item in _texts(pargs)]
    for place in range(len(items) - 2):
        items[place] = fix_punctuation(items[place].rstrip(','), mark=separator)
    if len(items) > 1 and not items[-2].endswith(last_separator):
        items[-2] = items[-2].rstrip(last_separator[0]) + last_separator
    if items:
        items[-1] = fix_punctuation(items[-1], mark=end_mark)
    return items


comma_list = _speaks('comma_list', en=_comma_list)
comma_and_list = _speaks('comma_and_list', en=_joined(), es=_joined('y'), de=_joined('und'))
add_separators = _speaks('add_separators', en=_add_separators)
