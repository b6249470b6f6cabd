"""A yes for which no time was found: who gave it hears that they are not forgotten (AST-3.b)."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.activities.services import about
from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from activities.settings import Loops
from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.holding import undoable
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.wording.kinds import Field, Kind, write_mail
from advocacy.messaging.wording.text import Written
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day
from advocates.access import may_change
from advocates.language import language_of
from advocates.people.drafted import LONGEST_SUBJECT, send_drafted
from advocates.responsibilities.steps import Step

MAIL = "still-a-time"
_SUBJECT = "Subject: "


def unscheduled(tenant: Tenant, whose: Q | None = None) -> QuerySet[Activity]:
    """What was said yes to long ago, needs a time and has none; flagged until it has one.

    ``whose`` narrows to the duties to find one; ``due`` is when that one was due.
    """
    days = current(Loops).unscheduled_business_days
    since = calendar_of(tenant).days_before(clock.now(), days)
    finding = Duty.objects.filter(
        whose or Q(),
        activity=OuterRef("pk"),
        step=Step.SCHEDULE,
        item=None,
        task="",
        state=DutyState.OPEN,
    )
    rows = Activity.objects.filter(
        Exists(finding), state=ActivityState.ACCEPTED, accepted_at__lte=since
    )
    return rows.annotate(due=Coalesce(Subquery(finding.values("due_at")[:1]), F("accepted_at")))


def is_unscheduled(activity: Activity) -> bool:
    """Whether it is one of them."""
    return unscheduled(activity.tenant).filter(pk=activity.pk).exists()


def may_tell_waiting(member: Membership, activity: Activity) -> bool:
    """Whose it is to find a time, the account's owner, and the program; of those who open them."""
    if not member.can("activities.view"):
        return False
    whose: set[uuid.UUID | None] = set(
        Duty.objects.filter(activity=activity, step=Step.SCHEDULE).values_list(
            "owner_id", flat=True
        )
    )
    mine = bool(answers_for(member) & whose)
    return mine or may_change(member, "activities.complete", activity.advocate.account)


def waiting_draft(activity: Activity, sender: Membership | None) -> tuple[str, str]:
    """Subject and text of a message to who said yes, in their language; to start from."""
    language = language_of(activity.advocate)
    with translation.override(language):
        said_on = day(activity.accepted_at) if activity.accepted_at else ""
    values = {
        "given": activity.advocate.first_name or activity.advocate.name,
        "activity": activity.activity_type.name,
        "day": said_on,
        "sender": sender.name if sender else activity.tenant.name,
    }
    mail = write_mail(MAIL, values, language)
    return mail.subject[:LONGEST_SUBJECT], str(mail.text).strip()


@transaction.atomic
@undoable("activity.tell_waiting", "activity", about=about)
def tell_waiting(*, actor: Actor, activity: Activity, subject: str, message: str) -> Activity:
    """Write to who said yes that a time is still being looked for. It stays flagged until there is
    one.

    Raises ``DomainError`` at ``subject`` or ``message``, without an address or where they want to
    hear otherwise (ADV-2); ``Conflict`` for what has a time, or needs none, and where somebody told
    them that day; ``NotAllowed``.
    """
    member = actor.membership
    if member is not None and not may_tell_waiting(member, activity):
        raise NotAllowed(_("It is somebody else's to find a time for it."))
    # Of two who press at once, the second sees that it is told.
    Activity.objects.select_for_update(no_key=True, of=("self",)).get(pk=activity.pk)
    if not is_unscheduled(activity):
        raise Conflict(_("There is nothing to tell: no time is missing."), code="nothing_to_tell")
    key = f"{MAIL}:{activity.pk}:{clock.today(activity.tenant.zone).isoformat()}"
    if OutgoingMail.objects.filter(unique_key=key).exists():
        text = _("They were told today already; write again tomorrow.")
        raise Conflict(text, code="told_today")
    send_drafted(
        activity.advocate,
        kind=MAIL,
        subject=subject,
        message=message,
        missing=_("Say how it goes on."),
        sender=member,
        subject_id=activity.pk,
        unique_key=key,
    )
    record("activity.waiting_told", activity, actor=actor, about=about(activity))
    return activity


def _ours(language: str) -> Written:
    path = Path(settings.BASE_DIR) / f"templates/letters/unscheduled/time.{language}.txt"
    subject, _newline, text = path.read_text().partition("\n")
    return Written(subject.removeprefix(_SUBJECT), text.strip())


LETTER = Kind(
    MAIL,
    gettext_lazy("A time is still being found"),
    gettext_lazy("When somebody said yes and has no time yet."),
    (
        Field("first name", "given", gettext_lazy("Their first name"), "Ana"),
        Field(
            "activity",
            "activity",
            gettext_lazy("What they said yes to"),
            gettext_lazy("Reference call"),
        ),
        Field("day", "day", gettext_lazy("When they said yes"), gettext_lazy("Tuesday, 5 May")),
        Field("sender", "sender", gettext_lazy("Who signs"), "Priya Nair"),
    ),
    _ours,
)
