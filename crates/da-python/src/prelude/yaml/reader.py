"""Texts and bytes that YAML is read from."""

from yaml.error import YAMLError


class ReaderError(YAMLError):

    def __init__(self, name, position, character, encoding, reason):
        self.name = name
        self.position = position
        self.character = character
        self.encoding = encoding
        self.reason = reason

    def __str__(self):
        if isinstance(self.character, bytes):
            return (f"'{self.encoding}' codec can't decode byte #x{ord(self.character):02x}: {self.reason}\n"
                    f'  in "{self.name}", position {self.position}')
        return (f'unacceptable character #x{self.character:04x}: {self.reason}\n'
                f'  in "{self.name}", position {self.position}')


def text_of(stream):
    """The name and the text of what is to be read."""
    if isinstance(stream, str):
        return '<unicode string>', stream
    if isinstance(stream, (bytes, bytearray)):
        return '<byte string>', _decoded('<byte string>', bytes(stream))
    name = getattr(stream, 'name', '<file>')
    text = stream.read()
    return name, text if isinstance(text, str) else _decoded(name, text)


def _decoded(name, data):
    encoding = 'utf-8'
    if data.startswith((b'\xff\xfe', b'\xfe\xff')):
        encoding = 'utf-16'
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReaderError(name, error.start, data[error.start:error.start + 1], encoding, error.reason)
