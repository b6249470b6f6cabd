"""What a tier brings: on entry, each period, and no longer than the tier (BEN-2.a, TIER-6.c)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.reading import current
from advocates.accounts.services import update_account
from advocates.models import Tier, TierChange, TierStanding
from advocates.program.tiers.services import evaluate_tiers
from benefits.catalogue.models import Benefit
from benefits.catalogue.services import seed_benefits
from benefits.commitments.counting import promises
from benefits.commitments.quarters import Quarter
from benefits.entitlements.granting import follow_tiers, grant_nightly
from benefits.entitlements.models import Entitlement
from benefits.entitlements.seeds import ENTITLEMENTS, seed_entitlements
from benefits.entitlements.services import update_entitlement
from benefits.grants.models import Grant
from benefits.grants.presentation import waits_words
from benefits.grants.services import approve_grant, cancel_grant
from benefits.settings import Giving
from tests.factories.advocates import AccountFactory, EnrolledFactory
from tests.factories.giving import BenefitFactory, BudgetFactory, EntitlementFactory
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.threads import at_once
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def states(program: Program, benefit: Benefit) -> list[str]:
    """Of one benefit, what the person was granted, the oldest first."""
    rows = Grant.objects.filter(advocate=program.advocate, benefit=benefit)
    return list(rows.order_by("created_at", "period_on").values_list("state", flat=True))


def test_granted_on_entry_and_ended_on_leaving(program: Program) -> None:
    """TIER-6.c, BEN-2.a: in the transaction of the change; access is theirs at once and ends, what
    was promised is cancelled, by tier × segment (SEG-1.c); the person's timeline tells it.
    """
    silver = Tier.objects.get(code="silver")
    account = program.advocate.account
    account.segment, account.gifts_allowed = "smb", True
    account.save()
    channel, hoodie, dinner = (BenefitFactory(category=c, cost=k, value=k) for c, k in (
        ("networking", 0), ("swag", 35), ("executive_access", 0)
    ))  # fmt: skip
    EntitlementFactory(tier=silver, benefit=channel, is_automatic=True)
    EntitlementFactory(tier=silver, benefit=hoodie)
    EntitlementFactory(tier=silver, benefit=dinner, segment="enterprise")
    call = program.completed()
    assert states(program, channel) == ["delivered"]
    assert states(program, hoodie) == ["planned"]
    assert states(program, dinner) == []
    about = Event.objects.filter(subjects__subject_id=program.advocate.pk)
    assert about.filter(verb="grant.planned").count() == 2
    grant_nightly(program.advocate.tenant_id)  # type: ignore[attr-defined]
    assert states(program, hoodie) == ["approved"]
    unit = call.participation
    type(unit).objects.filter(pk=unit.pk).update(state="voided")
    evaluate_tiers(advocate_ids=[program.advocate.pk], why=TierChange.Why.VOIDED)
    assert states(program, hoodie) == ["cancelled"]
    ended = Grant.objects.get(advocate=program.advocate, benefit=channel)
    assert (ended.state, ended.ended_on is None) == ("delivered", False)
    assert about.filter(verb="grant.ended").count() == 2


def test_again_each_period_and_once_whatever_runs(program: Program, clock: Clock) -> None:
    """BEN-2.a: each period once, however often it runs, and one only after an outage; who leaves
    and comes back within a period gets no second gift; cost is committed to the budget.
    """
    silver, mug = Tier.objects.get(code="silver"), BenefitFactory(cost=10, value=0)
    program.advocate.account.gifts_allowed = True
    program.advocate.account.save()
    budget = BudgetFactory()
    program.completed()
    EntitlementFactory(tier=silver, benefit=mug, every_months=3)
    for _number in range(2):
        grant_nightly(program.advocate.tenant_id)  # type: ignore[attr-defined]
        assert states(program, mug) == ["approved"]
    assert Grant.objects.get(benefit=mug).budget == budget
    standing = TierStanding.objects.filter(advocate=program.advocate)
    Grant.objects.filter(benefit=mug).update(state="delivered")
    standing.update(since=clock.now)
    clock.advance(days=80)
    assert follow_tiers() == (0, 0)
    clock.advance(days=130)
    assert follow_tiers() == (1, 0)
    assert follow_tiers() == (0, 0)
    first, second = Grant.objects.filter(benefit=mug).order_by("period_on")
    assert first.period_on and second.period_on
    assert 150 < (second.period_on - first.period_on).days < 190


def test_the_starting_entitlements(scope: Tenant, program: Program) -> None:
    """TIER-1, SEG-1.c: the table's, premium for enterprises; seeding again changes nothing, and a
    company that allows no gifts gets none of them.
    """
    seed_benefits()
    for _number in range(2):
        seed_entitlements()
        assert Entitlement.objects.count() == len(ENTITLEMENTS)
    company = AccountFactory(segment="mid_market", gifts_allowed=False)
    who = EnrolledFactory(account=company)
    TierStanding.objects.filter(advocate=who).update(tier=Tier.objects.get(code="gold"))
    follow_tiers(advocate_ids=[who.pk])
    got = set(Grant.objects.filter(advocate=who).values_list("benefit__code", flat=True))
    assert {"meetup", "roadmap_preview"} <= got
    assert not got & {"useful_gadget", "personal_item"}


def test_a_tenant_from_before_begins_with_the_usual(program: Program, client_for: Any) -> None:
    """SEG-1.c: put in at one press, in the browser or over REST, with the warning of what they
    promise (BEN-10); what is there stays, and who leaves a size of company loses what was its.
    """
    seed_benefits()
    Benefit.objects.filter(code="learning_session").update(stock=0)
    client, api = client_for(program.manager), api_for(program.manager)
    home = f"/t/{program.manager.tenant.slug}/entitlements"
    assert "Put the usual ones in" in client.get(f"{home}/").content.decode()
    platinum = Tier.objects.get(code="platinum")
    account = program.advocate.account
    account.segment = "mid_market"
    account.save()
    program.completed()
    TierStanding.objects.filter(advocate=program.advocate).update(tier=platinum)
    warned = client.post(f"{home}/usual/", {})
    assert warned.status_code == 409
    assert "1 too few" in warned.content.decode()
    assert client.post(f"{home}/usual/", {"anyway": "on"}).status_code == 302
    assert Entitlement.objects.count() == len(ENTITLEMENTS)
    assert "Put the usual ones in" not in client.get(f"{home}/").content.decode()
    assert api.post("entitlements/usual/", {}).json() == {"made": 0}
    assert api_for(program.csm).post("entitlements/usual/", {}).status_code == 403
    follow_tiers()
    session = Benefit.objects.get(code="learning_session")
    dinner = Benefit.objects.get(code="executive_dinner")
    assert (states(program, session), states(program, dinner)) == (["planned"], [])
    update_account(actor=program.actor, account=account.reload(), segment="enterprise")
    assert (states(program, session), states(program, dinner)) == (["cancelled"], ["planned"])


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_grant_once(tenant: Tenant, alice: Membership) -> None:
    """BEN-2.a: two workers, the same night: each person gets it once."""
    with tenant_scope(tenant):
        people = [EnrolledFactory() for _number in range(3)]
        tier = Tier.objects.get(code="community")
        EntitlementFactory(tier=tier, benefit=BenefitFactory(category="networking", cost=0))

    def run(_number: int) -> int:
        with tenant_scope(tenant):
            return follow_tiers()[0]

    assert sum(at_once(4, run)) == len(people)
    with tenant_scope(tenant):
        assert Grant.objects.count() == len(people)


def test_a_companys_policy_holds_for_what_a_tier_brings(program: Program) -> None:
    """BEN-5.a: dearer than a company allows, or too much in a year: it waits, says why and what is
    right instead, and cannot be approved either.
    """
    account = program.advocate.account
    account.gifts_allowed, account.gift_maximum = True, 20
    account.save()
    hoodie = BenefitFactory()
    EntitlementFactory(tier=Tier.objects.get(code="silver"), benefit=hoodie)
    program.completed()
    grant_nightly(program.advocate.tenant_id)  # type: ignore[attr-defined]
    grant = Grant.objects.get(benefit=hoodie)
    assert (grant.state, grant.waits_for) == ("planned", ["policy"])
    assert "at most €20 a gift" in waits_words(grant)
    with pytest.raises(DomainError, match="at most €20 a gift"):
        approve_grant(actor=program.actor, grant=grant)


def test_what_ended_or_was_called_off_comes_again(program: Program, clock: Clock) -> None:
    """BEN-2.a, TIER-6.c: who loses and regains a tier's benefit within a day has it; what somebody
    called off is granted no more for its period, but for the next; another benefit in its place is
    granted as well.
    """
    silver, account = Tier.objects.get(code="silver"), program.advocate.account
    account.gifts_allowed, account.segment = True, "smb"
    account.save()
    channel, mug = BenefitFactory(category="networking", cost=0), BenefitFactory(cost=10)
    EntitlementFactory(tier=silver, benefit=channel, is_automatic=True, segment="smb")
    by_three = EntitlementFactory(tier=silver, benefit=mug, every_months=3)
    program.completed()
    assert (states(program, channel), states(program, mug)) == (["delivered"], ["planned"])
    for segment in ("enterprise", "smb"):
        type(account).objects.filter(pk=account.pk).update(segment=segment)
        follow_tiers()
    assert states(program, channel) == ["delivered", "delivered"]
    cancel_grant(actor=program.actor, grant=Grant.objects.get(benefit=mug), reason="Has three")
    assert follow_tiers() == (0, 0)
    clock.advance(days=100)
    assert follow_tiers()[0] == 1
    assert sorted(states(program, mug)) == ["cancelled", "planned"]
    bottle = BenefitFactory(cost=10)
    update_entitlement(actor=program.actor, entitlement=by_three, benefit=bottle)
    follow_tiers()
    assert states(program, bottle) == ["planned"]


def test_a_month_is_as_long_as_it_is(program: Program, clock: Clock) -> None:
    """BEN-2.a: who entered on the 31st gets it again on the last day of a shorter month, and on the
    31st after it; what is promised ahead has the same days (BEN-10.a).
    """
    silver, mug = Tier.objects.get(code="silver"), BenefitFactory(cost=0, value=0)
    program.completed()
    EntitlementFactory(tier=silver, benefit=mug, every_months=1)
    moved = datetime(2026, 3, 31, 10, tzinfo=UTC) - clock.now
    clock.advance(seconds=int(moved.total_seconds()))
    TierStanding.objects.filter(advocate=program.advocate).update(since=clock.now)
    ahead = [
        each.due_on - timedelta(days=current(Giving).promise_days)
        for each in promises(mug, Quarter.of(date(2026, 4, 1)))
    ]
    days = []
    for _day in range(95):
        follow_tiers()
        clock.advance(days=1)
        rows = Grant.objects.filter(benefit=mug).order_by("period_on")
        days = [str(row.period_on) for row in rows]
    assert days == ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]
    assert [str(day) for day in ahead] == ["2026-03-31", "2026-04-30", "2026-05-31"]
