"""Recruitment messages and their words."""

import factory

from advocates.models import RecruitmentMessage, RecruitmentTemplate
from tests.factories.advocates import ActivityTypeFactory
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory
from tests.factories.touches import CandidateFactory

WHOLE = {
    "together": "Two years now.",
    "outcome": "Half the time to hire.",
    "project": "A short quote.",
    "effort": "Ten minutes.",
    "benefit": "Your name on our page.",
    "no_pressure": "A no is fine.",
    "signed": "Cleo",
}


class RecruitmentMessageFactory(TenantFactory):
    """A letter to a candidate."""

    class Meta:
        model = RecruitmentMessage

    advocate = factory.SubFactory(CandidateFactory)
    activity_type = factory.SubFactory(ActivityTypeFactory)
    sender = factory.SubFactory(MembershipFactory, role="csm")
    project = "A short quote."


class RecruitmentTemplateFactory(TenantFactory):
    """A tenant's own words for one type."""

    class Meta:
        model = RecruitmentTemplate

    activity_type = factory.SubFactory(ActivityTypeFactory)
    project = "We collect short quotes."
