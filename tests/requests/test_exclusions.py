"""Nobody is silently missing: every reason, and totals that add up (MAT-2)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.joining.enrolment import pause_advocate
from advocates.models import Account, ActivityType, Advocate, Preference, Tier, TierStanding
from advocates.people.asking import can_ask
from advocates.people.choices import Comfort
from requests.matching.ranking import assess, match, why_not
from requests.models import Request
from tests.factories.advocates import (
    AccountFactory,
    AccountHoldFactory,
    AccountTagFactory,
    AdvocateFactory,
    BlackoutFactory,
    BlockedCompanyFactory,
    ConsentFactory,
    TagFactory,
    TypePreferenceFactory,
    catalogued,
    did,
    open_wide,
)
from tests.factories.requests import AskFactory, OpportunityFactory, ReadyFactory, RequestFactory
from tests.support.cases import Cases
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]
TODAY = date(2026, 3, 2)


def codes(request: Request, advocate: Advocate) -> set[str]:
    return {reason.code for reason in why_not(request, advocate).blocks}


def account(advocate: Advocate, **changes: Any) -> None:
    Account.objects.filter(pk=advocate.account_id).update(**changes)


def person(advocate: Advocate, **changes: Any) -> None:
    Advocate.objects.filter(pk=advocate.pk).update(**changes)


def preference(advocate: Advocate, **changes: Any) -> None:
    Preference.objects.filter(advocate=advocate).update(**changes)


REASONS: dict[str, Callable[[Advocate], object]] = {
    "paused": lambda a: person(a, status="paused"),
    "not_enrolled": lambda a: person(a, status="candidate"),
    "snoozed": lambda a: preference(a, snoozed_until=TODAY + timedelta(days=9)),
    "blackout": lambda a: BlackoutFactory(advocate=a),
    "readiness": lambda a: person(a, readiness="not_a_fit"),
    "preference": lambda a: TypePreferenceFactory(
        advocate=a, activity_type=catalogued("reference_call")
    ),
    "comfort": lambda a: preference(a, comforts=[Comfort.LOGO]),
    "lifecycle": lambda a: account(a, lifecycle="former"),
    "policy": lambda a: account(a, advocacy_allowed=False),
    "hold": lambda a: AccountHoldFactory(account=a.account),
    "health": lambda a: account(a, health=59),
    "consent": lambda a: ConsentFactory(advocate=a, withdrawn_on=TODAY),
    "language": lambda a: person(a, language="pt-BR"),
    "own_account": lambda a: account(a, name="ISDOM"),
    "competitor": lambda a: account(a, name="Rivalsoft"),
    "not_to_meet": lambda a: BlockedCompanyFactory(advocate=a, name=" isdom"),
    "capacity_yearly": lambda a: [
        did(a, "testimonial", days_ago=100, detail=str(n)) for n in range(6)
    ],
    "capacity_reference_gap": lambda a: did(a, "reference_call", days_ago=60),
    "capacity_recovery": lambda a: did(a, "case_study", days_ago=10),
    "capacity_row": lambda a: a.capacities.all().delete(),
}


def test_every_reason_is_said_and_counted(make_request: MakeRequest, each: Cases) -> None:
    """MAT-2.b, MAT-2, ACC-1.b, ACC-2.d, ADV-1.c, CAT-1.d, VIS-1.d: the page says why; nothing else
    changes and nobody goes missing.
    """
    advocate, _other = ReadyFactory(), ReadyFactory()
    request = make_request(language="en", competitor="Rivalsoft", opportunity=OpportunityFactory())
    assert codes(request, advocate) == set()
    for code in REASONS:
        with each(code):
            _is_said_and_counted(request.reload(), advocate.reload(), code)


def _is_said_and_counted(request: Request, advocate: Advocate, code: str) -> None:
    REASONS[code](advocate)
    found = why_not(request, advocate)
    assert {reason.code for reason in found.blocks} == {code}
    assert all(reason.text.endswith(".") or ":" in reason.text for reason in found.blocks)
    totals = match(request).totals
    assert totals.can_be_asked + totals.must_not + totals.poor_fit == totals.enrolled
    if code != "not_enrolled":
        assert match(request).excluded == {code: 1}
        assert (totals.can_be_asked, totals.must_not, totals.enrolled) == (1, 1, 2)
    else:
        assert (totals.can_be_asked, totals.enrolled) == (1, 1)


def test_pacing_and_cooling_come_from_the_ledger(make_request: MakeRequest) -> None:
    """MAT-2: an ask three weeks ago is too recent; so are two unanswered ones."""
    advocate = ReadyFactory()
    request = make_request()
    AskFactory(advocate=advocate, request__activity_type=catalogued("product_feedback"))
    assert "capacity_pacing" in codes(request, advocate)


def test_what_is_regional_is_asked_within_the_region(make_request: MakeRequest) -> None:
    """SEG-1.d: nobody of another region; whoever's is unknown gets a note; a global type, and a
    request that names no region, ask anybody.
    """
    advocate = ReadyFactory()
    account(advocate, region="apac")
    request = make_request(region="emea")
    assert codes(request, advocate) == set()
    ActivityType.objects.filter(pk=request.activity_type_id).update(reach="regional")
    request = Request.objects.get(pk=request.pk)
    (reason,) = why_not(request, advocate.reload()).blocks
    assert (reason.code, "another region" in reason.text) == ("region", True)
    assert match(request).excluded == {"region": 1}
    account(advocate, region="")
    found = why_not(request, advocate.reload())
    assert not found.blocks
    assert "region" in {note.code for note in found.notes}
    account(advocate, region="emea")
    assert codes(request, advocate.reload()) == set()
    account(advocate, region="apac")
    Request.objects.filter(pk=request.pk).update(region="")
    assert codes(Request.objects.get(pk=request.pk), advocate.reload()) == set()


def test_events_are_regional_at_first_and_a_tenant_changes_that(
    scope: Any, alice: Membership, client_for: Callable[[Membership], Client]
) -> None:
    """SEG-1.d: events regional, the rest global; on the settings page and over REST."""
    catalogued("testimonial")
    regional = ActivityType.objects.filter(reach="regional")
    assert list(regional.values_list("code", flat=True)) == ["event_attendance"]
    event = regional.get()
    page = client_for(alice).get(f"/t/acme/settings/activity-types/{event.pk}/").content.decode()
    assert "Usually: Within the region" in page
    changed = api_for(alice).patch(f"activity-types/{event.pk}/", {"reach": "global"})
    assert changed.json()["reach"] == "global"
    refused = api_for(alice).patch(f"activity-types/{event.pk}/", {"reach": "nearby"})
    assert "reach" in refused.json()["errors"]


def test_competitors_of_the_prospect_by_tag(make_request: MakeRequest) -> None:
    """MAT-2: an account tagged as competing with the prospect is not put in touch with it."""
    advocate = ReadyFactory()
    AccountTagFactory(account=advocate.account, tag=TagFactory(kind="competitor", name="Isdom"))
    assert codes(make_request(), advocate) == {"competitor"}


def test_the_deals_own_company_is_never_its_reference(make_request: MakeRequest) -> None:
    """MAT-2: prospect's own account, also when the request names it differently."""
    advocate = ReadyFactory()
    deal = OpportunityFactory(account=advocate.account, prospect_name="Isdom Holding")
    assert codes(make_request(opportunity=deal, prospect=""), advocate) == {"own_account"}


def test_already_asked_for_the_same_deal(make_request: MakeRequest) -> None:
    """MAT-2: asked for another request of the same opportunity, whatever the answer was."""
    open_wide()
    deal = OpportunityFactory()
    advocate = ReadyFactory()
    before = RequestFactory(
        opportunity=deal, activity_type=catalogued("product_feedback"), number=900
    )
    AskFactory(request=before, advocate=advocate, state="declined")
    assert "asked" in codes(make_request(opportunity=deal), advocate)
    assert "asked" not in codes(make_request(opportunity=OpportunityFactory()), advocate)


def test_employers_approval_where_the_type_needs_it(make_request: MakeRequest) -> None:
    """MAT-2, ADV-4: blocked until it is there, and again once it has expired."""
    catalogued("site_visit", is_on=True)
    advocate = ReadyFactory()
    did(advocate, "reference_call", days_ago=400)
    request = make_request(code="site_visit")
    assert codes(request, advocate) == {"employer"}
    consent = ConsentFactory(advocate=advocate, use="employer")
    assert codes(request, advocate) == set()
    type(consent).objects.update(expires_on=TODAY - timedelta(days=1))
    assert codes(request, advocate) == {"employer"}


@pytest.mark.parametrize(
    ("needs", "approved", "blocked", "noted"),
    [
        (True, False, {"speaking"}, False),
        (True, True, set(), False),
        (False, False, set(), False),
        (None, False, set(), True),
    ],
)
def test_speaking_where_the_company_has_to_approve(
    make_request: MakeRequest, needs: bool | None, approved: bool, blocked: set[str], noted: bool
) -> None:
    """MAT-2.a, ACC-1.e: a panel needs the employer where its policy says so; unknown is noted."""
    catalogued("customer_panel", is_on=True)
    advocate = ReadyFactory()
    account(advocate, speaking_needs_approval=needs, public_mention_allowed=True)
    if approved:
        ConsentFactory(advocate=advocate, use="employer")
    request = make_request(code="customer_panel")
    found = why_not(request, advocate)
    assert codes(request, advocate) == blocked
    assert ("speaking" in {reason.code for reason in found.notes}) == noted
    assert match(request).excluded == dict.fromkeys(blocked, 1)
    answers = {
        each.activity_type.code: each
        for each in can_ask(Advocate.objects.get(pk=advocate.pk)).types
    }
    assert answers["customer_panel"].may == (not blocked)


@pytest.mark.parametrize(
    ("code", "strength"),
    [
        ("case_study", "block"),
        ("video_testimonial", "block"),
        ("testimonial", "warn"),
        ("reference_call", None),
    ],
)
def test_a_company_that_is_not_to_be_named(
    make_request: MakeRequest, code: str, strength: str | None
) -> None:
    """MAT-2.a, ACC-1.e: what shows it is out, a quote may be anonymous, a private call is fine."""
    catalogued(code, is_on=True)
    advocate = ReadyFactory(done=["product_feedback", "survey"])
    account(advocate, public_mention_allowed=False)
    request = make_request(code=code)
    said = {reason.code: reason.strength for reason in why_not(request, advocate).reasons}
    assert said.get("mention") == strength
    answers = {
        each.activity_type.code: each
        for each in can_ask(Advocate.objects.get(pk=advocate.pk)).types
    }
    about = [*answers[code].reasons, *answers[code].warnings]
    assert any("named" in text for text in about) == (strength is not None)
    account(advocate, public_mention_allowed=None)
    said = {reason.code: reason.strength for reason in why_not(request, advocate).reasons}
    assert said.get("mention") == ("note" if strength else None)


def test_easy_entry_only_means_low_effort_only(make_request: MakeRequest) -> None:
    """MAT-2, ADV-1.c: potential advocates get low-effort asks only."""
    catalogued("product_feedback", is_on=True)
    advocate = ReadyFactory(readiness="potential")
    assert codes(make_request(), advocate) == {"readiness"}
    assert codes(make_request(code="product_feedback"), advocate) == set()


def test_why_not_lists_every_reason_at_once(make_request: MakeRequest) -> None:
    """MAT-2: not just the first one."""
    advocate = ReadyFactory(readiness="not_a_fit", account__health=20)
    account(advocate, advocacy_allowed=False)
    assert codes(make_request(), advocate) == {"readiness", "health", "policy"}


def test_why_not_scores_people_outside_the_program(make_request: MakeRequest) -> None:
    """MAT-2: for anybody; here somebody who would fit, and was never enrolled."""
    stranger = AdvocateFactory(status="nominated", account__industry="Healthcare")
    found = why_not(make_request(industry="Healthcare"), stranger)
    assert "not_enrolled" in {reason.code for reason in found.blocks}
    assert found.score > 60


def test_totals_add_up_over_a_mixed_program(make_request: MakeRequest, alice: Membership) -> None:
    """MAT-2.b: can be asked + must not + fit poorly = everybody enrolled, paused ones too."""
    for industry in ("Healthcare", "Healthcare", "Retail"):
        ReadyFactory(
            account=AccountFactory(industry=industry, health=30 if industry == "Retail" else 90)
        )
    resting = ReadyFactory(account=AccountFactory(industry="Healthcare"))
    pause_advocate(actor=Actor.member(alice), advocate=resting)
    poor = ReadyFactory(account=AccountFactory(industry="Mining", health=None))
    person(poor, last_asked_at=clock.now())
    AdvocateFactory(status="alumni")
    result = match(make_request(industry="Healthcare", segment="smb", persona_function="IT"))
    totals = result.totals
    assert totals.enrolled == 5
    assert totals.can_be_asked + totals.must_not + totals.poor_fit == 5
    assert sum(result.excluded.values()) == totals.must_not
    assert [m.is_good for m in result.ranked] == [True] * totals.can_be_asked + [False]
    assert result.ranked[-1].advocate == poor


def test_warnings_do_not_exclude(make_request: MakeRequest) -> None:
    """MAT-2, CAP-4.a, ACC-2.d: the ladder, the same type again, a health below 80 only warn."""
    fresh = ReadyFactory(account__health=70, done=[])
    open_wide()
    request = make_request()
    found = why_not(request, fresh)
    assert found.can_be_asked
    assert {reason.code for reason in found.warnings} == {"ladder", "health_low"}
    assert match(request).totals.can_be_asked == 1


def test_comfort_never_stated_is_a_warning_and_stated_otherwise_a_block(
    make_request: MakeRequest,
) -> None:
    """MAT-2, ADV-2.a: silence is not consent, and not a refusal either."""
    advocate = ReadyFactory()
    preference(advocate, comforts=[])
    request = make_request()
    assert {reason.code for reason in why_not(request, advocate).warnings} == {"comfort"}
    preference(advocate, comforts=[Comfort.WRITTEN_QUOTE])
    assert codes(request, advocate) == {"comfort"}


def test_assessing_many_says_the_same_as_asking_for_each(make_request: MakeRequest) -> None:
    """MAT-2: the check before sending and the search agree with the ranking."""
    people = [ReadyFactory() for _ in range(3)]
    BlackoutFactory(advocate=people[1])
    request = make_request()
    together = assess(request, [p.pk for p in people])
    for each in people:
        alone = why_not(request, each)
        assert together[each.pk].score == alone.score
        assert together[each.pk].reasons == alone.reasons


@pytest.mark.parametrize(
    ("code", "done", "said"),
    [
        ("testimonial", [], set()),
        ("reference_call", [], {"ladder"}),
        ("reference_call", ["testimonial"], set()),
        ("speaking", ["testimonial"], {"ladder"}),
        ("speaking", ["reference_call"], set()),
    ],
)
def test_one_step_of_effort_after_the_other(
    make_request: MakeRequest, code: str, done: list[str], said: set[str]
) -> None:
    """CAP-4.a: moderate after something small, high after something moderate; else a warning."""
    catalogued(code, is_on=True)
    advocate = ReadyFactory(done=[])
    for each in done:
        did(advocate, each, days_ago=300)
    warnings = {reason.code for reason in why_not(make_request(code=code), advocate).warnings}
    assert warnings & {"ladder"} == said


def test_the_same_again_is_a_warning(make_request: MakeRequest) -> None:
    """CAP-3.b: consecutive asks vary in type, or somebody writes why not."""
    open_wide()
    advocate = ReadyFactory()
    AskFactory(advocate=advocate, request__activity_type=catalogued("product_feedback", is_on=True))
    again = why_not(make_request(code="product_feedback"), advocate)
    assert "variety" in {reason.code for reason in again.warnings}
    other = why_not(make_request(code="testimonial"), advocate)
    assert "variety" not in {reason.code for reason in other.warnings}


@pytest.mark.parametrize(
    ("code", "tier", "gave", "said"),
    [
        ("advisory_board", "platinum", 4, set()),
        ("advisory_board", "gold", 2, {"tier"}),
        ("case_study", "silver", 1, set()),
        ("reference_call", "community", 0, {"tier"}),
        ("testimonial", "community", 0, set()),
        ("testimonial", "silver", 2, {"expected"}),
    ],
)
def test_what_is_beyond_a_tier_is_a_warning(
    make_request: MakeRequest,
    alice: Membership,
    client_for: Callable[..., Client],
    code: str,
    tier: str,
    gave: int,
    said: set[str],
) -> None:
    """CAT-1.c: boards for platinum, above low effort from silver on, not more than the tier's
    expected maximum; on the draft, which then wants a reason, and over REST.
    """
    catalogued(code, is_on=True)
    open_wide()
    advocate = ReadyFactory(done=["reference_call"])
    standing = TierStanding.objects.get(advocate=advocate)
    standing.tier, standing.activities = Tier.objects.get(code=tier), gave
    standing.save()
    request = make_request(code=code)
    warned = {reason.code for reason in why_not(request, advocate).warnings}
    assert warned & {"tier", "expected"} == said
    rows = api_for(alice).get(f"requests/{request.pk}/matches/").json()["ranked"]
    told = {(each["code"], each["strength"]) for each in rows[0]["reasons"]}
    assert {(name, "warn") for name in said} == {t for t in told if t[0] in ("tier", "expected")}
    address = f"/t/acme/requests/{request.pk}/draft/?advocate={advocate.pk}"
    draft = client_for(alice).get(address).content.decode()
    assert (f"their tier is {standing.tier.name}" in draft) is ("tier" in said)
    assert ("override_reason" in draft) is bool(warned)
