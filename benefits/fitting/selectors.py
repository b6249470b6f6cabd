"""Suggestions of benefits, each with its reason in words and the way to give it (BEN-9.a)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate
from advocates.program.catalogue.reviews import speaks_of_review
from benefits.fitting.facts import catalogue, deed_from, is_never_rewarded, people
from benefits.fitting.ranking import Kind, Suggestion, ranked
from benefits.fitting.words import in_a_line, reason_words
from benefits.settings import Giving

MOST = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """A benefit for somebody: ``parts`` are the reasons, one by one; ``why`` in a line."""

    found: Suggestion
    parts: list[str]

    @property
    def kind(self) -> Kind:
        """What it is."""
        return self.found.kind

    @property
    def why(self) -> str:
        """ "Prefers recognition; nothing of it in the last year"."""
        return in_a_line(self.parts)


def suggestions_for(
    advocates: Collection[Advocate],
    *,
    activities: Collection[Activity] = (),
    occasion: str = "",
    most: int = MOST,
) -> dict[UUID, list[Suggested]]:
    """For each person what fits best, for what they did or for an occasion; nothing for a review,
    ever (BEN-4.a). The same few statements however many people.
    """
    if is_never_rewarded(activities) or speaks_of_review(occasion) or not advocates:
        return {each.pk: [] for each in advocates}
    kinds, deed, known = catalogue(), deed_from(activities), people(advocates)
    found = {}
    for pk, person in known.items():
        best = ranked(kinds, person, deed, most=most)
        found[pk] = [
            Suggested(each, reason_words(each, interests=person.interests, deed=deed))
            for each in best
        ]
    return found


def suggestions_after(activity: Activity) -> list[Suggested]:
    """What fits for one activity; nothing before it happened."""
    if activity.state != ActivityState.COMPLETED:
        return []
    who = activity.advocate
    return suggestions_for([who], activities=[activity])[who.pk]


def way_to_give(
    membership: Membership,
    advocate_id: UUID,
    benefit_id: UUID,
    *,
    activities: Collection[UUID] = (),
    occasion: str = "",
) -> str:
    """The form of a grant, filled in."""
    due = clock.today(membership.tenant.zone) + timedelta(days=current(Giving).promise_days)
    fields = [("advocate", advocate_id), ("benefit", benefit_id), ("due_on", due.isoformat())]
    fields += [("for", pk) for pk in activities]
    fields += [("occasion", occasion)] if occasion else []
    return f"{tenant_reverse(membership.tenant, 'grants:new')}?{urlencode(fields)}"
