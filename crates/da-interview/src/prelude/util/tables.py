"""Tables: the rows of a group as text, and the links by which they are changed."""

# The sum of the widths of a table's columns may not be larger, unless the interview says so (`table width`).
_TABLE_WIDTH = 65


class DALazyTableTemplate(DALazyTemplate):
    """A table that is made each time it is used."""

    @property
    def subject(self):
        return ''

    @property
    def content(self):
        return self.show()

    def show(self, **kwargs):
        return _table_text(self.source_block, self.letters, kwargs.get('editable', True))

    def show_as_markdown(self, **kwargs):
        return self.show()

    def __str__(self):
        return self.show()

    def header_and_contents(self):
        """The headers, and the rows as lists of cells."""
        return _table_contents(self.source_block, self.letters)

    def export(self, filename=None, file_format=None, title=None, freeze_panes=True, output_to=None):
        """A file of the table."""
        return _file_of_table(*self.header_and_contents(), filename, file_format, title, freeze_panes, output_to)

    def as_df(self):
        _needs('as_df() of a table', 'pandas')


def _make_table(name, block, letters):
    return DALazyTableTemplate(name, source_block=block, letters=letters)


def _table_rows(table, block, letters):
    """The pairs of index and item that stand in a table, in their order."""
    rows = _engine.table_rows(block, letters)
    if not isinstance(rows, (list, tuple, dict, set, DAList, DADict, DASet)):
        raise DAError('Error in processing table: the rows are not a list or dictionary.')
    if hasattr(rows, 'instanceName'):
        rows = _rows_so_far(table, rows)
    keyed = hasattr(rows, 'items')
    pairs = list(rows.items()) if keyed else list(enumerate(rows))
    if table['filtered']:
        pairs = [pair for pair in pairs if _engine.table_keeps(block, _row_names(letters, *pair))]
    if table['sorted']:
        key, reverse = _engine.table_order(block, letters)
        return sorted(pairs, key=key if keyed else lambda pair: key(pair[1]), reverse=reverse)
    if keyed and not isinstance(rows, DAOrderedDict):
        pairs.sort(key=lambda pair: pair[0])
    return pairs[::-1] if _engine.table_is_reversed(block, letters) else pairs


def _rows_so_far(table, rows):
    """The members that a table shows of a group: all, those that are complete, or those that are there."""
    if not table['require gathered']:
        return rows.complete_elements()
    if table['show incomplete'] and rows.gathering_started():
        return rows.elements
    return rows.complete_elements() if _engine.is_gathering(rows.instanceName) else rows


def _row_names(letters, index, item):
    return {**letters, 'row_item': item, 'row_index': index}


def _cell(text):
    return ' '.join(str(text).split('\n')).strip()


def _widths(lines, most):
    """How wide each column is drawn: as wide as its widest cell, unless the table gets too wide."""
    widths = [max(1, *(len(line[place]) for line in lines)) for place in range(len(lines[0]))]
    while sum(widths) > most and max(widths) > 1:
        # Quirk: the original makes a column at random smaller; here it is the widest.
        widths[widths.index(max(widths))] -= 1
    return widths


def _table_text(block, letters, editable):
    table = _engine.table_settings(block, letters)
    wants_actions = editable and (table['edit'] is not None or table['delete buttons'] or table['allow reordering'])
    headers = [_cell(header) or '&nbsp;' for header in _engine.table_headers(block, letters)]
    if wants_actions:
        headers.append(word('Actions') if table['edit header'] is None else _cell(table['edit header']) or '&nbsp;')
    lines = []
    for index, item in _table_rows(table, block, letters):
        cells = [_cell(cell) for cell in _engine.table_cells(block, _row_names(letters, index, item))]
        if wants_actions:
            cells.append(_row_actions(table, _engine.table_rows(block, letters), item, index))
        lines.append(cells)
    if not lines and table['show if empty'] in (False, None):
        return '\n\n'
    if not lines and isinstance(table['show if empty'], str):
        return table['show if empty'] + '\n\n'
    marks = ['-' * width for width in _widths([headers] + lines, table.get('table width', _TABLE_WIDTH))]
    indent = '    ' if table['indent'] else ''
    return '\n' + ''.join(indent + '|' + '|'.join(line) + '|\n' for line in [headers, marks] + lines) + '\n'


def _row_actions(table, group, item, index):
    options = {
        'edit': table['edit'] is not None, 'delete': table['delete buttons'], 'confirm': table['confirm'],
        'reorder': table['allow reordering'], 'ensure_complete': table['require gathered'] and not table['show incomplete'],
    }
    if table['read only']:
        options['read_only_attribute'] = table['read only']
    return group.item_actions(item, index, *(table['edit'] or []), **options)
