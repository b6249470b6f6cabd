"""Parts of playbooks."""

import factory

from activities.playbooks.models import PlaybookStep, PlaybookText
from tests.factories.advocates import ActivityTypeFactory
from tests.factories.base import TenantFactory


class PlaybookStepFactory(TenantFactory):
    """Somebody who schedules goes through it two business days before."""

    class Meta:
        model = PlaybookStep

    activity_type = factory.SubFactory(ActivityTypeFactory)
    text = "Go through it once, camera on"
    step = "run"
    anchor = "booked"
    days = -2


class PlaybookTextFactory(TenantFactory):
    """A guide."""

    class Meta:
        model = PlaybookText

    activity_type = factory.SubFactory(ActivityTypeFactory)
    kind = "interview"
    title = "Interview for a case study"
    body = "## Before\n\n- What was it **like**?"
