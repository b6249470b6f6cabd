"""The strategy sheet (STR-1)."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.models import StrategySheet
from advocates.strategy import selectors, services
from advocates.strategy.parts import PARTS
from advocates.strategy.resource import STRATEGY_SHEETS
from requests.asks.drafting import first_without_strategy
from tests.factories.requests import AskFactory, ReadyFactory, RequestFactory
from tests.factories.set_up import StrategySheetFactory
from tests.kit.resource import ResourceCase
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

WHOLE = dict.fromkeys(PARTS, "Written down.")


class TestSheets(ResourceCase):
    """STR-1.a: one page in five parts, in the browser and over REST."""

    resource, factory = STRATEGY_SHEETS, StrategySheetFactory
    viewers = "program_manager admin sales csm marketing product executive approver"
    editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {"goals": "Win more deals", "measures": "Time to fill"}
    wrong: ClassVar[dict[str, Any]] = {"goals": "x" * 3001}


def test_a_new_version_keeps_the_earlier_ones(alice: Membership, scope: Any) -> None:
    """STR-1.b: what is not said anew stays; the same words write nothing; open parts are known."""
    actor = Actor.member(alice)
    services.write_sheet(actor=actor, goals="Ten references")
    services.write_sheet(actor=actor, measures="Time to fill")
    assert services.write_sheet(actor=actor, goals="Ten references").number == 2
    with pytest.raises(DomainError, match="at least one of: goals"):
        services.write_sheet(actor=actor)
    first, second = StrategySheet.objects.order_by("number")
    assert (first.goals, first.measures) == ("Ten references", "")
    assert (second.goals, second.measures) == ("Ten references", "Time to fill")
    assert selectors.open_parts(second) == ["ideal_advocate", "portfolio", "value_exchange"]
    assert selectors.open_parts(None) == list(PARTS)


def test_each_part_leads_to_what_carries_it(
    alice: Membership, scope: Any, client_for: Callable[..., Client]
) -> None:
    """STR-1.a, STR-1.b: links to settings; open parts are named; earlier versions are there."""
    client, slug = client_for(alice), alice.tenant.slug
    url = reverse("strategy-sheets:new", args=(slug,))
    page = client.get(url).content.decode()
    for name in ("measurement", "recruiting", "appreciation", "tiers", "capacity"):
        assert reverse("settings-family", args=(slug, name)) in page
    assert reverse("settings-activity-types", args=(slug,)) in page
    assert "Still open: Goals, Ideal advocate" in page
    assert client.post(url, WHOLE).status_code == 302
    page = client.get(url).content.decode()
    assert "Every part is written." in page
    assert client.post(url, {**WHOLE, "goals": "Others"}).status_code == 302
    old = StrategySheet.objects.get(number=1)
    shown = client.get(reverse("strategy-sheets:detail", args=(slug, old.pk))).content.decode()
    assert "An earlier version" in shown


def test_a_first_ask_without_the_sheet_warns(
    alice: Membership, scope: Any, client_for: Callable[..., Client]
) -> None:
    """STR-1.b: in the draft and over REST, until it is written or somebody was asked."""
    person = ReadyFactory()
    request = RequestFactory(manager=alice, state="in_review")
    draft = reverse("requests:draft", args=(alice.tenant.slug, request.pk))
    page = client_for(alice).get(draft, {"advocate": person.pk}).content.decode()
    assert "first ask" in page
    assert reverse("strategy-sheets:new", args=(alice.tenant.slug,)) in page
    api = api_for(alice)
    (told,) = api.get(f"requests/{request.pk}/drafts/{person.pk}/").json()["warnings"]
    assert "Value" not in told
    assert "What they get" in told
    services.write_sheet(actor=Actor.member(alice), **WHOLE)
    assert not first_without_strategy()
    StrategySheet.objects.all().delete()
    assert first_without_strategy()
    AskFactory()
    assert not first_without_strategy()
