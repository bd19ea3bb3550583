"""Tables as files: XLSX, CSV and JSON."""


def _export_safe(found):
    """What stands in a cell of a file for a value."""
    if isinstance(found, DAObject):
        return str(found)
    if isinstance(found, DAEmpty):
        return None
    return found.replace(tzinfo=None) if isinstance(found, _datetime.datetime) else found


def _table_safe(found):
    """A value as a text that stands in a table."""
    text = re.sub(r'[\n\r|]', ' ', str(found))
    return '  ' + text + '  ' if re.match('[-:]', text) else text


def _table_contents(block, letters):
    """The headers and the rows of a table, as they stand in a file."""
    table = _engine.table_settings(block, letters)
    rows = _engine.table_rows(block, letters)
    # Quirk: of a dictionary, what is missing is told as not available with `show incomplete`, of anything else without it; such
    # rows are texts (fixture `tables_as_files`).
    tells_missing = table['show incomplete'] == hasattr(rows, 'items')
    contents = []
    for index, item in _table_rows(table, block, letters):
        cells = _engine.table_values(block, _row_names(letters, index, item), tells_missing)
        contents.append([_table_safe(cell) if tells_missing else _export_safe(cell) for cell in cells])
    return _engine.table_headers(block, letters), contents


def _as_csv(headers, contents, title, freeze_panes):
    import csv
    written = io.StringIO()
    writer = csv.writer(written, lineterminator='\n')
    writer.writerow(headers)
    told = lambda found: found.isoformat(sep=' ') if isinstance(found, _datetime.datetime) else found
    writer.writerows([told(cell) for cell in row] for row in contents)
    return written.getvalue().encode('utf-8')


def _as_records(headers, contents, title, freeze_panes):
    moment = lambda found: int(found.replace(tzinfo=_datetime.timezone.utc).timestamp() * 1000)
    told = lambda found: moment(found) if isinstance(found, _datetime.datetime) else str(found)
    records = [dict(zip(headers, row)) for row in contents]
    return json.dumps(records, separators=(',', ':'), default=told).replace('/', '\\/').encode('utf-8')


_SHEET_PARTS = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/_rels/workbook.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
        '</Relationships>',
    # The styles of cells: 0 as it comes, 1 bold, 2 a date, 3 a moment.
    'xl/styles.xml': '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>'
        '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
}

_WORKBOOK = ('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
             'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/>'
             '</sheets></workbook>')

_FROZEN = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'


def _xml_text(text):
    """A text as XML has it; characters that XML cannot hold are left out."""
    import html
    return html.escape(re.sub('[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]', '', str(text)))


def _sheet_cell(found, style=0):
    if found is None or found != found:
        return '<c/>'
    if isinstance(found, bool):
        return '<c t="b"><v>' + str(int(found)) + '</v></c>'
    if isinstance(found, (int, float)) and found - found == 0:
        return '<c><v>' + repr(found) + '</v></c>'
    if isinstance(found, _datetime.date):
        is_moment = isinstance(found, _datetime.datetime)
        moment = found if is_moment else _datetime.datetime(found.year, found.month, found.day)
        days = (moment - _datetime.datetime(1899, 12, 30)) / _datetime.timedelta(days=1)
        return '<c s="' + ('3' if is_moment else '2') + '"><v>' + repr(days) + '</v></c>'
    return '<c t="inlineStr" s="' + str(style) + '"><is><t xml:space="preserve">' + _xml_text(found) + '</t></is></c>'


def _as_workbook(headers, contents, title, freeze_panes):
    import zipfile
    rows = [''.join(_sheet_cell(header, 1) for header in headers)] + [''.join(map(_sheet_cell, row)) for row in contents]
    sheet = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + (_FROZEN if freeze_panes else '')
             + '<sheetData>' + ''.join('<row>' + row + '</row>' for row in rows) + '</sheetData></worksheet>')
    name = re.sub(r'[\[\]:*?/\\]', '', str(title))[:31].strip("'") if title is not None else ''
    parts = {**_SHEET_PARTS, 'xl/workbook.xml': _WORKBOOK.format(_xml_text(name or 'Sheet1')), 'xl/worksheets/sheet1.xml': sheet}
    written = io.BytesIO()
    with zipfile.ZipFile(written, 'w', zipfile.ZIP_DEFLATED) as archive:
        for path, xml in parts.items():
            archive.writestr(path, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml)
    return written.getvalue()


_EXPORTS = {'xlsx': _as_workbook, 'csv': _as_csv, 'json': _as_records}


def _file_of_table(headers, contents, filename, file_format, title, freeze_panes, output_to):
    """Writes a table into a file, which is made unless it is given."""
    if file_format is None:
        file_format = 'xlsx' if filename is None else filename.rpartition('.')[2] if '.' in filename else ''
    if file_format not in _EXPORTS:
        raise DAError('export: unsupported file format')
    if output_to is None:
        output_to = DAFile()
        output_to.set_random_instance_name()
    elif isinstance(output_to, DAFileList):
        output_to = output_to.elements[0]
    if not isinstance(output_to, DAFile):
        raise DAError('export: output_to must be a DAFile')
    output_to.initialize(filename=filename, extension=file_format, reinitialize=output_to.ok)
    output_to.write(_EXPORTS[file_format](headers, contents, title, freeze_panes), binary=True)
    output_to.retrieve()
    return output_to
