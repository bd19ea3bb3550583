"""Tables: the rows of a group as text, and the links by which they are changed."""

# The sum of the widths of a table's columns may not be larger.
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


def _make_table(name, block, letters):
    return DALazyTableTemplate(name, source_block=block, letters=letters)


def _table_rows(rows, require_gathered):
    """The pairs of index and item that stand in a table, in their order."""
    if not isinstance(rows, (list, tuple, dict, set, DAList, DADict, DASet)):
        raise DAError('Error in processing table: the rows are not a list or dictionary.')
    if hasattr(rows, 'instanceName'):
        if require_gathered:
            rows._trigger_gather()
        rows = rows.elements
    if isinstance(rows, dict):
        return sorted(rows.items(), key=lambda pair: str(pair[0]))
    return list(enumerate(rows))


def _cell(text):
    return ' '.join(str(text).split('\n')).strip()


def _widths(lines):
    """How wide each column is drawn: as wide as its widest cell, unless the table gets too wide."""
    widths = [max(1, *(len(line[place]) for line in lines)) for place in range(len(lines[0]))]
    while sum(widths) > _TABLE_WIDTH and max(widths) > 1:
        # Quirk: the original makes a column at random smaller; here it is the widest.
        widths[widths.index(max(widths))] -= 1
    return widths


def _table_text(block, letters, editable):
    table = _engine.table_settings(block, letters)
    source = _engine.table_rows(block)
    wants_actions = editable and (table['edit'] is not None or table['delete buttons']) and hasattr(source, 'item_actions')
    headers = [_cell(header) for header in _engine.table_headers(block)]
    if wants_actions:
        headers.append(_cell(table['edit header'] or word('Actions')))
    lines = []
    for index, item in _table_rows(source, table['require gathered']):
        cells = [_cell(cell) for cell in _engine.table_cells(block, item, index)]
        if wants_actions:
            cells.append(_row_actions(table, source, item, index))
        lines.append(cells)
    if not lines and table['show if empty'] is False:
        return '\n'
    if not lines and isinstance(table['show if empty'], str):
        return '\n' + table['show if empty'].strip() + '\n'
    marks = ['-' * width for width in _widths([headers] + lines)]
    indent = '    ' if table['indent'] else ''
    return '\n' + ''.join(indent + '|' + '|'.join(line) + '|\n' for line in [headers, marks] + lines) + '\n'


def _row_actions(table, group, item, index):
    options = {
        'edit': table['edit'] is not None, 'delete': table['delete buttons'], 'confirm': table['confirm'],
        'reorder': table['allow reordering'], 'ensure_complete': table['require gathered'],
    }
    if table['read only']:
        options['read_only_attribute'] = table['read only']
    return group.item_actions(item, index, *(table['edit'] or []), **options)
