"""What somebody gave, for the top of their page; what they got back is said by the apps above."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocates.models import Advocate, Participation
from advocates.program.ledger.choices import UnitState


@dataclass(frozen=True, slots=True)
class Given:
    """Everything somebody contributed so far; ``minutes`` as far as somebody wrote them down."""

    contributions: int
    minutes: int
    declined: int

    @property
    def words(self) -> str:
        """ "4 contributions, about 3 hours": what there is to say of it."""
        if not self.contributions:
            return _("nothing yet")
        text = ngettext("%(count)d contribution", "%(count)d contributions", self.contributions)
        return f"{text % {'count': self.contributions}}{self._time()}"

    def _time(self) -> str:
        if not self.minutes:
            return ""
        if self.minutes < 90:
            return _(", %(count)d minutes") % {"count": self.minutes}
        hours = round(self.minutes / 60)
        return ngettext(", about %(count)d hour", ", about %(count)d hours", hours) % {
            "count": hours
        }


def given_by(advocate: Advocate) -> Given:
    """What somebody gave, in one statement."""
    done = Q(state=UnitState.COMPLETED)
    totals = Participation.objects.filter(advocate=advocate).aggregate(
        contributions=Count("pk", filter=done),
        minutes=Sum("minutes", filter=done),
        declined=Count("pk", filter=Q(state=UnitState.RELEASED, release_reason="declined")),
    )
    return Given(totals["contributions"], totals["minutes"] or 0, totals["declined"])
