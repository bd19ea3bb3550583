"""What the tags of YAML make: beyond what `_yaml` makes itself, a function for each tag."""

import base64
import binascii
import datetime
import re

import _yaml
from yaml.composer import ComposerError
from yaml.error import Mark, MarkedYAMLError
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.parser import ParserError
from yaml.reader import ReaderError, text_of
from yaml.scanner import ScannerError

_STANDARD = 'tag:yaml.org,2002:'
_NODES = {'scalar': ScalarNode, 'sequence': SequenceNode, 'mapping': MappingNode}


class ConstructorError(MarkedYAMLError):
    pass


_FAULTS = {'ScannerError': ScannerError, 'ParserError': ParserError, 'ComposerError': ComposerError,
           'ConstructorError': ConstructorError}


class BaseConstructor:
    """Reads a text. The value of a node with a tag of one's own is complete when its constructor gets it."""

    yaml_constructors = {}
    yaml_multi_constructors = {}

    def __init__(self, stream):
        self.name, self._text = text_of(stream)

    @classmethod
    def add_constructor(cls, tag, constructor):
        if 'yaml_constructors' not in cls.__dict__:
            cls.yaml_constructors = cls.yaml_constructors.copy()
        cls.yaml_constructors[tag] = constructor

    @classmethod
    def add_multi_constructor(cls, tag_prefix, multi_constructor):
        if 'yaml_multi_constructors' not in cls.__dict__:
            cls.yaml_multi_constructors = cls.yaml_multi_constructors.copy()
        cls.yaml_multi_constructors[tag_prefix] = multi_constructor

    def documents(self, single):
        """The values of the text, and then what is wrong with it, if anything is."""
        text = self._text.removeprefix('\ufeff')
        documents, fault = _yaml.load(text, single, self._hook, set(self.yaml_constructors))
        yield from documents
        if fault is not None:
            raise self._fault(*fault)

    def get_single_data(self):
        """The value of a text of one document; `None` when there is none."""
        documents = list(self.documents(True))
        return documents[0] if documents else None

    def _mark(self, place):
        if place is None:
            return None
        index, line, column = place
        return Mark(self.name, index, line, column, self._text if isinstance(self._text, str) else None, index)

    def _fault(self, kind, context, since, problem, place):
        if kind == 'ReaderError':
            character = ord(self._text[place[0]])
            return ReaderError(self.name, place[0], character, 'unicode', 'special characters are not allowed')
        return _FAULTS[kind](context, self._mark(since), problem, self._mark(place))

    def _hook(self, tag, kind, value, place):
        return self.construct_object(_NODES[kind](tag, value, self._mark(place)))

    def construct_object(self, node, deep=False):
        if not isinstance(node, (ScalarNode, SequenceNode, MappingNode)):
            return node
        tag = node.tag
        constructor = self.yaml_constructors.get(tag)
        if constructor is None:
            prefixes = [prefix for prefix in self.yaml_multi_constructors if prefix is not None and tag.startswith(prefix)]
            if prefixes:
                made = self.yaml_multi_constructors[prefixes[0]](self, tag[len(prefixes[0]):], node)
                return _finished(made)
            if None in self.yaml_multi_constructors:
                return _finished(self.yaml_multi_constructors[None](self, tag, node))
            constructor = self.yaml_constructors.get(None)
        if constructor is None:
            plain = _PLAIN.get(tag)
            if plain is not None and isinstance(node, plain):
                return node.value
            return self.construct_undefined(node)
        return _finished(constructor(self, node))

    def construct_undefined(self, node):
        raise ConstructorError(None, None, f'could not determine a constructor for the tag {node.tag!r}', node.start_mark)

    def _expect(self, node, kind, called):
        if not isinstance(node, kind):
            raise ConstructorError(None, None, f'expected a {called} node, but found {node.id}', node.start_mark)
        return node.value

    def construct_scalar(self, node):
        return self._expect(node, ScalarNode, 'scalar')

    def construct_sequence(self, node, deep=False):
        return list(self._expect(node, SequenceNode, 'sequence'))

    def construct_mapping(self, node, deep=False):
        return dict(self._expect(node, MappingNode, 'mapping'))

    def construct_pairs(self, node, deep=False):
        return list(self._expect(node, MappingNode, 'mapping').items())


_PLAIN = {_STANDARD + 'str': ScalarNode, _STANDARD + 'seq': SequenceNode, _STANDARD + 'map': MappingNode}


def _finished(made):
    """A constructor may give its value first and fill it afterwards."""
    if type(made) is not _GENERATOR:
        return made
    value = next(made)
    for _ in made:
        pass
    return value


_GENERATOR = type(_ for _ in ())
_TIMESTAMP = re.compile(r'''(\d{4})-(\d\d?)-(\d\d?)
    (?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$''', re.X | re.A)


class SafeConstructor(BaseConstructor):
    """Makes plain values alone."""

    def construct_yaml_binary(self, node):
        try:
            return base64.decodebytes(self.construct_scalar(node).encode('ascii'))
        except (UnicodeEncodeError, binascii.Error) as error:
            what = 'convert base64 data into ascii' if isinstance(error, UnicodeEncodeError) else 'decode base64 data'
            raise ConstructorError(None, None, f'failed to {what}: {error}', node.start_mark)

    def construct_yaml_timestamp(self, node):
        found = _TIMESTAMP.match(self.construct_scalar(node))
        if found is None:
            raise ConstructorError(None, None, f'{node.value!r} is no timestamp', node.start_mark)
        year, month, day, hour, minute, second, fraction, zone, sign, zone_hour, zone_minute = found.groups()
        if not hour:
            return datetime.date(int(year), int(month), int(day))
        tzinfo = None
        if sign:
            delta = datetime.timedelta(hours=int(zone_hour), minutes=int(zone_minute or 0))
            tzinfo = datetime.timezone(-delta if sign == '-' else delta)
        elif zone:
            tzinfo = datetime.timezone.utc
        return datetime.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second),
                                 int(f'{fraction or "":0<6.6}'), tzinfo=tzinfo)

    def _single_pairs(self, node, called):
        if not isinstance(node, SequenceNode):
            raise ConstructorError(f'while constructing {called}', node.start_mark,
                                   f'expected a sequence, but found {node.id}', node.start_mark)
        for item in node.value:
            if not isinstance(item, dict) or len(item) != 1:
                found = f'expected a single mapping item, but found {len(item)} items' if isinstance(item, dict) else \
                    'expected a mapping of length 1, but found something else'
                raise ConstructorError(f'while constructing {called}', node.start_mark, found, node.start_mark)
        return [next(iter(item.items())) for item in node.value]

    def construct_yaml_omap(self, node):
        return self._single_pairs(node, 'an ordered map')

    def construct_yaml_pairs(self, node):
        return self._single_pairs(node, 'pairs')

    def construct_yaml_set(self, node):
        return set(self.construct_mapping(node))


for _name in ('binary', 'timestamp', 'omap', 'pairs', 'set'):
    SafeConstructor.add_constructor(_STANDARD + _name, getattr(SafeConstructor, 'construct_yaml_' + _name))


class FullConstructor(SafeConstructor):
    """Makes Python's own plain values too, and no other objects."""


def _python(name, make, construct):
    FullConstructor.add_constructor(f'{_STANDARD}python/{name}', lambda loader, node: make(construct(loader, node)))


def _safely(own):
    """What a tag of YAML makes of the text of a node."""
    return lambda loader, node: next(_of(loader, own, node))


def _of(loader, own, node):
    text = loader.construct_scalar(node)
    return SafeConstructor(f'!!{own} {_quoted(text)}').documents(True)


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"


_python('none', lambda value: value, _safely('null'))
_python('bool', lambda value: value, _safely('bool'))
_python('int', lambda value: value, _safely('int'))
_python('long', lambda value: value, _safely('int'))
_python('float', lambda value: value, _safely('float'))
_python('str', str, BaseConstructor.construct_scalar)
_python('unicode', str, BaseConstructor.construct_scalar)
_python('bytes', lambda value: value, SafeConstructor.construct_yaml_binary)
_python('complex', complex, BaseConstructor.construct_scalar)
_python('list', list, BaseConstructor.construct_sequence)
_python('tuple', tuple, BaseConstructor.construct_sequence)
_python('dict', dict, BaseConstructor.construct_mapping)


class UnsafeConstructor(FullConstructor):
    """The same: a text makes no objects here."""


class Constructor(UnsafeConstructor):
    pass
