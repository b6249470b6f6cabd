"""A deal the CRM does not hold, typed in with the request it is for (REQ-1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from advocacy.records.writes import tidy
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Membership
from requests.models import Opportunity
from requests.opportunities.choices import TYPED
from requests.opportunities.services import upsert_opportunity

#: What a requester says of it.
TYPED_FIELDS = ("name", "prospect_name", "amount", "currency", "crm_stage", "closes_on")


@transaction.atomic
def type_in_deal(
    *, actor: Actor, owner: Membership, external_id: str = "", source: str = "", **values: Any
) -> Opportunity:
    """Write down a deal and whose it is; ``values`` are some of :data:`TYPED_FIELDS`.

    With its number in the CRM, the CRM's next import or upsert finds it; without a ``source`` that
    is the CRM most deals come from. Raises ``DomainError`` at a field, also for a number that is
    there already, and ``NotAllowed``.
    """
    if actor.kind == "advocate" or (
        actor.membership and not actor.membership.can("requests.submit")
    ):
        raise NotAllowed(_("Your role does not submit requests."))
    if unknown := values.keys() - set(TYPED_FIELDS):
        raise TypeError(f"nobody types in {', '.join(sorted(unknown))}")
    number = tidy(external_id)
    source = tidy(source) or (_crm_in_use() if number else TYPED)
    if number and Opportunity.objects.filter(source=source, external_id=number).exists():
        raise _taken()
    deal, what = upsert_opportunity(
        actor=actor,
        source=source,
        external_id=number or str(uuid7()),
        owner=owner,
        **values,
    )
    if what != "created":
        raise _taken()  # somebody else was faster; what was changed is rolled back
    return deal


@contextmanager
def at_fields(prefix: str) -> Iterator[None]:
    """A refusal's fields by the names a larger form or body has for them."""
    try:
        yield
    except DomainError as error:
        error.fields = {f"{prefix}{name}": text for name, text in error.fields.items()}
        raise


def _taken() -> DomainError:
    text = _("There is a deal with this number already; choose it instead.")
    return DomainError(text, code="external_id_taken", fields={"external_id": text})


def _crm_in_use() -> str:
    used = (
        Opportunity.objects.exclude(source=TYPED)
        .order_by()
        .values_list("source")
        .annotate(deals=Count("pk"))
        .order_by("-deals", "source")
        .first()
    )
    return str(used[0]) if used else "crm"
