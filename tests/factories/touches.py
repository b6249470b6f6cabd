"""Touches, scores and dismissals."""

import factory

from advocates.models import AdvocateScore, Dismissal, Touch
from tests.factories.advocates import AdvocateFactory, in_days
from tests.factories.base import TenantFactory


class TouchFactory(TenantFactory):
    """Somebody called yesterday, without asking for anything."""

    class Meta:
        model = Touch

    advocate = factory.SubFactory(AdvocateFactory)
    kind = "check_in"
    happened_on = in_days(-1)


class CandidateFactory(AdvocateFactory):
    """Somebody who may join."""

    status = "candidate"


class AdvocateScoreFactory(TenantFactory):
    """Of a candidate of whom nothing is known yet."""

    class Meta:
        model = AdvocateScore

    advocate = factory.SubFactory(CandidateFactory)


class DismissalFactory(TenantFactory):
    """A candidate was put aside."""

    class Meta:
        model = Dismissal

    advocate = factory.SubFactory(CandidateFactory)
    account = factory.SelfAttribute("advocate.account")
    reason = "Just changed jobs"
