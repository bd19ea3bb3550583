"""Files as values: their number, name and address. Their content is not reached from an evaluation."""


class DAFile(DAObject):
    """A file of the server, by its number."""

    def init(self, *pargs, **kwargs):
        for name, found in kwargs.items():
            setattr(self, name, found)
        if 'filename' in kwargs:
            self.has_specific_filename = True
            extension = self.filename.rpartition('.')[2] if '.' in self.filename else ''
            if extension and not hasattr(self, 'extension'):
                self.extension = extension.lower()
            if hasattr(self, 'extension') and not hasattr(self, 'mimetype'):
                self.mimetype = _MEDIA_TYPES.get(self.extension, 'application/octet-stream')
        elif not hasattr(self, 'has_specific_filename'):
            self.has_specific_filename = False
        self.ok = hasattr(self, 'number')

    def __str__(self):
        return self.show()

    def show(self, width=None, wait=True, alt_text=None):
        """The mark that shows the file."""
        if not self.ok:
            return ''
        text = alt_text if alt_text is not None else self.get_alt_text()
        mark = '[FILE ' + str(self.number)
        if width is not None or text is not None:
            mark += ', ' + str(width)
        return mark + (', ' + str(text) if text is not None else '') + ']'

    def url_for(self, **kwargs):
        """The address of the file."""
        external = kwargs.pop('_external', kwargs.pop('external', False))
        if kwargs.pop('temporary', False):
            _needs('DAFile.url_for(temporary=True)', 'a store of short addresses')
        query = {}
        if kwargs.pop('attachment', False):
            query['attachment'] = 1
        if self.has_specific_filename:
            return _address('/uploadedfile/' + str(self.number) + '/' + _quoted(self.filename), query, external)
        extension = kwargs.get('ext') or (self.extension if hasattr(self, 'extension') else '')
        return _address('/uploadedfile/' + str(self.number) + ('.' + extension if extension else ''), query, external)

    def set_alt_text(self, alt_text):
        self.alt_text = alt_text

    def get_alt_text(self):
        return str(self.alt_text) if hasattr(self, 'alt_text') else None

    def set_mimetype(self, mimetype):
        self.mimetype = mimetype

    def get_reference_name(self):
        return self.filename

    def _no_content(self, name):
        _needs('DAFile.' + name + '()', 'the content of files')

    def path(self):
        self._no_content('path')

    def slurp(self, auto_decode=True):
        self._no_content('slurp')

    def readlines(self):
        self._no_content('readlines')

    def write(self, content, binary=False):
        self._no_content('write')

    def copy_into(self, *pargs, **kwargs):
        self._no_content('copy_into')

    def from_url(self, url):
        self._no_content('from_url')

    def commit(self):
        self._no_content('commit')

    def retrieve(self):
        self._no_content('retrieve')

    def initialize(self, **kwargs):
        self._no_content('initialize')

    def num_pages(self):
        self._no_content('num_pages')

    def set_attributes(self, **kwargs):
        self._no_content('set_attributes')

    def get_pdf_fields(self):
        self._no_content('get_pdf_fields')

    def get_docx_variables(self):
        self._no_content('get_docx_variables')

    def bates_number(self, **kwargs):
        self._no_content('bates_number')


_MEDIA_TYPES = {'pdf': 'application/pdf', 'png': 'image/png', 'jpg': 'image/jpeg', 'jpeg': 'image/jpeg', 'gif': 'image/gif',
                'svg': 'image/svg+xml', 'txt': 'text/plain', 'csv': 'text/csv', 'json': 'application/json', 'rtf': 'application/rtf',
                'docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'zip': 'application/zip',
                'xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'html': 'text/html', 'xml': 'application/xml',
                'mp3': 'audio/mpeg', 'ogg': 'audio/ogg', 'wav': 'audio/wav', 'mp4': 'video/mp4', 'yml': 'text/x-yaml', 'md': 'text/markdown'}


class DAFileList(DAList):
    """The files of one field."""

    def init(self, *pargs, **kwargs):
        self.object_type = DAFile
        kwargs.setdefault('object_type', DAFile)
        super().init(*pargs, **kwargs)

    def __str__(self):
        return self.show()

    def show(self, width=None, alt_text=None):
        return ' '.join(item.show(width=width, alt_text=alt_text) for item in self.elements if item.ok)

    def url_for(self, **kwargs):
        return self.elements[0].url_for(**kwargs) if self.elements else None

    def path(self):
        return self.elements[0].path() if self.elements else None

    def slurp(self, auto_decode=True):
        return self.elements[0].slurp(auto_decode=auto_decode) if self.elements else None

    def num_pages(self):
        return sum(item.num_pages() for item in self.elements)

    def set_attributes(self, **kwargs):
        for item in self.elements:
            item.set_attributes(**kwargs)

    def get_alt_text(self):
        return self.elements[0].get_alt_text() if self.elements else None


class DAFileCollection(DAObject):
    """One document in several formats."""

    def _formats(self):
        return [name for name in ('pdf', 'docx', 'rtf', 'md', 'tex', 'html', 'raw') if hasattr(self, name)]

    def _first_file(self):
        names = self._formats()
        return getattr(self, names[0]) if names else None

    def num_pages(self):
        return self.pdf.num_pages() if hasattr(self, 'pdf') else 1

    def path(self):
        first = self._first_file()
        return first.path() if first is not None else None

    def url_for(self, **kwargs):
        first = self._first_file()
        return first.url_for(**kwargs) if first is not None else None

    def show(self, **kwargs):
        return ' '.join(getattr(self, name).show(**kwargs) for name in self._formats())

    def __str__(self):
        return self.show()


class DAStaticFile(DAObject):
    """A static file of a package."""

    def init(self, *pargs, **kwargs):
        if 'filename' in kwargs and 'mimetype' not in kwargs and 'extension' not in kwargs:
            kwargs['extension'] = kwargs['filename'].rpartition('.')[2].lower()
            kwargs['mimetype'] = _MEDIA_TYPES.get(kwargs['extension'], 'application/octet-stream')
        super().init(*pargs, **kwargs)
        if 'package' not in kwargs and ':' not in kwargs.get('filename', ':'):
            self.package = _engine.interview_package()

    def _reference(self):
        return self.filename if ':' in self.filename else self.package + ':' + self.filename

    def _shown_reference(self):
        package, _, path = self._reference().partition(':')
        return package + ':' + (path if path.startswith('data/') else 'data/static/' + path)

    def __str__(self):
        return self.show()

    def show(self, width=None, alt_text=None):
        text = alt_text if alt_text is not None else self.get_alt_text()
        mark = '[FILE ' + self._shown_reference()
        if width is not None or text is not None:
            mark += ', ' + str(width)
        return mark + (', ' + str(text) if text is not None else '') + ']'

    def url_for(self, **kwargs):
        return _static_address(self._reference(), dict(kwargs), kwargs.get('_external', kwargs.get('external', False)))

    def set_alt_text(self, alt_text):
        self.alt_text = alt_text

    def get_alt_text(self):
        return str(self.alt_text) if hasattr(self, 'alt_text') else None

    def path(self):
        _needs('DAStaticFile.path()', 'files on a disk')

    def slurp(self, auto_decode=True):
        _needs('DAStaticFile.slurp()', 'the content of files')

    def get_pdf_fields(self):
        _needs('DAStaticFile.get_pdf_fields()', 'the content of files')

    def get_docx_variables(self):
        _needs('DAStaticFile.get_docx_variables()', 'the content of files')


class DALink(DAObject):
    """A link that reads well on a screen and in a document."""

    def __str__(self):
        return self.show()

    def show(self):
        return '[' + str(self.anchor_text) + '](' + str(self.url) + ')'

    def __format__(self, spec):
        return str(self)
