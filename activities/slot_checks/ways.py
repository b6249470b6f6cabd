"""Where one picks another time for what was moved: said by the app that knows requests."""

from collections.abc import Callable

from activities.activities.models import Activity

ADVOCATE, REQUESTER = "advocate", "requester"
Way = Callable[[Activity, str], str]

_ways: list[Way] = []


def register_way(find: Way) -> None:
    """Have ``find(activity, side)`` give a path of this site, or nothing; for ``ready()``."""
    _ways.append(find)


def way_to_another_time(activity: Activity, side: str) -> str:
    """The page on which this side sees to another time; nothing where there is none."""
    return next((path for find in _ways if (path := find(activity, side))), "")
