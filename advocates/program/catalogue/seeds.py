"""The activity catalogue a new tenant starts with, in its order (CAT-1, ACT-3)."""

from advocates.people.choices import Importance
from advocates.program.catalogue.speaking_up import SPEAKING_UP
from advocates.program.catalogue.taking_part import TAKING_PART
from advocates.program.catalogue.type_seed import TypeSeed

CATALOGUE: tuple[TypeSeed, ...] = (*SPEAKING_UP, *TAKING_PART)

#: On from the first day: what a young program runs. The rest is switched on later (ACT-3).
ON_AT_FIRST = frozenset({Importance.MUST})
