"""Links into an account, by mail: to sign in, or to set a new password (ID-1, ID-3, ID-4).

The row is written in the transaction of the request and sent by a sweep, so a slow mail server
holds up nobody, the answer takes as long for an unknown address as for a known one, and a mail
that could not be sent is tried again until its link would be too old. What then failed stays in
the table with the server's answer and is logged as an error.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from advocacy import clock
from advocacy.identity.models import AccountMail, AccountMailPurpose
from advocacy.messaging.outbox import Outbox, Unsendable, compose
from advocacy.messaging.rendering import render_mail
from advocacy.tenancy.keys import secret_behind, secret_digest, secret_for
from advocacy.tenancy.models import User
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
        mail.digest = secret_digest(secret_for(_SALT, _signed(mail)))
    mail.expires_at = clock.now() + lifetime
    mail.save(force_insert=True)


def _signed(mail: AccountMail) -> str:
    # The purpose is part of it: a secret made for one opens nothing else.
    return f"{mail.purpose}:{mail.pk}"


def secret_of(mail: AccountMail) -> str:
    """The secret of a link to sign in, recomputed; older keys count while they are in the settings.

    Raises :class:`Unsendable` when none of the keys made it.
    """
    secret = secret_behind(_SALT, _signed(mail), mail.digest)
    if secret is None:
        raise Unsendable("the key of the link in it is not in the settings any more")
    return secret


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


class AccountOutbox(Outbox[AccountMail]):
    """Mails to people, who belong to no tenant; what became of them is in the server's log."""

    def rows(self) -> models.QuerySet[AccountMail]:
        return AccountMail.objects.select_related("user")

    def message(self, mail: AccountMail) -> EmailMultiAlternatives:
        if mail.used_at is not None or mail.expires_at <= clock.now():
            raise Unsendable("the link in it does not work any more")
        return _message(mail)

    def useless_from(self, mail: AccountMail) -> datetime:
        """From when its link does not work."""
        return mail.expires_at

    def on_failed(self, mail: AccountMail, error: Exception) -> None:
        """No page shows it, so the operator has to hear of it."""
        log.error("account mail %s (%s) was not sent: %r", mail.pk, mail.purpose, error)


def send_due_account_mail() -> int:
    """Send what is due; returns how many mails went out. See :meth:`Outbox.send_due`."""
    return AccountOutbox().send_due()


def _message(mail: AccountMail) -> EmailMultiAlternatives:
    written = render_mail(
        _TEMPLATES[AccountMailPurpose(mail.purpose)],
        {"name": str(mail.user), "minutes": LINK_MINUTES},
        mail.language,
    )
    # Our own address, whatever the request's host said.
    address = f"{settings.PUBLIC_URL.rstrip('/')}{_path(mail)}"
    return compose(
        mail,
        subject=written.subject,
        body=written.text,
        link=lambda _page: address,
        page=lambda: address,
        to=mail.user.email,
    )


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


def tidy_up() -> None:
    """Delete what is over: old mails about accounts, and attempts no limit counts."""
    AccountMail.objects.filter(created_at__lte=clock.now() - KEPT).delete()
    drop_old_attempts()
