"""What a new tenant starts with, and its guardrails (spec.md, sections 4 and 5; CAP-5, ACT-3)."""

import re
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import ActivityType, Capacity, ProgramPolicy, Tier
from advocates.people import preferences
from advocates.program import services as program
from advocates.program.catalogue.services import create_activity_type
from tests.factories.advocates import SYSTEM, EnrolledFactory, catalogued
from tests.support.policy import change_policy
from tests.support.rest import api_for
from tests.support.time import Clock

#: In the order of the specification's columns, separated by bars.
TABLE = """
short_reference_call|must|low|15-20|reference|private_call|yes|1|yes||
reference_call|must|moderate|30-45|reference|private_call|yes|1|yes||
executive_reference_call|must|high|60-90|reference|private_call|yes|1|yes||
testimonial|must|low|15-30|year=3 detail=1|written_quote|yes|1|yes|advocate,customer_pr_if_named|quote
video_clip|nice|low|5-5|year=2|recorded_video|yes|0|no|advocate|video
video_testimonial|important|moderate|30-30|year=1|recorded_video|yes|1|yes|advocate,customer_pr|video
review|must|low|20-30|detail=1||never|1|no||link
case_study|important|high|120-240|year=1 warn=730|written_quote,logo|yes|1|yes|advocate,legal,customer_pr|document
referral|important|moderate|15-30|||tenant|0|qualified||referral
speaking|important|high|120-480|year=4|public_stage|yes|1|yes|employer|recording
customer_panel|important|moderate|60-120|year=4|public_stage|yes|1|yes|employer_if_policy|recording
guest_article|important|moderate|120-120|year=2|written_quote|yes|1|yes|advocate|document
site_visit|nice|high|120-240|year=2|private_call|yes|1|yes|employer|
reference_list|nice|low|15-15|once=3|logo|yes|1|called|employer|
logo_use|important|low|10-10|once=1|logo|yes|0|no|employer|logo
event_attendance|nice|low|60-1440|year=4||yes|0|no||
advisory_board|nice|high|480-720|once=1||yes|2|term||feedback
beta_test|nice|moderate|60-240|once=2||yes|1|yes||feedback
community_contribution|nice|low|5-15|||yes|0|no||
community_leadership|nice|high|480-1440|once=1||yes|1|term||
product_feedback|nice|low|15-30|year=4||yes|0|no||feedback
social_share|nice|low|5-5|||yes|0|no||link
survey|nice|low|10-10|year=4||yes|0|no||
co_marketing|nice|high|240-480|year=1|logo|yes|1|yes|legal,employer|document
"""  # noqa: E501


def _row(kind: ActivityType) -> str:
    limits = [
        f"{word}={value}"
        for word, value in (
            ("year", kind.per_year),
            ("detail", kind.per_detail_per_year),
            ("once", kind.at_once),
            ("warn", kind.warn_gap_days),
        )
        if value is not None
    ]
    return "|".join(
        [
            kind.code,
            kind.importance,
            kind.effort,
            f"{kind.minutes_low}-{kind.minutes_high}",
            "reference" if kind.is_reference else " ".join(limits),
            ",".join(kind.needs_comfort),
            kind.rewards,
            str(kind.units),
            kind.tier_credit,
            ",".join(kind.default_approvals),
            kind.produces,
        ]
    )


def test_the_whole_catalogue(scope: Tenant) -> None:
    """CAP-2, CAT-1, ACT-3.b: every row and column of section 5; only must-haves are on."""
    program.set_up_program()
    assert [_row(kind) for kind in ActivityType.objects.order_by("position")] == (
        TABLE.strip().splitlines()
    )
    for kind in ActivityType.objects.all():
        assert kind.is_on == (kind.importance == "must")
        assert kind.name
        assert re.search(r"\.$", kind.description)


def test_the_four_tiers(scope: Tenant) -> None:
    """TIER-1.a, TIER-2: the table of section 4."""
    program.set_up_program()
    assert [
        (t.code, t.min_activities, t.min_high_effort, t.expected_max, t.seats_percent,
         t.guide_low, t.guide_high, t.touch_days, len(t.entitlements))
        for t in Tier.objects.order_by("-rank")
    ] == [
        ("platinum", 4, 1, 6, 5, 3, 5, 30, 6),
        ("gold", 2, 0, 4, None, 15, 20, 91, 6),
        ("silver", 1, 0, 2, None, 30, 40, 182, 4),
        ("community", 0, 0, None, None, None, None, None, 3),
    ]  # fmt: skip


def test_setting_up_again_keeps_what_the_tenant_changed(scope: Tenant) -> None:
    """ACT-3: idempotent."""
    program.set_up_program()
    catalogued("survey", is_on=True, per_year=9)
    Tier.objects.filter(code="gold").update(name="Or")
    ActivityType.objects.filter(code="social_share").delete()
    program.set_up_program()
    assert catalogued("survey").per_year == 9
    assert Tier.objects.get(code="gold").name == "Or"
    assert ActivityType.objects.filter(code="social_share").exists()
    assert Event.objects.filter(verb="program.set_up").count() == 1


def test_a_new_tenant_starts_with_a_program(scope: Tenant) -> None:
    """ACT-3: whoever creates tenants only says so."""
    record("tenant.created", scope, actor=SYSTEM)
    assert Tier.objects.count() == 4


def test_a_review_is_never_rewarded(scope: Tenant) -> None:
    """BEN-4: fixed in the database."""
    program.set_up_program()
    changes = ({"rewards": "yes"}, {"tier_credit": "yes"}, {"gives_back": "A mug"})
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            ActivityType.objects.filter(code="review").update(**change)
    actor = Actor.system("tests")
    plain = {"name": "Stars", "importance": "nice", "effort": "low", "minutes_low": 5}
    plain |= {"minutes_high": 9, "rewards": "never", "tier_credit": "no"}
    for number, (code, name) in enumerate(
        (("g2_review", "Stars"), ("g2-rating", "Stars"), ("stars_1", "Reviews on G2"))
    ):
        values = {**plain, "name": name}
        for change in changes:
            with pytest.raises(DomainError, match="review"):
                create_activity_type(actor=actor, code=code, **{**values, **change})
        kind = create_activity_type(actor=actor, code=code, **values)
        assert kind.is_review, number
        for change in changes:
            with pytest.raises(IntegrityError), transaction.atomic():
                ActivityType.objects.filter(pk=kind.pk).update(**change)
    for code, name in (("preview", "A preview"), ("business_review", "Business review")):
        values = {**plain, "name": name, "rewards": "yes"}
        assert not create_activity_type(actor=actor, code=code, **values).is_review


def test_what_is_in_it_for_them_is_the_tenants_to_say(
    scope: Tenant, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """ASK-1: per type, in the browser and over REST; for a review nobody can promise anything."""
    program.set_up_program()
    call, review = catalogued("reference_call"), catalogued("review")
    page = client_for(alice)
    address = f"/t/{scope.slug}/settings/activity-types/"
    form = page.get(f"{address}{call.pk}/").context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in typed.items() if value not in (None, "", False)}
    answer = page.post(f"{address}{call.pk}/", {**typed, "gives_back": "A peer to talk to."})
    assert answer.status_code == 302, answer.content.decode()
    call.refresh_from_db()
    assert call.gives_back == "A peer to talk to."
    assert "gives_back" not in page.get(f"{address}{review.pk}/").context["form"].fields
    api = api_for(alice)
    told = api.patch(f"activity-types/{call.pk}/", {"gives_back": "You hear what they decided."})
    assert told.json()["gives_back"] == "You hear what they decided."
    refused = api.patch(f"activity-types/{review.pk}/", {"gives_back": "A mug"})
    assert refused.status_code == 422
    assert "gives_back" in refused.json()["errors"]


def test_a_changed_cap_reaches_every_allowance(scope: Tenant, clock: Clock) -> None:
    """CAP-1.a, CAP-5: personal caps stay the lower of the two; the event keeps before and after."""
    free, modest = EnrolledFactory(), EnrolledFactory()
    preferences.save_preferences(actor=SYSTEM, advocate=modest, yearly_cap=4)

    def allowances() -> list[int]:
        return [Capacity.objects.get(advocate=who).allowance for who in (free, modest)]

    for cap, expected in ((3, [3, 3]), (5, [5, 4]), (8, [8, 4])):
        change_policy(yearly_cap=cap)
        assert allowances() == expected
    event = Event.objects.filter(verb="settings.changed").order_by("at", "pk").last()
    assert event is not None
    assert event.payload == {
        "family": "capacity",
        "before": {"yearly_cap": 5},
        "after": {"yearly_cap": 8},
    }
    change_policy(yearly_cap=8)
    assert Event.objects.filter(verb="settings.changed").count() == 3


def test_guardrails_refuse_nonsense(scope: Tenant, bob: Membership) -> None:
    """CAP-5, BAD-1.a: a sentence per field, nothing half-saved; only the program may."""
    program.set_up_program()
    with pytest.raises(DomainError) as caught:
        change_policy(yearly_cap=-1, pacing_mode="maybe", asks_per_year=3)
    assert set(caught.value.fields) == {"yearly_cap", "pacing_mode"}
    with pytest.raises(DomainError):
        change_policy(health_hold_below=90)
    with pytest.raises(NotAllowed):
        change_policy(actor=Actor.member(bob), yearly_cap=5)
    assert ProgramPolicy.objects.get().asks_per_year == 12
