"""The device of the person, by what the browser says of itself: `User-Agent` and `Accept-Language`."""

# The first that fits names the browser; the version stands in its group.
_BROWSERS = [(family, re.compile(pattern)) for family, pattern in (
    ('Edge', r'(?:Edg|EdgA|EdgiOS|Edge)/([\d.]+)'), ('Samsung Internet', r'SamsungBrowser/([\d.]+)'), ('Opera', r'(?:OPR|Opera)/([\d.]+)'),
    ('Firefox iOS', r'FxiOS/([\d.]+)'), ('Chrome Mobile iOS', r'CriOS/([\d.]+)'), ('Firefox Mobile', r'Mobile;.*Firefox/([\d.]+)'),
    ('Firefox', r'Firefox/([\d.]+)'), ('Chrome Mobile WebView', r'; wv\).*Chrome/([\d.]+)'),
    ('Chrome Mobile', r'Chrome/([\d.]+) Mobile'), ('HeadlessChrome', r'HeadlessChrome/([\d.]+)'), ('Chrome', r'Chrome/([\d.]+)'),
    ('Mobile Safari', r'Version/([\d.]+).*Mobile.*Safari/'), ('Safari', r'Version/([\d.]+).*Safari/'), ('IE', r'MSIE ([\d.]+)'),
    ('IE', r'Trident/.*rv:([\d.]+)'), ('Python Requests', r'python-requests/([\d.]+)'), ('Python-urllib', r'Python-urllib/([\d.]+)'),
    ('curl', r'^curl/([\d.]+)'), ('Wget', r'^Wget/([\d.]+)'), ('Googlebot', r'Googlebot/([\d.]+)'), ('bingbot', r'bingbot/([\d.]+)'))]

_SYSTEMS = [(family, re.compile(pattern)) for family, pattern in (
    ('iOS', r'(?:iPhone|CPU) OS ([\d_]+)'), ('Android', r'Android ?([\d.]*)'), ('Windows Phone', r'Windows Phone ([\d.]+)'),
    ('Windows', r'Windows NT ([\d.]+)'), ('Mac OS X', r'Mac OS X ?([\d_.]*)'), ('Chrome OS', r'CrOS \S+ ([\d.]+)'),
    ('Ubuntu', r'Ubuntu/?([\d.]*)'), ('Fedora', r'Fedora/?([\d.]*)'), ('Linux', r'Linux()'))]

_WINDOWS = {'10.0': '10', '6.3': '8.1', '6.2': '8', '6.1': '7', '6.0': 'Vista', '5.1': 'XP'}
_ROBOT = re.compile(r'bot\b|crawler|spider|slurp|facebookexternalhit', re.IGNORECASE)
_MODEL = re.compile(r'Android [\d.]+; (?:[a-z]{2}-[a-z]{2}; )?([^;)]+?)(?: Build/[^;)]*)?[;)]')
_MAKERS = {'SM-': 'Samsung', 'GT-': 'Samsung', 'Pixel': 'Google', 'Nexus': 'Google', 'moto': 'Motorola', 'Redmi': 'XiaoMi'}


class _Named:
    """A browser or a system: its family and its version."""

    def __init__(self, family, version):
        self.family = family
        self.version_string = version
        self.version = tuple(int(part) if part.isdigit() else part for part in version.split('.')) if version else ()

    def __repr__(self):
        return f'{type(self).__name__.strip("_")}(family={self.family!r}, version={self.version!r}, version_string={self.version_string!r})'


class _Browser(_Named):
    pass


class _OperatingSystem(_Named):
    pass


class _Hardware:
    """A telephone, a tablet, or something else."""

    def __init__(self, family, brand=None, model=None):
        self.family = family
        self.brand = brand
        self.model = model

    def __repr__(self):
        return f'Device(family={self.family!r}, brand={self.brand!r}, model={self.model!r})'


def _first_named(kind, known, said):
    for family, pattern in known:
        found = pattern.search(said)
        if found:
            return kind(family, found.group(1).replace('_', '.').strip('.'))
    return kind('Other', '')


def _hardware_in(said):
    if _ROBOT.search(said):
        return _Hardware('Spider', 'Spider', 'Desktop')
    for name in ('iPhone', 'iPad', 'iPod'):
        if name in said:
            return _Hardware(name, 'Apple', name)
    if 'Macintosh' in said:
        return _Hardware('Mac', 'Apple', 'Mac')
    model = _MODEL.search(said)
    if model is None:
        return _Hardware('Other')
    model = model.group(1)
    if model in ('K', 'Mobile', 'Tablet'):
        return _Hardware('Generic ' + ('Tablet' if model == 'Tablet' else 'Smartphone'), 'Generic', 'Smartphone')
    brand = next((brand for start, brand in _MAKERS.items() if model.lower().startswith(start.lower())), 'Generic_Android')
    return _Hardware('Samsung ' + model if brand == 'Samsung' else model, brand, model)


class UserAgent:
    """What a browser says of itself, taken apart."""

    def __init__(self, ua_string):
        self.ua_string = ua_string
        self.browser = _first_named(_Browser, _BROWSERS, ua_string)
        self.os = _first_named(_OperatingSystem, _SYSTEMS, ua_string)
        if self.os.family == 'Windows':
            version = _WINDOWS.get(self.os.version_string, self.os.version_string)
            self.os = _OperatingSystem('Windows', version)
        self.device = _hardware_in(ua_string)

    @property
    def is_tablet(self):
        said = self.ua_string
        return 'iPad' in said or 'Tablet' in said or (self.os.family == 'Android' and 'Mobile' not in said)

    @property
    def is_mobile(self):
        return not self.is_tablet and (
            self.device.family in ('iPhone', 'iPod') or self.os.family == 'Windows Phone'
            or (self.os.family == 'Android' and 'Mobile' in self.ua_string) or 'Opera Mini' in self.ua_string)

    @property
    def is_touch_capable(self):
        return self.os.family in ('iOS', 'Android', 'Windows Phone') or 'Touch' in self.ua_string

    @property
    def is_pc(self):
        return 'Windows NT' in self.ua_string or self.os.family in ('Windows', 'Mac OS X', 'Linux', 'Ubuntu', 'Fedora', 'Chrome OS')

    @property
    def is_bot(self):
        return self.device.family == 'Spider'

    @property
    def is_email_client(self):
        return any(name in self.ua_string for name in ('Outlook', 'Thunderbird', 'Lotus-Notes'))

    def get_device(self):
        return 'PC' if self.is_pc else self.device.family

    def get_os(self):
        return ' '.join(part for part in (self.os.family, self.os.version_string) if part)

    def get_browser(self):
        return ' '.join(part for part in (self.browser.family, self.browser.version_string) if part)

    def __str__(self):
        return f'{self.get_device()} / {self.get_os()} / {self.get_browser()}'


def device(ip=False):
    """What the person's browser says of itself, or the address that the request came from; `None` if that is not known."""
    if ip:
        return _engine.device('address') or None
    said = _engine.device('agent')
    return UserAgent(said) if said else None


def _wanted_languages():
    """The languages that the browser asks for, those that are wanted most in front."""
    wanted = []
    for item in _engine.device('languages').split(','):
        name, _, weight = item.partition(';')
        try:
            weight = float(weight.strip().lower().removeprefix('q=') or 1)
        except ValueError:
            weight = 1.0
        wanted.append((re.split('[-_]', name)[0].strip().lower(), weight))
    return [name for name, _ in sorted(wanted, key=lambda each: -each[1])]


def language_from_browser(*pargs):
    """The language that the person's browser asks for, among those that are given; `None` if that is not known."""
    for name in _wanted_languages():
        if name in pargs if pargs else re.fullmatch('[a-z]{2,3}', name):
            return name
    return None


def referring_url(default=None, current=False):
    """Where the person came from; the place to go when that is not known."""
    found = _engine.device('referrer') if current else _engine.get_internal('referer')
    return found or default or _engine.setting('exitpage') or 'https://docassemble.org'
