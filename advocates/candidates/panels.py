"""Cards on a person's page: the relationship, and what makes a candidate (REL-1, IDN-1)."""

from typing import Any

from django.db.models import Avg, Count

from advocacy.tenancy.models import Membership
from advocates.access import may_change
from advocates.candidates.private import private_fit
from advocates.candidates.selectors import last_dismissal, score_of
from advocates.models import Account, Advocate, AdvocateScore
from advocates.people.choices import ENROLLED
from advocates.people.selectors import CANDIDATES
from advocates.scoring.parts import (
    change_words,
    comforts_of,
    one_sided_words,
    score_parts,
    strength_parts,
)


def relationship_card(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """Strength in parts, whether it is one-sided, and a way to record a touch."""
    known = score_of(advocate)
    if known is None:
        return None
    return {
        "advocate": advocate,
        "known": known,
        "parts": strength_parts(known),
        "one_sided": one_sided_words(known) if known.one_sided else "",
        "may_record": may_change(membership, "touches.edit", advocate.account),
    }


def score_card(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """Score in parts of somebody who may still join."""
    if advocate.status in ENROLLED or advocate.status not in CANDIDATES:
        return None
    known = score_of(advocate)
    if known is None:
        return None
    comforts, past = comforts_of(advocate), last_dismissal(advocate)
    return {
        "advocate": advocate,
        "known": known,
        "parts": score_parts(advocate, known, comforts),
        "private": private_fit(advocate, comforts),
        "past": past,
        "changed": change_words(past.because) if past else "",
        "may_bring": may_change(membership, "advocates.edit", advocate.account),
        "may_set_up": membership.can("settings.rules"),
        "may_dismiss": advocate.status == "candidate"
        and (past is None or past.state != "away")
        and may_change(membership, "candidates.dismiss", advocate.account),
    }


def account_card(account: Account, membership: Membership) -> dict[str, Any] | None:
    """The strength of a company's relationship: the mean of its people in the program (REL-1)."""
    found = AdvocateScore.objects.filter(
        advocate__account=account, advocate__status__in=sorted(ENROLLED)
    ).aggregate(mean=Avg("strength"), people=Count("pk"))
    if not found["people"]:
        return None
    weakest = (
        AdvocateScore.objects.select_related("advocate")
        .filter(advocate__account=account, advocate__status__in=sorted(ENROLLED))
        .order_by("-one_sided", "strength", "advocate_id")[:5]
    )
    return {"strength": round(found["mean"]), "people": found["people"], "rows": list(weakest)}
