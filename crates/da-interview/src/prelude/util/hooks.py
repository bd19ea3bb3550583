"""What the engine itself calls."""


def _begin_sections(variables, sections):
    """The sections of the interview, where nothing else was said about them yet."""
    nav = variables.get('nav')
    if nav is None:
        nav = variables['nav'] = DANav()
    if nav.sections is None and sections:
        nav.sections = sections


_LOCALS = {'session_local': DASessionLocal, 'device_local': DADeviceLocal, 'user_local': DAUserLocal}

# What is no answer: these objects, and what the letters of generic blocks meant last.
_NOT_KEPT = (*_LOCALS, 'x', 'i', 'j', 'k', 'l', 'm', 'n')


def _begin_local(variables, name):
    """The object of this use, this device or this user, which is made."""
    kept = variables['_internal'].setdefault(name, {})
    local = kept[_engine.session_uid()] = _LOCALS[name](name)
    variables[name] = local


def _end(variables, by_form):
    """What is done once the interview has been evaluated.

    Quirk: only where a form was sent is going back prevented; over the API it is not (prevent-going-back).
    """
    _keep_globals()
    if _state.prevents_going_back and by_form:
        variables['_internal']['steps_offset'] = variables['_internal']['steps']


def _where(variables):
    """The current section, its title, and all sections, for the screen."""
    nav = variables.get('nav')
    if not isinstance(nav, DANav) or not nav.sections:
        return (None, None, [])
    return (nav.get_section(), nav.get_section(display=True), nav.get_sections())


def _on_background_error():
    """The action that is run when the one in the background fails."""
    return _state.on_background_error


def _medium_date(text):
    """The limit of a date in words; None where the text is no date."""
    try:
        return format_date(text, format='medium')
    except Exception:
        return None


def _date_as_told(text):
    """A date as the limits of fields are told; None where the text is no date."""
    try:
        return format_date(as_datetime(text), format='yyyy-MM-dd')
    except Exception:
        return None


def _document_of_block(name, info):
    """A document of an `attachment` block. No files are made of it."""
    return DAFileCollection(name, info=info)


def _make_object(plan, name):
    """Makes one of the `objects` of a block."""
    if isinstance(plan, DAObjectPlusParameters):
        return plan.object_type(name, **plan.parameters)
    return plan(name)


def _empty_checkboxes(name):
    return DADict(name, auto_gather=False, gathered=True)


_A_DATE = re.compile(r'^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)?$')
_A_TIME = re.compile(r'^\d\d:\d\d:\d\d')


def _from_outside(data):
    """Plain data with dates for the texts of dates, and objects for what says of which class it is."""
    if isinstance(data, str):
        return _date_from_outside(data)
    if isinstance(data, list):
        return [_from_outside(item) for item in data]
    if not isinstance(data, dict):
        return data
    kind = data.get('_class')
    if kind == 'type':
        return _engine.find_class(data.get('name', ''))
    if isinstance(kind, str) and kind.startswith('docassemble.') and 'instanceName' in data:
        made = _engine.find_class(kind)
        if made is not None:
            thing = made(data['instanceName'])
            for name, item in data.items():
                if name not in ('_class', 'instanceName'):
                    object.__setattr__(thing, name, _from_outside(item))
            return thing
    return {name: _from_outside(item) for name, item in data.items()}


def _date_from_outside(text):
    try:
        if _A_DATE.match(text):
            return as_datetime(text)
        if _A_TIME.match(text):
            return _datetime.time.fromisoformat(text)
    except ValueError:
        pass
    return text


def transform_json_variables(obj):
    """Plain data that came as JSON, with dates and objects for what stands for them."""
    return _from_outside(obj)
