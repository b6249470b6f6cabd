"""Sending a recruitment message: to one person at a time, with what is missing marked (ENR-3)."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.services import queue_mail
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.turns import stand_in_line
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting
from advocates.access import require_change
from advocates.joining.numbers import Recruiting
from advocates.models import (
    ActivityType,
    Advocate,
    PoolMembership,
    RecruitmentMessage,
    RecruitmentTemplate,
)
from advocates.people.choices import ENROLLED, Readiness
from advocates.people.contact import how_instead
from advocates.people.traces import require_not_erased
from advocates.pool.lifecycle import PoolState
from advocates.recruiting.drafts import letter_of, missing_of, unknown_places
from advocates.recruiting.models import PARTS

MAIL = "recruitment"
#: So long word for word the same is bulk mail, whoever presses how often.
_SAME_FOR = timedelta(days=30)


@transaction.atomic
def send_recruitment_message(
    *,
    actor: Actor,
    advocate: Advocate,
    activity_type: ActivityType,
    send_incomplete: bool = False,
    **parts: str,
) -> RecruitmentMessage:
    """Write one person a letter that asks whether they would begin with something (ENR-3).

    ``parts`` are the seven of :data:`PARTS`. One of them missing is a ``DomainError`` at it, unless
    ``send_incomplete`` says that it is meant. ``Conflict`` for who is in the program (they are
    asked, within what they can give), whose no is still final, who is never to be asked, and for
    what somebody else got word for word: that is bulk mail. Neither for who is in the community
    pool, where small things have their own few invitations (TIER-9.c, d), nor for who was written
    to lately. ``DomainError`` without an address or for who wants no mail; ``NotAllowed`` for a CSM
    at a colleague's account.
    """
    if not isinstance(advocate, Advocate):
        raise DomainError(
            _("A recruitment message goes to one person at a time."), code="one_at_a_time"
        )
    require_change(actor, "advocates.invite", advocate.account)
    sender = actor.membership
    if sender is None:
        raise NotAllowed(_("A person writes, so that an answer goes to somebody."))
    # Letters to one person one after the other, so that the second sees the first.
    stand_in_line(f"{MAIL}-to:{advocate.pk}")
    _require_open(advocate)
    message = RecruitmentMessage(advocate=advocate, activity_type=activity_type, sender=sender)
    if not activity_type.is_on:
        problem = _("This kind of activity is switched off; choose another one.")
        raise DomainError(problem, fields={"activity_type": problem})
    if activity_type.is_review:  # whoever is picked for one would be picked for what they will say
        problem = _("Reviews are asked for after a neutral moment, of nobody in particular.")
        raise DomainError(problem, fields={"activity_type": problem})
    given = {name: parts.get(name, "") for name in PARTS}
    for name, value in writes.clean(message, given).items():
        setattr(message, name, value)
    kept = {name: str(getattr(message, name)) for name in PARTS}
    missing = missing_of(kept)
    if missing and not send_incomplete:
        problem = _("This part is still missing.")
        raise DomainError(
            _("Parts are missing: %(parts)s.") % {"parts": ", ".join(part_labels(missing))},
            code="part_missing",
            fields=dict.fromkeys(missing, problem),
        )
    if otherwise := how_instead(advocate, sender):
        raise DomainError(otherwise, code="other_channel")
    _require_own_words(advocate, kept)
    _require_rest(advocate)
    message.without = " ".join(missing)
    message.save(force_insert=True)
    record(
        "recruitment.sent",
        message,
        actor=actor,
        payload={"activity_type": activity_type.code, "without": missing},
        about=[advocate, advocate.account],
    )
    mail = letter_of(advocate, kept)
    queue_mail(
        kind=MAIL,
        to_email=advocate.email,
        to_name=advocate.name,
        subject=mail.subject,
        text=mail.text,
        unique_key=f"{MAIL}:{message.pk}",
        sender=sender,
        subject_id=message.pk,
    )
    return message


@transaction.atomic
def save_template(
    *, actor: Actor, activity_type: ActivityType, **parts: str
) -> RecruitmentTemplate:
    """Keep the words for a type; an empty part is said in the usual words again (ENR-3.a).

    Raises ``DomainError`` at a part with a place that nothing fills.
    """
    require_change(actor, "settings.rules")
    # There may be no row yet to lock; of two at once the second changes what the first saved.
    stand_in_line(f"{MAIL}:{activity_type.pk}")
    found = RecruitmentTemplate.objects.filter(activity_type=activity_type).first()
    template = found or RecruitmentTemplate(activity_type=activity_type)
    checked = writes.clean(template, dict(parts))
    problems = {
        name: _("Nothing fills in {%(place)s}.") % {"place": unknown_places(str(text))[0]}
        for name, text in checked.items()
        if unknown_places(str(text))
    }
    if problems:
        raise DomainError(" ".join(problems.values()), code="unknown_place", fields={**problems})
    before = {name: getattr(template, name) for name in checked}
    if found is not None and before == checked:
        return template
    for name, value in checked.items():
        setattr(template, name, value)
    template.updated_at = clock.now()
    template.save()
    changed = sorted(name for name, value in checked.items() if before[name] != value)
    record("recruitment.template_saved", activity_type, actor=actor, payload={"fields": changed})
    return template


def part_labels(names: list[str]) -> list[str]:
    """What parts are called."""
    fields: Any = RecruitmentMessage._meta
    return [str(fields.get_field(name).verbose_name) for name in names]


def require_may_be_written_to(advocate: Advocate) -> None:
    """Raise ``Conflict`` or ``DomainError`` for whom no letter goes to now, whatever it says."""
    _require_open(advocate)
    _require_rest(advocate)


def _require_open(advocate: Advocate) -> None:
    require_not_erased(advocate)
    name = {"name": advocate.name}
    if advocate.status in ENROLLED:
        raise Conflict(
            _("%(name)s is in the program: ask, within what they can give.") % name, code="enrolled"
        )
    if PoolMembership.objects.filter(advocate=advocate, state=PoolState.MEMBER).exists():
        raise Conflict(
            _(
                "%(name)s is in the community pool: invite them to something small from there, now"
                " and then. They get no other request."
            )
            % name,
            code="in_pool",
        )
    if advocate.readiness == Readiness.NOT_A_FIT:
        raise Conflict(_("%(name)s is never to be asked.") % name, code="not_a_fit")
    if until := advocate.decline_final_until:
        raise Conflict(
            _("%(name)s declined. Do not ask again before %(day)s.")
            % {**name, "day": formatting.day(until)},
            code="decline_is_final",
        )
    if not advocate.email:
        raise DomainError(
            _("There is no e-mail address for %(name)s; add one first.") % name, code="no_address"
        )


def _require_rest(advocate: Advocate) -> None:
    """One letter, then time to answer it (ENR-3.b)."""
    days = current(Recruiting).recruit_again_days
    last = RecruitmentMessage.objects.filter(
        advocate=advocate, sent_at__gt=clock.now() - timedelta(days=days)
    ).first()
    if last is None:
        return
    again = (last.sent_at + timedelta(days=days)).astimezone(advocate.tenant.zone).date()
    raise Conflict(
        _("%(name)s had a letter on %(sent)s. Give them time to answer; the next from %(day)s on.")
        % {
            "name": advocate.name,
            "sent": formatting.day(last.sent_at),
            "day": formatting.day(again),
        },
        code="written_lately",
    )


def _require_own_words(advocate: Advocate, parts: Mapping[str, str]) -> None:
    """Word for word what somebody else got is bulk mail, also when two press at once."""
    said = hashlib.sha256("\n".join(parts[name] for name in PARTS).encode()).hexdigest()[:32]
    stand_in_line(f"{MAIL}:{said}")
    same = RecruitmentMessage.objects.select_related("advocate").filter(
        sent_at__gte=clock.now() - _SAME_FOR, **parts
    )
    found = same.first()
    if found is None:
        return
    if found.advocate_id == advocate.pk:
        raise Conflict(
            _("%(name)s has had this letter already.") % {"name": advocate.name},
            code="sent_already",
        )
    raise Conflict(
        _(
            "Word for word the same went to %(name)s. It goes to one person at a time: say what"
            " this one achieved."
        )
        % {"name": found.advocate.name},
        code="bulk",
    )
