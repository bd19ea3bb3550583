"""us.states: states and territories with their abbreviations and codes.

As in the package, the District of Columbia is a State object but stands in none of the lists.
"""


class State:
    """A state or a territory."""

    def __init__(self, abbr, fips, name, ap_abbr, capital, statehood_year):
        self.abbr = abbr
        self.fips = fips
        self.name = name
        self.ap_abbr = ap_abbr
        self.capital = capital
        self.statehood_year = statehood_year
        self.is_territory = int(fips) >= 60
        self.is_obsolete = False
        self.is_continental = not self.is_territory and abbr != 'HI'
        self.is_contiguous = self.is_continental and abbr != 'AK'

    def __repr__(self):
        return '<State:' + self.name + '>'

    def __str__(self):
        return self.name


def _states(table):
    for line in table.strip().split('\n'):
        abbr, fips, name, ap_abbr, capital, year = line.split('|')
        yield State(abbr, fips, name, ap_abbr or None, capital or None, int(year) if year else None)


_ALL = list(_states("""
AL|01|Alabama|Ala.|Montgomery|1819
AK|02|Alaska|Alaska|Juneau|1959
AZ|04|Arizona|Ariz.|Phoenix|1912
AR|05|Arkansas|Ark.|Little Rock|1836
CA|06|California|Calif.|Sacramento|1850
CO|08|Colorado|Colo.|Denver|1876
CT|09|Connecticut|Conn.|Hartford|1788
DE|10|Delaware|Del.|Dover|1787
DC|11|District of Columbia|D.C.||
FL|12|Florida|Fla.|Tallahassee|1845
GA|13|Georgia|Ga.|Atlanta|1788
HI|15|Hawaii|Hawaii|Honolulu|1959
ID|16|Idaho|Idaho|Boise|1890
IL|17|Illinois|Ill.|Springfield|1818
IN|18|Indiana|Ind.|Indianapolis|1816
IA|19|Iowa|Iowa|Des Moines|1846
KS|20|Kansas|Kan.|Topeka|1861
KY|21|Kentucky|Ky.|Frankfort|1792
LA|22|Louisiana|La.|Baton Rouge|1812
ME|23|Maine|Maine|Augusta|1820
MD|24|Maryland|Md.|Annapolis|1788
MA|25|Massachusetts|Mass.|Boston|1788
MI|26|Michigan|Mich.|Lansing|1837
MN|27|Minnesota|Minn.|Saint Paul|1858
MS|28|Mississippi|Miss.|Jackson|1817
MO|29|Missouri|Mo.|Jefferson City|1821
MT|30|Montana|Mont.|Helena|1889
NE|31|Nebraska|Neb.|Lincoln|1867
NV|32|Nevada|Nev.|Carson City|1864
NH|33|New Hampshire|N.H.|Concord|1788
NJ|34|New Jersey|N.J.|Trenton|1787
NM|35|New Mexico|N.M.|Santa Fe|1912
NY|36|New York|N.Y.|Albany|1788
NC|37|North Carolina|N.C.|Raleigh|1789
ND|38|North Dakota|N.D.|Bismarck|1889
OH|39|Ohio|Ohio|Columbus|1803
OK|40|Oklahoma|Okla.|Oklahoma City|1907
OR|41|Oregon|Ore.|Salem|1859
PA|42|Pennsylvania|Pa.|Harrisburg|1787
RI|44|Rhode Island|R.I.|Providence|1790
SC|45|South Carolina|S.C.|Columbia|1788
SD|46|South Dakota|S.D.|Pierre|1889
TN|47|Tennessee|Tenn.|Nashville|1796
TX|48|Texas|Texas|Austin|1845
UT|49|Utah|Utah|Salt Lake City|1896
VT|50|Vermont|Vt.|Montpelier|1791
VA|51|Virginia|Va.|Richmond|1788
WA|53|Washington|Wash.|Olympia|1889
WV|54|West Virginia|W.Va.|Charleston|1863
WI|55|Wisconsin|Wis.|Madison|1848
WY|56|Wyoming|Wyo.|Cheyenne|1890
AS|60|American Samoa||Pago Pago|
GU|66|Guam||Hagåtña|
MP|69|Northern Mariana Islands||Saipan|
PR|72|Puerto Rico||San Juan|
VI|78|Virgin Islands||Charlotte Amalie|
"""))

globals().update({state.abbr: state for state in _ALL})

STATES = [state for state in _ALL if not state.is_territory and state.abbr != 'DC']
TERRITORIES = [state for state in _ALL if state.is_territory]
STATES_AND_TERRITORIES = sorted(STATES + TERRITORIES, key=lambda state: state.name)
STATES_CONTIGUOUS = [state for state in STATES if state.is_contiguous]
STATES_CONTINENTAL = [state for state in STATES if state.is_continental]
OBSOLETE = []


def lookup(val, field=None, use_cache=True):
    """The state whose abbreviation, code or name this is; None when there is none."""
    if field is None:
        if len(val) == 2:
            field = 'fips' if val.isdigit() else 'abbr'
        else:
            field = 'name'
    wanted = val.lower()
    for state in STATES_AND_TERRITORIES + [DC]:
        value = getattr(state, field)
        if value is not None and str(value).lower() == wanted:
            return state
    return None


def mapping(from_field, to_field, states=None):
    """A dictionary from one attribute of the states to another."""
    if states is None:
        states = STATES_AND_TERRITORIES
    return {getattr(state, from_field): getattr(state, to_field) for state in states}
