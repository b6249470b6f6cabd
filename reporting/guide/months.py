"""The first three months with their progress, from facts (ACT-3, PIL-1)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from advocacy.tenant_settings.reading import current
from advocates.models import ActivityType, Advocate, Outcome
from advocates.people.choices import ENROLLED, Importance
from advocates.pilot.selectors import PilotCounts, pilot_counts
from advocates.pilot.services import FOUNDATION, GROWTH, PILOT
from advocates.program.catalogue.maturity import Maturity


@dataclass(frozen=True, slots=True)
class Progress:
    """One thing a month aims at: how many of how many."""

    label: str
    value: int
    goal: int

    @property
    def done(self) -> bool:
        """Whether it is reached."""
        return self.value >= self.goal

    @property
    def shown(self) -> int:
        """As long as the bar can be."""
        return min(self.value, self.goal)


@dataclass(frozen=True, slots=True)
class Month:
    """One of the three."""

    number: int
    title: str
    text: str
    progress: list[Progress]

    @property
    def done(self) -> bool:
        """Whether everything in it is reached."""
        return all(each.done for each in self.progress)


@dataclass(frozen=True, slots=True)
class Facts:
    """What months are measured by."""

    enrolled: int
    with_outcome: int
    must_on: int
    must_running: int
    pilot: PilotCounts


def facts_of(kinds: list[ActivityType], running: set[UUID]) -> Facts:
    """Read once for a page."""
    outcome = Exists(Outcome.objects.filter(advocate=OuterRef("pk")))
    people = (
        Advocate.objects.filter(status__in=sorted(ENROLLED))
        .annotate(has_outcome=outcome)
        .aggregate(all=Count("pk"), told=Count("pk", filter=Q(has_outcome=True)))
    )
    must = [kind for kind in kinds if kind.importance == Importance.MUST and kind.is_on]
    runs = sum(kind.pk in running for kind in must)
    return Facts(people["all"], people["told"], len(must), runs, pilot_counts())


def months_of(facts: Facts) -> list[Month]:
    """Foundation, pilot, growth."""
    numbers, pilot = current(Maturity), facts.pilot
    first = {"low": numbers.first_people, "high": numbers.first_people_most}
    then = {"low": numbers.then_people, "high": numbers.then_people_most}
    return [
        Month(
            FOUNDATION,
            _("Month 1, foundation"),
            _("%(low)d to %(high)d people, what each achieved written down") % first,
            [
                Progress(_("People in the program"), facts.enrolled, numbers.first_people),
                Progress(_("With an outcome"), facts.with_outcome, numbers.first_people),
            ],
        ),
        Month(
            PILOT,
            _("Month 2, pilot"),
            _("First calls and testimonials, then everybody says what worked"),
            [
                Progress(_("Must-haves that run"), facts.must_running, max(facts.must_on, 1)),
                Progress(_("Answers to the pilot"), pilot.answered, max(pilot.asked, 1)),
                Progress(_("Decided"), pilot.answered - pilot.undecided, max(pilot.answered, 1)),
            ],
        ),
        Month(
            GROWTH,
            _("Month 3, %(low)d to %(high)d people") % then,
            _("The next kinds of activity, with your yes"),
            [Progress(_("People in the program"), facts.enrolled, numbers.then_people)],
        ),
    ]
