"""The second step of signing in: codes of an authenticator app, and recovery codes (ID-1, ID-4).

The arithmetic of RFC 6238 is django-otp's. Its tables are not used: they hold secrets and
recovery codes as they are, and its clock cannot be ours.

Checking a code counts as an attempt and is written down even when it fails, so the functions here
that check one are not one transaction; they change nothing else before the check.
"""

import base64
import logging
import re
import secrets
from contextlib import suppress
from urllib.parse import quote

from cryptography.fernet import InvalidToken, MultiFernet
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django_otp.oath import TOTP

from advocacy import clock
from advocacy.events.services import record
from advocacy.identity.models import RecoveryCode, SecondFactor
from advocacy.identity.proofs import CHECKS_PER_PERSON, prove_password
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.keys import cipher, secret_digest
from advocacy.tenancy.models import Membership, User
from advocacy.tenancy.throttling import forget_attempts, require_attempt

log = logging.getLogger(__name__)

CODES = 10
ISSUER = "Advocacy"
#: Steps of 30 seconds by which a phone's clock may differ.
TOLERANCE = 1

_SECRET_BYTES = 20
_SALT = "advocacy.identity.second-factor"
#: Without letters and digits that look alike: 32 signs, 5 bits each.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 4, 4


# -- the secret ---------------------------------------------------------------------------------


def _cipher(factor: SecondFactor) -> MultiFernet:
    # One's own secret, copied into somebody else's row, must not open their account.
    return cipher(_SALT, str(factor.pk))


def _open(factor: SecondFactor) -> bytes | None:
    """The secret; ``None`` when the key that sealed it is not in the settings any more."""
    with suppress(InvalidToken):
        return _cipher(factor).decrypt(factor.sealed)
    log.error("the key of second factor %s is not in the settings any more", factor.pk)
    return None


def secret_text(factor: SecondFactor) -> str:
    """The secret as an app takes it when it is typed, in groups of four."""
    text = base64.b32encode(_open(factor) or b"").decode()
    return " ".join(re.findall(".{1,4}", text))


def app_address(factor: SecondFactor) -> str:
    """What the QR code says and an app on the same phone opens."""
    secret = secret_text(factor).replace(" ", "")
    label = quote(f"{ISSUER}:{factor.user.email}", safe=":@")
    return f"otpauth://totp/{label}?secret={secret}&issuer={ISSUER}"


# -- reading ------------------------------------------------------------------------------------


def confirmed_factor(user: User) -> SecondFactor | None:
    """The app that counts, if the person has one."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()


def factor_to_confirm(user: User) -> SecondFactor | None:
    """The app that is being set up."""
    return (
        SecondFactor.objects.select_related("user")
        .filter(user=user, confirmed_at__isnull=True)
        .first()
    )


def codes_left(user: User) -> int:
    """How many recovery codes still work."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


# -- checking -----------------------------------------------------------------------------------


def check_second_step(*, user: User, code: str) -> bool:
    """Whether this is the app's code of the moment or an unused recovery code; uses it up.

    Raises :class:`TooManyAttempts` after five wrong ones within a quarter of an hour, for right
    ones too.
    """
    require_attempt(CHECKS_PER_PERSON, str(user.pk))
    factor = confirmed_factor(user)
    if factor is None or not (_use_app_code(factor, code) or _use_recovery_code(user, code)):
        return False
    forget_attempts(CHECKS_PER_PERSON, str(user.pk))
    return True


def _use_app_code(factor: SecondFactor, code: str) -> bool:
    digits = "".join(code.split())
    if not re.fullmatch(r"[0-9]{6}", digits) or (secret := _open(factor)) is None:
        return False
    totp = TOTP(secret)
    totp.time = clock.now().timestamp()
    if not totp.verify(int(digits), tolerance=TOLERANCE, min_t=factor.last_step + 1):
        return False
    # Under the newest key, so that an older one can be dropped after a while.
    sealed = _cipher(factor).rotate(factor.sealed).decode()
    # Compare and set: of two who send the same code at once one gets in.
    return bool(
        SecondFactor.objects.filter(pk=factor.pk, last_step__lt=totp.t()).update(
            last_step=totp.t(), sealed=sealed
        )
    )


def _use_recovery_code(user: User, code: str) -> bool:
    return bool(
        RecoveryCode.objects.filter(
            user=user, digest=_code_digest(code), used_at__isnull=True
        ).update(used_at=clock.now())
    )


def _code_digest(code: str) -> str:
    return secret_digest(re.sub(r"[\s-]", "", code).upper())


# -- one's own second step ----------------------------------------------------------------------


def _own(actor: Actor) -> Membership:
    if actor.membership is None or not actor.membership.can("profile.edit"):
        raise NotAllowed(_("Only people with an account have a second step."))
    return actor.membership


@transaction.atomic
def start_second_factor(*, actor: Actor) -> SecondFactor:
    """Make a fresh secret to be put into an app; nothing counts before it is confirmed.

    Raises :class:`Conflict` when an app counts already.
    """
    user = User.objects.select_for_update().get(pk=_own(actor).user_id)
    if confirmed_factor(user):
        raise Conflict(_("Two-step sign-in is on already."))
    SecondFactor.objects.filter(user=user).delete()
    factor = SecondFactor(user=user)
    factor.sealed = _cipher(factor).encrypt(secrets.token_bytes(_SECRET_BYTES)).decode()
    factor.save(force_insert=True)
    return factor


def confirm_second_factor(*, actor: Actor, code: str) -> list[str]:
    """Let the app count from now on; returns the recovery codes, which are not had again.

    Every session of the person ends; the view renews the one at hand. Raises :class:`Conflict`
    when there is nothing to confirm, :class:`TooManyAttempts`, or :class:`DomainError` at ``code``.
    """
    member = _own(actor)
    user = member.user
    require_attempt(CHECKS_PER_PERSON, str(user.pk))
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user).first()
        if factor is None or factor.confirmed_at is not None:
            raise Conflict(_("There is nothing to confirm. Start setting it up again."))
        right = _use_app_code(factor, code)
        if right:
            SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=clock.now())
            codes = _new_codes(user)
            end_sessions(user=user)
            record("second_factor.turned_on", member, actor=actor)
    if not right:
        raise _wrong_code()
    forget_attempts(CHECKS_PER_PERSON, str(user.pk))
    return codes


def turn_off_second_factor(*, actor: Actor, password: str, code: str) -> None:
    """Go back to one step.

    Raises :class:`DomainError` at ``password`` or ``code`` for a wrong one, and
    :class:`TooManyAttempts`.
    """
    member = _own(actor)
    _prove(member.user, password, code)
    with transaction.atomic():
        _remove(member.user)
        record("second_factor.turned_off", member, actor=actor)


def renew_recovery_codes(*, actor: Actor, password: str, code: str) -> list[str]:
    """Ten new recovery codes; the old ones stop working.

    Raises :class:`DomainError` at ``password`` or ``code`` for a wrong one, and
    :class:`TooManyAttempts`.
    """
    member = _own(actor)
    _prove(member.user, password, code)
    with transaction.atomic():
        codes = _new_codes(member.user)
        record("second_factor.codes_renewed", member, actor=actor)
    return codes


@transaction.atomic
def reset_second_factor(*, user: User) -> bool:
    """Take the second step from somebody who lost the phone and the codes; ends their sessions.

    Returns whether there was one. For operators, who have to know whom they are talking to.
    """
    if confirmed_factor(user) is None:
        return False
    _remove(user)
    end_sessions(user=user)
    return True


def end_sessions(*, user: User) -> None:
    """End every session of a person, wherever it is open."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])


def _prove(user: User, password: str, code: str) -> None:
    # A person who signs in elsewhere only has no password to show.
    if user.has_usable_password():
        prove_password(user=user, password=password, field="password")
    if not check_second_step(user=user, code=code):
        raise _wrong_code()


def _wrong_code() -> DomainError:
    message = _("This code does not work, or was used already. The app shows a new one soon.")
    return DomainError(message, code="wrong_code", fields={"code": message})


def _remove(user: User) -> None:
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _new_codes(user: User) -> list[str]:
    codes = [
        "-".join(
            "".join(secrets.choice(_SIGNS) for _sign in range(_GROUP)) for _group in range(_GROUPS)
        )
        for _code in range(CODES)
    ]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_code_digest(code)) for code in codes
    )
    return codes
