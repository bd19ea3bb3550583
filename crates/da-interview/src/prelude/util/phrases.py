"""Phrases of two parts, and pronouns: what objects speak with."""


def _starts_with(prefix):
    def say(the_word, **kwargs):
        return _capitalized(prefix, kwargs) + str(the_word)
    return say


def _starts_with_two(prefix):
    def say(word_one, word_two, **kwargs):
        return _capitalized(prefix, kwargs) + str(word_one) + ' ' + str(word_two)
    return say


def _just(the_word):
    def say(*pargs, **kwargs):
        return word(the_word, **kwargs)
    return say


in_the = _speaks('in_the', en=_starts_with('in the '))
of_the = _speaks('of_the', en=_starts_with('of the '))
the = _speaks('the', en=_starts_with('the '))
this = _speaks('this', en=_starts_with('this '))
these = _speaks('these', en=_starts_with('these '))
some = _speaks('some', en=_starts_with('some '))
is_word = _speaks('is_word', en=_starts_with('is '))
are_word = _speaks('are_word', en=_starts_with('are '))

her = _speaks('her', en=_starts_with('her '))
his = _speaks('his', en=_starts_with('his '))
its = _speaks('its', en=_starts_with('its '))
their = _speaks('their', en=_starts_with('their '))
your = _speaks('your', en=_starts_with('your '))
your_plural = _speaks('your_plural', en=_starts_with('your '))
my_possessive = _speaks('my_possessive', en=_starts_with('my '))
our_possessive = _speaks('our_possessive', en=_starts_with('our '))

do_you = _speaks('do_you', en=_starts_with('do you '))
do_you_plural = _speaks('do_you_plural', en=_starts_with('do you '))
do_i = _speaks('do_i', en=_starts_with('do I '))
do_we = _speaks('do_we', en=_starts_with('do we '))
did_you = _speaks('did_you', en=_starts_with('did you '))
did_you_plural = _speaks('did_you_plural', en=_starts_with('did you '))
did_i = _speaks('did_i', en=_starts_with('did I '))
did_we = _speaks('did_we', en=_starts_with('did we '))
were_you = _speaks('were_you', en=_starts_with('were you '))
were_you_plural = _speaks('were_you_plural', en=_starts_with('were you '))
were_we = _speaks('were_we', en=_starts_with('were we '))
was_i = _speaks('was_i', en=_starts_with('was I '))
have_you = _speaks('have_you', en=_starts_with('have you '))
have_you_plural = _speaks('have_you_plural', en=_starts_with('have you '))
have_i = _speaks('have_i', en=_starts_with('have I '))
have_we = _speaks('have_we', en=_starts_with('have we '))
does_a_b = _speaks('does_a_b', en=_starts_with_two('does '))
do_a_b = _speaks('do_a_b', en=_starts_with_two('do '))
did_a_b = _speaks('did_a_b', en=_starts_with_two('did '))
did_a_b_plural = _speaks('did_a_b_plural', en=_starts_with_two('did '))
was_a_b = _speaks('was_a_b', en=_starts_with_two('was '))
were_a_b = _speaks('were_a_b', en=_starts_with_two('were '))
were_a_b_plural = _speaks('were_a_b_plural', en=_starts_with_two('were '))
has_a_b = _speaks('has_a_b', en=_starts_with_two('has '))
have_a_b = _speaks('have_a_b', en=_starts_with_two('have '))

i_subjective = _speaks('i_subjective', en=_just('I'))
we_subjective = _speaks('we_subjective', en=_just('we'))
you_subjective = _speaks('you_subjective', en=_just('you'))
you_subjective_plural = _speaks('you_subjective_plural', en=_just('you'))
he_subjective = _speaks('he_subjective', en=_just('he'))
she_subjective = _speaks('she_subjective', en=_just('she'))
it_subjective = _speaks('it_subjective', en=_just('it'))
they_subjective = _speaks('they_subjective', en=_just('they'))
genderless_subjective = _speaks('genderless_subjective', en=_just('they'))
me_objective = _speaks('me_objective', en=_just('me'))
us_objective = _speaks('us_objective', en=_just('us'))
our_objective = _speaks('our_objective', en=_just('our'))
you_objective = _speaks('you_objective', en=_just('you'))
you_objective_plural = _speaks('you_objective_plural', en=_just('you'))
him_objective = _speaks('him_objective', en=_just('him'))
her_objective = _speaks('her_objective', en=_just('her'))
it_objective = _speaks('it_objective', en=_just('it'))
them_objective = _speaks('them_objective', en=_just('them'))
genderless_objective = _speaks('genderless_objective', en=_just('them'))
myself = _speaks('myself', en=_just('myself'))
yourself = _speaks('yourself', en=_just('yourself'))
yourselves = _speaks('yourselves', en=_just('yourselves'))
ourselves = _speaks('ourselves', en=_just('ourselves'))
himself = _speaks('himself', en=_just('himself'))
herself = _speaks('herself', en=_just('herself'))
itself = _speaks('itself', en=_just('itself'))
themselves = _speaks('themselves', en=_just('themselves'))
genderless_self = _speaks('genderless_self', en=_just('themself'))
are_you = _speaks('are_you', en=_just('are you'))
are_you_plural = _speaks('are_you_plural', en=_just('are you'))
are_we = _speaks('are_we', en=_just('are we'))
am_i = _speaks('am_i', en=_just('am I'))


def _possessify(a, b, **kwargs):
    """`a`'s `b`."""
    mark = '’' if _state.inside_of == 'docx' else "'"
    return _capitalized(str(a), kwargs) + mark + (' ' if kwargs.get('plural') else 's ') + str(b)


def _possessify_long(a, b, **kwargs):
    return _capitalized('the ', kwargs) + str(b) + ' of the ' + str(a)


def _a_in_the_b(a, b, **kwargs):
    return _capitalized(str(a), kwargs) + ' in the ' + str(b)


def _a_preposition_b(a, b, **kwargs):
    preposition = word(a.preposition) if hasattr(a, 'preposition') else word('in the')
    return _capitalized(str(a), kwargs) + ' ' + preposition + ' ' + str(b)


possessify = _speaks('possessify', en=_possessify)
possessify_long = _speaks('possessify_long', en=_possessify_long)
a_in_the_b = _speaks('a_in_the_b', en=_a_in_the_b)
a_preposition_b = _speaks('a_preposition_b', en=_a_preposition_b)


def _salutation(person, **kwargs):
    """How a person is addressed: Mr., Ms., Dr., Judge."""
    by_gender = False
    suffix = getattr(getattr(person, 'name', None), 'suffix', None) if hasattr(person, 'name') and hasattr(person.name, 'suffix') else None
    if hasattr(person, 'salutation_to_use') and person.salutation_to_use is not None:
        said = person.salutation_to_use
    elif hasattr(person, 'is_doctor') and person.is_doctor or suffix in ('MD', 'PhD'):
        said = 'Dr.'
    elif hasattr(person, 'is_judge') and person.is_judge or suffix == 'J':
        said = 'Judge'
    else:
        by_gender = True
        said = 'Ms.' if person.gender == 'female' else 'Mr.'
    if not (kwargs.get('with_name') or kwargs.get('with_name_and_punctuation')):
        return said
    if by_gender and person.gender not in ('male', 'female'):
        said = person.name.full()
    else:
        said = said + ' ' + person.name.last
    if kwargs.get('with_name_and_punctuation'):
        said += ',' if hasattr(person, 'is_friendly') and person.is_friendly else ':'
    return said


salutation = _speaks('salutation', any=_salutation)
name_suffix = _speaks('name_suffix', any=lambda **kwargs: ['Jr', 'Sr', 'II', 'III', 'IV', 'V', 'VI'])
period_list = _speaks('period_list', any=lambda **kwargs: [
    [12, word('Per Month')], [1, word('Per Year')], [52, word('Per Week')], [24, word('Twice Per Month')],
    [26, word('Every Two Weeks')]])
