"""Units that a press gave back and that are taken again when the press is undone."""

from collections.abc import Mapping
from typing import Any

from advocates.models import AccountCapacity, Capacity, Participation


def hold_returns(kept: Mapping[str, Any]) -> None:
    """Lock what a press being taken back will take again, in the order of the locks.

    Whoever else would take there waits; what they took before, the guard counts. An erasure holds
    the person's row from its beginning, before it takes anything of theirs away.
    """
    units = Participation.objects.filter(pk__in=kept.get("units", ()))
    accounts = AccountCapacity.objects.filter(account_id__in=units.values("account_id"))
    list(accounts.order_by("account_id").select_for_update(no_key=True).values_list("pk"))
    people = Capacity.objects.filter(advocate_id__in=units.values("advocate_id"))
    list(people.order_by("advocate_id").select_for_update(no_key=True).values_list("pk"))
