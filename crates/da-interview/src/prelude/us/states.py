"""us.states: the states and territories of the United States."""

_ROWS = '''AL 01 Alabama|AK 02 Alaska|AZ 04 Arizona|AR 05 Arkansas|CA 06 California|CO 08 Colorado|CT 09 Connecticut|DE 10 Delaware|
FL 12 Florida|GA 13 Georgia|HI 15 Hawaii|ID 16 Idaho|IL 17 Illinois|IN 18 Indiana|IA 19 Iowa|KS 20 Kansas|KY 21 Kentucky|LA 22 Louisiana|
ME 23 Maine|MD 24 Maryland|MA 25 Massachusetts|MI 26 Michigan|MN 27 Minnesota|MS 28 Mississippi|MO 29 Missouri|MT 30 Montana|
NE 31 Nebraska|NV 32 Nevada|NH 33 New Hampshire|NJ 34 New Jersey|NM 35 New Mexico|NY 36 New York|NC 37 North Carolina|ND 38 North Dakota|
OH 39 Ohio|OK 40 Oklahoma|OR 41 Oregon|PA 42 Pennsylvania|RI 44 Rhode Island|SC 45 South Carolina|SD 46 South Dakota|TN 47 Tennessee|
TX 48 Texas|UT 49 Utah|VT 50 Vermont|VA 51 Virginia|WA 53 Washington|WV 54 West Virginia|WI 55 Wisconsin|WY 56 Wyoming|
AS 60 American Samoa|GU 66 Guam|MP 69 Northern Mariana Islands|PR 72 Puerto Rico|VI 78 Virgin Islands|DC 11 District of Columbia'''
_TERRITORY_CODES = ('AS', 'GU', 'MP', 'PR', 'VI')


class State:
    """A state or territory."""

    def __init__(self, abbr, fips, name):
        self.abbr = abbr
        self.fips = fips
        self.name = name
        self.is_territory = abbr in _TERRITORY_CODES

    def __repr__(self):
        return '<State:' + self.name + '>'

    def __str__(self):
        return self.name


_ALL = [State(*row.strip().split(' ', 2)) for row in _ROWS.split('|')]
for _state in _ALL:
    globals()[_state.abbr] = _state
STATES = [state for state in _ALL if not state.is_territory and state.abbr != 'DC']
TERRITORIES = [state for state in _ALL if state.is_territory]
STATES_AND_TERRITORIES = STATES + TERRITORIES


def lookup(val, field=None, use_cache=True):
    """The state with this abbreviation, number or name."""
    text = str(val).strip()
    if field is None:
        field = 'fips' if text.isdigit() else 'abbr' if len(text) == 2 else 'name'
    for state in _ALL:
        if str(getattr(state, field)).lower() == text.lower():
            return state
    return None


def mapping(from_field, to_field, states=None):
    """One field of every state by another."""
    return {getattr(state, from_field): getattr(state, to_field) for state in (STATES_AND_TERRITORIES if states is None else states)}
