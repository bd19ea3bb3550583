"""Kinds of files by the ends of their names: those that CPython knows by itself, and those of offices."""

import os.path
import urllib.parse

__all__ = ['knownfiles', 'inited', 'MimeTypes', 'guess_type', 'guess_all_extensions', 'guess_extension', 'add_type', 'init',
           'types_map', 'common_types', 'suffix_map', 'encodings_map']

_TYPES = '''
application/vnd.openxmlformats-officedocument.wordprocessingml.document .docx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet .xlsx
application/vnd.openxmlformats-officedocument.presentationml.presentation .pptx
application/vnd.oasis.opendocument.text .odt
application/vnd.oasis.opendocument.spreadsheet .ods
application/javascript .js .mjs
application/json .json
application/manifest+json .webmanifest
application/msword .doc .dot .wiz
application/n-quads .nq
application/n-triples .nt
application/octet-stream .bin .a .dll .exe .o .obj .so
application/oda .oda
application/pdf .pdf
application/pkcs7-mime .p7c
application/postscript .ps .ai .eps
application/trig .trig
application/vnd.apple.mpegurl .m3u .m3u8
application/vnd.ms-excel .xls .xlb
application/vnd.ms-powerpoint .ppt .pot .ppa .pps .pwz
application/wasm .wasm
application/x-bcpio .bcpio
application/x-cpio .cpio
application/x-csh .csh
application/x-dvi .dvi
application/x-gtar .gtar
application/x-hdf .hdf
application/x-hdf5 .h5
application/x-latex .latex
application/x-mif .mif
application/x-netcdf .cdf .nc
application/x-pkcs12 .p12 .pfx
application/x-pn-realaudio .ram
application/x-python-code .pyc .pyo
application/x-sh .sh
application/x-shar .shar
application/x-shockwave-flash .swf
application/x-sv4cpio .sv4cpio
application/x-sv4crc .sv4crc
application/x-tar .tar
application/x-tcl .tcl
application/x-tex .tex
application/x-texinfo .texi .texinfo
application/x-troff .roff .t .tr
application/x-troff-man .man
application/x-troff-me .me
application/x-troff-ms .ms
application/x-ustar .ustar
application/x-wais-source .src
application/xml .xsl .rdf .wsdl .xpdl
application/zip .zip
audio/3gpp .3gp .3gpp
audio/3gpp2 .3g2 .3gpp2
audio/aac .aac .adts .loas .ass
audio/basic .au .snd
audio/mpeg .mp3 .mp2
audio/opus .opus
audio/x-aiff .aif .aifc .aiff
audio/x-pn-realaudio .ra
audio/x-wav .wav
image/avif .avif
image/bmp .bmp
image/gif .gif
image/ief .ief
image/jpeg .jpg .jpe .jpeg
image/heic .heic
image/heif .heif
image/png .png
image/svg+xml .svg
image/tiff .tiff .tif
image/vnd.microsoft.icon .ico
image/x-cmu-raster .ras
image/x-portable-anymap .pnm
image/x-portable-bitmap .pbm
image/x-portable-graymap .pgm
image/x-portable-pixmap .ppm
image/x-rgb .rgb
image/x-xbitmap .xbm
image/x-xpixmap .xpm
image/x-xwindowdump .xwd
message/rfc822 .eml .mht .mhtml .nws
text/css .css
text/csv .csv
text/html .html .htm
text/n3 .n3
text/plain .txt .bat .c .h .ksh .pl .srt
text/richtext .rtx
text/tab-separated-values .tsv
text/vtt .vtt
text/x-python .py
text/x-setext .etx
text/x-sgml .sgm .sgml
text/x-vcard .vcf
text/xml .xml
video/mp4 .mp4
video/mpeg .mpeg .m1v .mpa .mpe .mpg
video/quicktime .mov .qt
video/webm .webm
video/x-msvideo .avi
video/x-sgi-movie .movie
'''
_COMMON = '''
application/rtf .rtf
audio/midi .midi .mid
image/jpg .jpg
image/pict .pict .pct .pic
image/webp .webp
text/xul .xul
'''


def _read(table):
    found = {}
    for line in table.strip().split('\n'):
        kind, *ends = line.split()
        found.update(dict.fromkeys(ends, kind))
    return found


types_map, common_types = _read(_TYPES), _read(_COMMON)
suffix_map = {'.svgz': '.svg.gz', '.tgz': '.tar.gz', '.taz': '.tar.gz', '.tz': '.tar.gz', '.tbz2': '.tar.bz2', '.txz': '.tar.xz'}
encodings_map = {'.gz': 'gzip', '.Z': 'compress', '.bz2': 'bzip2', '.xz': 'xz', '.br': 'br'}
knownfiles, inited = [], True


class MimeTypes:
    """A table of kinds."""

    def __init__(self, filenames=(), strict=True):
        self.suffix_map, self.encodings_map = dict(suffix_map), dict(encodings_map)
        self.types_map = dict(common_types), dict(types_map)

    def add_type(self, type, ext, strict=True):
        self.types_map[bool(strict)][ext] = type

    def guess_type(self, url, strict=True):
        """The kind and the encoding of a name or an address."""
        url = os.path.fspath(url)
        scheme, path = '', url
        if ':' in url:
            scheme = urllib.parse.urlsplit(url).scheme
            path = url.partition(':')[2] if len(scheme) > 1 else url
        if scheme == 'data':
            head, comma, _ = path.partition(',')
            if not comma:
                return None, None
            kind = head.partition(';')[0]
            return kind if '=' not in kind and '/' in kind else 'text/plain', None
        base, ext = os.path.splitext(path)
        while ext.lower() in self.suffix_map:
            base, ext = os.path.splitext(base + self.suffix_map[ext.lower()])
        encoding = self.encodings_map.get(ext)
        if encoding is not None:
            base, ext = os.path.splitext(base)
        ext = ext.lower()
        kind = self.types_map[True].get(ext)
        return kind if kind or strict else self.types_map[False].get(ext), encoding

    def guess_all_extensions(self, type, strict=True):
        type = type.lower()
        found = [ext for ext, kind in self.types_map[True].items() if kind == type]
        return found if strict else found + [ext for ext, kind in self.types_map[False].items() if kind == type and ext not in found]

    def guess_extension(self, type, strict=True):
        found = self.guess_all_extensions(type, strict)
        return found[0] if found else None


_table = MimeTypes()
_table.types_map = common_types, types_map
_table.suffix_map, _table.encodings_map = suffix_map, encodings_map
guess_type, guess_all_extensions, guess_extension, add_type = (
    _table.guess_type, _table.guess_all_extensions, _table.guess_extension, _table.add_type)


def init(files=None):
    """There are no files of the system to read."""
