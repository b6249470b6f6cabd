"""What every address of the product answers to whom. One line per URL name (ID-2).

    "people": page("settings.people"),
    "people-role": page("settings.people", pk=Membership),
    "people-deactivate": page("settings.people", POST, pk=Membership),
    "join": page(LINK, GET + POST, secret=link("join", Invitation)),

The first argument is an action of the permission matrix, the same one the view declares, or

    ``MEMBER``     any member of the tenant, whatever the role
    ``SIGNED_IN``  anybody with an account, outside a tenant
    ``LINK``       whoever holds the personal link
    ``PUBLIC``     anybody

Methods default to GET. A keyword argument is a part of the address: a model (a sample row's key,
made by its factory in the tenant), a function called inside the tenant's scope, or a value; the
tenant's slug is filled in by itself. ``narrowed=True`` says that the role alone is not enough (a
CSM's own accounts): an allowed role may then get 403 or 404 for the sample. ``counted=False``
leaves a GET page out of the query counts, ``axed=False`` out of the accessibility run (it answers
a file, a fragment or a redirect).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from advocacy.messaging.links import create_link, secret_of
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.ids import uuid7

PUBLIC, LINK, SIGNED_IN, MEMBER = "public", "link", "signed-in", "any member"
GET: tuple[str, ...] = ("get",)
POST: tuple[str, ...] = ("post",)


@dataclass(frozen=True)
class Declared:
    """One line of :data:`PAGES`."""

    access: str
    methods: Sequence[str] = GET
    kwargs: dict[str, Any] = field(default_factory=dict)
    narrowed: bool = False
    counted: bool = True
    axed: bool = True


def page(
    access: str,
    methods: Sequence[str] = GET,
    *,
    narrowed: bool = False,
    counted: bool = True,
    axed: bool = True,
    **kwargs: Any,
) -> Declared:
    """Declare an address; see the top of this file."""
    return Declared(access, methods, kwargs, narrowed, counted, axed)


def link(purpose: str, model: type[TenantModel]) -> Callable[[], str]:
    """The secret of a personal link to a sample row."""

    def make() -> str:
        from datetime import timedelta

        from advocacy import clock
        from tests.contracts.samples import sample

        made = create_link(
            purpose=purpose,
            subject_id=sample(model).pk,
            expires_at=clock.now() + timedelta(days=1),
        )
        return secret_of(made)

    return make


def failed_mail() -> UUID:
    """A mail that may be sent again."""
    from tests.factories.messaging import OutgoingMailFactory

    return OutgoingMailFactory.create(state="failed").pk  # type: ignore[no-any-return]


#: For an address whose row need not exist.
anything = uuid7()

PAGES: dict[str, Declared] = {
    # --- advocacy.urls: health, development -------------------------------------------------
    # --- people: sign-in, members, settings -------------------------------------------------
    # --- mailroom: the mail log -------------------------------------------------------------
    "mail-log": page("audit.view"),
    "mail-entry": page("audit.view", pk=OutgoingMail),
    "mail-retry": page("mail.retry", POST, pk=failed_mail),
    # --- advocates: accounts, advocates, tiers ----------------------------------------------
    # --- activities -------------------------------------------------------------------------
    # --- requests: opportunities, requests, matching, asks ----------------------------------
    # --- benefits: thank-yous ---------------------------------------------------------------
    # --- reporting: today, search, impact ---------------------------------------------------
}
