"""How the ranking of a request reads: who can be asked without reservation stands first (MAT-1)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.web import formatting as words
from advocates.models import TierStanding
from requests.access import may_ask
from requests.matching.exclusions import Reason
from requests.matching.matches import Match
from requests.matching.spread import SPREAD, SPREAD_OVER

#: Of the first ten, so many places are kept for better fits about whom something is to be said.
_WITH_CARE = 3


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match as the ranking shows it."""

    match: Match
    tier: tuple[str, str] | None
    may_ask: bool
    given: str
    rested: str
    left: str
    #: What is to be said of this person; what is true of the whole group, its heading says.
    warnings: tuple[Reason, ...] = ()
    #: What to offer first to who has done nothing yet.
    first_step: str = ""
    #: Above the first row of a group: what it is, and what is true of all of it.
    heading: str = ""
    heading_note: str = ""

    @property
    def key(self) -> str:
        """The advocate's id, for an address."""
        return str(self.match.advocate.pk)

    @property
    def role(self) -> str:
        """What they do, and where."""
        advocate, account = self.match.advocate, self.match.account
        return " · ".join(filter(None, (advocate.job_title, account.name)))


def rows_for(viewer: Any, found: Sequence[Match]) -> list[MatchRow]:
    """Matches with the tier and the words of the ranking."""
    standings = {
        standing.advocate_id: standing.tier
        for standing in TierStanding.objects.filter(
            advocate__in=[each.advocate.pk for each in found], tier__isnull=False
        ).select_related("tier")
    }
    rows = []
    for each in found:
        tier, guard = standings.get(each.advocate.pk), each.guard
        asked = each.advocate.last_asked_at
        rows.append(
            MatchRow(
                match=each,
                tier=(tier.code, tier.name) if tier else None,
                may_ask=each.can_be_asked and may_ask(viewer, each.advocate),
                given=", ".join(str(outcome) for outcome in each.outcomes),
                left=_("%(left)d of %(all)d left") % {"left": guard.left, "all": guard.allowance}
                if guard
                else "",
                rested=_("asked %(since)s") % {"since": words.since(asked)}
                if asked
                else _("never asked"),
                warnings=tuple(each.warnings),
                first_step=_first_step(each),
            )
        )
    return rows


def _first_step(found: Match) -> str:
    if not found.first_steps:
        return ""
    names = [kind.name for kind in found.first_steps]
    text = _("Has done nothing yet. A good first step: %(steps)s.")
    return text % {"steps": _(" or ").join(names)}


def grouped(rows: Sequence[MatchRow], *, first: bool) -> list[MatchRow]:
    """Ready to be asked, with a word of care, of no good fit; each group with its heading.

    ``first``: the first ten only, at most two of one account among them (MAT-3).
    """
    ready = [row for row in rows if row.match.is_good and not row.warnings]
    care = [row for row in rows if row.match.is_good and row.warnings]
    poor = [row for row in rows if not row.match.is_good]
    if first:
        of_account: Counter[Any] = Counter()
        ready = _take(ready, SPREAD_OVER - min(_WITH_CARE, len(care)), of_account)
        care = _take(care, SPREAD_OVER - len(ready), of_account)
        poor = _take(poor, SPREAD_OVER - len(ready) - len(care), of_account)
    return [
        *_headed(ready, _("Ready to ask"), _("without any reservation")),
        *_headed(*_said_once(care)),
        *_headed(poor, _("No good fit"), _("but nothing is in the way")),
    ]


def _take(rows: Iterable[MatchRow], most: int, of_account: Counter[Any]) -> list[MatchRow]:
    taken: list[MatchRow] = []
    for row in rows:
        account = row.match.advocate.account_id
        if len(taken) < most and of_account[account] < SPREAD:
            of_account[account] += 1
            taken.append(row)
    return taken


def _said_once(rows: list[MatchRow]) -> tuple[list[MatchRow], str, str]:
    """What is to be said of every one of them is normal here, and said once."""
    usual = set.intersection(*({r.code for r in row.warnings} for row in rows)) if rows else set()
    if len(rows) < 2:
        usual = set()
    labels = dict.fromkeys(r.label for row in rows for r in row.warnings if r.code in usual)
    note = _("the reason goes on record")
    if labels:
        note = ngettext(
            "for each of the %(count)d: %(what)s", "for each of the %(count)d: %(what)s", len(rows)
        ) % {"count": len(rows), "what": ", ".join(labels)}
    left = [
        replace(row, warnings=tuple(r for r in row.warnings if r.code not in usual)) for row in rows
    ]
    return left, _("With a word of care"), note


def _headed(rows: list[MatchRow], heading: str, note: str) -> list[MatchRow]:
    if not rows:
        return []
    return [replace(rows[0], heading=heading, heading_note=note), *rows[1:]]
