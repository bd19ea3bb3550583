

class DALazyTemplate(DAObject):
    """A text that is made each time it is used."""

    def init(self, *pargs, **kwargs):
        self.source_block = kwargs.pop('source_block', None)
        self.letters = kwargs.pop('letters', {})
        super().init(*pargs, **kwargs)

    @property
    def subject(self):
        return _engine.template_text(self.source_block, self.letters, True)

    @property
    def content(self):
        return _engine.template_text(self.source_block, self.letters, False)

    def subject_as_html(self, **kwargs):
        return _engine.html(self.subject)

    def content_as_html(self, **kwargs):
        return _engine.html(self.content)

    def show(self, **kwargs):
        """The text, with some names meaning what is said here."""
        return _engine.template_text(self.source_block, {**self.letters, **kwargs}, False)

    def show_as_markdown(self, **kwargs):
        return self.show(**kwargs)

    def __str__(self):
        return self.content


def _make_template(name, block, letters):
    return DALazyTemplate(name, source_block=block, letters=letters)
