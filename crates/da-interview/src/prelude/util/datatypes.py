"""Datatypes that packages define."""

_custom_types = {}


class CustomDataType:
    """The base of a datatype of one's own: a subclass with a `name` is what fields mean by that `datatype`."""

    include_variable_name = False

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        name = cls.__dict__.get('name')
        if not isinstance(name, str) or not all(c.isalnum() and c.isascii() or c in '-_' for c in name):
            return
        said = lambda what, otherwise: getattr(cls, what, otherwise)
        _custom_types[name] = {
            'container_class': said('container_class', 'da-field-container-datatype-' + name),
            'input_class': said('input_class', 'da' + name), 'input_type': said('input_type', 'text'),
            'javascript': said('javascript', None), 'jq_rule': said('jq_rule', None), 'jq_message': said('jq_message', None),
            'parameters': said('parameters', []), 'code_parameters': said('code_parameters', []),
            'mako_parameters': said('mako_parameters', []), 'skip_if_empty': bool(said('skip_if_empty', True)),
            'is_object': bool(said('is_object', False)), 'class': cls}

    @classmethod
    def validate(cls, item):
        return True

    @classmethod
    def transform(cls, item):
        return item

    @classmethod
    def default_for(cls, item):
        return str(item)

    @classmethod
    def empty(cls):
        return None

    @classmethod
    def _call(cls, method, item, variable_name, data):
        # A method may want to know the variable, and what the field says beside it.
        return method(*(item, variable_name, data)[:method.__code__.co_argcount - 1])

    @classmethod
    def call_validate(cls, item, variable_name, data):
        return cls._call(cls.validate, item, variable_name, data)

    @classmethod
    def call_transform(cls, item, variable_name, data):
        return cls._call(cls.transform, item, variable_name, data)

    @classmethod
    def call_default_for(cls, item, variable_name, data):
        return cls._call(cls.default_for, item, variable_name, data)


def _from_control(datatype, raw, variable_name, data):
    """What a control of a datatype of one's own says: the value alone in a tuple, or nothing for a control that is empty."""
    known = _custom_types.get(datatype)
    if known is None:
        return (raw,)
    kind = known['class']
    if raw is None or raw == '':
        return () if known['skip_if_empty'] else (kind.empty(),)
    if not kind.call_validate(raw, variable_name, data):
        raise DAValidationError(word('You need to enter a valid value.'))
    return (kind.call_transform(raw, variable_name, data),)


def _parameter_kind(datatype, key):
    """Whether what a field says under a key is for its datatype, and what it is: as written, Mako, or code."""
    known = _custom_types.get(datatype, {})
    for kind in ('code', 'mako'):
        if key in known.get(kind + '_parameters', ()):
            return kind
    return 'plain' if key in known.get('parameters', ()) else None


def _own_control(datatype, value, variable_name, data):
    """How a page shows the control of a datatype of one's own."""
    known = _custom_types.get(datatype)
    if known is None:
        return None
    shown = {name: str(known[name]) for name in ('input_type', 'input_class', 'container_class')}
    shown['data'] = {re.sub(r'[^A-Za-z0-9-]', '-', name).strip('-'): str(said) for name, said in data.items()}
    if value is not None:
        try:
            shown['default'] = str(known['class'].call_default_for(value, variable_name, data))
        except Exception:
            # As in the original, a value that the class has no text for leaves the control empty.
            shown['default'] = ''
    return shown


_jinja_filters = {}


def register_jinja_filter(name, function):
    """Keeps a filter for the templates of documents."""
    _jinja_filters[name] = function
