"""Writing the text of a kind of mail, trying it, and putting ours back (MSG-1)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.body import Body
from advocacy.messaging.models import MailTemplate
from advocacy.messaging.services import queue_mail
from advocacy.messaging.wording.checks import problem_of
from advocacy.messaging.wording.kinds import Kind, every_kind, forget_own, kind_of
from advocacy.messaging.wording.lifecycle import MAIL_TEMPLATE
from advocacy.messaging.wording.previews import read, sample_mail
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed

TEST = "mail-template-test"


def create_template(*, actor: Actor, **values: Any) -> MailTemplate:
    """A text of the tenant's own for a kind in a language; from now on it goes out.

    Raises ``DomainError`` at a field: for what no mail of this kind knows, by name; ``Conflict``
    where there is one.
    """
    MAIL_TEMPLATE.permit(actor, "put_back")
    row = MailTemplate()
    checked = _checked(row, values, required=("kind", "language", "subject", "text"))
    for name, value in checked.items():
        setattr(row, name, value)
    there = MailTemplate.objects.filter(kind=row.kind, language=row.language)
    if there.exists():
        problem = _("You have a text for this mail in this language. Change that one.")
        raise Conflict(problem, code="there_already", fields={"kind": problem})
    with transaction.atomic():
        row.save(force_insert=True)
        _tell("written", row, actor)
    return row


@transaction.atomic
def update_template(*, actor: Actor, mail_template: MailTemplate, **values: Any) -> MailTemplate:
    """Another version of it; the same words make none. Raises as creating does.

    Locks the row, so that two versions never bear one number.
    """
    MAIL_TEMPLATE.permit(actor, "put_back")
    row = MailTemplate.objects.select_for_update().get(pk=mail_template.pk)
    for name in ("kind", "language"):
        if values.pop(name, getattr(row, name)) != getattr(row, name):
            problem = _("This is the text of “%(what)s”. Write another one for another mail.")
            problem = problem % {"what": row}
            raise DomainError(problem, fields={name: problem})
    checked = _checked(
        row, values, required=[name for name in ("subject", "text") if name in values]
    )
    if writes.changed_fields(row, checked):
        more = {"version": row.version + 1, "changed_at": clock.now()}
        writes.save_changes(row, {**checked, **more})
        _tell("written", row, actor)
    return row


@transaction.atomic
def send_test(*, actor: Actor, mail_template: MailTemplate) -> MailTemplate:
    """The mail with sample data, to the address of whoever asks. Its links lead nowhere."""
    MAIL_TEMPLATE.permit(actor, "send_test")
    member, kind = actor.membership, _known(mail_template.kind)
    if member is None:
        raise NotAllowed(_("A test goes to a colleague's own address."))
    MAIL_TEMPLATE.require(mail_template.reload(), "send_test")
    mail = sample_mail(kind, mail_template.written, mail_template.language)
    queue_mail(
        kind=TEST,
        to_email=member.email,
        to_name=member.name,
        subject=_("Test: %(subject)s") % {"subject": mail.subject},
        text=Body.of(read(mail), mail_template.language),
        unique_key=f"{TEST}:{mail_template.pk}:{clock.now():%Y%m%d%H%M%S%f}",
        sender=member,
        subject_id=mail_template.pk,
    )
    _tell("tested", mail_template, actor)
    return mail_template


@transaction.atomic
def put_back(*, actor: Actor, mail_template: MailTemplate) -> MailTemplate:
    """Our text goes out again; the tenant's is kept."""
    return _move(actor, mail_template, "put_back")


@transaction.atomic
def use_again(*, actor: Actor, mail_template: MailTemplate) -> MailTemplate:
    """The tenant's own goes out again. Raises ``DomainError`` where it is not right any more."""
    MAIL_TEMPLATE.permit(actor, "use_again")
    _checked(mail_template, {"subject": mail_template.subject, "text": mail_template.text})
    return _move(actor, mail_template, "use_again")


def _move(actor: Actor, row: MailTemplate, name: str) -> MailTemplate:
    MAIL_TEMPLATE.permit(actor, name)
    MAIL_TEMPLATE.move(row, name)
    _tell(MAIL_TEMPLATE[name].verb.partition(".")[2], row, actor)
    return row


def _known(code: str) -> Kind:
    if kind := kind_of(code):
        return kind
    codes = ", ".join(each.code for each in every_kind())
    problem = _("There is no mail “%(code)s”. There are: %(codes)s.")
    problem = problem % {"code": code, "codes": codes}
    raise DomainError(problem, fields={"kind": problem})


def _checked(row: MailTemplate, values: dict[str, Any], required: Any = ()) -> dict[str, Any]:
    checked = writes.clean(row, values, required=required)
    kind = _known(checked.get("kind", row.kind))
    problems: dict[str, str] = {}
    for name in ("subject", "text"):
        if name in checked and (
            problem := problem_of(kind, checked[name], is_subject=name == "subject")
        ):
            problems[name] = problem
    if problems:
        raise DomainError(" ".join(problems.values()), code="invalid_text", fields=problems)
    return checked


def _tell(what: str, row: MailTemplate, actor: Actor) -> None:
    forget_own()
    payload = {"kind": row.kind, "language": row.language, "version": row.version}
    record(f"mail_template.{what}", row, actor=actor, payload=payload)
