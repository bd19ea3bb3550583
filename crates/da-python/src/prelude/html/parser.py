"""HTML, read piece by piece: whoever inherits from `HTMLParser` is told of every piece."""

import re
from html import unescape

__all__ = ['HTMLParser']

_TAG_NAME = re.compile(r'([a-zA-Z][^\t\n\r\f />\x00]*)(?:\s|/(?!>))*')
_ATTRIBUTE = re.compile(r'''((?<=['"\t\n\r\f /])[^\s/>][^\s/=>]*)(\s*=+\s*('[^']*'|"[^"]*"|(?!['"])[^>\s]*))?(?:\s|/(?!>))*''')
_END_OF_START = re.compile(r'\s*(/?>)')
_NUMBER = re.compile(r'&#(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]')
_NAME = re.compile(r'&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]')
_UNFINISHED = re.compile('&[a-zA-Z#]')
_COMMENT_END = re.compile(r'--\s*>')


class HTMLParser:
    """Calls `handle_starttag`, `handle_endtag`, `handle_data`, ... for what `feed` gives it."""

    CDATA_CONTENT_ELEMENTS = ('script', 'style')

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        """Forgets everything that was fed."""
        self.rawdata = ''
        self.lasttag = '???'
        self.cdata_elem = None
        self.lineno, self.offset = 1, 0
        self._start_tag_text = None

    def feed(self, data):
        """Reads on as far as pieces are complete."""
        self.rawdata += data
        self._read(False)

    def close(self):
        """Reads what is left as if nothing could follow."""
        self._read(True)

    def getpos(self):
        return self.lineno, self.offset

    def get_starttag_text(self):
        return self._start_tag_text

    def set_cdata_mode(self, elem):
        self.cdata_elem = elem.lower()

    def clear_cdata_mode(self):
        self.cdata_elem = None

    def _moved(self, start, end):
        """Counts lines and columns up to `end`."""
        passed = self.rawdata[start:end]
        lines = passed.count('\n')
        if lines:
            self.lineno += lines
            self.offset = len(passed) - passed.rindex('\n') - 1
        else:
            self.offset += len(passed)
        return end

    def _text(self, data):
        self.handle_data(unescape(data) if self.convert_charrefs and not self.cdata_elem else data)

    def _end_of_text(self, at, final):
        """Where the text that begins here ends; `None` if more may come that belongs to it."""
        data = self.rawdata
        if self.cdata_elem:
            found = re.compile(f'</{self.cdata_elem}\\s*>', re.IGNORECASE).search(data, at)
            if found:
                return found.start()
            return len(data) if final else None
        if not self.convert_charrefs:
            found = re.compile('[&<]').search(data, at)
            return found.start() if found else len(data)
        found = data.find('<', at)
        if found >= 0:
            return found
        reference = data.rfind('&', max(at, len(data) - 34))
        if not final and reference >= 0 and not re.search(r'[\s;]', data[reference:]):
            return None
        return len(data)

    def _read(self, final):
        at = 0
        while at < len(self.rawdata):
            end = self._end_of_text(at, final)
            if end is None:
                break
            if end > at:
                self._text(self.rawdata[at:end])
                at = self._moved(at, end)
            if at == len(self.rawdata):
                break
            end = self._markup(at) if self.rawdata[at] == '<' else self._reference(at, final)
            if end < 0:
                if not final:
                    break
                end = self.rawdata.find('>', at + 1)
                end = end + 1 if end >= 0 else max(self.rawdata.find('<', at + 1), at + 1)
                self._text(self.rawdata[at:end])
            at = self._moved(at, end)
        if final and at < len(self.rawdata):
            self._text(self.rawdata[at:])
            at = self._moved(at, len(self.rawdata))
        self.rawdata = self.rawdata[at:]

    def _markup(self, at):
        """Reads what begins with `<`; where it ends, or -1 if it is not complete."""
        data = self.rawdata
        if re.compile('<[a-zA-Z]').match(data, at):
            return self.parse_starttag(at)
        if data.startswith('</', at):
            return self.parse_endtag(at)
        if data.startswith('<!--', at):
            found = _COMMENT_END.search(data, at + 4)
            if not found:
                return -1
            self.handle_comment(data[at + 4:found.start()])
            return found.end()
        if data.startswith('<?', at):
            end = data.find('>', at + 2)
            if end >= 0:
                self.handle_pi(data[at + 2:end])
            return end + 1 if end >= 0 else -1
        if data.startswith('<!', at):
            return self._declaration(at)
        if at + 1 < len(data):
            self.handle_data('<')
            return at + 1
        return -1

    def _declaration(self, at):
        data = self.rawdata
        if data.startswith('<![', at):
            cdata = data.startswith('<![CDATA[', at)
            end = data.find(']]>' if cdata else ']>', at + 3)
            if end < 0:
                return -1
            self.unknown_decl(data[at + 3:end])
            return end + (3 if cdata else 2)
        end = data.find('>', at + 2)
        if end < 0:
            return -1
        if data[at:at + 9].lower() == '<!doctype':
            self.handle_decl(data[at + 2:end])
        else:
            self.handle_comment(data[at + 2:end])
        return end + 1

    def _reference(self, at, final):
        data = self.rawdata
        found = _NUMBER.match(data, at)
        if found:
            self.handle_charref(found.group()[2:-1])
            return found.end() if data[found.end() - 1] == ';' else found.end() - 1
        found = _NAME.match(data, at)
        if found:
            self.handle_entityref(found.group(1))
            return found.end() if data[found.end() - 1] == ';' else found.end() - 1
        if _UNFINISHED.match(data, at) and (not final or data[at + 1:at + 2] != '#'):
            rest = re.compile('&#?[a-zA-Z0-9]*$').match(data, at)
            if rest and not final:
                return -1
            if rest:
                self.handle_data(rest.group())
                return len(data)
        self.handle_data('&')
        return at + 1

    def parse_starttag(self, at):
        self._start_tag_text = None
        data = self.rawdata
        name = _TAG_NAME.match(data, at + 1)
        tag = self.lasttag = name.group(1).lower()
        here, attributes = name.end(), []
        while True:
            found = _ATTRIBUTE.match(data, here)
            if not found:
                break
            key, rest, value = found.group(1, 2, 3)
            if not rest:
                value = None
            elif value[:1] in ('"', "'") and value[:1] == value[-1:]:
                value = value[1:-1]
            attributes.append((key.lower(), unescape(value) if value else value))
            here = found.end()
        closing = _END_OF_START.match(data, here)
        if not closing:
            end = data.find('>', here)
            if end < 0:
                return -1
            self._start_tag_text = data[at:end + 1]
            self.handle_data(self._start_tag_text)
            return end + 1
        self._start_tag_text = data[at:closing.end()]
        if closing.group(1) == '/>':
            self.handle_startendtag(tag, attributes)
        else:
            self.handle_starttag(tag, attributes)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return closing.end()

    def parse_endtag(self, at):
        data = self.rawdata
        end = data.find('>', at + 2)
        if end < 0:
            return -1
        name = _TAG_NAME.match(data, at + 2)
        if not name:
            if data[at:at + 3] != '</>':
                self.handle_comment(data[at + 2:end])
            return end + 1
        self.handle_endtag(name.group(1).lower())
        self.clear_cdata_mode()
        return end + 1

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
