"""Personal links: unguessable, expiring, single-purpose, stored hashed, revocable (ID-3).

The secret is an HMAC of the link's id under the server's key, so that a mail can be written when
it is sent without any table ever holding a link that works. A database dump alone opens nothing.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.messaging.holding import open_press
from advocacy.messaging.models import PersonalLink
from advocacy.records.undoing import made, note
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.keys import secret_behind, secret_digest, secret_for, tenant_ending
from advocacy.tenancy.scope import current_tenant_id

_SALT = "advocacy.messaging.personal-link"

LinkProblem = Literal["expired", "revoked", "unknown"]

_purposes: dict[str, str] = {}


class LinkGone(DomainError):
    """A personal link that opens nothing (any more). ``reason`` says why.

    Status 410 for one that used to work, 404 for one that never did.
    """

    def __init__(self, reason: LinkProblem) -> None:
        messages = {
            "expired": _("This link has expired. Ask the person who sent it for a new one."),
            "revoked": _("This link is no longer in use."),
            "unknown": _("This link does not exist. Check that you copied all of it."),
        }
        super().__init__(messages[reason], code=f"link_{reason}")
        self.reason = reason
        self.status = 404 if reason == "unknown" else 410


class UnreadableLink(RuntimeError):
    """No key in the settings makes this link's secret: its key was dropped too early."""


def register_purpose(purpose: str, path: str) -> None:
    """Say which page a purpose leads to: ``register_purpose("ask", "ask/")`` → ``/p/…/ask/``.

    Called from the ``AppConfig.ready()`` of the app that owns the page. Raises ``ValueError``
    when another page has the purpose already, or when the path is not relative with a slash at
    its end.
    """
    if path.startswith("/") or not path.endswith("/"):
        raise ValueError(f"{path!r} must be relative to the link and end with a slash")
    if _purposes.setdefault(purpose, path) != path:
        raise ValueError(f"purpose {purpose!r} leads to {_purposes[purpose]!r} already")


def create_link(*, purpose: str, subject_id: uuid.UUID, expires_at: datetime) -> PersonalLink:
    """Make a link to one thing for one purpose; its secret is had from :func:`secret_of`.

    Raises ``LookupError`` for a purpose nobody registered.
    """
    link = new_link(purpose=purpose, subject_id=subject_id, expires_at=expires_at)
    link.save(force_insert=True)
    return link


def new_link(*, purpose: str, subject_id: uuid.UUID, expires_at: datetime) -> PersonalLink:
    """The row of :func:`create_link`, for a caller that inserts it together with others."""
    if purpose not in _purposes:
        raise LookupError(f"link purpose {purpose!r} is not registered")
    link = PersonalLink(purpose=purpose, subject_id=subject_id, expires_at=expires_at)
    link.tenant_id = current_tenant_id()
    link.digest = secret_digest(secret_for(_SALT, str(link.pk)) + tenant_ending(link.tenant_id))
    made(link, revoked_at=clock.now())
    return link


def secret_of(link: PersonalLink) -> str:
    """The link's secret, recomputed; older keys count while they are in the settings.

    Raises :class:`UnreadableLink` when none of the keys made it.
    """
    secret = secret_behind(
        _SALT, str(link.pk), link.digest, endings=(tenant_ending(link.tenant_id), "")
    )
    if secret is None:
        raise UnreadableLink(f"the key of link {link.pk} is not in the settings any more")
    return secret


def link_url(link: PersonalLink, suffix: str = "") -> str:
    """The absolute address of the link's page; ``suffix`` is a page under it."""
    base = settings.PUBLIC_URL.rstrip("/")
    return f"{base}/p/{secret_of(link)}/{_purposes[link.purpose]}{suffix}"


def page_url(link: PersonalLink, page: str) -> str:
    """The absolute address of another page that a link's secret opens."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/p/{secret_of(link)}/{page}/"


def link_path(link: PersonalLink) -> str:
    """The link's page within this site; nothing when its key is gone from the settings."""
    try:
        return urlsplit(link_url(link)).path
    except UnreadableLink:
        return ""


def resolve_link(secret: str, *, purposes: Iterable[str]) -> PersonalLink:
    """The link behind a secret, good for one of ``purposes``. Needs the scope.

    Raises :class:`LinkGone`; a link made for something else is as unknown as none.
    """
    link = PersonalLink.objects.filter(
        digest=secret_digest(secret), purpose__in=list(purposes)
    ).first()
    if link is None:
        raise LinkGone("unknown")
    if problem := link_problem(link):
        raise LinkGone(problem)
    return link


def link_problem(link: PersonalLink) -> LinkProblem | None:
    """Why a link does not work at this moment; ``None`` when it does."""
    if link.revoked_at is not None:
        return "revoked"
    return "expired" if link.expires_at <= clock.now() else None


def revoke_links(*, subject_id: uuid.UUID, purpose: str | None = None) -> int:
    """End every link to a thing, or those for one purpose; returns how many still worked."""
    links = PersonalLink.objects.filter(subject_id=subject_id, revoked_at__isnull=True)
    if purpose is not None:
        links = links.filter(purpose=purpose)
    now = clock.now()
    if open_press() is not None:
        for link in links:
            note(link, {"revoked_at": now})
    return links.update(revoked_at=now)
