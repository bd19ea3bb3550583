"""Text for HTML and back."""

_NAMED = {'amp': '&', 'lt': '<', 'gt': '>', 'quot': '"', 'apos': "'", 'nbsp': '\xa0', 'copy': '©', 'reg': '®',
          'trade': '™', 'hellip': '…', 'mdash': '—', 'ndash': '–', 'lsquo': '‘', 'rsquo': '’', 'ldquo': '“',
          'rdquo': '”', 'sect': '§', 'para': '¶', 'euro': '€', 'pound': '£', 'cent': '¢', 'deg': '°', 'middot': '·',
          'bull': '•', 'laquo': '«', 'raquo': '»', 'times': '×', 'eacute': 'é', 'egrave': 'è', 'agrave': 'à',
          'ccedil': 'ç', 'ntilde': 'ñ', 'auml': 'ä', 'ouml': 'ö', 'uuml': 'ü', 'szlig': 'ß', 'Auml': 'Ä',
          'Ouml': 'Ö', 'Uuml': 'Ü', 'aacute': 'á', 'iacute': 'í', 'oacute': 'ó', 'uacute': 'ú', 'rarr': '→'}


def escape(s, quote=True):
    s = s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    if quote:
        s = s.replace('"', '&quot;').replace("'", '&#x27;')
    return s


def unescape(s):
    pieces = s.split('&')
    out = [pieces[0]]
    for piece in pieces[1:]:
        name, semicolon, rest = piece.partition(';')
        found = _character(name) if semicolon else None
        out.append('&' + piece if found is None else found + rest)
    return ''.join(out)


def _character(name):
    if not name.startswith('#'):
        return _NAMED.get(name)
    try:
        code = int(name[2:], 16) if name[1:2] in ('x', 'X') else int(name[1:])
        return chr(code)
    except ValueError:
        return None
