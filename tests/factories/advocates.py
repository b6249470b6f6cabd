"""Accounts, advocates, the catalogue, the ledger and tiers.

The plain factories make single rows. :class:`EnrolledFactory` goes through the services instead:
an advocate in a program that is set up, with all the rows the program keeps about them.
"""

from datetime import date, timedelta
from typing import Any

import factory

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import current_tenant_id
from advocates import models
from advocates.accounts.choices import Lifecycle, TagKind
from advocates.joining import enrolment
from advocates.people.choices import AdvocateStatus, ConsentUse, Importance
from advocates.program import services as program
from advocates.program.catalogue.choices import Effort, Rewards, TierCredit
from advocates.program.catalogue.seeds import CATALOGUE
from advocates.program.ledger import facts
from advocates.program.ledger.choices import Origin, UnitState
from advocates.program.tiers.seeds import TIERS
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory
from tests.support import program_copies


def set_up() -> None:
    """A program that has matured: must-haves and important types run (ACT-3).

    The service writes it once a process; the next tenant gets a copy of those rows, in a tenth of
    the time, which two tests of three would spend.
    """
    tenant_id = current_tenant_id()
    language, policies, types, tiers = program_copies.found(tenant_id)
    if policies and types >= len(CATALOGUE) and tiers >= len(TIERS):
        return
    nothing = not (policies or types or tiers)
    if nothing and program_copies.paste(tenant_id, language):
        payload = {"types": len(CATALOGUE), "tiers": len(TIERS)}
        policy = models.ProgramPolicy.objects.get()
        record("program.set_up", policy, actor=Actor.system("set-up"), payload=payload)
        return
    program.set_up_program()
    if not policies:
        important = models.ActivityType.objects.filter(importance=Importance.IMPORTANT)
        important.update(is_on=True)
    if nothing:
        program_copies.keep(tenant_id, language)


def today() -> date:
    """The date in UTC; good enough for a row's default."""
    return clock.now().date()


def in_days(days: int) -> Any:
    """A date relative to the test's clock."""
    return factory.LazyFunction(lambda: today() + timedelta(days=days))


class TagFactory(TenantFactory):
    """A product of the vocabulary."""

    class Meta:
        model = models.Tag

    kind = TagKind.PRODUCT
    name = factory.Sequence(lambda n: f"Product {n}")


class AccountFactory(TenantFactory):
    """A healthy customer with the row that the guard needs."""

    class Meta:
        model = models.Account
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Account {n}")
    lifecycle = Lifecycle.CUSTOMER
    industry = "Healthcare"
    health = 90
    health_on = in_days(0)
    customer_since = in_days(-800)
    advocacy_allowed = True
    capacity = factory.RelatedFactory(
        "tests.factories.advocates.AccountCapacityFactory", factory_related_name="account"
    )


class AccountIdentifierFactory(TenantFactory):
    """An account's id in a CRM."""

    class Meta:
        model = models.AccountIdentifier

    account = factory.SubFactory(AccountFactory)
    source = "crm"
    external_id = factory.Sequence(lambda n: f"A-{n}")


class AccountTagFactory(TenantFactory):
    """A product of an account."""

    class Meta:
        model = models.AccountTag

    account = factory.SubFactory(AccountFactory)
    tag = factory.SubFactory(TagFactory)


class AccountHoldFactory(TenantFactory):
    """A hold from today on, without end."""

    class Meta:
        model = models.AccountHold

    account = factory.SubFactory(AccountFactory)
    reason = "Escalation"
    starts_on = in_days(0)


class RevenueEventFactory(TenantFactory):
    """A renewal."""

    class Meta:
        model = models.RevenueEvent

    account = factory.SubFactory(AccountFactory)
    kind = models.RevenueEvent.Kind.RENEWAL
    on = in_days(-30)
    amount = 50_000
    currency = "EUR"


class ActivityTypeFactory(TenantFactory):
    """A moderate activity worth one unit, without limits of its own."""

    class Meta:
        model = models.ActivityType

    class Params:
        reference_call = factory.Trait(
            code="reference_call",
            name="Reference call",
            is_reference=True,
            needs_comfort=["private_call"],
        )

    code = factory.Sequence(lambda n: f"type_{n}")
    name = factory.Sequence(lambda n: f"Activity type {n}")
    importance = Importance.MUST
    effort = Effort.MODERATE
    minutes_low = 30
    minutes_high = 45
    units = 1
    tier_credit = TierCredit.YES
    rewards = Rewards.YES


class AdvocateFactory(TenantFactory):
    """An active advocate with an allowance of six units; ``capacity=None`` leaves that out."""

    class Meta:
        model = models.Advocate
        skip_postgeneration_save = True

    account = factory.SubFactory(AccountFactory)
    first_name = "Ada"
    last_name = factory.Sequence(lambda n: f"Advocate {n}")
    email = factory.Sequence(lambda n: f"advocate{n}@customer.example")
    job_title = "Head of IT"
    status = AdvocateStatus.ACTIVE
    enrolled_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=400))
    capacity = factory.RelatedFactory(
        "tests.factories.advocates.CapacityFactory", factory_related_name="advocate"
    )


class AdvocateIdentifierFactory(TenantFactory):
    """An advocate's id in a CRM."""

    class Meta:
        model = models.AdvocateIdentifier

    advocate = factory.SubFactory(AdvocateFactory)
    source = "crm"
    external_id = factory.Sequence(lambda n: f"P-{n}")


class AdvocateTagFactory(TenantFactory):
    """A product of a person."""

    class Meta:
        model = models.AdvocateTag

    advocate = factory.SubFactory(AdvocateFactory)
    tag = factory.SubFactory(TagFactory)


class PreferenceFactory(TenantFactory):
    """Comfortable with everything, quarterly references."""

    class Meta:
        model = models.Preference

    advocate = factory.SubFactory(AdvocateFactory)
    comforts = ["private_call", "written_quote", "logo", "recorded_video", "public_stage"]


class TypePreferenceFactory(TenantFactory):
    """A type an advocate does not accept."""

    class Meta:
        model = models.TypePreference

    advocate = factory.SubFactory(AdvocateFactory)
    activity_type = factory.SubFactory(ActivityTypeFactory)
    accepted = False


class BlackoutFactory(TenantFactory):
    """A week off, from today on."""

    class Meta:
        model = models.Blackout

    advocate = factory.SubFactory(AdvocateFactory)
    starts_on = in_days(0)
    ends_on = in_days(7)


class BlockedCompanyFactory(TenantFactory):
    """A company an advocate does not want to meet."""

    class Meta:
        model = models.BlockedCompany

    advocate = factory.SubFactory(AdvocateFactory)
    name = factory.Sequence(lambda n: f"Rival {n}")


class OutcomeFactory(TenantFactory):
    """A measurable result."""

    class Meta:
        model = models.Outcome

    advocate = factory.SubFactory(AdvocateFactory)
    metric = "Time to hire"
    before = "60 days"
    after = "35 days"


class ConsentFactory(TenantFactory):
    """Consent to being in the reference pool."""

    class Meta:
        model = models.Consent

    advocate = factory.SubFactory(AdvocateFactory)
    use = ConsentUse.REFERENCE_POOL
    given_on = in_days(-30)


class ErasureFactory(TenantFactory):
    """Somebody was erased at their wish."""

    class Meta:
        model = models.Erasure

    advocate = factory.SubFactory(AdvocateFactory)
    reason = "They asked for it"


class ProgramPolicyFactory(TenantFactory):
    """The tenant's guardrails; the one row, made when it is not there."""

    class Meta:
        model = models.ProgramPolicy
        django_get_or_create = ("tenant_id",)

    tenant_id = factory.LazyFunction(current_tenant_id)


class CapacityFactory(TenantFactory):
    """An advocate's allowance."""

    class Meta:
        model = models.Capacity

    advocate = factory.SubFactory(AdvocateFactory, capacity=None)
    allowance = 6


class AccountCapacityFactory(TenantFactory):
    """The account's row that takes touch."""

    class Meta:
        model = models.AccountCapacity

    account = factory.SubFactory(AccountFactory, capacity=None)


class ParticipationFactory(TenantFactory):
    """An asked, open unit, straight into the ledger (and past the guard, or refused by it).

    ``completed=True`` makes it a unit that was completed now; ``completed_at`` may be given.
    """

    class Meta:
        model = models.Participation

    class Params:
        completed = factory.Trait(
            state=UnitState.COMPLETED, completed_at=factory.LazyFunction(clock.now)
        )

    advocate = factory.SubFactory(AdvocateFactory)
    account = factory.SelfAttribute("advocate.account")
    activity_type = factory.SubFactory(ActivityTypeFactory)
    origin = Origin.ASKED
    units = factory.SelfAttribute("activity_type.units")
    effort = factory.SelfAttribute("activity_type.effort")
    counts_for_tier = factory.LazyAttribute(lambda it: it.activity_type.code != "review")
    is_reference = factory.SelfAttribute("activity_type.is_reference")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        ProgramPolicyFactory()
        return super()._create(model_class, *args, **kwargs)


class TierFactory(TenantFactory):
    """A tier above all that were made before."""

    class Meta:
        model = models.Tier

    code = factory.Sequence(lambda n: f"tier-{n}")
    name = factory.Sequence(lambda n: f"Tier {n}")
    rank = factory.Sequence(lambda n: 100 + n)
    min_activities = 1


class TierStandingFactory(TenantFactory):
    """Where an advocate stands."""

    class Meta:
        model = models.TierStanding

    advocate = factory.SubFactory(AdvocateFactory)
    tier = factory.SubFactory(TierFactory)
    earned_tier = factory.SelfAttribute("tier")
    since = factory.LazyFunction(clock.now)


class TierRunFactory(TenantFactory):
    """A recalculation."""

    class Meta:
        model = models.TierRun

    reason = "nightly"


class TierChangeFactory(TenantFactory):
    """A promotion."""

    class Meta:
        model = models.TierChange

    advocate = factory.SubFactory(AdvocateFactory)
    to_tier = factory.SubFactory(TierFactory)
    why = models.TierChange.Why.EARNED


SYSTEM = Actor.system("tests")


class EnrolledFactory(AdvocateFactory):
    """An active advocate, enrolled by the service in a program that is set up.

    ``cap`` and ``reference_gap`` change what the guard reads. ``history`` lists type codes that
    were completed outside the program, one a day, the last one yesterday.
    """

    status = AdvocateStatus.INVITED
    enrolled_at = None
    capacity = None

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        set_up()
        cap, gap = kwargs.pop("cap", None), kwargs.pop("reference_gap", None)
        history = kwargs.pop("history", ())
        kwargs.pop("capacity")  # the service makes it
        advocate = super()._create(model_class, *args, **kwargs)
        for age, code in enumerate(reversed(list(history)), start=1):
            did(advocate, code, days_ago=age)
        enrolment.enrol_advocate(actor=SYSTEM, advocate=advocate)
        capacity = models.Capacity.objects.filter(advocate=advocate)
        if cap is not None:
            capacity.update(allowance=cap)
        if gap is not None:
            capacity.update(reference_gap_days=gap)
        return advocate


def did(
    advocate: models.Advocate,
    code: str,
    *,
    days_ago: float = 0,
    minutes: int | None = None,
    detail: str = "",
) -> models.Participation:
    """A fact in the ledger: this was done so many days ago, outside the program."""
    return facts.record_outside(
        advocate=advocate,
        activity_type=catalogued(code),
        happened_at=clock.now() - timedelta(days=days_ago),
        minutes=minutes,
        detail=detail,
    )


def catalogued(code: str, **changes: Any) -> models.ActivityType:
    """A type of the catalogue by its code, changed if so wished; sets the program up first."""
    set_up()
    kinds = models.ActivityType.objects.filter(code=code)
    if changes:
        kinds.update(**changes)
    return kinds.get()


def open_wide(**changes: Any) -> models.ProgramPolicy:
    """Leave only the yearly cap and the types' own limits standing."""
    set_up()
    models.ProgramPolicy.objects.update(pacing_mode="warn", recovery_mode="warn", **changes)
    return models.ProgramPolicy.objects.get()


class NominationFactory(TenantFactory):
    """An open nomination of a person who is waiting for it."""

    class Meta:
        model = models.Nomination

    advocate = factory.SubFactory(AdvocateFactory, status=AdvocateStatus.NOMINATED)
    nominated_by = factory.SubFactory(MembershipFactory, role="csm")
    reasons = "Speaks at every user meeting, unasked."
    criteria = factory.LazyFunction(lambda: {"health": True, "nps": None})


class NominationWishFactory(TenantFactory):
    """Something a person who offered to help would enjoy."""

    class Meta:
        model = models.NominationWish

    nomination = factory.SubFactory(NominationFactory)
    activity_type = factory.SubFactory(ActivityTypeFactory)


class ProgramInvitationFactory(TenantFactory):
    """An invitation that waits for its answer."""

    class Meta:
        model = models.ProgramInvitation

    advocate = factory.SubFactory(AdvocateFactory, status=AdvocateStatus.INVITED)
    sender = factory.SubFactory(MembershipFactory)
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=30))
