"""Several files as one value: those of a field, and the formats of a document."""


def _handed_on(kind, way, *names):
    """Methods that are those of the files, called by one of the ways of the group to do that."""
    def method(name):
        return lambda self, *pargs, **kwargs: getattr(self, way)(name, *pargs, **kwargs)
    for name in names:
        setattr(kind, name, method(name))


class DAFileList(DAList):
    """The files of one field."""

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('complete_attribute', 'initialized')
        kwargs.setdefault('object_type', DAFile)
        super().init(*pargs, **kwargs)

    def __str__(self):
        return str(self.show())

    def _first(self, name, *pargs, **kwargs):
        return getattr(self.elements[0], name)(*pargs, **kwargs) if self.elements else None

    def _all(self, name, *pargs, **kwargs):
        for item in self.elements:
            if item.ok:
                getattr(item, name)(*pargs, **kwargs)

    def show(self, width=None, alt_text=None):
        return ''.join(item.show(width=width, alt_text=alt_text) for item in self.elements if item.ok)

    def set_alt_text(self, alt_text):
        for item in self:
            item.alt_text = alt_text

    def num_pages(self):
        return sum(item.num_pages() for item in self.elements if item.ok)

    def set_attributes(self, **kwargs):
        kwargs.pop('filename', None)
        self._all('set_attributes', **kwargs)

    def convert_to(self, output_extension, output_to=None):
        for item in self.elements:
            item.convert_to(output_extension, output_to=output_to)


_handed_on(DAFileList, '_first', 'url_for', 'path', 'slurp', 'size_in_bytes', 'get_alt_text', 'uses_acroform', 'is_encrypted',
           'get_pdf_fields', 'get_docx_variables', 'extract_pages', 'bates_number', 'make_ocr_pdf', 'make_ocr_pdf_in_background')
_handed_on(DAFileList, '_all', 'user_access', 'privilege_access', 'fix_up')


def _files_from_outside(name, files):
    """The files that were sent for a variable."""
    if not files:
        return None
    elements = [DAFile(name + '[' + str(place) + ']', **found) for place, found in enumerate(files)]
    return DAFileList(name, elements=elements)


def _signature_from_outside(name, files):
    """The picture that somebody signed with; a file without content where nobody had to sign."""
    return DAFile(name, **files[0]) if files else DAFile(name)


def _objects_chosen(name, present, objects):
    """The group of the objects that were chosen for a variable."""
    group = present if isinstance(present, DAList) else DAList(name)
    group.clear()
    for chosen in objects:
        group.append(chosen)
    group.auto_gather = False
    group.gathered = True
    return group


_DOCUMENT_FORMATS = ('pdf', 'docx', 'rtf', 'md', 'tex', 'html', 'raw')


class DAFileCollection(DAObject):
    """One document in several formats."""

    def __getattr__(self, name):
        made = self.__dict__.get('info', {}).get('valid_formats', ()) if name in _DOCUMENT_FORMATS else ()
        if name in made or '*' in made:
            _needs('the ' + name + ' file of the document ' + self.instanceName, 'the assembly of documents')
        return super().__getattr__(name)

    def _formats(self):
        return [name for name in _DOCUMENT_FORMATS if name in self.__dict__]

    def _files(self):
        return [getattr(self, name) for name in self._formats()]

    def _first_file(self):
        files = self._files()
        return files[0] if files else None

    def _of_first(self, name, *pargs, **kwargs):
        first = self._first_file()
        return getattr(first, name)(*pargs, **kwargs) if first is not None else None

    def _all(self, name, *pargs, **kwargs):
        for found in self._files():
            if found.ok:
                getattr(found, name)(*pargs, **kwargs)

    def _of_format(self, name, method, absent, **kwargs):
        """What a method of the file of one format says; something else without that file."""
        return getattr(getattr(self, name), method)(**kwargs) if hasattr(self, name) else absent

    def _of_pdf(self, method, *pargs, **kwargs):
        if not hasattr(self, 'pdf'):
            raise DAError('Cannot call ' + method + '() on a DAFileCollection object without a pdf attribute.')
        return getattr(self.pdf, method)(*pargs, **kwargs)

    def num_pages(self):
        return self._of_format('pdf', 'num_pages', 1)

    def url_for(self, **kwargs):
        if self._first_file() is None:
            # The documents of blocks are told of and not assembled: they have no address yet.
            if 'info' in self.__dict__:
                return None
            raise DAError('Could not find a file within a DACollection.')
        return self._of_first('url_for', **kwargs)

    def set_alt_text(self, alt_text):
        for found in self._files():
            found.alt_text = alt_text

    def set_attributes(self, **kwargs):
        kwargs.pop('filename', None)
        for found in self._files():
            found.set_attributes(**kwargs)

    def fix_up(self):
        for found in self._files():
            found.fix_up()

    def uses_acroform(self):
        return self._of_format('pdf', 'uses_acroform', False)

    def is_encrypted(self):
        return self._of_format('pdf', 'is_encrypted', False)

    def get_pdf_fields(self):
        return self._of_format('pdf', 'get_pdf_fields', None)

    def get_docx_variables(self):
        return self._of_format('docx', 'get_docx_variables', None)

    def show(self, **kwargs):
        return ' '.join(found.show(**kwargs) for found in self._files())

    def __str__(self):
        return self.show()


_handed_on(DAFileCollection, '_of_first', 'path', 'slurp', 'get_alt_text')
_handed_on(DAFileCollection, '_of_pdf', 'extract_pages', 'bates_number', 'make_ocr_pdf', 'make_ocr_pdf_in_background')
_handed_on(DAFileCollection, '_all', 'user_access', 'privilege_access')
