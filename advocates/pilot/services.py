"""Asking how the pilot was, answering, deciding, and going on to the next month (PIL-1, ACT-3)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.links import create_link
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocates.access import require_change
from advocates.language import language_of
from advocates.models import ActivityType, Advocate
from advocates.people.choices import ENROLLED
from advocates.people.contact import write_to
from advocates.people.traces import require_not_erased
from advocates.pilot.lifecycle import VOICE
from advocates.pilot.models import PilotVoice
from advocates.pilot.selectors import pilot_counts
from advocates.program.ledger.facts import note_question
from advocates.responsibilities.models import Program
from advocates.responsibilities.selectors import there
from advocates.responsibilities.services import the_program

PURPOSE, MAIL = "pilot", "pilot-question"
#: A link for a few lines need not work for ever.
_LINK_DAYS = 30
PARTS = ("worked", "did_not", "change")
FOUNDATION, PILOT, GROWTH = 1, 2, 3


def ask_pilot(
    *, actor: Actor, advocates: Sequence[Advocate] = (), members: Sequence[Membership] = ()
) -> list[PilotVoice]:
    """Send a link for a few lines to each of them; who was asked already is not asked again.

    Raises ``DomainError`` for nobody, for somebody who is not in the program or does not work here.
    """
    require_change(actor, "settings.rules")
    if not advocates and not members:
        problem = _("Choose whom to ask.")
        raise DomainError(problem, fields={"advocates": problem})
    who: list[Advocate | Membership] = [*advocates, *members]
    with transaction.atomic():
        return [voice for each in who if (voice := _ask(actor, each)) is not None]


def _ask(actor: Actor, who: Advocate | Membership) -> PilotVoice | None:
    if isinstance(who, Advocate):
        require_not_erased(who)
        if who.status not in ENROLLED:
            problem = _("%(name)s is not in the program.") % {"name": who.name}
            raise DomainError(problem, fields={"advocates": problem})
        row = PilotVoice(advocate=who, asked_by=actor.membership)
    else:
        if there(who) is None:
            problem = _("%(name)s does not work here any more.") % {"name": who.name}
            raise DomainError(problem, fields={"members": problem})
        row = PilotVoice(member=who, asked_by=actor.membership)
    key = {"advocate": row.advocate} if row.advocate else {"member": row.member}
    PilotVoice.objects.bulk_create([row], ignore_conflicts=True)
    if not PilotVoice.objects.filter(pk=row.pk, **key).exists():
        return None
    if row.advocate is not None and (survey := ActivityType.objects.filter(code="survey").first()):
        note_question(advocate=row.advocate, activity_type=survey)
    record("pilot.asked", row, actor=actor, about=[row.advocate] if row.advocate else [])
    _write(row, actor.membership)
    return row


def _write(voice: PilotVoice, sender: Membership | None) -> None:
    """From a person, to a person, with a link of their own."""
    until = clock.now() + timedelta(days=_LINK_DAYS)
    link = create_link(purpose=PURPOSE, subject_id=voice.pk, expires_at=until)
    advocate, member = voice.advocate, voice.member
    tenant = link.tenant
    if advocate is not None:
        language = language_of(advocate)
    else:
        language = (member.user.language if member else "") or tenant.language
    given = advocate.first_name or advocate.name if advocate else voice.name
    context = {
        "given": given,
        "is_advocate": advocate is not None,
        "company": tenant.name,
        "sender": sender.name if sender else tenant.name,
    }
    mail = render_mail("pilot_question", context, language)
    common: dict[str, Any] = {
        "kind": MAIL,
        "subject": mail.subject,
        "text": mail.text,
        "link": link,
        "sender": sender,
        "subject_id": voice.pk,
        "unique_key": f"{MAIL}:{voice.pk}",
    }
    if advocate is not None:
        write_to(advocate, **common)
    elif member is not None:
        queue_mail(to_email=member.email, to_name=member.name, **common)


@transaction.atomic
def answer_pilot(*, voice: PilotVoice, **words: str) -> PilotVoice:
    """What they say (``worked``, ``did_not``, ``change``); again until somebody has decided.

    Raises ``DomainError`` for a part that is too long or where nothing is said, ``Conflict`` once
    it is decided.
    """
    checked = writes.clean(voice, {name: words.get(name, "") for name in PARTS})
    if not any(checked.values()):
        problem = _("Write a line at one of the questions.")
        raise DomainError(problem, fields={"worked": problem})
    VOICE.move(voice, "answer", answered_at=clock.now(), **checked)
    actor = Actor.advocate(voice.advocate.pk) if voice.advocate else Actor.member(voice.member)  # type: ignore[arg-type]
    record("pilot.answered", voice, actor=actor, about=[voice.advocate] if voice.advocate else [])
    return voice


@transaction.atomic
def decide_voice(
    *,
    actor: Actor,
    voice: PilotVoice,
    decision: str,
    owner: Membership | None,
    note: str = "",
) -> PilotVoice:
    """Change, keep, later, and who sees to it; may be decided anew. Raises at a field."""
    VOICE.permit(actor, "decide")
    values = {"decision": decision, "note": note}
    checked = writes.clean(voice, values, required=("decision",))
    if there(owner) is None:
        problem = _("Choose a colleague who works here.")
        raise DomainError(problem, fields={"owner": problem})
    now = {"decided_at": clock.now(), "decided_by": actor.membership, "owner": owner}
    VOICE.move(voice, "decide", **checked, **now)
    payload = {"decision": decision, "owner": str(owner.pk)}  # type: ignore[union-attr]
    about = [voice.advocate] if voice.advocate else []
    record("pilot.decided", voice, actor=actor, payload=payload, about=about)
    return voice


@transaction.atomic
def go_on(*, actor: Actor, month: int, anyway: bool = False) -> Program:
    """Begin the pilot (2) or the third month (3).

    Raises ``Conflict`` for a month that does not follow, and (``open_decisions``, at ``anyway``)
    for the third while nobody was asked how the pilot was or an answer waits for a decision;
    ``anyway`` passes that (PIL-1).
    """
    require_change(actor, "settings.rules")
    row = Program.objects.select_for_update().get(pk=the_program().pk)
    if month != row.month + 1 or month > GROWTH:
        raise Conflict(_("The program is in month %(month)d.") % {"month": row.month})
    if month == GROWTH and not anyway and (warning := open_decisions()):
        raise Conflict(warning, code="open_decisions", fields={"anyway": warning})
    row.month, row.month_since = month, clock.now()
    row.save(update_fields=["month", "month_since"])
    payload = {"month": month, "anyway": anyway}
    record("program.went_on", row, actor=actor, payload=payload)
    return row


def open_decisions() -> str:
    """What speaks against the third month; nothing where nothing does."""
    counts = pilot_counts()
    if not counts.asked:
        return _("Nobody was asked yet how the pilot was.")
    if not counts.undecided:
        return ""
    return ngettext(
        "%(count)d answer waits for a decision.",
        "%(count)d answers wait for a decision.",
        counts.undecided,
    ) % {"count": counts.undecided}


@transaction.atomic
def choose_types(*, actor: Actor) -> Program:
    """Somebody found right what may be asked for. A second time changes nothing."""
    require_change(actor, "settings.rules")
    row = Program.objects.select_for_update().get(pk=the_program().pk)
    if row.types_chosen_at is None:
        row.types_chosen_at = clock.now()
        row.save(update_fields=["types_chosen_at"])
        record("program.types_chosen", row, actor=actor)
    return row
