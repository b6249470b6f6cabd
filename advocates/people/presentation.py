"""What is known of a person, in sentences instead of field names (UI-1)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.web import formatting as words
from advocates.accounts.presentation import _as_of, _joined, date_words
from advocates.language import language_of
from advocates.languages import language_name
from advocates.models import Advocate, Consent, Participation, Preference
from advocates.people.asking import Answer
from advocates.people.choices import Comfort
from advocates.people.next_steps import renew_within
from advocates.program.catalogue.choices import Effort
from advocates.program.ledger.choices import Origin, UnitState


def advocate_subtitle(advocate: Advocate, channel: str) -> str:
    """Who they are, where, how they are spoken to and who looks after them, in sentences."""
    account, zone = advocate.account, advocate.zone
    there = {"job": advocate.job_title, "account": account.name}
    who = _("%(job)s at %(account)s") % there if advocate.job_title else account.name
    # Without its zone, which would be turned into the reader's.
    now = words.clock_time(clock.now().astimezone(zone).replace(tzinfo=None))
    here = _("where it is %(time)s") % {"time": now} if advocate.time_zone else ""
    sentences = [_joined([who, account.city, here], ", ")]
    speaks = {"language": language_name(language_of(advocate))}
    how = {
        Preference.Channel.EMAIL: _("Write in %(language)s"),
        Preference.Channel.PHONE: _("Call, in %(language)s, rather than write"),
        Preference.Channel.CSM: _("Through the contact person only, in %(language)s"),
    }.get(Preference.Channel(channel), "")
    sentences.append(how % speaks)
    if account.owner:
        sentences.append(_("%(owner)s looks after them") % {"owner": account.owner.name})
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of activity that can be asked for, and what speaks for it."""

    name: str
    words: str


def offers(answer: Answer, done: Collection[UUID], who: str) -> list[Offer]:
    """What can be asked for without a word of care, the lightest first."""
    order = list(Effort.values)
    kinds = [each.activity_type for each in answer.clean_types]
    found = []
    for kind in sorted(kinds, key=lambda kind: (order.index(kind.effort), kind.pk in done)):
        effort = str(kind.get_effort_display()).lower()
        new = _("new to %(name)s") % {"name": who} if kind.pk not in done else ""
        found.append(Offer(kind.name, _joined([effort, new], ", ")))
    return found


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One leave, with how it stands."""

    consent: Consent
    words: str
    tone: str
    icon: str
    detail: str = ""


def consent_lines(
    consents: Iterable[Consent], today: date, names: Mapping[str, str]
) -> list[ConsentLine]:
    """Each leave with its end: in force, ending soon, over (ADV-4). ``names``: of the kinds of
    activity by code.
    """
    found, soon = [], renew_within()
    for consent in consents:
        end = consent.expires_on
        if consent.withdrawn_on:
            look = (_("withdrawn %(day)s"), consent.withdrawn_on, "neutral", "ban")
        elif end is None:
            look = (_("since %(day)s"), consent.given_on, "success", "check")
        elif end < today:
            look = (_("ended %(day)s"), end, "danger", "clock-x")
        elif end - soon <= today:
            look = (_("ends %(day)s"), end, "warning", "clock")
        else:
            look = (_("until %(day)s"), end, "success", "check")
        text, day, tone, icon = look
        scope = ", ".join(names.get(code, code) for code in consent.scope)
        detail = " · ".join(part for part in (scope, consent.given_by, consent.evidence) if part)
        found.append(ConsentLine(consent, text % {"day": words.day(day)}, tone, icon, detail))
    return found


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
