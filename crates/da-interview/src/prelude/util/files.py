"""Files as values: their number, name, content and address. What is done to a content is seen by others when the answers are
saved."""


def _file_door(function, *pargs):
    """What the server does with a file; a refusal is an error of docassemble's."""
    try:
        return function(*pargs)
    except OSError as refused:
        raise DAError(str(refused)) from None


def _text_of(content):
    """The text of bytes, as a text file is read."""
    return content.decode('utf-8').replace('\r\n', '\n').replace('\r', '\n')


def _is_text(mimetype):
    return mimetype is not None and (mimetype.startswith('text') or mimetype in ('application/json', 'application/javascript'))


def _safe_filename(name):
    kept = ''.join(character for character in str(name).replace('/', '_') if character.isalnum() or character in '_.- ')
    return kept.strip('._ ')


def _content_of(file_reference):
    """The bytes of a file, of the first file of a list or collection, or behind a path."""
    if isinstance(file_reference, (DAFileList, DAFileCollection, DAFile, DAStaticFile)):
        return file_reference.slurp(auto_decode=False)
    with io.open(str(file_reference), 'rb') as found:
        return found.read()


class DAFile(DAObject):
    """A file of the server, by its number."""

    def init(self, *pargs, **kwargs):
        self.has_specific_filename = 'filename' in kwargs
        for name in ('filename', 'mimetype', 'extension', 'content', 'markdown', 'alt_text', 'number'):
            if name in kwargs:
                setattr(self, name, kwargs[name])
        self.ok = 'number' in kwargs
        if self.ok:
            self.initialized = True

    def __str__(self):
        return str(self.show())

    def initialize(self, **kwargs):
        """Makes the file on the server, unless it is there."""
        kwargs = {name: found for name, found in kwargs.items() if found is not None}
        if kwargs.get('reinitialize', False):
            self._forget()
        if kwargs.get('filename'):
            self.filename = kwargs['filename']
            self.has_specific_filename = True
        for name in ('mimetype', 'extension', 'content', 'markdown', 'alt_text', 'number'):
            if name in kwargs:
                setattr(self, name, kwargs[name])
        if 'number' in kwargs:
            self.ok = True
        if hasattr(self, 'extension'):
            self.extension = _safe_filename(self.extension)
        usual = 'file.' + self.extension if hasattr(self, 'extension') else 'file.txt'
        self.filename = _safe_filename(self.filename if hasattr(self, 'filename') else usual) or usual
        if not hasattr(self, 'number'):
            self.number = _file_door(_engine.file_new, self.filename)
            self.ok = True
            self.extension = _engine.extension(self.filename)
            self.mimetype = _engine.media_type(self.filename)
        self.retrieve()
        self.initialized = True

    def _forget(self):
        if hasattr(self, 'number'):
            _file_door(_engine.file_remove, self.number)
        for name in ('mimetype', 'extension', 'filename', 'number', 'initialized', 'file_info'):
            if hasattr(self, name):
                delattr(self, name)
        self.ok = False
        self.has_specific_filename = False

    def _facts(self):
        if not self.ok:
            self.initialized
        if not hasattr(self, 'number'):
            raise DAError('Cannot retrieve a file without a file number.')
        return _file_door(_engine.file_facts, self.number)

    def retrieve(self):
        """Looks at what the server knows about the file."""
        if not self.ok:
            self.initialize()
        facts = self._facts()
        name = self.filename if self.has_specific_filename else facts['name']
        self.extension = _engine.extension(name)
        self.mimetype = _engine.media_type(name)
        self.persistent = facts['persistent']
        self.private = facts['private']
        place = '/files/' + str(self.number) + '/file'
        self.file_info = {'filename': name, 'extension': self.extension, 'mimetype': self.mimetype, 'path': place,
                          'fullpath': place + '.' + self.extension, 'private': self.private, 'persistent': self.persistent}

    def size_in_bytes(self):
        return self._facts()['size']

    def slurp(self, auto_decode=True):
        """The whole content: a text if the file is one, bytes otherwise."""
        self.retrieve()
        content = _file_door(_engine.file_read, self.number)
        return _text_of(content) if auto_decode and _is_text(self.mimetype) else content

    def readlines(self):
        """The lines of a text file, with their ends."""
        self.retrieve()
        return _text_of(_file_door(_engine.file_read, self.number)).splitlines(keepends=True)

    def write(self, content, binary=False):
        """Puts a content in the place of the one that is there."""
        self.retrieve()
        if binary and isinstance(content, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if not binary:
            if not isinstance(content, str):
                raise TypeError('write() argument must be str, not ' + type(content).__name__)
            content = content.encode('utf-8')
        _file_door(_engine.file_write, self.number, bytes(content))

    def copy_into(self, other_file):
        """Puts the content of another file in the place of the one that is there."""
        content = _content_of(other_file)
        self.retrieve()
        _file_door(_engine.file_write, self.number, content)

    def path(self):
        """The path under which `open()` finds the file."""
        if not self.ok and not hasattr(self, 'content'):
            self.initialized
        if not hasattr(self, 'number'):
            raise DAError('Cannot get path of file without a file number.')
        self.retrieve()
        return self.file_info['fullpath']

    def commit(self):
        """Nothing is to be done: what was written is saved with the answers."""

    def show(self, width=None, wait=True, alt_text=None):
        """The mark that shows the file; of a text, the text."""
        if not self.ok:
            if hasattr(self, 'content'):
                return ''
            self.initialized
        if not hasattr(self, 'mimetype') and not hasattr(self, 'filename'):
            self.retrieve()
        kind = self.mimetype if hasattr(self, 'mimetype') else _engine.media_type(self.filename)
        if kind in ('text/markdown', 'text/plain'):
            return self.slurp()
        return _file_mark(self.number, width, alt_text if alt_text is not None else self.get_alt_text())

    def url_for(self, **kwargs):
        """The address of the file."""
        external = kwargs.pop('_external', False) or kwargs.pop('external', False)
        if kwargs.pop('temporary', False):
            _needs('DAFile.url_for(temporary=True)', 'a file that is not private')
        saved = kwargs.pop('_attachment', False) or kwargs.pop('attachment', False)
        start = ('/uploadedfiledownload/' if saved else '/uploadedfile/') + str(self.number)
        if self.has_specific_filename:
            return _address(start + '/' + _quoted(self.filename), {}, external)
        extension = kwargs.get('ext') or (self.extension if hasattr(self, 'extension') else '')
        return _address(start + ('.' + extension if extension else ''), {}, external)

    def set_alt_text(self, alt_text):
        self.alt_text = alt_text

    def get_alt_text(self):
        return str(self.alt_text) if hasattr(self, 'alt_text') else None

    def set_mimetype(self, mimetype):
        self.mimetype = mimetype
        self.extension = _engine.extension_of(mimetype)
        if self.extension is None:
            raise DAError('set_mimetype: no extension is known for ' + str(mimetype))

    def set_attributes(self, **kwargs):
        """Changes whether only the session may read the file, whether it outlives the session, and its name."""
        for name in ('private', 'persistent'):
            if name in kwargs and kwargs[name] in (True, False):
                setattr(self, name, kwargs[name])
        facts = self._facts()
        if 'filename' in kwargs:
            usual = 'file.' + self.extension if hasattr(self, 'extension') else 'file.txt'
            self.filename = _safe_filename(kwargs['filename']) or usual
            facts['name'] = self.filename
        for name in ('private', 'persistent'):
            if kwargs.get(name) in (True, False):
                facts[name] = bool(kwargs[name])
        self._set(facts)

    def _set(self, facts):
        users = [user for user, address in facts['users']]
        _file_door(_engine.file_set, self.number, facts['name'], facts['private'], facts['persistent'], users, facts['privileges'])

    def user_access(self, *pargs, disallow=None):
        """Lets users read the file, by number or address, or no longer; who may, if nothing is said."""
        facts = self._facts()
        if not pargs and disallow is None:
            return {'user_ids': [user for user, address in facts['users']],
                    'emails': [address for user, address in facts['users']], 'temp_user_ids': []}
        allowed = dict(facts['users'])
        for user in ([] if disallow == 'all' else pargs):
            found = _file_door(_engine.file_user, str(user))
            if found is None:
                log('user_access: there is no user ' + repr(user))
            else:
                allowed[found] = str(user)
        for user in list(allowed) if disallow == 'all' else _several(disallow):
            allowed.pop(_file_door(_engine.file_user, str(user)), None)
        facts['users'] = list(allowed.items())
        self._set(facts)

    def privilege_access(self, *pargs, disallow=None):
        """Lets holders of privileges read the file, or no longer; which, if nothing is said."""
        facts = self._facts()
        if not pargs and disallow is None:
            return facts['privileges']
        allowed = facts['privileges']
        for privilege in ([] if disallow == 'all' else pargs):
            if not _file_door(_engine.is_privilege, str(privilege)):
                log('privilege_access: there is no privilege ' + repr(privilege))
            elif privilege not in allowed:
                allowed.append(privilege)
        gone = allowed if disallow == 'all' else _several(disallow)
        facts['privileges'] = [privilege for privilege in allowed if privilege not in gone]
        self._set(facts)

    def _is_pdf(self):
        return (hasattr(self, 'extension') and self.extension == 'pdf') or (hasattr(self, 'mimetype') and self.mimetype == 'application/pdf')

    def num_pages(self):
        """1 for everything that is no PDF."""
        self._facts()
        return max(_engine.pdf_facts(self.slurp(auto_decode=False))['pages'], 1) if self._is_pdf() else 1

    def uses_acroform(self):
        """Whether the file is a PDF with a form."""
        return self._is_pdf() and _engine.pdf_facts(self.slurp(auto_decode=False))['acroform']

    def is_encrypted(self):
        """Whether the file is a PDF that needs a password."""
        return self._is_pdf() and _engine.pdf_facts(self.slurp(auto_decode=False))['encrypted']

    def get_pdf_fields(self):
        """The fields of the form of a PDF: name, value, page, edges, kind and export value."""
        return _form_fields(self.slurp(auto_decode=False))

    def get_docx_variables(self):
        """The names that a DOCX template asks for."""
        return sorted(_engine.docx_names(self.slurp(auto_decode=False), self.filename))

    def from_url(self, url):
        """Puts what another server answers in the place of the content."""
        import requests
        self.retrieve()
        try:
            answer = requests.get(url, timeout=60)
            answer.raise_for_status()
        except requests.exceptions.HTTPError as refused:
            raise DAError('from_url: Error ' + str(refused)) from None
        _file_door(_engine.file_write, self.number, answer.content)
        self.retrieve()

    def get_reference_name(self):
        return self.filename


def _form_fields(content):
    """The fields of a PDF's form as docassemble tells them: a box says its export value where it is on, a signature what signs it."""
    told = []
    for name, value, page, edges, kind, export in _engine.pdf_fields(content):
        if kind == 'Btn':
            export = export or 'Yes'
            value = export if value not in (None, '', 'Off') and value == export else 'No'
        elif kind == 'Sig':
            value = '${ user.signature }'
        told.append((name, value or '', page, edges, None if kind is None else '/' + kind, export))
    return told


def _several(found):
    if found is None:
        return []
    return [found] if isinstance(found, (int, str)) else list(found)


def _file_mark(reference, width, alt_text):
    text = re.sub(r'\]', '', str(alt_text)) if alt_text is not None else 'None'
    return '[FILE ' + str(reference) + ', ' + str(width) + ', ' + text + ']'


def _lacking(kind, needed, *names):
    """Methods that cannot work here: they say what they need."""
    def method(name):
        def lacks(self, *pargs, **kwargs):
            _needs(kind.__name__ + '.' + name + '()', needed)
        return lacks
    for name in names:
        setattr(kind, name, method(name))


_lacking(DAFile, 'a writer of PDF', 'extract_pages', 'bates_number', 'page_path')
_lacking(DAFile, 'a converter of documents', 'convert_to', 'fix_up')
_lacking(DAFile, 'a reader of images', 'make_ocr_pdf', 'make_ocr_pdf_in_background')
_lacking(DAFile, 'a store in the cloud', 'cloud_path')


class DAStaticFile(DAObject):
    """A static file of a package."""

    def init(self, *pargs, **kwargs):
        if 'filename' in kwargs and 'mimetype' not in kwargs and 'extension' not in kwargs:
            kwargs['extension'] = _engine.extension(kwargs['filename'])
            kwargs['mimetype'] = _engine.media_type(kwargs['filename'])
        super().init(*pargs, **kwargs)
        if 'package' not in kwargs:
            self.package = _engine.interview_package()

    def _reference(self):
        return self.filename if ':' in self.filename else self.package + ':' + self.filename

    def _shown_reference(self):
        package, _, path = self._reference().partition(':')
        return package + ':' + (path if path.startswith('data/') else 'data/static/' + path)

    def __str__(self):
        return self.show()

    def show(self, width=None, alt_text=None):
        return _file_mark(self._shown_reference(), width, alt_text if alt_text is not None else self.get_alt_text())

    def url_for(self, **kwargs):
        return _static_address(self._reference(), dict(kwargs), kwargs.get('_external', kwargs.get('external', False)))

    def set_alt_text(self, alt_text):
        self.alt_text = alt_text

    def get_alt_text(self):
        return str(self.alt_text) if hasattr(self, 'alt_text') else None

    def _content(self):
        package, _, path = self._shown_reference().partition(':')
        return _file_door(_engine.package_bytes, package, path)

    def path(self):
        """The path under which `open()` finds the file; None where there is none."""
        if self._content() is None:
            return None
        return '/packages/' + self._shown_reference().replace(':', '/', 1)

    def slurp(self, auto_decode=True):
        content = self._content()
        if content is None:
            raise DAError('File ' + self._reference() + ' does not exist.')
        return _text_of(content) if auto_decode and _is_text(_engine.media_type(self.filename)) else content

    def size_in_bytes(self):
        return len(self.slurp(auto_decode=False))

    def _is_pdf(self):
        return _engine.extension(self.filename) == 'pdf'

    uses_acroform, is_encrypted = DAFile.uses_acroform, DAFile.is_encrypted
    get_pdf_fields, get_docx_variables = DAFile.get_pdf_fields, DAFile.get_docx_variables


class DALink(DAObject):
    """A link that reads well on a screen and in a document."""

    def __str__(self):
        return self.show()

    def show(self):
        return '[' + str(self.anchor_text) + '](' + str(self.url) + ')'

    def __format__(self, spec):
        return str(self)


def include_docx_template(template_file, **kwargs):
    """What another DOCX template says, with variables of its own beside those of the interview. As no document is made, it is
    its text alone."""
    if isinstance(template_file, (DAFile, DAFileList, DAFileCollection)):
        _needs('include_docx_template() of a file', 'the content of files')
    reference = template_file._reference() if isinstance(template_file, DAStaticFile) else str(template_file)
    kwargs.pop('_inline', None)
    for name in ('_use_jinja2', 'change_numbering'):
        kwargs.pop(name, None)
    return _engine.docx_text(reference, kwargs)


def path_and_mimetype(file_ref):
    """The path under which `open()` finds a file, and its media type. A text names a file of a package: `package:data/sources/x.yml`,
    or `data/sources/x.yml` of the interview's own; whether the file is there, `os.path` knows."""
    if isinstance(file_ref, (DAFileList, DAFileCollection)):
        first = file_ref._first_file() if isinstance(file_ref, DAFileCollection) else file_ref.elements[0] if file_ref.elements else None
        file_ref = first if first is not None else file_ref
    if isinstance(file_ref, DAStaticFile):
        return file_ref.path(), _engine.media_type(file_ref.filename)
    if isinstance(file_ref, DAFile):
        return file_ref.path(), getattr(file_ref, 'mimetype', None)
    if isinstance(file_ref, str):
        package, colon, name = file_ref.rpartition(':')
        package, name = package or _engine.interview_package(), name if name.startswith('data/') else 'data/static/' + name
        return '/packages/' + package + '/' + name, _engine.media_type(name)
    return None, None
