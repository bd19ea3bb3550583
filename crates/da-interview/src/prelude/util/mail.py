"""Mail and text messages."""


class DAEmailRecipient(DAObject):
    """Somebody who mail goes to, or comes from."""

    def email_address(self, include_name=None):
        if include_name is True or (include_name is not False and hasattr(self, 'name') and self.name):
            return '"' + nodoublequote(self.name) + '" <' + str(self.address) + '>'
        return str(self.address)

    def exists(self):
        return hasattr(self, 'address')

    def __str__(self):
        name = _given(self, 'name')
        address = str(self.address)
        return '[' + name + '](mailto:' + address + ')' if name else '[' + address + '](mailto:' + address + ')'


class DAEmailRecipientList(DAList):
    """People who mail goes to."""

    def init(self, *pargs, **kwargs):
        kwargs.setdefault('object_type', DAEmailRecipient)
        super().init(*pargs, **kwargs)


class DAEmail(DAObject):
    """A mail that reached the session."""

    def __str__(self):
        return 'This is an e-mail'


def _addresses(people):
    """The addresses of people, who may be texts, objects, or groups of them."""
    if people is None or people == '':
        return []
    if isinstance(people, str):
        return [people]
    if isinstance(people, (Person, DAEmailRecipient)):
        return [people.email_address()]
    if hasattr(people, '__iter__'):
        found = []
        for person in people:
            found += _addresses(person)
        return found
    return [str(people)]


def _attached(files):
    """What goes with a letter: the files, and those in lists, collections and groups."""
    if files is None:
        return []
    if isinstance(files, DAFileCollection):
        files = [getattr(files, name) for name in files._formats()]
    elif isinstance(files, DAFileList):
        files = [item for item in files.elements if item.ok]
    elif isinstance(files, DAFile):
        name = files.filename if hasattr(files, 'filename') else files._facts()['name']
        return [_attachment(name, files.slurp(auto_decode=False))]
    elif isinstance(files, DAStaticFile):
        return [_attachment(files.filename.rpartition('/')[2].rpartition(':')[2], files.slurp(auto_decode=False))]
    elif isinstance(files, str) or not hasattr(files, '__iter__'):
        raise DAError('send_email: ' + type(files).__name__ + ' cannot be attached')
    found = []
    for item in files:
        found += _attached(item)
    return found


def _attachment(name, content):
    return {'name': str(name), 'type': _engine.media_type(str(name)) or '', 'content': base64.b64encode(content).decode()}


def send_email(to=None, sender=None, reply_to=None, cc=None, bcc=None, body=None, html=None, subject='', template=None, task=None,
               task_persistent=False, attachments=None, mailgun_variables=None, dry_run=False, config=None):
    """Sends mail once the answers are saved; says whether the server can, and whether the letter can be sent as it is."""
    if template is not None:
        subject = subject or template.subject
        body = body or template.content
        html = html or '<html><body>' + template.content_as_html() + '</body></html>'
    if body is None and html is None:
        body = ''
    letter = {'to': _addresses(to), 'cc': _addresses(cc), 'bcc': _addresses(bcc), 'from': (_addresses(sender) or [None])[0],
              'reply_to': (_addresses(reply_to) or [None])[0], 'subject': ' '.join(str(subject).split()),
              'body': None if body is None else str(body), 'html': None if html is None else str(html),
              'attachments': _attached(attachments), 'config': None if config is None else str(config)}
    if not letter['to']:
        return False
    sent = True if dry_run else _engine.send_email(letter)
    if sent and task is not None and not dry_run:
        mark_task_as_performed(task, persistent=task_persistent)
    return sent


def send_sms(to=None, body=None, template=None, task=None, task_persistent=False, attachments=None, config='default', dry_run=False):
    """Sends a text message. No vendor is configured: it is not sent."""
    log('send_sms: no provider of text messages is configured')
    return False


class FaxStatus:
    """How far a fax is."""

    def status(self):
        return 'not-configured'

    def pages(self):
        return 0

    def info(self):
        return {'FaxStatus': 'not-configured'}

    def received(self):
        return False


def send_fax(fax_number, file_object, config='default', country=None):
    """Sends a fax. No vendor is configured: it is not sent."""
    log('send_fax: no provider of faxes is configured')
    return FaxStatus()


get_sms_session, initiate_sms_session, terminate_sms_session = _absent(
    'a provider of text messages', 'get_sms_session', 'initiate_sms_session', 'terminate_sms_session')
