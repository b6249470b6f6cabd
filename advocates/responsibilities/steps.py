"""The steps from finding an advocate to thanking them, and whose each usually is (RSP-1)."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.roles import Role
from advocates.people.choices import Comfort
from advocates.program.catalogue.models import ActivityType


class Step(models.TextChoices):
    """In the order in which they come."""

    FIND = "find", _("Find, nominate, cultivate")
    ASK = "ask", _("Match and ask")
    PREPARE = "prepare", _("Prepare the advocate")
    BRIEF = "brief", _("Brief the prospect")
    SCHEDULE = "schedule", _("Find a time")
    RUN = "run", _("Run it")
    OUTCOME = "outcome", _("Record the outcome")
    PRODUCE = "produce", _("Produce it")
    PUBLISH = "publish", _("Publish and distribute")
    REFERRAL = "referral", _("Follow up the referral")
    FEEDBACK = "feedback", _("Answer the feedback")
    THANK = "thank", _("Thank")


#: The heads of a matrix' columns.
SHORT: Mapping[str, str | Promise] = {
    Step.FIND: _("Find"),
    Step.ASK: _("Ask"),
    Step.PREPARE: _("Prepare"),
    Step.BRIEF: _("Brief"),
    Step.SCHEDULE: _("Time"),
    Step.RUN: _("Run"),
    Step.OUTCOME: _("Outcome"),
    Step.PRODUCE: _("Produce"),
    Step.PUBLISH: _("Publish"),
    Step.REFERRAL: _("Referral"),
    Step.FEEDBACK: _("Answer"),
    Step.THANK: _("Thank"),
}
#: And of its cells.
SHORT_ROLE: Mapping[str, str | Promise] = {
    Role.PROGRAM_MANAGER: _("Program"),
    Role.CSM: _("CSM"),
}
#: The table of the specification. Who thanks follows the effort until a tenant says a role.
USUAL: Mapping[str, str] = {
    Step.FIND: Role.CSM,
    Step.ASK: Role.PROGRAM_MANAGER,
    Step.PREPARE: Role.CSM,
    Step.BRIEF: Role.SALES,
    Step.SCHEDULE: Role.PROGRAM_MANAGER,
    Step.RUN: Role.PROGRAM_MANAGER,
    Step.OUTCOME: Role.SALES,
    Step.PRODUCE: Role.MARKETING,
    Step.PUBLISH: Role.MARKETING,
    Step.REFERRAL: Role.SALES,
    Step.FEEDBACK: Role.PRODUCT,
    Step.THANK: Role.CSM,
}
#: Review sites and events are marketing's to run.
USUAL_OF_TYPE: Mapping[tuple[str, str], str] = {
    ("review", Step.RUN): Role.MARKETING,
    ("event_attendance", Step.SCHEDULE): Role.MARKETING,
    ("event_attendance", Step.RUN): Role.MARKETING,
}
#: Who takes part besides, for the page.
TAKES_PART: Mapping[str, str | Promise] = {
    Step.FIND: _("program manager and executive take part"),
    Step.ASK: _("a CSM asks at own accounts, and is heard before any other ask there"),
    Step.PREPARE: _("the program manager takes part"),
    Step.BRIEF: _("the program manager takes part"),
    Step.SCHEDULE: _("the requester takes part"),
    Step.RUN: _("the requester takes part"),
    Step.OUTCOME: _("the program manager takes part"),
    Step.PRODUCE: _("the program manager takes part"),
    Step.PUBLISH: _("the program manager takes part"),
    Step.REFERRAL: _("the program manager takes part"),
    Step.FEEDBACK: _("the program manager takes part"),
    Step.THANK: _("sales and executive take part"),
}
#: People meet, so that a time has to be found.
_MEET = frozenset({Comfort.PRIVATE_CALL, Comfort.RECORDED_VIDEO, Comfort.PUBLIC_STAGE})
_CONTENT = frozenset({"quote", "video", "link", "document", "logo", "recording"})
_ALWAYS = frozenset({Step.FIND, Step.ASK, Step.PREPARE, Step.RUN, Step.OUTCOME, Step.THANK})


def steps_of(kind: ActivityType) -> list[Step]:
    """The steps an activity of a type has: only a call has a prospect to brief, only what produces
    something is published.
    """
    has = set(_ALWAYS)
    if _MEET & set(kind.needs_comfort) or kind.code in ("event_attendance", "advisory_board"):
        has.add(Step.SCHEDULE)
    if Comfort.PRIVATE_CALL in kind.needs_comfort:
        has.add(Step.BRIEF)
    if kind.produces in _CONTENT:
        has |= {Step.PRODUCE, Step.PUBLISH}
    if kind.produces == "referral":
        has.add(Step.REFERRAL)
    if kind.produces == "feedback":
        has.add(Step.FEEDBACK)
    return [step for step in Step if step in has]


def usual_role(step: str, code: str = "") -> str:
    """Whose a step is while nobody has said otherwise."""
    return USUAL_OF_TYPE.get((code, step)) or USUAL[step]
