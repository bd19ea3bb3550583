"""us: facts about the United States."""

from us import states
from us.states import STATES, STATES_AND_TERRITORIES, TERRITORIES
