"""The checklist on a person's page, and its two presses (ENR-2)."""

from typing import Any, ClassVar

from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView
from advocates.access import may_change
from advocates.models import Advocate
from advocates.onboarding import services
from advocates.onboarding.selectors import first_steps_of, shows_first_steps
from advocates.people import selectors as people


def first_steps_card(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """The steps with their ticks; nothing outside the program."""
    if not shows_first_steps(advocate):
        return None
    return {
        "advocate": advocate,
        "steps": first_steps_of(advocate),
        "may_tick": may_change(membership, "advocates.edit", advocate.account),
    }


class _OnStep(ActionView):
    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "advocates.edit"
    service: Any = None

    def perform(self) -> Advocate:
        advocate = people.get_advocate(self.kwargs["pk"])
        found: Advocate = type(self).service(
            actor=self.actor, advocate=advocate, step=self.kwargs["step"]
        )
        return found

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])


class Tick(_OnStep):
    """A step is done."""

    service = staticmethod(services.tick_step)


class Untick(_OnStep):
    """A step was ticked in error."""

    service = staticmethod(services.untick_step)
