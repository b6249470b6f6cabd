"""Asking both sides how it was, taking what they say, and looking into a low rating (FUL-3.a)."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.deeds import deed_of
from activities.activities.models import Activity
from activities.activities.services import about
from activities.duties.services import requester_of
from activities.feedback.lifecycle import FEEDBACK, FeedbackState, Side
from activities.feedback.models import LONGEST, Feedback
from activities.letter_kinds import FEEDBACK as LETTER
from activities.settings import Fulfilment
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.languages import spoken
from advocacy.messaging.links import create_link, link_path, revoke_links
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.services import cancel_mail
from advocacy.messaging.wording.kinds import write_mail
from advocacy.records import writes
from advocacy.records.undoing import note as note_undo
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.inserting import insert_unless_there
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import letter_moment
from advocates.language import language_of
from advocates.people.contact import write_to
from advocates.people.traces import require_not_erased

PURPOSE = "feedback"
MAIL = "feedback"
#: Whoever has just said that it took place may be writing; their mail comes later, or not at all.
_PATIENCE = timedelta(hours=1)
#: What is recorded so late is not asked about any more.
_TOO_LATE = timedelta(days=30)


def open_feedback(activity: Activity, side: str, member: Membership | None) -> Feedback:
    """Have one side say how it was; the same row however often it is opened."""
    closes_at = clock.now() + timedelta(days=current(Fulfilment).feedback_days)
    row = Feedback(
        activity=activity,
        side=side,
        member=member if side == Side.REQUESTER else None,
        closes_at=closes_at,
    )
    if insert_unless_there(row):
        return row
    return Feedback.objects.select_related("activity", "member__user").get(
        activity=activity, side=side
    )


def link_of(feedback: Feedback) -> PersonalLink:
    """The link on which it is given; a new one where none works."""
    found = PersonalLink.objects.filter(
        subject_id=feedback.pk, purpose=PURPOSE, revoked_at=None, expires_at__gt=clock.now()
    ).first()
    # It goes on to say what was said, and that it is closed.
    until = max(feedback.closes_at, clock.now()) + timedelta(days=30)
    return found or create_link(purpose=PURPOSE, subject_id=feedback.pk, expires_at=until)


@transaction.atomic
def feedback_path(activity: Activity, side: str, member: Membership | None) -> str:
    """Where a side that has just said that it took place says how it was."""
    return link_path(link_of(open_feedback(activity, side, member)))


def on_completed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Ask both sides. Subscribes ``activity.completed``.

    Only about what somebody asked for and was recorded in time. The requester is written to by the
    app that knows the request.
    """
    activity: Activity = subject  # type: ignore[assignment]
    requester = requester_of(activity)
    happened_at = activity.happened_at or clock.now()
    if activity.is_outside or requester is None or happened_at < clock.now() - _TOO_LATE:
        return
    open_feedback(activity, Side.REQUESTER, requester)
    own = open_feedback(activity, Side.ADVOCATE, None)
    if own.state == FeedbackState.ASKED:
        _write_to_advocate(activity, own)


def on_voided(event: Event, subject: models.Model, actor: Actor) -> None:
    """It had not happened: nobody is asked how it was. Subscribes ``activity.voided``."""
    for row in Feedback.objects.filter(activity=subject.pk, state=FeedbackState.ASKED):
        revoke_links(subject_id=row.pk)
        cancel_mail(subject_id=row.pk, kinds=[MAIL])
        row.delete()


def _write_to_advocate(activity: Activity, feedback: Feedback) -> None:
    advocate = activity.advocate
    sender = activity.owner or advocate.account.owner
    language = spoken(language_of(advocate))
    at = activity.starts_at or activity.happened_at or clock.now()
    with translation.override(language), timezone.override(advocate.zone):
        context = {
            "given": advocate.first_name or advocate.name,
            "deed": deed_of(activity),
            "when": letter_moment(at.astimezone(advocate.zone)),
            "sender": sender.name if sender else advocate.tenant.name,
        }
    mail = write_mail(LETTER, context, language)
    write_to(
        advocate,
        kind=MAIL,
        subject=mail.subject,
        text=mail.text,
        link=link_of(feedback),
        sender=sender,
        subject_id=feedback.pk,
        unique_key=f"{MAIL}:{feedback.pk}",
        due_at=clock.now() + _PATIENCE,
    )


def permit_feedback(actor: Actor, feedback: Feedback, name: str) -> None:
    """Each side gives its own; who runs the program looks into it. Else :class:`NotAllowed`."""
    if name != "give":
        FEEDBACK.permit(actor, name)
        return
    if feedback.side == Side.ADVOCATE:
        mine = actor.kind == "advocate" and actor.id == feedback.activity.advocate_id  # type: ignore[attr-defined]
    else:
        member = actor.membership
        mine = member is not None and feedback.member_id in answers_for(member)  # type: ignore[attr-defined]
    if not mine:
        raise NotAllowed(_("Each side says for itself how it was."))


@transaction.atomic
def give_feedback(
    *, actor: Actor, feedback: Feedback, rating: int | None, comment: str = "", again: str = ""
) -> Feedback:
    """Say how it was, 1 to 5; anew as long as it is open. What was written before is replaced.

    ``again`` is the advocate's. Raises :class:`DomainError` at the fields, :class:`Conflict` once
    it is closed or the activity was recorded in error.
    """
    permit_feedback(actor, feedback, "give")
    words = writes.tidy(comment)
    problems = {}
    if rating is None or not 1 <= rating <= 5:
        problems["rating"] = _("Choose a rating from 1 to 5.")
    if len(words) > LONGEST:
        problems["comment"] = _("Keep it under %(most)d characters.") % {"most": LONGEST}
    if problems:
        raise DomainError(" ".join(problems.values()), fields=problems)
    changes: dict[str, Any] = {"given_at": clock.now(), "handled_at": None, "handled_by": None}
    if feedback.side == Side.ADVOCATE:
        changes |= writes.clean(feedback, {"again": again})
    if feedback.side == Side.ADVOCATE:
        require_not_erased(feedback.activity.advocate)
    if feedback.closes_at <= clock.now():
        raise Conflict(_("The time to say how it was is over. Simply reply to our mail."))
    activity = Activity.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=feedback.activity.pk
    )
    if activity.state == ActivityState.VOIDED:
        raise Conflict(_("This had been recorded in error; there is nothing to say of it."))
    own = {
        f"{feedback.side}_rating": rating,
        f"{feedback.side}_comment": words if has_words(words) else "",
    }
    note_undo(activity, own)
    Activity.objects.filter(pk=activity.pk).update(**own)
    FEEDBACK.move(feedback.reload(), "give", **changes)
    cancel_mail(subject_id=feedback.pk, kinds=[MAIL])
    record(
        "feedback.given",
        feedback,
        actor=actor,
        payload={"side": feedback.side, "rating": rating},
        about=[activity, *about(feedback.activity)],
    )
    return feedback.reload()


@transaction.atomic
def handle_feedback(*, actor: Actor, feedback: Feedback, note: str = "") -> Feedback:
    """Somebody of the program looked into a low rating, and perhaps says what was done.

    Raises :class:`Conflict` for one that is not low, or was looked into.
    """
    permit_feedback(actor, feedback, "handle")
    require_not_erased(feedback.activity.advocate)
    checked = writes.clean(feedback, {"note": note})
    FEEDBACK.move(
        feedback, "handle", handled_at=clock.now(), handled_by=actor.membership, **checked
    )
    record(
        "feedback.handled",
        feedback,
        actor=actor,
        about=[feedback.activity, *about(feedback.activity)],
    )
    return feedback
