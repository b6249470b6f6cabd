"""A piece is locked before its approvals, and after the activity it came from."""

import uuid

from activities.assets.models import Asset


def lock_asset(pk: uuid.UUID) -> Asset:
    """The piece as it is now, until the transaction ends, with what its services read of it."""
    return (
        Asset.objects.select_for_update(no_key=True, of=("self",))
        .select_related(
            "advocate__account__owner__user",
            "advocate__tenant",
            "activity__activity_type",
            "origin__activity__activity_type",
            "owner__user",
            "owner__tenant",
            "tenant",
        )
        .get(pk=pk)
    )
