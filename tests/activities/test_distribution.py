"""Where pieces go, what is made of recordings, and what is collected and never published (DIST-1,
AST-3).
"""

from datetime import timedelta
from typing import Any, ClassVar

import pytest

from activities.assets.confirming import confirm_asset
from activities.assets.models import Asset
from activities.assets.services import (
    begin_asset,
    publish_asset,
    retire_asset,
    send_asset,
    update_asset,
)
from activities.distribution.models import Placement, Repurposing
from activities.distribution.numbers import DISTRIBUTION
from activities.distribution.resource import PLACEMENTS, REPURPOSINGS
from activities.distribution.services import (
    drop_placement,
    finish_placement,
    plan_placement,
    plan_repurposing,
)
from activities.settings import CONTENT
from advocacy import clock as product_clock
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import change_settings
from advocates.models import Preference
from advocates.people.consents import record_consent, withdraw_consent
from reporting.queue import everything, rows_of
from tests.factories.assets import AssetFactory, PlacementFactory, RepurposingFactory
from tests.kit.resource import ResourceCase
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

_SYSTEM = Actor.system("test")


class _Plans(ResourceCase):
    viewers = "program_manager csm marketing executive admin"
    editors = "program_manager csm marketing admin"
    wrong: ClassVar[dict[str, Any]] = {"due_on": "soon"}
    changed: ClassVar[dict[str, Any]] = {"due_on": "2031-02-03"}
    owned_by = "asset__advocate__account__owner"
    named: ClassVar[dict[str, Any]] = {}

    def test_every_move_is_tried(self) -> None:
        """What is taken up again is walked below."""
        assert {*self.moves, "reopen"} >= set(self.resource.services) - {"begin"}

    def test_create(self) -> None:
        """DIST-1: from the page of its piece and back to it, and over REST; the usual day and
        person where none is said, what is wrong at its field.
        """
        with tenant_scope(self.tenant):
            asset = self.row.asset  # type: ignore[attr-defined]
        said = {"asset": str(asset.pk), **self.named}
        answer = self.post("new", said)
        assert answer["Location"].endswith(f"/assets/{asset.pk}/")
        made = self.api.post(f"{self.resource.name}/", said)
        assert made.status_code == 201, made.content
        assert made.json()["due_on"] > product_clock.now().date().isoformat()
        assert self.verbs(made.json()["id"])[0].endswith(".planned")
        for wrong, field in ((self.wrong, "due_on"), ({"asset": ""}, "asset")):
            assert self.post("new", {**said, **wrong}).status_code == 422
            refused = self.api.post(f"{self.resource.name}/", {**said, **wrong})
            assert set(refused.json()["errors"]) == {field}


class TestPlacements(_Plans):
    """DIST-1.a: in the browser and over REST."""

    resource, factory = PLACEMENTS, PlacementFactory
    named: ClassVar[dict[str, Any]] = {"channel": "blog"}
    moves: ClassVar[Any] = {
        "finish": (_Plans.editors, {"url": "https://example.com/q"}, "done"),
        "drop": (_Plans.editors, {}, "dropped"),
    }


class TestRepurposings(_Plans):
    """DIST-1.b: in the browser and over REST."""

    resource, factory = REPURPOSINGS, RepurposingFactory
    named: ClassVar[dict[str, Any]] = {"form": "post"}
    moves: ClassVar[Any] = {
        "begin": (_Plans.editors, {}, "begun"),
        "drop": (_Plans.editors, {}, "dropped"),
    }


def _today(member: Any, work: str) -> list[str]:
    items = [item for item in everything(member) if item.work.code == work]
    return [row.title for row in rows_of(member, items)]


def _leave(program: Program, use: str = "quote") -> Any:
    day = product_clock.today(program.manager.tenant.zone)
    return record_consent(actor=program.actor, advocate=program.advocate, use=use, given_on=day)


def test_a_publication_is_planned_and_placed(
    program: Program, client_for: Any, clock: Clock
) -> None:
    """DIST-1.a, AST-2.c: publishing proposes the tenant's channels for the kind, with owner and
    day; what is placed counts as used. They stand with the piece, in the list, and on the owner's
    Today; done at a press with the link. What was left out is not proposed again, what stands there
    with an earlier text is.
    """
    change_settings(
        actor=_SYSTEM, family=DISTRIBUTION, values={"quote": ["newsletter", "website", "event"]}
    )
    consent = _leave(program)
    asset = AssetFactory(advocate=program.advocate, approved=True, owner=program.manager)
    publish_asset(actor=program.actor, asset=asset, published_url="https://example.com/q")
    plans = {row.channel: row for row in Placement.objects.filter(asset=asset)}
    assert set(plans) == {"website", "newsletter", "event"}
    website = plans["website"]
    assert (website.owner, website.state) == (program.manager, "open")
    assert website.due_on > product_clock.now().date()
    assert "Place it: Website" in _today(program.manager, "placement")
    browser = client_for(program.manager)
    page = browser.get(f"/t/acme/assets/{asset.pk}/").content.decode()
    assert "Where it goes" in page
    assert f"/placements/{website.pk}/" in page
    listed = browser.get("/t/acme/placements/?show=ready").content.decode()
    assert f"/placements/{website.pk}/" in listed
    here = f"/t/acme/placements/{website.pk}/finish/"
    assert "https://example.com/q" in browser.get(here).content.decode()
    wrong = browser.post(here, {"url": "no address"})
    assert (wrong.status_code, "no address" in wrong.content.decode()) == (422, True)
    assert browser.post(here, {"url": "https://example.com/wall"}).status_code == 302
    assert (website.reload().state, website.url) == ("done", "https://example.com/wall")
    assert website.done_by == program.manager
    used = api_for(program.manager).get(f"assets/{asset.pk}/").json()["use_count"]
    assert used == 1, "the two that wait are no use yet"
    assert _today(program.manager, "placement") == ["Place it: Newsletter", "Place it: Event"]
    assert "https://example.com/wall" in browser.get(f"/t/acme/assets/{asset.pk}/").text
    drop_placement(actor=program.actor, placement=plans["event"])
    # Nothing is placed whose leave has ended; nobody is asked to.
    withdraw_consent(actor=program.actor, consent=consent)
    assert _today(program.manager, "placement") == []
    with pytest.raises(Conflict, match="leave has ended"):
        finish_placement(actor=program.actor, placement=plans["newsletter"])
    _leave(program)
    asset.reload()
    update_asset(actor=program.actor, asset=asset, body="It is thirty minutes now, from two hours.")
    changes = {f"{name}_number": asset.number for name in ("confirmed", "approved")}
    now = product_clock.now()
    Asset.objects.filter(pk=asset.pk).update(
        state="approved", confirmed_at=now, approved_at=now, **changes
    )
    publish_asset(actor=program.actor, asset=asset.reload())
    again = Placement.objects.filter(asset=asset, state="open")
    assert sorted(again.values_list("channel", flat=True)) == ["newsletter", "website"]
    api = api_for(program.manager)
    path = f"placements/{plans['event'].pk}/"
    assert api.post(f"{path}reopen/").json()["state"] == "open"
    assert api.get(f"placements/?state=done&asset={asset.pk}").json()["results"]


def test_who_plans_where_a_piece_goes(program: Program, membership: Any) -> None:
    """DIST-1.a, ID-2, VIS-1: the program, marketing, a CSM at own accounts; its owner says that it
    is done; sales see neither list, and nothing is planned for what is retired.
    """
    other, sales = membership("csm"), membership("sales")
    asset = AssetFactory(advocate=program.advocate, published=True)
    with pytest.raises(NotAllowed):
        plan_placement(actor=Actor.member(other), asset=asset, channel="blog")
    placement = plan_placement(actor=program.actor, asset=asset, channel="blog", owner=other)
    finish_placement(actor=Actor.member(other), placement=placement)
    assert placement.reload().state == "done"
    for path in ("placements/", "repurposings/"):
        assert api_for(sales).get(path).status_code == 403
    with pytest.raises(DomainError) as refused:
        plan_repurposing(actor=program.actor, asset=asset, form="clips")
    assert set(refused.value.fields) == {"asset"}
    retire_asset(actor=program.actor, asset=asset, reason="Out of date")
    with pytest.raises(Conflict, match="retired"):
        plan_placement(actor=program.actor, asset=asset, channel="event")


def test_a_recording_is_repurposed(program: Program, client_for: Any) -> None:
    """DIST-1.b: a published recording has a plan of video, post, transcript, clips and sales asset,
    each with owner and day; beginning one makes a draft that knows what it was made of.
    """
    _leave(program, "video")
    recording = AssetFactory(
        advocate=program.advocate,
        kind="recording",
        approved=True,
        owner=program.manager,
        url="https://example.com/r",
        topic="Warehouses",
    )
    publish_asset(actor=program.actor, asset=recording)
    plans = {row.form: row for row in Repurposing.objects.filter(asset=recording)}
    assert set(plans) == {"video", "post", "transcript", "clips", "sales_asset"}
    assert {row.owner for row in plans.values()} == {program.manager}
    browser = client_for(program.manager)
    page = browser.get(f"/t/acme/assets/{recording.pk}/").content.decode()
    assert "What is made of it" in page
    press = f"/t/acme/repurposings/{plans['clips'].pk}/begin/"
    assert browser.post(press).status_code == 302
    clips = plans["clips"].reload()
    derived = clips.derived
    assert derived is not None
    assert (derived.origin, derived.kind, derived.state) == (recording, "video", "draft")
    assert (derived.topic, derived.attribution) == ("Warehouses", recording.attribution)
    assert browser.post(press).status_code == 409
    assert Asset.objects.filter(origin=recording).count() == 1
    assert derived.title in browser.get(f"/t/acme/assets/{recording.pk}/").text
    Repurposing.objects.exclude(pk=clips.pk).update(due_on=product_clock.now().date())
    assert len(_today(program.manager, "repurposing")) == 4
    made = api_for(program.manager).post(f"repurposings/{plans['post'].pk}/begin/").json()
    assert Asset.objects.get(pk=made["derived"]).kind == "article"


def test_what_is_collected_and_never_published_is_flagged(
    program: Program, client_for: Any, membership: Any, clock: Clock
) -> None:
    """AST-3.a: 60 days after the advocate gave the words, a piece that is not out is flagged on its
    page, in the library and on its owner's Today, also after its text was changed, with a message
    to the advocate drafted; until it is published.
    """
    marketing = membership("marketing")
    asset = begin_asset(
        actor=Actor.member(marketing),
        kind="quote",
        advocate=program.advocate,
        title="Two hours less",
        body="It is forty minutes now.",
    )
    send_asset(actor=program.actor, asset=asset)
    person = Actor.advocate(program.advocate.pk)
    confirm_asset(actor=person, asset=asset, number=1, is_honest=True, may_publish=True)
    clock.advance(days=30)
    update_asset(actor=program.actor, asset=asset.reload(), body="It is thirty minutes now.")
    clock.advance(days=29)
    api = api_for(program.manager)
    assert api.get("assets/?is_unpublished=true").json()["results"] == []
    assert _today(marketing, "unpublished") == []
    clock.advance(days=2)
    assert [row["id"] for row in api.get("assets/?is_unpublished=true").json()["results"]]
    assert _today(marketing, "unpublished") == [
        "Not published yet: the quote was collected long ago"
    ]
    browser = client_for(marketing)
    assert "Two hours less" in browser.get("/t/acme/assets/?show=unpublished").text
    assert "Still not published" in browser.get(f"/t/acme/assets/{asset.pk}/").text
    here = f"/t/acme/assets/{asset.pk}/tell-standing/"
    drafted = browser.get(here).content.decode()
    assert "Hello Frank" in drafted
    assert "Two hours less" in drafted
    empty = browser.post(here, {"subject": "Hello", "message": " "})
    assert (empty.status_code, "Hello" in empty.content.decode()) == (422, True)
    sent = browser.post(here, {"subject": "Where it stands", "message": "Soon, Frank."})
    assert sent.status_code == 302
    mail = OutgoingMail.objects.get(kind="asset-standing")
    assert (mail.to_email, "Soon, Frank." in mail.text) == (program.advocate.email, True)
    assert _today(marketing, "unpublished"), "it stays until it is out"
    Preference.objects.update_or_create(advocate=program.advocate, defaults={"channel": "phone"})
    called = api.post(f"assets/{asset.pk}/tell-standing/", {"subject": "S", "message": "M"})
    assert "called" in called.json()["detail"]
    change_settings(actor=_SYSTEM, family=CONTENT, values={"unpublished_days": 90})
    assert _today(marketing, "unpublished") == []
    change_settings(actor=_SYSTEM, family=CONTENT, values={"unpublished_days": 60})
    now = product_clock.now()
    Asset.objects.filter(pk=asset.pk).update(
        state="approved",
        confirmed_at=now,
        approved_at=now,
        confirmed_number=2,
        approved_number=2,
    )
    assert _today(marketing, "unpublished")
    publish_asset(actor=program.actor, asset=asset.reload())
    assert _today(marketing, "unpublished") == []
    told = api.post(f"assets/{asset.pk}/tell-standing/", {"subject": "S", "message": "M"})
    assert told.status_code == 409


def test_odd_presses(program: Program) -> None:
    """DIST-1.a, BAD-1: a channel nobody knows is refused with those there are."""
    asset = AssetFactory(advocate=program.advocate, published=True)
    wrong = api_for(program.manager).post(
        "placements/", {"asset": str(asset.pk), "channel": "balloon"}
    )
    assert set(wrong.json()["errors"]) == {"channel"}
    yesterday = product_clock.now().date() - timedelta(days=1)
    late = PlacementFactory(asset=asset, due_on=yesterday)
    found = api_for(program.manager).get("placements/?state=open").json()["results"]
    assert [row["id"] for row in found] == [str(late.pk)]
