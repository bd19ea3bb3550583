"""YAML, read and written as PyYAML does. There are no tokens, events and resolvers of one's own."""

import _yaml
from yaml.composer import ComposerError
from yaml.constructor import Constructor, ConstructorError, FullConstructor, SafeConstructor, UnsafeConstructor
from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import ParserError
from yaml.reader import ReaderError
from yaml.representer import Representer, RepresenterError, SafeRepresenter
from yaml.scanner import ScannerError
from yaml import composer, constructor, error, nodes, parser, reader, representer, scanner

__version__ = '6.0.3'
__with_libyaml__ = False


class SafeLoader(SafeConstructor):
    pass


class FullLoader(FullConstructor):
    pass


class UnsafeLoader(UnsafeConstructor):
    pass


class Loader(Constructor):
    pass


def load(stream, Loader):
    """The value of a text of one document."""
    return Loader(stream).get_single_data()


def load_all(stream, Loader):
    """The values of all documents of a text."""
    return Loader(stream).documents(False)


def full_load(stream):
    return load(stream, FullLoader)


def full_load_all(stream):
    return load_all(stream, FullLoader)


def safe_load(stream):
    return load(stream, SafeLoader)


def safe_load_all(stream):
    return load_all(stream, SafeLoader)


def unsafe_load(stream):
    return load(stream, UnsafeLoader)


def unsafe_load_all(stream):
    return load_all(stream, UnsafeLoader)


class _Tree:
    """Nodes as the tuples that `_yaml.write` reads: a node that stands in several places gets an anchor."""

    def __init__(self, root):
        self._anchors = {}
        self._written = set()
        self._last = 0
        self._look(root)

    def _look(self, node):
        waiting = [node]
        while waiting:
            node = waiting.pop()
            if id(node) in self._anchors:
                if self._anchors[id(node)] is None:
                    self._last += 1
                    self._anchors[id(node)] = self._last
                continue
            self._anchors[id(node)] = None
            if isinstance(node, SequenceNode):
                waiting.extend(reversed(node.value))
            elif isinstance(node, MappingNode):
                waiting.extend([part for pair in reversed(node.value) for part in reversed(pair)])

    def tuple_of(self, node):
        number = self._anchors[id(node)]
        anchor = None if number is None else f'id{number:03d}'
        if id(node) in self._written:
            return ('a', anchor)
        self._written.add(id(node))
        if isinstance(node, ScalarNode):
            return ('s', anchor, node.tag, node.value, node.style)
        if isinstance(node, SequenceNode):
            return ('q', anchor, node.tag, [self.tuple_of(item) for item in node.value], node.flow_style)
        pairs = [(self.tuple_of(key), self.tuple_of(value)) for key, value in node.value]
        return ('m', anchor, node.tag, pairs, node.flow_style)


class _Writer:
    """Where documents go, and how they look."""

    def __init__(self, stream, default_style=None, default_flow_style=False, canonical=None, indent=None, width=None,
                 allow_unicode=None, line_break=None, encoding=None, explicit_start=None, explicit_end=None, version=None,
                 tags=None, sort_keys=True):
        if tags:
            raise NotImplementedError('yaml: the directive %TAG cannot be written')
        self._make_representer(default_style, default_flow_style, sort_keys)
        self._stream = stream
        self._encoding = encoding
        best = indent if indent and 1 < indent < 10 else 2
        # A number may be infinite.
        wide = int(min(width, 1 << 40)) if width and width > best * 2 else 80
        self._look = (best, wide, bool(allow_unicode), line_break, bool(canonical), bool(explicit_start),
                      bool(explicit_end), None if version is None else f'{version[0]}.{version[1]}',
                      type(self).increase_indent is _Writer.increase_indent)
        self._documents = []

    def increase_indent(self, flow=False, indentless=False):
        """A class that overrides this wants lists in mappings to be indented; nothing else can be changed so."""

    def represent(self, data):
        node = self.represent_data(data)
        self._documents.append(_Tree(node).tuple_of(node))
        self.represented_objects = {}
        self.object_keeper = []
        self.alias_key = None

    def close(self):
        """Writes all documents."""
        text = _yaml.write(self._documents, *self._look)
        if self._encoding is not None and not hasattr(self._stream, 'encoding'):
            text = text.encode(self._encoding)
        if self._stream is None:
            return text
        self._stream.write(text)


class SafeDumper(_Writer, SafeRepresenter):
    _make_representer = SafeRepresenter.__init__


class Dumper(_Writer, Representer):
    _make_representer = Representer.__init__


def dump_all(documents, stream=None, Dumper=Dumper, **kwds):
    """Writes documents; gives the text when there is no stream."""
    dumper = Dumper(stream, **kwds)
    for data in documents:
        dumper.represent(data)
    return dumper.close()


def dump(data, stream=None, Dumper=Dumper, **kwds):
    """Writes a value; gives the text when there is no stream."""
    return dump_all([data], stream, Dumper=Dumper, **kwds)


def safe_dump_all(documents, stream=None, **kwds):
    return dump_all(documents, stream, Dumper=SafeDumper, **kwds)


def safe_dump(data, stream=None, **kwds):
    return dump_all([data], stream, Dumper=SafeDumper, **kwds)


def _loaders(Loader):
    return (globals()['Loader'], FullLoader, UnsafeLoader) if Loader is None else (Loader,)


def add_constructor(tag, constructor, Loader=None):
    for loader in _loaders(Loader):
        loader.add_constructor(tag, constructor)


def add_multi_constructor(tag_prefix, multi_constructor, Loader=None):
    for loader in _loaders(Loader):
        loader.add_multi_constructor(tag_prefix, multi_constructor)


def add_representer(data_type, representer, Dumper=Dumper):
    Dumper.add_representer(data_type, representer)


def add_multi_representer(data_type, multi_representer, Dumper=Dumper):
    Dumper.add_multi_representer(data_type, multi_representer)
