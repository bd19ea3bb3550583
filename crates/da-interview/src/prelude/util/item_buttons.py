"""The buttons beside the items of a group: edit, delete, move, add."""

_BUTTON = 'btn btn-sm btn-'


def _myb64quote(text):
    return base64.b64encode(text.encode('utf-8')).decode().rstrip('=')


def _icon(name):
    return '<i class="fa-solid fa-' + name + '"></i>'


@_adds_to(DAList, DADict)
class _ItemButtons:
    def item_actions(self, *pargs, **kwargs):
        """The buttons that edit and delete an item."""
        item, index, *attributes = pargs
        kind = '_da_dict_' if isinstance(self, DADict) else '_da_list_'
        may_edit, may_delete = self._allowed_buttons(item, kwargs)
        edit = self._edit_address(kind, item, index, attributes, kwargs)
        delete = self._delete_address(kind, index)
        if kwargs.get('delete_url_only'):
            return delete
        if kwargs.get('edit_url_only'):
            return edit
        said = ''
        if kwargs.get('reorder') and isinstance(self, DAList):
            said += self._reorder_buttons(_BUTTON + 'info btn-darevisit datableup', index)
        if may_edit:
            said += self._edit_button(edit, _BUTTON + 'secondary btn-darevisit')
        if may_delete:
            sure = ' daremovebutton' if kwargs.get('confirm') else ''
            said += self._delete_button(delete, _BUTTON + 'danger btn-darevisit' + sure)
        return said

    def _allowed_buttons(self, item, wanted):
        """Whether an item may be edited, and deleted."""
        may_edit, may_delete = wanted.get('edit', True), wanted.get('delete', True)
        if 'read_only_attribute' in wanted:
            read_only = getattr(item, wanted['read_only_attribute'])
            if isinstance(read_only, bool):
                may_edit, may_delete = may_edit and not read_only, may_delete and not read_only
            elif hasattr(read_only, 'items') and hasattr(read_only, 'get'):
                may_edit, may_delete = read_only.get('edit', True), read_only.get('delete', True)
        if self.minimum_number is not None and len(self.elements) <= self.minimum_number:
            may_delete = False
        return may_edit, may_delete

    def _edit_address(self, kind, item, index, attributes, wanted):
        """The action that asks for an item again, or for some of its attributes, and then completes the group."""
        name = self.item_name(index)
        if attributes:
            follow_up = [item.instanceName + ('' if attribute.startswith('[') else '.') + attribute for attribute in attributes]
        else:
            follow_up = [name]
        items = [{'follow up': follow_up}]
        complete = self.complete_attribute
        if complete == 'complete' and kind == '_da_dict_':
            items.insert(0, {'action': '_da_undefine', 'arguments': {'variables': [item.instanceName + '.complete']}})
        elif complete is not None and complete != 'complete':
            names = [complete] if isinstance(complete, str) else list(complete)
            items.append({'action': '_da_define', 'arguments': {'variables': [item.instanceName + '.' + one for one in names]}})
        if wanted.get('ensure_complete', True):
            items.append({'action': kind + 'ensure_complete', 'arguments': {'group': self.instanceName}})
        return url_action(kind + 'edit', items=items)

    def _delete_address(self, kind, index):
        group = 'dict' if kind == '_da_dict_' else 'list'
        return url_action(kind + 'remove', **{group: self.instanceName, 'item': repr(index)})

    def _edit_button(self, url, classes):
        return ('<a href="' + url + '" role="button" class="' + classes + '"><span class="text-nowrap">' + _icon('pencil-alt') + ' '
                + word('Edit') + '</span></a> ')

    def _delete_button(self, url, classes):
        return ('<a href="' + url + '" role="button" class="' + classes + '"><span class="text-nowrap">' + _icon('trash') + ' '
                + word('Delete') + '</span></a>')

    def _reorder_buttons(self, classes, index):
        up, down = word('Reorder by moving up'), word('Reorder by moving down')
        return ('<span class="text-nowrap"><a href="#" role="button" class="' + classes + '" data-tablename="'
                + _myb64quote(self.instanceName) + '" data-tableitem="' + str(index) + '" title=' + json.dumps(up) + '>'
                + _icon('arrow-up') + '<span class="visually-hidden">' + word('Move up')
                + '</span></a> <a href="#" role="button" class="' + _BUTTON
                + 'info btn-darevisit databledown"><i class="fa-solid fa-arrow-down" title=' + json.dumps(down)
                + '></i><span class="visually-hidden">' + word('Move down') + '</span></a></span> ')

    def add_action(self, label=None, message=None, url_only=False, icon='plus-circle', color=None, size='sm', block=None,
                   classname=None):
        """The button that adds an item."""
        kind, group = ('_da_dict_', 'dict') if isinstance(self, DADict) else ('_da_list_', 'list')
        address = url_action(kind + 'add', **{group: self.instanceName})
        if url_only:
            return address
        label = message if message is not None else label
        if label is None:
            label = 'Add another' if len(self.elements) > 0 else 'Add an item'
        color = 'secondary' if color is None else color if color in _BUTTON_COLORS and color != 'link' else 'success'
        size = '' if size == 'md' else ' btn-' + (size if size in ('sm', 'lg') else 'sm')
        classes = ('btn' + size + (' btn-block' if block else '') + ' btn-' + color + ' btn-darevisit'
                   + ('' if classname is None else ' ' + str(classname)))
        return self._add_action_button(address, classes, icon, word(str(label)))

    def _add_action_button(self, url, classes, icon, label):
        return '<a href="' + url + '" class="' + classes + '">' + _icon_html(icon) + label + '</a>'

    def cancel_add_or_edit(self):
        """Forgets that an item is being added or edited."""
        group = 'dict' if isinstance(self, DADict) else 'list'
        stack = _event_stack()
        stack[:] = [entry for entry in stack if not self._is_about_item(entry, group)]
        if self.complete_elements().number() < self.number_gathered():
            self.popitem() if isinstance(self, DADict) else self.pop()
        self.delattr('doing_gathered_and_complete', '_necessary_length', 'there_is_one_other', 'new_item_name')

    def _is_about_item(self, entry, group):
        arguments = entry.get('arguments') or {}
        return self.instanceName in (arguments.get(group), arguments.get('group')) or entry.get('action', '').startswith(
            self.instanceName + '[')
