"""Executive sponsors: cadence, sheet, who has none, presence (SPN-1)."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.urls import reverse

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from advocates.models import Advocate, AdvocateScore, Touch
from advocates.people.services import update_advocate
from advocates.presences.resource import PRESENCES
from advocates.presences.services import attend_presence, plan_presence, update_presence
from advocates.sponsors.settings import CARE
from advocates.touches.services import record_touch
from reporting.queue import everything, rows_of
from tests.advocates.test_check_ins import in_tier
from tests.factories.advocates import (
    AccountFactory,
    AdvocateFactory,
    OutcomeFactory,
    ParticipationFactory,
    PreferenceFactory,
    in_days,
    set_up,
    today,
)
from tests.factories.moments import MomentFactory
from tests.factories.presences import ExecutiveFactory, PresenceFactory
from tests.kit.resource import ResourceCase
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


class TestPresences(ResourceCase):
    """SPN-1.c: presence in reviews, boards and events is planned and recorded."""

    resource, factory = PRESENCES, PresenceFactory
    viewers = "program_manager admin csm marketing executive"
    editors = "program_manager admin csm executive"
    new: ClassVar[dict[str, Any]] = {
        "advocate": AdvocateFactory,
        "by": ExecutiveFactory,
        "kind": "board",
        "occasion": "Spring meeting",
        "on": "2027-03-01",
    }
    changed: ClassVar[dict[str, Any]] = {"occasion": "Autumn meeting"}
    wrong: ClassVar[dict[str, Any]] = {"kind": "party"}
    owned_by = "advocate__account__owner"
    moves: ClassVar[dict[str, Any]] = {
        "attend": (editors, {"note": "They want to speak in May"}, "attended"),
        "cancel": (editors, {"reason": "Flight cancelled"}, "cancelled"),
    }


def waiting(member: Membership, code: str) -> list[str]:
    """Titles of one kind of work on a member's Today."""
    return [
        row.title for row in rows_of(member, [i for i in everything(member) if i.work.code == code])
    ]


def sponsored(actor: Actor, person: Advocate, sponsor: Membership, **values: Any) -> Advocate:
    """Named today."""
    return update_advocate(actor=actor, advocate=person, executive_sponsor=sponsor, **values)


def test_a_sponsor_is_due_every_quarter(
    clock: Clock, scope: Any, membership: Any, alice: Membership
) -> None:
    """SPN-1.a: a platinum advocate's sponsor is due after a quarter, from the day they were named,
    and a word of theirs puts it off; a colleague's does not. A person may have another cadence.
    """
    set_up()
    eve, manager = membership("executive"), Actor.member(alice)
    person = sponsored(manager, in_tier("platinum", 400), eve)
    assert waiting(eve, "sponsor") == []
    clock.advance(timedelta(days=84))
    (title,) = waiting(eve, "sponsor")
    assert person.name in title
    assert waiting(alice, "sponsor") == []
    record_touch(actor=manager, advocate=person, kind="executive", happened_on=today())
    assert waiting(eve, "sponsor")
    record_touch(actor=Actor.member(eve), advocate=person, kind="executive", happened_on=today())
    assert waiting(eve, "sponsor") == []
    update_advocate(actor=manager, advocate=person, sponsor_days=5)
    assert waiting(eve, "sponsor")


def test_the_cadence_is_a_setting(clock: Clock, scope: Any, membership: Any) -> None:
    """SPN-1.a, SET-1.b: a number for gold makes gold's sponsors due."""
    set_up()
    admin, eve = Actor.member(membership("admin")), membership("executive")
    sponsored(admin, in_tier("gold", 400), eve)
    clock.advance(timedelta(days=100))
    assert waiting(eve, "sponsor") == []
    change_settings(actor=admin, family=CARE, values={"sponsor_gold": 90})
    assert waiting(eve, "sponsor")


def test_who_has_none_and_who_is_late_shows(
    clock: Clock, scope: Any, membership: Any, alice: Membership, client_for: Any
) -> None:
    """SPN-1.b: platinum without a sponsor, or whose sponsor left or is late, is on the manager's
    Today, in the list and over REST; what is on a member's own Today is not there twice.
    """
    set_up()
    eve = membership("executive")
    alone = in_tier("platinum", 3, last_name="Alone")
    left = in_tier("platinum", 3, last_name="Left")
    in_tier("gold", 3)
    update_advocate(actor=Actor.member(alice), advocate=left, executive_sponsor=eve)
    late = in_tier("platinum", 3, last_name="Late")
    update_advocate(
        actor=Actor.member(alice), advocate=late, executive_sponsor=membership("executive")
    )
    (title,) = waiting(alice, "unsponsored")
    assert alone.name in title
    Membership.objects.filter(pk=eve.pk).update(is_active=False)
    clock.advance(timedelta(days=95))
    assert len(waiting(alice, "unsponsored")) == 2
    (title,) = waiting(alice, "sponsor_late")
    assert late.name in title
    assert waiting(membership("csm"), "unsponsored") == []
    api = api_for(alice)
    for narrowed, expected in (("none", {alone.pk, left.pk}), ("late", {late.pk})):
        found = api.get(f"advocates/?sponsor={narrowed}").json()["results"]
        assert {row["id"] for row in found} == {str(pk) for pk in expected}
        page = client_for(alice).get(
            reverse("advocates:list", args=(scope.slug,)) + f"?sponsor={narrowed}"
        )
        assert {line.row.pk for line in page.context["list"].rows} == expected


def test_who_is_named_can_do_it(
    scope: Any, membership: Any, alice: Membership, client_for: Any
) -> None:
    """SPN-1.a, BAD-1: on the person's page and over REST; who cannot record contacts is refused
    at the field, and nothing is saved.
    """
    set_up()
    person, eve, seller = in_tier("platinum", 3), membership("executive"), membership("sales")
    url = reverse("advocates:sponsor", args=(scope.slug, person.pk))
    client = client_for(alice)
    refused = client.post(url, {"executive_sponsor": str(seller.pk)})
    assert refused.status_code == 422
    answer = api_for(alice).patch(f"advocates/{person.pk}/", {"executive_sponsor": str(seller.pk)})
    assert answer.status_code == 422
    assert "executive_sponsor" in answer.json()["errors"]
    assert person.reload().executive_sponsor_id is None
    named = {"executive_sponsor": str(eve.pk), "sponsor_days": "60"}
    assert client.post(url, named).status_code == 302
    person.reload()
    assert (person.executive_sponsor_id, person.sponsor_days) == (eve.pk, 60)
    assert person.sponsored_since == today()
    page = client.get(reverse("advocates:detail", args=(scope.slug, person.pk)))
    assert "in touch every 60 days" in page.content.decode()


def test_the_sheet_says_what_a_call_needs(
    clock: Clock, scope: Any, membership: Any, client_for: Any
) -> None:
    """SPN-1.a: one page, from the sponsor's Today: who, what they gave and got, what to say, and
    what not to ask; the contact is recorded from it as an executive's.
    """
    set_up()
    eve = membership("executive")
    account = AccountFactory(name="Isdom")
    person = in_tier("platinum", 400, account=account, interests="Sailing")
    sponsored(Actor.system("tests"), person, eve, sponsor_days=1)
    PreferenceFactory(advocate=person, appreciation=["access"], comforts=[])
    OutcomeFactory(advocate=person, metric="Time to hire")
    MomentFactory(account=account, kind="renewal", happened_on=in_days(-1))
    given = ParticipationFactory(advocate=person, completed=True)
    record_touch(
        actor=Actor.member(eve),
        advocate=person,
        kind="check_in",
        happened_on=today() - timedelta(days=3),
        note="Their daughter started school",
    )
    clock.advance(timedelta(days=2))
    (row,) = rows_of(eve, [i for i in everything(eve) if i.work.code == "sponsor"])
    page = client_for(eve).get(row.action[1])
    text = page.content.decode()
    for words in (
        "Isdom",
        given.activity_type.name,
        "Sailing",
        "access",
        "Time to hire",
        "Renewal",
        "Their daughter started school",
        "Ask for nothing: this is about them.",
    ):
        assert words in text, words
    assert "kind=executive" in page.context["record_url"]


def test_being_there_counts_as_executive_contact(
    clock: Clock, scope: Any, membership: Any, alice: Membership
) -> None:
    """SPN-1.c, REL-1.a: planned, then recorded, it is a touch of the executive: strength and
    cadence follow. Neither before its day nor twice; what a touch was made of stays.
    """
    set_up()
    eve, manager = membership("executive"), Actor.member(alice)
    person = sponsored(manager, in_tier("platinum", 400), eve, sponsor_days=3)
    presence = plan_presence(
        actor=manager, advocate=person, by=eve, kind="review", on=today() + timedelta(days=4)
    )
    (title,) = waiting(eve, "presence")
    assert "Business review" in title
    with pytest.raises(DomainError, match="lies ahead"):
        attend_presence(actor=Actor.member(eve), presence=presence)
    clock.advance(timedelta(days=5))
    assert waiting(eve, "sponsor")
    attend_presence(actor=Actor.member(eve), presence=presence, note="Proud of the launch")
    touch = Touch.objects.get(advocate=person)
    assert (touch.kind, touch.by_id, touch.note) == ("executive", eve.pk, "Proud of the launch")
    assert AdvocateScore.objects.get(advocate=person).executive > 0
    assert waiting(eve, "presence") == []
    with pytest.raises(DomainError, match="correct the touch"):
        update_presence(actor=manager, presence=presence.reload(), on=today())
