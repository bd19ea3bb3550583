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


def _link(action, arguments, kind, inside):
    return ('<a href="' + url_action(action, **arguments) + '" role="button" class="btn btn-sm btn-' + kind
            + ' btn-darevisit"><span class="text-nowrap"><i class="fa-solid fa-' + inside + '</span></a>')


def _reorder_links(group, index):
    name = _engine.base64(group.instanceName)
    up, down = word('Reorder by moving up'), word('Reorder by moving down')
    return ('<span class="text-nowrap"><a href="#" role="button" class="btn btn-sm btn-info btn-darevisit datableup" '
            'data-tablename="' + name + '" data-tableitem="' + str(index) + '" title="' + up + '">'
            '<i class="fa-solid fa-arrow-up"></i><span class="visually-hidden">' + word('Move up') + '</span></a> '
            '<a href="#" role="button" class="btn btn-sm btn-info btn-darevisit databledown">'
            '<i class="fa-solid fa-arrow-down" title="' + down + '"></i><span class="visually-hidden">'
            + word('Move down') + '</span></a></span> ')


def _kind_of_group(group):
    return 'dict' if isinstance(group, DADict) else 'list'


def _edits(group, item, index, attributes, ensure_complete):
    """What a link that edits an item does, one thing after the other."""
    name = group.instanceName + '[' + repr(index) + ']'
    todo = []
    if group.complete_attribute == 'complete' and hasattr(item, 'instanceName'):
        todo.append({'action': '_da_undefine', 'arguments': {'variables': [item.instanceName + '.complete']}})
    if attributes and hasattr(item, 'instanceName'):
        joined = [('' if attribute.startswith('[') else '.') + attribute for attribute in attributes]
        todo.append({'follow up': [item.instanceName + attribute for attribute in joined]})
    else:
        todo.append({'follow up': [name]})
    if group.complete_attribute not in (None, 'complete') and hasattr(item, 'instanceName'):
        todo.append({'action': '_da_define', 'arguments': {'variables': [item.instanceName + '.' + group.complete_attribute]}})
    if ensure_complete:
        action = '_da_' + _kind_of_group(group) + '_ensure_complete'
        todo.append({'action': action, 'arguments': {'group': group.instanceName}})
    return todo


def _item_actions(self, item, index, *attributes, edit=True, delete=True, ensure_complete=True, confirm=False,
                  reorder=False, read_only_attribute=None, edit_url_only=False, delete_url_only=False):
    """Links that edit and delete an item of a group."""
    kind = _kind_of_group(self)
    said = _reorder_links(self, index) if reorder else ''
    if read_only_attribute is not None:
        locked = getattr(item, read_only_attribute)
        if hasattr(locked, 'items'):
            edit, delete = edit and locked.get('edit', True), delete and locked.get('delete', True)
        elif locked:
            edit = delete = False
    least = getattr(self, 'minimum_number', None)
    if least is not None and len(self.elements) <= least:
        delete = False
    changes = {'items': _edits(self, item, index, attributes, ensure_complete)}
    removal = {kind: self.instanceName, 'item': repr(index)}
    if edit_url_only:
        return url_action('_da_' + kind + '_edit', **changes)
    if delete_url_only:
        return url_action('_da_' + kind + '_remove', **removal)
    if edit:
        said += _link('_da_' + kind + '_edit', changes, 'secondary', 'pencil-alt"></i> ' + word('Edit')) + ' '
    if delete:
        link = _link('_da_' + kind + '_remove', removal, 'danger', 'trash"></i> ' + word('Delete'))
        said += link.replace('btn-darevisit"', 'btn-darevisit daremovebutton"') if confirm else link
    return said


def _add_action(self, label=None, message=None, url_only=False, icon='plus-circle', color='secondary', size='sm',
                block=None, classname=None):
    """A link that adds an item to a group."""
    kind = _kind_of_group(self)
    address = url_action('_da_' + kind + '_add', **{kind: self.instanceName})
    if url_only:
        return address
    if message is None:
        message = label
    if message is None:
        message = word('Add another') if len(self.elements) > 0 else word('Add an item')
    shown = '<i class="fa-solid fa-' + icon + '"></i> ' if icon else ''
    classes = 'btn' + (' btn-' + size if size else '') + (' btn-block' if block else '') + ' btn-' + color + ' btn-darevisit'
    if classname:
        classes += ' ' + classname
    return '<a href="' + address + '" class="' + classes + '">' + shown + str(message) + '</a>'


for _group in (DAList, DADict):
    if not hasattr(_group, 'item_actions'):
        _group.item_actions = _item_actions
    if not hasattr(_group, 'add_action'):
        _group.add_action = _add_action
del _group
