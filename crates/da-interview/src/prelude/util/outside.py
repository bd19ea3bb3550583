"""What reaches beyond the server: images, documents and vendors' services.

An evaluation has no door to them. What cannot be done says so by name; nothing pretends.
"""

(ocr_file, ocr_file_in_background) = _absent('a reader of letters in images', 'ocr_file', 'ocr_file_in_background')
(pdf_concatenate, docx_concatenate, overlay_pdf, zip_file, assemble_docx) = _absent(
    'the assembly of documents', 'pdf_concatenate', 'docx_concatenate', 'overlay_pdf', 'zip_file', 'assemble_docx')


def read_qr(image_file, f=None, l=None, x=None, y=None, W=None, H=None):
    """What the QR codes in pictures say, and those in the pictures on the pages of PDF files, from page `f` to page `l`."""
    if not isinstance(image_file, (DAFile, DAFileList)):
        return word('(Not a DAFile or DAFileList object)')
    if [x, y, W, H] != [None] * 4:
        _needs('read_qr() of a part of a page', 'a renderer of pages')
    codes = []
    for found in [image_file] if isinstance(image_file, DAFile) else image_file:
        if not hasattr(found, 'extension'):
            continue
        if found.extension not in ('pdf', 'png', 'jpg', 'gif'):
            return word('(Not a readable image file)')
        said = _engine.qr_codes(_content_of(found), 1 if f is None else int(f), 0xffffffff if l is None else int(l))
        if said is None:
            return word('(Unable to extract images from PDF file)')
        codes.extend(said)
    return codes


def run_python_module(module, arguments=None):
    """What a module of a package prints when it is run as a program, and the status that it ends with. It is run within the evaluation,
    with its limits, and not as a process of its own."""
    if arguments and not isinstance(arguments, list):
        raise DAError('run_python_module: the arguments parameter must be in the form of a list')
    name = str(module)
    if name.endswith('.py'):
        name = _engine.interview_package() + '.' + name[:-3]
    elif name.startswith('.'):
        name = _engine.interview_package() + name
    first, second, *rest = name.split('.') + ['']
    path = '/'.join(part for part in rest if part) + '.py'
    said = _engine.package_text(first + '.' + second, path)
    if said is None:
        return 'python: No module named ' + name + '\n', 1
    return _run_program(name, path, said, [str(argument) for argument in arguments or []])


def _run_program(name, path, source, arguments):
    printed, before, status = io.StringIO(), sys.argv, 0
    names = {'__name__': '__main__', '__file__': '/' + path, '__package__': name.rpartition('.')[0]}
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        sys.argv = ['/' + path] + arguments
        try:
            exec(compile(source, path, 'exec'), names)
        except SystemExit as ended:
            status = 0 if ended.code is None else ended.code if isinstance(ended.code, int) else 1
            if ended.code is not None and not isinstance(ended.code, int):
                print(ended.code)
        except Exception:
            printed.write(traceback.format_exc())
            status = 1
        finally:
            sys.argv = before
    return printed.getvalue(), status


def get_chat_log(utc=False, timezone=None):
    """What was said in the chat: nothing, there is none."""
    return []


class _Outside(DAObject):
    """An object that stands for something beyond the session."""

    _what = 'a service'

    def __getattr__(self, name):
        if name.startswith('_') or name in ('instanceName', 'has_nonrandom_instance_name', 'attrList'):
            raise AttributeError(name)
        _needs(type(self).__name__ + '.' + name, self._what)


class DACloudStorage(_Outside):
    """Files in the cloud."""

    _what = 'a cloud storage'


class DAGoogleAPI(_Outside):
    """Services of Google."""

    _what = 'credentials for Google'


class DAOAuth(_Outside):
    """Access to another server in the name of the user."""

    _what = 'an authorization service'

    def active(self):
        """Whether the user gave access: no credentials are kept here, so nobody did."""
        return False


class DASessionLocal(DAObject):
    """Values that this use of the session alone has."""


class DADeviceLocal(DAObject):
    """Values that belong to the person's device."""


class DAUserLocal(DAObject):
    """Values that belong to the user in this session."""
