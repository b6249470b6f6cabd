"""Taking a transcript in: read whole or refused whole (TRN-1.a)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from activities.assets.numbers import ContentNumbers
from activities.transcripts.access import EDIT, permit_edit
from activities.transcripts.choices import Format, Side
from activities.transcripts.decoding import Unreadable, decoded, tidied
from activities.transcripts.finding import find_proposals
from activities.transcripts.guessing import guess_language, guess_speakers
from activities.transcripts.models import Transcript, TranscriptLine, TranscriptSpeaker
from activities.transcripts.reading import Spoken, read
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import has_words, one_line
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day
from advocates.access import require_change
from advocates.models import Account, Advocate

_TEXTS = ("title", "consent_note")
#: PostgreSQL's integers end there; nobody talks for 500 hours.
_LATEST = 2_000_000_000


@transaction.atomic
def add_transcript(
    *,
    actor: Actor,
    account: Account | None = None,
    activity: Activity | None = None,
    text: str = "",
    file: bytes | None = None,
    title: str = "",
    held_on: date | None = None,
    language: str = "",
    consent_note: str = "",
) -> Transcript:
    """Read what was pasted (``text``) or uploaded (``file``), guess who speaks, and propose what is
    worth quoting. A language that is not given is guessed, a title made.

    Raises ``DomainError`` at ``text`` or ``file`` with the line that cannot be read and what was
    expected there, at ``account`` where it is of nothing; ``NotAllowed`` for a CSM at a colleague's
    account. Nothing is kept of what cannot be read whole.
    """
    account = _account_of(account, activity)
    require_change(actor, EDIT, account)
    kind, lines = _read(text, file)
    activity_day = activity.happened_at or activity.starts_at if activity else None
    if activity_day is not None and held_on is None:
        held_on = activity_day.astimezone(account.tenant.zone).date()
    transcript = Transcript(
        account=account,
        activity=activity,
        format=kind,
        line_count=len(lines),
        added_by=actor.membership,
    )
    values: dict[str, Any] = {
        "title": title if has_words(title) else _title(account, held_on),
        "held_on": held_on,
        "language": language or guess_language(line.text for line in lines),
        "consent_note": consent_note,
    }
    for name, value in writes.clean(transcript, values).items():
        setattr(transcript, name, value)
    transcript.save(force_insert=True)
    _keep(transcript, lines)
    found = find_proposals(transcript)
    payload = {"format": kind, "lines": len(lines), "proposals": found}
    record("transcript.added", transcript, actor=actor, payload=payload, about=transcript.about)
    return transcript


@transaction.atomic
def update_transcript(*, actor: Actor, transcript: Transcript, **values: Any) -> Transcript:
    """Change what stands beside the lines. In another language other sentences are proposed; what
    was chosen stays.
    """
    permit_edit(actor, transcript)
    locked = lock_transcript(transcript)
    if "text" in values:
        problem = _("Lines stay what was said; add another transcript instead.")
        raise DomainError(problem, fields={"text": problem})
    for fixed in ("account", "activity"):
        if fixed in values and values.pop(fixed) != getattr(locked, fixed):
            problem = _("This stays what it was; add the transcript again instead.")
            raise DomainError(problem, fields={fixed: problem})
    changes = writes.save_changes(locked, writes.clean(locked, values))
    if "language" in changes:
        find_proposals(locked)
    if changes:
        payload = writes.change_payload(changes, text=_TEXTS)
        record("transcript.changed", locked, actor=actor, payload=payload, about=locked.about)
    return locked


@transaction.atomic
def remove_transcript(*, actor: Actor, transcript: Transcript) -> None:
    """Take a transcript away that should not be here, with everything in it. Drafts that were begun
    from it stay.
    """
    permit_edit(actor, transcript)
    locked = lock_transcript(transcript)
    record(
        "transcript.removed",
        locked,
        actor=actor,
        payload={"lines": locked.line_count},
        about=locked.about,
    )
    locked.delete()


def lock_transcript(transcript: Transcript) -> Transcript:
    """The transcript as it is now, until the transaction ends."""
    rows = Transcript.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("account", "activity__advocate__account").get(pk=transcript.pk)


def _account_of(account: Account | None, activity: Activity | None) -> Account:
    if activity is not None:
        own: Account = activity.advocate.account
        if account is not None and account.pk != own.pk:
            problem = _("The activity is of another account: %(name)s.") % {"name": own}
            raise DomainError(problem, fields={"account": problem})
        return own
    if account is None:
        problem = _("Choose the account whose people speak.")
        raise DomainError(problem, fields={"account": problem})
    return account


def _read(text: str, file: bytes | None) -> tuple[Format, list[Spoken]]:
    at = "text" if file is None else "file"
    if file is not None and text.strip():
        raise _refused("text", _("Paste the text or upload a file, not both."))
    most = current(ContentNumbers).transcript_kilobytes
    size = len(text.encode(errors="replace")) if file is None else len(file)
    if size > most * 1024:
        words = _("It is larger than %(most)d KB; split it into several transcripts.")
        raise _refused(at, words % {"most": most})
    if not size or (file is None and not has_words(text)):
        raise _refused(at, _("Paste what was said, or upload a VTT, SRT or TXT file."))
    try:
        return read(tidied(text) if file is None else decoded(file))
    except Unreadable as error:
        raise _refused(at, str(error)) from None


def _refused(at: str, text: str) -> DomainError:
    return DomainError(text, code="unreadable", fields={at: text})


def _title(account: Account, held_on: date | None) -> str:
    words = {"account": account.name, "day": day(held_on) if held_on else ""}
    title = _("Call with %(account)s, %(day)s") if held_on else _("Call with %(account)s")
    return (title % words)[:200]


def _keep(transcript: Transcript, lines: list[Spoken]) -> None:
    labels = list(dict.fromkeys(one_line(line.speaker)[:80] for line in lines))
    people = Advocate.objects.filter(account=transcript.account, erased_at=None)
    guesses = guess_speakers(
        labels,
        {person.pk: person.name for person in people},
        Membership.objects.values_list("user__name", flat=True),
        transcript.account.name,
    )
    speakers = {}
    for position, label in enumerate(labels):
        guess = guesses.get(label)
        speakers[label] = TranscriptSpeaker(
            transcript=transcript,
            position=position,
            label=label,
            side=Side.UNKNOWN if not guess else Side.COLLEAGUE if guess is True else Side.ADVOCATE,
            advocate_id=guess if isinstance(guess, UUID) else None,
            is_guess=bool(guess),
        )
    TranscriptSpeaker.objects.bulk_create(speakers.values())
    TranscriptLine.objects.bulk_create(
        [
            TranscriptLine(
                transcript=transcript,
                speaker=speakers[one_line(line.speaker)[:80]],
                number=number,
                start_ms=_kept(line.start),
                end_ms=_kept(line.end),
                text=line.text,
            )
            for number, line in enumerate(lines, start=1)
        ],
        batch_size=2000,
    )


def _kept(milliseconds: int | None) -> int | None:
    return None if milliseconds is None else min(milliseconds, _LATEST)
