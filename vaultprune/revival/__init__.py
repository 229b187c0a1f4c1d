"""A vault and what was set aside in, the archived notes that are needed again out, each with what was seen."""

from vaultprune.revival.aside import Aside, Needed, Needs
from vaultprune.revival.homeward import homeward
from vaultprune.revival.needed import needed_again
from vaultprune.revival.regret import CameBack, SetAside, came_back, in_earnest

__all__ = ["Aside", "CameBack", "Needed", "Needs", "SetAside", "came_back", "homeward", "in_earnest", "needed_again"]
