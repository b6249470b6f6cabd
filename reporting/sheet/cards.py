"""The way from an account's page to its sheet."""

from typing import Any

from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.models import Account
from reporting.sheet.pages import may_read


def sheet_card(account: Account, membership: Membership) -> dict[str, Any] | None:
    """Nothing for whom the sheet is not."""
    if not may_read(membership, account):
        return None
    return {"url": tenant_reverse(membership.tenant, "account-sheet", account.pk)}
