"""Text in lines of a width."""

import re

__all__ = ['TextWrapper', 'wrap', 'fill', 'dedent', 'indent', 'shorten']

_SPACE = '\t\n\x0b\x0c\r '
_LETTER = r'[\w!"\'&.,?]'
# White space; an em dash between words; a word, which may end at a hyphen between letters or before a dash.
_PIECES = re.compile(
    rf'[{_SPACE}]+'
    rf'|(?<={_LETTER})-{{2,}}(?=\w)'
    rf'|[^{_SPACE}](?:-(?:(?<=[^\d\W]{{2}}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])'
    rf'|[^{_SPACE}]*?(?:-(?:(?<=[^\d\W]{{2}}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])'
    rf'|(?=[{_SPACE}]|\Z)|(?<={_LETTER})(?=-{{2,}}\w)))')
_WORDS = re.compile(rf'[{_SPACE}]+|[^{_SPACE}]+')
_SENTENCE_END = re.compile(r'[a-z][\.\!\?][\"\']?\Z')


class TextWrapper:
    """How text is wrapped."""

    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _munge_whitespace(self, text):
        """The text with other white space, as it was asked for."""
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(c): ' ' for c in _SPACE})
        return text

    def _split(self, text):
        """The pieces that are never broken: words, parts of words at hyphens, white space."""
        return (_PIECES if self.break_on_hyphens else _WORDS).findall(text)

    def _pieces(self, text):
        pieces = self._split(self._munge_whitespace(text))
        if self.fix_sentence_endings:
            for place in range(len(pieces) - 1):
                if pieces[place + 1] == ' ' and _SENTENCE_END.search(pieces[place]):
                    pieces[place + 1] = '  '
        return pieces

    def _fitting_part(self, piece, room):
        """The part of a word that is longer than a line that goes into this one."""
        end = room
        if self.break_on_hyphens and len(piece) > room:
            hyphen = piece.rfind('-', 0, room)
            if hyphen > 0 and any(c != '-' for c in piece[:hyphen]):
                end = hyphen + 1
        return end

    def wrap(self, text):
        """The lines of a text."""
        if self.width <= 0:
            raise ValueError('invalid width %r (must be > 0)' % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        pieces = self._pieces(text)
        pieces.reverse()
        lines = []
        while pieces:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and not pieces[-1].strip():
                pieces.pop()
            line, length = self._take(pieces, width)
            if line:
                if self._has_room(lines) or self._is_last(pieces) and length <= width:
                    lines.append(indent + ''.join(line))
                else:
                    self._finish(lines, line, length, width, indent)
                    break
        return lines

    def _take(self, pieces, width):
        """Takes off what one line holds."""
        line = []
        length = 0
        while pieces and length + len(pieces[-1]) <= width:
            length += len(pieces[-1])
            line.append(pieces.pop())
        if pieces and len(pieces[-1]) > width:
            if self.break_long_words:
                end = self._fitting_part(pieces[-1], max(width, 1) - length if width >= 1 else 1)
                line.append(pieces[-1][:end])
                pieces[-1] = pieces[-1][end:]
            elif not line:
                line.append(pieces.pop())
            length = sum(map(len, line))
        if self.drop_whitespace and line and not line[-1].strip():
            length -= len(line.pop())
        return line, length

    def _has_room(self, lines):
        return self.max_lines is None or len(lines) + 1 < self.max_lines

    def _is_last(self, pieces):
        return not pieces or self.drop_whitespace and len(pieces) == 1 and not pieces[0].strip()

    def _finish(self, lines, line, length, width, indent):
        """Ends the last line that is allowed with the placeholder."""
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                lines.append(indent + ''.join(line) + self.placeholder)
                return
            length -= len(line.pop())
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                lines[-1] = before + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def fill(self, text):
        """The lines of a text, joined."""
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a text."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """A text in lines."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """A text in one line, cut between words."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))


def dedent(text):
    """Without the white space that all lines begin with."""
    lines = [line if line.strip(' \t') else '' for line in text.split('\n')]
    margins = [line[:len(line) - len(line.lstrip(' \t'))] for line in lines if line]
    margin = min(margins, default='')
    longest = max(margins, default='')
    common = 0
    while common < len(margin) and margin[common] == longest[common]:
        common += 1
    return '\n'.join([line[common:] for line in lines])


def indent(text, prefix, predicate=None):
    """With a prefix before each line that is not blank."""
    if predicate is None:
        predicate = str.strip
    return ''.join([prefix + line if predicate(line) else line for line in text.splitlines(True)])
