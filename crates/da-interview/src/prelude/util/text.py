"""Texts: emphasis, paragraphs, names of files, and what must not be read."""


def plain(text, default=None):
    """The text, or something else where it is empty."""
    if text is None or str(text).strip() == '':
        return '' if default is None else default
    return text


def _emphasis(mark):
    def emphasize(text, default=None):
        if text is None or str(text).strip() == '':
            return '' if default is None else mark + str(default) + mark
        return mark + str(text).replace(mark[0], '') + mark
    return emphasize


bold = _emphasis('**')
bold.__name__ = 'bold'
italic = _emphasis('_')
italic.__name__ = 'italic'


def title_case(a, **kwargs):
    """A text as a title: small words stay small unless they stand first or last."""
    text = str(a)
    words = (text.lower() if text.isupper() else text).split(' ')
    said = []
    for place, part in enumerate(words):
        is_inner = 0 < place < len(words) - 1 and not words[place - 1].endswith(':')
        said.append(part.lower() if is_inner and part.lower() in _SMALL_WORDS else _title_word(part))
    return ' '.join(said)


_SMALL_WORDS = {'a', 'an', 'and', 'as', 'at', 'but', 'by', 'en', 'for', 'if', 'in', 'of', 'on', 'or', 'the', 'to', 'v', 'v.', 'via',
                'vs', 'vs.'}


def _title_word(part):
    """A word with a capital, unless it is written in a way of its own: `iPhone`, `example.com`."""
    if any(letter.isupper() for letter in part[1:]) and not part.isupper() or '.' in part[1:-1]:
        return part
    if '-' in part:
        return '-'.join(_title_word(piece) for piece in part.split('-'))
    if len(part) > 3 and part.lower().startswith('mc'):
        return 'Mc' + part[2].upper() + part[3:]
    for place, letter in enumerate(part):
        if letter.isalnum():
            return part[:place] + letter.upper() + part[place + 1:]
    return part


def fix_punctuation(text, mark=None, other_marks=None):
    """The text with a mark at its end, unless it has one."""
    mark = '.' if mark is None else mark
    text = str(text).rstrip()
    if mark == '' or text.endswith((mark,) + tuple(['.', '?', '!'] if other_marks is None else other_marks)):
        return text
    return text + mark


def indent(text, by=None):
    blanks = ' ' * (4 if by is None else by)
    return blanks + str(text).replace('\r', '').replace('\n', '\n' + blanks)


def single_paragraph(text):
    return re.sub(r'[\r\n]+', ' ', str(text))


def quote_paragraphs(text):
    return '> ' + re.sub(r'[\r\n]', '\n> ', str(text).strip())


def single_to_double_newlines(text):
    return re.sub(r'[\n\r]+', '\n\n', str(text))


def manual_line_breaks(text):
    return re.sub(r' *\r?\n *', ' [BR] ', str(text))


def space_to_underscore(a):
    """The text as the name of a file: ASCII, without blanks, slashes and marks."""
    text = str(a).encode('ascii', errors='ignore').decode().replace('/', ' ')
    return re.sub(r'[^A-Za-z0-9_.-]', '', '_'.join(text.split())).strip('._')


def nodoublequote(text):
    return str(text).replace('"', '')


def raw(val):
    """The value as it is, where docassemble would make a list of texts of it."""
    return RawValue(val)


class RawValue:
    def __init__(self, value):
        self.value = value


def yesno(the_value, invert=False):
    """Yes or No, and nothing for what has no value."""
    if the_value is None or the_value == '' or isinstance(the_value, DAEmpty):
        return ''
    return 'Yes' if bool(the_value) != bool(invert) else 'No'


def noyes(the_value, invert=False):
    return yesno(the_value, invert=not invert)


def split(text, breaks, index):
    """A text cut into lines of limited lengths, at blanks where there are some; the line at an index, or `all`."""
    text = re.sub(r'[\n\r]+', '\n', str(text).strip())
    limits = _limits_of(breaks if isinstance(breaks, list) else [breaks])
    parts = []
    start = blank = place = 0
    while place < len(text):
        if text[place] == '\n':
            parts.append(text[start:place].strip())
            start = blank = place
        else:
            if text[place] == ' ':
                blank = place
            if place >= limits[min(len(parts), len(limits) - 1)]:
                if blank > start:
                    place = blank
                parts.append(text[start:place].strip())
                start = place
        place += 1
    parts.append(text[start:].strip())
    if index == 'all':
        return parts
    index = int(float(index))
    return parts[index] if index < len(parts) else ''


def _limits_of(breaks):
    limits = []
    before = 0
    for length in breaks:
        limits.append(length + before)
        before = length
    if limits and limits[0] == 0:
        limits = limits[1:]
    return limits + [float('inf')]


def redact(text):
    """The text with marks in place of its words, which a document draws as black bars."""
    pieces = re.split(r'([\n\r\t]|\[[A-Z_]+(?: [^\]]*)?\]| )', str(text))
    said = ''
    for piece in pieces:
        if piece == ' ':
            said += '[REDACTION_SPACE]'
        elif piece == '' or re.fullmatch(r'[\n\r\t]|\[[A-Z_]+(?: [^\]]*)?\]', piece):
            said += piece
        else:
            said += '[REDACTION_WORD ' + piece.replace(']', '[') + ']'
    return said


def verbatim(text):
    """The text without any meaning in Markdown."""
    text = re.sub(r'&(?!#?[0-9A-Za-z]+;)', '&amp;', str(text).strip())
    text = '<span>' + text.replace('<', '&lt;').replace('>', '&gt;') + '</span>'
    text = re.sub(r'(?<!&)#', '&#35;', text.replace('*', '&#42;').replace('_', '&#95;'))
    for mark, code in (('=', '&#61;'), ('+', '&#43;'), ('-', '&#45;')):
        text = text.replace(mark, code)
    return re.sub(r'\r?\n(\r?\n)+', '<br>', re.sub(r'([0-9])\.', r'\1&#46;', text))


def encode_name(var):
    """The name of a variable as the forms of the browser have it."""
    return base64.b64encode(var.encode('utf-8')).decode().replace('=', '')


def decode_name(var):
    return base64.b64decode(_padded(var)).decode('utf-8')


def _padded(text):
    return text + '=' * (-len(text) % 4)


def from_b64_json(string):
    """What JSON in base 64 holds."""
    return None if string is None else json.loads(base64.b64decode(_padded(string)))


def static_image(filereference, width=None):
    """The mark that shows an image of a package."""
    name = _static_name(filereference)
    if name is None:
        return 'ERROR: invalid image reference'
    return '[FILE ' + name + (', ' + width if width else '') + ']'


def _static_name(filereference):
    if ',' in filereference or '../' in filereference:
        return None
    package, colon, path = filereference.partition(':')
    if not colon:
        package, path = _engine.interview_package(), filereference
    if not path.startswith(('data/', 'static/')):
        path = 'data/static/' + path
    return package + ':' + path


def qr_code(string, width=None, alt_text=None):
    """The mark that shows a QR code."""
    if width is None and alt_text is None:
        return '[QR ' + string + ']'
    return '[QR ' + string + ', ' + str(width) + (', ' + str(alt_text) if alt_text is not None else '') + ']'


_BUTTON_COLORS = ('primary', 'secondary', 'tertiary', 'success', 'danger', 'warning', 'info', 'light', 'dark', 'link')


def action_button_html(url, icon=None, color='success', size='sm', block=False, label='Edit', classname=None, new_window=None,
                       id_tag=None):
    """A button that leads to an address."""
    classes = ['btn']
    if size != 'md':
        classes.append('btn-' + (size if size in ('sm', 'lg') else 'sm'))
    if block:
        classes.append('btn-block')
    classes += ['btn-' + (color if color in _BUTTON_COLORS else 'dark'), 'btn-darevisit']
    if classname is not None:
        classes.append(str(classname))
    window = {True: '_blank', False: '_self'}.get(new_window, new_window)
    target = 'target="' + str(window) + '" ' if window else ''
    tag = ' id=' + json.dumps(id_tag) if id_tag is not None else ''
    said = word(label if isinstance(label, str) else 'Edit')
    return '<a ' + target + 'href="' + url + '"' + tag + ' class="' + ' '.join(classes) + '">' + _icon_html(icon) + said + '</a> '


def _icon_html(icon):
    """A picture of Font Awesome, by its name with or without its style."""
    if not isinstance(icon, str):
        return ''
    icon = re.sub('^(fa[a-z])-fa-', r'\1 fa-', icon)
    if not re.search('^fa[a-z] fa-', icon):
        icon = 'fa-solid fa-' + icon
    for short, style in (('fas ', 'fa-solid '), ('far ', 'fa-regular '), ('fab ', 'fa-brands ')):
        if icon.startswith(short):
            icon = style + icon[4:]
    return '<i class="' + icon + '"></i> '
