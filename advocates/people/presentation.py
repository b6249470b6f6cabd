"""What is known of a person, in sentences instead of field names (UI-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from advocates.accounts.presentation import _as_of, _joined, date_words
from advocates.languages import language_name
from advocates.models import Advocate, Participation, Preference
from advocates.people.choices import Comfort
from advocates.program.ledger.choices import Origin, UnitState


def advocate_subtitle(advocate: Advocate) -> str:
    """Job and company in one line."""
    return _joined([advocate.job_title, advocate.account.name])


def person_facts(advocate: Advocate, topics: Sequence[str]) -> list[tuple[str, Any]]:
    """What is known of a person, with its names."""
    skills = [
        _("speaks %(score)s of 5") % {"score": advocate.communication_skill}
        if advocate.communication_skill
        else "",
        _("presents %(score)s of 5") % {"score": advocate.presentation_skill}
        if advocate.presentation_skill
        else "",
        _("travels") if advocate.travels else "",
    ]
    nps = ""
    if advocate.nps is not None:
        nps = f"{advocate.nps}{_as_of(advocate.nps_on)}"
    rows: list[tuple[str, Any]] = [
        (_("Readiness"), advocate.get_readiness_display()),
        (_("Seniority"), advocate.get_seniority_display() if advocate.seniority else ""),
        (_("Function"), advocate.function),
        (_("E-mail"), advocate.email),
        (_("Phone"), advocate.phone),
        (_("Language"), language_name(advocate.language)),
        (_("Time zone"), advocate.time_zone.replace("_", " ")),
        (_("Own NPS"), nps),
        (_("Skills"), _joined(skills)),
        (_("Topics"), ", ".join(topics)),
        (_("Interests"), advocate.interests),
        (
            _("Executive sponsor"),
            advocate.executive_sponsor.name if advocate.executive_sponsor else "",
        ),
    ]
    return [row for row in rows if row[1]]


def preference_words(
    wishes: Preference, *, all_types: int, refused: int, cap: int | None
) -> list[tuple[str, str]]:
    """A person's preferences, each in a few words (ADV-2)."""
    comforts = [str(Comfort(code).label).lower() for code in wishes.comforts]
    thanks = [str(Preference.Appreciation(code).label).lower() for code in wishes.appreciation]
    own_cap = wishes.yearly_cap
    if refused:
        takes_part = _("%(count)d of %(all)d kinds of activity") % {
            "count": all_types - refused,
            "all": all_types,
        }
    else:
        takes_part = _("every kind of activity")
    if own_cap is not None:
        limit = _("%(count)d activities a year at most") % {"count": own_cap}
    elif cap is not None:
        limit = _("%(count)d activities a year at most, as everybody") % {"count": cap}
    else:
        limit = ""
    rows = [
        (_("Takes part in"), takes_part),
        (_("Comfortable with"), ", ".join(comforts) or _("nobody has asked yet")),
        (_("Reference calls"), str(wishes.get_reference_frequency_display()).lower()),
        (_("Gives"), limit),
        (
            _("Quiet until"),
            date_words(wishes.snoozed_until) if wishes.snoozed_until else "",
        ),
        (_("Contact by"), str(wishes.get_channel_display()).lower()),
        (_("Likes to get back"), ", ".join(thanks)),
    ]
    return [row for row in rows if row[1]]


@dataclass(frozen=True, slots=True)
class Given:
    """One line of what was asked of and given by a person."""

    row: Participation
    title: str
    state: str
    words: str
    at: Any


def given_words(row: Participation) -> Given:
    """A unit of the ledger as a person reads it."""
    at = row.completed_at or row.released_at or row.taken_at
    if row.state == UnitState.COMPLETED:
        text = row.get_origin_display()
        if row.minutes:
            text = _joined([text, _("%(minutes)d min") % {"minutes": row.minutes}])
    elif row.state == UnitState.RELEASED:
        text = row.get_release_reason_display()
    elif row.state == UnitState.VOIDED:
        text = _("Recorded in error: %(why)s") % {"why": row.void_reason}
    else:
        text = str(Origin(row.origin).label)
    title = str(row.activity_type.name)
    if row.detail:
        title = f"{title}: {row.detail}"
    return Given(row, title, str(row.state), str(text), at)
