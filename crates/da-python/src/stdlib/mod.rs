//! The standard library: what must be fast is here, a file per module; the rest is Python of our own
//! in `prelude/`, over these.
//!
//! The native modules hold functions alone. What they work on are plain values (a `bytearray` for the
//! state of a random generator, a text for a pattern), so that it can be saved and copied like any
//! other value.

mod bytes;
mod clock;
mod deflate;
mod digest;
mod entities;
mod files;
mod http;
mod json;
mod machine;
mod math;
mod random;
mod re;
mod unicode;
mod yaml;
mod zone;

use crate::ground::GroundBuilder;

/// The source of a module, by its path in `prelude/`.
macro_rules! prelude {
    ($($name:literal in $file:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../prelude/", $file)))),*]
    };
}

/// The modules written in Python, in an order in which each may import those before it.
const PRELUDE: &[(&str, &str)] = prelude! {
    "operator" in "operator.py",
    "_range" in "_range.py",
    "abc" in "abc.py",
    "types" in "types.py",
    "reprlib" in "reprlib.py",
    "functools" in "functools.py",
    "itertools" in "itertools.py",
    "copyreg" in "copyreg.py",
    "copy" in "copy.py",
    "keyword" in "keyword.py",
    "sys" in "sys.py",
    "contextlib" in "contextlib.py",
    "enum" in "enum.py",
    "dataclasses" in "dataclasses.py",
    "warnings" in "warnings.py",
    "traceback" in "traceback.py",
    "base64" in "base64.py",
    "hashlib" in "hashlib.py",
    "hmac" in "hmac.py",
    "uuid" in "uuid.py",
    "threading" in "threading.py",
    "collections.abc" in "collections/abc.py",
    "collections" in "collections.py",
    "weakref" in "weakref.py",
    "gc" in "gc.py",
    "numbers" in "numbers.py",
    "bisect" in "bisect.py",
    "heapq" in "heapq.py",
    "urllib" in "urllib/__init__.py",
    "urllib.parse" in "urllib/parse.py",
    "json.decoder" in "json/decoder.py",
    "json.encoder" in "json/encoder.py",
    "json.scanner" in "json/scanner.py",
    "json" in "json/__init__.py",
    "random" in "random.py",
    "secrets" in "secrets.py",
    "re" in "re.py",
    "typing" in "typing.py",
    "html" in "html/__init__.py",
    "html.entities" in "html/entities.py",
    "html.parser" in "html/parser.py",
    "string" in "string.py",
    "locale" in "locale.py",
    "time" in "time.py",
    "datetime" in "datetime.py",
    "calendar" in "calendar.py",
    "zoneinfo" in "zoneinfo.py",
    "pytz.exceptions" in "pytz/exceptions.py",
    "pytz" in "pytz/__init__.py",
    "unicodedata" in "unicodedata.py",
    "binascii" in "binascii.py",
    "zlib" in "zlib.py",
    "struct" in "struct.py",
    "os.path" in "os/path.py",
    "os" in "os/__init__.py",
    "io" in "io.py",
    "zipfile" in "zipfile.py",
    "gzip" in "gzip.py",
    "pickle" in "pickle.py",
    "ast" in "ast.py",
    "shlex" in "shlex.py",
    "fnmatch" in "fnmatch.py",
    "codecs" in "codecs.py",
    "mimetypes" in "mimetypes.py",
    "typing_extensions" in "typing_extensions.py",
    "http" in "http/__init__.py",
    "http.client" in "http/client.py",
    "urllib.error" in "urllib/error.py",
    "urllib.request" in "urllib/request.py",
    "csv" in "csv.py",
    "textwrap" in "textwrap.py",
    "difflib" in "difflib.py",
    "pprint" in "pprint.py",
    "fractions" in "fractions.py",
    "decimal" in "decimal.py",
    "statistics" in "statistics.py",
    "_absent" in "_absent.py",
    "importlib" in "importlib/__init__.py",
    "inspect" in "inspect.py",
    "logging" in "logging.py",
    "pathlib" in "pathlib.py",
    "yaml.error" in "yaml/error.py",
    "yaml.nodes" in "yaml/nodes.py",
    "yaml.reader" in "yaml/reader.py",
    "yaml.scanner" in "yaml/scanner.py",
    "yaml.parser" in "yaml/parser.py",
    "yaml.composer" in "yaml/composer.py",
    "yaml.constructor" in "yaml/constructor.py",
    "yaml.representer" in "yaml/representer.py",
    "yaml" in "yaml/__init__.py",
    "dateutil" in "dateutil/__init__.py",
    "dateutil.relativedelta" in "dateutil/relativedelta.py",
    "dateutil.tz" in "dateutil/tz.py",
    "dateutil.easter" in "dateutil/easter.py",
    "dateutil.parser" in "dateutil/parser.py",
    "requests.exceptions" in "requests/exceptions.py",
    "requests.structures" in "requests/structures.py",
    "requests.status_codes" in "requests/status_codes.py",
    "requests.auth" in "requests/auth.py",
    "requests.cookies" in "requests/cookies.py",
    "requests.models" in "requests/models.py",
    "requests.sessions" in "requests/sessions.py",
    "requests.api" in "requests/api.py",
    "requests" in "requests/__init__.py",
};

impl GroundBuilder {
    /// Adds the standard library, so that what is added after it may import it.
    #[must_use]
    pub fn standard_library(self) -> Self {
        let natives = self
            .native_module("_bytes", |module| module.functions(bytes::FUNCTIONS))
            .native_module("math", math::fill)
            .native_module("_json", |module| module.functions(json::FUNCTIONS))
            .native_module("_random", |module| module.functions(random::FUNCTIONS))
            .native_module("_re", |module| module.functions(re::FUNCTIONS))
            .native_module("_machine", |module| module.functions(machine::FUNCTIONS))
            .native_module("_clock", |module| module.functions(clock::FUNCTIONS))
            .native_module("_files", |module| module.functions(files::FUNCTIONS))
            .native_module("_http", |module| module.functions(http::FUNCTIONS))
            .native_module("_unicode", |module| module.functions(unicode::FUNCTIONS))
            .native_module("_entities", |module| module.functions(entities::FUNCTIONS))
            .native_module("_zlib", |module| module.functions(deflate::FUNCTIONS))
            .native_module("_yaml", |module| module.functions(yaml::FUNCTIONS))
            .native_module("_zone", |module| module.functions(zone::FUNCTIONS));
        PRELUDE.iter().fold(natives, |builder, (name, source)| builder.frozen_module(name, source))
    }
}
