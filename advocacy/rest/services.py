"""Every write about API tokens (API-3)."""

import logging
import secrets
import uuid
from datetime import timedelta

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.rest.models import ApiToken
from advocacy.rest.scopes import check_scopes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.keys import secret_digest, tenant_ending
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import current_tenant_id, tenant_scope

log = logging.getLogger(__name__)

PREFIX = "adv_"
MAX_DAYS = 3650
#: How often "last used" is brought up to date.
USE_NOTED_EVERY = timedelta(minutes=1)


def _require(actor: Actor) -> None:
    if actor.kind == "system":
        return
    if actor.membership is None or not actor.membership.can("settings.tokens"):
        raise NotAllowed(_("Your role does not allow this. Ask an admin of your company."))


@transaction.atomic
def create_token(
    *, actor: Actor, name: str, owner: Membership, scopes: list[str], days: int
) -> tuple[ApiToken, str]:
    """Make a token that acts as ``owner`` for so many days; returns it with its secret (API-3).

    The secret carries 256 random bits and is kept nowhere: whoever called shows it once. Raises
    :class:`DomainError` naming the field that is wrong, :class:`NotAllowed` unless the actor is
    an admin.
    """
    _require(actor)
    name = name.replace("\x00", "").strip()
    if not name or len(name) > 100:
        raise DomainError(
            _("Name the token by what uses it."),
            code="required",
            fields={"name": _("Give a name of at most 100 characters.")},
        )
    if not 1 <= days <= MAX_DAYS:
        raise DomainError(
            _("A token lasts between 1 and %(most)d days.") % {"most": MAX_DAYS},
            fields={"days": _("Enter between 1 and %(most)d days.") % {"most": MAX_DAYS}},
        )
    if not owner.is_active:
        problem = _("%(name)s is deactivated; choose an active colleague.") % {"name": owner.name}
        raise DomainError(problem, fields={"owner": problem})
    secret = PREFIX + secrets.token_urlsafe(32) + tenant_ending(current_tenant_id())
    token = ApiToken.objects.create(
        name=name,
        owner=owner,
        digest=secret_digest(secret),
        prefix=secret[: len(PREFIX) + 4],
        scopes=check_scopes(scopes),
        expires_at=clock.now() + timedelta(days=days),
    )
    record(
        "token.created",
        token,
        actor=actor,
        payload={
            "owner": str(owner.pk),
            "scopes": token.scopes,
            "expires_at": token.expires_at.isoformat(),
        },
        about=[owner],
    )
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor, token: ApiToken) -> ApiToken:
    """End a token at once (API-3); :class:`Conflict` when it was revoked already."""
    _require(actor)
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    if not changed:
        raise Conflict(_("This token was revoked already."))
    token.reload()
    record("token.revoked", token, actor=actor, about=[token.owner])
    return token


def note_use(*, tenant_id: uuid.UUID, token: ApiToken) -> None:
    """Keep when a token was last used, to the minute; opens a short scope of its own.

    Not in the request's transaction: that of a GET is read-only, and a refused one is rolled back.
    """
    stale = clock.now() - USE_NOTED_EVERY
    if token.last_used_at is not None and token.last_used_at > stale:
        return
    try:
        with tenant_scope(tenant_id):
            ApiToken.objects.filter(pk=token.pk).exclude(last_used_at__gt=stale).update(
                last_used_at=clock.now()
            )
    except OperationalError as error:
        # The request's own work is done and kept; its answer must not say otherwise.
        log.warning("the use of a token was not noted: %s", error)
