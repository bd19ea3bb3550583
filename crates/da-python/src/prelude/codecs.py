"""Encodings by name, and files in them."""

import io

__all__ = ['lookup', 'encode', 'decode', 'getencoder', 'getdecoder', 'open', 'CodecInfo', 'BOM', 'BOM_UTF8', 'BOM_UTF16', 'BOM_UTF16_LE',
           'BOM_UTF16_BE', 'BOM_UTF32', 'BOM_UTF32_LE', 'BOM_UTF32_BE', 'BOM_LE', 'BOM_BE', 'getreader', 'getwriter']

BOM_UTF8 = b'\xef\xbb\xbf'
BOM = BOM_LE = BOM_UTF16 = BOM_UTF16_LE = b'\xff\xfe'
BOM_BE = BOM_UTF16_BE = b'\xfe\xff'
BOM_UTF32 = BOM_UTF32_LE = b'\xff\xfe\0\0'
BOM_UTF32_BE = b'\0\0\xfe\xff'

# What turns texts into texts, or bytes into bytes.
_ROT = str.maketrans('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 'NOPQRSTUVWXYZABCDEFGHIJKLMnopqrstuvwxyzabcdefghijklm')


class CodecInfo(tuple):
    """An encoding: how it encodes and decodes."""

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None, incrementaldecoder=None,
                name=None):
        made = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        made.name, made.encode, made.decode = name, encode, decode
        made.streamreader, made.streamwriter = streamreader, streamwriter
        return made

    def __repr__(self):
        return f'<codecs.CodecInfo object for encoding {self.name} at {id(self):#x}>'


_SPECIAL = {
    'rot13': (lambda obj: obj.translate(_ROT), lambda obj: obj.translate(_ROT)),
    'hex': (lambda obj: bytes(obj).hex().encode(), lambda obj: bytes.fromhex(bytes(obj).decode('ascii'))),
    'base64': (lambda obj: __import__('base64').encodebytes(obj), lambda obj: __import__('base64').decodebytes(obj)),
    'zlib': (lambda obj: __import__('zlib').compress(obj), lambda obj: __import__('zlib').decompress(obj)),
}
_NAMES = {'utf8': 'utf-8', 'u8': 'utf-8', 'latin-1': 'iso8859-1', 'latin1': 'iso8859-1', 'iso-8859-1': 'iso8859-1', 'us-ascii': 'ascii',
          'windows-1252': 'cp1252', 'utf16': 'utf-16', 'utf32': 'utf-32'}


def _special(encoding):
    name = encoding.lower().replace('-', '').replace('_', '')
    return _SPECIAL.get(name.removesuffix('codec'))


def lookup(encoding, /):
    special = _special(encoding)
    if special is not None:
        return CodecInfo(lambda obj, errors='strict': (special[0](obj), len(obj)), lambda obj, errors='strict': (special[1](obj), len(obj)),
                         name=encoding.lower())
    ''.encode(encoding)
    name = encoding.lower().replace('_', '-')
    return CodecInfo(lambda obj, errors='strict': (obj.encode(encoding, errors), len(obj)),
                     lambda obj, errors='strict': (bytes(obj).decode(encoding, errors), len(obj)), name=_NAMES.get(name, name))


def encode(obj, encoding='utf-8', errors='strict'):
    return lookup(encoding).encode(obj, errors)[0]


def decode(obj, encoding='utf-8', errors='strict'):
    return lookup(encoding).decode(obj, errors)[0]


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getreader(encoding):
    return lambda stream, errors='strict': io.TextIOWrapper(stream, encoding, errors)


getwriter = getreader


def open(filename, mode='r', encoding=None, errors='strict', buffering=-1):
    if encoding is not None and 'b' not in mode:
        mode += 'b'
    file = io.open(filename, mode)
    return file if encoding is None else io.TextIOWrapper(file, encoding, errors, newline='')
