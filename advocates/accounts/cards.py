"""Cards on an account's page: its latest moments, and a way to write down another (MOM-1)."""

from typing import Any

from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.access import may_change
from advocates.models import Account
from advocates.moments.selectors import listed_moments, suggestion_of

_SHOWN = 4


def moments(account: Account, membership: Membership) -> dict[str, Any]:
    """The latest, each with what it suggests while it is open."""
    rows = list(listed_moments(membership).filter(account=account)[: _SHOWN + 1])
    return {
        "account": account,
        "moments": [
            (row, suggestion_of(row) if row.state == "open" else "") for row in rows[:_SHOWN]
        ],
        "more": len(rows) > _SHOWN,
        "may_add": may_change(membership, "moments.edit", account),
        "new_url": f"{tenant_reverse(membership.tenant, 'moments:new')}?account={account.pk}",
    }
