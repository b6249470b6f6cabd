"""Consents and approvals that end soon: on Today of who looks after the person, and told to them
once by mail (ADV-4.d).
"""

import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.identity.absences.mails import said_for
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate, Consent
from advocates.people.choices import ENROLLED
from advocates.people.disclosure import sees_everybody
from advocates.sponsors.numbers import Care

#: So long after its end it can still be renewed from Today; later the person's page alone says so.
_AFTER = timedelta(days=14)
MAIL = "consent-ends"


def ending(tenant: Tenant) -> QuerySet[Consent]:
    """What ends within the tenant's days, or just did, and is not given anew for as much."""
    today = clock.today(tenant.zone)
    until = today + timedelta(days=current(Care).renew_days)
    longer = Consent.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on")),
        advocate=OuterRef("advocate"),
        use=OuterRef("use"),
        withdrawn_on=None,
    )
    for_all = Exists(longer.filter(scope=[]))
    for_the_same = Exists(longer.filter(scope__contains=OuterRef("scope")))
    return Consent.objects.filter(
        ~for_all,
        Q(scope=[]) | ~for_the_same,
        withdrawn_on=None,
        expires_on__range=(today - _AFTER, until),
        advocate__status__in=sorted(ENROLLED),
    )


def waiting(membership: Membership) -> QuerySet[Consent]:
    """Those of a member's accounts; whoever runs the program has those that nobody looks after."""
    if not membership.can("advocates.edit"):
        return Consent.objects.none()
    mine = Q(advocate__account__owner=membership)
    if membership.can("advocates.enrol"):
        mine |= Q(advocate__account__owner=None) | Q(advocate__account__owner__is_active=False)
    rows = ending(membership.tenant).filter(mine).select_related("advocate__account")
    return rows.annotate(due=closing_time(F("expires_on"), membership))


def to_renew(membership: Membership, pks: Collection[uuid.UUID]) -> list[QueueRow]:
    """Each with the form to record the answer in."""
    today, found = clock.today(membership.tenant.zone), []
    for consent in waiting(membership).filter(pk__in=pks):
        person = consent.advocate
        new = tenant_reverse(membership.tenant, "advocates:consent-new", person.pk)
        found.append(
            QueueRow(
                id=key_of("consent", consent.pk),
                kind="consents",
                icon="writing-sign",
                tone="warning",
                title=_("%(name)s, %(account)s: %(use)s")
                % {
                    "name": person.name,
                    "account": person.account.name,
                    "use": consent.get_use_display(),
                },
                why=_words(consent, ended=consent.expires_on < today),  # type: ignore[operator]
                url=f"{new}?use={consent.use}",
                due=consent.due,  # type: ignore[attr-defined]
                action=(_("Record the answer"), f"{new}?use={consent.use}", "panel"),
                panel=True,
            )
        )
    return found


def _words(consent: Consent, *, ended: bool) -> str:
    said = {"day": day(consent.expires_on)} if consent.expires_on else {}
    if ended:
        return _("Ended on %(day)s: ask again, or leave out what rests on it.") % said
    return _("Ends on %(day)s: ask whether it goes on.") % said


WORK = Work("consent", "consents", waiting, to_renew)


@transaction.atomic
def remind_of_endings(tenant_id: uuid.UUID) -> None:
    """The schedule's handler: who looks after the person hears once of what ends (ADV-4.d)."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    rows = ending(tenant).filter(reminded_at=None, expires_on__gte=clock.today(tenant.zone))
    due = rows.select_for_update(skip_locked=True, of=("self",)).select_related(
        "advocate__account__owner__user", "advocate__tenant"
    )
    manager = _manager()
    for consent in due.order_by("id"):
        owner = consent.advocate.account.owner
        if owner is None or not owner.is_active or not sees_everybody(owner):
            owner = manager
        if owner is not None:
            _write(consent, owner)
            Consent.objects.filter(pk=consent.pk).update(reminded_at=clock.now())


def _manager() -> Membership | None:
    managers = Membership.objects.filter(role=Role.PROGRAM_MANAGER, is_active=True)
    return managers.select_related("user", "tenant").order_by("created_at", "id").first()


def _write(consent: Consent, owner: Membership) -> None:
    person: Advocate = consent.advocate
    reader = who_acts_for(owner)
    language = reader.user.language or person.tenant.language
    mail = render_mail(
        "consent_ends",
        {
            "member": reader.name,
            "advocate": person.name,
            "account": person.account.name,
            "use": consent.get_use_display(),
            "given_by": consent.given_by,
            "ends": day(consent.expires_on) if consent.expires_on else "",
        },
        language,
    )
    queue_mail(
        kind=MAIL,
        to_email=reader.email,
        to_name=reader.name,
        subject=mail.subject,
        text=said_for(mail.text, owner, reader),
        path=tenant_reverse(person.tenant, "advocates:detail", person.pk),
        unique_key=f"{MAIL}:{consent.pk}",
        subject_id=person.pk,
    )
