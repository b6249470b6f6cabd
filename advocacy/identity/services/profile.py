"""One's own profile and password (ID-1)."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from advocacy.events.services import record
from advocacy.identity.account_mail import end_sign_in_links
from advocacy.identity.proofs import prove_password
from advocacy.identity.services.permission import require
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import User


@transaction.atomic
def update_profile(
    *, actor: Actor, name: str, language: str, time_zone: str, meeting_place: str = ""
) -> User:
    """Change one's own name, language and time zone, in every tenant one works in, and where one's
    calls take place, in this one.
    """
    member = require(actor, "profile.edit")
    user = member.user
    wanted = {"name": name, "language": language, "time_zone": time_zone}
    changed = [field for field, value in wanted.items() if getattr(user, field) != value]
    if changed:
        for field in changed:
            setattr(user, field, wanted[field])
        user.save(update_fields=changed)
    if member.meeting_place != meeting_place.strip():
        member.meeting_place = meeting_place.strip()
        member.save(update_fields=["meeting_place"])
        changed.append("meeting_place")
    if changed:
        record("profile.changed", member, actor=actor, payload={"fields": changed})
    return user


def change_password(*, actor: Actor, current: str, password: str) -> User:
    """Set a new password. Every session of the person ends; the view renews the one at hand.

    Raises :class:`DomainError` at ``current`` for a wrong one, at ``password`` for a weak one,
    :class:`TooManyAttempts` after five wrong ones. A wrong one is counted, so this is not one
    transaction; nothing else is changed before.
    """
    member = require(actor, "profile.edit")
    user = member.user
    prove_password(user=user, password=current, field="current")
    refuse_weak_password(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sign_in_links(user=user)
        record("password.changed", member, actor=actor)
    return user


def refuse_weak_password(password: str, user: User) -> None:
    """Raise :class:`DomainError` at ``password`` for one that is too easy to guess."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        message = " ".join(error.messages)
        raise DomainError(message, code="weak_password", fields={"password": message}) from error
