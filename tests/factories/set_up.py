"""Setting a program up: the strategy sheet, pilot feedback."""

import factory

from advocacy import clock
from advocates.models import PilotVoice, StrategySheet
from tests.factories.advocates import AdvocateFactory
from tests.factories.base import TenantFactory


class StrategySheetFactory(TenantFactory):
    """Goals alone; the rest is open."""

    class Meta:
        model = StrategySheet

    number = factory.Sequence(lambda number: number + 1)
    goals = "Every deal above 50,000 has a reference."


class PilotVoiceFactory(TenantFactory):
    """Somebody was asked."""

    class Meta:
        model = PilotVoice

    advocate = factory.SubFactory(AdvocateFactory)


class AnsweredVoiceFactory(PilotVoiceFactory):
    """Somebody answered."""

    state = "answered"
    answered_at = factory.LazyFunction(clock.now)
    change = "Tell us the questions earlier."
