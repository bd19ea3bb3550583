"""Names of things and of people."""


class Name(DAObject):
    """A name in one piece."""

    def full(self, **kwargs):
        return self.text

    def familiar(self):
        return self.text

    def firstlast(self):
        return self.text

    def lastfirst(self):
        return self.text

    def middle_initial(self, with_period=True):
        return ''

    def defined(self):
        return hasattr(self, 'text')

    def __str__(self):
        return str(self.full())


class IndividualName(Name):
    """The name of a person: first, middle, last and suffix."""

    def init(self, *pargs, **kwargs):
        if 'uses_parts' not in kwargs:
            self.uses_parts = True
        super().init(*pargs, **kwargs)

    def defined(self):
        return hasattr(self, 'first') if self.uses_parts else super().defined()

    def familiar(self):
        return self.first if self.uses_parts else self.full()

    def _middle(self, middle):
        """The middle name in the form that is wanted."""
        if not middle or not hasattr(self, 'middle'):
            return ''
        return self.middle_initial() if middle == 'initial' else self.middle.strip()

    def _surnames(self):
        if _given(self, 'last').strip():
            return [self.last.strip()]
        return [_given(self, name).strip() for name in ('paternal_surname', 'maternal_surname')]

    def full(self, middle='initial', use_suffix=True):
        """First name, initial of the middle name, last name and suffix."""
        if not self.uses_parts:
            return super().full()
        parts = [self.first.strip(), self._middle(middle)] + self._surnames()
        if use_suffix:
            parts.append(_given(self, 'suffix').strip())
        return ' '.join(part for part in parts if part)

    def firstlast(self):
        return self.first + ' ' + self.last if self.uses_parts else super().firstlast()

    def lastfirst(self):
        """As in a list that is sorted by last name."""
        if not self.uses_parts:
            return super().lastfirst()
        suffix = _given(self, 'suffix').strip()
        initial = self._middle('initial')
        return self.last + (' ' + suffix if suffix else '') + ', ' + self.first + (' ' + initial if initial else '')

    def middle_initial(self, with_period=True):
        middle = self.middle.strip()
        return middle[0] + ('.' if with_period else '') if middle else ''
