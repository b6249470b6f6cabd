"""Who acts in the story of the demo."""

import random
from dataclasses import dataclass

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.models import Tag


@dataclass(slots=True)
class Cast:
    """Who acts in the story."""

    manager: Membership
    sales: list[Membership]
    csms: list[Membership]
    use_cases: list[Tag]
    dice: random.Random

    @property
    def program(self) -> Actor:
        """The program manager as an actor."""
        return Actor.member(self.manager)
