"""Content in deals: shared by a link that counts, used without one, seen where it is unused."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client

from activities.assets.models import Asset
from activities.assets.services import retire_asset, update_asset
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Consent
from advocates.people.consents import withdraw_consent
from advocates.people.privacy import erase_advocate, export_advocate
from reporting.metrics.attribution import by_type
from reporting.metrics.content import SELLERS_USING
from reporting.metrics.frame import Frame
from reporting.metrics.registry import METRICS
from requests.models import Opportunity, Share, ShareOpen, Touchpoint
from requests.shares.models import Way
from requests.shares.resource import SHARES
from requests.shares.services import revoke_share, share_asset, url_of
from tests.factories.activities import ActivityFactory
from tests.factories.assets import AssetFactory, ShelvedAssetFactory
from tests.factories.requests import AskFactory, OpportunityFactory, RequestFactory
from tests.factories.shares import ShareFactory
from tests.factories.tenancy import MembershipFactory
from tests.kit.resource import ResourceCase
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Safari/605.1.15"


class TestShares(ResourceCase):
    """AST-2.b: shared and taken back in the browser and over REST."""

    resource, factory = SHARES, ShareFactory
    viewers = editors = "program_manager sales csm marketing admin"
    new: ClassVar[dict[str, Any]] = {
        "asset": ShelvedAssetFactory,
        "opportunity": OpportunityFactory,
        "way": "link",
        "recipient": "Ms Berg",
    }
    wrong: ClassVar[dict[str, Any]] = {"way": "pigeon"}
    moves: ClassVar[dict[str, Any]] = {"revoke": (viewers, {}, "revoked")}

    def member(self, role: str) -> Membership:
        return super().member("program_manager" if role == "sales" else role)


@pytest.fixture
def share(clock: Clock, scope: Tenant, bob: Membership) -> Share:
    """Bob, in sales, shared a quote with a deal of his."""
    deal = OpportunityFactory(owner=bob, opened_on=clock.now.date() - timedelta(days=30))
    return share_asset(actor=Actor.member(bob), asset=ShelvedAssetFactory(), opportunity=deal)


def path_of(share: Share) -> str:
    """Its public page."""
    return "/s/" + url_of(share).split("/s/", 1)[1]


def see(path: str, agent: str = FIREFOX, client: Client | None = None, **said: Any) -> int:
    """The page says that it was in front of somebody."""
    browser = client or Client()
    return browser.post(
        path, headers={"User-Agent": agent, **said.pop("headers", {})}, **said
    ).status_code


def test_the_public_page_is_the_piece_as_published(share: Share, tenant: Tenant) -> None:
    """AST-2.b: words as rendered, who speaks, their language; no cookie, no index, nobody else."""
    Asset.objects.filter(pk=share.asset_id).update(language="de")
    answer = Client().get(path_of(share))
    page = answer.text
    assert answer.status_code == 200
    assert share.asset.attribution in page
    assert "cut it to forty minutes" in page
    assert '<article lang="de">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert share.asset.advocate.email not in page
    assert "no-store" in answer["Cache-Control"]


def test_a_title_names_nobody_who_is_not_named(
    clock: Clock, scope: Tenant, tenant: Tenant, bob: Membership
) -> None:
    """AST-2.b, VIS-1: a draft's title says who it is of; where the words do not, the page does not
    either.
    """
    piece = ShelvedAssetFactory(attribution="")
    type(piece).objects.filter(pk=piece.pk).update(
        title=f"Quote: {piece.advocate.name}",
        number=2,
        confirmed_number=2,
        approved_number=2,
        published_number=2,
    )
    row = share_asset(actor=Actor.member(bob), asset=piece, opportunity=OpportunityFactory())
    page = Client().get(path_of(row)).content.decode()
    assert piece.advocate.name not in page and "<h1" in page


def test_opens_are_people_and_days(share: Share, clock: Clock) -> None:
    """AST-2.b: once a person and day; looking counts nothing; no address is kept."""
    path = path_of(share)
    for _time in range(3):
        assert Client().get(path, headers={"User-Agent": FIREFOX}).status_code == 200
        assert Client().head(path, headers={"User-Agent": FIREFOX}).status_code == 200
    assert share.reload().opens == 0
    assert [see(path), see(path)] == [204, 204]
    assert share.reload().opens == 1
    see(path, SAFARI)
    see(path, REMOTE_ADDR="10.1.2.3")
    assert share.reload().opens == 3
    clock.advance(days=1)
    see(path)
    share = share.reload()
    assert (share.opens, share.last_opened_at) == (4, product_clock.now())
    assert share.first_opened_at < share.last_opened_at
    kept = list(ShareOpen.objects.values_list("person", flat=True))
    assert len(set(kept)) == 4
    assert not any("10.1.2.3" in each or "Firefox" in each for each in kept)


def test_machines_and_colleagues_do_not_count(
    share: Share, bob: Membership, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """AST-2.b, OPP-1.c: bots, what is fetched ahead, whoever shared it and colleagues."""
    path = path_of(share)
    for agent in ("", "Googlebot/2.1", "Slackbot-LinkExpanding 1.0", "curl/8.5", "HeadlessChrome"):
        assert see(path, agent) == 204
    for name, value in (("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch")):
        assert see(path, headers={name: value}) == 204
    for member in (bob, alice):
        assert see(path, client=client_for(member)) == 204
    assert (share.reload().opens, Touchpoint.objects.count()) == (0, 0)
    see(path)
    assert share.reload().opens == 1


def test_the_first_open_touches_the_deal(
    share: Share, clock: Clock, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """OPP-1.c: an opened share is a touchpoint, once, and no reference; AST-2.b, OPP-1.d: it stands
    on the deal's page, in its timeline, and over REST.
    """
    deal = Opportunity.objects.get()
    assert not Touchpoint.objects.exists()
    clock.advance(hours=1)
    for agent in (FIREFOX, SAFARI):
        see(path_of(share), agent)
    point = Touchpoint.objects.get()
    assert (point.opportunity, point.share_id, point.kind) == (deal, share.pk, "share")
    assert point.activity is None
    found = api_for(alice).get(f"opportunities/{deal.pk}/touchpoints/").json()
    assert [(each["kind"], each["share"]) for each in found] == [("share", str(share.pk))]
    page = client_for(alice).get(f"/t/acme/opportunities/{deal.pk}/").text
    assert "Opened share" in page
    assert "opened 2 times" in page
    assert "shared a piece of content" in page.lower()
    told = api_for(alice).get(f"opportunities/{deal.pk}/timeline/").json()
    assert any("opened" in each["text"] for each in told)


def test_a_piece_touches_a_deal_once(share: Share, alice: Membership) -> None:
    """OPP-1.c: however often it is shared again; another piece is another touch."""
    deal = share.opportunity
    see(path_of(share))
    for asset in (share.asset, ShelvedAssetFactory()):
        row = share_asset(actor=Actor.member(alice), asset=asset, opportunity=deal)
        see(path_of(row))
        assert row.reload().opens == 1
    assert Touchpoint.objects.filter(opportunity=deal).count() == 2


def test_opened_shares_are_in_the_numbers_of_deals(
    share: Share, tenant: Tenant, clock: Clock
) -> None:
    """OPP-1.c, MET-3.d: in influenced revenue once it was opened, and not among the references."""
    today = clock.now.date()
    frame = Frame(tenant, today - timedelta(days=60), today + timedelta(days=1))
    Opportunity.objects.update(stage="won", closes_on=today, currency=tenant.currency)
    revenue, references = METRICS["influenced_revenue"], METRICS["qualified_references"]
    assert revenue.read(frame).counted == 0
    see(path_of(share))
    assert revenue.read(frame).value == 450_000
    assert revenue.behind(frame).get().pk == share.opportunity_id
    assert [(bar.key, bar.total) for bar in by_type(frame)] == [("share", 450_000)]
    assert references.read(frame).value == 0
    assert METRICS["reference_close_rate"].read(frame).counted == 0


@pytest.mark.parametrize("how", ["withdrawn", "changed", "retired", "erased", "revoked", "expired"])
def test_the_link_ends_with_what_it_rests_on(
    how: str, share: Share, clock: Clock, alice: Membership
) -> None:
    """AST-2.b: gone in the same moment, with a kind word, and nothing is counted any more."""
    path, actor, asset = path_of(share), Actor.member(alice), share.asset
    assert Client().get(path).status_code == 200
    if how == "withdrawn":
        consent = Consent.objects.get(advocate=asset.advocate, use="quote")
        withdraw_consent(actor=actor, consent=consent)
    elif how == "changed":
        update_asset(actor=actor, asset=asset.reload(), body="Other words")
    elif how == "retired":
        retire_asset(actor=actor, asset=asset.reload(), reason="Old")
    elif how == "erased":
        person = asset.advocate.reload()
        erase_advocate(actor=actor, advocate=person, name=person.name, reason="Wish")
    elif how == "revoked":
        revoke_share(actor=actor, share=share)
    else:
        clock.advance(days=91)
    gone = Client().get(path)
    assert gone.status_code == 410
    assert "simply reply to them" in gone.text
    assert asset.attribution not in gone.text
    assert see(path) == 410
    assert not ShareOpen.objects.exists()


def test_what_left_the_library_is_named_to_nobody_in_sales(
    scope: Tenant, clock: Clock, bob: Membership, alice: Membership, client_for: Any
) -> None:
    """VIS-1.a, AST-2.b: a title may say who it is."""
    asset = ShelvedAssetFactory(title="Ana Ruiz of Isdom")
    deal = OpportunityFactory(owner=bob)
    share = share_asset(actor=Actor.member(bob), asset=asset, opportunity=deal)
    Asset.objects.update(state="retired")
    for path in ("shares/", f"shares/{share.pk}/", f"opportunities/{share.opportunity_id}/"):
        assert "Ana Ruiz" not in client_for(bob).get(f"/t/acme/{path}").text
        assert "Ana Ruiz" in client_for(alice).get(f"/t/acme/{path}").text
    found = client_for(bob).get("/t/acme/shares/?q=Ruiz").text
    assert f"/shares/{share.pk}/" not in found


def test_only_the_library_is_shared(scope: Tenant, clock: Clock, bob: Membership) -> None:
    """AST-2.b, EVD-1.b: what may not be used cannot be shared; nothing is half saved."""
    deal, links = OpportunityFactory(), PersonalLink.objects.count()
    for asset in (AssetFactory(), AssetFactory(published=True), AssetFactory(approved=True)):
        with pytest.raises(DomainError) as refused:
            share_asset(actor=Actor.member(bob), asset=asset, opportunity=deal)
        assert "asset" in refused.value.fields
    assert (Share.objects.count(), PersonalLink.objects.count()) == (0, links)
    executive = Actor.member(MembershipFactory(role="executive"))
    with pytest.raises(NotAllowed):
        share_asset(actor=executive, asset=ShelvedAssetFactory(), opportunity=deal)


def test_whose_it_is_to_take_back(share: Share, bob: Membership) -> None:
    """ID-2, AST-2.b: whoever shared it, the deal's owner, the program; nobody else."""
    other = Actor.member(MembershipFactory(role="sales"))
    with pytest.raises(NotAllowed):
        revoke_share(actor=other, share=share)
    revoke_share(actor=Actor.member(bob), share=share)
    assert share.reload().state == "revoked"


def test_one_press_on_each_page(
    share: Share, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """AST-2.b: a piece's page offers one's own deals, a deal's page the library; the link is shown
    to be copied, and the words with who speaks.
    """
    client = client_for(bob)
    piece = client.get(f"/t/acme/assets/{share.asset_id}/").text
    assert f'<option value="{share.opportunity_id}">' in piece
    assert "Copy with attribution" in piece
    assert f"— {share.asset.attribution}" in piece
    deal = client.get(f"/t/acme/opportunities/{share.opportunity_id}/").text
    assert f'<option value="{share.asset_id}">' in deal
    said = {"asset": share.asset_id, "opportunity": share.opportunity_id, "way": "link"}
    answer = client.post("/t/acme/shares/new/", said, follow=True)
    made = Share.objects.latest("created_at", "pk")
    assert made.pk != share.pk
    assert url_of(made) in answer.text
    assert api_for(bob).get(f"shares/{made.pk}/").json()["url"] == url_of(made)


def test_used_and_unused(
    scope: Tenant, clock: Clock, bob: Membership, alice: Membership, client_for: Any
) -> None:
    """AST-2.c: a use without a link counts as well; what nobody used for six months shows, and is
    used again once somebody does. Taken back, it was no use, unless somebody read it.
    """
    pieces = [ShelvedAssetFactory(title=title) for title in ("Often used", "Used once", "Never")]
    deal, actor = OpportunityFactory(), Actor.member(bob)

    def unused() -> set[str]:
        page = client_for(alice).get("/t/acme/assets/?show=unused").text
        rest = api_for(alice).get("assets/?is_unused=true").json()["results"]
        found = {piece.title for piece in pieces if piece.title in page}
        assert found == {each["title"] for each in rest}
        return found

    assert unused() == {"Often used", "Used once", "Never"}
    share_asset(actor=actor, asset=pieces[0], opportunity=deal)
    once = share_asset(actor=actor, asset=pieces[1], opportunity=deal, way=Way.DIRECT)
    assert (once.link, once.expires_at) == (None, None)
    assert unused() == {"Never"}
    clock.advance(days=200)
    assert unused() == {"Often used", "Used once", "Never"}
    used = share_asset(actor=actor, asset=pieces[0], opportunity=deal, way=Way.DIRECT)
    assert unused() == {"Used once", "Never"}
    counts = {
        each["title"]: each["use_count"] for each in api_for(bob).get("assets/").json()["results"]
    }
    assert counts == {"Often used": 2, "Used once": 1, "Never": 0}
    revoke_share(actor=actor, share=used)
    assert unused() == {"Often used", "Used once", "Never"}
    assert Event.objects.filter(verb="share.recorded", subject_id=once.pk).exists()


def test_derived_pieces_know_their_origin(
    scope: Tenant, alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """AST-2.e: on the page and over REST, both ways; what is not in the library stays inside."""
    whole = ShelvedAssetFactory(title="The whole story")
    ShelvedAssetFactory(title="A clip of it", origin=whole, advocate=whole.advocate)
    draft = AssetFactory(title="A draft of it", origin=whole, advocate=whole.advocate)
    for member, titles in ((alice, {"A clip of it", "A draft of it"}), (bob, {"A clip of it"})):
        page = client_for(member).get(f"/t/acme/assets/{whole.pk}/").text
        assert {title for title in ("A clip of it", "A draft of it") if title in page} == titles
        found = api_for(member).get(f"assets/?origin={whole.pk}").json()["results"]
        assert {each["title"] for each in found} == titles
    made = client_for(alice).get(f"/t/acme/assets/{draft.pk}/").text
    assert f"/assets/{whole.pk}/" in made
    assert api_for(alice).get(f"assets/{draft.pk}/").json()["origin"] == str(whole.pk)
    # What it was made of is gone: so is it, from the library and from who has a link.
    clip = Asset.objects.get(title="A clip of it")
    row = share_asset(actor=Actor.member(bob), asset=clip, opportunity=OpportunityFactory())
    assert Client().get(path_of(row)).status_code == 200
    retire_asset(actor=Actor.member(alice), asset=whole, reason="Too old")
    assert Client().get(path_of(row)).status_code == 410
    assert api_for(bob).get(f"assets/{clip.pk}/").status_code == 404


def test_the_numbers_of_content(
    scope: Tenant, clock: Clock, bob: Membership, tenant: Tenant
) -> None:
    """MET-2.b, MET-2.d, MET-2.f: of the library, by hand; each leads to its rows."""
    used, _good, _stale = (
        ShelvedAssetFactory(),
        ShelvedAssetFactory(is_good=True),
        ShelvedAssetFactory(confirmed_at=clock.now - timedelta(days=400)),
    )
    AssetFactory(published=True)
    AssetFactory(is_good=True)
    share_asset(actor=Actor.member(bob), asset=used, opportunity=OpportunityFactory())
    in_use, good = METRICS["assets_in_use"].now(tenant), METRICS["assets_good"].now(tenant)
    assert (in_use.numerator, in_use.denominator) == (1, 3)
    assert (good.numerator, good.denominator) == (1, 3)
    assert METRICS["fresh_testimonials"].now(tenant).value == 2
    rows = METRICS["assets_in_use"].behind(METRICS["assets_in_use"].frame(tenant))
    assert [row.pk for row in rows if row.part] == [used.pk]


def test_sellers_who_use_the_program(
    scope: Tenant, clock: Clock, bob: Membership, tenant: Tenant
) -> None:
    """ADO-1.a: content or a reference in the period, of all who sell, by team."""
    helped, idle, gone = (MembershipFactory(role="sales") for _n in range(3))
    csm = MembershipFactory(role="csm")
    Membership.objects.filter(pk=gone.pk).update(is_active=False)
    OpportunityFactory(owner=csm, stage="open")
    share_asset(
        actor=Actor.member(bob), asset=ShelvedAssetFactory(), opportunity=OpportunityFactory()
    )
    then = clock.now - timedelta(days=5)
    call = ActivityFactory(
        state="completed",
        happened_at=then,
        completed_at=then,
        activity_type__is_reference=True,
    )
    AskFactory(request=RequestFactory(requester=helped), activity=call, state="accepted")
    frame = SELLERS_USING.frame(tenant)
    rows = {row.pk: row.part for row in SELLERS_USING.behind(frame)}
    assert {pk: rows.get(pk) for pk in (bob.pk, helped.pk, idle.pk, csm.pk, gone.pk)} == {
        bob.pk: 1,
        helped.pk: 1,
        idle.pk: 0,
        csm.pk: 0,
        gone.pk: None,
    }
    sales = SELLERS_USING.read(Frame(tenant, frame.first, frame.last, team="sales"))
    csms = SELLERS_USING.read(Frame(tenant, frame.first, frame.last, team="csm"))
    assert (csms.numerator, csms.denominator) == (0, 1)
    assert sales.numerator == 2


def test_a_deal_is_nothing_about_the_advocate(share: Share, alice: Membership) -> None:
    """GDPR-1.a, GDPR-1.b: what they get of us names no deal and no prospect; erased, the words are
    gone, and what was shared stays a number of the deal. Opens say nothing of anybody.
    """
    Share.objects.update(recipient="Ms Berg")
    Opportunity.objects.update(name="Isdom, 200 seats")
    see(path_of(share))
    person = share.asset.advocate.reload()
    held = export_advocate(actor=Actor.member(alice), advocate=person)
    assert "activities.asset" in held["records"]
    assert not {"requests.share", "requests.shareopen"} & held["records"].keys()
    assert not any(word in json.dumps(held) for word in ("Berg", "200 seats"))
    erase_advocate(actor=Actor.member(alice), advocate=person, name=person.name, reason="Wish")
    share = share.reload()
    assert (share.recipient, share.opens) == ("Ms Berg", 1)
    assert not share.asset.reload().body
