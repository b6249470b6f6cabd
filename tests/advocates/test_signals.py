"""Signals (ADV-5)."""

from typing import Any, ClassVar

from advocacy.tenancy.models import Membership
from advocates.models import Signal
from advocates.signals.resource import SIGNALS
from tests.factories.advocates import AdvocateFactory
from tests.factories.signals import SignalFactory
from tests.kit.resource import ResourceCase
from tests.support.rest import api_for


class TestSignals(ResourceCase):
    """ADV-5.a: recorded with date and source, by hand or API."""

    resource, factory = SIGNALS, SignalFactory
    viewers = "program_manager admin csm marketing executive"
    editors = "program_manager admin csm"
    new: ClassVar[dict[str, Any]] = {
        "advocate": AdvocateFactory,
        "kind": "praise",
        "seen_on": "2026-01-05",
        "source": "LinkedIn",
    }
    changed: ClassVar[dict[str, Any]] = {"source": "a podcast"}
    wrong: ClassVar[dict[str, Any]] = {"seen_on": "2199-01-01"}
    owned_by = "advocate__account__owner"


def test_a_csm_records_at_own_accounts_only(scope: Any, alice: Membership, membership: Any) -> None:
    """ADV-5, ID-2: a colleague's customer is the colleague's."""
    theirs = AdvocateFactory(account__owner=alice)
    body = {"advocate": str(theirs.pk), "kind": "peer", "seen_on": "2026-01-05", "source": "a call"}
    answer = api_for(membership("csm")).post("signals/", body)
    assert answer.status_code == 403
    assert not Signal.objects.exists()
