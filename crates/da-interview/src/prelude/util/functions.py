

class ResponseError(Exception):
    """Ends the evaluation with content that the interview made."""


class CommandError(Exception):
    """Ends the evaluation with a command to the person's browser."""


class ForcedReRun(Exception):
    """Starts the evaluation over."""


class DAValidationError(Exception):
    """What a person entered cannot be right."""

    def __init__(self, message='', field=None):
        super().__init__(message)
        self.field = field


def response(*pargs, **kwargs):
    """Ends the evaluation with a text, bytes, or a redirection."""
    stop = ResponseError()
    stop.data = pargs[0] if pargs else kwargs.get('response', kwargs.get('binaryresponse', ''))
    stop.content_type = kwargs.get('content_type')
    stop.response_code = kwargs.get('response_code', 200)
    stop.url = kwargs.get('url')
    stop.is_json = False
    raise stop


def json_response(data, response_code=200):
    """Ends the evaluation with JSON."""
    stop = ResponseError()
    stop.data = data
    stop.response_code = response_code
    stop.is_json = True
    raise stop


def variables_as_json(include_internal=False):
    """Ends the evaluation with the variables as JSON."""
    json_response(all_variables(include_internal=include_internal))


def command(return_type, url='', **kwargs):
    """Ends the evaluation with `exit`, `restart`, `leave` and the like."""
    stop = CommandError()
    stop.return_type = return_type
    stop.url = url
    raise stop


def re_run_logic():
    """Starts the evaluation over."""
    raise ForcedReRun()


def validation_error(message, field=None):
    """Refuses what a person entered."""
    raise DAValidationError(message, field=field)


def need(*pargs):
    """Makes sure that variables are defined."""
    for name in pargs:
        value(name)
    return True


def reconsider(*pargs):
    """Forgets variables, so that they are worked out anew."""
    for name in pargs:
        undefine(name)


def set_progress(number):
    _engine.set_internal('progress', number)


def get_progress():
    return _engine.get_internal('progress')


def prevent_going_back():
    """What was answered so far cannot be undone any more."""
    _engine.set_internal('steps_offset', _engine.get_internal('steps') or 0)


def forget_result_of(*pargs):
    """Blocks that were answered are asked again."""
    answered = _engine.get_internal('answered')
    answers = _engine.get_internal('answers')
    for block_id in pargs:
        key = 'ID ' + block_id
        answered.discard(key)
        answers.pop(key, None)


def object_name(thing):
    return thing.object_name()


def interface():
    return 'api'


def user_has_privilege(*pargs):
    held = _engine.privileges()
    for wanted in pargs:
        if any(name in held for name in ([wanted] if isinstance(wanted, str) else wanted)):
            return True
    return False


def user_privileges():
    return list(_engine.privileges())


def returning_user(minutes=None, hours=None, days=None):
    return False


def manual_line_breaks(text):
    return '\n'.join(line + '  ' if line else line for line in str(text).split('\n'))


def nodoublequote(text):
    return str(text).replace('"', "'")


def bold(text, default=None):
    return '**' + str(text) + '**' if str(text) else (default or '')


def action_button_html(url, icon=None, color='success', size='sm', block=False, label='Edit', classname=None,
                       new_window=True, id_tag=None):
    picture = '<i class="fa-solid fa-' + icon + '"></i> ' if icon else ''
    classes = 'btn' + (' btn-' + size if size in ('sm', 'lg') else '') + ' btn-' + color + ' btn-darevisit'
    if block:
        classes += ' btn-block'
    if classname:
        classes += ' ' + classname
    target = ' target="_blank"' if new_window is True else ''
    tag = ' id="' + id_tag + '"' if id_tag else ''
    return '<a' + target + ' href="' + url + '" class="' + classes + '"' + tag + '>' + picture + word(label) + '</a> '


def action_menu_item(label, action, **kwargs):
    item = {'label': label, 'url': url_action(action, **kwargs)}
    return item


class DANav:
    """Where in the sections of an interview a person is."""

    def __init__(self):
        self.past = []
        self.current = None
        self.hidden = False
        self.progressive = True

    def as_dict(self):
        return {'past': list(self.past), 'current': self.current, 'hidden': self.hidden,
                'progressive': self.progressive}

    def set_section(self, section):
        if section == self.current:
            return False
        self.current = section
        if section not in self.past:
            self.past.append(section)
        return True

    def get_section(self, display=False):
        return self.current

    def hide(self):
        self.hidden = True

    def unhide(self):
        self.hidden = False


def _name_objects(variables):
    """Objects that were made without a name are called after the variable that holds them."""
    for name, thing in list(variables.items()):
        if isinstance(thing, DAObject) and not thing.has_nonrandom_instance_name:
            thing._set_instance_name_recursively(name)


def _make_object(plan, name):
    """Makes one of the `objects` of a block."""
    if isinstance(plan, DAObjectPlusParameters):
        return plan.object_type(name, **plan.parameters)
    return plan(name)


def _empty_checkboxes(name):
    return DADict(name, auto_gather=False, gathered=True)


def _from_outside(data):
    """Makes objects of plain data that says of which class it is."""
    if isinstance(data, list):
        return [_from_outside(item) for item in data]
    if not isinstance(data, dict):
        return data
    kind = data.get('_class')
    if isinstance(kind, str) and kind.startswith('docassemble.') and 'instanceName' in data:
        made = _engine.find_class(kind)
        if made is not None:
            thing = made(data['instanceName'])
            for name, item in data.items():
                if name not in ('_class', 'instanceName'):
                    object.__setattr__(thing, name, _from_outside(item))
            return thing
    if kind == 'type':
        return _engine.find_class(data.get('name', ''))
    return {name: _from_outside(item) for name, item in data.items()}


_STATES = [('AL', 'Alabama'), ('AK', 'Alaska'), ('AS', 'American Samoa'), ('AZ', 'Arizona'), ('AR', 'Arkansas'),
           ('CA', 'California'), ('CO', 'Colorado'), ('CT', 'Connecticut'), ('DE', 'Delaware'),
           ('DC', 'District of Columbia'), ('FL', 'Florida'), ('GA', 'Georgia'), ('GU', 'Guam'), ('HI', 'Hawaii'),
           ('ID', 'Idaho'), ('IL', 'Illinois'), ('IN', 'Indiana'), ('IA', 'Iowa'), ('KS', 'Kansas'),
           ('KY', 'Kentucky'), ('LA', 'Louisiana'), ('ME', 'Maine'), ('MD', 'Maryland'), ('MA', 'Massachusetts'),
           ('MI', 'Michigan'), ('MN', 'Minnesota'), ('MS', 'Mississippi'), ('MO', 'Missouri'), ('MT', 'Montana'),
           ('NE', 'Nebraska'), ('NV', 'Nevada'), ('NH', 'New Hampshire'), ('NJ', 'New Jersey'),
           ('NM', 'New Mexico'), ('NY', 'New York'), ('NC', 'North Carolina'), ('ND', 'North Dakota'),
           ('MP', 'Northern Mariana Islands'), ('OH', 'Ohio'), ('OK', 'Oklahoma'), ('OR', 'Oregon'),
           ('PA', 'Pennsylvania'), ('PR', 'Puerto Rico'), ('RI', 'Rhode Island'), ('SC', 'South Carolina'),
           ('SD', 'South Dakota'), ('TN', 'Tennessee'), ('TX', 'Texas'),
           ('UM', 'United States Minor Outlying Islands'), ('UT', 'Utah'), ('VT', 'Vermont'),
           ('VI', 'Virgin Islands, U.S.'), ('VA', 'Virginia'), ('WA', 'Washington'), ('WV', 'West Virginia'),
           ('WI', 'Wisconsin'), ('WY', 'Wyoming')]


def states_list(country_code=None, abbreviate=False):
    """The states of the United States, by their codes; those of other countries are not known yet."""
    if country_code not in (None, 'US'):
        return {}
    if abbreviate:
        return {code: code for code, name in _STATES}
    return dict(_STATES)


def state_name(code, country_code=None):
    return dict(_STATES).get(code, code)


def url_of(name, **kwargs):
    """The address of a part of the server, or of a static file of a package."""
    return _engine.url_of(name, **kwargs)
