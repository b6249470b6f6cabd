"""Links into an account, by mail: to sign in, or to set a new password (ID-1, ID-3, ID-4).

The row is written in the transaction of the request and sent by a sweep, so a slow mail server
holds up nobody, the answer takes as long for an unknown address as for a known one, and a mail
that could not be sent is tried again until its link would be too old. What then failed stays in
the table with the server's answer and is logged as an error.
"""

import base64
import hmac
import logging
from datetime import timedelta
from email.utils import format_datetime
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from advocacy import clock
from advocacy.identity.models import AccountMail, AccountMailPurpose, AccountMailState
from advocacy.messaging.rendering import render_mail, to_html
from advocacy.messaging.sending import (
    LEASE,
    MAX_ATTEMPTS,
    Unsendable,
    insist,
    is_permanent,
    words_of,
)
from advocacy.tenancy.keys import keys
from advocacy.tenancy.middleware import secret_digest
from advocacy.tenancy.models import User
from advocacy.tenancy.stuck import pause_after
from advocacy.tenancy.sweeps import NOWHERE
from advocacy.tenancy.throttling import drop_old_attempts
from advocacy.tenancy.wakeups import wake

log = logging.getLogger(__name__)

SWEEP = "account-mail"
LINK_MINUTES = 15
#: What is over is kept this long, for whoever looks into why a mail did not arrive.
KEPT = timedelta(days=7)

_SALT = "advocacy.people.sign-in-link"
_TEMPLATES = {
    AccountMailPurpose.SIGN_IN: "identity/sign_in_link",
    AccountMailPurpose.NEW_PASSWORD: "identity/new_password",
}


# -- asking -------------------------------------------------------------------------------------


@transaction.atomic
def request_account_mail(
    *, email: str, purpose: AccountMailPurpose, language: str, next_page: str = ""
) -> None:
    """Queue a mail with a link, if there is an active account with this address.

    Says nothing about whether there is one. A person without a password of ours gets no link to
    set one.
    """
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is not None and (purpose == AccountMailPurpose.SIGN_IN or user.has_usable_password()):
        _queue(user, purpose, user.language or language, next_page)
    # For an unknown address too: the answer must not be quicker.
    wake(SWEEP, NOWHERE)


def _queue(user: User, purpose: AccountMailPurpose, language: str, next_page: str) -> None:
    mail = AccountMail(user=user, purpose=purpose, language=language, next_page=next_page[:300])
    lifetime = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    if purpose == AccountMailPurpose.SIGN_IN:
        lifetime = timedelta(minutes=LINK_MINUTES)
        mail.digest = secret_digest(_derive(settings.SECRET_KEY, mail))
    mail.expires_at = clock.now() + lifetime
    mail.save(force_insert=True)


def _derive(key: str, mail: AccountMail) -> str:
    # The purpose is part of what is signed: a secret made for one opens nothing else.
    value = f"{mail.purpose}:{mail.pk}"
    mac = salted_hmac(_SALT, value, secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def secret_of(mail: AccountMail) -> str:
    """The secret of a link to sign in, recomputed; older keys count while they are in the settings.

    Raises :class:`Unsendable` when none of the keys made it.
    """
    for key in keys():
        secret = _derive(key, mail)
        if hmac.compare_digest(secret_digest(secret), mail.digest):
            return secret
    raise Unsendable("the key of the link in it is not in the settings any more")


# -- using --------------------------------------------------------------------------------------


def _open_links() -> models.QuerySet[AccountMail]:
    return AccountMail.objects.filter(
        purpose=AccountMailPurpose.SIGN_IN,
        used_at__isnull=True,
        expires_at__gt=clock.now(),
        user__is_active=True,
    )


def find_sign_in_link(secret: str) -> AccountMail | None:
    """The link behind a secret while it works; changes nothing."""
    return _open_links().filter(digest=secret_digest(secret)).select_related("user").first()


@transaction.atomic
def use_sign_in_link(*, secret: str) -> AccountMail | None:
    """Use a link up and return it; ``None`` for one that does not work (any more).

    Of two people who use it at the same moment one gets in. The person's other open links end
    with it.
    """
    link = find_sign_in_link(secret)
    if link is None:
        return None
    if not AccountMail.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=clock.now()):
        return None
    end_sign_in_links(user=link.user)
    return link


def end_sign_in_links(*, user: User) -> None:
    """Have no mailed link of this person work any more."""
    AccountMail.objects.filter(
        user=user, purpose=AccountMailPurpose.SIGN_IN, used_at__isnull=True
    ).update(used_at=clock.now())


# -- sending ------------------------------------------------------------------------------------


def send_due_account_mail() -> int:
    """Send what is due, oldest first; returns how many mails went out.

    Any number of processes may do this at the same time. Must not run inside a transaction.
    """
    sent = 0
    backend = get_connection()
    try:
        while (mail := _claim()) is not None:
            try:
                _send(backend, mail)
            except Exception as error:
                backend.close()
                _record_failure(mail, error)
            else:
                insist(partial(_record_sent, mail))
                sent += 1
    finally:
        backend.close()
    return sent


def _claim() -> AccountMail | None:
    now = clock.now()
    free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=now)
    with transaction.atomic(durable=True):
        mail = (
            AccountMail.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(free, state=AccountMailState.QUEUED, due_at__lte=now)
            .select_related("user")
            .order_by("due_at", "id")
            .first()
        )
        if mail is None:
            return None
        mail.attempts += 1
        mail.leased_until = now + LEASE
        mail.save(update_fields=["attempts", "leased_until"])
        return mail


def _send(backend: BaseEmailBackend, mail: AccountMail) -> None:
    if mail.attempts > MAX_ATTEMPTS:
        raise Unsendable("every attempt ended before the mail server answered")
    if mail.used_at is not None or mail.expires_at <= clock.now():
        raise Unsendable("the link in it does not work any more")
    backend.send_messages([_message(mail)])


def _message(mail: AccountMail) -> EmailMultiAlternatives:
    written = render_mail(
        _TEMPLATES[AccountMailPurpose(mail.purpose)],
        {"name": str(mail.user), "minutes": LINK_MINUTES},
        mail.language,
    )
    # Our own address, whatever the request's host said.
    address = f"{settings.PUBLIC_URL.rstrip('/')}{_path(mail)}"
    text = written.text.filled(link=lambda _page: address, page=lambda: address)
    message = EmailMultiAlternatives(
        subject=written.subject,
        body=text,
        to=[mail.user.email],
        headers={
            "Message-ID": f"<{mail.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>",
            "Date": format_datetime(clock.now()),
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(to_html(text), "text/html")
    return message


def _path(mail: AccountMail) -> str:
    if mail.purpose == AccountMailPurpose.NEW_PASSWORD:
        return reverse(
            "password-reset-confirm",
            kwargs={
                "uidb64": urlsafe_base64_encode(force_bytes(mail.user.pk)),
                "token": default_token_generator.make_token(mail.user),
            },
        )
    return reverse("sign-in-with-link", kwargs={"secret": secret_of(mail)})


def _record_sent(mail: AccountMail) -> None:
    with transaction.atomic(durable=True):
        AccountMail.objects.filter(pk=mail.pk).update(
            state=AccountMailState.SENT, leased_until=None, error=""
        )


def _record_failure(mail: AccountMail, error: Exception) -> None:
    due_at = clock.now() + pause_after(mail.attempts)
    final = is_permanent(error) or mail.attempts >= MAX_ATTEMPTS or due_at >= mail.expires_at
    changes: dict[str, object] = {"leased_until": None, "error": words_of(error)}
    if final:
        log.error("account mail %s (%s) was not sent: %r", mail.pk, mail.purpose, error)
        changes["state"] = AccountMailState.FAILED
    else:
        log.warning("account mail %s, attempt %s: %r", mail.pk, mail.attempts, error)
        changes["due_at"] = due_at
    with transaction.atomic(durable=True):
        # Not if another process leased it anew.
        AccountMail.objects.filter(
            pk=mail.pk, state=AccountMailState.QUEUED, leased_until=mail.leased_until
        ).update(**changes)


def tidy_up() -> None:
    """Delete what is over: old mails about accounts, and attempts no limit counts."""
    AccountMail.objects.filter(created_at__lte=clock.now() - KEPT).delete()
    drop_old_attempts()
