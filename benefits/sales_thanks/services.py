"""Writing a word of thanks through the program, holding it back, letting it go (THX-5)."""

from collections.abc import Collection, Iterable

from django.db import models, transaction
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.deeds import deed_of
from activities.activities.models import Activity
from activities.duties.services import requester_of
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.identity.absences.mails import said_for
from advocacy.languages import spoken
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import cancel_mail, queue_mail
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.delegation import answers_for, who_acts_for
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.urls import tenant_reverse
from advocates.language import language_of
from advocates.people.contact import write_to
from advocates.people.disclosure import sees_everybody
from benefits.sales_thanks.asking_nothing import why_not
from benefits.sales_thanks.lifecycle import SALES_THANKS, SalesThanksState
from benefits.sales_thanks.models import SalesThanks
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.models import ThankYou
from benefits.thanks.owners import owner_of
from benefits.thanks.settings import Thanking
from requests.models import Request

MAIL = "sales-thanks"
NOTICE = "sales-thanks-notice"


def about(thanks: SalesThanks) -> Iterable[models.Model]:
    """The records on whose timelines it appears."""
    activity = thanks.activity
    return (activity, activity.advocate, activity.advocate.account)


@transaction.atomic
def write_thanks(
    *, actor: Actor, activity: Activity, message: str, attachments: Collection[str] = ()
) -> SalesThanks:
    """Write to the advocate of a completed call one asked for; it goes after the owner's time to
    hold it back (THX-5).

    Raises :class:`DomainError` at ``message`` for what has to be left out, at ``activity`` for one
    that is not completed or was thanked for; :class:`NotAllowed` for a colleague's.
    """
    member = actor.membership
    requester = requester_of(activity)
    if member is None or requester is None or requester.pk not in answers_for(member):
        raise NotAllowed(_("Only who asked for the call adds their thanks."))
    if activity.state != ActivityState.COMPLETED:
        problem = _("Thank them once it has taken place.")
        raise DomainError(problem, fields={"activity": problem})
    waiting = SalesThanks.objects.filter(activity=activity)
    if waiting.exclude(state=SalesThanksState.TAKEN_BACK).exists():
        problem = _("You have added your thanks to this already.")
        raise Conflict(problem, fields={"activity": problem})
    owner = _owner_of(activity)
    now = clock.now()
    thanks = SalesThanks(activity=activity, sender=member, owner=owner, written_at=now)
    checked = writes.clean(thanks, {"message": message}, required=("message",))
    thanks.message = checked["message"]
    problem = why_not(thanks.message, attachments) or _gives_away(thanks)
    if problem:
        raise DomainError(problem, code="asks_for_something", fields={"message": problem})
    calendar = calendar_of(activity.advocate.tenant, owner.zone if owner else None)
    thanks.sends_at = calendar.add_hours(now, current(Thanking).sales_wait_hours)
    thanks.save(force_insert=True)
    _queue(thanks)
    if owner is not None and owner.pk != member.pk:
        _tell_owner(thanks, owner)
    record("sales_thanks.written", thanks, actor=actor, about=about(thanks))
    return thanks


def _owner_of(activity: Activity) -> Membership | None:
    """Whose thank-you it stands beside."""
    own = ThankYou.objects.filter(activity=activity, kind=ThankYouKind.PERSONAL)
    found = own.select_related("owner__user", "owner__tenant").first()
    owner: Membership | None = found.owner if found is not None else None
    if owner is not None:
        return owner
    return owner_of(ThankYouKind.PERSONAL, activity.participation.effort, activity)


def _gives_away(thanks: SalesThanks) -> str:
    """A prospect who wants to stay unnamed is not named here either (VIS-1)."""
    request = Request.objects.filter(asks__activity=thanks.activity, is_confidential=True).first()
    name = request.prospect.strip().casefold() if request else ""
    if not name or name not in thanks.message.casefold():
        return ""
    return _("The advocate was not told who the prospect is: leave out the name.")


def _queue(thanks: SalesThanks) -> None:
    """The letter, as a mail that waits; answers come to the owner, and no address shows."""
    advocate = thanks.activity.advocate
    language = spoken(language_of(advocate))
    context = {
        "given": advocate.first_name or advocate.name,
        "message": thanks.message,
        "sender": thanks.sender.name,
        "company": advocate.tenant.name,
        "owner": thanks.owner.name if thanks.owner else advocate.tenant.name,
    }
    mail = render_mail("sales_thanks", context, language)
    queued = write_to(
        advocate,
        kind=MAIL,
        subject=mail.subject,
        text=mail.text,
        sender=thanks.owner,
        from_name=f"{thanks.sender.name}, {advocate.tenant.name}",
        subject_id=thanks.pk,
        # Each is a mail of its own: one that was held back is called off, and stays so.
        unique_key=f"{MAIL}:{thanks.pk}:{uuid7()}",
        due_at=thanks.sends_at,
    )
    if queued is None:
        raise DomainError(
            _("There is no way to write to this advocate. Ask the program to pass it on."),
            code="no_address",
        )
    SalesThanks.objects.filter(pk=thanks.pk).update(mail=queued)
    thanks.mail = queued


def permit_thanks(actor: Actor, thanks: SalesThanks, name: str) -> None:
    """The sender takes it back; its owner, the account's and the program hold it and let it go."""
    SALES_THANKS.permit(actor, name)
    member = actor.membership
    if member is None:
        return
    mine = answers_for(member)
    if name == "take_back":
        if thanks.sender_id not in mine:  # type: ignore[attr-defined]
            raise NotAllowed(_("Only who wrote it takes it back."))
        return
    beside = {thanks.owner_id, thanks.activity.advocate.account.owner_id}  # type: ignore[attr-defined]
    if not (mine & beside or member.can("thanks.manage")):
        raise NotAllowed(_("It stands beside somebody else's thank-you."))


@transaction.atomic
def hold_thanks(*, actor: Actor, thanks: SalesThanks) -> SalesThanks:
    """Keep it from going, by one press; whoever wrote it is told (THX-5.c).

    Raises :class:`Conflict` once it has left.
    """
    permit_thanks(actor, thanks, "hold")
    SALES_THANKS.move(thanks, "hold")
    _call_off(thanks)
    member = actor.membership
    if member is None or member.pk != thanks.sender.pk:
        _tell_sender(thanks, member)
    record("sales_thanks.held", thanks, actor=actor, about=about(thanks))
    return thanks


@transaction.atomic
def let_thanks_go(*, actor: Actor, thanks: SalesThanks) -> SalesThanks:
    """Send it now: before its time, or after all. Raises :class:`Conflict` once it has left."""
    permit_thanks(actor, thanks, "let_go")
    was_held = thanks.state == SalesThanksState.HELD
    SALES_THANKS.move(thanks, "let_go", sends_at=clock.now())
    if not was_held:
        _call_off(thanks)
    _queue(thanks)
    record("sales_thanks.let_go", thanks, actor=actor, about=about(thanks))
    return thanks


@transaction.atomic
def take_thanks_back(*, actor: Actor, thanks: SalesThanks) -> SalesThanks:
    """Whoever wrote it would rather not. Raises :class:`Conflict` once it has left."""
    permit_thanks(actor, thanks, "take_back")
    was_held = thanks.state == SalesThanksState.HELD
    SALES_THANKS.move(thanks, "take_back")
    if not was_held:
        _call_off(thanks)
    record("sales_thanks.taken_back", thanks, actor=actor, about=about(thanks))
    return thanks


def _call_off(thanks: SalesThanks) -> None:
    if not cancel_mail(subject_id=thanks.pk, kinds=[MAIL]):
        raise Conflict(_("It has gone out already."), code="already_sent")


def _tell_owner(thanks: SalesThanks, whose: Membership) -> None:
    reader = who_acts_for(whose)
    named = sees_everybody(reader)
    advocate = thanks.activity.advocate
    context = {
        "name": reader.name,
        "sender": thanks.sender.name,
        "advocate": advocate.name if named else _("the advocate"),
        "deed": deed_of(thanks.activity),
        "message": thanks.message,
    }
    _mail(thanks, "sales_thanks_written", reader, whose, context)


def _tell_sender(thanks: SalesThanks, by: Membership | None) -> None:
    """Without the advocate's name (VIS-1)."""
    reader = who_acts_for(thanks.sender)
    context = {
        "name": reader.name,
        "by": by.name if by else thanks.activity.advocate.tenant.name,
        "what": str(thanks.activity),
        "message": thanks.message,
    }
    _mail(thanks, "sales_thanks_held", reader, thanks.sender, context)


def _mail(
    thanks: SalesThanks,
    template: str,
    reader: Membership,
    whose: Membership,
    context: dict[str, str],
) -> None:
    mail = render_mail(template, context, spoken(reader.user.language or reader.tenant.language))
    queue_mail(
        kind=NOTICE,
        to_email=reader.email,
        to_name=reader.name,
        subject=mail.subject,
        text=said_for(mail.text, whose, reader),
        path=tenant_reverse(reader.tenant, "sales-thanks:detail", pk=thanks.pk),
        subject_id=thanks.pk,
        unique_key=f"{template}:{thanks.pk}:{uuid7()}",
    )


def on_mail(event: Event, subject: models.Model, actor: Actor) -> None:
    """Its mail left, or came back. Subscribes ``mail.sent`` and ``mail.failed``."""
    if not isinstance(subject, OutgoingMail) or subject.kind != MAIL:
        return
    found = SalesThanks.objects.filter(mail=subject).select_related("activity__advocate__account")
    for thanks in found:
        name, changes = ("arrive", {"sent_at": clock.now()})
        if event.verb == "mail.failed":
            name, changes = "fail", {}
        if SALES_THANKS.attempt(thanks, name, **changes):
            record(SALES_THANKS[name].verb, thanks, actor=actor, about=about(thanks))


def on_gone(event: Event, subject: models.Model, actor: Actor) -> None:
    """It had never happened, or nobody is left to thank: what waits goes nowhere (TIER-7, GDPR-1).

    Subscribes ``activity.voided`` and ``advocate.erased``.
    """
    rows = SalesThanks.objects.filter(
        state__in=[SalesThanksState.WAITING, SalesThanksState.HELD]
    ).select_related("activity__advocate__account")
    key = "activity" if isinstance(subject, Activity) else "activity__advocate"
    for thanks in rows.filter(**{key: subject.pk}):
        cancel_mail(subject_id=thanks.pk, kinds=[MAIL])
        if SALES_THANKS.attempt(thanks, "take_back"):
            record("sales_thanks.taken_back", thanks, actor=actor, about=about(thanks))
