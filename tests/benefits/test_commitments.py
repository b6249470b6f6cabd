"""What is promised against what there is, and a promise beyond it (BEN-10)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from advocacy import clock as clocks
from advocacy.tenancy.errors import Conflict
from advocacy.tenant_settings.services import change_settings
from advocates.models import Tier, TierStanding
from advocates.program.tiers.settings import TIERS_FAMILY
from benefits.catalogue.models import Benefit
from benefits.commitments.counting import Line, commitments, promises
from benefits.commitments.quarters import Quarter
from benefits.commitments.shortages import shortages
from benefits.entitlements.granting import follow_tiers
from benefits.entitlements.models import Entitlement
from benefits.entitlements.services import write_entitlement
from benefits.grants.models import Grant
from benefits.grants.services import cancel_grant, give_benefit
from benefits.points.services import give_points
from benefits.points.settings import POINT_SETTINGS
from tests.factories.advocates import EnrolledFactory, TierFactory
from tests.factories.giving import BenefitFactory, BudgetFactory, EntitlementFactory, GrantFactory
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def holders(tier: Tier, count: int, *, since: Any, **account: Any) -> list[Any]:
    """So many people on a tier since a moment."""
    values = {f"account__{name}": value for name, value in account.items()}
    people = [EnrolledFactory(account__gifts_allowed=True, **values) for _number in range(count)]
    TierStanding.objects.filter(advocate__in=people).update(tier=tier, since=since)
    return people


def line_of(benefit: Any, *, later: bool = False) -> Line:
    """What stands for a benefit in this quarter, or the next."""
    found = [line for line in commitments()[later].lines if line.benefit == benefit]
    return found[0] if found else Line(benefit)


def test_quarters() -> None:
    """BEN-10.a: of the calendar, over the turn of a year."""
    last = Quarter.of(date(2026, 12, 31))
    assert (last.starts_on, last.ends_on) == (date(2026, 10, 1), date(2026, 12, 31))
    assert last.moved(1) == Quarter(date(2027, 1, 1))
    assert last.moved(-4).ends_on == date(2025, 12, 31)
    assert [Quarter(date(2026, month, 1)).number for month in (1, 4, 7, 10)] == [1, 2, 3, 4]


def test_promised_against_what_there_is(program: Program, clock: Clock, client_for: Any) -> None:
    """BEN-10.a: entitlements of who holds the tier, per period, grants and prizes against stock,
    budget and what was delivered; the same that is granted then, and each number's rows.
    """
    quarter = Quarter.of(clock.now.date())
    clock.advance(days=(quarter.moved(1).starts_on - clock.now.date()).days + 1)
    this = Quarter.of(clock.now.date())
    assert clock.now.date() == this.starts_on + timedelta(days=1)
    tier = TierFactory()
    mug = BenefitFactory(cost=10, value=0, stock=4, category="swag")
    free = BenefitFactory(cost=0, value=0, category="networking")
    people = holders(tier, 3, since=clock.now)
    holders(tier, 1, since=clock.now, segment="enterprise")
    EntitlementFactory(tier=tier, benefit=mug, every_months=3)
    EntitlementFactory(tier=tier, benefit=free, is_automatic=True)
    here = {"benefit": mug, "cost": 10, "value": 0, "waits_for": []}
    old = Quarter.of(clock.now.date()).moved(-2).starts_on
    before = clock.now - (clock.now.date() - old)
    GrantFactory.create_batch(2, state="delivered", delivered_at=before, **here)
    GrantFactory(state="returned", delivered_at=before, **here)
    GrantFactory(state="delivered", delivered_at=clock.now, **here)
    GrantFactory(state="ordered", **here)
    BudgetFactory(amount=45, starts_on=this.starts_on, ends_on=this.ends_on)

    line = line_of(mug)
    assert (line.by_tier, line.by_hand, line.taken, line.prizes) == (4, 1, 1, 0)
    assert (line.delivered, line.past, line.stock, line.pace) == (1, [0, 0, 2, 0], 4, 2)
    assert (line.short_of_stock, line.beyond_pace) == (0, 4)
    fund = commitments()[0].funds[0]
    assert (fund.promised, fund.left, fund.short) == (40, 45, 0)
    # In three months again: nobody is left of the stock, and there is no budget.
    later = line_of(mug, later=True)
    assert (later.by_tier, later.stock, later.short_of_stock) == (4, 0, 4)
    assert commitments()[1].unfunded == 40
    assert line_of(free).promised == 0
    rows = promises(mug, this)
    assert len(rows) == line.promised
    assert {row.advocate_id for row in rows} >= {person.pk for person in people}
    assert len(promises(mug, this.moved(1))) == later.promised
    client, home = (
        client_for(program.manager),
        f"/t/{program.manager.tenant.slug}/grants/commitments",
    )
    page = client.get(f"{home}/").content.decode()
    assert "3 things are short" in page
    assert "at most 2 were delivered in any of the last four quarters" in page
    assert f'{home}/{mug.pk}/#this"' in page
    behind = client.get(f"{home}/{mug.pk}/").content.decode()
    for person in people:
        assert behind.count(f"/advocates/{person.pk}/") == 2  # this quarter and the next
    api = api_for(program.manager)
    first, second = api.get("grants/commitments/").json()
    shown = {row["benefit"]: row for row in second["lines"]}[str(mug.pk)]
    assert (shown["promised"], shown["stock"], shown["short_of_stock"]) == (4, 0, 4)
    assert (second["unfunded"], first["funds"][0]["promised"]) == ("40.00", "40.00")
    assert "4 too few" in " ".join(second["short"])
    behind_it = api.get(f"grants/promises/?benefit={mug.pk}&quarter=next").json()
    assert len(behind_it) == later.promised
    assert api.get("grants/promises/?quarter=last").status_code in (400, 422)
    # What was foreseen is what is granted.
    assert follow_tiers()[0] == line.by_tier + 4
    assert follow_tiers()[0] == 0
    assert (line_of(mug).by_tier, line_of(mug, later=True).by_tier) == (4, 4)

    redeemed = GrantFactory(state="approved", points=50, **here)
    assert line_of(mug).prizes == 1
    redeemed.delete()
    for _number in range(2):
        GrantFactory(state="planned", points=50, **here)
    assert (line_of(mug).prizes, line_of(mug).short_of_stock) == (2, 2)
    assert {key[0] for key in shortages()} == {"stock", "pace", "budget"}


def test_of_a_period_that_runs_one_only(program: Program, clock: Clock) -> None:
    """BEN-2.a: who has long been on a tier that brings something new gets the period that runs, and
    nothing for those that passed.
    """
    tier, mug = TierFactory(), BenefitFactory(cost=10, value=0)
    holders(tier, 1, since=clock.now - timedelta(days=250))
    EntitlementFactory(tier=tier, benefit=mug, every_months=3)
    assert [follow_tiers() for _night in range(3)] == [(1, 0), (0, 0), (0, 0)]
    (grant,) = Grant.objects.filter(benefit=mug)
    assert grant.period_on is not None
    assert (clocks.today(program.manager.zone) - grant.period_on).days < 95


def test_what_was_called_off_is_promised_no_more(program: Program, clock: Clock) -> None:
    """BEN-10.a, BEN-2.a: what is not granted again to who stands there still is not promised to
    them either; who comes back to the tier is owed it, and promised it.
    """
    tier, mug = TierFactory(), BenefitFactory(cost=10, value=0)
    (person,) = holders(tier, 1, since=clock.now - timedelta(days=5))
    EntitlementFactory(tier=tier, benefit=mug)
    assert (line_of(mug).by_tier, follow_tiers()[0]) == (1, 1)
    cancel_grant(actor=program.actor, grant=Grant.objects.get(), reason="Has three")
    assert (line_of(mug).by_tier, follow_tiers()[0]) == (0, 0)
    clock.advance(days=1)
    TierStanding.objects.filter(advocate=person).update(since=clock.now)
    assert (line_of(mug).by_tier, follow_tiers()[0]) == (1, 1)


def test_a_promise_beyond_warns(program: Program, clock: Clock, client_for: Any) -> None:
    """BEN-10.b: an entitlement for more than stock, budget or what was ever delivered warns before
    it is made and names what is short, in the form and over REST; it can be made anyway.
    """
    tier = TierFactory()
    holders(tier, 3, since=clock.now)
    mug = BenefitFactory(name="Mug", cost=10, value=0, stock=2)
    made = {"tier": tier, "benefit": mug}
    BudgetFactory(name="Autumn", amount=25)
    with pytest.raises(Conflict) as warned:
        write_entitlement(actor=program.actor, **made)
    said = warned.value.fields["anyway"]
    assert "“Mug”: 3 promised for quarter" in said
    assert "2 in stock: 1 too few" in said
    assert "“Autumn”: what is promised for quarter" in said
    assert "costs €30, and €25 is left: €5 too little" in said
    data = {"tier": str(tier.pk), "benefit": str(mug.pk), "is_on": True}
    api, client = api_for(program.manager), client_for(program.manager)
    refused = api.post("entitlements/", data)
    assert (refused.status_code, refused.json()["code"]) == (409, "over_committed")
    assert refused.json()["errors"]["anyway"] == [said]
    home = f"/t/{program.manager.tenant.slug}/entitlements"
    form = {**data, "every_months": "0", "segment": ""}
    assert 'type="hidden" name="anyway"' in client.get(f"{home}/new/").content.decode()
    page = client.post(f"{home}/new/", form)
    assert page.status_code == 409
    assert 'type="checkbox" name="anyway"' in page.content.decode()
    assert "1 too few" in page.content.decode()
    assert not Entitlement.objects.exists()
    assert client.post(f"{home}/new/", {**form, "anyway": "on"}).status_code == 302
    row = Entitlement.objects.get()
    # Less than before is no promise; more again is.
    assert api.patch(f"entitlements/{row.pk}/", {"is_on": False}).status_code == 200
    again = api.patch(f"entitlements/{row.pk}/", {"is_on": True})
    assert again.status_code == 409
    anyway = api.patch(f"entitlements/{row.pk}/", {"is_on": True, "anyway": True})
    assert anyway.status_code == 200
    assert "anyway" not in anyway.json()


def test_what_is_promised_to_others_is_not_given_away(program: Program, clock: Clock) -> None:
    """BEN-10.b: a grant by hand of a stock that a tier is promised, or of its money, warns; what
    waits for an approval because there is none does not, since somebody decides.
    """
    tier = TierFactory()
    holders(tier, 2, since=clock.now)
    mug = BenefitFactory(cost=0, value=0, stock=3, category="networking")
    EntitlementFactory(tier=tier, benefit=mug)
    give: dict[str, Any] = {
        "actor": program.actor,
        "advocate": program.advocate,
        "benefit": mug,
        "due_on": clock.now.date(),
    }
    assert give_benefit(**give).state == "approved"
    with pytest.raises(Conflict, match="2 promised for .*, 1 in stock"):
        give_benefit(**give)
    assert give_benefit(**give, anyway=True).state == "approved"
    assert mug.reload().stock == 1
    mug.stock = 0
    mug.save()
    assert give_benefit(**give).waits_for == ["stock"]
    BudgetFactory(amount=25)
    dear = BenefitFactory(cost=Decimal(10), value=0, category="networking")
    EntitlementFactory(tier=tier, benefit=dear)
    give["benefit"] = BenefitFactory(cost=Decimal(10), value=0, category="networking")
    with pytest.raises(Conflict, match="costs €20, and €15 is left: €5 too little"):
        give_benefit(**give)
    assert give_benefit(**give, anyway=True).state == "approved"


def test_more_seats_warn(program: Program, client_for: Any) -> None:
    """BEN-10.b: numbers of the tiers that bring more people a benefit there is too little of: said
    before they are saved, in the browser beside whom they move, over REST with what passes it.
    """
    gold = Tier.objects.get(code="gold")
    program.completed()
    dinner = BenefitFactory(name="Dinner", cost=0, value=0, stock=0, category="executive_access")
    EntitlementFactory(tier=gold, benefit=dinner)
    api = api_for(program.manager)
    refused = api.patch("settings/tiers/", {"gold_min_activities": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "over_committed")
    assert "“Dinner”: 1 promised" in refused.json()["errors"]["anyway"][0]
    assert gold.reload().min_activities == 2
    browser = client_for(program.manager)
    page = f"/t/{program.manager.tenant.slug}/settings/numbers/tiers/"
    typed = {k: "" if v is None else v for k, v in TIERS_FAMILY.load().items()}
    typed |= {k: ", ".join(v) for k, v in typed.items() if isinstance(v, tuple)}
    typed["gold_min_activities"] = 1
    told = browser.post(page, typed).content.decode()
    assert "This moves people" in told
    assert "1 promised for quarter" in told
    assert gold.reload().min_activities == 2
    token = told.split('name="confirmed" value="')[1].split('"')[0]
    assert browser.post(page, {**typed, "confirmed": token}).status_code == 302
    assert gold.reload().min_activities == 1
    back = api.post("settings/tiers/put-back/", {"keys": ["gold_min_activities"]})
    assert back.status_code == 200
    passed = api.patch("settings/tiers/", {"gold_min_activities": 1, "anyway": True})
    assert passed.status_code == 200, passed.content
    assert "anyway" not in passed.json()
    assert Grant.objects.filter(benefit=dinner, state="planned").count() == 1


def test_every_other_promise_warns(program: Program, clock: Clock, client_for: Any) -> None:
    """BEN-10.b: a tier set by hand, a benefit that is given again, a reward in the shop and one
    redeemed for somebody warn like an entitlement where there is too little, name what, and can be
    made anyway; in the form and over REST.
    """
    gold = Tier.objects.get(code="gold")
    change_settings(actor=program.actor, family=POINT_SETTINGS, values={"is_on": True})
    dinner = BenefitFactory(name="Dinner", cost=0, value=0, stock=0, category="networking")
    EntitlementFactory(tier=gold, benefit=dinner)
    program.completed()
    api, client = api_for(program.manager), client_for(program.manager)
    home = f"/t/{program.manager.tenant.slug}"
    until = str(clock.now.date() + timedelta(days=30))
    by_hand = {"advocate": str(program.advocate.pk), "tier": str(gold.pk), "until": until}
    by_hand["reason"] = "Opens our conference"
    refused = api.post("tier-overrides/", by_hand)
    assert (refused.status_code, refused.json()["code"]) == (409, "over_committed")
    assert "“Dinner”: 1 promised" in refused.json()["errors"]["anyway"][0]
    page = client.post(f"{home}/tier-overrides/new/", by_hand)
    assert (page.status_code, 'type="checkbox" name="anyway"' in page.text) == (409, True)
    made = api.post("tier-overrides/", {**by_hand, "anyway": True})
    assert made.status_code == 201, made.content
    assert "anyway" not in made.json()
    assert api.patch(f"benefits/{dinner.pk}/", {"is_on": False}).status_code == 200
    Grant.objects.filter(benefit=dinner).delete()
    again = api.patch(f"benefits/{dinner.pk}/", {"is_on": True})
    assert (again.status_code, again.json()["code"]) == (409, "over_committed")
    assert api.patch(f"benefits/{dinner.pk}/", {"is_on": True, "anyway": True}).status_code == 200
    reward = {"benefit": str(dinner.pk), "points": 10}
    refused = api.post("shop-items/", reward)
    assert (refused.status_code, refused.json()["code"]) == (409, "over_committed")
    page = client.post(f"{home}/shop-items/new/", {**reward, "is_on": "on"})
    assert (page.status_code, "“Dinner”" in page.text) == (409, True)
    item = api.post("shop-items/", {**reward, "anyway": True})
    assert item.status_code == 201, item.content
    Benefit.objects.filter(pk=dinner.pk).update(stock=1)
    holders(gold, 2, since=clock.now)
    give_points(actor=program.actor, advocate=program.advocate, points=50, reason="Helped a lot")
    body = {"advocate": str(program.advocate.pk), "key": str(uuid4())}
    refused = api.post(f"shop-items/{item.json()['id']}/redeem/", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "over_committed")
    passed = api.post(f"shop-items/{item.json()['id']}/redeem/", {**body, "anyway": True})
    assert passed.status_code == 200, passed.content
