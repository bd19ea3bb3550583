//! Data table: what kind of file an extension stands for, as Python's `mimetypes` and docassemble say.

/// Extension and media type. Where several extensions have one type, the first is the usual one.
const TYPES: &[(&str, &str)] = &[
    ("7z", "application/x-7z-compressed"),
    ("aac", "audio/aac"),
    ("avi", "video/x-msvideo"),
    ("bmp", "image/bmp"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("eml", "message/rfc822"),
    ("eps", "application/postscript"),
    ("epub", "application/epub+zip"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("heic", "image/heic"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("ico", "image/vnd.microsoft.icon"),
    ("ics", "text/calendar"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ogg", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("opus", "audio/opus"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("ps", "application/postscript"),
    ("py", "text/x-python"),
    ("rtf", "application/rtf"),
    ("svg", "image/svg+xml"),
    ("tar", "application/x-tar"),
    ("tif", "image/tiff"),
    ("tsv", "text/tab-separated-values"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain"),
    ("vcf", "text/x-vcard"),
    ("wav", "audio/x-wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
    ("yaml", "text/plain"),
    ("yml", "text/plain"),
    ("zip", "application/zip"),
    ("3gpp", "audio/3gpp"),
];

/// The extension of a file's name, in small letters: `jpeg` and `tiff` are `jpg` and `tif`.
///
/// Quirk: a name without a dot is its own extension, as in docassemble.
///
/// ```
/// assert_eq!(da_core::extension("Photo.JPEG"), "jpg");
/// assert_eq!(da_core::extension("README"), "readme");
/// ```
pub fn extension(name: &str) -> String {
    let extension = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    match extension.as_str() {
        "jpeg" => "jpg".to_owned(),
        "tiff" => "tif".to_owned(),
        _ => extension,
    }
}

/// The media type of a file by its name, if it is known.
///
/// ```
/// assert_eq!(da_core::media_type("a.PDF"), Some("application/pdf"));
/// assert_eq!(da_core::media_type("pdf"), None);
/// assert_eq!(da_core::media_type("a.xyz"), None);
/// ```
pub fn media_type(name: &str) -> Option<&'static str> {
    let known = name.contains('.').then(|| extension(name))?;
    TYPES.iter().find(|(extension, _)| *extension == known).map(|(_, kind)| *kind)
}

/// The usual extension of a media type, if it is known.
///
/// ```
/// assert_eq!(da_core::extension_of("image/jpeg"), Some("jpg"));
/// assert_eq!(da_core::extension_of("nothing/known"), None);
/// ```
pub fn extension_of(media_type: &str) -> Option<&'static str> {
    TYPES.iter().find(|(_, kind)| *kind == media_type).map(|(extension, _)| *extension)
}
