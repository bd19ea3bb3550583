"""Values as bytes and back, by format strings. Sizes are those of 64-bit machines; native alignment is that of their compilers."""

import math

__all__ = ['calcsize', 'pack', 'pack_into', 'unpack', 'unpack_from', 'iter_unpack', 'Struct', 'error']


class error(Exception):
    pass


_STANDARD = {'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 4, 'L': 4, 'q': 8, 'Q': 8, 'e': 2, 'f': 4,
             'd': 8, 's': 1, 'p': 1}
_NATIVE = _STANDARD | {'l': 8, 'L': 8, 'n': 8, 'N': 8, 'P': 8}
_ORDERS = {'@': 'little', '=': 'little', '<': 'little', '>': 'big', '!': 'big'}
_WHOLE = 'bBhHiIlLqQnNP'
# Digits after the point, bits of the exponent.
_FLOATS = {'e': (10, 5), 'f': (23, 8), 'd': (52, 11)}


def _parts(format):
    """The byte order, and for each part of a format its code, count, size and place; the size of all."""
    if isinstance(format, (bytes, bytearray)):
        format = bytes(format).decode('ascii')
    order, native = 'little', True
    if format[:1] in _ORDERS and format:
        order, native = _ORDERS[format[0]], format[0] == '@'
        format = format[1:]
    sizes, parts, place, count = _NATIVE if native else _STANDARD, [], 0, ''
    for code in format:
        if code.isdigit() and code.isascii():
            count += code
            continue
        if code.isspace() and not count:
            continue
        if code not in sizes:
            raise error('bad char in struct format')
        size, times = sizes[code], int(count) if count else 1
        count = ''
        if times > 1 << 31:
            raise error('total struct size too long')
        if native and size > 1:
            place += -place % size
        parts.append((code, times, size, place))
        place += size * times
    if count:
        raise error('repeat count given without format specifier')
    return order, parts, place


def _wanted(parts):
    return sum([0 if code == 'x' else 1 if code in 'sp' else times for code, times, size, place in parts])


def _whole(code, size, value):
    if not hasattr(type(value), '__index__'):
        raise error('required argument is not an integer')
    value = value.__index__()
    bits, signed = 8 * size, code in 'bhilqn'
    least, most = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if not least <= value <= most:
        if code in 'bBhH':
            raise error(f"{ {'b': 'byte', 'B': 'ubyte', 'h': 'short', 'H': 'ushort'}[code]} format requires {least} <= number <= {most}")
        raise error(f"'{code}' format requires {least} <= number <= {most}")
    return value & (1 << bits) - 1


def _float_bits(code, value):
    if not isinstance(value, (int, float)):
        raise error('required argument is not a float')
    value = float(value)
    digits, width = _FLOATS[code]
    bias, top = (1 << width - 1) - 1, (1 << width) - 1
    sign = int(math.copysign(1.0, value) < 0) << digits + width
    if value != value:
        return sign | top << digits | 1 << digits - 1
    value = abs(value)
    if value == math.inf:
        return sign | top << digits
    if value == 0:
        return sign
    fraction, exponent = math.frexp(value)
    exponent = max(exponent - 1 + bias, 0)
    # Below the normal numbers the first digit is no longer implied.
    scale = digits + bias - max(exponent, 1)
    whole = math.ldexp(value, scale)
    rounded = round(whole)
    if exponent:
        rounded += exponent - 1 << digits
    if rounded >> digits >= top:
        raise OverflowError(f'float too large to pack with {code} format')
    return sign | rounded


def _float_of(code, bits):
    digits, width = _FLOATS[code]
    bias, top = (1 << width - 1) - 1, (1 << width) - 1
    fraction, exponent = bits & (1 << digits) - 1, bits >> digits & top
    sign = -1.0 if bits >> digits + width else 1.0
    if exponent == top:
        return math.copysign(math.nan if fraction else math.inf, sign)
    if exponent:
        fraction |= 1 << digits
    return sign * math.ldexp(fraction, max(exponent, 1) - bias - digits)


def _text(code, times, value):
    if not isinstance(value, (bytes, bytearray)):
        raise error(f"argument for '{code}' must be a bytes object")
    if code == 'p':
        value = bytes(value[:max(times - 1, 0)])
        value = bytes([min(len(value), 255)]) + value if times else b''
    return bytes(value[:times]).ljust(times, b'\0')


def _one(code, size, order, value):
    if code == 'c':
        if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
            raise error('char format requires a bytes object of length 1')
        return bytes(value)
    if code == '?':
        return b'\1' if value else b'\0'
    bits = _float_bits(code, value) if code in _FLOATS else _whole(code, size, value)
    return bits.to_bytes(size, order)


def _read(code, size, order, data):
    if code == 'c':
        return data
    if code == '?':
        return data != b'\0'
    if code in _FLOATS:
        return _float_of(code, int.from_bytes(data, order))
    return int.from_bytes(data, order, signed=code in 'bhilqn')


class Struct:
    """A format, read once."""

    def __init__(self, format):
        self._order, self._parts, self.size = _parts(format)
        self.format = format if isinstance(format, str) else bytes(format).decode('ascii')

    def pack(self, *values):
        wanted = _wanted(self._parts)
        if len(values) != wanted:
            raise error(f'pack expected {wanted} items for packing (got {len(values)})')
        rest, out = iter(values), bytearray()
        for code, times, size, place in self._parts:
            out += b'\0' * (place - len(out))
            if code == 'x':
                out += b'\0' * times
            elif code in 'sp':
                out += _text(code, times, next(rest))
            else:
                for _ in range(times):
                    out += _one(code, size, self._order, next(rest))
        return bytes(out)

    def pack_into(self, buffer, offset, *values):
        data = self.pack(*values)
        if offset < 0:
            offset += len(buffer)
        if offset < 0 or offset + len(data) > len(buffer):
            raise error(f'pack_into requires a buffer of at least {offset + len(data)} bytes for packing {len(data)} bytes at offset '
                        f'{offset} (actual buffer size is {len(buffer)})')
        buffer[offset:offset + len(data)] = data

    def unpack(self, buffer):
        if len(buffer) != self.size:
            raise error(f'unpack requires a buffer of {self.size} bytes')
        return self.unpack_from(buffer)

    def unpack_from(self, buffer, offset=0):
        if offset < 0:
            offset += len(buffer)
        if offset < 0 or offset + self.size > len(buffer):
            raise error(f'unpack_from requires a buffer of at least {offset + self.size} bytes for unpacking {self.size} bytes at offset '
                        f'{offset} (actual buffer size is {len(buffer)})')
        data, found = bytes(buffer[offset:offset + self.size]), []
        for code, times, size, place in self._parts:
            if code == 's':
                found.append(data[place:place + times])
            elif code == 'p':
                length = min(data[place], times - 1) if times else 0
                found.append(data[place + 1:place + 1 + length])
            elif code != 'x':
                for start in range(place, place + times * size, size):
                    found.append(_read(code, size, self._order, data[start:start + size]))
        return tuple(found)

    def iter_unpack(self, buffer):
        if not self.size:
            raise error('cannot iteratively unpack with a struct of length 0')
        if len(buffer) % self.size:
            raise error(f'iterative unpacking requires a buffer of a multiple of {self.size} bytes')
        return iter([self.unpack_from(buffer, start) for start in range(0, len(buffer), self.size)])

    def __repr__(self):
        return f'Struct({self.format!r})'


def calcsize(format, /):
    return Struct(format).size


def pack(format, /, *values):
    return Struct(format).pack(*values)


def pack_into(format, buffer, offset, /, *values):
    Struct(format).pack_into(buffer, offset, *values)


def unpack(format, buffer, /):
    return Struct(format).unpack(buffer)


def unpack_from(format, /, buffer, offset=0):
    return Struct(format).unpack_from(buffer, offset)


def iter_unpack(format, buffer, /):
    return Struct(format).iter_unpack(buffer)
