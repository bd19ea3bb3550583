"""What every object says of itself from some point of view: `you`, `we`, `does the dog eat`."""

_OBJECTIVE = {'2': you_objective, '2p': you_objective_plural, '1': me_objective, '1p': us_objective}
_SUBJECTIVE = {'2': you_subjective, '2p': you_subjective_plural, '1': i_subjective, '1p': we_subjective}
_POSSESSIVE = {'2': your, '2p': your_plural, '1': my_possessive, '1p': our_possessive}
_ARE = {'2': are_you, '2p': are_you_plural, '1': am_i, '1p': are_we}
_SELF = {'2': yourself, '2p': yourselves, '1': myself, '1p': ourselves}
_DO = {'2': do_you, '2p': do_you_plural, '1': do_i, '1p': do_we}
_DID = {'2': did_you, '2p': did_you_plural, '1': did_i, '1p': did_we}
_WERE = {'2': were_you, '2p': were_you_plural, '1': was_i, '1p': were_we}
_HAVE = {'2': have_you, '2p': have_you_plural, '1': have_i, '1p': have_we}
_FORMS = {'2': '2sg', '2p': '2pl', '1': '1sg', '1p': '1pl'}


@_adds_to(DAObject)
class _Speaking:
    def get_point_of_view(self):
        """`2` for the person who uses the interview, else what was chosen."""
        if hasattr(self, '_point_of_view'):
            return self._point_of_view
        return '2' if self.is_user() else None

    def set_point_of_view(self, view):
        self._point_of_view = view

    def is_user(self):
        return self is get_info('user')

    def _view(self, kwargs):
        """From whose point of view to speak: `1`, `1p`, `2`, `2p`, or that of a third."""
        if kwargs.pop('thirdperson', False):
            kwargs.pop('person', None)
            return '3'
        return str(kwargs.pop('person', self.get_point_of_view()))

    def _spoken(self, kwargs, table, third, *words):
        """Says what the table has for the point of view, else `third`."""
        func = table.get(self._view(kwargs))
        return _capitalized(func(*words, **kwargs) if func else third(kwargs), kwargs)

    def pronoun_objective(self, **kwargs):
        return self._spoken(kwargs, _OBJECTIVE, lambda kwargs: it_objective(**kwargs))

    def pronoun(self, **kwargs):
        return self.pronoun_objective(**kwargs)

    def pronoun_subjective(self, **kwargs):
        return self._spoken(kwargs, _SUBJECTIVE, lambda kwargs: it_subjective(**kwargs))

    def pronoun_possessive(self, target, **kwargs):
        return self._spoken(kwargs, _POSSESSIVE, lambda kwargs: its(target, **kwargs), target)

    def possessive(self, target, **kwargs):
        return self._spoken(kwargs, _POSSESSIVE, lambda kwargs: possessify(self, target, **kwargs), target)

    def is_are_you(self, **kwargs):
        return self._spoken(kwargs, _ARE, lambda kwargs: is_word(str(self), **kwargs))

    def itself(self, **kwargs):
        return self._spoken(kwargs, _SELF, lambda kwargs: itself(**kwargs))

    def yourself_or_name(self, **kwargs):
        return self._spoken(kwargs, _SELF, lambda kwargs: str(self))

    def subjective_pronoun_or_name(self, **kwargs):
        return self._spoken(kwargs, _SUBJECTIVE, lambda kwargs: str(self))

    def pronoun_or_name(self, **kwargs):
        return self._spoken(kwargs, _OBJECTIVE, lambda kwargs: str(self))

    def subject(self, **kwargs):
        return self.subjective_pronoun_or_name(**kwargs)

    def do_question(self, the_verb, **kwargs):
        return self._spoken(kwargs, _DO, lambda kwargs: does_a_b(self, the_verb, **kwargs), the_verb)

    def did_question(self, the_verb, **kwargs):
        return self._spoken(kwargs, _DID, lambda kwargs: did_a_b(self, the_verb, **kwargs), the_verb)

    def were_question(self, the_target, **kwargs):
        return self._spoken(kwargs, _WERE, lambda kwargs: was_a_b(self, the_target, **kwargs), the_target)

    def have_question(self, the_target, **kwargs):
        return self._spoken(kwargs, _HAVE, lambda kwargs: has_a_b(self, the_target, **kwargs), the_target)

    def does_verb(self, the_verb, **kwargs):
        form = _FORMS.get(self._view(kwargs), '3sg')
        if kwargs.get('past') is True or kwargs.get('present') is False:
            return verb_past(the_verb, form + 'p', **kwargs)
        return verb_present(the_verb, form, **kwargs)

    def did_verb(self, the_verb, **kwargs):
        return verb_past(the_verb, _FORMS.get(self._view(kwargs), '3sg') + 'p', **kwargs)


