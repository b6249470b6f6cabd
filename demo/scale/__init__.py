"""A tenant of any size with a believable past, made in minutes (``seed_demo --scale N``).

The small demo is told through the services, one deed after the other. A hundred thousand people
cannot be: here the past is drafted in temporary tables, checked there against the program's own
limits, and written in a few large statements. What stands on today's desk, and the tiers, are
the services' own work again. ``docs/decisions/0012`` says what follows from that.
"""

from demo.scale.build import Scale, make_scaled_tenant
from demo.scale.removal import NotScaled, remove_scaled_tenant

__all__ = ["NotScaled", "Scale", "make_scaled_tenant", "remove_scaled_tenant"]
