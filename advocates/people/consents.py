"""A person's leave, and the company's, per use (ADV-4)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records.writes import refusal, tidy
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocates.access import require_change
from advocates.changes import check_fields, tenant_today
from advocates.models import ActivityType, Advocate, Consent
from advocates.people.choices import ConsentUse
from advocates.people.leave import given_with_yes, leave_of
from advocates.people.selectors import known_codes
from advocates.people.traces import require_not_erased


@transaction.atomic
def record_consent(
    *,
    actor: Actor,
    advocate: Advocate,
    use: str,
    given_on: date,
    given_by: str = "",
    evidence: str = "",
    expires_on: date | None = None,
    scope: Iterable[str] = (),
) -> Consent:
    """Keep a consent or the employer's approval with its evidence and expiry (ADV-4).

    The employer's names who there approved; ``scope`` are the codes of the kinds of activity it
    covers, none: every kind. Raises ``DomainError`` naming each field that is wrong.
    """
    require_change(actor, "advocates.edit", advocate.account)
    require_not_erased(advocate)
    consent = Consent(
        advocate=advocate,
        use=use,
        given_by=tidy(given_by),
        evidence=tidy(evidence),
        given_on=given_on,
        expires_on=expires_on,
        scope=sorted(set(scope)),
    )
    check_fields(consent, ["use", "given_by", "evidence", "scope"])
    _check_approval(consent)
    if given_on > tenant_today():
        raise refusal(consent, {"given_on": [_("A consent cannot be given in the future.")]})
    if expires_on is not None and expires_on < given_on:
        raise refusal(consent, {"expires_on": [_("It cannot expire before it was given.")]})
    consent.save(force_insert=True)
    record(
        "advocate.consent_given",
        advocate,
        actor=actor,
        payload={
            "consent": str(consent.pk),
            "use": consent.use,
            "scope": consent.scope,
            "expires_on": expires_on.isoformat() if expires_on else None,
        },
    )
    return consent


def keep_leave_of_yes(*, actor: Actor, advocate: Advocate, kind: ActivityType, said: str) -> None:
    """Keep the leave that somebody gave with their own yes, for a caller that has made sure it was
    theirs; ``said`` is where that can be found (ADV-4). Nothing where none is needed or one holds.
    """
    use = given_with_yes(advocate, kind)
    if use is not None:
        keep_leave(actor=actor, advocate=advocate, use=use, said=said)


def keep_leave(*, actor: Actor, advocate: Advocate, use: ConsentUse, said: str) -> None:
    """The same for one use, whatever held before."""
    consent = Consent.objects.create(
        advocate=advocate,
        use=use,
        given_by=advocate.name,
        evidence=tidy(said)[:300],
        given_on=tenant_today(),
    )
    record(
        "advocate.consent_given",
        advocate,
        actor=actor,
        payload={"consent": str(consent.pk), "use": consent.use, "scope": [], "expires_on": None},
    )


@transaction.atomic
def say_yes(*, actor: Actor, advocate: Advocate, use: ConsentUse, said: str) -> None:
    """Keep the leave that somebody gave on a page of their own; ``said`` is where. Nothing where
    one holds (ADV-4).
    """
    _require_own(actor, advocate)
    if not leave_of(advocate).given(use):
        keep_leave(actor=actor, advocate=advocate, use=use, said=said)


@transaction.atomic
def say_no(*, actor: Actor, advocate: Advocate, use: ConsentUse) -> None:
    """End every leave of somebody for a use at once, by their own word (ADV-4)."""
    _require_own(actor, advocate)
    for consent in advocate.consents.filter(use=use, withdrawn_on=None).order_by("pk"):
        _end(actor, consent)


def _require_own(actor: Actor, advocate: Advocate) -> None:
    if actor.kind != "advocate" or actor.id != advocate.pk:
        raise NotAllowed(_("Only they themselves can say this."))


def _check_approval(consent: Consent) -> None:
    if consent.use != ConsentUse.EMPLOYER:
        if consent.scope:
            problem = _("Kinds of activity belong to the employer's approval alone.")
            raise refusal(consent, {"scope": [problem]})
        return
    if not consent.given_by:
        raise refusal(consent, {"given_by": [_("Name who at the company approved it.")]})
    if len(known_codes(consent.scope)) < len(consent.scope):
        problem = _("Choose from the kinds of activity of the catalogue.")
        raise refusal(consent, {"scope": [problem]})


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent: Consent) -> Consent:
    """End a consent today (ADV-4); :class:`Conflict` when it was withdrawn already."""
    advocate = consent.advocate
    require_change(actor, "advocates.edit", advocate.account)
    _end(actor, consent)
    return consent.reload()


def _end(actor: Actor, consent: Consent) -> None:
    changed = Consent.objects.filter(pk=consent.pk, withdrawn_on=None).update(
        withdrawn_on=tenant_today()
    )
    if not changed:
        raise Conflict(_("This consent was withdrawn already."))
    record(
        "advocate.consent_withdrawn",
        consent.advocate,
        actor=actor,
        payload={"consent": str(consent.pk), "use": consent.use},
    )
