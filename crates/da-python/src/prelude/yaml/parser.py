"""The class of errors that a parser finds."""

from yaml.error import MarkedYAMLError


class ParserError(MarkedYAMLError):
    pass
