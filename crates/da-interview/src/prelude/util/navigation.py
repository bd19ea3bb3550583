"""Sections, menus and crumbs: where in an interview a person is."""


class DANav:
    """The sections of an interview, and in which of them a person is."""

    def __init__(self):
        self.past = set()
        self.sections = None
        self.current = None
        self.progressive = True
        self.hidden = False
        self.disabled = False

    def as_dict(self):
        return {'past': list(self.past), 'current': self.current, 'hidden': self.hidden, 'progressive': self.progressive}

    def __str__(self):
        return self.show_sections()

    def set_section(self, section):
        """Goes to a section; says whether that is a change."""
        if section == self.current:
            return False
        self.current = section
        self.past.add(section)
        return True

    def set_sections(self, sections, language=None):
        if self.sections is None:
            self.sections = {}
        self.sections[language or get_language()] = sections or []

    def get_sections(self, language=None):
        sections = self.sections or {}
        language = language or get_language()
        return sections.get(language if language in sections else '*', [])

    def _entries(self, language=None):
        """Identifier and title of every section and subsection."""
        entries = []
        for section in self.get_sections(language=language):
            inner = []
            if isinstance(section, dict):
                for key, found in section.items():
                    if key == 'subsections' and len(section) == 2:
                        inner = found
                    elif isinstance(found, list):
                        entries.append((key, key))
                        inner = found
                    else:
                        entries.append((key, found))
            else:
                entries.append((str(section), str(section)))
            for item in inner:
                entries += list(item.items())[:1] if isinstance(item, dict) else [(str(item), str(item))]
        return entries

    def section_ids(self, language=None):
        return [key for key, title in self._entries(language)]

    def get_section(self, display=False, language=None):
        """The current section: its identifier, or its title."""
        if self.current is None or not display:
            return self.current
        return dict(self._entries(language)).get(self.current, self.current)

    def hide(self):
        self.hidden = True

    def unhide(self):
        self.hidden = False

    def disable(self):
        self.disabled = True

    def enable(self):
        self.disabled = False

    def visible(self, language=None):
        return bool(self.get_sections(language=language)) and not self.hidden

    def enabled(self):
        return not self.disabled

    def show_sections(self, style='inline', show_links=None):
        """The sections as HTML."""
        if style != 'inline' and not self.visible():
            return ''
        lines = []
        for key, title in self._entries():
            here = ' active' if key == self.current else ''
            lines.append('<a tabindex="-1" id="daSection-' + key + '" data-key="' + key + '" class="danavlink' + here + '">' + title + '</a>')
        return '  <div class="dasections"><div class="danavlinks' + (' dainline' if style == 'inline' else '') + '">\n' + \
            '\n'.join(lines) + '\n  </div></div>\n'


def action_menu_item(label, action, **kwargs):
    """An entry of the menu that runs an action."""
    size = kwargs.pop('_screen_size', None)
    item = {'label': label, 'url': url_action(action, **kwargs)}
    if size is not None:
        item['screen_size'] = size
    return item


class DABreadCrumbs(DAObject):
    """The actions that the person is in, as a trail."""

    def get_crumbs(self):
        return [entry for entry in reversed(_event_stack()) if 'breadcrumb' in entry]

    def show(self):
        crumbs = self.get_crumbs()
        if len(crumbs) < 2:
            return ''
        return self.container(self.inner(entry['breadcrumb'], place == len(crumbs) - 1) for place, entry in enumerate(crumbs))

    def container(self, items):
        return '<nav class="da-breadcrumb mt-2" aria-label="' + word('breadcrumb') + '"><ol class="breadcrumb">' + ''.join(items) + \
            '</ol></nav>\n'

    def inner(self, label, active):
        if active:
            return '<li class="da-breadcrumb-item breadcrumb-item">' + label + '</li>'
        return '<li class="da-breadcrumb-item breadcrumb-item active" aria-current="page">' + label + '</li>'

    def __str__(self):
        return self.show()
