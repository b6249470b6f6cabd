"""Only what will be used is asked for: pieces of a type that lie unpublished past their time before
more of the same is asked for (REQ-4.d).
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from activities.assets.kinds import made_by
from activities.assets.models import Asset
from activities.assets.selectors import sees_workshop
from activities.assets.standing import unpublished
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.models import ActivityType
from requests.gates.settings import OnlyWhatIsUsed

#: So many are named; the oldest first.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Unused:
    """How many lie there, and those that are named to who may see them."""

    count: int
    named: Collection[Asset]


def lying_unused(viewer: Membership, kind: ActivityType) -> Unused | None:
    """The pieces that activities of a type gave and nobody published in time, once there are as
    many as the tenant allows; None before, and of a type that gives no content.

    A piece begun by hand counts for every type that gives its kind. What was made of another piece
    or taken out of a transcript was not asked for.
    """
    made = made_by(kind)
    if made is None:
        return None
    of_type = Q(activity__activity_type=kind) | Q(activity=None)
    rows = Asset.objects.filter(of_type, unpublished(), kind=made, origin=None, is_excerpt=False)
    count = rows.count()
    if count < current(OnlyWhatIsUsed).unpublished_most:
        return None
    named = rows.order_by("collected_at", "id")[:_MOST] if sees_workshop(viewer) else ()
    return Unused(count, tuple(named))
