"""Two links of one piece, opened at the same moment: the deal is touched once (OPP-1.c)."""

import pytest

from advocacy.tenancy.scope import tenant_scope
from requests.models import Touchpoint
from requests.shares.opening import note_open
from tests.factories.shares import ShareFactory
from tests.factories.tenancy import TenantsFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_touch_of_many_links() -> None:
    """OPP-1.c: each open counts for its link, and none of them touches the deal again."""
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        first = ShareFactory()
        shares = [first] + [
            ShareFactory(asset=first.asset, opportunity=first.opportunity) for _more in range(3)
        ]

    def opened(number: int) -> bool:
        with tenant_scope(tenant):
            return note_open(shares[number], tenant, f"person-{number}")

    assert at_once(len(shares), opened) == [True] * len(shares)
    with tenant_scope(tenant):
        assert [share.reload().opens for share in shares] == [1] * len(shares)
        assert Touchpoint.objects.count() == 1


def test_one_person_of_many_presses() -> None:
    """AST-2.b: the same person at the same moment counts once, and is told once."""
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        share = ShareFactory()

    def opened(_number: int) -> bool:
        with tenant_scope(tenant):
            return note_open(share, tenant, "somebody")

    assert at_once(4, opened) == [False, False, False, True]
    with tenant_scope(tenant):
        assert share.reload().opens == 1
