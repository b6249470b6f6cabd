"""Opportunities, requests, asks, matching."""

from datetime import timedelta
from typing import Any

import factory

from advocacy import clock
from advocates.models import Preference, Tier, TierStanding
from advocates.people.choices import Comfort
from requests import models
from requests.opportunities.choices import Stage
from requests.requests.choices import RequestState
from tests.factories.advocates import (
    ActivityTypeFactory,
    AdvocateFactory,
    EnrolledFactory,
    ParticipationFactory,
    TagFactory,
    did,
    in_days,
)
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class StageMappingFactory(TenantFactory):
    """What a CRM's stage means."""

    class Meta:
        model = models.StageMapping

    crm_stage = factory.Sequence(lambda n: f"Stage {n}")
    stage = Stage.QUALIFIED


class OpportunityFactory(TenantFactory):
    """A qualified deal."""

    class Meta:
        model = models.Opportunity

    source = "crm"
    external_id = factory.Sequence(lambda n: f"O-{n}")
    name = factory.Sequence(lambda n: f"Deal {n}")
    prospect_name = "Northwind"
    stage = Stage.QUALIFIED
    amount = 450_000
    currency = "EUR"


class TouchpointFactory(TenantFactory):
    """An opened share."""

    class Meta:
        model = models.Touchpoint

    opportunity = factory.SubFactory(OpportunityFactory)
    kind = models.Touchpoint.Kind.SHARE
    at = factory.LazyFunction(clock.now)


class RequestFactory(TenantFactory):
    """A submitted request for one advocate in two weeks."""

    class Meta:
        model = models.Request

    number = factory.Sequence(lambda n: 5001 + n)
    #: People meet for it, as they do for most.
    activity_type = factory.SubFactory(ActivityTypeFactory, needs_comfort=["private_call"])
    needed_by = in_days(14)
    prospect = "Northwind"
    requester = factory.SubFactory(MembershipFactory, role="sales")
    state = RequestState.SUBMITTED
    submitted_at = factory.LazyFunction(clock.now)


class RequestTagFactory(TenantFactory):
    """A product the prospect asks about."""

    class Meta:
        model = models.RequestTag

    request = factory.SubFactory(RequestFactory)
    tag = factory.SubFactory(TagFactory)


class AskFactory(TenantFactory):
    """An ask that went out just now, with its unit."""

    class Meta:
        model = models.Ask

    request = factory.SubFactory(RequestFactory, state=RequestState.OUTREACH)
    advocate = factory.SubFactory(AdvocateFactory)
    participation = factory.SubFactory(
        ParticipationFactory,
        advocate=factory.SelfAttribute("..advocate"),
        activity_type=factory.SelfAttribute("..request.activity_type"),
    )
    sender = factory.SubFactory(MembershipFactory)
    subject = "May I ask you for half an hour?"
    message = "Northwind would like to hear from you."
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=2))


class AskSlotFactory(TenantFactory):
    """A proposed half hour."""

    class Meta:
        model = models.AskSlot

    ask = factory.SubFactory(AskFactory)
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=3))
    ends_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=3, minutes=30))


class MatchingWeightsFactory(TenantFactory):
    """Weights for one type."""

    class Meta:
        model = models.MatchingWeights

    activity_type = factory.SubFactory(ActivityTypeFactory)


class ReadyFactory(EnrolledFactory):
    """An enrolled advocate whom nothing keeps from being asked for a reference call.

    Nothing warns either: comfortable with everything, of a tier for most things, and something
    small was done long ago (``done`` lists what).
    """

    class Meta:
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        done = kwargs.pop("done", ["product_feedback"])
        advocate = super()._create(model_class, *args, **kwargs)
        for code in done:
            did(advocate, code, days_ago=500)
        Preference.objects.update_or_create(
            advocate=advocate, defaults={"comforts": list(Comfort.values)}
        )
        TierStanding.objects.filter(advocate=advocate).update(tier=Tier.objects.get(code="gold"))
        return advocate
