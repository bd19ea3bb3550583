"""Objects made of plain data: from files of packages, from data blocks, from structures."""


def _is_singular_list(found):
    return len(found) == 1 and not isinstance(found[0], list)


def objects_from_file(file_ref, recursive=True, gathered=True, name=None, use_objects=False, package=None):
    """What a YAML or JSON file of a package's sources describes: objects, lists, dictionaries."""
    if isinstance(file_ref, (DAFile, DAFileList, DAFileCollection)):
        text = _text_of(_content_of(file_ref))
        is_json = file_ref.path().endswith('.json')
    else:
        text = _source_text(file_ref, package)
        is_json = str(file_ref).endswith('.json')
    documents = [json.loads(text)] if is_json else _engine.yaml_documents(text)
    return _objects_of(documents, recursive, gathered, name, use_objects)


def _source_text(file_ref, package):
    """The text of a file of the sources of a package."""
    package_of, colon, path = str(file_ref).rpartition(':')
    if not colon:
        package_of, path = package or _engine.interview_package(), str(file_ref)
    if not path.startswith('data/'):
        path = 'data/sources/' + path
    text = _engine.package_text(package_of, path)
    if text is None:
        raise DAError('objects_from_file: file reference ' + str(file_ref) + ' not found')
    return text


def objects_from_data(data, recursive=True, gathered=True, name=None, package=None):
    """What plain data describes."""
    return _objects_of([data], recursive, gathered, name, True)


def _objects_of(documents, recursive, gathered, name, use_objects):
    objects = DAList(name) if name else DAList()
    objects.gathered = True
    objects.revisit = True
    is_one = True
    for document in documents:
        found = _described(document, recursive, use_objects)
        if isinstance(found, (list, DAList)) and not isinstance(document, dict) or isinstance(found, list):
            is_one = False
            for item in found:
                objects.append(item)
        else:
            objects.append(found)
    if is_one and len(objects.elements) == 1:
        objects = objects.elements[0]
    if isinstance(objects, DAObject):
        objects._set_instance_name_recursively(name or _engine.random_name())
        # Without a name it is called after the variable that it is put into.
        objects.has_nonrandom_instance_name = bool(name)
    if isinstance(objects, (DAList, DADict, DASet)) and not gathered:
        objects.reset_gathered(recursive=True)
    return objects


def _described(data, recursive, use_objects):
    """Plain data, with an object for every dictionary that names a class."""
    if isinstance(data, list):
        items = [_described(item, True, use_objects) for item in data] if recursive else data
        return DAList(elements=items) if use_objects else items
    if not isinstance(data, dict):
        return data
    if 'object' in data and ('item' in data or 'items' in data):
        made = [_made(data, item, recursive, use_objects) for item in data.get('items', [data.get('item')])]
        if 'item' in data and 'items' not in data:
            return made[0]
        return DAList(elements=made) if use_objects else made
    found = {key: _described(item, True, use_objects) for key, item in data.items()} if recursive else data
    return DADict(elements=found) if use_objects else found


def _made(data, item, recursive, use_objects):
    """An object of the class that the data names, with the attributes of the item."""
    if not isinstance(item, dict):
        raise DAError('objects_from_file: found an item, ' + str(item) + ' that was not expressed as a dictionary')
    kind = _named_class(data)
    return kind(**({key: _described(found, True, use_objects) for key, found in item.items()} if recursive else item))


def _named_class(data):
    name = data['object']
    module = data.get('module', 'docassemble.base.util')
    if module.startswith('.'):
        module = _engine.interview_package() + module
    kind = _engine.find_class(module + '.' + name)
    if kind is None:
        raise DAError('objects_from_file: the class ' + str(name) + ' could not be found')
    return kind


def objects_from_structure(target, root=None, gathered=True):
    """Plain data as lists and dictionaries of docassemble."""
    return _structured(target, root or _engine.random_name())


def _structured(target, name):
    if isinstance(target, dict):
        if len(target) >= 2 and set(target) <= {'question', 'document', 'docx', 'pdf', 'pandoc'}:
            return DAContext(name, **target)
        made = DADict(name, auto_gather=False, gathered=True)
        for key, found in target.items():
            made[key] = _structured(found, name + '[' + repr(key) + ']')
        return made
    if isinstance(target, (list, tuple)):
        made = DAList(name)
        for place, found in enumerate(target):
            made.append(_structured(found, name + '[' + str(place) + ']'))
        made.gathered = True
        return made
    if target is None or isinstance(target, (bool, float, int, str)):
        return target
    raise DAError('objects_from_structure: expected a standard type, but found a ' + str(type(target)))


def _objects_of_block(target, name, how, gathered):
    """What a data block with `use objects` defines: objects where `how` is 'objects', else groups."""
    if how == 'objects':
        return objects_from_data(target, gathered=gathered, name=name)
    made = objects_from_structure(target, name)
    if isinstance(made, (DAList, DADict, DASet)) and not gathered:
        made.reset_gathered(recursive=True)
    return made
