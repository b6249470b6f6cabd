"""Writing accounts: creating, updating, upserting (ACC-1, ACC-2, API-4)."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records.writes import Upserted, changed_fields, refusal, stored, tidy, upsert
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.text import has_words
from advocates.access import require_change
from advocates.accounts.choices import TagKind
from advocates.accounts.identifiers import keep_identifier
from advocates.accounts.sizes import segment_of
from advocates.accounts.tags import set_tags
from advocates.changes import (
    change_payload,
    check_fields,
    required,
    tenant_today,
    tidy_values,
)
from advocates.countries import parse_country, region_of
from advocates.external_ids import known_by, stored_id
from advocates.models import (
    Account,
    AccountCapacity,
    AccountIdentifier,
    AccountTag,
)
from advocates.scoring.services import evaluate_scores

#: What a caller may give; everything else is the services' own business.
ACCOUNT_FIELDS = (
    "name",
    "lifecycle",
    "domain",
    "industry",
    "employees",
    "segment",
    "city",
    "state",
    "country",
    "region",
    "language",
    "customer_since",
    "renewal_on",
    "annual_value",
    "currency",
    "health",
    "health_on",
    "adoption",
    "adoption_on",
    "nps",
    "nps_on",
    "owner",
    "advocacy_allowed",
    "gifts_allowed",
    "gift_maximum",
    "gift_maximum_year",
    "public_mention_allowed",
    "speaking_needs_approval",
    "policy_notes",
    "disclosure",
    "strategic_on",
    "strategic_reason",
    "notes",
)

#: Fields whose values may stand in an event; the others are free text.
ACCOUNT_CODED = frozenset(ACCOUNT_FIELDS) - {
    "name",
    "domain",
    "city",
    "state",
    "policy_notes",
    "strategic_reason",
    "notes",
}

_DATED = ("health", "adoption", "nps")

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def clean_domain(text: str) -> str:
    """A web domain out of an address: no scheme, no path, no ``www.``, lower case."""
    host = _SCHEME.sub("", text.strip()).split("/")[0].split("?")[0].rpartition("@")[2]
    return host.split(":")[0].lower().removeprefix("www.").rstrip(".")


def normalise_account(account: Account, values: dict[str, Any]) -> dict[str, Any]:
    """The values as they will be stored, with segment and region derived where not set by hand.

    ``account`` is the row before the change (a new, empty one when creating). Raises
    :class:`DomainError` for a country nobody knows; the other fields are checked by the caller.
    """
    normalised = tidy_values(Account, values)
    if normalised.get("domain"):
        normalised["domain"] = clean_domain(normalised["domain"])
    if "country" in normalised:
        normalised["country"] = _country(account, normalised["country"])
    if normalised.get("currency"):
        normalised["currency"] = normalised["currency"].upper()
    if "segment" in normalised:
        normalised["segment_is_set"] = bool(normalised["segment"])
    by_hand = normalised.get("segment_is_set", account.segment_is_set)
    if not by_hand and ("segment" in normalised or "employees" in normalised):
        normalised["segment"] = segment_of(normalised.get("employees", account.employees))
    derived = account.region in ("", region_of(account.country))
    if not normalised.get("region") and (
        "region" in normalised or ("country" in normalised and derived)
    ):
        normalised["region"] = region_of(normalised.get("country", account.country))
    return normalised | _designation(account, normalised)


def _designation(account: Account, values: dict[str, Any]) -> dict[str, Any]:
    """Strategic is an account with a reason and a date: without a date since today, and whoever
    takes the one away takes both (ACC-1). Raises :class:`DomainError` for a date without a reason.
    """
    if not {"strategic_on", "strategic_reason"} & values.keys():
        return {}
    since = values.get("strategic_on", account.strategic_on)
    reason = values.get("strategic_reason", account.strategic_reason)
    if not reason and "strategic_reason" in values and account.strategic_reason:
        return {"strategic_on": None, "strategic_reason": ""}
    if since is None and "strategic_on" in values and account.strategic_on:
        return {"strategic_on": None, "strategic_reason": ""}
    if since is not None and not has_words(reason):
        raise refusal(account, {"strategic_reason": [_("Say why it is strategic.")]})
    if reason and since is None:
        return {"strategic_on": tenant_today(), "strategic_reason": reason}
    return {}


def _country(account: Account, text: str) -> str:
    if not text:
        return ""
    code = parse_country(text)
    if code is None:
        raise refusal(
            account,
            {
                "country": [
                    _("“%(country)s” is no country; use its name or two-letter code.")
                    % {"country": text}
                ]
            },
        )
    return code


@transaction.atomic
def create_account(
    *,
    actor: Actor,
    name: str,
    identifiers: Iterable[tuple[str, str]] = (),
    products: Iterable[str] = (),
    use_cases: Iterable[str] = (),
    **fields: Any,
) -> Account:
    """Make an account with the row its capacity guard needs (ACC-1, CAP-7).

    ``fields`` are those of :data:`ACCOUNT_FIELDS`; ``identifiers`` are ``(source, external id)``.
    Raises :class:`DomainError` naming each field that is wrong, :class:`Conflict` for an external
    id that is taken, :class:`NotAllowed`.
    """
    require_change(actor, "accounts.edit")
    _only_known(fields)
    account = Account()
    values = normalise_account(account, {"name": name, **fields})
    _date_scores(account, values)
    for field, value in values.items():
        setattr(account, field, value)
    if not account.name:
        raise required(account, "name")
    check_fields(account, values)
    account.save(force_insert=True)
    AccountCapacity.objects.create(account=account)
    for source, external_id in identifiers:
        keep_identifier(
            AccountIdentifier(
                account=account,
                source=tidy(source),
                external_id=stored_id(tidy(source), tidy(external_id)),
            )
        )
    set_tags(AccountTag, account, "account", TagKind.PRODUCT, products)
    set_tags(AccountTag, account, "account", TagKind.USE_CASE, use_cases)
    record(
        "account.created",
        account,
        actor=actor,
        payload={"lifecycle": account.lifecycle, "segment": account.segment},
    )
    return account


@transaction.atomic
def update_account(
    *,
    actor: Actor,
    account: Account,
    products: Iterable[str] | None = None,
    use_cases: Iterable[str] | None = None,
    **changes: Any,
) -> Account:
    """Change an account; writes and tells only what really changes (ACC-1, AUD-1).

    Raises :class:`DomainError` naming each field that is wrong, and :class:`NotAllowed` for a CSM
    at a colleague's account.
    """
    return _update(actor, account, products, use_cases, changes)[0]


def _update(
    actor: Actor,
    account: Account,
    products: Iterable[str] | None,
    use_cases: Iterable[str] | None,
    changes: dict[str, Any],
) -> tuple[Account, bool]:
    _only_known(changes)
    # No stronger: this must not collide with the takes that point at the account.
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    require_change(actor, "accounts.edit", account)
    values = normalise_account(account, changes)
    names = changed_fields(account, values)
    values = {name: values[name] for name in names}
    _date_scores(account, values)
    before = {name: stored(account, name) for name in values}
    for name, value in values.items():
        setattr(account, name, value)
    if not account.name:
        raise required(account, "name")
    check_fields(account, values)
    if products is not None and set_tags(AccountTag, account, "account", TagKind.PRODUCT, products):
        before["products"] = None
    if use_cases is not None and set_tags(
        AccountTag, account, "account", TagKind.USE_CASE, use_cases
    ):
        before["use_cases"] = None
    if not before:
        return account, False
    account.updated_at = clock.now()
    account.save(update_fields=[*values, "updated_at"])
    record(
        "account.updated",
        account,
        actor=actor,
        payload=change_payload(account, before, ACCOUNT_CODED),
    )
    evaluate_scores(advocate_ids=account.advocates.order_by("pk").values_list("pk", flat=True))
    return account, True


def _only_known(fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - set(ACCOUNT_FIELDS):
        raise TypeError(f"an account has no field {', '.join(sorted(unknown))}")


def _date_scores(account: Account, values: dict[str, Any]) -> None:
    """A score entered without its date is today's."""
    for score in _DATED:
        if values.get(score) is not None and not values.get(f"{score}_on"):
            values[f"{score}_on"] = tenant_today()


@transaction.atomic
def upsert_account(
    *, actor: Actor, source: str, external_id: str, **fields: Any
) -> tuple[Account, Upserted]:
    """Create the account with this external id, or update it; a replay changes nothing (API-4).

    Raises as :func:`create_account` and :func:`update_account` do.
    """
    if not tidy(source) or not tidy(external_id):
        raise DomainError(_("An external id needs its source and its value."), code="required")
    plain = dict(fields)
    products, use_cases = plain.pop("products", None), plain.pop("use_cases", None)
    return upsert(
        lambda: _by_identifier(source, external_id),
        lambda: create_account(actor=actor, identifiers=[(source, external_id)], **fields),
        lambda account: _update(actor, account, products, use_cases, plain),
    )


def _by_identifier(source: str, external_id: str) -> Account | None:
    rows = AccountIdentifier.objects.select_related("account").filter(source=tidy(source))
    identifier = known_by(rows, tidy(external_id)).first()
    return identifier.account if identifier else None
