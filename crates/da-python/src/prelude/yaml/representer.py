"""Values as nodes."""

import base64
import collections
import copyreg
import datetime
import types

from yaml.error import YAMLError
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

_STANDARD = 'tag:yaml.org,2002:'


class RepresenterError(YAMLError):
    pass


class BaseRepresenter:

    yaml_representers = {}
    yaml_multi_representers = {}

    def __init__(self, default_style=None, default_flow_style=False, sort_keys=True):
        self.default_style = default_style
        self.sort_keys = sort_keys
        self.default_flow_style = default_flow_style
        self.represented_objects = {}
        self.object_keeper = []
        self.alias_key = None

    @classmethod
    def add_representer(cls, data_type, representer):
        if 'yaml_representers' not in cls.__dict__:
            cls.yaml_representers = cls.yaml_representers.copy()
        cls.yaml_representers[data_type] = representer

    @classmethod
    def add_multi_representer(cls, data_type, representer):
        if 'yaml_multi_representers' not in cls.__dict__:
            cls.yaml_multi_representers = cls.yaml_multi_representers.copy()
        cls.yaml_multi_representers[data_type] = representer

    def ignore_aliases(self, data):
        return False

    def represent_data(self, data):
        self.alias_key = None if self.ignore_aliases(data) else id(data)
        if self.alias_key is not None:
            if self.alias_key in self.represented_objects:
                return self.represented_objects[self.alias_key]
            self.object_keeper.append(data)
        return self._representer(type(data))(self, data)

    def _representer(self, data_type):
        exact, multi = self.yaml_representers, self.yaml_multi_representers
        if data_type in exact:
            return exact[data_type]
        for base in data_type.__mro__:
            if base in multi:
                return multi[base]
        for table in (multi, exact):
            if None in table:
                return table[None]
        return lambda representer, data: ScalarNode(None, str(data))

    def _keep(self, node):
        if self.alias_key is not None:
            self.represented_objects[self.alias_key] = node
        return node

    def _flow(self, flow_style, parts):
        if flow_style is not None:
            return flow_style
        if self.default_flow_style is not None:
            return self.default_flow_style
        return all(isinstance(part, ScalarNode) and not part.style for part in parts)

    def represent_scalar(self, tag, value, style=None):
        return self._keep(ScalarNode(tag, value, style=self.default_style if style is None else style))

    def represent_sequence(self, tag, sequence, flow_style=None):
        node = self._keep(SequenceNode(tag, [], flow_style=flow_style))
        for item in sequence:
            node.value.append(self.represent_data(item))
        node.flow_style = self._flow(flow_style, node.value)
        return node

    def represent_mapping(self, tag, mapping, flow_style=None):
        node = self._keep(MappingNode(tag, [], flow_style=flow_style))
        if hasattr(mapping, 'items'):
            mapping = list(mapping.items())
            if self.sort_keys:
                try:
                    mapping = sorted(mapping)
                except TypeError:
                    pass
        for key, value in mapping:
            key = self.represent_data(key)
            node.value.append((key, self.represent_data(value)))
        node.flow_style = self._flow(flow_style, [part for pair in node.value for part in pair])
        return node


class SafeRepresenter(BaseRepresenter):
    """Plain values alone."""

    def ignore_aliases(self, data):
        return data is None or isinstance(data, (str, bytes, bool, int, float)) or (isinstance(data, tuple) and data == ())

    def represent_none(self, data):
        return self.represent_scalar(_STANDARD + 'null', 'null')

    def represent_str(self, data):
        return self.represent_scalar(_STANDARD + 'str', data)

    def represent_binary(self, data):
        return self.represent_scalar(_STANDARD + 'binary', base64.encodebytes(data).decode('ascii'), style='|')

    def represent_bool(self, data):
        return self.represent_scalar(_STANDARD + 'bool', 'true' if data else 'false')

    def represent_int(self, data):
        return self.represent_scalar(_STANDARD + 'int', str(data))

    def represent_float(self, data):
        if data != data:
            value = '.nan'
        elif data in (float('inf'), float('-inf')):
            value = '.inf' if data > 0 else '-.inf'
        else:
            value = repr(data).lower()
            if '.' not in value and 'e' in value:
                # Without a point it would be read as a text.
                value = value.replace('e', '.0e', 1)
        return self.represent_scalar(_STANDARD + 'float', value)

    def represent_list(self, data):
        return self.represent_sequence(_STANDARD + 'seq', data)

    def represent_dict(self, data):
        return self.represent_mapping(_STANDARD + 'map', data)

    def represent_set(self, data):
        return self.represent_mapping(_STANDARD + 'set', {key: None for key in data})

    def represent_date(self, data):
        return self.represent_scalar(_STANDARD + 'timestamp', data.isoformat())

    def represent_datetime(self, data):
        return self.represent_scalar(_STANDARD + 'timestamp', data.isoformat(' '))

    def represent_undefined(self, data):
        raise RepresenterError('cannot represent an object', data)


for _type, _representer in [
        (type(None), SafeRepresenter.represent_none), (str, SafeRepresenter.represent_str),
        (bytes, SafeRepresenter.represent_binary), (bool, SafeRepresenter.represent_bool),
        (int, SafeRepresenter.represent_int), (float, SafeRepresenter.represent_float),
        (list, SafeRepresenter.represent_list), (tuple, SafeRepresenter.represent_list),
        (dict, SafeRepresenter.represent_dict), (set, SafeRepresenter.represent_set),
        (datetime.date, SafeRepresenter.represent_date), (datetime.datetime, SafeRepresenter.represent_datetime),
        (None, SafeRepresenter.represent_undefined)]:
    SafeRepresenter.add_representer(_type, _representer)


class Representer(SafeRepresenter):
    """Python's objects too, under tags that say how to make them again."""

    def represent_complex(self, data):
        real, imag = data.real, data.imag
        if imag == 0.0:
            text = repr(real)
        elif real == 0.0:
            text = f'{imag!r}j'
        else:
            text = f"{real!r}{'+' if imag > 0 else ''}{imag!r}j"
        return self.represent_scalar(_STANDARD + 'python/complex', text)

    def represent_tuple(self, data):
        return self.represent_sequence(_STANDARD + 'python/tuple', data)

    def represent_name(self, data):
        return self.represent_scalar(f'{_STANDARD}python/name:{data.__module__}.{data.__name__}', '')

    def represent_module(self, data):
        return self.represent_scalar(f'{_STANDARD}python/module:{data.__name__}', '')

    def represent_ordered_dict(self, data):
        made = type(data)
        tag = f'{_STANDARD}python/object/apply:{made.__module__}.{made.__name__}'
        return self.represent_sequence(tag, [[[key, value] for key, value in data.items()]])

    def represent_object(self, data):
        reduce = copyreg.dispatch_table.get(type(data))
        parts = list(reduce(data) if reduce is not None else data.__reduce_ex__(2))
        function, args, state, listitems, dictitems = (parts + [None] * 5)[:5]
        args, state = list(args), {} if state is None else state
        listitems = list(listitems) if listitems is not None else []
        dictitems = dict(dictitems) if dictitems is not None else {}
        new = function.__name__ == '__newobj__'
        if new:
            function, args = args[0], args[1:]
        tag = f"{_STANDARD}python/object/{'new' if new else 'apply'}:"
        name = f'{function.__module__}.{function.__name__}'
        plain_state = isinstance(state, dict)
        if new and plain_state and not (args or listitems or dictitems):
            return self.represent_mapping(f'{_STANDARD}python/object:{name}', state)
        if plain_state and not (state or listitems or dictitems):
            return self.represent_sequence(tag + name, args)
        value = {'args': args, 'state': state, 'listitems': listitems, 'dictitems': dictitems}
        return self.represent_mapping(tag + name, {part: given for part, given in value.items()
                                                   if given or (part == 'state' and not plain_state)})


Representer.add_representer(complex, Representer.represent_complex)
Representer.add_representer(tuple, Representer.represent_tuple)
Representer.add_representer(collections.OrderedDict, Representer.represent_ordered_dict)
for _type in (types.FunctionType, types.BuiltinFunctionType):
    Representer.add_representer(_type, Representer.represent_name)
Representer.add_representer(types.ModuleType, Representer.represent_module)
Representer.add_multi_representer(type, Representer.represent_name)
Representer.add_multi_representer(object, Representer.represent_object)
