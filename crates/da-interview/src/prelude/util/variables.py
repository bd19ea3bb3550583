"""Variables by name: needing, reconsidering, dispatching."""


def _names_given(pargs):
    """Names that are given one by one, or made by a generator."""
    names = []
    for given in pargs:
        if isinstance(given, (str, dict)) or not hasattr(given, '__next__'):
            names.append(given)
        else:
            names.extend(given)
    return names


def need(*pargs):
    """Makes sure that values are there: using them as arguments has asked for them."""
    return True


def reconsider(*pargs, evaluate=False):
    """Works variables out anew, once in an evaluation."""
    for name in _names_given(pargs):
        if _engine.reconsiders(name):
            undefine(name)
            value(name)


def dispatch(var):
    """Shows what the person chooses, again and again, until the choice is None."""
    if not isinstance(var, str):
        raise DAError('dispatch() must be given a string')
    while value(var) != 'None':
        value(value(var))
        undefine(value(var))
        undefine(var)
    undefine(var)
    return True


def set_variables(variables, process_objects=False):
    """Defines variables by a dictionary."""
    variables = variables.elements if isinstance(variables, DADict) else variables
    if not isinstance(variables, dict):
        raise DAError('set_variables: argument must be a dictionary')
    if process_objects:
        variables = transform_json_variables(variables)
    for name, found in variables.items():
        define(name, found)


def showif(var, condition, alternative=''):
    """The value of a variable if a condition holds."""
    return value(var) if condition else alternative


def forget_result_of(*pargs):
    """Blocks that were answered are asked again."""
    answered = _engine.get_internal('answered')
    answers = _engine.get_internal('answers')
    for block_id in _names_given(pargs):
        key = 'ID ' + block_id
        for known in list(answers):
            if known == key or known.startswith(key + '|WITH|'):
                del answers[known]
        answered.discard(key)


def prevent_going_back():
    """What was answered so far cannot be undone any more, from the next screen on."""
    _state.prevents_going_back = True


def set_progress(number):
    _engine.set_internal('progress', number)


def get_progress():
    return _engine.get_internal('progress')


def object_name(thing):
    return thing.object_name()


def selections(*pargs, **kwargs):
    """Objects as choices of a field."""
    excluded = _objects_in([kwargs['exclude']]) if kwargs.get('exclude') is not None else []
    default = _objects_in([kwargs['default']]) if kwargs.get('default') is not None else []
    chosen = []
    for thing in _objects_in(pargs):
        if thing not in excluded and thing not in chosen:
            chosen.append(thing)
    label = kwargs.get('object_labeler') or str
    choices = []
    for thing in chosen:
        choice = {_engine.choice_value(thing): str(label(thing))} if hasattr(_engine, 'choice_value') else {thing.instanceName: str(label(thing))}
        if thing in default:
            choice['default'] = True
        if kwargs.get('help_generator'):
            choice['help'] = kwargs['help_generator'](thing)
        if kwargs.get('image_generator'):
            choice['image'] = kwargs['image_generator'](thing)
        choices.append(choice)
    return choices


def _objects_in(groups):
    found = []
    for group in groups:
        found += list(group.values() if isinstance(group, (dict, DADict)) else group if hasattr(group, '__iter__') else [group])
    return found


def chain(*pargs):
    """The items of several groups, one after the other."""
    return itertools.chain(*pargs)


def prevent_dependency_satisfaction(function):
    """A function in which what is not defined is an error, instead of being asked for."""
    def strict(*pargs, **kwargs):
        try:
            return function(*pargs, **kwargs)
        except (NameError, AttributeError, IndexError) as missing:
            raise DAError('Reference to undefined variable in context where dependency satisfaction not allowed: ' + str(missing))
    return strict
