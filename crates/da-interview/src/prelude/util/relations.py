"""Relations among objects: who is the parent of whom, and who are friends."""


class RelationshipDir(DAObject):
    """A relation with a direction: parent and child."""

    def involves(self, target):
        return self.parent is target or self.child is target


class RelationshipPeer(DAObject):
    """A relation among equals."""

    def involves(self, target):
        return target in self.peers


def _wanted(one, name, found):
    """Whether a relation is as described by one of the words of a query."""
    if name == 'involves':
        several = isinstance(found, (list, set, tuple, DAList, DASet))
        return all(one.involves(target) for target in (found if several else [found]))
    actual = getattr(one, name)
    return actual is found if isinstance(found, DAObject) else actual == found


class RelationshipTree(DAObject):
    """Who is related to whom."""

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)
        for name, kind in (('leaf', DAObject), ('relationships_dir', RelationshipDir), ('relationships_peer', RelationshipPeer)):
            self.initializeAttribute(name, DAList.using(auto_gather=False, gathered=True, object_type=kind))
        self.leaf.initializeAttribute('existing', DAList)

    def new(self, *pargs, **kwargs):
        return self.leaf.appendObject(*pargs, **kwargs)

    def _and(self, *pargs, **kwargs):
        """A query that all of these must agree with."""
        return lambda one: all(agrees(one) for agrees in pargs) and all(_wanted(one, *word) for word in kwargs.items())

    def _or(self, *pargs, **kwargs):
        """A query that one of these must agree with."""
        return lambda one: any(agrees(one) for agrees in pargs) or any(_wanted(one, *word) for word in kwargs.items())

    def query_dir(self, *pargs, **kwargs):
        """The relations with a direction that are as described."""
        agrees = self._and(*pargs, **kwargs)
        return [one for one in self.relationships_dir.elements if agrees(one)]

    def query_peer(self, *pargs, **kwargs):
        """The relations among equals that are as described."""
        agrees = self._and(*pargs, **kwargs)
        return [one for one in self.relationships_peer.elements if agrees(one)]

    def add_relationship_dir(self, parent=None, child=None, relationship_type=None):
        """Says that one is the parent of the other, once."""
        if parent is None or child is None or relationship_type is None:
            raise DAError('add_relationship_dir: parent, child, and relationship_type must be provided')
        known = self.query_dir(parent=parent, child=child, relationship_type=relationship_type)
        if known:
            return known[0]
        return self.relationships_dir.appendObject(parent=parent, child=child, relationship_type=relationship_type)

    def add_relationship_peer(self, *pargs, relationship_type=None):
        """Says that these are equals, once."""
        if len(pargs) < 2 or relationship_type is None:
            raise DAError('add_relationship_peer: at least two peers and relationship_type must be provided')
        for known in self.query_peer(relationship_type=relationship_type):
            if len(known.peers) == len(pargs) and all(peer in known.peers for peer in pargs):
                return known
        made = self.relationships_peer.appendObject(relationship_type=relationship_type)
        made.peers = set(pargs)
        return made

    def delete_dir(self, *pargs):
        self.relationships_dir.remove(*pargs)

    def delete_peer(self, *pargs):
        self.relationships_peer.remove(*pargs)


@_adds_to(DAObject)
class _Relations:
    def set_relationship(self, target, relationship_type, self_is, tree, replace=False):
        """Says how this object, as the parent or the child, is related to another."""
        if self_is not in ('parent', 'child'):
            raise DAError('set_relationship: self_is must be parent or child')
        ends = {self_is: self}
        if replace:
            tree.delete_dir(*tree.query_dir(relationship_type=relationship_type, **ends))
        ends['child' if self_is == 'parent' else 'parent'] = target
        return tree.add_relationship_dir(relationship_type=relationship_type, **ends)

    def set_peer_relationship(self, target, relationship_type, tree, replace=False):
        """Says that this object is related to another as an equal."""
        if replace:
            tree.delete_peer(*tree.query_peer(involves=self, relationship_type=relationship_type))
        return tree.add_relationship_peer(self, target, relationship_type=relationship_type)

    def is_peer_relation(self, target, relationship_type, tree):
        """Whether this object is so related to another as an equal."""
        return bool(tree.query_peer(involves=[self, target], relationship_type=relationship_type))

    def is_relation(self, target, relationship_type, tree, self_is='either', filter_by=None):
        """Whether this object is so related to another, which is like `filter_by` describes."""
        if any(not hasattr(target, name) or getattr(target, name) != found for name, found in (filter_by or {}).items()):
            return False
        if self_is == 'either':
            return bool(tree.query_dir(involves=[self, target], relationship_type=relationship_type)
                        or tree.query_peer(involves=[self, target], relationship_type=relationship_type))
        ends = _ends('is_relation', self_is, self, target)
        return bool(tree.query_dir(relationship_type=relationship_type, **ends))

    def get_relation(self, relationship_type, tree, self_is='either', create=False, object_type=None, complete_attribute=None,
                     rel_filter_by=None, filter_by=None, count=1):
        """The object that is so related to this one, a list of them, or, with `create`, a new one."""
        words = dict(rel_filter_by or {}, relationship_type=relationship_type)
        if self_is == 'either':
            if create:
                raise DAError('get_relation: create can only be used if self_is is parent or child.')
            found = [one.child if one.parent is self else one.parent for one in tree.query_dir(involves=self, **words)]
        else:
            ends = _ends('get_relation', self_is, self)
            found = [one.child if self_is == 'parent' else one.parent for one in tree.query_dir(**ends, **words)]
        chosen = _chosen(found, filter_by, count if create else 1)
        if chosen is not None or not create:
            return chosen
        made = self._new_relative('new_relation', relationship_type, tree, create, object_type, complete_attribute, filter_by or {})
        self.set_relationship(made, relationship_type, self_is, tree)
        return made

    def get_peer_relation(self, relationship_type, tree, create=False, object_type=None, complete_attribute=None,
                          rel_filter_by=None, filter_by=None, count=1):
        """The equal that is so related to this object, a list of them, or, with `create`, a new one."""
        words = dict(rel_filter_by or {}, relationship_type=relationship_type)
        found = [peer for one in tree.query_peer(involves=self, **words) for peer in one.peers if peer is not self]
        chosen = _chosen(found, filter_by, count if create else 1)
        if chosen is not None or not create:
            return chosen
        made = self._new_relative('new_peer_relation', relationship_type, tree, create, object_type, complete_attribute, {})
        self.set_peer_relationship(made, relationship_type, tree)
        return made

    def _new_relative(self, attribute, relationship_type, tree, create, object_type, complete_attribute, described):
        """A new object of the tree; it is asked for first unless it is to be independent."""
        kind = object_type or self.__class__
        if create == 'independent':
            return tree.leaf.appendObject(kind, **described)
        if not hasattr(self, attribute):
            self.initializeAttribute(attribute, DADict)
        waiting = getattr(self, attribute)
        if relationship_type not in waiting.elements:
            waiting.initializeObject(relationship_type, kind, **described)
        made = waiting[relationship_type]
        if complete_attribute:
            for name in [complete_attribute] if isinstance(complete_attribute, str) else complete_attribute:
                getattr(made, name)
        else:
            str(made)
        made = waiting[relationship_type]
        if made not in tree.leaf.elements:
            tree.leaf.append(made, set_instance_name=True)
        self.delattr(attribute)
        return made


def _ends(function, self_is, thing, other=None):
    """Who is the parent and who the child, as far as that is known."""
    if self_is not in ('parent', 'child'):
        raise DAError(function + ': self_is must be parent, child, or either')
    ends = {self_is: thing}
    if other is not None:
        ends['child' if self_is == 'parent' else 'parent'] = other
    return ends


def _chosen(found, filter_by, count):
    """What a query for relatives gives: one, several in a list, or nothing."""
    chosen = [one for one in found
              if all(hasattr(one, name) and getattr(one, name) == wanted for name, wanted in (filter_by or {}).items())]
    if not chosen or len(chosen) < count:
        return None
    if len(chosen) == 1:
        return chosen[0]
    group = DAList(elements=chosen, auto_gather=False)
    group.set_random_instance_name()
    return group
