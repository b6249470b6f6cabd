"""Points: earned, taken back, redeemed; badges, levels, board and shop (BEN-7)."""

from typing import Any, cast
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from activities.activities import completion
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.violations import violated
from advocates.models import Advocate, Tier
from advocates.people.merging import merge_advocates
from advocates.people.privacy import erase_advocate
from benefits.catalogue.models import Benefit
from benefits.grants import services as grants
from benefits.grants.models import Grant
from benefits.points.badges.models import Badge
from benefits.points.badges.seeds import BADGES, seed_badges
from benefits.points.badges.services import update_badge, write_badge
from benefits.points.board import board_of
from benefits.points.levels import level_of
from benefits.points.models import PointBalance, PointEntry, PointReason
from benefits.points.selectors import badges_of, balance_of
from benefits.points.services import give_points, reverse_points, show_on_board
from benefits.points.shop.models import ShopItem
from benefits.points.shop.services import put_in_shop, redeem
from tests.factories.advocates import AdvocateFactory, TierStandingFactory
from tests.factories.giving import (
    BadgeFactory,
    BenefitFactory,
    BudgetFactory,
    PointEntryFactory,
    ShopItemFactory,
)
from tests.support.cases import Cases
from tests.support.points import points_on
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def playing(program: Program) -> Program:
    """A program with points, whose advocate may be given gifts; without any badge."""
    points_on()
    program.advocate.account.gifts_allowed = True
    program.advocate.account.save()
    return program


def stands(advocate: Advocate) -> tuple[int, int, int]:
    """Earned in all, to spend, owed."""
    balance = balance_of(advocate)
    return balance.lifetime, balance.spendable, balance.owed


def give(program: Program, points: int = 100, reason: str = "Stood in for a speaker") -> PointEntry:
    return give_points(actor=program.actor, advocate=program.advocate, points=points, reason=reason)


def buy(program: Program, item: ShopItem, **values: Any) -> Grant:
    """By the advocate's own hand."""
    actor = Actor.advocate(program.advocate.pk)
    who = {"actor": actor, "advocate": program.advocate, "key": uuid4()}
    return redeem(item=item, **{**who, **values})


def trust(advocate: Advocate) -> None:
    """Put somebody on the tier from which nobody has to approve."""
    TierStandingFactory(advocate=advocate, tier=Tier.objects.get(code="gold"))


def test_off_until_the_tenant_wants_them(program: Program, client_for: Any) -> None:
    """BEN-7: nothing is earned, given, redeemed or shown; it says where to switch it on."""
    seed_badges()
    program.completed()
    item = ShopItemFactory()
    for attempt in (
        lambda: give(program),
        lambda: buy(program, item),
        lambda: show_on_board(
            actor=Actor.advocate(program.advocate.pk), advocate=program.advocate, on_board=True
        ),
    ):
        with pytest.raises(Conflict, match="Switch them on under Settings"):
            attempt()
    assert not PointEntry.objects.exists()
    slug, client = program.manager.tenant.slug, client_for(program.manager)
    assert "/points/" not in client.get(f"/t/{slug}/grants/").text
    points_on()
    assert f"/t/{slug}/points/" in client.get(f"/t/{slug}/grants/").text


def test_a_completed_activity_earns_by_effort_once(playing: Program) -> None:
    """BEN-7.a, TIER-7.b: by effort, some types twice, history from a spreadsheet nothing; void
    takes it back, and its row says so; each source and milestone pays once, whoever writes.
    """
    points_on(double_types=["case_study"])
    call = playing.completed()
    playing.completed("case_study")
    playing.completed("short_reference_call", imported=True)
    assert stands(playing.advocate) == (230, 230, 0)
    told = Event.objects.filter(verb="points.earned", subjects__subject_id=playing.advocate.pk)
    assert told.count() == 2
    row = PointEntry.objects.get(source_id=call.pk)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PointEntry.objects.create(
            advocate=row.advocate, source="activity", source_id=call.pk, milestone="completed",
            points=30,
        )  # fmt: skip
    assert violated(refused.value)[0] == "points_once"
    completion.void_activity(actor=playing.actor, activity=call, reason="Another one's")
    assert stands(playing.advocate) == (200, 200, 0)
    with pytest.raises(Conflict, match="taken back already"):
        reverse_points(actor=playing.actor, entry=row, reason="Once more")


def test_a_review_earns_nothing_at_any_door(playing: Program) -> None:
    """BEN-4.a, BEN-7.a: not by completing, not by hand, not as a badge or towards one, not in the
    settings; the database refuses a row for one, and a rewarded activity that becomes one.
    """
    seed_badges()
    review, call = playing.completed("review", detail="G2"), playing.completed()
    assert {row.source_id for row in PointEntry.objects.filter(source="activity")} == {call.pk}
    assert [badge.code for badge in badges_of(playing.advocate)] == ["first"]
    with pytest.raises(DomainError, match="never rewarded") as words:
        give(playing, reason="For her G2 review")
    assert set(words.value.fields) == {"reason"}
    for name in ("name", "description"):
        with pytest.raises(DomainError, match="never rewarded"):
            write_badge(
                actor=playing.actor, rule="completed", threshold=1,
                **{"name": "Star", name: "Five reviews"},
            )  # fmt: skip
    with pytest.raises(DomainError, match="never rewarded"):
        update_badge(actor=playing.actor, badge=Badge.objects.first(), name="Reviewer: a review")
    api = api_for(playing.manager)
    assert api.patch("settings/points/", {"double_types": ["review"]}).status_code == 422
    kind = playing.type("review")
    for attempt in (
        lambda: PointEntry.objects.create(
            advocate=playing.advocate, source="activity", source_id=review.pk, points=5,
            milestone="completed",
        ),
        lambda: type(call).objects.filter(pk=call.pk).update(activity_type=kind),
    ):  # fmt: skip
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            attempt()
        assert violated(refused.value)[0] == "points_never_for_review"


def test_the_ledger_only_grows(playing: Program, each: Cases) -> None:
    """BEN-7.a: no row is changed or deleted; a reversal undoes one row of the same person wholly,
    once; nobody spends what is not there, also by SQL.
    """
    row = give(playing)
    rows = PointEntry.objects.filter(pk=row.pk)
    for change in (lambda: rows.update(points=1000), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    odd: dict[str, dict[str, Any]] = {
        "part of it": {"points": -50, "reverses": row.pk},
        "somebody else's": {"points": -100, "reverses": row.pk, "advocate": AdvocateFactory()},
        "no row": {"points": -100, "reverses": uuid7()},
        "taken": {"points": -100},
        "spent": {"points": -101, "source": "redemption"},
    }
    base = {"advocate": playing.advocate, "source": "hand", "source_id": row.source_id}
    for which, values in odd.items():
        with each(which), pytest.raises(IntegrityError), transaction.atomic():
            PointEntry.objects.create(**{**base, "milestone": "odd", **values})
    assert stands(playing.advocate) == (100, 100, 0)


def test_by_hand_within_bounds_and_with_a_reason(playing: Program) -> None:
    """BEN-7.a: given and taken back by who runs the program, up to the tenant's limit; why is words
    that an erasure takes, while the numbers stay.
    """
    points_on(hand_most=200)
    for points in (0, -5, 201):
        with pytest.raises(DomainError, match="from 1 to 200"):
            give(playing, points)
    with pytest.raises(DomainError) as words:
        give(playing, reason=" ")
    assert set(words.value.fields) == {"reason"}
    with pytest.raises(NotAllowed):
        give_points(
            actor=Actor.member(playing.csm), advocate=playing.advocate, points=5, reason="Nice"
        )
    row = give(playing, 150)
    undone = reverse_points(actor=playing.actor, entry=row, reason="Ana did it")
    assert stands(playing.advocate) == (0, 0, 0)
    assert (undone.points, undone.reverses, undone.by) == (-150, row.pk, playing.manager)
    with pytest.raises(Conflict):
        reverse_points(actor=playing.actor, entry=undone, reason="Back again")
    name = playing.advocate.name
    erase_advocate(
        actor=playing.actor, advocate=playing.advocate, name=name, reason="They asked for it"
    )
    assert set(PointReason.objects.values_list("text", flat=True)) == {""}
    assert PointEntry.objects.count() == 2


def test_what_was_spent_and_taken_back_is_owed(playing: Program) -> None:
    """BEN-7.a: no balance below zero; what is earned next pays first. Of two people who become one,
    points come together, and a badge both had counts once.
    """
    badge = BadgeFactory(threshold=1, points=10)
    call = playing.completed()
    buy(playing, ShopItemFactory(points=35))
    completion.void_activity(actor=playing.actor, activity=call, reason="Another one's")
    assert stands(playing.advocate) == (0, 0, 35)
    with pytest.raises(Conflict, match="too few points"):
        buy(playing, ShopItemFactory(points=1))
    give(playing, 40)
    assert stands(playing.advocate) == (40, 5, 0)
    playing.completed()
    assert stands(playing.advocate) == (80, 45, 0)
    double = AdvocateFactory(account=playing.advocate.account)
    playing.completed(advocate=double)
    kept = merge_advocates(actor=playing.actor, kept=playing.advocate, gone=double)
    assert stands(kept) == (110, 75, 0)
    assert badges_of(kept) == [badge]


def test_badges_by_the_tenants_rules(playing: Program) -> None:
    """BEN-7.a: won at the threshold, once; lost with what was recorded in error and won again, not
    with a threshold that was raised, nor again after a colleague took one back.
    """
    seed_badges()
    assert Badge.objects.count() == len(BADGES)
    pair = write_badge(actor=playing.actor, name="Pair", rule="completed", threshold=2, points=7)
    each_effort = Badge.objects.get(code="all_round")
    first = playing.completed()
    playing.completed("short_reference_call")
    assert pair in badges_of(playing.advocate)
    update_badge(actor=playing.actor, badge=pair, threshold=3)
    second = playing.completed("case_study")
    assert each_effort in badges_of(playing.advocate)
    completion.void_activity(actor=playing.actor, activity=second, reason="Another one's")
    assert each_effort not in badges_of(playing.advocate)
    assert pair not in badges_of(playing.advocate)
    playing.completed("case_study")
    assert {pair, each_effort} <= set(badges_of(playing.advocate))
    won = PointEntry.objects.get(source_id=each_effort.pk, milestone="won-2")
    reverse_points(actor=playing.actor, entry=won, reason="Was somebody else")
    playing.planned()
    playing.completed()
    assert each_effort not in badges_of(playing.advocate)
    assert first.state == "completed"


def test_history_brings_badges_and_takes_them_along(playing: Program) -> None:
    """BEN-7.a: what was imported earns no points and counts towards badges; voided, it counts no
    more.
    """
    pair = write_badge(actor=playing.actor, name="Pair", rule="completed", threshold=2, points=7)
    old = playing.completed("short_reference_call", imported=True)
    playing.completed()
    assert pair in badges_of(playing.advocate)
    completion.void_activity(actor=playing.actor, activity=old, reason="Another one's")
    assert pair not in badges_of(playing.advocate)


def test_levels_by_what_was_earned_in_all(playing: Program) -> None:
    """BEN-7.a: the tenant's thresholds and names; spending costs no level."""
    points_on(level_2_name="Ally", level_2_from=50)
    give(playing, 60)
    buy(playing, ShopItemFactory(points=55))
    level = level_of(balance_of(playing.advocate).lifetime)
    assert (level.number, level.name, level.missing) == (2, "Ally", 240)
    assert (level_of(10_000).number, level_of(10_000).missing) == (4, None)
    api = api_for(playing.manager)
    refused = api.patch("settings/points/", {"level_3_from": 50})
    assert refused.status_code == 422, refused.content
    assert "More than the 50" in refused.content.decode()


def test_only_who_chose_it_is_on_the_board(playing: Program) -> None:
    """BEN-7.b: opt-in by the advocate alone, per group; nobody's points, and a name as its owner
    allows (VIS-1).
    """
    me, account = playing.advocate, playing.advocate.account
    account.segment = "enterprise"
    account.save()
    people = {
        "Nora": {"disclosure": "named", "account__segment": "enterprise"},
        "Shy": {"account__segment": "enterprise"},
        "Small": {"disclosure": "named", "account__segment": "smb"},
        "Absent": {"disclosure": "named", "account__segment": "enterprise"},
    }
    for number, (name, values) in enumerate(people.items()):
        who = AdvocateFactory(first_name=name, account__name="Zeta", **values)
        PointEntryFactory(advocate=who, points=700 - number)
        if name != "Absent":
            show_on_board(actor=Actor.advocate(who.pk), advocate=who, on_board=True)
    give(playing, 50)
    assert not any(place.is_me for place in board_of(me).places)
    with pytest.raises(NotAllowed):
        show_on_board(actor=playing.actor, advocate=me, on_board=True)
    show_on_board(actor=Actor.advocate(me.pk), advocate=me, on_board=True)
    lines = [(place.number, place.name) for place in board_of(me).places]
    shy = "Somebody from the program"
    assert lines == [(1, "Nora, Z."), (2, shy), (3, "Small, Z."), (4, "You")]
    points_on(board_by="segment", board_size=1)
    board = board_of(me)
    assert [(place.number, place.name) for place in board.places] == [(1, "Nora, Z."), (3, "You")]
    assert "7" not in repr(board)


def test_a_redemption_is_a_grant_by_approval_or_trust(playing: Program) -> None:
    """BEN-7.c: it waits for an approval, or is automatic for the trusted; a refusal and what came
    back give the points back; the same press twice is one redemption.
    """
    me, item = playing.advocate, ShopItemFactory(benefit__stock=3)
    give(playing, 200)
    key = uuid4()
    grant = buy(playing, item, key=key)
    assert (grant.state, grant.waits_for, grant.points) == ("planned", ["points"], 40)
    assert buy(playing, item, key=key) == grant
    assert stands(me) == (200, 160, 0)
    with pytest.raises(DomainError, match="take a new one"):
        buy(playing, ShopItemFactory(), key=key)
    grants.cancel_grant(actor=playing.actor, grant=grant, reason="Not now")
    assert stands(me) == (200, 200, 0)
    trust(me)
    taken = buy(playing, item)
    assert (taken.state, taken.owner) == ("approved", playing.csm)
    assert item.benefit.reload().stock == 2
    spent = PointEntry.objects.get(source_id=taken.pk)
    with pytest.raises(Conflict, match="Cancel the benefit"):
        reverse_points(actor=playing.actor, entry=spent, reason="Take it back")
    grants.deliver_grant(actor=playing.actor, grant=taken)
    grants.return_grant(actor=playing.actor, grant=taken, reason="Unknown address")
    assert (item.benefit.reload().stock, stands(me)) == (3, (200, 200, 0))
    with pytest.raises(NotAllowed):
        buy(playing, item, actor=Actor.advocate(uuid4()))


def test_redeeming_keeps_to_policy_budget_and_stock(playing: Program) -> None:
    """BEN-7.c, BEN-5: never a second road; what is refused costs no points."""
    me, account = playing.advocate, playing.advocate.account
    trust(me)
    give(playing, 500)
    last = ShopItemFactory(benefit__stock=1)
    points_on(trusted_tier="nobody")
    assert buy(playing, last).state == "planned"
    points_on()
    with pytest.raises(Conflict, match="left. Nothing was redeemed"):
        buy(playing, last)
    budget = BudgetFactory(amount=10)
    assert buy(playing, ShopItemFactory()).waits_for == ["budget"]
    budget.delete()
    account.gifts_allowed = False
    account.save()
    with pytest.raises(DomainError, match="no gifts"):
        buy(playing, ShopItemFactory())
    off = ShopItemFactory(is_on=False)
    with pytest.raises(Conflict, match="not in the shop any more"):
        buy(playing, off)
    with pytest.raises(DomainError, match="in the shop already"):
        put_in_shop(actor=playing.actor, benefit=off.benefit, points=5)
    assert stands(me) == (500, 420, 0)


@pytest.mark.django_db(transaction=True)
def test_sixty_four_at_once_oversell_neither_points_nor_stock(
    tenant: Tenant, alice: Membership
) -> None:
    """BEN-7.a, BEN-7.c: one balance for three of 32 presses, a stock of four for 32 people, and
    every key pressed twice: exactly so many, whatever comes first.
    """
    with tenant_scope(tenant):
        points_on()
        mug, pen = ShopItemFactory(points=10), ShopItemFactory(points=5, benefit__stock=4)
        rich = AdvocateFactory(account__gifts_allowed=True)
        PointEntryFactory(advocate=rich, points=39)
        others = [AdvocateFactory(account=rich.account) for _number in range(16)]
        for who in others:
            PointEntryFactory(advocate=who, points=5)
    keys = [uuid4() for _number in range(16)]

    def press(number: int) -> int:
        half, place = divmod(number, 32)
        who, item = (others[place % 16], pen) if half else (rich, mug)
        key = keys[place % 16] if half else uuid4()
        try:
            with tenant_scope(tenant):
                redeem(actor=Actor.advocate(who.pk), advocate=who, item=item, key=key)
        except (Conflict, DomainError):
            return 0
        return 1

    at_once(64, press)
    with tenant_scope(tenant):
        assert Grant.objects.filter(benefit=mug.benefit).count() == 3
        assert stands(rich) == (39, 9, 0)
        assert Grant.objects.filter(benefit=pen.benefit).count() == 4
        spent = PointBalance.objects.filter(advocate__in=others, redeemed=5).count()
        assert spent == 4
        for grant in Grant.objects.filter(benefit=pen.benefit):
            grants.approve_grant(actor=Actor.member(alice), grant=grant)
        assert Benefit.objects.get(pk=pen.benefit_id).stock == 0


def test_in_a_browser_and_over_rest(playing: Program, client_for: Any) -> None:
    """BEN-7.a, BEN-7.c: a colleague gives, takes back, fills the shop and redeems for somebody; the
    ledger is filtered; the person's page shows level and balance.
    """
    me, manager = playing.advocate, playing.manager
    client, home = client_for(manager), f"/t/{manager.tenant.slug}"
    data = {"advocate": str(me.pk), "points": "120", "reason": "Stood in for a speaker"}
    assert client.post(f"{home}/points/new/", data).status_code == 302
    row = PointEntry.objects.get()
    listed = client.get(f"{home}/points/", {"source": "hand"}).text
    assert "Stood in for a speaker" in listed
    assert "Stood in" not in client.get(f"{home}/points/", {"source": "badge"}).text
    card = client.get(f"{home}/advocates/{me.pk}/").text
    assert "Supporter" in card
    assert "120 points to spend" in card
    api = api_for(manager)
    benefit = BenefitFactory(name="Fountain pen")
    made = api.post("shop-items/", {"benefit": str(benefit.pk), "points": 30})
    assert made.status_code == 201, made.content
    body = {"advocate": str(me.pk), "key": str(uuid4())}
    for _twice in range(2):
        bought = api.post(f"shop-items/{made.json()['id']}/redeem/", body)
        assert (bought.status_code, bought.json()["waiting"]) == (200, 1), bought.content
    (balance,) = api.get(f"point-balances/?advocate={me.pk}").json()["results"]
    assert (balance["lifetime"], balance["can_spend"], balance["owes"]) == (120, 90, 0)
    undone = api.post(f"points/{row.pk}/take-back/", {"reason": "Ana did it"})
    assert undone.json()["is_undone"], undone.content
    entries = api.get("points/?source=hand").json()["results"]
    assert [entry["points"] for entry in entries] == [-120, 120]
    page = client.get(f"{home}/points/{row.pk}/").text
    assert "taken back" in page
    assert f"{home}/points/{row.pk}/reverse/" not in page


def test_an_advocates_own_page(playing: Program, client_for: Any) -> None:
    """BEN-7.a to BEN-7.c: points, level, badges, shop and board on the personal link; a reward by
    one tap and a yes, once however often it is sent; off, there is no such page.
    """
    from tests.portal.conftest import path_for

    BadgeFactory(name="First step", threshold=1, points=0)
    playing.completed()
    item = ShopItemFactory(benefit__name="Fountain pen", points=20)
    dear = ShopItemFactory(benefit__name="Espresso machine", points=900)
    browser, page = client_for(None), path_for(playing, "points")
    assert "Your points" in browser.get(path_for(playing)).text
    shown = browser.get(page).text
    for words in ("Friend", "30 points to spend", "First step", "Fountain pen", "870 more to go"):
        assert words in shown, words
    asked = browser.get(page, {"item": str(item.pk)}).text
    key = asked.split('name="key" value="')[1].split('"')[0]
    body = {"say": "redeem", "item": str(item.pk), "key": key}
    for _twice in range(2):
        assert browser.post(page, body).status_code == 302
    assert Grant.objects.filter(advocate=playing.advocate).count() == 1
    refused = browser.post(page, {**body, "item": str(dear.pk), "key": str(uuid4())})
    assert refused.status_code == 409
    assert "too few points" in refused.text
    assert browser.post(page, {"say": "join"}).status_code == 302
    assert "Take me off it" in browser.get(page).text
    points_on(is_on=False)
    assert browser.get(page).status_code == 404
    assert "Your points" not in browser.get(path_for(playing)).text


def test_every_list_is_there(playing: Program, client_for: Any) -> None:
    """BEN-7: ledger, balances, badges and shop are tabs of Benefits for who may see them."""
    client, slug = client_for(playing.csm), playing.manager.tenant.slug
    shown = client.get(reverse("points:list", args=[slug])).text
    for name in ("point-balances", "badges", "shop-items"):
        assert reverse(f"{name}:list", args=[slug]) in shown
    assert reverse("points:new", args=[slug]) not in shown
    assert cast("Any", client.get(reverse("points:new", args=[slug]))).status_code == 403
