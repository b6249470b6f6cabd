"""Segments (SEG-1)."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, ClassVar

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import ActivityType, Advocate, SavedSegment
from advocates.segments.narrowing import rows_of
from advocates.segments.resource import SEGMENTS
from advocates.segments.selectors import counted_segments
from advocates.segments.services import retire_segment, save_segment, update_segment
from tests.factories.advocates import AccountFactory, AdvocateFactory, EnrolledFactory, did
from tests.factories.segments import SavedSegmentFactory
from tests.kit.resource import ResourceCase
from tests.support.cases import Cases
from tests.support.rest import api_for
from tests.support.time import Clock

_numbers: Iterator[int] = count()


class AnotherName:
    """A name is one's own once."""

    @property
    def pk(self) -> str:
        """As a form sends it."""
        return f"Segment {next(_numbers)} of mine"


class TestSegments(ResourceCase):
    """SEG-1.a: a filter saved under a name, by hand and over REST."""

    resource, factory = SEGMENTS, SavedSegmentFactory
    viewers = editors = "program_manager admin csm marketing executive"
    new: ClassVar[dict[str, Any]] = {
        "name": AnotherName,
        "of": "everybody",
        "query": "status=active",
    }
    changed: ClassVar[dict[str, Any]] = {"query": "readiness=willing&status=active"}
    wrong: ClassVar[dict[str, Any]] = {"query": "colour=blue"}
    owned_by = "owner"
    moves: ClassVar[dict[str, Any]] = {"retire": (editors, {}, "retired")}


def saved(member: Membership, query: str, of: str = "everybody", **more: Any) -> SavedSegment:
    """Save what a list was narrowed to."""
    given = {"name": f"{of}: {query}"[:80], **more}
    return save_segment(actor=Actor.member(member), of=of, query=query, **given)


def inside(segment: SavedSegment) -> set[Any]:
    """Who is in it now."""
    return set(rows_of(segment).values_list("pk", flat=True))


def test_any_filter_can_be_saved(scope: Tenant, membership: Any, clock: Clock, each: Cases) -> None:
    """SEG-1.a: on account, advocate, tier, activity and capacity; and it is dynamic: the count
    follows what changes.
    """
    owner = membership("csm")
    bank = AccountFactory(industry="Banking", owner=owner, region="emea")
    jane = EnrolledFactory(account=bank, readiness="willing", history=["testimonial"])
    other = EnrolledFactory(cap=0, readiness="potential")
    for query in (
        "industry=Banking",
        f"owner={owner.pk}",
        "region=emea",
        "readiness=willing",
        "status=active&industry=Banking",
        "tier=silver",
        "did=testimonial",
        "gave=some",
        "left=some",
        f"account={bank.pk}",
    ):
        with each(query):
            assert inside(saved(owner, query)) == {jane.pk}
    segment = saved(owner, "gave=none")
    assert inside(segment) == {other.pk}
    did(other, "testimonial")
    assert inside(segment) == set()
    held = saved(owner, "industry=Banking", of="accounts")
    assert inside(held) == {bank.pk}


def test_counts_are_one_statement_and_stop_at_a_thousand(
    scope: Tenant, membership: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SEG-1.a: live, by the rule of every count."""
    from advocacy.web import counting

    monkeypatch.setattr(counting, "MOST", 2)
    member = membership("csm")
    few, many = saved(member, "status=paused"), saved(member, "status=candidate")
    for _number in range(4):
        AdvocateFactory(status="candidate")
    assert [str(each) for each in counted_segments([few, many])] == ["0", "2+"]


def test_a_filter_that_lost_its_sense_leaves_nobody(
    scope: Tenant, membership: Any, clock: Clock
) -> None:
    """SEG-1.a: to leave it out would ask more people than were meant."""
    member = membership("csm")
    jane = EnrolledFactory(account=AccountFactory(industry="Banking"))
    segment = saved(member, "industry=Banking&status=active")
    kind = ActivityType.objects.filter(is_on=True, needs_comfort=[]).first()
    accepts = saved(member, f"accepts={kind.code}")
    assert jane.pk in inside(accepts)
    type(jane.account).objects.update(industry="Insurance")
    ActivityType.objects.filter(pk=kind.pk).update(is_on=False)
    assert inside(segment) == inside(accepts) == set()
    # As after a release that no longer has it.
    SavedSegment.objects.filter(pk=segment.pk).update(query="colour=blue")
    assert inside(segment.reload()) == set()


def test_what_is_refused(scope: Tenant, membership: Any, each: Cases) -> None:
    """SEG-1.a, BAD-1: at the field, with what is accepted; and nothing is saved."""
    member = membership("csm")
    for query, words in {
        "colour=blue": "There is no filter colour here. Use some of: accepts, account, ",
        "status=asleep": "Status: ",
        "": "blank|required|at least one filter",
        "status=&q=": "at least one filter",
        "in_segment=nonsense": "of another one",
        "tier=gold&tier=silver": "Give tier once",
    }.items():
        with each(query):
            with pytest.raises(DomainError, match=words) as refused:
                saved(member, query, name="Wrong")
            assert set(refused.value.fields) == {"query"}
    assert not SavedSegment.objects.exists()
    assert not Event.objects.filter(verb="segment.saved").exists()


def test_private_and_shared(scope: Tenant, membership: Any) -> None:
    """SEG-1.a: a colleague sees what is shared and changes nothing; the program tidies up."""
    ann, ben, manager = membership("csm"), membership("marketing"), membership()
    own = saved(ann, "status=active")
    shared = saved(ann, "status=paused", shared=True)
    api = api_for(ben)
    listed = [row["id"] for row in api.get("segments/").json()["results"]]
    assert listed == [str(shared.pk)]
    assert api.get(f"segments/{own.pk}/").status_code == 404
    assert api.get(f"advocates/?in_segment={own.pk}").status_code == 400
    with pytest.raises(NotAllowed):
        update_segment(actor=Actor.member(ben), segment=shared, name="Mine now")
    for_all = {"shared": False}
    with pytest.raises(DomainError) as refused:
        update_segment(actor=Actor.member(manager), segment=shared, **for_all)
    assert set(refused.value.fields) == {"shared"}
    retire_segment(actor=Actor.member(manager), segment=shared)
    with pytest.raises(NotAllowed):
        retire_segment(actor=Actor.member(manager), segment=own)


def test_used_over_rest(scope: Tenant, membership: Any, clock: Clock) -> None:
    """SEG-1.b: people of a segment, people at the accounts of one, accounts of one."""
    member = membership("csm")
    bank = AccountFactory(industry="Banking")
    jane, _other = EnrolledFactory(account=bank), EnrolledFactory()
    people = saved(member, "industry=Banking", of="members")
    banks = saved(member, "industry=Banking", of="accounts")
    api = api_for(member)
    for address, expected in {
        f"advocates/?in_segment={people.pk}": jane.pk,
        f"advocates/?in_segment={banks.pk}": jane.pk,
        f"accounts/?in_segment={banks.pk}": bank.pk,
    }.items():
        assert [row["id"] for row in api.get(address).json()["results"]] == [str(expected)], address
    assert api.get(f"accounts/?in_segment={people.pk}").status_code == 400


def test_from_a_list_and_back(
    tenant: Tenant,
    alice: Membership,
    client_for: Callable[[Membership], Client],
    clock: Clock,
) -> None:
    """SEG-1.a, SEG-1.b: narrowed, saved under a name, opened with one press, narrowed further and
    saved again: then with the filters of both, since a segment names no other.
    """
    with tenant_scope(tenant):
        jane: Advocate = EnrolledFactory(last_name="Roe", account=AccountFactory(region="emea"))
        EnrolledFactory(last_name="Doe", account=AccountFactory(region="apac"))
    client = client_for(alice)
    assert "Save as a segment" not in client.get("/t/acme/advocates/").content.decode()
    page = client.get("/t/acme/advocates/?region=emea&sort=name").content.decode()
    form = "/t/acme/segments/new/?of=members&amp;query=region%3Demea"
    assert f'href="{form}"' in page
    shown = client.get(form.replace("&amp;", "&")).content.decode()
    assert "Region: " in shown
    answer = client.post(
        "/t/acme/segments/new/", {"name": "Europe", "of": "members", "query": "region=emea"}
    )
    assert answer.status_code == 302
    detail = client.get(answer["Location"]).content.decode()
    with tenant_scope(tenant):
        segment = SavedSegment.objects.get()
    opened = f"/t/acme/advocates/?in_segment={segment.pk}"
    assert f'href="{opened}"' in detail
    assert "<strong>1</strong> at this moment" in detail
    there = client.get(opened).content.decode()
    assert f"/t/acme/advocates/{jane.pk}/" in there
    assert "Doe" not in there
    assert "Europe" in client.get("/t/acme/segments/").content.decode()
    query = f"in_segment={segment.pk}&status=active"
    client.post("/t/acme/segments/new/", {"name": "Active", "of": "members", "query": query})
    with tenant_scope(tenant):
        assert SavedSegment.objects.get(name="Active").query == "region=emea&status=active"
