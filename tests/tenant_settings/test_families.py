"""What the families change, who may, and whom a change moves (SET-1.a, b, d, m)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from advocacy.identity.services.invitations import invite_member
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import Moved, change_settings, preview_change, put_back
from advocates.accounts.services import update_account
from advocates.joining.criteria import criteria_of
from advocates.joining.services import nominate_advocate
from advocates.joining.settings import RECRUITING
from advocates.joining.work import waiting_for_decision
from advocates.models import Capacity, ProgramPolicy, Tier, TierStanding
from advocates.moments.selectors import fresh_moments_of
from advocates.moments.work import waiting as moments_waiting
from advocates.program.catalogue.services import update_activity_type
from advocates.program.settings import CAPACITY
from advocates.program.tiers.settings import TIERS_FAMILY
from portal.services.links import open_portal
from portal.settings import COMMUNICATION
from tests.advocates.tiers import GOLD, standing, tier_of
from tests.factories.advocates import AdvocateFactory, EnrolledFactory, catalogued, did
from tests.factories.moments import MomentFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.rest import api_for
from tests.support.time import Clock

SYSTEM = Actor.system("tests")
TIERS_PAGE = "/t/acme/settings/numbers/tiers/"
CAPACITY_PAGE = "/t/acme/settings/numbers/capacity/"


# -- tiers ---------------------------------------------------------------------------------------


def test_a_higher_minimum_says_whom_it_moves_before_it_is_saved(
    scope: Tenant, clock: Clock
) -> None:
    """SET-1.a, SET-1.m: names and count; nothing stays of the preview."""
    ada = EnrolledFactory(first_name="Ada", last_name="Gold", history=GOLD)
    EnrolledFactory(first_name="Sil", last_name="Ver", history=["testimonial"])
    values = {"gold_min_activities": 3}
    told = preview_change(actor=SYSTEM, family=TIERS_FAMILY, values=values)
    assert told == [Moved("Gold", "Gold, in grace", 1, ("Ada Gold",))]
    assert Tier.objects.get(code="gold").min_activities == 2
    assert standing(ada).grace_until is None
    change_settings(actor=SYSTEM, family=TIERS_FAMILY, values=values)
    assert Tier.objects.get(code="gold").min_activities == 3
    assert standing(ada).grace_until is not None
    put_back(actor=SYSTEM, family=TIERS_FAMILY, keys=["gold_min_activities"])
    assert standing(ada).grace_until is None


def test_lower_minimums_promote_and_fewer_seats_put_in_grace(scope: Tenant, clock: Clock) -> None:
    """SET-1.a: it counts at once."""
    ada = EnrolledFactory(history=["testimonial"])
    change_settings(actor=SYSTEM, family=TIERS_FAMILY, values={"gold_min_activities": 1})
    assert tier_of(ada) == "gold"
    change_settings(actor=SYSTEM, family=TIERS_FAMILY, values={"gold_seats_percent": Decimal(0)})
    assert standing(ada).grace_until is not None


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"platinum_min_activities": 1}, "platinum_min_activities"),
        ({"platinum_min_high_effort": 5}, "platinum_min_high_effort"),
        ({"silver_min_high_effort": 1}, "gold_min_high_effort"),
        ({"gold_guide_low": 30}, "gold_guide_high"),
        ({"gold_guide_low": None}, "gold_guide_low"),
        ({"gold_expected_max": 1}, "gold_expected_max"),
        ({"silver_guide_low": 90, "silver_guide_high": 95}, "platinum_guide_low"),
        ({"platinum_seats_percent": Decimal("5.005")}, "platinum_seats_percent"),
        ({"platinum_seats_percent": Decimal(101)}, "platinum_seats_percent"),
        ({"community_entitlements": ["x" * 101]}, "community_entitlements"),
        ({"grace_days": -1}, "grace_days"),
    ],
)
def test_tiers_are_checked_as_a_whole(scope: Tenant, values: dict[str, Any], key: str) -> None:
    """SET-1.l: order, sums and ranges."""
    with pytest.raises(DomainError) as refused:
        change_settings(actor=SYSTEM, family=TIERS_FAMILY, values=values)
    assert key in refused.value.fields


def test_the_page_tells_and_asks_once_more(
    tenant: Tenant, alice: Membership, client_for: Any, clock: Clock
) -> None:
    """SET-1.m: the first press shows whom it moves, the second saves; other numbers then tell
    anew.
    """
    with tenant_scope(tenant):
        ada = EnrolledFactory(first_name="Ada", last_name="Gold", history=GOLD)
        typed = {k: "" if v is None else v for k, v in TIERS_FAMILY.load().items()}
        typed |= {k: ", ".join(v) for k, v in typed.items() if isinstance(v, tuple)}
    browser = client_for(alice)
    first = browser.post(TIERS_PAGE, {**typed, "gold_min_activities": 3})
    text = first.content.decode()
    assert first.status_code == 200
    assert "Ada Gold" in text
    assert "Nothing is saved yet" in text
    token = text.split('name="confirmed" value="')[1].split('"')[0]
    with tenant_scope(tenant):
        assert Tier.objects.get(code="gold").min_activities == 2
    other = browser.post(TIERS_PAGE, {**typed, "gold_min_activities": 4, "confirmed": token})
    assert other.status_code == 200
    second = browser.post(TIERS_PAGE, {**typed, "gold_min_activities": 3, "confirmed": token})
    assert second.status_code == 302
    with tenant_scope(tenant):
        assert standing(ada).grace_until is not None
    back = browser.post(TIERS_PAGE, {"put_back": "gold_min_activities"})
    assert "Gold, in grace → Gold" in back.content.decode()
    token = back.content.decode().split('name="confirmed" value="')[1].split('"')[0]
    assert browser.post(TIERS_PAGE, {**typed, "confirmed": token}).status_code == 302
    with tenant_scope(tenant):
        assert TierStanding.objects.get(advocate=ada).grace_until is None


def test_whom_it_moves_over_rest(
    tenant: Tenant, membership: Callable[..., Membership], clock: Clock
) -> None:
    """SET-1.j, SET-1.m: the same answer from the preview's address."""
    with tenant_scope(tenant):
        EnrolledFactory(first_name="Ada", last_name="Gold", history=GOLD)
    api = api_for(membership(Role.PROGRAM_MANAGER))
    here = "/api/v1/settings/tiers/"
    told = api.post(f"{here}preview/", {"gold_min_activities": 3}).json()
    assert told == [
        {"before": "Gold", "after": "Gold, in grace", "count": 1, "names": ["Ada Gold"]}
    ]
    assert api.get(here).json()["gold_min_activities"] == 2
    changed = api.patch(here, {"platinum_seats_percent": "7.5", "gold_entitlements": ["Dinner"]})
    assert changed.json()["platinum_seats_percent"] == "7.50"
    assert changed.json()["gold_entitlements"] == ["Dinner"]
    assert (
        api.patch(here, {"platinum_seats_percent": None}).json()["platinum_seats_percent"] is None
    )


# -- capacity ------------------------------------------------------------------------------------


def test_a_lower_cap_says_who_is_over_it(scope: Tenant, clock: Clock) -> None:
    """SET-1.d, SET-1.m."""
    ada = EnrolledFactory(first_name="Ada", last_name="Busy")
    EnrolledFactory()
    did(ada, "testimonial", days_ago=100)
    did(ada, "testimonial", days_ago=200)
    told = preview_change(actor=SYSTEM, family=CAPACITY, values={"yearly_cap": 1})
    assert [(each.after, each.names) for each in told] == [("over the yearly limit", ("Ada Busy",))]
    assert Capacity.objects.get(advocate=ada).allowance == 6


def test_what_blocks_only_an_admin_changes(
    scope: Tenant, alice: Membership, membership: Callable[..., Membership]
) -> None:
    """SET-1.d, SET-1.j, CAP-5.b: a guardrail that warns is the program manager's as well."""
    manager, admin = Actor.member(alice), Actor.member(membership(Role.ADMIN))
    for values in ({"yearly_cap": 5}, {"days_between_asks": 7}, {"recovery_mode": "warn"}):
        with pytest.raises(NotAllowed):
            change_settings(actor=manager, family=CAPACITY, values=values)
        with pytest.raises(NotAllowed):
            preview_change(actor=manager, family=CAPACITY, values=values)
        change_settings(actor=admin, family=CAPACITY, values=values)
    change_settings(actor=manager, family=CAPACITY, values={"recovery_days": 7})
    with pytest.raises(NotAllowed):
        change_settings(actor=manager, family=CAPACITY, values={"recovery_mode": "block"})
    policy = ProgramPolicy.objects.get()
    assert (policy.yearly_cap, policy.days_between_asks) == (5, 7)
    assert (policy.recovery_mode, policy.recovery_days) == ("warn", 7)
    kind = catalogued("testimonial")
    update_activity_type(actor=manager, activity_type=kind, minutes_high=40)
    with pytest.raises(NotAllowed):
        update_activity_type(actor=manager, activity_type=kind, per_year=9)
    update_activity_type(actor=admin, activity_type=kind, per_year=9)


def test_the_page_keeps_what_blocks_from_a_manager(
    tenant: Tenant, alice: Membership, client_for: Any
) -> None:
    """SET-1.d: shown, not to be changed; a form that sends it all the same changes nothing."""
    browser = client_for(alice)
    text = browser.get(CAPACITY_PAGE).content.decode()
    assert "an administrator changes it" in text
    assert browser.post(CAPACITY_PAGE, {"yearly_cap": "1"}).status_code == 302
    with tenant_scope(tenant):
        assert CAPACITY.load()["yearly_cap"] == 6
    api = api_for(alice)
    assert api.patch("/api/v1/settings/capacity/", {"yearly_cap": 1}).status_code == 403


# -- recruiting ----------------------------------------------------------------------------------


def test_thresholds_say_whom_they_move(scope: Tenant, clock: Clock) -> None:
    """SET-1.b, SET-1.m: held accounts and candidates."""
    EnrolledFactory(first_name="Ada", last_name="Held", account__health=65)
    told = preview_change(actor=SYSTEM, family=RECRUITING, values={"health_hold_below": 70})
    assert [(each.after, each.names) for each in told] == [
        ("the account's health holds", ("Ada Held",))
    ]
    with pytest.raises(DomainError) as refused:
        change_settings(actor=SYSTEM, family=RECRUITING, values={"health_warn_below": 50})
    assert "60" in refused.value.fields["health_warn_below"]


def test_a_candidate_by_the_tenants_own_thresholds(scope: Tenant, clock: Clock) -> None:
    """SET-1.b, IDN-1: health, tenure, NPS and the ideal customer."""
    today = clock.now.date()
    ada = AdvocateFactory(
        status="candidate",
        nps=8,
        nps_on=today,
        account__health=75,
        account__customer_since=today.replace(year=today.year - 1),
        account__industry="Retail",
        account__segment="smb",
        account__region="",
    )

    def met() -> dict[str, bool | None]:
        return {each.code: each.met for each in criteria_of(ada)}

    assert (met()["health"], met()["nps"], met()["fit"]) == (False, False, None)
    values = {"health_from": 70, "nps_from": 8, "profile_industries": ["retail"]}
    told = preview_change(actor=SYSTEM, family=RECRUITING, values=values)
    assert [each.after for each in told] == ["candidate, meets the thresholds"]
    change_settings(actor=SYSTEM, family=RECRUITING, values=values)
    assert (met()["health"], met()["nps"], met()["fit"]) == (True, True, True)
    change_settings(actor=SYSTEM, family=RECRUITING, values={"profile_sizes": ["enterprise"]})
    assert met()["fit"] is False
    change_settings(
        actor=SYSTEM,
        family=RECRUITING,
        values={"profile_sizes": [], "profile_regions": ["emea"], "tenure_months": 24},
    )
    assert (met()["fit"], met()["tenure"]) == (None, False)


def test_sizes_of_companies(scope: Tenant, clock: Clock) -> None:
    """SET-1.b, SET-1.m, ACC-1.a: from how many employees on; what was set by hand stays."""
    big = EnrolledFactory(first_name="Ada", last_name="Big")
    update_account(actor=SYSTEM, account=big.account, employees=400, segment="")
    chosen = EnrolledFactory()
    update_account(actor=SYSTEM, account=chosen.account, employees=400, segment="smb")
    assert big.account.reload().segment == "mid_market"
    values = {"enterprise_from": 300}
    told = preview_change(actor=SYSTEM, family=RECRUITING, values=values)
    of_size = "at a company of the size: "
    assert told == [Moved(f"{of_size}Mid-market", f"{of_size}Enterprise", 1, ("Ada Big",))]
    assert big.account.reload().segment == "mid_market"
    change_settings(actor=SYSTEM, family=RECRUITING, values=values)
    assert (big.account.reload().segment, chosen.account.reload().segment) == ("enterprise", "smb")
    update_account(actor=SYSTEM, account=big.account, employees=299)
    assert big.account.reload().segment == "mid_market"
    with pytest.raises(DomainError) as refused:
        change_settings(actor=SYSTEM, family=RECRUITING, values={"mid_market_from": 300})
    assert "300" in refused.value.fields["enterprise_from"]


def test_moments_wait_as_long_as_the_tenant_says(
    tenant: Tenant, alice: Membership, clock: Clock
) -> None:
    """SET-1.b, MOM-1.b."""
    with tenant_scope(tenant):
        MomentFactory(account__owner=alice, happened_on=clock.now.date() - timedelta(days=20))
        assert fresh_moments_of(alice).count() == 1
        due = moments_waiting(alice).get().due  # type: ignore[attr-defined]
        change_settings(actor=SYSTEM, family=RECRUITING, values={"react_days": 10})
        later = moments_waiting(alice).get().due  # type: ignore[attr-defined]
        assert later - due == timedelta(days=3)
        change_settings(actor=SYSTEM, family=RECRUITING, values={"fresh_days": 19})
        assert not fresh_moments_of(alice).exists()
        with pytest.raises(DomainError) as refused:
            change_settings(actor=SYSTEM, family=RECRUITING, values={"fresh_days": 9})
        assert "10" in refused.value.fields["fresh_days"]


def test_links_last_as_long_as_the_tenant_says(
    scope: Tenant, alice: Membership, clock: Clock
) -> None:
    """SET-1.i, SET-1.n, ID-3.a: to an advocate's own page and to join; one that is out keeps its
    end.
    """
    before = open_portal(advocate=EnrolledFactory())
    values = {"home_days": 5, "colleague_days": 3}
    change_settings(actor=SYSTEM, family=COMMUNICATION, values=values)
    after = open_portal(advocate=EnrolledFactory())
    assert after.expires_at == clock.now + timedelta(days=5)
    assert before.reload().expires_at == clock.now + timedelta(days=90)
    admin = MembershipFactory(role=Role.ADMIN)
    sent = invite_member(actor=Actor.member(admin), email="new@acme.example", role=Role.SALES)
    assert sent.expires_at == clock.now + timedelta(days=3)
    assert "3 days" in OutgoingMail.objects.get(kind="invitation").text


# -- catalogue -----------------------------------------------------------------------------------


def test_a_type_is_put_back(
    tenant: Tenant, alice: Membership, membership: Callable[..., Membership], client_for: Any
) -> None:
    """SET-1.c, SET-1.k: one field or all; limits block, so they take an admin."""
    admin = membership(Role.ADMIN)
    with tenant_scope(tenant):
        kind = catalogued("testimonial")
        update_activity_type(
            actor=Actor.member(admin), activity_type=kind, minutes_high=45, per_year=9, name="Quote"
        )
    here = f"/t/acme/settings/activity-types/{kind.pk}/"
    text = client_for(alice).get(here).content.decode()
    assert "9 instead of 3" in text
    assert "Quote instead of Testimonial" in text
    back = client_for(alice).post(here, {"put_back": "minutes_high"})
    assert back.status_code == 302
    with tenant_scope(tenant):
        kind = catalogued("testimonial")
        assert (kind.minutes_high, kind.per_year) == (30, 9)
    assert client_for(alice).post(here, {"put_back": "*"}).status_code == 403
    api = api_for(alice)
    address = f"/api/v1/activity-types/{kind.pk}/put-back/"
    assert api.post(address, {"keys": ["name"]}).json()["name"] == "Testimonial"
    assert api.post(address, {"keys": ["tea"]}).status_code == 422
    assert api.post(address, {"keys": ["per_year"]}).status_code == 403
    changed = {"produces": "video", "default_approvals": ["legal"]}
    assert api.patch(f"/api/v1/activity-types/{kind.pk}/", changed).json()["produces"] == "video"
    wrong = api.patch(f"/api/v1/activity-types/{kind.pk}/", {"default_approvals": ["me"]})
    assert wrong.status_code == 422
    assert "Our legal instead of The advocate" in client_for(alice).get(here).content.decode()
    assert client_for(admin).post(here, {"put_back": "*"}).status_code == 302
    with tenant_scope(tenant):
        assert catalogued("testimonial").per_year == 3


def test_a_nomination_keeps_the_time_it_came_in_with(
    scope: Tenant, alice: Membership, clock: Clock
) -> None:
    """SET-1.b, SET-1.n: due times already set stay."""
    actor = Actor.member(alice)
    first, second = AdvocateFactory(status="candidate"), AdvocateFactory(status="candidate")
    before = nominate_advocate(actor=actor, advocate=first, reasons="Kind")
    change_settings(actor=SYSTEM, family=RECRUITING, values={"decide_days": 2})
    after = nominate_advocate(actor=actor, advocate=second, reasons="Wise")
    due = {row.pk: row.due for row in waiting_for_decision(alice)}  # type: ignore[attr-defined]
    assert due[before.pk] == clock.now + timedelta(days=7)
    assert due[after.pk] == clock.now + timedelta(days=2)


def test_a_guardrail_says_whom_it_moves_for_any_kind_of_activity(
    scope: Tenant, clock: Clock
) -> None:
    """SET-1.m: whose answer changes for one kind only is named too."""
    ada = EnrolledFactory(first_name="Ada", last_name="Spoke")
    EnrolledFactory()
    catalogued("testimonial", per_year=1, is_on=True)
    did(ada, "testimonial", days_ago=100)
    (moved,) = preview_change(actor=SYSTEM, family=CAPACITY, values={"limits_mode": "warn"})
    assert (moved.count, list(moved.names)) == (1, ["Ada Spoke"])
    assert "kinds of activity" in moved.before


def test_a_limit_of_a_type_says_whom_it_moves(
    tenant: Tenant, membership: Callable[..., Membership], client_for: Any, clock: Clock
) -> None:
    """SET-1.d, SET-1.m: who could be asked for one more and then could not, on the page and over
    REST; putting back tells as well.
    """
    admin = membership(Role.ADMIN)
    with tenant_scope(tenant):
        ada = EnrolledFactory(first_name="Ada", last_name="Spoke")
        did(ada, "testimonial", days_ago=100)
        kind = catalogued("testimonial")
    api = api_for(admin)
    address = f"/api/v1/activity-types/{kind.pk}/"
    told = api.post(f"{address}preview/", {"per_year": 1}).json()
    moves = [("can be asked", "at a limit of the type", 1, ["Ada Spoke"])]
    assert [tuple(each.values()) for each in told] == moves
    assert api.post(f"{address}preview/", {"minutes_high": 50}).json() == []
    assert api.post(f"{address}preview/", {"minutes_high": 1}).status_code == 422
    manager = api_for(membership(Role.PROGRAM_MANAGER))
    assert manager.post(f"{address}preview/", {"per_year": 1}).status_code == 403
    assert api.get(address).json()["per_year"] == 3

    browser, here = client_for(admin), f"/t/acme/settings/activity-types/{kind.pk}/"
    typed = {name: value for name, value in api.get(address).json().items() if value is not None}
    first = browser.post(here, {**typed, "per_year": 1})
    assert first.status_code == 200
    assert "Ada Spoke" in first.content.decode()
    with tenant_scope(tenant):
        assert catalogued("testimonial").per_year == 3
    token = first.content.decode().split('name="confirmed" value="')[1].split('"')[0]
    saved = browser.post(here, {**typed, "per_year": 1, "confirmed": token})
    assert saved.status_code == 302
    back = browser.post(here, {"put_back": "per_year"}).content.decode()
    assert "at a limit of the type → can be asked" in back
    token = back.split('name="confirmed" value="')[1].split('"')[0]
    with tenant_scope(tenant):
        assert catalogued("testimonial").per_year == 1
    assert browser.post(here, {**typed, "confirmed": token}).status_code == 302
    with tenant_scope(tenant):
        assert catalogued("testimonial").per_year == 3
